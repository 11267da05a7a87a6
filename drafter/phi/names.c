#include "drafter/phi/names.h"

#include "drafter/phi/name_line.h"
#include "drafter/phi/name_words.h"
#include "support/error.h"
#include "support/hash.h"
#include "support/utf8.h"

#include <stdlib.h>

/* How far a word that tells staff may stand from a name, and how long a name may be. */
enum { STAFF_REACH = 40, NEAR_REACH = 16, NAME_WORDS = 4, KNOWN_MAX = 1 << 20, FOLD_MAX = 128 };

struct lac_phi_names {
    lac_phi_dictionary given, surnames, ambiguous;
};

typedef struct finding {
    const lac_phi_names *names;
    const lac_phi_context *context;
    lac_phi_list *list;
    lac_phi_line line;
    uint64_t *known; /* hashes of the words of certain names, sorted */
    size_t known_count, known_capacity;
    lacuna_error *err;
} finding;

/* What a name without a telling word beside it counts as. */
typedef enum doubt { DOUBT_NONE, DOUBT_SOME } doubt;

lacuna_status lac_phi_names_new(lac_phi_names **out, lacuna_error *err)
{
    *out = NULL;
    lac_phi_names *names = calloc(1, sizeof *names);
    if (names == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_phi_dictionary_load(&names->given, "given-names.txt", err);
    if (status == LACUNA_OK) {
        status = lac_phi_dictionary_load(&names->surnames, "surnames.txt", err);
    }
    if (status == LACUNA_OK) {
        status = lac_phi_dictionary_load(&names->ambiguous, "ambiguous.txt", err);
    }
    if (status != LACUNA_OK) {
        lac_phi_names_free(names);
        return status;
    }
    *out = names;
    return LACUNA_OK;
}

void lac_phi_names_free(lac_phi_names *names)
{
    if (names != NULL) {
        lac_phi_dictionary_free(&names->given);
        lac_phi_dictionary_free(&names->surnames);
        lac_phi_dictionary_free(&names->ambiguous);
        free(names);
    }
}

/* ---- words ---------------------------------------------------------------------------------- */

static const lac_phi_word *word_at(const finding *f, size_t i)
{
    static const lac_phi_word none = {0, 0, false, false};
    return i < f->line.count ? &f->line.words[i] : &none;
}

static lac_span text_at(const finding *f, size_t i)
{
    return lac_phi_line_word(&f->line, i);
}

static bool is_ambiguous(const finding *f, size_t i)
{
    return lac_phi_dictionary_has(&f->names->ambiguous, text_at(f, i));
}

static bool is_given(const finding *f, size_t i)
{
    return word_at(f, i)->capital && !word_at(f, i)->initial &&
           lac_phi_dictionary_has(&f->names->given, text_at(f, i));
}

static bool is_surname(const finding *f, size_t i)
{
    return word_at(f, i)->capital && !word_at(f, i)->initial &&
           lac_phi_dictionary_has(&f->names->surnames, text_at(f, i));
}

/* Capitalized words that follow each other, from i on; the last is no initial. */
static size_t run_length(const finding *f, size_t i)
{
    size_t n = 0;
    while (n < NAME_WORDS && word_at(f, i + n)->capital &&
           !lac_phi_is_institution(text_at(f, i + n)) &&
           (n == 0 ||
            lac_phi_line_joins(&f->line, i + n - 1, word_at(f, i + n - 1)->initial ? "." : ""))) {
        n++;
    }
    while (n > 0 && word_at(f, i + n - 1)->initial) {
        n--;
    }
    return n;
}

/* A name that begins with word i, which is one: how many words. An institution's is none. */
static size_t name_length(const finding *f, size_t i)
{
    size_t n = 1;
    if (word_at(f, i + 1)->initial && lac_phi_line_joins(&f->line, i, "") &&
        lac_phi_line_joins(&f->line, i + 1, ".") && word_at(f, i + 2)->capital) {
        n = 3;
    } else if (word_at(f, i + 1)->capital && lac_phi_line_joins(&f->line, i, "") &&
               (is_surname(f, i + 1) || is_given(f, i + 1))) {
        n = 2;
        n += is_surname(f, i + 2) && lac_phi_line_joins(&f->line, i + 1, "");
    }
    return lac_phi_is_institution(text_at(f, i + n)) && lac_phi_line_joins(&f->line, i + n - 1, "")
               ? 0
               : n;
}

/* ---- judging -------------------------------------------------------------------------------- */

static lacuna_status add(finding *f, size_t first, size_t words, bool certain)
{
    const lac_phi_word *last = word_at(f, first + words - 1);
    size_t start = word_at(f, first)->start;
    return lac_phi_list_add(f->list, start, last->start + last->length - start, LAC_PHI_NAME,
                            certain, f->err);
}

static lacuna_status is_staff_near(bool *is, finding *f, size_t first, size_t words, size_t reach)
{
    const lac_phi_word *last = word_at(f, first + words - 1);
    return lac_phi_is_staff(
        is, f->context,
        lac_phi_vicinity(f->line.text, word_at(f, first)->start, last->start + last->length, reach),
        f->err);
}

static lacuna_status add_unless_staff(finding *f, size_t first, size_t words)
{
    bool staff;
    lacuna_status status = is_staff_near(&staff, f, first, words, STAFF_REACH);
    return status == LACUNA_OK && !staff ? add(f, first, words, true) : status;
}

/* By the sentence: certain where it is about one person's care, none where it names staff. */
static lacuna_status add_by_sentence(finding *f, size_t first, size_t words, bool may_be_certain,
                                     doubt otherwise)
{
    bool staff, individual = false;
    const lac_phi_word *last = word_at(f, first + words - 1);
    lac_span sentence =
        lac_phi_sentence(f->line.text, word_at(f, first)->start, last->start + last->length);
    lacuna_status status = is_staff_near(&staff, f, first, words, STAFF_REACH);
    if (status != LACUNA_OK || staff) {
        return status;
    }
    status = lac_phi_is_individual(&individual, f->context, sentence, f->err);
    if (status == LACUNA_OK && individual) {
        return add(f, first, words, may_be_certain);
    }
    if (status == LACUNA_OK) {
        status = lac_phi_is_staff(&staff, f->context, sentence, f->err);
    }
    return status == LACUNA_OK && !staff && otherwise == DOUBT_SOME ? add(f, first, words, false)
                                                                    : status;
}

/* ---- rules: each answers how many words it took, 0: it does not apply ----------------------- */

static size_t take_doctor(const finding *f, size_t i)
{
    size_t n = 1;
    if (!lac_phi_is_doctor(text_at(f, i)) || !lac_phi_line_joins(&f->line, i, ".")) {
        return 0;
    }
    n += run_length(f, i + 1);
    return n;
}

static lacuna_status take_title(size_t *taken, finding *f, size_t i)
{
    size_t n = lac_phi_is_title(text_at(f, i)) && lac_phi_line_joins(&f->line, i, ".")
                   ? run_length(f, i + 1)
                   : 0;
    *taken = n == 0 ? 0 : n + 1;
    return n == 0 ? LACUNA_OK : add_unless_staff(f, i + 1, n);
}

/* "Patient name: Xanthe Quillfeather" */
static size_t labelled_name(const finding *f, size_t i)
{
    size_t at = i + 1;
    if (!lac_span_equal_nocase(text_at(f, at), lac_span_of("name"))) {
        return 0;
    }
    if (lac_span_equal_nocase(text_at(f, at + 1), lac_span_of("is"))) {
        return lac_phi_line_joins(&f->line, at + 1, "") ? at + 2 : 0;
    }
    return lac_phi_line_joins(&f->line, at, ":=") && !lac_phi_line_joins(&f->line, at, "") ? at + 1
                                                                                           : 0;
}

/* "Xanthe Kowalski": a surname is known, what stands before it is not. How many words; 0: none. */
static size_t unknown_given(const finding *f, size_t first)
{
    size_t n = run_length(f, first);
    while (n > 1 && (!is_surname(f, first + n - 1) || is_ambiguous(f, first + n - 1))) {
        n--;
    }
    return n > 1 && !lac_phi_is_no_name(text_at(f, first)) ? n : 0;
}

static lacuna_status take_patient(size_t *taken, finding *f, size_t i)
{
    *taken = 0;
    if (!lac_phi_is_patient_word(text_at(f, i))) {
        return LACUNA_OK;
    }
    size_t labelled = labelled_name(f, i);
    size_t first = labelled > 0 ? labelled : i + 1;
    size_t n = labelled > 0 ? run_length(f, first) : 0;
    bool known = is_given(f, first) || (is_surname(f, first) && !is_ambiguous(f, first));
    if (labelled == 0 && known && lac_phi_line_joins(&f->line, i, ",:(") &&
        !lac_phi_is_no_name(text_at(f, first))) {
        n = name_length(f, first);
        n = is_ambiguous(f, first) && n < 2 ? 0 : n;
    } else if (labelled == 0 && lac_phi_line_joins(&f->line, i, ",:(")) {
        n = unknown_given(f, first);
    }
    *taken = n == 0 ? 0 : first - i + n;
    return n == 0 ? LACUNA_OK : add(f, first, n, true);
}

static lacuna_status take_relative(size_t *taken, finding *f, size_t i)
{
    size_t n = lac_phi_is_relative(text_at(f, i)) && lac_phi_line_joins(&f->line, i, ",(") &&
                       is_given(f, i + 1) && !is_ambiguous(f, i + 1)
                   ? name_length(f, i + 1)
                   : 0;
    *taken = n == 0 ? 0 : n + 1;
    return n == 0 ? LACUNA_OK : add(f, i + 1, n, true);
}

static lacuna_status take_pair(size_t *taken, finding *f, size_t i)
{
    size_t n = is_given(f, i) ? name_length(f, i) : 0;
    *taken = 0;
    if (n < 2 || !is_surname(f, i + n - 1)) {
        return LACUNA_OK;
    }
    *taken = n;
    return add_by_sentence(f, i, n, true, is_ambiguous(f, i) ? DOUBT_NONE : DOUBT_SOME);
}

static lacuna_status take_reversed(size_t *taken, finding *f, size_t i)
{
    bool reversed = is_surname(f, i) && lac_phi_line_joins(&f->line, i, ",") &&
                    !lac_phi_line_joins(&f->line, i, "") && is_given(f, i + 1) &&
                    !(is_ambiguous(f, i) && is_ambiguous(f, i + 1));
    *taken = reversed ? 2 : 0;
    return reversed ? add_by_sentence(f, i, 2, true, DOUBT_NONE) : LACUNA_OK;
}

/* "J. Miller was admitted", "Anna was discharged" */
static lacuna_status take_single(size_t *taken, finding *f, size_t i)
{
    bool with_initial = word_at(f, i)->initial && lac_phi_line_joins(&f->line, i, ".") &&
                        is_surname(f, i + 1) && !is_ambiguous(f, i + 1);
    bool acts = is_given(f, i) && !is_ambiguous(f, i) && lac_phi_line_joins(&f->line, i, "") &&
                lac_phi_is_deed(text_at(f, i + 1));
    *taken = with_initial ? 2 : acts ? 1 : 0;
    return *taken == 0 ? LACUNA_OK : add_by_sentence(f, i, *taken, false, DOUBT_NONE);
}

static lacuna_status find_in_line(finding *f)
{
    static lacuna_status (*const rules[])(size_t *, finding *, size_t) = {
        take_title, take_patient, take_relative, take_pair, take_reversed, take_single};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < f->line.count && status == LACUNA_OK;) {
        size_t taken = take_doctor(f, i);
        for (size_t r = 0; taken == 0 && r < sizeof rules / sizeof rules[0] && status == LACUNA_OK;
             r++) {
            status = rules[r](&taken, f, i);
        }
        i += taken == 0 ? 1 : taken;
    }
    return status;
}

