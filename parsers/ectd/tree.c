#include "parsers/ectd/tree.h"

#include "parsers/ectd/paths.h"
#include "parsers/package/names.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

enum {
    SIGN_INDEX = 1u << 0,
    SIGN_INDEX_MD5 = 1u << 1,
    SIGN_REGIONAL = 1u << 2,
    SIGN_UNIT = 1u << 3,
    SIGN_MODULE = 1u << 4,
    CANDIDATES_MAX = 1u << 20,
};

typedef struct candidate {
    const char *folder; /* below the input */
    uint32_t signs;
} candidate;

typedef struct scan {
    lac_intake *intake;
    LAC_LIST(candidate) candidates;
    lac_map map; /* folder -> candidate */
} scan;

/* ---- collecting signs ----------------------------------------------------------------------- */

static lacuna_status sign(scan *s, lac_span folder, uint32_t signs)
{
    uint32_t index = lac_map_find(&s->map, 0, folder);
    if (index != LAC_NONE) {
        s->candidates.items[index].signs |= signs;
        return LACUNA_OK;
    }
    lacuna_status status;
    const char *kept = lac_intake_copy(s->intake, folder);
    if (kept == NULL) {
        return LACUNA_E_NOMEM;
    }
    candidate *added =
        lac_intake_add(s->intake, &s->candidates, sizeof *added, CANDIDATES_MAX, &status);
    if (added == NULL) {
        return status;
    }
    *added = (candidate){kept, signs};
    status = lac_map_put(&s->map, 0, lac_span_make(kept, folder.len),
                         (uint32_t)(s->candidates.count - 1));
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(s->intake->err);
}

/* "m1" to "m5". */
static bool is_module(const char *segment, size_t length)
{
    return length == 2 && (segment[0] == 'm' || segment[0] == 'M') && segment[1] >= '1' &&
           segment[1] <= '5';
}

/* The first folder of the path that is named like a module; NULL: none. */
static const char *find_module(const char *path)
{
    for (const char *at = path; *at != '\0';) {
        size_t length = strcspn(at, "/");
        if (at[length] == '/' && is_module(at, length)) {
            return at;
        }
        at += length + (at[length] == '/');
    }
    return NULL;
}

/* Folder in front of a segment. */
static lac_span folder_before(const char *path, const char *segment)
{
    return lac_span_make(path, segment == path ? 0 : (size_t)(segment - path) - 1);
}

static bool is_regional_name(lac_span name)
{
    return lac_span_ends_nocase(name, "-regional.xml") && name.len <= 20;
}

/* m1/us/us-regional.xml, or m1/us-regional.xml below the module. */
static lacuna_status note_regional(scan *s, uint32_t file, const char *module)
{
    lacuna_status status;
    const char *path = s->intake->files[file].path;
    uint32_t *added = LAC_ADD(s->intake, regionals, s->intake->file_count, &status);
    if (added == NULL) {
        return status;
    }
    *added = file;
    return sign(s, folder_before(path, module), SIGN_REGIONAL);
}

static lacuna_status note_file(scan *s, uint32_t file)
{
    static const struct {
        const char *name;
        uint32_t sign;
    } signs[] = {{"index.xml", SIGN_INDEX},
                 {"index-md5.txt", SIGN_INDEX_MD5},
                 {"submissionunit.xml", SIGN_UNIT}};
    const char *path = s->intake->files[file].path;
    const char *module = find_module(path);
    if (module != NULL) {
        lacuna_status status = sign(s, folder_before(path, module), SIGN_MODULE);
        if (status == LACUNA_OK && module[1] == '1' &&
            is_regional_name(lac_span_of(lac_path_name(path)))) {
            status = note_regional(s, file, module);
        }
        return status;
    }
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (lac_span_equal_nocase(lac_span_of(lac_path_name(path)), lac_span_of(signs[i].name))) {
            return sign(s, lac_span_make(path, lac_path_folder(path)), signs[i].sign);
        }
    }
    return LACUNA_OK;
}

/* ---- choosing ------------------------------------------------------------------------------- */

static bool is_sure(const candidate *c)
{
    return (c->signs & (SIGN_UNIT | SIGN_INDEX_MD5 | SIGN_REGIONAL)) != 0 ||
           (c->signs & (SIGN_INDEX | SIGN_MODULE)) == (SIGN_INDEX | SIGN_MODULE);
}

