#include "parsers/docx/counters.h"

#include <string.h>

lacuna_status lac_counters_init(lac_counters *counters, const lac_numbering *numbering,
                                lac_arena *arena)
{
    counters->numbering = numbering;
    counters->definitions =
        lac_arena_array(arena, numbering->definition_count, sizeof *counters->definitions);
    counters->used = lac_arena_array(arena, numbering->list_count, 1);
    return counters->definitions == NULL || counters->used == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

void lac_counters_reset(lac_counters *counters)
{
    memset(counters->definitions, 0,
           counters->numbering->definition_count * sizeof *counters->definitions);
    memset(counters->used, 0, counters->numbering->list_count);
}

static int32_t start_of(const lac_numbering *numbering, const lac_list *list, int32_t level)
{
    if (list->start_override[level] != LAC_NO_OVERRIDE) {
        return list->start_override[level];
    }
    const lac_list_level *definition = lac_list_level_at(numbering, list, level);
    return definition == NULL ? 1 : definition->start;
}

static void apply_overrides(lac_counter *counter, const lac_list *list)
{
    for (int32_t i = 0; i < LAC_LIST_LEVELS; i++) {
        if (list->start_override[i] != LAC_NO_OVERRIDE) {
            counter->running &= (uint16_t) ~(1u << i);
        }
    }
}

/* A deeper level starts over when a level at or above its w:lvlRestart (1-based) was used; 0: never
 * (ECMA-376 17.9.10). */
static bool restarts(const lac_list_level *deeper, int32_t used)
{
    return deeper == NULL || deeper->restart == LAC_UNSET || used < deeper->restart;
}

void lac_counters_step(lac_counters *counters, const lac_list *list, int32_t level)
{
    const lac_numbering *numbering = counters->numbering;
    lac_counter *counter = &counters->definitions[list->definition];
    uint8_t *used = &counters->used[list - numbering->lists];
    if (*used == 0) {
        *used = 1;
        apply_overrides(counter, list);
    }
    for (int32_t i = 0; i < level; i++) {
        if ((counter->running & (1u << i)) == 0) {
            counter->value[i] = start_of(numbering, list, i);
            counter->running |= (uint16_t)(1u << i);
        }
    }
    if ((counter->running & (1u << level)) == 0) {
        counter->value[level] = start_of(numbering, list, level);
        counter->running |= (uint16_t)(1u << level);
    } else if (counter->value[level] < INT32_MAX) {
        counter->value[level]++;
    }
    for (int32_t i = level + 1; i < LAC_LIST_LEVELS; i++) {
        if (restarts(lac_list_level_at(numbering, list, i), level)) {
            counter->running &= (uint16_t) ~(1u << i);
        }
    }
}

bool lac_counters_touched(const lac_counters *counters, const lac_list *list)
{
    return counters->definitions[list->definition].running != 0;
}

/* ---- printing -------------------------------------------------------------------------------- */

typedef struct label_printer {
    const lac_counters *counters;
    const lac_list *list;
    int32_t level;
    bool legal;
    bool known;
} label_printer;

/* The number of one level ("%2"); levels below the paragraph's own print nothing. */
static lacuna_status print_level(lac_buf *out, label_printer *printer, int32_t level)
{
    const lac_list_level *definition =
        lac_list_level_at(printer->counters->numbering, printer->list, level);
    if (level > printer->level || definition == NULL) {
        return LACUNA_OK;
    }
    const lac_counter *counter = &printer->counters->definitions[printer->list->definition];
    lac_number_style style = definition->style;
    /* Zero-padded numbers are Arabic already and stay as they are: "Article I", "Section 1.01". */
    bool arabic = style.format == LAC_NUMBER_DECIMAL || style.format == LAC_NUMBER_PADDED;
    bool shows_number = style.format != LAC_NUMBER_NONE && style.format != LAC_NUMBER_BULLET;
    if (printer->legal && shows_number && !arabic) {
        style = lac_number_style_decimal();
    }
    return lac_number_print(out, style, counter->value[level], &printer->known);
}

static lacuna_status print_pattern(lac_buf *out, label_printer *printer, const char *pattern)
{
    lacuna_status status = LACUNA_OK;
    for (const char *at = pattern; *at != '\0' && status == LACUNA_OK; at++) {
        if (at[0] == '%' && at[1] >= '1' && at[1] <= '9') {
            status = print_level(out, printer, at[1] - '1');
            at++;
        } else {
            status = lac_buf_append_char(out, *at);
        }
    }
    return status;
}

/* Bullets differ in shape and font and say nothing by it: one stands for all. */
static const char bullet[] = "\xE2\x80\xA2";

lacuna_status lac_counters_print(lac_buf *out, lac_list_label *label, const lac_counters *counters,
                                 const lac_list *list, int32_t level)
{
    *label = (lac_list_label){false, true};
    const lac_list_level *definition = lac_list_level_at(counters->numbering, list, level);
    if (definition == NULL) {
        return LACUNA_OK;
    }
    if (definition->style.format == LAC_NUMBER_BULLET) {
        label->bullet = true;
        return lac_buf_append_text(out, bullet);
    }
    label_printer printer = {counters, list, level, definition->legal, true};
    size_t start = out->len;
    lacuna_status status = print_pattern(out, &printer, definition->text);
    label->known = printer.known;
    if (!printer.known) {
        out->len = start;
    }
    return status;
}
