#include "analyzer/regex_code.h"
#include "analyzer/terms_internal.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdatomic.h>

/* Generous for the expressions of a checklist, and reached within a second by a catastrophic one.
 */
enum {
    MATCH_LIMIT = 500000, /* steps from one start */
    DEPTH_LIMIT = 100000,
    HEAP_LIMIT_KIB = 32 * 1024,
};

/* A match does not begin inside a word: "format" is in "information". Digits are no word here:
 * "ISO14971" holds "14971". */
static const char at_word_border[] = "(?:(?<!\\pL)|(?!\\pL))(?:";
enum { BORDER_BYTES = sizeof at_word_border - 1 };

struct lac_term_regex {
    const char *whole;   /* the expression behind at_word_border, with the spaces already widened */
    const char *pattern; /* as it was written, for messages */
    size_t length;       /* of the whole */
    _Atomic(lac_regex_code *) code; /* compiled at the first search; packs are shared by threads */
};

/* A space in the expression stands for any run of white space inside a line (cell borders
 * included), because text is laid out with double and non-breaking spaces. Spaces in a character
 * class and escaped ones stay. */
static lacuna_status widen_spaces(lac_buf *out, lac_span pattern)
{
    bool in_class = false;
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < pattern.len && status == LACUNA_OK; i++) {
        char c = pattern.ptr[i];
        if (c == '\\' && i + 1 < pattern.len) {
            status = lac_buf_append(out, pattern.ptr + i, 2);
            i++;
            continue;
        }
        if (c == '[') {
            in_class = true;
        } else if (c == ']') {
            in_class = false;
        }
        if (c != ' ' || in_class) {
            status = lac_buf_append_char(out, c);
            continue;
        }
        while (i + 1 < pattern.len && pattern.ptr[i + 1] == ' ') {
            i++;
        }
        status = lac_buf_append_text(out, "(?>\\h+)");
    }
    return status;
}

static lacuna_status compile(lac_regex_code **out, lac_span source, const lac_term_regex *regex,
                             lacuna_error *err)
{
    int code = 0;
    PCRE2_SIZE offset = 0;
    const uint32_t options =
        PCRE2_CASELESS | PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_UTF_CHECK;
    *out = lac_regex_code_new(source, options, &code, &offset);
    if (*out != NULL) {
        return LACUNA_OK;
    }
    char text[120] = "";
    (void)pcre2_get_error_message(code, (PCRE2_UCHAR *)text, sizeof text);
    return lac_fail(err, LACUNA_E_FORMAT, "expression /%.60s/: %s at %zu", regex->pattern, text,
                    (size_t)offset);
}

/* Compiled once to see that it is right, and again when it is first searched for: the machine code
 * is expensive and most packs of a run are never used. */
static lacuna_status check(const lac_term_regex *regex, lacuna_error *err)
{
    lac_regex_code *code = NULL;
    /* By itself: a bracket too many must not close the one around it. */
    lac_span inner = lac_span_make(regex->whole + BORDER_BYTES, regex->length - BORDER_BYTES - 1);
    lacuna_status status = compile(&code, inner, regex, err);
    if (status != LACUNA_OK) {
        return status;
    }
    uint32_t matches_empty = 0;
    (void)pcre2_pattern_info(lac_regex_code_pcre2(code), PCRE2_INFO_MATCHEMPTY, &matches_empty);
    lac_regex_code_free(code);
    if (matches_empty != 0) {
        return lac_fail(err, LACUNA_E_FORMAT, "expression /%.60s/ matches the empty text",
                        regex->pattern);
    }
    return LACUNA_OK;
}