/* ---- known names in the rest of the text ---------------------------------------------------- */

static uint64_t hash_of(lac_span word)
{
    char folded[FOLD_MAX + 4];
    size_t at = 0, length = 0;
    while (at < word.len && length < FOLD_MAX) {
        size_t step;
        uint32_t c = lac_utf8_decode(lac_span_make(word.ptr + at, word.len - at), &step);
        length += lac_utf8_encode(folded + length, lac_utf8_lower(c));
        at += step;
    }
    return lac_hash(lac_span_make(folded, length));
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static lacuna_status learn_word(finding *f, size_t i)
{
    void *known = f->known;
    if (word_at(f, i)->length < 3 || is_ambiguous(f, i) || lac_phi_is_title(text_at(f, i))) {
        return LACUNA_OK;
    }
    lacuna_status status =
        lac_grow(&known, &f->known_capacity, f->known_count + 1, sizeof *f->known, KNOWN_MAX);
    f->known = known;
    if (status != LACUNA_OK) {
        return status == LACUNA_E_LIMIT ? LACUNA_OK : lac_fail_nomem(f->err);
    }
    f->known[f->known_count++] = hash_of(text_at(f, i));
    return LACUNA_OK;
}

static lacuna_status learn(finding *f, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < f->list->count && status == LACUNA_OK; i++) {
        const lac_phi_find *find = &f->list->items[i];
        if (find->kind != LAC_PHI_NAME || !find->certain) {
            continue;
        }
        status = lac_phi_line_read(&f->line, text, find->start, find->start + find->length, f->err);
        for (size_t w = 0; w < f->line.count && status == LACUNA_OK; w++) {
            status = learn_word(f, w);
        }
    }
    if (f->known_count > 1) {
        qsort(f->known, f->known_count, sizeof *f->known, compare_hashes);
    }
    return status;
}

