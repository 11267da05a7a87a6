#include "analyzer/letter/bounds.h"

#include "support/error.h"

#include <stdlib.h>

enum { OPENING_PARAGRAPHS = 30, MAIL_HEAD_LINES = 40 };

static bool sees(lac_letter_layout *layout, lac_letter_eye *eye, const char *rule, uint32_t p)
{
    const lac_letter_paragraph *paragraph = &layout->paragraphs[p];
    return lac_eye_sees_named(eye, LAC_LETTER_PARAGRAPHS, rule, paragraph->start, paragraph->end);
}

static bool line_covers(lac_letter_layout *layout, lac_letter_eye *eye, const char *rule,
                        uint32_t line)
{
    const lac_letter_line *l = &layout->letter->lines[line];
    lac_letter_eye lines = *eye;
    lines.index = layout->lines;
    bool covers = l->length > 0 && lac_eye_covers_named(&lines, LAC_LETTER_LINES, rule, l->start,
                                                        l->start + l->length);
    eye->status = lines.status;
    return covers;
}

/* ---- letters -------------------------------------------------------------------------------- */

/* The first line of the page a paragraph stands on. */
static uint32_t page_start(const lac_letter_layout *layout, uint32_t line)
{
    uint32_t page = layout->letter->lines[line].page;
    while (line > 0 && layout->letter->lines[line - 1].page == page) {
        line--;
    }
    return line;
}

static bool begins_record(const lac_letter_text *letter, uint32_t *record, uint32_t line)
{
    bool begins = false;
    while (*record < letter->record_count && letter->records[*record].first_line <= line) {
        begins = letter->records[*record].first_line > 0 || begins;
        (*record)++;
    }
    return begins;
}

/* Whether a letter ended between two lines: a signature. */
static bool is_signed(lac_letter_layout *layout, lac_letter_eye *eye, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (layout->kinds[i] == LAC_LINE_TEXT && (line_covers(layout, eye, "signature-page", i) ||
                                                  line_covers(layout, eye, "farewell", i))) {
            return true;
        }
    }
    return false;
}

/* Line where a new letter begins with this paragraph; LAC_NONE: none does. A later letter on the
 * same page would be a quotation. */
static uint32_t new_letter(lac_letter_layout *layout, lac_letter_eye *eye, uint32_t p,
                           uint32_t open_line)
{
    uint32_t line = layout->paragraphs[p].first;
    if (!layout->paragraphs[p].salutation || layout->letter->page_count == 0) {
        return LAC_NONE;
    }
    uint32_t start = page_start(layout, line);
    bool later = start > open_line && is_signed(layout, eye, open_line, start);
    return later ? start : LAC_NONE;
}

static uint32_t first_paragraph_at(const lac_letter_layout *layout, uint32_t line)
{
    uint32_t p = 0;
    while (p < layout->count && layout->paragraphs[p].first < line) {
        p++;
    }
    return p;
}

static void cut_letters(lac_letter_bounds_list *list, lac_letter_layout *layout,
                        lac_letter_eye *eye)
{
    uint32_t record = 0, line = 0;
    (void)begins_record(layout->letter, &record, 0);
    list->items[0] = (lac_letter_bounds){.record = record > 0 ? 0 : LAC_NONE};
    list->count = 1;
    for (uint32_t p = 0; p < layout->count; p++) {
        uint32_t before = record;
        uint32_t at = begins_record(layout->letter, &record, layout->paragraphs[p].first)
                          ? layout->letter->records[before].first_line
                          : new_letter(layout, eye, p, line);
        if (at == LAC_NONE || at <= line) {
            continue;
        }
        list->items[list->count - 1].end_line = at;
        list->items[list->count++] = (lac_letter_bounds){
            .first_line = at, .record = record > before ? record - 1 : LAC_NONE};
        line = at;
    }
    list->items[list->count - 1].end_line = layout->letter->line_count;
    for (uint32_t i = 0; i < list->count; i++) {
        list->items[i].first = first_paragraph_at(layout, list->items[i].first_line);
        list->items[i].end = first_paragraph_at(layout, list->items[i].end_line);
    }
}

