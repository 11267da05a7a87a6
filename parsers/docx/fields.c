#include "parsers/docx/fields.h"

#include <string.h>

lac_field *lac_fields_top(lac_fields *fields)
{
    return fields->count > fields->base ? &fields->items[fields->count - 1] : NULL;
}

/* The three counters follow from the stack; fields are few, so they are counted afresh. */
static void recount(lac_fields *fields)
{
    fields->instructions = 0;
    fields->contents = 0;
    fields->captions = 0;
    for (uint32_t i = fields->base; i < fields->count; i++) {
        const lac_field *field = &fields->items[i];
        fields->instructions += !field->result;
        fields->contents += field->result && field->kind == LAC_FIELD_CONTENTS;
        fields->captions += field->result && field->kind == LAC_FIELD_CAPTIONS;
    }
}

lacuna_status lac_fields_begin(lac_fields *fields)
{
    if (fields->count >= LAC_FIELD_DEPTH) {
        return LACUNA_E_LIMIT;
    }
    lac_field *field = &fields->items[fields->count++];
    memset(field, 0, sizeof *field);
    fields->instructions++;
    return LACUNA_OK;
}

void lac_fields_instruction(lac_fields *fields, lac_span text)
{
    lac_field *field = lac_fields_top(fields);
    if (field == NULL || field->result) {
        return;
    }
    size_t room = LAC_FIELD_TEXT - (size_t)field->length;
    size_t taken = text.len < room ? text.len : room;
    memcpy(field->text + field->length, text.ptr, taken);
    field->length = (uint8_t)(field->length + taken);
}

static bool has_switch(lac_span text, char letter)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.ptr[i] == '\\' && (text.ptr[i + 1] | 0x20) == letter) {
            return true;
        }
    }
    return false;
}

static lac_field_kind kind_of(lac_span text)
{
    static const struct {
        const char *name;
        lac_field_kind kind;
    } kinds[] = {
        {"TOC", LAC_FIELD_CONTENTS},
        {"PAGEREF", LAC_FIELD_PAGE_REFERENCE},
        {"FORMCHECKBOX", LAC_FIELD_CHECK_BOX},
        {"FORMDROPDOWN", LAC_FIELD_DROP_DOWN},
    };
    text = lac_span_trim(text);
    size_t length = 0;
    while (length < text.len && text.ptr[length] != ' ' && text.ptr[length] != '\\') {
        length++;
    }
    lac_span name = lac_span_make(text.ptr, length);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (lac_span_equal_nocase(name, lac_span_of(kinds[i].name))) {
            bool captions = kinds[i].kind == LAC_FIELD_CONTENTS &&
                            (has_switch(text, 'c') || has_switch(text, 'a'));
            return captions ? LAC_FIELD_CAPTIONS : kinds[i].kind;
        }
    }
    return LAC_FIELD_OTHER;
}

void lac_fields_separate(lac_fields *fields)
{
    lac_field *field = lac_fields_top(fields);
    if (field != NULL && !field->result) {
        field->kind = (uint8_t)kind_of(lac_span_make(field->text, field->length));
        field->result = true;
        recount(fields);
    }
}

void lac_fields_end(lac_fields *fields, lac_span *shown)
{
    *shown = lac_span_make("", 0);
    lac_field *field = lac_fields_top(fields);
    if (field == NULL) {
        return;
    }
    if (!field->result) {
        lac_field_kind kind = kind_of(lac_span_make(field->text, field->length));
        if (kind == LAC_FIELD_CHECK_BOX) {
            *shown = lac_span_of(field->checked ? "\xE2\x98\x92" : "\xE2\x98\x90");
        } else if (kind == LAC_FIELD_DROP_DOWN) {
            *shown = lac_span_of(field->choice);
        }
    } else if (field->kind == LAC_FIELD_CHECK_BOX) {
        *shown = lac_span_of(field->checked ? "\xE2\x98\x92" : "\xE2\x98\x90");
    }
    fields->count--;
    recount(fields);
}

uint32_t lac_fields_enter(lac_fields *fields)
{
    uint32_t base = fields->base;
    fields->base = fields->count;
    recount(fields);
    return base;
}

void lac_fields_leave(lac_fields *fields, uint32_t base)
{
    fields->count = fields->base;
    fields->base = base;
    recount(fields);
}
