#include "writers/text/pack_diff.h"

#include "writers/text/verdict.h"

enum { INDENT = 2, INNER = 4, MOST_TEXT = 400 };

typedef struct printing {
    lac_page page;
    const lac_pack_diff *diff;
    bool full;
} printing;

static void write_side(lac_page *page, const char *label, const lac_checklist *list)
{
    lac_page_begin_labelled(page, 0, label);
    lac_page_text(page, LAC_INK_STRONG, list->id);
    lac_page_text(page, LAC_INK_PLAIN, " ");
    lac_page_text(page, LAC_INK_PLAIN, list->version);
    lac_page_text(page, LAC_INK_PLAIN, ": ");
    lac_page_text(page, LAC_INK_PLAIN, list->title);
    lac_page_text(page, LAC_INK_FAINT, " (");
    lac_page_text(page, LAC_INK_FAINT, list->guidance_version);
    lac_page_text(page, LAC_INK_FAINT, "; ");
    lac_page_text(page, LAC_INK_FAINT, list->guidance_status);
    lac_page_text(page, LAC_INK_FAINT, ")");
    lac_page_end(page);
}

static void write_heading(lac_page *page, const char *text, uint32_t count)
{
    lac_page_blank(page);
    lac_page_begin(page, 0, INDENT);
    lac_page_text(page, LAC_INK_STRONG, text);
    lac_page_text(page, LAC_INK_STRONG, " (");
    lac_page_uint(page, LAC_INK_STRONG, count);
    lac_page_text(page, LAC_INK_STRONG, ")");
    lac_page_end(page);
}

static void write_title(lac_page *page, const lac_item *item)
{
    lac_page_begin(page, INDENT, INNER);
    if (item->section[0] != '\0') {
        lac_page_text(page, LAC_INK_PLAIN, item->section);
        lac_page_text(page, LAC_INK_PLAIN, " ");
    }
    lac_page_text(page, LAC_INK_PLAIN, item->title);
    lac_page_text(page, LAC_INK_FAINT, " [");
    lac_page_text(page, LAC_INK_FAINT, item->id);
    lac_page_text(page, LAC_INK_FAINT, "]");
}

static void write_status(lac_page *page, const char *label, const lac_item_result *result)
{
    if (result == NULL) {
        return;
    }
    bool gap = lac_item_status_is_gap(result->status);
    lac_page_begin_labelled(page, INNER, label);
    lac_page_text(page, gap ? LAC_INK_BAD : LAC_INK_PLAIN, lac_item_status_name(result->status));
    lac_page_text(page, LAC_INK_PLAIN, ": ");
    lac_page_text(page, LAC_INK_PLAIN, result->explanation);
    lac_page_end(page);
}

/* What an item asks, and where. */
static void write_asked(lac_page *page, const lac_item *item)
{
    lac_page_labelled(page, INNER, "asks", lac_span_of(item->requirement));
    if (item->citation != NULL) {
        lac_page_labelled(page, INNER, "citation", lac_span_of(item->citation));
    }
    if (item->condition.kind != LAC_CONDITION_NONE) {
        lac_page_labelled(page, INNER, "when", lac_span_of(item->condition.text));
    }
}

static void write_only(printing *p, lac_pair_kind kind, const char *heading)
{
    if (p->diff->counts[kind] == 0) {
        return;
    }
    write_heading(&p->page, heading, p->diff->counts[kind]);
    for (uint32_t i = 0; i < p->diff->pair_count; i++) {
        const lac_item_pair *pair = &p->diff->pairs[i];
        if (pair->kind != kind) {
            continue;
        }
        bool in_b = kind == LAC_PAIR_ONLY_B;
        write_title(&p->page, in_b ? pair->b : pair->a);
        lac_page_end(&p->page);
        write_asked(&p->page, in_b ? pair->b : pair->a);
        write_status(&p->page, "document", in_b ? pair->result_b : pair->result_a);
    }
}

/* Members a reader compares as text; of the others it is enough that they differ. */
static bool is_told(const printing *p, const char *member)
{
    static const char *const told[] = {"title",    "requirement", "strength",  "authority",
                                       "severity", "when.text",   "confidence"};
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        if (strcmp(member, told[i]) == 0) {
            return true;
        }
    }
    return p->full;
}

static lac_span shortened(const char *text)
{
    lac_span span = lac_span_of(text[0] == '\0' ? "(none)" : text);
    return lac_span_make(span.ptr, span.len > MOST_TEXT ? MOST_TEXT : span.len);
}

