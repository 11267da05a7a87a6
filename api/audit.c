#include "drafter/audit.h"

#include "api/audit_key.h"
#include "api/options.h"
#include "support/error.h"
#include "writers/audit_log.h"

typedef enum form { FORM_NONE, FORM_TEXT, FORM_JSON, FORM_CSV } form;

typedef struct showing {
    lac_output output;
    form form;
    bool any;
} showing;

static const char *caveat_of(bool keyed, bool expected)
{
    if (keyed && expected) {
        return "";
    }
    if (keyed) {
        return "Entries cut off at the end leave no trace in the log itself: give a head hash that "
               "a report printed (--head).";
    }
    return expected
               ? "Without a key, somebody who can write the file could have made it anew as a "
                 "whole "
                 "and the report with it: a key kept elsewhere (--audit-key-file) shows that."
               : "Without a key and a head hash, neither entries cut off at the end show nor a "
                 "file "
                 "that was made anew as a whole: give a head hash that a report printed (--head), "
                 "and use --audit-key-file.";
}

static void fill(lacuna_audit_report *out, const lac_audit_report *report, bool keyed,
                 bool expected)
{
    *out = (lacuna_audit_report){.fault = (int32_t)report->fault,
                                 .line = report->line,
                                 .entries = report->entries,
                                 .torn = report->torn,
                                 .meaning = lac_audit_fault_text(report->fault),
                                 .caveat = caveat_of(keyed, expected)};
    memcpy(out->head, report->entries == 0 ? "" : report->head,
           report->entries == 0 ? 1 : sizeof out->head);
}

static lacuna_status show_entry(void *user, const json_t *entry, lacuna_error *err)
{
    showing *s = user;
    bool first = !s->any;
    s->any = true;
    switch (s->form) {
    case FORM_TEXT:
        lac_audit_text(&s->output, entry);
        break;
    case FORM_CSV:
        lac_audit_csv(&s->output, entry);
        break;
    case FORM_JSON:
        return lac_audit_json(&s->output, entry, first, err);
    case FORM_NONE:
        break;
    }
    return LACUNA_OK;
}

static lacuna_status form_of(form *out, const char *format, lacuna_error *err)
{
    *out = strcmp(format, "text") == 0   ? FORM_TEXT
           : strcmp(format, "json") == 0 ? FORM_JSON
           : strcmp(format, "csv") == 0  ? FORM_CSV
                                         : FORM_NONE;
    return *out == FORM_NONE
               ? lac_fail(err, LACUNA_E_ARGUMENT, "\"%.40s\" is not one of text, json, csv", format)
               : LACUNA_OK;
}

static void begin(showing *s)
{
    if (s->form == FORM_JSON) {
        lac_output_text(&s->output, "{\n  \"schema\": \"lacuna.audit/1\",\n  \"entries\": [");
    } else if (s->form == FORM_CSV) {
        lac_audit_csv_head(&s->output);
    }
}

static void end(showing *s, const lac_audit_report *report)
{
    if (s->form == FORM_JSON) {
        lac_output_text(&s->output, s->any ? "\n  ],\n  \"sound\": " : "],\n  \"sound\": ");
        lac_output_text(&s->output, report->fault == LAC_AUDIT_SOUND ? "true" : "false");
        lac_output_text(&s->output, ",\n  \"fault_line\": ");
        lac_output_uint(&s->output, report->line);
        lac_output_text(&s->output, ",\n  \"meaning\": \"");
        lac_output_text(&s->output, lac_audit_fault_text(report->fault));
        lac_output_text(&s->output, "\",\n  \"head\": \"");
        lac_output_text(&s->output, report->entries == 0 ? "" : report->head);
        lac_output_text(&s->output, "\"\n}\n");
    }
}

lacuna_status lacuna_audit_verify(lacuna_audit_report *report, const char *path, const char *head,
                                  const lacuna_options *options, lacuna_error *err)
{
    lac_buf key;
    lac_audit_report found;
    *report = (lacuna_audit_report){.meaning = "", .caveat = ""};
    lacuna_status status =
        lac_audit_key_read(&key, options == NULL ? NULL : options->audit_key_file, err);
    if (status == LACUNA_OK) {
        status = lac_audit_verify(&found, path, lac_buf_span(&key), head, err);
    }
    if (status == LACUNA_OK) {
        fill(report, &found, key.len > 0, head != NULL);
    }
    lac_audit_key_free(&key);
    return status;
}

lacuna_status lacuna_audit_show(lacuna_audit_report *report, const char *path, const char *format,
                                const lacuna_options *options, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    lac_buf key;
    showing s = {.form = FORM_NONE};
    lac_audit_report found;
    *report = (lacuna_audit_report){.meaning = "", .caveat = ""};
    lacuna_status status =
        lac_audit_key_read(&key, options == NULL ? NULL : options->audit_key_file, err);
    if (status == LACUNA_OK) {
        status = form_of(&s.form, format, err);
    }
    if (status == LACUNA_OK) {
        lac_output_init(&s.output, write, user);
        begin(&s);
        status = lac_audit_read(&found, path, lac_buf_span(&key), NULL, show_entry, &s, err);
    }
    if (status == LACUNA_OK) {
        end(&s, &found);
        fill(report, &found, key.len > 0, false);
        status = lac_output_finish(&s.output, err);
    }
    lac_audit_key_free(&key);
    return status;
}
