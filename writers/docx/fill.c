#include "writers/docx/fill.h"

#include "support/error.h"
#include "writers/docx/fill_state.h"
#include "writers/docx/lint.h"
#include "writers/docx/properties.h"

#include <stdio.h>
#include <stdlib.h>

#define TYPES "application/vnd.openxmlformats-officedocument.wordprocessingml."

/* ---- template to document -------------------------------------------------------------------- */

/* The main part of a .dotx says so in the content types; a document must not. */
static lacuna_status become_document(lac_filling *filling)
{
    static const char template_type[] = TYPES "template.main+xml";
    lac_word_part *types;
    lacuna_status status =
        lac_word_part_get(&types, filling->file, "[Content_Types].xml", filling->err);
    for (uint32_t i = 1; status == LACUNA_OK && i < types->tokens.count; i++) {
        lac_token_attr attr;
        size_t at = 0;
        while (status == LACUNA_OK && lac_token_next_attribute(&attr, &at, &types->tokens, i)) {
            if (!lac_span_is(attr.name, "ContentType")) {
                continue;
            }
            if (lac_span_is(attr.value, template_type)) {
                status = lac_edits_add(&types->edits, attr.where, attr.value.len,
                                       lac_span_of(TYPES "document.main+xml"), filling->err);
            } else if (lac_span_ends_nocase(attr.value, "macroEnabledTemplate.main+xml") ||
                       lac_span_ends_nocase(attr.value, "macroEnabled.main+xml")) {
                status = lac_fail_remedy(filling->err, LACUNA_E_UNSUPPORTED,
                                         "Save it in Word as a template without macros (*.dotx).",
                                         "the template has macros");
            }
        }
    }
    return status;
}

/* ---- ids of controls ------------------------------------------------------------------------- */

static int by_value(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static bool control_id(uint32_t *id, const lac_tokens *tokens, uint32_t token)
{
    lac_span text;
    if (tokens->items[token].word != LAC_W_ID || tokens->items[token].parent == LAC_NO_TOKEN ||
        tokens->items[tokens->items[token].parent].word != LAC_W_SDT_PR ||
        !lac_token_get(&text, tokens, token, "val") || text.len == 0 || text.len > 10) {
        return false;
    }
    char digits[12] = {0};
    memcpy(digits, text.ptr, text.len);
    *id = (uint32_t)strtoul(digits, NULL, 10);
    return true;
}

static lacuna_status read_control_ids(lac_filling *filling)
{
    uint32_t count = 0, id;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t p = 0; p < filling->scanned.part_count; p++) {
            const lac_tokens *tokens = &filling->scanned.parts[p]->tokens;
            for (uint32_t i = 0; i < tokens->count; i++) {
                if (control_id(&id, tokens, i)) {
                    if (pass == 1) {
                        filling->control_ids[filling->control_id_count++] = id;
                    }
                    count += pass == 0;
                }
            }
        }
        if (pass == 0) {
            filling->control_ids =
                lac_arena_array(&filling->file->arena, (size_t)count + 1, sizeof(uint32_t));
            if (filling->control_ids == NULL) {
                return lac_fail_nomem(filling->err);
            }
        }
    }
    if (filling->control_id_count > 0) {
        qsort(filling->control_ids, filling->control_id_count, sizeof(uint32_t), by_value);
    }
    return LACUNA_OK;
}

uint32_t lac_fill_control_id(lac_filling *filling)
{
    enum { FIRST = 1000 };
    uint32_t id = filling->next_control_id < FIRST ? FIRST : filling->next_control_id;
    while (filling->control_id_count > 0 &&
           bsearch(&id, filling->control_ids, filling->control_id_count, sizeof id, by_value) !=
               NULL) {
        id++;
    }
    filling->next_control_id = id + 1;
    return id;
}

/* ---- all places ------------------------------------------------------------------------------ */

void lac_fill_refuse(lac_filling *filling, size_t index, const char *reason)
{
    if (reason != NULL) {
        filling->reasons[index] = lac_span_of(reason);
    }
}

/* Behind the placeholders of the paragraph that the one at `from` is in. */
static size_t paragraph_end(const lac_filling *filling, size_t from)
{
    const lac_placeholder *items = filling->found.items;
    size_t end = from + 1;
    while (end < filling->found.count && !filling->done[end] &&
           items[end].kind != LAC_PLACEHOLDER_CONTROL &&
           items[end].paragraph == items[from].paragraph &&
           strcmp(items[end].part, items[from].part) == 0) {
        end++;
    }
    return end;
}

