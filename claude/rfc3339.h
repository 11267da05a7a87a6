/*
 * rfc3339.h - times as services write them: "2026-11-24T12:00:00Z", "2026-11-24T13:00:00.5+01:00".
 */
#ifndef LAC_CLAUDE_RFC3339_H
#define LAC_CLAUDE_RFC3339_H

#include "support/span.h"

#include <stdint.h>

/* Seconds since 1970, UTC; fractions are dropped. False for anything else than a whole time. */
bool lac_rfc3339_read(int64_t *seconds, lac_span text);

#endif
