#include "claude/command.h"

#include "support/arena.h"
#include "support/error.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { PIECE = 4096 };

/* ---- words ---------------------------------------------------------------------------------- */

typedef struct splitting {
    char *words[LAC_COMMAND_WORDS_MAX + 1];
    size_t count;
    char *at; /* where the next byte of a word goes */
} splitting;

/* One word from *line on; false at the end of the line or where a quote is open. */
static bool take_word(splitting *s, const char **line)
{
    const char *c = *line + strspn(*line, " \t\n");
    char quote = '\0';
    if (*c == '\0' || s->count == LAC_COMMAND_WORDS_MAX) {
        *line = c;
        return false;
    }
    s->words[s->count++] = s->at;
    for (; *c != '\0' && (quote != '\0' || strchr(" \t\n", *c) == NULL); c++) {
        if (*c == quote) {
            quote = '\0';
        } else if (quote == '\0' && (*c == '"' || *c == '\'')) {
            quote = *c;
        } else {
            if (*c == '\\' && quote != '\'' && c[1] != '\0') {
                c++;
            }
            *s->at++ = *c;
        }
    }
    *s->at++ = '\0';
    *line = c;
    return quote == '\0';
}

static bool split(splitting *s, lac_arena *arena, const char *line)
{
    *s = (splitting){.at = lac_arena_alloc(arena, 2 * strlen(line) + 2)};
    if (s->at == NULL) {
        return false;
    }
    while (take_word(s, &line)) {
    }
    return s->count > 0 && *line == '\0';
}

/* ---- the program ---------------------------------------------------------------------------- */

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool start(pid_t *child, char *const *words, int output)
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return false;
    }
    bool started = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
                   posix_spawn_file_actions_adddup2(&actions, output, 1) == 0 &&
                   posix_spawnp(child, words[0], &actions, NULL, words, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started;
}

/* Until the program closes its output. */
static lacuna_status collect(lac_buf *output, int from, int64_t until_ms)
{
    char piece[PIECE];
    for (;;) {
        int64_t left = until_ms - clock_ms();
        struct pollfd one = {.fd = from, .events = POLLIN};
        int ready = left <= 0 ? 0 : poll(&one, 1, (int)left);
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready <= 0) {
            return LACUNA_E_LIMIT;
        }
        ssize_t got = read(from, piece, sizeof piece);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got == 0 ? LACUNA_OK : LACUNA_E_IO;
        }
        lacuna_status status = lac_buf_append(output, piece, (size_t)got);
        OPENSSL_cleanse(piece, (size_t)got);
        if (status != LACUNA_OK) {
            return status;
        }
    }
}

static lacuna_status finish(pid_t child, lacuna_status status, const char *setting,
                            lacuna_error *err)
{
    int how = 0;
    if (status != LACUNA_OK) {
        kill(child, SIGKILL);
    }
    while (waitpid(child, &how, 0) < 0 && errno == EINTR) {
    }
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(err, status, "the program of %s took too long or printed too much",
                        setting);
    }
    if (status != LACUNA_OK) {
        return lac_fail(err, status, "the output of the program of %s could not be read", setting);
    }
    if (!WIFEXITED(how) || WEXITSTATUS(how) != 0) {
        return lac_fail_remedy(err, LACUNA_E_IO, "run it by hand to see what it says",
                               "the program of %s failed", setting);
    }
    return LACUNA_OK;
}

lacuna_status lac_command_run(lac_buf *output, const char *line, const char *setting,
                              uint32_t timeout_ms, lacuna_error *err)
{
    int ends[2];
    pid_t child;
    splitting words;
    lac_arena arena;
    lac_arena_init(&arena);
    lacuna_status status = LACUNA_OK;
    if (!split(&words, &arena, line)) {
        status =
            lac_fail(err, LACUNA_E_ARGUMENT, "%s is no line of words, or a quote is open", setting);
    } else if (pipe(ends) != 0) {
        status = lac_fail(err, LACUNA_E_IO, "a pipe could not be made");
    } else {
        /* The child keeps only what was duplicated onto 0 and 1. */
        (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
        (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
        bool started = start(&child, words.words, ends[1]);
        close(ends[1]);
        status =
            started ? finish(child, collect(output, ends[0], clock_ms() + timeout_ms), setting, err)
                    : lac_fail_remedy(err, LACUNA_E_IO,
                                      "it is a program with its arguments; no shell reads it",
                                      "the program of %s cannot be started", setting);
        close(ends[0]);
    }
    lac_arena_free(&arena);
    return status;
}

void lac_secret_free(lac_buf *secret)
{
    if (secret->data != NULL) {
        OPENSSL_cleanse(secret->data, secret->cap);
    }
    lac_buf_free(secret);
}
