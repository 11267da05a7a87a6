#include "parsers/ectd/references.h"

#include "parsers/ectd/order.h"
#include "parsers/ectd/paths.h"
#include "parsers/ectd/tree.h"
#include "support/error.h"

#include <string.h>

static lacuna_status index_numbers(lac_intake *intake)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < intake->drafts.count && status == LACUNA_OK; i++) {
        const lac_sequence *sequence = &intake->drafts.items[i].model;
        lac_span number =
            lac_span_of(sequence->number[0] != '\0' ? sequence->number : sequence->name);
        if (lac_map_find(&intake->number_map, sequence->application, number) == LAC_NONE) {
            status = lac_map_put(&intake->number_map, sequence->application, number,
                                 sequence->grouped_in == LAC_NONE ? i : sequence->grouped_in);
        }
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(intake->err);
}

lacuna_status lac_references_index(lac_intake *intake)
{
    lacuna_status indexed = index_numbers(intake);
    if (indexed != LACUNA_OK) {
        return indexed;
    }
    for (uint32_t i = 0; i < intake->placements.count; i++) {
        const lac_placement *leaf = &intake->placements.items[i];
        lac_span id = lac_span_of(leaf->id);
        if (intake->backbones.items[leaf->backbone].kind == LAC_BACKBONE_UNIT || id.len == 0) {
            continue;
        }
        lacuna_status status;
        if (lac_map_find(&intake->leaf_map, leaf->backbone, id) != LAC_NONE) {
            uint32_t file = intake->backbones.items[leaf->backbone].file;
            status =
                lac_intake_trouble(intake, "ectd/duplicate-id", false, intake->files[file].path,
                                   leaf->id, "two leaves have the ID %s", leaf->id);
        } else {
            status = lac_map_put(&intake->leaf_map, leaf->backbone, id, i);
        }
        if (status != LACUNA_OK) {
            return status == LACUNA_E_NOMEM ? lac_fail_nomem(intake->err) : status;
        }
    }
    return LACUNA_OK;
}

/* ---- files ---------------------------------------------------------------------------------- */

/* The file of a path that was followed; LAC_NONE. */
static uint32_t find_file(const lac_intake *intake, lac_path *path)
{
    const char *below = lac_intake_unrooted(intake, path->text);
    bool other_case = false;
    uint32_t file = below == NULL ? LAC_NONE : lac_tree_find(intake, below, &other_case);
    path->flags |= other_case ? LAC_PATH_CASE : 0u;
    return file;
}

/* Whether the path stays in the sequence it is written in. */
static bool is_own(const lac_intake *intake, const lac_path *path, const char *folder)
{
    const char *below = lac_intake_unrooted(intake, path->text);
    return below != NULL && lac_path_below(below, folder);
}

/* "../m3/x.pdf" written in index.xml: what stands behind the climbs lies in the own sequence. */
static lacuna_status mend_depth(uint32_t *file, lac_intake *intake, lac_path *path,
                                const char *folder)
{
    lac_path mended;
    const char *rooted = lac_intake_rooted(intake, folder, strlen(folder));
    if (rooted == NULL ||
        !lac_path_follow(&mended, intake->arena, rooted, lac_span_of(path->tail), false)) {
        return lac_fail_nomem(intake->err);
    }
    *file = find_file(intake, &mended);
    if (*file != LAC_NONE) {
        path->flags |= LAC_PATH_DEPTH | (mended.flags & LAC_PATH_CASE);
    }
    return LACUNA_OK;
}

static bool names_module(const char *tail)
{
    return (tail[0] == 'm' || tail[0] == 'M') && tail[1] >= '1' && tail[1] <= '5' && tail[2] == '/';
}

static lacuna_status follow(lac_path *path, lac_intake *intake, const char *from,
                            const char *written, bool decode)
{
    const char *folder = lac_intake_rooted(intake, from, lac_path_folder(from));
    if (folder == NULL ||
        !lac_path_follow(path, intake->arena, folder, lac_span_of(written), decode)) {
        return lac_fail_nomem(intake->err);
    }
    return LACUNA_OK;
}

