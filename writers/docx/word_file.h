/*
 * word_file.h - a Word document opened to be changed: its parts, the changes to them, the result.
 *
 * Purpose: reads what the writer has to know (the document as the reader sees it, styles,
 *   relationships, the elements of the parts it touches), collects edits and writes the package.
 * Ownership: lac_word_open makes, lac_word_close frees; the input bytes are borrowed. Texts of
 * edits live in the file's arena. Refused with a reason: encrypted and signed documents, ISO
 * Strict, parts in other encodings than UTF-8, documents whose main namespace has no single prefix.
 */
#ifndef LAC_WRITERS_DOCX_WORD_FILE_H
#define LAC_WRITERS_DOCX_WORD_FILE_H

#include "parsers/document.h"
#include "parsers/docx/styles.h"
#include "parsers/package/relationships.h"
#include "support/buf.h"
#include "writers/docx/splice.h"
#include "writers/docx/tokens.h"

enum { LAC_WORD_PARTS = 256, LAC_LARGEST_MARKUP = 64 << 20 };

typedef struct lac_word_part {
    const char *name;
    lac_span bytes; /* as they were; of an added part: as they are to be */
    char *owned;
    bool added;
    lac_tokens tokens; /* not of added parts */
    lac_edits edits;
    char *edited;
    size_t edited_length;
} lac_word_part;

typedef struct lac_word_file {
    lac_span bytes;
    const lac_limits *limits;
    lac_package *package;
    lac_document *document;
    lac_arena arena;
    lac_relationships relationships; /* of the main part */
    lac_styles styles;
    lac_word_part parts[LAC_WORD_PARTS];
    uint32_t part_count;
    lac_word_part *main;
    uint32_t new_relationships;
    bool is_protected; /* the document asks to be edited in certain ways only */
} lac_word_file;

/* `name` is for messages. */
lacuna_status lac_word_open(lac_word_file **out, lac_span bytes, const char *name,
                            const lac_limits *limits, lacuna_error *err);
void lac_word_close(lac_word_file *file);

/* A part of the package, with its elements; read once. LACUNA_E_NOTFOUND: absent. */
lacuna_status lac_word_part_get(lac_word_part **out, lac_word_file *file, const char *name,
                                lacuna_error *err);
/* The part the main part relates to by the last segment of a relationship type; *out NULL: none. */
lacuna_status lac_word_related(lac_word_part **out, lac_word_file *file, const char *type,
                               lacuna_error *err);

/* A new part beside the main part, with its relationship and content type. `stem` is "comments". */
lacuna_status lac_word_part_add(lac_word_file *file, const char *stem, lac_span bytes,
                                const char *relationship, const char *content_type,
                                lacuna_error *err);

/* A new part of that name, which the package itself relates to. */
lacuna_status lac_word_package_part_add(lac_word_file *file, const char *name, lac_span bytes,
                                        const char *relationship, const char *content_type,
                                        lacuna_error *err);

/* A copy in the file's arena. */
lacuna_status lac_word_keep(lac_span *out, lac_word_file *file, const lac_buf *text,
                            lacuna_error *err);
/* Puts text before the end tag of an element, which may be written as an empty element. */
lacuna_status lac_word_append(lac_word_file *file, lac_word_part *part, uint32_t token,
                              const lac_buf *text, lacuna_error *err);

/* The package with all changes, proven: the original parts can be had back, other entries are
 * copied raw. *out is the caller's (free). */
lacuna_status lac_word_finish(char **out, size_t *length, lac_word_file *file, lacuna_error *err);

#endif
