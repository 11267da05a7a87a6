/*
 * view.h - the verbs that show one document: outline and text.
 */
#ifndef LACUNA_CLI_VIEW_H
#define LACUNA_CLI_VIEW_H

#include "cli.h"

typedef lacuna_status (*cli_view_fn)(const lacuna_document *document, const char *format,
                                     lacuna_write_fn write, void *sink, lacuna_error *err);

typedef lacuna_status (*cli_view_submission_fn)(const lacuna_submission *submission,
                                                const char *format, lacuna_write_fn write,
                                                void *sink, lacuna_error *err);

/* `show_submission` is for folders and .zip files; NULL: the verb takes none.
 * Parses the command line, opens the document, shows it. `formats` is a NULL-terminated list, the
 * first is the default; NULL: the verb has no --format. */
int cli_view(const cli_verb *verb, const char *const *formats, cli_view_fn show,
             cli_view_submission_fn show_submission, int argc, char **argv);

#endif
