/* What a report says beside the status: needs, places searched, nearest headings. */
#include "analyzer/evidence.h"
#include "analyzer/inquiry.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

enum { MAX_LINES = 12 };

static lacuna_status add_line(lac_inquiry *q, const char ***lines, uint32_t *count,
                              const char *text)
{
    if (*lines == NULL) {
        *lines = lac_arena_array(q->judge->arena, MAX_LINES, sizeof **lines);
    }
    char *copy = lac_arena_copy(q->judge->arena, lac_span_of(text));
    if (*lines == NULL || copy == NULL) {
        return lac_fail_nomem(q->err);
    }
    if (*count < MAX_LINES) {
        (*lines)[(*count)++] = copy;
    }
    return LACUNA_OK;
}

/* "heading of section 6.4.8, line 212" style text for a section. */
static lacuna_status describe_section(const lac_inquiry *q, lac_buf *text, uint32_t section)
{
    const lac_section *s = &q->judge->reading->document->sections[section];
    if (s->heading == LAC_NONE) {
        return lac_buf_append_text(text, "the text before the first heading");
    }
    lac_span title = lac_utf8_prefix(s->title, 80);
    return lac_buf_printf(text, "section \"%.*s%s%.*s\"", (int)s->number.len, s->number.ptr,
                          s->number.len > 0 ? " " : "", (int)title.len, title.ptr);
}

lacuna_status lac_list_needs(lac_inquiry *q)
{
    const lac_item *item = q->item;
    lacuna_status status =
        add_line(q, &q->out->needs, &q->out->needs_count,
                 item->satisfied_by != NULL ? item->satisfied_by : item->requirement);
    for (uint32_t i = 0; i < lac_inquiry_fact_count(q) && status == LACUNA_OK; i++) {
        if (!q->anywhere[i]) {
            lac_buf text;
            lac_buf_init(&text, 1024);
            status = lac_buf_printf(&text, "not mentioned: %s", item->expect.facts[i].name);
            if (status == LACUNA_OK) {
                status = add_line(q, &q->out->needs, &q->out->needs_count, lac_buf_text(&text));
            }
            lac_buf_free(&text);
        }
    }
    return status;
}

lacuna_status lac_list_searched(lac_inquiry *q)
{
    lac_buf text;
    lac_buf_init(&text, 4096);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < q->location.place_count && status == LACUNA_OK; i++) {
        lac_buf_clear(&text);
        status = describe_section(q, &text, q->location.places[i].section);
        if (status == LACUNA_OK) {
            status = add_line(q, &q->out->searched, &q->out->searched_count, lac_buf_text(&text));
        }
    }
    lac_buf_clear(&text);
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&text, "headings like \"%s\"", q->item->title);
    }
    for (uint32_t i = 0; i < q->item->alias_count && i < 4 && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&text, ", \"%s\"", q->item->aliases[i]);
    }
    if (status == LACUNA_OK) {
        status = add_line(q, &q->out->searched, &q->out->searched_count, lac_buf_text(&text));
    }
    for (uint32_t i = 0; i < lac_inquiry_fact_count(q) && status == LACUNA_OK; i++) {
        const lac_fact *fact = &q->item->expect.facts[i];
        if (fact->any_count > 0) {
            lac_buf_clear(&text);
            status = lac_buf_printf(&text, "the whole document for %s (%u terms)", fact->name,
                                    fact->any_count);
            if (status == LACUNA_OK) {
                status =
                    add_line(q, &q->out->searched, &q->out->searched_count, lac_buf_text(&text));
            }
        }
    }
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_list_condition_searched(lac_inquiry *q, const char *text)
{
    return add_line(q, &q->out->searched, &q->out->searched_count, text);
}

static lacuna_status list_places(lac_inquiry *q, lac_candidate **out, uint32_t *out_count,
                                 const lac_place *places, uint32_t count)
{
    *out = lac_arena_array(q->judge->arena, count, sizeof **out);
    if (*out == NULL) {
        return lac_fail_nomem(q->err);
    }
    for (uint32_t i = 0; i < count; i++) {
        (*out)[i] =
            (lac_candidate){places[i].section, places[i].score,
                            lac_anchor_section(q->judge->reading->document, places[i].section)};
    }
    *out_count = count;
    return LACUNA_OK;
}

static lacuna_status list_nearest(lac_inquiry *q)
{
    return list_places(q, &q->out->nearest, &q->out->nearest_count, q->location.nearest,
                       q->location.nearest_count);
}

lacuna_status lac_list_located(lac_inquiry *q)
{
    return list_places(q, &q->out->located, &q->out->located_count, q->location.places,
                       q->location.place_count);
}

lacuna_status lac_explain_gap(lac_inquiry *q)
{
    lacuna_status status = lac_list_needs(q);
    if (status == LACUNA_OK) {
        status = lac_list_searched(q);
    }
    return status == LACUNA_OK ? list_nearest(q) : status;
}
