#include "writers/submission_diff.h"

#include "writers/output.h"

/* RFC 4180; a spreadsheet takes a cell that begins with = + - @ for a formula. */
static void write_cell(lac_output *output, const char *text, const char *behind)
{
    lac_output_char(output, '"');
    if (text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL) {
        lac_output_char(output, '\'');
    }
    for (const char *at = text; *at != '\0'; at++) {
        lac_output_text(output, *at == '"' ? "\"" : "");
        lac_output_char(output, *at);
    }
    lac_output_text(output, "\"");
    lac_output_text(output, behind);
}

static void write_cells(lac_output *output, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        write_cell(output, cells[i], i + 1 < count ? "," : "\r\n");
    }
}

static const char *innermost(const lac_leaf_place *place)
{
    return place->heading_count == 0 ? "" : place->heading_path[place->heading_count - 1];
}

static lac_leaf_place place_of(lac_submission_diff *d, int side, uint32_t leaf)
{
    return leaf == LAC_NONE ? lac_place_none() : lac_place_placement(&d->places[side], leaf);
}

static void write_change(lac_output *output, lac_submission_diff *d, const lac_change *change)
{
    lac_leaf_place from = place_of(d, LAC_DIFF_FROM, change->leaf[LAC_DIFF_FROM]);
    lac_leaf_place to = place_of(d, LAC_DIFF_TO, change->leaf[LAC_DIFF_TO]);
    bool both = change->leaf[LAC_DIFF_FROM] != LAC_NONE && change->leaf[LAC_DIFF_TO] != LAC_NONE;
    const char *const cells[] = {"placement",
                                 lac_change_name(change->kind),
                                 d->diff->applications[change->application].id,
                                 from.heading,
                                 innermost(&from),
                                 from.title,
                                 from.sequence,
                                 from.id,
                                 from.file,
                                 to.heading,
                                 innermost(&to),
                                 to.title,
                                 to.sequence,
                                 to.id,
                                 to.file,
                                 both ? lac_content_name(change->content) : "",
                                 lac_pairing_name(change->match),
                                 "",
                                 "",
                                 ""};
    write_cells(output, cells, sizeof cells / sizeof cells[0]);
}

static void write_finding(lac_output *output, const lac_report_finding *finding, int side)
{
    static const lac_leaf_place none = {
        .application = "", .sequence = "", .id = "", .title = "", .heading = "", .file = ""};
    const lac_leaf_place *leaf = finding->anchors[0].leaf;
    const lac_leaf_place *at = leaf == NULL ? &none : leaf;
    const lac_leaf_place *from = side == LAC_DIFF_FROM ? at : &none;
    const lac_leaf_place *to = side == LAC_DIFF_TO ? at : &none;
    const char *const cells[] = {"finding",
                                 side == LAC_DIFF_FROM ? "fixed" : "new",
                                 at->application,
                                 from->heading,
                                 innermost(from),
                                 from->title,
                                 from->sequence,
                                 from->id,
                                 from->file,
                                 to->heading,
                                 innermost(to),
                                 to->title,
                                 to->sequence,
                                 to->id,
                                 to->file,
                                 "",
                                 "",
                                 finding->rule,
                                 lac_severity_name(finding->severity),
                                 finding->message};
    write_cells(output, cells, sizeof cells / sizeof cells[0]);
}

lacuna_status lac_csv_submission_diff(lac_submission_diff *diff, lacuna_write_fn write, void *user,
                                      lacuna_error *err)
{
    lac_output output;
    lac_output_init(&output, write, user);
    lac_output_text(&output, "record,change,application,from_heading,from_heading_title,from_title,"
                             "from_sequence,from_leaf,from_file,to_heading,to_heading_title,"
                             "to_title,to_sequence,to_leaf,to_file,content,matched_by,rule,"
                             "severity,message\r\n");
    for (uint32_t i = 0; i < diff->diff->count; i++) {
        write_change(&output, diff, &diff->diff->changes[i]);
    }
    for (int side = LAC_DIFF_SIDES; side-- > 0;) {
        for (uint32_t i = 0; i < diff->finding_count[side]; i++) {
            write_finding(&output, &diff->states[side].report->findings[diff->findings[side][i]],
                          side);
        }
    }
    return lac_output_finish(&output, err);
}
