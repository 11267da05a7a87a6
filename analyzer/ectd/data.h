/*
 * data.h - the embedded data files the rules about submissions are built on.
 *
 * Purpose: values of study tagging files and the scope of FDA's study data checks, as data.
 * Ownership: everything lives in the arena that was given. The files are part of the program, so
 *   one that does not parse is LACUNA_E_INTERNAL.
 */
#ifndef LAC_ECTD_DATA_H
#define LAC_ECTD_DATA_H

#include "include/lacuna.h"
#include "support/arena.h"

#include <jansson.h>

typedef struct lac_texts {
    const char *const *items;
    uint32_t count;
} lac_texts;

typedef struct lac_category {
    const char *name;
    lac_texts values;
} lac_category;

/* checklists/ectd-stf-values.json */
typedef struct lac_stf_values {
    lac_texts tags, properties;
    const lac_category *categories;
    uint32_t category_count;
} lac_stf_values;

/* From when on studies of some applications need standardised data. */
typedef struct lac_cut_off {
    lac_texts applications; /* codes as the envelope writes them */
    const char *after;      /* "2016-12-17" */
    bool commercial;        /* of INDs only the commercial ones */
} lac_cut_off;

/* checklists/ectd-study-data.json */
typedef struct lac_study_scope {
    lac_texts sections;             /* headings whose studies need ts.xpt */
    lac_texts tagged;               /* headings whose files need a study tagging file */
    lac_texts reports;              /* tags that make a study one with a report */
    lac_texts tabulation, analysis; /* tags of datasets */
    lac_texts tabulation_definition, analysis_definition; /* tags of their define.xml */
    lac_texts nonclinical;                                /* headings */
    lac_texts cber_applications, cber_sections; /* where CBER's dates, if it reviews, are others */
    const lac_cut_off *cut_offs;
    uint32_t cut_off_count;
} lac_study_scope;

/* The tree of an embedded file; json_decref it. */
lacuna_status lac_embedded_json(json_t **out, const char *name, lacuna_error *err);

/* A copy of a string member, NULL where it is absent; *ok is cleared when memory ran out. */
const char *lac_data_text(lac_arena *arena, const json_t *object, const char *key, bool *ok);
lac_texts lac_data_texts(lac_arena *arena, const json_t *object, const char *key, bool *ok);

lacuna_status lac_stf_values_load(lac_stf_values *out, lac_arena *arena, lacuna_error *err);
lacuna_status lac_study_scope_load(lac_study_scope *out, lac_arena *arena, lacuna_error *err);

bool lac_texts_hold(const lac_texts *texts, const char *text);
/* Whether a heading is one of these or below one. */
bool lac_texts_cover(const lac_texts *headings, const char *heading);
/* "3.2.S.2.1" is below "3.2.S", and "3.2.s" itself is too; "3.2.S1" is not. */
bool lac_heading_within(const char *heading, const char *above);

#endif
