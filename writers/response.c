#include "writers/response.h"

/* ---- Markdown ------------------------------------------------------------------------------- */

/* What would be markup is text: the question has to stay what it is. */
static void write_text(lac_output *output, lac_span text, bool cell)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool first = i == 0 || text.ptr[i - 1] == '\n';
        if (c == '\n') {
            lac_output_text(output, cell ? "<br>" : "\\\n");
            continue;
        }
        if (c == '\t') {
            c = ' ';
        }
        if (strchr("\\`*_<|", c) != NULL || (first && strchr("#+-", c) != NULL)) {
            lac_output_char(output, '\\');
        }
        lac_output_char(output, c);
    }
}

static void write_table(lac_output *output, const lac_draft_block *block)
{
    for (uint32_t r = 0; r < block->rows; r++) {
        for (uint32_t c = 0; c < block->columns; c++) {
            lac_output_text(output, c == 0 ? "| " : " | ");
            write_text(output, block->cells[(size_t)r * block->columns + c], true);
        }
        lac_output_text(output, " |\n");
        for (uint32_t c = 0; c < block->columns && r == 0; c++) {
            lac_output_text(output, c == 0 ? "|---|" : "---|");
        }
        lac_output_text(output, r == 0 ? "\n" : "");
    }
    lac_output_char(output, '\n');
}

static void write_block(lac_output *output, const lac_draft_block *block)
{
    if (block->kind == LAC_DRAFT_TABLE) {
        write_table(output, block);
        return;
    }
    for (uint8_t i = 0; block->kind == LAC_DRAFT_HEADING && i < block->level; i++) {
        lac_output_char(output, '#');
    }
    lac_output_text(output, block->kind == LAC_DRAFT_HEADING  ? " "
                            : block->kind == LAC_DRAFT_BULLET ? "- "
                                                              : "");
    write_text(output, block->text, false);
    lac_output_text(output, "\n\n");
}

static void write_part(lac_output *output, const lac_response_part *part)
{
    for (uint32_t i = 0; i < part->count; i++) {
        write_block(output, &part->items[i]);
    }
}

static void write_placement(lac_output *output, const char *what, const lac_letter_rule *rule)
{
    const char *const words[] = {"- ",       what, ": ",           rule->value, " ",
                                 rule->text, " [", rule->citation, "]\n"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        lac_output_text(output, words[i]);
    }
}

lacuna_status lac_markdown_response(const lac_response_report *report, lacuna_write_fn write,
                                    void *user, lacuna_error *err)
{
    lac_output output;
    lac_output_init(&output, write, user);
    write_part(&output, &report->response->title);
    write_part(&output, &report->response->responses);
    lac_output_text(&output, "# Suggested placement in module 1\n\n");
    write_placement(&output, "Response", report->response->placement);
    write_placement(&output, "Cover letter", report->response->cover_placement);
    lac_output_text(&output, "- Changed documents: at their own headings in modules 2 to 5, as the "
                             "operation of each answer says\n");
    return lac_output_finish(&output, err);
}
