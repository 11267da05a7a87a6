#include "drafter/draft/statements.h"

#include "drafter/ground/rewrite.h"
#include "drafter/ground/zones.h"
#include "support/error.h"

#include <stdlib.h>

enum { WHAT_MAX = 512 };

lacuna_status lac_statements_fail(lac_statements *s, const char *what, const char *reason,
                                  const char *message, lac_span text)
{
    void *findings = s->findings;
    lacuna_status status = lac_grow(&findings, &s->capacity, s->count + 1, sizeof *s->findings,
                                    LAC_DRAFT_FINDINGS_MAX);
    s->findings = findings;
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(s->err, status, "more than %d statements of one draft fail",
                        LAC_DRAFT_FINDINGS_MAX);
    }
    const char *copy = lac_arena_copy(s->arena, text);
    const char *kinds = lac_arena_copy(s->arena, lac_span_of(what));
    const char *sentence = lac_arena_copy(s->arena, lac_span_of(message));
    if (status != LACUNA_OK || copy == NULL || kinds == NULL || sentence == NULL) {
        return lac_fail_nomem(s->err);
    }
    s->findings[s->count++] =
        (lac_draft_finding){kinds, reason, sentence, lac_span_make(copy, text.len)};
    return LACUNA_OK;
}

/* ---- a text taken apart --------------------------------------------------------------------- */

/* A sentence with everything up to the next one, or a cell. */
typedef struct statement {
    uint32_t start, end;
    const lac_segment *segment; /* NULL: nothing but marks and placeholders */
    uint32_t *cited;
    uint32_t cited_count;
    const char *reason; /* why it fails; NULL: not yet known to */
    const char *message;
} statement;

typedef struct taking {
    lac_statements *s;
    const lac_plain *text;
    lac_span bytes;
    lac_zones zones;
    lac_ground_reading reading;
    statement *list;
    uint32_t count;
} taking;

static lacuna_status read_text(taking *t)
{
    lac_statements *s = t->s;
    lac_ground_lexicon lexicon = s->material->ground->lexicon;
    lacuna_status status = lac_zones_find(&t->zones, s->arena, t->bytes, s->err);
    char *prose = lac_arena_copy(s->arena, t->bytes);
    if (status == LACUNA_OK && prose == NULL) {
        return lac_fail_nomem(s->err);
    }
    for (uint32_t i = 0; status == LACUNA_OK && i < t->zones.count; i++) {
        const lac_zone *zone = &t->zones.items[i];
        if (zone->kind != LAC_ZONE_QUOTE) {
            memset(prose + zone->start, ' ', zone->end - zone->start);
        }
    }
    return status == LACUNA_OK ? lac_ground_reading_make(&t->reading, s->arena, &lexicon, false,
                                                         lac_span_make(prose, t->bytes.len),
                                                         lac_span_of(""), s->err)
                               : status;
}

/* Sentences tile the text: what stands between two belongs to the one before. */
static lacuna_status set_statements(taking *t)
{
    uint32_t count = t->reading.segment_count;
    t->list = lac_arena_array(t->s->arena, (size_t)count + 1, sizeof *t->list);
    if (t->list == NULL) {
        return lac_fail_nomem(t->s->err);
    }
    t->count = count == 0 ? 1 : count;
    for (uint32_t i = 0; i < count; i++) {
        const lac_segment *segment = &t->reading.segments[i];
        t->list[i] = (statement){.start = i == 0 ? 0 : segment->start, .segment = segment};
        t->list[i].end = (uint32_t)t->bytes.len;
        if (i > 0) {
            t->list[i - 1].end = segment->start;
        }
    }
    t->list[0].end = count == 0 ? (uint32_t)t->bytes.len : t->list[0].end;
    return LACUNA_OK;
}

