/*
 * letter_builder.h - making a lac_letter_text: text goes in as it is read, lines come out.
 *
 * Ownership: the builder owns the letter until lac_letter_finish hands it over; lac_letter_abandon
 *   frees what is there after a failure.
 */
#ifndef LAC_LETTER_BUILDER_H
#define LAC_LETTER_BUILDER_H

#include "parsers/letter/letter_text.h"
#include "support/buf.h"

typedef struct lac_letter_builder {
    lac_letter_text *letter;
    const lac_limits *limits;
    lac_buf text; /* with form feeds still in it */
    lac_letter_record *records;
    size_t record_count, record_cap;
    size_t *record_starts; /* bytes of text */
    size_t record_start_cap;
    lac_letter_note *notes;
    size_t note_count, note_cap;
    bool pages; /* form feeds mean pages */
} lac_letter_builder;

lacuna_status lac_letter_begin(lac_letter_builder *builder, lac_letter_format format,
                               const lac_limits *limits, lacuna_error *err);
void lac_letter_abandon(lac_letter_builder *builder);

/* Appends bytes of any encoding parsers/text/decode.h knows. */
lacuna_status lac_letter_add(lac_letter_builder *builder, lac_span bytes, lacuna_error *err);
lacuna_status lac_letter_remark(lac_letter_builder *builder, bool incomplete, lacuna_error *err,
                                const char *format, ...) __attribute__((format(printf, 4, 5)));
/* A record whose text begins here. */
lacuna_status lac_letter_add_record(lac_letter_builder *builder, const lac_letter_record *record,
                                    lacuna_error *err);
/* Cuts the text into lines and pages. The builder is empty afterwards, also after an error. */
lacuna_status lac_letter_finish(lac_letter_text **out, lac_letter_builder *builder,
                                lacuna_error *err);

#endif
