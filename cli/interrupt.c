#include "interrupt.h"

#include "output.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

/* What a signal handler can reach; set before the handler is installed. */
static _Atomic(lacuna_run *) cancellable;
static _Atomic(lacuna_claude *) asking;
static atomic_bool interrupted;

/* A document that is being judged is judged to its end; one that takes longer than this is not
 * waited for. */
enum { GRACE_SECONDS = 10 };

static void on_signal(int number)
{
    lacuna_run *run = number == SIGALRM ? NULL : atomic_exchange(&cancellable, NULL);
    lacuna_claude *claude = number == SIGALRM ? NULL : atomic_exchange(&asking, NULL);
    if (run != NULL) {
        lacuna_run_cancel(run);
    }
    if (claude != NULL) {
        lacuna_claude_cancel(claude);
    }
    if (run != NULL || claude != NULL) {
        atomic_store(&interrupted, true);
        (void)alarm(GRACE_SECONDS);
        return;
    }
    static const char message[] = "\nlacuna: interrupted; there is no report\n";
    cli_output_abandon();
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) {
        _exit(CLI_INCOMPLETE);
    }
    _exit(CLI_INCOMPLETE);
}

static void install(bool active)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    (void)sigaction(SIGHUP, &action, NULL);
    (void)sigaction(SIGALRM, &action, NULL);
    if (!active) {
        (void)alarm(0);
    }
}

void cli_on_interrupt_cancel(lacuna_run *run)
{
    atomic_store(&cancellable, run);
    install(run != NULL);
}

void cli_on_interrupt_stop_asking(lacuna_claude *claude)
{
    atomic_store(&asking, claude);
    install(claude != NULL);
}

bool cli_was_interrupted(void)
{
    return atomic_load(&interrupted);
}
