#include "parsers/ectd/message.h"

#include "parsers/ectd/tree.h"
#include "support/buf.h"
#include "support/digest.h"
#include "support/error.h"

#include <stdlib.h>

typedef enum element {
    OTHER,
    APPLICATION,
    CODE,
    COMPONENT_OF_1,
    CONTEXT,
    DEVICE,
    DISPLAY_NAME,
    DOCUMENT,
    DOCUMENT_REFERENCE,
    ID,
    INTEGRITY_CHECK,
    ITEM,
    KEYWORD,
    KEYWORD_DEFINITION,
    PRIORITY_NUMBER,
    REFERENCE,
    RELATED_CONTEXT,
    SEQUENCE_NUMBER,
    STATUS_CODE,
    SUBJECT_OF,
    SUBMISSION,
    SUBMISSION_REFERENCE,
    TEXT,
    TITLE,
    UNIT,
    VALUE,
} element;

static const struct {
    const char *name;
    element element;
} ELEMENTS[] = {
    {"application", APPLICATION},
    {"code", CODE},
    {"componentOf1", COMPONENT_OF_1},
    {"contextOfUse", CONTEXT},
    {"device", DEVICE},
    {"displayName", DISPLAY_NAME},
    {"document", DOCUMENT},
    {"documentReference", DOCUMENT_REFERENCE},
    {"id", ID},
    {"integrityCheck", INTEGRITY_CHECK},
    {"item", ITEM},
    {"keyword", KEYWORD},
    {"keywordDefinition", KEYWORD_DEFINITION},
    {"priorityNumber", PRIORITY_NUMBER},
    {"reference", REFERENCE},
    {"relatedContextOfUse", RELATED_CONTEXT},
    {"sequenceNumber", SEQUENCE_NUMBER},
    {"statusCode", STATUS_CODE},
    {"subjectOf", SUBJECT_OF},
    {"submission", SUBMISSION},
    {"submissionReference", SUBMISSION_REFERENCE},
    {"submissionUnit", UNIT},
    {"text", TEXT},
    {"title", TITLE},
    {"value", VALUE},
};

/* One componentOf1: an application this unit belongs to. */
typedef struct member {
    const char *number, *submission_id, *submission_type, *application, *application_type;
    bool has_documents;
} member;

enum { MEMBERS_MAX = 512, LINKS_MAX = 1u << 16 };

typedef struct message_reader {
    lac_intake *intake;
    uint32_t draft, backbone;
    LAC_LIST(element) open;
    LAC_LIST(member) members;
    LAC_LIST(lac_link) links; /* of the open context */
    lac_placement context;
    lac_v4_document document;
    lac_keyword keyword;
    uint32_t priority;
    bool excluding; /* in a subjectOf with negationInd="true" */
    const char *unit_type, *unit_title;
    lac_buf text;
} message_reader;

static element element_of(const char *name)
{
    size_t low = 0, high = sizeof ELEMENTS / sizeof ELEMENTS[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, ELEMENTS[middle].name);
        if (order == 0) {
            return ELEMENTS[middle].element;
        }
        low = order > 0 ? middle + 1 : low;
        high = order < 0 ? middle : high;
    }
    return OTHER;
}

/* The element `up` levels above the one that is being entered. */
static element above(const message_reader *r, size_t up)
{
    return r->open.count >= up ? r->open.items[r->open.count - up] : OTHER;
}

static lacuna_status read_value(const char **place, message_reader *r, const lac_xml_element *e,
                                const char *attribute)
{
    *place = lac_intake_attribute(r->intake, e, attribute);
    return *place == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static uint32_t read_number(const lac_xml_element *e)
{
    lac_span value;
    uint32_t number = 0;
    if (!lac_xml_get(e, "value", &value) || value.len == 0 || value.len > 9) {
        return 0;
    }
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9') {
            return 0;
        }
        number = number * 10 + (uint32_t)(value.ptr[i] - '0');
    }
    return number;
}

/* The member of the moment; a message that names none before is damaged and gets one. */
static member *now(message_reader *r, lacuna_status *status)
{
    *status = LACUNA_OK;
    if (r->members.count == 0) {
        member *added = lac_intake_add(r->intake, &r->members, sizeof *added, MEMBERS_MAX, status);
        if (added == NULL) {
            return NULL;
        }
        *added = (member){"", "", "", "", "", false};
    }
    return &r->members.items[r->members.count - 1];
}

