#include "writers/submission_diff.h"

#include "writers/output.h"

/* Text of the input on one line. */
static void write_plain(lac_output *output, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        lac_output_char(output, *at == '\n' || *at == '\r' || *at == '\t' ? ' ' : *at);
    }
}

static void write_field(lac_output *output, const char *before, const char *text)
{
    if (text[0] != '\0') {
        lac_output_text(output, before);
        write_plain(output, text);
    }
}

static void write_count(lac_output *output, uint64_t count, const char *before, const char *behind)
{
    lac_output_text(output, before);
    lac_output_uint(output, count);
    lac_output_text(output, behind);
}

static const char *name_of(const lac_sequence *sequence)
{
    return sequence->number[0] != '\0' ? sequence->number : sequence->name;
}

/* ---- the overview --------------------------------------------------------------------------- */

static void write_totals(lac_output *output, const lac_submission_diff *d)
{
    static const lac_change_kind order[] = {LAC_CHANGE_ADDED,    LAC_CHANGE_APPENDED,
                                            LAC_CHANGE_REPLACED, LAC_CHANGE_MOVED,
                                            LAC_CHANGE_RENAMED,  LAC_CHANGE_REMOVED};
    lac_output_text(output, "placements: ");
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (d->diff->counts[order[i]] > 0) {
            write_count(output, d->diff->counts[order[i]], "", " ");
            lac_output_text(output, lac_change_name(order[i]));
            lac_output_text(output, ", ");
        }
    }
    write_count(output, d->diff->unchanged, "", " unchanged\n");
    lac_output_text(output, "findings: ");
    write_count(output, d->finding_count[LAC_DIFF_TO], "", " new, ");
    write_count(output, d->finding_count[LAC_DIFF_FROM], "", " fixed, ");
    write_count(output, d->unchanged_findings, "", " unchanged\n");
}

static void write_unknown(lac_output *output, const lac_submission_diff *d)
{
    static const char *const sides[] = {"the first", "the second"};
    uint32_t unresolvable = d->diff->counts[LAC_CHANGE_UNRESOLVABLE];
    if (unresolvable > 0) {
        write_count(output, unresolvable, "not known: ",
                    " references to sequences that were not supplied, listed as unresolvable\n");
    }
    for (int side = 0; side < LAC_DIFF_SIDES; side++) {
        if (d->diff->not_supplied[side] > 0) {
            write_count(output, d->diff->not_supplied[side], "not known: ", " leaves of ");
            lac_output_text(output, sides[side]);
            lac_output_text(output, " state, of sequences that were not supplied for ");
            lac_output_text(output, sides[1 - side]);
            lac_output_char(output, '\n');
        }
    }
    if (lac_submission_diff_incomplete(d)) {
        lac_output_text(output, "INCOMPLETE: something was not read, see below\n");
    }
}

/* "ind900204 after 0001 -> ind900204 after 0003". */
static void write_state(lac_output *output, const lac_submission_diff *d, int side)
{
    write_plain(output, d->states[side].path);
    if (d->states[side].until != NULL) {
        write_field(output, " up to sequence ", d->states[side].until);
    }
    uint32_t sequences = d->diff->side[side]->sequence_count;
    write_count(output, sequences, " (", sequences == 1 ? " sequence, " : " sequences, ");
    write_count(output, d->diff->current[side], "", " current leaves)\n");
}

/* ---- placements ----------------------------------------------------------------------------- */

static lac_leaf_place place_of(lac_submission_diff *d, int side, uint32_t leaf)
{
    return leaf == LAC_NONE ? lac_place_none() : lac_place_placement(&d->places[side], leaf);
}

static void write_path(lac_output *output, const char *before, const lac_leaf_place *place)
{
    lac_output_text(output, before);
    for (uint32_t i = 0; i < place->heading_count; i++) {
        lac_output_text(output, i == 0 ? "" : " > ");
        write_plain(output, place->heading_path[i]);
    }
    lac_output_text(output, place->heading_count == 0 ? "no known heading\n" : "\n");
}

static void write_place(lac_output *output, const char *before, const lac_leaf_place *place,
                        const lac_submission *submission, uint32_t leaf)
{
    const lac_placement *p = &submission->placements[leaf];
    lac_output_text(output, before);
    write_plain(output, name_of(&submission->sequences[p->sequence]));
    write_field(output, " ", lac_operation_name(p->operation));
    write_field(output, ", leaf ", place->id);
    write_field(output, ", ", place->file);
    lac_output_char(output, '\n');
}

static void write_detail(lac_output *output, lac_submission_diff *d, const lac_change *change,
                         const lac_leaf_place *from, const lac_leaf_place *to)
{
    bool both = change->leaf[LAC_DIFF_FROM] != LAC_NONE && change->leaf[LAC_DIFF_TO] != LAC_NONE;
    if (change->leaf[LAC_DIFF_FROM] != LAC_NONE) {
        write_place(output, both ? "        old " : "        ", from, d->diff->side[LAC_DIFF_FROM],
                    change->leaf[LAC_DIFF_FROM]);
    }
    if (change->leaf[LAC_DIFF_TO] != LAC_NONE) {
        write_place(output, both ? "        new " : "        ", to, d->diff->side[LAC_DIFF_TO],
                    change->leaf[LAC_DIFF_TO]);
    }
    if (both && change->heading) {
        write_path(output, "        from ", from);
    }
    if (both && change->title) {
        write_field(output, "        title was ", from->title[0] == '\0' ? "empty" : from->title);
        lac_output_char(output, '\n');
    }
    if (both && change->kind == LAC_CHANGE_REPLACED && change->content != LAC_CONTENT_CHANGED) {
        lac_output_text(output, change->content == LAC_CONTENT_SAME
                                    ? "        the content is the same\n"
                                    : "        whether the content differs is not known\n");
    }
    if (change->ended_by != LAC_NONE) {
        lac_leaf_place by = place_of(d, LAC_DIFF_TO, change->ended_by);
        write_place(output, "        by ", &by, d->diff->side[LAC_DIFF_TO], change->ended_by);
    }
}

