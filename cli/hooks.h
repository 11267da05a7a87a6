/*
 * hooks.h - ways to go wrong on purpose, for the tests of the worker.
 *
 * Compiled in only with LACUNA_TEST_HOOKS, which no program that is installed has.
 */
#ifndef LACUNA_CLI_HOOKS_H
#define LACUNA_CLI_HOOKS_H

/* "crash", "loop", "sleep", "eat", "babble"; NULL: nothing happens. */
void cli_hook_run(const char *name);

#endif
