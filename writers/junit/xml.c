#include "writers/junit/xml.h"

#include "writers/finding.h"

static void write_character(lac_output *output, uint32_t c, bool attribute)
{
    switch (c) {
    case '&':
        lac_output_text(output, "&amp;");
        break;
    case '<':
        lac_output_text(output, "&lt;");
        break;
    case '>':
        lac_output_text(output, "&gt;");
        break;
    case '"':
        lac_output_text(output, attribute ? "&quot;" : "\"");
        break;
    case '\r':
        lac_output_text(output, "&#13;");
        break;
    case '\n':
        lac_output_text(output, attribute ? "&#10;" : "\n");
        break;
    case '\t':
        lac_output_text(output, attribute ? "&#9;" : "\t");
        break;
    default:
        lac_output_codepoint(output, c);
    }
}

void lac_xml_text(lac_output *output, lac_span text)
{
    while (text.len > 0) {
        write_character(output, lac_next_harmless(&text), false);
    }
}

void lac_xml_attribute(lac_output *output, const char *name, lac_span value)
{
    lac_output_char(output, ' ');
    lac_output_text(output, name);
    lac_output_text(output, "=\"");
    while (value.len > 0) {
        write_character(output, lac_next_harmless(&value), true);
    }
    lac_output_char(output, '"');
}

void lac_xml_number(lac_output *output, const char *name, uint64_t value)
{
    lac_output_char(output, ' ');
    lac_output_text(output, name);
    lac_output_text(output, "=\"");
    lac_output_uint(output, value);
    lac_output_char(output, '"');
}
