#include "parsers/document.h"

#include "support/error.h"

#include <stdlib.h>

static bool keep_span(lac_arena *arena, lac_span *span)
{
    span->ptr = lac_arena_copy(arena, *span);
    return span->ptr != NULL;
}

static bool keep_sections(lac_document *shell, const lac_document *document)
{
    lac_section *sections =
        lac_arena_array(&shell->arena, document->section_count, sizeof *sections);
    for (uint32_t i = 0; sections != NULL && i < document->section_count; i++) {
        sections[i] = document->sections[i];
        if (!keep_span(&shell->arena, &sections[i].number) ||
            !keep_span(&shell->arena, &sections[i].title)) {
            return false;
        }
    }
    shell->sections = sections;
    shell->section_count = document->section_count;
    return sections != NULL;
}

static bool keep_notes(lac_document *shell, const lac_document *document)
{
    lac_note *notes = lac_arena_array(&shell->arena, document->note_count, sizeof *notes);
    for (uint32_t i = 0; notes != NULL && i < document->note_count; i++) {
        notes[i] = document->notes[i];
        notes[i].text = lac_arena_copy(&shell->arena, lac_span_of(notes[i].text));
        if (notes[i].text == NULL) {
            return false;
        }
    }
    shell->notes = notes;
    shell->note_count = document->note_count;
    return notes != NULL;
}

static bool keep_parts(lac_document *shell, const lac_document *document)
{
    const char **parts = lac_arena_array(&shell->arena, document->part_count, sizeof *parts);
    for (uint32_t i = 0; parts != NULL && i < document->part_count; i++) {
        parts[i] = lac_arena_copy(&shell->arena, lac_span_of(document->parts[i]));
        if (parts[i] == NULL) {
            return false;
        }
    }
    shell->parts = parts;
    shell->part_count = document->part_count;
    return parts != NULL;
}

lacuna_status lac_document_shell(lac_document **out, const lac_document *document,
                                 lacuna_error *err)
{
    *out = NULL;
    lac_document *shell = calloc(1, sizeof *shell);
    if (shell == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&shell->arena);
    shell->format = document->format;
    shell->text = lac_span_of("");
    shell->property_title = lac_span_of("");
    shell->revisions = document->revisions;
    shell->not_evaluated = document->not_evaluated;
    shell->page_count = document->page_count;
    shell->pages_without_text = document->pages_without_text;
    shell->structured_headings = document->structured_headings;
    if (!keep_sections(shell, document) || !keep_notes(shell, document) ||
        !keep_parts(shell, document)) {
        lac_document_free(shell);
        return lac_fail_nomem(err);
    }
    *out = shell;
    return LACUNA_OK;
}