/* Whether a folder above is a sequence already: nothing inside a sequence is one. */
static bool is_inside(const lac_intake *intake, const char *folder)
{
    size_t length = strlen(folder);
    while (length > 0) {
        while (length > 0 && folder[length - 1] != '/') {
            length--;
        }
        length -= length > 0;
        if (lac_map_find(&intake->folder_map, 0, lac_span_make(folder, length)) != LAC_NONE) {
            return true;
        }
    }
    return false;
}

static lacuna_status add_draft(lac_intake *intake, const candidate *c)
{
    lacuna_status status;
    if (is_inside(intake, c->folder)) {
        return LACUNA_OK;
    }
    lac_draft *draft = LAC_ADD(intake, drafts, CANDIDATES_MAX, &status);
    if (draft == NULL) {
        return status;
    }
    const char *none = "";
    draft->model = (lac_sequence){.activity = LAC_NONE,
                                  .folder = c->folder,
                                  .number = none,
                                  .region = none,
                                  .grouped_in = LAC_NONE,
                                  .submission_id = none,
                                  .submission_type = none,
                                  .submission_sub_type = none,
                                  .description = none,
                                  .company = none,
                                  .product = none,
                                  .date = none,
                                  .related = none,
                                  .index_checksum = LAC_CHECKSUM_NOT_GIVEN};
    draft->model.name = lac_path_name(c->folder[0] == '\0' ? intake->root : c->folder);
    draft->model.standard = (c->signs & SIGN_UNIT) != 0 && (c->signs & SIGN_INDEX) == 0
                                ? LAC_STANDARD_ECTD_4
                                : LAC_STANDARD_ECTD_3;
    draft->application_id = draft->application_type = draft->activity_type = none;
    status = lac_map_put(&intake->folder_map, 0, lac_span_of(c->folder),
                         (uint32_t)(intake->drafts.count - 1));
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(intake->err);
}

/* Four digits or fewer, the name FDA and ICH give the folder of a sequence. */
static bool is_numbered(const char *folder)
{
    const char *name = lac_path_name(folder);
    size_t digits = strspn(name, "0123456789");
    return digits > 0 && digits <= 6 && name[digits] == '\0';
}

/* Folders above come first, so that what lies inside a sequence is seen to. */
static int by_folder(const void *a, const void *b)
{
    return strcmp(((const candidate *)a)->folder, ((const candidate *)b)->folder);
}

/* Folders that hold a sequence. */
static lacuna_status note_parents(lac_map *parents, lac_intake *intake)
{
    for (uint32_t i = 0; i < intake->drafts.count; i++) {
        const char *folder = intake->drafts.items[i].model.folder;
        if (lac_map_put(parents, 0, lac_span_make(folder, lac_path_folder(folder)), i) !=
            LACUNA_OK) {
            return lac_fail_nomem(intake->err);
        }
    }
    return LACUNA_OK;
}

/* Folders whose files leave it open what they are: sequences beside sequences, or all there is. */
static lacuna_status choose_unsure(scan *s)
{
    lac_map parents;
    lac_intake *intake = s->intake;
    bool none = intake->drafts.count == 0;
    lac_map_init(&parents);
    lacuna_status status = note_parents(&parents, intake);
    for (size_t i = 0; i < s->candidates.count && status == LACUNA_OK; i++) {
        const candidate *c = &s->candidates.items[i];
        lac_span parent = lac_span_make(c->folder, lac_path_folder(c->folder));
        if (!is_sure(c) &&
            (none || (is_numbered(c->folder) && lac_map_find(&parents, 0, parent) != LAC_NONE))) {
            status = add_draft(intake, c);
        }
    }
    lac_map_free(&parents);
    return status;
}

static lacuna_status choose(scan *s)
{
    lac_intake *intake = s->intake;
    lacuna_status status = LACUNA_OK;
    if (s->candidates.count > 0) {
        qsort(s->candidates.items, s->candidates.count, sizeof *s->candidates.items, by_folder);
    }
    for (size_t i = 0; i < s->candidates.count && status == LACUNA_OK; i++) {
        if (is_sure(&s->candidates.items[i])) {
            status = add_draft(intake, &s->candidates.items[i]);
        }
    }
    if (status == LACUNA_OK) {
        status = choose_unsure(s);
    }
    if (status == LACUNA_OK && intake->drafts.count == 0) {
        return lac_fail_remedy(intake->err, LACUNA_E_UNSUPPORTED,
                               "Name the folder of a sequence, or one that holds such folders.",
                               "no eCTD sequence: no index.xml with module folders, no "
                               "submissionunit.xml, no regional backbone");
    }
    return status;
}

