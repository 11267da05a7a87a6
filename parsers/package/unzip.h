/*
 * unzip.h - libzip behind the judged directory: it inflates and checks, nothing else.
 *
 * Purpose: opens the archive through a reader (so libzip sees the judged bytes, without junk in
 *   front) and makes sure libzip took the same directory; a file that two readers understand in two
 *   ways is refused.
 * Ownership: the reader stays the caller's and must outlive the archive.
 */
#ifndef LAC_UNZIP_H
#define LAC_UNZIP_H

#include "parsers/package/zip.h"

typedef struct lac_unzip lac_unzip;

lacuna_status lac_unzip_open(lac_unzip **out, const lac_reader *reader, uint64_t base,
                             const lac_part *parts, uint32_t count, lacuna_error *err);
void lac_unzip_close(lac_unzip *archive);

/* Streams one part in pieces of at most `capacity` bytes through `piece`. Fails where the part
 * holds more or fewer bytes than it claims, or its checksum is wrong. */
lacuna_status lac_unzip_stream(lac_unzip *archive, const lac_part *part, char *piece,
                               size_t capacity, lac_sink_fn sink, void *user, lacuna_error *err);

#endif
