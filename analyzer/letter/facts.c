#include "analyzer/letter/facts.h"

#include "analyzer/letter/dates.h"
#include "support/error.h"

#include <string.h>

enum { MOST_APPLICATIONS = 64, HEADER_LINES = 60, NAME_BYTES = 64, MOST_TEXT = 160 };

typedef struct reader {
    lac_letter_head *head;
    lac_arena *arena;
    lac_letter_layout *layout;
    const lac_letter_bounds *bounds;
    lac_letter_eye *words; /* the clean text */
    lac_letter_eye lines;  /* the letter text */
    const char **applications;
} reader;

lac_letter_range lac_letter_range_of(const lac_letter_text *text, uint32_t first, uint32_t last)
{
    const lac_letter_line *from = &text->lines[first], *to = &text->lines[last];
    return (lac_letter_range){.first = first + 1,
                              .last = last + 1,
                              .start = from->start,
                              .end = to->start + to->length,
                              .page = from->page,
                              .end_page = to->page};
}

uint32_t lac_letter_paragraph_at(const lac_letter_layout *layout, uint32_t offset)
{
    uint32_t low = 0, high = (uint32_t)layout->count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (layout->paragraphs[middle].start <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* ---- applications --------------------------------------------------------------------------- */

static void keep_application(reader *r, const char *name)
{
    lac_letter_head *head = r->head;
    for (uint32_t i = 0; i < head->application_count; i++) {
        if (strcmp(r->applications[i], name) == 0) {
            return;
        }
    }
    if (head->application_count < MOST_APPLICATIONS) {
        r->applications[head->application_count++] = name;
    }
}

/* "NOA211302" (a scan), "BLA  125522/ Original 2": one form, "NDA 211302", "BLA 125522/Original 2".
 */
static void normalize(char out[NAME_BYTES], lac_span text)
{
    size_t length = 0;
    bool type = true;
    for (size_t i = 0; i < text.len && length + 2 < NAME_BYTES; i++) {
        char c = text.ptr[i];
        bool digit = c >= '0' && c <= '9';
        if (type && digit) {
            out[length++] = ' ';
            type = false;
        }
        bool dropped = type ? strchr(" #:.-", c) != NULL
                            : c == ' ' && (out[length - 1] == '/' ||
                                           (i + 1 < text.len && text.ptr[i + 1] == '/'));
        if (!dropped && c != '\0') {
            out[length++] = type && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        }
    }
    out[length] = '\0';
    if (length > 3 && memcmp(out, "NOA ", 4) == 0) {
        out[1] = 'D';
    }
}

static bool take_applications(reader *r, uint32_t line)
{
    const lac_letter_rule *rule =
        lac_letter_rule_named(r->words->rules, LAC_LETTER_LINES, "application-number");
    const lac_letter_line *l = &r->layout->letter->lines[line];
    uint32_t from = l->start, end = l->start + l->length;
    lac_match match;
    while (rule != NULL && from < end && lac_eye_sees(&r->lines, rule, from, end, &match)) {
        char name[NAME_BYTES];
        normalize(name, lac_span_make(r->layout->letter->text.ptr + match.start,
                                      match.end - match.start));
        const char *copy = lac_arena_copy(r->arena, lac_span_of(name));
        if (copy == NULL) {
            return false;
        }
        keep_application(r, copy);
        from = match.end;
    }
    return true;
}

static uint32_t header_end(const reader *r)
{
    const lac_letter_bounds *b = r->bounds;
    uint32_t end = b->salutation == LAC_NONE ? b->first_line + HEADER_LINES
                                             : r->layout->paragraphs[b->salutation].first;
    return end < b->end_line ? end : b->end_line;
}

/* A name that another one only makes longer ("NDA 217225" in page headers of "NDA 217225/S-001").
 */
static void drop_shorter(reader *r)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < r->head->application_count; i++) {
        size_t length = strlen(r->applications[i]);
        bool longer = false;
        for (uint32_t j = 0; j < r->head->application_count; j++) {
            longer = longer || (strncmp(r->applications[j], r->applications[i], length) == 0 &&
                                r->applications[j][length] == '/');
        }
        if (!longer) {
            r->applications[kept++] = r->applications[i];
        }
    }
    r->head->application_count = kept;
}

