#include "analyzer/letter/section.h"

static lac_span heading_text(const lac_letter_layout *layout, const lac_letter_paragraph *p)
{
    lac_span text = lac_span_trim(lac_letter_clean(layout, p));
    while (text.len > 0 && (text.ptr[text.len - 1] == ':' || text.ptr[text.len - 1] == ' ')) {
        text.len--;
    }
    return text;
}

static bool has_role(const lac_letter_paragraph *p, const char *role)
{
    return p->topic != NULL && strcmp(p->topic->role, role) == 0;
}

static void enter_boilerplate(lac_letter_section *s, lac_span text, const lac_letter_paragraph *p)
{
    *s = (lac_letter_section){.mode = LAC_SECTION_BOILERPLATE,
                              .block = p->topic->value,
                              .top = text,
                              .top_capitals = p->capitals};
}

void lac_section_enter(lac_letter_section *s, const lac_letter_layout *layout,
                       const lac_letter_paragraph *p)
{
    lac_span text = heading_text(layout, p);
    if (has_role(p, "boilerplate") || has_role(p, "other")) {
        enter_boilerplate(s, text, p);
        return;
    }
    if (has_role(p, "additional")) {
        *s = (lac_letter_section){
            .additional = text, .not_approvability = true, .top_capitals = p->capitals};
        return;
    }
    lac_letter_section before = *s;
    bool below = before.additional.len == 0 && before.top.len > 0 && before.top_capitals &&
                 !p->capitals && p->topic != NULL && before.mode == LAC_SECTION_REQUESTS;
    *s = (lac_letter_section){.topic = p->topic, .labeling = has_role(p, "labeling")};
    if (before.additional.len > 0) {
        s->additional = before.additional;
        s->weight_unknown = before.weight_unknown;
        s->not_approvability = !before.weight_unknown;
        s->sub = text;
    } else if (below) {
        s->top = before.top;
        s->top_capitals = true;
        s->sub = text;
        s->not_approvability = before.not_approvability;
        s->topic = p->topic;
        s->labeling = s->labeling || before.labeling;
    } else {
        s->top = text;
        s->top_capitals = p->capitals;
    }
}

void lac_section_leave_additional(lac_letter_section *s)
{
    if (s->additional.len > 0 && s->sub.len > 0) {
        s->top = s->sub;
        s->top_capitals = true;
        s->sub = (lac_span){0};
        s->additional = (lac_span){0};
        s->not_approvability = false;
    }
}

static lacuna_status add_level(lac_buf *out, size_t from, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    if (text.len > 0 && out->len > from) {
        status = lac_buf_append_text(out, " / ");
    }
    return status == LACUNA_OK ? lac_buf_append_span(out, text) : status;
}

lacuna_status lac_section_name(lac_buf *out, const lac_letter_section *s)
{
    size_t from = out->len;
    const lac_span levels[] = {s->additional, s->top, s->sub, s->title};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof levels / sizeof levels[0] && status == LACUNA_OK; i++) {
        status = add_level(out, from, levels[i]);
    }
    if (status == LACUNA_OK && out->len == from) {
        status = lac_buf_append_text(out, "(no heading)");
    }
    if (status == LACUNA_OK && s->group != 0) {
        status = lac_buf_printf(out, " %c", s->group);
    }
    return status;
}
