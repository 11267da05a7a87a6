#include "parsers/docx/fallback_headings.h"

enum {
    MOST_WORDS = 12,
    FEWEST_HEADINGS = 3, /* fewer bold lines are emphasis, not an outline */
};

static lac_span text_of(const lac_builder *builder, const lac_block *block)
{
    return lac_span_make(builder->text.data + block->start, block->length);
}

static bool has_structure(const lac_builder *builder)
{
    for (size_t i = 0; i < builder->block_count; i++) {
        const lac_block *block = &builder->blocks[i];
        if (block->channel == LAC_CHANNEL_BODY && block->level > 0 && block->length > 0) {
            return true;
        }
    }
    return false;
}

static size_t count_words(lac_span text)
{
    size_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len; i++) {
        bool space = text.ptr[i] == ' ';
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

static bool has_letter(lac_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
            return true;
        }
        if (c >= 0xC3) {
            return true;
        }
    }
    return false;
}

static bool could_be_heading(const lac_builder *builder, const lac_block *block)
{
    static const uint32_t excluded = LAC_BLOCK_TOC | LAC_BLOCK_LIST_ITEM | LAC_BLOCK_TEXT_BOX |
                                     LAC_BLOCK_CAPTION | LAC_BLOCK_TITLE | LAC_BLOCK_INSTRUCTION |
                                     LAC_BLOCK_EMPTY_CONTROL;
    if (block->channel != LAC_CHANNEL_BODY || block->table != LAC_NONE ||
        (block->flags & LAC_BLOCK_ALL_BOLD) == 0 || (block->flags & excluded) != 0) {
        return false;
    }
    lac_span text = lac_span_trim(text_of(builder, block));
    if (text.len == 0 || strchr(".,;", text.ptr[text.len - 1]) != NULL) {
        return false;
    }
    size_t words = count_words(text);
    return words >= 1 && words <= MOST_WORDS && has_letter(text);
}

/* "1.2.3" is level 3; a heading without number stays below the last numbered one's level only as
 * far as level 1 allows: it cannot be known, so it counts as level 1. */
static uint8_t level_of(lac_span text)
{
    lac_span number;
    lac_span title;
    lac_split_typed_number(text, &number, &title);
    uint8_t level = 1;
    for (size_t i = 0; i + 1 < number.len && level < 9; i++) {
        level = (uint8_t)(level + (number.ptr[i] == '.'));
    }
    return level;
}

/* Bold lines in a row (a title page, an address) are no headings: text has to follow. */
static bool is_followed_by_text(const lac_builder *builder, size_t i)
{
    for (size_t next = i + 1; next < builder->block_count; next++) {
        const lac_block *block = &builder->blocks[next];
        if (block->channel != LAC_CHANNEL_BODY) {
            return false;
        }
        if (!could_be_heading(builder, block)) {
            return true;
        }
        if (level_of(text_of(builder, block)) <= level_of(text_of(builder, &builder->blocks[i]))) {
            return false;
        }
    }
    return false;
}

static bool is_heading(const lac_builder *builder, size_t i)
{
    return could_be_heading(builder, &builder->blocks[i]) && is_followed_by_text(builder, i);
}

void lac_fallback_headings(lac_builder *builder)
{
    if (has_structure(builder)) {
        return;
    }
    size_t found = 0;
    for (size_t i = 0; i < builder->block_count && found < FEWEST_HEADINGS; i++) {
        found += is_heading(builder, i);
    }
    if (found < FEWEST_HEADINGS) {
        return;
    }
    for (size_t i = 0; i < builder->block_count; i++) {
        if (is_heading(builder, i)) {
            builder->blocks[i].level = level_of(text_of(builder, &builder->blocks[i]));
            builder->blocks[i].source = LAC_HEADING_FORMATTING;
        }
    }
}
