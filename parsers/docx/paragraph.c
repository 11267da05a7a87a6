#include "parsers/docx/broken_reference.h"
#include "parsers/docx/story.h"
#include "parsers/docx/toc.h"
#include "support/utf8.h"

/* ---- start and properties -------------------------------------------------------------------- */

static uint32_t paragraph_id(const lac_xml_element *tag)
{
    lac_span text;
    uint32_t id = 0;
    if (!lac_xml_get(tag, "paraId", &text) || text.len > 8) {
        return 0;
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16u;
        if (digit > 15) {
            return 0;
        }
        id = id * 16 + digit;
    }
    return id;
}

static const lac_style *default_style(const lac_styles *styles)
{
    return styles->default_paragraph == LAC_NONE ? NULL : &styles->items[styles->default_paragraph];
}

static void clear_content(lac_paragraph *paragraph)
{
    lac_buf_clear(&paragraph->text);
    lac_buf_clear(&paragraph->hidden);
    lac_buf_clear(&paragraph->deleted);
    paragraph->flags = 0;
    paragraph->in_contents = false;
    paragraph->in_control = false;
    paragraph->in_captions = false;
    paragraph->visible = 0;
    paragraph->bold = 0;
    paragraph->prompt = 0;
    paragraph->instruction = 0;
    paragraph->first_tab = LAC_NONE;
    paragraph->last_tab = LAC_NONE;
    paragraph->page_reference = LAC_NONE;
}

lacuna_status lac_paragraph_start(lac_story *story, const lac_xml_element *tag)
{
    lac_paragraph *paragraph = &story->frame->paragraph;
    /* A paragraph directly inside another one is no valid file: the outer one ends here. */
    lacuna_status status = paragraph->open ? lac_paragraph_end(story) : LACUNA_OK;
    if (!paragraph->carried) {
        clear_content(paragraph);
    }
    paragraph->open = true;
    paragraph->carried = false;
    paragraph->mark_deleted = false;
    paragraph->mark_hidden = false;
    paragraph->ordinal = story->next_ordinal++;
    paragraph->para_id = paragraph_id(tag);
    paragraph->style = default_style(&story->docx->styles);
    paragraph->num_id = LAC_UNSET;
    paragraph->ilvl = LAC_UNSET;
    paragraph->outline = LAC_UNSET;
    lac_run_start(story);
    return status;
}

lacuna_status lac_paragraph_property(lac_story *story, lac_element element,
                                     const lac_xml_element *tag)
{
    lac_paragraph *paragraph = &story->frame->paragraph;
    lac_element parent = lac_walk_above(&story->walk, 1);
    if (parent == LAC_EL_NUM_PR) {
        parent = lac_walk_above(&story->walk, 2);
    }
    if (parent != LAC_EL_P_PR || !paragraph->open) {
        return LACUNA_OK;
    }
    if (element == LAC_EL_P_STYLE) {
        const lac_style *style = lac_styles_find(&story->docx->styles, lac_docx_val(tag));
        paragraph->style = style != NULL ? style : default_style(&story->docx->styles);
        return LACUNA_OK;
    }
    int32_t value;
    if (!lac_docx_val_int(tag, "val", &value) || value < 0) {
        return LACUNA_OK;
    }
    if (element == LAC_EL_NUM_ID) {
        paragraph->num_id = value;
    } else if (element == LAC_EL_ILVL && value < LAC_LIST_LEVELS) {
        paragraph->ilvl = (int8_t)value;
    } else if (element == LAC_EL_OUTLINE_LVL && value <= LAC_BODY_LEVEL) {
        paragraph->outline = (int8_t)value;
    }
    return LACUNA_OK;
}

/* ---- numbering ------------------------------------------------------------------------------- */

/* The level where the paragraph itself names none: the one bound to its style by w:pStyle; else the
 * one its style chain names; else the one bound to the style the numbering comes from. */
static int32_t level_by_style(const lac_numbering *numbering, const lac_list *list,
                              const lac_style *style)
{
    int32_t level = lac_list_level_of_style(numbering, list, style->id);
    if (level == LAC_UNSET && !style->level_nearer) {
        level = lac_list_level_of_style(numbering, list, style->num_style);
    }
    return level == LAC_UNSET ? style->all.ilvl : level;
}

/* The list and level of a paragraph; NULL: not numbered. Direct properties beat the style's. */
static const lac_list *list_of(const lac_docx *docx, const lac_paragraph *paragraph, int32_t *level)
{
    const lac_style *style = paragraph->style;
    int32_t num_id = paragraph->num_id;
    if (num_id == LAC_UNSET && style != NULL) {
        num_id = style->all.num_id;
    }
    const lac_list *list = num_id <= 0 ? NULL : lac_numbering_list(&docx->numbering, num_id);
    if (list == NULL) {
        return NULL;
    }
    *level = paragraph->ilvl;
    if (*level == LAC_UNSET && style != NULL) {
        *level = level_by_style(&docx->numbering, list, style);
    }
    *level = *level == LAC_UNSET ? 0 : *level;
    return lac_list_level_at(&docx->numbering, list, *level) == NULL ? NULL : list;
}

