#include "writers/docx/look.h"

#include "support/error.h"
#include "writers/docx/look_copy.h"

#include <stdlib.h>

enum {
    KINDS = 64,         /* different looks that are counted */
    SHORTEST_BODY = 40, /* bytes: shorter paragraphs are labels and captions */
    NEAR = 40,
    NEAR_WEIGHT = 4, /* paragraphs this near count as four */
};

/* ---- copying --------------------------------------------------------------------------------- */

static lacuna_status copy(lac_span *out, lac_word_file *file, uint32_t properties,
                          lac_copy_what what, lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status = lac_copy_properties(&text, &file->main->tokens, properties, what);
    status = status == LACUNA_OK ? lac_word_keep(out, file, &text, err)
                                 : lac_fail(err, status, "properties of a paragraph are too large");
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_look_paragraph(lac_span *out, lac_word_file *file, uint32_t paragraph,
                                 lacuna_error *err)
{
    return copy(out, file, lac_token_child(&file->main->tokens, paragraph, LAC_W_P_PR),
                LAC_COPY_ALL, err);
}

lacuna_status lac_look_mark(lac_span *out, lac_word_file *file, uint32_t paragraph,
                            lacuna_error *err)
{
    const lac_tokens *tokens = &file->main->tokens;
    uint32_t properties = lac_token_child(tokens, paragraph, LAC_W_P_PR);
    uint32_t run = lac_token_child(tokens, properties, LAC_W_R_PR);
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status = lac_copy_properties(&text, tokens, run, LAC_COPY_ALL);
    status = status == LACUNA_OK ? lac_word_keep(out, file, &text, err)
                                 : lac_fail(err, status, "properties of a paragraph are too large");
    lac_buf_free(&text);
    return status;
}

static lacuna_status copy_look(lac_look *look, lac_word_file *file, uint32_t paragraph,
                               lac_copy_what what, lacuna_error *err)
{
    const lac_tokens *tokens = &file->main->tokens;
    uint32_t run = lac_copy_first_run(tokens, paragraph);
    lac_copy_what run_what = what == LAC_COPY_HEADING ? LAC_COPY_HEADING_RUN : LAC_COPY_RUN;
    uint32_t properties = lac_token_child(tokens, paragraph, LAC_W_P_PR);
    uint32_t style = lac_token_child(tokens, properties, LAC_W_P_STYLE);
    look->style = style == LAC_NO_TOKEN ? lac_span_make("", 0) : lac_token_bytes(tokens, style);
    lacuna_status status = copy(&look->paragraph, file, properties, what, err);
    if (status == LACUNA_OK) {
        status = copy(&look->run, file, lac_token_child(tokens, run, LAC_W_R_PR), run_what, err);
    }
    look->found = status == LACUNA_OK;
    return status;
}

/* The style of a paragraph is defined, or it has none. */
static bool style_exists(const lac_word_file *file, uint32_t paragraph)
{
    const lac_tokens *tokens = &file->main->tokens;
    uint32_t properties = lac_token_child(tokens, paragraph, LAC_W_P_PR);
    uint32_t style = lac_token_child(tokens, properties, LAC_W_P_STYLE);
    lac_span id;
    return style == LAC_NO_TOKEN || !lac_token_get(&id, tokens, style, "val") ||
           lac_styles_find(&file->styles, id) != NULL;
}

/* ---- headings -------------------------------------------------------------------------------- */

static uint32_t distance(const lac_layout *layout, const lac_block *block, uint32_t boundary)
{
    uint32_t child = layout->child_of[block->ordinal];
    return child < boundary ? boundary - child : 2u * (child - boundary) + 1;
}

static const lac_block *main_block(const lac_layout *layout, uint32_t index)
{
    const lac_block *block = &layout->document->blocks[index];
    return block->ordinal < layout->paragraph_count && layout->blocks[block->ordinal] == index
               ? block
               : NULL;
}

/* The paragraph of the nearest heading of a level; LAC_NO_TOKEN. */
static uint32_t nearest_heading(const lac_word_file *file, const lac_layout *layout,
                                uint32_t boundary, uint8_t level)
{
    uint32_t found = LAC_NO_TOKEN, best = UINT32_MAX;
    for (uint32_t i = 1; i < layout->document->section_count; i++) {
        const lac_section *section = &layout->document->sections[i];
        const lac_block *block =
            section->heading == LAC_NONE ? NULL : main_block(layout, section->heading);
        if (block == NULL || section->level != level || block->table != LAC_NONE ||
            (block->flags & (LAC_BLOCK_TEXT_BOX | LAC_BLOCK_TITLE | LAC_BLOCK_TOC)) != 0) {
            continue;
        }
        uint32_t far = distance(layout, block, boundary);
        if (far < best && style_exists(file, layout->paragraphs[block->ordinal])) {
            best = far;
            found = layout->paragraphs[block->ordinal];
        }
    }
    return found;
}

/* No heading of that level: the built-in style of that name, where the document defines it. */
static lacuna_status named_heading(lac_look *look, lac_word_file *file, uint8_t level,
                                   lacuna_error *err)
{
    const lac_span w = file->main->tokens.w;
    const lac_style *style = NULL;
    for (uint32_t i = 0; i < file->styles.count && style == NULL; i++) {
        const lac_style *item = &file->styles.items[i];
        if (item->type == LAC_STYLE_PARAGRAPH && item->name_level == level) {
            style = item;
        }
    }
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status;
    look->run = lac_span_make("", 0);
    if (style != NULL) {
        status = lac_buf_printf(&text, "<%.*s:pStyle %.*s:val=\"%s\"/>", (int)w.len, w.ptr,
                                (int)w.len, w.ptr, style->id);
    } else { /* bold, with its level said directly */
        status =
            lac_buf_printf(&text, "<%.*s:keepNext/><%.*s:outlineLvl %.*s:val=\"%u\"/>", (int)w.len,
                           w.ptr, (int)w.len, w.ptr, (int)w.len, w.ptr, (unsigned)level - 1u);
    }
    status = status == LACUNA_OK ? lac_word_keep(&look->paragraph, file, &text, err)
                                 : lac_fail(err, status, "properties of a heading are too large");
    if (status == LACUNA_OK && style == NULL) {
        lac_buf_clear(&text);
        status = lac_buf_printf(&text, "<%.*s:b/>", (int)w.len, w.ptr);
        status = status == LACUNA_OK ? lac_word_keep(&look->run, file, &text, err) : status;
    }
    lac_buf_free(&text);
    look->found = status == LACUNA_OK;
    return status;
}

lacuna_status lac_look_heading(lac_look *look, lac_word_file *file, const lac_layout *layout,
                               uint32_t boundary, uint8_t level, lacuna_error *err)
{
    *look = (lac_look){.found = false};
    level = level == 0 ? 1 : level > 9 ? 9 : level;
    uint32_t paragraph = nearest_heading(file, layout, boundary, level);
    return paragraph != LAC_NO_TOKEN ? copy_look(look, file, paragraph, LAC_COPY_HEADING, err)
                                     : named_heading(look, file, level, err);
}

/* ---- what most paragraphs look like ---------------------------------------------------------- */

typedef struct counted {
    lac_look look;
    uint32_t weight, paragraph;
} counted;

static bool is_usual(const lac_block *block, lac_look_kind kind)
{
    static const uint32_t unusual = LAC_BLOCK_TOC | LAC_BLOCK_LIST_ITEM | LAC_BLOCK_PICTURE |
                                    LAC_BLOCK_EMPTY_CONTROL | LAC_BLOCK_TEXT_BOX |
                                    LAC_BLOCK_CAPTION | LAC_BLOCK_TITLE | LAC_BLOCK_INSTRUCTION |
                                    LAC_BLOCK_HIDDEN_PARTS | LAC_BLOCK_EQUATION;
    if (block->channel != LAC_CHANNEL_BODY || block->level != 0 || (block->flags & unusual) != 0) {
        return false;
    }
    if (kind == LAC_LOOK_CELL) {
        return block->table != LAC_NONE && block->length > 0 &&
               (block->flags & (LAC_BLOCK_HEADER_ROW | LAC_BLOCK_ALL_BOLD)) == 0;
    }
    return block->table == LAC_NONE && block->length >= SHORTEST_BODY &&
           (block->flags & LAC_BLOCK_ALL_BOLD) == 0;
}

static lacuna_status count_look(counted *kinds, uint32_t *count, lac_word_file *file,
                                const lac_layout *layout, const lac_block *block, uint32_t weight,
                                lacuna_error *err)
{
    lac_look look = {.found = false};
    uint32_t paragraph = layout->paragraphs[block->ordinal];
    lacuna_status status = copy_look(&look, file, paragraph, LAC_COPY_BODY, err);
    if (status != LACUNA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < *count; i++) {
        if (lac_span_equal(kinds[i].look.paragraph, look.paragraph) &&
            lac_span_equal(kinds[i].look.run, look.run)) {
            kinds[i].weight += weight;
            return LACUNA_OK;
        }
    }
    if (*count < KINDS) {
        kinds[(*count)++] = (counted){look, weight, paragraph};
    }
    return LACUNA_OK;
}

/* The first block that stands at or behind a boundary. */
static uint32_t block_at(const lac_layout *layout, uint32_t boundary)
{
    uint32_t best = layout->document->block_count;
    for (uint32_t i = 0; i < layout->paragraph_count; i++) {
        if (layout->child_of[i] >= boundary && layout->blocks[i] != LAC_NONE) {
            return layout->blocks[i];
        }
    }
    return best;
}

typedef struct search {
    lac_word_file *file;
    const lac_layout *layout;
    lac_look_kind kind;
    counted kinds[KINDS];
    uint32_t count, looked;
    lacuna_error *err;
} search;

static lacuna_status look_at(search *found, uint32_t index, uint32_t far)
{
    const lac_block *block = main_block(found->layout, index);
    if (block == NULL || !is_usual(block, found->kind) ||
        !style_exists(found->file, found->layout->paragraphs[block->ordinal])) {
        return LACUNA_OK;
    }
    found->looked++;
    return count_look(found->kinds, &found->count, found->file, found->layout, block,
                      far <= NEAR ? NEAR_WEIGHT : 1, found->err);
}

lacuna_status lac_look_usual(lac_look *look, lac_word_file *file, const lac_layout *layout,
                             uint32_t boundary, lac_look_kind kind, lacuna_error *err)
{
    lac_span nothing = lac_span_make("", 0);
    *look = (lac_look){.paragraph = nothing, .style = nothing, .run = nothing};
    search *found = calloc(1, sizeof *found);
    if (found == NULL) {
        return lac_fail_nomem(err);
    }
    found->file = file;
    found->layout = layout;
    found->kind = kind;
    found->err = err;
    uint32_t middle = block_at(layout, boundary), end = layout->document->block_count;
    lacuna_status status = LACUNA_OK;
    for (uint32_t far = 0; far < end && found->looked < LAC_LOOK_NEIGHBOURS && status == LACUNA_OK;
         far++) {
        if (far < middle) {
            status = look_at(found, middle - 1 - far, far);
        }
        if (status == LACUNA_OK && far < end - middle) {
            status = look_at(found, middle + far, far);
        }
    }
    const counted *most = NULL;
    for (uint32_t i = 0; i < found->count; i++) {
        if (most == NULL || found->kinds[i].weight > most->weight) {
            most = &found->kinds[i];
        }
    }
    if (status == LACUNA_OK && most != NULL) {
        *look = most->look;
    }
    free(found);
    return status;
}

/* ---- lists ----------------------------------------------------------------------------------- */

static bool is_bullet(const lac_document *document, const lac_block *block)
{
    unsigned char first = (unsigned char)document->text.ptr[block->start];
    return !(first >= '0' && first <= '9') && !(first >= 'A' && first <= 'Z') &&
           !(first >= 'a' && first <= 'z') && first != '(';
}

static bool is_digit_at(const lac_document *document, const lac_block *block)
{
    unsigned char first = (unsigned char)document->text.ptr[block->start];
    return first >= '0' && first <= '9';
}

static bool read_number(uint32_t *value, const lac_tokens *tokens, uint32_t token)
{
    lac_span text;
    if (token == LAC_NO_TOKEN || !lac_token_get(&text, tokens, token, "val") || text.len == 0 ||
        text.len > 9) {
        return false;
    }
    *value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return false;
        }
        *value = *value * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    return true;
}

