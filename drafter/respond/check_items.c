#include "drafter/respond/check_items.h"

#include "analyzer/evidence.h"
#include "parsers/docx/symbols.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_MAX = 1 << 16, SHOWN = 40 };

typedef struct listing {
    lac_reply_checking *c;
    lac_checklist *checklist;
    lac_item *items;
    lac_item_result *results;
    uint32_t count;
    bool failed;
} listing;

static const char *say(listing *l, const char *format, ...) __attribute__((format(printf, 2, 3)));

static const char *say(listing *l, const char *format, ...)
{
    char text[TEXT_MAX];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const char *copy = length < 0 ? NULL : lac_arena_copy(&l->c->result->arena, lac_span_of(text));
    l->failed = l->failed || copy == NULL;
    return copy == NULL ? "" : copy;
}

static lacuna_status begin(listing *l, lac_reply_checking *c, const char *id, size_t most)
{
    lac_arena *arena = &c->result->arena;
    *l = (listing){.c = c};
    l->checklist = lac_arena_alloc(arena, sizeof *l->checklist);
    l->items = lac_arena_array(arena, most + 1, sizeof *l->items);
    l->results = lac_arena_array(arena, most + 1, sizeof *l->results);
    lac_checklist_result *list = lac_arena_alloc(arena, sizeof *list);
    if (l->checklist == NULL || l->items == NULL || l->results == NULL || list == NULL) {
        return lac_fail_nomem(c->err);
    }
    const lac_letter_head *head = &c->given->letter->letters[0];
    *l->checklist = (lac_checklist){.id = id,
                                    .version = head->date[0] == '\0' ? "undated" : head->date,
                                    .title = "What the letter asks for",
                                    .authority_name = c->given->rules->authority,
                                    .digest = c->given->letter_digest};
    *list = (lac_checklist_result){.checklist = l->checklist,
                                   .why = "manifest.json of a response package",
                                   .items = l->results};
    c->result->checklists = list;
    c->result->checklist_count = 1;
    return LACUNA_OK;
}

/* The next item; its status is set by the caller. */
static lac_item_result *add(listing *l, const char *id, const char *title, const char *requirement,
                            const char *citation)
{
    lac_item *item = &l->items[l->count];
    lac_item_result *result = &l->results[l->count++];
    *item = (lac_item){.id = id,
                       .section = "",
                       .title = title,
                       .requirement = requirement,
                       .citation = citation,
                       .parent = UINT32_MAX,
                       .first_child = UINT32_MAX,
                       .authority = LAC_AUTHORITY_LAW,
                       .strength = LAC_STRENGTH_MUST,
                       .severity = LAC_SEVERITY_MAJOR,
                       .confidence = LAC_CONFIDENCE_VERIFIED};
    *result = (lac_item_result){.item = item, .confidence = 1.0, .explanation = "", .reason = ""};
    return result;
}

static void decide(lac_item_result *result, lac_item_status status, const char *reason,
                   const char *explanation)
{
    result->status = status;
    result->reason = reason;
    result->explanation = explanation;
}

/* Items that are gaps are findings too, in their order. */
static lacuna_status finish(listing *l)
{
    lac_checklist_result *list = &l->c->result->checklists[0];
    lacuna_status status = l->failed ? lac_fail_nomem(l->c->err) : LACUNA_OK;
    list->item_count = l->count;
    l->checklist->items = l->items;
    l->checklist->item_count = l->count;
    for (uint32_t i = 0; i < l->count && status == LACUNA_OK; i++) {
        const lac_item_result *result = &l->results[i];
        if (!lac_item_status_is_gap(result->status)) {
            continue;
        }
        const lac_anchor whole = lac_anchor_document();
        const lac_anchor *anchor =
            result->evidence_count > 0 ? &result->evidence[0].anchor : &whole;
        if (lac_finding_add(&l->c->findings, result->item->id, result->item->severity,
                            result->explanation, anchor, 1) != LACUNA_OK) {
            status = lac_fail_nomem(l->c->err);
        }
    }
    return status;
}

static void show(listing *l, lac_item_result *result, const lac_document *document, uint32_t start,
                 uint32_t end)
{
    lac_evidence *evidence = lac_arena_alloc(&l->c->result->arena, sizeof *evidence);
    if (evidence == NULL) {
        l->failed = true;
        return;
    }
    *evidence = (lac_evidence){lac_document_slice(document, start, end), NULL,
                               lac_anchor_at(document, start, end)};
    result->evidence = evidence;
    result->evidence_count = 1;
}

/* ---- questions ------------------------------------------------------------------------------ */

