#include "drafter/plan.h"

#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 100000 };

/* Of the best source's score: what speaks less of the item is left to a person to put in. */
static const double LEAST_SHARE = 0.4;

static bool is_open(const lac_item_result *item)
{
    return item->item->strength != LAC_STRENGTH_STRUCTURAL && item->status == LAC_MISSING;
}

/* "m11.6.4", "protocol_m11/m11.6.4" or the guidance's own number. */
static bool names(const char *gap, const lac_checklist *checklist, const lac_item *item)
{
    size_t length = strlen(checklist->id);
    if (strncmp(gap, checklist->id, length) == 0 && gap[length] == '/') {
        gap += length + 1;
    }
    return strcmp(gap, item->id) == 0 || strcmp(gap, item->section) == 0;
}

typedef struct making {
    lac_plan *plan;
    lac_retrieval *retrieval;
    const lac_document_result *result;
    size_t capacity;
} making;

/* ---- sources -------------------------------------------------------------------------------- */

static lac_span text_of(const lac_plan *plan, const lac_plan_source *source)
{
    return lac_document_slice(plan->documents[source->document].document, source->start,
                              source->end);
}

/* What stands in the gap's own place is no source for it. */
static bool is_own_place(const lac_plan_step *step, const lac_found *found)
{
    return found->document == 0 && step->target.level == 0 &&
           found->section == step->target.section;
}

/* Whole lines, without empty ones at both ends: what the file can say by line numbers. */
static void trim_lines(lac_found *found, const lac_plan *plan)
{
    const char *text = plan->documents[found->document].document->text.ptr;
    while (found->end > found->start && text[found->end - 1] == '\n') {
        found->end--;
    }
    while (found->start < found->end && text[found->start] == '\n') {
        found->start++;
    }
}

static lacuna_status find_sources(making *m, lac_plan_step *step, lacuna_error *err)
{
    lac_found found[LAC_PLAN_SOURCES_MAX + 1];
    uint32_t count;
    step->sources = lac_arena_array(&m->plan->arena, LAC_PLAN_SOURCES_MAX, sizeof *step->sources);
    if (step->sources == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_retrieval_find(found, &count, LAC_PLAN_SOURCES_MAX + 1, m->retrieval,
                                              step->gap->item, err);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        if (is_own_place(step, &found[i]) || step->source_count == LAC_PLAN_SOURCES_MAX ||
            found[i].score < LEAST_SHARE * found[0].score) {
            continue;
        }
        trim_lines(&found[i], m->plan);
        lac_plan_source *source = &step->sources[step->source_count++];
        *source = (lac_plan_source){.document = found[i].document,
                                    .section = found[i].section,
                                    .table = found[i].table,
                                    .start = found[i].start,
                                    .end = found[i].end};
        status = lac_sha256(&source->digest, text_of(m->plan, source), err);
    }
    return status;
}

/* ---- steps ---------------------------------------------------------------------------------- */

static lacuna_status add_step(making *m, const lac_checklist_result *list, uint32_t item,
                              lacuna_error *err)
{
    lac_plan *plan = m->plan;
    void *steps = plan->steps;
    if (lac_grow(&steps, &m->capacity, (size_t)plan->step_count + 1, sizeof *plan->steps,
                 STEPS_MAX) != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    plan->steps = steps;
    lac_plan_step *step = &plan->steps[plan->step_count++];
    *step = (lac_plan_step){.checklist = list->checklist,
                            .gap = &list->items[item],
                            .target = lac_target_find(m->result->document, list, item),
                            .instructions = ""};
    return find_sources(m, step, err);
}

static lacuna_status add_named(making *m, const char *gap, lacuna_error *err)
{
    for (uint32_t c = 0; c < m->result->checklist_count; c++) {
        const lac_checklist_result *list = &m->result->checklists[c];
        for (uint32_t i = 0; i < list->item_count; i++) {
            const lac_item_result *one = &list->items[i];
            if (names(gap, list->checklist, one->item)) {
                return lac_item_status_is_gap(one->status)
                           ? add_step(m, list, i, err)
                           : lac_fail(err, LACUNA_E_NOTFOUND, "%.100s is no gap: it is %s", gap,
                                      lac_item_status_name(one->status));
            }
        }
    }
    return lac_fail(err, LACUNA_E_NOTFOUND, "there is no item %.100s in the checklists that apply",
                    gap);
}

static lacuna_status add_all(making *m, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t c = 0; c < m->result->checklist_count; c++) {
        const lac_checklist_result *list = &m->result->checklists[c];
        for (uint32_t i = 0; i < list->item_count && status == LACUNA_OK; i++) {
            status = is_open(&list->items[i]) ? add_step(m, list, i, err) : LACUNA_OK;
        }
    }
    return status;
}

lacuna_status lac_plan_make(lac_plan **out, const lac_document_result *result,
                            const lac_source_document *documents, uint32_t document_count,
                            const char *const *gaps, uint32_t gap_count, lacuna_error *err)
{
    making m = {.result = result};
    *out = NULL;
    m.plan = calloc(1, sizeof *m.plan);
    if (m.plan == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&m.plan->arena);
    m.plan->documents = documents;
    m.plan->document_count = document_count;
    m.plan->instructions = "";
    lacuna_status status = lac_retrieval_new(&m.retrieval, documents, document_count, err);
    for (uint32_t i = 0; i < gap_count && status == LACUNA_OK; i++) {
        status = add_named(&m, gaps[i], err);
    }
    if (status == LACUNA_OK && gap_count == 0) {
        status = add_all(&m, err);
    }
    lac_retrieval_free(m.retrieval);
    if (status != LACUNA_OK) {
        lac_plan_free(m.plan);
        return status;
    }
    *out = m.plan;
    return LACUNA_OK;
}

void lac_plan_free(lac_plan *plan)
{
    if (plan != NULL) {
        free(plan->steps);
        lac_arena_free(&plan->arena);
        free(plan);
    }
}

const char *lac_plan_label(lac_plan *plan, const lac_plan_source *source)
{
    const lac_section *section =
        &plan->documents[source->document].document->sections[source->section];
    lac_span title =
        source->section == 0 ? lac_span_of("before the first heading") : section->title;
    const char *what = source->table == LAC_NONE ? "" : ", a table";
    size_t room = section->number.len + title.len + strlen(what) + 2;
    char *label = lac_arena_alloc(&plan->arena, room);
    if (label != NULL) {
        (void)snprintf(label, room, "%.*s%s%.*s%s", (int)section->number.len, section->number.ptr,
                       section->number.len == 0 ? "" : " ", (int)title.len, title.ptr, what);
    }
    return label;
}
