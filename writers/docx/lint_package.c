/* The package: relationships, content types, the type of the main part and the file's name. */
#include "support/error.h"
#include "writers/docx/lint_run.h"

#define WORD "application/vnd.openxmlformats-officedocument.wordprocessingml."

/* Types of parts that only make sense when something relates to them, by their relationship. */
static const struct {
    const char *relationship, *content_type;
} kinds[] = {
    {"comments", WORD "comments+xml"},   {"commentsExtended", WORD "commentsExtended+xml"},
    {"people", WORD "people+xml"},       {"styles", WORD "styles+xml"},
    {"numbering", WORD "numbering+xml"}, {"footnotes", WORD "footnotes+xml"},
    {"endnotes", WORD "endnotes+xml"},   {"header", WORD "header+xml"},
    {"footer", WORD "footer+xml"},       {"settings", WORD "settings+xml"},
    {"fontTable", WORD "fontTable+xml"},
};

static lacuna_status type_of(const char **type, lac_lint_run *run, uint32_t part)
{
    return lac_content_type(type, run->package, lac_package_name(run->package, part), run->limits,
                            &run->arena, run->err);
}

/* ---- relationships --------------------------------------------------------------------------- */

static lacuna_status check_relationship(lac_lint_run *run, const lac_relationships *all, uint32_t i)
{
    const lac_relationship *item = &all->items[i];
    lacuna_status status = LACUNA_OK;
    for (uint32_t j = 0; j < i && status == LACUNA_OK; j++) {
        if (strcmp(all->items[j].id, item->id) == 0) {
            status = lac_lint_tell(run, "lint/relationship-twice", lac_span_of(item->id), 0,
                                   "two relationships have the id");
            break;
        }
    }
    bool elsewhere = item->external || item->target[0] == '\0' || item->target[0] == '#';
    if (status == LACUNA_OK && !elsewhere && item->part == LAC_PART_NONE) {
        status = lac_lint_tell(run, "lint/relationship-dangling", lac_span_of(item->target), 0,
                               "a relationship to a part that is not there:");
    }
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] && status == LACUNA_OK; k++) {
        if (item->part == LAC_PART_NONE || strcmp(item->type, kinds[k].relationship) != 0) {
            continue;
        }
        const char *type;
        status = type_of(&type, run, item->part);
        if (status == LACUNA_OK && strcmp(type, kinds[k].content_type) != 0) {
            status = lac_lint_tell(run, "lint/content-type", lac_span_of(item->target), 0,
                                   "a part whose content type is not declared as what it is:");
        }
    }
    return status;
}

static lacuna_status check_relationships_of(lac_lint_run *run, const char *name, bool *related)
{
    lac_relationships all;
    lacuna_status status =
        lac_relationships_read(&all, run->package, name, run->limits, &run->arena, run->err);
    run->part = name == NULL ? "_rels/.rels" : name;
    for (uint32_t i = 0; status == LACUNA_OK && i < all.count; i++) {
        if (all.items[i].part != LAC_PART_NONE) {
            related[all.items[i].part] = true;
        }
        /* Quadratic in their number: documents with thousands of links have been seen, no more. */
        status = all.count < 20000 ? check_relationship(run, &all, i) : LACUNA_OK;
    }
    return status == LACUNA_OK && name == NULL ? lac_lint_properties(run, &all) : status;
}

/* ---- types ----------------------------------------------------------------------------------- */

static lacuna_status check_type(lac_lint_run *run, uint32_t part, bool is_related)
{
    const char *name = lac_package_name(run->package, part), *type;
    lac_span text = lac_span_of(name);
    if (lac_span_is(text, "[Content_Types].xml") || lac_span_ends_nocase(text, ".rels")) {
        return LACUNA_OK;
    }
    lacuna_status status = type_of(&type, run, part);
    run->part = name;
    if (status == LACUNA_OK && type[0] == '\0') {
        return lac_lint_tell(run, "lint/content-type", text, 0, "a part without content type:");
    }
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] && status == LACUNA_OK; k++) {
        if (!is_related && strcmp(type, kinds[k].content_type) == 0) {
            status =
                lac_lint_tell(run, "lint/unrelated-part", text, 0, "a part nothing is related to:");
        }
    }
    return status;
}

/* A template under the name of a document is opened as neither (and the other way round). */
static lacuna_status check_extension(lac_lint_run *run)
{
    static const struct {
        const char *extension, *type;
    } pairs[] = {
        {".docx", WORD "document.main+xml"},
        {".dotx", WORD "template.main+xml"},
        {".docm", "application/vnd.ms-word.document.macroEnabled.main+xml"},
        {".dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"},
    };
    const char *type;
    lacuna_status status = type_of(&type, run, run->main_part);
    run->part = lac_package_name(run->package, run->main_part);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0] && status == LACUNA_OK; i++) {
        if (run->file_name != NULL &&
            lac_span_ends_nocase(lac_span_of(run->file_name), pairs[i].extension) &&
            strcmp(type, pairs[i].type) != 0) {
            status = lac_lint_tell(run, "lint/extension", lac_span_of(type), 0,
                                   "the content type does not fit the name of the file:");
        }
    }
    return status;
}

/* The part whose relationships a .rels part holds: "word/_rels/document.xml.rels". NULL: the
 * package's own. */
static lacuna_status source_of(char **name, lac_lint_run *run, const char *rels)
{
    const char *folder = strstr(rels, "_rels/");
    size_t length = strlen(rels);
    if (folder == NULL || length < 5) {
        return LACUNA_OK;
    }
    lac_buf text;
    lac_buf_init(&text, 1 << 16);
    size_t before = (size_t)(folder - rels), skip = before + 6;
    lacuna_status status =
        lac_buf_printf(&text, "%.*s%.*s", (int)before, rels, (int)(length - 5 - skip), rels + skip);
    if (status == LACUNA_OK && text.len > 0) {
        *name = lac_arena_copy(&run->arena, lac_buf_span(&text));
        status = *name == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    lac_buf_free(&text);
    return status == LACUNA_OK ? status : lac_fail(run->err, status, "a part name is too long");
}

lacuna_status lac_lint_package(lac_lint_run *run)
{
    uint32_t count = lac_package_count(run->package);
    bool *related = lac_arena_array(&run->arena, (size_t)count + 1, sizeof *related);
    if (related == NULL) {
        return lac_fail_nomem(run->err);
    }
    lacuna_status status = check_relationships_of(run, NULL, related);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        const char *name = lac_package_name(run->package, i);
        char *source = NULL;
        if (!lac_span_ends_nocase(lac_span_of(name), ".rels")) {
            continue;
        }
        status = source_of(&source, run, name);
        if (status == LACUNA_OK && source != NULL) {
            status = check_relationships_of(run, source, related);
        }
    }
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = check_type(run, i, related[i]);
    }
    return status == LACUNA_OK ? check_extension(run) : status;
}
