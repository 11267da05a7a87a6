#include "analyzer/letter/letter.h"

#include "analyzer/letter/classify.h"
#include "analyzer/letter/facts.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { ID_BYTES = 1024, TEXT_BYTES = 16 << 20, MOST_NOTES = 512, SEARCHED_WORDS = 4 };

typedef struct maker {
    lac_letter *letter;
    lac_letter_layout layout;
    lac_letter_eye eye;
    lac_letter_bounds_list bounds;
    lac_letter_drafts drafts;
    const lac_letter_rule **hints; /* of each letter */
    lac_letter_head *heads;
    lac_letter_query *queries;
    lac_letter_block *blocks, *leads;
    const char **notes;
    lacuna_error *err;
} maker;

/* ---- notes ---------------------------------------------------------------------------------- */

static lacuna_status add_note(maker *m, bool incomplete, const char *text)
{
    const char *copy = lac_arena_copy(&m->letter->arena, lac_span_of(text));
    m->letter->incomplete = m->letter->incomplete || incomplete;
    if (copy == NULL) {
        return lac_fail_nomem(m->err);
    }
    if (m->letter->note_count < MOST_NOTES) {
        m->notes[m->letter->note_count++] = copy;
    }
    return LACUNA_OK;
}

static lacuna_status note_empty_pages(maker *m)
{
    const lac_letter *letter = m->letter;
    lac_buf note;
    lac_buf_init(&note, ID_BYTES);
    lacuna_status status = lac_buf_printf(&note, "%u of %u pages have no text: page",
                                          letter->empty_page_count, letter->text->page_count);
    for (uint32_t i = 0; i < letter->empty_page_count && status == LACUNA_OK && i < 40; i++) {
        status = lac_buf_printf(&note, "%s %u", i > 0 ? "," : "", letter->empty_pages[i]);
    }
    status = status == LACUNA_OK ? add_note(m, true, lac_buf_text(&note)) : lac_fail_nomem(m->err);
    lac_buf_free(&note);
    return status;
}

static bool has_gap(const maker *m)
{
    for (uint32_t i = 0; i < m->letter->text->line_count; i++) {
        if (m->layout.gap_before[i]) {
            return true;
        }
    }
    return false;
}

static lacuna_status write_notes(maker *m)
{
    const lac_letter_text *text = m->letter->text;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < text->note_count && status == LACUNA_OK; i++) {
        status = add_note(m, text->notes[i].incomplete, text->notes[i].text);
    }
    if (status == LACUNA_OK && m->letter->empty_page_count > 0) {
        status = note_empty_pages(m);
    } else if (status == LACUNA_OK && has_gap(m)) {
        status = add_note(m, true, "the printed page numbers show that pages are missing");
    }
    if (status == LACUNA_OK && m->layout.cut) {
        status = add_note(m, true, "the text says that it was cut off");
    }
    if (status == LACUNA_OK && m->letter->query_count == 0) {
        status = add_note(m, false,
                          m->layout.count == 0 ? "no text was found"
                          : m->letter->incomplete
                              ? "no request was found in the text that is here"
                              : "no request was found: the letter asks for nothing, or in words "
                                "that are not known");
    }
    return status;
}

/* ---- queries -------------------------------------------------------------------------------- */

/* Where a query begins inside of its first paragraph. */
static uint32_t first_line(const maker *m, const lac_letter_draft *draft)
{
    const lac_letter_paragraph *p = &m->layout.paragraphs[draft->first];
    if (draft->start <= p->start || draft->start >= p->end) {
        return draft->first_line;
    }
    lac_span text =
        lac_span_trim(lac_span_make(m->layout.clean.data + draft->start, p->end - draft->start));
    size_t length = 0;
    for (uint32_t words = 0; length < text.len && words < SEARCHED_WORDS; length++) {
        words += text.ptr[length] == ' ' ? 1 : 0;
    }
    for (uint32_t i = p->first; i <= p->last; i++) {
        lac_span line = lac_letter_line_text(m->letter->text, i);
        for (size_t at = 0; at + 1 < line.len; at++) {
            size_t left = line.len - at < length ? line.len - at : length;
            if (left * 2 >= length && memcmp(line.ptr + at, text.ptr, left) == 0) {
                return i;
            }
        }
    }
    return draft->first_line;
}

