#include "writers/finding.h"

#include "support/error.h"
#include "support/utf8.h"
#include "writers/anchor.h"
#include "writers/rules.h"

#include <stdio.h>

/* ---- rules ---------------------------------------------------------------------------------- */

lacuna_status lac_rule_book_open(lac_rule_book *book, const lac_report *report, lacuna_error *err)
{
    lac_arena_init(&book->arena);
    book->submission_rules = (lac_ectd_rules){NULL, 0};
    if (report->counts.submissions == 0) {
        return LACUNA_OK;
    }
    return lac_ectd_rules_load(&book->submission_rules, &book->arena, err);
}

void lac_rule_book_close(lac_rule_book *book)
{
    lac_arena_free(&book->arena);
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static const lac_checklist *find_checklist(const lac_report *report, const char *id)
{
    for (uint32_t i = 0; id != NULL && i < report->checklist_count; i++) {
        if (strcmp(report->checklists[i]->id, id) == 0) {
            return report->checklists[i];
        }
    }
    return NULL;
}

static lac_rule_text text_of_item(const lac_report *report, const lac_report_finding *finding)
{
    const lac_item *item = finding->item->item;
    return (lac_rule_text){.id = item->id,
                           .title = item->title,
                           .meaning = item->requirement == NULL ? item->title : item->requirement,
                           .remedy = or_empty(item->satisfied_by),
                           .citation = or_empty(item->citation),
                           .item = item,
                           .checklist = find_checklist(report, finding->checklist)};
}

lac_rule_text lac_rule_text_of(const lac_rule_book *book, const lac_report *report,
                               const lac_report_finding *finding)
{
    if (finding->item != NULL) {
        return text_of_item(report, finding);
    }
    const lac_rule *rule = lac_rule_find(finding->rule);
    if (rule != NULL) {
        return (lac_rule_text){.id = rule->id,
                               .title = rule->title,
                               .meaning = rule->meaning,
                               .remedy = rule->remedy,
                               .citation = ""};
    }
    const lac_ectd_rule *filed = lac_ectd_rule_find(&book->submission_rules, finding->rule);
    if (filed != NULL) {
        return (lac_rule_text){.id = filed->id,
                               .title = filed->title,
                               .meaning = filed->meaning,
                               .remedy = or_empty(filed->remedy),
                               .citation = or_empty(filed->citation)};
    }
    return (lac_rule_text){.id = finding->rule,
                           .title = finding->rule,
                           .meaning = finding->rule,
                           .remedy = "",
                           .citation = ""};
}

/* "312.23(a)(6)", what stands behind "21 CFR ": the number up to what is no digit or dot. */
static void cfr_address(char address[LAC_RULE_ADDRESS_SIZE], const char *number)
{
    size_t length = strspn(number, "0123456789.");
    while (length > 0 && number[length - 1] == '.') {
        length--;
    }
    bool section = memchr(number, '.', length) != NULL;
    if (length > 0 && length <= 12) {
        (void)snprintf(address, LAC_RULE_ADDRESS_SIZE,
                       "https://www.ecfr.gov/current/title-21/%s-%.*s",
                       section ? "section" : "part", (int)length, number);
    }
}

/* "E6(R3) B.4", what stands behind "ICH ". */
static void ich_address(char address[LAC_RULE_ADDRESS_SIZE], const char *code)
{
    static const struct {
        char letter;
        const char *page;
    } families[] = {
        {'E', "efficacy"}, {'M', "multidisciplinary"}, {'Q', "quality"}, {'S', "safety"}};
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        if (code[0] == families[i].letter && code[1] >= '0' && code[1] <= '9') {
            (void)snprintf(address, LAC_RULE_ADDRESS_SIZE, "https://www.ich.org/page/%s-guidelines",
                           families[i].page);
        }
    }
}

