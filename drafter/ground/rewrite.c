#include "drafter/ground/rewrite.h"

#include "support/error.h"

/* What is taken out of the draft, from the first to the last finding in it. */
typedef struct part {
    uint32_t start, end;
} part;

static bool starts_with(lac_span text, size_t at, const char *word)
{
    size_t length = strlen(word);
    return at + length <= text.len && memcmp(text.ptr + at, word, length) == 0;
}

/* Where one statement of a sentence ends and another begins. */
static size_t turn_at(lac_span text, size_t at)
{
    static const char *const TURNS[] = {"; ", ", and ", ", but ", ", while ", ", whereas "};
    for (size_t i = 0; i < sizeof TURNS / sizeof TURNS[0]; i++) {
        if (starts_with(text, at, TURNS[i])) {
            return strlen(TURNS[i]);
        }
    }
    return 0;
}

/* The statement a finding stands in: without citations and the mark that ends the sentence. */
static part part_of(lac_span draft, const lac_ground_finding *finding)
{
    part out = {finding->sentence_start, finding->sentence_end};
    lac_span inside;
    if (finding->kind == LAC_FOUND_SENTENCE || finding->end > draft.len) {
        return out;
    }
    for (size_t at = finding->sentence_start; at < finding->start; at++) {
        size_t turn = turn_at(draft, at);
        if (turn > 0 && at + turn <= finding->start) {
            out.start = (uint32_t)(at + turn);
        }
        if (lac_ground_citation(&inside, draft, at) && at + inside.len + 2 <= finding->start) {
            out.start = (uint32_t)(at + inside.len + 2);
        }
    }
    while (out.start < finding->start && draft.ptr[out.start] == ' ') {
        out.start++;
    }
    for (size_t at = finding->end; at < out.end; at++) {
        if (turn_at(draft, at) > 0 || lac_ground_citation(&inside, draft, at)) {
            out.end = (uint32_t)at;
        }
    }
    while (out.end > finding->end &&
           (draft.ptr[out.end - 1] == '.' || draft.ptr[out.end - 1] == ' ')) {
        out.end--;
    }
    return out;
}

static lacuna_status copy(lac_buf *out, lac_span draft, size_t from, size_t to)
{
    return from < to ? lac_buf_append(out, draft.ptr + from, to - from) : LACUNA_OK;
}

static lacuna_status put_kinds(lac_buf *out, const lac_ground_report *report, uint32_t first,
                               uint32_t end)
{
    lacuna_status status = lac_buf_append_text(out, "[DATA NEEDED: ");
    bool any = false;
    for (uint32_t i = first; i < end && status == LACUNA_OK; i++) {
        bool again = report->items[i].grounding == LAC_GROUNDED;
        for (uint32_t k = first; k < i; k++) {
            again = again || (strcmp(report->items[k].what, report->items[i].what) == 0 &&
                              report->items[k].grounding != LAC_GROUNDED);
        }
        if (!again) {
            status = lac_buf_printf(out, "%s%s", any ? ", " : "", report->items[i].what);
            any = true;
        }
    }
    return status == LACUNA_OK ? lac_buf_append_char(out, ']') : status;
}

/* Takes the findings that the part of `first` holds; moves *first behind them and widens the part.
 */
static part take_part(lac_span draft, const lac_ground_report *report, uint32_t *first)
{
    part whole = part_of(draft, &report->items[*first]);
    uint32_t i = *first + 1;
    for (; i < report->count && report->items[i].start < whole.end; i++) {
        if (report->items[i].grounding != LAC_GROUNDED) {
            part next = part_of(draft, &report->items[i]);
            whole.end = next.end > whole.end ? next.end : whole.end;
        }
    }
    *first = i;
    return whole;
}

lacuna_status lac_ground_rewrite(lac_buf *out, lac_span draft, const lac_ground_report *report,
                                 lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    size_t done = 0, length = out->len;
    for (uint32_t i = 0; i < report->count && status == LACUNA_OK;) {
        const lac_ground_finding *finding = &report->items[i];
        uint32_t first = i;
        if (finding->grounding != LAC_GROUNDED) {
            part gone = take_part(draft, report, &i);
            gone.start = gone.start > done ? gone.start : (uint32_t)done;
            status = copy(out, draft, done, gone.start);
            status = status == LACUNA_OK ? put_kinds(out, report, first, i) : status;
            done = gone.end > done ? gone.end : done;
            continue;
        }
        i++;
        /* A failure further on may take out the statement it stands in. */
        bool shown = finding->kind == LAC_FOUND_COMPUTED && finding->start >= done;
        for (uint32_t k = i; shown && k < report->count; k++) {
            shown = report->items[k].grounding == LAC_GROUNDED ||
                    part_of(draft, &report->items[k]).start >= finding->end;
        }
        if (shown) {
            status = copy(out, draft, done, finding->start);
            status = status == LACUNA_OK ? lac_buf_append_span(out, finding->canonical) : status;
            done = finding->end;
        }
    }
    status = status == LACUNA_OK ? copy(out, draft, done, draft.len) : status;
    if (status != LACUNA_OK) {
        out->len = length;
        return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                        : lac_fail(err, status, "the rewritten draft is too long");
    }
    return LACUNA_OK;
}
