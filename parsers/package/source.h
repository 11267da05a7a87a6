/*
 * source.h - random access to the bytes of a source: a file, memory, or the host's callback.
 *
 * Purpose: one reading function for the three kinds, so that what is judged and what is read are
 *   the same bytes. Only regular files are read: a FIFO or device would hang or never end.
 * Ownership: lac_reader_close releases the descriptor; memory and callbacks stay the caller's.
 */
#ifndef LAC_SOURCE_H
#define LAC_SOURCE_H

#include "parsers/package/package.h"

typedef struct lac_reader {
    lac_source source;
    int descriptor; /* of a path source, else -1 */
    uint64_t size;
} lac_reader;

lacuna_status lac_reader_open(lac_reader *reader, const lac_source *source, lacuna_error *err);
void lac_reader_close(lac_reader *reader);

/* Takes over an open descriptor; it is closed also on error. LACUNA_E_IO if no regular file. */
lacuna_status lac_reader_adopt(lac_reader *reader, int descriptor, const char *name,
                               lacuna_error *err);

/* Exactly `length` bytes at `offset`; LACUNA_E_FORMAT where the source ends before. */
lacuna_status lac_reader_at(const lac_reader *reader, uint64_t offset, void *data, size_t length,
                            lacuna_error *err);

/* What a person can do about an error of the system; "" where nothing general helps. */
const char *lac_system_remedy(int number);

/* LACUNA_E_IO (or LACUNA_E_NOTFOUND) for a failed system call, with the system's own words. */
lacuna_status lac_fail_system(lacuna_error *err, int number, const char *action, const char *name);

/* The display name of a source, never NULL. */
const char *lac_source_name(const lac_source *source);

/* Whether it is the path of a folder (a symbolic link to one counts). */
bool lac_source_is_folder(const lac_source *source);

#endif
