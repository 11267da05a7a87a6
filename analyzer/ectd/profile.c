#include "analyzer/ectd/profile.h"

#include "analyzer/ectd/check.h"
#include "support/buf.h"
#include "support/error.h"

#include <string.h>

typedef struct code {
    const char *code, *name;
} code;

/* FDA's lists; eCTD 4.0 numbers them alike. */
static const code APPLICATIONS[] = {
    {"fdaat1", "nda"},  {"us_application_type_1", "nda"},
    {"fdaat2", "anda"}, {"us_application_type_2", "anda"},
    {"fdaat3", "bla"},  {"us_application_type_3", "bla"},
    {"fdaat4", "ind"},  {"us_application_type_4", "ind"},
    {"fdaat5", "dmf"},  {"us_application_type_5", "dmf"},
    {"fdaat6", "eua"},
};

static const code SUBMISSIONS[] = {
    {"1", "original"},          {"2", "efficacy-supplement"},
    {"3", "cmc-supplement"},    {"4", "labeling-supplement"},
    {"5", "annual-report"},     {"6", "correspondence"},
    {"7", "postmarketing"},     {"8", "promotional"},
    {"9", "ind-safety-report"}, {"10", "periodic-safety-report"},
    {"11", "rems-supplement"},
};

static const char *look_up(const code *codes, size_t count, const char *written)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(codes[i].code, written) == 0) {
            return codes[i].name;
        }
    }
    return NULL;
}

static const char *submission_name(const char *written)
{
    static const char *const stems[] = {"fdast", "us_submission_type_"};
    for (size_t i = 0; i < sizeof stems / sizeof stems[0]; i++) {
        size_t length = strlen(stems[i]);
        if (strncmp(written, stems[i], length) == 0) {
            return look_up(SUBMISSIONS, sizeof SUBMISSIONS / sizeof SUBMISSIONS[0],
                           written + length);
        }
    }
    if (strcmp(written, "initial-maa") == 0) {
        return "original"; /* EU */
    }
    return written[0] == '\0' ? NULL : written;
}

/* ---- history -------------------------------------------------------------------------------- */

static bool opens_activity(const lac_sequence *sequence)
{
    uint64_t own;
    uint64_t id;
    return lac_whole_number(&own, sequence->number) &&
           lac_whole_number(&id, sequence->submission_id) && own == id;
}

static bool has_unresolvable(const lac_submission *submission, const lac_sequence *sequence)
{
    for (uint32_t p = 0; p < sequence->placement_count; p++) {
        const lac_placement *leaf = &submission->placements[sequence->first_placement + p];
        for (uint32_t k = 0; k < leaf->link_count; k++) {
            if (leaf->links[k].reference == LAC_REFERENCE_UNRESOLVABLE) {
                return true;
            }
        }
    }
    return false;
}

/* From its beginning, or from the opening of its first activity on, without holes. */
static bool is_whole(const lac_submission *submission, uint32_t application)
{
    const lac_application *a = &submission->applications[application];
    const lac_sequence *first = &submission->sequences[a->first_sequence];
    uint64_t number;
    bool begins = lac_sequence_number(&number, first) && number <= 1;
    if (a->missing_count > 0 || !(begins || opens_activity(first))) {
        return false;
    }
    for (uint32_t i = 0; i < a->sequence_count; i++) {
        if (has_unresolvable(submission, &submission->sequences[a->first_sequence + i])) {
            return false;
        }
    }
    return true;
}

/* ---- reading -------------------------------------------------------------------------------- */

lacuna_status lac_profile_read(lac_profile *out, const lac_submission *submission,
                               uint32_t application, uint32_t sequence, lac_arena *arena,
                               lacuna_error *err)
{
    const lac_application *a = &submission->applications[application];
    const char **names = lac_arena_array(arena, a->sequence_count, sizeof *names);
    *out = (lac_profile){.region = ""};
    if (names == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < a->sequence_count; i++) {
        uint32_t at = a->first_sequence + i;
        if (sequence != LAC_NONE && at != sequence) {
            continue;
        }
        const lac_sequence *s = &submission->sequences[at];
        names[out->submission_count++] = submission_name(s->submission_type);
        out->region = out->region[0] == '\0' ? s->region : out->region;
    }
    out->submissions = names;
    out->application =
        strcmp(out->region, "eu") == 0
            ? "maa"
            : look_up(APPLICATIONS, sizeof APPLICATIONS / sizeof APPLICATIONS[0], a->type);
    out->whole = sequence == LAC_NONE ? is_whole(submission, application)
                                      : opens_activity(&submission->sequences[sequence]);
    return LACUNA_OK;
}

