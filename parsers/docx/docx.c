#include "parsers/docx/docx.h"

#include "parsers/docx/fallback_headings.h"
#include "parsers/docx/main_part.h"
#include "parsers/docx/story.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_NOTE = 128 * 1024 }; /* a part name has at most 65,535 bytes */

lacuna_status lac_docx_note(lac_docx *docx, const char *code, uint32_t part, const char *text)
{
    for (size_t i = 0; i < docx->builder.note_count; i++) {
        if (strcmp(docx->builder.notes[i].code, code) == 0) {
            return LACUNA_OK;
        }
    }
    return lac_builder_note(&docx->builder, code, part, text);
}

/* A part other than the main one that is damaged makes the document incomplete, not unreadable: it
 * is noted, and the caller says so. Limits and memory are errors all the same. */
static lacuna_status forgive(lac_docx *docx, lacuna_status status, uint32_t part,
                             const lacuna_error *why)
{
    if (status != LACUNA_E_FORMAT && status != LACUNA_E_IO) {
        if (docx->err != NULL && status != LACUNA_OK) {
            *docx->err = *why;
        }
        return status;
    }
    lac_buf text;
    lac_buf_init(&text, LONGEST_NOTE);
    status =
        lac_buf_printf(&text, "%s could not be read to its end (line %u): %s",
                       lac_package_name(docx->package, part), (unsigned)why->line, why->message);
    if (status == LACUNA_OK) {
        status =
            lac_builder_note(&docx->builder, "docx/part-unreadable", LAC_NONE, lac_buf_text(&text));
    }
    lac_buf_free(&text);
    return status;
}

static uint32_t part_of_type(const lac_docx *docx, const char *type)
{
    const lac_relationship *found = lac_relationships_first(&docx->relationships, type);
    return found == NULL ? LAC_PART_NONE : found->part;
}

static lacuna_status read_definitions(lac_docx *docx)
{
    lacuna_error why = {0};
    uint32_t part = part_of_type(docx, "styles");
    lacuna_status status =
        lac_styles_read(&docx->styles, docx->package, part, docx->limits, &docx->arena, &why);
    status = forgive(docx, status, part, &why);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_error_clear(&why);
    part = part_of_type(docx, "numbering");
    status = lac_numbering_read(&docx->numbering, docx->package, part, &docx->styles, docx->limits,
                                &docx->arena, &why);
    status = forgive(docx, status, part, &why);
    if (status == LACUNA_OK) {
        status = lac_counters_init(&docx->main_counters, &docx->numbering, &docx->arena);
    }
    return status == LACUNA_OK
               ? lac_counters_init(&docx->side_counters, &docx->numbering, &docx->arena)
               : status;
}

static lacuna_status read_side_part(lac_docx *docx, uint32_t part, lac_channel channel)
{
    if (part == LAC_PART_NONE) {
        return LACUNA_OK;
    }
    lacuna_error why = {0};
    lacuna_status status = lac_story_read(docx->story, part, channel, LAC_EL_OTHER, &why);
    return forgive(docx, status, part, &why);
}

static lacuna_status read_side_parts(lac_docx *docx)
{
    lacuna_status status =
        read_side_part(docx, part_of_type(docx, "footnotes"), LAC_CHANNEL_FOOTNOTE);
    if (status == LACUNA_OK) {
        status = read_side_part(docx, part_of_type(docx, "endnotes"), LAC_CHANNEL_ENDNOTE);
    }
    for (size_t i = 0; i < docx->headers.count && status == LACUNA_OK; i++) {
        status = read_side_part(docx, docx->headers.items[i], LAC_CHANNEL_HEADER);
    }
    for (size_t i = 0; i < docx->footers.count && status == LACUNA_OK; i++) {
        status = read_side_part(docx, docx->footers.items[i], LAC_CHANNEL_FOOTER);
    }
    if (status == LACUNA_OK) {
        status = read_side_part(docx, part_of_type(docx, "comments"), LAC_CHANNEL_COMMENT);
    }
    return status;
}

static lacuna_status add_notes(lac_docx *docx)
{
    lacuna_status status = LACUNA_OK;
    if (docx->field_left_open) {
        status = lac_docx_note(docx, "docx/field-unclosed", LAC_NONE,
                               "A field has no end; text behind it may be missing.");
    }
    if (docx->format_unknown && status == LACUNA_OK) {
        status = lac_docx_note(docx, "docx/number-format", LAC_NONE,
                               "Some numbers use a format that is not known; they were left out.");
    }
    return status;
}

static void mark_missing_text(lac_builder *builder)
{
    static const char *const codes[] = {
        "docx/part-unreadable", "docx/alt-chunk",      "docx/sub-document",
        "docx/field-unclosed",  "docx/text-box-depth",
    };
    for (size_t i = 0; i < builder->note_count; i++) {
        for (size_t c = 0; c < sizeof codes / sizeof codes[0]; c++) {
            builder->notes[i].text_missing |= strcmp(builder->notes[i].code, codes[c]) == 0;
        }
    }
}

static lacuna_status read_parts(lac_docx *docx, uint32_t main_part)
{
    lacuna_status status = read_definitions(docx);
    if (status == LACUNA_OK) {
        status = lac_story_new(&docx->story, docx);
    }
    if (status == LACUNA_OK) {
        status =
            lac_story_read(docx->story, main_part, LAC_CHANNEL_BODY, LAC_EL_DOCUMENT, docx->err);
    }
    if (status == LACUNA_OK) {
        status = read_side_parts(docx);
    }
    if (status == LACUNA_OK) {
        lac_fallback_headings(&docx->builder);
        status = lac_queue_flush(&docx->hidden, &docx->builder, '\n');
    }
    if (status == LACUNA_OK) {
        status = lac_queue_flush(&docx->deleted, &docx->builder, '\n');
    }
    if (status == LACUNA_OK) {
        status = add_notes(docx);
    }
    mark_missing_text(&docx->builder);
    return status;
}

static void release(lac_docx *docx)
{
    lac_story_free(docx->story);
    lac_queue_free(&docx->hidden);
    lac_queue_free(&docx->deleted);
    free(docx->headers.items);
    free(docx->footers.items);
    lac_arena_free(&docx->arena);
    lac_builder_free(&docx->builder);
}

static lacuna_status fill_message(lacuna_error *err, lacuna_status status)
{
    if (status != LACUNA_OK && err != NULL && err->message[0] == '\0') {
        return lac_fail(err, status, "the Word document could not be read: %s",
                        lacuna_status_name(status));
    }
    if (err != NULL) {
        err->status = (int32_t)status;
    }
    return status;
}

lacuna_status lac_docx_read(lac_document **out, lac_package *package, const lac_limits *limits,
                            lacuna_error *err)
{
    *out = NULL;
    lac_docx docx = {.package = package, .limits = limits, .err = err};
    lac_arena_init(&docx.arena);
    lac_queue_init(&docx.hidden, limits);
    lac_queue_init(&docx.deleted, limits);
    uint32_t main_part = LAC_PART_NONE;
    lac_span title = lac_span_make("", 0);
    lacuna_status status = lac_builder_init(&docx.builder, LAC_FORMAT_DOCX, limits, err);
    if (status == LACUNA_OK) {
        status = lac_docx_main_part(&main_part, &title, &docx);
    }
    if (status == LACUNA_OK) {
        status = read_parts(&docx, main_part);
    }
    if (status == LACUNA_OK) {
        docx.builder.document->revisions = docx.revisions;
        docx.builder.document->property_title = title;
        status = lac_builder_finish(out, &docx.builder, err);
    }
    release(&docx);
    return fill_message(err, status);
}