/* The list a paragraph is in: said directly, or by its style. */
static bool list_of(uint32_t *number, uint32_t *level, const lac_word_file *file,
                    uint32_t paragraph)
{
    const lac_tokens *tokens = &file->main->tokens;
    uint32_t properties = lac_token_child(tokens, paragraph, LAC_W_P_PR);
    uint32_t list = lac_token_child(tokens, properties, LAC_W_NUM_PR);
    uint32_t style = lac_token_child(tokens, properties, LAC_W_P_STYLE);
    lac_span id;
    const lac_style *from = style != LAC_NO_TOKEN && lac_token_get(&id, tokens, style, "val")
                                ? lac_styles_find(&file->styles, id)
                                : NULL;
    *level = from != NULL && from->all.ilvl > 0 ? (uint32_t)from->all.ilvl : 0;
    *number = from != NULL && from->all.num_id > 0 ? (uint32_t)from->all.num_id : 0;
    (void)read_number(level, tokens, lac_token_child(tokens, list, LAC_W_ILVL));
    (void)read_number(number, tokens, lac_token_child(tokens, list, LAC_W_NUM_ID));
    return *number > 0;
}

static bool fits_list(const lac_document *document, const lac_block *block, bool bullets)
{
    return block->channel == LAC_CHANNEL_BODY && block->table == LAC_NONE &&
           (block->flags & LAC_BLOCK_LIST_ITEM) != 0 && (block->flags & LAC_BLOCK_TOC) == 0 &&
           (block->flags & LAC_BLOCK_INSTRUCTION) == 0 && block->number_length > 0 &&
           (bullets ? is_bullet(document, block) : is_digit_at(document, block));
}

