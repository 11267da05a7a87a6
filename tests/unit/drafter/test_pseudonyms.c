#include "drafter/phi/person.h"
#include "drafter/phi/veil.h"
#include "drafter/quote.h"
#include "parsers/text/text.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <stdio.h>

static const char TEXT[] =
    "# Narrative\n\nThe patient, John Smith, was admitted on 12 March 2021 after a fall at his "
    "home "
    "in the night.\n\nMr. Smith was discharged; SMITH, John had no pain when he left the ward.\n";

static lac_pseudonyms *new_map(void)
{
    lac_pseudonyms *map;
    assert_int_equal(lac_pseudonyms_new(&map, NULL), LACUNA_OK);
    return map;
}

static lac_span token(lac_pseudonyms *map, lac_phi_kind kind, const char *text)
{
    uint32_t index;
    assert_int_equal(lac_pseudonyms_issue(&index, map, kind, lac_span_of(text), NULL), LACUNA_OK);
    return lac_pseudonyms_token(map, index);
}

static void same_person_same_token(void **state)
{
    (void)state;
    lac_pseudonyms *map = new_map();
    char first[LAC_PSEUDONYM_MAX];
    lac_span t = token(map, LAC_PHI_NAME, "John Smith");
    assert_int_equal(snprintf(first, sizeof first, "%.*s", (int)t.len, t.ptr), t.len);
    assert_int_equal(strncmp(first, "[[PERSON_1:", 11), 0);
    static const char *const forms[] = {"SMITH, John", "J. Smith", "Smith", "john smith", "John"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        assert_true(lac_span_is(token(map, LAC_PHI_NAME, forms[i]), first));
    }
    assert_false(lac_span_is(token(map, LAC_PHI_NAME, "Jane Smith"), first));
    assert_false(lac_span_is(token(map, LAC_PHI_NAME, "Susan Miller"), first));
    /* "J. Smith" may now be either of them. */
    assert_int_equal(lac_pseudonyms_count(map), 3);
    assert_false(lac_span_is(token(map, LAC_PHI_DATE, "12 March 2021"), first));
    lac_pseudonyms_free(map);
}

static void two_maps_differ(void **state)
{
    (void)state;
    int same = 0;
    for (int i = 0; i < 8; i++) {
        lac_pseudonyms *a = new_map(), *b = new_map();
        lac_span x = token(a, LAC_PHI_SSN, "521-48-9930"), y = token(b, LAC_PHI_SSN, "521-48-9930");
        same += lac_span_equal(x, y);
        lac_pseudonyms_free(a);
        lac_pseudonyms_free(b);
    }
    assert_true(same < 8);
}

/* Only what was given out is restored; what was changed, or is another run's, stays and counts. */
static void only_issued_are_restored(void **state)
{
    (void)state;
    char text[512];
    uint32_t unknown;
    lac_buf out;
    lac_pseudonyms *map = new_map();
    lac_span t = token(map, LAC_PHI_NAME, "John Smith");
    lac_buf_init(&out, 4096);
    snprintf(text, sizeof text,
             "%.*s met [[PERSON_2:%.6s]], [[PERSON_1:000000x]], [[PERSON_1]], [[X]] [[ and %.*s", //
             (int)t.len, t.ptr, t.ptr + 11, (int)t.len, t.ptr);
    assert_int_equal(lac_pseudonyms_restore(&out, &unknown, map, lac_span_of(text), NULL),
                     LACUNA_OK);
    assert_int_equal(unknown, 2);
    assert_int_equal(strncmp(lac_buf_text(&out), "John Smith met [[PERSON_2:", 26), 0);
    assert_non_null(strstr(lac_buf_text(&out), "[[PERSON_1]], [[X]] [[ and John Smith"));
    lac_buf_free(&out);
    lac_pseudonyms_free(map);
}

