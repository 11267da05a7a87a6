#include "analyzer/letter/split.h"

#include "support/error.h"

#include <stdlib.h>

enum {
    LEAD_WORDS = 60,     /* text of that length in front of a list is a finding, no lead-in */
    TITLE_WORDS = 12,    /* of a list's title */
    MINOR_WORDS = 6,     /* of a heading that names no known topic */
    TEMPLATE_WORDS = 60, /* of the longest item of the safety update as FDA asks for it */
    LOST_NUMBERS = 12,   /* that redaction may swallow in a row */
    INDENT_SLACK = 2,    /* columns by which a list moves from page to page */
};

typedef struct splitter {
    lac_letter_drafts *drafts;
    lac_letter_layout *layout;
    const lac_letter_bounds *bounds;
    lac_letter_eye *eye;
    uint32_t letter;
    lac_letter_section section;
    uint32_t heading;           /* paragraph of a heading nothing stands under yet; LAC_NONE */
    size_t open;                /* index of the draft that may go on; drafts->cap never: SIZE_MAX */
    bool numbered;              /* the open query has a number */
    bool lettered;              /* ... or a letter */
    uint32_t paragraphs, words; /* of the open query */
    uint32_t last;              /* number of the list's last item; 0: no list yet */
    uint32_t last_letter;       /* likewise of letters */
    uint32_t indent;            /* of the list's items */
    uint32_t nested;            /* last number of a list inside the open query */
    size_t section_start;       /* first draft of the section */
    uint32_t lists;             /* with titles, in the section */
    lac_span first_title;
    bool tail;    /* a page is missing and nothing has begun since */
    size_t merge; /* block that the next one of its kind continues; SIZE_MAX: none */
} splitter;

static const lac_letter_paragraph *at(const splitter *s, uint32_t p)
{
    return &s->layout->paragraphs[p];
}

static bool sees(splitter *s, const char *rule, uint32_t p)
{
    return lac_eye_sees_named(s->eye, LAC_LETTER_PARAGRAPHS, rule, at(s, p)->start, at(s, p)->end);
}

static uint32_t word_count(const splitter *s, uint32_t p)
{
    lac_span text = lac_letter_clean(s->layout, at(s, p));
    uint32_t count = text.len > 0 ? 1 : 0;
    for (size_t i = 0; i < text.len; i++) {
        count += text.ptr[i] == ' ' ? 1 : 0;
    }
    return count;
}

/* ---- drafts --------------------------------------------------------------------------------- */

void lac_letter_drafts_free(lac_letter_drafts *drafts)
{
    free(drafts->items);
    *drafts = (lac_letter_drafts){0};
}

static bool is_open(const splitter *s, lac_draft_kind kind)
{
    return s->open != SIZE_MAX && s->drafts->items[s->open].kind == kind;
}

static void close_open(splitter *s)
{
    s->open = SIZE_MAX;
    s->numbered = s->lettered = false;
    s->paragraphs = s->words = s->nested = 0;
}

static void extend(splitter *s, uint32_t p)
{
    lac_letter_draft *draft = &s->drafts->items[s->open];
    draft->last = p;
    draft->last_line = at(s, p)->last;
    s->paragraphs++;
    s->words += word_count(s, p);
}

static void add_draft(splitter *s, lac_draft_kind kind, uint32_t p)
{
    lacuna_status status =
        lac_grow((void **)&s->drafts->items, &s->drafts->cap, s->drafts->count + 1,
                 sizeof *s->drafts->items, (size_t)s->layout->letter->line_count + 1);
    close_open(s);
    if (status != LACUNA_OK) {
        s->eye->status = s->eye->status == LACUNA_OK ? lac_fail_nomem(s->eye->err) : s->eye->status;
        return;
    }
    s->open = s->drafts->count;
    s->drafts->items[s->drafts->count++] = (lac_letter_draft){.kind = kind,
                                                              .letter = s->letter,
                                                              .first_line = at(s, p)->first,
                                                              .last_line = at(s, p)->last,
                                                              .first = p,
                                                              .last = p,
                                                              .start = at(s, p)->start,
                                                              .section = s->section};
    s->paragraphs = 1;
    s->words = word_count(s, p);
}

static lac_letter_draft *opened(splitter *s)
{
    return s->open == SIZE_MAX ? NULL : &s->drafts->items[s->open];
}

