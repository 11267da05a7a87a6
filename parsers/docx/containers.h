/*
 * containers.h - elements that wrap others: revisions, content controls, alternate content, text
 * boxes, notes and comments, and what stands in the text without being text.
 */
#ifndef LAC_DOCX_CONTAINERS_H
#define LAC_DOCX_CONTAINERS_H

#include "parsers/docx/story.h"

/* w:ins, w:del, w:moveFrom, w:moveTo: around runs, or on a paragraph mark or table row. */
void lac_revision_start(lac_story *story, lac_element element, const lac_xml_element *tag);
void lac_revision_end(lac_story *story, lac_element element);

void lac_control_start(lac_story *story);
void lac_control_end(lac_story *story);
void lac_control_property(lac_story *story, lac_element element, const lac_xml_element *tag);

/* Exactly one branch of mc:AlternateContent is read. */
void lac_alternate_start(lac_story *story);
void lac_alternate_end(lac_story *story);
void lac_alternate_branch(lac_story *story, lac_element element, const lac_xml_element *tag);

lacuna_status lac_text_box_start(lac_story *story);
lacuna_status lac_text_box_end(lac_story *story);

/* w:footnote, w:endnote, w:comment. Separators are no notes. */
void lac_note_start(lac_story *story, lac_element element, const lac_xml_element *tag);

/* w:headerReference, w:footerReference: remembers the part. */
lacuna_status lac_header_reference(lac_story *story, lac_element element,
                                   const lac_xml_element *tag);

/* w:altChunk, w:subDoc, w:object: what is in there is not read, and that is said. */
lacuna_status lac_foreign_content(lac_story *story, lac_element element);

/* Fields as elements. */
lacuna_status lac_field_char(lac_story *story, const lac_xml_element *tag);
lacuna_status lac_field_simple_start(lac_story *story, const lac_xml_element *tag);
lacuna_status lac_field_simple_end(lac_story *story);
void lac_field_form(lac_story *story, lac_element element, const lac_xml_element *tag);

#endif
