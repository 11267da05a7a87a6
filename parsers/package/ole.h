/*
 * ole.h - just enough of the compound file format ([MS-CFB] 2.2 to 2.6) to say what one holds.
 *
 * Purpose: encrypted Office documents are compound files with a stream "EncryptedPackage"; old
 *   .doc, .xls and .ppt files are compound files too, and need another message.
 * Limits: at most MAX_SECTORS sectors of its directory are read.
 */
#ifndef LAC_OLE_H
#define LAC_OLE_H

#include "parsers/package/source.h"

/* Whether the file starts as a compound file. */
bool lac_ole_starts(lac_span head);

/* Whether its directory names the streams of an encrypted document (MS-OFFCRYPTO 2.3.4). A damaged
 * directory counts as "no". */
bool lac_ole_encrypted(const lac_reader *reader);

#endif