/* ---- bodies --------------------------------------------------------------------------------- */

static void find_salutation(lac_letter_bounds *b, lac_letter_layout *layout)
{
    b->salutation = LAC_NONE;
    for (uint32_t p = b->first; p < b->end && b->salutation == LAC_NONE; p++) {
        if (layout->paragraphs[p].salutation) {
            b->salutation = p;
        }
    }
}

static void look_for_mail(lac_letter_bounds *b, lac_letter_layout *layout, lac_letter_eye *eye)
{
    uint32_t fields = 0;
    for (uint32_t i = b->first_line; i < b->end_line && i < b->first_line + MAIL_HEAD_LINES; i++) {
        fields += line_covers(layout, eye, "mail-field", i) ? 1 : 0;
    }
    b->mail = fields >= 2;
}

/* Offset of the sentence behind the one that holds the decision, where the paragraph goes on with
 * something of its own; 0: it does not. */
static uint32_t behind_decision(lac_letter_layout *layout, lac_letter_eye *eye, uint32_t p)
{
    const lac_letter_paragraph *paragraph = &layout->paragraphs[p];
    const lac_letter_rule *rule =
        lac_letter_rule_named(eye->rules, LAC_LETTER_PARAGRAPHS, "decision-tail");
    lac_match match;
    if (rule == NULL || !lac_eye_sees(eye, rule, paragraph->start, paragraph->end, &match)) {
        return 0;
    }
    return match.end < paragraph->end ? match.end : 0;
}

/* The decision is in the paragraph; what leads over to the requests belongs to the opening. */
static void find_body(lac_letter_bounds *b, lac_letter_layout *layout, lac_letter_eye *eye)
{
    uint32_t from = b->salutation == LAC_NONE ? b->first : b->salutation + 1;
    uint32_t end = b->end < from + OPENING_PARAGRAPHS ? b->end : from + OPENING_PARAGRAPHS;
    for (uint32_t p = from; p < end && b->salutation == LAC_NONE; p++) {
        from = sees(layout, eye, "cover-sheet", p) ? p + 1 : from;
    }
    uint32_t opening = from;
    b->body = from;
    for (uint32_t p = from; p < end; p++) {
        if (layout->paragraphs[p].heading && layout->paragraphs[p].topic != NULL) {
            break;
        }
        if (b->salutation != LAC_NONE && sees(layout, eye, "decision", p)) {
            b->split = behind_decision(layout, eye, p);
            b->body = b->split > 0 ? p : p + 1;
            return;
        }
        if (sees(layout, eye, "opening", p) && p == opening) {
            opening = p + 1;
        }
    }
    b->body = b->salutation == LAC_NONE && !b->mail ? from : opening;
}

static void find_kind(lac_letter_bounds *b, lac_letter_layout *layout, lac_letter_eye *eye)
{
    b->kind = "other";
    if (b->first >= b->end) {
        return;
    }
    uint32_t from = layout->paragraphs[b->first].start, to = layout->paragraphs[b->end - 1].end;
    const lac_letter_rule *rule = lac_eye_first(eye, LAC_LETTER_KINDS, from, to);
    if (rule != NULL) {
        b->kind = rule->value;
    }
}

lacuna_status lac_letter_find_bounds(lac_letter_bounds_list *out, lac_arena *arena,
                                     lac_letter_layout *layout, lac_letter_eye *eye)
{
    out->count = 0;
    size_t most = layout->count + layout->letter->record_count + 1;
    out->items = lac_arena_array(arena, most, sizeof *out->items);
    if (out->items == NULL) {
        return lac_fail_nomem(eye->err);
    }
    cut_letters(out, layout, eye);
    for (uint32_t i = 0; i < out->count; i++) {
        find_salutation(&out->items[i], layout);
        look_for_mail(&out->items[i], layout, eye);
        find_kind(&out->items[i], layout, eye);
        find_body(&out->items[i], layout, eye);
    }
    return eye->status;
}
