/* Items, votes and facts of a stored result. */
#include "analyzer/document_profile.h"
#include "analyzer/gate/decisions.h"
#include "analyzer/gate/waivers.h"
#include "writers/stored/parts.h"

const char *lac_stored_status_name(uint32_t index)
{
    return lac_item_status_name((lac_item_status)index);
}

const char *lac_stored_severity_name(uint32_t index)
{
    return lac_severity_name((lac_severity)index);
}

static const char *confidence_name(uint32_t index)
{
    return lac_confidence_name((lac_confidence)index);
}

static const char *decider_name(uint32_t index)
{
    return lac_decider_name((lac_decider)index);
}

static const char *source_name(uint32_t index)
{
    return lac_fact_source_name((lac_fact_source)index);
}

static lac_candidate *read_candidates(lac_pack_reader *r, lac_stored_document *of,
                                      const json_t *object, const char *key, uint32_t *count)
{
    const json_t *array = lac_pack_array(r, object, key);
    size_t size = json_array_size(array);
    *count = 0;
    lac_candidate *list = size == 0 ? NULL : lac_stored_array(r, size, sizeof *list);
    for (size_t i = 0; list != NULL && i < size; i++) {
        const json_t *json = json_array_get(array, i);
        list[i] =
            (lac_candidate){.section = lac_stored_section(r, of, json),
                            .score = lac_stored_fraction(r, json, "score"),
                            .anchor = lac_stored_anchor(r, of, json_object_get(json, "anchor"))};
        (*count)++;
    }
    return list;
}

static const lac_vote *read_vote(lac_pack_reader *r, lac_stored_document *of, const json_t *json)
{
    lac_vote *vote = lac_stored_array(r, 1, sizeof *vote);
    if (vote == NULL) {
        return NULL;
    }
    vote->status = (lac_item_status)lac_stored_choice(r, json, "status", lac_stored_status_name,
                                                      LAC_STATUS_COUNT, LAC_NOT_EVALUATED);
    vote->reason = lac_stored_text(r, json, "reason");
    vote->evidence = lac_stored_evidence(r, of, json, "fact", &vote->evidence_count);
    vote->searched = lac_stored_texts(r, json, "searched", &vote->searched_count);
    vote->words = lac_stored_text(r, json, "words");
    vote->model = lac_stored_text(r, json, "model");
    vote->request_id = lac_stored_text(r, json, "request_id");
    return vote;
}

static void read_votes(lac_pack_reader *r, lac_stored_document *of, lac_item_result *result,
                       const json_t *json)
{
    const json_t *votes = json_object_get(json, "votes");
    if (votes != NULL) {
        result->model_vote = read_vote(r, of, json_object_get(votes, "model"));
        result->rule_vote = read_vote(r, of, json_object_get(votes, "rule"));
    }
}

static void read_decision(lac_pack_reader *r, lac_item_result *result, const json_t *json)
{
    const json_t *from = json_object_get(json, "decision");
    lac_decision *decision = from == NULL ? NULL : lac_stored_array(r, 1, sizeof *decision);
    if (decision == NULL) {
        return;
    }
    decision->by = lac_stored_text(r, from, "by");
    decision->decided = lac_stored_text(r, from, "decided");
    decision->reason = lac_stored_text(r, from, "reason");
    decision->status = result->status;
    result->decision = decision;
    result->undecided = (lac_item_status)lac_stored_choice(
        r, from, "otherwise", lac_stored_status_name, LAC_STATUS_COUNT, LAC_NOT_EVALUATED);
}

static void read_followed(lac_pack_reader *r, lac_item_result *result, const json_t *json)
{
    const json_t *from = json_object_get(json, "followed");
    const json_t *array = from == NULL ? NULL : lac_pack_array(r, from, "evidence");
    size_t size = json_array_size(array);
    lac_followed *followed = from == NULL ? NULL : lac_stored_array(r, 1, sizeof *followed);
    lac_evidence *list = from == NULL ? NULL : lac_stored_array(r, size, sizeof *list);
    if (followed == NULL || list == NULL) {
        return;
    }
    followed->place = lac_stored_leaf(r, json_object_get(from, "leaf"));
    followed->evidence = list;
    for (size_t i = 0; i < size; i++) {
        const json_t *one = json_array_get(array, i);
        list[i] = (lac_evidence){.quote = lac_span_of(lac_stored_text(r, one, "quote")),
                                 .fact = lac_stored_text_or_null(r, one, "fact"),
                                 .anchor = {.part = "",
                                            .row = LAC_NONE,
                                            .column = LAC_NONE,
                                            .section = LAC_NONE,
                                            .page = lac_stored_number(r, one, "page"),
                                            .line = lac_stored_number(r, one, "text_line"),
                                            .start = lac_stored_number(r, one, "start"),
                                            .end = lac_stored_number(r, one, "end"),
                                            .leaf = followed->place}};
        followed->evidence_count++;
    }
    result->followed = followed;
}

