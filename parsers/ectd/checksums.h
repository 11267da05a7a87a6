/*
 * checksums.h - hashing every file once, in several threads, and holding checksums against it.
 *
 * Purpose: every file of a sequence gets the digest its standard uses (MD5, SHA-256) and any
 *   other that a placement names, so that equal files can be told as well. Where a checksum
 *   differs and the file is text, it is read again with CRLF line ends: version control changes
 *   them.
 * Threads: a folder is read by several, each through its own handle; a zip file by one. Results
 *   do not depend on the number.
 */
#ifndef LAC_ECTD_CHECKSUMS_H
#define LAC_ECTD_CHECKSUMS_H

#include "parsers/ectd/intake.h"

lacuna_status lac_checksums_verify(lac_intake *intake, uint32_t threads);

#endif
