/* Regulatory activities of the FDA: submission-id, type, sub-type, promotional material, groups. */
#include "analyzer/ectd/check.h"

#include <string.h>

/* The regional DTD 2.01 knew no activities. */
static bool has_activity(const lac_ectd_check *c, uint32_t i)
{
    uint32_t regional = c->own[i].regional;
    if (regional == LAC_NONE) {
        return c->submission->sequences[i].grouped_in != LAC_NONE;
    }
    const lac_backbone *backbone = &c->submission->backbones[regional];
    return backbone->complete && backbone->dtd_version[0] != '2';
}

/* Own number and that of the submission-id; false where one of them is none. */
static bool get_numbers(uint64_t *own, uint64_t *id, const lac_sequence *sequence)
{
    return lac_whole_number(own, sequence->number) && lac_whole_number(id, sequence->submission_id);
}

static lacuna_status id_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    return has_activity(c, i) && sequence->submission_id[0] == '\0'
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "sequence %s", sequence->name)
               : LACUNA_OK;
}

static lacuna_status tell_id(lac_ectd_check *c, uint32_t i, bool wrong)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    return wrong ? lac_ectd_found(c, lac_place_sequence(&c->places, i),
                                  "submission-id %s in sequence %s", sequence->submission_id,
                                  sequence->number)
                 : LACUNA_OK;
}

static bool is_sub_type(const lac_sequence *sequence, const char *code)
{
    return strcmp(sequence->submission_sub_type, code) == 0;
}

static lacuna_status id_later(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    uint64_t own;
    uint64_t id;
    return tell_id(c, i, get_numbers(&own, &id, sequence) && id > own);
}

/* fdasst1 opens an activity. */
static lacuna_status original_id(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    uint64_t own;
    uint64_t id;
    return tell_id(
        c, i, is_sub_type(sequence, "fdasst1") && get_numbers(&own, &id, sequence) && id < own);
}

/* fdasst4 (amendment) and fdasst5 (resubmission) follow something. */
static lacuna_status earlier_id(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    uint64_t own;
    uint64_t id;
    return tell_id(c, i,
                   (is_sub_type(sequence, "fdasst4") || is_sub_type(sequence, "fdasst5")) &&
                       get_numbers(&own, &id, sequence) && id == own);
}

/* The sequence of that number in the application; they stand in the order of their numbers, those
 * without one first. LAC_NONE. */
static uint32_t find_numbered(const lac_submission *submission, const lac_application *application,
                              uint64_t wanted)
{
    uint32_t low = application->first_sequence;
    uint32_t high = low + application->sequence_count;
    uint64_t number;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        bool has = lac_sequence_number(&number, &submission->sequences[middle]);
        if (!has || number < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < application->first_sequence + application->sequence_count &&
                 lac_sequence_number(&number, &submission->sequences[low]) && number == wanted;
    return found ? low : LAC_NONE;
}

static lacuna_status opener(lac_ectd_check *c, uint32_t i)
{
    const lac_submission *s = c->submission;
    const lac_sequence *sequence = &s->sequences[i];
    uint64_t own;
    uint64_t id;
    uint64_t other_id;
    if (!get_numbers(&own, &id, sequence) || id >= own) {
        return LACUNA_OK;
    }
    uint32_t at = find_numbered(s, &s->applications[sequence->application], id);
    if (at == LAC_NONE || !lac_whole_number(&other_id, s->sequences[at].submission_id) ||
        other_id == id) {
        return LACUNA_OK;
    }
    lac_leaf_place places[] = {lac_place_sequence(&c->places, i),
                               lac_place_sequence(&c->places, at)};
    return lac_ectd_found_at(c, places, 2,
                             "submission-id %s in sequence %s, but sequence %s has %s",
                             sequence->submission_id, sequence->number, s->sequences[at].number,
                             s->sequences[at].submission_id);
}

/* ---- codes ---------------------------------------------------------------------------------- */

/* A code is a stem and a number from 1 to `most`. */
static bool is_code(const char *code, const char *stem, uint64_t most)
{
    uint64_t number;
    size_t length = strlen(stem);
    return strncmp(code, stem, length) == 0 && code[length] != '0' &&
           lac_whole_number(&number, code + length) && number >= 1 && number <= most;
}

static lacuna_status type(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    return has_activity(c, i) && !is_code(sequence->submission_type, "fdast", 11)
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "\"%s\" of sequence %s",
                                sequence->submission_type, sequence->name)
               : LACUNA_OK;
}

