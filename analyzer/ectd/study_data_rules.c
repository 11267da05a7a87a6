/* FDA's technical rejection criteria for study data, as far as names and tags decide them. */
#include "analyzer/ectd/check.h"

#include <string.h>

/* What a study holds, by names and tags of its files. */
typedef struct study_files {
    bool report, ts, other_tabulation, dm, tabulation_definition;
    bool analysis, adsl, analysis_definition;
} study_files;

static const char *name_of(const lac_ectd_check *c, const lac_study_document *document)
{
    if (document->placement == LAC_NONE) {
        return "";
    }
    const lac_placement *leaf = &c->submission->placements[document->placement];
    return lac_base_name(leaf->file != LAC_NONE ? c->submission->files[leaf->file].path
                                                : leaf->href);
}

static void note(study_files *files, const lac_study_scope *scope, const char *name,
                 const char *tag)
{
    bool ts = strcmp(name, "ts.xpt") == 0; /* the criteria want exactly this name */
    bool define = strcmp(name, "define.xml") == 0;
    bool tabulation = lac_texts_hold(&scope->tabulation, tag);
    bool analysis = lac_texts_hold(&scope->analysis, tag);
    files->report = files->report || lac_texts_hold(&scope->reports, tag);
    files->ts = files->ts || ts;
    files->other_tabulation = files->other_tabulation || (tabulation && !ts && !define);
    files->dm = files->dm || (tabulation && strcmp(name, "dm.xpt") == 0);
    files->tabulation_definition = files->tabulation_definition ||
                                   (define && lac_texts_hold(&scope->tabulation_definition, tag));
    files->analysis = files->analysis || (analysis && !define);
    files->adsl = files->adsl || (analysis && strcmp(name, "adsl.xpt") == 0);
    files->analysis_definition =
        files->analysis_definition || (define && lac_texts_hold(&scope->analysis_definition, tag));
}

/* False: the study is out of scope, or a part of it is in sequences that were not supplied. */
static bool look_at(study_files *files, const lac_ectd_check *c, const lac_study *study)
{
    memset(files, 0, sizeof *files);
    const lac_placement *stf = &c->submission->placements[study->stf];
    bool whole = stf->link_count == 0 || stf->links[0].reference == LAC_REFERENCE_RESOLVED;
    if (!whole || study->node == LAC_NONE ||
        !lac_texts_cover(&c->scope.sections, c->submission->nodes[study->node].heading)) {
        return false;
    }
    for (uint32_t d = 0; d < study->document_count; d++) {
        const lac_study_document *document = &study->documents[d];
        if (document->placement == LAC_NONE && document->reference == LAC_REFERENCE_UNRESOLVABLE) {
            return false;
        }
        note(files, &c->scope, name_of(c, document), document->tag);
    }
    return true;
}

/* Only commercial INDs need study data, and no envelope tells which one is. */
static bool is_ind(const lac_ectd_check *c, const lac_study *study)
{
    return strcmp(c->submission->applications[study->application].type, "fdaat4") == 0;
}

static lacuna_status tell_ts_absent(lac_ectd_check *c, const lac_study *study)
{
    study_files files;
    return look_at(&files, c, study) && !files.ts &&
                   (files.report || files.other_tabulation || files.analysis)
               ? lac_ectd_found(c, lac_here(c, study->stf), "study %s in %s", study->id,
                                c->submission->nodes[study->node].heading)
               : LACUNA_OK;
}

static lacuna_status ts_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    return is_ind(c, study) ? LACUNA_OK : tell_ts_absent(c, study);
}

static lacuna_status ts_absent_ind(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    return is_ind(c, study) ? tell_ts_absent(c, study) : LACUNA_OK;
}

static lacuna_status datasets_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    study_files files;
    if (!look_at(&files, c, study) || !files.ts) {
        return LACUNA_OK; /* 1734 comes first */
    }
    bool no_dm = files.other_tabulation && !files.dm;
    bool no_tabulation = files.other_tabulation && !files.tabulation_definition;
    bool no_adsl = files.analysis && !files.adsl;
    bool no_analysis = files.analysis && !files.analysis_definition;
    return no_dm || no_tabulation || no_adsl || no_analysis
               ? lac_ectd_found(c, lac_here(c, study->stf), "study %s lacks%s%s%s%s", study->id,
                                no_dm ? " dm.xpt" : "",
                                no_tabulation ? " define.xml of the tabulations" : "",
                                no_adsl ? " adsl.xpt" : "",
                                no_analysis ? " define.xml of the analysis data" : "")
               : LACUNA_OK;
}

static lacuna_status data_undecided(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    study_files files;
    return look_at(&files, c, study) && files.ts && !files.other_tabulation && !files.analysis
               ? lac_ectd_found(c, lac_here(c, study->stf), "study %s", study->id)
               : LACUNA_OK;
}

/* ".xpt" carries a tag of a dataset, define.xml one of a data definition; in the sections of the
 * criteria only. */
static bool is_tagged_wrong(const char *name, const char *tag)
{
    if (strcmp(name, "define.xml") == 0) {
        return strstr(tag, "data-definition") == NULL;
    }
    return lac_span_ends_nocase(lac_span_of(name), ".xpt") && strstr(tag, "dataset") == NULL;
}

static lacuna_status dataset_tag(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    lacuna_status status = LACUNA_OK;
    if (study->node == LAC_NONE ||
        !lac_texts_cover(&c->scope.sections, c->submission->nodes[study->node].heading)) {
        return LACUNA_OK;
    }
    for (uint32_t d = 0; d < study->document_count && status == LACUNA_OK; d++) {
        const lac_study_document *document = &study->documents[d];
        const char *name = name_of(c, document);
        if (is_tagged_wrong(name, document->tag)) {
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
    {"ectd.study.dataset-tag", LAC_EACH_STUDY, dataset_tag},
    {"ectd.study.datasets-absent", LAC_EACH_STUDY, datasets_absent},
    {"ectd.study.data-undecided", LAC_EACH_STUDY, data_undecided},
};
LAC_ECTD_TABLE(lac_study_data_rules, ENTRIES);
