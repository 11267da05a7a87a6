/*
 * pack_canonical.h - the one JSON text a pack has when its order and layout do not matter.
 *
 * Purpose: two packs that say the same have the same bytes; what an export and import of a table
 *   gives back is compared as these. The form: members in the order of pack_columns.h, unknown ones
 *   behind them by the bytes of their keys, arrays as they are, two spaces a level, one line end
 *   at the end, UTF-8 unescaped. checklists/README.md "Canonical form".
 * Ownership: the tree and the bytes belong to the caller.
 */
#ifndef LAC_PACK_CANONICAL_H
#define LAC_PACK_CANONICAL_H

#include "include/lacuna.h"
#include "support/buf.h"

#include <jansson.h>

/* Nesting no pack comes near to; keeps what walks over a tree from going deep. */
enum { LAC_PACK_DEPTH = 24 };

/* JSON text, a BOM passed over; bounded in depth. LACUNA_E_FORMAT with the line. */
lacuna_status lac_pack_parse(json_t **out, lac_span json, lacuna_error *err);

/* A copy of a whole pack with its members in order. */
lacuna_status lac_pack_order(json_t **out, const json_t *pack, lacuna_error *err);

/* Appends the text of a tree whose members are in order. */
lacuna_status lac_pack_print(lac_buf *out, const json_t *pack, lacuna_error *err);

#endif
