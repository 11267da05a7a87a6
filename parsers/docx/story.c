#include "parsers/docx/story.h"

#include "parsers/docx/containers.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_LABEL = 4096 };

/* ---- frames ---------------------------------------------------------------------------------- */

static lac_frame *make_frame(const lac_limits *limits)
{
    lac_frame *frame = calloc(1, sizeof *frame);
    if (frame != NULL) {
        lac_buf_init(&frame->paragraph.text, (size_t)limits->text_bytes);
        lac_buf_init(&frame->paragraph.hidden, (size_t)limits->text_bytes);
        lac_buf_init(&frame->paragraph.deleted, (size_t)limits->text_bytes);
    }
    return frame;
}

lacuna_status lac_frame_push(lac_story *story, bool *pushed)
{
    *pushed = story->frame_count < LAC_FRAMES;
    if (!*pushed) {
        return LACUNA_OK;
    }
    lac_frame **slot = &story->frames[story->frame_count];
    if (*slot == NULL) {
        *slot = make_frame(story->docx->limits);
        if (*slot == NULL) {
            return LACUNA_E_NOMEM;
        }
    }
    story->frame = *slot;
    story->frame_count++;
    story->frame->paragraph.open = false;
    story->frame->paragraph.carried = false;
    story->frame->properties = LAC_PROPERTIES_NONE;
    story->frame->field_base = lac_fields_enter(&story->fields);
    story->frame->table_base = story->table_count;
    return LACUNA_OK;
}

lacuna_status lac_frame_pop(lac_story *story)
{
    if (story->frame_count < 2) {
        return LACUNA_OK;
    }
    lac_fields_leave(&story->fields, story->frame->field_base);
    story->table_count = story->frame->table_base;
    story->frame_count--;
    story->frame = story->frames[story->frame_count - 1];
    return LACUNA_OK;
}

/* ---- start tags ------------------------------------------------------------------------------ */

static void start_text(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    lac_span space = lac_span_make("", 0);
    (void)lac_xml_get(tag, "space", &space);
    story->text_kind = element == LAC_EL_INSTR_TEXT ? LAC_TEXT_INSTRUCTION : LAC_TEXT_SHOWN;
    story->text_preserved = element == LAC_EL_MATH_T || lac_span_is(space, "preserve");
    lac_buf_clear(&story->piece);
}

static void start_run_properties(lac_story *story)
{
    lac_element parent = lac_walk_above(&story->walk, 1);
    if (parent == LAC_EL_R || parent == LAC_EL_MATH_R) {
        story->frame->properties = LAC_PROPERTIES_RUN;
    } else if (parent == LAC_EL_P_PR) {
        story->frame->properties = LAC_PROPERTIES_MARK;
    } else {
        lac_walk_skip(&story->walk);
    }
}

static lacuna_status start_in_run(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    if (lac_walk_above(&story->walk, 1) != LAC_EL_R) {
        return LACUNA_OK; /* w:tab is also a tab stop of a paragraph */
    }
    switch (element) {
    case LAC_EL_TAB:
    case LAC_EL_PTAB:
        return lac_run_tab(story);
    case LAC_EL_BR:
    case LAC_EL_CR:
        return lac_run_text(story, lac_span_of(" "));
    case LAC_EL_NO_BREAK_HYPHEN:
        return lac_run_text(story, lac_span_of("\xE2\x80\x91"));
    case LAC_EL_SYM:
        return lac_run_symbol(story, tag);
    default:
        return LACUNA_OK;
    }
}

static void flag_paragraph(lac_story *story, uint32_t flag)
{
    if (story->frame->paragraph.open && story->deletions == 0) {
        story->frame->paragraph.flags |= flag;
    }
}

