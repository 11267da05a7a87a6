/*
 * lacuna.h - the public face of the Lacuna core: documents, checks, checklists.
 *
 * Conventions, the same for every function:
 *   - out-parameters come first and are set to NULL (or zero) on entry;
 *   - the result is a lacuna_status; LACUNA_OK is 0, every other value is an error;
 *   - `err` is owned by the caller, may be NULL, and is filled only on error; it never allocates,
 *     so running out of memory can be reported too;
 *   - a handle belongs to one thread at a time unless its type says otherwise;
 *   - all text is UTF-8, lengths are bytes, offsets are bytes into the reference text;
 *   - the library never prints, exits, reads the environment or touches the network.
 */
#ifndef LACUNA_H
#define LACUNA_H

#include <stddef.h>
#include <stdint.h>

#include "lacuna_model.h"
#include "lacuna_phi.h"
#include "lacuna_status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Receives output; returns 0 to go on, anything else to stop with LACUNA_E_IO. */
typedef int (*lacuna_write_fn)(void *user, const void *data, size_t length);

/* "0.1.0"; static storage. */
LACUNA_API const char *lacuna_version(void);
/* A short English name of a status ("limit", "damaged input"); static storage. */
LACUNA_API const char *lacuna_status_name(lacuna_status status);

/* ---- options ------------------------------------------------------------------------------ */

/* Settings as text, so a binding needs no structs and a new key breaks nobody. A handle may be
 * freed as soon as the call that took it returns: everything is copied.
 *
 *   checklist             id of a checklist to check against; set again to add another. None: those
 *                         made for the detected document type
 *   checklist-dir         folder with checklists of your own, added to the built-in ones;
 *                         repeatable
 *   tailoring             file of your own that leaves out items of a checklist, with reasons, and
 *                         adds to it (checklists/README.md "Tailoring"); repeatable
 *   document-type         "protocol", "informed_consent" ...: taken instead of the detected one
 *   as-of                 YYYY-MM-DD; default today (UTC). Recorded in the result
 *   document-id           PATTERN=ID: documents at paths like the pattern (* and ? within a name,
 * ** for any number of names) are known as ID by baselines, waivers and decisions; repeatable, the
 * last one that fits counts document-type-of      PATTERN=TYPE: the type of documents at such paths
 *   baseline              file of known findings (lacuna_result_baseline): only others answer 1
 *   waivers, decisions    files of gaps a person accepts, and of items a person settled
 *                         (checklists/schema/waivers-1.json, decisions-1.json)
 *   fail-on               critical, major (default), minor, info or never: from which severity on
 *                         lacuna_result_exit_code answers 1
 *   fail-on-not-evaluated yes or no (default): whether an item that was not evaluated answers 1
 *   jobs                  documents read at the same time, 1 (default) to 256
 *   sequence              of submissions: the number or folder of one sequence to look at alone;
 *                         default all of them, on the current view
 *   letter                of response packages: the letter they answer, else that of their manifest
 *   source                of response packages: submission or document the answers rest on, else
 *                         those of their manifest; repeatable
 *   dtd-dir, schema-dir   folder with your own copies of the DTDs of eCTD 3.2.2, of the XML schemas
 *                         of 4.0: the XML of a submission is validated with them in a run. Nothing
 *                         is fetched, and without them nothing is claimed
 *   profile               a fact about submission or product that neither envelope nor document
 *                         tells, such as pathway=505b2; repeatable, the last one of a key counts.
 *                         Which there are is data (checklists/profile-facts.json). Recorded in the
 *                         result
 *   pdftotext             absolute path of that program (poppler-utils), which reads PDF files;
 *                         none (default): a PDF is refused when opened, not evaluated in a run
 *   root                  folder that is left out in front of reported paths; default none
 *   max-package-bytes, max-part-bytes, max-total-bytes, max-text-bytes, max-file-bytes,
 *   max-pdf-bytes         limits on an input: the zip file, one part and all parts unpacked, the
 *                         text of a document, a plain text file, a PDF
 *   max-pdf-seconds       processor time and, counted twice, time for one PDF
 *   max-submission-bytes, max-submission-file-bytes, max-submission-files, max-leaves
 *                         limits on a submission: all its files, one of them, how many there are,
 *                         and how many leaves and contexts of use
 *   judge-store           folder of kept answers of a model, so that nothing is asked
 *                         twice; default none
 *   judge-all             yes or no (default): ask about every item, not only the
 *                         marked ones
 *   audit-log             file that every call of a model is recorded in; default none
 *   audit-actor           who acts, as the log is to name them
 *   audit-key-file        file with the key of an HMAC that every entry of the log gets, readable
 *                         by its owner alone; default none
 *   identifiers           what to do with text that may identify patients before a model is asked:
 *                         refuse (default), pseudonyms, or allow: send it without looking
 *   require-deid          yes or no (default): what is in doubt counts as an identifier too, and
 *                         what no pseudonym can stand for keeps the text from being sent
 *   pseudonym-map         file (mode 0600) that tells what the pseudonyms stood for; default none
 *   width                 columns of the text report, 40 to 400 (default 80)
 *   color                 yes or no (default): terminal colours in the text report
 *   detail                summary, normal (default) or full: how much the text report tells */
