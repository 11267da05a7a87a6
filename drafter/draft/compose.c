#include "drafter/draft/compose.h"

#include "drafter/draft/markdown.h"
#include "drafter/extract.h"
#include "support/error.h"

#include <stdlib.h>

enum { BLOCKS_MAX = 2 * LAC_MARKDOWN_BLOCKS_MAX + 512, TEXT_MAX = 8 << 20, SHOWN_SOURCES = 6 };

static const char NEEDED[] = "[DATA NEEDED: ";

typedef struct composing {
    lac_composed *out;
    lac_arena *arena;
    lac_plan *plan;
    const lac_plan_step *step;
    const lac_material *material;
    const lac_plain *text;
    lac_statements statements;
    lac_buf room; /* for the block that is made now */
    lacuna_error *err;
} composing;

/* ---- blocks --------------------------------------------------------------------------------- */

static lacuna_status keep_block(composing *c, lac_draft_block block, lac_span text)
{
    if (c->out->block_count == BLOCKS_MAX) {
        return lac_fail(c->err, LACUNA_E_LIMIT, "the draft has too many paragraphs");
    }
    const char *copy = lac_arena_copy(c->arena, text);
    if (copy == NULL) {
        return lac_fail_nomem(c->err);
    }
    block.text = lac_span_make(copy, text.len);
    c->out->blocks[c->out->block_count++] = block;
    return LACUNA_OK;
}

static lacuna_status keep_text(composing *c, lac_draft_kind kind, lac_span text)
{
    return text.len == 0 ? LACUNA_OK : keep_block(c, (lac_draft_block){.kind = kind}, text);
}

static uint8_t level_of(const composing *c, uint8_t marks)
{
    const lac_target *target = &c->step->target;
    const lac_document *document = c->plan == NULL ? NULL : c->plan->documents[0].document;
    unsigned base = target->level;
    if (base == 0 && document != NULL && target->section < document->section_count) {
        base = document->sections[target->section].level;
    }
    unsigned level = base + (marks > 1 ? marks - 1u : 1u);
    return (uint8_t)(level > 9 ? 9 : level);
}

/* " [source: csr.docx, 9.4 Blinding, line 120; ...]" */
static lacuna_status cite(void *user, lac_buf *out, const uint32_t *passages, uint32_t count)
{
    composing *c = user;
    lacuna_status status = lac_buf_append_text(out, " [source: ");
    for (uint32_t i = 0; i < count && i < SHOWN_SOURCES && status == LACUNA_OK; i++) {
        status = i == 0 ? LACUNA_OK : lac_buf_append_text(out, "; ");
        status = status == LACUNA_OK
                     ? lac_material_where(out, c->plan, c->step, c->material, passages[i])
                     : status;
    }
    if (status == LACUNA_OK && count > SHOWN_SOURCES) {
        status = lac_buf_printf(out, "; and %u more", count - SHOWN_SOURCES);
    }
    return status == LACUNA_OK ? lac_buf_append_char(out, ']') : status;
}

/* ---- forms ---------------------------------------------------------------------------------- */

static lacuna_status add_paragraph(composing *c, const lac_markdown_block *block)
{
    lac_plain text;
    lac_plain_init(&text);
    lac_buf_clear(&c->room);
    lacuna_status status = lac_plain_append(&text, c->text, block->range.start, block->range.end);
    status = status == LACUNA_OK
                 ? lac_statements_paragraph(&c->room, &c->statements, &text, cite, c)
                 : lac_fail_nomem(c->err);
    if (status == LACUNA_OK) {
        status = keep_text(c, block->kind, lac_buf_span(&c->room));
    }
    lac_plain_free(&text);
    return status;
}

static lacuna_status add_heading(composing *c, const lac_markdown_block *block)
{
    bool holds;
    lac_span text = lac_span_make(c->text->text.data + block->range.start,
                                  (size_t)block->range.end - block->range.start);
    if (lac_span_equal_nocase(text, lac_span_of(c->step->gap->item->title))) {
        return LACUNA_OK; /* it is there already */
    }
    lacuna_status status = lac_statements_heading(&holds, &c->statements, text);
    if (status == LACUNA_OK && !holds) {
        return lac_statements_fail(&c->statements, "sub-heading", "other-words",
                                   "the passages do not speak of this", text);
    }
    lac_draft_block heading = {.kind = LAC_DRAFT_HEADING, .level = level_of(c, block->level)};
    return status == LACUNA_OK ? keep_block(c, heading, text) : status;
}

