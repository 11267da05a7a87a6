#include "writers/text/checklist_markdown.h"

#include "writers/output.h"

/* Text inside a cell: what Markdown or HTML would take for markup is escaped. */
static void write_cell(lac_output *output, const char *text)
{
    for (const char *c = text == NULL ? "" : text; *c != '\0'; c++) {
        if (*c == '\n' || *c == '\r') {
            lac_output_char(output, ' ');
        } else if (*c == '<') {
            lac_output_text(output, "&lt;");
        } else {
            lac_output_text(output, strchr("|\\*`[]", *c) == NULL ? "" : "\\");
            lac_output_char(output, *c);
        }
    }
}

static void write_line(lac_output *output, const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        lac_output_text(output, "- ");
        lac_output_text(output, label);
        lac_output_text(output, ": ");
        write_cell(output, text);
        lac_output_char(output, '\n');
    }
}

static void write_names(lac_output *output, const char *label, const char *const *names,
                        uint32_t count)
{
    lac_output_text(output, count == 0 ? "" : label);
    for (uint32_t i = 0; i < count; i++) {
        lac_output_text(output, i == 0 ? "" : ", ");
        lac_output_char(output, '`');
        lac_output_text(output, names[i]);
        lac_output_char(output, '`');
    }
    lac_output_text(output, count == 0 ? "" : "\n");
}

static void write_head(lac_output *output, const lac_checklist *list)
{
    lac_output_text(output, "# ");
    write_cell(output, list->title);
    lac_output_text(output, "\n\n`");
    lac_output_text(output, list->id);
    lac_output_text(output, "`, version ");
    write_cell(output, list->version);
    lac_output_text(output, ". This page is made from the checklist; what is true is there.\n\n");
    write_line(output, "asked by", list->authority_name);
    write_line(output, "guidance", list->guidance_version);
    write_line(output, "status", list->guidance_status);
    write_line(output, "effective", list->effective);
    write_line(output, "supersedes", list->supersedes);
    write_line(output, "superseded by", list->superseded_by);
    write_line(output, "note", list->note);
    write_names(output, "- documents: ", list->document_types, list->document_type_count);
}

static void write_item(lac_output *output, const lac_item *item)
{
    bool container = item->strength == LAC_STRENGTH_STRUCTURAL;
    lac_output_text(output, "| `");
    lac_output_text(output, item->id);
    lac_output_text(output, "` | ");
    lac_output_text(output, container ? "**" : "");
    write_cell(output, item->section);
    lac_output_text(output, item->section[0] == '\0' ? "" : " ");
    write_cell(output, item->title);
    lac_output_text(output, container ? "** | " : " | ");
    write_cell(output, item->requirement);
    lac_output_text(output, " | ");
    write_cell(output, item->citation);
    lac_output_text(output, " | ");
    lac_output_text(output, lac_confidence_name(item->confidence));
    lac_output_text(output, " | ");
    write_cell(output, container ? "" : lac_strength_name(item->strength));
    lac_output_text(output, " | ");
    write_cell(output, item->condition.kind == LAC_CONDITION_NONE ? "" : item->condition.text);
    lac_output_text(output, " |\n");
}

lacuna_status lac_markdown_checklist(const lac_checklist *checklist, lacuna_write_fn write,
                                     void *user, lacuna_error *err)
{
    lac_output output;
    lac_output_init(&output, write, user);
    write_head(&output, checklist);
    lac_output_text(&output, "\n| id | item | what is asked | citation | source read | strength | "
                             "only where |\n|---|---|---|---|---|---|---|\n");
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        write_item(&output, &checklist->items[i]);
    }
    return lac_output_finish(&output, err);
}