typedef struct lacuna_options lacuna_options;

LACUNA_API lacuna_status lacuna_options_new(lacuna_options **out, lacuna_error *err);
LACUNA_API void lacuna_options_free(lacuna_options *options);

/* LACUNA_E_ARGUMENT for an unknown key or a value it does not take; the message names both. */
LACUNA_API lacuna_status lacuna_options_set(lacuna_options *options, const char *key,
                                            const char *value, lacuna_error *err);

/* ---- a configuration ---------------------------------------------------------------------- */

/* The settings of a repository, a file .lacuna.json (checklists/schema/config-1.json). It holds no
 * secrets, and nothing in it turns on a model or says where one is. Immutable. */
typedef struct lacuna_config lacuna_config;

/* Paths in it are relative to its folder. LACUNA_E_FORMAT with file, JSON pointer and line for a
 * key or value it does not take; the message names the nearest key. */
LACUNA_API lacuna_status lacuna_config_open(lacuna_config **out, const char *path,
                                            lacuna_error *err);
LACUNA_API void lacuna_config_free(lacuna_config *config);

/* Each setting in turn: a key of lacuna_options_set, or "claude" with a setting of a model as value
 * ("model=..."); and where it stands. Return non-zero to stop; it is returned. */
typedef int (*lacuna_setting_fn)(void *user, const char *key, const char *value,
                                 const char *pointer);
LACUNA_API int lacuna_config_each(const lacuna_config *config, lacuna_setting_fn take, void *user);

/* ---- one document ------------------------------------------------------------------------- */

/* A parsed document: Word (.docx, .docm, .dotx, .dotm), PDF, Markdown, plain text or XML, told
 * apart by content. Immutable: after opening, any number of threads may read it. */
typedef struct lacuna_document lacuna_document;

/* `options` may be NULL. LACUNA_E_UNSUPPORTED for files of another kind (encrypted, .doc), and for
 * a PDF without the option pdftotext. */
LACUNA_API lacuna_status lacuna_document_open(lacuna_document **out, const char *path,
                                              const lacuna_options *options, lacuna_error *err);

/* From bytes, which are only read during the call. `name` is shown in reports, and its ending
 * tells Markdown from plain text. */
LACUNA_API lacuna_status lacuna_document_open_memory(lacuna_document **out, const char *name,
                                                     const void *data, size_t length,
                                                     const lacuna_options *options,
                                                     lacuna_error *err);
LACUNA_API void lacuna_document_free(lacuna_document *document);

/* The reference text: UTF-8, one block a line, cells of a table row separated by TAB. Every quote
 * in a result is a substring of it and every line number counts its lines. */
LACUNA_API lacuna_status lacuna_document_text(const lacuna_document *document,
                                              lacuna_write_fn write, void *user, lacuna_error *err);

/* Headings with their numbers. `format` is "text" or "json" (checklists/schema/outline-1.json). */
LACUNA_API lacuna_status lacuna_document_outline(const lacuna_document *document,
                                                 const char *format, lacuna_write_fn write,
                                                 void *user, lacuna_error *err);

