#include "writers/docx/layout.h"

#include "support/error.h"

/* ---- kinds of elements ----------------------------------------------------------------------- */

bool lac_word_is_marker_start(lac_word word)
{
    switch (word) {
    case LAC_W_BOOKMARK_START:
    case LAC_W_COMMENT_RANGE_START:
    case LAC_W_PERM_START:
    case LAC_W_MOVE_FROM_RANGE_START:
    case LAC_W_MOVE_TO_RANGE_START:
    case LAC_W_CUSTOM_XML_DEL_RANGE_START:
    case LAC_W_CUSTOM_XML_INS_RANGE_START:
    case LAC_W_CUSTOM_XML_MOVE_FROM_RANGE_START:
    case LAC_W_CUSTOM_XML_MOVE_TO_RANGE_START:
        return true;
    default:
        return false;
    }
}

static bool is_marker_end(lac_word word)
{
    switch (word) {
    case LAC_W_BOOKMARK_END:
    case LAC_W_COMMENT_RANGE_END:
    case LAC_W_PERM_END:
    case LAC_W_MOVE_FROM_RANGE_END:
    case LAC_W_MOVE_TO_RANGE_END:
    case LAC_W_CUSTOM_XML_DEL_RANGE_END:
    case LAC_W_CUSTOM_XML_INS_RANGE_END:
    case LAC_W_CUSTOM_XML_MOVE_FROM_RANGE_END:
    case LAC_W_CUSTOM_XML_MOVE_TO_RANGE_END:
        return true;
    default:
        return false;
    }
}

bool lac_word_is_marker(lac_word word)
{
    return word == LAC_W_PROOF_ERR || lac_word_is_marker_start(word) || is_marker_end(word);
}

/* +1 where a range begins in which nothing may be put, -1 where it ends. */
static int move_step(lac_word word)
{
    switch (word) {
    case LAC_W_MOVE_FROM_RANGE_START:
    case LAC_W_MOVE_TO_RANGE_START:
    case LAC_W_CUSTOM_XML_DEL_RANGE_START:
    case LAC_W_CUSTOM_XML_INS_RANGE_START:
    case LAC_W_CUSTOM_XML_MOVE_FROM_RANGE_START:
    case LAC_W_CUSTOM_XML_MOVE_TO_RANGE_START:
        return 1;
    case LAC_W_MOVE_FROM_RANGE_END:
    case LAC_W_MOVE_TO_RANGE_END:
    case LAC_W_CUSTOM_XML_DEL_RANGE_END:
    case LAC_W_CUSTOM_XML_INS_RANGE_END:
    case LAC_W_CUSTOM_XML_MOVE_FROM_RANGE_END:
    case LAC_W_CUSTOM_XML_MOVE_TO_RANGE_END:
        return -1;
    default:
        return 0;
    }
}

static int field_step(const lac_tokens *tokens, uint32_t token)
{
    lac_span type;
    if (tokens->items[token].word != LAC_W_FLD_CHAR ||
        !lac_token_get(&type, tokens, token, "fldCharType")) {
        return 0;
    }
    return lac_span_is(type, "begin") ? 1 : lac_span_is(type, "end") ? -1 : 0;
}

/* ---- making it ------------------------------------------------------------------------------- */

typedef struct arrays {
    uint32_t *children, *paragraphs, *blocks, *child_of;
    uint8_t *gaps;
} arrays;

static void count_elements(lac_layout *layout)
{
    const lac_tokens *tokens = layout->tokens;
    for (uint32_t i = layout->body + 1; i < tokens->items[layout->body].after;
         i = tokens->items[i].after) {
        layout->child_count++;
    }
    for (uint32_t i = 0; i < tokens->count; i++) {
        layout->paragraph_count += tokens->items[i].word == LAC_W_P;
    }
}

static bool allocate(arrays *to, const lac_layout *layout, lac_arena *arena)
{
    size_t children = (size_t)layout->child_count + 1, paragraphs = layout->paragraph_count;
    to->children = lac_arena_array(arena, children, sizeof *to->children);
    to->gaps = lac_arena_array(arena, children, sizeof *to->gaps);
    to->paragraphs = lac_arena_array(arena, paragraphs + 1, sizeof *to->paragraphs);
    to->blocks = lac_arena_array(arena, paragraphs + 1, sizeof *to->blocks);
    to->child_of = lac_arena_array(arena, paragraphs + 1, sizeof *to->child_of);
    return to->children != NULL && to->gaps != NULL && to->paragraphs != NULL &&
           to->blocks != NULL && to->child_of != NULL;
}