static void read_item(lac_pack_reader *r, lac_item *item, const json_t *json)
{
    item->id = lac_stored_text(r, json, "item");
    item->title = lac_stored_text(r, json, "title");
    item->citation = lac_stored_text_or_null(r, json, "citation");
    item->severity = (lac_severity)lac_stored_choice(r, json, "severity", lac_stored_severity_name,
                                                     LAC_SEVERITY_COUNT, LAC_SEVERITY_INFO);
    item->confidence =
        (lac_confidence)lac_stored_choice(r, json, "source_confidence", confidence_name,
                                          LAC_CONFIDENCE_MEMORY + 1, LAC_CONFIDENCE_MEMORY);
    item->decider = (lac_decider)lac_stored_choice(r, json, "decidable_by", decider_name,
                                                   LAC_DECIDER_PERSON + 1, LAC_DECIDER_RULE);
    item->strength =
        lac_stored_bool(r, json, "structural") ? LAC_STRENGTH_STRUCTURAL : LAC_STRENGTH_SHOULD;
    item->requirement = "";
}

void lac_stored_item(lac_pack_reader *r, lac_stored_document *of, lac_item_result *result,
                     lac_item *item, const json_t *json)
{
    read_item(r, item, json);
    result->item = item;
    result->status = (lac_item_status)lac_stored_choice(r, json, "status", lac_stored_status_name,
                                                        LAC_STATUS_COUNT, LAC_NOT_EVALUATED);
    result->reason = lac_stored_text(r, json, "reason");
    result->explanation = lac_stored_text_or_null(r, json, "explanation");
    result->confidence = lac_stored_fraction(r, json, "confidence");
    result->evidence = lac_stored_evidence(r, of, json, "fact", &result->evidence_count);
    result->searched = lac_stored_texts(r, json, "searched", &result->searched_count);
    result->located = read_candidates(r, of, json, "located", &result->located_count);
    result->nearest = read_candidates(r, of, json, "nearest", &result->nearest_count);
    result->needs = lac_stored_texts(r, json, "needs", &result->needs_count);
    read_followed(r, result, json);
    read_votes(r, of, result, json);
    read_decision(r, result, json);
}

static void read_fact(lac_pack_reader *r, lac_stored_document *of, lac_known_fact *fact,
                      const json_t *json)
{
    uint32_t count;
    fact->key = lac_stored_text(r, json, "fact");
    fact->confidence = lac_stored_fraction(r, json, "confidence");
    fact->contrary = lac_stored_text_or_null(r, json, "contrary");
    fact->source = (lac_fact_source)lac_stored_choice(r, json, "source", source_name,
                                                      LAC_FACT_DETECTED + 1, LAC_FACT_DETECTED);
    const char **values = lac_stored_texts(r, json, "values", &count);
    for (uint32_t i = 0; i < count && i < LAC_FACT_VALUES; i++) {
        fact->values[fact->value_count++] = values[i];
    }
    const lac_evidence *evidence = lac_stored_evidence(r, of, json, "value", &count);
    for (uint32_t i = 0; i < count && i < LAC_FACT_VALUES; i++) {
        fact->evidence[fact->evidence_count++] = evidence[i];
    }
}

void lac_stored_profile(lac_pack_reader *r, lac_stored_document *of, lac_known_facts *facts,
                        const json_t *document)
{
    const json_t *array = lac_pack_array(r, document, "profile");
    size_t size = json_array_size(array);
    facts->items = size == 0 ? NULL : lac_stored_array(r, size, sizeof *facts->items);
    for (size_t i = 0; facts->items != NULL && i < size; i++) {
        read_fact(r, of, &facts->items[i], json_array_get(array, i));
        facts->count++;
    }
}
