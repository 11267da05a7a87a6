/*
 * task.h - one request on its way to an answer: attempts, other ways to ask, one repair.
 *
 * Purpose: decides what comes after each attempt. Where a service does not enforce schemas, the
 * schema is asked for in words, and that is remembered for the model; an answer that does not have
 * the shape is sent back once with what is wrong; one cut off at its length is asked for once more
 * with twice the length; a refusal is asked of the fallback model once. What is left is the core's
 * to judge. Ownership: a task owns its arena; the response lives in it.
 */
#ifndef LAC_CLAUDE_TASK_H
#define LAC_CLAUDE_TASK_H

#include "claude/answer.h"
#include "claude/body.h"
#include "claude/exchange.h"
#include "claude/provider.h"
#include "claude/table.h"

enum { LAC_TASK_MODELS = 2 };

/* What all tasks of a client share. */
typedef struct lac_task_context {
    const lac_settings *settings;
    const lac_model_table *table;
    lac_provider *provider;
    const char *models[LAC_TASK_MODELS]; /* the model, and the fallback (NULL: none) */
    bool words_only[LAC_TASK_MODELS];    /* schemas are not enforced: found out, or known */
    double spent;                        /* US dollars */
} lac_task_context;

typedef struct lac_task {
    const lacuna_request *request;
    lac_arena arena;
    lac_buf body;
    lac_buf turns_text; /* the answer that was sent back, and what was wrong with it */
    uint32_t attempts;  /* failures of transport so far, for the present way to ask */
    uint32_t retries;   /* all of them */
    uint32_t model;     /* which of the context's models is asked */
    uint32_t max_output_tokens;
    bool made_longer, repaired, reauthorized;
    lacuna_turn repair;
    lacuna_response response;
    lacuna_usage usage; /* of all attempts that were answered */
    double cost;
    double reserved; /* US dollars set aside for the attempt under way */
} lac_task;

void lac_task_init(lac_task *task, const lacuna_request *request);
void lac_task_free(lac_task *task);

/* Writes the body of the next attempt into task->body; nothing else is needed for that. */
lacuna_status lac_task_write(lac_task *task, const lac_task_context *context, lacuna_error *err);

/* The request of the next attempt, once it is written: with address and credentials. */
lacuna_status lac_task_address(const lac_task *task, const lac_task_context *context,
                               lac_http_request *request, lac_arena *arena, lacuna_error *err);

typedef enum lac_task_step {
    LAC_TASK_AGAIN,  /* one more attempt, in `wait_ms` */
    LAC_TASK_DONE,   /* `task->response` is the answer */
    LAC_TASK_FAILED, /* `failure` says why */
} lac_task_step;

/* What follows from an attempt that ended with `outcome`. */
lac_task_step lac_task_take(lac_task *task, lac_task_context *context, lac_exchange *exchange,
                            lacuna_status outcome, lacuna_error *failure, uint32_t *wait_ms);

/* Most that the next attempt can cost, in US dollars; below 0 where the price is unknown. */
double lac_task_worst_cost(const lac_task *task, const lac_task_context *context);

/* Input tokens of a request by its length: an estimate on the high side. */
uint64_t lac_task_estimate(const lac_buf *body);

#endif