/* What the reader noticed and did not stop at ("an embedded document was left out"). Borrowed from
 * the document; index < count. */
LACUNA_API size_t lacuna_document_note_count(const lacuna_document *document);
LACUNA_API const char *lacuna_document_note(const lacuna_document *document, size_t index);

/* ---- a submission ------------------------------------------------------------------------- */

/* One or more eCTD sequences (3.2.2 or 4.0) after their lifecycle: a folder of one sequence, of an
 * application, of several applications, or a zip file of any of these. Immutable. */
typedef struct lacuna_submission lacuna_submission;

/* `options` may be NULL; jobs says how many threads compute checksums. What could not be read in it
 * is told by the notes and makes it incomplete; LACUNA_E_UNSUPPORTED: it holds no sequence. */
LACUNA_API lacuna_status lacuna_submission_open(lacuna_submission **out, const char *path,
                                                const lacuna_options *options, lacuna_error *err);
LACUNA_API void lacuna_submission_free(lacuna_submission *submission);

/* 1: something that should have been read was not. */
LACUNA_API int32_t lacuna_submission_incomplete(const lacuna_submission *submission);

/* What was noticed while reading: one sentence, the file it is about ("" for the whole), and
 * whether something was not read. Borrowed; index < count. */
LACUNA_API size_t lacuna_submission_note_count(const lacuna_submission *submission);
LACUNA_API const char *lacuna_submission_note(const lacuna_submission *submission, size_t index,
                                              const char **file, int32_t *incomplete);

/* Applications, activities, sequences, leaves, operations, checksums, studies. `format` is "text",
 * "json" (checklists/schema/inventory-1.json) or "csv" (one line a sequence). */
LACUNA_API lacuna_status lacuna_submission_inventory(const lacuna_submission *submission,
                                                     const char *format, lacuna_write_fn write,
                                                     void *user, lacuna_error *err);

/* The CTD tree with titles and states. `format` is "text" or "json"
 * (checklists/schema/submission-outline-1.json). */
LACUNA_API lacuna_status lacuna_submission_outline(const lacuna_submission *submission,
                                                   const char *format, lacuna_write_fn write,
                                                   void *user, lacuna_error *err);

/* ---- checking ----------------------------------------------------------------------------- */

/* A set of inputs to check together. Execute it once. */
typedef struct lacuna_run lacuna_run;

/* What came out. Immutable; it may outlive the run. */
typedef struct lacuna_result lacuna_result;

LACUNA_API lacuna_status lacuna_run_new(lacuna_run **out, const lacuna_options *options,
                                        lacuna_error *err);
LACUNA_API void lacuna_run_free(lacuna_run *run);

/* Adds a file, or every .docx .docm .dotx .dotm .md .txt .pdf below a folder (hidden files and
 * folders left out). A folder of eCTD sequences, of one or of several applications, and a zip file
 * of one are submissions: rules about submissions and the checklists for them are applied, and what
 * is filed in them is read, each document held to the checklists its place calls for. A folder with
 * the manifest of a response is held to the letter it answers. A path that
 * cannot be read is no error here: it is reported in the result, which is then incomplete. Adding
 * one file twice checks it once. */
LACUNA_API lacuna_status lacuna_run_add(lacuna_run *run, const char *path, lacuna_error *err);

/* Adds a document from memory; the bytes are copied. */
LACUNA_API lacuna_status lacuna_run_add_memory(lacuna_run *run, const char *name, const void *data,
                                               size_t length, lacuna_error *err);

/* How far a run is. `path` is the document that was just finished, NULL at the beginning. Return
 * non-zero to cancel. Called only from the thread that executes the run. */
typedef int (*lacuna_progress_fn)(void *user, const char *path, uint64_t done, uint64_t total);
LACUNA_API void lacuna_run_on_progress(lacuna_run *run, lacuna_progress_fn progress, void *user);

/* Checks everything added. The result is the same whatever `jobs` and the order of adding.
 * A damaged document is part of the result; an error means that the run itself could not be done:
 * LACUNA_E_NOTFOUND for an unknown checklist or document type. A cancelled run gives LACUNA_OK and
 * a result that is incomplete and holds what was finished. */
