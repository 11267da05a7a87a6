/*
 * profile.h - what a document is: its date and the facts that conditions are decided by, as JSON.
 */
#ifndef LAC_JSON_PROFILE_H
#define LAC_JSON_PROFILE_H

#include "writers/json/emit.h"
#include "writers/report.h"

/* The member "profile" of a document: one object a known fact. */
void lac_json_profile(lac_json *json, const lac_report_document *document);

#endif
