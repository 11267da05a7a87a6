/* Messages of eCTD 4.0: ids, numbers, what refers to what. */
#include "analyzer/ectd/check.h"

#include <string.h>

enum { PRIORITY_MOST = 999999, LOOK_BACK_MOST = 4096 /* sequences */ };

/* 8-4-4-4-12 hexadecimal digits. */
static bool is_uuid(const char *text)
{
    static const char form[] = "00000000-0000-0000-0000-000000000000";
    size_t i = 0;
    for (; form[i] != '\0' && text[i] != '\0'; i++) {
        bool hex = strchr("0123456789abcdefABCDEF", text[i]) != NULL;
        if (form[i] == '-' ? text[i] != '-' : !hex) {
            return false;
        }
    }
    return form[i] == '\0' && text[i] == '\0';
}

static lacuna_status status_word(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *context = &c->submission->placements[i];
    return context->operation == LAC_OPERATION_OTHER
               ? lac_ectd_found(c, lac_here(c, i), "\"%s\"", context->operation_written)
               : LACUNA_OK;
}

/* The reader gives 0 where there is none or it is no number in range. */
static lacuna_status priority(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *context = &c->submission->placements[i];
    return context->operation == LAC_OPERATION_ACTIVE &&
                   (context->priority == 0 || context->priority > PRIORITY_MOST)
               ? lac_ectd_found(c, lac_here(c, i), "context of use %s", context->id)
               : LACUNA_OK;
}

static lacuna_status context_id(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *context = &c->submission->placements[i];
    return !is_uuid(context->id) ? lac_ectd_found(c, lac_here(c, i), "\"%s\"", context->id)
                                 : LACUNA_OK;
}

static lacuna_status document_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *context = &c->submission->placements[i];
    return context->operation == LAC_OPERATION_ACTIVE && context->document_id[0] == '\0'
               ? lac_ectd_found(c, lac_here(c, i), "context of use %s", context->id)
               : LACUNA_OK;
}

static lacuna_status document_unresolvable(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *context = &c->submission->placements[i];
    return context->document_id[0] != '\0' &&
                   context->document_reference == LAC_REFERENCE_UNRESOLVABLE
               ? lac_ectd_found(c, lac_here(c, i), "document %s", context->document_id)
               : LACUNA_OK;
}

static lacuna_status document_id(lac_ectd_check *c, uint32_t i)
{
    const lac_v4_document *document = &c->submission->documents[i];
    return !is_uuid(document->id)
               ? lac_ectd_found(c, lac_place_document(&c->places, i), "\"%s\"", document->id)
               : LACUNA_OK;
}

static lacuna_status document_title(lac_ectd_check *c, uint32_t i)
{
    const lac_v4_document *document = &c->submission->documents[i];
    return lac_span_trim(lac_span_of(document->title)).len == 0
               ? lac_ectd_found(c, lac_place_document(&c->places, i), "document %s (%s)",
                                document->id, document->href)
               : LACUNA_OK;
}

static lacuna_status document_checksum(lac_ectd_check *c, uint32_t i)
{
    const lac_v4_document *document = &c->submission->documents[i];
    return document->href[0] != '\0' && lac_span_trim(lac_span_of(document->checksum)).len == 0
               ? lac_ectd_found(c, lac_place_document(&c->places, i), "%s", document->href)
               : LACUNA_OK;
}

static lacuna_status document_path(lac_ectd_check *c, uint32_t i)
{
    const lac_v4_document *document = &c->submission->documents[i];
    return document->href[0] == '\0' && !document->update
               ? lac_ectd_found(c, lac_place_document(&c->places, i), "document %s \"%s\"",
                                document->id, document->title)
               : LACUNA_OK;
}

static lacuna_status document_unused(lac_ectd_check *c, uint32_t i)
{
    const lac_v4_document *document = &c->submission->documents[i];
    return document->use_count == 0 && !document->update
               ? lac_ectd_found(c, lac_place_document(&c->places, i), "document %s \"%s\"",
                                document->id, document->title)
               : LACUNA_OK;
}

/* ---- units ---------------------------------------------------------------------------------- */

static lacuna_status submission_id(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *sequence = &c->submission->sequences[i];
    return sequence->standard == LAC_STANDARD_ECTD_4 && !is_uuid(sequence->submission_id)
               ? lac_ectd_found(c, lac_place_sequence(&c->places, i), "\"%s\"",
                                sequence->submission_id)
               : LACUNA_OK;
}

