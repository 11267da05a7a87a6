#include "analyzer/ectd/diff_sides.h"

#include "analyzer/ectd/check.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { KEY_MAX = 1u << 22, MD5_DIGITS = 32, SHA256_DIGITS = 64 };

/* ---- applications --------------------------------------------------------------------------- */

static uint32_t find_application(const lac_submission *submission, const char *id)
{
    for (uint32_t i = 0; i < submission->application_count; i++) {
        if (strcmp(submission->applications[i].id, id) == 0) {
            return i;
        }
    }
    return LAC_NONE;
}

static void add_application(lac_sides *sides, uint32_t from, uint32_t to)
{
    lac_diff_application *added = &sides->applications[sides->application_count];
    const lac_submission *s =
        sides->side[from == LAC_NONE ? LAC_DIFF_TO : LAC_DIFF_FROM].submission;
    *added = (lac_diff_application){.index = {from, to},
                                    .id = s->applications[from == LAC_NONE ? to : from].id};
    if (from != LAC_NONE) {
        sides->side[LAC_DIFF_FROM].applications[from] = sides->application_count;
    }
    if (to != LAC_NONE) {
        sides->side[LAC_DIFF_TO].applications[to] = sides->application_count;
    }
    sides->application_count++;
}

/* By their ids; two single applications are compared whatever they are called, since the number is
 * not in every envelope and the folder may have been renamed. */
static void pair_applications(lac_sides *sides)
{
    const lac_submission *a = sides->side[LAC_DIFF_FROM].submission;
    const lac_submission *b = sides->side[LAC_DIFF_TO].submission;
    if (a->application_count == 1 && b->application_count == 1) {
        add_application(sides, 0, 0);
        return;
    }
    for (uint32_t i = 0; i < a->application_count; i++) {
        add_application(sides, i, find_application(b, a->applications[i].id));
    }
    for (uint32_t i = 0; i < b->application_count; i++) {
        if (find_application(a, b->applications[i].id) == LAC_NONE) {
            add_application(sides, LAC_NONE, i);
        }
    }
}

/* ---- headings ------------------------------------------------------------------------------- */

static lacuna_status append_part(lac_buf *buf, const char *text)
{
    /* Lengths keep parts apart whatever they hold. */
    return lac_buf_printf(buf, "%zu:%s;", strlen(text), text);
}

/* What tells a heading from the others under the same parent: its number, the element where it has
 * none of its own, the title of an extension, the keys. */
static lacuna_status describe_node(lac_buf *buf, const lac_submission *s, const lac_node *node)
{
    const char *above = node->parent == LAC_NONE ? "" : s->nodes[node->parent].heading;
    lac_buf_clear(buf);
    lacuna_status status = append_part(buf, node->heading);
    if (status == LACUNA_OK && strcmp(above, node->heading) == 0) {
        status = append_part(buf, node->extension ? node->title : node->element);
    }
    for (uint32_t i = 0; i < node->key_count && status == LACUNA_OK; i++) {
        status = append_part(buf, node->keys[i].name);
        if (status == LACUNA_OK) {
            status = append_part(buf, node->keys[i].value);
        }
    }
    return status;
}

static lacuna_status number_node(lac_sides *sides, lac_side *side, uint32_t index, lac_buf *buf,
                                 uint32_t *next)
{
    const lac_node *node = &side->submission->nodes[index];
    uint32_t above = node->parent == LAC_NONE ? LAC_NONE : side->classes[node->parent];
    lacuna_status status = describe_node(buf, side->submission, node);
    if (status != LACUNA_OK) {
        return lac_fail(sides->err, status, "the keys of a heading are too long");
    }
    side->classes[index] = lac_map_find(&sides->headings, above, lac_buf_span(buf));
    if (side->classes[index] != LAC_NONE) {
        return LACUNA_OK;
    }
    const char *kept = lac_arena_copy(sides->arena, lac_buf_span(buf));
    side->classes[index] = (*next)++;
    return kept != NULL && lac_map_put(&sides->headings, above, lac_span_make(kept, buf->len),
                                       side->classes[index]) == LACUNA_OK
               ? LACUNA_OK
               : lac_fail_nomem(sides->err);
}

