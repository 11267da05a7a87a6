#include "drafter/respond/check.h"

#include "analyzer/evidence.h"
#include "drafter/respond/check_items.h"
#include "drafter/respond/checking.h"
#include "support/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MESSAGE_MAX = 2048 };

/* ---- findings ------------------------------------------------------------------------------- */

lacuna_status lac_reply_find_fault(lac_reply_checking *c, const lac_document *document,
                                   const char *rule, lac_severity severity, uint32_t start,
                                   uint32_t end, const char *format, ...)
{
    char message[MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    const lac_anchor anchor = lac_anchor_at(document, start, end);
    return length >= 0 &&
                   lac_finding_add(&c->findings, rule, severity, message, &anchor, 1) == LACUNA_OK
               ? LACUNA_OK
               : lac_fail_nomem(c->err);
}

lacuna_status lac_reply_sees(bool *sees, lac_match *where, lac_reply_checking *c,
                             lac_letter_group group, uint32_t from, uint32_t to)
{
    lac_match best = {UINT32_MAX, UINT32_MAX};
    lac_letter_eye eye = {.rules = c->given->rules, .index = c->index, .err = c->err};
    const lac_letter_rule_list *list = &eye.rules->groups[group];
    for (uint32_t i = 0; i < list->count; i++) {
        lac_match match;
        if (lac_eye_sees(&eye, &list->items[i], from, to, &match) && match.start < best.start) {
            best = match;
        }
    }
    *sees = best.start != UINT32_MAX;
    *where = best;
    return eye.status;
}

/* ---- the answers ---------------------------------------------------------------------------- */

static lacuna_status check_order(lac_reply_checking *c)
{
    const lac_document *document = c->given->response;
    uint32_t last = 0;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < c->answers.count && status == LACUNA_OK; i++) {
        const lac_reply_answer *answer = &c->answers.items[i];
        if (answer->section != LAC_NONE && answer->section < last) {
            const lac_anchor at = lac_anchor_section(document, answer->section);
            status = lac_reply_find_fault(
                c, document, "response/order", LAC_SEVERITY_MINOR, at.start, at.end,
                "The answer to %s stands before one that the letter asks for earlier.",
                answer->label);
        }
        last = answer->section != LAC_NONE && answer->section > last ? answer->section : last;
    }
    return status;
}

static lacuna_status check_letter(lac_reply_checking *c)
{
    const lac_letter *letter = c->given->letter;
    lacuna_status status = LACUNA_OK;
    if (letter->incomplete) {
        status = lac_reply_find_fault(c, c->given->response, "response/letter-incomplete",
                                      LAC_SEVERITY_MAJOR, 0, 0,
                                      "Text of the letter is missing, so nobody knows whether "
                                      "everything is answered: %s.",
                                      letter->note_count > 0 ? letter->notes[0] : "");
    }
    if (status == LACUNA_OK && !c->given->same_letter) {
        status = lac_reply_find_fault(c, c->given->response, "response/other-letter",
                                      LAC_SEVERITY_MAJOR, 0, 0,
                                      "The package was written for another letter, or the letter "
                                      "has changed since.");
    }
    return status;
}

static lacuna_status check_answers(lac_reply_checking *c)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < c->answers.count && status == LACUNA_OK; i++) {
        const lac_reply_answer *answer = &c->answers.items[i];
        if (answer->section != LAC_NONE) {
            status = lac_reply_check_changes(c, answer);
            status = status == LACUNA_OK ? lac_reply_check_promises(c, answer) : status;
        }
    }
    return status;
}

/* ---- results -------------------------------------------------------------------------------- */

static lacuna_status new_result(lac_document_result **out, const lac_document *document,
                                const char *type, lacuna_error *err)
{
    lac_document_result *result = calloc(1, sizeof *result);
    *out = result;
    if (result == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&result->arena);
    result->document = document;
    result->application = "";
    result->type = (lac_detection){type, 1.0, "it is part of a response package"};
    result->language = (lac_detection){"en", 1.0, ""};
    result->date = (lac_detection){"", 0.0, ""};
    return LACUNA_OK;
}

/* Findings grow with malloc; the result's own live in its arena. */
static lacuna_status take_findings(lac_reply_checking *c)
{
    lac_document_result *result = c->result;
    result->findings =
        lac_arena_array(&result->arena, c->findings.count + 1, sizeof *result->findings);
    if (result->findings == NULL) {
        return lac_fail_nomem(c->err);
    }
    if (c->findings.count > 0) {
        memcpy(result->findings, c->findings.items, c->findings.count * sizeof *result->findings);
    }
    result->finding_count = (uint32_t)c->findings.count;
    return LACUNA_OK;
}

static lacuna_status check_response(lac_reply_checking *c)
{
    const lac_document *document = c->given->response;
    lac_span text = lac_document_slice(document, 0, document->reference_length);
    lacuna_status status = lac_text_index_new(&c->index, text, c->err);
    if (status == LACUNA_OK) {
        status = lac_reply_find(&c->answers, &c->result->arena, c->given->letter, document, c->err);
    }
    status = status == LACUNA_OK ? lac_reply_read_passages(c) : status;
    status = status == LACUNA_OK ? lac_reply_judge_queries(c) : status;
    status = status == LACUNA_OK ? check_letter(c) : status;
    status = status == LACUNA_OK ? check_order(c) : status;
    status = status == LACUNA_OK ? check_answers(c) : status;
    status = status == LACUNA_OK ? lac_reply_check_list(c) : status;
    status = status == LACUNA_OK ? lac_reply_check_needed(c, document) : status;
    status = status == LACUNA_OK ? lac_reply_check_claims(c) : status;
    return status == LACUNA_OK ? take_findings(c) : status;
}

static lacuna_status check_cover(lac_reply_checking *c)
{
    const lac_document *document = c->given->cover;
    lac_span text = lac_document_slice(document, 0, document->reference_length);
    lacuna_status status = lac_text_index_new(&c->index, text, c->err);
    status = status == LACUNA_OK ? lac_reply_judge_duties(c) : status;
    status = status == LACUNA_OK ? lac_reply_check_needed(c, document) : status;
    return status == LACUNA_OK ? take_findings(c) : status;
}

static lacuna_status check(lac_document_result **out, const lac_reply_given *given,
                           const lac_document *document, const char *type,
                           lacuna_status (*work)(lac_reply_checking *c), lacuna_error *err)
{
    lac_reply_checking c = {.given = given, .err = err};
    lacuna_status status = new_result(out, document, type, err);
    if (status != LACUNA_OK) {
        return status;
    }
    c.result = *out;
    c.findings.arena = &c.result->arena;
    status = work(&c);
    lac_text_index_free(c.index);
    lac_passage_list_free(&c.passages);
    free(c.findings.items);
    if (status != LACUNA_OK) {
        lac_document_result_free(*out);
        *out = NULL;
    }
    return status;
}

lacuna_status lac_reply_check(lac_document_result **response, lac_document_result **cover,
                              const lac_reply_given *given, lacuna_error *err)
{
    *cover = NULL;
    lacuna_status status =
        check(response, given, given->response, "agency_response", check_response, err);
    if (status == LACUNA_OK && given->cover != NULL) {
        status = check(cover, given, given->cover, "cover_letter", check_cover, err);
    }
    if (status != LACUNA_OK) {
        lac_document_result_free(*response);
        *response = NULL;
    }
    return status;
}