static void begin_query(splitter *s, uint32_t p, bool marked)
{
    add_draft(s, LAC_DRAFT_QUERY, p);
    lac_letter_draft *draft = opened(s);
    s->merge = SIZE_MAX;
    s->heading = LAC_NONE;
    if (draft == NULL) {
        return;
    }
    draft->tail = s->tail && !marked;
    s->tail = false;
    if (marked) {
        draft->marker = at(s, p)->mark.printed;
    } else {
        draft->ordinal = ++s->section.unnumbered;
    }
}

static void add_lead(splitter *s, uint32_t p)
{
    add_draft(s, LAC_DRAFT_LEAD, p);
    close_open(s);
    s->section.not_approvability = s->section.not_approvability ||
                                   sees(s, "not-approvability", p) || sees(s, "later-pursuit", p);
}

/* ---- boilerplate ---------------------------------------------------------------------------- */

static const char *boilerplate_kind(splitter *s, uint32_t p)
{
    const lac_letter_rule *rule =
        lac_eye_first(s->eye, LAC_LETTER_BOILERPLATE, at(s, p)->start, at(s, p)->end);
    return rule == NULL ? NULL : rule->value;
}

static void add_block(splitter *s, uint32_t p, const char *kind)
{
    bool marked = at(s, p)->mark.kind == LAC_MARK_NUMBER;
    if (s->merge != SIZE_MAX && strcmp(s->drafts->items[s->merge].block, kind) == 0) {
        s->open = s->merge;
        extend(s, p);
    } else {
        add_draft(s, LAC_DRAFT_BLOCK, p);
        lac_letter_draft *draft = opened(s);
        if (draft == NULL) {
            return;
        }
        draft->block = kind;
        if (s->heading != LAC_NONE) {
            draft->first = s->heading;
            draft->first_line = at(s, s->heading)->first;
        }
        draft->marker = marked ? at(s, p)->mark.printed : (lac_span){0};
        s->merge = s->open;
    }
    if (marked && s->section.mode == LAC_SECTION_REQUESTS) {
        s->last = at(s, p)->mark.number;
        s->indent = at(s, p)->indent;
    } else if (!marked) {
        lac_section_leave_additional(&s->section);
    }
    s->section.not_approvability = s->section.not_approvability || sees(s, "not-approvability", p);
    s->heading = LAC_NONE;
    s->tail = false;
}

/* "In addition to the above deficiencies, the following issues should be addressed": what follows
 * is asked for besides, and the letter does not always say with what weight. */
static void leave_boilerplate(splitter *s, uint32_t p)
{
    s->section = (lac_letter_section){.additional = lac_span_of("additional issues"),
                                      .weight_unknown = true};
    s->heading = LAC_NONE;
    s->last = 0;
    add_lead(s, p);
}

/* Sections of the agency's own text: what is in no template asks for something of its own. */
static void in_boilerplate(splitter *s, uint32_t p)
{
    const lac_letter_mark *mark = &at(s, p)->mark;
    const char *kind = boilerplate_kind(s, p);
    bool safety = strcmp(s->section.block, "safety-update") == 0;
    bool item =
        mark->kind == LAC_MARK_NUMBER && at(s, p)->mark.length < at(s, p)->end - at(s, p)->start;
    bool standard = sees(s, "safety-template", p) && word_count(s, p) <= TEMPLATE_WORDS;
    bool other = kind != NULL && strcmp(kind, "safety-update") != 0;
    if (mark->kind == LAC_MARK_NONE && sees(s, "additional-lead", p) && sees(s, "lead-in", p)) {
        leave_boilerplate(s, p);
    } else if (strcmp(s->section.block, "other") == 0 && sees(s, "own-deficiency", p)) {
        begin_query(s, p, false);
    } else if (safety && item && !standard && !other) {
        begin_query(s, p, true);
    } else if (is_open(s, LAC_DRAFT_QUERY) && mark->kind != LAC_MARK_NUMBER && kind == NULL) {
        extend(s, p);
    } else {
        add_block(s, p, kind == NULL || (safety && item) ? s->section.block : kind);
    }
}

/* ---- lists ---------------------------------------------------------------------------------- */

/* A finding with a list inside of it, not a lead-in to a list of requests. */
static bool is_finding(const splitter *s)
{
    return s->words >= LEAD_WORDS || s->paragraphs > 1;
}

static bool deeper(const splitter *s, uint32_t p)
{
    return at(s, p)->indent > s->indent + 1;
}