/* Elements that change what the text around them means. */
static lacuna_status start_container(lac_story *story, lac_element element,
                                     const lac_xml_element *tag)
{
    switch (element) {
    case LAC_EL_INS:
    case LAC_EL_DEL:
    case LAC_EL_MOVE_FROM:
    case LAC_EL_MOVE_TO:
        lac_revision_start(story, element, tag);
        return LACUNA_OK;
    case LAC_EL_SDT:
        lac_control_start(story);
        return LACUNA_OK;
    case LAC_EL_SHOWING_PLC_HDR:
    case LAC_EL_DOC_PART_GALLERY:
        lac_control_property(story, element, tag);
        return LACUNA_OK;
    case LAC_EL_ALTERNATE_CONTENT:
        lac_alternate_start(story);
        return LACUNA_OK;
    case LAC_EL_CHOICE:
    case LAC_EL_FALLBACK:
        lac_alternate_branch(story, element, tag);
        return LACUNA_OK;
    case LAC_EL_TXBX_CONTENT:
        return lac_text_box_start(story);
    case LAC_EL_FOOTNOTE:
    case LAC_EL_ENDNOTE:
    case LAC_EL_COMMENT:
        lac_note_start(story, element, tag);
        return LACUNA_OK;
    case LAC_EL_P_PR_CHANGE:
    case LAC_EL_R_PR_CHANGE:
    case LAC_EL_SECT_PR_CHANGE:
    case LAC_EL_TC_PR_CHANGE:
    case LAC_EL_TR_PR_CHANGE:
    case LAC_EL_NUMBERING_CHANGE:
        story->docx->revisions.property_changes++;
        lac_walk_skip(&story->walk);
        return LACUNA_OK;
    default:
        return LACUNA_OK;
    }
}

static lacuna_status start_table_part(lac_story *story, lac_element element,
                                      const lac_xml_element *tag)
{
    switch (element) {
    case LAC_EL_TBL:
        return lac_table_start(story);
    case LAC_EL_TR:
        return lac_row_start(story);
    case LAC_EL_TC:
        return lac_cell_start(story);
    case LAC_EL_CELL_DEL:
        lac_cell_delete(story);
        return LACUNA_OK;
    default:
        lac_cell_property(story, element, tag);
        return LACUNA_OK;
    }
}

static lacuna_status start_aside(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    switch (element) {
    case LAC_EL_HEADER_REFERENCE:
    case LAC_EL_FOOTER_REFERENCE:
        return lac_header_reference(story, element, tag);
    case LAC_EL_ALT_CHUNK:
    case LAC_EL_SUB_DOC:
    case LAC_EL_OBJECT:
        return lac_foreign_content(story, element);
    case LAC_EL_FLD_CHAR:
        return lac_field_char(story, tag);
    case LAC_EL_FLD_SIMPLE:
        return lac_field_simple_start(story, tag);
    case LAC_EL_CHECKED:
    case LAC_EL_DEFAULT:
    case LAC_EL_RESULT:
    case LAC_EL_LIST_ENTRY:
        lac_field_form(story, element, tag);
        return LACUNA_OK;
    case LAC_EL_BLIP:
    case LAC_EL_CHART:
    case LAC_EL_DIAGRAM:
    case LAC_EL_IMAGE_DATA:
    case LAC_EL_OLE_OBJECT:
        flag_paragraph(story, LAC_BLOCK_PICTURE);
        return LACUNA_OK;
    case LAC_EL_MATH:
        flag_paragraph(story, LAC_BLOCK_EQUATION);
        return LACUNA_OK;
    case LAC_EL_RT: /* the reading aid above ruby text */
    case LAC_EL_SDT_END_PR:
    case LAC_EL_TBL_PR:
    case LAC_EL_TBL_PR_EX:
    case LAC_EL_TBL_GRID:
        lac_walk_skip(&story->walk);
        return LACUNA_OK;
    default:
        return start_container(story, element, tag);
    }
}

/* The frequent elements first: most start tags of a document end here. */
static lacuna_status start_known(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    switch (element) {
    case LAC_EL_OTHER:
        return LACUNA_OK;
    case LAC_EL_P:
        return lac_paragraph_start(story, tag);
    case LAC_EL_R:
    case LAC_EL_MATH_R:
        lac_run_start(story);
        return LACUNA_OK;
    case LAC_EL_T:
    case LAC_EL_DEL_TEXT:
    case LAC_EL_INSTR_TEXT:
    case LAC_EL_MATH_T:
        start_text(story, element, tag);
        return LACUNA_OK;
    case LAC_EL_R_PR:
        start_run_properties(story);
        return LACUNA_OK;
    case LAC_EL_B:
    case LAC_EL_VANISH:
    case LAC_EL_R_FONTS:
    case LAC_EL_R_STYLE:
        lac_run_property(story, element, tag);
        return LACUNA_OK;
    case LAC_EL_P_STYLE:
    case LAC_EL_OUTLINE_LVL:
    case LAC_EL_ILVL:
    case LAC_EL_NUM_ID:
        return lac_paragraph_property(story, element, tag);
    case LAC_EL_TAB:
    case LAC_EL_PTAB:
    case LAC_EL_BR:
    case LAC_EL_CR:
    case LAC_EL_NO_BREAK_HYPHEN:
    case LAC_EL_SYM:
        return start_in_run(story, element, tag);
    case LAC_EL_TBL:
    case LAC_EL_TR:
    case LAC_EL_TC:
    case LAC_EL_GRID_SPAN:
    case LAC_EL_GRID_BEFORE:
    case LAC_EL_TBL_HEADER:
    case LAC_EL_CELL_DEL:
        return start_table_part(story, element, tag);
    default:
        return start_aside(story, element, tag);
    }
}

