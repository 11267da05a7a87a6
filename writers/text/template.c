#include "writers/template_report.h"

#include "support/utf8.h"

enum { TEXT_SHOWN = 120 };

static void put_shown(lac_page *page, lac_ink ink, lac_span text)
{
    lac_span shown = lac_utf8_prefix(text, TEXT_SHOWN);
    lac_page_words(page, ink, shown);
    if (shown.len < text.len) {
        lac_page_text(page, LAC_INK_FAINT, "...");
    }
}

static void put_count(lac_page *page, uint64_t count, const char *one, const char *many)
{
    lac_page_uint(page, LAC_INK_PLAIN, count);
    lac_page_text(page, LAC_INK_PLAIN, count == 1 ? one : many);
}

/* ---- a template ------------------------------------------------------------------------------ */

static void write_convention(lac_page *page, const lac_convention *item)
{
    lac_page_begin(page, 0, 2);
    lac_page_text(page, LAC_INK_STRONG, lac_meaning_name(item->meaning));
    lac_page_text(page, LAC_INK_PLAIN, " is ");
    lac_page_text(page, LAC_INK_PLAIN, lac_signal_name(item->signal));
    if (item->value.len > 0) {
        lac_page_text(page, LAC_INK_PLAIN, " ");
        lac_page_words(page, LAC_INK_STRONG, item->value);
    }
    lac_page_text(page, LAC_INK_PLAIN, item->only_marked ? ", where it has a look of its own" : "");
    lac_page_text(page, LAC_INK_FAINT, " (");
    lac_page_uint(page, LAC_INK_FAINT, item->confidence);
    lac_page_text(page, LAC_INK_FAINT, " %)");
    lac_page_end(page);
    if (item->why.len > 0) {
        lac_page_labelled(page, 2, "why", item->why);
    }
    for (uint32_t i = 0; i < item->example_count; i++) {
        lac_page_begin_labelled(page, 2, i == 0 ? "such as" : "");
        put_shown(page, LAC_INK_PLAIN, item->examples[i]);
        lac_page_end(page);
    }
}

static void write_placeholder(lac_page *page, const lac_placeholder *item)
{
    lac_page_begin(page, 0, 2);
    lac_page_text(page, LAC_INK_PLAIN, lac_placeholder_kind_name(item->kind));
    lac_page_text(page, LAC_INK_PLAIN, " ");
    put_shown(page, LAC_INK_STRONG, item->name.len > 0 ? item->name : item->text);
    if (item->asks.len > 0 && !lac_span_equal(item->asks, item->name)) {
        lac_page_text(page, LAC_INK_PLAIN, ": ");
        put_shown(page, LAC_INK_PLAIN, item->asks);
    }
    lac_page_text(page, LAC_INK_FAINT, item->is_list ? " (repeats)" : "");
    lac_page_text(page, LAC_INK_FAINT, item->is_set ? " (holds a text)" : "");
    lac_page_end(page);
    if (item->reason.len > 0) {
        lac_page_labelled(page, 2, "why", item->reason);
    }
    lac_page_begin_labelled(page, 2, "in");
    if (item->heading.len > 0) {
        put_shown(page, LAC_INK_PLAIN, item->heading);
        lac_page_text(page, LAC_INK_PLAIN, ", ");
    }
    lac_page_text(page, LAC_INK_FAINT, item->part);
    lac_page_text(page, LAC_INK_FAINT, " paragraph ");
    lac_page_uint(page, LAC_INK_FAINT, (uint64_t)item->paragraph + 1);
    lac_page_end(page);
}

lacuna_status lac_text_template(const lac_template_report *report, const lac_text_style *style,
                                lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    lac_page_begin(&page, 0, 2);
    lac_page_text(&page, LAC_INK_STRONG, report->path);
    lac_page_text(&page, LAC_INK_PLAIN, ": ");
    put_count(&page, report->count, " placeholder, ", " placeholders, ");
    put_count(&page, report->instructions, " instruction, ", " instructions, ");
    put_count(&page, report->optional, " optional text", " optional texts");
    lac_page_end(&page);
    for (size_t i = 0; i < report->profile->count; i++) {
        const lac_convention *item = &report->profile->items[i];
        if (item->meaning == LAC_MEANING_TEXT && style->detail != LAC_DETAIL_FULL) {
            continue;
        }
        lac_page_blank(&page);
        write_convention(&page, item);
    }
    if (report->count > 0) {
        lac_page_blank(&page);
    }
    for (size_t i = 0; i < report->count && style->detail != LAC_DETAIL_SUMMARY; i++) {
        write_placeholder(&page, &report->placeholders[i]);
    }
    return lac_output_finish(&output, err);
}

/* ---- a template that was filled -------------------------------------------------------------- */

lacuna_status lac_text_filled(const lac_filled *filled, const char *path,
                              const lac_text_style *style, lacuna_write_fn write, void *user,
                              lacuna_error *err)
{
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    lac_page_begin(&page, 0, 2);
    lac_page_text(&page, LAC_INK_STRONG, path);
    lac_page_text(&page, LAC_INK_PLAIN, ": ");
    put_count(&page, filled->filled, " place filled, ", " places filled, ");
    lac_page_uint(&page, filled->unfilled_count > 0 ? LAC_INK_WARN : LAC_INK_PLAIN,
                  filled->unfilled_count);
    lac_page_text(&page, LAC_INK_PLAIN, " left, ");
    put_count(&page, filled->unused_count, " value not used, ", " values not used, ");
    put_count(&page, filled->instructions_removed, " instruction removed", " instructions removed");
    lac_page_end(&page);
    for (uint32_t i = 0; i < filled->unfilled_count; i++) {
        write_placeholder(&page, &filled->unfilled[i]);
    }
    for (uint32_t i = 0; i < filled->unused_count; i++) {
        lac_page_labelled(&page, 0, "not used", filled->unused[i]);
    }
    return lac_output_finish(&output, err);
}
