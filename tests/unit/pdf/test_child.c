/* Programs that behave badly, run through parsers/pdf/child.h: shell one-liners. */
#include "parsers/pdf/child.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { MANY_BYTES = 3 << 20, OUTPUT_BYTES = 8 << 20 };

typedef struct trial {
    const char *argv[4];
    lac_source source;
    lac_reader reader;
    lac_child_command command;
    lac_child_result result;
    lacuna_error err;
    lacuna_status status;
} trial;

static void prepare(trial *t, const char *script, lac_span input)
{
    memset(t, 0, sizeof *t);
    t->argv[0] = "/bin/sh";
    t->argv[1] = "-c";
    t->argv[2] = script;
    t->source = (lac_source){.kind = LAC_SOURCE_MEMORY, .path = "input", .memory = input};
    assert_int_equal(lac_reader_open(&t->reader, &t->source, &t->err), LACUNA_OK);
    t->command = (lac_child_command){.argv = t->argv,
                                     .input = &t->reader,
                                     .memory_bytes = (uint64_t)1 << 30,
                                     .cpu_seconds = 20,
                                     .wall_seconds = 20,
                                     .output_bytes = OUTPUT_BYTES};
}

static void run(trial *t)
{
    t->status = lac_child_run(&t->result, &t->command, &t->err);
    lac_reader_close(&t->reader);
}

static void run_script(trial *t, const char *script)
{
    prepare(t, script, lac_span_of("input\n"));
    run(t);
}

static void finish(trial *t)
{
    lac_buf_free(&t->result.output);
}

static const char *output(const trial *t)
{
    return lac_buf_text(&t->result.output);
}

static void sleep_ms(long ms)
{
    struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
    (void)nanosleep(&pause, NULL);
}

/* Gone, or dead and waiting for whoever inherited it. */
static bool is_gone(long process)
{
    char path[64];
    char state = 'Z';
    (void)snprintf(path, sizeof path, "/proc/%ld/stat", process);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return true;
    }
    if (fscanf(file, "%*d %*s %c", &state) != 1) {
        state = 'Z';
    }
    (void)fclose(file);
    return state == 'Z' || state == 'X';
}

static void expect_gone(const char *number)
{
    long process = strtol(number, NULL, 10);
    assert_true(process > 1);
    for (int i = 0; i < 100 && !is_gone(process); i++) {
        sleep_ms(20);
    }
    assert_true(is_gone(process));
}

static void expect_no_children(void)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void input_and_output_pass_through(void **state)
{
    (void)state;
    char *bytes = malloc(MANY_BYTES);
    assert_non_null(bytes);
    for (size_t i = 0; i < MANY_BYTES; i++) {
        bytes[i] = (char)(i * 31 >> 3);
    }
    trial t;
    prepare(&t, "cat", lac_span_make(bytes, MANY_BYTES));
    run(&t);
    assert_int_equal(t.status, LACUNA_OK);
    assert_int_equal(t.result.exit_code, 0);
    assert_int_equal(t.result.output.len, MANY_BYTES);
    assert_memory_equal(t.result.output.data, bytes, MANY_BYTES);
    finish(&t);
    /* One that wants none of it must not end us by SIGPIPE. */
    prepare(&t, "exec <&-; echo done", lac_span_make(bytes, MANY_BYTES));
    run(&t);
    assert_int_equal(t.status, LACUNA_OK);
    assert_string_equal(output(&t), "done\n");
    finish(&t);
    free(bytes);
    expect_no_children();
}

static void its_end_is_told(void **state)
{
    (void)state;
    trial t;
    run_script(&t, "echo out; echo complaint >&2; exit 7");
    assert_int_equal(t.status, LACUNA_OK);
    assert_int_equal(t.result.exit_code, 7);
    assert_int_equal(t.result.signal, 0);
    assert_string_equal(output(&t), "out\n");
    assert_string_equal(t.result.complaint, "complaint\n");
    finish(&t);
    run_script(&t, "kill -SEGV $$");
    assert_int_equal(t.status, LACUNA_OK);
    assert_int_equal(t.result.signal, SIGSEGV);
    assert_int_equal(t.result.exit_code, -1);
    finish(&t);
    expect_no_children();
}

