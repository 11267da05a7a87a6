/* Checklists of a stored result. */
#include "writers/stored/parts.h"

#include <stdio.h>

enum { NOTICES_MAX = 1 << 16 };

static void read_digest(lac_pack_reader *r, lac_digest *digest, const json_t *json, const char *key)
{
    (void)snprintf(digest->hex, sizeof digest->hex, "%s", lac_stored_text(r, json, key));
}

static void read_tailored(lac_pack_reader *r, lac_checklist *checklist, const json_t *json)
{
    const json_t *array = lac_pack_array(r, json, "tailored_by");
    size_t size = json_array_size(array);
    lac_tailored_by *list = size == 0 ? NULL : lac_stored_array(r, size, sizeof *list);
    for (size_t i = 0; list != NULL && i < size; i++) {
        const json_t *from = json_array_get(array, i);
        read_digest(r, &list[i].digest, from, "digest");
        list[i].id = lac_stored_text(r, from, "id");
        list[i].version = lac_stored_text(r, from, "version");
        checklist->tailored_count++;
    }
    checklist->tailored = list;
}

static void read_in_force(lac_pack_reader *r, lac_checklist *checklist, const json_t *json)
{
    const json_t *array = lac_pack_array(r, json, "in_force");
    size_t size = json_array_size(array);
    lac_in_force *list = size == 0 ? NULL : lac_stored_array(r, size, sizeof *list);
    for (size_t i = 0; list != NULL && i < size; i++) {
        const json_t *from = json_array_get(array, i);
        list[i].effective = lac_stored_text_or_null(r, from, "effective");
        list[i].region = lac_stored_text_or_null(r, from, "region");
        list[i].superseded = lac_stored_text_or_null(r, from, "superseded");
        checklist->in_force_count++;
    }
    checklist->in_force = list;
}

static lac_checklist *read_checklist(lac_pack_reader *r, const json_t *json)
{
    lac_checklist *checklist = lac_stored_array(r, 1, sizeof *checklist);
    if (checklist == NULL) {
        return NULL;
    }
    checklist->id = lac_stored_text(r, json, "id");
    checklist->version = lac_stored_text(r, json, "version");
    checklist->title = lac_stored_text_or_null(r, json, "title");
    checklist->guidance_status = lac_stored_text_or_null(r, json, "guidance_status");
    checklist->guidance_version = lac_stored_text_or_null(r, json, "guidance_version");
    checklist->superseded_by = lac_stored_text_or_null(r, json, "superseded_by");
    read_digest(r, &checklist->digest, json, "digest");
    read_in_force(r, checklist, json);
    read_tailored(r, checklist, json);
    return checklist;
}

static uint32_t count_notices(const json_t *array)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        count += json_array_size(json_object_get(json_array_get(array, i), "notices"));
    }
    return count > NOTICES_MAX ? NOTICES_MAX : (uint32_t)count;
}

static void read_notices(lac_pack_reader *r, lac_report *report, const lac_checklist *checklist,
                         const json_t *json)
{
    uint32_t count;
    const char **texts = lac_stored_texts(r, json, "notices", &count);
    for (uint32_t i = 0; i < count && report->notice_count < NOTICES_MAX; i++) {
        report->notices[report->notice_count++] = (lac_report_notice){checklist, texts[i]};
    }
}

void lac_stored_checklists(lac_pack_reader *r, lac_report *report, const json_t *root)
{
    const json_t *array = lac_pack_array(r, root, "checklists");
    size_t size = json_array_size(array);
    report->checklists = lac_stored_array(r, size, sizeof(const lac_checklist *));
    report->notices = lac_stored_array(r, count_notices(array), sizeof *report->notices);
    size_t mark = lac_pack_enter(r, "checklists");
    for (size_t i = 0; report->checklists != NULL && report->notices != NULL && i < size; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        const json_t *json = json_array_get(array, i);
        const lac_checklist *checklist = read_checklist(r, json);
        if (checklist != NULL) {
            report->checklists[report->checklist_count++] = checklist;
            read_notices(r, report, checklist, json);
        }
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
}

/* ---- what they ask -------------------------------------------------------------------------- */

static const char *authority_name(uint32_t index)
{
    return lac_authority_name((lac_authority)index);
}

static void read_asked(lac_pack_reader *r, lac_checklist *checklist, const json_t *json)
{
    const char *id = json_string_value(json_object_get(json, "id"));
    for (uint32_t i = 0; id != NULL && i < checklist->item_count; i++) {
        lac_item *item = (lac_item *)&checklist->items[i]; /* ours, in the arena */
        if (strcmp(item->id, id) == 0) {
            item->authority =
                (lac_authority)lac_stored_choice(r, json, "authority", authority_name,
                                                 LAC_AUTHORITY_PRACTICE + 1, LAC_AUTHORITY_LAW);
            item->requirement = lac_stored_text_or_null(r, json, "requirement");
            item->satisfied_by = lac_stored_text_or_null(r, json, "satisfied_by");
        }
    }
}

void lac_stored_asked(lac_pack_reader *r, lac_report *report, const json_t *root)
{
    const json_t *array = lac_pack_array(r, root, "checklists");
    for (uint32_t i = 0; i < report->checklist_count; i++) {
        const json_t *items = lac_pack_array(r, json_array_get(array, i), "items");
        for (size_t k = 0; k < json_array_size(items); k++) {
            read_asked(r, (lac_checklist *)report->checklists[i], json_array_get(items, k));
        }
    }
}
