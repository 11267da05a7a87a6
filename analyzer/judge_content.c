#include "analyzer/judge_content.h"

static void put_aside(lac_inquiry *q, const lac_inquiry *before)
{
    q->location = before->location;
    q->section_facts = before->section_facts;
    q->all_facts = before->all_facts;
    q->out->evidence_count = before->evidence_before;
    for (uint32_t i = 0; i < LAC_MAX_FACTS; i++) {
        q->in_section[i] = before->in_section[i];
        q->anywhere[i] = before->anywhere[i];
    }
}

lacuna_status lac_judge_by_content(bool *decided, lac_inquiry *q)
{
    *decided = false;
    if (q->item->expect.heading_required) {
        return LACUNA_OK;
    }
    q->evidence_before = q->out->evidence_count;
    const lac_inquiry before = *q;
    for (uint32_t i = 0; i < before.location.unnamed_count; i++) {
        q->location.places[0] = before.location.unnamed[i];
        q->location.place_count = 1;
        q->confirmed[0] = false;
        lacuna_status status = lac_inquire_places(q);
        if (status != LACUNA_OK) {
            return status;
        }
        if (q->confirmed[0] && q->section_facts >= q->item->expect.at_least &&
            lac_required_facts_found(q, q->in_section)) {
            *decided = true;
            return lac_decide(q, LAC_MET, "met/by-content", 0.5,
                              "The heading of the section does not tell, but what is asked stands "
                              "there; confirm.");
        }
        put_aside(q, &before);
    }
    return LACUNA_OK;
}
