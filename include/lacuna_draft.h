/*
 * lacuna_draft.h - what the core writes: drafts and their review, answers to letters, templates.
 *
 * A part of lacuna.h, which includes it; the conventions are told there.
 */
#ifndef LACUNA_DRAFT_H
#define LACUNA_DRAFT_H

#include "lacuna.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- drafting ----------------------------------------------------------------------------- */

/* Drafts for the gaps of one Word document, from sources: word for word, each passage with where it
 * stands, and [DATA NEEDED: ...] for what no source says. Nothing is sent anywhere unless a model
 * is given. */
typedef struct lacuna_draft lacuna_draft;

/* Checks the document as a run would (checklist, document-type, as-of ... of `options`) and plans
 * drafts of the gaps named ("m11.6.7.4", "protocol_m11/m11.6.7.4", or the guidance's own number);
 * without any, of everything missing. `sources` are documents and folders; the document itself is
 * always one. LACUNA_E_NOTFOUND for a name that is no gap; a source that cannot be read is an
 * error. */
LACUNA_API lacuna_status lacuna_draft_open(lacuna_draft **out, const char *path,
                                           const char *const *sources, size_t source_count,
                                           const char *const *gaps, size_t gap_count,
                                           const lacuna_options *options, lacuna_error *err);
LACUNA_API void lacuna_draft_free(lacuna_draft *draft);

/* The plan: gap, place, sources, instructions, as JSON (checklists/schema/plan-1.json) for a person
 * to edit; and the edited plan back. LACUNA_E_FORMAT where it is none, or a source has changed. */
LACUNA_API lacuna_status lacuna_draft_plan(lacuna_draft *draft, lacuna_write_fn write, void *user,
                                           lacuna_error *err);
LACUNA_API lacuna_status lacuna_draft_use_plan(lacuna_draft *draft, const char *json, size_t length,
                                               lacuna_error *err);

/* Has the drafts written by a model, in prose that cites the passages it was given; the model may
 * be the host's own. Every statement is then verified by code: what its citations do not support is
 * taken out, becomes [DATA NEEDED: ...] and is told. A gap the model declines, is cut off at, or
 * does not answer is assembled from its sources instead, and told. Of the options the draft was
 * opened with, what begins with audit-, identifiers, require-deid, pseudonym-map and the recognizer
 * are looked at. The model has to live as long as the draft. */
LACUNA_API void lacuna_draft_set_model(lacuna_draft *draft, const lacuna_model *model);

/* Keeps each gap as a file below FOLDER/steps as soon as it is drafted, so that nothing is paid for
 * twice, and honours the decisions of persons in FOLDER/review.json (lacuna_review_open). `anew`
 * not 0: answers that were kept are asked for again. To be called before anything is drafted. */
LACUNA_API lacuna_status lacuna_draft_keep(lacuna_draft *draft, const char *folder, int32_t anew,
                                           lacuna_error *err);

/* Return non-zero to stop: lacuna_draft_make answers LACUNA_E_CANCELLED, what was done is kept. */
typedef int (*lacuna_draft_progress_fn)(void *user, uint64_t done, uint64_t total, double cost);
LACUNA_API void lacuna_draft_on_progress(lacuna_draft *draft, lacuna_draft_progress_fn progress,
                                         void *user);

/* Every request that would be made now, without making it. Return non-zero to stop. */
LACUNA_API lacuna_status lacuna_draft_preview(lacuna_draft *draft, lacuna_request_fn take,
                                              void *user, lacuna_error *err);
/* Each place in the text to be sent that may identify a patient, as lacuna_result_identifiers. */
LACUNA_API lacuna_status lacuna_draft_identifiers(uint64_t *certain, uint64_t *doubtful,
                                                  lacuna_draft *draft, lacuna_phi_fn take,
                                                  void *user, lacuna_error *err);

typedef struct lacuna_draft_summary {
    uint64_t gaps;    /* drafted, those that a person rejected left out */
    uint64_t sources; /* sections and tables used, counted for each gap */
    uint64_t needed;  /* facts that a person has to supply */
    uint64_t written; /* by a model; the others are assembled */
    uint64_t kept;    /* of the answers: kept by an earlier run */
    uint64_t asked;   /* answered now */
    uint64_t declined, cut_off;
    uint64_t failed;   /* not answered: the next run asks again */
    uint64_t findings; /* statements of the model that do not hold, and are taken out */
    uint64_t voided;   /* kept for other sources, another plan, prompt, checklist or model */
    uint64_t accepted, rejected, edited;
    uint64_t outdated; /* decisions about another draft than there is now */
    lacuna_usage usage;
    double cost;             /* US dollars, of this run; below 0: a price is unknown */
    char first_failure[256]; /* "": none */
    char audit_head[65];     /* hash of the last entry of the audit log; "": none */
} lacuna_draft_summary;