static lacuna_status read_member_value(message_reader *r, const lac_xml_element *e, size_t offset,
                                       const char *attribute)
{
    lacuna_status status;
    member *m = now(r, &status);
    return m == NULL ? status : read_value((const char **)((char *)m + offset), r, e, attribute);
}

/* ---- beginnings ----------------------------------------------------------------------------- */

static void begin_context(message_reader *r)
{
    r->links.count = 0;
    r->context = (lac_placement){.sequence = r->draft,
                                 .backbone = r->backbone,
                                 .id = "",
                                 .node = LAC_NONE,
                                 .title = "",
                                 .operation = LAC_OPERATION_OTHER,
                                 .operation_written = "",
                                 .href = "",
                                 .file = LAC_NONE,
                                 .checksum = "",
                                 .checksum_type = "",
                                 .checksum_state = LAC_CHECKSUM_NOT_GIVEN,
                                 .superseded_by = LAC_NONE,
                                 .document_id = "",
                                 .code = "",
                                 .document = LAC_NONE,
                                 .previous = LAC_NONE,
                                 .priority = r->priority};
}

static lacuna_status begin_member(message_reader *r)
{
    lacuna_status status;
    member *added = lac_intake_add(r->intake, &r->members, sizeof *added, MEMBERS_MAX, &status);
    if (added != NULL) {
        *added = (member){"", "", "", "", "", false};
    }
    return status;
}

static lacuna_status begin_document(message_reader *r)
{
    lacuna_status status;
    member *m = now(r, &status);
    r->document = (lac_v4_document){.sequence = r->draft,
                                    .id = "",
                                    .title = "",
                                    .href = "",
                                    .checksum = "",
                                    .checksum_type = "",
                                    .checksum_state = LAC_CHECKSUM_NOT_GIVEN,
                                    .file = LAC_NONE};
    if (m != NULL) {
        m->has_documents = true;
    }
    return status;
}

/* ---- values --------------------------------------------------------------------------------- */

static lacuna_status add_link(message_reader *r, const lac_xml_element *e)
{
    lacuna_status status;
    lac_link *link = lac_intake_add(r->intake, &r->links, sizeof *link, LINKS_MAX, &status);
    if (link == NULL) {
        return status;
    }
    *link = (lac_link){"", LAC_REFERENCE_UNRESOLVABLE, LAC_NONE, 0};
    return read_value(&link->written, r, e, "root");
}

static lacuna_status take_id(message_reader *r, const lac_xml_element *e)
{
    switch (above(r, 1)) {
    case CONTEXT:
        return read_value(&r->context.id, r, e, "root");
    case DOCUMENT:
        return read_value(&r->document.id, r, e, "root");
    case DOCUMENT_REFERENCE:
        return read_value(&r->context.document_id, r, e, "root");
    case RELATED_CONTEXT:
        return add_link(r, e);
    default:
        return LACUNA_OK;
    }
}

static lacuna_status add_exclusion(message_reader *r, const lac_xml_element *e)
{
    lacuna_status status;
    lac_exclusion *added = LAC_ADD(r->intake, exclusions, r->intake->limits->xml_elements, &status);
    if (added == NULL) {
        return status;
    }
    /* The context becomes the next placement when it ends. */
    *added = (lac_exclusion){(uint32_t)r->intake->placements.count, ""};
    return read_value(&added->submission, r, e, "root");
}

static lacuna_status take_guide(message_reader *r, const lac_xml_element *e)
{
    /* ICH's implementation guide and that of the region (ICH eCTD 4.0 IG, message header). */
    static const char ich[] = "2.16.840.1.113883.3.989.2.";
    lac_backbone *backbone = &r->intake->backbones.items[r->backbone];
    const char *oid;
    lacuna_status status = read_value(&oid, r, e, "root");
    if (status == LACUNA_OK && strncmp(oid, ich, sizeof ich - 1) == 0) {
        backbone->ich_version = oid;
    } else if (status == LACUNA_OK && oid[0] != '\0') {
        backbone->regional_version = oid;
    }
    return status;
}

