#include "writers/docx/word_file.h"

#include "parsers/docx/docx.h"
#include "parsers/package/names.h"
#include "support/error.h"
#include "writers/docx/zip_rewrite.h"

#include <stdio.h>
#include <stdlib.h>

static const char types_name[] = "[Content_Types].xml";

/* ---- parts ----------------------------------------------------------------------------------- */

static lac_word_part *loaded_part(lac_word_file *file, const char *name)
{
    for (uint32_t i = 0; i < file->part_count; i++) {
        if (lac_name_compare(file->parts[i].name, name) == 0) {
            return &file->parts[i];
        }
    }
    return NULL;
}

static lacuna_status new_slot(lac_word_part **out, lac_word_file *file, const char *name,
                              lacuna_error *err)
{
    char *copy = lac_arena_copy(&file->arena, lac_span_of(name));
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    if (file->part_count == LAC_WORD_PARTS) {
        return lac_fail(err, LACUNA_E_LIMIT, "too many parts of the document would change");
    }
    *out = &file->parts[file->part_count++];
    **out = (lac_word_part){.name = copy, .tokens = {.w = lac_span_make("", 0)}};
    return LACUNA_OK;
}

lacuna_status lac_word_part_get(lac_word_part **out, lac_word_file *file, const char *name,
                                lacuna_error *err)
{
    *out = loaded_part(file, name);
    if (*out != NULL) {
        return LACUNA_OK;
    }
    uint32_t index = lac_package_find(file->package, name);
    if (index == LAC_PART_NONE) {
        return lac_fail(err, LACUNA_E_NOTFOUND, "the document has no part %s", name);
    }
    lac_word_part *part;
    name = lac_package_name(file->package, index);
    lacuna_status status = new_slot(&part, file, name, err);
    size_t length = 0;
    if (status == LACUNA_OK) {
        status = lac_package_read(&part->owned, &length, file->package, index,
                                  file->limits->part_bytes, err);
    }
    if (status == LACUNA_OK) {
        part->bytes = lac_span_make(part->owned, length);
        status = lac_tokens_make(&part->tokens, part->bytes, name, file->limits, err);
    }
    if (status == LACUNA_OK) {
        status = lac_tokens_agree(&part->tokens, name, file->limits, err);
    }
    *out = status == LACUNA_OK ? part : NULL;
    return status;
}

lacuna_status lac_word_related(lac_word_part **out, lac_word_file *file, const char *type,
                               lacuna_error *err)
{
    *out = NULL;
    const lac_relationship *found = lac_relationships_first(&file->relationships, type);
    return found == NULL
               ? LACUNA_OK
               : lac_word_part_get(out, file, lac_package_name(file->package, found->part), err);
}

/* ---- opening --------------------------------------------------------------------------------- */

static lacuna_status refuse_signed(lac_word_file *file, const lac_relationships *package,
                                   lacuna_error *err)
{
    bool is_signed = lac_relationships_first(package, "origin") != NULL;
    for (uint32_t i = 0; i < lac_package_count(file->package) && !is_signed; i++) {
        is_signed = lac_span_starts_nocase(lac_span_of(lac_package_name(file->package, i)),
                                           "_xmlsignatures/");
    }
    return is_signed
               ? lac_fail_remedy(err, LACUNA_E_UNSUPPORTED, "Work on a copy without the signature.",
                                 "the document is digitally signed; a change would break "
                                 "the signature")
               : LACUNA_OK;
}

static lacuna_status check_main(const lac_word_file *file, lacuna_error *err)
{
    const lac_tokens *tokens = &file->main->tokens;
    if (tokens->strict) {
        return lac_fail_remedy(err, LACUNA_E_UNSUPPORTED,
                               "Open it in Word and save it as \"Word Document (*.docx)\".",
                               "the document is in the format Strict Open XML, which is read but "
                               "not written");
    }
    if (tokens->items[0].word != LAC_W_DOCUMENT ||
        lac_token_child(tokens, 0, LAC_W_BODY) == LAC_NO_TOKEN) {
        return lac_fail(err, LACUNA_E_FORMAT, "the main part has no body");
    }
    return LACUNA_OK;
}

static lacuna_status read_protection(lac_word_file *file, lacuna_error *err)
{
    lac_word_part *settings;
    lacuna_status status = lac_word_related(&settings, file, "settings", err);
    if (status == LACUNA_OK && settings != NULL) {
        uint32_t found = lac_token_child(&settings->tokens, 0, LAC_W_DOCUMENT_PROTECTION);
        lac_span on;
        file->is_protected =
            found != LAC_NO_TOKEN && lac_token_get(&on, &settings->tokens, found, "enforcement") &&
            (lac_span_is(on, "1") || lac_span_is(on, "true") || lac_span_is(on, "on"));
    }
    return status;
}

