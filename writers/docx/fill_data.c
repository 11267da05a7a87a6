/* Data behind what is shown: custom XML that controls are bound to, and properties of the document.
 * Word shows what the data says, so a value has to be there too. */
#include "support/error.h"
#include "writers/docx/fill_state.h"

enum { LONGEST_STEP = 256, MOST_STEPS = 32 };

/* The stores that are properties of the document ([MS-OI29500] 2.1.520), and where they are. */
static const struct {
    const char *store, *relationship;
} built_in[] = {
    {"{6C3C8BC8-F283-45AE-878A-BAB7291924A1}", "core-properties"},
    {"{6668398D-A668-4E3E-A5EB-62B293D839F1}", "extended-properties"},
};

/* ---- writing --------------------------------------------------------------------------------- */

static bool is_changed(const lac_word_part *part, size_t from, size_t to)
{
    for (size_t i = 0; i < part->edits.count; i++) {
        const lac_edit *edit = &part->edits.items[i];
        if (edit->offset <= to && edit->offset + edit->removed >= from) {
            return true;
        }
    }
    return false;
}

static lacuna_status escaped(lac_span *out, lac_filling *filling, lac_span text)
{
    lac_markup markup;
    lac_markup_begin(&markup, lac_span_make("", 0), &filling->draft, &filling->ids, false);
    lac_markup_escape(&markup, text);
    lacuna_status status = markup.status == LACUNA_OK
                               ? lac_word_keep(out, filling->file, &markup.out, filling->err)
                               : lac_fail(filling->err, markup.status, "a value is too long");
    lac_markup_free(&markup);
    return status;
}

/* The text of an element without children; the first value that names it stays. */
static lacuna_status set_text(lac_filling *filling, lac_word_part *part, uint32_t token,
                              lac_span text)
{
    const lac_token *item = &part->tokens.items[token];
    lac_span kept;
    if (item->after != token + 1 || is_changed(part, item->start, item->end)) {
        return LACUNA_OK;
    }
    lacuna_status status = escaped(&kept, filling, text);
    if (status != LACUNA_OK || !item->empty) {
        return status != LACUNA_OK ? status
                                   : lac_edits_add(&part->edits, item->tag_end,
                                                   item->close - item->tag_end, kept, filling->err);
    }
    lac_buf whole;
    lac_buf_init(&whole, LAC_LARGEST_MARKUP);
    status = lac_buf_append_span(&whole, kept);
    status = status == LACUNA_OK ? lac_word_append(filling->file, part, token, &whole, filling->err)
                                 : lac_fail(filling->err, status, "a value is too long");
    lac_buf_free(&whole);
    return status;
}

static lacuna_status set_attribute(lac_filling *filling, lac_word_part *part, uint32_t token,
                                   lac_span name, lac_span text)
{
    lac_token_attr attr;
    size_t at = 0;
    lac_span kept;
    while (lac_token_next_attribute(&attr, &at, &part->tokens, token)) {
        const char *colon = memchr(attr.name.ptr, ':', attr.name.len);
        size_t skip = colon == NULL ? 0 : (size_t)(colon - attr.name.ptr) + 1;
        if (!lac_span_equal(lac_span_make(attr.name.ptr + skip, attr.name.len - skip), name) ||
            is_changed(part, attr.where, attr.where + attr.value.len)) {
            continue;
        }
        lacuna_status status = escaped(&kept, filling, text);
        return status == LACUNA_OK
                   ? lac_edits_add(&part->edits, attr.where, attr.value.len, kept, filling->err)
                   : status;
    }
    return LACUNA_OK;
}

/* ---- paths ----------------------------------------------------------------------------------- */

typedef struct path_step {
    lac_span name; /* without its prefix */
    uint32_t index;
    bool is_attribute;
} path_step;

