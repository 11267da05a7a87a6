#include "drafter/phi/context.h"

#include "support/buf.h"
#include "support/error.h"

enum { REACH = 400, EXPRESSION_MAX = 64 * 1024, MATCH_LIMIT = 2000000, HEAP_KIB = 16384 };

lacuna_status lac_phi_pattern_make(lac_phi_pattern *pattern, lac_span expression, lacuna_error *err)
{
    int error;
    PCRE2_SIZE offset;
    pattern->code = lac_regex_code_new(expression, PCRE2_UTF | PCRE2_NO_UTF_CHECK, &error, &offset);
    if (pattern->code == NULL && error == PCRE2_ERROR_NOMEMORY) {
        return lac_fail_nomem(err);
    }
    if (pattern->code == NULL) {
        return lac_fail(err, LACUNA_E_INTERNAL, "a recognizer is malformed at byte %zu of %.80s",
                        (size_t)offset, expression.ptr);
    }
    lac_regex_code_speed_up(pattern->code);
    return LACUNA_OK;
}

void lac_phi_pattern_free(lac_phi_pattern *pattern)
{
    lac_regex_code_free(pattern->code);
    pattern->code = NULL;
}

static lacuna_status match_at(int *result, pcre2_match_data *data, const lac_phi_pattern *pattern,
                              lac_span text, size_t from, lacuna_error *err)
{
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    if (limits == NULL) {
        return lac_fail_nomem(err);
    }
    (void)pcre2_set_match_limit(limits, MATCH_LIMIT);
    (void)pcre2_set_heap_limit(limits, HEAP_KIB);
    *result = pcre2_match(lac_regex_code_pcre2(pattern->code), (PCRE2_SPTR)text.ptr, text.len, from,
                          PCRE2_NO_UTF_CHECK, data, limits);
    pcre2_match_context_free(limits);
    if (*result > 0 || *result == PCRE2_ERROR_NOMATCH) {
        return LACUNA_OK;
    }
    return *result == PCRE2_ERROR_NOMEMORY
               ? lac_fail_nomem(err)
               : lac_fail(err, LACUNA_E_LIMIT,
                          "a recognizer of identifiers gave up on a passage of %zu bytes",
                          text.len);
}

lacuna_status lac_phi_pattern_find(bool *found, lac_span *match, size_t *after,
                                   const lac_phi_pattern *pattern, lac_span text, size_t from,
                                   lacuna_error *err)
{
    int result = PCRE2_ERROR_NOMATCH;
    *found = false;
    if (from >= text.len) {
        return LACUNA_OK;
    }
    pcre2_match_data *data = pcre2_match_data_create(2, NULL);
    if (data == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = match_at(&result, data, pattern, text, from, err);
    if (status == LACUNA_OK && result > 0) {
        const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);
        size_t group = at[2] != PCRE2_UNSET && result > 1 ? 2 : 0;
        *match = lac_span_make(text.ptr + at[group], at[group + 1] - at[group]);
        *after = at[group + 1] > from ? at[group + 1] : from + 1;
        *found = true;
    }
    pcre2_match_data_free(data);
    return status;
}

/* ---- contexts ------------------------------------------------------------------------------- */

static lacuna_status make_any(lac_phi_pattern *pattern, const json_t *list, lacuna_error *err)
{
    size_t index;
    const json_t *one;
    lac_buf all;
    lac_buf_init(&all, EXPRESSION_MAX);
    lacuna_status status = lac_buf_append_text(&all, "(?i)(?:");
    json_array_foreach(list, index, one)
    {
        if (status == LACUNA_OK) {
            status = lac_buf_printf(&all, "%s%s", index == 0 ? "" : "|", json_string_value(one));
        }
    }
    status = status == LACUNA_OK ? lac_buf_append_char(&all, ')') : status;
    status = status == LACUNA_OK ? lac_phi_pattern_make(pattern, lac_buf_span(&all), err)
                                 : lac_fail_nomem(err);
    lac_buf_free(&all);
    return status;
}

lacuna_status lac_phi_context_make(lac_phi_context *context, const json_t *data, lacuna_error *err)
{
    *context = (lac_phi_context){0};
    lacuna_status status = make_any(&context->individual, json_object_get(data, "individual"), err);
    return status == LACUNA_OK ? make_any(&context->staff, json_object_get(data, "staff"), err)
                               : status;
}

void lac_phi_context_free(lac_phi_context *context)
{
    lac_phi_pattern_free(&context->individual);
    lac_phi_pattern_free(&context->staff);
}

static lacuna_status occurs(bool *is, const lac_phi_pattern *pattern, lac_span text,
                            lacuna_error *err)
{
    lac_span match;
    size_t after;
    return lac_phi_pattern_find(is, &match, &after, pattern, text, 0, err);
}

lacuna_status lac_phi_is_individual(bool *is, const lac_phi_context *context, lac_span text,
                                    lacuna_error *err)
{
    return occurs(is, &context->individual, text, err);
}

lacuna_status lac_phi_is_staff(bool *is, const lac_phi_context *context, lac_span text,
                               lacuna_error *err)
{
    return occurs(is, &context->staff, text, err);
}

/* ---- sentences ------------------------------------------------------------------------------ */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80) != 0;
}

/* A sentence ends behind `at`: a full stop, a space, a capital; "Dr. S" and "J. S" do not. */
static bool ends_sentence(lac_span text, size_t at)
{
    if (text.ptr[at] == '\n') {
        return true;
    }
    if (memchr(".?!", text.ptr[at], 3) == NULL || at + 2 >= text.len || text.ptr[at + 1] != ' ' ||
        text.ptr[at + 2] < 'A' || text.ptr[at + 2] > 'Z') {
        return false;
    }
    size_t letters = 0;
    while (letters < at && letters < 4 && is_letter(text.ptr[at - 1 - letters])) {
        letters++;
    }
    return letters == 0 || letters > 3 || text.ptr[at] != '.';
}

static bool is_inside_character(lac_span text, size_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

static lac_span around(lac_span text, size_t start, size_t end, size_t reach)
{
    size_t first = start, last = end;
    while (first > 0 && start - first < reach && !ends_sentence(text, first - 1)) {
        first--;
    }
    while (last < text.len && last - end < reach && !ends_sentence(text, last)) {
        last++;
    }
    while (first < start && is_inside_character(text, first)) {
        first++;
    }
    while (last > end && is_inside_character(text, last)) {
        last--;
    }
    return lac_span_make(text.ptr + first, last - first);
}

lac_span lac_phi_sentence(lac_span text, size_t start, size_t end)
{
    return around(text, start, end, REACH);
}

lac_span lac_phi_vicinity(lac_span text, size_t start, size_t end, size_t reach)
{
    return around(text, start, end, reach);
}
