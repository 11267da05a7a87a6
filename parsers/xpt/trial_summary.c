#include "parsers/xpt/trial_summary.h"

#include "parsers/xpt/transport.h"
#include "support/error.h"
#include "support/utf8.h"

#include <string.h>

typedef struct columns {
    lac_transport transport;
    lac_transport_column study, parameter, value, flavor;
    bool has_study, has_parameter, has_value, has_flavor;
} columns;

static const char *copy_text(lac_arena *arena, lac_span text)
{
    char *copy = lac_arena_copy(arena, text);
    for (char *at = copy; at != NULL && !lac_utf8_valid(text) && *at != '\0'; at++) {
        *at = (unsigned char)*at < 0x80 ? *at : '?';
    }
    return copy;
}

/* "" where the column is not there. */
static lac_span cell(const columns *c, bool has, const lac_transport_column *column, uint32_t row)
{
    return has ? lac_transport_text(&c->transport, row, column) : lac_span_of("");
}

/* The first row that says anything counts. */
static bool note_start(lac_trial_start *start, const columns *c, uint32_t row, lac_arena *arena)
{
    if (start->value[0] != '\0' || start->null_flavor[0] != '\0') {
        return true;
    }
    start->value = copy_text(arena, cell(c, c->has_value, &c->value, row));
    start->null_flavor = copy_text(arena, cell(c, c->has_flavor, &c->flavor, row));
    return start->value != NULL && start->null_flavor != NULL;
}

static bool note_study(lac_trial_summary *out, lac_span id, bool first, lac_arena *arena)
{
    if (first) {
        out->study_id = copy_text(arena, id);
    } else if (out->other_study_id[0] == '\0' && !lac_span_is(id, out->study_id)) {
        out->other_study_id = copy_text(arena, id);
    }
    return out->study_id != NULL && out->other_study_id != NULL;
}

static bool note_row(lac_trial_summary *out, const columns *c, uint32_t row, lac_arena *arena)
{
    lac_span parameter = cell(c, c->has_parameter, &c->parameter, row);
    bool ok = note_study(out, cell(c, c->has_study, &c->study, row), row == 0, arena);
    if (ok && lac_span_is(parameter, "SSTDTC")) {
        ok = note_start(&out->clinical, c, row, arena);
    } else if (ok && lac_span_is(parameter, "STSTDTC")) {
        ok = note_start(&out->nonclinical, c, row, arena);
    }
    return ok;
}

lacuna_status lac_trial_summary_read(lac_trial_summary *out, lac_span file, lac_arena *arena,
                                     lacuna_error *err)
{
    *out = (lac_trial_summary){"", "", {"", ""}, {"", ""}, 0};
    columns c;
    memset(&c, 0, sizeof c);
    lacuna_status status = lac_transport_open(&c.transport, file, err);
    if (status != LACUNA_OK) {
        return status;
    }
    c.has_study = lac_transport_find(&c.study, &c.transport, "STUDYID");
    c.has_parameter = lac_transport_find(&c.parameter, &c.transport, "TSPARMCD");
    c.has_value = lac_transport_find(&c.value, &c.transport, "TSVAL");
    c.has_flavor = lac_transport_find(&c.flavor, &c.transport, "TSVALNF");
    out->row_count = c.transport.row_count;
    for (uint32_t row = 0; row < c.transport.row_count; row++) {
        if (!note_row(out, &c, row, arena)) {
            return lac_fail_nomem(err);
        }
    }
    return LACUNA_OK;
}
