/* Sequences and applications: backbones, folders, numbers. */
#include "analyzer/ectd/check.h"

#include <string.h>

static const char XLINK[] = "http://www.w3c.org/1999/xlink"; /* as both DTDs fix it */

enum {
    SHOWN_NUMBERS = 400 /* bytes */,
    NUMBER_MOST_3 = 9999,
    NUMBER_MOST_4 = 999999,
    CIRCLE_MOST = 64
};

static bool is_own_3(const lac_sequence *sequence)
{
    return sequence->standard == LAC_STANDARD_ECTD_3 && sequence->grouped_in == LAC_NONE;
}

static lacuna_status index_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    return is_own_3(sequence) && c->own[i].index == LAC_NONE
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "sequence %s", sequence->name)
               : LACUNA_OK;
}

static lacuna_status regional_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    return is_own_3(sequence) && c->own[i].regional == LAC_NONE
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "sequence %s", sequence->name)
               : LACUNA_OK;
}

/* The DTD fixes the version, so a backbone may leave it out. */
static lacuna_status regional_version(lac_ectd_check *c, uint32_t i)
{
    const lac_backbone *backbone = &c->submission->backbones[i];
    return backbone->kind == LAC_BACKBONE_REGIONAL && backbone->dtd_version[0] != '\0' &&
                   strcmp(backbone->dtd_version, "3.3") != 0
               ? lac_ectd_found(c, lac_place_backbone(&c->places, i), "dtd-version \"%s\"",
                                backbone->dtd_version)
               : LACUNA_OK;
}

static lacuna_status xlink(lac_ectd_check *c, uint32_t i)
{
    const lac_backbone *backbone = &c->submission->backbones[i];
    return backbone->kind != LAC_BACKBONE_UNIT && backbone->xlink[0] != '\0' &&
                   strcmp(backbone->xlink, XLINK) != 0
               ? lac_ectd_found(c, lac_place_backbone(&c->places, i), "\"%s\"", backbone->xlink)
               : LACUNA_OK;
}

/* ---- numbers -------------------------------------------------------------------------------- */

/* A grouped sequence lies in the folder of another, which has another number. */
static lacuna_status folder(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    uint64_t written;
    uint64_t named;
    bool given = lac_whole_number(&written, sequence->number);
    bool same = lac_whole_number(&named, sequence->name) && named == written;
    return given && !same && sequence->grouped_in == LAC_NONE
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i),
                                "the folder is %s, the envelope says %s", sequence->name,
                                sequence->number)
               : LACUNA_OK;
}

static lacuna_status gap(lac_ectd_check *c, uint32_t i)
{
    const lac_application *application = &c->submission->applications[i];
    if (application->missing_count == 0 || c->selected != NULL ||
        !lac_ectd_applies(c, application->first_sequence)) {
        return LACUNA_OK;
    }
    lac_buf numbers;
    lac_buf_init(&numbers, SHOWN_NUMBERS);
    uint32_t shown = 0;
    while (shown < application->missing_count &&
           lac_buf_printf(&numbers, "%s%s", shown == 0 ? "" : ", ",
                          application->missing_sequences[shown]) == LACUNA_OK) {
        shown++;
    }
    lacuna_status status = lac_ectd_found(
        c, lac_place_application(&c->places, i), "%u of %s: %s%s", application->missing_count,
        application->id, lac_buf_text(&numbers), shown < application->missing_count ? " ..." : "");
    lac_buf_free(&numbers);
    return status;
}

/* Sequences of one application stand in the order of their numbers. */
static lacuna_status twice(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    const lac_sequence *before = i == 0 ? NULL : &c->submission->sequences[i - 1];
    uint64_t number;
    uint64_t other;
    if (before == NULL || before->application != sequence->application ||
        !lac_sequence_number(&number, sequence) || !lac_sequence_number(&other, before) ||
        number != other) {
        return LACUNA_OK;
    }
    lac_leaf_place places[] = {lac_place_sequence(&c->places, i),
                               lac_place_sequence(&c->places, i - 1)};
    return lac_ectd_found_at(c, places, 2, "%s in %s and %s",
                             sequence->number[0] != '\0' ? sequence->number : sequence->name,
                             before->folder, sequence->folder);
}

static lacuna_status number_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    uint32_t at = sequence->standard == LAC_STANDARD_ECTD_4 ? c->own[i].unit : c->own[i].regional;
    const lac_backbone *envelope = at == LAC_NONE ? NULL : &c->submission->backbones[at];
    return envelope != NULL && envelope->complete && sequence->number[0] == '\0'
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "sequence %s", sequence->name)
               : LACUNA_OK;
}