static lacuna_status read_styles(lac_word_file *file, lacuna_error *err)
{
    const lac_relationship *styles = lac_relationships_first(&file->relationships, "styles");
    return lac_styles_read(&file->styles, file->package,
                           styles == NULL ? LAC_PART_NONE : styles->part, file->limits,
                           &file->arena, err);
}

static lacuna_status open_main(lac_word_file *file, lacuna_error *err)
{
    lac_relationships package;
    lacuna_status status =
        lac_relationships_read(&package, file->package, NULL, file->limits, &file->arena, err);
    if (status == LACUNA_OK) {
        status = refuse_signed(file, &package, err);
    }
    const lac_relationship *target = lac_relationships_first(&package, "officeDocument");
    if (status != LACUNA_OK || target == NULL) {
        return status != LACUNA_OK ? status
                                   : lac_fail(err, LACUNA_E_FORMAT, "the main part is missing");
    }
    const char *name = lac_package_name(file->package, target->part);
    status = lac_word_part_get(&file->main, file, name, err);
    if (status == LACUNA_OK) {
        status = check_main(file, err);
    }
    return status == LACUNA_OK ? lac_relationships_read(&file->relationships, file->package, name,
                                                        file->limits, &file->arena, err)
                               : status;
}

static lacuna_status open_package(lac_word_file *file, const char *name, lacuna_error *err)
{
    const lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = name, .memory = file->bytes};
    lac_kind kind;
    lacuna_status status = lac_sniff(&kind, &source, err);
    if (status == LACUNA_OK && kind != LAC_KIND_ZIP) {
        status = lac_refuse_kind(kind, "a Word document", err);
    }
    if (status == LACUNA_OK) {
        status = lac_package_open(&file->package, &source, file->limits, err);
    }
    return status == LACUNA_OK ? lac_docx_read(&file->document, file->package, file->limits, err)
                               : status;
}

lacuna_status lac_word_open(lac_word_file **out, lac_span bytes, const char *name,
                            const lac_limits *limits, lacuna_error *err)
{
    *out = NULL;
    lac_word_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        return lac_fail_nomem(err);
    }
    file->bytes = bytes;
    file->limits = limits;
    lac_arena_init(&file->arena);
    lacuna_status status = open_package(file, name, err);
    if (status == LACUNA_OK) {
        status = open_main(file, err);
    }
    if (status == LACUNA_OK) {
        status = read_styles(file, err);
    }
    if (status == LACUNA_OK) {
        status = read_protection(file, err);
    }
    if (status != LACUNA_OK) {
        lac_word_close(file);
        return status;
    }
    *out = file;
    return LACUNA_OK;
}

void lac_word_close(lac_word_file *file)
{
    if (file == NULL) {
        return;
    }
    for (uint32_t i = 0; i < file->part_count; i++) {
        lac_word_part *part = &file->parts[i];
        lac_tokens_free(&part->tokens);
        lac_edits_free(&part->edits);
        free(part->owned);
        free(part->edited);
    }
    lac_document_free(file->document);
    lac_package_close(file->package);
    lac_arena_free(&file->arena);
    free(file);
}

/* ---- changing -------------------------------------------------------------------------------- */

lacuna_status lac_word_keep(lac_span *out, lac_word_file *file, const lac_buf *text,
                            lacuna_error *err)
{
    char *copy = lac_arena_copy(&file->arena, lac_buf_span(text));
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    *out = lac_span_make(copy, text->len);
    return LACUNA_OK;
}

/* An empty-element tag is opened once; what comes later goes in front of the end tag made then. */
static lac_edit *opening_edit(lac_word_part *part, size_t offset)
{
    for (size_t i = 0; i < part->edits.count; i++) {
        if (part->edits.items[i].offset == offset && part->edits.items[i].removed == 2) {
            return &part->edits.items[i];
        }
    }
    return NULL;
}

static lacuna_status append_to_empty(lac_word_file *file, lac_word_part *part, uint32_t token,
                                     const lac_buf *text, lacuna_error *err)
{
    size_t offset = (size_t)part->tokens.items[token].tag_end - 2; /* of "/>" */
    lac_span name = lac_token_name(&part->tokens, token), kept;
    lac_edit *opened = opening_edit(part, offset);
    lac_buf whole;
    lac_buf_init(&whole, LAC_LARGEST_MARKUP);
    lacuna_status status =
        opened == NULL ? lac_buf_append_char(&whole, '>')
                       : lac_buf_append(&whole, opened->text.ptr, opened->text.len - name.len - 3);
    if (status == LACUNA_OK) {
        status = lac_buf_append_span(&whole, lac_buf_span(text));
    }
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&whole, "</%.*s>", (int)name.len, name.ptr);
    }
    status = status == LACUNA_OK ? lac_word_keep(&kept, file, &whole, err)
                                 : lac_fail(err, status, "too much text to insert");
    lac_buf_free(&whole);
    if (status == LACUNA_OK && opened != NULL) {
        opened->text = kept;
        return LACUNA_OK;
    }
    return status == LACUNA_OK ? lac_edits_add(&part->edits, offset, 2, kept, err) : status;
}

