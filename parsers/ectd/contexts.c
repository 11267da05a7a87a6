#include "parsers/ectd/contexts.h"

#include "parsers/ectd/headings.h"
#include "parsers/ectd/order.h"
#include "parsers/ectd/references.h"
#include "support/buf.h"
#include "support/error.h"

#include <ctype.h>
#include <stdlib.h>

typedef struct resolver {
    lac_intake *intake;
    uint32_t *next_member; /* of a draft: the next sequence of the same unit, LAC_NONE */
    bool *whole;           /* of a draft: everything before it was supplied */
    lac_map latest;        /* (application, context id) -> placement so far */
    lac_map all;           /* the same over everything */
    lac_map own_documents; /* (application, document id) -> document with a file */
    lac_map any_documents; /* (0, document id) */
    lac_map titles;        /* (application, document id) -> document with the latest title */
    lac_map keywords;      /* (application, code and system) -> keyword, latest */
    uint32_t next_use;     /* keyword uses stand in the order of placements */
} resolver;

static lacuna_status put(resolver *r, lac_map *map, uint32_t scope, const char *text,
                         uint32_t value)
{
    return lac_map_put(map, scope, lac_span_of(text), value) == LACUNA_OK
               ? LACUNA_OK
               : lac_fail_nomem(r->intake->err);
}

static uint32_t application_of(const resolver *r, uint32_t draft)
{
    return r->intake->drafts.items[draft].model.application;
}

static bool is_v4(const resolver *r, uint32_t draft)
{
    return r->intake->drafts.items[draft].model.standard == LAC_STANDARD_ECTD_4;
}

/* ---- members of units ----------------------------------------------------------------------- */

static lacuna_status link_members(resolver *r)
{
    size_t count = r->intake->drafts.count;
    r->next_member = calloc(count + 1, sizeof *r->next_member);
    if (r->next_member == NULL) {
        return lac_fail_nomem(r->intake->err);
    }
    for (size_t i = 0; i < count; i++) {
        r->next_member[i] = LAC_NONE;
    }
    for (size_t i = count; i-- > 0;) {
        uint32_t primary = r->intake->drafts.items[i].model.grouped_in;
        if (primary != LAC_NONE) {
            r->next_member[i] = r->next_member[primary];
            r->next_member[primary] = (uint32_t)i;
        }
    }
    return LACUNA_OK;
}

static int by_placement(const void *a, const void *b)
{
    const lac_exclusion *x = a;
    const lac_exclusion *y = b;
    return (x->placement > y->placement) - (x->placement < y->placement);
}

