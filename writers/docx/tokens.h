/*
 * tokens.h - where the elements of a part begin and end, in bytes.
 *
 * Purpose: a writer that changes a document by inserting bytes needs offsets, which a parser does
 *   not promise. The part has been read by libxml2 before; this tokenizer only measures it, and is
 *   held against the parser: lac_tokens_agree compares the two element by element.
 * Ownership: lac_tokens_make makes, lac_tokens_free frees; the bytes are borrowed.
 * Invariants: items are in document order; an element's ordinal is its index; offsets fit 32 bits.
 * Refused: a DOCTYPE (LACUNA_E_FORMAT), encodings other than UTF-8, and parts that give the main
 *   namespace two names (LACUNA_E_UNSUPPORTED). Malformed text is LACUNA_E_FORMAT.
 * Limits: xml_depth of lac_limits, LAC_MAX_TOKENS elements.
 */
#ifndef LAC_WRITERS_DOCX_TOKENS_H
#define LAC_WRITERS_DOCX_TOKENS_H

#include "include/lacuna.h"
#include "support/limits.h"
#include "writers/docx/words.h"

enum {
    LAC_MAX_TOKENS = 1 << 23, /* 28 bytes each; the largest real part has 485,155 */
    LAC_NO_TOKEN = UINT32_MAX,
};

typedef struct lac_token {
    uint32_t start;   /* of "<" */
    uint32_t tag_end; /* behind ">" of the start tag */
    uint32_t close;   /* of "</"; tag_end for an empty-element tag */
    uint32_t end;     /* behind the element */
    uint32_t parent;  /* LAC_NO_TOKEN: the root */
    uint32_t after;   /* the first element that is not inside */
    uint16_t name_length;
    uint8_t word; /* lac_word */
    bool empty;   /* written as <name/> */
} lac_token;

typedef struct lac_tokens {
    lac_span xml;
    lac_token *items;
    size_t count, cap;
    lac_span w;  /* prefix of the main namespace; empty: not declared */
    bool strict; /* it is the one of ISO/IEC 29500 Strict */
} lac_tokens;

lacuna_status lac_tokens_make(lac_tokens *tokens, lac_span xml, const char *name,
                              const lac_limits *limits, lacuna_error *err);
void lac_tokens_free(lac_tokens *tokens);

/* LACUNA_E_INTERNAL unless libxml2 finds the same elements in the same order. */
lacuna_status lac_tokens_agree(const lac_tokens *tokens, const char *name, const lac_limits *limits,
                               lacuna_error *err);

/* "w:p" */
lac_span lac_token_name(const lac_tokens *tokens, uint32_t token);
/* "p" */
lac_span lac_token_local(const lac_tokens *tokens, uint32_t token);
/* The bytes of the element. */
lac_span lac_token_bytes(const lac_tokens *tokens, uint32_t token);
/* Between its tags. */
lac_span lac_token_content(const lac_tokens *tokens, uint32_t token);

/* An attribute by its name as written, value raw. */
bool lac_token_attribute(lac_span *value, const lac_tokens *tokens, uint32_t token,
                         const char *name);
/* An attribute of the main namespace by its local name. */
bool lac_token_get(lac_span *value, const lac_tokens *tokens, uint32_t token, const char *local);

/* Attributes in turn: *at is 0 at first; false behind the last one. `where` is the offset of the
 * value's first byte. */
typedef struct lac_token_attr {
    lac_span name, value;
    size_t where;
} lac_token_attr;
bool lac_token_next_attribute(lac_token_attr *attr, size_t *at, const lac_tokens *tokens,
                              uint32_t token);

/* The first child of a kind; LAC_NO_TOKEN: none. */
uint32_t lac_token_child(const lac_tokens *tokens, uint32_t token, lac_word word);

/* Whether an element stands inside one of a kind. */
bool lac_token_inside(const lac_tokens *tokens, uint32_t token, lac_word word);

/* The prefix the root gives a namespace; empty: none. */
lac_span lac_tokens_prefix(const lac_tokens *tokens, const char *uri);

#endif
