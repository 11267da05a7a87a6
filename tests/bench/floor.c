/*
 * floor - the least a program can do with a Word file: unzip word/document.xml, run libxml2's SAX2
 * push parser over it in 64 KiB chunks, print the characters of every w:t. No styles, no numbering,
 * no tables, no checks. What Lacuna costs is told as a multiple of this.
 */
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

enum { CHUNK = 65536 };

typedef struct state {
    int in_text;
} state;

static void start_element(void *user, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int default_count, const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)attribute_count;
    (void)default_count, (void)attributes;
    ((state *)user)->in_text = name[0] == 't' && name[1] == '\0';
}

static void end_element(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    ((state *)user)->in_text = 0;
    if (name[0] == 'p' && name[1] == '\0') {
        putc('\n', stdout);
    }
}

static void characters(void *user, const xmlChar *text, int length)
{
    if (((const state *)user)->in_text) {
        fwrite(text, 1, (size_t)length, stdout);
    }
}

static int parse(zip_file_t *part)
{
    static char chunk[CHUNK];
    state current = {0};
    xmlSAXHandler handler;
    zip_int64_t length;
    int wrong = 0;

    memset(&handler, 0, sizeof handler);
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = start_element;
    handler.endElementNs = end_element;
    handler.characters = characters;

    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, &current, NULL, 0, NULL);
    if (parser == NULL) {
        return 1;
    }
    xmlCtxtUseOptions(parser, XML_PARSE_NONET);
    while (!wrong && (length = zip_fread(part, chunk, sizeof chunk)) > 0) {
        wrong = xmlParseChunk(parser, chunk, (int)length, 0);
    }
    wrong = wrong || xmlParseChunk(parser, chunk, 0, 1);
    xmlFreeParserCtxt(parser);
    return wrong;
}

int main(int argc, char **argv)
{
    int code = 0;

    zip_t *archive = argc == 2 ? zip_open(argv[1], ZIP_RDONLY, &code) : NULL;
    zip_file_t *part = archive != NULL ? zip_fopen(archive, "word/document.xml", 0) : NULL;
    if (part == NULL) {
        fprintf(stderr, "floor: cannot open word/document.xml of %s\n", argc == 2 ? argv[1] : "?");
        return 2;
    }
    int wrong = parse(part);
    zip_fclose(part);
    zip_discard(archive);
    xmlCleanupParser();
    return wrong ? 1 : 0;
}
