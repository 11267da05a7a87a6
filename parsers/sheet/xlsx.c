/* The workbook: which worksheets there are, in the order of their tabs. */
#include "parsers/package/relationships.h"
#include "parsers/sheet/xlsx_text.h"
#include "support/error.h"

#include <stdlib.h>

typedef struct tab {
    const char *name, *id;
} tab;

typedef struct workbook {
    lac_arena arena;
    lac_package *package;
    const lac_limits *limits;
    tab *tabs;
    uint32_t tab_count;
    size_t tab_cap;
    lac_xlsx_strings strings;
    lacuna_error *err;
} workbook;

static lacuna_status workbook_start(void *user, const lac_xml_element *element)
{
    workbook *w = user;
    lac_span name;
    lac_span id = lac_span_of(NULL);
    if (!lac_xlsx_is_main(element->uri) || strcmp(element->name, "sheet") != 0 ||
        !lac_xml_get(element, "name", &name) || !lac_xml_get(element, "id", &id)) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_grow((void **)&w->tabs, &w->tab_cap, (size_t)w->tab_count + 1,
                                    sizeof *w->tabs, LAC_SHEET_MOST);
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(w->err, status, "the workbook has more than %d sheets", LAC_SHEET_MOST);
    }
    tab made = {lac_xml_value(&w->arena, name), lac_xml_value(&w->arena, id)};
    if (status != LACUNA_OK || made.name == NULL || made.id == NULL) {
        return lac_fail_nomem(w->err);
    }
    w->tabs[w->tab_count++] = made;
    return LACUNA_OK;
}

static lacuna_status read_tabs(workbook *w, lac_sheets *sheets,
                               const lac_relationships *relationships)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < w->tab_count && status == LACUNA_OK; i++) {
        const lac_relationship *found =
            lac_relationships_by_id(relationships, lac_span_of(w->tabs[i].id));
        if (found == NULL || strcmp(found->type, "worksheet") != 0 ||
            found->part == LAC_PART_NONE) {
            continue; /* a chart sheet, or a sheet that is not in the file */
        }
        status = lac_sheet_begin(sheets, lac_span_of(w->tabs[i].name), w->err);
        if (status == LACUNA_OK) {
            status = lac_xlsx_sheet_read(sheets, w->package, found->part, &w->strings, w->limits,
                                         w->err);
        }
    }
    return status;
}

static lacuna_status read_workbook(workbook *w, lac_sheets *sheets)
{
    lac_relationships relationships;
    lacuna_status status =
        lac_relationships_read(&relationships, w->package, NULL, w->limits, &w->arena, w->err);
    if (status != LACUNA_OK) {
        return status;
    }
    const lac_relationship *main = lac_relationships_first(&relationships, "officeDocument");
    if (main == NULL) {
        return lac_fail(w->err, LACUNA_E_UNSUPPORTED, "not an XLSX workbook");
    }
    lac_xml_handler handler = {w, workbook_start, NULL, NULL};
    status = lac_xml_parse_part(w->package, main->part, w->limits, &handler, w->err);
    if (status == LACUNA_OK) {
        status = lac_relationships_read(&relationships, w->package, main->target, w->limits,
                                        &w->arena, w->err);
    }
    const lac_relationship *strings =
        status == LACUNA_OK ? lac_relationships_first(&relationships, "sharedStrings") : NULL;
    if (strings != NULL) {
        status = lac_xlsx_strings_read(&w->strings, w->package, strings->part, w->limits, w->err);
    }
    return status == LACUNA_OK ? read_tabs(w, sheets, &relationships) : status;
}

lacuna_status lac_xlsx_read(lac_sheets *sheets, const lac_source *source, const lac_limits *limits,
                            lacuna_error *err)
{
    workbook w = {.limits = limits, .err = err};
    lac_arena_init(&w.arena);
    lac_xlsx_strings_init(&w.strings);
    lacuna_status status = lac_package_open(&w.package, source, limits, err);
    if (status == LACUNA_OK) {
        status = read_workbook(&w, sheets);
        lac_package_close(w.package);
    }
    if (status == LACUNA_OK && sheets->count == 0) {
        status = lac_fail(err, LACUNA_E_UNSUPPORTED, "not an XLSX workbook: it has no worksheet");
    }
    lac_xlsx_strings_free(&w.strings);
    lac_arena_free(&w.arena);
    free(w.tabs);
    return status;
}