static bool is_excluded(const resolver *r, uint32_t placement, const char *submission)
{
    const lac_intake *intake = r->intake;
    size_t low = 0, high = intake->exclusions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = intake->exclusions.items[middle].placement < placement;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    for (; low < intake->exclusions.count && intake->exclusions.items[low].placement == placement;
         low++) {
        if (strcmp(intake->exclusions.items[low].submission, submission) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- documents ------------------------------------------------------------------------------ */

static lacuna_status add_document(resolver *r, uint32_t index)
{
    lac_intake *intake = r->intake;
    lac_v4_document *document = &intake->documents.items[index];
    uint32_t application = application_of(r, document->sequence);
    lac_span id = lac_span_of(document->id);
    lacuna_status status = LACUNA_OK;
    if (id.len == 0) {
        return LACUNA_OK;
    }
    if (document->title[0] != '\0') {
        status = put(r, &r->titles, application, document->id, index);
    }
    if (document->href[0] == '\0') {
        return status;
    }
    if (status == LACUNA_OK && lac_map_find(&r->own_documents, application, id) == LAC_NONE) {
        status = put(r, &r->own_documents, application, document->id, index);
    }
    if (status == LACUNA_OK && lac_map_find(&r->any_documents, 0, id) == LAC_NONE) {
        status = put(r, &r->any_documents, 0, document->id, index);
    }
    return status;
}

static lacuna_status find_document_file(resolver *r, lac_v4_document *document)
{
    lac_intake *intake = r->intake;
    const lac_draft *draft = &intake->drafts.items[document->sequence];
    if (lac_span_trim(lac_span_of(document->href)).len == 0 || draft->backbone_count == 0) {
        return LACUNA_OK;
    }
    lac_checksum state;
    uint32_t backbone = intake->backbones.items[draft->first_backbone].file;
    lacuna_status status =
        lac_references_file(&document->file, &state, &document->path_flags, intake,
                            intake->files[backbone].path, document->sequence, document->href);
    if (status == LACUNA_OK && document->file == LAC_NONE) {
        document->checksum_state = state;
    } else if (status == LACUNA_OK) {
        intake->files[document->file].reference_count++;
    }
    return status;
}

static lacuna_status index_documents(resolver *r)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < r->intake->documents.count && status == LACUNA_OK; i++) {
        status = find_document_file(r, &r->intake->documents.items[i]);
        if (status == LACUNA_OK) {
            status = add_document(r, i);
        }
    }
    return status;
}

/* The unit's own document first: an id may be used again by another unit. */
static uint32_t find_own_document(const resolver *r, const lac_placement *context)
{
    const lac_draft *draft = &r->intake->drafts.items[context->sequence];
    uint32_t known = lac_map_find(&r->own_documents, draft->model.application,
                                  lac_span_of(context->document_id));
    if (known == LAC_NONE) {
        return lac_map_find(&r->any_documents, 0, lac_span_of(context->document_id));
    }
    return known;
}

static void use_document(resolver *r, lac_placement *context)
{
    lac_intake *intake = r->intake;
    if (context->document_id[0] == '\0') {
        return;
    }
    context->document = find_own_document(r, context);
    if (context->document == LAC_NONE) {
        context->document_reference = LAC_REFERENCE_UNRESOLVABLE;
        return;
    }
    lac_v4_document *document = &intake->documents.items[context->document];
    context->document_reference = LAC_REFERENCE_RESOLVED;
    document->use_count++;
    context->title = document->title;
    context->href = document->href;
    context->path_flags = document->path_flags;
    context->file = document->file;
    context->checksum = document->checksum;
    context->checksum_type = document->checksum_type;
    uint32_t titled =
        lac_map_find(&r->titles, application_of(r, document->sequence), lac_span_of(document->id));
    if (titled != LAC_NONE) {
        context->title = intake->documents.items[titled].title;
    }
}

/* ---- headings and keywords ------------------------------------------------------------------ */

static lacuna_status keyword_key(lac_buf *key, const char *code, const char *system)
{
    lac_buf_clear(key);
    return lac_buf_printf(key, "%zu:%s%s", strlen(code), code, system);
}

static lacuna_status index_keywords(resolver *r)
{
    lac_buf key;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&key, (size_t)16 << 20);
    for (uint32_t i = 0; i < r->intake->keywords.count && status == LACUNA_OK; i++) {
        const lac_keyword *keyword = &r->intake->keywords.items[i];
        status = keyword_key(&key, keyword->code, keyword->system);
        const char *kept =
            status == LACUNA_OK ? lac_intake_copy(r->intake, lac_buf_span(&key)) : NULL;
        if (kept == NULL) {
            status = lac_fail_nomem(r->intake->err);
            break;
        }
        uint32_t application = application_of(r, keyword->sequence);
        uint32_t known = lac_map_find(&r->keywords, application, lac_buf_span(&key));
        /* The latest sequence wins; units may have been read in another order. */
        if (known == LAC_NONE || r->intake->keywords.items[known].sequence <= keyword->sequence) {
            status = put(r, &r->keywords, application, kept, i);
        }
    }
    lac_buf_free(&key);
    return status;
}

