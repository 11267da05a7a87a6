#include "writers/docx/cuts.h"

#include "support/error.h"
#include "writers/docx/order.h"

typedef enum opened { OPENED_NONE, OPENED_KEPT, OPENED_CUT } opened;

typedef struct rewriting {
    lac_cutter *cutter;
    const lac_tokens *tokens;
    uint32_t run;
    lac_span properties; /* the run's w:rPr, whole; empty: none */
    lac_markup markup;
    lac_cut *cuts;
    size_t count;
    opened open;
    bool inserted; /* somebody else's insertion is around the run */
} rewriting;

/* ---- opening and closing runs ---------------------------------------------------------------- */

static void close_run(rewriting *state)
{
    if (state->open != OPENED_NONE) {
        lac_markup_put(&state->markup, "</@r>");
    }
    if (state->open == OPENED_CUT) {
        lac_markup_put(&state->markup, "</@del>");
    }
    state->open = OPENED_NONE;
}

static void open_run(rewriting *state, opened wanted)
{
    if (state->open == wanted) {
        return;
    }
    close_run(state);
    if (wanted == OPENED_CUT) {
        lac_markup_open_revision(&state->markup, "del");
    }
    const lac_token *run = &state->tokens->items[state->run];
    lac_markup_span(&state->markup,
                    lac_span_make(state->tokens->xml.ptr + run->start, run->tag_end - run->start));
    lac_markup_span(&state->markup, state->properties);
    state->open = wanted;
}

static void put_text(rewriting *state, const char *element, lac_span raw)
{
    lac_markup_put(&state->markup, "<@");
    lac_markup_put(&state->markup, element);
    lac_markup_put(&state->markup, " xml:space=\"preserve\">");
    lac_markup_span(&state->markup, raw);
    lac_markup_put(&state->markup, "</@");
    lac_markup_put(&state->markup, element);
    lac_markup_put(&state->markup, ">");
}

/* ---- one child of a run ---------------------------------------------------------------------- */

static void put_value(rewriting *state, lac_cut *cut)
{
    if (cut->done) {
        return;
    }
    cut->done = true;
    if (cut->text.len == 0 && cut->comment == UINT32_MAX) {
        return;
    }
    close_run(state);
    state->markup.tracked = state->cutter->marked && !state->inserted;
    lac_markup_value(&state->markup, cut->properties, cut->text, cut->comment);
}

/* A piece that is cut, up to `end` of the part. The value stands in place of the first piece, and
 * tracked behind the last: LibreOffice takes a deletion at the end of a content control for one of
 * the paragraph's end too. */
static void put_cut(rewriting *state, lac_cut *cut, uint32_t child, lac_span raw, size_t end)
{
    if (!state->cutter->marked || cut->is_prompt) {
        put_value(state, cut);
        return;
    }
    lac_word word = (lac_word)state->tokens->items[child].word;
    open_run(state, OPENED_CUT);
    if (word == LAC_W_T) {
        put_text(state, "delText", raw);
    } else if (word == LAC_W_INSTR_TEXT) {
        put_text(state, "delInstrText", raw);
    } else {
        lac_markup_span(&state->markup, lac_token_bytes(state->tokens, child));
    }
    if (end >= cut->to) {
        put_value(state, cut);
    }
}

static void keep_text(rewriting *state, size_t from, size_t to)
{
    if (to > from) {
        open_run(state, OPENED_KEPT);
        put_text(state, "t", lac_span_make(state->tokens->xml.ptr + from, to - from));
    }
}

/* Text is split where cuts begin and end. */
static void split_text(rewriting *state, uint32_t child)
{
    const lac_token *item = &state->tokens->items[child];
    size_t at = item->tag_end;
    for (size_t i = 0; i < state->count && !item->empty; i++) {
        lac_cut *cut = &state->cuts[i];
        size_t from = cut->from < at ? at : cut->from;
        size_t to = cut->to > item->close ? item->close : cut->to;
        if (from >= to) {
            continue;
        }
        keep_text(state, at, from);
        put_cut(state, cut, child, lac_span_make(state->tokens->xml.ptr + from, to - from), to);
        at = to;
    }
    keep_text(state, at, item->close);
}

static void put_child(rewriting *state, uint32_t child)
{
    const lac_token *item = &state->tokens->items[child];
    if (item->word == LAC_W_T) {
        bool touched = false;
        for (size_t i = 0; i < state->count && !touched; i++) {
            touched = state->cuts[i].from < item->close && state->cuts[i].to > item->tag_end;
        }
        if (touched) {
            split_text(state, child);
            return;
        }
    }
    /* A comment stays: its text is in another part, which would be left without a place. */
    for (size_t i = 0; i < state->count && item->word != LAC_W_COMMENT_REFERENCE; i++) {
        if (state->cuts[i].from <= item->start && item->end <= state->cuts[i].to) {
            put_cut(state, &state->cuts[i], child, lac_token_content(state->tokens, child),
                    item->end);
            return;
        }
    }
    open_run(state, OPENED_KEPT);
    lac_markup_span(&state->markup, lac_token_bytes(state->tokens, child));
}

/* ---- runs ------------------------------------------------------------------------------------ */

static bool touches(const rewriting *state, uint32_t run)
{
    const lac_token *item = &state->tokens->items[run];
    for (size_t i = 0; i < state->count; i++) {
        if (state->cuts[i].from < item->end && state->cuts[i].to > item->start) {
            return true;
        }
    }
    return false;
}