/* ---- what a statement rests on -------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static bool is_placeholder(const taking *t, uint32_t at)
{
    const lac_zone *zone = lac_zones_at(&t->zones, at);
    return zone != NULL && zone->kind == LAC_ZONE_NEEDED;
}

static lacuna_status set_cited(taking *t, statement *one)
{
    const lac_draft_answer *answer = t->s->answer;
    uint32_t all = t->s->material->passage_count, known = UINT32_MAX;
    bool *cited = calloc((size_t)all + 1, sizeof *cited);
    one->cited = lac_arena_array(t->s->arena, (size_t)all + 1, sizeof *one->cited);
    if (cited == NULL || one->cited == NULL) {
        free(cited);
        return lac_fail_nomem(t->s->err);
    }
    for (uint32_t at = one->start; at < one->end; at++) {
        uint32_t part = t->text->part[at];
        if (part == known || part >= answer->count || is_space(t->bytes.ptr[at]) ||
            is_placeholder(t, at)) {
            continue;
        }
        known = part;
        for (uint32_t i = 0; i < answer->parts[part].passage_count; i++) {
            cited[answer->parts[part].passages[i]] = true;
        }
    }
    for (uint32_t i = 0; i < all; i++) {
        if (cited[i]) {
            one->cited[one->cited_count++] = i;
        }
    }
    free(cited);
    return LACUNA_OK;
}

/* ---- words ---------------------------------------------------------------------------------- */

static bool is_known(const lac_sources *sources, const uint32_t *passages, uint32_t count,
                     uint32_t id)
{
    for (uint32_t i = 0; i < count; i++) {
        const lac_ground_reading *reading = &sources->readings[passages[i]];
        for (uint32_t k = 0; k < reading->segment_count; k++) {
            if (lac_segment_has(&reading->segments[k], id) ||
                lac_segment_context_has(&reading->segments[k], id)) {
                return true;
            }
        }
    }
    return false;
}

/* All of few words, three in four of more. Measured on right sentences in varied wording: 3 in 100
 * fail, as with three in five; with nine in ten it would be 9 in 100. */
static bool is_enough(uint32_t known, uint32_t all)
{
    return all <= 2 ? known == all : all == 3 ? known >= 2 : known * 4 >= all * 3;
}

static bool is_mention_known(const taking *t, const statement *one, const lac_mention *mention)
{
    return mention->id != LAC_UNKNOWN &&
           is_known(t->s->material->ground, one->cited, one->cited_count, mention->id);
}

/* A name that the cited passages do not have is somebody or something else. */
static bool is_foreign_name(const taking *t, const statement *one, const lac_mention *mention)
{
    const lac_ground_token *token = &t->reading.tokens.items[mention->token];
    return mention->claim == UINT32_MAX && token->capital &&
           mention->token > one->segment->first_token && !is_mention_known(t, one, mention);
}

/* Words between two changes of citation count by themselves: what is said between the brackets of
 * one citation and the next must not ride on either. */
static bool words_are_there(const taking *t, const statement *one)
{
    uint32_t all = 0, known = 0, part = UINT32_MAX;
    const lac_segment *segment = one->segment;
    for (uint32_t i = 0; i < segment->mention_count; i++) {
        const lac_mention *mention = &segment->mentions[i];
        uint32_t at = t->reading.tokens.items[mention->token].start;
        if (mention->claim != UINT32_MAX) {
            continue; /* weighed as a claim */
        }
        if (is_foreign_name(t, one, mention)) {
            return false;
        }
        if (t->text->part[at] != part) {
            if (!is_enough(known, all)) {
                return false;
            }
            part = t->text->part[at];
            all = known = 0;
        }
        all++;
        known += is_mention_known(t, one, mention) ? 1 : 0;
    }
    return is_enough(known, all);
}