lacuna_status lac_fill_range(lac_filling *filling, const lac_fill_scope *scope,
                             const lac_word_part *part, uint32_t first, uint32_t end)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < filling->found.count && status == LACUNA_OK;) {
        const lac_placeholder *item = &filling->found.items[i];
        if (filling->done[i] || item->token < first || item->token >= end ||
            strcmp(item->part, part->name) != 0) {
            i++;
        } else if (item->kind == LAC_PLACEHOLDER_CONTROL) {
            status = lac_fill_control(filling, scope, i++);
        } else {
            size_t behind = paragraph_end(filling, i);
            status = lac_fill_paragraph(filling, scope, i, behind);
            i = behind;
        }
    }
    return status;
}

static lacuna_status fill_parts(lac_filling *filling, const lac_fill_scope *scope)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < filling->scanned.part_count && status == LACUNA_OK; i++) {
        lac_word_part *part = filling->scanned.parts[i];
        filling->edits = &part->edits;
        status = lac_fill_range(filling, scope, part, 0, UINT32_MAX);
    }
    return status;
}

/* ---- what is told ---------------------------------------------------------------------------- */

static lacuna_status copy_span(lac_span *out, lac_arena *arena, lac_span text)
{
    char *copy = lac_arena_copy(arena, text);
    *out = lac_span_make(copy == NULL ? "" : copy, copy == NULL ? 0 : text.len);
    return copy == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status tell_unfilled(lac_filling *filling)
{
    lac_filled *out = filling->out;
    lac_placeholder *list = lac_arena_array(&out->arena, filling->found.count + 1, sizeof *list);
    lacuna_status status = list == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    out->unfilled = list;
    for (size_t i = 0; i < filling->found.count && status == LACUNA_OK; i++) {
        if (filling->reasons[i].len == 0) {
            continue;
        }
        lac_placeholder *item = &list[out->unfilled_count++];
        *item = filling->found.items[i];
        item->part = lac_arena_copy(&out->arena, lac_span_of(item->part));
        item->reason = filling->reasons[i];
        lac_span *texts[] = {&item->text, &item->name, &item->alias, &item->asks, &item->heading};
        status = item->part == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
        for (size_t k = 0; k < sizeof texts / sizeof texts[0] && status == LACUNA_OK; k++) {
            status = copy_span(texts[k], &out->arena, *texts[k]);
        }
    }
    return status == LACUNA_OK ? status : lac_fail_nomem(filling->err);
}

static lacuna_status tell_unused(lac_filling *filling, const lac_fill_scope *scope)
{
    lac_filled *out = filling->out;
    lac_span *list = lac_arena_array(&out->arena, (size_t)scope->count + 1, sizeof *list);
    lacuna_status status = list == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    out->unused = list;
    for (uint32_t i = 0; i < scope->count && status == LACUNA_OK; i++) {
        if (!scope->used[i]) {
            status = copy_span(&list[out->unused_count++], &out->arena, scope->values[i].name);
        }
    }
    return status == LACUNA_OK ? status : lac_fail_nomem(filling->err);
}

static bool has_fault(const lac_lint_list *list, const lac_lint_fault *fault)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].code, fault->code) == 0 &&
            strcmp(list->items[i].about, fault->about) == 0) {
            return true;
        }
    }
    return false;
}

/* A run that is cut in two has its properties twice, an item that is repeated all it holds: a fault
 * the template has itself may be there more often, and is none of ours. */
static lacuna_status lint_output(const lac_filling *filling)
{
    lac_lint_list *found, *before = NULL;
    const lac_filled *out = filling->out;
    const lac_lint_fault *fault = NULL;
    lacuna_status status =
        lac_lint_new_faults(&found, filling->file->bytes, lac_span_make(out->bytes, out->length),
                            filling->file->limits, filling->err);
    if (status == LACUNA_OK && found->count > 0) {
        status = lac_lint(&before, filling->file->bytes, NULL, filling->file->limits, filling->err);
    }
    for (size_t i = 0; status == LACUNA_OK && i < found->count && fault == NULL; i++) {
        fault = has_fault(before, &found->items[i]) ? NULL : &found->items[i];
    }
    if (fault != NULL) {
        lac_error_place(filling->err, fault->part, 0);
        status = lac_fail(filling->err, LACUNA_E_INTERNAL,
                          "the filled document would be faulty: %s: %s", fault->code, fault->text);
    }
    lac_lint_list_free(before);
    lac_lint_list_free(found);
    return status;
}

/* ---- together -------------------------------------------------------------------------------- */