/* Cells parted by TAB and LF, as the verifier reads tables. */
static lacuna_status write_cells(lac_plain *out, const lac_plain *from,
                                 const lac_markdown_block *block)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < block->rows * block->columns && status == LACUNA_OK; i++) {
        const lac_markdown_range *cell = &block->cells[i];
        const char *border = i == 0 ? "" : i % block->columns == 0 ? "\n" : "\t";
        status = lac_plain_put(out, border, UINT32_MAX);
        status = status == LACUNA_OK ? lac_plain_append(out, from, cell->start, cell->end) : status;
    }
    return status;
}

static lacuna_status keep_table(composing *c, const lac_markdown_block *block, lac_span text)
{
    uint32_t all = block->rows * block->columns, count = 0;
    lac_span *cells = lac_arena_array(c->arena, all, sizeof *cells);
    const char *copy = lac_arena_copy(c->arena, text);
    if (cells == NULL || copy == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (size_t at = 0, start = 0; at <= text.len; at++) {
        if (at < text.len && copy[at] != '\t' && copy[at] != '\n') {
            continue;
        }
        if (count < all) {
            cells[count] = lac_span_trim(lac_span_make(copy + start, at - start));
        }
        count++;
        start = at + 1;
    }
    if (count != all) { /* what was taken out went over a border */
        return keep_text(c, LAC_DRAFT_PARAGRAPH, lac_span_of("[DATA NEEDED: table]"));
    }
    return keep_block(c,
                      (lac_draft_block){.kind = LAC_DRAFT_TABLE,
                                        .rows = block->rows,
                                        .columns = block->columns,
                                        .header_rows = block->header_rows,
                                        .cells = cells},
                      lac_span_of(""));
}

static lacuna_status add_table(composing *c, const lac_markdown_block *block)
{
    lac_plain text;
    const uint32_t *cited;
    uint32_t cited_count = 0;
    lac_plain_init(&text);
    lac_buf_clear(&c->room);
    lacuna_status status = write_cells(&text, c->text, block);
    status = status == LACUNA_OK
                 ? lac_statements_table(&c->room, &c->statements, &text, &cited, &cited_count)
                 : lac_fail_nomem(c->err);
    if (status == LACUNA_OK && cited_count == 0) {
        status = keep_text(c, LAC_DRAFT_PARAGRAPH, lac_span_of("[DATA NEEDED: table]"));
    } else if (status == LACUNA_OK) {
        status = keep_table(c, block, lac_buf_span(&c->room));
        lac_buf_clear(&c->room);
        status = status == LACUNA_OK && cite(c, &c->room, cited, cited_count) != LACUNA_OK
                     ? lac_fail_nomem(c->err)
                     : status;
        status = status == LACUNA_OK
                     ? keep_text(c, LAC_DRAFT_PARAGRAPH, lac_span_trim(lac_buf_span(&c->room)))
                     : status;
    }
    lac_plain_free(&text);
    return status;
}

static lacuna_status add_form(composing *c, const lac_markdown_block *block)
{
    switch (block->kind) {
    case LAC_DRAFT_HEADING:
        return add_heading(c, block);
    case LAC_DRAFT_TABLE:
        return add_table(c, block);
    default:
        return add_paragraph(c, block);
    }
}

/* ---- what no source holds ------------------------------------------------------------------- */

static bool holds_block(const lac_composed *out, lac_span text)
{
    for (uint32_t i = 0; i < out->block_count; i++) {
        lac_span all = out->blocks[i].text;
        for (size_t at = 0; at + text.len <= all.len; at++) {
            if (memcmp(all.ptr + at, text.ptr, text.len) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool is_needed(lac_span text)
{
    return text.len > sizeof NEEDED - 1 && memcmp(text.ptr, NEEDED, sizeof NEEDED - 1) == 0;
}

/* As the assembled draft asks for it: that is made by fixed rules. */
static lacuna_status add_missing_facts(composing *c)
{
    lac_draft_gap assembled;
    uint32_t needed;
    bool empty = c->out->block_count == (c->step->target.level > 0 ? 1u : 0u);
    if (c->step->gap->item->expect.fact_count == 0 && !empty) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_extract(&assembled, &needed, c->arena, c->plan, c->step, c->err);
    for (uint32_t i = 0; status == LACUNA_OK && i < assembled.block_count; i++) {
        lac_span text = assembled.blocks[i].text;
        if (is_needed(text) && !holds_block(c->out, text)) {
            status = keep_text(c, LAC_DRAFT_PARAGRAPH, text);
        }
    }
    return status;
}

uint32_t lac_count_needed(const lac_draft_block *blocks, uint32_t count)
{
    uint32_t needed = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t cells = blocks[i].kind == LAC_DRAFT_TABLE ? blocks[i].rows * blocks[i].columns : 0;
        for (uint32_t k = 0; k <= cells; k++) {
            lac_span text = k == cells ? blocks[i].text : blocks[i].cells[k];
            for (size_t at = 0; at + sizeof NEEDED - 1 <= text.len; at++) {
                needed += memcmp(text.ptr + at, NEEDED, sizeof NEEDED - 1) == 0 ? 1 : 0;
            }
        }
    }
    return needed;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status begin(composing *c)
{
    c->statements.arena = c->arena;
    c->statements.material = c->material;
    c->statements.err = c->err;
    lac_buf_init(&c->room, TEXT_MAX);
    c->out->blocks = lac_arena_array(c->arena, BLOCKS_MAX, sizeof *c->out->blocks);
    if (c->out->blocks == NULL) {
        return lac_fail_nomem(c->err);
    }
    if (c->step->target.level == 0) {
        return LACUNA_OK;
    }
    return keep_block(c,
                      (lac_draft_block){.kind = LAC_DRAFT_HEADING, .level = c->step->target.level},
                      lac_span_of(c->step->gap->item->title));
}

static lacuna_status finish(composing *c)
{
    const lac_statements *s = &c->statements;
    lac_draft_finding *kept = lac_arena_array(c->arena, s->count + 1, sizeof *kept);
    if (kept != NULL && s->count > 0) {
        memcpy(kept, s->findings, s->count * sizeof *kept);
    }
    lac_span *words = lac_arena_array(c->arena, (size_t)s->new_word_count + 1, sizeof *words);
    if (words != NULL && s->new_word_count > 0) {
        memcpy(words, s->new_words, s->new_word_count * sizeof *words);
    }
    c->out->new_words = words;
    c->out->new_word_count = words == NULL ? 0 : s->new_word_count;
    c->out->findings = kept;
    c->out->finding_count = (uint32_t)s->count;
    c->out->supported = s->supported;
    c->out->needed = lac_count_needed(c->out->blocks, c->out->block_count);
    return kept == NULL || words == NULL ? lac_fail_nomem(c->err) : LACUNA_OK;
}

typedef lacuna_status (*add_block_fn)(composing *c, const lac_markdown_block *block);

/* The blocks of c->text, one after the other; what comes after them is not for a person's text. */
static lacuna_status compose(composing *c, add_block_fn add, lacuna_status (*after)(composing *))
{
    lac_markdown forms = {.count = 0};
    *c->out = (lac_composed){.block_count = 0};
    lacuna_status status = begin(c);
    if (status == LACUNA_OK) {
        status = lac_markdown_read(&forms, c->arena, lac_buf_span(&c->text->text), c->err);
    }
    for (uint32_t i = 0; i < forms.count && status == LACUNA_OK; i++) {
        status = add(c, &forms.blocks[i]);
    }
    if (status == LACUNA_OK && after != NULL) {
        status = after(c);
    }
    if (status == LACUNA_OK) {
        status = finish(c);
    }
    free(c->statements.findings);
    lac_buf_free(&c->room);
    return status;
}

lacuna_status lac_compose(lac_composed *out, lac_arena *arena, lac_plan *plan,
                          const lac_plan_step *step, const lac_material *material,
                          const lac_draft_answer *answer, lacuna_error *err)
{
    lac_plain text;
    composing c = {.out = out,
                   .arena = arena,
                   .plan = plan,
                   .step = step,
                   .material = material,
                   .text = &text,
                   .statements = {.answer = answer},
                   .err = err};
    *out = (lac_composed){.block_count = 0};
    lacuna_status status = lac_plain_make(&text, answer, err);
    if (status == LACUNA_OK) {
        status = compose(&c, add_form, add_missing_facts);
        lac_plain_free(&text);
    }
    return status;
}

/* ---- a person's text ------------------------------------------------------------------------ */

/* Without the references that drafts carry: "[source: csr.docx, 9.4, line 120]". */
static lacuna_status without_references(char **out, lac_arena *arena, lac_span text)
{
    static const char mark[] = "[source:";
    char *copy = lac_arena_copy(arena, text);
    for (size_t at = 0; copy != NULL && at + sizeof mark - 1 <= text.len; at++) {
        const char *close = memcmp(copy + at, mark, sizeof mark - 1) == 0
                                ? memchr(copy + at, ']', text.len - at)
                                : NULL;
        if (close != NULL) {
            memset(copy + at, ' ', (size_t)(close - (copy + at)) + 1);
        }
    }
    *out = copy;
    return copy == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status list_failures(lac_statements *s, lac_span text)
{
    char *plain;
    lac_ground_report report = {.count = 0};
    lacuna_status status = without_references(&plain, s->arena, text);
    if (status != LACUNA_OK) {
        return lac_fail_nomem(s->err);
    }
    const lac_ground_draft draft = {.text = lac_span_make(plain, text.len), .everything = true};
    status = lac_ground_check(&report, s->arena, s->material->ground, &draft, s->err);
    for (uint32_t i = 0; status == LACUNA_OK && i < report.count; i++) {
        const lac_ground_finding *finding = &report.items[i];
        if (finding->grounding == LAC_GROUNDED) {
            s->supported++;
            continue;
        }
        status = lac_statements_fail(
            s, finding->what, finding->reason, finding->message,
            lac_span_make(plain + finding->start, (size_t)finding->end - finding->start));
    }
    return status;
}

/* The text of a block as it is verified: white space as one space, cells parted by TAB and LF. */
static lacuna_status block_text(lac_plain *out, const lac_plain *from,
                                const lac_markdown_block *block)
{
    return block->kind == LAC_DRAFT_TABLE
               ? write_cells(out, from, block)
               : lac_plain_append(out, from, block->range.start, block->range.end);
}

static lacuna_status keep_edited(composing *c, const lac_markdown_block *block, lac_span text)
{
    if (block->kind == LAC_DRAFT_TABLE) {
        return keep_table(c, block, text);
    }
    if (block->kind != LAC_DRAFT_HEADING) {
        return keep_text(c, block->kind, text);
    }
    if (lac_span_equal_nocase(text, lac_span_of(c->step->gap->item->title))) {
        return LACUNA_OK; /* it is there already, or comes with the gap */
    }
    lac_draft_block heading = {.kind = LAC_DRAFT_HEADING, .level = level_of(c, block->level)};
    return keep_block(c, heading, text);
}

static lacuna_status add_edited(composing *c, const lac_markdown_block *block)
{
    lac_plain text;
    lac_plain_init(&text);
    lacuna_status status = block_text(&text, c->text, block);
    status = status == LACUNA_OK ? list_failures(&c->statements, lac_buf_span(&text.text))
                                 : lac_fail_nomem(c->err);
    status = status == LACUNA_OK ? keep_edited(c, block, lac_buf_span(&text.text)) : status;
    lac_plain_free(&text);
    return status;
}

/* As one part of an answer, byte by byte: a person's text is not changed. */
static lacuna_status plain_of(lac_plain *out, lac_span text, lacuna_error *err)
{
    const char *nul = memchr(text.ptr == NULL ? "" : text.ptr, '\0', text.len);
    lac_plain_init(out);
    if (nul != NULL) {
        return lac_fail(err, LACUNA_E_FORMAT, "the text holds a NUL byte");
    }
    lacuna_status status = text.len == 0 ? LACUNA_OK : lac_plain_put(out, text.ptr, 0);
    if (status != LACUNA_OK) {
        lac_plain_free(out);
        return lac_fail(err, status, "the text is too long");
    }
    return LACUNA_OK;
}

lacuna_status lac_compose_edited(lac_composed *out, lac_arena *arena, lac_plan *plan,
                                 const lac_plan_step *step, const lac_material *material,
                                 lac_span text, lacuna_error *err)
{
    lac_plain plain;
    composing c = {.out = out,
                   .arena = arena,
                   .plan = plan,
                   .step = step,
                   .material = material,
                   .text = &plain,
                   .err = err};
    *out = (lac_composed){.block_count = 0};
    const char *copy = lac_arena_copy(arena, text);
    lacuna_status status = copy == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = plain_of(&plain, lac_span_make(copy, text.len), err);
    }
    if (status == LACUNA_OK) {
        status = compose(&c, add_edited, NULL);
        lac_plain_free(&plain);
    }
    return status;
}

lacuna_status lac_edited_failures(lac_statements *s, lac_span text)
{
    lac_plain plain;
    lac_markdown forms = {.count = 0};
    const char *copy = lac_arena_copy(s->arena, text);
    lacuna_status status = copy == NULL ? lac_fail_nomem(s->err)
                                        : plain_of(&plain, lac_span_make(copy, text.len), s->err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_markdown_read(&forms, s->arena, lac_buf_span(&plain.text), s->err);
    for (uint32_t i = 0; i < forms.count && status == LACUNA_OK; i++) {
        lac_plain block;
        lac_plain_init(&block);
        status = block_text(&block, &plain, &forms.blocks[i]);
        status = status == LACUNA_OK ? list_failures(s, lac_buf_span(&block.text))
                                     : lac_fail_nomem(s->err);
        lac_plain_free(&block);
    }
    lac_plain_free(&plain);
    return status;
}
