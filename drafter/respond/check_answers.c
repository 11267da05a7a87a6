/* What an answer names as changed, and what is left to be supplied. */
#include "drafter/respond/checking.h"

#include "analyzer/evidence.h"
#include "drafter/respond/response.h"

/* ---- changes -------------------------------------------------------------------------------- */

/* Where a part ought to be: at its own heading, else at the answer's. */
static void place_of(uint32_t *start, uint32_t *end, const lac_document *document,
                     const lac_reply_answer *answer, lac_answer_part_kind kind)
{
    uint32_t section = answer->parts[kind] == LAC_NONE ? answer->section : answer->parts[kind];
    const lac_anchor anchor = lac_anchor_section(document, section);
    *start = anchor.start;
    *end = anchor.end;
}

static bool is_operation(lac_span text)
{
    static const char *const words[] = {"new", "replace", "append", "delete"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (lac_span_equal_nocase(lac_span_trim(text), lac_span_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* Rows of "Where updated" below the header; `bad` are those without leaf or operation. */
static void count_rows(uint32_t *rows, uint32_t *bad, const lac_document *document,
                       const lac_reply_answer *answer)
{
    uint32_t first, end, row = LAC_NONE;
    bool leaf = false, operation = false;
    *rows = *bad = 0;
    lac_reply_blocks(&first, &end, document, answer, LAC_ANSWER_UPDATED);
    for (uint32_t b = first; b <= end && first < end; b++) {
        const lac_block *block = b < end ? &document->blocks[b] : NULL;
        bool cell = block != NULL && block->table != LAC_NONE && block->row > 0;
        if (row != LAC_NONE && (!cell || block->row != row)) {
            (*rows)++;
            *bad += leaf && operation ? 0 : 1;
            row = LAC_NONE;
        }
        if (!cell) {
            continue;
        }
        if (row == LAC_NONE) {
            row = block->row;
            leaf = operation = false;
        }
        lac_span text = lac_span_trim(lac_block_text(document, block));
        bool said = text.len > 0 && !lac_span_starts_nocase(text, LAC_NEEDED);
        leaf = leaf || (block->column == 0 && said);
        operation = operation || (block->column == 2 && is_operation(text));
    }
}

lacuna_status lac_reply_check_changes(lac_reply_checking *c, const lac_reply_answer *answer)
{
    const lac_document *document = c->given->response;
    uint32_t first, end, rows, bad, start, stop;
    bool none = false;
    lac_match where;
    place_of(&start, &stop, document, answer, LAC_ANSWER_CHANGES);
    if (lac_reply_is_open(document, answer, LAC_ANSWER_CHANGES)) {
        return lac_reply_find_fault(c, document, "response/no-changes", LAC_SEVERITY_MAJOR, start,
                                    stop,
                                    "The answer to %s does not say what was changed, nor that "
                                    "nothing was.",
                                    answer->label);
    }
    lac_reply_blocks(&first, &end, document, answer, LAC_ANSWER_CHANGES);
    lacuna_status status =
        lac_reply_sees(&none, &where, c, LAC_LETTER_NO_CHANGE, document->blocks[first].start,
                       document->blocks[end - 1].start + document->blocks[end - 1].length);
    count_rows(&rows, &bad, document, answer);
    if (status != LACUNA_OK || (bad == 0 && (rows > 0 || none))) {
        return status;
    }
    place_of(&start, &stop, document, answer, LAC_ANSWER_UPDATED);
    return lac_reply_find_fault(
        c, document, "response/no-place", LAC_SEVERITY_MAJOR, start, stop,
        bad > 0 ? "The answer to %s names a change without its leaf, or without what is done to it "
                  "(new, replace, append, delete)."
                : "The answer to %s names changes, but no leaf that they are filed in.",
        answer->label);
}

/* ---- what is left --------------------------------------------------------------------------- */

lacuna_status lac_reply_check_needed(lac_reply_checking *c, const lac_document *document)
{
    static const char mark[] = "[DATA NEEDED";
    lac_span text = lac_document_slice(document, 0, document->reference_length);
    lacuna_status status = LACUNA_OK;
    for (size_t at = 0; at + sizeof mark - 1 <= text.len && status == LACUNA_OK; at++) {
        if (!lac_span_equal_nocase(lac_span_make(text.ptr + at, sizeof mark - 1),
                                   lac_span_of(mark))) {
            continue;
        }
        size_t end = at;
        while (end < text.len && text.ptr[end] != ']' && text.ptr[end] != '\n') {
            end++;
        }
        end += end < text.len && text.ptr[end] == ']' ? 1 : 0;
        status = lac_reply_find_fault(c, document, "response/data-needed", LAC_SEVERITY_MAJOR,
                                      (uint32_t)at, (uint32_t)end,
                                      "Something is still to be supplied: %.*s",
                                      (int)(end - at < 300 ? end - at : 300), text.ptr + at);
        at = end;
    }
    return status;
}
