/*
 * profile.h - what a document is: its date and the facts that conditions are decided by, as text.
 */
#ifndef LAC_TEXT_PROFILE_H
#define LAC_TEXT_PROFILE_H

#include "writers/report.h"
#include "writers/text/page.h"

/* With full detail: each fact with who says it, how sure that is, and the words that show it. */
void lac_text_profile(lac_page *page, const lac_document_result *result, uint32_t indent);

#endif
