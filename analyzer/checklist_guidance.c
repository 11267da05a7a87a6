/* "guidance" of a pack: who asks, since when and where, and when its sources were looked at. */
#include "analyzer/checklist_read.h"

#include <string.h>

static const char *const guidance_keys[] = {"authority",  "version",       "status", "effective",
                                            "supersedes", "superseded_by", "note",   "in_force",
                                            "review_by",  "sources",       NULL};
static const char *const in_force_keys[] = {"region", "effective", "superseded", NULL};
static const char *const regions[] = {"us", "eu"};

/* YYYY, YYYY-MM or YYYY-MM-DD. */
static bool is_date(const char *text)
{
    static const char form[] = "0000-00-00";
    size_t length = strlen(text);
    if (length != 4 && length != 7 && length != 10) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == '0' ? !digit : text[i] != '-') {
            return false;
        }
    }
    return true;
}

/* A whole day: periods are compared with the dates of documents. */
static const char *read_day(lac_pack_reader *r, const json_t *json, const char *key, bool required)
{
    const char *day = lac_pack_string(r, json, key, required);
    if (day != NULL && (!is_date(day) || strlen(day) != 10)) {
        lac_pack_problem(r, "%s: a day as 2025-09-08", key);
        return NULL;
    }
    return day;
}

static void read_period(lac_pack_reader *r, lac_in_force *out, const json_t *json)
{
    out->region = out->effective = "";
    if (!lac_pack_object(r, json, in_force_keys)) {
        return;
    }
    int region =
        lac_pack_choice(r, json, "region", regions, sizeof regions / sizeof regions[0], -1);
    const char *effective = read_day(r, json, "effective", true);
    out->region = region < 0 ? "" : regions[region];
    out->effective = effective == NULL ? "" : effective;
    out->superseded = read_day(r, json, "superseded", false);
    if (out->superseded != NULL && strcmp(out->superseded, out->effective) <= 0) {
        lac_pack_problem(r, "superseded before it was effective");
    }
}

static void read_periods(lac_pack_reader *r, lac_checklist *list, const json_t *json)
{
    const json_t *array = lac_pack_array(r, json, "in_force");
    size_t count = json_array_size(array);
    size_t mark = lac_pack_enter(r, "in_force");
    lac_in_force *periods = lac_arena_array(r->arena, count, sizeof *periods);
    r->out_of_memory = r->out_of_memory || periods == NULL;
    list->in_force = periods;
    for (size_t i = 0; i < count && periods != NULL; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        read_period(r, &periods[list->in_force_count++], json_array_get(array, i));
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

void lac_checklist_read_guidance(lac_pack_reader *r, lac_checklist *list, const json_t *json)
{
    size_t mark = lac_pack_enter(r, "guidance");
    if (lac_pack_object(r, json, guidance_keys)) {
        list->authority_name = or_empty(lac_pack_string(r, json, "authority", true));
        list->guidance_version = or_empty(lac_pack_string(r, json, "version", true));
        list->guidance_status = or_empty(lac_pack_string(r, json, "status", true));
        list->effective = lac_pack_string(r, json, "effective", false);
        list->supersedes = lac_pack_string(r, json, "supersedes", false);
        list->superseded_by = lac_pack_string(r, json, "superseded_by", false);
        list->note = lac_pack_string(r, json, "note", false);
        list->review_by = read_day(r, json, "review_by", false);
        list->sources = lac_pack_strings(r, json, "sources", &list->source_count);
        read_periods(r, list, json);
        if (list->effective != NULL && !is_date(list->effective)) {
            lac_pack_problem(r, "effective: a date as 2018-03-01, 2018-03 or 2018; put the rest "
                                "into note");
        }
    }
    lac_pack_leave(r, mark);
}
