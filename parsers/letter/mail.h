/*
 * mail.h - an e-mail (RFC 5322, MIME RFC 2045 to 2049) as the text of a letter.
 *
 * Purpose: the text a person reads: From, Sent, To, Cc and Subject on lines of their own, a blank
 *   line, then every text part. Of alternatives the plain text is taken, else the HTML.
 * Attachments are named in notes and make the letter incomplete, because a request may be in them.
 * Limits: mail_depth (parts in parts, mails in mails), mail_parts, text_bytes.
 */
#ifndef LAC_MAIL_H
#define LAC_MAIL_H

#include "parsers/letter/letter_builder.h"

/* Whether the bytes begin like a mail. */
bool lac_mail_recognized(lac_span bytes);

lacuna_status lac_mail_read(lac_letter_builder *builder, lac_span bytes, lacuna_error *err);

#endif
