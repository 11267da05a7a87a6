/*
 * self_test.h - the record of a self-test that a person can sign.
 */
#ifndef LACUNA_CLI_SELF_TEST_H
#define LACUNA_CLI_SELF_TEST_H

#include "cli.h"

/* Runs the self-test on this very program and writes the record, "text" or "json", to `path` (NULL:
 * stdout). CLI_FINDINGS where a check failed. */
int cli_self_test(const char *format, const char *path);

#endif
