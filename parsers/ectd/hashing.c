#include "parsers/ectd/hashing.h"

#include "support/error.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct job {
    const lac_package *package;
    lac_hash_task *tasks;
    const uint32_t *order;
    uint32_t count;
    pthread_mutex_t lock; /* guards the two below */
    uint32_t next;
    lacuna_status status; /* a worker could not begin */
} job;

typedef struct sink {
    lac_digester *digester;
    bool has_nul;
} sink;

static lacuna_status take(void *user, const char *data, size_t length, lacuna_error *err)
{
    sink *s = user;
    s->has_nul = s->has_nul || memchr(data, '\0', length) != NULL;
    return lac_digester_update(s->digester, data, length, err);
}

static lacuna_status hash_file(lac_digests *digests, bool *has_nul, lac_digester *digester,
                               lac_package *package, uint32_t file, unsigned kinds, bool crlf,
                               lacuna_error *err)
{
    sink s = {digester, false};
    lacuna_status status = lac_digester_begin(digester, kinds, crlf, err);
    if (status == LACUNA_OK) {
        status = lac_package_stream(package, file, take, &s, err);
    }
    *has_nul = s.has_nul;
    return status == LACUNA_OK ? lac_digester_end(digests, digester, err) : status;
}

static void do_task(lac_hash_task *task, uint32_t file, lac_digester *digester,
                    lac_package *package)
{
    lacuna_error why = {0};
    task->status = hash_file(&task->digests, &task->has_nul, digester, package, file, task->kinds,
                             false, &why);
    if (task->status != LACUNA_OK) {
        task->why = malloc(sizeof why);
        if (task->why == NULL) {
            task->status = LACUNA_E_NOMEM;
        } else {
            *task->why = why;
        }
    }
}

static uint32_t take_next(job *j)
{
    (void)pthread_mutex_lock(&j->lock);
    uint32_t next = j->next < j->count ? j->order[j->next++] : LAC_PART_NONE;
    (void)pthread_mutex_unlock(&j->lock);
    return next;
}

static void work_through(job *j, lac_package *package, lac_digester *digester)
{
    for (uint32_t file; (file = take_next(j)) != LAC_PART_NONE;) {
        do_task(&j->tasks[file], file, digester, package);
    }
}

typedef struct helper {
    job *work;
    lac_package *package; /* its own handle, made before any thread reads: reading changes one */
    lac_digester *digester;
    pthread_t thread;
} helper;

static void *help(void *user)
{
    helper *h = user;
    work_through(h->work, h->package, h->digester);
    return NULL;
}

static void leave(helper *h)
{
    lac_digester_close(h->digester);
    lac_package_close(h->package);
}

/* Handles for up to `wanted` helpers; fewer where they cannot be had. */
static uint32_t prepare(helper *helpers, uint32_t wanted, job *j)
{
    uint32_t count = 0;
    while (count < wanted) {
        helper *h = &helpers[count];
        *h = (helper){.work = j};
        if (lac_package_share(&h->package, j->package, NULL) != LACUNA_OK ||
            lac_digester_open(&h->digester, NULL) != LACUNA_OK) {
            leave(h);
            break;
        }
        count++;
    }
    return count;
}

typedef struct sized {
    uint64_t size;
    uint32_t file;
} sized;

static int largest_first(const void *a, const void *b)
{
    const sized *x = a;
    const sized *y = b;
    if (x->size != y->size) {
        return x->size > y->size ? -1 : 1;
    }
    return (x->file > y->file) - (x->file < y->file);
}

/* Small files stay in the order of their names, which is mostly the order on the disk. */
enum { LARGE_BYTES = 4 << 20 };

static uint32_t *make_order(uint32_t *used, const lac_hash_task *tasks, uint32_t count,
                            const lac_package *package)
{
    *used = 0;
    sized *rows = calloc((size_t)count + 1, sizeof *rows);
    uint32_t *order = calloc((size_t)count + 1, sizeof *order);
    for (uint32_t i = 0; rows != NULL && order != NULL && i < count; i++) {
        if (tasks[i].kinds != 0) {
            uint64_t size = lac_package_size(package, i);
            rows[(*used)++] = (sized){size >= LARGE_BYTES ? size : 0, i};
        }
    }
    if (rows != NULL && order != NULL) {
        qsort(rows, *used, sizeof *rows, largest_first);
        for (uint32_t i = 0; i < *used; i++) {
            order[i] = rows[i].file;
        }
    }
    if (rows == NULL) {
        free(order);
        order = NULL;
    }
    free(rows);
    return order;
}

static void run_threads(job *j, lac_package *package, lac_digester *digester, uint32_t threads)
{
    helper helpers[LAC_HASH_THREADS_MAX];
    threads = threads < LAC_HASH_THREADS_MAX ? threads : LAC_HASH_THREADS_MAX;
    threads = threads < j->count ? threads : j->count;
    bool alone = threads < 2 || !lac_package_is_folder(package);
    uint32_t prepared = alone ? 0 : prepare(helpers, threads - 1, j);
    uint32_t started = 0;
    while (started < prepared &&
           pthread_create(&helpers[started].thread, NULL, help, &helpers[started]) == 0) {
        started++;
    }
    work_through(j, package, digester);
    for (uint32_t i = 0; i < started; i++) {
        (void)pthread_join(helpers[i].thread, NULL);
    }
    for (uint32_t i = 0; i < prepared; i++) {
        leave(&helpers[i]);
    }
}

lacuna_status lac_hash_files(lac_hash_task *tasks, uint32_t count, lac_package *package,
                             uint32_t threads, lacuna_error *err)
{
    job j = {.package = package, .tasks = tasks};
    lac_digester *digester = NULL;
    uint32_t *order = make_order(&j.count, tasks, count, package);
    lacuna_status status = order == NULL ? lac_fail_nomem(err) : lac_digester_open(&digester, err);
    j.order = order;
    if (status == LACUNA_OK && pthread_mutex_init(&j.lock, NULL) != 0) {
        status = lac_fail(err, LACUNA_E_INTERNAL, "a lock could not be made");
    } else if (status == LACUNA_OK) {
        run_threads(&j, package, digester, threads);
        (void)pthread_mutex_destroy(&j.lock);
    }
    lac_digester_close(digester);
    free(order);
    return status;
}

lacuna_status lac_hash_crlf(lac_digests *digests, lac_package *package, uint32_t file,
                            unsigned kinds, lacuna_error *err)
{
    lac_digester *digester;
    bool has_nul;
    lacuna_status status = lac_digester_open(&digester, err);
    if (status == LACUNA_OK) {
        status = hash_file(digests, &has_nul, digester, package, file, kinds, true, err);
    }
    lac_digester_close(digester);
    return status;
}