static lacuna_status rewrite_run(rewriting *state, uint32_t run)
{
    lac_cutter *cutter = state->cutter;
    uint32_t properties = lac_token_child(state->tokens, run, LAC_W_R_PR);
    state->run = run;
    state->properties = properties == LAC_NO_TOKEN ? lac_span_make("", 0)
                                                   : lac_token_bytes(state->tokens, properties);
    state->inserted = lac_token_inside(state->tokens, run, LAC_W_INS);
    lac_markup_begin(&state->markup, state->tokens->w, cutter->draft, cutter->ids, cutter->marked);
    const lac_token *items = state->tokens->items;
    for (uint32_t i = run + 1; i < items[run].after; i = items[i].after) {
        if (items[i].word != LAC_W_R_PR) {
            put_child(state, i);
        }
    }
    for (size_t i = 0; i < state->count;
         i++) { /* up to the end of the run, or all of an empty one */
        bool ends = items[run].start < state->cuts[i].to && state->cuts[i].to <= items[run].end;
        bool whole = state->cuts[i].from <= items[run].start &&
                     items[run].end <= state->cuts[i].to &&
                     (!cutter->marked || state->cuts[i].is_prompt);
        if (ends || whole) {
            put_value(state, &state->cuts[i]);
        }
    }
    close_run(state);
    lac_span kept = lac_span_make("", 0);
    lacuna_status status =
        state->markup.status == LACUNA_OK
            ? lac_word_keep(&kept, cutter->file, &state->markup.out, cutter->err)
            : lac_fail(cutter->err, state->markup.status, "a value is too long for the document");
    lac_markup_free(&state->markup);
    return status == LACUNA_OK ? lac_edits_add(cutter->edits, items[run].start,
                                               items[run].end - items[run].start, kept, cutter->err)
                               : status;
}

lacuna_status lac_cuts_apply(lac_cutter *cutter, uint32_t element, lac_cut *cuts, size_t count)
{
    rewriting state = {
        .cutter = cutter, .tokens = &cutter->part->tokens, .cuts = cuts, .count = count};
    const lac_token *items = state.tokens->items;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = element + 1; i < items[element].after && status == LACUNA_OK;) {
        lac_word word = (lac_word)items[i].word;
        if (word == LAC_W_TXBX_CONTENT || word == LAC_W_DEL || word == LAC_W_MOVE_FROM) {
            i = items[i].after;
        } else if (word == LAC_W_R && touches(&state, i)) {
            status = rewrite_run(&state, i);
            i = items[i].after;
        } else {
            i++;
        }
    }
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        if (!cuts[i].done) {
            status = lac_fail(cutter->err, LACUNA_E_INTERNAL, "a value found no place");
        }
    }
    return status;
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool is_dropped(lac_span local, const char *const *drop)
{
    static const char *const always[] = {"rPrChange", "vanish", "specVanish", "webHidden",
                                         "highlight", "ins",    "del",        "moveFrom",
                                         "moveTo",    NULL};
    for (size_t i = 0; always[i] != NULL; i++) {
        if (lac_span_is(local, always[i])) {
            return true;
        }
    }
    for (size_t i = 0; drop != NULL && drop[i] != NULL; i++) {
        if (lac_span_is(local, drop[i])) {
            return true;
        }
    }
    return false;
}

/* In the order of the schema, whatever theirs is; an element that is there twice is taken once. */
static lacuna_status copy_in_order(lac_buf *out, const lac_tokens *tokens, uint32_t properties,
                                   const char *const *drop)
{
    enum { MOST_RANK = 64 };
    lacuna_status status = LACUNA_OK;
    for (int rank = LAC_ORDER_NONE; rank <= MOST_RANK && status == LACUNA_OK; rank++) {
        bool taken = false;
        for (uint32_t i = properties + 1;
             i < tokens->items[properties].after && status == LACUNA_OK && !taken;
             i = tokens->items[i].after) {
            lac_span local = lac_token_local(tokens, i);
            bool own = tokens->items[i].word != LAC_W_FOREIGN;
            if (!is_dropped(local, drop) &&
                (own ? lac_order_rank(LAC_W_R_PR, local) : MOST_RANK) == rank) {
                status = lac_buf_append_span(out, lac_token_bytes(tokens, i));
                taken = rank != LAC_ORDER_NONE && rank != MOST_RANK;
            }
        }
    }
    return status;
}

lacuna_status lac_cut_properties(lac_span *out, lac_cutter *cutter, uint32_t run,
                                 const char *const *drop)
{
    const lac_tokens *tokens = &cutter->part->tokens;
    *out = lac_span_make("", 0);
    uint32_t properties =
        run == LAC_NO_TOKEN ? LAC_NO_TOKEN : lac_token_child(tokens, run, LAC_W_R_PR);
    if (properties == LAC_NO_TOKEN) {
        return LACUNA_OK;
    }
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status = copy_in_order(&text, tokens, properties, drop);
    status = status == LACUNA_OK
                 ? lac_word_keep(out, cutter->file, &text, cutter->err)
                 : lac_fail(cutter->err, status, "properties of a run are too large");
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_cut_value(lac_span *out, lac_cutter *cutter, const lac_cut *cut)
{
    lac_markup markup;
    *out = lac_span_make("", 0);
    lac_markup_begin(&markup, cutter->part->tokens.w, cutter->draft, cutter->ids, cutter->marked);
    lac_markup_value(&markup, cut->properties, cut->text, cut->comment);
    lacuna_status status = markup.status == LACUNA_OK
                               ? lac_word_keep(out, cutter->file, &markup.out, cutter->err)
                               : lac_fail(cutter->err, markup.status, "a value is too long");
    lac_markup_free(&markup);
    return status;
}
