#include "api/leaves.h"

#include "analyzer/ectd/leaf_references.h"
#include "api/pool.h"
#include "parsers/document_builder.h"
#include "parsers/ectd/ectd.h"
#include "support/error.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { HANDLES_MAX = 256 };

typedef struct reading {
    lac_leaves *leaves;
    const lac_source *source;
    const lac_open_options *open;
    const lac_analyze_options *options;
    lac_limits wide;       /* of the container */
    lac_package *original; /* of a folder: never read from, so that it can be shared */
    pthread_mutex_t lock;  /* guards the two below, and sharing */
    lac_package *idle[HANDLES_MAX];
    uint32_t idle_count;
    uint32_t *order; /* largest first */
} reading;

/* ---- handles -------------------------------------------------------------------------------- */

/* A package is read by one thread at a time; a handle is used again by whoever comes next. */
static lacuna_status take_handle(lac_package **out, reading *r, lacuna_error *err)
{
    *out = NULL;
    lacuna_status status = LACUNA_OK;
    (void)pthread_mutex_lock(&r->lock);
    if (r->idle_count > 0) {
        *out = r->idle[--r->idle_count];
    } else if (lac_package_is_folder(r->original)) {
        status = lac_package_share(out, r->original, err);
    } else {
        status = lac_package_open(out, r->source, &r->wide, err);
    }
    (void)pthread_mutex_unlock(&r->lock);
    return status;
}

static void give_back(reading *r, lac_package *package)
{
    bool kept = false;
    (void)pthread_mutex_lock(&r->lock);
    if (package != NULL && r->idle_count < HANDLES_MAX) {
        r->idle[r->idle_count++] = package;
        kept = true;
    }
    (void)pthread_mutex_unlock(&r->lock);
    if (!kept) {
        lac_package_close(package);
    }
}

/* ---- one document --------------------------------------------------------------------------- */

/* Entries stand in the order of the files; where the container changed since, they are looked for
 * by their names. */
static uint32_t find_entry(const lac_package *package, const char *path, uint32_t expected)
{
    uint32_t count = lac_package_count(package);
    uint32_t found = lac_package_find(package, path);
    if (found < count && strcmp(lac_package_name(package, found), path) == 0) {
        return found;
    }
    if (expected < count && strcmp(lac_package_name(package, expected), path) == 0) {
        return expected;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(lac_package_name(package, i), path) == 0) {
            return i;
        }
    }
    return LAC_PART_NONE;
}

static uint64_t most_bytes(const lac_limits *limits)
{
    uint64_t most = limits->package_file_bytes;
    most = limits->pdf_file_bytes > most ? limits->pdf_file_bytes : most;
    return limits->plain_file_bytes > most ? limits->plain_file_bytes : most;
}

static lacuna_status read_bytes(char **data, size_t *length, reading *r, uint32_t file,
                                const char *path, lacuna_error *err)
{
    lac_package *package;
    *data = NULL;
    *length = 0;
    lacuna_status status = take_handle(&package, r, err);
    if (status != LACUNA_OK) {
        return status;
    }
    uint32_t entry = find_entry(package, path, file);
    status = entry == LAC_PART_NONE
                 ? lac_fail_remedy(err, LACUNA_E_IO, "check it again when nobody writes it",
                                   "it was there before, and is gone")
                 : lac_package_read(data, length, package, entry, most_bytes(r->open->limits), err);
    give_back(r, package);
    return status;
}

/* A kind of file that agencies accept in some places and that is not read here: nothing is wrong
 * with it. */
static bool has_no_reader(lac_kind kind)
{
    return kind == LAC_KIND_OLE_LEGACY || kind == LAC_KIND_RTF || kind == LAC_KIND_HTML;
}

static lacuna_status make_unread(lac_document **out, const lac_limits *limits, lacuna_error *err)
{
    lac_builder builder;
    *out = NULL;
    lacuna_status status = lac_builder_init(&builder, LAC_FORMAT_TEXT, limits, err);
    if (status != LACUNA_OK) {
        return status;
    }
    builder.document->not_evaluated = "not-evaluated/no-reader";
    status = lac_builder_note(&builder, "leaf/no-reader", LAC_NONE,
                              "a kind of file that is not read here (.doc, .rtf, .html); check it "
                              "as .docx or PDF");
    if (status != LACUNA_OK) {
        lac_builder_free(&builder);
        return lac_fail_nomem(err);
    }
    return lac_builder_finish(out, &builder, err);
}

static lacuna_status open_document(lac_document **out, const lac_source *source,
                                   const lac_open_options *open, lacuna_error *err)
{
    lac_kind kind;
    *out = NULL;
    lacuna_status status = lac_sniff(&kind, source, err);
    if (status != LACUNA_OK) {
        return status;
    }
    return has_no_reader(kind) ? make_unread(out, open->limits, err)
                               : lac_document_open_with(out, source, open, err);
}

static lacuna_status open_leaf(lac_document **out, lac_digest *digest, const lac_leaf *leaf,
                               reading *r, lacuna_error *err)
{
    char *data;
    size_t length;
    const char *path = r->leaves->submission->files[leaf->file].path;
    *out = NULL;
    lacuna_status status = read_bytes(&data, &length, r, leaf->file, path, err);
    const lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = path, .memory = lac_span_make(data, length)};
    if (status == LACUNA_OK) {
        status = lac_sha256(digest, source.memory, err);
    }
    if (status == LACUNA_OK) {
        status = open_document(out, &source, r->open, err);
    }
    free(data);
    return status;
}

