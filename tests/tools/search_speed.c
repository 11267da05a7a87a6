/*
 * search_speed TEXT TERMS - how long indexing a text and searching it takes.
 *
 * TERMS holds one term a line. Prints milliseconds, the least of several rounds: other work on the machine only adds. A tool for
 * people: nothing is asserted about time.
 */
#include "analyzer/terms.h"
#include "support/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 15, MOST_TERMS = 100000 };

static double now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int read_file(lac_buf *out, const char *path)
{
    lac_buf_init(out, (size_t)1 << 30);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return -1;
    }
    char piece[65536];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        if (lac_buf_append(out, piece, got) != LACUNA_OK) {
            break;
        }
    }
    int failed = ferror(file);
    (void)fclose(file);
    return failed;
}

static size_t parse_terms(lac_term **terms, lac_arena *arena, char *lines)
{
    size_t count = 0;
    for (char *line = strtok(lines, "\n"); line != NULL && count < MOST_TERMS;
         line = strtok(NULL, "\n")) {
        lacuna_error err = {0};
        if (lac_term_parse(&terms[count], arena, line, &err) == LACUNA_OK) {
            count++;
        } else {
            (void)fprintf(stderr, "%s\n", err.message);
        }
    }
    return count;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double least(double *times)
{
    qsort(times, ROUNDS, sizeof *times, compare);
    return times[0];
}

static void run(lac_span text, lac_term *const *terms, size_t count)
{
    double indexing[ROUNDS];
    double searching[ROUNDS];
    size_t found_count = 0;
    uint32_t tokens = 0;
    for (int round = 0; round < ROUNDS; round++) {
        lac_text_index *index = NULL;
        double start = now_ms();
        if (lac_text_index_new(&index, text, NULL) != LACUNA_OK) {
            return;
        }
        indexing[round] = now_ms() - start;
        (void)lac_text_index_tokens(index, &tokens);
        found_count = 0;
        start = now_ms();
        for (size_t i = 0; i < count; i++) {
            bool found;
            lac_match match;
            if (lac_term_find(&found, &match, terms[i], index, 0, (uint32_t)text.len, NULL) ==
                LACUNA_OK) {
                found_count += found ? 1 : 0;
            }
        }
        searching[round] = now_ms() - start;
        lac_text_index_free(index);
    }
    (void)printf("text %zu bytes, %u words: index %.2f ms; %zu terms (%zu found): %.2f ms\n",
                 text.len, tokens, least(indexing), count, found_count, least(searching));
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        (void)fprintf(stderr, "usage: search_speed TEXT TERMS\n");
        return 2;
    }
    lac_buf text;
    lac_buf lines;
    if (read_file(&text, argv[1]) != 0 || read_file(&lines, argv[2]) != 0) {
        return 2;
    }
    lac_arena arena;
    lac_arena_init(&arena);
    lac_term **terms = calloc(MOST_TERMS, sizeof(lac_term *));
    char *copy = lac_buf_steal(&lines);
    if (terms != NULL && copy != NULL) {
        double start = now_ms();
        size_t count = parse_terms(terms, &arena, copy);
        (void)printf("parsing %zu terms: %.2f ms\n", count, now_ms() - start);
        run(lac_buf_span(&text), terms, count);
        for (size_t i = 0; i < count; i++) {
            lac_term_release(terms[i]);
        }
    }
    free(terms);
    free(copy);
    lac_arena_free(&arena);
    lac_buf_free(&text);
    return 0;
}
