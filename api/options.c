#include "api/options.h"

#include "analyzer/gate/glob.h"
#include "parsers/package/source.h"
#include "support/buf.h"
#include "support/calendar.h"
#include "support/error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATTERN_MAX = 4096 };

typedef lacuna_status (*set_fn)(lacuna_options *options, const char *value, lacuna_error *err);

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy != NULL) {
        memcpy(copy, text, size);
    }
    return copy;
}

static void free_list(lac_text_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i]);
    }
    free(list->items);
    *list = (lac_text_list){NULL, 0, 0};
}

static lacuna_status append(lac_text_list *list, const char *value, lacuna_error *err)
{
    void *items = list->items;
    lacuna_status status =
        lac_grow(&items, &list->cap, list->count + 1, sizeof *list->items, LAC_OPTION_LIST_MAX);
    list->items = items;
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(err, status, "more than %d values", LAC_OPTION_LIST_MAX);
    }
    char *copy = status == LACUNA_OK ? copy_text(value) : NULL;
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    list->items[list->count++] = copy;
    return LACUNA_OK;
}

static lacuna_status replace_text(char **slot, const char *value, lacuna_error *err)
{
    char *copy = copy_text(value);
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    free(*slot);
    *slot = copy;
    return LACUNA_OK;
}

static lacuna_status set_checklist(lacuna_options *options, const char *value, lacuna_error *err)
{
    for (size_t i = 0; i < options->checklists.count; i++) {
        if (strcmp(options->checklists.items[i], value) == 0) {
            return LACUNA_OK;
        }
    }
    return append(&options->checklists, value, err);
}

static lacuna_status set_checklist_dir(lacuna_options *options, const char *value,
                                       lacuna_error *err)
{
    return append(&options->checklist_dirs, value, err);
}

static lacuna_status set_tailoring(lacuna_options *options, const char *value, lacuna_error *err)
{
    return append(&options->tailorings, value, err);
}

static lacuna_status set_document_type(lacuna_options *options, const char *value,
                                       lacuna_error *err)
{
    return replace_text(&options->document_type, value, err);
}

static lacuna_status set_root(lacuna_options *options, const char *value, lacuna_error *err)
{
    return replace_text(&options->root, value, err);
}

static lacuna_status set_sequence(lacuna_options *options, const char *value, lacuna_error *err)
{
    return replace_text(&options->sequence, value, err);
}

static lacuna_status set_letter(lacuna_options *options, const char *value, lacuna_error *err)
{
    return replace_text(&options->letter, value, err);
}

static lacuna_status set_source(lacuna_options *options, const char *value, lacuna_error *err)
{
    return append(&options->sources, value, err);
}

/* Asked for at once: plain documents would never look into it, and the slip would go unnoticed. */
static lacuna_status set_folder(char **slot, const char *value, lacuna_error *err)
{
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = value};
    return lac_source_is_folder(&source)
               ? replace_text(slot, value, err)
               : lac_fail_remedy(err, LACUNA_E_ARGUMENT, lac_system_remedy(ENOENT),
                                 "%.200s is no folder that can be opened", value);
}

static lacuna_status set_dtd_dir(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_folder(&options->dtd_dir, value, err);
}

static lacuna_status set_schema_dir(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_folder(&options->schema_dir, value, err);
}

static lacuna_status set_waivers(lacuna_options *options, const char *value, lacuna_error *err)
{
    return replace_text(&options->waivers, value, err);
}

static lacuna_status set_baseline(lacuna_options *options, const char *value, lacuna_error *err)
{
    return replace_text(&options->baseline, value, err);
}

static lacuna_status set_decisions(lacuna_options *options, const char *value, lacuna_error *err)
{
    return replace_text(&options->decisions, value, err);
}

/* "PATTERN=VALUE"; a path may hold '=', so the last one counts. */
static lacuna_status append_pattern(lac_text_list *list, const char *value, lacuna_error *err)
{
    const char *parting = strrchr(value, '=');
    if (parting == NULL || parting == value || parting[1] == '\0' ||
        parting - value >= PATTERN_MAX) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "\"%s\" is not of the form PATTERN=VALUE", value);
    }
    return append(list, value, err);
}

static lacuna_status set_document_id(lacuna_options *options, const char *value, lacuna_error *err)
{
    return append_pattern(&options->document_ids, value, err);
}

