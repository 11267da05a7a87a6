#include "writers/docx/house_templates.h"

#include "checklists/embed.h"

#include <stdio.h>

static const struct {
    const char *name, *title;
} templates[] = {
    {"protocol", "clinical trial protocol, the headings of ICH M11"},
    {"csr", "clinical study report, the headings of ICH E3"},
    {"response", "response to a letter of an agency"},
};

enum { COUNT = sizeof templates / sizeof templates[0], NAME_ROOM = 96 };

const char *lac_house_template_name(size_t index)
{
    return index < COUNT ? templates[index].name : NULL;
}

const char *lac_house_template_title(size_t index)
{
    return index < COUNT ? templates[index].title : NULL;
}

bool lac_house_template(lac_span *bytes, const char *name)
{
    char wanted[NAME_ROOM];
    int length = snprintf(wanted, sizeof wanted, "templates/word/%s.docx", name);
    for (size_t i = 0; length > 0 && length < NAME_ROOM && i < lac_embedded_count(); i++) {
        if (strcmp(lac_embedded_name(i), wanted) == 0) {
            *bytes = lac_embedded_data(i);
            return true;
        }
    }
    return false;
}
