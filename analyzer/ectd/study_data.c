#include "analyzer/ectd/study_data.h"

#include <string.h>

/* ---- files ---------------------------------------------------------------------------------- */

static bool is_current(const lac_ectd_check *c, const lac_study_document *document)
{
    return document->placement != LAC_NONE &&
           c->submission->placements[document->placement].state == LAC_STATE_CURRENT;
}

const char *lac_study_file_name(const lac_ectd_check *c, const lac_study_document *document)
{
    if (!is_current(c, document)) {
        return "";
    }
    const lac_placement *leaf = &c->submission->placements[document->placement];
    return lac_base_name(leaf->file != LAC_NONE ? c->submission->files[leaf->file].path
                                                : leaf->href);
}

/* A dataset or define.xml counts by its name whatever its tag: a wrong tag is a finding of its own.
 */
static void note_define(lac_study_files *files, const lac_study_scope *scope, const char *tag)
{
    bool tabulation = lac_texts_hold(&scope->tabulation_definition, tag);
    bool analysis = lac_texts_hold(&scope->analysis_definition, tag);
    bool wrong = !tabulation && !analysis;
    files->tabulation_definition = files->tabulation_definition || tabulation || wrong;
    files->analysis_definition = files->analysis_definition || analysis || wrong;
}

static void note(lac_study_files *files, const lac_ectd_check *c,
                 const lac_study_document *document)
{
    const char *name = lac_study_file_name(c, document);
    if (name[0] == '\0') {
        return;
    }
    bool ts = strcmp(name, "ts.xpt") == 0; /* the criteria want exactly this name */
    bool define = strcmp(name, "define.xml") == 0;
    bool tabulation = lac_texts_hold(&c->scope.tabulation, document->tag);
    bool analysis = lac_texts_hold(&c->scope.analysis, document->tag);
    files->report = files->report || lac_texts_hold(&c->scope.reports, document->tag);
    files->other_tabulation = files->other_tabulation || (tabulation && !ts && !define);
    files->dm = files->dm || strcmp(name, "dm.xpt") == 0;
    files->analysis = files->analysis || (analysis && !define);
    files->adsl = files->adsl || strcmp(name, "adsl.xpt") == 0;
    if (define) {
        note_define(files, &c->scope, document->tag);
    }
    if (ts && !files->ts) {
        files->ts = true;
        files->ts_leaf = document->placement;
    }
}

bool lac_study_in_scope(const lac_ectd_check *c, const lac_study *study)
{
    return study->node != LAC_NONE &&
           lac_texts_cover(&c->scope.sections, c->submission->nodes[study->node].heading);
}

bool lac_study_look_at(lac_study_files *files, const lac_ectd_check *c, const lac_study *study)
{
    memset(files, 0, sizeof *files);
    files->ts_leaf = LAC_NONE;
    const lac_placement *stf = &c->submission->placements[study->stf];
    bool whole = stf->link_count == 0 || stf->links[0].reference == LAC_REFERENCE_RESOLVED;
    if (!whole || !lac_study_in_scope(c, study)) {
        return false;
    }
    for (uint32_t d = 0; d < study->document_count; d++) {
        const lac_study_document *document = &study->documents[d];
        if (document->placement == LAC_NONE && document->reference == LAC_REFERENCE_UNRESOLVABLE) {
            return false;
        }
        note(files, c, document);
    }
    return true;
}

/* ---- dates ---------------------------------------------------------------------------------- */

static bool in_range(const char *digits, size_t count, uint64_t min, uint64_t max)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) {
        if (digits[i] < '0' || digits[i] > '9') {
            return false;
        }
        value = value * 10 + (uint64_t)(digits[i] - '0');
    }
    return value >= min && value <= max;
}

/* How many characters of the text are a date: 4, 7, 10; 0: it is none. */
static size_t date_length(const char *text)
{
    if (!in_range(text, 4, 1, 9999)) {
        return 0;
    }
    if (text[4] == '\0') {
        return 4;
    }
    if (text[4] != '-' || !in_range(text + 5, 2, 1, 12)) {
        return 0;
    }
    if (text[7] == '\0') {
        return 7;
    }
    bool day = text[7] == '-' && in_range(text + 8, 2, 1, 31);
    return day && (text[10] == '\0' || text[10] == 'T') ? 10 : 0;
}