static lacuna_status take_item(message_reader *r, const lac_xml_element *e)
{
    if (above(r, 1) == VALUE && above(r, 2) == KEYWORD_DEFINITION) {
        lacuna_status status = read_value(&r->keyword.code, r, e, "code");
        return status == LACUNA_OK ? read_value(&r->keyword.system, r, e, "codeSystem") : status;
    }
    if (above(r, 1) != ID) {
        return LACUNA_OK;
    }
    switch (above(r, 2)) {
    case SUBMISSION:
        return read_member_value(r, e, offsetof(member, submission_id), "root");
    case APPLICATION:
        return read_member_value(r, e, offsetof(member, application), "extension");
    case SUBMISSION_REFERENCE:
        return r->excluding ? add_exclusion(r, e) : LACUNA_OK;
    case DEVICE:
        return take_guide(r, e);
    default:
        return LACUNA_OK;
    }
}

static lacuna_status add_keyword_use(message_reader *r, const lac_xml_element *e)
{
    lacuna_status status;
    lac_keyword_use *added =
        LAC_ADD(r->intake, keyword_uses, r->intake->limits->xml_elements, &status);
    if (added == NULL) {
        return status;
    }
    *added = (lac_keyword_use){(uint32_t)r->intake->placements.count, "", ""};
    status = read_value(&added->code, r, e, "code");
    if (status != LACUNA_OK) {
        return status;
    }
    return read_value(&r->intake->keyword_uses.items[r->intake->keyword_uses.count - 1].system, r,
                      e, "codeSystem");
}

static lacuna_status take_code(message_reader *r, const lac_xml_element *e)
{
    switch (above(r, 1)) {
    case CONTEXT:
        return read_value(&r->context.code, r, e, "code");
    case KEYWORD:
        return add_keyword_use(r, e);
    case KEYWORD_DEFINITION:
        return read_value(&r->keyword.type, r, e, "code");
    case UNIT:
        return read_value(&r->unit_type, r, e, "code");
    case SUBMISSION:
        return read_member_value(r, e, offsetof(member, submission_type), "code");
    case APPLICATION:
        return read_member_value(r, e, offsetof(member, application_type), "code");
    default:
        return LACUNA_OK;
    }
}

static lacuna_status take_status(message_reader *r, const lac_xml_element *e)
{
    if (above(r, 1) != CONTEXT) {
        return LACUNA_OK;
    }
    lacuna_status status = read_value(&r->context.operation_written, r, e, "code");
    const char *written = r->context.operation_written;
    if (status == LACUNA_OK && strcmp(written, "active") == 0) {
        r->context.operation = LAC_OPERATION_ACTIVE;
    } else if (status == LACUNA_OK && strcmp(written, "suspended") == 0) {
        r->context.operation = LAC_OPERATION_SUSPENDED;
    }
    return status;
}

static lacuna_status take_title(message_reader *r, const lac_xml_element *e)
{
    lac_span mode;
    if (above(r, 1) == UNIT) {
        return read_value(&r->unit_title, r, e, "value");
    }
    if (above(r, 1) != DOCUMENT) {
        return LACUNA_OK;
    }
    r->document.update = lac_xml_get(e, "updateMode", &mode) && lac_span_is(mode, "R");
    return read_value(&r->document.title, r, e, "value");
}

static lacuna_status add_keyword(message_reader *r, const lac_xml_element *e)
{
    lacuna_status status;
    lac_keyword *added = LAC_ADD(r->intake, keywords, r->intake->limits->xml_elements, &status);
    if (added == NULL) {
        return status;
    }
    *added = r->keyword;
    added->sequence = r->draft;
    return read_value(&added->shown, r, e, "value");
}

static lacuna_status take_value(message_reader *r, element entered, const lac_xml_element *e)
{
    lac_span negation;
    switch (entered) {
    case ID:
        return take_id(r, e);
    case ITEM:
        return take_item(r, e);
    case CODE:
        return take_code(r, e);
    case STATUS_CODE:
        return take_status(r, e);
    case TITLE:
        return take_title(r, e);
    case PRIORITY_NUMBER:
        r->priority = read_number(e);
        return LACUNA_OK;
    case SEQUENCE_NUMBER:
        return read_member_value(r, e, offsetof(member, number), "value");
    case SUBJECT_OF:
        r->excluding = lac_xml_get(e, "negationInd", &negation) && lac_span_is(negation, "true");
        return LACUNA_OK;
    case TEXT:
        return above(r, 1) == DOCUMENT
                   ? read_value(&r->document.checksum_type, r, e, "integrityCheckAlgorithm")
                   : LACUNA_OK;
    case REFERENCE:
        return above(r, 1) == TEXT && above(r, 2) == DOCUMENT
                   ? read_value(&r->document.href, r, e, "value")
                   : LACUNA_OK;
    case DISPLAY_NAME:
        return above(r, 1) == ITEM && above(r, 3) == KEYWORD_DEFINITION ? add_keyword(r, e)
                                                                        : LACUNA_OK;
    default:
        return LACUNA_OK;
    }
}