LACUNA_API lacuna_status lacuna_run_execute(lacuna_result **out, lacuna_run *run,
                                            lacuna_error *err);

/* May be called from any thread and from a signal handler. */
LACUNA_API void lacuna_run_cancel(lacuna_run *run);

LACUNA_API void lacuna_result_free(lacuna_result *result);

typedef enum lacuna_verdict {
    LACUNA_READY = 0,             /* everything that applies is met */
    LACUNA_NOT_READY = 1,         /* gaps, or items that were not evaluated */
    LACUNA_INCOMPLETE = 2,        /* an input could not be read, or the run was cancelled */
    LACUNA_NOTHING_EVALUATED = 3, /* no checklist item could be decided */
} lacuna_verdict;

LACUNA_API lacuna_verdict lacuna_result_verdict(const lacuna_result *result);
/* "ready", "not-ready", "incomplete", "nothing-evaluated"; static storage. */
LACUNA_API const char *lacuna_verdict_name(lacuna_verdict verdict);

/* Items by status: met, partial, missing, contradicts, not-applicable, not-evaluated, waived;
 * findings (gaps and others) by severity: critical, major, minor, info; also gaps, findings,
 * documents, unread, partly-read, documents-not-evaluated (PDF without a reader or without text),
 * pages-without-text (of the others); of findings that are not waived: new, unchanged (in the
 * baseline), and waived-findings; of the baseline: fixed, not-looked-at. 0 for any other name. */
LACUNA_API uint64_t lacuna_result_count(const lacuna_result *result, const char *name);

/* Inputs that could not be read and files that were left out, one sentence each with the path in
 * front. Borrowed from the result; index < count. */
LACUNA_API size_t lacuna_result_note_count(const lacuna_result *result);
LACUNA_API const char *lacuna_result_note(const lacuna_result *result, size_t index);

/* The exit code of `lacuna check` for this result: 0 nothing at or above fail-on, 1 such findings
 * that are neither waived nor in the baseline, 3 incomplete, 4 nothing evaluated, 5 a defect of
 * Lacuna was met. */
LACUNA_API int32_t lacuna_result_exit_code(const lacuna_result *result);

/* The names of the report formats, "text" first; *count receives how many. Static storage. */
LACUNA_API const char *const *lacuna_result_formats(size_t *count);

/* Renders the result. `format` is "text", "json" (the canonical result,
 * checklists/schema/result-1.json), "sarif" (2.1.0), "junit", "github" (workflow annotations),
 * "gitlab" (code quality), "markdown" (at most 1 MiB) or "csv" (one line a finding). Of `options`
 * (may be NULL) width, color and detail are looked at, by "text". */
LACUNA_API lacuna_status lacuna_result_render(const lacuna_result *result, const char *format,
                                              const lacuna_options *options, lacuna_write_fn write,
                                              void *user, lacuna_error *err);

/* A result that was rendered as "json", read back: rendering it gives the same bytes as rendering
 * it then. Of `options` (may be NULL) those of the exit code and baseline are looked at. It cannot
 * be judged by a model. LACUNA_E_FORMAT: it is no such file. */
LACUNA_API lacuna_status lacuna_result_load(lacuna_result **out, const char *path,
                                            const lacuna_options *options, lacuna_error *err);
LACUNA_API lacuna_status lacuna_result_load_memory(lacuna_result **out, const char *name,
                                                   const void *data, size_t length,
                                                   const lacuna_options *options,
                                                   lacuna_error *err);

/* The findings that are not waived as a baseline (checklists/schema/baseline-1.json); and the
 * baseline the result was compared with, without what is fixed. */
LACUNA_API lacuna_status lacuna_result_baseline(const lacuna_result *result, lacuna_write_fn write,
                                                void *user, lacuna_error *err);
LACUNA_API lacuna_status lacuna_result_baseline_pruned(const lacuna_result *result,
                                                       lacuna_write_fn write, void *user,
                                                       lacuna_error *err);

/* What a person says in a waiver; NULL: still to be written, and the file is refused until it is.
 */