/* The words of a statement that holds, and that the cited passages do not have. */
static lacuna_status keep_new_words(const taking *t, const statement *one)
{
    lac_statements *s = t->s;
    const lac_segment *segment = one->segment;
    for (uint32_t i = 0; segment != NULL && i < segment->mention_count; i++) {
        const lac_mention *mention = &segment->mentions[i];
        lac_span word = t->reading.tokens.items[mention->token].form;
        bool told = mention->claim != UINT32_MAX || is_mention_known(t, one, mention) ||
                    s->new_word_count == LAC_DRAFT_NEW_WORDS_MAX;
        for (uint32_t k = 0; k < s->new_word_count && !told; k++) {
            told = lac_span_equal(s->new_words[k], word);
        }
        if (told) {
            continue;
        }
        const char *copy = lac_arena_copy(s->arena, word);
        if (copy == NULL) {
            return lac_fail_nomem(s->err);
        }
        s->new_words[s->new_word_count++] = lac_span_make(copy, word.len);
    }
    return LACUNA_OK;
}

static bool holds_text(const taking *t, const statement *one, const char *words)
{
    size_t length = strlen(words);
    for (size_t at = one->start; at + length <= one->end; at++) {
        if (memcmp(t->bytes.ptr + at, words, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool holds_zone(const taking *t, const statement *one, lac_zone_kind kind)
{
    for (uint32_t i = 0; i < t->zones.count; i++) {
        if (t->zones.items[i].kind == kind && t->zones.items[i].start >= one->start &&
            t->zones.items[i].start < one->end) {
            return true;
        }
    }
    return false;
}

static bool says_something(const taking *t, const statement *one)
{
    const lac_segment *segment = one->segment;
    return holds_zone(t, one, LAC_ZONE_CALC) || holds_zone(t, one, LAC_ZONE_CITATION) ||
           holds_text(t, one, "[source") || holds_text(t, one, "[[") ||
           (segment != NULL &&
            (segment->mention_count > 0 || segment->end_claim > segment->first_claim));
}

static lacuna_status judge(taking *t, statement *one)
{
    lacuna_status status = set_cited(t, one);
    if (status != LACUNA_OK || !says_something(t, one)) {
        return status;
    }
    if (holds_zone(t, one, LAC_ZONE_CITATION) || holds_text(t, one, "[source")) {
        one->reason = "made-up-reference";
        one->message = "it refers to a source in its own words";
    } else if (holds_text(t, one, "[[")) {
        one->reason = "unknown-pseudonym";
        one->message = "it holds a pseudonym that stands for nothing";
    } else if (one->cited_count == 0) {
        one->reason = "uncited";
        one->message = "no source is cited for it";
    } else if (one->segment != NULL && !words_are_there(t, one)) {
        one->reason = "other-words";
        one->message = "the cited passages do not speak of this";
    }
    return one->reason == NULL ? keep_new_words(t, one) : LACUNA_OK;
}

/* "percentage, date": the kinds of what a statement claims; "statement" where it claims in words
 * alone. */
static void name_kinds(char out[WHAT_MAX], const taking *t, const statement *one)
{
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < t->reading.claims.count; i++) {
        const lac_claim *claim = &t->reading.claims.items[i];
        const char *name = lac_claim_name(claim);
        size_t length = strlen(name);
        if (claim->start < one->start || claim->start >= one->end || strstr(out, name) != NULL ||
            used + length + 3 > WHAT_MAX) {
            continue;
        }
        memcpy(out + used, ", ", 2);
        used += used == 0 ? 0 : 2;
        memcpy(out + used, name, length + 1);
        used += length;
    }
    if (used == 0) {
        memcpy(out, "statement", sizeof "statement");
    }
}

/* Fails: tells it, and appends the placeholder. */
static lacuna_status put_needed(lac_buf *out, taking *t, const statement *one)
{
    char what[WHAT_MAX];
    lac_span text =
        lac_span_trim(lac_span_make(t->bytes.ptr + one->start, (size_t)one->end - one->start));
    name_kinds(what, t, one);
    lacuna_status status = lac_statements_fail(t->s, what, one->reason, one->message, text);
    return status == LACUNA_OK ? lac_buf_printf(out, "[DATA NEEDED: %s]", what) : status;
}

/* ---- claims --------------------------------------------------------------------------------- */

static lacuna_status keep_report(lac_statements *s, const lac_ground_report *report, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < report->count && status == LACUNA_OK; i++) {
        const lac_ground_finding *finding = &report->items[i];
        if (finding->grounding == LAC_GROUNDED) {
            s->supported++;
            continue;
        }
        status = lac_statements_fail(
            s, finding->what, finding->reason, finding->message,
            lac_span_make(text.ptr + finding->start, (size_t)finding->end - finding->start));
    }
    return status;
}

/* Appends the text without what its citations do not support. */
static lacuna_status put_checked(lac_buf *out, lac_statements *s, lac_span text,
                                 const uint32_t *cited, uint32_t cited_count)
{
    lac_ground_report report;
    const lac_ground_draft draft = {.text = text, .cited = cited, .cited_count = cited_count};
    lacuna_status status = lac_ground_check(&report, s->arena, s->material->ground, &draft, s->err);
    if (status == LACUNA_OK) {
        status = keep_report(s, &report, text);
    }
    return status == LACUNA_OK ? lac_ground_rewrite(out, text, &report, s->err) : status;
}

static bool same_cited(const statement *a, const statement *b)
{
    return a->cited_count == b->cited_count &&
           (a->cited_count == 0 ||
            memcmp(a->cited, b->cited, a->cited_count * sizeof *a->cited) == 0);
}

static bool ends_with(const lac_buf *out, const char *text)
{
    lac_span all = lac_span_trim(lac_buf_span(out));
    size_t length = strlen(text);
    return all.len >= length && memcmp(all.ptr + all.len - length, text, length) == 0;
}

/* Statements [first, end), which hold so far and cite the same. */
static lacuna_status put_run(lac_buf *out, taking *t, uint32_t first, uint32_t end,
                             lac_cite_fn cite, void *user)
{
    const statement *one = &t->list[first];
    lac_span text = lac_span_trim(
        lac_span_make(t->bytes.ptr + one->start, (size_t)t->list[end - 1].end - one->start));
    bool says = false;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = first; i < end; i++) {
        says = says || says_something(t, &t->list[i]);
    }
    if (text.len == 0 || (!says && text.len == 1 && ends_with(out, "]"))) {
        return LACUNA_OK; /* the full stop of a sentence that was taken out */
    }
    if (out->len > 0 && !is_space(out->data[out->len - 1])) {
        status = lac_buf_append_char(out, ' ');
    }
    if (status != LACUNA_OK || !says) {
        return status == LACUNA_OK ? lac_buf_append_span(out, text) : status;
    }
    status = put_checked(out, t->s, text, one->cited, one->cited_count);
    return status == LACUNA_OK ? cite(user, out, one->cited, one->cited_count) : status;
}

static lacuna_status put_statements(lac_buf *out, taking *t, lac_cite_fn cite, void *user)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < t->count && status == LACUNA_OK;) {
        uint32_t first = i++;
        if (t->list[first].reason != NULL) {
            lac_buf needed;
            lac_buf_init(&needed, WHAT_MAX * 2);
            status = put_needed(&needed, t, &t->list[first]);
            /* The same placeholder twice running says nothing more. */
            if (status == LACUNA_OK && !ends_with(out, lac_buf_text(&needed))) {
                status = out->len > 0 ? lac_buf_append_char(out, ' ') : LACUNA_OK;
                status =
                    status == LACUNA_OK ? lac_buf_append_span(out, lac_buf_span(&needed)) : status;
            }
            lac_buf_free(&needed);
            continue;
        }
        while (i < t->count && t->list[i].reason == NULL &&
               same_cited(&t->list[i], &t->list[first])) {
            i++;
        }
        status = put_run(out, t, first, i, cite, user);
    }
    return status;
}