/* LACUNA_E_ARGUMENT, with nothing sent, where identifiers keep it from being sent. */
LACUNA_API lacuna_status lacuna_draft_make(lacuna_draft *draft, lacuna_draft_summary *summary,
                                           lacuna_error *err);

/* The document with the drafts in it: "marked" as tracked insertions with a comment each, or
 * "clean". `placed` says how many found a place. */
LACUNA_API lacuna_status lacuna_draft_write(lacuna_draft *draft, const char *copy, uint64_t *placed,
                                            lacuna_write_fn write, void *user, lacuna_error *err);
/* From now on the drafts are written into a Word template instead: under its headings, in place of
 * the placeholders it has there. `path` is a .docx or .dotx or the name of a built-in template;
 * `values` (for its other placeholders) and `profile` are JSON as lacuna_template_fill and
 * lacuna_template_use_profile take it, or NULL. */
LACUNA_API lacuna_status lacuna_draft_use_template(lacuna_draft *draft, const char *path,
                                                   const char *values, size_t value_length,
                                                   const char *profile, size_t profile_length,
                                                   lacuna_error *err);
/* The drafts alone, as Markdown. */
LACUNA_API lacuna_status lacuna_draft_text(lacuna_draft *draft, lacuna_write_fn write, void *user,
                                           lacuna_error *err);

/* What came of it, gap by gap. `format` is "text" (only what a person has to know) or "json"
 * (checklists/schema/draft-report-1.json). */
LACUNA_API lacuna_status lacuna_draft_report(lacuna_draft *draft, const char *format,
                                             lacuna_write_fn write, void *user, lacuna_error *err);

/* ---- reviewing drafts --------------------------------------------------------------------- */

/* The drafts in a folder of lacuna_draft_keep, and what persons decided about them. Nothing is
 * final by itself. The folder is locked until the review is freed. */
typedef struct lacuna_review lacuna_review;

/* Of the options (may be NULL) what begins with audit- is looked at. LACUNA_E_NOTFOUND for a folder
 * without drafts. */
LACUNA_API lacuna_status lacuna_review_open(lacuna_review **out, const char *folder,
                                            const lacuna_options *options, lacuna_error *err);
LACUNA_API void lacuna_review_free(lacuna_review *review);

/* Drafts of the last run's plan that are "drafted", "accepted", "rejected", "edited"; and "all"
 * that are kept. */
LACUNA_API uint64_t lacuna_review_count(const lacuna_review *review, const char *state);

/* `gap` NULL: all of them, one line each; else this one with its text, what does not hold in it,
 * and its history. `format` is "text" or "json". LACUNA_E_NOTFOUND for a name that is no gap. */
LACUNA_API lacuna_status lacuna_review_render(lacuna_review *review, const char *gap,
                                              const char *format, lacuna_write_fn write, void *user,
                                              lacuna_error *err);

/* Records that a person `by` accepts, rejects or edits ("accepted", "rejected", "edited") a draft,
 * in the audit log first, then in FOLDER/review.json. `text` is the person's own, Markdown, for
 * "edited" alone, else NULL; *unsupported counts what of it the draft's sources do not say: it is
 * listed by lacuna_review_render and kept, the person decides. */
LACUNA_API lacuna_status lacuna_review_decide(lacuna_review *review, uint64_t *unsupported,
                                              const char *gap, const char *state, const char *by,
                                              const char *reason, const char *text, size_t length,
                                              lacuna_error *err);

/* ---- answering a letter -------------------------------------------------------------------- */

/* The answer to a letter, from a plan that a person completes: each question word for word, what is
 * answered and on what it rests, what was changed and where, and what is committed to. Nothing is
 * sent anywhere, and what nobody supplied is [DATA NEEDED: ...]. */
typedef struct lacuna_reply lacuna_reply;

/* Plans an answer to a letter whose cites were looked up (lacuna_letter_resolve, whose documents
 * are the sources). The letter has to outlive the response. LACUNA_E_FORMAT for a letter of which
 * text is missing, unless `allow_incomplete` is 1: then every file says so. LACUNA_E_NOTFOUND: it
 * asks for nothing. */
LACUNA_API lacuna_status lacuna_reply_open(lacuna_reply **out, const lacuna_letter *letter,
                                           int32_t allow_incomplete, const lacuna_options *options,
                                           lacuna_error *err);
LACUNA_API void lacuna_reply_free(lacuna_reply *response);

/* The plan a person edited (checklists/schema/response-plan-1.json). LACUNA_E_FORMAT with the
 * place: it is no plan of this letter, leaves a query out, changes a question, or a source has
 * changed. */