void lac_rule_address(char address[LAC_RULE_ADDRESS_SIZE], const char *citation)
{
    const char *cfr = strstr(citation, "21 CFR ");
    const char *ich = strstr(citation, "ICH ");
    address[0] = '\0';
    if (cfr != NULL && (ich == NULL || cfr < ich)) {
        cfr_address(address, cfr + strlen("21 CFR "));
    } else if (ich != NULL) {
        ich_address(address, ich + strlen("ICH "));
    }
}

/* ---- places --------------------------------------------------------------------------------- */

lacuna_status lac_append_file(lac_buf *path, const lac_report_document *document,
                              const lac_anchor *anchor)
{
    const lac_leaf_place *leaf = document->is_submission && anchor != NULL ? anchor->leaf : NULL;
    bool below = leaf != NULL && leaf->file[0] != '\0';
    lacuna_status status = LACUNA_OK;
    if (!below || strcmp(document->path, ".") != 0) {
        status = lac_buf_append_text(path, document->path);
    }
    if (below && path->len > 0 && status == LACUNA_OK) {
        status = lac_buf_append_char(path, '/');
    }
    return below && status == LACUNA_OK ? lac_buf_append_text(path, leaf->file) : status;
}

static lacuna_status append_step(lac_buf *place, lac_span label)
{
    lacuna_status status = place->len > 0 ? lac_buf_append_text(place, " > ") : LACUNA_OK;
    return status == LACUNA_OK ? lac_buf_append_span(place, label) : status;
}

lacuna_status lac_append_headings(lac_buf *place, const lac_report_document *document,
                                  const lac_anchor *anchor)
{
    lacuna_status status = LACUNA_OK;
    const lac_leaf_place *leaf = anchor->leaf;
    for (uint32_t i = 0; leaf != NULL && i < leaf->heading_count && status == LACUNA_OK; i++) {
        status = append_step(place, lac_span_of(leaf->heading_path[i]));
    }
    if (document->document == NULL || status != LACUNA_OK) {
        return status;
    }
    uint32_t path[LAC_HEADING_PATH_MAX];
    uint32_t count = lac_heading_path(path, document->document, anchor->section);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        char label[LAC_HEADING_LABEL_SIZE];
        const lac_section *section = &document->document->sections[path[i]];
        size_t length = lac_heading_label(label, sizeof label, section);
        status = append_step(place, lac_span_make(label, length));
    }
    return status;
}

uint32_t lac_anchor_text_line(const lac_anchor *anchor)
{
    return anchor->line == 0 ? 1 : anchor->line;
}

lacuna_status lac_append_error(lac_buf *buf, const lacuna_error *error)
{
    lacuna_status status = lac_buf_append_text(buf, error->message);
    if (status == LACUNA_OK && error->place[0] != '\0') {
        status = error->line > 0 ? lac_buf_printf(buf, " (%s, line %u)", error->place, error->line)
                                 : lac_buf_printf(buf, " (%s)", error->place);
    }
    if (status == LACUNA_OK && error->remedy[0] != '\0') {
        status = lac_buf_printf(buf, ". %s", error->remedy);
    }
    return status;
}

/* ---- text ----------------------------------------------------------------------------------- */

uint32_t lac_next_harmless(lac_span *text)
{
    size_t length;
    uint32_t c = lac_utf8_decode(*text, &length);
    *text = lac_span_make(text->ptr + length, text->len - length);
    bool space = c == '\t' || c == '\n' || c == '\r';
    bool control = (c < 0x20 && !space) || (c >= 0x7F && c <= 0x9F);
    bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    bool no_character = (c & 0xFFFE) == 0xFFFE;
    return control || direction || no_character ? LAC_UTF8_REPLACEMENT : c;
}

void lac_output_codepoint(lac_output *output, uint32_t codepoint)
{
    char bytes[4];
    size_t length = lac_utf8_encode(bytes, codepoint);
    lac_output_bytes(output, bytes, length);
}
