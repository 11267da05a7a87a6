#include "writers/docx/place.h"

#include "support/error.h"
#include "writers/docx/mark.h"

static const char remedy[] = "Put the draft in by hand; it is in the report.";

static lacuna_status refuse(lacuna_error *err, const char *why)
{
    return lac_fail_remedy(err, LACUNA_E_UNSUPPORTED, remedy, "no text can be put there: %s", why);
}

/* ---- sections -------------------------------------------------------------------------------- */

uint32_t lac_place_section(const lac_layout *layout, uint32_t paragraph)
{
    const lac_document *document = layout->document;
    uint32_t block =
        paragraph < layout->paragraph_count ? layout->blocks[paragraph] : (uint32_t)LAC_NONE;
    if (block == LAC_NONE) {
        return LAC_NONE;
    }
    uint32_t section = document->blocks[block].section;
    return section < document->section_count && document->sections[section].heading == block
               ? section
               : (uint32_t)LAC_NONE;
}

/* The child in which a heading stands; LAC_NONE where it is not in the body. */
static uint32_t child_of_heading(const lac_layout *layout, uint32_t section)
{
    const lac_document *document = layout->document;
    uint32_t heading = document->sections[section].heading;
    if (heading == LAC_NONE) {
        return LAC_NONE;
    }
    uint32_t ordinal = document->blocks[heading].ordinal;
    return ordinal < layout->paragraph_count && layout->blocks[ordinal] == heading
               ? layout->child_of[ordinal]
               : (uint32_t)LAC_NONE;
}

/* Before the first heading behind `section` that is at most at `level`. */
static uint32_t boundary_behind(const lac_layout *layout, uint32_t section, uint8_t level)
{
    const lac_document *document = layout->document;
    for (uint32_t next = section + 1; next < document->section_count; next++) {
        uint32_t child = child_of_heading(layout, next);
        if (document->sections[next].level <= level && child != LAC_NONE) {
            return child;
        }
    }
    return layout->child_count;
}

/* ---- what the next section brings with it ---------------------------------------------------- */

static lac_word word_at(const lac_layout *layout, uint32_t child)
{
    return (lac_word)layout->tokens->items[layout->children[child]].word;
}

/* No text, no picture, no field: nothing but properties, marks and breaks. */
static bool is_bare(const lac_layout *layout, uint32_t child)
{
    const lac_tokens *tokens = layout->tokens;
    uint32_t paragraph = layout->children[child];
    for (uint32_t i = paragraph + 1; i < tokens->items[paragraph].after; i++) {
        switch (tokens->items[i].word) {
        case LAC_W_P_PR:
            i = tokens->items[i].after - 1;
            break;
        case LAC_W_R:
        case LAC_W_R_PR:
        case LAC_W_BR:
        case LAC_W_BOOKMARK_START:
        case LAC_W_BOOKMARK_END:
        case LAC_W_PROOF_ERR:
        case LAC_W_OTHER: /* of these only w:lastRenderedPageBreak and run properties occur */
            if (tokens->items[i].word == LAC_W_OTHER && !lac_token_inside(tokens, i, LAC_W_R_PR) &&
                !lac_span_is(lac_token_local(tokens, i), "lastRenderedPageBreak")) {
                return false;
            }
            break;
        default:
            return false;
        }
    }
    return true;
}

static bool breaks_page(const lac_layout *layout, uint32_t child)
{
    const lac_tokens *tokens = layout->tokens;
    uint32_t paragraph = layout->children[child];
    if (lac_mark_read(tokens, paragraph).section != LAC_NO_TOKEN) {
        return true;
    }
    for (uint32_t i = paragraph + 1; i < tokens->items[paragraph].after; i++) {
        lac_span type;
        if (tokens->items[i].word == LAC_W_BR && lac_token_get(&type, tokens, i, "type") &&
            lac_span_is(type, "page")) {
            return true;
        }
    }
    return false;
}

/* Starts of ranges directly before the boundary belong to what follows; so do paragraphs that hold
 * nothing but a break. */
static uint32_t step_back(const lac_layout *layout, uint32_t boundary, uint32_t lowest)
{
    while (boundary > lowest + 1) {
        lac_word word = word_at(layout, boundary - 1);
        bool introduces =
            lac_word_is_marker_start(word) ||
            (word == LAC_W_P && is_bare(layout, boundary - 1) && breaks_page(layout, boundary - 1));
        if (!introduces) {
            break;
        }
        boundary--;
    }
    return boundary;
}

/* ---- forbidden places ------------------------------------------------------------------------ */

static uint32_t next_section_properties(const lac_layout *layout, uint32_t token)
{
    const lac_tokens *tokens = layout->tokens;
    for (uint32_t i = tokens->items[token].after; i < tokens->count; i++) {
        if (tokens->items[i].word == LAC_W_SECT_PR) {
            return i;
        }
    }
    return LAC_NO_TOKEN;
}

static bool same_page(const lac_tokens *tokens, uint32_t one, uint32_t other)
{
    if (one == LAC_NO_TOKEN || other == LAC_NO_TOKEN) {
        return false;
    }
    static const char *const names[] = {"w", "h", "orient"};
    uint32_t a = lac_token_child(tokens, one, LAC_W_PG_SZ);
    uint32_t b = lac_token_child(tokens, other, LAC_W_PG_SZ);
    if (a == LAC_NO_TOKEN || b == LAC_NO_TOKEN) {
        return a == b;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        lac_span left = lac_span_make("", 0), right = left;
        (void)lac_token_get(&left, tokens, a, names[i]);
        (void)lac_token_get(&right, tokens, b, names[i]);
        if (!lac_span_equal(left, right)) {
            return false;
        }
    }
    return true;
}