static void stripped_and_stamped(void **state)
{
    (void)state;
    char text[256];
    lac_buf bare, again;
    lac_pseudonyms *map = new_map(), *other = new_map();
    lac_span t = token(map, LAC_PHI_NAME, "John Smith");
    lac_buf_init(&bare, 4096);
    lac_buf_init(&again, 4096);
    snprintf(text, sizeof text, "{\"quote\":\"%.*s fell\"}", (int)t.len, t.ptr);
    assert_int_equal(lac_pseudonyms_strip(&bare, map, lac_span_of(text), NULL), LACUNA_OK);
    assert_string_equal(lac_buf_text(&bare), "{\"quote\":\"[[PERSON_1:]] fell\"}");
    lac_span u = token(other, LAC_PHI_NAME, "John Smith");
    assert_int_equal(lac_pseudonyms_stamp(&again, other, lac_buf_span(&bare), NULL), LACUNA_OK);
    snprintf(text, sizeof text, "{\"quote\":\"%.*s fell\"}", (int)u.len, u.ptr);
    assert_string_equal(lac_buf_text(&again), text);
    lac_buf_free(&bare);
    lac_buf_free(&again);
    lac_pseudonyms_free(map);
    lac_pseudonyms_free(other);
}

typedef struct scene {
    lac_document *document;
    lac_phi_scanner *scanner;
    lac_veil veil;
    lac_tokens tokens;
    lac_arena arena;
} scene;

static void open_scene(scene *s, const lacuna_recognizer *external, lacuna_status expected)
{
    *s = (scene){0};
    lac_arena_init(&s->arena);
    assert_int_equal(lac_phi_scanner_new(&s->scanner, NULL), LACUNA_OK);
    assert_int_equal(lac_text_read(&s->document, lac_span_of(TEXT), LAC_FORMAT_MARKDOWN,
                                   &LAC_LIMITS_DEFAULT, NULL),
                     LACUNA_OK);
    assert_int_equal(lac_veil_make(&s->veil, s->document, s->scanner, external, true, NULL),
                     expected);
}

static void close_scene(scene *s)
{
    free(s->tokens.items);
    lac_veil_free(&s->veil);
    lac_document_free(s->document);
    lac_phi_scanner_free(s->scanner);
    lac_arena_free(&s->arena);
}

/* A quote is found in what was sent, and what is shown are the document's bytes. */
static void quotes_lead_back(void **state)
{
    (void)state;
    scene s;
    open_scene(&s, NULL, LACUNA_OK);
    lac_covered covered[2];
    lac_span texts[2];
    lac_passages *passages;
    const lac_block *blocks = s.document->blocks;
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(lac_veil_cover(&covered[i], &s.arena, &s.veil, &s.tokens,
                                        lac_block_text(s.document, &blocks[i + 1]), NULL),
                         LACUNA_OK);
        texts[i] = covered[i].text;
    }
    assert_null(strstr(texts[0].ptr, "Smith"));
    assert_null(strstr(texts[0].ptr, "March"));
    assert_null(strstr(texts[1].ptr, "Smith"));
    assert_null(strstr(texts[1].ptr, "SMITH"));
    assert_int_equal(covered[0].count, 2);
    assert_int_equal(covered[1].count, 2);
    assert_int_equal(lac_passages_new(&passages, texts, 2, NULL), LACUNA_OK);
    char quote[256];
    lac_quote_match match;
    const lac_covering *date = &covered[0].coverings[1];
    snprintf(quote, sizeof quote, "was admitted on %.*s after a fall", (int)date->length,
             texts[0].ptr + date->start);
    assert_int_equal(
        lac_quote_find(&match, passages, lac_span_of(quote), 0, lac_span_make("", 0), NULL),
        LACUNA_OK);
    assert_true(lac_quote_is_verified(match.verdict));
    size_t start = (size_t)(match.text.ptr - texts[match.passage].ptr);
    lac_span own = lac_covered_original(&covered[match.passage], start, start + match.text.len);
    assert_true(lac_span_is(own, "was admitted on 12 March 2021 after a fall"));
    /* Changed random digits: not verified. */
    quote[16 + date->length - 4] = quote[16 + date->length - 4] == '0' ? '1' : '0';
    assert_int_equal(
        lac_quote_find(&match, passages, lac_span_of(quote), 0, lac_span_make("", 0), NULL),
        LACUNA_OK);
    assert_false(lac_quote_is_verified(match.verdict));
    lac_passages_free(passages);
    close_scene(&s);
}

/* Every span of the covered text leads to a span of the original that holds what it should. */
static void every_border_leads_back(void **state)
{
    (void)state;
    scene s;
    open_scene(&s, NULL, LACUNA_OK);
    lac_covered c;
    lac_span original = lac_block_text(s.document, &s.document->blocks[2]);
    assert_int_equal(lac_veil_cover(&c, &s.arena, &s.veil, &s.tokens, original, NULL), LACUNA_OK);
    for (size_t start = 0; start < c.text.len; start++) {
        for (size_t end = start + 1; end <= c.text.len; end++) {
            lac_span own = lac_covered_original(&c, start, end);
            assert_true(own.ptr >= original.ptr);
            assert_true(own.ptr + own.len <= original.ptr + original.len);
            assert_true(own.len > 0);
        }
    }
    assert_true(lac_span_equal(lac_covered_original(&c, 0, c.text.len), original));
    close_scene(&s);
}