/* The next line with text; false: there is none. */
static bool next_line(lac_span *line, lac_span *rest)
{
    while (rest->len > 0) {
        const char *end = memchr(rest->ptr, '\n', rest->len);
        size_t length = end == NULL ? rest->len : (size_t)(end - rest->ptr);
        *line = lac_span_trim(lac_span_make(rest->ptr, length));
        length += end == NULL ? 0 : 1;
        *rest = lac_span_make(rest->ptr + length, rest->len - length);
        if (line->len > 0) {
            return true;
        }
    }
    return false;
}

/* A character of a symbol font, as letters have it, is what a reader of the response sees. */
static uint32_t take_character(lac_span *text)
{
    size_t length;
    uint32_t c = lac_utf8_decode(*text, &length);
    *text = lac_span_make(text->ptr + length, text->len - length);
    return c >= 0xF020 && c <= 0xF0FF ? lac_symbol_unicode(LAC_FONT_UNKNOWN, c) : c;
}

static bool same_characters(lac_span a, lac_span b)
{
    while (a.len > 0 && b.len > 0) {
        if (take_character(&a) != take_character(&b)) {
            return false;
        }
    }
    return a.len == b.len;
}

/* Where two texts part, line by line; false: they do not. Blanks at the ends of lines and empty
 * lines do not count, nothing else is forgiven. */
static bool differ(lac_span *asked, lac_span *there, lac_span question, lac_span text)
{
    bool more_asked, more_there;
    do {
        more_asked = next_line(asked, &question);
        more_there = next_line(there, &text);
        if (!more_asked || !more_there) {
            *asked = more_asked ? *asked : lac_span_of("");
            *there = more_there ? *there : lac_span_of("");
            return more_asked || more_there;
        }
    } while (same_characters(*asked, *there));
    return true;
}

/* From the first character that differs, with a few before it. */
static lac_span from_difference(lac_span text, lac_span other)
{
    size_t at = 0;
    while (at < text.len && at < other.len && text.ptr[at] == other.ptr[at]) {
        at++;
    }
    at = at > SHOWN / 2 ? at - SHOWN / 2 : 0;
    while (at > 0 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80) {
        at--;
    }
    size_t end = at + SHOWN < text.len ? at + SHOWN : text.len;
    while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) {
        end++;
    }
    return lac_span_make(text.ptr + at, end - at);
}

static void judge_question(listing *l, lac_item_result *result, const lac_reply_answer *answer)
{
    const lac_document *document = l->c->given->response;
    lac_span asked = {0}, there = {0};
    const lac_anchor head = lac_anchor_section(document, answer->section);
    show(l, result, document, head.start, head.end);
    if (answer->parts[LAC_ANSWER_QUESTION] == LAC_NONE) {
        decide(result, LAC_CONTRADICTS, "contradicts/question-changed",
               "The question is not repeated above its answer.");
        return;
    }
    const lac_section *section = &document->sections[answer->parts[LAC_ANSWER_QUESTION]];
    lac_span text = lac_document_slice(document, section->body, section->end);
    if (differ(&asked, &there, lac_span_of(answer->query->text), text)) {
        lac_span a = from_difference(asked, there), b = from_difference(there, asked);
        decide(result, LAC_CONTRADICTS, "contradicts/question-changed",
               say(l, "The question is not that of the letter: \"%.*s\" instead of \"%.*s\".",
                   (int)b.len, b.len == 0 ? "" : b.ptr, (int)a.len, a.len == 0 ? "" : a.ptr));
        return;
    }
    if (lac_reply_is_open(document, answer, LAC_ANSWER_BRIEF)) {
        decide(result, LAC_PARTIAL, "partial/no-short-answer",
               "The question is there, but not its short answer.");
        return;
    }
    lac_span trimmed = lac_span_trim(text);
    uint32_t start = (uint32_t)(trimmed.ptr - document->text.ptr);
    show(l, result, document, start, start + (uint32_t)trimmed.len);
    decide(result, LAC_MET, "met/answered",
           "The question is there character by character, and answered.");
}

static void judge_query(listing *l, const lac_reply_answer *answer)
{
    const lac_letter *letter = l->c->given->letter;
    const lac_letter_query *query = answer->query;
    const char *citation =
        say(l, "%s letter, line %u", letter->letters[query->letter].kind, query->range.first);
    lac_item_result *result = add(l, query->id, answer->label, query->text, citation);
    if (answer->section == LAC_NONE) {
        decide(result, LAC_MISSING, "missing/no-answer",
               say(l, "The response has no heading \"%s\": the query is not answered.",
                   answer->label));
    } else {
        judge_question(l, result, answer);
    }
}