static lacuna_status copy_list(lac_list_look *look, lac_word_file *file, uint32_t paragraph,
                               lacuna_error *err)
{
    const lac_tokens *tokens = &file->main->tokens;
    uint32_t properties = lac_token_child(tokens, paragraph, LAC_W_P_PR);
    uint32_t run = lac_copy_first_run(tokens, paragraph);
    lacuna_status status = copy(&look->head, file, properties, LAC_COPY_LIST_HEAD, err);
    if (status == LACUNA_OK) {
        status = copy(&look->tail, file, properties, LAC_COPY_LIST_TAIL, err);
    }
    if (status == LACUNA_OK) {
        status =
            copy(&look->run, file, lac_token_child(tokens, run, LAC_W_R_PR), LAC_COPY_RUN, err);
    }
    look->found = status == LACUNA_OK;
    return status;
}

lacuna_status lac_look_list(lac_list_look *look, lac_word_file *file, const lac_layout *layout,
                            uint32_t boundary, bool bullets, lacuna_error *err)
{
    *look = (lac_list_look){.found = false};
    uint32_t best = UINT32_MAX, paragraph = LAC_NO_TOKEN;
    const lac_document *document = layout->document;
    for (uint32_t i = 0; i < document->block_count; i++) {
        const lac_block *block = main_block(layout, i);
        uint32_t number, level;
        if (block == NULL || !fits_list(document, block, bullets) ||
            !list_of(&number, &level, file, layout->paragraphs[block->ordinal]) ||
            !style_exists(file, layout->paragraphs[block->ordinal])) {
            continue;
        }
        /* A first-level list far away is better than a deeper level near by. */
        uint32_t far = distance(layout, block, boundary);
        far = (far > (1u << 24) ? 1u << 24 : far) + (level << 25);
        if (far < best) {
            best = far;
            paragraph = layout->paragraphs[block->ordinal];
            look->number = number;
            look->level = level;
        }
    }
    return paragraph == LAC_NO_TOKEN ? LACUNA_OK : copy_list(look, file, paragraph, err);
}

