#include "progress.h"

#include <stdio.h>
#include <string.h>
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

void cli_end_progress(cli_progress how, bool quiet)
{
    if (draws_line(how, quiet)) {
        (void)fputs("\r\033[K", stderr);
    }
}
