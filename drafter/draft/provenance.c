#include "drafter/draft/provenance.h"

#include "drafter/extract.h"
#include "support/error.h"

enum { LINES_MAX = 32, LINE_MAX_BYTES = 16 * 1024, FINDINGS_SHOWN = 5 };

typedef struct telling {
    lac_span *lines;
    uint32_t count;
    lac_arena *arena;
    lac_buf line;
    lacuna_status status; /* LACUNA_E_NOMEM, or LACUNA_E_LIMIT for a line that is too long */
} telling;

static void end_line(telling *t, lacuna_status written)
{
    if (t->status == LACUNA_OK && written == LACUNA_OK && t->count < LINES_MAX) {
        const char *copy = lac_arena_copy(t->arena, lac_buf_span(&t->line));
        t->status = copy == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
        t->lines[t->count++] = lac_span_make(copy, t->line.len);
    } else if (t->status == LACUNA_OK) {
        t->status = written;
    }
    lac_buf_clear(&t->line);
}

lacuna_status lac_step_by(lac_buf *out, const lac_step *step)
{
    const lac_draft_decision *decision = step->decision;
    if (decision != NULL && decision->text != NULL) {
        return lac_buf_printf(out, "text by %s", decision->by);
    }
    switch (step->outcome) {
    case LAC_STEP_WRITTEN:
        return lac_buf_printf(out, "written by %s, held against its sources by code", step->model);
    case LAC_STEP_DECLINED:
    case LAC_STEP_CUT_OFF:
    case LAC_STEP_FAILED:
        return lac_buf_printf(out, "assembled from the sources, because %.300s", step->failure);
    default:
        return lac_buf_append_text(out, "assembled from the sources");
    }
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void tell_findings(telling *t, const lac_composed *draft, const char *what)
{
    for (uint32_t i = 0; i < draft->finding_count && i < FINDINGS_SHOWN; i++) {
        end_line(t, lac_buf_printf(&t->line, "%s: %s (%s)", what, draft->findings[i].what,
                                   draft->findings[i].reason));
    }
    if (draft->finding_count > FINDINGS_SHOWN) {
        end_line(t, lac_buf_printf(&t->line, "%s: %u more, listed in the report", what,
                                   draft->finding_count - FINDINGS_SHOWN));
    }
}

static void tell_new_words(telling *t, const lac_composed *draft)
{
    if (draft->new_word_count == 0) {
        return;
    }
    lacuna_status status =
        lac_buf_append_text(&t->line, "Look at these words, which what is cited does not have: ");
    for (uint32_t i = 0; i < draft->new_word_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&t->line, "%s%.*s", i == 0 ? "" : ", ",
                                (int)draft->new_words[i].len, draft->new_words[i].ptr);
    }
    end_line(t, status);
}

static void tell_material(telling *t, const lac_step *step)
{
    const lac_material *material = &step->material;
    tell_new_words(t, &step->draft);
    if (step->outcome == LAC_STEP_WRITTEN && step->answer.lost > 0) {
        end_line(t,
                 lac_buf_printf(&t->line,
                                "%u citations were dropped: what they said they cite is not there",
                                step->answer.lost));
    }
    if (material->spoken_to > 0) {
        const lac_plan_source *source = &step->planned->sources[material->spoken_to_source];
        const lac_source_document *of = &step->plan->documents[source->document];
        end_line(t, lac_buf_printf(&t->line,
                                   "%u passages of the sources speak to a program and were left "
                                   "out; the first: %s, line %u",
                                   material->spoken_to, of->path,
                                   lac_document_line(of->document, material->spoken_to_start)));
    }
}

static void tell_decision(telling *t, const lac_step *step)
{
    const lac_draft_decision *d = step->decision;
    if (d != NULL) {
        end_line(t,
                 lac_buf_printf(&t->line, "%s by %s, %s: %s", d->state, d->by, d->time, d->reason));
    }
    if (step->outdated != NULL) {
        end_line(t,
                 lac_buf_printf(&t->line,
                                "A decision of %s (%s, %s) was about another draft and does "
                                "not hold for this one",
                                step->outdated->by, step->outdated->state, step->outdated->time));
    }
}

static lacuna_status add_lines(lac_draft_gap *gap, lac_arena *arena, const lac_step *step,
                               lacuna_error *err)
{
    telling t = {.arena = arena, .status = LACUNA_OK};
    size_t before = gap->comment_count;
    lac_span *lines = lac_arena_array(arena, before + LINES_MAX, sizeof *lines);
    if (lines == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(lines, gap->comment, before * sizeof *lines);
    t.lines = lines + before;
    lac_buf_init(&t.line, LINE_MAX_BYTES);
    tell_decision(&t, step);
    if (step->decision != NULL && step->decision->text != NULL) {
        tell_findings(&t, &step->edited, "Not found in the sources");
    } else {
        tell_findings(&t, &step->draft, "Taken out, not verifiable");
        tell_material(&t, step);
    }
    lac_buf_free(&t.line);
    gap->comment = lines;
    gap->comment_count += t.count;
    return t.status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}

lacuna_status lac_step_gap(bool *out, lac_draft_gap *gap, lac_arena *arena, const lac_step *step,
                           lacuna_error *err)
{
    lac_buf by;
    const lac_composed *shown = lac_step_shown(step);
    *out = step->decision == NULL || strcmp(step->decision->state, "rejected") != 0;
    *gap = (lac_draft_gap){.item = lac_span_of(step->planned->gap->item->id),
                           .place = step->planned->target.place,
                           .blocks = shown->blocks,
                           .block_count = shown->block_count};
    lac_buf_init(&by, LINE_MAX_BYTES);
    lacuna_status status = lac_step_by(&by, step);
    status = status == LACUNA_OK ? lac_extract_comment(gap, arena, step->plan, step->planned,
                                                       lac_buf_text(&by), err)
                                 : lac_fail_nomem(err);
    lac_buf_free(&by);
    return status == LACUNA_OK ? add_lines(gap, arena, step, err) : status;
}