/* "us_form_type" of us_form_type_2: codes of the agencies' own lists name their list. */
static const char *list_of(resolver *r, const lac_keyword_use *use)
{
    const char *underscore = strrchr(use->code, '_');
    bool numbered = underscore != NULL && underscore[1] != '\0' &&
                    underscore[1 + strspn(underscore + 1, "0123456789")] == '\0';
    return numbered ? lac_intake_copy(r->intake,
                                      lac_span_make(use->code, (size_t)(underscore - use->code)))
                    : use->system;
}

static lacuna_status read_key(resolver *r, lac_key *key, const lac_keyword_use *use,
                              uint32_t application)
{
    lac_buf text;
    lac_buf_init(&text, (size_t)16 << 20);
    lacuna_status status = keyword_key(&text, use->code, use->system);
    uint32_t known = status == LACUNA_OK
                         ? lac_map_find(&r->keywords, application, lac_buf_span(&text))
                         : LAC_NONE;
    lac_buf_free(&text);
    if (known != LAC_NONE) {
        const lac_keyword *keyword = &r->intake->keywords.items[known];
        *key = (lac_key){keyword->type, use->code, keyword->shown};
    } else {
        *key = (lac_key){list_of(r, use), use->code, use->code};
    }
    return status == LACUNA_OK && key->name != NULL ? LACUNA_OK : lac_fail_nomem(r->intake->err);
}

static int by_name(const void *a, const void *b)
{
    const lac_key *x = a;
    const lac_key *y = b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : strcmp(x->value, y->value);
}

