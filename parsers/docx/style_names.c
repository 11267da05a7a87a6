#include "parsers/docx/style_names.h"

#include "parsers/docx/styles.h"

#include <strings.h>

/* "heading 3" for the prefix "heading": 3; 0 when the rest is anything else. */
static uint8_t level_behind(lac_span name, const char *prefix)
{
    if (!lac_span_starts_nocase(name, prefix)) {
        return 0;
    }
    size_t length = strlen(prefix);
    lac_span rest = lac_span_trim(lac_span_make(name.ptr + length, name.len - length));
    bool digit = rest.len == 1 && rest.ptr[0] >= '1' && rest.ptr[0] <= '9';
    return digit && rest.len + length < name.len ? (uint8_t)(rest.ptr[0] - '0') : 0;
}

static bool contains_nocase(lac_span text, const char *needle)
{
    size_t length = strlen(needle);
    for (size_t i = 0; i + length <= text.len; i++) {
        if (strncasecmp(text.ptr + i, needle, length) == 0) {
            return true;
        }
    }
    return false;
}

static uint8_t flags_of(lac_span name)
{
    unsigned flags = 0;
    if (lac_span_equal_nocase(name, lac_span_of("toc heading")) ||
        lac_span_equal_nocase(name, lac_span_of("table of figures"))) {
        flags |= LAC_STYLE_TOC_OTHER;
    }
    if (contains_nocase(name, "caption")) {
        flags |= LAC_STYLE_CAPTION;
    }
    if (lac_span_equal_nocase(name, lac_span_of("title")) ||
        lac_span_equal_nocase(name, lac_span_of("subtitle")) ||
        contains_nocase(name, "document title") || contains_nocase(name, "protocol title")) {
        flags |= LAC_STYLE_TITLE;
    }
    if (contains_nocase(name, "instruction") || contains_nocase(name, "guidance")) {
        flags |= LAC_STYLE_INSTRUCTION;
    }
    return (uint8_t)flags;
}

static void read_one(lac_style_name *meaning, lac_span name)
{
    uint8_t heading = level_behind(name, "heading");
    uint8_t toc = level_behind(name, "toc");
    meaning->heading_level = meaning->heading_level != 0 ? meaning->heading_level : heading;
    meaning->toc_level = meaning->toc_level != 0 ? meaning->toc_level : toc;
    meaning->flags |= flags_of(name) | (uint8_t)(toc != 0 ? LAC_STYLE_TOC : 0);
}

lac_style_name lac_style_name_read(lac_span name)
{
    lac_style_name meaning = {0, 0, 0};
    while (name.len > 0) {
        const char *comma = memchr(name.ptr, ',', name.len);
        size_t length = comma == NULL ? name.len : (size_t)(comma - name.ptr);
        read_one(&meaning, lac_span_trim(lac_span_make(name.ptr, length)));
        length += comma != NULL;
        name = lac_span_make(name.ptr + length, name.len - length);
    }
    return meaning;
}