lacuna_status lac_references_file(uint32_t *file, lac_checksum *state, uint32_t *flags,
                                  lac_intake *intake, const char *from, uint32_t sequence,
                                  const char *href)
{
    lac_path path;
    const char *folder = intake->drafts.items[sequence].model.folder;
    *file = LAC_NONE;
    lacuna_status status = follow(&path, intake, from, href, false);
    if (status == LACUNA_OK) {
        *file = find_file(intake, &path);
    }
    if (status == LACUNA_OK && *file == LAC_NONE && strchr(href, '%') != NULL) {
        status = follow(&path, intake, from, href, true);
        if (status == LACUNA_OK) {
            *file = find_file(intake, &path);
        }
    }
    bool own = status == LACUNA_OK && is_own(intake, &path, folder);
    if (status == LACUNA_OK && *file == LAC_NONE && !own) {
        status = mend_depth(file, intake, &path, folder);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    path.flags |= *file == LAC_NONE && path.fragment[0] != '\0' ? LAC_PATH_FRAGMENT : 0u;
    *flags = path.flags;
    const char *below = lac_intake_unrooted(intake, path.text);
    bool supplied = own || names_module(path.tail) ||
                    (below != NULL && lac_tree_owner(intake, below) != LAC_NONE);
    *state = supplied ? LAC_CHECKSUM_MISSING_FILE : LAC_CHECKSUM_UNRESOLVABLE;
    return LACUNA_OK;
}

/* ---- leaves --------------------------------------------------------------------------------- */

/* "…/0001/m1/us/us-regional.xml": the folder of the sequence, its name, the path within it. */
typedef struct backbone_path {
    size_t folder;    /* length */
    lac_span name;    /* of the sequence; empty: the path begins in it */
    const char *rest; /* NULL: this is no path of a backbone */
} backbone_path;

static backbone_path split(const char *path)
{
    backbone_path split = {0, {"", 0}, NULL};
    for (const char *at = path; *at != '\0' && split.rest == NULL;) {
        size_t length = strcspn(at, "/");
        bool last = at[length] == '\0';
        if (last ? lac_span_equal_nocase(lac_span_of(at), lac_span_of("index.xml"))
                 : lac_span_equal_nocase(lac_span_make(at, length), lac_span_of("m1"))) {
            split.rest = at;
        }
        at += length + !last;
    }
    if (split.rest != NULL && split.rest > path) {
        split.folder = (size_t)(split.rest - path) - 1;
        size_t start = split.folder;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        split.name = lac_span_make(path + start, split.folder - start);
    }
    return split;
}

/* The backbone of a sequence at a path within it; LAC_NONE. */
static uint32_t find_backbone(const lac_intake *intake, uint32_t sequence, const char *rest)
{
    const lac_draft *draft = &intake->drafts.items[sequence];
    size_t length = strlen(draft->model.folder);
    for (uint32_t i = 0; i < draft->backbone_count; i++) {
        uint32_t file = intake->backbones.items[draft->first_backbone + i].file;
        const char *path = intake->files[file].path + length + (length > 0);
        if (lac_span_equal_nocase(lac_span_of(path), lac_span_of(rest))) {
            return draft->first_backbone + i;
        }
    }
    return LAC_NONE;
}

/* A sequence of the same application by its number; LAC_NONE. */
static uint32_t find_numbered(const lac_intake *intake, uint32_t sequence, lac_span name)
{
    return lac_map_find(&intake->number_map, intake->drafts.items[sequence].model.application,
                        name);
}

/* Number of ".." a path begins with. */
static size_t count_climbs(lac_span written)
{
    size_t climbs = 0;
    written = lac_span_trim(written);
    while (written.len >= 3 && strncmp(written.ptr, "..", 2) == 0 &&
           (written.ptr[2] == '/' || written.ptr[2] == '\\')) {
        climbs++;
        written = lac_span_make(written.ptr + 3, written.len - 3);
    }
    return climbs;
}

/* From the depth of the file within its sequence: up to the sequence, to its neighbours, or to the
 * sequences of another application of a group. */
static bool is_wrong_depth(const lac_intake *intake, const char *from, uint32_t sequence,
                           const char *written)
{
    const char *folder = intake->drafts.items[sequence].model.folder;
    size_t depth = 0;
    for (const char *at = from + strlen(folder) + (folder[0] != '\0'); *at != '\0'; at++) {
        depth += *at == '/';
    }
    size_t climbs = count_climbs(lac_span_of(written));
    return climbs < depth || climbs > depth + 2;
}

/* Looks the leaf up in one sequence. NONE: the sequence has it not. */
static lac_reference look_up(lac_leaf_reference *out, const lac_intake *intake, uint32_t sequence,
                             const char *rest, const char *id)
{
    uint32_t backbone = find_backbone(intake, sequence, rest);
    if (backbone == LAC_NONE) {
        return LAC_REFERENCE_NONE;
    }
    out->target = lac_map_find(&intake->leaf_map, backbone, lac_span_of(id));
    if (out->target != LAC_NONE) {
        return LAC_REFERENCE_RESOLVED;
    }
    /* A backbone that broke off may hold the leaf in the part that was not read. */
    return intake->backbones.items[backbone].complete ? LAC_REFERENCE_BROKEN
                                                      : LAC_REFERENCE_UNRESOLVABLE;
}

/* The folder at that path is supplied, and it is the sequence its name says. */
static bool is_named_right(const lac_sequence *sequence)
{
    return sequence->number[0] == '\0' || strcmp(sequence->number, sequence->name) == 0;
}

static void resolve(lac_leaf_reference *out, const lac_intake *intake, uint32_t sequence,
                    const lac_path *path)
{
    const char *below = lac_intake_unrooted(intake, path->text);
    const char *text = below != NULL ? below : path->tail;
    backbone_path parts = split(text);
    if (parts.rest == NULL || path->fragment[0] == '\0') {
        out->reference = LAC_REFERENCE_BROKEN;
        return;
    }
    uint32_t by_path =
        below == NULL ? LAC_NONE
                      : lac_map_find(&intake->folder_map, 0, lac_span_make(text, parts.folder));
    lac_reference first = by_path == LAC_NONE
                              ? LAC_REFERENCE_NONE
                              : look_up(out, intake, by_path, parts.rest, path->fragment);
    if (first == LAC_REFERENCE_RESOLVED || first == LAC_REFERENCE_UNRESOLVABLE) {
        out->reference = first;
        return;
    }
    lac_reference second = LAC_REFERENCE_NONE;
    uint32_t by_number = parts.name.len == 0 && by_path == LAC_NONE
                             ? sequence
                             : find_numbered(intake, sequence, parts.name);
    if (by_number != LAC_NONE && by_number != by_path) {
        second = look_up(out, intake, by_number, parts.rest, path->fragment);
    }
    if (second == LAC_REFERENCE_RESOLVED || second == LAC_REFERENCE_UNRESOLVABLE) {
        out->reference = second;
        return;
    }
    bool supplied = by_number != LAC_NONE ||
                    (by_path != LAC_NONE && is_named_right(&intake->drafts.items[by_path].model));
    out->reference = supplied ? LAC_REFERENCE_BROKEN : LAC_REFERENCE_UNRESOLVABLE;
}

lacuna_status lac_references_leaf(lac_leaf_reference *out, lac_intake *intake, const char *from,
                                  uint32_t sequence, const char *written)
{
    lac_path path;
    *out = (lac_leaf_reference){LAC_REFERENCE_UNRESOLVABLE, LAC_NONE, 0};
    lacuna_status status = follow(&path, intake, from, written, false);
    if (status != LACUNA_OK) {
        return status;
    }
    out->path_flags = path.flags;
    if (is_wrong_depth(intake, from, sequence, written)) {
        out->path_flags |= LAC_PATH_DEPTH;
        path.text = NULL; /* what was meant stands behind the climbs */
    }
    resolve(out, intake, sequence, &path);
    return LACUNA_OK;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static lacuna_status resolve_href(lac_intake *intake, lac_placement *leaf, const char *from)
{
    if (leaf->operation == LAC_OPERATION_DELETE ||
        lac_span_trim(lac_span_of(leaf->href)).len == 0) {
        return LACUNA_OK;
    }
    lac_checksum state;
    lacuna_status status = lac_references_file(&leaf->file, &state, &leaf->path_flags, intake, from,
                                               leaf->sequence, leaf->href);
    if (status == LACUNA_OK && leaf->file == LAC_NONE) {
        leaf->checksum_state = state;
    } else if (status == LACUNA_OK) {
        intake->files[leaf->file].reference_count++;
    }
    return status;
}

static lacuna_status resolve_links(lac_intake *intake, lac_placement *leaf, const char *from)
{
    if (leaf->link_count == 0) {
        return LACUNA_OK;
    }
    lac_leaf_reference found;
    lac_link *link = lac_arena_alloc(intake->arena, sizeof *link);
    if (link == NULL) {
        return lac_fail_nomem(intake->err);
    }
    lacuna_status status =
        lac_references_leaf(&found, intake, from, leaf->sequence, leaf->links[0].written);
    *link = (lac_link){leaf->links[0].written, found.reference, found.target, found.path_flags};
    leaf->links = link;
    return status;
}

lacuna_status lac_references_resolve(lac_intake *intake)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < intake->placements.count && status == LACUNA_OK; i++) {
        lac_placement *leaf = &intake->placements.items[i];
        const lac_backbone *backbone = &intake->backbones.items[leaf->backbone];
        if (backbone->kind == LAC_BACKBONE_UNIT) {
            continue;
        }
        const char *from = intake->files[backbone->file].path;
        status = resolve_href(intake, leaf, from);
        if (status == LACUNA_OK) {
            status = resolve_links(intake, leaf, from);
        }
    }
    return status;
}