static void it_is_alone(void **state)
{
    (void)state;
    trial t;
    int leak = fcntl(STDERR_FILENO, F_DUPFD, 60); /* inherited, as a careless host's */
    assert_true(leak >= 60);
    assert_int_equal(setenv("LACUNA_TEST_SECRET", "x", 1), 0);
    run_script(&t, "pwd; ulimit -c; ulimit -f; ulimit -n; ulimit -v; env | sort | "
                   "grep -v -e ^PWD= -e ^_= -e ^OLDPWD= -e ^SHLVL=; "
                   "for i in 3 4 5 6 7 8 60 61; do [ -e /proc/$$/fd/$i ] && echo open $i; done; "
                   "exit 0");
    (void)close(leak);
    assert_int_equal(t.status, LACUNA_OK);
    assert_string_equal(output(&t), "/\n0\n0\n32\n1048576\nLC_ALL=C\nPATH=/usr/bin:/bin\n");
    finish(&t);
}

static void it_cannot_start(void **state)
{
    (void)state;
    trial t;
    prepare(&t, "", lac_span_of("x"));
    t.argv[0] = "/nowhere/pdftotext";
    run(&t);
    assert_int_equal(t.status, LACUNA_E_NOTFOUND);
    assert_non_null(strstr(t.err.message, "/nowhere/pdftotext"));
    finish(&t);
    prepare(&t, "", lac_span_of("x"));
    t.argv[0] = "/etc/passwd";
    run(&t);
    assert_int_equal(t.status, LACUNA_E_IO);
    finish(&t);
    expect_no_children();
}

static void it_hangs(void **state)
{
    (void)state;
    trial t;
    prepare(&t, "trap '' TERM INT; echo $$; sleep 60", lac_span_of("x"));
    t.command.wall_seconds = 1;
    run(&t);
    assert_int_equal(t.status, LACUNA_E_LIMIT);
    assert_non_null(strstr(t.err.message, "1 seconds"));
    expect_gone(output(&t));
    finish(&t);
    /* It closed what we listen to, and still hangs. */
    prepare(&t, "exec >&- 2>&-; sleep 60", lac_span_of("x"));
    t.command.wall_seconds = 1;
    run(&t);
    assert_int_equal(t.status, LACUNA_E_LIMIT);
    finish(&t);
    prepare(&t, "while :; do :; done", lac_span_of("x"));
    t.command.cpu_seconds = 1;
    run(&t);
    assert_int_equal(t.status, LACUNA_OK);
    assert_int_equal(t.result.signal, SIGXCPU);
    finish(&t);
    expect_no_children();
}

static void it_floods(void **state)
{
    (void)state;
    trial t;
    prepare(&t, "echo $$; exec yes", lac_span_of("x"));
    t.command.output_bytes = 100000;
    run(&t);
    assert_int_equal(t.status, LACUNA_E_LIMIT);
    assert_true(t.result.output.len <= 100000);
    expect_gone(output(&t));
    finish(&t);
    run_script(&t, "head -c 5000000 /dev/zero >&2; echo done");
    assert_int_equal(t.status, LACUNA_OK);
    assert_string_equal(output(&t), "done\n");
    assert_int_equal(t.result.complaint_length, LAC_CHILD_COMPLAINT - 1);
    finish(&t);
    expect_no_children();
}

static void its_children_go_with_it(void **state)
{
    (void)state;
    trial t;
    run_script(&t, "sleep 60 & echo $!");
    assert_int_equal(t.status, LACUNA_OK);
    expect_gone(output(&t));
    finish(&t);
    /* One that leaves the group keeps the output open; what the program itself said is there. */
    time_t before = time(NULL);
    run_script(&t, "setsid sleep 5 & echo said");
    assert_true(time(NULL) - before < 4);
    assert_int_equal(t.status, LACUNA_OK);
    assert_string_equal(output(&t), "said\n");
    finish(&t);
    prepare(&t, "(sleep 60 & sleep 60) & echo $!; wait", lac_span_of("x"));
    t.command.wall_seconds = 1;
    run(&t);
    assert_int_equal(t.status, LACUNA_E_LIMIT);
    expect_gone(output(&t));
    finish(&t);
}

static bool say_yes(void *user)
{
    int *asked = user;
    return ++*asked > 1;
}

static void it_is_cancelled(void **state)
{
    (void)state;
    trial t;
    int asked = 0;
    prepare(&t, "echo $$; sleep 60", lac_span_of("x"));
    t.command.cancelled = say_yes;
    t.command.user = &asked;
    run(&t);
    assert_int_equal(t.status, LACUNA_E_CANCELLED);
    assert_true(asked > 1);
    finish(&t);
    expect_no_children();
}

static int64_t read_first_half(void *user, uint64_t offset, void *data, size_t length)
{
    (void)user;
    memset(data, 'x', length);
    return offset < MANY_BYTES / 2 ? (int64_t)length : -1;
}

