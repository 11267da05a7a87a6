#include "analyzer/registry.h"
#include "api/libraries.h"
#include "include/lacuna.h"
#include "support/build.h"
#include "support/error.h"
#include "support/limits.h"
#include "writers/json/emit.h"
#include "writers/text/page.h"

#include <string.h>

typedef struct limit_row {
    const char *name;
    uint64_t value;
} limit_row;

enum { LIMIT_COUNT = 23 };

/* By name, as in support/limits.h. */
static void list_limits(limit_row rows[LIMIT_COUNT])
{
    const lac_limits *l = &LAC_LIMITS_DEFAULT;
    const limit_row all[LIMIT_COUNT] = {
        {"blocks", l->blocks},
        {"field_depth", l->field_depth},
        {"json_bytes", l->json_bytes},
        {"mail_depth", l->mail_depth},
        {"mail_parts", l->mail_parts},
        {"package_entries", l->package_entries},
        {"package_file_bytes", l->package_file_bytes},
        {"package_total_bytes", l->package_total_bytes},
        {"part_bytes", l->part_bytes},
        {"part_ratio", l->part_ratio},
        {"pdf_cpu_seconds", l->pdf_cpu_seconds},
        {"pdf_file_bytes", l->pdf_file_bytes},
        {"pdf_memory_bytes", l->pdf_memory_bytes},
        {"pdf_pages", l->pdf_pages},
        {"pdf_wall_seconds", l->pdf_wall_seconds},
        {"plain_file_bytes", l->plain_file_bytes},
        {"ratio_floor_bytes", l->ratio_floor_bytes},
        {"style_chain", l->style_chain},
        {"table_depth", l->table_depth},
        {"text_bytes", l->text_bytes},
        {"xml_attributes", l->xml_attributes},
        {"xml_depth", l->xml_depth},
        {"xml_elements", l->xml_elements},
    };
    memcpy(rows, all, sizeof all);
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static lacuna_status write_checklists(lac_json *json, const lac_registry *registry,
                                      lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    lac_json_array(json, "checklists");
    for (uint32_t i = 0; i < lac_registry_count(registry) && status == LACUNA_OK; i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        lac_digest digest;
        status = lac_registry_digest(&digest, registry, entry->id, err);
        lac_json_object(json, NULL);
        lac_json_text(json, "digest", digest.hex);
        lac_json_text(json, "id", entry->id);
        lac_json_text(json, "version", entry->version);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
    return status;
}

static void write_libraries(lac_json *json)
{
    lac_library libraries[LAC_LIBRARY_COUNT];
    lac_libraries(libraries);
    lac_json_array(json, "libraries");
    for (size_t i = 0; i < LAC_LIBRARY_COUNT; i++) {
        lac_json_object(json, NULL);
        lac_json_text(json, "built", libraries[i].built);
        lac_json_text(json, "name", libraries[i].name);
        lac_json_text(json, "running", libraries[i].running);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_limits(lac_json *json)
{
    limit_row rows[LIMIT_COUNT];
    list_limits(rows);
    lac_json_object(json, "limits");
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        lac_json_uint(json, rows[i].name, rows[i].value);
    }
    lac_json_object_end(json);
}

static lacuna_status write_json(lac_output *output, const lac_registry *registry, lacuna_error *err)
{
    char build[LAC_BUILD_ID_SIZE];
    lac_json json;
    lac_build_id(build);
    lac_json_init(&json, output);
    lac_json_object(&json, NULL);
    lac_json_text(&json, "build", build);
    lacuna_status status = write_checklists(&json, registry, err);
    lac_json_text(&json, "compiler", __VERSION__);
    write_libraries(&json);
    write_limits(&json);
    lac_json_text(&json, "name", "lacuna");
    lac_json_text(&json, "version", lacuna_version());
    lac_json_object_end(&json);
    lac_json_end(&json);
    return status;
}

/* ---- text ----------------------------------------------------------------------------------- */

static void print_libraries(lac_page *page)
{
    lac_library libraries[LAC_LIBRARY_COUNT];
    lac_libraries(libraries);
    for (size_t i = 0; i < LAC_LIBRARY_COUNT; i++) {
        lac_page_begin_labelled(page, 0, i == 0 ? "libraries" : "");
        lac_page_text(page, LAC_INK_PLAIN, libraries[i].name);
        lac_page_text(page, LAC_INK_PLAIN, " ");
        lac_page_text(page, LAC_INK_PLAIN, libraries[i].running);
        lac_page_text(page, LAC_INK_FAINT, " (built with ");
        lac_page_text(page, LAC_INK_FAINT, libraries[i].built);
        lac_page_text(page, LAC_INK_FAINT, ")");
        lac_page_end(page);
    }
}

static void print_limits(lac_page *page)
{
    limit_row rows[LIMIT_COUNT];
    list_limits(rows);
    lac_page_begin_labelled(page, 0, "limits");
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        lac_page_text(page, LAC_INK_PLAIN, i == 0 ? "" : ", ");
        lac_page_text(page, LAC_INK_PLAIN, rows[i].name);
        lac_page_text(page, LAC_INK_PLAIN, " ");
        lac_page_uint(page, LAC_INK_PLAIN, rows[i].value);
    }
    lac_page_end(page);
}

static lacuna_status print_checklists(lac_page *page, const lac_registry *registry,
                                      lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < lac_registry_count(registry) && status == LACUNA_OK; i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        lac_digest digest;
        status = lac_registry_digest(&digest, registry, entry->id, err);
        lac_page_begin_labelled(page, 0, i == 0 ? "checklists" : "");
        lac_page_text(page, LAC_INK_PLAIN, entry->id);
        lac_page_text(page, LAC_INK_PLAIN, " ");
        lac_page_text(page, LAC_INK_PLAIN, entry->version);
        lac_page_text(page, LAC_INK_FAINT, " sha256 ");
        lac_page_words(page, LAC_INK_FAINT, lac_span_make(digest.hex, 16));
        lac_page_end(page);
    }
    return status;
}

static lacuna_status write_text(lac_output *output, const lac_registry *registry, lacuna_error *err)
{
    static const lac_text_style style = {.width = 80};
    char build[LAC_BUILD_ID_SIZE];
    lac_page page;
    lac_build_id(build);
    lac_page_init(&page, output, &style);
    lac_page_labelled(&page, 0, "lacuna", lac_span_of(lacuna_version()));
    lac_page_labelled(&page, 0, "build", lac_span_of(build));
    lac_page_labelled(&page, 0, "compiler", lac_span_of(__VERSION__));
    print_libraries(&page);
    print_limits(&page);
    return print_checklists(&page, registry, err);
}

lacuna_status lacuna_about(const char *format, lacuna_write_fn write, void *user, lacuna_error *err)
{
    bool json = strcmp(format, "json") == 0;
    if (!json && strcmp(format, "text") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "there is no format \"%s\"", format);
    }
    lac_registry *registry = NULL;
    lacuna_status status = lac_registry_new(&registry, NULL, err);
    if (status == LACUNA_OK) {
        lac_output output;
        lac_output_init(&output, write, user);
        status = json ? write_json(&output, registry, err) : write_text(&output, registry, err);
        lacuna_status written = lac_output_finish(&output, err);
        status = status == LACUNA_OK ? written : status;
    }
    lac_registry_free(registry);
    return status;
}
