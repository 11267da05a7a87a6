#include "analyzer/pack_cell.h"

#include "analyzer/pack_canonical.h"
#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_print.h"
#include "support/json_text.h"

#include <stdio.h>

/* ---- reading -------------------------------------------------------------------------------- */

static lac_span without_indent(lac_span text)
{
    lac_span trimmed = lac_span_trim(text);
    if (trimmed.len == 0) {
        return trimmed;
    }
    return lac_span_make(trimmed.ptr, text.len - (size_t)(trimmed.ptr - text.ptr));
}

/* The next line of *rest that is not blank, without white space in front; empty at the end. What is
 * behind the text stays: built-in terms have some. `number` counts lines. */
static lac_span next_line(lac_span *rest, uint32_t *number)
{
    while (rest->len > 0) {
        const char *end = memchr(rest->ptr, '\n', rest->len);
        size_t length = end == NULL ? rest->len : (size_t)(end - rest->ptr);
        lac_span line = without_indent(lac_span_make(rest->ptr, length));
        size_t step = length + (end == NULL ? 0 : 1);
        *rest = lac_span_make(rest->ptr + step, rest->len - step);
        (*number)++;
        if (line.len > 0) {
            return line;
        }
    }
    return lac_span_make(NULL, 0);
}

static json_t *make_string(lac_span text)
{
    return json_stringn(text.ptr == NULL ? "" : text.ptr, text.len);
}

/* Consumes `value`, also where it is NULL. */
static bool append_new(json_t *array, json_t *value)
{
    return value != NULL && json_array_append_new(array, value) == 0;
}

static json_t *parse_list(lac_span text)
{
    uint32_t number = 0;
    json_t *list = json_array();
    for (lac_span line = next_line(&text, &number); list != NULL && line.len > 0;
         line = next_line(&text, &number)) {
        if (!append_new(list, make_string(line))) {
            json_decref(list);
            list = NULL;
        }
    }
    return list;
}

static json_t *parse_flag(char problem[256], lac_span text)
{
    static const char *const yes[] = {"yes", "true", "ja", "oui", "x"};
    static const char *const no[] = {"no", "false", "nein", "non"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (lac_span_equal_nocase(text, lac_span_of(yes[i]))) {
            return json_true();
        }
    }
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        if (lac_span_equal_nocase(text, lac_span_of(no[i]))) {
            return json_false();
        }
    }
    (void)snprintf(problem, 256, "must be yes or no");
    return NULL;
}

static json_t *parse_count(char problem[256], lac_span text)
{
    json_int_t value = 0;
    bool whole = text.len > 0 && text.len < 10;
    for (size_t i = 0; i < text.len && whole; i++) {
        whole = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        value = value * 10 + (text.ptr[i] - '0');
    }
    if (!whole) {
        (void)snprintf(problem, 256, "must be a whole number");
        return NULL;
    }
    return json_integer(value);
}

/* "any: text": the word in front of the colon; false: there is none. */
static bool split_line(lac_span *word, lac_span *rest, lac_span line)
{
    const char *colon = memchr(line.ptr, ':', line.len);
    if (colon == NULL) {
        return false;
    }
    size_t length = (size_t)(colon - line.ptr);
    *word = lac_span_trim(lac_span_make(line.ptr, length));
    *rest = without_indent(lac_span_make(colon + 1, line.len - length - 1));
    return rest->len > 0;
}

static bool set_new(json_t *object, const char *key, json_t *value)
{
    return value != NULL && json_object_set_new(object, key, value) == 0;
}

static bool append_term(json_t *fact, const char *key, lac_span text)
{
    json_t *list = json_object_get(fact, key);
    if (list == NULL) {
        list = json_array();
        if (!set_new(fact, key, list)) {
            return false;
        }
    }
    return append_new(list, make_string(text));
}

/* One line of a cell of facts. False: out of memory, or problem is set. */
static bool take_fact_line(json_t *facts, char problem[256], uint32_t number, lac_span line)
{
    lac_span word;
    lac_span rest;
    json_t *fact = json_array_get(facts, json_array_size(facts) - 1);
    if (!split_line(&word, &rest, line)) {
        (void)snprintf(problem, 256,
                       "line %u: begins with \"fact:\", \"any:\", \"here:\", \"required:\" or "
                       "\"title:\" and goes on behind it",
                       number);
        return false;
    }
    if (lac_span_equal_nocase(word, lac_span_of("fact"))) {
        json_t *made = json_object();
        return append_new(facts, made) && set_new(made, "name", make_string(rest));
    }
    if (fact == NULL) {
        (void)snprintf(problem, 256, "line %u: the first line is \"fact: NAME\"", number);
        return false;
    }
    if (lac_span_equal_nocase(word, lac_span_of("any"))) {
        return append_term(fact, "any", rest);
    }
    if (lac_span_equal_nocase(word, lac_span_of("here"))) {
        return append_term(fact, "here", rest);
    }
    bool required = lac_span_equal_nocase(word, lac_span_of("required"));
    if (!required && !lac_span_equal_nocase(word, lac_span_of("title"))) {
        (void)snprintf(problem, 256,
                       "line %u: \"%.*s:\" is none of fact:, any:, here:, required:, title:",
                       number, word.len > 40 ? 40 : (int)word.len, word.ptr);
        return false;
    }
    json_t *flag = parse_flag(problem, lac_span_trim(rest));
    if (flag == NULL) {
        (void)snprintf(problem, 256, "line %u: must be yes or no", number);
    }
    return set_new(fact, required ? "required" : "title", flag);
}

