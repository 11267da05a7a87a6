/*
 * Reads any bytes as a letter (text, mail, JSON, told apart by content) and takes it apart; checks
 * what letter.h promises about ranges and order.
 */
#include "analyzer/letter/letter.h"
#include "support/utf8.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_range(const lac_letter *letter, const lac_letter_range *range)
{
    FUZZ_EXPECT(range->first >= 1 && range->first <= range->last);
    FUZZ_EXPECT(range->last <= letter->text->line_count);
    FUZZ_EXPECT(range->start <= range->end && range->end <= letter->text->text.len);
}

static void check_queries(const lac_letter *letter)
{
    for (uint32_t i = 0; i < letter->query_count; i++) {
        const lac_letter_query *query = &letter->queries[i];
        check_range(letter, &query->range);
        FUZZ_EXPECT(i == 0 || letter->queries[i - 1].range.last <= query->range.first);
        FUZZ_EXPECT(query->letter < letter->letter_count);
        FUZZ_EXPECT(lac_utf8_valid(lac_span_of(query->text)));
        FUZZ_EXPECT(query->id[0] != '\0');
        for (uint32_t j = 0; j < i && i < 50; j++) {
            FUZZ_EXPECT(strcmp(letter->queries[j].id, query->id) != 0);
        }
    }
    FUZZ_EXPECT(letter->query_count > 0 || letter->note_count > 0);
    FUZZ_EXPECT(letter->empty_page_count == 0 || letter->incomplete);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static lac_letter_rules *rules;
    if (rules == NULL && lac_letter_rules_built_in(&rules, NULL) != LACUNA_OK) {
        return 0;
    }
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.text_bytes = 1 << 18;
    limits.blocks = 1 << 12;
    limits.mail_parts = 64;
    lac_source source = {.kind = LAC_SOURCE_MEMORY,
                         .path = "fuzz.eml",
                         .memory = lac_span_make((const char *)data, size)};
    lac_open_options options = {.limits = &limits};
    lac_letter_text *text;
    lac_letter *letter;
    if (size == 0 || lac_letter_text_open(&text, &source, &options, NULL) != LACUNA_OK) {
        return 0;
    }
    lacuna_status status = lac_letter_analyze(&letter, text, rules, NULL);
    FUZZ_EXPECT(status == LACUNA_OK || status == LACUNA_E_LIMIT || status == LACUNA_E_NOMEM);
    if (status == LACUNA_OK) {
        for (uint32_t i = 0; i < letter->block_count; i++) {
            check_range(letter, &letter->blocks[i].range);
        }
        check_queries(letter);
    }
    lac_letter_free(letter);
    return 0;
}