static uint8_t gap_flags(int fields, int moves)
{
    return (uint8_t)((fields > 0 ? LAC_GAP_IN_FIELD : 0) | (moves > 0 ? LAC_GAP_IN_MOVE : 0));
}

static void walk(arrays *to, const lac_layout *layout)
{
    const lac_tokens *tokens = layout->tokens;
    const lac_token *body = &tokens->items[layout->body];
    uint32_t child = 0, ordinal = 0, next = layout->body + 1;
    int fields = 0, moves = 0;
    for (uint32_t i = 0; i < tokens->count; i++) {
        if (i == next && i < body->after) {
            to->gaps[child] = gap_flags(fields, moves);
            to->children[child++] = i;
            next = tokens->items[i].after;
        }
        if (tokens->items[i].word == LAC_W_P) {
            to->paragraphs[ordinal] = i;
            to->blocks[ordinal] = LAC_NONE;
            to->child_of[ordinal++] = child == 0 ? 0 : child - 1;
        }
        fields += field_step(tokens, i);
        moves += move_step((lac_word)tokens->items[i].word);
        fields = fields < 0 ? 0 : fields;
        moves = moves < 0 ? 0 : moves;
    }
    to->gaps[child] = gap_flags(fields, moves);
}

static void link_blocks(arrays *to, const lac_layout *layout, const char *main_name)
{
    const lac_document *document = layout->document;
    for (uint32_t i = 0; i < document->block_count; i++) {
        const lac_block *block = &document->blocks[i];
        if (block->channel == LAC_CHANNEL_BODY && block->ordinal < layout->paragraph_count &&
            strcmp(document->parts[block->part], main_name) == 0) {
            to->blocks[block->ordinal] = i;
        }
    }
}

lacuna_status lac_layout_make(lac_layout *layout, lac_word_file *file, lacuna_error *err)
{
    const lac_tokens *tokens = &file->main->tokens;
    *layout = (lac_layout){.tokens = tokens,
                           .document = file->document,
                           .body = lac_token_child(tokens, 0, LAC_W_BODY)};
    arrays to;
    count_elements(layout);
    if (!allocate(&to, layout, &file->arena)) {
        return lac_fail_nomem(err);
    }
    walk(&to, layout);
    link_blocks(&to, layout, file->main->name);
    layout->children = to.children;
    layout->gaps = to.gaps;
    layout->paragraphs = to.paragraphs;
    layout->blocks = to.blocks;
    layout->child_of = to.child_of;
    uint32_t last = layout->child_count;
    if (last > 0 && tokens->items[to.children[last - 1]].word == LAC_W_SECT_PR) {
        layout->child_count--;
    }
    return LACUNA_OK;
}

/* ---- looking around -------------------------------------------------------------------------- */

static uint32_t ordinal_of(const lac_layout *layout, uint32_t token)
{
    uint32_t low = 0, high = layout->paragraph_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (layout->paragraphs[middle] < token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const lac_block *lac_layout_block(const lac_layout *layout, uint32_t child)
{
    uint32_t token = layout->children[child];
    if (layout->tokens->items[token].word != LAC_W_P) {
        return NULL;
    }
    uint32_t block = layout->blocks[ordinal_of(layout, token)];
    return block == LAC_NONE ? NULL : &layout->document->blocks[block];
}

static lac_word word_at(const lac_layout *layout, uint32_t child)
{
    return (lac_word)layout->tokens->items[layout->children[child]].word;
}

uint32_t lac_layout_before(const lac_layout *layout, uint32_t boundary)
{
    while (boundary > 0) {
        boundary--;
        if (!lac_word_is_marker(word_at(layout, boundary))) {
            return boundary;
        }
    }
    return LAC_NONE;
}

uint32_t lac_layout_behind(const lac_layout *layout, uint32_t boundary)
{
    while (boundary < layout->child_count && lac_word_is_marker(word_at(layout, boundary))) {
        boundary++;
    }
    return boundary < layout->child_count ? boundary : LAC_NONE;
}

size_t lac_layout_offset(const lac_layout *layout, uint32_t boundary)
{
    const lac_tokens *tokens = layout->tokens;
    if (boundary > 0) {
        return tokens->items[layout->children[boundary - 1]].end;
    }
    return tokens->items[layout->body].tag_end;
}