/* In front of the salutation; where the first page is missing, in the headers of the others. */
static lacuna_status read_applications(reader *r)
{
    const lac_letter_bounds *b = r->bounds;
    r->applications = lac_arena_array(r->arena, MOST_APPLICATIONS, sizeof *r->applications);
    bool ok = r->applications != NULL;
    for (uint32_t i = b->first_line; i < header_end(r) && ok && b->salutation != LAC_NONE; i++) {
        ok = take_applications(r, i);
    }
    for (uint32_t i = b->first_line; i < b->end_line && ok && r->head->application_count == 0;
         i++) {
        bool header = r->layout->kinds[i] == LAC_LINE_FURNITURE ||
                      (b->salutation == LAC_NONE && i < header_end(r));
        ok = !header || take_applications(r, i);
    }
    if (!ok) {
        return lac_fail_nomem(r->words->err);
    }
    if (r->head->application_count == 0 && b->record != LAC_NONE) {
        const lac_letter_record *record = &r->layout->letter->records[b->record];
        for (uint32_t i = 0; i < record->application_count; i++) {
            keep_application(r, record->applications[i]);
        }
    }
    drop_shorter(r);
    r->head->applications = r->applications;
    return r->lines.status;
}

/* ---- date ----------------------------------------------------------------------------------- */

static bool covers(reader *r, const char *rule, uint32_t line)
{
    const lac_letter_line *l = &r->layout->letter->lines[line];
    return l->length > 0 &&
           lac_eye_covers_named(&r->lines, LAC_LETTER_LINES, rule, l->start, l->start + l->length);
}

static bool date_of_mail(reader *r, uint32_t line)
{
    lac_span text = lac_letter_line_text(r->layout->letter, line);
    return (lac_span_starts_nocase(text, "sent") || lac_span_starts_nocase(text, "date")) &&
           covers(r, "mail-field", line) && lac_letter_date_in(r->head->date, text);
}

/* The date behind the first "/s/" of the signature page. */
static bool date_of_signature(reader *r)
{
    bool signed_ = false;
    for (uint32_t i = r->bounds->first_line; i < r->bounds->end_line; i++) {
        lac_span text = lac_letter_line_text(r->layout->letter, i);
        signed_ = signed_ || covers(r, "signature-page", i);
        bool begins_digit = text.len > 0 && text.ptr[0] >= '0' && text.ptr[0] <= '9';
        if (signed_ && begins_digit && lac_letter_date_in(r->head->date, text)) {
            return true;
        }
    }
    return false;
}

static void read_date(reader *r)
{
    const lac_letter_bounds *b = r->bounds;
    const lac_letter_text *text = r->layout->letter;
    if (b->record != LAC_NONE && text->records[b->record].date[0] != '\0') {
        memcpy(r->head->date, text->records[b->record].date, sizeof r->head->date);
        return;
    }
    for (uint32_t i = b->first_line; i < header_end(r) && b->mail; i++) {
        if (date_of_mail(r, i)) {
            return;
        }
    }
    if (date_of_signature(r)) {
        return;
    }
    for (uint32_t i = b->first_line; i < header_end(r) && b->salutation != LAC_NONE; i++) {
        if (lac_letter_date_in(r->head->date, lac_letter_line_text(text, i))) {
            return;
        }
    }
}

/* ---- clocks and duties ---------------------------------------------------------------------- */

static bool in_letter(const reader *r, uint32_t *from, uint32_t *to)
{
    const lac_letter_bounds *b = r->bounds;
    if (b->first >= b->end) {
        return false;
    }
    *from = r->layout->paragraphs[b->first].start;
    *to = r->layout->paragraphs[b->end - 1].end;
    return true;
}

