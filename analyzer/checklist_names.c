#include "analyzer/checklist_read.h"

const char *const lac_authority_names[LAC_AUTHORITY_COUNT] = {"law", "guidance", "technical",
                                                              "practice"};
const char *const lac_strength_names[LAC_STRENGTH_COUNT] = {"must", "should", "may", "structural"};
const char *const lac_severity_names[LAC_SEVERITY_COUNT] = {"info", "minor", "major", "critical"};
const char *const lac_confidence_names[LAC_CONFIDENCE_COUNT] = {"verified", "secondary", "memory"};
const char *const lac_condition_names[LAC_CONDITION_COUNT] = {"profile", "design", "data", "event",
                                                              "discretion"};
const char *const lac_decider_names[LAC_DECIDER_COUNT] = {"rule", "model", "person"};

static const char *name_of(const char *const *names, size_t count, size_t value)
{
    return value < count ? names[value] : "";
}

const char *lac_severity_name(lac_severity severity)
{
    return name_of(lac_severity_names, LAC_SEVERITY_COUNT, severity);
}

const char *lac_confidence_name(lac_confidence confidence)
{
    return name_of(lac_confidence_names, LAC_CONFIDENCE_COUNT, confidence);
}

const char *lac_authority_name(lac_authority authority)
{
    return name_of(lac_authority_names, LAC_AUTHORITY_COUNT, authority);
}

const char *lac_strength_name(lac_strength strength)
{
    return name_of(lac_strength_names, LAC_STRENGTH_COUNT, strength);
}

const char *lac_condition_kind_name(lac_condition_kind kind)
{
    return kind == LAC_CONDITION_NONE
               ? "none"
               : name_of(lac_condition_names, LAC_CONDITION_COUNT, (size_t)kind - 1);
}

const char *lac_decider_name(lac_decider decider)
{
    return name_of(lac_decider_names, LAC_DECIDER_COUNT, decider);
}
