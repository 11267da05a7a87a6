#include "writers/submission_diff.h"

#include "writers/anchor.h"
#include "writers/json/emit.h"

static void write_state(lac_json *json, const char *key, const lac_submission_diff *d, int side)
{
    const lac_submission *s = d->diff->side[side];
    lac_json_object(json, key);
    lac_json_bool(json, "incomplete",
                  s->incomplete || d->states[side].report->verdict == LACUNA_INCOMPLETE);
    lac_json_uint(json, "leaves", d->diff->current[side]);
    lac_json_text(json, "path", d->states[side].path);
    lac_json_array(json, "sequences");
    for (uint32_t i = 0; i < s->sequence_count; i++) {
        lac_json_object(json, NULL);
        lac_json_text(json, "application", s->applications[s->sequences[i].application].id);
        lac_json_text(json, "folder", s->sequences[i].folder);
        lac_json_text(json, "id", s->sequences[i].name);
        lac_json_text(json, "number", s->sequences[i].number);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
    lac_json_text(json, "until", d->states[side].until);
    lac_json_object_end(json);
}

static void write_counts(lac_json *json, const lac_submission_diff *d)
{
    const lac_diff *diff = d->diff;
    lac_json_object(json, "counts");
    lac_json_uint(json, "added", diff->counts[LAC_CHANGE_ADDED]);
    lac_json_uint(json, "appended", diff->counts[LAC_CHANGE_APPENDED]);
    lac_json_uint(json, "moved", diff->counts[LAC_CHANGE_MOVED]);
    lac_json_object(json, "not_supplied");
    lac_json_uint(json, "from", diff->not_supplied[LAC_DIFF_FROM]);
    lac_json_uint(json, "to", diff->not_supplied[LAC_DIFF_TO]);
    lac_json_object_end(json);
    lac_json_uint(json, "removed", diff->counts[LAC_CHANGE_REMOVED]);
    lac_json_uint(json, "renamed", diff->counts[LAC_CHANGE_RENAMED]);
    lac_json_uint(json, "replaced", diff->counts[LAC_CHANGE_REPLACED]);
    lac_json_uint(json, "unchanged", diff->unchanged);
    lac_json_uint(json, "unresolvable", diff->counts[LAC_CHANGE_UNRESOLVABLE]);
    lac_json_object_end(json);
}

/* One side of a change. */
static void write_leaf(lac_json *json, const char *key, lac_submission_diff *d, int side,
                       uint32_t index)
{
    if (index == LAC_NONE) {
        lac_json_null(json, key);
        return;
    }
    const lac_submission *s = d->diff->side[side];
    const lac_placement *p = &s->placements[index];
    lac_leaf_place place = lac_place_placement(&d->places[side], index);
    lac_json_object(json, key);
    lac_json_text(json, "file", place.file[0] == '\0' ? NULL : place.file);
    lac_json_text(json, "heading", place.heading);
    lac_json_texts(json, "heading_path", place.heading_path, place.heading_count);
    lac_json_text(json, "id", place.id);
    lac_json_text(json, "operation", lac_operation_name(p->operation));
    lac_json_text(json, "sequence", place.sequence);
    lac_json_text(json, "title", place.title);
    lac_json_object_end(json);
}

static void write_change(lac_json *json, lac_submission_diff *d, const lac_change *change)
{
    bool both = change->leaf[LAC_DIFF_FROM] != LAC_NONE && change->leaf[LAC_DIFF_TO] != LAC_NONE;
    lac_json_object(json, NULL);
    lac_json_text(json, "application", d->diff->applications[change->application].id);
    lac_json_text(json, "change", lac_change_name(change->kind));
    lac_json_text(json, "content", both ? lac_content_name(change->content) : NULL);
    write_leaf(json, "ended_by", d, LAC_DIFF_TO, change->ended_by);
    write_leaf(json, "from", d, LAC_DIFF_FROM, change->leaf[LAC_DIFF_FROM]);
    lac_json_bool(json, "heading_changed", change->heading);
    lac_json_text(json, "matched_by", lac_pairing_name(change->match));
    lac_json_bool(json, "title_changed", change->title);
    write_leaf(json, "to", d, LAC_DIFF_TO, change->leaf[LAC_DIFF_TO]);
    lac_json_object_end(json);
}

static void write_finding(lac_json *json, const lac_report *report, uint32_t index)
{
    const lac_report_finding *f = &report->findings[index];
    const lac_report_document *document = &report->documents[f->document];
    lac_json_object(json, NULL);
    lac_json_array(json, "anchors");
    for (uint32_t i = 0; i < f->anchor_count; i++) {
        lac_json_anchor(json, NULL, document->path, document->document, &f->anchors[i]);
    }
    lac_json_array_end(json);
    lac_json_text(json, "checklist", f->checklist);
    lac_json_text(json, "fingerprint", f->fingerprint.hex);
    lac_json_text(json, "message", f->message);
    lac_json_text(json, "rule", f->rule);
    lac_json_text(json, "severity", lac_severity_name(f->severity));
    lac_json_object_end(json);
}

static void write_findings(lac_json *json, const lac_submission_diff *d)
{
    static const char *const names[] = {"fixed", "new"};
    lac_json_object(json, "findings");
    for (int side = 0; side < LAC_DIFF_SIDES; side++) {
        lac_json_array(json, names[side]);
        for (uint32_t i = 0; i < d->finding_count[side]; i++) {
            write_finding(json, d->states[side].report, d->findings[side][i]);
        }
        lac_json_array_end(json);
    }
    lac_json_uint(json, "unchanged", d->unchanged_findings);
    lac_json_object_end(json);
}

lacuna_status lac_json_submission_diff(lac_submission_diff *diff, lacuna_write_fn write, void *user,
                                       lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_text(&json, "as_of", diff->states[LAC_DIFF_TO].report->as_of);
    write_counts(&json, diff);
    write_findings(&json, diff);
    write_state(&json, "from", diff, LAC_DIFF_FROM);
    lac_json_bool(&json, "incomplete", lac_submission_diff_incomplete(diff));
    lac_json_array(&json, "placements");
    for (uint32_t i = 0; i < diff->diff->count; i++) {
        write_change(&json, diff, &diff->diff->changes[i]);
    }
    lac_json_array_end(&json);
    lac_json_text(&json, "schema", "lacuna.diff/1");
    write_state(&json, "to", diff, LAC_DIFF_TO);
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}
