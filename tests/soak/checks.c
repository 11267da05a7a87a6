/*
 * checks.c - many checks in one process: the same result every time, and memory that stays flat.
 *
 * usage: checks COUNT FILE [KEY VALUE]...     options as in lacuna.h
 * Prints the resident memory after a tenth of the checks and at the end. Exit code 1: a result
 * differs, or memory grew by more than 1 MiB in the nine tenths between.
 */
#include <lacuna.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FILE_MAX = 64 << 20, GROWTH_KIB = 1024, STEPS = 10 };

typedef struct digest {
    uint64_t value, length;
} digest;

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

static void must(lacuna_status status, const lacuna_error *err)
{
    if (status != LACUNA_OK) {
        (void)fprintf(stderr, "%s\n", err->message);
        exit(1);
    }
}

static long resident_kib(void)
{
    long pages = 0;
    long resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file != NULL) {
        if (fscanf(file, "%ld %ld", &pages, &resident) != 2) {
            resident = 0;
        }
        (void)fclose(file);
    }
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *data = malloc(FILE_MAX);
    if (file == NULL || data == NULL) {
        (void)fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    *length = fread(data, 1, FILE_MAX, file);
    (void)fclose(file);
    return data;
}

/* Everything is made and freed, as by a service that knows nothing of the request before. */
static digest check(const char *name, const char *data, size_t length, int argc, char **argv)
{
    digest d = {14695981039346656037u, 0};
    lacuna_error err = {0};
    lacuna_options *options = NULL;
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    must(lacuna_options_new(&options, &err), &err);
    for (int i = 0; i + 1 < argc; i += 2) {
        must(lacuna_options_set(options, argv[i], argv[i + 1], &err), &err);
    }
    must(lacuna_run_new(&run, options, &err), &err);
    must(lacuna_run_add_memory(run, name, data, length, &err), &err);
    must(lacuna_run_execute(&result, run, &err), &err);
    must(lacuna_result_render(result, "json", NULL, add, &d, &err), &err);
    lacuna_result_free(result);
    lacuna_run_free(run);
    lacuna_options_free(options);
    return d;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        (void)fprintf(stderr, "usage: checks COUNT FILE [KEY VALUE]...\n");
        return 2;
    }
    unsigned long count = strtoul(argv[1], NULL, 10);
    size_t length;
    char *data = read_file(argv[2], &length);
    const char *slash = strrchr(argv[2], '/');
    const char *name = slash == NULL ? argv[2] : slash + 1;
    time_t begun = time(NULL);
    digest first = check(name, data, length, argc - 3, argv + 3);
    unsigned long wrong = 0;
    long early = 0;
    for (unsigned long i = 1; i < count; i++) {
        digest d = check(name, data, length, argc - 3, argv + 3);
        wrong += memcmp(&d, &first, sizeof d) != 0;
        if (i == count / STEPS) {
            early = resident_kib();
        }
    }
    long late = resident_kib();
    free(data);
    (void)printf("%lu checks in %ld s, %lu with another result, %ld KiB resident after a tenth of "
                 "them, %ld KiB at the end\n",
                 count, (long)(time(NULL) - begun), wrong, early, late);
    return wrong == 0 && late - early <= GROWTH_KIB ? 0 : 1;
}
