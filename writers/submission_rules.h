/*
 * submission_rules.h - what a rule about submissions means, for people and programs.
 */
#ifndef LAC_WRITERS_SUBMISSION_RULES_H
#define LAC_WRITERS_SUBMISSION_RULES_H

#include "analyzer/ectd/rules.h"
#include "writers/text/page.h"

lacuna_status lac_text_explain_submission_rule(const lac_ectd_rule *rule,
                                               const lac_text_style *style, lacuna_write_fn write,
                                               void *user, lacuna_error *err);
lacuna_status lac_json_explain_submission_rule(const lac_ectd_rule *rule, lacuna_write_fn write,
                                               void *user, lacuna_error *err);

#endif