/* The sequence whose folder it lies in. */
static uint32_t host_of(const lac_ectd_check *c, uint32_t i)
{
    uint32_t host = c->submission->sequences[i].grouped_in;
    return host == LAC_NONE ? i : host;
}

static bool is_second_number(const lac_ectd_check *c, uint32_t i, uint32_t other)
{
    const lac_sequence *a = &c->submission->sequences[i];
    const lac_sequence *b = &c->submission->sequences[other];
    return a->application == b->application && host_of(c, i) == host_of(c, other) &&
           strcmp(a->number, b->number) != 0;
}

/* A unit may be for several applications, each with one number; told at the higher number. */
static lacuna_status two_numbers(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *s = &c->submission->sequences[i];
    if (s->standard != LAC_STANDARD_ECTD_4 || i == 0 || !is_second_number(c, i, i - 1)) {
        return LACUNA_OK;
    }
    return lac_ectd_found(c, lac_place_sequence(&c->places, i),
                          "one unit gives application %s the numbers %s and %s",
                          c->submission->applications[s->application].id,
                          c->submission->sequences[i - 1].number, s->number);
}

/* Amendments and resubmissions belong to a submission that an earlier unit has opened. */
static lacuna_status id_changed(lac_ectd_check *c, uint32_t i)
{
    const lac_sequence *s = &c->submission->sequences[i];
    const lac_application *of = &c->submission->applications[s->application];
    uint64_t first;
    bool continues = strcmp(s->submission_sub_type, "us_submission_unit_type_4") == 0 ||
                     strcmp(s->submission_sub_type, "us_submission_unit_type_5") == 0;
    bool whole = of->missing_count == 0 && i - of->first_sequence <= LOOK_BACK_MOST &&
                 lac_sequence_number(&first, &c->submission->sequences[of->first_sequence]) &&
                 first <= 1;
    if (s->standard != LAC_STANDARD_ECTD_4 || !continues || !whole) {
        return LACUNA_OK;
    }
    for (uint32_t at = of->first_sequence; at < i; at++) {
        if (strcmp(c->submission->sequences[at].submission_id, s->submission_id) == 0) {
            return LACUNA_OK;
        }
    }
    return lac_ectd_found(c, lac_place_sequence(&c->places, i),
                          "no earlier unit has the submission id %s", s->submission_id);
}

static lacuna_status ich_version(lac_ectd_check *c, uint32_t i)
{
    const lac_backbone *unit = &c->submission->backbones[i];
    return unit->kind == LAC_BACKBONE_UNIT && unit->ich_version[0] == '\0'
               ? lac_ectd_found(c, lac_place_backbone(&c->places, i), "sequence %s",
                                c->submission->sequences[unit->sequence].name)
               : LACUNA_OK;
}

static lacuna_status us_version(lac_ectd_check *c, uint32_t i)
{
    const lac_backbone *unit = &c->submission->backbones[i];
    return unit->kind == LAC_BACKBONE_UNIT && unit->regional_version[0] == '\0'
               ? lac_ectd_found(c, lac_place_backbone(&c->places, i), "sequence %s",
                                c->submission->sequences[unit->sequence].name)
               : LACUNA_OK;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.v4.status", LAC_EACH_CONTEXT, status_word},
    {"ectd.v4.priority", LAC_EACH_CONTEXT, priority},
    {"ectd.v4.context-id", LAC_EACH_CONTEXT, context_id},
    {"ectd.v4.document-absent", LAC_EACH_CONTEXT, document_absent},
    {"ectd.v4.document-unresolvable", LAC_EACH_CONTEXT, document_unresolvable},
    {"ectd.v4.document-id", LAC_EACH_DOCUMENT, document_id},
    {"ectd.v4.document-title", LAC_EACH_DOCUMENT, document_title},
    {"ectd.v4.document-checksum", LAC_EACH_DOCUMENT, document_checksum},
    {"ectd.v4.document-path", LAC_EACH_DOCUMENT, document_path},
    {"ectd.v4.document-unused", LAC_EACH_DOCUMENT, document_unused},
    {"ectd.v4.submission-id", LAC_EACH_SEQUENCE, submission_id},
    {"ectd.v4.two-numbers", LAC_EACH_SEQUENCE, two_numbers},
    {"ectd.v4.submission-id-changed", LAC_EACH_SEQUENCE, id_changed},
    {"ectd.v4.ich-version", LAC_EACH_BACKBONE, ich_version},
    {"ectd.v4.us-version", LAC_EACH_BACKBONE, us_version},
};
LAC_ECTD_TABLE(lac_v4_rules, ENTRIES);
