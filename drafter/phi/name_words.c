#include "drafter/phi/name_words.h"

#include "drafter/phi/embedded.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>

enum { WORD_MAX = 64 };

void lac_phi_dictionary_free(lac_phi_dictionary *dictionary)
{
    free(dictionary->words);
    free(dictionary->lengths);
    *dictionary = (lac_phi_dictionary){0};
}

static size_t count_lines(lac_span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += text.ptr[i] == '\n';
    }
    return count;
}

lacuna_status lac_phi_dictionary_load(lac_phi_dictionary *dictionary, const char *file,
                                      lacuna_error *err)
{
    lac_span text;
    *dictionary = (lac_phi_dictionary){0};
    lacuna_status status = lac_phi_file(&text, file, err);
    if (status != LACUNA_OK) {
        return status;
    }
    size_t lines = count_lines(text);
    dictionary->words = calloc(lines + 1, sizeof *dictionary->words);
    dictionary->lengths = calloc(lines + 1, sizeof *dictionary->lengths);
    if (dictionary->words == NULL || dictionary->lengths == NULL) {
        lac_phi_dictionary_free(dictionary);
        return lac_fail_nomem(err);
    }
    for (const char *end; (end = memchr(text.ptr, '\n', text.len)) != NULL;) {
        size_t length = (size_t)(end - text.ptr);
        if (length > 0 && text.ptr[0] != '#') {
            dictionary->words[dictionary->count] = text.ptr;
            dictionary->lengths[dictionary->count++] = length;
        }
        text = lac_span_make(end + 1, text.len - length - 1);
    }
    return LACUNA_OK;
}

/* As the files are sorted: by bytes. */
static int compare(const char *a, size_t a_length, lac_span b)
{
    int order = memcmp(a, b.ptr, a_length < b.len ? a_length : b.len);
    return order != 0 ? order : (a_length > b.len) - (a_length < b.len);
}

static bool has(const lac_phi_dictionary *dictionary, lac_span word)
{
    size_t low = 0, high = dictionary->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(dictionary->words[middle], dictionary->lengths[middle], word);
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

bool lac_phi_dictionary_has(const lac_phi_dictionary *dictionary, lac_span word)
{
    char folded[WORD_MAX + 4];
    size_t at = 0, length = 0;
    while (at < word.len && length < WORD_MAX) {
        size_t step;
        uint32_t c = lac_utf8_decode(lac_span_make(word.ptr + at, word.len - at), &step);
        length += lac_utf8_encode(folded + length, lac_utf8_lower(c == 0x2019 ? '\'' : c));
        at += step;
    }
    if (at < word.len) {
        return false;
    }
    const char *hyphen = memchr(folded, '-', length);
    if (hyphen == NULL || has(dictionary, lac_span_make(folded, length))) {
        return has(dictionary, lac_span_make(folded, length));
    }
    size_t first = (size_t)(hyphen - folded);
    return has(dictionary, lac_span_make(folded, first)) ||
           has(dictionary, lac_span_make(hyphen + 1, length - first - 1));
}

/* The lists are of small letters. The first one decides for most words, and every word of a text is
 * looked up. */
static bool is_one_of(lac_span word, const char *const *list)
{
    char first = word.len == 0 ? '\0' : (char)(word.ptr[0] | 0x20);
    while (*list != NULL &&
           ((*list)[0] != first || !lac_span_equal_nocase(word, lac_span_of(*list)))) {
        list++;
    }
    return *list != NULL;
}

bool lac_phi_is_title(lac_span word)
{
    /* As written: "MS" is a disease, and "mr" a unit. */
    return lac_span_is(word, "Mr") || lac_span_is(word, "Mrs") || lac_span_is(word, "Ms") ||
           lac_span_is(word, "Miss");
}

bool lac_phi_is_doctor(lac_span word)
{
    static const char *const list[] = {"dr", "prof", "professor", "doctor", "drs", NULL};
    return is_one_of(word, list);
}

bool lac_phi_is_patient_word(lac_span word)
{
    static const char *const list[] = {"patient", "subject",   "participant", "child",
                                       "infant",  "volunteer", NULL};
    return is_one_of(word, list);
}

bool lac_phi_is_relative(lac_span word)
{
    static const char *const list[] = {
        "wife",     "husband", "mother",  "father",      "son",         "daughter",
        "brother",  "sister",  "partner", "spouse",      "widow",       "widower",
        "guardian", "aunt",    "uncle",   "grandmother", "grandfather", "fiancee",
        "cousin",   "niece",   "nephew",  NULL};
    return is_one_of(word, list);
}

bool lac_phi_is_institution(lac_span word)
{
    static const char *const list[] = {
        "university",      "hospital",     "institute", "foundation", "center",
        "centre",          "college",      "school",    "clinic",     "medical",
        "library",         "press",        "company",   "pharma",     "laboratories",
        "scale",           "test",         "method",    "model",      "score",
        "index",           "syndrome",     "disease",   "procedure",  "plot",
        "level",           "award",        "act",       "prize",      "report",
        "pharmaceuticals", "therapeutics", "group",     "street",     NULL};
    return is_one_of(word, list);
}

bool lac_phi_is_deed(lac_span word)
{
    static const char *const list[] = {"was",       "had",      "reported", "died",   "developed",
                                       "presented", "received", "returned", "called", "underwent",
                                       "recovered", "lives",    "stated",   "said",   "complained",
                                       "withdrew",  "fell",     NULL};
    return is_one_of(word, list);
}

bool lac_phi_is_no_name(lac_span word)
{
    static const char *const list[] = {
        "reported",       "information", "smart",         "diary",     "card",        "consent",
        "safety",         "population",  "disposition",   "selection", "data",        "narrative",
        "narratives",     "history",     "global",        "id",        "no",          "number",
        "identification", "population",  "listing",       "listings",  "enrolment",   "enrollment",
        "advocacy",       "health",      "questionnaire", "registry",  "eligibility", "retention",
        "recruitment",    NULL};
    return is_one_of(word, list);
}
