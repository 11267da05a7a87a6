/*
 * placeholder_find.h - finds the placeholders of a template that is open, and guesses conventions.
 */
#ifndef LAC_WRITERS_DOCX_PLACEHOLDER_FIND_H
#define LAC_WRITERS_DOCX_PLACEHOLDER_FIND_H

#include "writers/docx/placeholders.h"
#include "writers/docx/template_scan.h"

/* Finds the placeholders, and apart the instructions and optional texts. */
lacuna_status lac_placeholders_find(lac_placeholders *found, lac_placeholders *texts,
                                    const lac_template *scanned, const lac_conventions *profile,
                                    lacuna_error *err);

/* The conventions of a template that has been opened. */
lacuna_status lac_conventions_guess(lac_conventions **out, const lac_template *scanned,
                                    lacuna_error *err);

/* What a piece of text means by its look alone. */
lac_meaning lac_look_meaning(const lac_conventions *profile, const lac_run_look *look);

#endif