/* ---- files ---------------------------------------------------------------------------------- */

static bool is_exempt(const lac_intake *intake, const lac_file *file)
{
    static const char *const names[] = {"index.xml", "index-md5.txt", "submissionunit.xml",
                                        "sha256.txt"};
    if (file->sequence == LAC_NONE) {
        return true;
    }
    const char *folder = intake->drafts.items[file->sequence].model.folder;
    size_t length = strlen(folder);
    lac_span path = lac_span_of(file->path + length + (length > 0));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (lac_span_equal_nocase(path, lac_span_of(names[i]))) {
            return true;
        }
    }
    /* Some tools put DTDs and style sheets beside the regional backbone as well. */
    return lac_span_starts_nocase(path, "util/") || strstr(file->path, "/util/dtd/") != NULL ||
           strstr(file->path, "/util/style/") != NULL;
}

static lacuna_status list_files(lac_intake *intake)
{
    intake->file_count = lac_package_count(intake->package);
    intake->files = lac_arena_array(intake->arena, intake->file_count, sizeof *intake->files);
    if (intake->files == NULL) {
        return lac_fail_nomem(intake->err);
    }
    for (uint32_t i = 0; i < intake->file_count; i++) {
        const char *path =
            lac_intake_copy(intake, lac_span_of(lac_package_name(intake->package, i)));
        if (path == NULL) {
            return LACUNA_E_NOMEM;
        }
        intake->files[i] = (lac_file){.path = path,
                                      .size = lac_package_size(intake->package, i),
                                      .sequence = LAC_NONE,
                                      .md5 = "",
                                      .sha256 = ""};
    }
    return LACUNA_OK;
}

lacuna_status lac_tree_scan(lac_intake *intake)
{
    scan s = {.intake = intake};
    lacuna_status status = list_files(intake);
    for (uint32_t i = 0; i < intake->file_count && status == LACUNA_OK; i++) {
        status = note_file(&s, i);
    }
    if (status == LACUNA_OK) {
        status = choose(&s);
    }
    for (uint32_t i = 0; i < intake->file_count && status == LACUNA_OK; i++) {
        lac_file *file = &intake->files[i];
        file->sequence = lac_tree_owner(intake, file->path);
        file->exempt = is_exempt(intake, file);
    }
    free(s.candidates.items);
    lac_map_free(&s.map);
    return status;
}

uint32_t lac_tree_owner(const lac_intake *intake, const char *path)
{
    size_t length = strlen(path);
    do {
        while (length > 0 && path[length - 1] != '/') {
            length--;
        }
        length -= length > 0;
        uint32_t draft = lac_map_find(&intake->folder_map, 0, lac_span_make(path, length));
        if (draft != LAC_NONE) {
            return draft;
        }
    } while (length > 0);
    return LAC_NONE;
}

uint32_t lac_tree_find(const lac_intake *intake, const char *path, bool *other_case)
{
    uint32_t part = lac_package_find(intake->package, path);
    *other_case = part != LAC_PART_NONE && strcmp(intake->files[part].path, path) != 0;
    return part == LAC_PART_NONE ? LAC_NONE : part;
}

lacuna_status lac_tree_find_in(uint32_t *file, lac_intake *intake, const lac_sequence *sequence,
                               const char *name)
{
    lac_buf path;
    bool other_case;
    *file = LAC_NONE;
    lac_buf_init(&path, SIZE_MAX / 2);
    lacuna_status status = lac_buf_printf(&path, "%s%s%s", sequence->folder,
                                          sequence->folder[0] == '\0' ? "" : "/", name);
    if (status == LACUNA_OK) {
        *file = lac_tree_find(intake, lac_buf_text(&path), &other_case);
    } else {
        status = lac_fail_nomem(intake->err);
    }
    lac_buf_free(&path);
    return status;
}
