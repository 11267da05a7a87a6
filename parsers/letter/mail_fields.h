/*
 * mail_fields.h - the header of a mail or of one of its parts.
 *
 * Purpose: finds the fields that matter (RFC 5322, RFC 2045); values are borrowed from the mail,
 *   folds still in them. Where a field is given twice, the first counts.
 */
#ifndef LAC_MAIL_FIELDS_H
#define LAC_MAIL_FIELDS_H

#include "support/span.h"

typedef enum lac_mail_field {
    LAC_MAIL_FROM,
    LAC_MAIL_DATE,
    LAC_MAIL_TO,
    LAC_MAIL_CC,
    LAC_MAIL_SUBJECT,
    LAC_MAIL_TYPE,        /* Content-Type */
    LAC_MAIL_TRANSFER,    /* Content-Transfer-Encoding */
    LAC_MAIL_DISPOSITION, /* Content-Disposition */
    LAC_MAIL_VERSION,     /* MIME-Version */
    LAC_MAIL_MESSAGE_ID,
    LAC_MAIL_RECEIVED,
    LAC_MAIL_FIELD_COUNT
} lac_mail_field;

typedef struct lac_mail_header {
    lac_span fields[LAC_MAIL_FIELD_COUNT]; /* ptr NULL: not there */
    lac_span body;                         /* what follows the blank line */
} lac_mail_header;

/* False where the bytes do not begin with header fields; then all of them are the body. */
bool lac_mail_header_read(lac_mail_header *header, lac_span entity);

/* Whether a header is that of a message, not just text with colons. */
bool lac_mail_is_message(const lac_mail_header *header);

/* "text/plain" of "text/plain; charset=x". */
lac_span lac_mail_main_value(lac_span value);
/* The parameter of a structured field, quotes taken off; empty: none. Also its RFC 2231 form
 * ("filename*=utf-8''..."), as it is written. */
lac_span lac_mail_parameter(lac_span value, const char *name);

#endif
