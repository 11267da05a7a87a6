/*
 * model_preview.h - what --dry-run prints: the requests, byte for byte as they would be sent.
 */
#ifndef LACUNA_CLI_MODEL_PREVIEW_H
#define LACUNA_CLI_MODEL_PREVIEW_H

#include "cli.h"

#include <lacuna_claude.h>

typedef struct cli_preview {
    lacuna_claude *claude;
    uint64_t requests, tokens;
    lacuna_error err;
} cli_preview;

/* A lacuna_request_fn; `user` is the preview. */
int cli_preview_request(void *user, const lacuna_request *request);
/* Says how many there were; an exit code. */
int cli_preview_end(const cli_preview *preview);

#endif