/* A parent has a lower index than its children. */
static lacuna_status number_headings(lac_sides *sides)
{
    lac_buf buf;
    uint32_t next = 0;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&buf, KEY_MAX);
    for (int k = 0; k < LAC_DIFF_SIDES; k++) {
        lac_side *side = &sides->side[k];
        for (uint32_t i = 0; i < side->submission->node_count && status == LACUNA_OK; i++) {
            status = number_node(sides, side, i, &buf, &next);
        }
    }
    lac_buf_free(&buf);
    return status;
}

uint32_t lac_sides_class(const lac_side *side, uint32_t placement)
{
    uint32_t node = side->submission->placements[placement].node;
    return node == LAC_NONE ? LAC_NONE - 1 : side->classes[node];
}

/* ---- places in the history ------------------------------------------------------------------ */

uint32_t lac_sides_application(const lac_side *side, uint32_t placement)
{
    const lac_submission *s = side->submission;
    return side->applications[s->sequences[s->placements[placement].sequence].application];
}

/* The number, where there is one: the folder may be called otherwise in another copy. */
static lacuna_status append_sequence(lac_buf *buf, const lac_sequence *sequence)
{
    uint64_t number;
    return lac_sequence_number(&number, sequence)
               ? lac_buf_printf(buf, "%llu", (unsigned long long)number)
               : lac_buf_printf(buf, "/%s", sequence->name);
}

static lacuna_status append_place(lac_buf *buf, const lac_submission *s, uint32_t placement)
{
    const lac_placement *p = &s->placements[placement];
    lac_buf_clear(buf);
    lacuna_status status = append_sequence(buf, &s->sequences[p->sequence]);
    return status == LACUNA_OK
               ? lac_buf_printf(buf, " %d %s", (int)s->backbones[p->backbone].kind, p->id)
               : status;
}

/* A second leaf of the same id is told from the first by a number behind it. */
static lacuna_status keep_place(lac_sides *sides, lac_side *side, uint32_t placement, lac_buf *buf,
                                uint32_t *alike)
{
    uint32_t application = lac_sides_application(side, placement);
    lacuna_status status = append_place(buf, side->submission, placement);
    uint32_t first = LAC_NONE;
    if (status == LACUNA_OK) {
        first = lac_map_find(&side->places, application, lac_buf_span(buf));
    }
    if (status == LACUNA_OK && first != LAC_NONE) {
        status = lac_buf_printf(buf, "\n%u", ++alike[first]);
    }
    const char *kept = status == LACUNA_OK ? lac_arena_copy(sides->arena, lac_buf_span(buf)) : NULL;
    if (kept == NULL || lac_map_put(&side->places, application, lac_span_make(kept, buf->len),
                                    placement) != LACUNA_OK) {
        return lac_fail_nomem(sides->err);
    }
    side->keys[placement] = kept;
    return LACUNA_OK;
}

static lacuna_status keep_places(lac_sides *sides, lac_side *side, lac_buf *buf)
{
    uint32_t count = side->submission->placement_count;
    lacuna_status status = LACUNA_OK;
    uint32_t *alike = calloc((size_t)count + 1, sizeof *alike);
    if (alike == NULL) {
        return lac_fail_nomem(sides->err);
    }
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = keep_place(sides, side, i, buf, alike);
    }
    free(alike);
    return status;
}

static lacuna_status keep_sequence(lac_sides *sides, lac_side *side, uint32_t index, lac_buf *buf)
{
    const lac_sequence *sequence = &side->submission->sequences[index];
    uint32_t application = side->applications[sequence->application];
    uint64_t number;
    if (lac_sequence_number(&number, sequence) && number + 1 > side->highest[application]) {
        side->highest[application] = number + 1;
    }
    lac_buf_clear(buf);
    lacuna_status status = append_sequence(buf, sequence);
    const char *kept = status == LACUNA_OK ? lac_arena_copy(sides->arena, lac_buf_span(buf)) : NULL;
    return kept != NULL && lac_map_put(&side->numbers, application, lac_span_make(kept, buf->len),
                                       index) == LACUNA_OK
               ? LACUNA_OK
               : lac_fail_nomem(sides->err);
}

static lacuna_status read_history(lac_sides *sides)
{
    lac_buf buf;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&buf, KEY_MAX);
    for (int k = 0; k < LAC_DIFF_SIDES && status == LACUNA_OK; k++) {
        lac_side *side = &sides->side[k];
        for (uint32_t i = 0; i < side->submission->sequence_count && status == LACUNA_OK; i++) {
            status = keep_sequence(sides, side, i, &buf);
        }
        if (status == LACUNA_OK) {
            status = keep_places(sides, side, &buf);
        }
    }
    lac_buf_free(&buf);
    return status;
}