static lacuna_status check_root(lac_story *story, lac_element wanted, lac_element found)
{
    story->root_seen = true;
    if (wanted == LAC_EL_OTHER || wanted == found) {
        return LACUNA_OK;
    }
    return lac_fail_remedy(story->err, LACUNA_E_UNSUPPORTED, "Save it as a Word document (.docx).",
                           "the main part is no Word document");
}

typedef struct story_reader {
    lac_story *story;
    lac_element root_wanted;
} story_reader;

/* Says which limit was reached, where the place of failure could not know. */
static lacuna_status explain(const lac_story *story, lacuna_status status)
{
    const lac_docx *docx = story->docx;
    const lac_limits *limits = docx->limits;
    if (status != LACUNA_E_LIMIT || story->err == NULL || story->err->message[0] != '\0') {
        return status;
    }
    static const char remedy[] = "Raise the limit if the file is genuine.";
    if (docx->builder.block_count >= limits->blocks) {
        return lac_fail_remedy(story->err, status, remedy, "more than %u paragraphs",
                               (unsigned)limits->blocks);
    }
    if (story->fields.count >= LAC_FIELD_DEPTH) {
        return lac_fail_remedy(story->err, status, remedy, "more than %d fields in each other",
                               (int)LAC_FIELD_DEPTH);
    }
    return lac_fail_remedy(story->err, status, remedy, "more than %llu bytes of text",
                           (unsigned long long)limits->text_bytes);
}

