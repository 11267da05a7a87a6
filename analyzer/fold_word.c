#include "analyzer/fold_word.h"

#include "analyzer/fold_tables.h"
#include "analyzer/text_index.h"
#include "analyzer/words.h"

/* A word while it is being folded; text[] has `size` bytes, `len` are used. */
typedef struct word {
    char *text;
    size_t len, size;
} word;

static word start(char *out, size_t size, lac_span lower)
{
    size_t len = lower.len < size ? lower.len : size;
    if (len > 0) {
        memcpy(out, lower.ptr, len);
    }
    return (word){out, len, size};
}

static lac_span as_span(const word *w)
{
    return lac_span_make(w->text, w->len);
}

static bool ends_with(const word *w, const char *suffix)
{
    size_t len = strlen(suffix);
    return w->len >= len && memcmp(w->text + w->len - len, suffix, len) == 0;
}

static void replace(word *w, size_t at, size_t old_len, const char *with)
{
    size_t new_len = strlen(with);
    if (w->len - old_len + new_len > w->size) {
        return;
    }
    memmove(w->text + at + new_len, w->text + at + old_len, w->len - at - old_len);
    memcpy(w->text + at, with, new_len);
    w->len = w->len - old_len + new_len;
}

/* Most comparisons end at the first or second letter. */
static int compare_word(lac_span word_text, const char *text)
{
    for (size_t i = 0; i < word_text.len; i++) {
        if (word_text.ptr[i] != text[i]) {
            return (unsigned char)word_text.ptr[i] < (unsigned char)text[i] ? -1 : 1;
        }
    }
    return text[word_text.len] == '\0' ? 0 : -1;
}

static const char *look_up(const lac_word_pair *table, size_t count, lac_span key)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_word(key, table[middle].from);
        if (order == 0) {
            return table[middle].to;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

static void replace_whole(word *w, const lac_word_pair *table, size_t count)
{
    const char *to = look_up(table, count, as_span(w));
    if (to != NULL) {
        replace(w, 0, w->len, to);
    }
}

/* Replaces the first occurrence that overlaps `at` of every table entry: "haem", "oedema" ... */
static void replace_inside(word *w, const lac_word_pair *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(table[i].from);
        for (size_t at = 0; at + len <= w->len; at++) {
            if (memcmp(w->text + at, table[i].from, len) == 0) {
                replace(w, at, len, table[i].to);
            }
        }
    }
}

/* Letter pairs that inner spellings hang on. */
enum {
    PAIR_AE_OE = 1,
    PAIR_OU_PH = 2,
    PAIR_IS = 4,
    PAIR_YS = 8,
};

static unsigned pair_of(char first, char second)
{
    switch (second) {
    case 'e':
        return first == 'a' || first == 'o' ? PAIR_AE_OE : 0;
    case 'u':
        return first == 'o' ? PAIR_OU_PH : 0;
    case 'h':
        return first == 'p' ? PAIR_OU_PH : 0;
    case 's':
        return first == 'i' ? PAIR_IS : first == 'y' ? PAIR_YS : 0;
    default:
        return 0;
    }
}

/* One pass decides which of the inner spellings can occur; most words have none. */
static unsigned find_pairs(const word *w)
{
    unsigned pairs = 0;
    for (size_t i = 1; i < w->len; i++) {
        pairs |= pair_of(w->text[i - 1], w->text[i]);
    }
    return pairs;
}

static bool is_ise_verb(const char *stem, size_t len)
{
    return look_up(lac_ise_stems, lac_ise_stem_count, lac_span_make(stem, len)) != NULL;
}

/* -isation, and -ise, -ised, -ising ... of verbs that American English writes with z. */
static void spell_ise(word *w)
{
    static const char *const always[] = {"isation", "isations", "isational"};
    static const char *const verbs[] = {"ise", "ised", "ises", "ising", "iser", "isers", "isable"};
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
        if (ends_with(w, always[i])) {
            w->text[w->len - strlen(always[i]) + 1] = 'z';
            return;
        }
    }
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        size_t len = strlen(verbs[i]);
        if (ends_with(w, verbs[i]) && is_ise_verb(w->text, w->len - len)) {
            w->text[w->len - len + 1] = 'z';
            return;
        }
    }
}

