#include "parsers/ectd/backbone.h"

#include "parsers/ectd/envelope.h"
#include "parsers/ectd/headings.h"
#include "parsers/ectd/paths.h"
#include "parsers/ectd/tree.h"
#include "support/buf.h"
#include "support/digest.h"
#include "support/error.h"

#include <stdlib.h>

typedef enum frame_kind {
    FRAME_PLAIN,     /* a heading, or an element that only holds headings */
    FRAME_EXTENSION, /* node-extension; its node is made when its title is known */
    FRAME_LEAF,
    FRAME_ENVELOPE, /* inside the administrative part */
} frame_kind;

typedef struct frame {
    frame_kind kind;
    uint32_t node;   /* leaves below belong to it */
    uint32_t parent; /* node above, for an extension */
    bool titled;     /* extension: its node is made */
    bool text;       /* its text is wanted */
} frame;

typedef struct backbone_reader {
    lac_intake *intake;
    uint32_t draft, backbone;
    frame *frames;
    size_t depth, capacity;
    lac_placement leaf;
    lac_envelope envelope;
    lac_buf text;
    bool text_cut;
} backbone_reader;

static const char ENVELOPES[][16] = {"admin", "eu-envelope"};
/* Elements that hold headings and are none. */
static const char HOLDERS[][16] = {"m1-regional", "m1-eu", "m1-us"};

static bool is_among(const char (*names)[16], size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- headings ------------------------------------------------------------------------------- */

/* Attributes that are no keys. */
static bool is_key(const lac_xml_attribute *attribute)
{
    static const char *const others[] = {"ID", "lang", "dtd-version", "schemaLocation"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(attribute->name, others[i]) == 0) {
            return false;
        }
    }
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const lac_key *)a)->name, ((const lac_key *)b)->name);
}

/* The keys in the order of their names, whatever the order they are written in. */
static lacuna_status read_keys(lac_node *node, lac_intake *intake, const lac_xml_element *element)
{
    if (element->attribute_count == 0) {
        return LACUNA_OK;
    }
    if (element->attribute_count > LAC_ECTD_KEYS_MAX) {
        return lac_fail(intake->err, LACUNA_E_LIMIT, "a heading has more than %d attributes",
                        LAC_ECTD_KEYS_MAX);
    }
    lac_key *keys = lac_arena_array(intake->arena, element->attribute_count, sizeof *keys);
    if (keys == NULL) {
        return lac_fail_nomem(intake->err);
    }
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        lac_xml_attribute attribute = lac_xml_attribute_at(element, i);
        if (!is_key(&attribute)) {
            continue;
        }
        lac_key *key = &keys[node->key_count++];
        key->name = lac_intake_copy(intake, lac_span_of(attribute.name));
        key->value = lac_xml_value(intake->arena, attribute.value);
        key->shown = key->value;
        if (key->name == NULL || key->value == NULL) {
            return lac_fail_nomem(intake->err);
        }
    }
    qsort(keys, node->key_count, sizeof *keys, by_name);
    node->keys = keys;
    return LACUNA_OK;
}

/* "spc-label-pl" becomes "spc label pl". */
static const char *title_from_words(lac_intake *intake, const char *words)
{
    char *title = lac_arena_copy(intake->arena, lac_span_of(words));
    for (char *at = title; at != NULL && *at != '\0'; at++) {
        *at = *at == '-' ? ' ' : *at;
    }
    return title;
}

static lacuna_status name_node(lac_node *node, lac_intake *intake, const char *name)
{
    const lac_heading *heading = lac_heading_by_element(name);
    if (heading != NULL) {
        node->known = true;
        node->element = heading->element;
        node->heading = heading->number;
        node->title = heading->title;
        return LACUNA_OK;
    }
    char room[32];
    const char *words;
    bool form = strcmp(name, "form") == 0; /* also in the envelope, where no heading is above */
    lac_span number = lac_heading_number_in(room, sizeof room, name, &words);
    node->element = lac_intake_copy(intake, lac_span_of(name));
    node->heading = number.len > 0             ? lac_intake_copy(intake, number)
                    : node->parent != LAC_NONE ? intake->nodes.items[node->parent].heading
                    : form                     ? "1.1"
                                               : "";
    node->title = title_from_words(intake, words);
    return node->element == NULL || node->heading == NULL || node->title == NULL
               ? lac_fail_nomem(intake->err)
               : LACUNA_OK;
}

static lacuna_status enter_heading(backbone_reader *r, frame *f, const lac_xml_element *element)
{
    lac_node node = {.parent = f->node};
    lacuna_status status = name_node(&node, r->intake, element->name);
    if (status == LACUNA_OK) {
        status = read_keys(&node, r->intake, element);
    }
    return status == LACUNA_OK ? lac_intake_node(&f->node, r->intake, &node) : status;
}