static lacuna_status read_clock(reader *r, lac_letter_due *due, const lac_letter_rule *rule,
                                lac_match match)
{
    lac_span text = lac_span_make(r->layout->clean.data + match.start, match.end - match.start);
    text.len = text.len < MOST_TEXT ? text.len : MOST_TEXT;
    *due = (lac_letter_due){.text = lac_arena_copy(r->arena, text),
                            .who = rule->who,
                            .citation = rule->citation,
                            .meaning = rule->meaning};
    if (rule->count == 0) { /* the date is in the words */
        bool named = lac_letter_date_in(due->date, text) ||
                     lac_letter_month_end(due->date, text, r->head->date);
        (void)named;
    } else if (strcmp(rule->who, "applicant") == 0) {
        (void)lac_letter_date_after(due->date, r->head->date, rule->count, rule->unit);
    }
    return due->text == NULL ? lac_fail_nomem(r->words->err) : LACUNA_OK;
}

static lacuna_status read_clocks(reader *r, uint32_t from, uint32_t to)
{
    const lac_letter_rule_list *list = &r->words->rules->groups[LAC_LETTER_CLOCKS];
    lac_letter_due *clocks = lac_arena_array(r->arena, list->count, sizeof *clocks);
    lacuna_status status = clocks == NULL ? lac_fail_nomem(r->words->err) : LACUNA_OK;
    for (uint32_t i = 0; i < list->count && status == LACUNA_OK; i++) {
        lac_match match;
        if (lac_letter_rule_for_kind(&list->items[i], r->head->kind) &&
            lac_eye_sees(r->words, &list->items[i], from, to, &match)) {
            status = read_clock(r, &clocks[r->head->clock_count++], &list->items[i], match);
        }
    }
    r->head->clocks = clocks;
    return status;
}

static lacuna_status read_duties(reader *r, uint32_t from, uint32_t to)
{
    const lac_letter_rule_list *list = &r->words->rules->groups[LAC_LETTER_DUTIES];
    lac_letter_duty *duties = lac_arena_array(r->arena, list->count, sizeof *duties);
    if (duties == NULL) {
        return lac_fail_nomem(r->words->err);
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const lac_letter_rule *rule = &list->items[i];
        lac_match match = {0};
        bool printed = rule->term_count > 0;
        if (!lac_letter_rule_for_kind(rule, r->head->kind) ||
            (printed && !lac_eye_sees(r->words, rule, from, to, &match))) {
            continue;
        }
        lac_letter_duty *duty = &duties[r->head->duty_count++];
        *duty = (lac_letter_duty){
            .id = rule->id, .text = rule->text, .citation = rule->citation, .rule = rule};
        if (printed) {
            const lac_letter_paragraph *p =
                &r->layout->paragraphs[lac_letter_paragraph_at(r->layout, match.start)];
            duty->range = lac_letter_range_of(r->layout->letter, p->first, p->last);
        }
    }
    r->head->duties = duties;
    return r->words->status;
}

lacuna_status lac_letter_read_facts(lac_letter_head *head, lac_arena *arena,
                                    lac_letter_layout *layout, const lac_letter_bounds *bounds,
                                    lac_letter_eye *eye)
{
    reader r = {.head = head,
                .arena = arena,
                .layout = layout,
                .bounds = bounds,
                .words = eye,
                .lines = *eye};
    uint32_t from, to;
    r.lines.index = layout->lines;
    *head = (lac_letter_head){.kind = bounds->kind};
    if (bounds->end_line > bounds->first_line) {
        head->range = lac_letter_range_of(layout->letter, bounds->first_line, bounds->end_line - 1);
    }
    lacuna_status status = read_applications(&r);
    if (status == LACUNA_OK) {
        read_date(&r);
        status = r.lines.status;
    }
    if (status == LACUNA_OK && in_letter(&r, &from, &to)) {
        status = read_clocks(&r, from, to);
        status = status == LACUNA_OK ? read_duties(&r, from, to) : status;
    }
    return status;
}
