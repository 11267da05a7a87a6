#include "drafter/respond/answers.h"

#include "drafter/respond/plan.h"
#include "drafter/respond/response.h"
#include "support/error.h"

const char *lac_answer_part_name(lac_answer_part_kind kind)
{
    static const char *const names[] = {LAC_PART_QUESTION, LAC_PART_BRIEF,   LAC_PART_DETAIL,
                                        LAC_PART_CHANGES,  LAC_PART_UPDATED, LAC_PART_COMMITMENTS};
    return names[kind];
}

/* A heading may have got a number from the template, or its number may have been typed. */
static bool is_headed(const lac_document *document, const lac_section *section, const char *label)
{
    lac_span line = lac_span_trim(lac_block_text(document, &document->blocks[section->heading]));
    return lac_span_equal_nocase(lac_span_trim(section->title), lac_span_of(label)) ||
           lac_span_equal_nocase(line, lac_span_of(label));
}

static bool is_inside(const lac_document *document, uint32_t section, uint32_t above)
{
    while (section != 0 && section != above) {
        section = document->sections[section].parent;
    }
    return section == above;
}

static void find_parts(lac_reply_answer *answer, const lac_document *document)
{
    for (uint32_t s = answer->section + 1; s < document->section_count; s++) {
        if (!is_inside(document, s, answer->section)) {
            break;
        }
        for (int k = 0; k < LAC_ANSWER_PARTS; k++) {
            if (answer->parts[k] == LAC_NONE &&
                is_headed(document, &document->sections[s],
                          lac_answer_part_name((lac_answer_part_kind)k))) {
                answer->parts[k] = s;
            }
        }
    }
}

lacuna_status lac_reply_find(lac_reply_answers *out, lac_arena *arena, const lac_letter *letter,
                             const lac_document *response, lacuna_error *err)
{
    out->count = letter->query_count;
    out->items = lac_arena_array(arena, (size_t)out->count + 1, sizeof *out->items);
    if (out->items == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < out->count; i++) {
        lac_reply_answer *answer = &out->items[i];
        *answer = (lac_reply_answer){.query = &letter->queries[i], .section = LAC_NONE};
        answer->label = lac_response_label(arena, answer->query);
        if (answer->label == NULL) {
            return lac_fail_nomem(err);
        }
        for (int k = 0; k < LAC_ANSWER_PARTS; k++) {
            answer->parts[k] = LAC_NONE;
        }
        for (uint32_t s = 1; s < response->section_count && answer->section == LAC_NONE; s++) {
            if (is_headed(response, &response->sections[s], answer->label)) {
                answer->section = s;
                find_parts(answer, response);
            }
        }
    }
    return LACUNA_OK;
}

void lac_reply_blocks(uint32_t *first, uint32_t *end, const lac_document *response,
                      const lac_reply_answer *answer, lac_answer_part_kind kind)
{
    *first = *end = 0;
    if (answer->parts[kind] != LAC_NONE) {
        const lac_section *section = &response->sections[answer->parts[kind]];
        *first = section->first_block + 1;
        *end = section->end_block;
    }
}

bool lac_reply_is_open(const lac_document *response, const lac_reply_answer *answer,
                       lac_answer_part_kind kind)
{
    uint32_t first, end;
    lac_reply_blocks(&first, &end, response, answer, kind);
    for (uint32_t b = first; b < end; b++) {
        lac_span text = lac_span_trim(lac_block_text(response, &response->blocks[b]));
        if (text.len > 0 && !lac_span_starts_nocase(text, LAC_NEEDED)) {
            return false;
        }
    }
    return true;
}
