#include "api/libraries.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/xmlversion.h>
#include <openssl/crypto.h>
#include <pcre2.h>
#include <stdio.h>
#include <zip.h>

#define TEXT_OF(value) #value
#define VALUE_TEXT(macro) TEXT_OF(macro)

static void set(lac_library *library, const char *name, const char *built, const char *running)
{
    library->name = name;
    (void)snprintf(library->built, sizeof library->built, "%s", built);
    (void)snprintf(library->running, sizeof library->running, "%s", running);
}

void lac_libraries(lac_library libraries[LAC_LIBRARY_COUNT])
{
    char pcre2[LAC_LIBRARY_VERSION_SIZE] = "unknown";
    (void)pcre2_config(PCRE2_CONFIG_VERSION, pcre2); /* at most 24 bytes */
    set(&libraries[0], "jansson", JANSSON_VERSION, jansson_version_str());
    set(&libraries[1], "libcrypto", OPENSSL_VERSION_STR, OpenSSL_version(OPENSSL_VERSION_STRING));
    set(&libraries[2], "libxml2", LIBXML_DOTTED_VERSION, xmlParserVersion);
    set(&libraries[3], "libzip", LIBZIP_VERSION, zip_libzip_version());
    set(&libraries[4], "pcre2", VALUE_TEXT(PCRE2_MAJOR) "." VALUE_TEXT(PCRE2_MINOR), pcre2);
}
