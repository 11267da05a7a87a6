#include "api/draft_template.h"

#include "parsers/open.h"
#include "parsers/package/source.h"
#include "support/error.h"
#include "writers/docx/fill.h"
#include "writers/docx/fill_values.h"
#include "writers/docx/house_templates.h"
#include "writers/docx/template_read.h"
#include "writers/docx/write.h"

#include <stdlib.h>

enum { OWN_VALUES = 2 }; /* title, date */

struct lac_house {
    lac_limits limits;
    lac_arena arena;
    char *path, *owned;
    lac_span bytes;
    lac_conventions *profile; /* NULL: guessed */
    const lac_fill_value *values;
    uint32_t value_count;
};

/* ---- opening --------------------------------------------------------------------------------- */

static lacuna_status read_house(lac_house *house, const char *path, lacuna_error *err)
{
    size_t length;
    if (strpbrk(path, "/.") == NULL && lac_house_template(&house->bytes, path)) {
        return LACUNA_OK;
    }
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    lacuna_status status =
        lac_source_read(&house->owned, &length, &source, house->limits.package_file_bytes, err);
    house->bytes = lac_span_make(house->owned, status == LACUNA_OK ? length : 0);
    return status;
}

lacuna_status lac_house_open(lac_house **out, const char *path, lac_span values, lac_span profile,
                             const lac_limits *limits, lacuna_error *err)
{
    *out = NULL;
    lac_house *house = calloc(1, sizeof *house);
    if (house == NULL) {
        return lac_fail_nomem(err);
    }
    house->limits = *limits;
    lac_arena_init(&house->arena);
    house->path = lac_arena_copy(&house->arena, lac_span_of(path));
    lacuna_status status = house->path == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = read_house(house, path, err);
    }
    if (status == LACUNA_OK && profile.len > 0) {
        status = lac_conventions_read(&house->profile, profile, limits, err);
    }
    if (status == LACUNA_OK && values.len > 0) {
        status = lac_fill_values_read(&house->values, &house->value_count, &house->arena, values,
                                      limits, err);
    }
    if (status != LACUNA_OK) {
        lac_house_free(house);
        return status;
    }
    *out = house;
    return LACUNA_OK;
}

void lac_house_free(lac_house *house)
{
    if (house != NULL) {
        lac_conventions_free(house->profile);
        lac_arena_free(&house->arena);
        free(house->owned);
        free(house);
    }
}

/* ---- where the items are in a document ------------------------------------------------------- */

typedef struct placing {
    lac_house *house;
    const lac_house_order *order;
    lac_arena arena;
    bool *done;        /* of each gap: it has been written */
    lac_target *found; /* of each gap, in the document at hand */
    lacuna_error *err;
} placing;

/* The item of a step in another result; UINT32_MAX: that checklist or item is not there. */
static uint32_t item_of(const lac_checklist_result **list, const lac_document_result *result,
                        const lac_plan_step *step)
{
    for (uint32_t i = 0; i < result->checklist_count; i++) {
        *list = &result->checklists[i];
        for (uint32_t k = 0; (*list)->checklist == step->checklist && k < (*list)->item_count;
             k++) {
            if ((*list)->items[k].item == step->gap->item) {
                return k;
            }
        }
    }
    return UINT32_MAX;
}

static lacuna_status locate(placing *state, lac_document **document, lac_span bytes)
{
    const lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = state->house->path, .memory = bytes};
    lac_document_result *result = NULL;
    lacuna_status status = lac_document_open(document, &source, &state->house->limits, state->err);
    if (status == LACUNA_OK) {
        status = lac_analyze(&result, *document, state->order->judged_by, state->err);
    }
    for (uint32_t i = 0; status == LACUNA_OK && i < state->order->plan->step_count; i++) {
        const lac_checklist_result *list;
        uint32_t item = item_of(&list, result, &state->order->plan->steps[i]);
        state->found[i] =
            item == UINT32_MAX
                ? (lac_target){.place = {LAC_DRAFT_AT_END, 0}, .section = LAC_NONE, .level = 1}
                : lac_target_find(*document, list, item);
    }
    lac_document_result_free(result);
    return status;
}

/* ---- the blocks of a gap --------------------------------------------------------------------- */