/* What the text also writes small is a word, not a name. */
static lacuna_status forget_words(finding *f)
{
    for (size_t i = 0; i < f->line.count && f->known_count > 0; i++) {
        if (word_at(f, i)->capital) {
            continue;
        }
        uint64_t hash = hash_of(text_at(f, i));
        uint64_t *found = bsearch(&hash, f->known, f->known_count, sizeof hash, compare_hashes);
        if (found != NULL) {
            size_t kept = 0;
            for (size_t k = 0; k < f->known_count; k++) {
                f->known[kept] = f->known[k];
                kept += f->known[k] != hash;
            }
            f->known_count = kept;
        }
    }
    return LACUNA_OK;
}

static lacuna_status find_known(finding *f)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < f->line.count && status == LACUNA_OK; i++) {
        size_t doctor = take_doctor(f, i);
        bool staff = true;
        if (doctor > 0) {
            i += doctor - 1;
            continue;
        }
        if (!word_at(f, i)->capital || word_at(f, i)->length < 3) {
            continue;
        }
        uint64_t hash = hash_of(text_at(f, i));
        if (bsearch(&hash, f->known, f->known_count, sizeof hash, compare_hashes) != NULL) {
            status = is_staff_near(&staff, f, i, 1, NEAR_REACH);
        }
        if (status == LACUNA_OK && !staff) {
            status = add(f, i, 1, true);
        }
    }
    return status;
}

static lacuna_status each_line(finding *f, lac_span text, lacuna_status (*act)(finding *))
{
    lacuna_status status = LACUNA_OK;
    for (size_t start = 0; start < text.len && status == LACUNA_OK;) {
        const char *end = memchr(text.ptr + start, '\n', text.len - start);
        size_t stop = end == NULL ? text.len : (size_t)(end - text.ptr);
        status = lac_phi_line_read(&f->line, text, start, stop, f->err);
        if (status == LACUNA_OK) {
            status = act(f);
        }
        start = stop + 1;
    }
    return status;
}

lacuna_status lac_phi_names_find(lac_phi_list *list, const lac_phi_names *names,
                                 const lac_phi_context *context, lac_span text, lacuna_error *err)
{
    finding f = {.names = names, .context = context, .list = list, .err = err};
    lacuna_status status = each_line(&f, text, find_in_line);
    if (status == LACUNA_OK) {
        status = learn(&f, text);
    }
    if (status == LACUNA_OK && f.known_count > 0) {
        status = each_line(&f, text, forget_words);
    }
    if (status == LACUNA_OK && f.known_count > 0) {
        status = each_line(&f, text, find_known);
    }
    lac_phi_line_free(&f.line);
    free(f.known);
    return status;
}
