#include "parsers/docx/containers.h"

#include "support/error.h"

/* ---- revisions ------------------------------------------------------------------------------- */

static bool is_deletion(lac_element element)
{
    return element == LAC_EL_DEL || element == LAC_EL_MOVE_FROM;
}

/* Below properties the element marks what the properties belong to; else it wraps content. */
static bool wraps_content(lac_element parent)
{
    return parent != LAC_EL_R_PR && parent != LAC_EL_TR_PR && parent != LAC_EL_NUM_PR;
}

static void count_revision(lac_revisions *revisions, lac_element element)
{
    revisions->insertions += element == LAC_EL_INS;
    revisions->deletions += element == LAC_EL_DEL;
    revisions->moves += element == LAC_EL_MOVE_FROM;
}

/* What `lacuna draft` puts in, by whoever wrote it. */
static bool is_by_lacuna(const lac_xml_element *tag)
{
    lac_span author;
    return lac_xml_get(tag, "author", &author) &&
           (lac_span_is(author, "Lacuna (AI draft)") || lac_span_is(author, "Lacuna (draft)"));
}

void lac_revision_start(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    lac_element parent = lac_walk_above(&story->walk, 1);
    bool draft = element == LAC_EL_INS && is_by_lacuna(tag);
    count_revision(&story->docx->revisions, element);
    story->docx->revisions.drafts += draft ? 1 : 0;
    if (wraps_content(parent)) {
        *(is_deletion(element) ? &story->deletions : &story->insertions) += 1;
        story->draft = draft && story->draft == 0 ? story->insertions : story->draft;
    } else if (parent == LAC_EL_R_PR && story->frame->properties == LAC_PROPERTIES_MARK) {
        story->frame->paragraph.mark_deleted |= is_deletion(element);
    } else if (parent == LAC_EL_TR_PR && is_deletion(element)) {
        lac_row_delete(story);
    }
}

void lac_revision_end(lac_story *story, lac_element element)
{
    if (wraps_content(lac_walk_above(&story->walk, 0))) {
        bool ends = !is_deletion(element) && story->draft == story->insertions;
        story->draft = ends ? 0 : story->draft;
        *(is_deletion(element) ? &story->deletions : &story->insertions) -= 1;
    }
}

/* ---- content controls ------------------------------------------------------------------------ */

void lac_control_start(lac_story *story)
{
    story->sdts[story->sdt_count++] = 0; /* bounded by the depth of the walk */
}

void lac_control_end(lac_story *story)
{
    if (story->sdt_count > 0) {
        uint8_t kind = story->sdts[--story->sdt_count];
        story->prompts -= (kind & LAC_SDT_PROMPT) != 0;
        story->contents -= (kind & LAC_SDT_CONTENTS) != 0;
    }
}

void lac_control_property(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    if (story->sdt_count == 0) {
        return;
    }
    uint8_t *kind = &story->sdts[story->sdt_count - 1];
    if (element == LAC_EL_SHOWING_PLC_HDR && lac_docx_val_on(tag) &&
        (*kind & LAC_SDT_PROMPT) == 0) {
        *kind |= LAC_SDT_PROMPT;
        story->prompts++;
        story->docx->revisions.empty_controls++;
    } else if (element == LAC_EL_DOC_PART_GALLERY && (*kind & LAC_SDT_CONTENTS) == 0 &&
               lac_span_equal_nocase(lac_docx_val(tag), lac_span_of("Table of Contents"))) {
        *kind |= LAC_SDT_CONTENTS;
        story->contents++;
    }
}

/* ---- alternate content ----------------------------------------------------------------------- */

void lac_alternate_start(lac_story *story)
{
    story->alternates[story->alternate_count++] = 0;
}

void lac_alternate_end(lac_story *story)
{
    story->alternate_count -= story->alternate_count > 0;
}

void lac_alternate_branch(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    if (story->alternate_count == 0 ||
        lac_walk_above(&story->walk, 1) != LAC_EL_ALTERNATE_CONTENT) {
        return;
    }
    uint8_t *taken = &story->alternates[story->alternate_count - 1];
    if (*taken != 0 || (element == LAC_EL_CHOICE && !lac_docx_choice_understood(tag))) {
        lac_walk_skip(&story->walk);
    } else {
        *taken = 1;
    }
}

/* ---- text boxes and notes -------------------------------------------------------------------- */

lacuna_status lac_text_box_start(lac_story *story)
{
    bool pushed;
    lacuna_status status = lac_frame_push(story, &pushed);
    if (status == LACUNA_OK && !pushed) {
        lac_walk_skip(&story->walk);
        status = lac_docx_note(story->docx, "docx/text-box-depth", story->part,
                               "Text boxes are nested too deeply; the innermost were not read.");
    }
    return status;
}

lacuna_status lac_text_box_end(lac_story *story)
{
    lacuna_status status = lac_paragraph_settle(story);
    return status == LACUNA_OK ? lac_frame_pop(story) : status;
}