typedef struct lacuna_waiver_text {
    const char *justification, *approver;
    const char *expires; /* last day, YYYY-MM-DD */
} lacuna_waiver_text;

/* The waivers of `file` (NULL or not there: none) with one more for the finding that `what` names:
 * a fingerprint or the beginning of one, or the id of its rule, "checklist/item" too. `document`
 * (may be NULL) is the identity or path of its document. A waiver of the same finding is replaced.
 * LACUNA_E_NOTFOUND: no such finding; LACUNA_E_ARGUMENT: there are several. */
LACUNA_API lacuna_status lacuna_result_waive(const lacuna_result *result, const char *what,
                                             const char *document, const lacuna_waiver_text *text,
                                             const char *file, lacuna_write_fn write, void *user,
                                             lacuna_error *err);

/* What a person decides about an item; all of it is needed. */
typedef struct lacuna_decision_text {
    const char *status; /* met, partial, missing, contradicts, not-applicable */
    const char *at;     /* number or title of a heading, "line:N" of the text, or "document" */
    const char *reason, *by;
} lacuna_decision_text;

/* The decisions of `file` (NULL or not there: none) with one more, bound to the digests of
 * checklist and section. The result is that of a run over one document; a decision about the same
 * item is replaced. Where the option audit-log is set it is logged first. */
LACUNA_API lacuna_status lacuna_result_decide(const lacuna_result *result, const char *item,
                                              const lacuna_decision_text *text, const char *file,
                                              lacuna_write_fn write, void *user, lacuna_error *err);

/* ---- two states of a submission ------------------------------------------------------------ */

/* What changed between two states of a dossier: leaves and findings. */
typedef struct lacuna_diff lacuna_diff;

/* A path is the folder or zip file of an application, with all its sequences; or the folder of one
 * sequence in it, which stands for the application up to and including this sequence. The sequences
 * (may be NULL) end a state likewise, by the name of their folder or their number. Both states are
 * checked with the options of a run. LACUNA_E_NOTFOUND: there is no such sequence. */
LACUNA_API lacuna_status lacuna_diff_open(lacuna_diff **out, const char *from,
                                          const char *from_sequence, const char *to,
                                          const char *to_sequence, const lacuna_options *options,
                                          lacuna_error *err);
LACUNA_API void lacuna_diff_free(lacuna_diff *diff);

/* 1: something of a state was not read; the reports name it. */
LACUNA_API int32_t lacuna_diff_incomplete(const lacuna_diff *diff);

/* Leaves: added, appended, replaced, moved, renamed, removed, and all of these together: changes;
 * unchanged; unresolvable (changes of leaves whose sequence was not supplied) and not-supplied
 * (leaves of sequences the other state lacks) are no changes. Findings: new-findings,
 * fixed-findings, unchanged-findings. 0 for any other name. */
LACUNA_API uint64_t lacuna_diff_count(const lacuna_diff *diff, const char *name);

/* `format` is "text", "json" (checklists/schema/diff-1.json) or "csv" (one line a change). */
LACUNA_API lacuna_status lacuna_diff_render(lacuna_diff *diff, const char *format,
                                            lacuna_write_fn write, void *user, lacuna_error *err);

/* ---- a letter of an agency ----------------------------------------------------------------- */

/* A complete response letter, information request, filing or hold letter, taken apart into the
 * queries a sponsor answers one by one, the agency's boilerplate, dates, clocks, and the duties it
 * imposes on the answer. Text (also what pdftotext prints), Word, e-mail (.eml), PDF, or the JSON
 * openFDA publishes, told apart by content. Immutable. */
typedef struct lacuna_letter lacuna_letter;

/* Of `options` (may be NULL) as-of, pdftotext and the limits are looked at. */
LACUNA_API lacuna_status lacuna_letter_open(lacuna_letter **out, const char *path,
                                            const lacuna_options *options, lacuna_error *err);
/* From bytes, which are only read during the call. `name` is shown in reports. */
LACUNA_API lacuna_status lacuna_letter_open_memory(lacuna_letter **out, const char *name,
                                                   const void *data, size_t length,
                                                   const lacuna_options *options,
                                                   lacuna_error *err);