static bool is_taken(const maker *m, const char *id)
{
    for (uint32_t i = 0; i < m->letter->query_count; i++) {
        if (strcmp(m->queries[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* "1." as "1"; "(1)" stays. */
static lac_span bare_marker(lac_span marker)
{
    bool bracket = marker.len > 0 && marker.ptr[0] == '(';
    while (!bracket && marker.len > 0 && strchr(".)", marker.ptr[marker.len - 1]) != NULL) {
        marker.len--;
    }
    return marker;
}

static lacuna_status write_id(const maker *m, lac_buf *id, const lac_letter_draft *draft)
{
    lacuna_status status = LACUNA_OK;
    if (draft->letter > 0) {
        status = lac_buf_printf(id, "L%u ", draft->letter + 1);
    }
    if (status == LACUNA_OK) {
        status = lac_section_name(id, &draft->section);
    }
    lac_span marker = bare_marker(draft->marker);
    if (status == LACUNA_OK && draft->tail) {
        status = lac_buf_append_text(id, " (after a missing page)");
    }
    if (status == LACUNA_OK) {
        status = draft->marker.len > 0 ? lac_buf_printf(id, " %.*s", (int)marker.len, marker.ptr)
                                       : lac_buf_printf(id, " \xC2\xB6%u", draft->ordinal);
    }
    size_t length = id->len;
    for (uint32_t n = 2; status == LACUNA_OK && is_taken(m, lac_buf_text(id)); n++) {
        id->len = length;
        status = lac_buf_printf(id, " (%u)", n);
    }
    return status;
}

static lacuna_status name_query(maker *m, lac_letter_query *query, const lac_letter_draft *draft)
{
    lac_arena *arena = &m->letter->arena;
    lac_buf id, heading;
    lac_buf_init(&id, ID_BYTES);
    lac_buf_init(&heading, ID_BYTES);
    lacuna_status status = write_id(m, &id, draft);
    if (status == LACUNA_OK) {
        status = lac_section_name(&heading, &draft->section);
    }
    query->id = lac_arena_copy(arena, lac_buf_span(&id));
    query->heading = lac_arena_copy(arena, lac_buf_span(&heading));
    query->marker = lac_arena_copy(arena, draft->marker);
    lac_buf_free(&id);
    lac_buf_free(&heading);
    bool done =
        status == LACUNA_OK && query->id != NULL && query->heading != NULL && query->marker != NULL;
    return done ? LACUNA_OK : lac_fail_nomem(m->err);
}

/* Redaction marks of its lines, and whether anything else is left. */
static const char *redaction(const maker *m, const lac_letter_draft *draft, lac_span text)
{
    size_t letters = 0;
    bool marked = false;
    for (uint32_t i = draft->first_line; i <= draft->last_line; i++) {
        marked = marked || m->layout.kinds[i] == LAC_LINE_REDACTION;
    }
    for (size_t i = draft->marker.len; i < text.len; i++) {
        marked = marked || (text.len - i >= 3 && memcmp(text.ptr + i, "(b)", 3) == 0);
        letters += (unsigned char)(text.ptr[i] | 0x20) >= 'a' &&
                           (unsigned char)(text.ptr[i] | 0x20) <= 'z' && text.ptr[i] != 'b'
                       ? 1
                       : 0;
    }
    return letters == 0 ? "full" : marked ? "partial" : "";
}

static lacuna_status write_text(maker *m, lac_letter_query *query, const lac_letter_draft *draft)
{
    lac_buf text;
    lac_buf_init(&text, TEXT_BYTES);
    lacuna_status status = LACUNA_OK;
    uint32_t first = first_line(m, draft);
    for (uint32_t p = draft->first; p <= draft->last && status == LACUNA_OK; p++) {
        const lac_letter_paragraph *paragraph = &m->layout.paragraphs[p];
        uint32_t from = paragraph->first > first ? paragraph->first : first;
        if (text.len > 0) {
            status = lac_buf_append_char(&text, '\n');
        }
        if (status == LACUNA_OK) {
            status = lac_letter_lines_text(&text, &m->layout, from, paragraph->last);
        }
    }
    if (status == LACUNA_OK) {
        query->text = lac_arena_copy(&m->letter->arena, lac_buf_span(&text));
        query->redacted = redaction(m, draft, lac_buf_span(&text));
        query->range = lac_letter_range_of(m->letter->text, first, draft->last_line);
    }
    lac_buf_free(&text);
    return status == LACUNA_OK && query->text != NULL ? LACUNA_OK : lac_fail_nomem(m->err);
}

static lacuna_status make_query(maker *m, const lac_letter_draft *draft)
{
    lac_letter_query *query = &m->queries[m->letter->query_count];
    *query =
        (lac_letter_query){.letter = draft->letter, .truncated = draft->truncated || draft->tail};
    lacuna_status status = name_query(m, query, draft);
    if (status == LACUNA_OK) {
        status = write_text(m, query, draft);
    }
    if (status == LACUNA_OK) {
        status = lac_letter_classify(query, &m->letter->arena, &m->layout, draft,
                                     m->hints[draft->letter], &m->eye);
    }
    m->letter->query_count += status == LACUNA_OK ? 1 : 0;
    return status;
}

static lacuna_status make_block(maker *m, const lac_letter_draft *draft)
{
    bool lead = draft->kind == LAC_DRAFT_LEAD;
    lac_letter_block *block =
        lead ? &m->leads[m->letter->lead_in_count++] : &m->blocks[m->letter->block_count++];
    *block = (lac_letter_block){
        .kind = lead ? "lead-in" : draft->block,
        .marker = lac_arena_copy(&m->letter->arena, draft->marker),
        .letter = draft->letter,
        .range = lac_letter_range_of(m->letter->text, draft->first_line, draft->last_line)};
    return block->marker == NULL ? lac_fail_nomem(m->err) : LACUNA_OK;
}

static lacuna_status make_parts(maker *m)
{
    lac_arena *arena = &m->letter->arena;
    size_t count = m->drafts.count;
    m->queries = lac_arena_array(arena, count, sizeof *m->queries);
    m->blocks = lac_arena_array(arena, count, sizeof *m->blocks);
    m->leads = lac_arena_array(arena, count, sizeof *m->leads);
    if (m->queries == NULL || m->blocks == NULL || m->leads == NULL) {
        return lac_fail_nomem(m->err);
    }
    m->letter->queries = m->queries;
    m->letter->blocks = m->blocks;
    m->letter->lead_ins = m->leads;
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        const lac_letter_draft *draft = &m->drafts.items[i];
        status = draft->kind == LAC_DRAFT_QUERY ? make_query(m, draft) : make_block(m, draft);
    }
    return status;
}

/* ---- letters -------------------------------------------------------------------------------- */

/* A discipline that the subject or the words before the requests name, for letters without
 * headings. */
static void find_hint(maker *m, uint32_t letter)
{
    const lac_letter_bounds *b = &m->bounds.items[letter];
    m->hints[letter] = NULL;
    uint32_t from = b->mail || b->salutation == LAC_NONE ? b->first : b->salutation;
    for (uint32_t p = from; p < b->end && p <= b->body && m->hints[letter] == NULL; p++) {
        const lac_letter_paragraph *paragraph = &m->layout.paragraphs[p];
        bool before = p < b->body || lac_eye_sees_named(&m->eye, LAC_LETTER_PARAGRAPHS, "lead-in",
                                                        paragraph->start, paragraph->end);
        if (before && !paragraph->heading) {
            m->hints[letter] =
                lac_letter_discipline_named(&m->eye, paragraph->start, paragraph->end);
        }
    }
}

static lacuna_status make_letters(maker *m)
{
    lac_arena *arena = &m->letter->arena;
    uint32_t count = m->bounds.count;
    m->heads = lac_arena_array(arena, count, sizeof *m->heads);
    m->hints = lac_arena_array(arena, count, sizeof *m->hints);
    if (m->heads == NULL || m->hints == NULL) {
        return lac_fail_nomem(m->err);
    }
    m->letter->letters = m->heads;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status =
            lac_letter_read_facts(&m->heads[i], arena, &m->layout, &m->bounds.items[i], &m->eye);
        find_hint(m, i);
        m->letter->letter_count++;
        if (status == LACUNA_OK) {
            status = lac_letter_split(&m->drafts, &m->layout, &m->bounds.items[i], i, &m->eye);
        }
    }
    return status;
}

static lacuna_status keep_empty_pages(maker *m)
{
    size_t count = m->layout.empty_page_count;
    uint32_t *pages = lac_arena_array(&m->letter->arena, count, sizeof *pages);
    if (pages == NULL) {
        return lac_fail_nomem(m->err);
    }
    if (count > 0) {
        memcpy(pages, m->layout.empty_pages, count * sizeof *pages);
    }
    m->letter->empty_pages = pages;
    m->letter->empty_page_count = (uint32_t)count;
    return LACUNA_OK;
}

static lacuna_status make(maker *m, const lac_letter_rules *rules)
{
    lac_letter *letter = m->letter;
    lac_buf name;
    lac_buf_init(&name, ID_BYTES);
    lacuna_status status = lac_buf_printf(&name, "%s %s", rules->id, rules->version);
    letter->rules = lac_arena_copy(&letter->arena, lac_buf_span(&name));
    lac_buf_free(&name);
    m->notes = lac_arena_array(&letter->arena, MOST_NOTES, sizeof *m->notes);
    if (status != LACUNA_OK || m->notes == NULL || letter->rules == NULL) {
        return lac_fail_nomem(m->err);
    }
    letter->notes = m->notes;
    status = lac_letter_layout_make(&m->layout, letter->text, rules, m->err);
    if (status == LACUNA_OK) {
        m->eye = (lac_letter_eye){.rules = rules, .index = m->layout.words, .err = m->err};
        status = lac_letter_find_bounds(&m->bounds, &letter->arena, &m->layout, &m->eye);
    }
    if (status == LACUNA_OK) {
        status = keep_empty_pages(m);
    }
    if (status == LACUNA_OK) {
        status = make_letters(m);
    }
    if (status == LACUNA_OK) {
        status = make_parts(m);
    }
    return status == LACUNA_OK ? write_notes(m) : status;
}

lacuna_status lac_letter_analyze(lac_letter **out, lac_letter_text *text,
                                 const lac_letter_rules *rules, lacuna_error *err)
{
    *out = NULL;
    lac_letter *letter = calloc(1, sizeof *letter);
    if (letter == NULL) {
        lac_letter_text_free(text);
        return lac_fail_nomem(err);
    }
    lac_arena_init(&letter->arena);
    letter->text = text;
    maker m = {.letter = letter, .err = err};
    lacuna_status status = make(&m, rules);
    lac_letter_drafts_free(&m.drafts);
    lac_letter_layout_free(&m.layout);
    if (status != LACUNA_OK) {
        lac_letter_free(letter);
        return status;
    }
    *out = letter;
    return LACUNA_OK;
}

void lac_letter_free(lac_letter *letter)
{
    if (letter != NULL) {
        lac_letter_text_free(letter->text);
        lac_arena_free(&letter->arena);
        free(letter);
    }
}

const lac_letter_due *lac_letter_response_due(const lac_letter_head *head)
{
    for (uint32_t i = 0; i < head->clock_count; i++) {
        if (strcmp(head->clocks[i].who, "applicant") == 0) {
            return &head->clocks[i];
        }
    }
    return NULL;
}