static lacuna_status begin(message_reader *r, element entered)
{
    switch (entered) {
    case CONTEXT:
        begin_context(r);
        return LACUNA_OK;
    case COMPONENT_OF_1:
        return begin_member(r);
    case DOCUMENT:
        return begin_document(r);
    case KEYWORD_DEFINITION:
        r->keyword = (lac_keyword){r->draft, "", "", "", ""};
        return LACUNA_OK;
    default:
        return LACUNA_OK;
    }
}

static lacuna_status on_start(void *user, const lac_xml_element *e)
{
    message_reader *r = user;
    element entered = element_of(e->name);
    if (r->open.count == 0) {
        lac_backbone *backbone = &r->intake->backbones.items[r->backbone];
        backbone->root = lac_intake_copy(r->intake, lac_span_of(e->name));
        if (backbone->root == NULL) {
            return LACUNA_E_NOMEM;
        }
    }
    lac_buf_clear(&r->text);
    lacuna_status status = begin(r, entered);
    if (status == LACUNA_OK) {
        status = take_value(r, entered, e);
    }
    if (status == LACUNA_OK) {
        element *pushed = lac_intake_add(r->intake, &r->open, sizeof *pushed,
                                         (size_t)r->intake->limits->xml_depth + 1, &status);
        if (pushed != NULL) {
            *pushed = entered;
        }
    }
    return status;
}

/* ---- ends ----------------------------------------------------------------------------------- */

static lacuna_status end_context(message_reader *r)
{
    lacuna_status status;
    lac_intake *intake = r->intake;
    lac_link *links = NULL;
    if (r->links.count > 0) {
        links = lac_arena_array(intake->arena, r->links.count, sizeof *links);
        if (links == NULL) {
            return lac_fail_nomem(intake->err);
        }
        memcpy(links, r->links.items, r->links.count * sizeof *links);
    }
    lac_placement *added =
        LAC_ADD(intake, placements, intake->limits->submission_placements, &status);
    if (added != NULL) {
        *added = r->context;
        added->links = links;
        added->link_count = (uint32_t)r->links.count;
        intake->drafts.items[r->draft].model.placement_count++;
    }
    return status;
}

static lacuna_status end_document(message_reader *r)
{
    lacuna_status status;
    lac_intake *intake = r->intake;
    lac_v4_document *added =
        LAC_ADD(intake, documents, intake->limits->submission_placements, &status);
    if (added != NULL) {
        *added = r->document;
        intake->drafts.items[r->draft].model.documents++;
    }
    return status;
}

static lacuna_status on_end(void *user, const char *name, const char *uri)
{
    (void)name;
    (void)uri;
    message_reader *r = user;
    switch (r->open.items[--r->open.count]) {
    case CONTEXT:
        return end_context(r);
    case DOCUMENT:
        return end_document(r);
    case INTEGRITY_CHECK:
        if (above(r, 1) == TEXT && above(r, 2) == DOCUMENT) {
            r->document.checksum =
                lac_intake_copy(r->intake, lac_span_trim(lac_buf_span(&r->text)));
            return r->document.checksum == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
        }
        return LACUNA_OK;
    case SUBJECT_OF:
        r->excluding = false;
        return LACUNA_OK;
    default:
        return LACUNA_OK;
    }
}

static lacuna_status on_text(void *user, lac_span text)
{
    message_reader *r = user;
    if (r->open.count == 0 || r->open.items[r->open.count - 1] != INTEGRITY_CHECK) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_buf_append_span(&r->text, text);
    return status == LACUNA_OK ? LACUNA_OK
                               : lac_fail(r->intake->err, status, "a checksum is too long");
}

/* ---- one unit ------------------------------------------------------------------------------- */

