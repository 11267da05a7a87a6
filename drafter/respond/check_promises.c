/* Promises of an answer, and the list of commitments. */
#include "drafter/respond/checking.h"

#include "analyzer/evidence.h"
#include "drafter/respond/response.h"

#include <ctype.h>
#include <stdlib.h>

/* ---- the list ------------------------------------------------------------------------------- */

static lac_span cell(const lac_sheet *sheet, const lac_row *row, uint32_t column)
{
    const lac_cell *one = lac_sheet_cell(sheet, row, column);
    return one == NULL ? lac_span_of("") : lac_span_trim(one->text);
}

bool lac_reply_commitment(lac_listed_commitment *out, const lac_reply_checking *c, uint32_t index)
{
    const lac_sheets *sheets = c->given->commitments;
    if (sheets == NULL || sheets->count == 0 || index + 1 >= sheets->items[0].row_count) {
        return false; /* the first row names the columns */
    }
    const lac_sheet *sheet = &sheets->items[0];
    const lac_row *row = &sheet->rows[index + 1];
    *out = (lac_listed_commitment){cell(sheet, row, 0), cell(sheet, row, 1), cell(sheet, row, 2),
                                   cell(sheet, row, 3), row->number};
    return true;
}

/* The next character that counts: blanks as one, none at the ends. */
static int next(lac_span text, size_t *at)
{
    if (*at < text.len && isspace((unsigned char)text.ptr[*at]) != 0) {
        while (*at < text.len && isspace((unsigned char)text.ptr[*at]) != 0) {
            (*at)++;
        }
        return *at == text.len ? -1 : ' ';
    }
    return *at == text.len ? -1 : (unsigned char)text.ptr[(*at)++];
}

static lac_span without_stop(lac_span text)
{
    text = lac_span_trim(text);
    while (text.len > 0 && strchr(".;", text.ptr[text.len - 1]) != NULL) {
        text.len--;
    }
    return text;
}

bool lac_reply_same_words(lac_span a, lac_span b)
{
    size_t i = 0, k = 0;
    int x, y;
    a = without_stop(a);
    b = without_stop(b);
    do {
        x = next(a, &i);
        y = next(b, &k);
    } while (x == y && x >= 0);
    return x == y && a.len > 0;
}