static void write_change(lac_output *output, lac_submission_diff *d, const lac_change *change,
                         const lac_leaf_place *from, const lac_leaf_place *to)
{
    const lac_leaf_place *shown = change->leaf[LAC_DIFF_TO] != LAC_NONE ? to : from;
    lac_output_text(output, "    ");
    lac_output_text(output, lac_change_name(change->kind));
    write_field(output, "  ", shown->title[0] == '\0' ? shown->id : shown->title);
    lac_output_char(output, '\n');
    write_detail(output, d, change, from, to);
}

static void write_application(lac_output *output, const lac_submission_diff *d,
                              const lac_diff_application *application)
{
    lac_output_text(output, "\nApplication ");
    write_plain(output, application->id);
    for (int side = 0; side < LAC_DIFF_SIDES; side++) {
        const lac_sequence *last = lac_submission_diff_last(d, side, application);
        lac_output_text(output, side == LAC_DIFF_FROM ? ": " : " to ");
        write_plain(output, last == NULL ? "nothing" : name_of(last));
    }
    lac_output_char(output, '\n');
}

static void write_changes(lac_output *output, lac_submission_diff *d)
{
    const lac_diff *diff = d->diff;
    uint32_t application = LAC_NONE;
    const char *const *path = NULL;
    for (uint32_t i = 0; i < diff->count; i++) {
        const lac_change *change = &diff->changes[i];
        lac_leaf_place from = place_of(d, LAC_DIFF_FROM, change->leaf[LAC_DIFF_FROM]);
        lac_leaf_place to = place_of(d, LAC_DIFF_TO, change->leaf[LAC_DIFF_TO]);
        const lac_leaf_place *shown = change->leaf[LAC_DIFF_TO] != LAC_NONE ? &to : &from;
        bool begins = i == 0 || change->application != application;
        if (begins) {
            application = change->application;
            write_application(output, d, &diff->applications[application]);
        }
        if (begins || shown->heading_path != path) {
            write_path(output, "  ", shown);
        }
        path = shown->heading_path;
        write_change(output, d, change, &from, &to);
    }
}

/* ---- findings and notes --------------------------------------------------------------------- */

static void write_finding(lac_output *output, const lac_report_finding *finding)
{
    const lac_leaf_place *leaf = finding->anchors[0].leaf;
    lac_output_text(output, "  ");
    lac_output_text(output, lac_severity_name(finding->severity));
    if (leaf != NULL) {
        write_field(output, ", ", leaf->heading);
        write_field(output, ", sequence ", leaf->sequence);
        write_field(output, ", leaf ", leaf->id);
        write_field(output, ", ", leaf->id[0] == '\0' ? leaf->file : "");
    }
    write_field(output, ": ", finding->message);
    write_field(output, " [", finding->rule);
    lac_output_text(output, "]\n");
}

static void write_findings(lac_output *output, const lac_submission_diff *d, int side,
                           const char *title)
{
    for (uint32_t i = 0; i < d->finding_count[side]; i++) {
        lac_output_text(output, i == 0 ? title : "");
        write_finding(output, &d->states[side].report->findings[d->findings[side][i]]);
    }
}

static void write_notes(lac_output *output, const lac_submission_diff *d)
{
    bool any = false;
    for (int side = 0; side < LAC_DIFF_SIDES; side++) {
        const lac_submission *s = d->diff->side[side];
        for (uint32_t i = 0; i < s->trouble_count; i++) {
            if (s->troubles[i].incomplete) {
                lac_output_text(output, any ? "" : "\nNot read\n");
                write_field(output, "  ", d->states[side].path);
                write_field(output, ": ", s->troubles[i].file);
                write_field(output, ": ", s->troubles[i].text);
                lac_output_char(output, '\n');
                any = true;
            }
        }
    }
}

lacuna_status lac_text_submission_diff(lac_submission_diff *diff, lacuna_write_fn write, void *user,
                                       lacuna_error *err)
{
    lac_output output;
    lac_output_init(&output, write, user);
    lac_output_text(&output, "from ");
    write_state(&output, diff, LAC_DIFF_FROM);
    lac_output_text(&output, "to   ");
    write_state(&output, diff, LAC_DIFF_TO);
    write_totals(&output, diff);
    write_unknown(&output, diff);
    write_changes(&output, diff);
    write_findings(&output, diff, LAC_DIFF_TO, "\nNew findings\n");
    write_findings(&output, diff, LAC_DIFF_FROM, "\nFixed findings\n");
    write_notes(&output, diff);
    return lac_output_finish(&output, err);
}