/* "ns0:item[2]", "@ns0:id"; false: a path of another kind. */
static bool read_step(path_step *step, lac_span text)
{
    *step = (path_step){.index = 1};
    if (text.len > 0 && text.ptr[0] == '@') {
        step->is_attribute = true;
        text = lac_span_make(text.ptr + 1, text.len - 1);
    }
    const char *bracket = memchr(text.ptr, '[', text.len);
    if (bracket != NULL) {
        step->index = 0;
        const char *at = bracket + 1, *end = text.ptr + text.len;
        for (; at < end && *at >= '0' && *at <= '9' && step->index < 1000000; at++) {
            step->index = step->index * 10 + (uint32_t)(*at - '0');
        }
        if (at + 1 != end || *at != ']') {
            return false;
        }
        text.len = (size_t)(bracket - text.ptr);
    }
    const char *colon = memchr(text.ptr, ':', text.len);
    size_t skip = colon == NULL ? 0 : (size_t)(colon - text.ptr) + 1;
    step->name = lac_span_make(text.ptr + skip, text.len - skip);
    return step->name.len > 0 && step->name.len < LONGEST_STEP && step->index > 0 &&
           memchr(step->name.ptr, '(', step->name.len) == NULL;
}

static uint32_t step_into(const lac_tokens *tokens, uint32_t parent, const path_step *step)
{
    uint32_t seen = 0;
    uint32_t first = parent == LAC_NO_TOKEN ? 0 : parent + 1;
    uint32_t end = parent == LAC_NO_TOKEN ? 1 : tokens->items[parent].after;
    for (uint32_t i = first; i < end; i = tokens->items[i].after) {
        if (lac_span_equal(lac_token_local(tokens, i), step->name) && ++seen == step->index) {
            return i;
        }
    }
    return LAC_NO_TOKEN;
}

/* The element a path names, and the attribute of it; LAC_NO_TOKEN: none. */
static uint32_t resolve(lac_span *attribute, const lac_tokens *tokens, lac_span path)
{
    uint32_t at = LAC_NO_TOKEN;
    *attribute = lac_span_make("", 0);
    for (int steps = 0; path.len > 0 && steps < MOST_STEPS; steps++) {
        if (path.ptr[0] != '/' || attribute->len > 0) {
            return LAC_NO_TOKEN;
        }
        path = lac_span_make(path.ptr + 1, path.len - 1);
        const char *slash = memchr(path.ptr, '/', path.len);
        size_t length = slash == NULL ? path.len : (size_t)(slash - path.ptr);
        path_step step;
        if (!read_step(&step, lac_span_make(path.ptr, length)) ||
            (step.is_attribute && at == LAC_NO_TOKEN)) {
            return LAC_NO_TOKEN;
        }
        if (step.is_attribute) {
            *attribute = step.name;
        } else if ((at = step_into(tokens, at, &step)) == LAC_NO_TOKEN) {
            return LAC_NO_TOKEN;
        }
        path = lac_span_make(path.ptr + length, path.len - length);
    }
    return path.len == 0 ? at : LAC_NO_TOKEN;
}

/* ---- stores ---------------------------------------------------------------------------------- */

/* The part a package relates to; *out NULL: none. */
static lacuna_status package_part(lac_word_part **out, lac_filling *filling, const char *type)
{
    lac_relationships package;
    *out = NULL;
    lacuna_status status =
        lac_relationships_read(&package, filling->file->package, NULL, filling->file->limits,
                               &filling->file->arena, filling->err);
    const lac_relationship *found =
        status == LACUNA_OK ? lac_relationships_first(&package, type) : NULL;
    return found == NULL ? status
                         : lac_word_part_get(out, filling->file,
                                             lac_package_name(filling->file->package, found->part),
                                             filling->err);
}