LACUNA_API void lacuna_letter_free(lacuna_letter *letter);

/* Looks up what the queries cite (sections, tables, studies, pages, sequences) in documents,
 * folders and submissions, whose current documents are read; the reports then tell where each cite
 * stands. What could not be read of them is told by the following two, "PATH: why", borrowed. */
LACUNA_API lacuna_status lacuna_letter_resolve(lacuna_letter *letter, const char *const *against,
                                               size_t count, const lacuna_options *options,
                                               lacuna_error *err);
LACUNA_API size_t lacuna_letter_unread_count(const lacuna_letter *letter);
LACUNA_API const char *lacuna_letter_unread(const lacuna_letter *letter, size_t index);

/* 1: text of the letter is missing (pages without text, an attachment, a cut); the notes say what.
 */
LACUNA_API int32_t lacuna_letter_incomplete(const lacuna_letter *letter);
/* letters, queries, pages-without-text; 0 for any other name. */
LACUNA_API uint64_t lacuna_letter_count(const lacuna_letter *letter, const char *name);
/* Also why nothing was found. Borrowed; index < count. */
LACUNA_API size_t lacuna_letter_note_count(const lacuna_letter *letter);
LACUNA_API const char *lacuna_letter_note(const lacuna_letter *letter, size_t index);

/* `format` is "text", "json" (checklists/schema/letter-1.json), or the tracker, one row a query:
 * "csv" or "xlsx". Of `options` (may be NULL) width and color are looked at. */
LACUNA_API lacuna_status lacuna_letter_render(const lacuna_letter *letter, const char *format,
                                              const lacuna_options *options, lacuna_write_fn write,
                                              void *user, lacuna_error *err);

/* ---- a second reader ---------------------------------------------------------------------- */

/* What asking a model came to. Agreed, differed and undecided add up to items. */
typedef struct lacuna_judge_summary {
    uint64_t questions; /* in all; an item can need several */
    uint64_t kept;      /* answered by the store of earlier answers */
    uint64_t asked;     /* answered by the model */
    uint64_t failed;    /* not answered */
    uint64_t items, agreed, differed, undecided;
    lacuna_usage usage;
    double cost;             /* US dollars; below 0: a price is unknown */
    char first_failure[512]; /* and what helps; "": none */
    char audit_head[65];     /* hash of the last entry of the audit log; "": none was written */
} lacuna_judge_summary;

/* Return non-zero to stop. */
typedef int (*lacuna_judge_progress_fn)(void *user, uint64_t done, uint64_t total, double cost);

/* Asks the model about the items marked for it, section by section, verifies every quote it gives,
 * keeps both votes in the result, and leaves to a person where they differ. The model may be the
 * host's own. Of `options` (NULL: those of the run) judge-store, judge-all, what begins with
 * audit-, identifiers, require-deid, pseudonym-map and the recognizer are looked at.
 * LACUNA_E_ARGUMENT, with nothing sent, where identifiers keep it from being sent. Documents in a
 * submission are not asked about. A question that got no answer leaves the rules' status as it is
 * and is counted. LACUNA_E_CANCELLED after a stop: what was answered is in the result. */
LACUNA_API lacuna_status lacuna_result_judge(lacuna_judge_summary *summary, lacuna_result *result,
                                             const lacuna_model *model,
                                             const lacuna_options *options,
                                             lacuna_judge_progress_fn progress, void *user,
                                             lacuna_error *err);

/* Every request that lacuna_result_judge would make now, without making it. Return non-zero to
 * stop. */
typedef int (*lacuna_request_fn)(void *user, const lacuna_request *request);
LACUNA_API lacuna_status lacuna_result_judge_preview(lacuna_result *result,
                                                     const lacuna_model *model,
                                                     const lacuna_options *options,
                                                     lacuna_request_fn take, void *user,
                                                     lacuna_error *err);

/* Each place in the text to be sent that may identify a patient, and how many there are. Where
 * `identifiers` is refuse, a certain one keeps everything from being sent; with require-deid any.
 */
LACUNA_API lacuna_status lacuna_result_identifiers(uint64_t *certain, uint64_t *doubtful,
                                                   lacuna_result *result, const lacuna_model *model,
                                                   const lacuna_options *options,
                                                   lacuna_phi_fn take, void *user,
                                                   lacuna_error *err);

