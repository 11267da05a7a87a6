/*
 * template_read.h - everything a template asks for: its conventions and its placeholders.
 *
 * Ownership: lac_template_read makes, lac_template_contents_free frees; texts live with it.
 */
#ifndef LAC_WRITERS_DOCX_TEMPLATE_READ_H
#define LAC_WRITERS_DOCX_TEMPLATE_READ_H

#include "writers/docx/placeholders.h"

typedef struct lac_template_contents {
    const lac_conventions *profile; /* the one in force */
    lac_placeholders placeholders;
    lac_placeholders texts;     /* instructions and optional texts */
    lac_conventions *guessed;   /* NULL: a profile was given */
    struct lac_word_file *file; /* holds the texts */
} lac_template_contents;

/* `profile` NULL: guessed. The bytes and the profile must outlive *out. */
lacuna_status lac_template_read(lac_template_contents **out, lac_span document, const char *name,
                                const lac_conventions *profile, const lac_limits *limits,
                                lacuna_error *err);
void lac_template_contents_free(lac_template_contents *contents);

#endif