static lacuna_status check_before(const lac_layout *layout, uint32_t child, lacuna_error *err)
{
    const lac_tokens *tokens = layout->tokens;
    uint32_t token = layout->children[child];
    if (tokens->items[token].word != LAC_W_P) {
        return LACUNA_OK;
    }
    lac_mark mark = lac_mark_read(tokens, token);
    if (mark.deleted) {
        return refuse(err, "the end of the paragraph before it is deleted in a tracked change");
    }
    if (mark.joined) {
        return refuse(err, "the paragraph before it runs on into the next one");
    }
    if (mark.frame) {
        return refuse(err, "a drop cap or frame before it belongs to the next paragraph");
    }
    if (mark.section != LAC_NO_TOKEN &&
        !same_page(tokens, mark.section, next_section_properties(layout, token))) {
        return refuse(err, "a section break changes the page there");
    }
    return LACUNA_OK;
}

static bool shows(const lac_layout *layout, uint32_t child, uint32_t flag)
{
    const lac_block *block = lac_layout_block(layout, child);
    return block != NULL && (block->flags & flag) != 0;
}

static bool is_shown_thing(const lac_layout *layout, uint32_t child)
{
    return word_at(layout, child) == LAC_W_TBL || shows(layout, child, LAC_BLOCK_PICTURE);
}

static lacuna_status check_between(const lac_layout *layout, uint32_t before, uint32_t behind,
                                   lacuna_error *err)
{
    bool caption_first = shows(layout, before, LAC_BLOCK_CAPTION) && is_shown_thing(layout, behind);
    bool caption_last = is_shown_thing(layout, before) && shows(layout, behind, LAC_BLOCK_CAPTION);
    if (caption_first || caption_last) {
        return refuse(err, "it would part a caption from its table or figure");
    }
    if (shows(layout, before, LAC_BLOCK_TITLE) && shows(layout, behind, LAC_BLOCK_TITLE)) {
        return refuse(err, "it would stand among the title lines");
    }
    return LACUNA_OK;
}

static lacuna_status check(const lac_layout *layout, const lac_place *place, lacuna_error *err)
{
    uint8_t gap = layout->gaps[place->boundary];
    if ((gap & LAC_GAP_IN_FIELD) != 0) {
        return refuse(err, "a field, such as a contents list, goes on there");
    }
    if ((gap & LAC_GAP_IN_MOVE) != 0) {
        return refuse(err, "text that was moved in a tracked change is there");
    }
    if (layout->tokens->items[layout->body].empty) {
        return refuse(err, "the document has no text at all");
    }
    lacuna_status status = LACUNA_OK;
    if (place->before != LAC_NONE) {
        status = check_before(layout, place->before, err);
    }
    if (status == LACUNA_OK && place->before != LAC_NONE && place->behind != LAC_NONE) {
        status = check_between(layout, place->before, place->behind, err);
    }
    return status;
}

/* ---- finding --------------------------------------------------------------------------------- */

/* Boundary, and the child that must stay before it (LAC_NONE: none). */
static lacuna_status find_by_section(uint32_t *boundary, uint32_t *lowest, const lac_layout *layout,
                                     const lac_draft_place *wanted, lacuna_error *err)
{
    uint32_t section = lac_place_section(layout, wanted->paragraph);
    uint32_t heading = section == LAC_NONE ? LAC_NONE : child_of_heading(layout, section);
    if (heading == LAC_NONE) {
        return lac_fail(err, LACUNA_E_NOTFOUND, "paragraph %u of the document is no heading",
                        (unsigned)wanted->paragraph);
    }
    if (wanted->where == LAC_DRAFT_BEFORE_SECTION) {
        *boundary = heading;
        *lowest = LAC_NONE;
        return word_at(layout, heading) == LAC_W_P
                   ? LACUNA_OK
                   : refuse(err, "the heading is in a table or content control");
    }
    uint8_t level = wanted->where == LAC_DRAFT_IN_SECTION
                        ? (uint8_t)LAC_NONE
                        : layout->document->sections[section].level;
    *boundary = boundary_behind(layout, section, level);
    *lowest = heading;
    return *boundary > heading ? LACUNA_OK
                               : refuse(err, "the section is inside a table or content control");
}

lacuna_status lac_place_find(lac_place *place, const lac_layout *layout,
                             const lac_draft_place *wanted, lacuna_error *err)
{
    uint32_t boundary = layout->child_count, lowest = LAC_NONE;
    lacuna_status status = LACUNA_OK;
    if (wanted->where == LAC_DRAFT_AFTER_PARAGRAPH) {
        if (wanted->paragraph >= layout->paragraph_count) {
            return lac_fail(err, LACUNA_E_NOTFOUND, "the document has no paragraph %u",
                            (unsigned)wanted->paragraph);
        }
        lowest = layout->child_of[wanted->paragraph];
        boundary = lowest + 1;
    } else if (wanted->where != LAC_DRAFT_AT_END) {
        status = find_by_section(&boundary, &lowest, layout, wanted, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    if (boundary > layout->child_count) {
        return refuse(err, "it is behind the last section of the document");
    }
    bool at_paragraph = wanted->where == LAC_DRAFT_AFTER_PARAGRAPH;
    if (!at_paragraph && boundary < layout->child_count) {
        boundary = step_back(layout, boundary, lowest == LAC_NONE ? 0 : lowest);
    }
    place->boundary = boundary;
    place->before = lac_layout_before(layout, boundary);
    place->behind = lac_layout_behind(layout, boundary);
    return check(layout, place, err);
}
