/*
 * dtd_load.h - reading a DTD of a folder, without libxml2 opening anything itself.
 *
 * Purpose: parts that a DTD declares as external parameter entities are read here, from the same
 *   folder by their names, and handed to libxml2 as if they were declared inline.
 */
#ifndef LAC_DTD_LOAD_H
#define LAC_DTD_LOAD_H

#include "parsers/package/package.h"

#include <libxml/tree.h>

enum { LAC_GRAMMAR_FILES_MAX = 256, LAC_GRAMMAR_BYTES_MAX = 8 << 20 };

/* A document that holds nothing but the DTD as its external subset; xmlFreeDoc it.
 * LACUNA_E_NOTFOUND: the folder has no such file. LACUNA_E_FORMAT: it is not sound. */
lacuna_status lac_dtd_load(xmlDocPtr *out, lac_package *folder, const char *name,
                           lacuna_error *err);

/* "us-regional-v3-3.dtd" of any system identifier. */
const char *lac_grammar_base_name(const char *system);

#endif