static lacuna_status prepare(lac_filling *filling, lac_conventions **guessed)
{
    lacuna_status status = lac_layout_make(&filling->layout, filling->file, filling->err);
    if (status == LACUNA_OK) {
        status =
            lac_template_make(&filling->scanned, filling->file, &filling->layout, filling->err);
    }
    if (status == LACUNA_OK && filling->profile == NULL) {
        status = lac_conventions_guess(guessed, &filling->scanned, filling->err);
        filling->profile = *guessed;
    }
    if (status == LACUNA_OK) {
        status = lac_placeholders_find(&filling->found, &filling->texts, &filling->scanned,
                                       filling->profile, filling->err);
    }
    if (status == LACUNA_OK) {
        status = lac_ids_make(&filling->ids, filling->file, filling->err);
    }
    if (status == LACUNA_OK) {
        status = lac_lists_begin(&filling->lists, filling->file, filling->err);
    }
    if (status == LACUNA_OK) {
        status = lac_comments_begin(&filling->comments, filling->file, &filling->draft,
                                    &filling->ids, filling->err);
    }
    if (status == LACUNA_OK) {
        status = read_control_ids(filling);
    }
    size_t count = filling->found.count + 1;
    filling->done = lac_arena_array(&filling->file->arena, count, sizeof(bool));
    filling->reasons = lac_arena_array(&filling->file->arena, count, sizeof(lac_span));
    return status == LACUNA_OK && (filling->done == NULL || filling->reasons == NULL)
               ? lac_fail_nomem(filling->err)
               : status;
}

static lacuna_status write_all(lac_filling *filling, const lac_fill_scope *scope)
{
    filling->insertion = (lac_insertion){.file = filling->file,
                                         .layout = &filling->layout,
                                         .draft = &filling->draft,
                                         .ids = &filling->ids,
                                         .lists = &filling->lists,
                                         .comments = &filling->comments,
                                         .marked = filling->marked};
    lacuna_status status = become_document(filling);
    if (status == LACUNA_OK) {
        status = fill_parts(filling, scope);
    }
    if (status == LACUNA_OK && filling->fill->remove_instructions) {
        status = lac_fill_remove_instructions(filling);
    }
    if (status == LACUNA_OK) {
        status = lac_lists_flush(&filling->lists, filling->err);
    }
    if (status == LACUNA_OK) {
        status = lac_comments_flush(&filling->comments, filling->err);
    }
    if (status == LACUNA_OK) {
        status = lac_properties_add(filling->file, filling->fill->properties,
                                    filling->fill->property_count, filling->err);
    }
    if (status == LACUNA_OK) {
        status = lac_word_finish(&filling->out->bytes, &filling->out->length, filling->file,
                                 filling->err);
    }
    return status == LACUNA_OK ? lint_output(filling) : status;
}

static lacuna_status fill_file(lac_filling *filling)
{
    lac_conventions *guessed = NULL;
    const lac_fill *fill = filling->fill;
    bool *used =
        lac_arena_array(&filling->file->arena, (size_t)fill->value_count + 1, sizeof *used);
    const lac_fill_scope scope = {NULL, fill->values, fill->value_count, used};
    lacuna_status status = used == NULL ? lac_fail_nomem(filling->err) : prepare(filling, &guessed);
    if (status == LACUNA_OK) {
        status = write_all(filling, &scope);
    }
    if (status == LACUNA_OK) {
        status = tell_unfilled(filling);
    }
    if (status == LACUNA_OK) {
        status = tell_unused(filling, &scope);
    }
    lac_placeholders_free(&filling->found);
    lac_placeholders_free(&filling->texts);
    lac_lists_free(&filling->lists);
    lac_comments_free(&filling->comments);
    lac_conventions_free(guessed);
    return status;
}

lacuna_status lac_docx_fill(lac_filled **out, lac_span document, const char *name,
                            const lac_fill *fill, const lac_limits *limits, lacuna_error *err)
{
    *out = NULL;
    lac_filling filling = {
        .fill = fill,
        .profile = fill->profile,
        .marked = fill->marked,
        .draft = {.author = fill->author, .initials = fill->initials, .date = fill->date},
        .err = err};
    lacuna_status status = lac_fill_check_names(fill->values, fill->value_count, err);
    if (status == LACUNA_OK) {
        filling.out = calloc(1, sizeof *filling.out);
        status = filling.out == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    if (status == LACUNA_OK) {
        lac_arena_init(&filling.out->arena);
        status = lac_word_open(&filling.file, document, name, limits, err);
    }
    if (status == LACUNA_OK) {
        status = fill_file(&filling);
    }
    lac_word_close(filling.file);
    if (status != LACUNA_OK) {
        lac_filled_free(filling.out);
        return status;
    }
    *out = filling.out;
    return LACUNA_OK;
}

void lac_filled_free(lac_filled *filled)
{
    if (filled != NULL) {
        free(filled->bytes);
        lac_arena_free(&filled->arena);
        free(filled);
    }
}
