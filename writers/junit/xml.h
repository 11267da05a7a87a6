/*
 * xml.h - text in XML 1.0: escaped, and without characters XML does not allow.
 */
#ifndef LAC_JUNIT_XML_H
#define LAC_JUNIT_XML_H

#include "writers/output.h"

void lac_xml_text(lac_output *output, lac_span text);
/* ` name="value"`; line ends and tabs are kept by references. */
void lac_xml_attribute(lac_output *output, const char *name, lac_span value);
void lac_xml_number(lac_output *output, const char *name, uint64_t value);

#endif
