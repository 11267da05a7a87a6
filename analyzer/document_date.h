/*
 * document_date.h - the date a document gives itself, on its first page.
 *
 * Purpose: which version of a guidance a document is held to depends on when it was written.
 * Rules: whole dates in the first FRONT bytes; one on a line that says what it dates ("Version
 * date", "Final", "Amendment 2") goes before one that stands alone; of several the latest counts,
 * and none behind the day of the run. A line about a guidance or law ("ICH E6(R2), 9 Nov 2016")
 * dates that. 03/04/2024 is read as month and day, as in the US, unless the first is above 12.
 */
#ifndef LAC_DOCUMENT_DATE_H
#define LAC_DOCUMENT_DATE_H

#include "analyzer/result.h"

/* value "" where none was found; `as_of` ("2026-11-24") is the day of the run, NULL: no bound. */
lacuna_status lac_document_date(lac_detection *out, lac_arena *arena, const lac_document *document,
                                const char *as_of, lacuna_error *err);

/* A date at the start of `text`: *length bytes of it, written as "2024-03-12". False: none. */
bool lac_date_read(char out[11], size_t *length, lac_span text);

#endif
