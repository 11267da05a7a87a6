#include "analyzer/fold_word.h"
#include "analyzer/terms_internal.h"
#include "analyzer/words.h"
#include "support/error.h"
#include "support/scratch.h"
#include "support/utf8.h"

/* Reads one term from left to right. */
typedef struct room {
    lac_term_word words[LAC_TERM_WORDS];
    lac_term_run alternatives[LAC_TERM_WORDS];
    lac_term_element elements[LAC_TERM_ELEMENTS];
    lac_term_run parts[LAC_TERM_PARTS];
} room;

typedef struct parser {
    lac_arena *arena;
    lac_term *term; /* its arrays are those of the room until the term is whole */
    room *room;
    lac_span text;
    size_t at;
    uint32_t gap;     /* before the next element */
    bool gap_written; /* ".." stands before the next element */
    bool in_group;
    lacuna_error *err;
} parser;

static lacuna_status fail(parser *p, const char *message, const char *remedy)
{
    if (p->err != NULL) {
        p->err->offset = p->at;
    }
    return lac_fail_remedy(p->err, LACUNA_E_FORMAT, remedy, "term \"%s\": %s", p->term->source,
                           message);
}

static lacuna_status too_long(parser *p)
{
    return fail(p, "too long", "split it into several terms");
}

static lacuna_status copy_span(lac_span *out, lac_arena *arena, lac_span text, lacuna_error *err)
{
    char *copy = lac_arena_copy(arena, text);
    *out = lac_span_make(copy, text.len);
    return copy == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static lacuna_status make_exact(parser *p, lac_term_word *word, lac_span lower)
{
    char buffer[LAC_WORD_BYTES + LAC_FOLD_EXTRA];
    size_t length = lac_fold_lower(buffer, sizeof buffer, lower);
    return copy_span(&word->folded, p->arena, lac_span_make(buffer, length), p->err);
}

/* "patient*" stands for every word of the group, so that it finds "subjects" too. */
static lacuna_status make_prefix(parser *p, lac_term_word *word, lac_span lower)
{
    char buffer[LAC_WORD_BYTES + LAC_FOLD_EXTRA];
    word->prefix = true;
    lacuna_status status = copy_span(&word->raw, p->arena, lower, p->err);
    if (status != LACUNA_OK) {
        return status;
    }
    size_t length = lac_spell_prefix(buffer, sizeof buffer, lower);
    status = copy_span(&word->spelled, p->arena, lac_span_make(buffer, length), p->err);
    if (status != LACUNA_OK) {
        return status;
    }
    length = lac_fold_lower(buffer, sizeof buffer, lower);
    lac_span folded = lac_span_make(buffer, length);
    return lac_fold_is_group(folded) ? copy_span(&word->folded, p->arena, folded, p->err)
                                     : LACUNA_OK;
}

/* Opens a new element with its first, still empty, alternative. */
static lacuna_status open_element(parser *p)
{
    lac_term *term = p->term;
    if (term->element_count == LAC_TERM_ELEMENTS || term->alternative_count == LAC_TERM_WORDS) {
        return too_long(p);
    }
    term->elements[term->element_count++] =
        (lac_term_element){{term->alternative_count, 1}, p->gap};
    term->alternatives[term->alternative_count++] = (lac_term_run){term->word_count, 0};
    term->parts[term->part_count - 1].count++;
    p->gap = 0;
    p->gap_written = false;
    return LACUNA_OK;
}

static lacuna_status read_word(parser *p)
{
    lac_term *term = p->term;
    lac_words words;
    lac_words_init(&words, lac_span_make(p->text.ptr + p->at, p->text.len - p->at));
    if (!lac_words_next(&words) || words.start != 0) {
        return fail(p, "unexpected character", "");
    }
    if (!p->in_group) {
        lacuna_status status = open_element(p);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    if (term->word_count == LAC_TERM_WORDS) {
        return too_long(p);
    }
    lac_term_word *word = &term->words[term->word_count++];
    *word = (lac_term_word){0};
    term->alternatives[term->alternative_count - 1].count++;
    p->at += words.end;
    if (p->at < p->text.len && p->text.ptr[p->at] == '*') {
        p->at++;
        return make_prefix(p, word, lac_words_lower(&words));
    }
    return make_exact(p, word, lac_words_lower(&words));
}

static lacuna_status open_group(parser *p)
{
    if (p->in_group) {
        return fail(p, "a group inside a group", "write the alternatives in one pair of brackets");
    }
    lacuna_status status = open_element(p);
    p->in_group = true;
    p->at++;
    return status;
}

static lacuna_status check_alternative(parser *p)
{
    if (p->term->alternatives[p->term->alternative_count - 1].count == 0) {
        return fail(p, "an empty alternative", "remove the extra | or bracket");
    }
    return LACUNA_OK;
}

static lacuna_status next_alternative(parser *p)
{
    lac_term *term = p->term;
    if (!p->in_group) {
        return fail(p, "| outside brackets", "write (this|that), or two terms");
    }
    lacuna_status status = check_alternative(p);
    if (status != LACUNA_OK) {
        return status;
    }
    if (term->alternative_count == LAC_TERM_WORDS) {
        return too_long(p);
    }
    term->alternatives[term->alternative_count++] = (lac_term_run){term->word_count, 0};
    term->elements[term->element_count - 1].alternatives.count++;
    p->at++;
    return LACUNA_OK;
}

static lacuna_status close_group(parser *p)
{
    if (!p->in_group) {
        return fail(p, ") without (", "remove it");
    }
    p->in_group = false;
    lacuna_status status = check_alternative(p);
    p->at++;
    return status;
}

static bool part_is_open(const parser *p)
{
    return p->term->parts[p->term->part_count - 1].count > 0;
}

static lacuna_status next_part(parser *p)
{
    lac_term *term = p->term;
    if (p->in_group || p->gap_written || !part_is_open(p)) {
        return fail(p, "& needs words on both sides", "write: sponsor & address");
    }
    if (term->part_count == LAC_TERM_PARTS) {
        return too_long(p);
    }
    term->parts[term->part_count++] = (lac_term_run){term->element_count, 0};
    p->at++;
    return LACUNA_OK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ".." or "..12". */
static lacuna_status read_gap(parser *p)
{
    if (p->in_group || p->gap_written || !part_is_open(p)) {
        return fail(p, ".. needs words on both sides", "write: sponsor .. address");
    }
    p->at += 2;
    uint32_t gap = 0;
    bool number = false;
    while (p->at < p->text.len && is_digit(p->text.ptr[p->at])) {
        gap = gap > LAC_TERM_GAP ? gap : gap * 10 + (uint32_t)(p->text.ptr[p->at] - '0');
        number = true;
        p->at++;
    }
    if (p->at < p->text.len && p->text.ptr[p->at] == '.') {
        return fail(p, "three dots", "write .. or ..12");
    }
    if (gap > LAC_TERM_GAP) {
        return fail(p, "a gap of more than 40 words", "use & for \"in one sentence\"");
    }
    p->gap = number ? gap : LAC_TERM_DEFAULT_GAP;
    p->gap_written = true;
    return LACUNA_OK;
}

static bool at_gap(const parser *p)
{
    return p->at + 1 < p->text.len && p->text.ptr[p->at] == '.' && p->text.ptr[p->at + 1] == '.';
}

static bool at_word(const parser *p)
{
    size_t length;
    uint32_t c = lac_utf8_decode(lac_span_make(p->text.ptr + p->at, p->text.len - p->at), &length);
    return lac_utf8_is_letter(c) || lac_utf8_is_digit(c);
}

static lacuna_status step(parser *p)
{
    char c = p->text.ptr[p->at];
    if (at_word(p)) {
        return read_word(p);
    }
    if (at_gap(p)) {
        return read_gap(p);
    }
    switch (c) {
    case '(':
        return open_group(p);
    case '|':
        return next_alternative(p);
    case ')':
        return close_group(p);
    case '&':
        return next_part(p);
    case '*':
        return fail(p, "* does not follow a word", "write it right behind the letters: random*");
    case '!':
        return fail(p, "! stands inside the term", "write it first: !is not planned");
    default:
        p->at++; /* other punctuation and white space separate words */
        return LACUNA_OK;
    }
}

static lacuna_status finish(parser *p)
{
    if (p->in_group) {
        return fail(p, "( without )", "close the bracket");
    }
    if (p->gap_written) {
        return fail(p, ".. needs words on both sides", "write: sponsor .. address");
    }
    if (!part_is_open(p)) {
        return fail(p, p->term->part_count > 1 ? "& needs words on both sides" : "no words in it",
                    "write at least one word");
    }
    return LACUNA_OK;
}

static void *keep(parser *p, const void *array, size_t count, size_t size)
{
    void *kept = lac_arena_array(p->arena, count, size);
    if (kept != NULL) {
        memcpy(kept, array, count * size);
    }
    return kept;
}

/* Moves the finished arrays into the arena, no larger than they have become. */
static lacuna_status keep_arrays(parser *p)
{
    lac_term *term = p->term;
    term->words = keep(p, p->room->words, term->word_count, sizeof *term->words);
    term->alternatives =
        keep(p, p->room->alternatives, term->alternative_count, sizeof *term->alternatives);
    term->elements = keep(p, p->room->elements, term->element_count, sizeof *term->elements);
    term->parts = keep(p, p->room->parts, term->part_count, sizeof *term->parts);
    if (term->words == NULL || term->alternatives == NULL || term->elements == NULL ||
        term->parts == NULL) {
        return lac_fail_nomem(p->err);
    }
    return LACUNA_OK;
}

static lacuna_status parse_words(parser *p)
{
    p->term->words = p->room->words;
    p->term->alternatives = p->room->alternatives;
    p->term->elements = p->room->elements;
    p->term->parts = p->room->parts;
    p->term->parts[0] = (lac_term_run){0, 0};
    p->term->part_count = 1;
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && p->at < p->text.len) {
        status = step(p);
    }
    if (status == LACUNA_OK) {
        status = finish(p);
    }
    return status == LACUNA_OK ? keep_arrays(p) : status;
}

static lacuna_status parse_regex(parser *p)
{
    size_t end = p->text.len - 1;
    if (end == 0 || p->text.ptr[end] != '/') {
        return fail(p, "the closing / is missing", "write: /\\d{3}-\\d{4}/");
    }
    lac_span pattern = lac_span_make(p->text.ptr + 1, end - 1);
    return lac_term_regex_new(&p->term->regex, p->arena, pattern, p->err);
}

static lacuna_status parse(parser *p)
{
    if (p->text.len > LAC_TERM_BYTES) {
        return lac_fail(p->err, LACUNA_E_FORMAT, "a term of %zu bytes; at most %d", p->text.len,
                        LAC_TERM_BYTES);
    }
    if (!lac_utf8_valid(p->text)) {
        return lac_fail(p->err, LACUNA_E_FORMAT, "the term is not UTF-8");
    }
    if (p->text.len > 0 && p->text.ptr[0] == '!') {
        p->term->exclusion = true;
        p->text = lac_span_trim(lac_span_make(p->text.ptr + 1, p->text.len - 1));
    }
    return p->text.len > 0 && p->text.ptr[0] == '/' ? parse_regex(p) : parse_words(p);
}

lacuna_status lac_term_parse(lac_term **out, lac_arena *arena, const char *source,
                             lacuna_error *err)
{
    *out = NULL;
    lac_term *term = lac_arena_alloc(arena, sizeof *term);
    char *copy = lac_arena_copy(arena, lac_span_of(source));
    if (term == NULL || copy == NULL) {
        return lac_fail_nomem(err);
    }
    term->source = copy;
    LAC_SCRATCH room workspace;
    parser p = {.arena = arena,
                .term = term,
                .room = &workspace,
                .text = lac_span_trim(lac_span_of(copy)),
                .err = err};
    lacuna_status status = parse(&p);
    if (status == LACUNA_OK) {
        *out = term;
    }
    return status;
}

void lac_term_release(lac_term *term)
{
    if (term != NULL && term->regex != NULL) {
        lac_term_regex_release(term->regex);
    }
}

const char *lac_term_source(const lac_term *term)
{
    return term->source;
}

bool lac_term_is_exclusion(const lac_term *term)
{
    return term->exclusion;
}