typedef struct paragraph_label {
    bool listed; /* has numbering, shown or not */
    lac_list_label label;
    lac_span text; /* without surrounding space; in story->label */
} paragraph_label;

static lacuna_status make_label(lac_story *story, paragraph_label *made)
{
    lac_docx *docx = story->docx;
    int32_t level;
    const lac_list *list = list_of(docx, &story->frame->paragraph, &level);
    *made = (paragraph_label){.text = lac_span_make("", 0)};
    if (list == NULL) {
        return LACUNA_OK;
    }
    bool in_main_text = story->channel == LAC_CHANNEL_BODY && story->frame_count == 1;
    lac_counters *counters = in_main_text ? &docx->main_counters : &docx->side_counters;
    lac_counters_step(counters, list, level);
    made->listed = true;
    /* Where a text box or note shares a list with the main text nobody but Word knows its place in
     * the count: no number then. */
    bool shared = !in_main_text && lac_counters_touched(&docx->main_counters, list);
    if (shared || story->frame->paragraph.visible == 0) {
        return LACUNA_OK;
    }
    lac_buf_clear(&story->label);
    lacuna_status status = lac_counters_print(&story->label, &made->label, counters, list, level);
    if (status == LACUNA_E_LIMIT) {
        lac_buf_clear(&story->label); /* no real label is that long */
        made->label.known = false;
        status = LACUNA_OK;
    }
    docx->format_unknown |= !made->label.known;
    made->text = lac_span_trim(lac_buf_span(&story->label));
    return status;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

static void decide_level(const lac_story *story, const lac_paragraph *paragraph, lac_block *block)
{
    if (story->channel != LAC_CHANNEL_BODY || story->frame_count > 1) {
        return;
    }
    const lac_style *style = paragraph->style;
    if (style != NULL && (style->flags & LAC_STYLE_TOC) != 0) {
        return;
    }
    if (paragraph->outline != LAC_UNSET) {
        block->level = paragraph->outline < LAC_BODY_LEVEL ? (uint8_t)(paragraph->outline + 1) : 0;
        block->source = block->level > 0 ? LAC_HEADING_PARAGRAPH_LEVEL : LAC_HEADING_NONE;
    } else if (style != NULL) {
        block->level = style->level;
        block->source = style->source;
    }
}

static uint32_t style_flags(const lac_paragraph *paragraph)
{
    static const struct {
        uint8_t style;
        uint32_t block;
    } pairs[] = {
        {LAC_STYLE_TOC, LAC_BLOCK_TOC},
        {LAC_STYLE_TOC_OTHER, LAC_BLOCK_TOC},
        {LAC_STYLE_CAPTION, LAC_BLOCK_CAPTION},
        {LAC_STYLE_TITLE, LAC_BLOCK_TITLE},
        {LAC_STYLE_INSTRUCTION, LAC_BLOCK_INSTRUCTION},
    };
    uint32_t flags = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        bool set = paragraph->style != NULL && (paragraph->style->flags & pairs[i].style) != 0;
        flags |= set ? pairs[i].block : 0u;
    }
    return flags;
}

static uint32_t content_flags(const lac_paragraph *paragraph)
{
    uint32_t flags = paragraph->flags;
    if (paragraph->visible > 0) {
        flags |= paragraph->bold == paragraph->visible ? LAC_BLOCK_ALL_BOLD : 0u;
        flags |= paragraph->instruction == paragraph->visible ? LAC_BLOCK_INSTRUCTION : 0u;
        flags |= paragraph->prompt >= (paragraph->visible + 1) / 2 ? LAC_BLOCK_EMPTY_CONTROL : 0u;
    }
    bool contents = paragraph->in_contents || paragraph->in_control || paragraph->in_captions;
    flags |= contents ? LAC_BLOCK_TOC : 0u;
    flags |= paragraph->hidden.len > 0 ? LAC_BLOCK_HIDDEN_PARTS : 0u;
    flags |= paragraph->deleted.len > 0 ? LAC_BLOCK_DELETIONS : 0u;
    return flags;
}

static bool is_blank(lac_span text)
{
    while (text.len > 0) {
        size_t length;
        if (!lac_utf8_is_space(lac_utf8_decode(text, &length))) {
            return false;
        }
        text = lac_span_make(text.ptr + length, text.len - length);
    }
    return true;
}

static lac_span trim_spaces(lac_span text)
{
    while (text.len > 0 && (unsigned char)text.ptr[0] <= ' ') {
        text = lac_span_make(text.ptr + 1, text.len - 1);
    }
    while (text.len > 0 && (unsigned char)text.ptr[text.len - 1] <= ' ') {
        text.len--;
    }
    return text;
}

