/* Items of submissions: where they are filed, and for which submissions they are asked. */
#include "analyzer/checklist_read.h"
#include "analyzer/told.h"

static const char *const where_keys[] = {"headings", "also", "refers", "inside", NULL};
static const char *const profile_keys[] = {"applications", "submissions", "formats",
                                           "present",      "facts",       NULL};

void lac_checklist_read_filing(lac_pack_reader *r, lac_filing *filing, const json_t *json)
{
    if (json == NULL) {
        return;
    }
    size_t mark = lac_pack_enter(r, "where");
    if (lac_pack_object(r, json, where_keys)) {
        filing->headings = lac_pack_strings(r, json, "headings", &filing->heading_count);
        filing->also = lac_pack_strings(r, json, "also", &filing->also_count);
        filing->refers = lac_pack_strings(r, json, "refers", &filing->refers_count);
        filing->inside = lac_pack_string(r, json, "inside", false);
        if ((filing->heading_count == 0) == (filing->inside == NULL)) {
            lac_pack_problem(r, "either \"headings\" or \"inside\"");
        }
    }
    lac_pack_leave(r, mark);
}

void lac_checklist_read_profile(lac_pack_reader *r, lac_profile_condition *profile,
                                const json_t *json)
{
    if (json == NULL) {
        return;
    }
    size_t mark = lac_pack_enter(r, "profile");
    if (lac_pack_object(r, json, profile_keys)) {
        profile->applications =
            lac_pack_strings(r, json, "applications", &profile->application_count);
        profile->submissions = lac_pack_strings(r, json, "submissions", &profile->submission_count);
        profile->formats = lac_pack_strings(r, json, "formats", &profile->format_count);
        profile->present = lac_pack_strings(r, json, "present", &profile->present_count);
        profile->facts = lac_pack_strings(r, json, "facts", &profile->fact_count);
        for (uint32_t i = 0; i < profile->fact_count; i++) {
            if (lac_told_allowed(profile->facts[i], NULL) != LACUNA_OK) {
                lac_pack_problem(r, "a fact that profile-facts.json does not list");
            }
        }
    }
    lac_pack_leave(r, mark);
}