/* With a heading of a level, or without where the template has it; headings below it follow. */
static lacuna_status make_blocks(lac_draft_gap *out, placing *state, uint32_t gap, uint8_t level)
{
    const lac_draft_gap *from = &state->order->draft->gaps[gap];
    const lac_item *item = state->order->plan->steps[gap].gap->item;
    bool has = from->block_count > 0 && from->blocks[0].kind == LAC_DRAFT_HEADING;
    uint32_t skip = level == 0 && has ? 1 : 0, add = level > 0 && !has ? 1 : 0;
    int shift = has && level > 0 ? level - from->blocks[0].level : 0;
    lac_draft_block *blocks =
        lac_arena_array(&state->arena, (size_t)from->block_count + 2, sizeof *blocks);
    if (blocks == NULL) {
        return lac_fail_nomem(state->err);
    }
    *out = *from;
    out->blocks = blocks;
    out->block_count = from->block_count - skip + add;
    if (add > 0) {
        blocks[0] = (lac_draft_block){
            .kind = LAC_DRAFT_HEADING, .level = level, .text = lac_span_of(item->title)};
    }
    for (uint32_t i = skip; i < from->block_count; i++) {
        lac_draft_block *block = &blocks[i - skip + add];
        *block = from->blocks[i];
        if (block->kind == LAC_DRAFT_HEADING) {
            int moved = block->level + shift;
            block->level = (uint8_t)(moved < 1 ? 1 : moved > 9 ? 9 : moved);
        }
    }
    return LACUNA_OK;
}

/* ---- placeholders of sections ---------------------------------------------------------------- */

static bool is_value_name(const lac_house *house, lac_span name)
{
    for (uint32_t i = 0; i < house->value_count; i++) {
        if (lac_span_equal(house->values[i].name, name)) {
            return true;
        }
    }
    return false;
}

/* The first placeholder that is a paragraph of its own in a section's own text. */
static const lac_placeholder *place_in(const placing *state, const lac_document *document,
                                       const lac_template_contents *contents, uint32_t section)
{
    const lac_section *of = &document->sections[section];
    const lac_block *heading = &document->blocks[of->heading];
    uint32_t first = heading->ordinal, end = UINT32_MAX;
    for (uint32_t i = of->own_end_block; i < document->block_count && end == UINT32_MAX; i++) {
        if (document->blocks[i].part == heading->part) {
            end = document->blocks[i].ordinal;
        }
    }
    for (size_t i = 0; i < contents->placeholders.count; i++) {
        const lac_placeholder *item = &contents->placeholders.items[i];
        if (item->alone && !item->is_set && !item->is_list && item->paragraph > first &&
            item->paragraph < end && item->kind != LAC_PLACEHOLDER_FIELD &&
            strcmp(item->part, document->parts[heading->part]) == 0 &&
            !is_value_name(state->house, item->name)) {
            return item;
        }
    }
    return NULL;
}

static bool is_used(const lac_fill_value *values, uint32_t count, uint32_t paragraph)
{
    for (uint32_t i = 0; i < count; i++) {
        if (values[i].has_place && values[i].paragraph == paragraph) {
            return true;
        }
    }
    return false;
}

/* Values for the placeholders of the sections whose items were drafted. */
static lacuna_status add_drafts(lac_fill_value *values, uint32_t *count, placing *state,
                                const lac_document *document, const lac_template_contents *contents)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < state->order->draft->gap_count && status == LACUNA_OK; i++) {
        const lac_target *target = &state->found[i];
        const lac_placeholder *place = target->level == 0 && target->section != LAC_NONE
                                           ? place_in(state, document, contents, target->section)
                                           : NULL;
        lac_draft_gap gap;
        if (place == NULL || is_used(values, *count, place->paragraph)) {
            continue;
        }
        status = make_blocks(&gap, state, i, 0);
        if (status == LACUNA_OK && gap.block_count > 0) {
            values[(*count)++] = (lac_fill_value){.name = gap.item,
                                                  .blocks = gap.blocks,
                                                  .block_count = gap.block_count,
                                                  .comment = gap.comment,
                                                  .comment_count = gap.comment_count,
                                                  .has_place = true,
                                                  .paragraph = place->paragraph};
            state->done[i] = true;
        }
    }
    return status;
}

/* What the document tells of itself, where nobody has said it. */
static void add_facts(lac_fill_value *values, uint32_t *count, const placing *state)
{
    const lac_house_order *order = state->order;
    lac_span date = order->draft->date;
    const lac_fill_value facts[OWN_VALUES] = {
        {.name = lac_span_of("title"), .text = order->document->property_title},
        {.name = lac_span_of("date"),
         .text = lac_span_make(date.ptr, date.len < 10 ? date.len : 10)},
    };
    for (size_t i = 0; i < OWN_VALUES; i++) {
        if (facts[i].text.len > 0 && !is_value_name(state->house, facts[i].name)) {
            values[(*count)++] = facts[i];
        }
    }
}