/* Whether an item of custom XML has this id; any has the empty one. */
static lacuna_status has_id(bool *has, lac_filling *filling, const char *item, lac_span store)
{
    lac_relationships related;
    lac_word_part *properties;
    *has = store.len == 0;
    lacuna_status status =
        lac_relationships_read(&related, filling->file->package, item, filling->file->limits,
                               &filling->file->arena, filling->err);
    const lac_relationship *found =
        status == LACUNA_OK ? lac_relationships_first(&related, "customXmlProps") : NULL;
    if (*has || found == NULL) {
        return status;
    }
    status = lac_word_part_get(&properties, filling->file,
                               lac_package_name(filling->file->package, found->part), filling->err);
    lac_token_attr attr;
    size_t at = 0;
    while (status == LACUNA_OK && lac_token_next_attribute(&attr, &at, &properties->tokens, 0)) {
        *has |=
            lac_span_ends_nocase(attr.name, "itemID") && lac_span_equal_nocase(attr.value, store);
    }
    return status;
}

/* Data in another encoding than UTF-8 is left as it is: the value is in the document all the same.
 */
static lacuna_status set_in(bool *set, lac_filling *filling, const char *name, lac_span path,
                            lac_span text)
{
    lac_word_part *part;
    lac_span attribute;
    lacuna_error why = {.status = LACUNA_OK};
    if (lac_word_part_get(&part, filling->file, name, &why) != LACUNA_OK) {
        return why.status == LACUNA_E_NOMEM ? lac_fail_nomem(filling->err) : LACUNA_OK;
    }
    uint32_t token = resolve(&attribute, &part->tokens, path);
    if (token == LAC_NO_TOKEN) {
        return LACUNA_OK;
    }
    *set = true;
    return attribute.len > 0 ? set_attribute(filling, part, token, attribute, text)
                             : set_text(filling, part, token, text);
}

static lacuna_status set_in_items(lac_filling *filling, lac_span store, lac_span path,
                                  lac_span text)
{
    lac_word_file *file = filling->file;
    bool set = false;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < file->relationships.count && status == LACUNA_OK && !set; i++) {
        const lac_relationship *item = &file->relationships.items[i];
        bool wanted = false;
        if (strcmp(item->type, "customXml") != 0 || item->part == LAC_PART_NONE) {
            continue;
        }
        const char *name = lac_package_name(file->package, item->part);
        status = has_id(&wanted, filling, name, store);
        if (status == LACUNA_OK && wanted) {
            status = set_in(&set, filling, name, path, text);
        }
    }
    return status;
}

lacuna_status lac_fill_bound(lac_filling *filling, const lac_tokens *tokens, uint32_t binding,
                             lac_span text)
{
    lac_span path, store = lac_span_make("", 0);
    (void)lac_token_get(&store, tokens, binding, "storeItemID");
    if (!lac_token_get(&path, tokens, binding, "xpath")) {
        return LACUNA_OK;
    }
    for (size_t i = 0; i < sizeof built_in / sizeof built_in[0]; i++) {
        lac_word_part *part;
        bool set = false;
        if (!lac_span_equal_nocase(store, lac_span_of(built_in[i].store))) {
            continue;
        }
        lacuna_status status = package_part(&part, filling, built_in[i].relationship);
        return status == LACUNA_OK && part != NULL ? set_in(&set, filling, part->name, path, text)
                                                   : status;
    }
    return set_in_items(filling, store, path, text);
}

lacuna_status lac_fill_property(bool *there, lac_filling *filling, lac_span name, lac_span text)
{
    lac_word_part *part;
    *there = false;
    lacuna_status status = package_part(&part, filling, "custom-properties");
    if (status != LACUNA_OK || part == NULL) {
        return status;
    }
    const lac_tokens *tokens = &part->tokens;
    for (uint32_t i = 1; i < tokens->count; i = tokens->items[i].after) {
        lac_span said;
        uint32_t value = i + 1;
        if (lac_token_attribute(&said, tokens, i, "name") && lac_span_equal(said, name) &&
            value < tokens->items[i].after &&
            lac_span_is(lac_token_local(tokens, value), "lpwstr")) {
            *there = true;
            return set_text(filling, part, value, text);
        }
    }
    return LACUNA_OK;
}
