/* A response somebody edited, its list of commitments and its plan: a check of them ends, and what
 * it says lies in the document. Input: Markdown, 0x01, CSV, 0x01, JSON. */
#include "drafter/respond/check.h"
#include "drafter/respond/plan.h"
#include "fuzz.h"
#include "parsers/open.h"

#include <string.h>

static const char LETTER[] =
    "IND 900204\n\nDear Dr. Berg:\n\nWe have the following requests for information:\n\n"
    "1. The limit of impurity B is 0.15 percent. Please justify this limit.\n\n"
    "2. Please clarify when the results will be there.\n\nPlease respond by June 5, 2026.\n";
static const char REPORT[] =
    "# Report\n\n## 1 Impurities\n\nThe limit of impurity B is 0.15 percent. "
    "No batch had more than 0.09 percent.\n";

static lac_letter_rules *rules;
static lac_letter *letter;
static lac_document *report;

static lac_document *read_markdown(const char *name, lac_span text, const lac_limits *limits)
{
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = name, .memory = text};
    lac_document *document = NULL;
    return lac_document_open(&document, &source, limits, NULL) == LACUNA_OK ? document : NULL;
}

static bool prepare(const lac_limits *limits)
{
    lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = "letter.txt", .memory = lac_span_of(LETTER)};
    lac_open_options options = {.limits = limits};
    lac_letter_text *text;
    if (rules != NULL) {
        return letter != NULL && report != NULL;
    }
    if (lac_letter_rules_built_in(&rules, NULL) == LACUNA_OK &&
        lac_letter_text_open(&text, &source, &options, NULL) == LACUNA_OK) {
        (void)lac_letter_analyze(&letter, text, rules, NULL);
    }
    report = read_markdown("report.md", lac_span_of(REPORT), limits);
    return letter != NULL && report != NULL;
}

static lac_span part(lac_span *rest)
{
    const char *end = rest->len == 0 ? NULL : memchr(rest->ptr, 1, rest->len);
    size_t length = end == NULL ? rest->len : (size_t)(end - rest->ptr);
    lac_span out = lac_span_make(rest->ptr, length);
    length += end == NULL ? 0 : 1;
    *rest = lac_span_make(rest->ptr + length, rest->len - length);
    return out;
}

static void check(lac_document *response, lac_span csv, const lac_filed_set *filed)
{
    lac_sheets sheets;
    lac_document_result *result = NULL, *cover = NULL;
    lac_sheets_init(&sheets);
    const lac_reply_given given = {
        .letter = letter,
        .rules = rules,
        .same_letter = true,
        .as_of = "2026-05-01",
        .filed = filed,
        .response = response,
        .cover = response,
        .commitments = lac_csv_read(&sheets, csv, NULL) == LACUNA_OK ? &sheets : NULL,
    };
    lacuna_status status = lac_reply_check(&result, &cover, &given, NULL);
    FUZZ_EXPECT(status == LACUNA_OK || status == LACUNA_E_LIMIT || status == LACUNA_E_NOMEM);
    for (uint32_t i = 0; status == LACUNA_OK && i < result->finding_count; i++) {
        const lac_anchor *anchor = &result->findings[i].anchors[0];
        FUZZ_EXPECT(anchor->start <= anchor->end && anchor->end <= response->text.len);
    }
    lac_document_result_free(result);
    lac_document_result_free(cover);
    lac_sheets_free(&sheets);
}

static void apply_plan(lac_span json, const lac_filed_set *filed)
{
    lac_response_plan *plan;
    static const lac_resolved_cite none[1];
    const lac_resolved_cite *resolved[64] = {none};
    FUZZ_EXPECT(letter->query_count <= 64);
    for (uint32_t i = 0; i < letter->query_count; i++) {
        resolved[i] = none;
    }
    const lac_response_given given = {.letter = letter,
                                      .letter_path = "letter.txt",
                                      .as_of = "2026-05-01",
                                      .filed = filed,
                                      .resolved = resolved};
    if (lac_response_plan_make(&plan, &given, NULL) == LACUNA_OK) {
        (void)lac_response_plan_apply(plan, json, NULL);
        lac_response_plan_free(plan);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.text_bytes = 1 << 16;
    limits.blocks = 1 << 11;
    if (size == 0 || !prepare(&limits)) {
        return 0;
    }
    lac_span rest = lac_span_make((const char *)data, size);
    lac_span markdown = part(&rest), csv = part(&rest);
    const lac_filed_document filed = {
        .path = "in/report.md", .document = report, .study = "", .tag = ""};
    const lac_filed_set set = {.documents = &filed, .document_count = 1};
    lac_document *response = read_markdown("response.md", markdown, &limits);
    if (response != NULL) {
        check(response, csv, &set);
    }
    apply_plan(rest, &set);
    lac_document_free(response);
    return 0;
}
