/*
 * threads.c - 64 threads on what may be shared: one checklist, one catalog, one document, one
 * result.
 *
 * Built with the thread sanitizer (preset tsan) it shows that there is no race; every build holds
 * the bytes that come out to those of one thread.
 *
 * usage: threads CHECKLIST-DIR CHECKLIST ITEM
 */
#include <lacuna.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 64, DOCUMENTS = 128, TEXT_SIZE = 4096 };

typedef struct digest {
    uint64_t value, length;
} digest;

typedef struct shared {
    const lacuna_options *options;
    const lacuna_catalog *catalog;
    const lacuna_document *document;
    const lacuna_result *result;
    const char *item;
    digest expected;
    atomic_uint wrong;
} shared;

/* FNV-1a of everything written. */
static int add(void *user, const void *data, size_t length)
{
    digest *d = user;
    const unsigned char *bytes = data;
    for (size_t i = 0; i < length; i++) {
        d->value = (d->value ^ bytes[i]) * 1099511628211u;
    }
    d->length += length;
    return 0;
}

static void must(lacuna_status status, const lacuna_error *err, const char *what)
{
    if (status != LACUNA_OK) {
        (void)fprintf(stderr, "%s: %s\n", what, err->message);
        exit(1);
    }
}

static void make_text(char *text, unsigned number)
{
    (void)snprintf(
        text, TEXT_SIZE,
        "# Clinical Trial Protocol %u\n\n## 1 Trial design\n\nThis is a randomised, "
        "double-blind trial in %u participants.\n\n## 2 Adverse events\n\nAdverse events "
        "are recorded from consent to %u days after the last dose.\n",
        number, 40 + number, 28 + number);
}

/* One run over many documents; its threads share each checklist. */
static lacuna_result *run_many(const lacuna_options *options)
{
    char text[TEXT_SIZE];
    char name[32];
    lacuna_error err = {0};
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    must(lacuna_run_new(&run, options, &err), &err, "run");
    for (unsigned i = 0; i < DOCUMENTS; i++) {
        make_text(text, i);
        (void)snprintf(name, sizeof name, "%03u.md", i);
        must(lacuna_run_add_memory(run, name, text, strlen(text), &err), &err, "add");
    }
    must(lacuna_run_execute(&result, run, &err), &err, "execute");
    lacuna_run_free(run);
    return result;
}

static digest digest_of(const lacuna_result *result)
{
    digest d = {14695981039346656037u, 0};
    lacuna_error err = {0};
    must(lacuna_result_render(result, "json", NULL, add, &d, &err), &err, "render");
    return d;
}

/* What any number of threads may do with the same handles. */
static void read_shared(shared *s)
{
    digest d = {14695981039346656037u, 0};
    lacuna_error err = {0};
    must(lacuna_catalog_list(s->catalog, "json", NULL, add, &d, &err), &err, "list");
    must(lacuna_catalog_explain(s->catalog, s->item, "json", NULL, add, &d, &err), &err, "explain");
    must(lacuna_document_text(s->document, add, &d, &err), &err, "text");
    must(lacuna_document_outline(s->document, "json", add, &d, &err), &err, "outline");
    must(lacuna_result_render(s->result, "sarif", NULL, add, &d, &err), &err, "sarif");
    must(lacuna_result_render(s->result, "text", NULL, add, &d, &err), &err, "text report");
    digest json = digest_of(s->result);
    (void)add(&d, &json, sizeof json);
    if (s->expected.length == 0) {
        s->expected = d;
    } else if (memcmp(&d, &s->expected, sizeof d) != 0) {
        atomic_fetch_add(&s->wrong, 1);
    }
}

/* And a run of its own, beside 63 others. */
static void *work(void *user)
{
    shared *s = user;
    char text[TEXT_SIZE];
    lacuna_error err = {0};
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    read_shared(s);
    make_text(text, 7);
    must(lacuna_run_new(&run, s->options, &err), &err, "run");
    must(lacuna_run_add_memory(run, "own.md", text, strlen(text), &err), &err, "add");
    must(lacuna_run_execute(&result, run, &err), &err, "execute");
    lacuna_result_free(result);
    lacuna_run_free(run);
    return NULL;
}

static lacuna_options *make_options(const char *jobs, char **argv)
{
    lacuna_error err = {0};
    lacuna_options *options = NULL;
    must(lacuna_options_new(&options, &err), &err, "options");
    must(lacuna_options_set(options, "jobs", jobs, &err), &err, "jobs");
    must(lacuna_options_set(options, "as-of", "2026-01-01", &err), &err, "as-of");
    must(lacuna_options_set(options, "checklist-dir", argv[1], &err), &err, "checklist-dir");
    must(lacuna_options_set(options, "checklist", argv[2], &err), &err, "checklist");
    return options;
}

static void start_threads(shared *s)
{
    pthread_t threads[THREADS];
    for (unsigned i = 0; i < THREADS; i++) {
        if (pthread_create(&threads[i], NULL, work, s) != 0) {
            (void)fprintf(stderr, "a thread could not be started\n");
            exit(1);
        }
    }
    for (unsigned i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        (void)fprintf(stderr, "usage: threads CHECKLIST-DIR CHECKLIST ITEM\n");
        return 2;
    }
    char text[TEXT_SIZE];
    lacuna_error err = {0};
    lacuna_options *one = make_options("1", argv);
    lacuna_options *many = make_options("64", argv);
    lacuna_result *alone = run_many(one);
    lacuna_result *together = run_many(many);
    digest a = digest_of(alone);
    digest b = digest_of(together);
    lacuna_catalog *catalog = NULL;
    lacuna_document *document = NULL;
    must(lacuna_catalog_open(&catalog, one, &err), &err, "catalog");
    make_text(text, 1);
    must(lacuna_document_open_memory(&document, "shared.md", text, strlen(text), one, &err), &err,
         "document");
    shared s = {.options = one,
                .catalog = catalog,
                .document = document,
                .result = together,
                .item = argv[3]};
    read_shared(&s);
    start_threads(&s);
    lacuna_document_free(document);
    lacuna_catalog_free(catalog);
    lacuna_result_free(alone);
    lacuna_result_free(together);
    lacuna_options_free(one);
    lacuna_options_free(many);
    bool same = memcmp(&a, &b, sizeof a) == 0;
    (void)printf("%d threads: %s, %u of them read something else\n", THREADS,
                 same ? "the same result as one" : "ANOTHER RESULT than one",
                 atomic_load(&s.wrong));
    return same && atomic_load(&s.wrong) == 0 ? 0 : 1;
}