/* -yse, -ysed, -ysing; not -yses, which is mostly the plural of -ysis. */
static void spell_yse(word *w)
{
    static const char *const verbs[] = {"lyse", "lysed", "lysing", "lyser", "lysers"};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        size_t len = strlen(verbs[i]);
        if (w->len > len + 1 && ends_with(w, verbs[i])) {
            w->text[w->len - len + 2] = 'z';
            return;
        }
    }
}

static void spell(word *w)
{
    unsigned pairs = find_pairs(w);
    if ((pairs & PAIR_AE_OE) != 0) {
        replace_inside(w, lac_digraph_spellings, lac_digraph_spelling_count);
    }
    if ((pairs & PAIR_OU_PH) != 0) {
        replace_inside(w, lac_inner_spellings, lac_inner_spelling_count);
    }
    if ((pairs & PAIR_IS) != 0) {
        spell_ise(w);
    }
    if ((pairs & PAIR_YS) != 0) {
        spell_yse(w);
    }
    replace_whole(w, lac_word_spellings, lac_word_spelling_count);
}

size_t lac_spell_word(char *out, size_t size, lac_span lower)
{
    word w = start(out, size, lower);
    spell(&w);
    return w.len;
}

size_t lac_spell_prefix(char *out, size_t size, lac_span lower)
{
    static const char *const cut[] = {"isat", "isati", "isatio"};
    word w = start(out, size, lower);
    spell(&w);
    for (size_t i = 0; i < sizeof cut / sizeof cut[0]; i++) {
        if (ends_with(&w, cut[i])) {
            w.text[w.len - strlen(cut[i]) + 1] = 'z';
        }
    }
    if (w.len > 2 && ends_with(&w, "is") && is_ise_verb(w.text, w.len - 2)) {
        w.text[w.len - 1] = 'z';
    }
    return w.len;
}

static void cut_end(word *w, size_t count)
{
    w->len -= count;
}

/* Regular plurals. Words of three letters and -ss, -us, -is, -as keep their s ("bias"). */
static void make_singular(word *w)
{
    const char *irregular = look_up(lac_irregular_plurals, lac_irregular_plural_count, as_span(w));
    if (irregular != NULL) {
        replace(w, 0, w->len, irregular);
        return;
    }
    if (w->len < 4 || w->text[w->len - 1] != 's' || ends_with(w, "ss") || ends_with(w, "us") ||
        ends_with(w, "is") || ends_with(w, "as")) {
        return;
    }
    if (w->len > 4 && ends_with(w, "ies")) {
        cut_end(w, 3);
        replace(w, w->len, 0, "y");
    } else if (ends_with(w, "sses") || ends_with(w, "xes") || ends_with(w, "ches") ||
               ends_with(w, "shes")) {
        cut_end(w, 2);
    } else {
        cut_end(w, 1);
    }
}

size_t lac_fold_light(char *out, size_t size, lac_span lower)
{
    word w = start(out, size, lower);
    spell(&w);
    make_singular(&w);
    return w.len;
}

size_t lac_fold_synonym(char *out, size_t size, lac_span light)
{
    word w = start(out, size, light);
    replace_whole(&w, lac_word_synonyms, lac_word_synonym_count);
    return w.len;
}

size_t lac_fold_spelled(char *out, size_t size, lac_span spelled)
{
    word w = start(out, size, spelled);
    make_singular(&w);
    replace_whole(&w, lac_word_synonyms, lac_word_synonym_count);
    return w.len;
}

size_t lac_fold_lower(char *out, size_t size, lac_span lower)
{
    word w = start(out, size, lower);
    spell(&w);
    make_singular(&w);
    replace_whole(&w, lac_word_synonyms, lac_word_synonym_count);
    return w.len;
}

bool lac_fold_is_group(lac_span folded)
{
    for (size_t i = 0; i < lac_word_synonym_count; i++) {
        if (lac_span_is(folded, lac_word_synonyms[i].to)) {
            return true;
        }
    }
    return false;
}

size_t lac_fold_word(char *out, size_t size, lac_span word_text)
{
    lac_words words;
    lac_words_init(&words, word_text);
    if (!lac_words_next(&words)) {
        return 0;
    }
    return lac_fold_lower(out, size, lac_words_lower(&words));
}
