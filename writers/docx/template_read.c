#include "writers/docx/template_read.h"

#include "support/error.h"
#include "writers/docx/placeholder_find.h"

#include <stdlib.h>

static lacuna_status read_all(lac_template_contents *contents, lacuna_error *err)
{
    lac_layout layout;
    lac_template scanned;
    lacuna_status status = lac_layout_make(&layout, contents->file, err);
    if (status == LACUNA_OK) {
        status = lac_template_make(&scanned, contents->file, &layout, err);
    }
    if (status == LACUNA_OK && contents->profile == NULL) {
        status = lac_conventions_guess(&contents->guessed, &scanned, err);
        contents->profile = contents->guessed;
    }
    return status == LACUNA_OK ? lac_placeholders_find(&contents->placeholders, &contents->texts,
                                                       &scanned, contents->profile, err)
                               : status;
}

lacuna_status lac_template_read(lac_template_contents **out, lac_span document, const char *name,
                                const lac_conventions *profile, const lac_limits *limits,
                                lacuna_error *err)
{
    *out = NULL;
    lac_template_contents *contents = calloc(1, sizeof *contents);
    if (contents == NULL) {
        return lac_fail_nomem(err);
    }
    contents->profile = profile;
    lacuna_status status = lac_word_open(&contents->file, document, name, limits, err);
    if (status == LACUNA_OK) {
        status = read_all(contents, err);
    }
    if (status != LACUNA_OK) {
        lac_template_contents_free(contents);
        return status;
    }
    *out = contents;
    return LACUNA_OK;
}

void lac_template_contents_free(lac_template_contents *contents)
{
    if (contents != NULL) {
        lac_placeholders_free(&contents->placeholders);
        lac_placeholders_free(&contents->texts);
        lac_conventions_free(contents->guessed);
        lac_word_close(contents->file);
        free(contents);
    }
}
