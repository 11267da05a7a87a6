/* FDA's technical rejection criteria for study data: 1734, then 1735 and 1736 (1789 is a rule about
 * study tagging files). */
#include "analyzer/ectd/study_data.h"

#include <string.h>

/* ---- 1734: ts.xpt --------------------------------------------------------------------------- */

static bool lacks_ts(const lac_ectd_check *c, const lac_study *study)
{
    lac_study_files files;
    return lac_study_look_at(&files, c, study) && !files.ts &&
           (files.report || files.other_tabulation || files.analysis);
}

static lacuna_status tell_ts_absent(lac_ectd_check *c, uint32_t i, lac_due when)
{
    const lac_study *study = &c->submission->studies[i];
    return lac_study_criteria_hold(c, study) == when && lacks_ts(c, study)
               ? lac_ectd_found(c, lac_here(c, study->stf), "study %s in %s", study->id,
                                c->submission->nodes[study->node].heading)
               : LACUNA_OK;
}

static lacuna_status ts_absent(lac_ectd_check *c, uint32_t i)
{
    return tell_ts_absent(c, i, LAC_DUE_YES);
}

static lacuna_status ts_absent_ind(lac_ectd_check *c, uint32_t i)
{
    return tell_ts_absent(c, i, LAC_DUE_OPEN);
}

/* What is rejected in a commercial IND, where it is not known to be one. */
static const char *soften(lac_ectd_check *c, const lac_study *study)
{
    bool open = lac_study_criteria_hold(c, study) == LAC_DUE_OPEN;
    c->at_most = open ? LAC_SEVERITY_MINOR : LAC_SEVERITY_CRITICAL;
    return open ? "; FDA asks for it in commercial INDs" : "";
}

static const lac_trial_summary *summary_of(lac_study_files *files, const lac_ectd_check *c,
                                           const lac_study *study)
{
    if (!lac_study_look_at(files, c, study) || files->ts_leaf == LAC_NONE ||
        lac_study_criteria_hold(c, study) == LAC_DUE_NO) {
        return NULL;
    }
    uint32_t file = c->submission->placements[files->ts_leaf].file;
    return file == LAC_NONE ? NULL : lac_submission_summary(c->submission, file);
}

static lacuna_status ts_study_id(lac_ectd_check *c, uint32_t i)
{
    lac_study_files files;
    const lac_study *study = &c->submission->studies[i];
    const lac_trial_summary *summary = summary_of(&files, c, study);
    lac_span id = lac_span_trim(lac_span_of(study->id));
    if (summary == NULL || id.len == 0) {
        return LACUNA_OK;
    }
    bool same = lac_span_is(id, summary->study_id);
    const char *other = same ? summary->other_study_id : summary->study_id;
    if (same && other[0] == '\0') {
        return LACUNA_OK;
    }
    const char *softened = soften(c, study);
    return lac_ectd_found(c, lac_here(c, files.ts_leaf),
                          "STUDYID is \"%s\", the study tagging file says \"%s\"%s", other,
                          study->id, softened);
}

static lacuna_status ts_start(lac_ectd_check *c, uint32_t i)
{
    lac_study_files files;
    const lac_study *study = &c->submission->studies[i];
    if (summary_of(&files, c, study) == NULL) {
        return LACUNA_OK;
    }
    const lac_trial_start *start = lac_study_start(c, study, &files);
    bool blank = start->value[0] == '\0';
    if (lac_is_iso_date(start->value) || (blank && start->null_flavor[0] != '\0')) {
        return LACUNA_OK;
    }
    const char *parameter = lac_study_is_nonclinical(c, study) ? "STSTDTC" : "SSTDTC";
    const char *softened = soften(c, study);
    return blank ? lac_ectd_found(c, lac_here(c, files.ts_leaf),
                                  "study %s has no %s and no null flavor for it%s", study->id,
                                  parameter, softened)
                 : lac_ectd_found(c, lac_here(c, files.ts_leaf),
                                  "%s of study %s is \"%s\", which is no ISO 8601 date%s",
                                  parameter, study->id, start->value, softened);
}

/* ---- 1736: the datasets that go with it ----------------------------------------------------- */

static const char *is_lacking(bool lacking, const char *what)
{
    return lacking ? what : "";
}