/* ---- the due date --------------------------------------------------------------------------- */

static void judge_due(listing *l, uint32_t letter)
{
    const lac_letter_due *due = lac_letter_response_due(&l->c->given->letter->letters[letter]);
    if (due == NULL) {
        return;
    }
    lac_item_result *result =
        add(l, say(l, "due-date-%u", letter + 1), "Due date", due->meaning, due->citation);
    if (due->date[0] == '\0') {
        decide(result, LAC_NOT_EVALUATED, "not-evaluated/person",
               say(l, "The letter says when, but no day follows from it: %s", due->text));
    } else if (strcmp(l->c->given->as_of, due->date) > 0) {
        decide(result, LAC_CONTRADICTS, "contradicts/past-due",
               say(l, "The answer was due on %s; it is %s.", due->date, l->c->given->as_of));
    } else {
        decide(result, LAC_MET, "met/in-time",
               say(l, "The answer is due on %s; it is %s.", due->date, l->c->given->as_of));
    }
}

lacuna_status lac_reply_judge_queries(lac_reply_checking *c)
{
    listing l;
    const lac_letter *letter = c->given->letter;
    lacuna_status status =
        begin(&l, c, "agency-letter", (size_t)letter->query_count + letter->letter_count);
    if (status != LACUNA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < c->answers.count; i++) {
        judge_query(&l, &c->answers.items[i]);
    }
    for (uint32_t i = 0; i < letter->letter_count; i++) {
        judge_due(&l, i);
    }
    return finish(&l);
}

/* ---- duties --------------------------------------------------------------------------------- */

static const lac_reply_duty *done(const lac_reply_given *given, const char *id, uint32_t letter)
{
    for (uint32_t i = 0; i < given->duty_count; i++) {
        const lac_reply_duty *one = &given->duties[i];
        if (strcmp(one->id, id) == 0 && one->letter == letter && one->done_by[0] != '\0' &&
            one->done_on[0] != '\0') {
            return one;
        }
    }
    return NULL;
}

/* Where the cover letter says it; false: it does not. */
static bool says(lac_match *where, const lac_reply_checking *c, const lac_letter_rule *rule)
{
    const lac_document *cover = c->given->cover;
    lac_letter_eye eye = {.rules = c->given->rules, .index = c->index};
    if (strcmp(rule->role, "sentence") == 0) {
        return lac_eye_sees(&eye, rule, 0, cover->reference_length, where);
    }
    size_t length = strlen(rule->value);
    for (uint32_t at = 0; at + length <= cover->reference_length; at++) {
        if (memcmp(cover->text.ptr + at, rule->value, length) == 0) {
            *where = (lac_match){at, at + (uint32_t)length};
            return true;
        }
    }
    return false;
}

static void judge_duty(listing *l, const lac_letter_duty *duty, uint32_t letter)
{
    lac_match where;
    const lac_reply_given *given = l->c->given;
    const char *id = say(l, "%s-%u", duty->id, letter + 1);
    lac_item_result *result = add(l, id, duty->text, duty->text, duty->citation);
    const lac_reply_duty *by = done(given, duty->id, letter);
    if (duty->rule->role[0] != '\0') {
        if (says(&where, l->c, duty->rule)) {
            show(l, result, given->cover, where.start, where.end);
            decide(result, LAC_MET, "met/said", "The cover letter says it.");
        } else {
            decide(result, LAC_MISSING, "missing/not-said",
                   say(l, "The cover letter does not say \"%s\".", duty->rule->value));
        }
        return;
    }
    l->items[l->count - 1].decider = LAC_DECIDER_PERSON;
    if (by == NULL) {
        decide(result, LAC_NOT_EVALUATED, "not-evaluated/person",
               "A person has to see to it, and to say so in the plan (done_by, done_on).");
    } else {
        decide(result, LAC_MET, "met/person",
               say(l, "%s saw to it on %s, as the plan says.", by->done_by, by->done_on));
    }
}

lacuna_status lac_reply_judge_duties(lac_reply_checking *c)
{
    listing l;
    size_t most = 0;
    const lac_letter *letter = c->given->letter;
    for (uint32_t i = 0; i < letter->letter_count; i++) {
        most += letter->letters[i].duty_count;
    }
    lacuna_status status = begin(&l, c, "agency-letter-duties", most);
    for (uint32_t i = 0; i < letter->letter_count && status == LACUNA_OK; i++) {
        for (uint32_t d = 0; d < letter->letters[i].duty_count; d++) {
            judge_duty(&l, &letter->letters[i].duties[d], i);
        }
    }
    return status == LACUNA_OK ? finish(&l) : status;
}