static lacuna_status start_element(void *user, const lac_xml_element *tag)
{
    story_reader *reader = user;
    lac_story *story = reader->story;
    lac_element element;
    lacuna_status status = lac_walk_enter(&story->walk, &element, tag);
    if (status == LACUNA_OK && !story->root_seen) {
        status = check_root(story, reader->root_wanted, element);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    if (story->walk.skip > 0) {
        /* Every w:p of the part has an ordinal, so that a writer can find it by counting. */
        story->next_ordinal += element == LAC_EL_P;
        return LACUNA_OK;
    }
    return explain(story, start_known(story, element, tag));
}

/* ---- end tags and text ----------------------------------------------------------------------- */

static lacuna_status end_text(lac_story *story)
{
    lac_text_kind kind = story->text_kind;
    story->text_kind = LAC_TEXT_NONE;
    if (kind == LAC_TEXT_INSTRUCTION) {
        lac_fields_instruction(&story->fields, lac_buf_span(&story->piece));
        return LACUNA_OK;
    }
    return kind == LAC_TEXT_SHOWN ? lac_run_piece(story) : LACUNA_OK;
}

static lacuna_status end_container(lac_story *story, lac_element element)
{
    switch (element) {
    case LAC_EL_INS:
    case LAC_EL_DEL:
    case LAC_EL_MOVE_FROM:
    case LAC_EL_MOVE_TO:
        lac_revision_end(story, element);
        return LACUNA_OK;
    case LAC_EL_SDT:
        lac_control_end(story);
        return LACUNA_OK;
    case LAC_EL_ALTERNATE_CONTENT:
        lac_alternate_end(story);
        return LACUNA_OK;
    case LAC_EL_TXBX_CONTENT:
        return lac_text_box_end(story);
    case LAC_EL_FLD_SIMPLE:
        return lac_field_simple_end(story);
    case LAC_EL_BODY:
    case LAC_EL_HDR:
    case LAC_EL_FTR:
    case LAC_EL_FOOTNOTE:
    case LAC_EL_ENDNOTE:
    case LAC_EL_COMMENT:
        return lac_paragraph_settle(story);
    default:
        return LACUNA_OK;
    }
}

static lacuna_status end_known(lac_story *story, lac_element element)
{
    switch (element) {
    case LAC_EL_OTHER:
    case LAC_EL_R:
        return LACUNA_OK;
    case LAC_EL_P:
        return lac_paragraph_end(story);
    case LAC_EL_R_PR:
        story->frame->properties = LAC_PROPERTIES_NONE;
        return LACUNA_OK;
    case LAC_EL_T:
    case LAC_EL_DEL_TEXT:
    case LAC_EL_INSTR_TEXT:
    case LAC_EL_MATH_T:
        return end_text(story);
    case LAC_EL_TBL:
        return lac_table_end(story);
    case LAC_EL_TR:
        return lac_row_end(story);
    case LAC_EL_TC:
        return lac_cell_end(story);
    default:
        return end_container(story, element);
    }
}

static lacuna_status end_element(void *user, const char *name, const char *uri)
{
    (void)name;
    (void)uri;
    lac_story *story = ((story_reader *)user)->story;
    return explain(story, end_known(story, lac_walk_leave(&story->walk)));
}

static lacuna_status take_text(void *user, lac_span text)
{
    lac_story *story = ((story_reader *)user)->story;
    if (story->text_kind == LAC_TEXT_NONE) {
        return LACUNA_OK;
    }
    return explain(story, lac_buf_append_span(&story->piece, text));
}

/* ---- one part -------------------------------------------------------------------------------- */

static void begin(lac_story *story, uint32_t part, lac_channel channel)
{
    lac_walk_begin(&story->walk);
    story->part = part;
    story->channel = (uint8_t)channel;
    story->root_seen = false;
    story->next_ordinal = 0;
    story->frame_count = 1;
    story->frame = story->frames[0];
    story->frame->paragraph.open = false;
    story->frame->paragraph.carried = false;
    story->frame->properties = LAC_PROPERTIES_NONE;
    story->frame->table_base = 0;
    story->table_count = 0;
    story->text_kind = LAC_TEXT_NONE;
    story->deletions = 0;
    story->insertions = 0;
    story->draft = 0;
    story->prompts = 0;
    story->contents = 0;
    story->sdt_count = 0;
    story->alternate_count = 0;
    story->boxes.count = 0;
    lac_buf_clear(&story->boxes.text);
    story->fields.base = 0;
    story->fields.count = 0;
    story->fields.instructions = 0;
    story->fields.contents = 0;
    story->fields.captions = 0;
    lac_counters_reset(&story->docx->side_counters);
}

lacuna_status lac_story_read(lac_story *story, uint32_t part, lac_channel channel,
                             lac_element root_wanted, lacuna_error *err)
{
    lac_docx *docx = story->docx;
    uint32_t listed;
    lacuna_status status =
        lac_builder_part(&docx->builder, &listed, lac_package_name(docx->package, part));
    if (status != LACUNA_OK) {
        return lac_fail(err, status, "too many parts");
    }
    begin(story, listed, channel);
    story->err = err;
    story_reader reader = {story, root_wanted};
    const lac_xml_handler handler = {&reader, start_element, end_element, take_text};
    status = lac_xml_parse_part(docx->package, part, docx->limits, &handler, err);
    docx->field_left_open |= status == LACUNA_OK && story->fields.instructions > 0;
    return status;
}

lacuna_status lac_story_new(lac_story **out, lac_docx *docx)
{
    lac_story *story = calloc(1, sizeof *story);
    *out = story;
    if (story == NULL) {
        return LACUNA_E_NOMEM;
    }
    size_t text_bytes = (size_t)docx->limits->text_bytes;
    story->docx = docx;
    lac_queue_init(&story->boxes, docx->limits);
    lac_buf_init(&story->piece, text_bytes);
    lac_buf_init(&story->line, text_bytes);
    lac_buf_init(&story->label, LONGEST_LABEL);
    story->frames[0] = make_frame(docx->limits);
    return story->frames[0] == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

void lac_story_free(lac_story *story)
{
    if (story == NULL) {
        return;
    }
    for (int i = 0; i < LAC_FRAMES; i++) {
        if (story->frames[i] != NULL) {
            lac_buf_free(&story->frames[i]->paragraph.text);
            lac_buf_free(&story->frames[i]->paragraph.hidden);
            lac_buf_free(&story->frames[i]->paragraph.deleted);
            free(story->frames[i]);
        }
    }
    lac_queue_free(&story->boxes);
    lac_buf_free(&story->piece);
    lac_buf_free(&story->line);
    lac_buf_free(&story->label);
    free(story);
}
