#include "analyzer/fold_word.h"

#include "analyzer/fold_tables.h"
#include "analyzer/text_index.h"
#include "analyzer/words.h"

#include <stdlib.h>

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
static int compare_pair(const void *key, const void *entry)
{
    const lac_span *word_key = key;
    const char *text = ((const lac_word_pair *)entry)->from;
    for (size_t i = 0; i < word_key->len; i++) {
        if (word_key->ptr[i] != text[i]) {
            return (unsigned char)word_key->ptr[i] < (unsigned char)text[i] ? -1 : 1;
        }
    }
    return text[word_key->len] == '\0' ? 0 : -1;
}

static const char *look_up(const lac_word_pair *table, size_t count, lac_span key)
{
    const lac_word_pair *pair = bsearch(&key, table, count, sizeof table[0], compare_pair);
    return pair == NULL ? NULL : pair->to;
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

/* One pass decides whether any of the inner spellings can occur; most words have none. */
static bool has_pair(const word *w, char first, char second)
{
    for (size_t i = 0; i + 1 < w->len; i++) {
        if (w->text[i] == first && w->text[i + 1] == second) {
            return true;
        }
    }
    return false;
}

static void spell_inside(word *w)
{
    if (has_pair(w, 'a', 'e') || has_pair(w, 'o', 'e')) {
        replace_inside(w, lac_digraph_spellings, lac_digraph_spelling_count);
    }
    if (has_pair(w, 'o', 'u') || has_pair(w, 'p', 'h')) {
        replace_inside(w, lac_inner_spellings, lac_inner_spelling_count);
    }
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
    spell_inside(w);
    if (has_pair(w, 'i', 's')) {
        spell_ise(w);
    } else if (has_pair(w, 'y', 's')) {
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