static lacuna_status datasets_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    lac_study_files files;
    const char *why, *after;
    if (!lac_study_look_at(&files, c, study) || !files.ts) {
        return LACUNA_OK; /* 1734 comes first */
    }
    lac_due due = lac_study_data_due(&why, &after, c, study, &files);
    bool tabulation = due == LAC_DUE_YES || files.other_tabulation;
    bool no_dm = tabulation && !files.dm;
    bool no_tabulation = tabulation && !files.tabulation_definition;
    bool no_adsl = files.analysis && !files.adsl;
    bool no_analysis = files.analysis && !files.analysis_definition;
    if (due == LAC_DUE_NO || !(no_dm || no_tabulation || no_adsl || no_analysis)) {
        return LACUNA_OK;
    }
    c->at_most = due == LAC_DUE_OPEN ? LAC_SEVERITY_MINOR : LAC_SEVERITY_CRITICAL;
    const lac_trial_start *start = lac_study_start(c, study, &files);
    return lac_ectd_found(
        c, lac_here(c, study->stf), "study %s%s%s%s%s lacks%s%s%s%s%s%s", study->id,
        start == NULL ? "" : ", begun ", start == NULL ? "" : start->value,
        start == NULL ? "" : " after ", start == NULL ? "" : after, is_lacking(no_dm, " dm.xpt"),
        is_lacking(no_tabulation, " define.xml of the tabulations"),
        is_lacking(no_adsl, " adsl.xpt"),
        is_lacking(no_analysis, " define.xml of the analysis data"),
        is_lacking(due == LAC_DUE_OPEN, "; it is not certain that they are due: "), why);
}

static lacuna_status data_undecided(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    lac_study_files files;
    const char *why, *after;
    if (!lac_study_look_at(&files, c, study) || !files.ts) {
        return LACUNA_OK;
    }
    lac_due due = lac_study_data_due(&why, &after, c, study, &files);
    if (due == LAC_DUE_OPEN && !files.other_tabulation && !files.analysis) {
        return lac_ectd_found(c, lac_here(c, study->stf), "study %s: %s", study->id, why);
    }
    bool no_analysis = due == LAC_DUE_YES && !files.analysis && !lac_study_is_nonclinical(c, study);
    return no_analysis
               ? lac_ectd_found(c, lac_here(c, study->stf),
                                "study %s has no analysis data (ADaM); whether they are due for "
                                "every such study was not seen in a source",
                                study->id)
               : LACUNA_OK;
}

/* ---- 1735: tags ----------------------------------------------------------------------------- */

/* ".xpt" carries a tag of a dataset, define.xml one of a data definition; SEND is for nonclinical
 * studies, SDTM for clinical ones. */
static bool is_tagged_wrong(const char *name, const char *tag, bool nonclinical)
{
    if (strcmp(name, "define.xml") == 0) {
        return strstr(tag, "data-definition") == NULL;
    }
    const char *other =
        nonclinical ? "data-tabulation-dataset-sdtm" : "data-tabulation-dataset-send";
    return lac_span_ends_nocase(lac_span_of(name), ".xpt") &&
           (strstr(tag, "dataset") == NULL || strcmp(tag, other) == 0);
}

static lacuna_status dataset_tag(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    lacuna_status status = LACUNA_OK;
    if (!lac_study_in_scope(c, study)) {
        return LACUNA_OK;
    }
    bool nonclinical = lac_study_is_nonclinical(c, study);
    for (uint32_t d = 0; d < study->document_count && status == LACUNA_OK; d++) {
        const lac_study_document *document = &study->documents[d];
        const char *name = lac_study_file_name(c, document);
        if (is_tagged_wrong(name, document->tag, nonclinical)) {
            lac_leaf_place places[] = {lac_here(c, document->stf),
                                       lac_here(c, document->placement)};
            status = lac_ectd_found_at(c, places, 2, "%s of study %s is tagged \"%s\"", name,
                                       study->id, document->tag);
        }
    }
    return status;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.study.ts-absent", LAC_EACH_STUDY, ts_absent},
    {"ectd.study.ts-absent-ind", LAC_EACH_STUDY, ts_absent_ind},
    {"ectd.study.ts-study-id", LAC_EACH_STUDY, ts_study_id},
    {"ectd.study.ts-start", LAC_EACH_STUDY, ts_start},
    {"ectd.study.dataset-tag", LAC_EACH_STUDY, dataset_tag},
    {"ectd.study.datasets-absent", LAC_EACH_STUDY, datasets_absent},
    {"ectd.study.data-undecided", LAC_EACH_STUDY, data_undecided},
};
LAC_ECTD_TABLE(lac_study_data_rules, ENTRIES);
