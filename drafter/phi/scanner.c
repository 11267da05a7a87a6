#include "drafter/phi/scanner.h"

#include "drafter/phi/checks.h"
#include "drafter/phi/context.h"
#include "drafter/phi/embedded.h"
#include "drafter/phi/names.h"
#include "support/error.h"

#include <stdlib.h>

/* `unless` looks this far to both sides; a narrative is told from this far. */
enum { UNLESS_REACH = 80, NARRATIVE_REACH = 800, RECOGNIZERS_MAX = 256 };

typedef enum strength { STRENGTH_NONE, STRENGTH_DOUBTFUL, STRENGTH_CERTAIN } strength;

typedef struct recognizer {
    lac_phi_kind kind;
    lac_phi_pattern pattern, unless;
    lac_phi_check check; /* NULL: none */
    strength individual, staff, passage, plain;
} recognizer;

struct lac_phi_scanner {
    lac_phi_context context;
    lac_phi_names *names;
    recognizer *recognizers;
    size_t count;
};

/* ---- data ----------------------------------------------------------------------------------- */

static strength read_strength(const json_t *tree, const char *key, strength otherwise)
{
    const char *word = json_string_value(json_object_get(tree, key));
    if (word == NULL) {
        return otherwise;
    }
    return strcmp(word, "certain") == 0    ? STRENGTH_CERTAIN
           : strcmp(word, "doubtful") == 0 ? STRENGTH_DOUBTFUL
                                           : STRENGTH_NONE;
}

static lacuna_status read_recognizer(recognizer *r, const json_t *tree, lacuna_error *err)
{
    const char *check = json_string_value(json_object_get(tree, "check"));
    const json_t *unless = json_object_get(tree, "unless");
    r->kind = lac_phi_kind_of(lac_span_of(json_string_value(json_object_get(tree, "kind"))));
    r->check = check == NULL ? NULL : lac_phi_check_of(lac_span_of(check));
    r->individual = read_strength(tree, "individual", STRENGTH_CERTAIN);
    r->staff = read_strength(tree, "staff", STRENGTH_NONE);
    r->passage = read_strength(tree, "passage", STRENGTH_DOUBTFUL);
    r->plain = read_strength(tree, "plain", STRENGTH_NONE);
    if (r->kind == LAC_PHI_KINDS || (check != NULL && r->check == NULL)) {
        return lac_fail(err, LACUNA_E_INTERNAL, "recognizer %.60s has an unknown kind or check",
                        json_string_value(json_object_get(tree, "id")));
    }
    lacuna_status status = lac_phi_pattern_make(
        &r->pattern, lac_span_of(json_string_value(json_object_get(tree, "pattern"))), err);
    return status == LACUNA_OK && unless != NULL
               ? lac_phi_pattern_make(&r->unless, lac_span_of(json_string_value(unless)), err)
               : status;
}

static lacuna_status read_data(lac_phi_scanner *scanner, const json_t *data, lacuna_error *err)
{
    const json_t *list = json_object_get(data, "recognizers");
    size_t count = json_array_size(list);
    if (count == 0 || count > RECOGNIZERS_MAX) {
        return lac_fail(err, LACUNA_E_INTERNAL, "the recognizers are malformed");
    }
    scanner->recognizers = calloc(count, sizeof *scanner->recognizers);
    if (scanner->recognizers == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_phi_context_make(&scanner->context, data, err);
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        scanner->count++;
        status = read_recognizer(&scanner->recognizers[i], json_array_get(list, i), err);
    }
    return status;
}

