/*
 * table.h - what is known about models: windows, prices, where the shape of an answer is enforced.
 *
 * Purpose: data (claude/models.json, or the user's own file), since services other than Anthropic's
 * own tell nothing about their models. An unknown model works: its price is unknown and its
 * abilities are tried out. Ownership: a table owns its rows; immutable after loading.
 */
#ifndef LAC_CLAUDE_TABLE_H
#define LAC_CLAUDE_TABLE_H

#include "include/lacuna_model.h"
#include "support/span.h"

#include <stdbool.h>

typedef struct lac_model_table lac_model_table;

typedef struct lac_model_facts {
    bool known;
    uint64_t context, output;                                              /* tokens; 0: unknown */
    double input_price, output_price, cache_read_price, cache_write_price; /* dollars a million */
    bool structured; /* the service asked about enforces a schema */
} lac_model_facts;

/* `json` NULL: the built-in table. */
lacuna_status lac_model_table_load(lac_model_table **out, const lac_span *json, lacuna_error *err);
void lac_model_table_free(lac_model_table *table);

const char *lac_model_table_default(const lac_model_table *table);

/* Facts about a model as a service names it: prefixes ("us.anthropic."), versions ("-v1:0") and
 * dates ("@20250929") of services are looked through. */
lac_model_facts lac_model_table_find(const lac_model_table *table, const char *model,
                                     const char *provider);

/* Dollars; below 0 where the price is unknown. */
double lac_model_cost(const lac_model_facts *facts, const lacuna_usage *usage);

#endif
