/*
 * insert - drives the writer for Word documents from the command line, for tests.
 *
 * usage: insert write (--marked | --clean) DOCUMENT SPEC OUTPUT   writes a draft into a document
 *        insert lint DOCUMENT [BEFORE]     faults of a document, or those that another has not
 *        insert places DOCUMENT            every heading, and whether text can be put behind it
 *        insert text DOCUMENT              its text, as the reader shows it
 *        insert tokens DOCUMENT            holds the tokenizer against libxml2
 *        insert copy DOCUMENT OUTPUT       rewrites the main part with its own bytes
 * exit: 0 done, 1 faults found or nothing placed, 2 usage, 3 refused or failed
 */
#include "parsers/open.h"
#include "spec.h"
#include "writers/docx/lint.h"
#include "writers/docx/place.h"
#include "writers/docx/save.h"
#include "writers/docx/write.h"
#include "writers/docx/zip_rewrite.h"

#include <stdio.h>
#include <stdlib.h>

static const char *place_names[] = {"none", "own", "shifted"};

static int complain(const char *file, const lacuna_error *err)
{
    fprintf(stderr, "%s: %s%s%s\n", file, err->place, err->place[0] == '\0' ? "" : ": ",
            err->message);
    return 3;
}

static int read_file(char **data, size_t *length, const char *path)
{
    lacuna_error err = {0};
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    return lac_source_read(data, length, &source, (uint64_t)1 << 30, &err) == LACUNA_OK
               ? 0
               : complain(path, &err);
}

/* ---- write ----------------------------------------------------------------------------------- */

static void print_result(const lac_written *written, const lac_draft *draft)
{
    for (uint32_t i = 0; i < draft->gap_count; i++) {
        const lac_written_gap *gap = &written->gaps[i];
        printf("%u\t%s\t%s\n", (unsigned)i, gap->placed ? place_names[gap->marking] : "not placed",
               gap->placed ? (written->leaves_paragraph ? "leaves-paragraph" : "") : gap->reason);
    }
}

static int write_draft(const char *input, const char *output, const lac_draft *draft, bool marked,
                       lac_span bytes)
{
    lacuna_error err = {0};
    lac_written *written;
    const lac_write_options options = {.marked = marked, .limits = &LAC_LIMITS_DEFAULT};
    lacuna_status status = lac_docx_write(&written, bytes, input, draft, &options, &err);
    if (status == LACUNA_OK) {
        print_result(written, draft);
        status = lac_save(output, lac_span_make(written->bytes, written->length), input, &err);
    }
    lac_written_free(written);
    return status == LACUNA_OK ? 0 : complain(input, &err);
}

static int run_write(const char *input, const char *spec_path, const char *output, bool marked)
{
    lacuna_error err = {0};
    json_error_t where;
    lac_document *document = NULL;
    lac_draft draft = {.gap_count = 0};
    lac_arena_init(&draft.arena);
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = input};
    json_t *spec = json_load_file(spec_path, 0, &where);
    char *data = NULL;
    size_t length = 0;
    const char *why = "the specification is no JSON";
    int code = lac_document_open(&document, &source, &LAC_LIMITS_DEFAULT, &err) == LACUNA_OK
                   ? read_file(&data, &length, input)
                   : complain(input, &err);
    if (code == 0 && (spec == NULL || !spec_read(&draft, spec, document, &why))) {
        fprintf(stderr, "%s: %s\n", spec_path, why);
        code = 2;
    }
    if (code == 0) {
        code = write_draft(input, output, &draft, marked, lac_span_make(data, length));
    }
    json_decref(spec);
    free(data);
    lac_draft_free(&draft);
    lac_document_free(document);
    return code;
}

/* ---- lint ------------------------------------------------------------------------------------ */

static int run_lint(const char *input, const char *before)
{
    lacuna_error err = {0};
    char *data = NULL, *old = NULL;
    size_t length = 0, old_length = 0;
    lac_lint_list *found = NULL;
    int code = read_file(&data, &length, input);
    if (code == 0 && before != NULL) {
        code = read_file(&old, &old_length, before);
    }
    if (code == 0) {
        lac_span bytes = lac_span_make(data, length);
        lacuna_status status = before == NULL
                                   ? lac_lint(&found, bytes, input, &LAC_LIMITS_DEFAULT, &err)
                                   : lac_lint_new_faults(&found, lac_span_make(old, old_length),
                                                         bytes, &LAC_LIMITS_DEFAULT, &err);
        code = status == LACUNA_OK ? (found->count > 0) : complain(input, &err);
    }
    for (size_t i = 0; found != NULL && i < found->count; i++) {
        printf("%s\t%s\t%s\n", found->items[i].code, found->items[i].part, found->items[i].text);
    }
    lac_lint_list_free(found);
    free(data);
    free(old);
    return code;
}

/* ---- places, tokens, copy -------------------------------------------------------------------- */