static lacuna_status read_leaf(lac_leaf *leaf, reading *r, lacuna_error *err)
{
    lac_document *document;
    lacuna_status status = open_leaf(&document, &leaf->digest, leaf, r, err);
    return status == LACUNA_OK ? lac_leaf_judge(leaf, r->leaves, document, r->options, err)
                               : status;
}

/* The file is named by whoever tells the message. */
static void drop_name(lacuna_error *err, const char *path)
{
    size_t length = strlen(path);
    if (strncmp(err->message, path, length) == 0 && strncmp(err->message + length, ": ", 2) == 0) {
        const char *rest = err->message + length + 2;
        memmove(err->message, rest, strlen(rest) + 1);
    }
}

static bool is_cancelled(const reading *r)
{
    const lac_pdf_options *pdf = r->open->pdf;
    return pdf != NULL && pdf->cancelled != NULL && pdf->cancelled(pdf->user);
}

static void work(void *user, size_t index)
{
    reading *r = user;
    lac_leaf *leaf = &r->leaves->items[r->order[index]];
    lacuna_status status = LACUNA_OK;
    if (is_cancelled(r)) {
        status = lac_fail(&leaf->error, LACUNA_E_CANCELLED, "not read: the run was cancelled");
    } else {
        status = read_leaf(leaf, r, &leaf->error);
        drop_name(&leaf->error, r->leaves->submission->files[leaf->file].path);
    }
    leaf->error.status = (int32_t)status;
}

static void done(void *user, size_t index)
{
    (void)user;
    (void)index;
}

/* ---- references from one to another --------------------------------------------------------- */

/* A document that changed since it was judged answers nothing. */
static lacuna_status follow(const lac_leaf_reference *references, size_t count, reading *r,
                            lacuna_error *err)
{
    lac_document *document;
    lac_digest digest;
    lacuna_error unread = {0};
    const lac_leaf *leaf = &r->leaves->items[references[0].target];
    lacuna_status status = open_leaf(&document, &digest, leaf, r, &unread);
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    if (status != LACUNA_OK || strcmp(digest.hex, leaf->digest.hex) != 0) {
        lac_document_free(document);
        return LACUNA_OK;
    }
    status = lac_leaf_references_answer(references, count, r->leaves, document, r->options, err);
    lac_document_free(document);
    return status;
}

/* Each document that is referred to is read once more, one after the other: they are few. */
static lacuna_status follow_references(reading *r, lacuna_error *err)
{
    lac_arena arena;
    lac_leaf_references references;
    lac_arena_init(&arena);
    lacuna_status status = lac_leaf_references_plan(&references, r->leaves, &arena, err);
    for (size_t i = 0; i < references.count && status == LACUNA_OK && !is_cancelled(r);) {
        size_t end = i + 1;
        while (end < references.count &&
               references.items[end].target == references.items[i].target) {
            end++;
        }
        status = follow(&references.items[i], end - i, r, err);
        i = end;
    }
    lac_arena_free(&arena);
    return status;
}

/* ---- all of them ---------------------------------------------------------------------------- */

typedef struct sized_leaf {
    uint64_t size;
    uint32_t leaf;
} sized_leaf;

static int largest_first(const void *a, const void *b)
{
    const sized_leaf *x = a;
    const sized_leaf *y = b;
    if (x->size != y->size) {
        return x->size > y->size ? -1 : 1;
    }
    return (x->leaf > y->leaf) - (x->leaf < y->leaf);
}

static lacuna_status make_order(reading *r, lacuna_error *err)
{
    uint32_t count = r->leaves->count;
    sized_leaf *sized = calloc((size_t)count + 1, sizeof *sized);
    r->order = calloc((size_t)count + 1, sizeof *r->order);
    if (sized == NULL || r->order == NULL) {
        free(sized);
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t file = r->leaves->items[i].file;
        sized[i] = (sized_leaf){r->leaves->submission->files[file].size, i};
    }
    qsort(sized, count, sizeof *sized, largest_first);
    for (uint32_t i = 0; i < count; i++) {
        r->order[i] = sized[i].leaf;
    }
    free(sized);
    return LACUNA_OK;
}

static lacuna_status read_all(reading *r, lacuna_error *err)
{
    lacuna_status status = lac_package_open(&r->original, r->source, &r->wide, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (pthread_mutex_init(&r->lock, NULL) != 0) {
        lac_package_close(r->original);
        return lac_fail(err, LACUNA_E_INTERNAL, "a lock could not be made");
    }
    if (!lac_package_is_folder(r->original)) {
        r->idle[r->idle_count++] = r->original;
    }
    lac_pool_work pool = {.user = r,
                          .count = r->leaves->count,
                          .threads = r->options->threads,
                          .work = work,
                          .done = done};
    status = lac_pool_run(&pool, err);
    if (status == LACUNA_OK) {
        status = follow_references(r, err);
    }
    bool folder = lac_package_is_folder(r->original);
    while (r->idle_count > 0) {
        lac_package_close(r->idle[--r->idle_count]);
    }
    if (folder) {
        lac_package_close(r->original);
    }
    (void)pthread_mutex_destroy(&r->lock);
    return status;
}

lacuna_status lac_leaves_read(lac_leaves *leaves, const lac_source *source,
                              const lac_open_options *open, const lac_analyze_options *options,
                              lacuna_error *err)
{
    if (leaves->count == 0) {
        return LACUNA_OK;
    }
    reading r = {.leaves = leaves,
                 .source = source,
                 .open = open,
                 .options = options,
                 .wide = lac_submission_limits(open->limits)};
    lacuna_status status = make_order(&r, err);
    if (status == LACUNA_OK) {
        status = read_all(&r, err);
    }
    free(r.order);
    return status;
}
