#include "hooks.h"

#include <stddef.h>

#ifdef LACUNA_TEST_HOOKS
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void eat(void)
{
    enum { BITE = 16 << 20 };
    for (;;) {
        char *bite = malloc(BITE);
        if (bite == NULL) {
            (void)raise(SIGSEGV); /* what code does that trusts every allocation */
        } else {
            memset(bite, 1, BITE);
        }
    }
}

void cli_hook_run(const char *name)
{
    if (name == NULL) {
        return;
    }
    if (strcmp(name, "crash") == 0) {
        (void)raise(SIGSEGV);
    }
    if (strcmp(name, "eat") == 0) {
        eat();
    }
    while (strcmp(name, "loop") == 0) {
    }
    while (strcmp(name, "sleep") == 0) {
        (void)pause();
    }
    while (strcmp(name, "babble") == 0) {
        (void)printf("{\"progress\":{}}");
    }
}
#else
void cli_hook_run(const char *name)
{
    (void)name;
}
#endif
