/* The checklists there are, under the kind of document they are for. */
#include "writers/text/checklists.h"

#include "writers/text/verdict.h"

#include <string.h>

enum { INDENT = 2, BODY = 4 };

static uint32_t leaf_count(const lac_checklist *checklist)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        count += checklist->items[i].strength == LAC_STRENGTH_STRUCTURAL ? 0 : 1;
    }
    return count;
}

static void write_status(lac_page *page, const lac_checklist *checklist)
{
    if (checklist->superseded_by != NULL && checklist->superseded_by[0] != '\0') {
        lac_page_text(page, LAC_INK_WARN, "; superseded by ");
        lac_page_text(page, LAC_INK_WARN, checklist->superseded_by);
    } else if (checklist->guidance_status != NULL) {
        lac_page_text(page, LAC_INK_PLAIN, "; ");
        lac_page_text(page, LAC_INK_PLAIN, checklist->guidance_status);
    }
}

static void write_summary(lac_page *page, const lac_checklist *checklist)
{
    lac_page_begin(page, INDENT, BODY);
    lac_page_text(page, LAC_INK_STRONG, checklist->id);
    lac_page_text(page, LAC_INK_FAINT, " ");
    lac_page_text(page, LAC_INK_FAINT, checklist->version);
    lac_page_end(page);
    lac_page_begin(page, BODY, BODY);
    lac_page_text(page, LAC_INK_PLAIN, checklist->title);
    lac_page_end(page);
    lac_page_begin(page, BODY, BODY);
    lac_text_amount(page, LAC_INK_PLAIN, leaf_count(checklist), "item");
    for (uint32_t i = 1; i < checklist->document_type_count; i++) {
        lac_page_text(page, LAC_INK_PLAIN, i == 1 ? "; also for " : ", ");
        lac_page_text(page, LAC_INK_PLAIN, checklist->document_types[i]);
    }
    write_status(page, checklist);
    lac_page_end(page);
}

static const char *type_of(const lac_checklist *checklist)
{
    return checklist->document_type_count == 0 ? "" : checklist->document_types[0];
}

static bool is_first_of_type(const lac_checklist *const *lists, uint32_t index)
{
    for (uint32_t i = 0; i < index; i++) {
        if (strcmp(type_of(lists[i]), type_of(lists[index])) == 0) {
            return false;
        }
    }
    return true;
}

/* Each under the first of its document types, in the order the types first come up. */
lacuna_status lac_text_checklist_list(const lac_checklist *const *lists, uint32_t count,
                                      const lac_text_style *style, lacuna_write_fn write,
                                      void *user, lacuna_error *err)
{
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_first_of_type(lists, i)) {
            continue;
        }
        if (i > 0) {
            lac_page_blank(&page);
        }
        lac_page_begin(&page, 0, 0);
        lac_page_text(&page, LAC_INK_STRONG, type_of(lists[i]));
        lac_page_end(&page);
        for (uint32_t k = i; k < count; k++) {
            if (strcmp(type_of(lists[k]), type_of(lists[i])) == 0) {
                write_summary(&page, lists[k]);
            }
        }
    }
    return lac_output_finish(&output, err);
}