/* The line: number, space, text. Only the text where there is no number to show. */
static lacuna_status compose(lac_story *story, lac_block *block, const paragraph_label *label,
                             lac_span text, lac_span *line)
{
    *line = text;
    bool bulleted_body = label->label.bullet && block->level == 0;
    if (label->text.len == 0 || bulleted_body || text.len == 0) {
        return LACUNA_OK;
    }
    lac_buf_clear(&story->line);
    lacuna_status status = lac_buf_append_span(&story->line, label->text);
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&story->line, ' ');
    }
    block->number_length = (uint32_t)story->line.len;
    if (status == LACUNA_OK) {
        status = lac_buf_append_span(&story->line, text);
    }
    *line = lac_buf_span(&story->line);
    return status;
}

/* Pictures and equations stand for something although they have no text. */
static const uint32_t worth_a_line = LAC_BLOCK_PICTURE | LAC_BLOCK_EQUATION;

static lacuna_status write_visible(lac_story *story, const paragraph_label *label)
{
    lac_paragraph *paragraph = &story->frame->paragraph;
    lac_span text = trim_spaces(lac_buf_span(&paragraph->text));
    if (is_blank(text)) {
        text.len = 0;
    }
    if (text.len == 0 && (paragraph->flags & worth_a_line) == 0) {
        return LACUNA_OK;
    }
    lac_block block = {.flags = content_flags(paragraph) | style_flags(paragraph)};
    lac_output_anchor(story, &block);
    decide_level(story, paragraph, &block);
    block.flags |= label->listed && block.level == 0 ? LAC_BLOCK_LIST_ITEM : 0u;
    block.flags |= story->frame_count > 1 ? LAC_BLOCK_TEXT_BOX : 0u;
    if (lac_is_broken_reference(text)) {
        block.flags |= LAC_BLOCK_BROKEN_REFERENCE;
        story->docx->revisions.broken_references++;
    }
    lac_span line;
    uint32_t index;
    lacuna_status status = compose(story, &block, label, text, &line);
    if (status == LACUNA_OK) {
        status = lac_output_block(story, &index, &block, line);
    }
    if (status == LACUNA_OK && index != LAC_NONE && (block.flags & LAC_BLOCK_TOC) != 0) {
        status = lac_toc_collect(story, index, &block);
    }
    return status;
}

static lacuna_status write_aside(lac_story *story, lac_queue *queue, lac_channel channel,
                                 const lac_buf *text)
{
    lac_span shown = trim_spaces(lac_buf_span(text));
    if (is_blank(shown)) {
        return LACUNA_OK;
    }
    lac_block block = {0};
    lac_output_anchor(story, &block);
    block.channel = (uint8_t)channel;
    return lac_queue_add(queue, &block, shown, '\n');
}

/* The paragraph as it stands: counted, written, its hidden and deleted text put aside. */
static lacuna_status write_paragraph(lac_story *story)
{
    lac_docx *docx = story->docx;
    lac_paragraph *paragraph = &story->frame->paragraph;
    lacuna_status status = LACUNA_OK;
    bool deleted = story->deletions > 0; /* with the row, cell or range around it */
    bool invisible = paragraph->mark_hidden && paragraph->visible == 0;
    if (!deleted) {
        paragraph_label label = {.text = lac_span_make("", 0)};
        if (!invisible) {
            status = make_label(story, &label);
        }
        if (status == LACUNA_OK) {
            status = write_visible(story, &label);
        }
    }
    if (status == LACUNA_OK) {
        status = lac_output_boxes(story);
    }
    if (status == LACUNA_OK && paragraph->hidden.len > 0) {
        status = write_aside(story, &docx->hidden, LAC_CHANNEL_HIDDEN, &paragraph->hidden);
    }
    if (status == LACUNA_OK && paragraph->deleted.len > 0) {
        status = write_aside(story, &docx->deleted, LAC_CHANNEL_DELETED, &paragraph->deleted);
    }
    return status;
}

lacuna_status lac_paragraph_end(lac_story *story)
{
    lac_paragraph *paragraph = &story->frame->paragraph;
    if (!paragraph->open) {
        return LACUNA_OK;
    }
    paragraph->open = false;
    if (paragraph->mark_deleted && story->deletions == 0) {
        paragraph->carried = true; /* ECMA-376 17.13.5.15: it joins the paragraph that follows */
        return LACUNA_OK;
    }
    return write_paragraph(story);
}

lacuna_status lac_paragraph_settle(lac_story *story)
{
    lac_paragraph *paragraph = &story->frame->paragraph;
    lacuna_status status = lac_paragraph_end(story);
    if (paragraph->carried) {
        paragraph->carried = false;
        /* Without visible text nothing is left of it: it is not counted either. */
        paragraph->mark_hidden = paragraph->visible == 0;
        status = status == LACUNA_OK ? write_paragraph(story) : status;
    }
    return status;
}