/* Another person of the same surname, met since, does not change what was sent. */
static void covered_again(void **state)
{
    (void)state;
    scene s;
    uint32_t index;
    lac_covered first, again, new;
    lac_tokens others = {0};
    open_scene(&s, NULL, LACUNA_OK);
    lac_span original = lac_block_text(s.document, &s.document->blocks[2]);
    lac_span before = lac_block_text(s.document, &s.document->blocks[1]);
    assert_int_equal(lac_veil_cover(&first, &s.arena, &s.veil, &s.tokens, before, NULL), LACUNA_OK);
    assert_int_equal(lac_veil_cover(&first, &s.arena, &s.veil, &s.tokens, original, NULL),
                     LACUNA_OK);
    assert_int_equal(
        lac_pseudonyms_issue(&index, s.veil.map, LAC_PHI_NAME, lac_span_of("Mary Smith"), NULL),
        LACUNA_OK);
    s.tokens.used = 0;
    assert_int_equal(lac_veil_cover(&again, &s.arena, &s.veil, &s.tokens, before, NULL), LACUNA_OK);
    assert_int_equal(lac_veil_cover(&again, &s.arena, &s.veil, &s.tokens, original, NULL),
                     LACUNA_OK);
    assert_true(lac_span_equal(first.text, again.text));
    assert_int_equal(s.tokens.used, s.tokens.count);
    assert_int_equal(lac_veil_cover(&new, &s.arena, &s.veil, &others, original, NULL), LACUNA_OK);
    assert_false(lac_span_equal(first.text, new.text));
    free(others.items);
    close_scene(&s);
}

/* ---- an external recognizer ----------------------------------------------------------------- */

static lacuna_status find_ward(void *state, const char *text, size_t length,
                               lacuna_phi_found_fn found, void *user, lacuna_error *err)
{
    const char *at = strstr(text, "ward");
    const int *how = state;
    (void)err;
    (void)length;
    if (*how == 1) {
        return LACUNA_E_IO;
    }
    size_t start = at == NULL ? 0 : (size_t)(at - text);
    (void)found(user, "place", start, *how == 2 ? length + 1 : start + 4, 0.9);
    return LACUNA_OK;
}

static void external(void **state)
{
    (void)state;
    int how = 0;
    scene s;
    lacuna_recognizer recognizer = {sizeof recognizer, &how, find_ward};
    open_scene(&s, &recognizer, LACUNA_OK);
    lac_covered c;
    assert_int_equal(lac_veil_cover(&c, &s.arena, &s.veil, &s.tokens,
                                    lac_block_text(s.document, &s.document->blocks[2]), NULL),
                     LACUNA_OK);
    assert_non_null(strstr(c.text.ptr, "[[PLACE_1:"));
    close_scene(&s);
    how = 1; /* it cannot be asked: nothing counts as searched */
    open_scene(&s, &recognizer, LACUNA_E_IO);
    close_scene(&s);
    how = 2; /* it names bytes that are not there */
    open_scene(&s, &recognizer, LACUNA_E_FORMAT);
    close_scene(&s);
}

static void persons(void **state)
{
    (void)state;
    lac_person known, other;
    lac_person_read(&known, lac_span_of("John R. Smith"));
    static const struct {
        const char *name;
        bool agrees;
    } cases[] = {{"J. Smith", true},  {"SMITH, JOHN", true}, {"Smith", true},
                 {"John", true},      {"Jane Smith", false}, {"John Smithson", false},
                 {"K. Smith", false}, {"Miller", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lac_person_read(&other, lac_span_of(cases[i].name));
        assert_int_equal(lac_person_agrees(&known, &other), cases[i].agrees);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_person_same_token),
        cmocka_unit_test(two_maps_differ),
        cmocka_unit_test(only_issued_are_restored),
        cmocka_unit_test(stripped_and_stamped),
        cmocka_unit_test(quotes_lead_back),
        cmocka_unit_test(every_border_leads_back),
        cmocka_unit_test(covered_again),
        cmocka_unit_test(external),
        cmocka_unit_test(persons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
