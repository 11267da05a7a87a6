#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SHOWN_PATH = 50 };

static bool draws_line(cli_progress how, bool quiet)
{
    return how == CLI_PROGRESS_AUTO && !quiet && isatty(STDERR_FILENO) == 1;
}

/* The end of a path tells more than its beginning; never from the middle of a character. */
static const char *end_of_path(const char *path)
{
    size_t length = strlen(path);
    const char *end = length > SHOWN_PATH ? path + length - SHOWN_PATH : path;
    while (((unsigned char)*end & 0xC0) == 0x80) {
        end++;
    }
    return end;
}

static void print_plain(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        (void)fputc((unsigned char)*c < 0x20 || *c == 0x7F ? '?' : *c, stderr);
    }
}

static int draw_line(void *user, const char *path, uint64_t done, uint64_t total)
{
    (void)user;
    (void)fprintf(stderr, "\r\033[K%llu of %llu ", (unsigned long long)done,
                  (unsigned long long)total);
    print_plain(path == NULL ? "" : end_of_path(path));
    (void)fflush(stderr);
    return 0;
}

/* Bytes that are no valid UTF-8 in a path pass as they are: the reader knows the path by them. */
static void print_json_string(const char *text)
{
    (void)fputc('"', stderr);
    for (const char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20) {
            (void)fprintf(stderr, "\\u%04x", (unsigned)*c);
            continue;
        }
        if (*c == '"' || *c == '\\') {
            (void)fputc('\\', stderr);
        }
        (void)fputc(*c, stderr);
    }
    (void)fputc('"', stderr);
}

static int print_json(void *user, const char *path, uint64_t done, uint64_t total)
{
    (void)user;
    (void)fprintf(stderr, "{\"event\": \"progress\", \"done\": %llu, \"total\": %llu, \"path\": ",
                  (unsigned long long)done, (unsigned long long)total);
    if (path == NULL) {
        (void)fputs("null", stderr);
    } else {
        print_json_string(path);
    }
    (void)fputs("}\n", stderr);
    (void)fflush(stderr);
    return 0;
}

void cli_show_progress(lacuna_run *run, cli_progress how, bool quiet)
{
    if (how == CLI_PROGRESS_JSON) {
        lacuna_run_on_progress(run, print_json, NULL);
    } else if (draws_line(how, quiet)) {
        lacuna_run_on_progress(run, draw_line, NULL);
    }
}

/* ---- drafting ------------------------------------------------------------------------------- */

static double seconds_now(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void draw_bar(uint64_t done, uint64_t total)
{
    enum { CELLS = 24 };
    uint64_t full = total == 0 ? CELLS : done * CELLS / total;
    (void)fputc('[', stderr);
    for (uint64_t i = 0; i < CELLS; i++) {
        (void)fputc(i < full ? '#' : '.', stderr);
    }
    (void)fputs("] ", stderr);
}

static void draw_draft(const cli_draft_progress *state, uint64_t done, uint64_t total, double cost)
{
    (void)fputs("\r\033[K", stderr);
    draw_bar(done, total);
    (void)fprintf(stderr, "%llu of %llu drafts", (unsigned long long)done,
                  (unsigned long long)total);
    if (cost > 0) {
        (void)fprintf(stderr, ", $%.4f", cost);
    }
    if (done > state->first && done < total) {
        double left =
            (seconds_now() - state->began) * (double)(total - done) / (double)(done - state->first);
        (void)fprintf(stderr, ", about %llu:%02llu left", (unsigned long long)left / 60,
                      (unsigned long long)left % 60);
    }
    (void)fflush(stderr);
}

void cli_tell_draft_progress(cli_draft_progress *state, uint64_t done, uint64_t total, double cost)
{
    if (state->began == 0) {
        state->began = seconds_now();
        state->first = done;
    }
    if (draws_line(state->how, state->quiet)) {
        draw_draft(state, done, total, cost);
    } else if (state->how == CLI_PROGRESS_JSON) {
        (void)fprintf(stderr,
                      "{\"event\": \"progress\", \"done\": %llu, \"total\": %llu, \"path\": null, "
                      "\"cost\": %.6f}\n",
                      (unsigned long long)done, (unsigned long long)total, cost);
        (void)fflush(stderr);
    }
}

void cli_end_progress(cli_progress how, bool quiet)
{
    if (draws_line(how, quiet)) {
        (void)fputs("\r\033[K", stderr);
    }
}
