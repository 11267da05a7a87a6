#include "parsers/docx/story.h"

#include "support/utf8.h"

/* ---- properties ------------------------------------------------------------------------------ */

void lac_run_start(lac_story *story)
{
    story->frame->run = (lac_run){.bold = LAC_UNSET, .vanish = LAC_UNSET};
}

static void mark_property(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    if (element == LAC_EL_VANISH) {
        story->frame->paragraph.mark_hidden = lac_docx_val_on(tag);
    }
}

void lac_run_property(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    lac_frame *frame = story->frame;
    if (lac_walk_above(&story->walk, 1) != LAC_EL_R_PR) {
        return;
    }
    if (frame->properties == LAC_PROPERTIES_MARK) {
        mark_property(story, element, tag);
    }
    if (frame->properties != LAC_PROPERTIES_RUN) {
        return;
    }
    lac_run *run = &frame->run;
    run->resolved = false;
    switch (element) {
    case LAC_EL_B:
        run->bold = lac_docx_val_on(tag) ? 1 : 0;
        break;
    case LAC_EL_VANISH:
        run->vanish = lac_docx_val_on(tag) ? 1 : 0;
        break;
    case LAC_EL_R_FONTS:
        run->font = (uint8_t)lac_symbol_font_of(tag);
        break;
    case LAC_EL_R_STYLE:
        run->style = lac_styles_find(&story->docx->styles, lac_docx_val(tag));
        break;
    default:
        break;
    }
}

/* Toggle properties: direct formatting decides; else paragraph and character style switch each
 * other off, and the defaults count where neither speaks (ECMA-376 17.7.3). */
static bool toggled(int8_t direct, int8_t paragraph, int8_t character, int8_t fallback)
{
    if (direct != LAC_UNSET) {
        return direct == 1;
    }
    if (paragraph == LAC_UNSET && character == LAC_UNSET) {
        return fallback == 1;
    }
    return (paragraph == 1) != (character == 1);
}

static void resolve_run(lac_story *story)
{
    static const lac_style_properties nothing = {LAC_UNSET, LAC_UNSET, LAC_UNSET,
                                                 LAC_UNSET, LAC_UNSET, LAC_FONT_UNKNOWN};
    const lac_styles *styles = &story->docx->styles;
    const lac_style *style = story->frame->paragraph.style;
    lac_run *run = &story->frame->run;
    const lac_style_properties *own = run->style == NULL ? &nothing : &run->style->all;
    const lac_style_properties *around = style == NULL ? &nothing : &style->all;
    run->is_bold = toggled(run->bold, around->bold, own->bold, styles->default_bold);
    run->is_hidden = toggled(run->vanish, around->vanish, own->vanish, styles->default_vanish);
    run->is_instruction = run->style != NULL && (run->style->flags & LAC_STYLE_INSTRUCTION) != 0;
    if (run->font == LAC_FONT_UNKNOWN) {
        run->font = own->font != LAC_FONT_UNKNOWN ? own->font : around->font;
    }
    run->resolved = true;
}

/* ---- text ------------------------------------------------------------------------------------ */

static uint32_t count_ink(lac_span text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += (unsigned char)text.ptr[i] > ' ';
    }
    return count;
}