void lac_note_start(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    lac_span type = lac_span_make("", 0);
    (void)lac_xml_get(tag, "type", &type);
    if (element == LAC_EL_COMMENT) {
        story->docx->revisions.comments++;
    } else if (type.len > 0 && !lac_span_is(type, "normal")) {
        lac_walk_skip(&story->walk);
    }
}

/* ---- what is elsewhere ----------------------------------------------------------------------- */

lacuna_status lac_header_reference(lac_story *story, lac_element element,
                                   const lac_xml_element *tag)
{
    lac_docx *docx = story->docx;
    lac_span id;
    if (!lac_xml_get(tag, "id", &id)) {
        return LACUNA_OK;
    }
    if (docx->header_references++ >= LAC_MAX_HEADER_REFERENCES) {
        return lac_fail(story->err, LACUNA_E_LIMIT,
                        "more than %d references to headers and footers",
                        (int)LAC_MAX_HEADER_REFERENCES);
    }
    const lac_relationship *target = lac_relationships_by_id(&docx->relationships, id);
    if (target == NULL || target->part == LAC_PART_NONE) {
        return LACUNA_OK;
    }
    lac_part_list *list = element == LAC_EL_HEADER_REFERENCE ? &docx->headers : &docx->footers;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == target->part) {
            return LACUNA_OK;
        }
    }
    lacuna_status status = lac_grow((void **)&list->items, &list->cap, list->count + 1,
                                    sizeof *list->items, LAC_MAX_HEADERS);
    if (status == LACUNA_OK) {
        list->items[list->count++] = target->part;
    }
    return status;
}

lacuna_status lac_foreign_content(lac_story *story, lac_element element)
{
    if (element == LAC_EL_ALT_CHUNK) {
        return lac_docx_note(story->docx, "docx/alt-chunk", story->part,
                             "Word imports another file here when it opens the document "
                             "(w:altChunk); that text was not read.");
    }
    if (element == LAC_EL_SUB_DOC) {
        return lac_docx_note(story->docx, "docx/sub-document", story->part,
                             "This is a master document; its sub-documents were not read.");
    }
    story->frame->paragraph.flags |= LAC_BLOCK_PICTURE;
    return lac_docx_note(story->docx, "docx/embedded-object", story->part,
                         "Embedded objects (for example spreadsheets) were not read.");
}

/* ---- fields ---------------------------------------------------------------------------------- */

static void note_page_reference(lac_story *story)
{
    const lac_field *field = lac_fields_top(&story->fields);
    lac_paragraph *paragraph = &story->frame->paragraph;
    if (field != NULL && field->result && field->kind == LAC_FIELD_PAGE_REFERENCE &&
        paragraph->page_reference == LAC_NONE) {
        paragraph->page_reference = (uint32_t)paragraph->text.len;
    }
}

lacuna_status lac_field_char(lac_story *story, const lac_xml_element *tag)
{
    lac_span type;
    if (!lac_xml_get(tag, "fldCharType", &type)) {
        return LACUNA_OK;
    }
    if (lac_span_is(type, "begin")) {
        return lac_fields_begin(&story->fields);
    }
    if (lac_span_is(type, "separate")) {
        lac_fields_separate(&story->fields);
        note_page_reference(story);
        return LACUNA_OK;
    }
    if (lac_span_is(type, "end")) {
        lac_span shown;
        lac_fields_end(&story->fields, &shown);
        return lac_run_text(story, shown);
    }
    return LACUNA_OK;
}

lacuna_status lac_field_simple_start(lac_story *story, const lac_xml_element *tag)
{
    lac_span instruction = lac_span_make("", 0);
    (void)lac_xml_get(tag, "instr", &instruction);
    lacuna_status status = lac_fields_begin(&story->fields);
    if (status == LACUNA_OK) {
        lac_fields_instruction(&story->fields, instruction);
        lac_fields_separate(&story->fields);
        note_page_reference(story);
    }
    return status;
}

lacuna_status lac_field_simple_end(lac_story *story)
{
    lac_span shown;
    lac_fields_end(&story->fields, &shown);
    return lac_run_text(story, shown);
}

/* Properties of legacy form fields (ECMA-376 17.16.5 - 17.16.35), inside the begin character. */
void lac_field_form(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    lac_field *field = lac_fields_top(&story->fields);
    lac_element parent = lac_walk_above(&story->walk, 1);
    if (field == NULL) {
        return;
    }
    if (parent == LAC_EL_CHECK_BOX) {
        /* w:checked follows w:default and beats it. */
        field->checked = lac_docx_val_on(tag);
        return;
    }
    if (parent != LAC_EL_DD_LIST) {
        return;
    }
    if (element == LAC_EL_LIST_ENTRY) {
        lac_span entry = lac_docx_val(tag);
        if (field->entries++ == field->selected && entry.len < LAC_FIELD_TEXT) {
            memcpy(field->choice, entry.ptr, entry.len);
            field->choice[entry.len] = '\0';
        }
    } else if (element == LAC_EL_RESULT || element == LAC_EL_DEFAULT) {
        (void)lac_docx_val_int(tag, "val", &field->selected);
    }
}
