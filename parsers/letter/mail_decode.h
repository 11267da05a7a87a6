/*
 * mail_decode.h - the encodings of e-mail: transfer encodings, charsets, words in header fields.
 *
 * Purpose: quoted-printable and base64 (RFC 2045 6.7, 6.8), the charsets US-ASCII, UTF-8,
 *   ISO-8859-1 and Windows-1252, encoded words (RFC 2047). Text in another charset keeps its ASCII
 *   characters; the rest becomes U+FFFD.
 * Limits: what is decoded is never longer than four times what is read; the buffer's maximum holds.
 */
#ifndef LAC_MAIL_DECODE_H
#define LAC_MAIL_DECODE_H

#include "support/buf.h"

#include <stdbool.h>

typedef enum lac_mail_transfer {
    LAC_MAIL_IDENTITY, /* 7bit, 8bit, binary */
    LAC_MAIL_QUOTED_PRINTABLE,
    LAC_MAIL_BASE64,
} lac_mail_transfer;

/* An unknown name counts as identity. */
lac_mail_transfer lac_mail_transfer_of(lac_span name);
lacuna_status lac_mail_transfer_decode(lac_buf *out, lac_mail_transfer transfer, lac_span bytes);

bool lac_mail_knows_charset(lac_span charset);
/* Appends UTF-8. */
lacuna_status lac_mail_to_utf8(lac_buf *out, lac_span charset, lac_span bytes);

/* The value of an unstructured field: folds and encoded words taken out. */
lacuna_status lac_mail_field_text(lac_buf *out, lac_span value);

#endif
