/*
 * response_template.h - the Word documents of a response, in a house template where one is given.
 *
 * Ownership: owns the bytes of the templates; lac_response_templates_free.
 */
#ifndef LAC_API_RESPONSE_TEMPLATE_H
#define LAC_API_RESPONSE_TEMPLATE_H

#include "drafter/respond/response.h"
#include "support/limits.h"

typedef struct lac_response_templates {
    char *bytes[2]; /* of the response, of the cover letter; NULL: the built-in one */
    size_t lengths[2];
    char *paths[2];
} lac_response_templates;

/* `name` is "response.docx" or "cover-letter.docx"; `path` may name a built-in template. */
lacuna_status lac_response_template_read(lac_response_templates *templates, const char *name,
                                         const char *path, const lac_limits *limits,
                                         lacuna_error *err);
void lac_response_templates_free(lac_response_templates *templates);

typedef struct lac_response_word {
    const lac_response_plan *plan;
    const lac_response *response;
    const lac_response_templates *templates;
    const char *date; /* UTC */
    const lac_limits *limits;
} lac_response_word;

lacuna_status lac_response_word_write(const lac_response_word *word, const char *name,
                                      lacuna_write_fn write, void *user, lacuna_error *err);

#endif
