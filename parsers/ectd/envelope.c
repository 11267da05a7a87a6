#include "parsers/ectd/envelope.h"

#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

typedef struct field {
    const char *element;
    size_t offset;
    bool of_application; /* else of the envelope */
} field;

#define APPLICATION_FIELD(name, member)                        \
    {                                                          \
        name, offsetof(lac_envelope_application, member), true \
    }
#define ENVELOPE_FIELD(name, member)                \
    {                                               \
        name, offsetof(lac_envelope, member), false \
    }

static const field TEXTS[] = {
    APPLICATION_FIELD("application-number", number), /* US */
    APPLICATION_FIELD("number", number),             /* EU, of application or tracking */
    APPLICATION_FIELD("submission-id", submission_id),
    APPLICATION_FIELD("sequence-number", sequence),
    APPLICATION_FIELD("sequence", sequence), /* EU */
    ENVELOPE_FIELD("company-name", company),
    ENVELOPE_FIELD("applicant", company),
    ENVELOPE_FIELD("invented-name", product),
    ENVELOPE_FIELD("prod-name", product), /* US 2.01 */
    ENVELOPE_FIELD("submission-description", description),
    ENVELOPE_FIELD("date", date),
    ENVELOPE_FIELD("related-sequence", related),
    ENVELOPE_FIELD("related-sequence-number", related),
};

/* Attributes that belong to the application of the moment. */
static const struct {
    const char *element, *attribute;
    size_t offset;
} ATTRIBUTES[] = {
    {"application-number", "application-type", offsetof(lac_envelope_application, type)},
    {"application-information", "application-type", offsetof(lac_envelope_application, type)},
    {"submission-id", "submission-type", offsetof(lac_envelope_application, submission_type)},
    {"submission", "submission-type", offsetof(lac_envelope_application, submission_type)},
    {"submission", "type", offsetof(lac_envelope_application, submission_type)},
    {"sequence-number", "submission-sub-type",
     offsetof(lac_envelope_application, submission_sub_type)},
};

static const field *find_field(const char *element)
{
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        if (strcmp(TEXTS[i].element, element) == 0) {
            return &TEXTS[i];
        }
    }
    return NULL;
}

static lacuna_status add_application(lac_envelope *envelope, lac_intake *intake)
{
    lacuna_status status =
        lac_grow((void **)&envelope->applications, &envelope->capacity, envelope->count + 1,
                 sizeof *envelope->applications, LAC_ENVELOPE_APPLICATIONS_MAX);
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(intake->err, status, "the envelope names more than %d applications",
                        LAC_ENVELOPE_APPLICATIONS_MAX);
    }
    if (status != LACUNA_OK) {
        return lac_fail_nomem(intake->err);
    }
    envelope->applications[envelope->count++] =
        (lac_envelope_application){"", "", "", "", "", "", false};
    return LACUNA_OK;
}

/* The application of the moment; there is always one. NULL: status in *status. */
static lac_envelope_application *now(lac_envelope *envelope, lac_intake *intake,
                                     lacuna_status *status)
{
    *status = envelope->count > 0 ? LACUNA_OK : add_application(envelope, intake);
    return *status == LACUNA_OK ? &envelope->applications[envelope->count - 1] : NULL;
}

static lacuna_status take_attributes(lac_envelope *envelope, lac_intake *intake,
                                     const lac_xml_element *element)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof ATTRIBUTES / sizeof ATTRIBUTES[0]; i++) {
        lac_span value;
        if (strcmp(ATTRIBUTES[i].element, element->name) != 0 ||
            !lac_xml_get(element, ATTRIBUTES[i].attribute, &value)) {
            continue;
        }
        lac_envelope_application *application = now(envelope, intake, &status);
        if (application == NULL) {
            return status;
        }
        const char **place = (const char **)((char *)application + ATTRIBUTES[i].offset);
        if ((*place)[0] == '\0') {
            *place = lac_intake_attribute(intake, element, ATTRIBUTES[i].attribute);
        }
        if (*place == NULL) {
            return LACUNA_E_NOMEM;
        }
    }
    return status;
}

lacuna_status lac_envelope_start(lac_envelope *envelope, bool *wanted, lac_intake *intake,
                                 const lac_xml_element *element)
{
    lac_span holds;
    *wanted = find_field(element->name) != NULL;
    /* US 3.3 only: the EU's application element has no attribute and holds the number alone. */
    if (strcmp(element->name, "application") == 0 &&
        lac_xml_get(element, "application-containing-files", &holds)) {
        lacuna_status status = add_application(envelope, intake);
        if (status != LACUNA_OK) {
            return status;
        }
        envelope->applications[envelope->count - 1].holds_files =
            lac_span_is(lac_span_trim(holds), "true");
    }
    return take_attributes(envelope, intake, element);
}

lacuna_status lac_envelope_text(lac_envelope *envelope, lac_intake *intake, const char *name,
                                lac_span text)
{
    const field *f = find_field(name);
    lacuna_status status = LACUNA_OK;
    lac_envelope_application *application =
        f != NULL && f->of_application ? now(envelope, intake, &status) : NULL;
    if (f == NULL || (f->of_application && application == NULL)) {
        return status;
    }
    char *base = f->of_application ? (char *)application : (char *)envelope;
    const char **place = (const char **)(base + f->offset);
    if (*place == NULL || (*place)[0] == '\0') {
        *place = lac_intake_copy(intake, lac_span_trim(text));
    }
    return *place == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static void fill(lac_draft *draft, const lac_envelope *envelope,
                 const lac_envelope_application *application)
{
    draft->application_id = application->number;
    draft->application_type = application->type;
    draft->activity_type = application->submission_type;
    draft->model.number = application->sequence;
    draft->model.submission_id = application->submission_id;
    draft->model.submission_type = application->submission_type;
    draft->model.submission_sub_type = application->submission_sub_type;
    draft->model.description = or_empty(envelope->description);
    draft->model.company = or_empty(envelope->company);
    draft->model.product = or_empty(envelope->product);
    draft->model.date = or_empty(envelope->date);
    draft->model.related = or_empty(envelope->related);
}

static void count_holders(lac_sequence *sequence, const lac_envelope *envelope)
{
    sequence->group_size = (uint32_t)envelope->count;
    for (size_t i = 0; i < envelope->count; i++) {
        sequence->group_holders += envelope->applications[i].holds_files ? 1 : 0;
    }
}

lacuna_status lac_envelope_apply(const lac_envelope *envelope, lac_intake *intake, uint32_t draft)
{
    size_t holder = 0;
    while (holder < envelope->count && !envelope->applications[holder].holds_files) {
        holder++;
    }
    holder = holder == envelope->count ? 0 : holder;
    count_holders(&intake->drafts.items[draft].model, envelope);
    for (size_t i = 0; i < envelope->count; i++) {
        if (i == holder) {
            fill(&intake->drafts.items[draft], envelope, &envelope->applications[i]);
            continue;
        }
        lacuna_status status;
        lac_draft *added = LAC_ADD(intake, drafts, intake->limits->xml_elements, &status);
        if (added == NULL) {
            return status;
        }
        *added = intake->drafts.items[draft];
        fill(added, envelope, &envelope->applications[i]);
        added->model.grouped_in = draft;
        added->model.placement_count = 0;
        added->model.index_leaves = added->model.regional_leaves = 0;
        added->backbone_count = 0;
    }
    return LACUNA_OK;
}

void lac_envelope_free(lac_envelope *envelope)
{
    free(envelope->applications);
    *envelope = (lac_envelope){0};
}