LACUNA_API lacuna_status lacuna_reply_use_plan(lacuna_reply *response, const char *json,
                                               size_t length, lacuna_error *err);

/* A Word document of your own that "response.docx" or "cover-letter.docx" is written into. */
LACUNA_API lacuna_status lacuna_reply_template(lacuna_reply *response, const char *name,
                                               const char *path, lacuna_error *err);

/* queries, sources, needed (placeholders for what a person has to supply), commitments; cites by
 * state: found, ambiguous, not-found, not-looked-at; 0 for any other name. */
LACUNA_API uint64_t lacuna_reply_count(lacuna_reply *response, const char *name);
/* "1.11.4 Multiple module information amendment [FDA eCTD M1 ...]": where to file "response.docx"
 * or "cover-letter.docx". Borrowed; NULL: no memory, or another name. */
LACUNA_API const char *lacuna_reply_placement(lacuna_reply *response, const char *name);

/* The files of a response, plan.json first and manifest.json, which has the digests of those that
 * were written, last. Static storage. */
LACUNA_API const char *const *lacuna_reply_files(size_t *count);
LACUNA_API lacuna_status lacuna_reply_write(lacuna_reply *response, const char *name,
                                            lacuna_write_fn write, void *user, lacuna_error *err);

/* *changed: 1 when the file of that name is in the folder, and is neither what manifest.json there
 * says was written, nor what would be written now: somebody's work. */
LACUNA_API lacuna_status lacuna_reply_changed(int32_t *changed, lacuna_reply *response,
                                              const char *folder, const char *name,
                                              lacuna_error *err);

/* ---- templates ---------------------------------------------------------------------------- */

/* A Word template: its conventions (which brackets, colours, styles mean placeholder, instruction
 * or optional text), its placeholders, and filling them. One thread at a time. */
typedef struct lacuna_template lacuna_template;

/* `path` is a .docx or .dotx, or the name of a built-in one. Of the options as-of (the date of
 * revisions), limits, width, color and detail are looked at; NULL: the defaults. */
LACUNA_API lacuna_status lacuna_template_open(lacuna_template **out, const char *path,
                                              const lacuna_options *options, lacuna_error *err);
LACUNA_API void lacuna_template_free(lacuna_template *template_);

/* Name and title of a built-in template; NULL behind the last. Static storage. */
LACUNA_API const char *lacuna_template_builtin(size_t index, const char **title);
/* Its bytes as they are. */
LACUNA_API lacuna_status lacuna_template_bytes(const lacuna_template *template_,
                                               lacuna_write_fn write, void *user,
                                               lacuna_error *err);

/* The conventions, guessed with the evidence or as they were given, and the placeholders: "text" or
 * "json" (checklists/schema/template-profile-1.json). The JSON, edited, is what use_profile takes;
 * LACUNA_E_FORMAT with the place of what is wrong. */
LACUNA_API lacuna_status lacuna_template_profile(lacuna_template *template_, const char *format,
                                                 lacuna_write_fn write, void *user,
                                                 lacuna_error *err);
LACUNA_API lacuna_status lacuna_template_use_profile(lacuna_template *template_, const char *json,
                                                     size_t length, lacuna_error *err);

typedef struct lacuna_fill_summary {
    uint64_t filled;               /* places that got a value */
    uint64_t unfilled;             /* places that did not */
    uint64_t unused;               /* values no place asked for */
    uint64_t instructions_removed; /* pieces of instruction text */
} lacuna_fill_summary;

/* Whether values are understood, before anything is made of them; errors as of the filling. */
LACUNA_API lacuna_status lacuna_template_check_values(const lacuna_template *template_,
                                                      const char *values, size_t length,
                                                      lacuna_error *err);

/* Fills the template with values (JSON, checklists/schema/values-1.json) and writes the document:
 * `copy` is "marked" (tracked changes) or "clean". `remove_instructions` not 0: instruction text
 * goes, tracked in the marked copy. Same template, same values in any order, same as-of: same
 * bytes. LACUNA_E_FORMAT: the values are not understood; LACUNA_E_ARGUMENT: two of them have one
 * name; LACUNA_E_UNSUPPORTED: the template is signed, has macros, or is Strict Open XML. */
LACUNA_API lacuna_status lacuna_template_fill(lacuna_template *template_, const char *values,
                                              size_t length, const char *copy,
                                              int remove_instructions, lacuna_fill_summary *summary,
                                              lacuna_write_fn write, void *user, lacuna_error *err);
/* What the last filling left: "text" or "json" (checklists/schema/fill-1.json). */
LACUNA_API lacuna_status lacuna_template_report(const lacuna_template *template_,
                                                const char *format, lacuna_write_fn write,
                                                void *user, lacuna_error *err);

#ifdef __cplusplus
}
#endif

#endif
