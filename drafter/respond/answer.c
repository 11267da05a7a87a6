#include "drafter/respond/answer.h"

#include "drafter/respond/sources.h"
#include "support/error.h"

#include <stdlib.h>

enum { TEXT_MAX = 1 << 24, TABLE_CELLS_MAX = 4096 };

/* "[protocol.docx §6.7]" */
static lacuna_status write_citation(lac_buf *text, const lac_filed_set *filed,
                                    const lac_response_source *source, uint32_t section)
{
    const lac_document *document = filed->documents[source->document].document;
    lac_span name = lac_response_document_name(filed, source->document);
    lac_span number = document->sections[section].number;
    while (section != 0 && number.len == 0) { /* the next section above that has one */
        section = document->sections[section].parent;
        number = document->sections[section].number;
    }
    while (number.len > 0 && number.ptr[number.len - 1] == '.') {
        number.len--;
    }
    return lac_buf_printf(text, "[%.*s \xC2\xA7%.*s]", (int)name.len, name.ptr, (int)number.len,
                          number.len == 0 ? "" : number.ptr);
}

static void add_paragraph(lac_blocks *detail, const lac_filed_set *filed,
                          const lac_response_source *source, const lac_response_passage *passage)
{
    lac_buf text;
    lac_buf_init(&text, TEXT_MAX);
    lacuna_status status = lac_buf_append_span(&text, lac_span_trim(passage->text));
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&text, ' ');
    }
    if (status == LACUNA_OK) {
        status = write_citation(&text, filed, source, passage->section);
    }
    if (status != LACUNA_OK) {
        detail->status = LACUNA_E_NOMEM;
    }
    lac_blocks_add(detail, LAC_DRAFT_PARAGRAPH, lac_buf_span(&text));
    lac_buf_free(&text);
}

/* Cells of a source's table; paragraphs of one cell are parted by a line break. */
static void fill_cells(lac_blocks *detail, lac_span *cells, const lac_document *document,
                       const lac_table *table)
{
    for (uint32_t b = table->first_block; b < table->end_block; b++) {
        const lac_block *block = &document->blocks[b];
        if (block->row >= table->rows || block->column >= table->columns) {
            continue;
        }
        lac_span *cell = &cells[(size_t)block->row * table->columns + block->column];
        lac_span own = lac_block_text(document, block);
        if (cell->len == 0) {
            *cell = own;
            continue;
        }
        lac_buf joined;
        lac_buf_init(&joined, TEXT_MAX);
        if (lac_buf_printf(&joined, "%.*s\n%.*s", (int)cell->len, cell->ptr, (int)own.len,
                           own.ptr) != LACUNA_OK) {
            detail->status = LACUNA_E_NOMEM;
        }
        *cell = lac_blocks_keep(detail, lac_buf_span(&joined));
        lac_buf_free(&joined);
    }
}

/* A table as a table, and where it stands behind it. One that is too large is only named. */
static void add_table(lac_blocks *detail, const lac_filed_set *filed,
                      const lac_response_source *source, const lac_response_passage *passage)
{
    const lac_document *document = filed->documents[source->document].document;
    const lac_table *table = &document->tables[passage->table];
    size_t count = (size_t)table->rows * table->columns;
    bool small = count > 0 && count <= TABLE_CELLS_MAX;
    lac_span *cells = small ? calloc(count, sizeof *cells) : NULL;
    lac_buf text;
    lac_buf_init(&text, TEXT_MAX);
    if (cells != NULL) {
        fill_cells(detail, cells, document, table);
        for (size_t i = 0; i < count; i++) {
            cells[i] = lac_blocks_keep(detail, cells[i]);
        }
        lac_blocks_table(detail, table->rows, table->columns, cells);
    }
    if ((small && cells == NULL) ||
        lac_buf_append_text(&text, small ? "The table stands in " : "See the table in ") !=
            LACUNA_OK ||
        write_citation(&text, filed, source, passage->section) != LACUNA_OK) {
        detail->status = LACUNA_E_NOMEM;
    }
    lac_blocks_add(detail, LAC_DRAFT_PARAGRAPH, lac_buf_span(&text));
    lac_buf_free(&text);
    free(cells);
}

typedef struct taken {
    const char *items[LAC_RESPONSE_SOURCES_MAX * LAC_RESPONSE_PASSAGES_MAX]; /* their first bytes */
    uint32_t count;
} taken;

/* A table is a source of its own, and part of its section. */
static bool take_once(taken *list, const char *at)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i] == at) {
            return false;
        }
    }
    list->items[list->count++] = at;
    return true;
}

static lacuna_status add_passages(lac_blocks *detail, const lac_response_plan *plan,
                                  const lac_response_step *step, lacuna_error *err)
{
    taken list = {.count = 0};
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < step->source_count && status == LACUNA_OK; i++) {
        lac_response_passage passages[LAC_RESPONSE_PASSAGES_MAX];
        uint32_t count;
        const lac_response_source *source = &step->sources[i];
        status = lac_response_passages(passages, &count, plan->filed, source, step->query, err);
        for (uint32_t p = 0; p < count && status == LACUNA_OK; p++) {
            if (!take_once(&list, passages[p].text.ptr)) {
                continue;
            }
            if (passages[p].table == LAC_NONE) {
                add_paragraph(detail, plan->filed, source, &passages[p]);
            } else {
                add_table(detail, plan->filed, source, &passages[p]);
            }
        }
    }
    return status;
}

lacuna_status lac_response_answer(lac_blocks *brief, lac_blocks *detail,
                                  const lac_response_plan *plan, const lac_response_step *step,
                                  lacuna_error *err)
{
    if (step->short_answer[0] == '\0') {
        lac_blocks_need(brief, "the short answer");
    } else {
        lac_blocks_lines(brief, step->short_answer);
    }
    lac_blocks_lines(detail, step->detail);
    lacuna_status status = add_passages(detail, plan, step, err);
    if (status == LACUNA_OK && detail->count == 0 && detail->status == LACUNA_OK) {
        lac_blocks_need(detail, "what the answer rests on: no source speaks of it");
    }
    return status != LACUNA_OK                                         ? status
           : brief->status == LACUNA_OK && detail->status == LACUNA_OK ? LACUNA_OK
                                                                       : lac_fail_nomem(err);
}
