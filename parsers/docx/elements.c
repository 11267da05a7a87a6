#include "parsers/docx/elements.h"

#include <string.h>

typedef enum vocabulary { NOT_KNOWN, W, MC, M, A, C, DGM, V, O } vocabulary;

typedef struct vocabulary_name {
    const char *uri;
    vocabulary vocabulary;
} vocabulary_name;

static const vocabulary_name vocabularies[] = {
    {"http://schemas.openxmlformats.org/wordprocessingml/2006/main", W},
    {"http://purl.oclc.org/ooxml/wordprocessingml/main", W},
    {"http://schemas.openxmlformats.org/markup-compatibility/2006", MC},
    {"http://schemas.openxmlformats.org/officeDocument/2006/math", M},
    {"http://purl.oclc.org/ooxml/officeDocument/math", M},
    {"http://schemas.openxmlformats.org/drawingml/2006/main", A},
    {"http://purl.oclc.org/ooxml/drawingml/main", A},
    {"http://schemas.openxmlformats.org/drawingml/2006/chart", C},
    {"http://purl.oclc.org/ooxml/drawingml/chart", C},
    {"http://schemas.openxmlformats.org/drawingml/2006/diagram", DGM},
    {"http://purl.oclc.org/ooxml/drawingml/diagram", DGM},
    {"urn:schemas-microsoft-com:vml", V},
    {"urn:schemas-microsoft-com:office:office", O},
};

typedef struct element_name {
    const char *name;
    vocabulary vocabulary;
} element_name;

static const element_name elements[LAC_EL_COUNT] = {[LAC_EL_OTHER] = {"", NOT_KNOWN},
#define ELEMENT_ROW(symbol, vocabulary, name) [LAC_EL_##symbol] = {name, vocabulary},
                                                    LAC_DOCX_ELEMENTS(ELEMENT_ROW)
#undef ELEMENT_ROW
};

_Static_assert(LAC_EL_COUNT <= 256, "an element fits one byte");

static vocabulary vocabulary_of(const char *uri)
{
    for (size_t i = 0; uri != NULL && i < sizeof vocabularies / sizeof vocabularies[0]; i++) {
        if (strcmp(uri, vocabularies[i].uri) == 0) {
            return vocabularies[i].vocabulary;
        }
    }
    return NOT_KNOWN;
}

static lac_element look_up(const char *name, const char *uri)
{
    vocabulary wanted = vocabulary_of(uri);
    if (wanted == NOT_KNOWN) {
        return LAC_EL_OTHER;
    }
    for (int i = LAC_EL_OTHER + 1; i < LAC_EL_COUNT; i++) {
        if (elements[i].vocabulary == wanted && strcmp(elements[i].name, name) == 0) {
            return (lac_element)i;
        }
    }
    return LAC_EL_OTHER;
}

void lac_walk_begin(lac_walk *walk)
{
    memset(walk, 0, sizeof *walk);
}

/* Names lie close together in libxml2's pool, so their low bits have to be spread. */
static size_t slot_of(const lac_xml_element *tag)
{
    uint64_t key = (uint64_t)(uintptr_t)tag->name ^ ((uint64_t)(uintptr_t)tag->uri << 1);
    return (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - LAC_WALK_SLOT_BITS));
}

static uint8_t look_up_again(lac_walk_slot *slot, const lac_xml_element *tag)
{
    *slot = (lac_walk_slot){tag->name, tag->uri, (uint8_t)look_up(tag->name, tag->uri)};
    return slot->element;
}

/* The table may be overfull of strange names: after a few probes the first slot is used anew. */
static uint8_t known_element(lac_walk *walk, const lac_xml_element *tag)
{
    enum { PROBES = 4 };
    size_t first = slot_of(tag);
    for (size_t i = 0; i < PROBES; i++) {
        lac_walk_slot *slot = &walk->slots[(first + i) & (LAC_WALK_SLOTS - 1)];
        if (slot->name == tag->name && slot->uri == tag->uri) {
            return slot->element;
        }
        if (slot->name == NULL) {
            return look_up_again(slot, tag);
        }
    }
    return look_up_again(&walk->slots[first], tag);
}

lacuna_status lac_walk_enter(lac_walk *walk, lac_element *element, const lac_xml_element *tag)
{
    *element = LAC_EL_OTHER;
    if (walk->depth >= LAC_WALK_DEPTH) {
        return LACUNA_E_LIMIT;
    }
    uint8_t found = known_element(walk, tag);
    walk->open[walk->depth++] = found;
    walk->skip += walk->skip > 0;
    *element = (lac_element)found;
    return LACUNA_OK;
}

lac_span lac_docx_val(const lac_xml_element *tag)
{
    lac_span value = lac_span_make("", 0);
    (void)lac_xml_get(tag, "val", &value);
    return value;
}

bool lac_docx_val_int(const lac_xml_element *tag, const char *name, int32_t *value)
{
    lac_span text;
    if (!lac_xml_get(tag, name, &text)) {
        return false;
    }
    text = lac_span_trim(text);
    bool negative = text.len > 0 && text.ptr[0] == '-';
    int64_t number = 0;
    size_t i = negative ? 1 : 0;
    for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) {
        number = number * 10 + (text.ptr[i] - '0');
        if (number > INT32_MAX) {
            return false;
        }
    }
    if (i == (negative ? 1u : 0u)) {
        return false;
    }
    *value = (int32_t)(negative ? -number : number);
    return true;
}

bool lac_docx_val_on(const lac_xml_element *tag)
{
    lac_span value;
    if (!lac_xml_get(tag, "val", &value)) {
        return true;
    }
    return !lac_span_is(value, "0") && !lac_span_is(value, "false") && !lac_span_is(value, "off");
}

static bool understood(const char *uri)
{
    static const char *const known[] = {
        "http://schemas.microsoft.com/",
        "http://schemas.openxmlformats.org/",
        "http://purl.oclc.org/ooxml/",
        "urn:schemas-microsoft-com:",
    };
    for (size_t i = 0; uri != NULL && i < sizeof known / sizeof known[0]; i++) {
        if (strncmp(uri, known[i], strlen(known[i])) == 0) {
            return true;
        }
    }
    return false;
}

bool lac_docx_choice_understood(const lac_xml_element *tag)
{
    lac_span needs = lac_span_make("", 0);
    (void)lac_xml_get(tag, "Requires", &needs);
    while (needs.len > 0) {
        size_t length = 0;
        while (length < needs.len && needs.ptr[length] != ' ') {
            length++;
        }
        lac_span prefix = lac_span_make(needs.ptr, length);
        if (length > 0 && !understood(lac_xml_namespace(tag, prefix))) {
            return false;
        }
        length += length < needs.len;
        needs = lac_span_make(needs.ptr + length, needs.len - length);
    }
    return true;
}
