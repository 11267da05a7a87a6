/*
 * options.h - the parsed form of lacuna_options.
 *
 * Ownership: a handle owns its strings; lac_options_copy makes an independent one.
 * Limits: LAC_OPTION_LIST_MAX values of a repeatable key.
 */
#ifndef LAC_API_OPTIONS_H
#define LAC_API_OPTIONS_H

#include "analyzer/checklist.h"
#include "analyzer/told.h"
#include "drafter/judge_privacy.h"
#include "include/lacuna.h"
#include "parsers/pdf/pdf.h"
#include "support/limits.h"
#include "writers/text/page.h"

#include <stdbool.h>

enum {
    LAC_OPTION_LIST_MAX = 1024,
    LAC_JOBS_MAX = 256,
    LAC_WIDTH_MIN = 40,
    LAC_WIDTH_MAX = 400,
};

typedef struct lac_text_list {
    char **items;
    size_t count, cap;
} lac_text_list;

struct lacuna_options {
    lac_text_list checklists;
    lac_text_list checklist_dirs;
    lac_text_list tailorings;
    char *document_type;                  /* NULL: detect */
    char *root;                           /* NULL: none */
    char *pdftotext;                      /* NULL: none */
    char *sequence;                       /* NULL: all */
    char *letter;                         /* of response packages; NULL: as their manifests say */
    lac_text_list sources;                /* likewise */
    lac_text_list told;                   /* "pathway=505b2" */
    char *dtd_dir, *schema_dir;           /* NULL: none */
    char *waivers, *baseline, *decisions; /* files; NULL: none */
    lac_text_list document_ids, document_types; /* "PATTERN=ID", "PATTERN=TYPE" */
    char as_of[11];                             /* "YYYY-MM-DD"; "": today */
    bool fail_never;
    lac_severity fail_on;
    bool fail_on_not_evaluated;
    uint32_t jobs;
    lac_limits limits;
    char *judge_store, *audit_log, *audit_actor, *audit_key_file; /* NULL: none */
    bool judge_all;
    lac_phi_policy identifiers;
    bool require_deid;
    char *pseudonym_map;                 /* NULL: none */
    const lacuna_recognizer *recognizer; /* the host's; NULL: none */
    uint32_t width;
    bool color;
    lac_detail detail;
};

/* `from` may be NULL: the defaults. */
lacuna_status lac_options_copy(lacuna_options **out, const lacuna_options *from, lacuna_error *err);

lac_text_style lac_options_style(const lacuna_options *options);

/* What the user told about submission and product. Borrows from the options. */
lac_told_facts lac_options_told(const lacuna_options *options);

/* What a list of "PATTERN=VALUE" says of a path; the last pattern that fits counts. NULL: none. */
const char *lac_options_of_path(const lacuna_options *options, const lac_text_list *list,
                                const char *path);

/* How PDF files are read; `options` may be NULL. Borrows from them. */
lac_pdf_options lac_options_pdf(const lacuna_options *options);

/* LAC_LIMITS_DEFAULT for NULL. */
const lac_limits *lac_options_limits(const lacuna_options *options);

#endif