static bool begins_list(splitter *s, uint32_t p)
{
    if (!is_open(s, LAC_DRAFT_QUERY)) {
        return true;
    }
    if (s->numbered || s->lettered) {
        return !deeper(s, p) && !s->lettered && p > 0 && sees(s, "shared-remedy", p - 1);
    }
    if (is_finding(s)) {
        return false;
    }
    s->drafts->items[s->open].kind = LAC_DRAFT_LEAD;
    s->section.unnumbered -= s->section.unnumbered > 0 ? 1 : 0;
    return true;
}

/* Whether a number is the next item of the section's list. */
static bool is_item(splitter *s, uint32_t p)
{
    uint32_t number = at(s, p)->mark.number;
    bool query = is_open(s, LAC_DRAFT_QUERY);
    if (number == 1) {
        return begins_list(s, p);
    }
    if (!query) {
        return true; /* nothing it could be a part of */
    }
    if (s->nested + 1 == number && (deeper(s, p) || !s->numbered || s->last + 1 != number)) {
        return false;
    }
    if (number == s->last + 1) {
        return true;
    }
    if (s->last == 0) {
        return false;
    }
    uint32_t indent = at(s, p)->indent;
    bool aligned = indent + INDENT_SLACK >= s->indent && indent <= s->indent + INDENT_SLACK;
    return number > s->last && number <= s->last + LOST_NUMBERS && aligned;
}

static void take_number(splitter *s, uint32_t p)
{
    uint32_t number = at(s, p)->mark.number;
    if (is_item(s, p)) {
        begin_query(s, p, true);
        s->numbered = true;
        s->last = number;
        s->indent = at(s, p)->indent;
    } else if (is_open(s, LAC_DRAFT_QUERY)) {
        s->nested = number == s->nested + 1 || number == 1 ? number : s->nested;
        extend(s, p);
    } else {
        begin_query(s, p, false);
    }
}

static bool next_is_number(const splitter *s, uint32_t p)
{
    return p + 1 < s->bounds->end && at(s, p + 1)->mark.kind == LAC_MARK_NUMBER;
}

/* "A. Container Label": a title over numbers, or a request with a letter for its number. */
static void take_letter(splitter *s, uint32_t p)
{
    uint32_t letter = at(s, p)->mark.number;
    bool next = letter == s->last_letter + 1;
    bool query = is_open(s, LAC_DRAFT_QUERY);
    bool plain = query && !s->numbered && !s->lettered;
    bool own = (next && (!plain || !is_finding(s))) &&
               (!s->numbered || s->section.group != 0 || next_is_number(s, p));
    if (!own) {
        if (query) {
            extend(s, p);
        } else {
            begin_query(s, p, false);
        }
        return;
    }
    if (plain) {
        s->drafts->items[s->open].kind = LAC_DRAFT_LEAD;
        s->section.unnumbered -= s->section.unnumbered > 0 ? 1 : 0;
    }
    close_open(s);
    s->last_letter = letter;
    s->section.group = 0;
    if (next_is_number(s, p) && word_count(s, p) <= TITLE_WORDS) {
        s->section.group = (char)('A' + letter - 1);
        return;
    }
    begin_query(s, p, true);
    s->lettered = true;
    s->indent = at(s, p)->indent;
}

/* ---- text without a number ------------------------------------------------------------------ */

/* A line of its own over the next number: "Biocompatibility", "Changes to the website". */
static bool is_title(splitter *s, uint32_t p)
{
    const lac_letter_paragraph *paragraph = at(s, p);
    lac_span text = lac_letter_clean(s->layout, paragraph);
    if (!next_is_number(s, p) || paragraph->last > paragraph->first + 1 || text.len == 0 ||
        word_count(s, p) > TITLE_WORDS || strchr(".;,?", text.ptr[text.len - 1]) != NULL ||
        text.ptr[0] < 'A' || text.ptr[0] > 'Z' || sees(s, "request", p) || sees(s, "lead-in", p)) {
        return false;
    }
    uint32_t number = at(s, p + 1)->mark.number;
    bool outside = s->last == 0 || paragraph->indent <= s->indent;
    return outside && (number == 1 || number == s->last + 1);
}

/* The first list of a section needs its title only where a second one begins at 1 again. */
static void name_first_list(splitter *s)
{
    for (size_t i = s->section_start; i < s->drafts->count; i++) {
        if (s->drafts->items[i].section.title.len == 0) {
            s->drafts->items[i].section.title = s->first_title;
        }
    }
}

