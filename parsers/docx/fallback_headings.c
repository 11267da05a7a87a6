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

/* "1.2.3" is level 3; 0 without a number. */
static uint8_t numbered_level(lac_span text)
{
    lac_span number;
    lac_span title;
    lac_split_typed_number(text, &number, &title);
    uint8_t level = number.len > 0 ? 1 : 0;
    for (size_t i = 0; i + 1 < number.len && level < 9; i++) {
        level = (uint8_t)(level + (number.ptr[i] == '.'));
    }
    return level;
}

/* A typed number is evidence enough. Without one text has to follow: bold lines in a row are a
 * title page or an address. */
static bool is_heading(const lac_builder *builder, size_t i)
{
    const lac_block *block = &builder->blocks[i];
    if (!could_be_heading(builder, block)) {
        return false;
    }
    if (numbered_level(text_of(builder, block)) > 0) {
        return true;
    }
    const lac_block *next = i + 1 < builder->block_count ? block + 1 : NULL;
    return next != NULL && next->channel == LAC_CHANNEL_BODY && !could_be_heading(builder, next);
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
    uint8_t last = 0; /* level of the last number: a line without one is taken to stand below */
    for (size_t i = 0; i < builder->block_count; i++) {
        if (is_heading(builder, i)) {
            lac_block *block = &builder->blocks[i];
            uint8_t level = numbered_level(text_of(builder, block));
            last = level > 0 ? level : last;
            block->level = level > 0 ? level : (uint8_t)(last < 9 ? last + 1 : 9);
            block->source = LAC_HEADING_FORMATTING;
        }
    }
}