static lacuna_status sub_type(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    return has_activity(c, i) && !is_code(sequence->submission_sub_type, "fdasst", 7)
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "\"%s\" of sequence %s",
                                sequence->submission_sub_type, sequence->name)
               : LACUNA_OK;
}

/* The type of an activity is that of its first sequence supplied. */
static lacuna_status type_changed(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    const char *first = sequence->activity == LAC_NONE
                            ? sequence->submission_type
                            : c->submission->activities[sequence->activity].type;
    return strcmp(first, sequence->submission_type) != 0
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i),
                                "%s in sequence %s, %s before in activity %s",
                                sequence->submission_type, sequence->name, first,
                                sequence->submission_id)
               : LACUNA_OK;
}

static lacuna_status ind_only(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    const char *kind = c->submission->applications[sequence->application].type;
    return strcmp(sequence->submission_type, "fdast9") == 0 && kind[0] != '\0' &&
                   strcmp(kind, "fdaat4") != 0
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i),
                                "sequence %s of an application of type %s", sequence->name, kind)
               : LACUNA_OK;
}

/* ---- promotional material ------------------------------------------------------------------- */

typedef struct promotional {
    bool form, form_2253, labeling;
} promotional;

static bool is_form_2253(const lac_node *node)
{
    for (uint32_t k = 0; k < node->key_count; k++) {
        if (strcmp(node->keys[k].value, "fdaft5") == 0) {
            return true;
        }
    }
    return false;
}

static promotional look_at(const lac_submission *submission, const lac_sequence *sequence)
{
    promotional found = {false, false, false};
    for (uint32_t p = 0; p < sequence->placement_count; p++) {
        const lac_placement *leaf = &submission->placements[sequence->first_placement + p];
        const lac_node *node = leaf->node == LAC_NONE ? NULL : &submission->nodes[leaf->node];
        if (node != NULL && strcmp(node->element, "form") == 0 && !lac_is_deletion(leaf)) {
            found.form = true;
            found.form_2253 = found.form_2253 || is_form_2253(node);
        }
        found.labeling = found.labeling || (node != NULL && !lac_is_deletion(leaf) &&
                                            strcmp(node->heading, "1.14.6") == 0);
    }
    return found;
}

static lacuna_status promotional_form(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    if (strcmp(sequence->submission_type, "fdast8") != 0) {
        return LACUNA_OK;
    }
    promotional found = look_at(c->submission, sequence);
    return found.form && !found.form_2253
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "sequence %s", sequence->name)
               : LACUNA_OK;
}

static lacuna_status promotional_labeling(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    if (strcmp(sequence->submission_type, "fdast8") != 0) {
        return LACUNA_OK;
    }
    promotional found = look_at(c->submission, sequence);
    return found.form_2253 && !found.labeling
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "sequence %s", sequence->name)
               : LACUNA_OK;
}

/* ---- groups --------------------------------------------------------------------------------- */

static lacuna_status holder(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    return sequence->grouped_in == LAC_NONE && sequence->group_size > 1 &&
                   sequence->group_holders != 1
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i),
                                "%u of %u applications of sequence %s hold the files",
                                sequence->group_holders, sequence->group_size, sequence->name)
               : LACUNA_OK;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.activity.id-absent", LAC_EACH_SEQUENCE, id_absent},
    {"ectd.activity.id-later", LAC_EACH_SEQUENCE, id_later},
    {"ectd.activity.original-id", LAC_EACH_SEQUENCE, original_id},
    {"ectd.activity.earlier-id", LAC_EACH_SEQUENCE, earlier_id},
    {"ectd.activity.opener", LAC_EACH_SEQUENCE, opener},
    {"ectd.activity.type", LAC_EACH_SEQUENCE, type},
    {"ectd.activity.sub-type", LAC_EACH_SEQUENCE, sub_type},
    {"ectd.activity.type-changed", LAC_EACH_SEQUENCE, type_changed},
    {"ectd.activity.ind-only", LAC_EACH_SEQUENCE, ind_only},
    {"ectd.promotional.form", LAC_EACH_SEQUENCE, promotional_form},
    {"ectd.promotional.labeling", LAC_EACH_SEQUENCE, promotional_labeling},
    {"ectd.group.holder", LAC_EACH_SEQUENCE, holder},
};
LAC_ECTD_TABLE(lac_activity_rules, ENTRIES);
