#include "writers/identities.h"

#include "analyzer/gate/identity.h"
#include "support/error.h"

#include <stdlib.h>

static lacuna_status name_one(lac_report *report, uint32_t index, lac_buf *buf, lacuna_error *err)
{
    const lac_report_document *document = &report->documents[index];
    const lac_document_result *result = document->result;
    const lac_named_document named = {
        .id = document->id,
        .application = document->is_submission && result != NULL ? result->application : NULL,
        .leaf = document->place_count > 0 ? document->places[0] : NULL,
        .document = document->document,
        .type = result == NULL || result->type.value == NULL ? "" : result->type.value,
        .path = document->path,
    };
    lac_buf_clear(buf);
    if (document->identity != NULL) { /* as a stored result tells it */
        report->identities[index].text = document->identity;
        return LACUNA_OK;
    }
    lacuna_status status = lac_gate_identity(buf, &named);
    if (status != LACUNA_OK) {
        return lac_fail(err, status, "a document could not be named");
    }
    report->identities[index].text = lac_arena_copy(&report->arena, lac_buf_span(buf));
    return report->identities[index].text == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static int compare(const void *a, const void *b)
{
    const lac_report_identity *x = *(const lac_report_identity *const *)a;
    const lac_report_identity *y = *(const lac_report_identity *const *)b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : x < y ? -1 : 1; /* one array, in path order */
}

static lacuna_status tell_apart(lac_report *report, lac_report_identity **sorted, lac_buf *buf,
                                lacuna_error *err)
{
    const char *shared = NULL;
    uint32_t ordinal = 1;
    for (uint32_t i = 0; i < report->document_count; i++) {
        ordinal = shared != NULL && strcmp(shared, sorted[i]->text) == 0 ? ordinal + 1 : 1;
        shared = sorted[i]->text;
        if (ordinal == 1) {
            continue;
        }
        lac_buf_clear(buf);
        lacuna_status status = lac_buf_printf(buf, "%s#%u", shared, ordinal);
        const char *own =
            status == LACUNA_OK ? lac_arena_copy(&report->arena, lac_buf_span(buf)) : NULL;
        if (own == NULL) {
            return lac_fail_nomem(err);
        }
        sorted[i]->shared = shared;
        sorted[i]->text = own;
    }
    return LACUNA_OK;
}

lacuna_status lac_report_identify(lac_report *report, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    size_t count = report->document_count;
    lac_buf buf;
    lac_buf_init(&buf, 2 * LAC_IDENTITY_MAX);
    report->identities = lac_arena_array(&report->arena, count + 1, sizeof *report->identities);
    lac_report_identity **sorted = calloc(count + 1, sizeof *sorted);
    if (report->identities == NULL || sorted == NULL) {
        status = lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = name_one(report, i, &buf, err);
        sorted[i] = &report->identities[i];
    }
    if (status == LACUNA_OK && count > 1) {
        qsort(sorted, count, sizeof(lac_report_identity *), compare);
        status = tell_apart(report, sorted, &buf, err);
    }
    free(sorted);
    lac_buf_free(&buf);
    return status;
}

uint32_t lac_identity_shared_count(const lac_report *report)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < report->document_count; i++) {
        count += report->identities[i].shared != NULL ? 1 : 0;
    }
    return count;
}