static void take_title(splitter *s, uint32_t p)
{
    close_open(s);
    s->tail = false;
    if (at(s, p + 1)->mark.number != 1) {
        return;
    }
    lac_span text = lac_letter_clean(s->layout, at(s, p));
    text.len -= text.ptr[text.len - 1] == ':' ? 1 : 0;
    if (s->lists == 0) {
        s->first_title = text;
    } else {
        name_first_list(s);
        s->section.title = text;
    }
    s->lists++;
    s->last = 0;
}

static bool is_title_case(lac_span text)
{
    bool begins = true;
    for (size_t i = 0; i < text.len; i++) {
        size_t word = 0;
        while (i + word < text.len && text.ptr[i + word] != ' ') {
            word++;
        }
        begins = begins && (word < 4 || (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z'));
        i += word;
    }
    return begins && text.len > 0;
}

/* "Pediatric Presentation" on a line of its own, left of a list, over text without a number. */
static bool is_minor_heading(const splitter *s, uint32_t p)
{
    const lac_letter_paragraph *paragraph = at(s, p);
    lac_span text = lac_letter_clean(s->layout, paragraph);
    bool alone = paragraph->blank_before && p + 1 < s->bounds->end &&
                 at(s, p + 1)->mark.kind == LAC_MARK_NONE && !at(s, p + 1)->heading;
    bool left = s->last > 0 && s->numbered && paragraph->indent < s->indent;
    return alone && left && word_count(s, p) <= MINOR_WORDS && is_title_case(text) &&
           strchr(".:;,?", text.ptr[text.len - 1]) == NULL;
}

static void take_minor_heading(splitter *s, uint32_t p)
{
    close_open(s);
    lac_span text = lac_letter_clean(s->layout, at(s, p));
    if (s->section.additional.len > 0) {
        s->section.sub = text;
    } else {
        s->section.title = text;
    }
    s->section.unnumbered = 0;
    s->section.topic = NULL;
}

static void take_plain(splitter *s, uint32_t p)
{
    bool query = is_open(s, LAC_DRAFT_QUERY);
    if (at(s, p)->mark.kind == LAC_MARK_NONE && is_minor_heading(s, p)) {
        take_minor_heading(s, p);
        return;
    }
    if (at(s, p)->mark.kind == LAC_MARK_NONE && is_title(s, p) && !(query && !s->numbered)) {
        take_title(s, p);
    } else if (at(s, p)->mark.kind == LAC_MARK_NONE && sees(s, "asked-date-only", p)) {
        add_lead(s, p); /* of all requests, not of the one it stands under */
    } else if (query) {
        extend(s, p);
    } else if (at(s, p)->mark.kind == LAC_MARK_NONE && sees(s, "lead-in", p) &&
               word_count(s, p) < LEAD_WORDS) {
        add_lead(s, p);
    } else if (!sees(s, "reference-only", p)) {
        begin_query(s, p, false);
    }
}

/* Lists and leftovers behind the agency's own words. */
static bool continues_block(splitter *s, uint32_t p)
{
    if (!is_open(s, LAC_DRAFT_BLOCK)) {
        return false;
    }
    const char *kind = s->drafts->items[s->open].block;
    lac_letter_mark_kind mark = at(s, p)->mark.kind;
    bool late = strcmp(kind, "resubmission-rules") == 0 || strcmp(kind, "meeting-request") == 0;
    return mark == LAC_MARK_BULLET || (mark == LAC_MARK_NONE && (late || !sees(s, "request", p)));
}

static void in_requests(splitter *s, uint32_t p)
{
    const char *kind = boilerplate_kind(s, p);
    lac_letter_mark_kind mark = at(s, p)->mark.kind;
    bool inside =
        is_open(s, LAC_DRAFT_QUERY) && (mark == LAC_MARK_BULLET || mark == LAC_MARK_LOWER);
    if (kind != NULL && !inside) {
        add_block(s, p, kind);
    } else if (mark != LAC_MARK_NUMBER && continues_block(s, p)) {
        extend(s, p);
    } else if (mark == LAC_MARK_NUMBER) {
        take_number(s, p);
    } else if (mark == LAC_MARK_UPPER) {
        take_letter(s, p);
    } else {
        take_plain(s, p);
    }
}

/* ---- the walk ------------------------------------------------------------------------------- */

static void take_heading(splitter *s, uint32_t p)
{
    close_open(s);
    lac_section_enter(&s->section, s->layout, at(s, p));
    s->heading = p;
    s->last_letter = 0;
    s->section_start = s->drafts->count;
    s->lists = 0;
    s->first_title = (lac_span){0};
    s->tail = false;
    if (s->section.mode == LAC_SECTION_BOILERPLATE || s->section.topic == NULL) {
        s->merge = SIZE_MAX;
    }
}

static void take_gap(splitter *s)
{
    lac_letter_draft *draft = opened(s);
    if (draft != NULL && draft->kind == LAC_DRAFT_QUERY) {
        draft->truncated = true;
        close_open(s);
    }
    s->tail = true;
}

static void take(splitter *s, uint32_t p)
{
    if (at(s, p)->after_gap) {
        take_gap(s);
    }
    if (at(s, p)->heading) {
        take_heading(s, p);
    } else if (s->section.mode == LAC_SECTION_BOILERPLATE) {
        in_boilerplate(s, p);
    } else {
        in_requests(s, p);
    }
}

static bool farewell(splitter *s, uint32_t p)
{
    const lac_letter_line *l = &s->layout->letter->lines[at(s, p)->first];
    lac_letter_eye lines = *s->eye;
    lines.index = s->layout->lines;
    bool found = lac_eye_covers_named(&lines, LAC_LETTER_LINES, "farewell", l->start,
                                      l->start + l->length) ||
                 lac_eye_covers_named(&lines, LAC_LETTER_LINES, "signature-page", l->start,
                                      l->start + l->length);
    s->eye->status = lines.status;
    return found;
}

/* Where the closing begins: its first sentence behind the last section, else the farewell. */
static uint32_t find_closing(splitter *s)
{
    uint32_t closing = LAC_NONE;
    for (uint32_t p = s->bounds->body; p < s->bounds->end; p++) {
        if (farewell(s, p)) {
            return closing == LAC_NONE ? p : closing;
        }
        if (at(s, p)->heading && at(s, p)->topic != NULL) {
            closing = LAC_NONE;
        } else if (closing == LAC_NONE && !at(s, p)->heading) {
            const char *kind = boilerplate_kind(s, p);
            closing = kind != NULL && strcmp(kind, "closing") == 0 ? p : LAC_NONE;
        }
    }
    return closing == LAC_NONE ? s->bounds->end : closing;
}

static void add_closing(splitter *s, uint32_t closing)
{
    if (closing >= s->bounds->end || s->bounds->mail) {
        return;
    }
    s->merge = SIZE_MAX;
    s->heading = LAC_NONE;
    add_draft(s, LAC_DRAFT_BLOCK, closing);
    if (opened(s) != NULL) {
        opened(s)->block = "closing";
        extend(s, s->bounds->end - 1);
    }
}

/* What a filing letter tells before its requests is its own kind of text. */
static void add_filing_text(splitter *s)
{
    uint32_t first =
        s->bounds->salutation == LAC_NONE ? s->bounds->body : s->bounds->salutation + 1;
    for (uint32_t p = first; p < s->bounds->body; p++) {
        add_block(s, p, "other");
    }
}

lacuna_status lac_letter_split(lac_letter_drafts *drafts, lac_letter_layout *layout,
                               const lac_letter_bounds *bounds, uint32_t letter,
                               lac_letter_eye *eye)
{
    splitter s = {.drafts = drafts,
                  .layout = layout,
                  .bounds = bounds,
                  .eye = eye,
                  .letter = letter,
                  .heading = LAC_NONE,
                  .open = SIZE_MAX,
                  .merge = SIZE_MAX};
    uint32_t closing = find_closing(&s);
    bool advice = strcmp(bounds->kind, "advice") == 0;
    if (strcmp(bounds->kind, "filing") == 0) {
        add_filing_text(&s);
    }
    for (uint32_t p = bounds->body; p < closing && eye->status == LACUNA_OK; p++) {
        if (!advice || sees(&s, "question", p)) {
            take(&s, p);
        }
        if (p == bounds->body && bounds->split > 0 && opened(&s) != NULL) {
            opened(&s)->start = bounds->split;
        }
    }
    add_closing(&s, closing);
    if (layout->cut && eye->status == LACUNA_OK && drafts->count > 0 && closing == bounds->end) {
        lac_letter_draft *last = &drafts->items[drafts->count - 1];
        last->truncated = last->kind == LAC_DRAFT_QUERY && last->last + 1 == bounds->end;
    }
    return eye->status;
}
