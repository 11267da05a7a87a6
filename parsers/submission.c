#include "parsers/submission.h"

#include <stdlib.h>

void lac_submission_free(lac_submission *submission)
{
    if (submission != NULL) {
        lac_arena arena = submission->arena;
        lac_arena_free(&arena);
        free(submission);
    }
}

const char *lac_placement_heading(const lac_submission *submission, const lac_placement *placement)
{
    return placement->node == LAC_NONE ? "" : submission->nodes[placement->node].heading;
}

static int by_file(const void *key, const void *item)
{
    uint32_t file = *(const uint32_t *)key;
    uint32_t other = ((const lac_study_summary *)item)->file;
    return (file > other) - (file < other);
}

const lac_trial_summary *lac_submission_summary(const lac_submission *submission, uint32_t file)
{
    const lac_study_summary *found =
        submission->summary_count == 0 ? NULL
                                       : bsearch(&file, submission->summaries,
                                                 submission->summary_count, sizeof *found, by_file);
    return found != NULL && found->read ? &found->content : NULL;
}

const char *lac_operation_name(lac_operation operation)
{
    static const char *const names[] = {"new",    "append",    "replace", "delete",
                                        "active", "suspended", "other"};
    return operation < LAC_OPERATION_COUNT ? names[operation] : "other";
}

const char *lac_reference_name(lac_reference reference)
{
    static const char *const names[] = {"none", "resolved", "unresolvable", "broken"};
    return reference < LAC_REFERENCE_COUNT ? names[reference] : "none";
}

const char *lac_state_name(lac_state state)
{
    static const char *const names[] = {"current", "superseded", "deleted", "operation"};
    return state < LAC_STATE_COUNT ? names[state] : "current";
}

const char *lac_checksum_name(lac_checksum checksum)
{
    static const char *const names[] = {"ok",        "ok_after_crlf", "mismatch", "missing_file",
                                        "not_given", "unresolvable",  "not_read"};
    return checksum < LAC_CHECKSUM_COUNT ? names[checksum] : "not_given";
}