static lacuna_status number(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    bool v4 = sequence->standard == LAC_STANDARD_ECTD_4;
    uint64_t value;
    bool whole = lac_whole_number(&value, sequence->number) && value >= 1;
    bool fine = whole && (v4 ? value <= NUMBER_MOST_4 && sequence->number[0] != '0'
                             : value <= NUMBER_MOST_3 && strlen(sequence->number) <= 4);
    return sequence->number[0] != '\0' && !fine
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "\"%s\"", sequence->number)
               : LACUNA_OK;
}

/* ---- relations ------------------------------------------------------------------------------ */

/* The sequence of the application with this number; LAC_NONE. They are in the order of it. */
static uint32_t find_number(const lac_ectd_check *c, uint32_t application, uint64_t wanted)
{
    const lac_application *of = &c->submission->applications[application];
    uint32_t low = of->first_sequence;
    uint32_t high = of->first_sequence + of->sequence_count;
    while (low < high) {
        uint64_t own = 0;
        uint32_t middle = low + (high - low) / 2;
        (void)lac_sequence_number(&own, &c->submission->sequences[middle]);
        if (own == wanted) {
            return middle;
        }
        low = own < wanted ? middle + 1 : low;
        high = own < wanted ? high : middle;
    }
    return LAC_NONE;
}

/* The other sequence that one names as the beginning of its activity; LAC_NONE: none. */
static uint32_t related_of(const lac_ectd_check *c, uint32_t sequence)
{
    const lac_sequence *s = &c->submission->sequences[sequence];
    const char *written = s->submission_id[0] != '\0' ? s->submission_id : s->related;
    uint64_t number;
    uint32_t at =
        lac_whole_number(&number, written) ? find_number(c, s->application, number) : LAC_NONE;
    return at == sequence ? LAC_NONE : at;
}

/* Told once, at the first sequence of the circle. Circles of more than CIRCLE_MOST sequences are
 * not followed, so that long histories stay cheap. */
static lacuna_status related_cycle(lac_ectd_check *c, uint32_t i)
{
    uint32_t at = related_of(c, i);
    for (uint32_t step = 0; step < CIRCLE_MOST && at != LAC_NONE && at > i; step++) {
        at = related_of(c, at);
    }
    return at == i ? lac_ectd_found(c, lac_place_sequence(&c->places, i),
                                    "following what %s is related to leads back to it",
                                    c->submission->sequences[i].name)
                   : LACUNA_OK;
}

/* ---- applications --------------------------------------------------------------------------- */

static lacuna_status application_number(lac_ectd_check *c, uint32_t i)
{
    const lac_application *application = &c->submission->applications[i];
    bool fine = strspn(application->id, "0123456789") == 6 && application->id[6] == '\0';
    return !fine && lac_ectd_applies(c, application->first_sequence)
               ? lac_ectd_found(c, lac_place_application(&c->places, i), "\"%s\"", application->id)
               : LACUNA_OK;
}

static lacuna_status application_type(lac_ectd_check *c, uint32_t i)
{
    static const char *const types[] = {"fdaat1", "fdaat2", "fdaat3", "fdaat4", "fdaat5",
                                        "fdaat6", "fdaat7", "fdaat8", "fdaat9", "fdaat10"};
    const lac_texts known = {types, sizeof types / sizeof types[0]};
    const lac_application *application = &c->submission->applications[i];
    return !lac_texts_hold(&known, application->type) &&
                   lac_ectd_applies(c, application->first_sequence)
               ? lac_ectd_found(c, lac_place_application(&c->places, i), "\"%s\" of %s",
                                application->type, application->id)
               : LACUNA_OK;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.backbone.index-absent", LAC_EACH_SEQUENCE, index_absent},
    {"ectd.backbone.regional-absent", LAC_EACH_SEQUENCE, regional_absent},
    {"ectd.backbone.regional-version", LAC_EACH_BACKBONE, regional_version},
    {"ectd.backbone.xlink", LAC_EACH_BACKBONE, xlink},
    {"ectd.sequence.folder", LAC_EACH_SEQUENCE, folder},
    {"ectd.sequence.gap", LAC_EACH_APPLICATION, gap},
    {"ectd.sequence.twice", LAC_EACH_SEQUENCE, twice},
    {"ectd.sequence.related-cycle", LAC_EACH_SEQUENCE, related_cycle},
    {"ectd.sequence.number-absent", LAC_EACH_SEQUENCE, number_absent},
    {"ectd.sequence.number", LAC_EACH_SEQUENCE, number},
    {"ectd.application.number", LAC_EACH_APPLICATION, application_number},
    {"ectd.application.type", LAC_EACH_APPLICATION, application_type},
};
LAC_ECTD_TABLE(lac_sequence_rules, ENTRIES);
