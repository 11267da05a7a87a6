#include "parsers/ectd/lifecycle.h"

#include "support/error.h"

#include <stdlib.h>

static const char *path_of(const lac_intake *intake, const lac_placement *placement)
{
    return intake->files[intake->backbones.items[placement->backbone].file].path;
}

static bool is_v4(const lac_intake *intake, const lac_placement *placement)
{
    return intake->backbones.items[placement->backbone].kind == LAC_BACKBONE_UNIT;
}

/* Links are made by one reader and changed here only, before the model is handed out. */
static lac_link *links_of(lac_placement *placement)
{
    return (lac_link *)(uintptr_t)placement->links;
}

/* ---- references that cannot be -------------------------------------------------------------- */

static lacuna_status refuse(lac_intake *intake, uint32_t index, lac_link *link, const char *code,
                            const char *why)
{
    lac_placement *placement = &intake->placements.items[index];
    link->reference = LAC_REFERENCE_BROKEN;
    return lac_intake_trouble(intake, code, false, path_of(intake, placement), placement->id,
                              "%s modifies %s, %s", placement->id, link->written, why);
}

static lacuna_status refuse_forward(lac_intake *intake)
{
    for (uint32_t i = 0; i < intake->placements.count; i++) {
        lac_placement *placement = &intake->placements.items[i];
        for (uint32_t k = 0; k < placement->link_count; k++) {
            lac_link *link = &links_of(placement)[k];
            if (link->reference != LAC_REFERENCE_RESOLVED) {
                continue;
            }
            lacuna_status status = LACUNA_OK;
            uint32_t other = intake->placements.items[link->target].sequence;
            if (link->target == i) {
                status = refuse(intake, i, link, "ectd/cyclic", "which is itself");
            } else if (other > placement->sequence && !is_v4(intake, placement)) {
                status = refuse(intake, i, link, "ectd/forward", "which comes later");
            }
            if (status != LACUNA_OK) {
                return status;
            }
        }
    }
    return LACUNA_OK;
}

/* A walk along the links of one placement after another; circles are found where a walk meets
 * itself. */
enum { UNSEEN, OPEN, DONE };

typedef struct step {
    uint32_t placement, link;
} step;

static lacuna_status walk(lac_intake *intake, uint32_t start, unsigned char *seen, step *stack)
{
    size_t depth = 0;
    stack[depth++] = (step){start, 0};
    seen[start] = OPEN;
    while (depth > 0) {
        step *top = &stack[depth - 1];
        lac_placement *placement = &intake->placements.items[top->placement];
        if (top->link == placement->link_count) {
            seen[top->placement] = DONE;
            depth--;
            continue;
        }
        lac_link *link = &links_of(placement)[top->link++];
        if (link->reference != LAC_REFERENCE_RESOLVED || seen[link->target] == DONE) {
            continue;
        }
        if (seen[link->target] == OPEN) {
            lacuna_status status =
                refuse(intake, top->placement, link, "ectd/cyclic", "which modifies it in turn");
            if (status != LACUNA_OK) {
                return status;
            }
            continue;
        }
        seen[link->target] = OPEN;
        stack[depth++] = (step){link->target, 0};
    }
    return LACUNA_OK;
}

static lacuna_status refuse_circles(lac_intake *intake)
{
    size_t count = intake->placements.count;
    lacuna_status status = LACUNA_OK;
    unsigned char *seen = calloc(count + 1, 1);
    step *stack = calloc(count + 1, sizeof *stack);
    if (seen == NULL || stack == NULL) {
        status = lac_fail_nomem(intake->err);
    }
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        if (seen[i] == UNSEEN) {
            status = walk(intake, i, seen, stack);
        }
    }
    free(seen);
    free(stack);
    return status;
}

/* ---- effects -------------------------------------------------------------------------------- */

static lacuna_status end_target(lac_intake *intake, uint32_t by, uint32_t target, lac_state state)
{
    lac_placement *ended = &intake->placements.items[target];
    if (ended->state == LAC_STATE_OPERATION) {
        return LACUNA_OK;
    }
    if (ended->superseded_by != LAC_NONE) {
        lac_placement *second = &intake->placements.items[by];
        /* Contexts of one unit may replace one together (ICH eCTD 4.0, one to many). */
        if (is_v4(intake, second) &&
            intake->placements.items[ended->superseded_by].sequence == second->sequence) {
            return LACUNA_OK;
        }
        return lac_intake_trouble(intake, "ectd/modified-twice", false, path_of(intake, second),
                                  second->id, "%s is no longer current when %s modifies it",
                                  ended->id, second->id);
    }
    ended->state = state;
    ended->superseded_by = by;
    return LACUNA_OK;
}

static lacuna_status apply(lac_intake *intake, uint32_t index)
{
    lac_placement *placement = &intake->placements.items[index];
    lac_operation operation = placement->operation;
    bool ends = operation == LAC_OPERATION_DELETE || operation == LAC_OPERATION_SUSPENDED;
    bool replaces = operation == LAC_OPERATION_REPLACE || operation == LAC_OPERATION_ACTIVE;
    lac_state state = ends ? LAC_STATE_DELETED : LAC_STATE_SUPERSEDED;
    lacuna_status status = LACUNA_OK;
    for (uint32_t k = 0; k < placement->link_count && (ends || replaces); k++) {
        if (placement->links[k].reference == LAC_REFERENCE_RESOLVED && status == LACUNA_OK) {
            status = end_target(intake, index, placement->links[k].target, state);
        }
    }
    /* A context that is sent again: the link of a suspended one is the earlier one itself. */
    if (status == LACUNA_OK && placement->previous != LAC_NONE && replaces) {
        status = end_target(intake, index, placement->previous, LAC_STATE_SUPERSEDED);
    }
    return status;
}

lacuna_status lac_lifecycle_run(lac_intake *intake)
{
    for (size_t i = 0; i < intake->placements.count; i++) {
        lac_placement *placement = &intake->placements.items[i];
        bool ends = placement->operation == LAC_OPERATION_DELETE ||
                    placement->operation == LAC_OPERATION_SUSPENDED;
        placement->state = ends ? LAC_STATE_OPERATION : LAC_STATE_CURRENT;
    }
    lacuna_status status = refuse_forward(intake);
    if (status == LACUNA_OK) {
        status = refuse_circles(intake);
    }
    for (uint32_t i = 0; i < intake->placements.count && status == LACUNA_OK; i++) {
        status = apply(intake, i);
    }
    return status;
}
