#include "writers/letter.h"

#include "writers/json/emit.h"

static void write_range(lac_json *json, const char *key, const lac_letter_range *range)
{
    lac_json_object(json, key);
    lac_json_uint(json, "end", range->end);
    if (range->end_page > 0) {
        lac_json_uint(json, "end_page", range->end_page);
        lac_json_uint(json, "page", range->page);
    }
    lac_json_uint(json, "start", range->start);
    lac_json_object_end(json);
}

static void write_approvability(lac_json *json, lac_approvability approvability)
{
    if (approvability == LAC_APPROVABILITY_UNKNOWN) {
        lac_json_null(json, "approvability");
    } else {
        lac_json_bool(json, "approvability", approvability == LAC_APPROVABILITY_YES);
    }
}

static void write_blocks(lac_json *json, const char *key, const lac_letter_block *blocks,
                         uint32_t count)
{
    lac_json_array(json, key);
    for (uint32_t i = 0; i < count; i++) {
        const lac_letter_block *block = &blocks[i];
        lac_json_object(json, NULL);
        write_range(json, "anchor", &block->range);
        lac_json_uint(json, "end_line", block->range.last);
        lac_json_text(json, "kind", block->kind);
        lac_json_uint(json, "letter", block->letter);
        if (block->marker[0] != '\0') {
            lac_json_text(json, "printed_marker", block->marker);
        }
        lac_json_uint(json, "start_line", block->range.first);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_due(lac_json *json, const char *key, const lac_letter_due *due)
{
    if (due == NULL) {
        lac_json_null(json, key);
        return;
    }
    lac_json_object(json, key);
    lac_json_text(json, "citation", due->citation);
    lac_json_text(json, "computed", due->date[0] == '\0' ? NULL : due->date);
    lac_json_text(json, "meaning", due->meaning);
    lac_json_text(json, "text", due->text);
    lac_json_text(json, "who", due->who);
    lac_json_object_end(json);
}

static void write_duties(lac_json *json, const lac_letter_head *head)
{
    lac_json_array(json, "duties");
    for (uint32_t i = 0; i < head->duty_count; i++) {
        const lac_letter_duty *duty = &head->duties[i];
        lac_json_object(json, NULL);
        lac_json_text(json, "citation", duty->citation);
        if (duty->range.first > 0) {
            lac_json_uint(json, "end_line", duty->range.last);
        }
        lac_json_text(json, "id", duty->id);
        if (duty->range.first > 0) {
            lac_json_uint(json, "start_line", duty->range.first);
        }
        lac_json_text(json, "text", duty->text);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_letters(lac_json *json, const lac_letter *letter)
{
    lac_json_array(json, "letters");
    for (uint32_t i = 0; i < letter->letter_count; i++) {
        const lac_letter_head *head = &letter->letters[i];
        lac_json_object(json, NULL);
        lac_json_texts(json, "applications", head->applications, head->application_count);
        lac_json_array(json, "clocks");
        for (uint32_t c = 0; c < head->clock_count; c++) {
            write_due(json, NULL, &head->clocks[c]);
        }
        lac_json_array_end(json);
        write_duties(json, head);
        lac_json_uint(json, "end_line", head->range.last);
        lac_json_text(json, "kind", head->kind);
        lac_json_text(json, "letter_date", head->date[0] == '\0' ? NULL : head->date);
        write_due(json, "response_due", lac_letter_response_due(head));
        lac_json_uint(json, "start_line", head->range.first);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_query(lac_json *json, const lac_letter_report *report, uint32_t index)
{
    const lac_letter_query *query = &report->letter->queries[index];
    lac_json_object(json, NULL);
    write_range(json, "anchor", &query->range);
    write_approvability(json, query->approvability);
    lac_json_array(json, "cites");
    for (uint32_t i = 0; i < query->cite_count; i++) {
        lac_json_text(json, NULL, query->cites[i].text);
    }
    lac_json_array_end(json);
    lac_json_text(json, "discipline", query->discipline);
    lac_json_uint(json, "end_line", query->range.last);
    lac_json_text(json, "heading", query->heading);
    lac_json_text(json, "id", query->id);
    lac_json_uint(json, "letter", query->letter);
    lac_json_text(json, "printed_marker", query->marker[0] == '\0' ? NULL : query->marker);
    lac_json_text(json, "redacted", query->redacted[0] == '\0' ? NULL : query->redacted);
    lac_json_resolved(json, report, index);
    lac_json_uint(json, "start_line", query->range.first);
    lac_json_text(json, "text", query->text);
    lac_json_bool(json, "truncated", query->truncated);
    lac_json_text(json, "type", query->type);
    lac_json_object_end(json);
}

static void write_pages(lac_json *json, const lac_letter *letter)
{
    lac_json_uint(json, "pages", letter->text->page_count);
    lac_json_array(json, "pages_without_text");
    for (uint32_t i = 0; i < letter->empty_page_count; i++) {
        lac_json_uint(json, NULL, letter->empty_pages[i]);
    }
    lac_json_array_end(json);
}

lacuna_status lac_json_letter(const lac_letter_report *report, lacuna_write_fn write, void *user,
                              lacuna_error *err)
{
    const lac_letter *letter = report->letter;
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_text(&json, "as_of", report->as_of);
    write_blocks(&json, "boilerplate", letter->blocks, letter->block_count);
    lac_json_text(&json, "document", report->path);
    lac_json_bool(&json, "incomplete", letter->incomplete);
    write_blocks(&json, "lead_ins", letter->lead_ins, letter->lead_in_count);
    write_letters(&json, letter);
    lac_json_texts(&json, "notes", letter->notes, letter->note_count);
    write_pages(&json, letter);
    lac_json_array(&json, "queries");
    for (uint32_t i = 0; i < letter->query_count; i++) {
        write_query(&json, report, i);
    }
    lac_json_array_end(&json);
    lac_json_text(&json, "rules", letter->rules);
    lac_json_text(&json, "schema", "lacuna.letter/1");
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}
