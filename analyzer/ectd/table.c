/* All rules about submissions, by topic. */
#include "analyzer/ectd/check.h"

static const lac_ectd_table *const TABLES[] = {
    &lac_file_rules,    &lac_path_rules,       &lac_checksum_rules, &lac_leaf_rules,
    &lac_heading_rules, &lac_lifecycle_rules,  &lac_sequence_rules, &lac_activity_rules,
    &lac_stf_rules,     &lac_study_data_rules, &lac_v4_rules,       &lac_validity_rules,
};

const lac_ectd_table *const *lac_ectd_tables(size_t *count)
{
    *count = sizeof TABLES / sizeof TABLES[0];
    return TABLES;
}
