#include "analyzer/typed_contents.h"

static bool is_title(lac_span text)
{
    static const char *const titles[] = {"contents", "table of contents", "list of contents",
                                         "contents list"};
    while (text.len > 0 && (text.ptr[text.len - 1] == ':' || text.ptr[text.len - 1] == '.')) {
        text.len--;
    }
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        if (lac_span_equal_nocase(text, lac_span_of(titles[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* "9.4.1 Treatments ........ 23": words, then leaders or blanks, then one to four digits. */
static bool is_entry(lac_span text)
{
    enum { MOST_DIGITS = 4, LONGEST = 250 };
    size_t end = text.len;
    while (end > 0 && text.ptr[end - 1] >= '0' && text.ptr[end - 1] <= '9') {
        end--;
    }
    size_t digits = text.len - end;
    bool leader = end > 0 && (text.ptr[end - 1] == ' ' || text.ptr[end - 1] == '\t' ||
                              text.ptr[end - 1] == '.');
    bool words = false;
    for (size_t i = 0; i < end; i++) {
        words = words || is_letter(text.ptr[i]);
    }
    return digits > 0 && digits <= MOST_DIGITS && leader && words && text.len <= LONGEST;
}

/* The block of `at` without the marks of a Markdown heading. */
static lac_span block_title(const lac_document *document, uint32_t at)
{
    const lac_block *block = &document->blocks[at];
    return lac_span_trim(block->level > 0 ? document->sections[block->section].title
                                          : lac_block_text(document, block));
}

uint32_t lac_find_typed_contents(const lac_document *document)
{
    enum { LEAST = 3 };
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (document->blocks[i].channel != LAC_CHANNEL_BODY ||
            !is_title(block_title(document, i))) {
            continue;
        }
        uint32_t entries = 0;
        for (uint32_t n = i + 1; n < document->block_count && entries < LEAST; n++) {
            lac_span text = lac_span_trim(lac_block_text(document, &document->blocks[n]));
            if (text.len > 0 && !is_entry(text)) {
                break;
            }
            entries += text.len > 0;
        }
        if (entries >= LEAST) {
            return i;
        }
    }
    return LAC_NONE;
}