static lacuna_status make_extension(backbone_reader *r, frame *f, lac_span title)
{
    lac_node node = {.parent = f->parent, .element = "node-extension", .extension = true};
    node.heading = f->parent == LAC_NONE ? "" : r->intake->nodes.items[f->parent].heading;
    node.title = lac_intake_copy(r->intake, title);
    f->titled = true;
    return node.title == NULL ? LACUNA_E_NOMEM : lac_intake_node(&f->node, r->intake, &node);
}

/* A leaf or extension in an extension whose title has not come yet: it stays without one. */
static lacuna_status settle_extension(backbone_reader *r)
{
    frame *above = r->depth > 0 ? &r->frames[r->depth - 1] : NULL;
    return above != NULL && above->kind == FRAME_EXTENSION && !above->titled
               ? make_extension(r, above, lac_span_make("", 0))
               : LACUNA_OK;
}

/* ---- leaves --------------------------------------------------------------------------------- */

static lac_operation read_operation(const char *written)
{
    static const lac_operation words[] = {LAC_OPERATION_NEW, LAC_OPERATION_APPEND,
                                          LAC_OPERATION_REPLACE, LAC_OPERATION_DELETE};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(lac_operation_name(words[i]), written) == 0) {
            return words[i];
        }
    }
    return LAC_OPERATION_OTHER;
}

/* The namespace of the first href: the DTDs fix a misspelt one (www.w3c.org). */
static lacuna_status note_xlink(backbone_reader *r, const lac_xml_element *element)
{
    lac_backbone *backbone = &r->intake->backbones.items[r->backbone];
    for (uint32_t i = 0; i < element->attribute_count && backbone->xlink[0] == '\0'; i++) {
        lac_xml_attribute attribute = lac_xml_attribute_at(element, i);
        if (strcmp(attribute.name, "href") == 0 && attribute.uri != NULL) {
            backbone->xlink = lac_intake_copy(r->intake, lac_span_of(attribute.uri));
            return backbone->xlink == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
        }
    }
    return LACUNA_OK;
}

/* An STF is told by the version the ICH STF specification prescribes, or by its name. */
static bool is_tagging_file(const char *version, const char *href)
{
    lac_span name = lac_span_trim(lac_span_of(lac_path_name(href)));
    return lac_span_starts_nocase(lac_span_trim(lac_span_of(version)), "stf") ||
           (lac_span_starts_nocase(name, "stf-") && lac_span_ends_nocase(name, ".xml"));
}

