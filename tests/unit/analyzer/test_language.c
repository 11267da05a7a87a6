/* Languages are told by function words and scripts. */
#include "analyzer/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct example {
    const char *code;
    const char *text;
} example;

static void tells_languages(void **state)
{
    (void)state;
    lac_arena arena;
    lac_arena_init(&arena);
    const lac_lexicon *lexicon = lac_lexicon_make(&arena);
    static const example examples[] = {
        {"en", "The investigator will be informed of the results of the study and the safety data "
               "that were collected in the trial by the sponsor are to be kept for the duration "
               "of this study."},
        {"no",
         "Pasientene vil bli fulgt opp og det skal tas blodpr\xC3\xB8ver av alle som er med "
         "i studien, og resultatene blir lagret p\xC3\xA5 en sikker server for videre analyse "
         "ved sykehuset i Oslo."},
        {"de", "Die Teilnehmer werden \xC3\xBC"
               "ber die Studie und die Risiken informiert, und die "
               "Daten werden von dem Pr\xC3\xBC"
               "farzt in einer Datenbank gespeichert, die nicht mit "
               "dem Netz der Klinik verbunden ist, um die Sicherheit zu wahren."},
        {"es",
         "El participante puede retirarse del estudio en cualquier momento y por cualquier "
         "motivo sin que esto tenga consecuencias para su atenci\xC3\xB3n, y los datos que se "
         "han recogido en las visitas."},
        {"ru",
         "\xD0\x9F\xD0\xB0\xD1\x86\xD0\xB8\xD0\xB5\xD0\xBD\xD1\x82\xD1\x8B "
         "\xD0\xB1\xD1\x83\xD0\xB4\xD1\x83\xD1\x82 "
         "\xD0\xBD\xD0\xB0\xD0\xB1\xD0\xBB\xD1\x8E\xD0\xB4\xD0\xB0\xD1\x82\xD1\x8C\xD1\x81"
         "\xD1\x8F \xD0\xBA\xD0\xB0\xD0\xB6\xD0\xB4\xD1\x8B\xD0\xB5 \xD0\xB4\xD0\xB2\xD0\xB5"},
        {"en", "Daily levels of IL-1b, IL-2, IL-4, IL-5, IL-6, IL-7, IL-8, IL-10, IL-12, IL-13 and "
               "IL-17A are measured from the first day to the third and kept with the samples."},
        {"de", "DIE TEILNEHMER WERDEN VON DEM PRUEFARZT INFORMIERT UND DIE DATEN WERDEN NICHT MIT "
               "ANDEREN GETEILT, UM DIE SICHERHEIT DER DATEN ZU WAHREN, DIE BEI DER STUDIE IN DER "
               "KLINIK GESAMMELT WERDEN."},
        {"", "mg 12 20 mg 24"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        assert_string_equal(lac_guess_language(lexicon, lac_span_of(examples[i].text)).code,
                            examples[i].code);
    }
    lac_arena_free(&arena);
}

static void survives_broken_bytes(void **state)
{
    (void)state;
    lac_arena arena;
    lac_arena_init(&arena);
    const lac_lexicon *lexicon = lac_lexicon_make(&arena);
    static const char bytes[] = "\xC3\x28 \xA0\xFF\xFE the \xF0\x9F\x92 of";
    lac_language_guess guess = lac_guess_language(lexicon, lac_span_make(bytes, sizeof bytes - 1));
    assert_string_equal(guess.code, "");
    lac_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_languages),
                                       cmocka_unit_test(survives_broken_bytes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