static lacuna_status take(taking *t)
{
    lacuna_status status = read_text(t);
    if (status == LACUNA_OK) {
        status = set_statements(t);
    }
    for (uint32_t i = 0; status == LACUNA_OK && i < t->count; i++) {
        status = judge(t, &t->list[i]);
    }
    return status;
}

lacuna_status lac_statements_paragraph(lac_buf *out, lac_statements *s, const lac_plain *text,
                                       lac_cite_fn cite, void *user)
{
    taking t = {.s = s, .text = text, .bytes = lac_buf_span(&text->text)};
    lacuna_status status = take(&t);
    if (status == LACUNA_OK) {
        status = put_statements(out, &t, cite, user);
    }
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(s->err) : status;
}

/* ---- tables --------------------------------------------------------------------------------- */

static lac_span cell_at(lac_span table, uint32_t row, uint32_t column)
{
    size_t start = 0;
    for (size_t at = 0; at < table.len && (row > 0 || column > 0); at++) {
        if (table.ptr[at] == '\n') {
            if (row == 0) {
                return lac_span_make("", 0);
            }
            row--;
            start = at + 1;
        } else if (table.ptr[at] == '\t' && row == 0) {
            column--;
            start = at + 1;
        }
    }
    size_t end = start;
    while (end < table.len && table.ptr[end] != '\t' && table.ptr[end] != '\n') {
        end++;
    }
    return lac_span_make(table.ptr + start, end - start);
}