static bool is_date(lac_span date)
{
    if (date.len != 10 || date.ptr[4] != '-' || date.ptr[7] != '-') {
        return false;
    }
    for (size_t i = 0; i < date.len; i++) {
        if (i != 4 && i != 7 && isdigit((unsigned char)date.ptr[i]) == 0) {
            return false;
        }
    }
    int month = (date.ptr[5] - '0') * 10 + (date.ptr[6] - '0');
    int day = (date.ptr[8] - '0') * 10 + (date.ptr[9] - '0');
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool is_said(lac_span text)
{
    return text.len > 0 && !lac_span_starts_nocase(text, LAC_NEEDED);
}

static bool is_listed(const lac_reply_checking *c, const lac_reply_answer *answer, lac_span promise)
{
    lac_listed_commitment one;
    for (uint32_t i = 0; lac_reply_commitment(&one, c, i); i++) {
        if (lac_span_equal(one.query, lac_span_of(answer->query->id)) &&
            lac_reply_same_words(one.text, promise)) {
            return true;
        }
    }
    return false;
}

/* ---- promises ------------------------------------------------------------------------------- */

/* The sentence around a match, in its paragraph. */
static lac_span sentence_at(const lac_reply_checking *c, const lac_block *block, lac_match match)
{
    uint32_t count;
    const lac_document *document = c->given->response;
    const lac_token *tokens = lac_text_index_tokens(c->index, &count);
    uint32_t first = lac_text_index_at(c->index, match.start);
    uint32_t end = block->start + block->length, last = first;
    while (first > 0 && first < count && tokens[first - 1].start >= block->start &&
           tokens[first - 1].sentence == tokens[first].sentence) {
        first--;
    }
    while (last + 1 < count && tokens[last + 1].start < end &&
           tokens[last + 1].sentence == tokens[first].sentence) {
        last++;
    }
    if (first >= count) {
        return lac_document_slice(document, match.start, match.end);
    }
    uint32_t stop = tokens[last].start + tokens[last].length;
    while (stop < end && strchr(".)%", document->text.ptr[stop]) != NULL) {
        stop++;
    }
    return lac_document_slice(document, tokens[first].start, stop);
}

/* Every promise of a paragraph; cells of the commitments themselves are not looked at. */
static lacuna_status check_paragraph(lac_reply_checking *c, const lac_reply_answer *answer,
                                     const lac_block *block)
{
    const lac_document *document = c->given->response;
    lac_span own = lac_reply_without_citation(lac_block_text(document, block));
    uint32_t from = block->start, end = block->start + (uint32_t)own.len;
    lacuna_status status = LACUNA_OK;
    bool sees = !lac_reply_is_passage(c, lac_block_text(document, block));
    while (sees && status == LACUNA_OK) {
        lac_match where;
        status = lac_reply_sees(&sees, &where, c, LAC_LETTER_PROMISES, from, end);
        if (status != LACUNA_OK || !sees) {
            break;
        }
        lac_span promise = sentence_at(c, block, where);
        uint32_t start = (uint32_t)(promise.ptr - document->text.ptr);
        from =
            start + (uint32_t)promise.len > where.end ? start + (uint32_t)promise.len : where.end;
        if (!is_listed(c, answer, promise)) {
            status = lac_reply_find_fault(
                c, document, "response/promise-not-listed", LAC_SEVERITY_MAJOR, start,
                start + (uint32_t)promise.len,
                "A promise of the answer to %s is not in commitments.csv: \"%.*s\"", answer->label,
                (int)(promise.len < 300 ? promise.len : 300), promise.ptr);
        }
    }
    return status;
}

/* A row of the answer's own table of commitments has to be in the list. */
static lacuna_status check_table(lac_reply_checking *c, const lac_reply_answer *answer)
{
    uint32_t first, end;
    const lac_document *document = c->given->response;
    lacuna_status status = LACUNA_OK;
    lac_reply_blocks(&first, &end, document, answer, LAC_ANSWER_COMMITMENTS);
    for (uint32_t b = first; b < end && status == LACUNA_OK; b++) {
        const lac_block *block = &document->blocks[b];
        lac_span text = lac_block_text(document, block);
        bool row = block->table != LAC_NONE && block->row > 0 && block->column == 0;
        if (row && is_said(lac_span_trim(text)) && !is_listed(c, answer, text)) {
            status = lac_reply_find_fault(
                c, document, "response/promise-not-listed", LAC_SEVERITY_MAJOR, block->start,
                block->start + block->length,
                "A commitment of the answer to %s is not in commitments.csv: \"%.*s\"",
                answer->label, (int)(text.len < 300 ? text.len : 300), text.ptr);
        }
    }
    return status;
}

lacuna_status lac_reply_check_promises(lac_reply_checking *c, const lac_reply_answer *answer)
{
    static const lac_answer_part_kind parts[] = {LAC_ANSWER_BRIEF, LAC_ANSWER_DETAIL,
                                                 LAC_ANSWER_CHANGES};
    const lac_document *document = c->given->response;
    lacuna_status status = LACUNA_OK;
    if (c->given->commitments == NULL) {
        return LACUNA_OK; /* told as unread */
    }
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        uint32_t first, end;
        lac_reply_blocks(&first, &end, document, answer, parts[p]);
        for (uint32_t b = first; b < end && status == LACUNA_OK; b++) {
            status = check_paragraph(c, answer, &document->blocks[b]);
        }
    }
    return status == LACUNA_OK ? check_table(c, answer) : status;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static const lac_reply_answer *answer_of(const lac_reply_checking *c, lac_span query)
{
    for (uint32_t i = 0; i < c->answers.count; i++) {
        if (lac_span_equal(query, lac_span_of(c->answers.items[i].query->id))) {
            return &c->answers.items[i];
        }
    }
    return NULL;
}

/* Whether the answer says it, in a sentence or in its table. */
static bool is_in_answer(const lac_reply_checking *c, const lac_reply_answer *answer, lac_span text)
{
    const lac_document *document = c->given->response;
    const lac_section *section = &document->sections[answer->section];
    lac_span wanted = without_stop(text);
    for (uint32_t b = section->first_block; b < section->end_block; b++) {
        lac_span own = lac_block_text(document, &document->blocks[b]);
        for (size_t at = 0; wanted.len > 0 && at + wanted.len <= own.len; at++) {
            if (memcmp(own.ptr + at, wanted.ptr, wanted.len) == 0) {
                return true;
            }
        }
    }
    return false;
}

static lacuna_status check_row(lac_reply_checking *c, const lac_listed_commitment *one)
{
    const lac_document *document = c->given->response;
    const lac_reply_answer *answer = answer_of(c, one->query);
    bool there = answer != NULL && answer->section != LAC_NONE;
    lac_anchor at = lac_anchor_section(document, there ? answer->section : 0);
    lacuna_status status = LACUNA_OK;
    if (!is_said(one->owner) || !is_date(one->date)) {
        status = lac_reply_find_fault(
            c, document, "response/commitment-open", LAC_SEVERITY_MAJOR, at.start, at.end,
            "Row %u of commitments.csv has no owner, or no date as YYYY-MM-DD.", one->row);
    } else if (memcmp(one->date.ptr, c->given->as_of, one->date.len) < 0) {
        status = lac_reply_find_fault(c, document, "response/commitment-overdue",
                                      LAC_SEVERITY_MINOR, at.start, at.end,
                                      "Row %u of commitments.csv was due on %.*s, which is past.",
                                      one->row, (int)one->date.len, one->date.ptr);
    }
    if (status == LACUNA_OK && (!there || !is_in_answer(c, answer, one->text))) {
        status = lac_reply_find_fault(c, document, "response/commitment-unsaid", LAC_SEVERITY_MAJOR,
                                      at.start, at.end,
                                      "Row %u of commitments.csv is not in the answer to %.*s.",
                                      one->row, (int)(one->query.len < 200 ? one->query.len : 200),
                                      one->query.len == 0 ? "" : one->query.ptr);
    }
    return status;
}

lacuna_status lac_reply_check_list(lac_reply_checking *c)
{
    lac_listed_commitment one;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; status == LACUNA_OK && lac_reply_commitment(&one, c, i); i++) {
        status = check_row(c, &one);
    }
    return status;
}
