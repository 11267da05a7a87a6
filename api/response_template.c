#include "api/response_template.h"

#include "parsers/package/source.h"
#include "support/error.h"
#include "writers/docx/house_templates.h"
#include "writers/response_word.h"

#include <stdlib.h>
#include <string.h>

/* Names of built-in templates. */
#define PLAIN "plain"
#define RESPONSE "response"

enum { VALUE_MAX = 4096, LISTS = 3 };

static size_t index_of(const char *name)
{
    return strcmp(name, "cover-letter.docx") == 0 ? 1 : 0;
}

lacuna_status lac_response_template_read(lac_response_templates *templates, const char *name,
                                         const char *path, const lac_limits *limits,
                                         lacuna_error *err)
{
    size_t index = index_of(name);
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    free(templates->bytes[index]);
    free(templates->paths[index]);
    templates->bytes[index] = NULL;
    templates->paths[index] = calloc(1, strlen(path) + 1);
    if (templates->paths[index] == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(templates->paths[index], path, strlen(path));
    lac_span own;
    if (lac_house_template(&own, path)) {
        templates->bytes[index] = malloc(own.len);
        templates->lengths[index] = own.len;
        if (templates->bytes[index] == NULL) {
            return lac_fail_nomem(err);
        }
        memcpy(templates->bytes[index], own.ptr, own.len);
        return LACUNA_OK;
    }
    return lac_source_read(&templates->bytes[index], &templates->lengths[index], &source,
                           limits->package_file_bytes, err);
}

void lac_response_templates_free(lac_response_templates *templates)
{
    for (size_t i = 0; i < 2; i++) {
        free(templates->bytes[i]);
        free(templates->paths[i]);
    }
    *templates = (lac_response_templates){.bytes = {NULL, NULL}};
}

/* ---- writing -------------------------------------------------------------------------------- */

/* A place that nobody supplied a value for says so. */
static lac_span value_of(lac_arena *arena, const lac_response_value *value)
{
    lac_buf text;
    if (value->text[0] != '\0') {
        return lac_span_of(value->text);
    }
    lac_buf_init(&text, VALUE_MAX);
    const char *copy = lac_buf_printf(&text, LAC_NEEDED "%s]", value->name) == LACUNA_OK
                           ? lac_arena_copy(arena, lac_buf_span(&text))
                           : NULL;
    lac_buf_free(&text);
    return lac_span_of(copy);
}

static lac_response_text list_of(const char *name, const lac_response_part *part)
{
    return (lac_response_text){
        .name = lac_span_of(name), .blocks = part->items, .block_count = part->count};
}

static lacuna_status fill(lac_response_page *page, const lac_response_word *word, lac_arena *arena,
                          size_t index, lacuna_write_fn write, void *user, lacuna_error *err)
{
    const lac_response *response = word->response;
    lac_response_text texts[LAC_RESPONSE_VALUES + LISTS] = {
        list_of("changes", &response->changes), list_of("commitments", &response->commitments),
        list_of("attachments", &response->attachments)};
    for (int i = 0; i < LAC_RESPONSE_VALUES; i++) {
        const lac_response_value *value = &word->plan->values[i];
        lac_response_text *text = &texts[LISTS + i];
        *text =
            (lac_response_text){.name = lac_span_of(value->name), .text = value_of(arena, value)};
        if (text->text.ptr == NULL) {
            return lac_fail_nomem(err);
        }
    }
    page->texts = texts;
    page->text_count = LAC_RESPONSE_VALUES + LISTS;
    page->place = index == 1 ? "cover_letter" : "responses";
    return lac_docx_response_fill(page, write, user, err);
}

/* The parts one after the other. */
static lacuna_status join(lac_response_page *page, lac_arena *arena, const lac_response_part *parts,
                          uint32_t count, lacuna_error *err)
{
    size_t most = 1;
    for (uint32_t i = 0; i < count; i++) {
        most += parts[i].count;
    }
    lac_draft_block *blocks = lac_arena_array(arena, most, sizeof *blocks);
    if (blocks == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (parts[i].count > 0) {
            memcpy(blocks + page->block_count, parts[i].items, parts[i].count * sizeof *blocks);
            page->block_count += parts[i].count;
        }
    }
    page->blocks = blocks;
    return LACUNA_OK;
}

/* What stands in front of the answers is the template's business; that the letter is incomplete is
 * not. A cover letter without a template of its own is written into a plain document. */
static lacuna_status write_word(const lac_response_word *word, size_t index, lac_arena *arena,
                                lacuna_write_fn write, void *user, lacuna_error *err)
{
    const lac_response *response = word->response;
    const lac_response_part answers[2] = {response->warning, response->responses};
    lac_response_page page = {
        .base_name = word->templates->paths[index], .date = word->date, .limits = word->limits};
    page.base = lac_span_make(word->templates->bytes[index], word->templates->lengths[index]);
    lacuna_status status = index == 1 ? join(&page, arena, &response->cover, 1, err)
                                      : join(&page, arena, answers, 2, err);
    if (status == LACUNA_OK && page.base.ptr == NULL) {
        page.base_name = index == 1 ? PLAIN : RESPONSE;
        if (!lac_house_template(&page.base, page.base_name)) {
            return lac_fail(err, LACUNA_E_INTERNAL, "the template %s is not built in",
                            page.base_name);
        }
    }
    bool plain = page.base_name != NULL && strcmp(page.base_name, PLAIN) == 0;
    if (status == LACUNA_OK && !plain) {
        return fill(&page, word, arena, index, write, user, err);
    }
    return status == LACUNA_OK ? lac_docx_response(&page, write, user, err) : status;
}

lacuna_status lac_response_word_write(const lac_response_word *word, const char *name,
                                      lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_arena arena;
    lac_arena_init(&arena);
    lacuna_status status = write_word(word, index_of(name), &arena, write, user, err);
    lac_arena_free(&arena);
    return status;
}