static lacuna_status set_document_type_of(lacuna_options *options, const char *value,
                                          lacuna_error *err)
{
    return append_pattern(&options->document_types, value, err);
}

static lacuna_status set_profile(lacuna_options *options, const char *value, lacuna_error *err)
{
    lacuna_status status = lac_told_allowed(value, err);
    return status == LACUNA_OK ? append(&options->told, value, err) : status;
}

static lacuna_status set_pdftotext(lacuna_options *options, const char *value, lacuna_error *err)
{
    if (strcmp(value, "none") == 0) {
        free(options->pdftotext);
        options->pdftotext = NULL;
        return LACUNA_OK;
    }
    if (value[0] != '/') {
        return lac_fail(err, LACUNA_E_ARGUMENT, "\"%s\" is neither an absolute path nor none",
                        value);
    }
    return replace_text(&options->pdftotext, value, err);
}

static bool take_digits(uint32_t *value, const char *text, size_t count)
{
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *value = *value * 10 + (uint32_t)(text[i] - '0');
    }
    return true;
}

/* A day that the calendar has: 2026-02-30 would judge on a day that nobody meant. */
static bool is_date(const char *text)
{
    uint32_t year, month, day;
    return strlen(text) == 10 && text[4] == '-' && text[7] == '-' && take_digits(&year, text, 4) &&
           take_digits(&month, text + 5, 2) && take_digits(&day, text + 8, 2) && day > 0 &&
           day <= lac_days_in_month(year, month);
}

static lacuna_status set_as_of(lacuna_options *options, const char *value, lacuna_error *err)
{
    if (!is_date(value)) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "\"%s\" is no date of the form YYYY-MM-DD", value);
    }
    memcpy(options->as_of, value, sizeof options->as_of);
    return LACUNA_OK;
}

static lacuna_status set_fail_on(lacuna_options *options, const char *value, lacuna_error *err)
{
    static const lac_severity severities[] = {LAC_SEVERITY_INFO, LAC_SEVERITY_MINOR,
                                              LAC_SEVERITY_MAJOR, LAC_SEVERITY_CRITICAL};
    if (strcmp(value, "never") == 0) {
        options->fail_never = true;
        return LACUNA_OK;
    }
    for (size_t i = 0; i < sizeof severities / sizeof severities[0]; i++) {
        if (strcmp(value, lac_severity_name(severities[i])) == 0) {
            options->fail_on = severities[i];
            options->fail_never = false;
            return LACUNA_OK;
        }
    }
    return lac_fail(err, LACUNA_E_ARGUMENT,
                    "\"%s\" is not one of critical, major, minor, info, never", value);
}

static lacuna_status parse_bool(bool *out, const char *value, lacuna_error *err)
{
    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "\"%s\" is neither yes nor no", value);
    }
    *out = value[0] == 'y';
    return LACUNA_OK;
}

static lacuna_status parse_number(uint64_t *out, const char *value, uint64_t min, uint64_t max,
                                  lacuna_error *err)
{
    uint64_t number = 0;
    bool sound = value[0] != '\0' && strlen(value) <= 15;
    for (const char *c = value; sound && *c != '\0'; c++) {
        sound = *c >= '0' && *c <= '9';
        number = number * 10 + (uint64_t)(*c - '0');
    }
    if (!sound || number < min || number > max) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "\"%s\" is not a number from %llu to %llu", value,
                        (unsigned long long)min, (unsigned long long)max);
    }
    *out = number;
    return LACUNA_OK;
}

static lacuna_status set_small(uint32_t *slot, const char *value, uint32_t min, uint32_t max,
                               lacuna_error *err)
{
    uint64_t number = 0;
    lacuna_status status = parse_number(&number, value, min, max, err);
    if (status == LACUNA_OK) {
        *slot = (uint32_t)number;
    }
    return status;
}

/* Offsets in the reference text fit 32 bits, so no limit on it may go beyond. */
static lacuna_status set_bytes(uint64_t *slot, const char *value, uint64_t max, lacuna_error *err)
{
    return parse_number(slot, value, 1, max, err);
}

enum { TEXT_BYTES_MAX = 0x7FFFFFFF, DEFAULT_WIDTH = 80, SUBMISSION_COUNT_MAX = 1 << 28 };
static const uint64_t FILE_BYTES_MAX = (uint64_t)1 << 40;
static const uint64_t SUBMISSION_BYTES_MAX = (uint64_t)1 << 46; /* files are only hashed */