/* A recognizer of the host's own, asked besides the built-in ones; NULL: none. Must live as long as
 * the options and what was made with them. */
LACUNA_API void lacuna_options_recognizer(lacuna_options *options,
                                          const lacuna_recognizer *recognizer);

/* ---- the audit log ------------------------------------------------------------------------- */

typedef struct lacuna_audit_report {
    int32_t fault;                /* 0: none */
    uint64_t line;                /* where it is; 0: none */
    uint64_t entries;             /* sound ones before it */
    uint64_t torn;                /* lines cut off by a crash, each named by the next entry */
    char head[65];                /* hash of the last sound entry; "": none */
    const char *meaning, *caveat; /* of the fault; what being sound does not show. Static */
} lacuna_audit_report;

/* Reads the whole log: altered, left out, moved and added entries are faults. `head` (may be NULL)
 * is a hash that a report printed: where no entry has it, entries were cut off. Of `options` (may
 * be NULL) audit-key-file is looked at. A fault is no error. */
LACUNA_API lacuna_status lacuna_audit_verify(lacuna_audit_report *report, const char *path,
                                             const char *head, const lacuna_options *options,
                                             lacuna_error *err);

/* The same, with every entry up to the first fault as "text" (one line each), "json", or "csv". */
LACUNA_API lacuna_status lacuna_audit_show(lacuna_audit_report *report, const char *path,
                                           const char *format, const lacuna_options *options,
                                           lacuna_write_fn write, void *user, lacuna_error *err);

/* ---- checklists --------------------------------------------------------------------------- */

/* The built-in checklists and those of `checklist-dir`. Immutable, shareable between threads. */
typedef struct lacuna_catalog lacuna_catalog;

LACUNA_API lacuna_status lacuna_catalog_open(lacuna_catalog **out, const lacuna_options *options,
                                             lacuna_error *err);
LACUNA_API void lacuna_catalog_free(lacuna_catalog *catalog);

/* All checklists; one checklist with its items; one item with everything known about it. `format`
 * is "text" or "json", of one checklist also "markdown". LACUNA_E_NOTFOUND names the nearest id as
 * remedy. */
LACUNA_API lacuna_status lacuna_catalog_list(const lacuna_catalog *catalog, const char *format,
                                             const lacuna_options *options, lacuna_write_fn write,
                                             void *user, lacuna_error *err);
LACUNA_API lacuna_status lacuna_catalog_show(const lacuna_catalog *catalog, const char *checklist,
                                             const char *format, const lacuna_options *options,
                                             lacuna_write_fn write, void *user, lacuna_error *err);
LACUNA_API lacuna_status lacuna_catalog_explain(const lacuna_catalog *catalog, const char *item,
                                                const char *format, const lacuna_options *options,
                                                lacuna_write_fn write, void *user,
                                                lacuna_error *err);

/* Checks a checklist file for authors: format, ids, terms and every test sentence. Writes one line
 * a message (with detail summary: errors only) and one with the sums; *problems counts errors. */
LACUNA_API lacuna_status lacuna_checklist_lint(uint64_t *problems, const char *path,
                                               const lacuna_options *options, lacuna_write_fn write,
                                               void *user, lacuna_error *err);

/* Runs the test sentences of a checklist file alone and tells which term matched where (with detail
 * summary: failures only). *problems counts sentences that failed. */
LACUNA_API lacuna_status lacuna_checklist_test(uint64_t *problems, const char *path,
                                               const lacuna_options *options, lacuna_write_fn write,
                                               void *user, lacuna_error *err);

/* A checklist to begin with, commented and clean to lint, for documents of a type. */
LACUNA_API lacuna_status lacuna_checklist_new(const char *id, const char *type,
                                              lacuna_write_fn write, void *user, lacuna_error *err);

/* A checklist as a table for a spreadsheet, "csv" or "xlsx", or as its canonical JSON, "json"
 * (checklists/README.md "Tables"). The same checklist gives the same bytes. */
