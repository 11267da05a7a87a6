#include "analyzer/pack_columns.h"

#include "analyzer/checklist_read.h"

#include <string.h>

enum { SHORT = 14, MEDIUM = 24, LONG = 48 };

const lac_column lac_head_columns[] = {
    {"$schema", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"schema", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"id", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"version", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"title", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"guidance.authority", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"guidance.version", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"guidance.status", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"guidance.effective", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"guidance.supersedes", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"guidance.superseded_by", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"guidance.note", LAC_COLUMN_TEXT, LONG, NULL, 0, false},
    {"documents", LAC_COLUMN_LIST, LONG, NULL, 0, false},
    {"languages", LAC_COLUMN_LIST, LONG, NULL, 0, false},
    {"regions", LAC_COLUMN_LIST, LONG, NULL, 0, false},
    {"select.mentions", LAC_COLUMN_LIST, LONG, NULL, 0, false},
    {"select.headings", LAC_COLUMN_LIST, LONG, NULL, 0, false},
    {"select.at_least", LAC_COLUMN_COUNT, LONG, NULL, 0, false},
    {"select.otherwise", LAC_COLUMN_FLAG, LONG, NULL, 0, false},
    {"select.unless", LAC_COLUMN_LIST, LONG, NULL, 0, false},
    {"select.besides", LAC_COLUMN_FLAG, LONG, NULL, 0, false},
    {"select.types", LAC_COLUMN_LIST, LONG, NULL, 0, false},
    {"background", LAC_COLUMN_LIST, LONG, NULL, 0, false},
    {"more", LAC_COLUMN_REST, LONG, NULL, 0, false},
};
const size_t lac_head_column_count = sizeof lac_head_columns / sizeof lac_head_columns[0];

const lac_column lac_item_columns[] = {
    {"id", LAC_COLUMN_TEXT, MEDIUM, NULL, 0, true},
    {"section", LAC_COLUMN_TEXT, SHORT, NULL, 0, true},
    {"parent", LAC_COLUMN_TEXT, MEDIUM, NULL, 0, true},
    {"documents", LAC_COLUMN_LIST, SHORT, NULL, 0, false},
    {"same_as", LAC_COLUMN_LIST, MEDIUM, NULL, 0, false},
    {"replaces", LAC_COLUMN_LIST, MEDIUM, NULL, 0, false},
    {"title", LAC_COLUMN_TEXT, LONG, NULL, 0, true},
    {"aliases", LAC_COLUMN_LIST, LONG, NULL, 0, true},
    {"numbers", LAC_COLUMN_LIST, SHORT, NULL, 0, false},
    {"requirement", LAC_COLUMN_TEXT, LONG, NULL, 0, true},
    {"satisfied_by", LAC_COLUMN_TEXT, LONG, NULL, 0, true},
    {"citation", LAC_COLUMN_TEXT, MEDIUM, NULL, 0, true},
    {"source", LAC_COLUMN_TEXT, MEDIUM, NULL, 0, true},
    {"confidence", LAC_COLUMN_TEXT, SHORT, lac_confidence_names, LAC_CONFIDENCE_COUNT, true},
    {"authority", LAC_COLUMN_TEXT, SHORT, lac_authority_names, LAC_AUTHORITY_COUNT, true},
    {"strength", LAC_COLUMN_TEXT, SHORT, lac_strength_names, LAC_STRENGTH_COUNT, true},
    {"severity", LAC_COLUMN_TEXT, SHORT, lac_severity_names, LAC_SEVERITY_COUNT, true},
    {"when.kind", LAC_COLUMN_TEXT, SHORT, lac_condition_names, LAC_CONDITION_COUNT, true},
    {"when.text", LAC_COLUMN_TEXT, MEDIUM, NULL, 0, true},
    {"when.holds", LAC_COLUMN_LIST, MEDIUM, NULL, 0, false},
    {"when.fails", LAC_COLUMN_LIST, MEDIUM, NULL, 0, false},
    {"when.profile.applications", LAC_COLUMN_LIST, SHORT, NULL, 0, false},
    {"when.profile.submissions", LAC_COLUMN_LIST, SHORT, NULL, 0, false},
    {"when.profile.formats", LAC_COLUMN_LIST, SHORT, NULL, 0, false},
    {"when.profile.present", LAC_COLUMN_LIST, SHORT, NULL, 0, false},
    {"where.headings", LAC_COLUMN_LIST, SHORT, NULL, 0, false},
    {"where.also", LAC_COLUMN_LIST, SHORT, NULL, 0, false},
    {"where.refers", LAC_COLUMN_LIST, SHORT, NULL, 0, false},
    {"where.inside", LAC_COLUMN_TEXT, SHORT, NULL, 0, false},
    {"expect.facts", LAC_COLUMN_FACTS, LONG, NULL, 0, true},
    {"expect.at_least", LAC_COLUMN_COUNT, SHORT, NULL, 0, true},
    {"expect.at_least_elsewhere", LAC_COLUMN_COUNT, SHORT, NULL, 0, false},
    {"expect.never", LAC_COLUMN_LIST, MEDIUM, NULL, 0, false},
    {"expect.table", LAC_COLUMN_FLAG, SHORT, NULL, 0, false},
    {"expect.picture", LAC_COLUMN_FLAG, SHORT, NULL, 0, false},
    {"expect.contents", LAC_COLUMN_FLAG, SHORT, NULL, 0, false},
    {"expect.words", LAC_COLUMN_COUNT, SHORT, NULL, 0, false},
    {"expect.fixed_text", LAC_COLUMN_TEXT, MEDIUM, NULL, 0, false},
    {"expect.heading_required", LAC_COLUMN_FLAG, SHORT, NULL, 0, false},
    {"expect.facts_only", LAC_COLUMN_FLAG, SHORT, NULL, 0, false},
    {"expect.under", LAC_COLUMN_LIST, MEDIUM, NULL, 0, false},
    {"expect.background", LAC_COLUMN_FLAG, SHORT, NULL, 0, false},
    {"elsewhere", LAC_COLUMN_LIST, MEDIUM, NULL, 0, true},
    {"decided_by", LAC_COLUMN_TEXT, SHORT, lac_decider_names, LAC_DECIDER_COUNT, false},
    {"never_not_applicable", LAC_COLUMN_FLAG, SHORT, NULL, 0, false},
    {"tests.match", LAC_COLUMN_LIST, LONG, NULL, 0, true},
    {"tests.innocent", LAC_COLUMN_LIST, LONG, NULL, 0, true},
    {"more", LAC_COLUMN_REST, MEDIUM, NULL, 0, false},
};
const size_t lac_item_column_count = sizeof lac_item_columns / sizeof lac_item_columns[0];

int lac_column_find(const lac_column *columns, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(columns[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}