static void print_places(const lac_layout *layout)
{
    const lac_document *document = layout->document;
    for (uint32_t i = 1; i < document->section_count; i++) {
        const lac_section *section = &document->sections[i];
        if (section->heading == LAC_NONE) {
            continue;
        }
        lacuna_error why = {0};
        lac_place place;
        uint32_t ordinal = document->blocks[section->heading].ordinal;
        const lac_draft_place wanted = {LAC_DRAFT_AFTER_SECTION, ordinal};
        bool can = lac_place_find(&place, layout, &wanted, &why) == LACUNA_OK;
        printf("%u\t%u\t%s\t%.*s\n", (unsigned)ordinal, (unsigned)section->level,
               can ? "yes" : why.message, (int)section->title.len, section->title.ptr);
    }
}

static int with_file(const char *input, int (*action)(lac_word_file *file, const char *output),
                     const char *output)
{
    lacuna_error err = {0};
    char *data = NULL;
    size_t length = 0;
    lac_word_file *file = NULL;
    int code = read_file(&data, &length, input);
    if (code == 0) {
        code = lac_word_open(&file, lac_span_make(data, length), input, &LAC_LIMITS_DEFAULT,
                             &err) == LACUNA_OK
                   ? action(file, output)
                   : complain(input, &err);
    }
    lac_word_close(file);
    free(data);
    return code;
}

static int show_places(lac_word_file *file, const char *output)
{
    (void)output;
    lacuna_error err = {0};
    lac_layout layout;
    if (lac_layout_make(&layout, file, &err) != LACUNA_OK) {
        return complain("", &err);
    }
    print_places(&layout);
    return 0;
}

static int show_text(lac_word_file *file, const char *output)
{
    (void)output;
    (void)fwrite(file->document->text.ptr, 1, file->document->reference_length, stdout);
    return 0;
}

static int compare_tokens(lac_word_file *file, const char *output)
{
    (void)output;
    lacuna_error err = {0};
    uint64_t elements = 0;
    for (uint32_t i = 0; i < lac_package_count(file->package); i++) {
        const char *name = lac_package_name(file->package, i);
        if (!lac_span_ends_nocase(lac_span_of(name), ".xml") &&
            !lac_span_ends_nocase(lac_span_of(name), ".rels")) {
            continue;
        }
        char *data = NULL;
        size_t length = 0;
        lac_tokens tokens;
        if (lac_package_read(&data, &length, file->package, i, (uint64_t)1 << 28, &err) !=
            LACUNA_OK) {
            return complain(name, &err);
        }
        lacuna_status status =
            lac_tokens_make(&tokens, lac_span_make(data, length), name, &LAC_LIMITS_DEFAULT, &err);
        if (status == LACUNA_OK) {
            elements += tokens.count;
            status = lac_tokens_agree(&tokens, name, &LAC_LIMITS_DEFAULT, &err);
        }
        lac_tokens_free(&tokens);
        free(data);
        if (status != LACUNA_OK) {
            printf("%d\t%s\t%s\n", (int)status, name, err.message);
        }
    }
    printf("0\telements\t%llu\n", (unsigned long long)elements);
    return 0;
}

static int copy(lac_word_file *file, const char *output)
{
    lacuna_error err = {0};
    char *bytes;
    size_t length;
    const lac_zip_change change = {file->main->name, file->main->bytes, false};
    lacuna_status status = lac_zip_rewrite(&bytes, &length, file->bytes, &change, 1, &err);
    if (status == LACUNA_OK) {
        status = lac_zip_prove(file->bytes, lac_span_make(bytes, length), &change, 1, &err);
    }
    if (status == LACUNA_OK) {
        status = lac_save(output, lac_span_make(bytes, length), NULL, &err);
    }
    free(bytes);
    return status == LACUNA_OK ? 0 : complain(output, &err);
}

int main(int count, char **args)
{
    const char *verb = count > 1 ? args[1] : "";
    if (strcmp(verb, "write") == 0 && count == 6) {
        return run_write(args[3], args[4], args[5], strcmp(args[2], "--marked") == 0);
    }
    if (strcmp(verb, "lint") == 0 && (count == 3 || count == 4)) {
        return run_lint(args[2], count == 4 ? args[3] : NULL);
    }
    if (strcmp(verb, "places") == 0 && count == 3) {
        return with_file(args[2], show_places, NULL);
    }
    if (strcmp(verb, "text") == 0 && count == 3) {
        return with_file(args[2], show_text, NULL);
    }
    if (strcmp(verb, "tokens") == 0 && count == 3) {
        return with_file(args[2], compare_tokens, NULL);
    }
    if (strcmp(verb, "copy") == 0 && count == 4) {
        return with_file(args[2], copy, args[3]);
    }
    fputs("usage: insert write|lint|places|tokens|copy ..., see insert.c\n", stderr);
    return 2;
}