bool lac_is_iso_date(const char *text)
{
    return date_length(text) != 0;
}

/* A start of less precision than the day may lie on both sides. */
static lac_due is_after(const char *start, const char *date)
{
    size_t length = date_length(start);
    int order = strncmp(start, date, length);
    if (order == 0 && length < strlen(date)) {
        return LAC_DUE_OPEN;
    }
    return order > 0 ? LAC_DUE_YES : LAC_DUE_NO;
}

/* ---- whether data are due ------------------------------------------------------------------- */

bool lac_study_is_nonclinical(const lac_ectd_check *c, const lac_study *study)
{
    return study->node != LAC_NONE &&
           lac_texts_cover(&c->scope.nonclinical, c->submission->nodes[study->node].heading);
}

static const lac_cut_off *cut_off_of(const lac_ectd_check *c, const lac_study *study)
{
    const char *type = c->submission->applications[study->application].type;
    for (uint32_t i = 0; i < c->scope.cut_off_count; i++) {
        if (lac_texts_hold(&c->scope.cut_offs[i].applications, type)) {
            return &c->scope.cut_offs[i];
        }
    }
    return NULL;
}

lac_due lac_study_criteria_hold(const lac_ectd_check *c, const lac_study *study)
{
    const lac_cut_off *cut_off = cut_off_of(c, study);
    if (cut_off == NULL) {
        return LAC_DUE_NO;
    }
    const char *ind = lac_told(c->facts, "ind");
    if (!cut_off->commercial) {
        return LAC_DUE_YES;
    }
    return ind == NULL ? LAC_DUE_OPEN : strcmp(ind, "commercial") == 0 ? LAC_DUE_YES : LAC_DUE_NO;
}

const lac_trial_start *lac_study_start(const lac_ectd_check *c, const lac_study *study,
                                       const lac_study_files *files)
{
    uint32_t file =
        files->ts_leaf == LAC_NONE ? LAC_NONE : c->submission->placements[files->ts_leaf].file;
    const lac_trial_summary *summary =
        file == LAC_NONE ? NULL : lac_submission_summary(c->submission, file);
    if (summary == NULL) {
        return NULL;
    }
    return lac_study_is_nonclinical(c, study) ? &summary->nonclinical : &summary->clinical;
}

/* CBER's dates for nonclinical studies are others. */
static bool is_left_to_cber(const lac_ectd_check *c, const lac_study *study)
{
    const char *centre = lac_told(c->facts, "centre");
    const char *type = c->submission->applications[study->application].type;
    bool may_be = centre == NULL ? lac_texts_hold(&c->scope.cber_applications, type)
                                 : strcmp(centre, "cber") == 0;
    return may_be && study->node != LAC_NONE &&
           lac_texts_cover(&c->scope.cber_sections, c->submission->nodes[study->node].heading);
}

lac_due lac_study_data_due(const char **why, const char **after, const lac_ectd_check *c,
                           const lac_study *study, const lac_study_files *files)
{
    const lac_cut_off *cut_off = cut_off_of(c, study);
    const lac_trial_start *start = lac_study_start(c, study, files);
    *why = "";
    *after = cut_off == NULL ? NULL : cut_off->after;
    if (cut_off == NULL || lac_study_criteria_hold(c, study) == LAC_DUE_NO) {
        return LAC_DUE_NO;
    }
    if (start == NULL) {
        *why = "its ts.xpt was not read";
        return LAC_DUE_OPEN;
    }
    if (!lac_is_iso_date(start->value)) {
        return LAC_DUE_NO; /* without a start the criterion does not come up; 1734 tells */
    }
    lac_due due = is_after(start->value, cut_off->after);
    if (due == LAC_DUE_OPEN) {
        *why = "the start in ts.xpt is not written to the day";
    } else if (due == LAC_DUE_YES && is_left_to_cber(c, study)) {
        *why = "CBER has other dates for nonclinical studies, which were not seen in a source";
        due = LAC_DUE_OPEN;
    } else if (due == LAC_DUE_YES && lac_study_criteria_hold(c, study) == LAC_DUE_OPEN) {
        *why = "whether the IND is a commercial one, the envelope does not tell";
        due = LAC_DUE_OPEN;
    }
    return due;
}