lacuna_status lac_phi_scanner_new(lac_phi_scanner **out, lacuna_error *err)
{
    json_t *data;
    *out = NULL;
    lac_phi_scanner *scanner = calloc(1, sizeof *scanner);
    if (scanner == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_phi_json(&data, "recognizers.json", err);
    if (status == LACUNA_OK) {
        status = read_data(scanner, data, err);
        json_decref(data);
    }
    if (status == LACUNA_OK) {
        status = lac_phi_names_new(&scanner->names, err);
    }
    if (status != LACUNA_OK) {
        lac_phi_scanner_free(scanner);
        return status;
    }
    *out = scanner;
    return LACUNA_OK;
}

void lac_phi_scanner_free(lac_phi_scanner *scanner)
{
    if (scanner != NULL) {
        for (size_t i = 0; i < scanner->count; i++) {
            lac_phi_pattern_free(&scanner->recognizers[i].pattern);
            lac_phi_pattern_free(&scanner->recognizers[i].unless);
        }
        lac_phi_context_free(&scanner->context);
        lac_phi_names_free(scanner->names);
        free(scanner->recognizers);
        free(scanner);
    }
}

/* ---- judging a match ------------------------------------------------------------------------ */

static lacuna_status is_ruled_out(bool *out, const recognizer *r, lac_span text, size_t start,
                                  size_t end, lacuna_error *err)
{
    lac_span match;
    size_t after;
    *out = r->check != NULL && !r->check(lac_span_make(text.ptr + start, end - start));
    if (*out || r->unless.code == NULL) {
        return LACUNA_OK;
    }
    return lac_phi_pattern_find(out, &match, &after, &r->unless,
                                lac_phi_vicinity(text, start, end, UNLESS_REACH), 0, err);
}

/* Without regard to sentences and lines, between characters. */
static lac_span narrative(lac_span text, size_t start, size_t end)
{
    size_t first = start > NARRATIVE_REACH ? start - NARRATIVE_REACH : 0;
    size_t last = text.len - end > NARRATIVE_REACH ? end + NARRATIVE_REACH : text.len;
    while (first > 0 && ((unsigned char)text.ptr[first] & 0xC0) == 0x80) {
        first--;
    }
    while (last < text.len && ((unsigned char)text.ptr[last] & 0xC0) == 0x80) {
        last++;
    }
    return lac_span_make(text.ptr + first, last - first);
}

static lacuna_status weigh(strength *out, const lac_phi_scanner *scanner, const recognizer *r,
                           lac_span text, size_t start, size_t end, lacuna_error *err)
{
    bool is = false;
    lac_span sentence = lac_phi_sentence(text, start, end);
    *out = STRENGTH_NONE;
    lacuna_status status = is_ruled_out(&is, r, text, start, end, err);
    if (status != LACUNA_OK || is) {
        return status;
    }
    status = lac_phi_is_individual(&is, &scanner->context, sentence, err);
    *out = r->individual;
    if (status == LACUNA_OK && !is) {
        *out = r->staff;
        status = lac_phi_is_staff(&is, &scanner->context, sentence, err);
    }
    if (status == LACUNA_OK && !is) {
        *out = r->passage > r->plain ? r->passage : r->plain;
        status = r->passage == r->plain ? LACUNA_OK
                                        : lac_phi_is_individual(&is, &scanner->context,
                                                                narrative(text, start, end), err);
        *out = is ? *out : r->plain;
    }
    return status;
}

static lacuna_status run(lac_phi_list *list, const lac_phi_scanner *scanner, const recognizer *r,
                         lac_span text, lacuna_error *err)
{
    bool found = true;
    lac_span match;
    size_t from = 0;
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && found) {
        status = lac_phi_pattern_find(&found, &match, &from, &r->pattern, text, from, err);
        if (status == LACUNA_OK && found && match.len > 0) {
            strength how;
            size_t start = (size_t)(match.ptr - text.ptr);
            status = weigh(&how, scanner, r, text, start, start + match.len, err);
            if (status == LACUNA_OK && how != STRENGTH_NONE) {
                status =
                    lac_phi_list_add(list, start, match.len, r->kind, how == STRENGTH_CERTAIN, err);
            }
        }
    }
    return status;
}

lacuna_status lac_phi_scan(lac_phi_list *list, const lac_phi_scanner *scanner, lac_span text,
                           lacuna_error *err)
{
    lacuna_status status =
        text.len < UINT32_MAX
            ? LACUNA_OK
            : lac_fail(err, LACUNA_E_LIMIT, "the text is too long to be searched for identifiers");
    for (size_t i = 0; i < scanner->count && status == LACUNA_OK; i++) {
        status = run(list, scanner, &scanner->recognizers[i], text, err);
    }
    if (status == LACUNA_OK) {
        status = lac_phi_names_find(list, scanner->names, &scanner->context, text, err);
    }
    lac_phi_list_settle(list);
    return status;
}

lacuna_status lac_phi_is_of_staff(bool *is, const lac_phi_scanner *scanner, lac_span text,
                                  size_t start, size_t end, lacuna_error *err)
{
    bool individual = false;
    lac_span sentence = lac_phi_sentence(text, start, end);
    lacuna_status status = lac_phi_is_individual(&individual, &scanner->context, sentence, err);
    *is = false;
    return status == LACUNA_OK && !individual
               ? lac_phi_is_staff(is, &scanner->context, sentence, err)
               : status;
}
