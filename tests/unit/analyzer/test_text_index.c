/* Words, sentences and folding. */
#include "analyzer/fold_tables.h"
#include "analyzer/fold_word.h"
#include "analyzer/text_index.h"
#include "analyzer/text_index_words.h"
#include "analyzer/word_table.h"
#include "analyzer/words.h"
#include "support/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct pair {
    const char *from, *to;
} pair;

/* Words separated by spaces, sentences by " | ". */
static void words_of(char *out, size_t size, const char *text)
{
    lac_words words;
    lac_words_init(&words, lac_span_of(text));
    size_t used = 0;
    out[0] = '\0';
    while (lac_words_next(&words)) {
        const char *gap = used == 0 ? "" : words.sentence_ends ? " | " : " ";
        int written =
            snprintf(out + used, size - used, "%s%.*s", gap, (int)words.length, words.lower);
        assert_true(written > 0 && (size_t)written < size - used);
        used += (size_t)written;
    }
}

static void cuts_words(void **state)
{
    (void)state;
    static const pair examples[] = {
        {"", ""},
        {"  ,;- ", ""},
        {"Follow-up of IND 123,456", "follow up of ind 123 456"},
        {"the sponsor's plan", "the sponsors plan"},
        {"the sponsor\xE2\x80\x99s plan", "the sponsors plan"},
        {"the subjects' rights", "the subjects rights"},
        {"'quoted'", "quoted"},
        {"na\xC3\xAFve \xC3\x89TUDE", "na\xC3\xAFve \xC3\xA9tude"},
        {"ran\xC2\xAD"
         "domised",
         "randomised"},
        {"e\xEF\xAC\x83"
         "cacy",
         "efficacy"},
        {"pre\xC2\xA0specified", "pre specified"},
        {"5 \xC2\xB5g/mL, 5 \xCE\xBCg", "5 \xCE\xBCg ml 5 \xCE\xBCg"},
        {"m\xC2\xB2", "m"},
        {"\xD0\x9F\xD0\xA0\xD0\x98", "\xD0\xBF\xD1\x80\xD0\xB8"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        char out[200];
        words_of(out, sizeof out, examples[i].from);
        assert_string_equal(out, examples[i].to);
    }
}

static void ends_sentences(void **state)
{
    (void)state;
    static const pair examples[] = {
        {"One. Two", "one | two"},
        {"One.\nTwo", "one | two"},
        {"one\ntwo", "one | two"},
        {"cell\tcell", "cell | cell"},
        {"one. two", "one two"},
        {"What? Yes! 5 days", "what | yes | 5 days"},
        {"dose of 0.5 mg. The next", "dose of 0 5 mg | the next"},
        {"see e.g. Table 5", "see e g table 5"},
        {"i.e. The dose", "i e the dose"},
        {"by Dr. Smith et al. Results", "by dr smith et al results"},
        {"the U.S. Food", "the u s food"},
        {"Protocol No. 12", "protocol no 12"},
        {"He said no. The trial", "he said no | the trial"},
        {"see Fig. 3 and Sec. 4", "see fig 3 and sec 4"},
        {"(stop.) Then", "stop | then"},
        {"\xE2\x80\x9CStop.\xE2\x80\x9D Then", "stop | then"},
        {"end.\xC2\xA0Next", "end | next"},
        {"version 1. The", "version 1 | the"},
        {"A vs. B", "a vs b"},
        {"\xC3\xA9t\xC3\xA9. \xC3\x89t\xC3\xA9", "\xC3\xA9t\xC3\xA9 | \xC3\xA9t\xC3\xA9"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        char out[200];
        words_of(out, sizeof out, examples[i].from);
        assert_string_equal(out, examples[i].to);
    }
}

/* Each of a pair folds to the same. */
static const pair same[] = {
    {"randomised", "randomized"},
    {"randomisation", "randomization"},
    {"hospitalisations", "hospitalization"},
    {"minimising", "minimizing"},
    {"centre", "centers"},
    {"multicentre", "multicenter"},
    {"labelling", "labeling"},
    {"programme", "programs"},
    {"tumours", "tumor"},
    {"haematology", "hematology"},
    {"oedema", "edema"},
    {"paediatric", "pediatric"},
    {"anaemia", "anemia"},
    {"diarrhoea", "diarrhea"},
    {"oestrogen", "estrogen"},
    {"analyses", "analysis"},
    {"analysed", "analyzed"},
    {"criteria", "criterion"},
    {"appendices", "appendix"},
    {"studies", "trial"},
    {"therapies", "therapy"},
    {"doses", "dose"},
    {"processes", "process"},
    {"batches", "batch"},
    {"headaches", "headache"},
    {"SAEs", "SAE"},
    {"AEs", "ae"},
    {"Patient", "subjects"},
    {"participants", "volunteer"},
    {"investigation", "STUDY"},
    {"sponsor's", "sponsor"},
    {"behavioural", "behavioral"},
    {"sulphate", "sulfate"},
    {"enrolment", "enrollment"},
    {"areas", "area"},
    {"diseases", "disease"},
    {"licence", "license"},
    {"catalogue", "catalog"},
};

/* These do not. */
static const pair different[] = {
    {"investigational", "trial"},
    {"investigator", "trial"},
    {"rise", "rize"},
    {"precise", "precize"},
    {"exercise", "exercize"},
    {"advise", "advize"},
    {"promise", "promize"},
    {"bias", "bia"},
    {"basis", "basi"},
    {"virus", "viru"},
    {"class", "clas"},
    {"gas", "ga"},
    {"dose", "does"},
    {"subjective", "subject"},
    {"four", "for"},
    {"hour", "hor"},
    {"does", "do"},
    {"diabetes", "diabete"},
};

static void folds_words(void **state)
{
    (void)state;
    char a[64];
    char b[64];
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        size_t al = lac_fold_word(a, sizeof a, lac_span_of(same[i].from));
        size_t bl = lac_fold_word(b, sizeof b, lac_span_of(same[i].to));
        if (al != bl || memcmp(a, b, al) != 0) {
            fail_msg("%s gives %.*s, %s gives %.*s", same[i].from, (int)al, a, same[i].to, (int)bl,
                     b);
        }
    }
    for (size_t i = 0; i < sizeof different / sizeof different[0]; i++) {
        size_t al = lac_fold_word(a, sizeof a, lac_span_of(different[i].from));
        size_t bl = lac_fold_word(b, sizeof b, lac_span_of(different[i].to));
        if (al == bl && memcmp(a, b, al) == 0) {
            fail_msg("%s and %s both give %.*s", different[i].from, different[i].to, (int)al, a);
        }
    }
}

/* A folded word folded again must stay, or terms and text would disagree. */
static void folding_settles(void **state)
{
    (void)state;
    const lac_word_pair *tables[] = {lac_word_spellings, lac_irregular_plurals, lac_word_synonyms};
    const size_t counts[] = {lac_word_spelling_count, lac_irregular_plural_count,
                             lac_word_synonym_count};
    for (size_t t = 0; t < 3; t++) {
        for (size_t i = 0; i < counts[t]; i++) {
            char once[64];
            char twice[64];
            size_t a = lac_fold_word(once, sizeof once, lac_span_of(tables[t][i].from));
            size_t b = lac_fold_word(twice, sizeof twice, lac_span_make(once, a));
            if (a != b || memcmp(once, twice, a) != 0) {
                fail_msg("%s: %.*s, then %.*s", tables[t][i].from, (int)a, once, (int)b, twice);
            }
        }
    }
}

static void tables_are_sorted(void **state)
{
    (void)state;
    const lac_word_pair *tables[] = {lac_word_spellings, lac_ise_stems, lac_irregular_plurals,
                                     lac_word_synonyms};
    const size_t counts[] = {lac_word_spelling_count, lac_ise_stem_count,
                             lac_irregular_plural_count, lac_word_synonym_count};
    for (size_t t = 0; t < 4; t++) {
        for (size_t i = 1; i < counts[t]; i++) {
            if (strcmp(tables[t][i - 1].from, tables[t][i].from) >= 0) {
                fail_msg("%s before %s", tables[t][i - 1].from, tables[t][i].from);
            }
        }
    }
}

static void small_buffers_are_kept_to(void **state)
{
    (void)state;
    char out[8] = "zzzzzzz";
    assert_true(lac_fold_word(out, 4, lac_span_of("haematology")) <= 4);
    assert_int_equal(out[4], 'z');
    assert_int_equal(lac_fold_word(out, sizeof out, lac_span_of("...")), 0);
}

static void indexes_a_text(void **state)
{
    (void)state;
    const char *text = "The study has one sponsor. Studies have sponsors.";
    lac_text_index *index = NULL;
    assert_int_equal(lac_text_index_new(&index, lac_span_of(text), NULL), LACUNA_OK);
    uint32_t count;
    const lac_token *tokens = lac_text_index_tokens(index, &count);
    assert_int_equal(count, 8);
    assert_int_equal(tokens[5].start, 27);
    assert_int_equal(tokens[5].sentence, 1);
    assert_int_equal(lac_text_index_at(index, 0), 0);
    assert_int_equal(lac_text_index_at(index, 5), 2);
    assert_int_equal(lac_text_index_at(index, 1000), 8);
    uint32_t found;
    const uint32_t *at =
        lac_text_index_postings(index, lac_text_index_fold(index, lac_span_of("sponsor")), &found);
    assert_int_equal(found, 2);
    assert_int_equal(at[0], 4);
    assert_int_equal(at[1], 7);
    at = lac_text_index_postings(index, lac_text_index_fold(index, lac_span_of("absent")), &found);
    assert_int_equal(found, 0);
    lac_word_range range = lac_sorted_words_prefix(&index->words, lac_span_of("stud"));
    assert_int_equal(range.to - range.from, 2);
    lac_text_index_free(index);
}

static void refuses_what_it_cannot_index(void **state)
{
    (void)state;
    lac_text_index *index = (lac_text_index *)1;
    lacuna_error err = {0};
    assert_int_equal(lac_text_index_new(&index, lac_span_of("a \xFF b"), &err), LACUNA_E_FORMAT);
    assert_null(index);
    assert_int_equal(err.status, LACUNA_E_FORMAT);
    assert_int_equal(lac_text_index_new(&index, lac_span_make(NULL, 0), NULL), LACUNA_OK);
    uint32_t count;
    (void)lac_text_index_tokens(index, &count);
    assert_int_equal(count, 0);
    lac_text_index_free(index);
    lac_text_index_free(NULL);
}

static void numbers_many_words(void **state)
{
    (void)state;
    lac_word_table table;
    assert_int_equal(lac_word_table_init(&table), LACUNA_OK);
    char word[16];
    for (uint32_t i = 0; i < 20000; i++) {
        int length = snprintf(word, sizeof word, "w%u", i * 7919u);
        uint32_t number;
        assert_int_equal(lac_word_table_add(&number, &table, lac_span_make(word, (size_t)length)),
                         LACUNA_OK);
        assert_int_equal(number, i);
    }
    int length = snprintf(word, sizeof word, "w%u", 777 * 7919u);
    assert_int_equal(lac_word_table_find(&table, lac_span_make(word, (size_t)length)), 777);
    assert_int_equal(lac_word_table_find(&table, lac_span_of("nothing")), LAC_NO_WORD);
    lac_word_table_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_words),         cmocka_unit_test(ends_sentences),
        cmocka_unit_test(folds_words),        cmocka_unit_test(folding_settles),
        cmocka_unit_test(tables_are_sorted),  cmocka_unit_test(small_buffers_are_kept_to),
        cmocka_unit_test(indexes_a_text),     cmocka_unit_test(refuses_what_it_cannot_index),
        cmocka_unit_test(numbers_many_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
