#include "writers/audit_log.h"

#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

enum { NUMBER_ROOM = 40 };

/* In the order of the columns; all but the first four only where an entry has them. */
static const char *const COLUMNS[] = {
    "seq",
    "time",
    "actor",
    "action",
    "purpose",
    "checklist",
    "item",
    "provider",
    "model_asked",
    "model_used",
    "request_id",
    "stop",
    "vote",
    "verified_quotes",
    "outcome",
    "verified_claims",
    "failed_statements",
    "data_needed",
    "decision",
    "by",
    "reason",
    "failure",
    "identifiers",
    "pseudonyms",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "cost",
    "retries",
    "prompt",
    "prompt_sha256",
    "checklist_sha256",
    "part_sha256",
    "request_sha256",
    "response_sha256",
    "draft_sha256",
    "text_sha256",
    "prev",
    "hash",
    "mac",
};

enum { COLUMN_COUNT = sizeof COLUMNS / sizeof COLUMNS[0], TEXT_COLUMNS = 25, FIXED_COLUMNS = 4 };

/* Borrowed from the entry, or written into `room`. */
static const char *value_of(const json_t *entry, const char *key, char room[NUMBER_ROOM])
{
    const json_t *value = json_object_get(entry, key);
    if (json_is_string(value)) {
        return json_string_value(value);
    }
    room[0] = '\0';
    if (json_is_integer(value)) {
        (void)snprintf(room, NUMBER_ROOM, "%lld", (long long)json_integer_value(value));
    } else if (json_is_real(value)) {
        (void)snprintf(room, NUMBER_ROOM, "%.6f", json_real_value(value));
    } else if (json_is_boolean(value)) {
        return json_is_true(value) ? "yes" : "no";
    }
    return room;
}

void lac_audit_text(lac_output *output, const json_t *entry)
{
    char room[NUMBER_ROOM];
    for (size_t i = 0; i < TEXT_COLUMNS; i++) {
        const char *value = value_of(entry, COLUMNS[i], room);
        if (i >= FIXED_COLUMNS && value[0] == '\0') {
            continue;
        }
        lac_output_text(output, i == 0 ? "" : "  ");
        if (i >= FIXED_COLUMNS) {
            lac_output_text(output, COLUMNS[i]);
            lac_output_char(output, '=');
        }
        lac_output_text(output, value);
    }
    lac_output_char(output, '\n');
}

/* RFC 4180; a spreadsheet takes a cell that begins with = + - @ for a formula. */
static void write_cell(lac_output *output, const char *text, bool last)
{
    lac_output_char(output, '"');
    if (text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL) {
        lac_output_char(output, '\'');
    }
    for (const char *at = text; *at != '\0'; at++) {
        lac_output_text(output, *at == '"' ? "\"" : "");
        lac_output_char(output, *at);
    }
    lac_output_text(output, last ? "\"\r\n" : "\",");
}

void lac_audit_csv_head(lac_output *output)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        write_cell(output, COLUMNS[i], i + 1 == COLUMN_COUNT);
    }
}

void lac_audit_csv(lac_output *output, const json_t *entry)
{
    char room[NUMBER_ROOM];
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        write_cell(output, value_of(entry, COLUMNS[i], room), i + 1 == COLUMN_COUNT);
    }
}

lacuna_status lac_audit_json(lac_output *output, const json_t *entry, bool first, lacuna_error *err)
{
    char *text = json_dumps(entry, JSON_COMPACT);
    if (text == NULL) {
        return lac_fail_nomem(err);
    }
    lac_output_text(output, first ? "\n    " : ",\n    ");
    lac_output_text(output, text);
    free(text);
    return LACUNA_OK;
}
