/*
 * credential_file.h - small files with secrets in the user's home.
 */
#ifndef LAC_CLAUDE_CREDENTIAL_FILE_H
#define LAC_CLAUDE_CREDENTIAL_FILE_H

#include "claude/settings.h"

enum { LAC_CREDENTIAL_FILE_MAX = 1 << 20 };

/* The text of the file at `path`, or at HOME/`name` where `path` is NULL. Where the second is not
 * there, the text is empty; where the first is not, that is an error. Wipe the buffer. */
lacuna_status lac_credential_file_read(lac_buf *text, const lac_settings *settings,
                                       const char *path, const char *name, lacuna_error *err);

#endif