static void write_changes(printing *p, const lac_item_pair *pair)
{
    lac_page *page = &p->page;
    uint32_t others = 0;
    for (uint32_t i = 0; i < pair->change_count; i++) {
        const lac_member_change *change = &pair->changes[i];
        if (!is_told(p, change->member)) {
            others++;
            continue;
        }
        lac_page_labelled(page, INNER, change->member, shortened(change->from));
        lac_page_labelled(page, INNER, "  now", shortened(change->to));
    }
    if (others > 0) {
        lac_page_begin_labelled(page, INNER, "differ too");
        for (uint32_t i = 0, written = 0; i < pair->change_count; i++) {
            if (!is_told(p, pair->changes[i].member)) {
                lac_page_text(page, LAC_INK_FAINT, written++ == 0 ? "" : ", ");
                lac_page_text(page, LAC_INK_FAINT, pair->changes[i].member);
            }
        }
        lac_page_end(page);
    }
}

static void write_pair(printing *p, const lac_item_pair *pair)
{
    lac_page *page = &p->page;
    write_title(page, pair->b);
    if (strcmp(pair->how, "id") != 0) {
        lac_page_text(page, LAC_INK_FAINT, ", was ");
        lac_page_text(page, LAC_INK_FAINT, pair->a->section);
        lac_page_text(page, LAC_INK_FAINT, pair->a->section[0] == '\0' ? "[" : " [");
        lac_page_text(page, LAC_INK_FAINT, pair->a->id);
        lac_page_text(page, LAC_INK_FAINT, "] by its ");
        lac_page_text(page, LAC_INK_FAINT, pair->how);
    }
    lac_page_end(page);
    write_changes(p, pair);
    write_status(page, "under A", pair->result_a);
    write_status(page, "under B", pair->result_b);
}

static void write_pairs(printing *p, lac_pair_kind kind, const char *heading)
{
    if (p->diff->counts[kind] == 0) {
        return;
    }
    write_heading(&p->page, heading, p->diff->counts[kind]);
    for (uint32_t i = 0; i < p->diff->pair_count; i++) {
        if (p->diff->pairs[i].kind == kind) {
            write_pair(p, &p->diff->pairs[i]);
        }
    }
}

/* First of all: what somebody who has this document has to do for B. */
static void write_unmet(printing *p)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->diff->pair_count; i++) {
        count += lac_pair_is_unmet(&p->diff->pairs[i]) ? 1 : 0;
    }
    write_heading(&p->page, "What B asks and the document does not show", count);
    for (uint32_t i = 0; i < p->diff->pair_count; i++) {
        const lac_item_pair *pair = &p->diff->pairs[i];
        if (!lac_pair_is_unmet(pair)) {
            continue;
        }
        write_title(&p->page, pair->b);
        lac_page_text(&p->page, LAC_INK_PLAIN, ": ");
        lac_page_text(&p->page, LAC_INK_BAD, lac_item_status_name(pair->result_b->status));
        lac_page_text(&p->page, LAC_INK_PLAIN, pair->a == NULL ? "; new in B" : "; under A ");
        lac_page_text(&p->page, LAC_INK_PLAIN,
                      pair->result_a == NULL ? "" : lac_item_status_name(pair->result_a->status));
        lac_page_end(&p->page);
    }
}

lacuna_status lac_text_pack_diff(const lac_pack_diff *diff, const lac_text_style *style,
                                 lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    printing p = {.diff = diff, .full = style->detail == LAC_DETAIL_FULL};
    lac_output_init(&output, write, user);
    lac_page_init(&p.page, &output, style);
    write_side(&p.page, "A", diff->a);
    write_side(&p.page, "B", diff->b);
    if (diff->document != NULL) {
        lac_page_labelled(&p.page, 0, "document", lac_span_of(diff->document));
        write_unmet(&p);
    }
    write_only(&p, LAC_PAIR_ONLY_B, "Only in B");
    write_only(&p, LAC_PAIR_ONLY_A, "Only in A");
    write_pairs(&p, LAC_PAIR_CHANGED, "In both, changed");
    if (p.full) {
        write_pairs(&p, LAC_PAIR_SAME, "In both, the same");
    } else {
        write_heading(&p.page, "In both, the same", diff->counts[LAC_PAIR_SAME]);
    }
    return lac_output_finish(&output, err);
}