/* A source may say in a sentence what the draft has in a cell: "zorbane arm, Participants: 48".
 * *holds: all that the cell claims is supported so. */
static lacuna_status check_as_sentence(bool *holds, lac_statements *s, lac_span table, size_t at,
                                       const statement *whole)
{
    uint32_t row = 0, column = 0;
    lac_buf text;
    lac_ground_report report = {.count = 0};
    for (size_t i = 0; i < at; i++) {
        row += table.ptr[i] == '\n' ? 1 : 0;
        column = table.ptr[i] == '\n' ? 0 : column + (table.ptr[i] == '\t' ? 1 : 0);
    }
    *holds = false;
    if (row == 0 || column == 0) {
        return LACUNA_OK;
    }
    lac_span label = cell_at(table, row, 0), head = cell_at(table, 0, column);
    lac_span cell = cell_at(table, row, column);
    lac_buf_init(&text, 4 * LAC_ANSWER_BYTES_MAX);
    lacuna_status status = lac_buf_printf(&text, "%.*s, %.*s: %.*s", (int)label.len, label.ptr,
                                          (int)head.len, head.ptr, (int)cell.len, cell.ptr);
    const lac_ground_draft draft = {
        .text = lac_buf_span(&text), .cited = whole->cited, .cited_count = whole->cited_count};
    if (status == LACUNA_OK) {
        status = lac_ground_check(&report, s->arena, s->material->ground, &draft, s->err);
    }
    *holds = status == LACUNA_OK && report.count == report.counts[LAC_GROUNDED];
    lac_buf_free(&text);
    return status;
}

/* Appends the table without what is supported neither as a cell nor as a sentence. */
static lacuna_status put_table(lac_buf *out, lac_statements *s, lac_span table,
                               const statement *whole)
{
    lac_ground_report report;
    const lac_ground_draft draft = {
        .text = table, .cited = whole->cited, .cited_count = whole->cited_count};
    lacuna_status status = lac_ground_check(&report, s->arena, s->material->ground, &draft, s->err);
    lac_ground_finding *items = lac_arena_array(s->arena, (size_t)report.count + 1, sizeof *items);
    if (status == LACUNA_OK && items == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t i = 0; i < report.count && status == LACUNA_OK; i++) {
        bool holds = false;
        items[i] = report.items[i];
        if (items[i].grounding != LAC_GROUNDED) {
            status = check_as_sentence(&holds, s, table, items[i].start, whole);
            items[i].grounding = holds ? LAC_GROUNDED : items[i].grounding;
        }
    }
    report.items = items;
    status = status == LACUNA_OK ? keep_report(s, &report, table) : status;
    return status == LACUNA_OK ? lac_ground_rewrite(out, table, &report, s->err) : status;
}

/* What the table as a whole rests on. */
static lacuna_status cite_table(taking *t, statement *whole)
{
    *whole = (statement){.start = 0, .end = (uint32_t)t->bytes.len};
    return set_cited(t, whole);
}

