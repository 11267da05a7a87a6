#include "api/response_template.h"

#include "checklists/embed.h"
#include "parsers/package/source.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

#define BUILT_IN "templates/word/plain.docx"

static size_t index_of(const char *name)
{
    return strcmp(name, "cover-letter.docx") == 0 ? 1 : 0;
}

lacuna_status lac_response_template_read(lac_response_templates *templates, const char *name,
                                         const char *path, const lac_limits *limits,
                                         lacuna_error *err)
{
    size_t index = index_of(name);
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    free(templates->bytes[index]);
    free(templates->paths[index]);
    templates->bytes[index] = NULL;
    templates->paths[index] = calloc(1, strlen(path) + 1);
    if (templates->paths[index] == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(templates->paths[index], path, strlen(path));
    return lac_source_read(&templates->bytes[index], &templates->lengths[index], &source,
                           limits->package_file_bytes, err);
}

void lac_response_templates_free(lac_response_templates *templates)
{
    for (size_t i = 0; i < 2; i++) {
        free(templates->bytes[i]);
        free(templates->paths[i]);
    }
    *templates = (lac_response_templates){.bytes = {NULL, NULL}};
}

static lacuna_status built_in(lac_span *out, lacuna_error *err)
{
    for (size_t i = 0; i < lac_embedded_count(); i++) {
        if (strcmp(lac_embedded_name(i), BUILT_IN) == 0) {
            *out = lac_embedded_data(i);
            return LACUNA_OK;
        }
    }
    return lac_fail(err, LACUNA_E_INTERNAL, "%s is not built in", BUILT_IN);
}

lacuna_status lac_response_word_write(const lac_response_word *word, const char *name,
                                      lacuna_write_fn write, void *user, lacuna_error *err)
{
    size_t index = index_of(name);
    const lac_response_part parts[2] = {index == 1 ? word->response->cover : word->response->title,
                                        word->response->responses};
    lac_response_page page = {.parts = parts,
                              .part_count = index == 1 ? 1 : 2,
                              .base_name = BUILT_IN,
                              .date = word->date,
                              .limits = word->limits};
    lacuna_status status = LACUNA_OK;
    if (word->templates->bytes[index] == NULL) {
        status = built_in(&page.base, err);
    } else {
        page.base = lac_span_make(word->templates->bytes[index], word->templates->lengths[index]);
        page.base_name = word->templates->paths[index];
    }
    return status == LACUNA_OK ? lac_docx_response(&page, write, user, err) : status;
}