static lacuna_status set_fail_on_not_evaluated(lacuna_options *options, const char *value,
                                               lacuna_error *err)
{
    return parse_bool(&options->fail_on_not_evaluated, value, err);
}

static lacuna_status set_color(lacuna_options *options, const char *value, lacuna_error *err)
{
    return parse_bool(&options->color, value, err);
}

static lacuna_status set_judge_store(lacuna_options *options, const char *value, lacuna_error *err)
{
    return replace_text(&options->judge_store, value, err);
}

static lacuna_status set_judge_all(lacuna_options *options, const char *value, lacuna_error *err)
{
    return parse_bool(&options->judge_all, value, err);
}

static lacuna_status set_audit_log(lacuna_options *options, const char *value, lacuna_error *err)
{
    return replace_text(&options->audit_log, value, err);
}

static lacuna_status set_audit_actor(lacuna_options *options, const char *value, lacuna_error *err)
{
    return replace_text(&options->audit_actor, value, err);
}

static lacuna_status set_audit_key_file(lacuna_options *options, const char *value,
                                        lacuna_error *err)
{
    return replace_text(&options->audit_key_file, value, err);
}

static lacuna_status set_identifiers(lacuna_options *options, const char *value, lacuna_error *err)
{
    static const struct {
        const char *name;
        lac_phi_policy policy;
    } known[] = {
        {"refuse", LAC_PHI_REFUSE}, {"pseudonyms", LAC_PHI_COVER}, {"allow", LAC_PHI_ALLOW}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(value, known[i].name) == 0) {
            options->identifiers = known[i].policy;
            return LACUNA_OK;
        }
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "\"%s\" is not one of refuse, pseudonyms, allow",
                    value);
}

static lacuna_status set_require_deid(lacuna_options *options, const char *value, lacuna_error *err)
{
    return parse_bool(&options->require_deid, value, err);
}

static lacuna_status set_pseudonym_map(lacuna_options *options, const char *value,
                                       lacuna_error *err)
{
    return replace_text(&options->pseudonym_map, value, err);
}

void lacuna_options_recognizer(lacuna_options *options, const lacuna_recognizer *recognizer)
{
    options->recognizer = recognizer;
}

static lacuna_status set_jobs(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_small(&options->jobs, value, 1, LAC_JOBS_MAX, err);
}

static lacuna_status set_width(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_small(&options->width, value, LAC_WIDTH_MIN, LAC_WIDTH_MAX, err);
}

static lacuna_status set_detail(lacuna_options *options, const char *value, lacuna_error *err)
{
    static const char *const names[] = {"summary", "normal", "full"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(value, names[i]) == 0) {
            options->detail = (lac_detail)i;
            return LACUNA_OK;
        }
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "\"%s\" is not one of summary, normal, full", value);
}

static lacuna_status set_max_package(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_bytes(&options->limits.package_file_bytes, value, FILE_BYTES_MAX, err);
}

static lacuna_status set_max_part(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_bytes(&options->limits.part_bytes, value, FILE_BYTES_MAX, err);
}

static lacuna_status set_max_total(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_bytes(&options->limits.package_total_bytes, value, FILE_BYTES_MAX, err);
}

static lacuna_status set_max_text(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_bytes(&options->limits.text_bytes, value, TEXT_BYTES_MAX, err);
}

static lacuna_status set_max_file(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_bytes(&options->limits.plain_file_bytes, value, TEXT_BYTES_MAX, err);
}

static lacuna_status set_max_pdf(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_bytes(&options->limits.pdf_file_bytes, value, FILE_BYTES_MAX, err);
}

static lacuna_status set_max_submission(lacuna_options *options, const char *value,
                                        lacuna_error *err)
{
    return set_bytes(&options->limits.submission_total_bytes, value, SUBMISSION_BYTES_MAX, err);
}

static lacuna_status set_max_submission_file(lacuna_options *options, const char *value,
                                             lacuna_error *err)
{
    return set_bytes(&options->limits.submission_part_bytes, value, SUBMISSION_BYTES_MAX, err);
}

static lacuna_status set_max_submission_files(lacuna_options *options, const char *value,
                                              lacuna_error *err)
{
    return set_small(&options->limits.submission_entries, value, 1, SUBMISSION_COUNT_MAX, err);
}

static lacuna_status set_max_leaves(lacuna_options *options, const char *value, lacuna_error *err)
{
    return set_small(&options->limits.submission_placements, value, 1, SUBMISSION_COUNT_MAX, err);
}