lacuna_status lac_word_append(lac_word_file *file, lac_word_part *part, uint32_t token,
                              const lac_buf *text, lacuna_error *err)
{
    const lac_token *item = &part->tokens.items[token];
    if (item->empty) {
        return append_to_empty(file, part, token, text, err);
    }
    lac_span kept;
    lacuna_status status = lac_word_keep(&kept, file, text, err);
    return status == LACUNA_OK ? lac_edits_add(&part->edits, item->close, 0, kept, err) : status;
}

/* The root's prefix with its colon, or "". */
static lac_span root_prefix(const lac_tokens *tokens)
{
    lac_span name = lac_token_name(tokens, 0);
    const char *colon = memchr(name.ptr, ':', name.len);
    return lac_span_make(name.ptr, colon == NULL ? 0 : (size_t)(colon - name.ptr) + 1);
}

static lacuna_status append_to_root(lac_word_file *file, lac_word_part *part, const lac_buf *text,
                                    lacuna_error *err)
{
    return lac_word_append(file, part, 0, text, err);
}

static lacuna_status declare_type(lac_word_file *file, const char *name, const char *content_type,
                                  lacuna_error *err)
{
    lac_word_part *types;
    lacuna_status status = lac_word_part_get(&types, file, types_name, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_span prefix = root_prefix(&types->tokens);
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    status = lac_buf_printf(&text, "<%.*sOverride PartName=\"/%s\" ContentType=\"%s\"/>",
                            (int)prefix.len, prefix.ptr, name, content_type);
    status = status == LACUNA_OK ? append_to_root(file, types, &text, err)
                                 : lac_fail(err, status, "out of room for a content type");
    lac_buf_free(&text);
    return status;
}

static lac_span folder_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    return lac_span_make(name, slash == NULL ? 0 : (size_t)(slash - name) + 1);
}

/* "word/_rels/document.xml.rels" */
static lacuna_status relationships_name(lac_buf *out, const char *name)
{
    lac_span folder = folder_of(name);
    return lac_buf_printf(out, "%.*s_rels/%s.rels", (int)folder.len, folder.ptr, name + folder.len);
}

static bool id_is_taken(const lac_word_file *file, uint32_t number)
{
    char id[32];
    (void)snprintf(id, sizeof id, "rIdLacuna%u", (unsigned)number);
    return lac_relationships_by_id(&file->relationships, lac_span_of(id)) != NULL;
}

static lacuna_status add_relationships_part(lac_word_file *file, const char *name,
                                            const lac_buf *item, lacuna_error *err)
{
    static const char head[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    lac_word_part *part = loaded_part(file, name);
    static const char tail[] = "</Relationships>";
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status = LACUNA_OK;
    if (part == NULL) {
        status = new_slot(&part, file, name, err);
    }
    if (status == LACUNA_OK) {
        lac_span before = part->added
                              ? lac_span_make(part->bytes.ptr, part->bytes.len - (sizeof tail - 1))
                              : lac_span_of(head);
        part->added = true;
        status = lac_buf_append_span(&text, before);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_span(&text, lac_buf_span(item));
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&text, tail);
    }
    if (status == LACUNA_OK) {
        status = lac_word_keep(&part->bytes, file, &text, err);
    }
    lac_buf_free(&text);
    return status;
}

static lacuna_status relate(lac_word_file *file, const char *type, const char *target,
                            lacuna_error *err)
{
    lac_buf name, text;
    lac_buf_init(&name, file->limits->part_name_bytes * 2u);
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lac_word_part *part = NULL;
    lacuna_status status = relationships_name(&name, file->main->name);
    bool exists = lac_package_find(file->package, lac_buf_text(&name)) != LAC_PART_NONE;
    if (status == LACUNA_OK && exists) {
        status = lac_word_part_get(&part, file, lac_buf_text(&name), err);
    }
    if (status == LACUNA_OK) {
        do {
            file->new_relationships++;
        } while (id_is_taken(file, file->new_relationships));
        lac_span prefix = part == NULL ? lac_span_make("", 0) : root_prefix(&part->tokens);
        status = lac_buf_printf(
            &text, "<%.*sRelationship Id=\"rIdLacuna%u\" Type=\"%s\" Target=\"%s\"/>",
            (int)prefix.len, prefix.ptr, (unsigned)file->new_relationships, type, target);
    }
    if (status == LACUNA_OK) {
        status = part != NULL ? append_to_root(file, part, &text, err)
                              : add_relationships_part(file, lac_buf_text(&name), &text, err);
    }
    lac_buf_free(&name);
    lac_buf_free(&text);
    return status;
}

