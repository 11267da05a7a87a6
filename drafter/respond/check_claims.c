/* What answers state, held against the passages they cite. */
#include "drafter/respond/checking.h"

#include "drafter/ground/check.h"
#include "support/error.h"

#include <ctype.h>
#include <stdlib.h>

typedef struct claims {
    lac_reply_checking *c;
    lac_sources *sources;
    const lac_reply_answer *answer;
    uint32_t *answer_cited; /* what the answer cites anywhere, and its question */
    size_t answer_count, answer_cap;
    uint32_t *cited; /* what stands behind one piece */
    size_t count, cap;
    lacuna_error *err;
} claims;

/* ---- passages ------------------------------------------------------------------------------- */

static bool is_first(const lac_filed_set *filed, uint32_t document)
{
    for (uint32_t i = 0; i < document; i++) {
        if (filed->documents[i].document == filed->documents[document].document) {
            return false;
        }
    }
    return filed->documents[document].document != NULL;
}

/* A question is a passage without a document: its words may be repeated in its answer. */
static lacuna_status add_question(lac_reply_checking *c, const char *text)
{
    lac_passage_list *list = &c->passages;
    void *passages = list->passages, *places = list->places;
    lacuna_status status = lac_grow(&passages, &list->passage_cap, list->count + 1,
                                    sizeof *list->passages, UINT32_MAX);
    list->passages = passages;
    if (status == LACUNA_OK) {
        status =
            lac_grow(&places, &list->place_cap, list->count + 1, sizeof *list->places, UINT32_MAX);
        list->places = places;
    }
    if (status != LACUNA_OK) {
        return lac_fail_nomem(c->err);
    }
    list->passages[list->count] = (lac_source_passage){lac_span_of(text), lac_span_of("")};
    list->places[list->count++] = (lac_passage_place){.document = LAC_NONE};
    return LACUNA_OK;
}

lacuna_status lac_reply_read_passages(lac_reply_checking *c)
{
    const lac_filed_set *filed = c->given->filed;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < filed->document_count && status == LACUNA_OK; i++) {
        if (is_first(filed, i)) {
            status = lac_passages_add(&c->passages, &c->result->arena, filed->documents[i].document,
                                      i, c->err);
        }
    }
    c->source_passages = (uint32_t)c->passages.count;
    for (uint32_t i = 0; i < c->answers.count && status == LACUNA_OK; i++) {
        status = add_question(c, c->answers.items[i].query->text);
    }
    return status;
}

lac_span lac_reply_without_citation(lac_span paragraph)
{
    lac_span inside;
    paragraph = lac_span_trim(paragraph);
    for (size_t at = paragraph.len; at > 0; at--) {
        if (paragraph.ptr[at - 1] == '[' && lac_ground_citation(&inside, paragraph, at - 1) &&
            at + inside.len + 1 == paragraph.len) {
            return lac_span_trim(lac_span_make(paragraph.ptr, at - 1));
        }
    }
    return paragraph;
}

bool lac_reply_is_passage(const lac_reply_checking *c, lac_span paragraph)
{
    lac_span own = lac_reply_without_citation(paragraph);
    for (uint32_t i = 0; i < c->source_passages && own.len > 0; i++) {
        if (lac_span_equal(lac_span_trim(c->passages.passages[i].text), own)) {
            return true;
        }
    }
    return false;
}

/* ---- citations ------------------------------------------------------------------------------ */

static lac_span without_ending(lac_span name)
{
    for (size_t i = name.len; i > 0; i--) {
        if (name.ptr[i - 1] == '.') {
            return lac_span_make(name.ptr, i - 1);
        }
    }
    return name;
}

/* The file name, with or without its ending, or the end of the path. */
static bool names_document(const char *path, lac_span name)
{
    lac_span whole = lac_span_of(path);
    const char *slash = strrchr(path, '/');
    lac_span base = lac_span_of(slash == NULL ? path : slash + 1);
    bool tail = whole.len > name.len && whole.ptr[whole.len - name.len - 1] == '/' &&
                memcmp(whole.ptr + whole.len - name.len, name.ptr, name.len) == 0;
    return tail || lac_span_equal_nocase(base, name) || lac_span_equal(whole, name) ||
           lac_span_equal_nocase(without_ending(base), name);
}

/* "6.4" names 6.4 and 6.4.1, not 6.40; nothing names everything. */
static bool in_section(const lac_document *document, uint32_t section, lac_span wanted)
{
    for (; wanted.len > 0 && section != 0; section = document->sections[section].parent) {
        lac_span number = document->sections[section].number;
        if (number.len >= wanted.len && memcmp(number.ptr, wanted.ptr, wanted.len) == 0 &&
            (number.len == wanted.len || number.ptr[wanted.len] == '.')) {
            return true;
        }
    }
    return wanted.len == 0;
}

static lacuna_status push(uint32_t **list, size_t *count, size_t *cap, uint32_t value)
{
    void *items = *list;
    lacuna_status status = lac_grow(&items, cap, *count + 1, sizeof **list, UINT32_MAX);
    *list = items;
    if (status == LACUNA_OK) {
        (*list)[(*count)++] = value;
    }
    return status;
}