static lacuna_status set_max_pdf_seconds(lacuna_options *options, const char *value,
                                         lacuna_error *err)
{
    enum { DAY = 86400 };
    lac_limits *limits = &options->limits;
    lacuna_status status = set_small(&limits->pdf_cpu_seconds, value, 1, DAY, err);
    if (status == LACUNA_OK) {
        limits->pdf_wall_seconds = 2 * limits->pdf_cpu_seconds;
    }
    return status;
}

static const struct {
    const char *key;
    set_fn set;
} KEYS[] = {
    {"as-of", set_as_of},
    {"audit-actor", set_audit_actor},
    {"audit-key-file", set_audit_key_file},
    {"audit-log", set_audit_log},
    {"checklist", set_checklist},
    {"checklist-dir", set_checklist_dir},
    {"tailoring", set_tailoring},
    {"waivers", set_waivers},
    {"baseline", set_baseline},
    {"decisions", set_decisions},
    {"document-id", set_document_id},
    {"document-type-of", set_document_type_of},
    {"color", set_color},
    {"detail", set_detail},
    {"document-type", set_document_type},
    {"dtd-dir", set_dtd_dir},
    {"fail-on", set_fail_on},
    {"fail-on-not-evaluated", set_fail_on_not_evaluated},
    {"identifiers", set_identifiers},
    {"jobs", set_jobs},
    {"judge-all", set_judge_all},
    {"judge-store", set_judge_store},
    {"letter", set_letter},
    {"max-file-bytes", set_max_file},
    {"max-leaves", set_max_leaves},
    {"max-package-bytes", set_max_package},
    {"max-part-bytes", set_max_part},
    {"max-pdf-bytes", set_max_pdf},
    {"max-pdf-seconds", set_max_pdf_seconds},
    {"max-submission-bytes", set_max_submission},
    {"max-submission-file-bytes", set_max_submission_file},
    {"max-submission-files", set_max_submission_files},
    {"max-text-bytes", set_max_text},
    {"max-total-bytes", set_max_total},
    {"pdftotext", set_pdftotext},
    {"profile", set_profile},
    {"pseudonym-map", set_pseudonym_map},
    {"require-deid", set_require_deid},
    {"root", set_root},
    {"schema-dir", set_schema_dir},
    {"sequence", set_sequence},
    {"source", set_source},
    {"width", set_width},
};

lacuna_status lacuna_options_new(lacuna_options **out, lacuna_error *err)
{
    *out = NULL;
    lacuna_options *options = calloc(1, sizeof *options);
    if (options == NULL) {
        return lac_fail_nomem(err);
    }
    options->fail_on = LAC_SEVERITY_MAJOR;
    options->jobs = 1;
    options->limits = LAC_LIMITS_DEFAULT;
    options->width = DEFAULT_WIDTH;
    options->detail = LAC_DETAIL_NORMAL;
    *out = options;
    return LACUNA_OK;
}

void lacuna_options_free(lacuna_options *options)
{
    if (options != NULL) {
        free_list(&options->checklists);
        free_list(&options->checklist_dirs);
        free_list(&options->tailorings);
        free_list(&options->told);
        free_list(&options->sources);
        free(options->letter);
        free(options->document_type);
        free(options->root);
        free(options->pdftotext);
        free(options->sequence);
        free(options->dtd_dir);
        free(options->schema_dir);
        free(options->judge_store);
        free(options->audit_log);
        free(options->audit_actor);
        free(options->audit_key_file);
        free(options->pseudonym_map);
        free(options->waivers);
        free(options->baseline);
        free(options->decisions);
        free_list(&options->document_ids);
        free_list(&options->document_types);
        free(options);
    }
}

lacuna_status lacuna_options_set(lacuna_options *options, const char *key, const char *value,
                                 lacuna_error *err)
{
    if (options == NULL || key == NULL || value == NULL) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "options, key and value are needed");
    }
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        if (strcmp(key, KEYS[i].key) == 0) {
            lacuna_status status = KEYS[i].set(options, value, err);
            if (status != LACUNA_OK) {
                lac_error_place(err, key, 0);
            }
            return status;
        }
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "there is no option \"%s\"", key);
}

static lacuna_status copy_list(lac_text_list *to, const lac_text_list *from, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < from->count && status == LACUNA_OK; i++) {
        status = append(to, from->items[i], err);
    }
    return status;
}

