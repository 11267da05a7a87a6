/*
 * location.h - where something is, in SARIF's terms.
 */
#ifndef LAC_SARIF_LOCATION_H
#define LAC_SARIF_LOCATION_H

#include "writers/finding.h"
#include "writers/json/emit.h"

/* RFC 3986: the bytes of a path as a reference; absolute ones become file: URIs. Appends. */
lacuna_status lac_append_uri(lac_buf *uri, const char *path);

/* {"uri", "uriBaseId"}; `scratch` is used up. */
lacuna_status lac_sarif_write_artifact(lac_json *json, const char *key,
                                       const lac_report_document *document,
                                       const lac_anchor *anchor, lac_buf *scratch);

/* A location with region and heading path. `anchor` NULL: the document as a whole, no region. */
lacuna_status lac_sarif_write_location(lac_json *json, const lac_report_document *document,
                                       const lac_anchor *anchor, lac_buf *scratch);

#endif