static lacuna_status read_link(lac_placement *leaf, lac_intake *intake,
                               const lac_xml_element *element)
{
    const char *written = lac_intake_attribute(intake, element, "modified-file");
    if (written == NULL || written[0] == '\0') {
        return written == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    lac_link *link = lac_arena_alloc(intake->arena, sizeof *link);
    if (link == NULL) {
        return lac_fail_nomem(intake->err);
    }
    *link = (lac_link){written, LAC_REFERENCE_UNRESOLVABLE, LAC_NONE, 0};
    leaf->links = link;
    leaf->link_count = 1;
    return LACUNA_OK;
}

static lacuna_status begin_leaf(backbone_reader *r, const lac_xml_element *element, uint32_t node)
{
    lac_intake *intake = r->intake;
    lac_placement *leaf = &r->leaf;
    const char *version = lac_intake_attribute(intake, element, "version");
    *leaf = (lac_placement){.sequence = r->draft,
                            .backbone = r->backbone,
                            .node = node,
                            .title = "",
                            .document_id = "",
                            .code = "",
                            .file = LAC_NONE,
                            .document = LAC_NONE,
                            .checksum_state = LAC_CHECKSUM_NOT_GIVEN,
                            .superseded_by = LAC_NONE,
                            .previous = LAC_NONE};
    leaf->id = lac_intake_attribute(intake, element, "ID");
    leaf->operation_written = lac_intake_attribute(intake, element, "operation");
    leaf->href = lac_intake_attribute(intake, element, "href");
    leaf->checksum = lac_intake_attribute(intake, element, "checksum");
    leaf->checksum_type = lac_intake_attribute(intake, element, "checksum-type");
    if (version == NULL || leaf->id == NULL || leaf->operation_written == NULL ||
        leaf->href == NULL || leaf->checksum == NULL || leaf->checksum_type == NULL) {
        return LACUNA_E_NOMEM;
    }
    leaf->operation = read_operation(leaf->operation_written);
    leaf->study_tagging_file = is_tagging_file(version, leaf->href);
    lacuna_status status = read_link(leaf, intake, element);
    return status == LACUNA_OK ? note_xlink(r, element) : status;
}

static lacuna_status end_leaf(backbone_reader *r)
{
    lacuna_status status;
    lac_placement *added =
        LAC_ADD(r->intake, placements, r->intake->limits->submission_placements, &status);
    if (added == NULL) {
        return status;
    }
    *added = r->leaf;
    lac_sequence *sequence = &r->intake->drafts.items[r->draft].model;
    sequence->placement_count++;
    if (r->intake->backbones.items[r->backbone].kind == LAC_BACKBONE_INDEX) {
        sequence->index_leaves++;
    } else {
        sequence->regional_leaves++;
    }
    return LACUNA_OK;
}

/* ---- events --------------------------------------------------------------------------------- */

static lacuna_status push(backbone_reader *r, const frame *f)
{
    lacuna_status status = lac_grow((void **)&r->frames, &r->capacity, r->depth + 1,
                                    sizeof *r->frames, (size_t)r->intake->limits->xml_depth + 1);
    if (status != LACUNA_OK) {
        return lac_fail(r->intake->err, status, "elements are nested too deeply");
    }
    r->frames[r->depth++] = *f;
    return LACUNA_OK;
}

static lacuna_status enter_root(backbone_reader *r, const lac_xml_element *element)
{
    lac_backbone *backbone = &r->intake->backbones.items[r->backbone];
    backbone->root = lac_intake_copy(r->intake, lac_span_of(element->name));
    backbone->dtd_version = lac_intake_attribute(r->intake, element, "dtd-version");
    return backbone->root == NULL || backbone->dtd_version == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status enter(backbone_reader *r, frame *f, const lac_xml_element *element)
{
    const char *name = element->name;
    lacuna_status status = settle_extension(r);
    if (status != LACUNA_OK) {
        return status;
    }
    if (r->depth > 0) {
        f->node = r->frames[r->depth - 1].node; /* an extension has just got its own */
    }
    if (strcmp(name, "leaf") == 0) {
        f->kind = FRAME_LEAF;
        return begin_leaf(r, element, f->node);
    }
    if (strcmp(name, "node-extension") == 0) {
        f->kind = FRAME_EXTENSION;
        f->parent = f->node;
        return LACUNA_OK;
    }
    if (is_among(ENVELOPES, sizeof ENVELOPES / sizeof ENVELOPES[0], name)) {
        f->kind = FRAME_ENVELOPE;
        return LACUNA_OK;
    }
    bool holder = r->depth == 0 || is_among(HOLDERS, sizeof HOLDERS / sizeof HOLDERS[0], name);
    return holder ? LACUNA_OK : enter_heading(r, f, element);
}

static lacuna_status on_start(void *user, const lac_xml_element *element)
{
    backbone_reader *r = user;
    const frame *above = r->depth > 0 ? &r->frames[r->depth - 1] : NULL;
    frame f = {FRAME_PLAIN, above == NULL ? LAC_NONE : above->node, LAC_NONE, false, false};
    lacuna_status status = LACUNA_OK;
    bool leaf = strcmp(element->name, "leaf") == 0;
    lac_buf_clear(&r->text);
    if (above == NULL) {
        status = enter_root(r, element);
    } else if (above->kind == FRAME_LEAF ||
               (above->kind == FRAME_EXTENSION && strcmp(element->name, "title") == 0)) {
        f.kind = above->kind == FRAME_LEAF ? FRAME_LEAF : FRAME_PLAIN;
        f.text = strcmp(element->name, "title") == 0;
    } else if (above->kind == FRAME_ENVELOPE && !leaf && strcmp(element->name, "form") != 0) {
        f.kind = FRAME_ENVELOPE;
        status = lac_envelope_start(&r->envelope, &f.text, r->intake, element);
    } else {
        status = enter(r, &f, element);
    }
    return status == LACUNA_OK ? push(r, &f) : status;
}

static lacuna_status take_text(backbone_reader *r, const frame *f, const char *name)
{
    lac_span text = lac_buf_span(&r->text);
    frame *above = &r->frames[r->depth - 1];
    if (f->kind == FRAME_ENVELOPE) {
        return lac_envelope_text(&r->envelope, r->intake, name, text);
    }
    if (above->kind == FRAME_EXTENSION) {
        return above->titled ? LACUNA_OK : make_extension(r, above, text);
    }
    r->leaf.title = lac_intake_copy(r->intake, text);
    return r->leaf.title == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status on_end(void *user, const char *name, const char *uri)
{
    (void)uri;
    backbone_reader *r = user;
    frame f = r->frames[--r->depth];
    lacuna_status status = LACUNA_OK;
    if (f.text && r->depth > 0) {
        status = take_text(r, &f, name);
    } else if (f.kind == FRAME_LEAF && strcmp(name, "leaf") == 0 &&
               (r->depth == 0 || r->frames[r->depth - 1].kind != FRAME_LEAF)) {
        status = end_leaf(r);
    }
    lac_buf_clear(&r->text);
    return status;
}

static lacuna_status on_text(void *user, lac_span text)
{
    backbone_reader *r = user;
    if (r->depth == 0 || !r->frames[r->depth - 1].text || r->text_cut) {
        return LACUNA_OK;
    }
    size_t left = LAC_ECTD_TEXT_MAX - r->text.len;
    if (text.len <= left) {
        return lac_buf_append_span(&r->text, text);
    }
    r->text_cut = true;
    const lac_backbone *backbone = &r->intake->backbones.items[r->backbone];
    return lac_intake_trouble(r->intake, "ectd/long-text", true,
                              r->intake->files[backbone->file].path, r->leaf.id,
                              "a title is longer than %d bytes and was cut", LAC_ECTD_TEXT_MAX);
}

/* ---- one file ------------------------------------------------------------------------------- */

static lacuna_status parse(lac_intake *intake, uint32_t draft, uint32_t backbone, lac_span xml)
{
    lacuna_error why = {0};
    lacuna_error *outer = intake->err;
    backbone_reader r = {.intake = intake, .draft = draft, .backbone = backbone};
    const lac_xml_handler handler = {&r, on_start, on_end, on_text};
    const char *path = intake->files[intake->backbones.items[backbone].file].path;
    lac_buf_init(&r.text, LAC_ECTD_TEXT_MAX);
    intake->err = &why;
    lacuna_status status = lac_xml_parse_memory_doctype(xml, path, intake->limits, &handler, &why);
    intake->err = outer;
    intake->backbones.items[backbone].complete = status == LACUNA_OK;
    if (status != LACUNA_OK) {
        status = lac_intake_unread(intake, status, path, &why);
    }
    if (status == LACUNA_OK) {
        status = lac_envelope_apply(&r.envelope, intake, draft);
    }
    lac_envelope_free(&r.envelope);
    free(r.frames);
    lac_buf_free(&r.text);
    return status;
}

static lacuna_status read_file(lac_intake *intake, uint32_t draft, uint32_t file,
                               lac_backbone_kind kind)
{
    char *data;
    size_t length;
    lacuna_status status = lac_intake_load(&data, &length, intake, file, LAC_DIGEST_MD5);
    if (status != LACUNA_OK || data == NULL) {
        return status;
    }
    lac_backbone *added = LAC_ADD(intake, backbones, intake->file_count, &status);
    if (added != NULL) {
        *added = (lac_backbone){file, draft, kind, "", "", "", "", "", false};
        lac_draft *owner = &intake->drafts.items[draft];
        if (owner->backbone_count++ == 0) {
            owner->first_backbone = (uint32_t)(intake->backbones.count - 1);
        }
        status = parse(intake, draft, (uint32_t)(intake->backbones.count - 1),
                       lac_span_make(data, length));
    }
    free(data);
    return status;
}

/* "us" of ".../us-regional.xml". */
static lacuna_status read_regional(lac_intake *intake, uint32_t draft, uint32_t file)
{
    const char *name = lac_path_name(intake->files[file].path);
    lac_sequence *sequence = &intake->drafts.items[draft].model;
    if (sequence->region[0] == '\0') {
        sequence->region = lac_intake_copy(intake, lac_span_make(name, strcspn(name, "-")));
    }
    return sequence->region == NULL ? LACUNA_E_NOMEM
                                    : read_file(intake, draft, file, LAC_BACKBONE_REGIONAL);
}

lacuna_status lac_backbone_read(lac_intake *intake, uint32_t draft)
{
    uint32_t index;
    lac_sequence *sequence = &intake->drafts.items[draft].model;
    sequence->first_placement = (uint32_t)intake->placements.count;
    lacuna_status status = lac_tree_find_in(&index, intake, sequence, "index.xml");
    if (status == LACUNA_OK && index == LAC_NONE) {
        status = lac_intake_trouble(intake, "ectd/no-index", true, sequence->folder, NULL,
                                    "sequence %s has no index.xml", sequence->name);
    } else if (status == LACUNA_OK) {
        status = read_file(intake, draft, index, LAC_BACKBONE_INDEX);
    }
    for (size_t i = 0; i < intake->regionals.count && status == LACUNA_OK; i++) {
        uint32_t file = intake->regionals.items[i];
        if (intake->files[file].sequence == draft) {
            status = read_regional(intake, draft, file);
        }
    }
    return status;
}
