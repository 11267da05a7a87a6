/*
 * message.h - the message of eCTD 4.0: submissionunit.xml into contexts of use and documents.
 *
 * Purpose: the parts of HL7 RPS that ICH eCTD 4.0 uses: submissionUnit with its contexts of use
 *   first, and far below (componentOf1) sequence number, submission, application, documents and
 *   the sender's keyword definitions. Elements are told by name and by the two above them;
 *   everything else is passed over. Contexts are placed in the heading tree by contexts.c, when
 *   all units are read: a keyword may be defined in an earlier one.
 */
#ifndef LAC_ECTD_MESSAGE_H
#define LAC_ECTD_MESSAGE_H

#include "parsers/ectd/intake.h"

/* Reads the unit of a sequence; what cannot be read is a trouble. */
lacuna_status lac_message_read(lac_intake *intake, uint32_t draft);

#endif
