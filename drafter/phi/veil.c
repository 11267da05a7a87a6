#include "drafter/phi/veil.h"

#include "support/error.h"
#include "support/utf8.h"

enum { EXTERNAL_PIECE = 64 * 1024, COVERED_MAX = 256 << 20 };

static const double SURE = 0.5;

/* ---- an external recognizer ----------------------------------------------------------------- */

typedef struct asking {
    lac_phi_list *list;
    const lac_phi_scanner *scanner;
    lac_span piece;
    size_t base; /* of the piece in the text */
    lacuna_status status;
    lacuna_error *err;
} asking;

static bool is_border(lac_span text, size_t at)
{
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static int take_found(void *user, const char *kind, size_t start, size_t end, double score)
{
    asking *a = user;
    lac_phi_kind known = lac_phi_kind_of(lac_span_of(kind));
    if (start >= end || end > a->piece.len || !is_border(a->piece, start) ||
        !is_border(a->piece, end)) {
        a->status = lac_fail(a->err, LACUNA_E_FORMAT,
                             "the recognizer names a place that is not in the text");
        return 1;
    }
    bool staff = false;
    if (known <= LAC_PHI_PLACE || (known >= LAC_PHI_PHONE && known <= LAC_PHI_EMAIL) ||
        known == LAC_PHI_URL) {
        a->status = lac_phi_is_of_staff(&staff, a->scanner, a->piece, start, end, a->err);
    }
    if (a->status != LACUNA_OK || staff) {
        return a->status != LACUNA_OK;
    }
    a->status =
        lac_phi_list_add(a->list, a->base + start, end - start,
                         known == LAC_PHI_KINDS ? LAC_PHI_CODE : known, score >= SURE, a->err);
    return a->status != LACUNA_OK;
}

/* Whole lines, as many as fit; a longer line is cut between characters. */
static size_t piece_length(lac_span rest)
{
    size_t length = rest.len < EXTERNAL_PIECE ? rest.len : EXTERNAL_PIECE;
    if (length == rest.len) {
        return length;
    }
    size_t line = length;
    while (line > 0 && rest.ptr[line - 1] != '\n') {
        line--;
    }
    while (line == 0 && !is_border(rest, length)) {
        length--;
    }
    return line > 0 ? line : length;
}

static lacuna_status ask_external(lac_phi_list *list, const lac_phi_scanner *scanner,
                                  const lacuna_recognizer *external, lac_span text,
                                  lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (size_t at = 0; at < text.len && status == LACUNA_OK;) {
        lac_span rest = lac_span_make(text.ptr + at, text.len - at);
        asking a = {.list = list, .scanner = scanner, .base = at, .err = err};
        a.piece = lac_span_make(rest.ptr, piece_length(rest));
        status = external->find(external->state, a.piece.ptr, a.piece.len, take_found, &a, err);
        status = a.status != LACUNA_OK ? a.status : status;
        at += a.piece.len;
    }
    return status;
}

/* ---- a document ----------------------------------------------------------------------------- */

lacuna_status lac_veil_make(lac_veil *veil, const lac_document *document,
                            const lac_phi_scanner *scanner, const lacuna_recognizer *external,
                            bool covers, lacuna_error *err)
{
    lac_span text = lac_span_make(document->text.ptr, document->reference_length);
    *veil = (lac_veil){.document = document};
    lacuna_status status = lac_phi_scan(&veil->finds, scanner, text, err);
    if (status == LACUNA_OK && external != NULL) {
        status = ask_external(&veil->finds, scanner, external, text, err);
        lac_phi_list_settle(&veil->finds);
    }
    if (status == LACUNA_OK && covers) {
        status = lac_pseudonyms_new(&veil->map, err);
    }
    if (status != LACUNA_OK) {
        lac_veil_free(veil);
    }
    return status;
}

void lac_veil_free(lac_veil *veil)
{
    lac_phi_list_free(&veil->finds);
    lac_pseudonyms_free(veil->map);
    *veil = (lac_veil){0};
}

/* ---- covering ------------------------------------------------------------------------------- */

/* The first find that ends behind `at`. */
static size_t first_behind(const lac_phi_list *finds, size_t at)
{
    size_t low = 0, high = finds->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (finds->items[middle].start + finds->items[middle].length <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

typedef struct covering {
    lac_veil *veil;
    lac_tokens *tokens;
    lac_buf text;
    lac_covering *made;
    uint32_t count;
    size_t start, end, at; /* bytes of the document's text */
} covering;

/* The token of the next find: the same as the first time, where its text is covered again. */
static lacuna_status next_token(lac_span *token, covering *c, lac_phi_kind kind, lac_span text,
                                lacuna_error *err)
{
    lac_tokens *tokens = c->tokens;
    lacuna_status status = LACUNA_OK;
    if (tokens->used == tokens->count) {
        void *items = tokens->items;
        status = lac_grow(&items, &tokens->capacity, tokens->count + 1, sizeof *tokens->items,
                          LAC_PHI_FINDS_MAX);
        tokens->items = items;
        if (status != LACUNA_OK) {
            return lac_fail_nomem(err);
        }
        status = lac_pseudonyms_issue(&tokens->items[tokens->count], c->veil->map, kind, text, err);
        tokens->count += status == LACUNA_OK;
    }
    if (status == LACUNA_OK) {
        *token = lac_pseudonyms_token(c->veil->map, tokens->items[tokens->used++]);
    }
    return status;
}

/* A find that lies in part outside is covered as far as it lies inside. */
static lacuna_status cover_one(covering *c, const lac_phi_find *find, lacuna_error *err)
{
    lac_span token;
    const char *text = c->veil->document->text.ptr;
    size_t from = find->start > c->at ? find->start : c->at;
    size_t end = find->start + find->length < c->end ? find->start + find->length : c->end;
    lacuna_status status =
        next_token(&token, c, find->kind, lac_span_make(text + from, end - from), err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_buf_append(&c->text, text + c->at, from - c->at);
    c->made[c->count++] = (lac_covering){(uint32_t)c->text.len, (uint32_t)token.len,
                                         (uint32_t)(from - c->start), (uint32_t)(end - from)};
    status = status == LACUNA_OK ? lac_buf_append_span(&c->text, token) : status;
    c->at = end;
    return status == LACUNA_OK ? status : lac_fail_nomem(err);
}

static lacuna_status cover(covering *c, lac_arena *arena, size_t first, size_t last,
                           lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    c->made = lac_arena_array(arena, last - first + 1, sizeof *c->made);
    if (c->made == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = first; i < last && status == LACUNA_OK; i++) {
        const lac_phi_find *find = &c->veil->finds.items[i];
        if (lac_phi_kind_is_replaced(find->kind)) {
            status = cover_one(c, find, err);
        }
    }
    if (status == LACUNA_OK && lac_buf_append(&c->text, c->veil->document->text.ptr + c->at,
                                              c->end - c->at) != LACUNA_OK) {
        status = lac_fail_nomem(err);
    }
    return status;
}

lacuna_status lac_veil_cover(lac_covered *covered, lac_arena *arena, lac_veil *veil,
                             lac_tokens *tokens, lac_span original, lacuna_error *err)
{
    const lac_phi_list *finds = &veil->finds;
    size_t start = (size_t)(original.ptr - veil->document->text.ptr);
    covering c = {
        .veil = veil, .tokens = tokens, .start = start, .end = start + original.len, .at = start};
    size_t first = first_behind(finds, start), last = first;
    *covered = (lac_covered){.original = original, .text = original};
    while (last < finds->count && finds->items[last].start < c.end) {
        last++;
    }
    if (veil->map == NULL || first == last) {
        return LACUNA_OK;
    }
    lac_buf_init(&c.text, COVERED_MAX);
    lacuna_status status = cover(&c, arena, first, last, err);
    if (status == LACUNA_OK) {
        const char *copy = lac_arena_copy(arena, lac_buf_span(&c.text));
        *covered = (lac_covered){original, {copy, c.text.len}, c.made, c.count};
        status = copy == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    lac_buf_free(&c.text);
    return status;
}

/* ---- the way back --------------------------------------------------------------------------- */

/* Where a byte of the covered text comes from; inside a token: its beginning, or its end. */
static size_t lead_back(const lac_covered *covered, size_t at, bool to_end)
{
    size_t shift_from = 0, shift_to = 0;
    for (uint32_t i = 0; i < covered->count; i++) {
        const lac_covering *c = &covered->coverings[i];
        if (at < c->start || (to_end && at == c->start)) {
            break;
        }
        if (at < (size_t)c->start + c->length) {
            return to_end ? (size_t)c->from + c->taken : c->from;
        }
        shift_from = (size_t)c->start + c->length;
        shift_to = (size_t)c->from + c->taken;
    }
    return at - shift_from + shift_to;
}

lac_span lac_covered_original(const lac_covered *covered, size_t start, size_t end)
{
    size_t first = lead_back(covered, start, false), last = lead_back(covered, end, true);
    return lac_span_make(covered->original.ptr + first, last - first);
}
