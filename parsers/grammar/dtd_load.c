#include "parsers/grammar/dtd_load.h"

#include "parsers/grammar/faults.h"
#include "support/error.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <stdlib.h>
#include <string.h>

typedef struct loader {
    lac_package *folder;
    uint32_t files;
    lacuna_status status; /* first failure */
    lacuna_error *err;
} loader;

const char *lac_grammar_base_name(const char *system)
{
    const char *base = system;
    for (const char *at = system; *at != '\0'; at++) {
        base = *at == '/' || *at == '\\' ? at + 1 : base;
    }
    return base;
}

/* In the folder itself, exactly by name. */
static lacuna_status read_named(char **data, size_t *length, lac_package *folder, const char *name,
                                lacuna_error *err)
{
    uint32_t part = lac_package_find(folder, name);
    if (part == LAC_PART_NONE || strcmp(lac_package_name(folder, part), name) != 0) {
        return lac_fail(err, LACUNA_E_NOTFOUND, "the folder has no %.120s", name);
    }
    return lac_package_read(data, length, folder, part, LAC_GRAMMAR_BYTES_MAX, err);
}

static lacuna_status stop(loader *l, lacuna_status status)
{
    l->status = l->status == LACUNA_OK ? status : l->status;
    return status;
}

/* ---- parts ---------------------------------------------------------------------------------- */

/* Behind the text declaration, which only a file of its own may have (XML 1.0, 4.3.1). */
static const char *skip_text_declaration(const char *text)
{
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
    }
    const char *end = strncmp(text, "<?xml", 5) == 0 ? strstr(text, "?>") : NULL;
    return end == NULL ? text : end + 2;
}

static void declare_part(loader *l, xmlParserCtxtPtr context, const xmlChar *name,
                         const char *system)
{
    char *data = NULL;
    size_t length = 0;
    if (++l->files > LAC_GRAMMAR_FILES_MAX) {
        (void)stop(l, lac_fail(l->err, LACUNA_E_LIMIT, "the DTD has more than %d parts",
                               LAC_GRAMMAR_FILES_MAX));
        xmlStopParser(context);
        return;
    }
    lacuna_status status =
        read_named(&data, &length, l->folder, lac_grammar_base_name(system), l->err);
    if (status != LACUNA_OK) {
        (void)stop(l, status);
        xmlStopParser(context);
        return;
    }
    /* Terminated by lac_package_read. */
    xmlSAX2EntityDecl(context, name, XML_INTERNAL_PARAMETER_ENTITY, NULL, NULL,
                      (xmlChar *)(uintptr_t)skip_text_declaration(data));
    free(data);
}

static void on_entity(void *user, const xmlChar *name, int type, const xmlChar *public_id,
                      const xmlChar *system, xmlChar *content)
{
    xmlParserCtxtPtr context = user;
    loader *l = context->_private;
    if (type == XML_EXTERNAL_PARAMETER_ENTITY && system != NULL) {
        declare_part(l, context, name, (const char *)system);
    } else if (type == XML_INTERNAL_PARAMETER_ENTITY || type == XML_INTERNAL_GENERAL_ENTITY) {
        xmlSAX2EntityDecl(context, name, type, public_id, system, content);
    } /* others could only be loaded */
}

static xmlParserInputPtr on_resolve(void *user, const xmlChar *public_id, const xmlChar *system)
{
    (void)user;
    (void)public_id;
    (void)system;
    return NULL;
}

static void on_error(void *user, xmlErrorPtr error)
{
    xmlParserCtxtPtr context = user;
    loader *l = context->_private;
    if (error == NULL || error->level < XML_ERR_ERROR || l->status != LACUNA_OK) {
        return;
    }
    if (error->code == XML_ERR_NO_MEMORY) {
        (void)stop(l, lac_fail_nomem(l->err));
        return;
    }
    const char *message = error->message == NULL ? "malformed" : error->message;
    (void)stop(l, lac_fail(l->err, LACUNA_E_FORMAT, "the DTD is not sound: %.*s (line %d)",
                           (int)strcspn(message, "\r\n"), message, error->line));
}

/* ---- the DTD -------------------------------------------------------------------------------- */

static xmlParserCtxtPtr make_context(loader *l)
{
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (context == NULL) {
        return NULL;
    }
    context->_private = l;
    context->userData = context;
    context->sax->entityDecl = on_entity;
    context->sax->resolveEntity = on_resolve;
    context->sax->serror = on_error;
    context->sax->warning = NULL;
    context->sax->error = NULL;
    if (xmlCtxtUseOptions(context, XML_PARSE_NONET) != 0) {
        xmlFreeParserCtxt(context);
        return NULL;
    }
    return context;
}

/* As xmlIOParseDTD does it, which offers no place for `loader`. */
static bool push_input(xmlParserCtxtPtr context, lac_span text)
{
    context->inSubset = 2;
    context->myDoc = xmlNewDoc(BAD_CAST "1.0");
    if (context->myDoc == NULL ||
        xmlNewDtd(context->myDoc, BAD_CAST "none", BAD_CAST "none", BAD_CAST "none") == NULL) {
        return false;
    }
    xmlParserInputBufferPtr buffer =
        xmlParserInputBufferCreateMem(text.ptr, (int)text.len, XML_CHAR_ENCODING_NONE);
    if (buffer == NULL) {
        return false;
    }
    xmlParserInputPtr input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE);
    if (input == NULL) {
        xmlFreeParserInputBuffer(buffer);
        return false;
    }
    return xmlPushInput(context, input) >= 0;
}

static lacuna_status parse(xmlDocPtr *out, loader *l, lac_span text)
{
    xmlParserCtxtPtr context = make_context(l);
    if (context == NULL) {
        return lac_fail_nomem(l->err);
    }
    lac_error_guard guard;
    lac_error_guard_set(&guard, context, on_error);
    if (push_input(context, text)) {
        xmlParseExternalSubset(context, BAD_CAST "none", BAD_CAST "none");
    } else {
        (void)stop(l, lac_fail_nomem(l->err));
    }
    if (l->status == LACUNA_OK && (context->errNo == XML_ERR_NO_MEMORY)) {
        (void)stop(l, lac_fail_nomem(l->err));
    }
    if (l->status == LACUNA_OK && context->wellFormed == 0) {
        (void)stop(l, lac_fail(l->err, LACUNA_E_FORMAT, "the DTD is not sound"));
    }
    lac_error_guard_restore(&guard);
    if (l->status == LACUNA_OK) {
        *out = context->myDoc;
    } else {
        xmlFreeDoc(context->myDoc);
    }
    context->myDoc = NULL;
    xmlFreeParserCtxt(context);
    return l->status;
}

lacuna_status lac_dtd_load(xmlDocPtr *out, lac_package *folder, const char *name, lacuna_error *err)
{
    char *data = NULL;
    size_t length = 0;
    *out = NULL;
    lacuna_status status = read_named(&data, &length, folder, name, err);
    if (status == LACUNA_OK) {
        loader l = {.folder = folder, .err = err};
        const char *text = data + (strncmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);
        status = parse(out, &l, lac_span_make(text, length - (size_t)(text - data)));
    }
    free(data);
    return status;
}