static lacuna_status copy_lists(lacuna_options *to, const lacuna_options *from, lacuna_error *err)
{
    const struct {
        lac_text_list *to;
        const lac_text_list *from;
    } lists[] = {{&to->checklists, &from->checklists},
                 {&to->checklist_dirs, &from->checklist_dirs},
                 {&to->tailorings, &from->tailorings},
                 {&to->told, &from->told},
                 {&to->document_ids, &from->document_ids},
                 {&to->document_types, &from->document_types},
                 {&to->sources, &from->sources}};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0] && status == LACUNA_OK; i++) {
        *lists[i].to = (lac_text_list){NULL, 0, 0};
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0] && status == LACUNA_OK; i++) {
        status = copy_list(lists[i].to, lists[i].from, err);
    }
    return status;
}

static lacuna_status copy_texts(lacuna_options *to, const lacuna_options *from, lacuna_error *err)
{
    const struct {
        char **to;
        const char *from;
    } texts[] = {{&to->document_type, from->document_type},
                 {&to->pdftotext, from->pdftotext},
                 {&to->root, from->root},
                 {&to->sequence, from->sequence},
                 {&to->judge_store, from->judge_store},
                 {&to->audit_log, from->audit_log},
                 {&to->audit_actor, from->audit_actor},
                 {&to->audit_key_file, from->audit_key_file},
                 {&to->pseudonym_map, from->pseudonym_map},
                 {&to->dtd_dir, from->dtd_dir},
                 {&to->schema_dir, from->schema_dir},
                 {&to->letter, from->letter},
                 {&to->waivers, from->waivers},
                 {&to->baseline, from->baseline},
                 {&to->decisions, from->decisions}};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i].to = NULL;
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == LACUNA_OK; i++) {
        status = texts[i].from == NULL ? LACUNA_OK : replace_text(texts[i].to, texts[i].from, err);
    }
    return status;
}

lacuna_status lac_options_copy(lacuna_options **out, const lacuna_options *from, lacuna_error *err)
{
    lacuna_status status = lacuna_options_new(out, err);
    if (status != LACUNA_OK || from == NULL) {
        return status;
    }
    lacuna_options *copy = *out;
    *copy = *from;
    /* Both clear what they are to own before anything can fail. */
    lacuna_status listed = copy_lists(copy, from, err);
    status = copy_texts(copy, from, err);
    status = listed == LACUNA_OK ? status : listed;
    if (status != LACUNA_OK) {
        lacuna_options_free(copy);
        *out = NULL;
    }
    return status;
}

lac_text_style lac_options_style(const lacuna_options *options)
{
    if (options == NULL) {
        return (lac_text_style){.width = DEFAULT_WIDTH, .detail = LAC_DETAIL_NORMAL};
    }
    return (lac_text_style){options->width, options->color, options->detail};
}

lac_told_facts lac_options_told(const lacuna_options *options)
{
    return (lac_told_facts){(const char *const *)options->told.items,
                            (uint32_t)options->told.count};
}

/* A pattern that begins with '/' is held against the whole path. */
static bool fits(const char *pattern, const char *path, const char *root)
{
    char whole[2 * PATTERN_MAX];
    if (pattern[0] != '/' || path[0] == '/' || root == NULL) {
        return lac_glob_matches(pattern, path);
    }
    int length = snprintf(whole, sizeof whole, "%s/%s", root, path);
    return length > 0 && (size_t)length < sizeof whole && lac_glob_matches(pattern, whole);
}

const char *lac_options_of_path(const lacuna_options *options, const lac_text_list *list,
                                const char *path)
{
    char pattern[PATTERN_MAX];
    for (size_t i = list->count; i-- > 0;) {
        const char *parting = strrchr(list->items[i], '=');
        size_t length = (size_t)(parting - list->items[i]);
        if (length < sizeof pattern) {
            memcpy(pattern, list->items[i], length);
            pattern[length] = '\0';
            if (fits(pattern, path, options->root)) {
                return parting + 1;
            }
        }
    }
    return NULL;
}

lac_pdf_options lac_options_pdf(const lacuna_options *options)
{
    return (lac_pdf_options){.tool = options == NULL ? NULL : options->pdftotext};
}

const lac_limits *lac_options_limits(const lacuna_options *options)
{
    return options == NULL ? &LAC_LIMITS_DEFAULT : &options->limits;
}