static lacuna_status fill_template(lac_filled **out, placing *state, const lac_document *document)
{
    const lac_house *house = state->house;
    const lac_draft *draft = state->order->draft;
    lac_template_contents *contents;
    uint32_t count = 0;
    lac_fill_value *values = lac_arena_array(
        &state->arena, (size_t)house->value_count + draft->gap_count + OWN_VALUES + 1,
        sizeof *values);
    if (values == NULL) {
        return lac_fail_nomem(state->err);
    }
    for (uint32_t i = 0; i < house->value_count; i++) {
        values[count++] = house->values[i];
    }
    add_facts(values, &count, state);
    lacuna_status status = lac_template_read(&contents, house->bytes, house->path, house->profile,
                                             &house->limits, state->err);
    if (status == LACUNA_OK) {
        status = add_drafts(values, &count, state, document, contents);
    }
    if (status == LACUNA_OK) {
        const lac_fill fill = {.values = values,
                               .value_count = count,
                               .author = draft->author,
                               .initials = draft->initials,
                               .date = draft->date,
                               .marked = state->order->marked,
                               .properties = state->order->properties,
                               .property_count = state->order->property_count,
                               .profile = contents->profile};
        status = lac_docx_fill(out, house->bytes, house->path, &fill, &house->limits, state->err);
    }
    lac_template_contents_free(contents);
    return status;
}

/* ---- the others ------------------------------------------------------------------------------ */

/* Drafts without a placeholder go into their section, or get one. */
static lacuna_status write_others(lac_written **out, placing *state, lac_span bytes)
{
    lac_document *document = NULL;
    uint32_t count = 0, total = state->order->draft->gap_count;
    lac_draft_gap *gaps = lac_arena_array(&state->arena, (size_t)total + 1, sizeof *gaps);
    lacuna_status status =
        gaps == NULL ? lac_fail_nomem(state->err) : locate(state, &document, bytes);
    for (uint32_t i = 0; i < total && status == LACUNA_OK; i++) {
        if (!state->done[i]) {
            status = make_blocks(&gaps[count], state, i, state->found[i].level);
            gaps[count++].place = state->found[i].place;
        }
    }
    lac_document_free(document);
    if (status == LACUNA_OK && count > 0) {
        lac_draft draft = *state->order->draft;
        draft.gaps = gaps;
        draft.gap_count = count;
        const lac_write_options how = {.marked = state->order->marked,
                                       .limits = &state->house->limits};
        status = lac_docx_write(out, bytes, state->house->path, &draft, &how, state->err);
    }
    return status;
}

static uint64_t count_done(const placing *state)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < state->order->draft->gap_count; i++) {
        count += state->done[i];
    }
    return count;
}

static lacuna_status write_house(char **bytes, size_t *length, uint64_t *placed, placing *state)
{
    lac_document *document = NULL;
    lac_filled *filled = NULL;
    lac_written *written = NULL;
    lacuna_status status = locate(state, &document, state->house->bytes);
    if (status == LACUNA_OK) {
        status = fill_template(&filled, state, document);
    }
    if (status == LACUNA_OK) {
        *placed = count_done(state);
        status = write_others(&written, state, lac_span_make(filled->bytes, filled->length));
        if (status == LACUNA_E_UNSUPPORTED && *placed > 0) {
            status = LACUNA_OK; /* the others have no place; how many is told */
        }
    }
    if (status == LACUNA_OK) {
        *placed += written == NULL ? 0 : written->placed;
        *bytes = written == NULL ? filled->bytes : written->bytes;
        *length = written == NULL ? filled->length : written->length;
        *(written == NULL ? &filled->bytes : &written->bytes) = NULL;
    }
    lac_document_free(document);
    lac_filled_free(filled);
    lac_written_free(written);
    return status;
}

lacuna_status lac_house_write(char **bytes, size_t *length, uint64_t *placed, lac_house *house,
                              const lac_house_order *order, lacuna_error *err)
{
    *bytes = NULL;
    *length = 0;
    *placed = 0;
    placing state = {.house = house, .order = order, .err = err};
    lac_arena_init(&state.arena);
    size_t count = (size_t)order->draft->gap_count + 1;
    state.done = lac_arena_array(&state.arena, count, sizeof *state.done);
    state.found = lac_arena_array(&state.arena, count, sizeof *state.found);
    lacuna_status status = state.done == NULL || state.found == NULL
                               ? lac_fail_nomem(err)
                               : write_house(bytes, length, placed, &state);
    lac_arena_free(&state.arena);
    return status;
}
