/* What the user's own DTDs and schemas say about backbones and study tagging files. */
#include "analyzer/ectd/check.h"

static lac_leaf_place place_of(lac_ectd_check *c, const lac_validity *validity)
{
    return validity->placement != LAC_NONE ? lac_here(c, validity->placement)
                                           : lac_place_file(&c->places, validity->file);
}

static lacuna_status tell_faults(lac_ectd_check *c, const lac_validity *validity)
{
    const lac_judgement *judgement = &validity->judgement;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < judgement->fault_count && status == LACUNA_OK; i++) {
        const lac_fault *fault = &judgement->faults[i];
        status = lac_ectd_found(c, place_of(c, validity), "line %u: %s (%s)", fault->line,
                                fault->text, judgement->grammar);
    }
    if (status == LACUNA_OK && judgement->more > 0) {
        status = lac_ectd_found(c, place_of(c, validity), "%llu more faults (%s)",
                                (unsigned long long)judgement->more, judgement->grammar);
    }
    return status;
}

static lacuna_status each(lac_ectd_check *c, bool schema,
                          lacuna_status (*tell)(lac_ectd_check *c, const lac_validity *validity))
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < c->submission->validity_count && status == LACUNA_OK; i++) {
        const lac_validity *validity = &c->submission->validities[i];
        c->at = validity->sequence;
        if (validity->schema == schema && lac_ectd_applies(c, validity->sequence)) {
            status = tell(c, validity);
        }
    }
    return status;
}

static lacuna_status dtd_invalid(lac_ectd_check *c, uint32_t index)
{
    (void)index;
    return each(c, false, tell_faults);
}

static lacuna_status schema_invalid(lac_ectd_check *c, uint32_t index)
{
    (void)index;
    return each(c, true, tell_faults);
}

static lacuna_status tell_not_judged(lac_ectd_check *c, const lac_validity *validity)
{
    return validity->judgement.judged
               ? LACUNA_OK
               : lac_ectd_found(c, place_of(c, validity), "%s%s%s", validity->judgement.grammar,
                                validity->judgement.grammar[0] == '\0' ? "" : ": ",
                                validity->judgement.why);
}

static lacuna_status not_validated(lac_ectd_check *c, uint32_t index)
{
    (void)index;
    lacuna_status status = each(c, false, tell_not_judged);
    return status == LACUNA_OK ? each(c, true, tell_not_judged) : status;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.backbone.dtd-invalid", LAC_ALL_TOGETHER, dtd_invalid},
    {"ectd.backbone.schema-invalid", LAC_ALL_TOGETHER, schema_invalid},
    {"ectd.backbone.not-validated", LAC_ALL_TOGETHER, not_validated},
};
LAC_ECTD_TABLE(lac_validity_rules, ENTRIES);