/* Cells may rest on what any cell of the table cites; labels of one word are no statements. */
static void judge_cell(taking *t, statement *cell, const statement *whole)
{
    cell->cited = whole->cited;
    cell->cited_count = whole->cited_count;
    if (holds_zone(t, cell, LAC_ZONE_CITATION) || holds_text(t, cell, "[source") ||
        holds_text(t, cell, "[[")) {
        cell->reason = "made-up-reference";
        cell->message = "it refers to a source in its own words";
    } else if (cell->segment != NULL &&
               (cell->segment->row > 0 || cell->segment->mention_count > 1) &&
               !words_are_there(t, cell)) {
        cell->reason = "other-words";
        cell->message = "the cited passages do not speak of this";
    }
}

/* The text with placeholders for the cells that fail. */
static lacuna_status put_cells(lac_buf *out, taking *t, const statement *whole)
{
    uint32_t done = 0;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < t->count && status == LACUNA_OK; i++) {
        statement *cell = &t->list[i];
        if (cell->segment != NULL) { /* without the border behind it */
            cell->start = cell->segment->start;
            cell->end = cell->segment->end;
        }
        judge_cell(t, cell, whole);
        if (cell->reason == NULL) {
            continue;
        }
        status = lac_buf_append(out, t->bytes.ptr + done, (size_t)cell->start - done);
        status = status == LACUNA_OK ? put_needed(out, t, cell) : status;
        done = cell->end;
    }
    return status == LACUNA_OK ? lac_buf_append(out, t->bytes.ptr + done, t->bytes.len - done)
                               : status;
}

lacuna_status lac_statements_table(lac_buf *out, lac_statements *s, const lac_plain *text,
                                   const uint32_t **cited, uint32_t *cited_count)
{
    taking t = {.s = s, .text = text, .bytes = lac_buf_span(&text->text)};
    statement whole;
    lac_buf cells;
    *cited_count = 0;
    lac_buf_init(&cells, 4 * LAC_ANSWER_BYTES_MAX);
    lacuna_status status = read_text(&t);
    if (status == LACUNA_OK) {
        status = set_statements(&t);
    }
    if (status == LACUNA_OK) {
        status = cite_table(&t, &whole);
    }
    if (status == LACUNA_OK && whole.cited_count == 0) {
        status = lac_statements_fail(s, "table", "uncited", "no source is cited for it", t.bytes);
    } else if (status == LACUNA_OK) {
        status = put_cells(&cells, &t, &whole);
        status = status == LACUNA_OK ? put_table(out, s, lac_buf_span(&cells), &whole) : status;
        *cited = whole.cited;
        *cited_count = whole.cited_count;
    }
    lac_buf_free(&cells);
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(s->err) : status;
}

/* ---- sub-headings --------------------------------------------------------------------------- */

lacuna_status lac_statements_heading(bool *holds, lac_statements *s, lac_span text)
{
    taking t = {.s = s, .bytes = text};
    uint32_t all = 0, known = 0, count = s->material->passage_count;
    lac_ground_report report = {.count = 0};
    const lac_ground_draft draft = {.text = text, .everything = true};
    uint32_t *every = lac_arena_array(s->arena, (size_t)count + 1, sizeof *every);
    lacuna_status status = every == NULL ? lac_fail_nomem(s->err) : read_text(&t);
    for (uint32_t i = 0; status == LACUNA_OK && i < count; i++) {
        every[i] = i;
    }
    for (uint32_t i = 0; status == LACUNA_OK && i < t.reading.segment_count; i++) {
        const lac_segment *segment = &t.reading.segments[i];
        for (uint32_t k = 0; k < segment->mention_count; k++) {
            uint32_t id = segment->mentions[k].id;
            all++;
            known += id != LAC_UNKNOWN && is_known(s->material->ground, every, count, id) ? 1 : 0;
        }
    }
    if (status == LACUNA_OK) {
        status = lac_ground_check(&report, s->arena, s->material->ground, &draft, s->err);
    }
    *holds = status == LACUNA_OK && is_enough(known, all) && t.zones.count == 0 &&
             report.count == report.counts[LAC_GROUNDED];
    return status;
}
