#include "interrupt.h"

#include "output.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

/* What a signal handler can reach; set before the handler is installed. */
static _Atomic(lacuna_run *) cancellable;

/* A document that is being judged is judged to its end; one that takes longer than this is not
 * waited for. */
enum { GRACE_SECONDS = 10 };

static void on_signal(int number)
{
    lacuna_run *run = number == SIGALRM ? NULL : atomic_exchange(&cancellable, NULL);
    if (run != NULL) {
        lacuna_run_cancel(run);
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

void cli_on_interrupt_cancel(lacuna_run *run)
{
    atomic_store(&cancellable, run);
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    (void)sigaction(SIGHUP, &action, NULL);
    (void)sigaction(SIGALRM, &action, NULL);
    if (run == NULL) {
        (void)alarm(0);
    }
}
