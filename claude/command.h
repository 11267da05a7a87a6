/*
 * command.h - runs a program that prints a credential: credential_process, credential-command.
 *
 * Purpose: the one way in for every login that is not built in (single sign-on, role chains,
 * password managers). The line is split into words as a shell would, without a shell: quotes and
 *   backslashes count, nothing is expanded. The program inherits the environment, gets an empty
 *   standard input, and its standard error goes where ours goes, so it can ask for a login.
 * Limits: LAC_COMMAND_OUTPUT_MAX bytes, and a time. The output is a secret: wipe it.
 */
#ifndef LAC_CLAUDE_COMMAND_H
#define LAC_CLAUDE_COMMAND_H

#include "include/lacuna.h"
#include "support/buf.h"

enum { LAC_COMMAND_OUTPUT_MAX = 64 * 1024, LAC_COMMAND_WORDS_MAX = 64 };

/* Standard output of the program, which has to end with exit code 0. `setting` is named in errors,
 * the line itself never is: it may hold a secret. */
lacuna_status lac_command_run(lac_buf *output, const char *line, const char *setting,
                              uint32_t timeout_ms, lacuna_error *err);

/* Overwrites and frees a buffer that held a secret. */
void lac_secret_free(lac_buf *secret);

#endif