static json_t *parse_facts(char problem[256], lac_span text)
{
    uint32_t number = 0;
    json_t *facts = json_array();
    for (lac_span line = next_line(&text, &number); facts != NULL && line.len > 0;
         line = next_line(&text, &number)) {
        if (!take_fact_line(facts, problem, number, line)) {
            json_decref(facts);
            facts = NULL;
        }
    }
    return facts;
}

static lacuna_status parse_rest(json_t **out, char problem[256], lac_span text, lacuna_error *err)
{
    lacuna_error cause;
    lac_error_clear(&cause);
    lacuna_status status = lac_pack_parse(out, text, &cause);
    if (status != LACUNA_OK && status != LACUNA_E_NOMEM) {
        (void)snprintf(problem, 256, "%.200s", cause.message);
        return LACUNA_OK;
    }
    if (status != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    if (!json_is_object(*out)) {
        json_decref(*out);
        *out = NULL;
        (void)snprintf(problem, 256, "must be a JSON object");
    }
    return LACUNA_OK;
}

lacuna_status lac_cell_parse(json_t **out, char problem[256], lac_column_kind kind, lac_span text,
                             lacuna_error *err)
{
    *out = NULL;
    problem[0] = '\0';
    if (kind != LAC_COLUMN_LIST && kind != LAC_COLUMN_FACTS) {
        text = lac_span_trim(text);
    }
    switch (kind) {
    case LAC_COLUMN_TEXT:
        *out = make_string(text);
        break;
    case LAC_COLUMN_LIST:
        *out = parse_list(text);
        break;
    case LAC_COLUMN_FLAG:
        *out = parse_flag(problem, text);
        break;
    case LAC_COLUMN_COUNT:
        *out = parse_count(problem, text);
        break;
    case LAC_COLUMN_FACTS:
        *out = parse_facts(problem, text);
        break;
    case LAC_COLUMN_REST:
        return parse_rest(out, problem, text, err);
    }
    return *out == NULL && problem[0] == '\0' ? lac_fail_nomem(err) : LACUNA_OK;
}

/* ---- writing -------------------------------------------------------------------------------- */

static lacuna_status print_line(lac_buf *out, const char *word, const json_t *text)
{
    lacuna_status status = out->len == 0 ? LACUNA_OK : lac_buf_append_char(out, '\n');
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(out, word);
    }
    const char *value =
        json_is_boolean(text) ? json_is_true(text) ? "yes" : "no" : json_string_value(text);
    return status == LACUNA_OK ? lac_buf_append_text(out, value == NULL ? "" : value) : status;
}

static lacuna_status print_list(lac_buf *out, const char *word, const json_t *list)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < json_array_size(list) && status == LACUNA_OK; i++) {
        status = print_line(out, word, json_array_get(list, i));
    }
    return status;
}

static lacuna_status print_facts(lac_buf *out, const json_t *facts)
{
    static const char *const flags[] = {"required", "title"};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < json_array_size(facts) && status == LACUNA_OK; i++) {
        const json_t *fact = json_array_get(facts, i);
        status = print_line(out, "fact: ", json_object_get(fact, "name"));
        if (status == LACUNA_OK) {
            status = print_list(out, "any: ", json_object_get(fact, "any"));
        }
        if (status == LACUNA_OK) {
            status = print_list(out, "here: ", json_object_get(fact, "here"));
        }
        for (size_t f = 0; f < 2 && status == LACUNA_OK; f++) {
            const json_t *flag = json_object_get(fact, flags[f]);
            if (flag != NULL) {
                status = print_line(out, f == 0 ? "required: " : "title: ", flag);
            }
        }
    }
    return status;
}

static lacuna_status print_value(lac_buf *out, lac_column_kind kind, const json_t *value)
{
    switch (kind) {
    case LAC_COLUMN_TEXT:
    case LAC_COLUMN_FLAG:
        return print_line(out, "", value);
    case LAC_COLUMN_LIST:
        return print_list(out, "", value);
    case LAC_COLUMN_COUNT:
        return lac_buf_printf(out, "%lld", (long long)json_integer_value(value));
    case LAC_COLUMN_FACTS:
        return print_facts(out, value);
    case LAC_COLUMN_REST:
        break;
    }
    return json_dump_callback(value, lac_json_append, out, JSON_COMPACT | JSON_ENSURE_ASCII) == 0
               ? LACUNA_OK
               : LACUNA_E_NOMEM;
}

/* Spreadsheets keep neither controls nor a difference between line ends. */
static bool has_controls(lac_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 && c != '\n' && c != '\t') {
            return true;
        }
    }
    return false;
}

lacuna_status lac_cell_print(lac_buf *out, bool *fits, lac_column_kind kind, const json_t *value,
                             lacuna_error *err)
{
    *fits = false;
    lac_buf_clear(out);
    lacuna_status status = print_value(out, kind, value);
    if (status != LACUNA_OK) {
        return status == LACUNA_E_LIMIT ? lac_fail(err, status, "a member too long for a cell")
                                        : lac_fail_nomem(err);
    }
    json_t *back = NULL;
    char problem[256];
    lac_span text = lac_buf_span(out);
    if (lac_span_trim(text).len == 0 || has_controls(text)) {
        return LACUNA_OK;
    }
    status = lac_cell_parse(&back, problem, kind, text, err);
    *fits = back != NULL && json_equal(back, value) == 1;
    json_decref(back);
    return status;
}