static lacuna_status read_keys(resolver *r, lac_node *node, uint32_t index)
{
    const lac_intake *intake = r->intake;
    const lac_keyword_use *uses = intake->keyword_uses.items;
    uint32_t first = r->next_use;
    while (first < intake->keyword_uses.count && uses[first].placement < index) {
        first++;
    }
    uint32_t end = first;
    while (end < intake->keyword_uses.count && uses[end].placement == index) {
        end++;
    }
    r->next_use = end;
    if (end == first) {
        return LACUNA_OK;
    }
    lac_key *keys = lac_arena_array(intake->arena, end - first, sizeof *keys);
    if (keys == NULL) {
        return lac_fail_nomem(intake->err);
    }
    uint32_t application = application_of(r, intake->placements.items[index].sequence);
    for (uint32_t i = first; i < end; i++) {
        lacuna_status status = read_key(r, &keys[node->key_count++], &uses[i], application);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    qsort(keys, node->key_count, sizeof *keys, by_name);
    node->keys = keys;
    return LACUNA_OK;
}

/* 4.0 has headings below the lowest of 3.2.2 (3.2.P.2.2): the nearest one above that is known. */
static const lac_heading *nearest_above(const char *number)
{
    lac_span text = lac_span_of(number);
    const lac_heading *found = NULL;
    while (found == NULL && text.len > 0) {
        while (text.len > 0 && text.ptr[text.len - 1] != '.') {
            text.len--;
        }
        text.len -= text.len > 0;
        found = lac_heading_by_number(text);
    }
    return found;
}

/* A heading and those above it, from the top down; NULL: none. */
static lacuna_status enter_parents(uint32_t *parent, lac_intake *intake, const lac_heading *heading)
{
    enum { DEEPEST = 16 };
    const lac_heading *chain[DEEPEST];
    size_t count = 0;
    for (const lac_heading *at = heading; at != NULL && count < DEEPEST;
         at = lac_heading_by_element(at->parent)) {
        chain[count++] = at;
    }
    *parent = LAC_NONE;
    while (count-- > 0) {
        const lac_node node = {.parent = *parent,
                               .element = chain[count]->element,
                               .heading = chain[count]->number,
                               .title = chain[count]->title,
                               .known = true};
        lacuna_status status = lac_intake_node(parent, intake, &node);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

/* "3.2.P.2.2" of ich_3.2.p.2.2, "1.1" of us_1.1. */
static const char *number_of(lac_intake *intake, const char *code)
{
    const char *underscore = strchr(code, '_');
    lac_span number = lac_span_of(underscore == NULL ? code : underscore + 1);
    char *copy = lac_arena_copy(intake->arena, number);
    for (char *at = copy; at != NULL && *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    return copy;
}

static lacuna_status place(resolver *r, uint32_t index)
{
    lac_intake *intake = r->intake;
    lac_placement *context = &intake->placements.items[index];
    lac_node node = {.parent = LAC_NONE, .element = context->code, .title = ""};
    lacuna_status status = read_keys(r, &node, index);
    if (status != LACUNA_OK) {
        return status;
    }
    if (context->code[0] == '\0') {
        /* A withdrawn context has none: it is where it was. */
        context->node = context->previous == LAC_NONE
                            ? LAC_NONE
                            : intake->placements.items[context->previous].node;
        return LACUNA_OK;
    }
    node.heading = number_of(intake, context->code);
    if (node.heading == NULL) {
        return lac_fail_nomem(intake->err);
    }
    const lac_heading *heading = lac_heading_by_number(lac_span_of(node.heading));
    if (heading != NULL) {
        node.known = true;
        node.title = heading->title;
    }
    status = enter_parents(&node.parent, intake,
                           heading != NULL ? lac_heading_by_element(heading->parent)
                                           : nearest_above(node.heading));
    return status == LACUNA_OK ? lac_intake_node(&context->node, intake, &node) : status;
}

/* ---- earlier contexts ----------------------------------------------------------------------- */

/* The sequence of a unit that belongs to an application; LAC_NONE. */
static uint32_t member_of(const resolver *r, uint32_t primary, uint32_t application)
{
    uint32_t at = primary;
    while (at != LAC_NONE && application_of(r, at) != application) {
        at = r->next_member[at];
    }
    return at;
}

/* An earlier context of that id in one of the applications of the unit; LAC_NONE. */
static uint32_t find_earlier(const resolver *r, uint32_t index, const char *id)
{
    const lac_placement *context = &r->intake->placements.items[index];
    lac_span text = lac_span_of(id);
    for (uint32_t at = context->sequence; at != LAC_NONE; at = r->next_member[at]) {
        uint32_t found = lac_map_find(&r->latest, application_of(r, at), text);
        if (found != LAC_NONE && found != index) {
            return found;
        }
    }
    /* A unit of a group may stand behind in the order of applications and still be earlier. */
    for (uint32_t at = context->sequence; at != LAC_NONE; at = r->next_member[at]) {
        uint32_t application = application_of(r, at);
        uint32_t found = lac_map_find(&r->all, application, text);
        if (found == LAC_NONE || found == index) {
            continue;
        }
        uint32_t other = r->intake->placements.items[found].sequence;
        if (other == context->sequence || member_of(r, other, application) < at) {
            return found;
        }
    }
    return LAC_NONE;
}

/* Whether everything before a sequence was supplied: numbers of 4.0 begin with 1. */
static lacuna_status find_whole_histories(resolver *r)
{
    const lac_intake *intake = r->intake;
    int64_t expected = 1;
    r->whole = calloc(intake->drafts.count + 1, sizeof *r->whole);
    if (r->whole == NULL) {
        return lac_fail_nomem(intake->err);
    }
    for (uint32_t i = 0; i < intake->drafts.count; i++) {
        int64_t number = lac_order_number(intake->drafts.items[i].model.number);
        bool first = i == 0 || application_of(r, i) != application_of(r, i - 1);
        expected = first ? 1 : expected;
        r->whole[i] = (first || r->whole[i - 1]) && number <= expected && is_v4(r, i);
        expected = number + 1;
    }
    return LACUNA_OK;
}

static void resolve_link(const resolver *r, uint32_t index, lac_link *link, bool whole)
{
    link->target = find_earlier(r, index, link->written);
    link->reference = link->target != LAC_NONE ? LAC_REFERENCE_RESOLVED
                      : whole                  ? LAC_REFERENCE_BROKEN
                                               : LAC_REFERENCE_UNRESOLVABLE;
}

/* A suspended context refers to the earlier sending of its own id. */
static lacuna_status link_suspended(resolver *r, lac_placement *context)
{
    if (context->operation != LAC_OPERATION_SUSPENDED || context->link_count > 0) {
        return LACUNA_OK;
    }
    lac_link *link = lac_arena_alloc(r->intake->arena, sizeof *link);
    if (link == NULL) {
        return lac_fail_nomem(r->intake->err);
    }
    *link = (lac_link){context->id, LAC_REFERENCE_UNRESOLVABLE, LAC_NONE, 0};
    context->links = link;
    context->link_count = 1;
    return LACUNA_OK;
}

static lacuna_status register_context(resolver *r, lac_map *map, uint32_t index)
{
    const lac_placement *context = &r->intake->placements.items[index];
    lacuna_status status = LACUNA_OK;
    for (uint32_t at = context->sequence; at != LAC_NONE && status == LACUNA_OK;
         at = r->next_member[at]) {
        const lac_sequence *member = &r->intake->drafts.items[at].model;
        if (context->id[0] != '\0' && !is_excluded(r, index, member->submission_id)) {
            status = put(r, map, member->application, context->id, index);
        }
    }
    return status;
}

static lacuna_status resolve_context(resolver *r, uint32_t index)
{
    lac_placement *context = &r->intake->placements.items[index];
    bool whole = r->whole[context->sequence];
    lacuna_status status = link_suspended(r, context);
    context->previous = find_earlier(r, index, context->id);
    lac_link *links = (lac_link *)(uintptr_t)context->links;
    for (uint32_t k = 0; k < context->link_count && status == LACUNA_OK; k++) {
        resolve_link(r, index, &links[k], whole);
    }
    if (status == LACUNA_OK) {
        use_document(r, context);
        status = place(r, index);
    }
    return status == LACUNA_OK ? register_context(r, &r->latest, index) : status;
}

static lacuna_status resolve_all(resolver *r)
{
    lac_intake *intake = r->intake;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = (uint32_t)intake->placements.count; i-- > 0 && status == LACUNA_OK;) {
        if (is_v4(r, intake->placements.items[i].sequence)) {
            status = register_context(r, &r->all, i);
        }
    }
    for (uint32_t i = 0; i < intake->placements.count && status == LACUNA_OK; i++) {
        if (is_v4(r, intake->placements.items[i].sequence)) {
            status = resolve_context(r, i);
        }
    }
    return status;
}

static int by_use(const void *a, const void *b)
{
    const lac_keyword_use *x = a;
    const lac_keyword_use *y = b;
    return (x->placement > y->placement) - (x->placement < y->placement);
}

lacuna_status lac_contexts_resolve(lac_intake *intake)
{
    resolver r = {.intake = intake};
    if (intake->exclusions.count > 0) {
        qsort(intake->exclusions.items, intake->exclusions.count, sizeof *intake->exclusions.items,
              by_placement);
    }
    if (intake->keyword_uses.count > 0) {
        qsort(intake->keyword_uses.items, intake->keyword_uses.count,
              sizeof *intake->keyword_uses.items, by_use);
    }
    lacuna_status status = link_members(&r);
    if (status == LACUNA_OK) {
        status = index_documents(&r);
    }
    if (status == LACUNA_OK) {
        status = index_keywords(&r);
    }
    if (status == LACUNA_OK) {
        status = find_whole_histories(&r);
    }
    if (status == LACUNA_OK) {
        status = resolve_all(&r);
    }
    free(r.next_member);
    free(r.whole);
    lac_map_free(&r.latest);
    lac_map_free(&r.all);
    lac_map_free(&r.own_documents);
    lac_map_free(&r.any_documents);
    lac_map_free(&r.titles);
    lac_map_free(&r.keywords);
    return status;
}