static uint32_t count_characters(lac_span text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

/* Noted where text stands, because the field may end before the paragraph does. */
static void note_contents(const lac_story *story, lac_paragraph *paragraph, uint32_t ink)
{
    if (ink > 0) {
        paragraph->in_contents |= story->fields.contents > 0;
        paragraph->in_captions |= story->fields.captions > 0;
        paragraph->in_control |= story->contents > 0;
    }
}

static lacuna_status append_visible(lac_story *story, lac_span text)
{
    lac_paragraph *paragraph = &story->frame->paragraph;
    const lac_run *run = &story->frame->run;
    uint32_t ink = count_ink(text);
    paragraph->visible += ink;
    paragraph->bold += run->is_bold ? ink : 0;
    paragraph->instruction += run->is_instruction ? ink : 0;
    paragraph->prompt += story->prompts > 0 ? ink : 0;
    paragraph->flags |= story->insertions > 0 ? LAC_BLOCK_INSERTED : 0u;
    paragraph->flags |= story->draft > 0 ? LAC_BLOCK_DRAFT : 0u;
    note_contents(story, paragraph, ink);
    return lac_buf_append_span(&paragraph->text, text);
}

lacuna_status lac_run_text(lac_story *story, lac_span text)
{
    lac_paragraph *paragraph = &story->frame->paragraph;
    if (text.len == 0 || !paragraph->open || !lac_fields_showing(&story->fields)) {
        return LACUNA_OK;
    }
    if (story->deletions > 0) {
        return lac_buf_append_span(&paragraph->deleted, text);
    }
    if (!story->frame->run.resolved) {
        resolve_run(story);
    }
    if (story->frame->run.is_hidden) {
        story->docx->revisions.hidden_characters += count_characters(text);
        return lac_buf_append_span(&paragraph->hidden, text);
    }
    return append_visible(story, text);
}

lacuna_status lac_run_tab(lac_story *story)
{
    lac_paragraph *paragraph = &story->frame->paragraph;
    size_t before = paragraph->text.len;
    lacuna_status status = lac_run_text(story, lac_span_of(" "));
    if (paragraph->text.len > before) {
        paragraph->first_tab =
            paragraph->first_tab == LAC_NONE ? (uint32_t)before : paragraph->first_tab;
        paragraph->last_tab = (uint32_t)before;
    }
    return status;
}

static lacuna_status append_character(lac_story *story, uint32_t c)
{
    char bytes[4];
    size_t length = lac_utf8_encode(bytes, c);
    return lac_run_text(story, lac_span_make(bytes, length));
}

static bool parse_hex(lac_span text, uint32_t *value)
{
    *value = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16u;
        if (digit > 15 || *value > 0xFFFFFF) {
            return false;
        }
        *value = *value * 16 + digit;
    }
    return text.len > 0;
}

lacuna_status lac_run_symbol(lac_story *story, const lac_xml_element *tag)
{
    lac_span code;
    lac_span font = lac_span_make("", 0);
    uint32_t value;
    if (!lac_xml_get(tag, "char", &code) || !parse_hex(code, &value) || value < 0x20) {
        return LACUNA_OK;
    }
    (void)lac_xml_get(tag, "font", &font);
    return append_character(story, lac_symbol_unicode(lac_symbol_font_named(font), value));
}

/* ---- text elements --------------------------------------------------------------------------- */

/* Offset of the first private-use character of symbol fonts (EF 80..83 xx) at or after `from`. */
static size_t find_private(lac_span text, size_t from)
{
    while (from + 2 < text.len) {
        const char *at = memchr(text.ptr + from, 0xEF, text.len - from);
        if (at == NULL || (size_t)(at - text.ptr) + 2 >= text.len) {
            break;
        }
        if (((unsigned char)at[1] & 0xFC) == 0x80) {
            return (size_t)(at - text.ptr);
        }
        from = (size_t)(at - text.ptr) + 1;
    }
    return text.len;
}

static lacuna_status append_mapping_private(lac_story *story, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    size_t from = 0;
    while (from < text.len && status == LACUNA_OK) {
        size_t at = find_private(text, from);
        status = lac_run_text(story, lac_span_make(text.ptr + from, at - from));
        from = at;
        if (at < text.len && status == LACUNA_OK) {
            size_t length;
            uint32_t c = lac_utf8_decode(lac_span_make(text.ptr + at, text.len - at), &length);
            resolve_run(story);
            lac_symbol_font font = (lac_symbol_font)story->frame->run.font;
            status = append_character(story, lac_symbol_unicode(font, c));
            from = at + length;
        }
    }
    return status;
}

/* Without xml:space="preserve" white space at the ends is formatting of the XML. */
static lac_span trim_formatting(lac_span text)
{
    while (text.len > 0 && (unsigned char)text.ptr[0] <= ' ') {
        text = lac_span_make(text.ptr + 1, text.len - 1);
    }
    while (text.len > 0 && (unsigned char)text.ptr[text.len - 1] <= ' ') {
        text.len--;
    }
    return text;
}

lacuna_status lac_run_piece(lac_story *story)
{
    lac_span text = lac_buf_span(&story->piece);
    if (!story->text_preserved) {
        text = trim_formatting(text);
    }
    return append_mapping_private(story, text);
}
