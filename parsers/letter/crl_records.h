/*
 * crl_records.h - the JSON in which openFDA publishes complete response letters.
 *
 * Purpose: a record, an array of records, or an answer of the API ({"results": [...]}); of each the
 *   text, the date, the type and the application numbers are taken. A record without text makes the
 *   letter incomplete and is named.
 * Source: https://open.fda.gov/apis/transparency/completeresponseletters/ (fields text, letter_date
 *   as MM/DD/YYYY, letter_type, application_number).
 * Limits: json_bytes, text_bytes; nesting as support/json_text.h counts it.
 */
#ifndef LAC_CRL_RECORDS_H
#define LAC_CRL_RECORDS_H

#include "parsers/letter/letter_builder.h"

/* LACUNA_E_FORMAT where the JSON is malformed or holds no such record. */
lacuna_status lac_crl_records_read(lac_letter_builder *builder, lac_span json, lacuna_error *err);

#endif
