#include "writers/text/outline.h"

#include "writers/output.h"

static void write_heading(lac_output *output, const lac_section *section)
{
    for (uint32_t i = 1; i < section->level; i++) {
        lac_output_text(output, "  ");
    }
    if (section->number.len > 0) {
        lac_output_span(output, section->number);
        lac_output_char(output, ' ');
    }
    lac_output_span(output, section->title);
    if (section->source == LAC_HEADING_FORMATTING) {
        lac_output_text(output, "  (guessed: bold text)");
    }
    lac_output_char(output, '\n');
}

lacuna_status lac_text_outline(const lac_document *document, lacuna_write_fn write, void *user,
                               lacuna_error *err)
{
    lac_output output;
    lac_output_init(&output, write, user);
    for (uint32_t i = 1; i < document->section_count; i++) {
        write_heading(&output, &document->sections[i]);
    }
    return lac_output_finish(&output, err);
}

lacuna_status lac_text_reference(const lac_document *document, lacuna_write_fn write, void *user,
                                 lacuna_error *err)
{
    lac_output output;
    lac_output_init(&output, write, user);
    lac_output_span(&output, lac_span_make(document->text.ptr, document->reference_length));
    return lac_output_finish(&output, err);
}