LACUNA_API lacuna_status lacuna_catalog_export(const lacuna_catalog *catalog, const char *checklist,
                                               const char *format, lacuna_write_fn write,
                                               void *user, lacuna_error *err);

/* Reads a checklist from a CSV file or an XLSX workbook. What is wrong with it goes to `tell`, one
 * line a message with sheet, row and column (with detail summary: errors only); *problems counts
 * errors. Without any, its canonical JSON goes to `write`. `name` is the file it is meant for,
 * which its id has to agree with; NULL: none. */
LACUNA_API lacuna_status lacuna_checklist_import(uint64_t *problems, const char *path,
                                                 const char *name, const lacuna_options *options,
                                                 lacuna_write_fn tell, void *tell_user,
                                                 lacuna_write_fn write, void *user,
                                                 lacuna_error *err);

/* What checklist `b` asks that `a` does not, and what changed. Both are ids or paths of files.
 * `document` is the path of a document that is held to both; NULL: none. `format` is "text" or
 * "json" (checklists/schema/checklist-diff-1.json). */
LACUNA_API lacuna_status lacuna_checklist_diff(const char *a, const char *b, const char *document,
                                               const char *format, const lacuna_options *options,
                                               lacuna_write_fn write, void *user,
                                               lacuna_error *err);

/* ---- verifying what a text states ---------------------------------------------------------- */

/* What a text states (numbers with units, dates, p values, intervals, identifiers, references,
 * quotes, computed values), sentence by sentence, held against documents: each claim is supported
 * by bytes of one of them, in conflict with them, unsupported, or for a person to read. Code alone
 * decides. Immutable. Supported means that a passage about the same thing states the value, by its
 * words; it does not mean that it is true. */
typedef struct lacuna_verification lacuna_verification;

/* `against` are files, folders, or submissions, whose current documents are read. A path that
 * cannot be read is no error here: the verification is incomplete, and says why. The text has to
 * outlive the verification. `options` may be NULL; width, color and detail (full: what is supported
 * too) are those of the text report. */
LACUNA_API lacuna_status lacuna_verify(lacuna_verification **out, const lacuna_document *text,
                                       const char *const *against, size_t count,
                                       const lacuna_options *options, lacuna_error *err);
LACUNA_API void lacuna_verification_free(lacuna_verification *verification);

/* Claims by status: supported, unsupported, conflict, person; also claims, sentences, documents; 0
 * for any other name. */
LACUNA_API uint64_t lacuna_verification_count(const lacuna_verification *verification,
                                              const char *name);
/* 0 every claim is supported, 1 some are not, 3 something was not read. */
LACUNA_API int32_t lacuna_verification_exit_code(const lacuna_verification *verification);

/* `format` is "text" or "json" (checklists/schema/verification-1.json). */
LACUNA_API lacuna_status lacuna_verification_render(const lacuna_verification *verification,
                                                    const char *format, lacuna_write_fn write,
                                                    void *user, lacuna_error *err);

/* ---- about the program -------------------------------------------------------------------- */

/* Version, build, libraries, limits and the digest of every built-in checklist. `format` is "text"
 * or "json". */
LACUNA_API lacuna_status lacuna_about(const char *format, lacuna_write_fn write, void *user,
                                      lacuna_error *err);

/* The candidate that is most like a mistyped word, NULL where none is near; borrowed. */
LACUNA_API const char *lacuna_nearest(const char *word, const char *const *candidates,
                                      size_t count);

/* Proves that this build works: reads every built-in checklist, runs their test sentences, reads
 * and checks a document made in memory. One line a check; *failures counts those that failed. */
LACUNA_API lacuna_status lacuna_self_check(uint64_t *failures, lacuna_write_fn write, void *user,
                                           lacuna_error *err);

/* The same and more as a record: JSON, {"schema": "lacuna.self-test/1", "failures", "checks":
 * [{"id", "what", "expected", "actual", "passed"}]}. The same build gives the same bytes. */
LACUNA_API lacuna_status lacuna_self_test(uint64_t *failures, lacuna_write_fn write, void *user,
                                          lacuna_error *err);

#ifdef __cplusplus
}
#endif

#include "lacuna_draft.h"

#endif
