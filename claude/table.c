#include "claude/table.h"

#include "checklists/embed.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <stdlib.h>

struct lac_model_table {
    json_t *tree;
};

static lac_span built_in(void)
{
    for (size_t i = 0; i < lac_embedded_count(); i++) {
        if (strcmp(lac_embedded_name(i), "claude/models.json") == 0) {
            return lac_embedded_data(i);
        }
    }
    return lac_span_of("");
}

static bool is_table(const json_t *tree)
{
    const json_t *schema = json_object_get(tree, "schema");
    return json_is_string(schema) && strcmp(json_string_value(schema), "lacuna.models/1") == 0 &&
           json_is_string(json_object_get(tree, "default")) &&
           json_is_array(json_object_get(tree, "models"));
}

#define SHAPE                                                                                      \
    "it is an object with \"schema\": \"lacuna.models/1\", \"default\" and a list of \"models\", " \
    "as "                                                                                          \
    "claude/models.json among the sources of this program"

lacuna_status lac_model_table_load(lac_model_table **out, const lac_span *json, lacuna_error *err)
{
    json_error_t where = {0};
    *out = NULL;
    lac_model_table *table = calloc(1, sizeof *table);
    if (table == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status =
        lac_json_parse(&table->tree, json == NULL ? built_in() : *json, 0, &where);
    bool parsed = status == LACUNA_OK;
    if (parsed && !is_table(table->tree)) {
        status = LACUNA_E_FORMAT;
    }
    if (status != LACUNA_OK) {
        lac_model_table_free(table);
        return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
               : parsed ? lac_fail_remedy(err, status, SHAPE, "this is no table of models")
                        : lac_fail_remedy(err, status, SHAPE,
                                          "the table of models is no JSON: line %d: %.100s",
                                          where.line, where.text);
    }
    *out = table;
    return LACUNA_OK;
}

void lac_model_table_free(lac_model_table *table)
{
    if (table != NULL) {
        json_decref(table->tree);
        free(table);
    }
}

const char *lac_model_table_default(const lac_model_table *table)
{
    return json_string_value(json_object_get(table->tree, "default"));
}

/* Whether `name` is the model `id` with what services put around it. */
static bool names_model(const char *name, const char *id)
{
    const char *at = strstr(name, id);
    size_t length = strlen(id);
    if (at == NULL || (at != name && at[-1] != '.' && at[-1] != '/')) {
        return false;
    }
    const char *rest = at + length;
    return *rest == '\0' || *rest == '@' || *rest == ':' || strncmp(rest, "-v", 2) == 0 ||
           (*rest == '-' && strspn(rest + 1, "0123456789") >= 8);
}

static double price_of(const json_t *row, const char *key)
{
    return json_number_value(json_object_get(json_object_get(row, "price"), key));
}

static uint64_t count_of(const json_t *row, const char *key)
{
    json_int_t value = json_integer_value(json_object_get(row, key));
    return value > 0 ? (uint64_t)value : 0;
}

static bool lists(const json_t *row, const char *key, const char *word)
{
    size_t index;
    const json_t *one;
    json_array_foreach(json_object_get(row, key), index, one)
    {
        if (json_is_string(one) && strcmp(json_string_value(one), word) == 0) {
            return true;
        }
    }
    return false;
}

lac_model_facts lac_model_table_find(const lac_model_table *table, const char *model,
                                     const char *provider)
{
    size_t index;
    const json_t *row;
    json_array_foreach(json_object_get(table->tree, "models"), index, row)
    {
        const char *id = json_string_value(json_object_get(row, "id"));
        if (id != NULL && names_model(model, id)) {
            return (lac_model_facts){
                .known = true,
                .context = count_of(row, "context"),
                .output = count_of(row, "output"),
                .input_price = price_of(row, "input"),
                .output_price = price_of(row, "output"),
                .cache_read_price = price_of(row, "cache_read"),
                .cache_write_price = price_of(row, "cache_write"),
                .structured = lists(row, "structured", provider),
            };
        }
    }
    return (lac_model_facts){0};
}

double lac_model_cost(const lac_model_facts *facts, const lacuna_usage *usage)
{
    if (!facts->known) {
        return -1;
    }
    return ((double)usage->input * facts->input_price +
            (double)usage->output * facts->output_price +
            (double)usage->cache_read * facts->cache_read_price +
            (double)usage->cache_write * facts->cache_write_price) /
           1e6;
}