/* ---- tables and page ------------------------------------------------------------------------- */

lac_span lac_look_table_style(const lac_word_file *file, const lac_layout *layout)
{
    const lac_tokens *tokens = layout->tokens;
    struct {
        lac_span id;
        uint32_t count;
    } seen[KINDS];
    uint32_t kinds = 0, most = 0;
    for (uint32_t i = 0; i < tokens->count; i++) {
        lac_span id;
        if (tokens->items[i].word != LAC_W_TBL_STYLE || !lac_token_get(&id, tokens, i, "val") ||
            lac_styles_find(&file->styles, id) == NULL) {
            continue;
        }
        uint32_t k = 0;
        while (k < kinds && !lac_span_equal(seen[k].id, id)) {
            k++;
        }
        if (k == kinds && kinds < KINDS) {
            seen[kinds].id = id;
            seen[kinds++].count = 0;
        }
        if (k < kinds) {
            seen[k].count++;
            most = seen[k].count > seen[most].count ? k : most;
        }
    }
    return kinds == 0 ? lac_span_make("", 0) : seen[most].id;
}

static uint32_t measure(const lac_tokens *tokens, uint32_t token, const char *name,
                        uint32_t otherwise)
{
    lac_span text;
    uint32_t value = 0;
    if (token == LAC_NO_TOKEN || !lac_token_get(&text, tokens, token, name) || text.len == 0 ||
        text.len > 6) {
        return otherwise;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return otherwise;
        }
        value = value * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    return value;
}

uint32_t lac_look_text_width(const lac_layout *layout)
{
    enum { LETTER_WIDTH = 12240, MARGIN = 1440, USUAL = LETTER_WIDTH - 2 * MARGIN };
    const lac_tokens *tokens = layout->tokens;
    uint32_t section = lac_token_child(tokens, layout->body, LAC_W_SECT_PR);
    uint32_t page = lac_token_child(tokens, section, LAC_W_PG_SZ);
    uint32_t margins = lac_token_child(tokens, section, LAC_W_PG_MAR);
    uint32_t width = measure(tokens, page, "w", LETTER_WIDTH);
    uint32_t taken =
        measure(tokens, margins, "left", MARGIN) + measure(tokens, margins, "right", MARGIN);
    return width > taken + MARGIN ? width - taken : USUAL;
}
