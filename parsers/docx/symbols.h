/*
 * symbols.h - characters of symbol fonts as Unicode.
 *
 * Purpose: Word stores them as w:sym or as private-use characters U+F020..U+F0FF, which mean
 *   nothing without the font. What is known becomes the Unicode character a reader sees; what is
 *   not known stays as it is.
 */
#ifndef LAC_DOCX_SYMBOLS_H
#define LAC_DOCX_SYMBOLS_H

#include "parsers/package/xml_reader.h"

#include <stdint.h>

typedef enum lac_symbol_font {
    LAC_FONT_UNKNOWN, /* not said; a private-use character is then taken as Symbol */
    LAC_FONT_SYMBOL,
    LAC_FONT_WINGDINGS,
    LAC_FONT_WINGDINGS_2,
    LAC_FONT_WEBDINGS,
    LAC_FONT_OTHER,
} lac_symbol_font;

lac_symbol_font lac_symbol_font_named(lac_span name);

/* From the attributes of w:rFonts. */
lac_symbol_font lac_symbol_font_of(const lac_xml_element *fonts);

/* The Unicode character of a code of a font: `code` is 0x20..0xFF or U+F020..U+F0FF. What has no
 * known equivalent becomes the private-use character; anything else is returned as it is. */
uint32_t lac_symbol_unicode(lac_symbol_font font, uint32_t code);

#endif