/* A name that no part has: "comments.xml", "comments-lacuna1.xml" ... */
static lacuna_status free_name(lac_buf *name, lac_word_file *file, const char *stem)
{
    lac_span folder = folder_of(file->main->name);
    for (unsigned i = 0; i < 1000; i++) {
        lac_buf_clear(name);
        lacuna_status status =
            i == 0
                ? lac_buf_printf(name, "%.*s%s.xml", (int)folder.len, folder.ptr, stem)
                : lac_buf_printf(name, "%.*s%s-lacuna%u.xml", (int)folder.len, folder.ptr, stem, i);
        if (status != LACUNA_OK || (lac_package_find(file->package, name->data) == LAC_PART_NONE &&
                                    loaded_part(file, name->data) == NULL)) {
            return status;
        }
    }
    return LACUNA_E_LIMIT;
}

lacuna_status lac_word_part_add(lac_word_file *file, const char *stem, lac_span bytes,
                                const char *relationship, const char *content_type,
                                lacuna_error *err)
{
    lac_buf name;
    lac_buf_init(&name, file->limits->part_name_bytes * 2u);
    lac_word_part *part;
    lacuna_status status = free_name(&name, file, stem);
    if (status != LACUNA_OK) {
        status = lac_fail(err, status, "no free name for a new part");
    } else {
        status = new_slot(&part, file, lac_buf_text(&name), err);
    }
    if (status == LACUNA_OK) {
        part->added = true;
        part->bytes = bytes;
        status = declare_type(file, part->name, content_type, err);
    }
    if (status == LACUNA_OK) {
        status = relate(file, relationship, part->name + folder_of(part->name).len, err);
    }
    lac_buf_free(&name);
    return status;
}

static lacuna_status relate_package(lac_word_file *file, const char *type, const char *target,
                                    lacuna_error *err)
{
    char id[32];
    lac_relationships package;
    lac_word_part *part = NULL;
    lac_buf text;
    uint32_t number = 0;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status =
        lac_relationships_read(&package, file->package, NULL, file->limits, &file->arena, err);
    if (status == LACUNA_OK) {
        status = lac_word_part_get(&part, file, "_rels/.rels", err);
    }
    if (status == LACUNA_OK) {
        do {
            (void)snprintf(id, sizeof id, "rIdLacuna%u", (unsigned)++number);
        } while (lac_relationships_by_id(&package, lac_span_of(id)) != NULL);
        lac_span prefix = root_prefix(&part->tokens);
        status = lac_buf_printf(&text, "<%.*sRelationship Id=\"%s\" Type=\"%s\" Target=\"%s\"/>",
                                (int)prefix.len, prefix.ptr, id, type, target);
    }
    if (status == LACUNA_OK) {
        status = append_to_root(file, part, &text, err);
    }
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_word_package_part_add(lac_word_file *file, const char *name, lac_span bytes,
                                        const char *relationship, const char *content_type,
                                        lacuna_error *err)
{
    lac_word_part *part;
    lacuna_status status = new_slot(&part, file, name, err);
    if (status == LACUNA_OK) {
        part->added = true;
        part->bytes = bytes;
        status = declare_type(file, part->name, content_type, err);
    }
    return status == LACUNA_OK ? relate_package(file, relationship, name, err) : status;
}

/* ---- writing --------------------------------------------------------------------------------- */

static lacuna_status apply_edits(lac_zip_change *change, lac_word_part *part, lacuna_error *err)
{
    *change = (lac_zip_change){part->name, part->bytes, part->added};
    if (part->added) {
        return LACUNA_OK;
    }
    lacuna_status status =
        lac_splice(&part->edited, &part->edited_length, part->bytes, &part->edits, err);
    if (status != LACUNA_OK) {
        return status;
    }
    change->bytes = lac_span_make(part->edited, part->edited_length);
    return lac_splice_prove(change->bytes, part->bytes, &part->edits, err);
}

lacuna_status lac_word_finish(char **out, size_t *length, lac_word_file *file, lacuna_error *err)
{
    *out = NULL;
    *length = 0;
    lac_zip_change changes[LAC_WORD_PARTS];
    size_t count = 0;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < file->part_count && status == LACUNA_OK; i++) {
        lac_word_part *part = &file->parts[i];
        if (part->added || part->edits.count > 0) {
            status = apply_edits(&changes[count++], part, err);
        }
    }
    if (status == LACUNA_OK) {
        status = lac_zip_rewrite(out, length, file->bytes, changes, count, err);
    }
    if (status == LACUNA_OK) {
        status = lac_zip_prove(file->bytes, lac_span_make(*out, *length), changes, count, err);
    }
    if (status != LACUNA_OK) {
        free(*out);
        *out = NULL;
    }
    return status;
}