uint32_t lac_sides_find(const lac_sides *sides, int from, uint32_t placement)
{
    const lac_side *own = &sides->side[from];
    return lac_map_find(&sides->side[1 - from].places, lac_sides_application(own, placement),
                        lac_span_of(own->keys[placement]));
}

bool lac_sides_skips(const lac_sides *sides, int from, uint32_t placement)
{
    const lac_side *own = &sides->side[from];
    const lac_side *other = &sides->side[1 - from];
    const lac_submission *s = own->submission;
    const lac_sequence *sequence = &s->sequences[s->placements[placement].sequence];
    uint32_t application = own->applications[sequence->application];
    char name[24];
    uint64_t number;
    if (!lac_sequence_number(&number, sequence) || number >= other->highest[application]) {
        return false;
    }
    int length = snprintf(name, sizeof name, "%llu", (unsigned long long)number);
    return lac_map_find(&other->numbers, application,
                        lac_span_make(name, length < 0 ? 0 : (size_t)length)) == LAC_NONE;
}

/* ---- content -------------------------------------------------------------------------------- */

static bool is_digest(const char *text)
{
    size_t length = strspn(text, "0123456789abcdefABCDEF");
    return text[length] == '\0' && (length == MD5_DIGITS || length == SHA256_DIGITS);
}

const char *lac_content_digest(const lac_submission *submission, const lac_placement *placement)
{
    const lac_v4_document *document =
        placement->document == LAC_NONE ? NULL : &submission->documents[placement->document];
    uint32_t index =
        placement->file != LAC_NONE || document == NULL ? placement->file : document->file;
    const lac_file *file = index == LAC_NONE ? NULL : &submission->files[index];
    if (file != NULL && (file->md5[0] != '\0' || file->sha256[0] != '\0')) {
        /* That of its standard: the other kind may be there for another leaf. */
        bool sha256 = document != NULL || file->md5[0] == '\0';
        return sha256 && file->sha256[0] != '\0' ? file->sha256 : file->md5;
    }
    const char *written = document == NULL ? placement->checksum : document->checksum;
    return is_digest(written) ? written : "";
}

lac_content lac_content_compare(const char *from, const char *to)
{
    if (from[0] == '\0' || strlen(from) != strlen(to)) {
        return LAC_CONTENT_UNKNOWN;
    }
    return strcasecmp(from, to) == 0 ? LAC_CONTENT_SAME : LAC_CONTENT_CHANGED;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status make_side(lac_side *side, size_t applications, lacuna_error *err)
{
    const lac_submission *s = side->submission;
    side->applications = calloc((size_t)s->application_count + 1, sizeof *side->applications);
    side->classes = calloc((size_t)s->node_count + 1, sizeof *side->classes);
    side->keys = calloc((size_t)s->placement_count + 1, sizeof *side->keys);
    side->highest = calloc(applications, sizeof *side->highest);
    return side->applications == NULL || side->classes == NULL || side->keys == NULL ||
                   side->highest == NULL
               ? lac_fail_nomem(err)
               : LACUNA_OK;
}

lacuna_status lac_sides_make(lac_sides *sides, const lac_submission *from, const lac_submission *to,
                             lac_arena *arena, lacuna_error *err)
{
    size_t most = (size_t)from->application_count + to->application_count + 1;
    *sides = (lac_sides){.side = {{.submission = from}, {.submission = to}},
                         .applications = lac_arena_array(arena, most, sizeof *sides->applications),
                         .arena = arena,
                         .err = err};
    lacuna_status status = sides->applications == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    for (int k = 0; k < LAC_DIFF_SIDES && status == LACUNA_OK; k++) {
        status = make_side(&sides->side[k], most, err);
    }
    if (status == LACUNA_OK) {
        pair_applications(sides);
        status = number_headings(sides);
    }
    return status == LACUNA_OK ? read_history(sides) : status;
}

void lac_sides_free(lac_sides *sides)
{
    for (int k = 0; k < LAC_DIFF_SIDES; k++) {
        lac_side *side = &sides->side[k];
        free(side->applications);
        free(side->classes);
        free(side->keys);
        free(side->highest);
        lac_map_free(&side->places);
        lac_map_free(&side->numbers);
    }
    lac_map_free(&sides->headings);
}
