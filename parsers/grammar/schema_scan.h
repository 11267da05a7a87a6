/*
 * schema_scan.h - what the schema files of a folder refer to.
 *
 * Purpose: libxml2 loads included schemas by itself and would fetch them from a network, so every
 *   reference of every file is looked at before it gets to see any of them.
 */
#ifndef LAC_SCHEMA_SCAN_H
#define LAC_SCHEMA_SCAN_H

#include "parsers/package/package.h"
#include "support/buf.h"

/* `*main` receives the part that is the schema of the message. LACUNA_E_NOTFOUND: there is none.
 * LACUNA_E_FORMAT: a file refers to something that is not in the folder. */
lacuna_status lac_schema_scan(uint32_t *main, lac_package *folder, lacuna_error *err);

#endif