lacuna_status lac_term_regex_new(lac_term_regex **out, lac_arena *arena, lac_span pattern,
                                 lacuna_error *err)
{
    *out = NULL;
    lac_buf widened;
    lac_buf_init(&widened, (size_t)LAC_TERM_BYTES * 8);
    lac_term_regex *regex = lac_arena_alloc(arena, sizeof *regex);
    lacuna_status status =
        regex == NULL ? LACUNA_E_NOMEM : lac_buf_append_text(&widened, at_word_border);
    if (status == LACUNA_OK) {
        status = widen_spaces(&widened, pattern);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&widened, ')');
    }
    if (status == LACUNA_OK) {
        regex->whole = lac_arena_copy(arena, lac_buf_span(&widened));
        regex->pattern = lac_arena_copy(arena, pattern);
        regex->length = widened.len;
        atomic_init(&regex->code, NULL);
        status = regex->whole == NULL || regex->pattern == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    if (status != LACUNA_OK) {
        (void)lac_fail(err, status, "the expression cannot be kept");
        goto cleanup;
    }
    status = check(regex, err);
    if (status == LACUNA_OK) {
        *out = regex;
    }
cleanup:
    lac_buf_free(&widened);
    return status;
}

void lac_term_regex_release(lac_term_regex *regex)
{
    lac_regex_code_free(atomic_exchange(&regex->code, NULL));
}

/* The compiled expression. Where two threads compile it at once, one result is thrown away. */
static lacuna_status ready_code(const pcre2_code **out, lac_term_regex *regex, lacuna_error *err)
{
    lac_regex_code *present = atomic_load(&regex->code);
    if (present != NULL) {
        *out = lac_regex_code_pcre2(present);
        return LACUNA_OK;
    }
    lac_regex_code *made = NULL;
    lacuna_status status = compile(&made, lac_span_make(regex->whole, regex->length), regex, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_regex_code_speed_up(made);
    if (!atomic_compare_exchange_strong(&regex->code, &present, made)) {
        lac_regex_code_free(made);
        made = present;
    }
    *out = lac_regex_code_pcre2(made);
    return LACUNA_OK;
}

static lacuna_status match_status(int result, const lac_term_regex *regex, lacuna_error *err)
{
    switch (result) {
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT:
        return lac_fail_remedy(err, LACUNA_E_LIMIT,
                               "simplify the expression: nested repetitions are the usual cause",
                               "expression /%.60s/ takes too long on this text", regex->pattern);
    case PCRE2_ERROR_NOMEMORY:
        return lac_fail_nomem(err);
    default:
        return lac_fail(err, LACUNA_E_INTERNAL, "expression /%.60s/: PCRE2 error %d",
                        regex->pattern, result);
    }
}

static bool is_continuation(lac_span text, size_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

/* The text is known to be UTF-8 (the index refuses other text); only the ends may cut a character.
 */
static void round_to_characters(lac_span text, uint32_t *from, uint32_t *to)
{
    while (is_continuation(text, *from)) {
        (*from)++;
    }
    while (*to > 0 && is_continuation(text, *to)) {
        (*to)--;
    }
}

lacuna_status lac_term_regex_find(bool *found, lac_match *match, lac_term_regex *regex,
                                  lac_span text, uint32_t from, uint32_t to, lacuna_error *err)
{
    *found = false;
    const pcre2_code *code = NULL;
    lacuna_status status = ready_code(&code, regex, err);
    if (status != LACUNA_OK) {
        return status;
    }
    round_to_characters(text, &from, &to);
    if (from >= to) {
        return LACUNA_OK;
    }
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    if (data == NULL || context == NULL) {
        status = lac_fail_nomem(err);
        goto cleanup;
    }
    (void)pcre2_set_match_limit(context, MATCH_LIMIT);
    (void)pcre2_set_depth_limit(context, DEPTH_LIMIT);
    (void)pcre2_set_heap_limit(context, HEAP_LIMIT_KIB);
    int result = pcre2_match(code, (PCRE2_SPTR)text.ptr, to, from,
                             PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, data, context);
    if (result >= 0) {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
        *match = (lac_match){(uint32_t)ends[0], (uint32_t)ends[1]};
        *found = ends[1] > ends[0] && ends[0] >= from; /* \K could move the start */
    } else if (result != PCRE2_ERROR_NOMATCH) {
        status = match_status(result, regex, err);
    }
cleanup:
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    return status;
}