static void fill(lac_draft *draft, const message_reader *r, const member *m)
{
    draft->application_id = m->application;
    draft->application_type = m->application_type;
    draft->activity_type = m->submission_type;
    draft->model.number = m->number;
    draft->model.submission_id = m->submission_id;
    draft->model.submission_type = m->submission_type;
    draft->model.submission_sub_type = r->unit_type;
    draft->model.description = r->unit_title;
    /* "us" of us_submission_unit_type_3 */
    draft->model.region = strncmp(r->unit_type, "us_", 3) == 0   ? "us"
                          : strncmp(r->unit_type, "eu_", 3) == 0 ? "eu"
                                                                 : "";
}

/* The application that holds the documents is the one whose folder this is (FDA eCTD 4.0 technical
 * conformance guide, grouped submissions). */
static lacuna_status apply_members(message_reader *r)
{
    size_t holder = 0;
    while (holder < r->members.count && !r->members.items[holder].has_documents) {
        holder++;
    }
    holder = holder == r->members.count ? 0 : holder;
    for (size_t i = 0; i < r->members.count; i++) {
        lacuna_status status;
        if (i == holder) {
            fill(&r->intake->drafts.items[r->draft], r, &r->members.items[i]);
            continue;
        }
        lac_draft *added = LAC_ADD(r->intake, drafts, r->intake->limits->xml_elements, &status);
        if (added == NULL) {
            return status;
        }
        *added = r->intake->drafts.items[r->draft];
        fill(added, r, &r->members.items[i]);
        added->model.grouped_in = r->draft;
        added->model.placement_count = 0;
        added->model.documents = 0;
        added->backbone_count = 0;
    }
    return LACUNA_OK;
}

/* Of a context that broke off: what was noted for it would go to the next placement. */
static void drop_unended(lac_intake *intake)
{
    size_t next = intake->placements.count;
    while (intake->keyword_uses.count > 0 &&
           intake->keyword_uses.items[intake->keyword_uses.count - 1].placement == next) {
        intake->keyword_uses.count--;
    }
    while (intake->exclusions.count > 0 &&
           intake->exclusions.items[intake->exclusions.count - 1].placement == next) {
        intake->exclusions.count--;
    }
}

static lacuna_status parse(message_reader *r, lac_span xml, const char *path)
{
    lac_intake *intake = r->intake;
    lacuna_error why = {0};
    lacuna_error *outer = intake->err;
    const lac_xml_handler handler = {r, on_start, on_end, on_text};
    intake->err = &why;
    lacuna_status status = lac_xml_parse_memory_doctype(xml, path, intake->limits, &handler, &why);
    intake->err = outer;
    drop_unended(intake);
    intake->backbones.items[r->backbone].complete = status == LACUNA_OK;
    status = lac_intake_unread(intake, status, path, &why);
    return status == LACUNA_OK ? apply_members(r) : status;
}

static lacuna_status read_unit(lac_intake *intake, uint32_t draft, uint32_t file, lac_span xml)
{
    lacuna_status status;
    message_reader r = {.intake = intake, .draft = draft, .unit_type = "", .unit_title = ""};
    lac_backbone *added = LAC_ADD(intake, backbones, intake->file_count, &status);
    if (added == NULL) {
        return status;
    }
    *added = (lac_backbone){file, draft, LAC_BACKBONE_UNIT, "", "", "", "", "", false};
    r.backbone = (uint32_t)(intake->backbones.count - 1);
    intake->drafts.items[draft].first_backbone = r.backbone;
    intake->drafts.items[draft].backbone_count = 1;
    lac_buf_init(&r.text, LAC_ECTD_TEXT_MAX);
    status = parse(&r, xml, intake->files[file].path);
    free(r.open.items);
    free(r.members.items);
    free(r.links.items);
    lac_buf_free(&r.text);
    return status;
}

lacuna_status lac_message_read(lac_intake *intake, uint32_t draft)
{
    uint32_t file;
    lac_sequence *sequence = &intake->drafts.items[draft].model;
    sequence->first_placement = (uint32_t)intake->placements.count;
    intake->drafts.items[draft].first_document = (uint32_t)intake->documents.count;
    lacuna_status status = lac_tree_find_in(&file, intake, sequence, "submissionunit.xml");
    if (status != LACUNA_OK || file == LAC_NONE) {
        return status;
    }
    char *data;
    size_t length;
    status = lac_intake_load(&data, &length, intake, file, LAC_DIGEST_SHA256);
    if (status == LACUNA_OK && data != NULL) {
        status = read_unit(intake, draft, file, lac_span_make(data, length));
    }
    free(data);
    return status;
}
