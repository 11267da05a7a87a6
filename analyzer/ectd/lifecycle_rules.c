/* References of leaves to earlier leaves (3.2.2) and of contexts of use to earlier ones (4.0). */
#include "analyzer/ectd/check.h"

#include <string.h>

/* Flags of a path that a reader has to mend before it can follow it. */
static const uint32_t MENDED = LAC_PATH_TRIMMED | LAC_PATH_BACKSLASH | LAC_PATH_ESCAPED |
                               LAC_PATH_ABSOLUTE | LAC_PATH_CASE | LAC_PATH_DEPTH;

static bool needs_target(const lac_placement *leaf)
{
    return leaf->operation == LAC_OPERATION_APPEND || leaf->operation == LAC_OPERATION_REPLACE ||
           leaf->operation == LAC_OPERATION_DELETE;
}

static lacuna_status new_with_target(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return leaf->operation == LAC_OPERATION_NEW && leaf->link_count > 0
               ? lac_ectd_found(c, lac_here(c, i), "leaf %s names %s", leaf->id,
                                leaf->links[0].written)
               : LACUNA_OK;
}

static lacuna_status target_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return needs_target(leaf) && leaf->link_count == 0
               ? lac_ectd_found(c, lac_here(c, i), "leaf %s has the operation %s", leaf->id,
                                lac_operation_name(leaf->operation))
               : LACUNA_OK;
}

/* A reference that was found and refused keeps its target: circles and later sequences. */
static lacuna_status broken(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *p = &c->submission->placements[i];
    for (uint32_t k = 0; k < p->link_count; k++) {
        if (p->links[k].reference == LAC_REFERENCE_BROKEN && p->links[k].target == LAC_NONE) {
            return lac_ectd_found(c, lac_here(c, i), "%s of %s is not there", p->links[k].written,
                                  p->id);
        }
    }
    return LACUNA_OK;
}

static lacuna_status refused(lac_ectd_check *c, uint32_t i, bool later)
{
    const lac_placement *p = &c->submission->placements[i];
    for (uint32_t k = 0; k < p->link_count; k++) {
        const lac_link *link = &p->links[k];
        if (link->reference != LAC_REFERENCE_BROKEN || link->target == LAC_NONE) {
            continue;
        }
        const lac_placement *target = &c->submission->placements[link->target];
        if ((target->sequence > p->sequence) == later) {
            lac_leaf_place places[] = {lac_here(c, i), lac_here(c, link->target)};
            return lac_ectd_found_at(c, places, 2, "%s refers to %s", p->id, link->written);
        }
    }
    return LACUNA_OK;
}

static lacuna_status cycle(lac_ectd_check *c, uint32_t i)
{
    return refused(c, i, false);
}

static lacuna_status later_target(lac_ectd_check *c, uint32_t i)
{
    return refused(c, i, true);
}

/* Told once a sequence: where the history is absent, every reference into it is. */
static lacuna_status unresolvable(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    uint32_t count = 0;
    uint32_t all = 0;
    for (uint32_t p = 0; p < sequence->placement_count; p++) {
        const lac_placement *leaf = &c->submission->placements[sequence->first_placement + p];
        for (uint32_t k = 0; k < leaf->link_count; k++) {
            all++;
            count += leaf->links[k].reference == LAC_REFERENCE_UNRESOLVABLE ? 1 : 0;
        }
    }
    return count > 0
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i),
                                "%u of %u references of sequence %s", count, all, sequence->name)
               : LACUNA_OK;
}

/* "../0000/index.xml#x" in us-regional.xml: the names of the two backbones differ. */
static lacuna_status wrong_backbone(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    if (leaf->link_count == 0) {
        return LACUNA_OK;
    }
    const char *written = leaf->links[0].written;
    size_t length = strcspn(written, "#");
    size_t start = length;
    while (start > 0 && written[start - 1] != '/' && written[start - 1] != '\\') {
        start--;
    }
    lac_span named = lac_span_trim(lac_span_make(written + start, length - start));
    uint32_t own = c->submission->backbones[leaf->backbone].file;
    lac_span due = lac_span_of(lac_base_name(c->submission->files[own].path));
    return named.len > 0 && !lac_span_equal_nocase(named, due)
               ? lac_ectd_found(c, lac_here(c, i), "leaf %s of %s refers to %s", leaf->id, due.ptr,
                                written)
               : LACUNA_OK;
}

static lacuna_status path(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return leaf->link_count > 0 && (leaf->links[0].path_flags & MENDED) != 0
               ? lac_ectd_found(c, lac_here(c, i), "\"%s\"", leaf->links[0].written)
               : LACUNA_OK;
}

static lacuna_status two_leaves(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    bool ends = leaf->operation == LAC_OPERATION_REPLACE || leaf->operation == LAC_OPERATION_DELETE;
    if (!ends || leaf->link_count == 0 || leaf->links[0].reference != LAC_REFERENCE_RESOLVED) {
        return LACUNA_OK;
    }
    const lac_placement *target = &c->submission->placements[leaf->links[0].target];
    if (target->superseded_by == LAC_NONE || target->superseded_by == i) {
        return LACUNA_OK;
    }
    lac_leaf_place places[] = {lac_here(c, i), lac_here(c, target->superseded_by),
                               lac_here(c, leaf->links[0].target)};
    return lac_ectd_found_at(c, places, 3, "%s and %s both %s %s",
                             c->submission->placements[target->superseded_by].id, leaf->id,
                             lac_operation_name(leaf->operation), target->id);
}

static lacuna_status append(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return leaf->operation == LAC_OPERATION_APPEND && !leaf->study_tagging_file
               ? lac_ectd_found(c, lac_here(c, i), "leaf %s", leaf->id)
               : LACUNA_OK;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.lifecycle.new-with-target", LAC_EACH_LEAF, new_with_target},
    {"ectd.lifecycle.target-absent", LAC_EACH_LEAF, target_absent},
    {"ectd.lifecycle.broken", LAC_EACH_PLACEMENT, broken},
    {"ectd.lifecycle.cycle", LAC_EACH_PLACEMENT, cycle},
    {"ectd.lifecycle.later-target", LAC_EACH_LEAF, later_target},
    {"ectd.lifecycle.unresolvable", LAC_EACH_SEQUENCE, unresolvable},
    {"ectd.lifecycle.wrong-backbone", LAC_EACH_LEAF, wrong_backbone},
    {"ectd.lifecycle.path", LAC_EACH_LEAF, path},
    {"ectd.lifecycle.two-leaves-one-target", LAC_EACH_LEAF, two_leaves},
    {"ectd.lifecycle.append", LAC_EACH_LEAF, append},
};
LAC_ECTD_TABLE(lac_lifecycle_rules, ENTRIES);