/* Passages that "NAME §NUMBER" names, for the piece and for the answer. */
static lacuna_status cite(claims *s, lac_span inside, bool for_piece)
{
    size_t sign = 0;
    const lac_filed_set *filed = s->c->given->filed;
    while (sign + 1 < inside.len && memcmp(inside.ptr + sign, "\xC2\xA7", 2) != 0) {
        sign++;
    }
    if (sign + 1 >= inside.len) {
        return LACUNA_OK;
    }
    lac_span name = lac_span_trim(lac_span_make(inside.ptr, sign));
    lac_span number = lac_span_trim(lac_span_make(inside.ptr + sign + 2, inside.len - sign - 2));
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < s->c->source_passages && status == LACUNA_OK; i++) {
        const lac_passage_place *place = &s->c->passages.places[i];
        const lac_filed_document *of = &filed->documents[place->document];
        if (names_document(of->path, name) && in_section(of->document, place->section, number)) {
            status = for_piece ? push(&s->cited, &s->count, &s->cap, i)
                               : push(&s->answer_cited, &s->answer_count, &s->answer_cap, i);
        }
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(s->err);
}

/* ---- pieces --------------------------------------------------------------------------------- */

/* A reference to a section is right where some document has that section. */
static bool is_section_there(const claims *s, lac_span claim)
{
    const lac_filed_set *filed = s->c->given->filed;
    size_t at = claim.len;
    while (at > 0 && claim.ptr[at - 1] != ' ') {
        at--;
    }
    lac_span number = lac_span_make(claim.ptr + at, claim.len - at);
    for (uint32_t d = 0; d < filed->document_count; d++) {
        const lac_document *document = filed->documents[d].document;
        for (uint32_t i = 1; document != NULL && i < document->section_count; i++) {
            if (lac_span_equal(document->sections[i].number, number)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) != 0 || c == '-';
}

/* As a whole: "Amendment 3" is not in "Amendment 31". */
static bool holds(lac_span text, lac_span claim)
{
    for (size_t at = 0; claim.len > 0 && at + claim.len <= text.len; at++) {
        if (lac_span_equal_nocase(lac_span_make(text.ptr + at, claim.len), claim) &&
            (at == 0 || !is_word_byte(text.ptr[at - 1])) &&
            (at + claim.len == text.len || !is_word_byte(text.ptr[at + claim.len]))) {
            return true;
        }
    }
    return false;
}

/* Names of documents and sections stand in headings and titles, which are no passages. */
static bool is_in_a_title(const claims *s, lac_span claim)
{
    const lac_filed_set *filed = s->c->given->filed;
    for (uint32_t d = 0; d < filed->document_count; d++) {
        const lac_document *document = filed->documents[d].document;
        const lac_leaf_place *leaf = filed->documents[d].leaf;
        if (leaf != NULL && holds(lac_span_of(leaf->title), claim)) {
            return true;
        }
        for (uint32_t i = 1; document != NULL && i < document->section_count; i++) {
            if (holds(document->sections[i].title, claim)) {
                return true;
            }
        }
    }
    return false;
}

/* What is promised is not there yet: that it is listed, with owner and date, is looked at
 * elsewhere.
 */
static bool is_listed_promise(const claims *s, lac_span sentence)
{
    lac_listed_commitment one;
    for (uint32_t i = 0; lac_reply_commitment(&one, s->c, i); i++) {
        if (lac_span_equal(one.query, lac_span_of(s->answer->query->id)) &&
            lac_reply_same_words(one.text, sentence)) {
            return true;
        }
    }
    return false;
}

static lacuna_status tell(claims *s, lac_span piece, const lac_ground_finding *finding)
{
    const lac_document *document = s->c->given->response;
    uint32_t base = (uint32_t)(piece.ptr - document->text.ptr);
    lac_span claim = lac_span_make(piece.ptr + finding->start, finding->end - finding->start);
    lac_span sentence = lac_span_make(piece.ptr + finding->sentence_start,
                                      finding->sentence_end - finding->sentence_start);
    bool named = finding->grounding == LAC_UNSUPPORTED &&
                 ((strcmp(finding->what, "reference") == 0 && is_section_there(s, claim)) ||
                  is_in_a_title(s, claim));
    if (finding->grounding == LAC_GROUNDED || named || is_listed_promise(s, sentence)) {
        return LACUNA_OK;
    }
    bool person = finding->grounding == LAC_PERSON;
    return lac_reply_find_fault(
        s->c, document,
        finding->grounding == LAC_CONFLICT ? "response/claim-contradicted"
        : person                           ? "response/claim-for-person"
                                           : "response/claim-unsupported",
        person ? LAC_SEVERITY_MINOR : LAC_SEVERITY_MAJOR, base + finding->start,
        base + finding->end, "The answer to %s states %.*s: %s.", s->answer->label,
        (int)(claim.len < 200 ? claim.len : 200), claim.ptr, finding->message);
}

static lacuna_status check_piece(claims *s, lac_span piece, bool cited, bool everything)
{
    lac_ground_report report;
    uint32_t question = s->c->source_passages + (uint32_t)(s->answer - s->c->answers.items);
    if (lac_span_trim(piece).len == 0) {
        return LACUNA_OK;
    }
    if (cited && push(&s->cited, &s->count, &s->cap, question) != LACUNA_OK) {
        return lac_fail_nomem(s->err);
    }
    const lac_ground_draft draft = {.text = piece,
                                    .cited = cited ? s->cited : s->answer_cited,
                                    .cited_count = (uint32_t)(cited ? s->count : s->answer_count),
                                    .everything = everything};
    lacuna_status status =
        lac_ground_check(&report, &s->c->result->arena, s->sources, &draft, s->err);
    for (uint32_t i = 0; i < report.count && status == LACUNA_OK; i++) {
        status = tell(s, piece, &report.items[i]);
    }
    return status;
}

/* Citations that follow each other count together; *at is at the first of them. */
static lacuna_status take_citations(claims *s, lac_span text, size_t *at)
{
    lac_span inside;
    lacuna_status status = LACUNA_OK;
    s->count = 0;
    while (status == LACUNA_OK && lac_ground_citation(&inside, text, *at)) {
        size_t before = s->count;
        const char *mark = text.ptr + *at;
        status = cite(s, inside, true);
        if (status == LACUNA_OK && s->count == before) {
            uint32_t start = (uint32_t)(mark - s->c->given->response->text.ptr);
            status = lac_reply_find_fault(
                s->c, s->c->given->response, "response/dead-citation", LAC_SEVERITY_MAJOR, start,
                start + (uint32_t)inside.len + 2,
                "No passage of the sources is named so in the answer to %s: %.*s", s->answer->label,
                (int)(inside.len < 200 ? inside.len : 200), inside.ptr);
        }
        *at += inside.len + 2;
        while (*at + 1 < text.len && text.ptr[*at] == ' ' && text.ptr[*at + 1] == '[') {
            (*at)++;
        }
    }
    return status;
}

static lacuna_status check_text(claims *s, lac_span text, bool everything)
{
    size_t first = 0, at = 0;
    lac_span inside;
    lacuna_status status = LACUNA_OK;
    while (at < text.len && status == LACUNA_OK) {
        if (!lac_ground_citation(&inside, text, at)) {
            at++;
            continue;
        }
        size_t end = at;
        status = take_citations(s, text, &at);
        if (status == LACUNA_OK) {
            status = check_piece(s, lac_span_make(text.ptr + first, end - first), true, false);
        }
        first = at;
    }
    return status == LACUNA_OK ? check_piece(s, lac_span_make(text.ptr + first, text.len - first),
                                             false, everything)
                               : status;
}

/* ---- answers -------------------------------------------------------------------------------- */

/* What the answer cites anywhere, and its question. */
static lacuna_status collect_citations(claims *s)
{
    static const lac_answer_part_kind parts[] = {LAC_ANSWER_BRIEF, LAC_ANSWER_DETAIL};
    const lac_document *document = s->c->given->response;
    uint32_t question = s->c->source_passages + (uint32_t)(s->answer - s->c->answers.items);
    lacuna_status status = LACUNA_OK;
    s->answer_count = 0;
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        uint32_t block, end;
        lac_reply_blocks(&block, &end, document, s->answer, parts[p]);
        for (; block < end && status == LACUNA_OK; block++) {
            lac_span text = lac_block_text(document, &document->blocks[block]), inside;
            for (size_t at = 0; at < text.len && status == LACUNA_OK; at++) {
                if (lac_ground_citation(&inside, text, at)) {
                    status = cite(s, inside, false);
                }
            }
        }
    }
    if (status == LACUNA_OK &&
        push(&s->answer_cited, &s->answer_count, &s->answer_cap, question) != LACUNA_OK) {
        status = lac_fail_nomem(s->err);
    }
    return status;
}

/* The changes describe what is filed with the answer: any source may state it. */
static lacuna_status check_answer(claims *s)
{
    static const lac_answer_part_kind parts[] = {LAC_ANSWER_BRIEF, LAC_ANSWER_DETAIL,
                                                 LAC_ANSWER_CHANGES};
    const lac_document *document = s->c->given->response;
    lacuna_status status = collect_citations(s);
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        uint32_t block, end;
        lac_reply_blocks(&block, &end, document, s->answer, parts[p]);
        while (block < end && status == LACUNA_OK) {
            lac_span text = lac_passage_take(document, &block);
            status = check_text(s, text, parts[p] == LAC_ANSWER_CHANGES);
        }
    }
    return status;
}

lacuna_status lac_reply_check_claims(lac_reply_checking *c)
{
    claims s = {.c = c, .err = c->err};
    lacuna_status status =
        lac_sources_new(&s.sources, c->passages.passages, (uint32_t)c->passages.count, c->err);
    for (uint32_t i = 0; i < c->answers.count && status == LACUNA_OK; i++) {
        s.answer = &c->answers.items[i];
        if (s.answer->section != LAC_NONE) {
            status = check_answer(&s);
        }
    }
    lac_sources_free(s.sources);
    free(s.answer_cited);
    free(s.cited);
    return status;
}