static bool add_fact(const char **texts, uint32_t *count, lac_arena *arena, const char *key,
                     const char *value)
{
    lac_buf text;
    lac_buf_init(&text, 128);
    bool ok = lac_buf_printf(&text, "%s=%s", key, value) == LACUNA_OK;
    lacuna_status allowed = ok ? lac_told_allowed(lac_buf_text(&text), NULL) : LACUNA_E_NOMEM;
    ok = allowed == LACUNA_OK || allowed == LACUNA_E_ARGUMENT;
    /* A code that no list of facts knows is no fact. */
    if (allowed == LACUNA_OK) {
        texts[*count] = lac_arena_copy(arena, lac_buf_span(&text));
        ok = texts[*count] != NULL;
        *count += ok ? 1 : 0;
    }
    lac_buf_free(&text);
    return ok;
}

lacuna_status lac_filed_facts(lac_told_facts *out, const lac_submission *submission,
                              uint32_t application, lac_arena *arena, lacuna_error *err)
{
    lac_profile profile;
    *out = (lac_told_facts){NULL, 0};
    const char **texts = lac_arena_array(arena, 2, sizeof *texts);
    if (texts == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status =
        lac_profile_read(&profile, submission, application, LAC_NONE, arena, err);
    bool ok = status == LACUNA_OK;
    if (ok && profile.application != NULL) {
        ok = add_fact(texts, &out->count, arena, "application", profile.application);
    }
    if (ok && profile.region[0] != '\0') {
        ok = add_fact(texts, &out->count, arena, "region", profile.region);
    }
    out->texts = texts;
    return ok || status != LACUNA_OK ? status : lac_fail_nomem(err);
}

/* ---- conditions ----------------------------------------------------------------------------- */

lac_truth lac_truth_and(lac_truth a, lac_truth b)
{
    if (a == LAC_TRUTH_FALSE || b == LAC_TRUTH_FALSE) {
        return LAC_TRUTH_FALSE;
    }
    return a == LAC_TRUTH_TRUE && b == LAC_TRUTH_TRUE ? LAC_TRUTH_TRUE : LAC_TRUTH_UNKNOWN;
}

lac_truth lac_profile_facts(const lac_profile *profile, const lac_profile_condition *condition)
{
    lac_truth truth = condition->fact_count == 0 ? LAC_TRUTH_UNKNOWN : LAC_TRUTH_FALSE;
    for (uint32_t i = 0; i < condition->fact_count; i++) {
        char key[64];
        const char *fact = condition->facts[i];
        size_t length = strcspn(fact, "=");
        if (length >= sizeof key) {
            return LAC_TRUTH_UNKNOWN;
        }
        memcpy(key, fact, length);
        key[length] = '\0';
        const char *value = lac_told(profile->told, key);
        if (value != NULL && fact[length] == '=' && strcmp(value, fact + length + 1) == 0) {
            return LAC_TRUTH_TRUE;
        }
        truth = value == NULL ? LAC_TRUTH_UNKNOWN : truth;
    }
    return truth;
}

/* "nda?" asks for more than the kind of application tells. */
lac_truth lac_profile_application(const lac_profile *profile,
                                  const lac_profile_condition *condition)
{
    if (condition->application_count == 0) {
        return LAC_TRUTH_TRUE;
    }
    if (profile->application == NULL) {
        return LAC_TRUTH_UNKNOWN;
    }
    size_t length = strlen(profile->application);
    for (uint32_t i = 0; i < condition->application_count; i++) {
        const char *wanted = condition->applications[i];
        if (strncmp(wanted, profile->application, length) == 0 &&
            (wanted[length] == '\0' || wanted[length] == '?')) {
            return wanted[length] == '\0' ? LAC_TRUTH_TRUE : lac_profile_facts(profile, condition);
        }
    }
    return LAC_TRUTH_FALSE;
}

static lac_truth submission_truth(const lac_profile *profile,
                                  const lac_profile_condition *condition)
{
    const lac_texts wanted = {condition->submissions, condition->submission_count};
    lac_truth truth = LAC_TRUTH_FALSE;
    if (wanted.count == 0) {
        return LAC_TRUTH_TRUE;
    }
    for (uint32_t i = 0; i < profile->submission_count; i++) {
        if (profile->submissions[i] == NULL) {
            truth = LAC_TRUTH_UNKNOWN;
        } else if (lac_texts_hold(&wanted, profile->submissions[i])) {
            return LAC_TRUTH_TRUE;
        }
    }
    return truth;
}

bool lac_profile_format(const lac_profile_condition *condition)
{
    const lac_texts formats = {condition->formats, condition->format_count};
    return formats.count == 0 || lac_texts_hold(&formats, "ectd");
}

lac_truth lac_profile_truth(const lac_profile *profile, const lac_profile_condition *condition)
{
    lac_truth truth = lac_truth_and(lac_profile_application(profile, condition),
                                    submission_truth(profile, condition));
    return lac_profile_format(condition) ? truth : LAC_TRUTH_FALSE;
}
