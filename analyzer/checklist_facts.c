/* "facts" of a condition: facts of the study or submission that decide whether an item is asked. */
#include "analyzer/checklist_read.h"
#include "analyzer/told.h"
#include "support/buf.h"

enum { MOST_CASES = 8, MOST_DEMANDS = 8, MOST_VALUES = 16, FACT_BYTES = 128 };

/* true and false stand for the values "yes" and "no". */
static const char *value_text(const json_t *value)
{
    if (json_is_boolean(value)) {
        return json_is_true(value) ? "yes" : "no";
    }
    return json_string_value(value);
}

static bool is_listed(const char *key, const char *value)
{
    lac_buf fact;
    lac_buf_init(&fact, FACT_BYTES);
    bool listed = lac_buf_printf(&fact, "%s=%s", key, value) == LACUNA_OK &&
                  lac_told_allowed(lac_buf_text(&fact), NULL) == LACUNA_OK;
    lac_buf_free(&fact);
    return listed;
}

static void add_value(lac_pack_reader *r, lac_fact_demand *demand, const char **values,
                      const json_t *json)
{
    const char *text = value_text(json);
    if (text == NULL || !is_listed(demand->key, text)) {
        lac_pack_problem(r, "%.40s: no fact and value that profile-facts.json lists", demand->key);
        return;
    }
    const char *copy = lac_arena_copy(r->arena, lac_span_of(text));
    r->out_of_memory = r->out_of_memory || copy == NULL;
    if (copy != NULL) {
        values[demand->value_count++] = copy;
    }
}

static void read_demand(lac_pack_reader *r, lac_fact_demand *demand, const char *key,
                        const json_t *json)
{
    bool list = json_is_array(json);
    size_t count = list ? json_array_size(json) : 1;
    const char **values = lac_arena_array(r->arena, count, sizeof *values);
    demand->key = lac_arena_copy(r->arena, lac_span_of(key));
    demand->values = values;
    if (values == NULL || demand->key == NULL) {
        r->out_of_memory = true;
        demand->key = "";
        return;
    }
    if (count == 0 || count > MOST_VALUES) {
        lac_pack_problem(r, "%.40s: 1 to %d values", key, MOST_VALUES);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        add_value(r, demand, values, list ? json_array_get(json, i) : json);
    }
}

static void read_case(lac_pack_reader *r, lac_fact_case *out, const json_t *json)
{
    size_t count = json_object_size(json);
    if (!json_is_object(json) || count == 0 || count > MOST_DEMANDS) {
        lac_pack_problem(r, "an object with 1 to %d facts, or a list of such objects",
                         MOST_DEMANDS);
        return;
    }
    lac_fact_demand *demands = lac_arena_array(r->arena, count, sizeof *demands);
    if (demands == NULL) {
        r->out_of_memory = true;
        return;
    }
    out->demands = demands;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        read_demand(r, &demands[out->count++], key, value);
    }
}

void lac_checklist_read_cases(lac_pack_reader *r, lac_condition *condition, const json_t *json)
{
    if (json == NULL) {
        return;
    }
    size_t mark = lac_pack_enter(r, "facts");
    bool list = json_is_array(json);
    size_t count = list ? json_array_size(json) : 1;
    if (count == 0 || count > MOST_CASES) {
        lac_pack_problem(r, "1 to %d cases", MOST_CASES);
        count = 0;
    }
    lac_fact_case *cases = lac_arena_array(r->arena, count, sizeof *cases);
    r->out_of_memory = r->out_of_memory || cases == NULL;
    condition->cases = cases;
    for (size_t i = 0; i < count && cases != NULL; i++) {
        read_case(r, &cases[condition->case_count++], list ? json_array_get(json, i) : json);
    }
    lac_pack_leave(r, mark);
}