static void its_input_fails(void **state)
{
    (void)state;
    trial t;
    prepare(&t, "cat", lac_span_of(""));
    t.reader.source = (lac_source){.kind = LAC_SOURCE_CALLBACK,
                                   .path = "host",
                                   .read_at = read_first_half,
                                   .size = MANY_BYTES};
    t.reader.size = MANY_BYTES;
    run(&t);
    assert_int_equal(t.status, LACUNA_E_IO);
    assert_non_null(strstr(t.err.message, "host"));
    finish(&t);
    expect_no_children();
}

static void reap_everything(int number)
{
    (void)number;
    int kept = errno;
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    errno = kept;
}

static void the_host_handles_its_signals(void **state)
{
    (void)state;
    static void (*const handlers[])(int) = {SIG_IGN, reap_everything};
    for (size_t i = 0; i < 2; i++) {
        struct sigaction ours = {.sa_handler = handlers[i]};
        struct sigaction before;
        trial t;
        assert_int_equal(sigaction(SIGCHLD, &ours, &before), 0);
        run_script(&t, "cat; exit 7");
        assert_int_equal(t.status, LACUNA_OK);
        assert_int_equal(t.result.exit_code, 7);
        assert_string_equal(output(&t), "input\n");
        finish(&t);
        assert_int_equal(sigaction(SIGCHLD, &before, NULL), 0);
    }
    expect_no_children();
}

static void do_nothing(int number)
{
    (void)number;
}

static void *interrupt(void *user)
{
    const pthread_t *thread = user;
    for (int i = 0; i < 300; i++) {
        (void)pthread_kill(*thread, SIGUSR1);
        sleep_ms(1);
    }
    return NULL;
}

static void signals_interrupt(void **state)
{
    (void)state;
    struct sigaction ours = {.sa_handler = do_nothing}; /* no SA_RESTART */
    struct sigaction before;
    pthread_t self = pthread_self();
    pthread_t other;
    assert_int_equal(sigaction(SIGUSR1, &ours, &before), 0);
    assert_int_equal(pthread_create(&other, NULL, interrupt, &self), 0);
    for (int i = 0; i < 5; i++) {
        trial t;
        run_script(&t, "sleep 0.05; cat; exit 3");
        assert_int_equal(t.status, LACUNA_OK);
        assert_int_equal(t.result.exit_code, 3);
        assert_string_equal(output(&t), "input\n");
        finish(&t);
    }
    assert_int_equal(pthread_join(other, NULL), 0);
    assert_int_equal(sigaction(SIGUSR1, &before, NULL), 0);
    expect_no_children();
}

static void the_host_has_no_standard_streams(void **state)
{
    (void)state;
    trial t;
    int input = dup(STDIN_FILENO);
    (void)close(STDIN_FILENO);
    run_script(&t, "cat; exit 2");
    if (input >= 0) {
        (void)dup2(input, STDIN_FILENO);
        (void)close(input);
    }
    assert_int_equal(t.status, LACUNA_OK);
    assert_int_equal(t.result.exit_code, 2);
    assert_string_equal(output(&t), "input\n");
    finish(&t);
}

static void *run_some(void *user)
{
    char *failed = user;
    for (int i = 0; i < 10; i++) {
        trial t;
        char text[64];
        (void)snprintf(text, sizeof text, "%p %d\n", user, i);
        prepare(&t, "cat; exit 5", lac_span_of(text));
        run(&t);
        *failed |=
            t.status != LACUNA_OK || t.result.exit_code != 5 || strcmp(output(&t), text) != 0;
        finish(&t);
    }
    return NULL;
}

static void many_at_once(void **state)
{
    (void)state;
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    char failed[THREADS] = {0};
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, run_some, &failed[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_false(failed[i]);
    }
    expect_no_children();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input_and_output_pass_through),
        cmocka_unit_test(its_end_is_told),
        cmocka_unit_test(it_is_alone),
        cmocka_unit_test(it_cannot_start),
        cmocka_unit_test(it_hangs),
        cmocka_unit_test(it_floods),
        cmocka_unit_test(its_children_go_with_it),
        cmocka_unit_test(it_is_cancelled),
        cmocka_unit_test(its_input_fails),
        cmocka_unit_test(the_host_handles_its_signals),
        cmocka_unit_test(signals_interrupt),
        cmocka_unit_test(the_host_has_no_standard_streams),
        cmocka_unit_test(many_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
