#include "drafter/judge_vote.h"

#include "analyzer/evidence.h"
#include "support/error.h"
#include "support/json_parse.h"
#include "support/utf8.h"

enum { EVIDENCE_MAX = 16, WORDS_MAX = 1000, QUESTION_MAX = 64 * 1024, RESTORED_MAX = 1 << 20 };

lac_vote lac_vote_none(const char *reason)
{
    return (lac_vote){
        .status = LAC_NOT_EVALUATED, .reason = reason, .words = "", .model = "", .request_id = ""};
}

/* ---- evidence ------------------------------------------------------------------------------- */

/* "[12] The sponsor ...": the number that was sent in front is no part of the text. */
static lac_span without_number(lac_span quote)
{
    quote = lac_span_trim(quote);
    size_t at = 1;
    if (quote.len < 3 || quote.ptr[0] != '[') {
        return quote;
    }
    while (at < quote.len && quote.ptr[at] >= '0' && quote.ptr[at] <= '9') {
        at++;
    }
    if (at == 1 || at >= quote.len || quote.ptr[at] != ']') {
        return quote;
    }
    return lac_span_trim(lac_span_make(quote.ptr + at + 1, quote.len - at - 1));
}

/* A pseudonym may be longer than what it stands for: a quote of nothing but a name proves nothing.
 */
static bool is_enough(lac_span original)
{
    uint32_t words = 1;
    for (size_t i = 0; i < original.len; i++) {
        words += original.ptr[i] == ' ';
    }
    return original.len >= LAC_QUOTE_BYTES_MIN || words >= LAC_QUOTE_WORDS_MIN;
}

/* What was asked: quotes that only repeat it prove nothing. */
static lacuna_status write_question(lac_buf *out, const lac_item *item)
{
    const char *const texts[] = {item->title, item->requirement, item->satisfied_by};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == LACUNA_OK; i++) {
        status = lac_buf_printf(out, "%s\n", texts[i] == NULL ? "" : texts[i]);
    }
    return status;
}

/* A heading is not evidence of what stands under it. */
static bool is_heading(const lac_document *document, lac_span text)
{
    uint32_t start = (uint32_t)(text.ptr - document->text.ptr);
    uint32_t block = lac_document_block_at(document, start);
    return block != LAC_NONE && document->blocks[block].level > 0;
}

static lacuna_status add_evidence(lac_vote *vote, const lac_judge_piece *piece, const json_t *one,
                                  lac_span question, lacuna_error *err)
{
    lac_quote_match match;
    const json_t *quote = json_object_get(one, "quote");
    json_int_t named = json_integer_value(json_object_get(one, "passage"));
    lac_span text =
        without_number(lac_span_make(json_string_value(quote), json_string_length(quote)));
    lacuna_status status = lac_quote_find(
        &match, piece->text->passages, text,
        named >= 0 && named < UINT32_MAX ? (uint32_t)named : UINT32_MAX, question, err);
    if (status != LACUNA_OK || !lac_quote_is_verified(match.verdict)) {
        return status;
    }
    lac_span found = lac_judge_piece_original(piece, &match);
    if (is_heading(piece->document, found) || !is_enough(found)) {
        return LACUNA_OK;
    }
    uint32_t start = (uint32_t)(found.ptr - piece->document->text.ptr);
    vote->evidence[vote->evidence_count++] = (lac_evidence){
        .quote = found,
        .anchor = lac_anchor_at(piece->document, start, start + (uint32_t)found.len)};
    return LACUNA_OK;
}

static lacuna_status read_evidence(lac_vote *vote, lac_arena *arena, const lac_judge_piece *piece,
                                   const lac_item *item, const json_t *list, lacuna_error *err)
{
    size_t index;
    const json_t *one;
    lac_buf question;
    lac_buf_init(&question, QUESTION_MAX);
    size_t given = json_array_size(list);
    vote->evidence = lac_arena_array(arena, given < EVIDENCE_MAX ? given + 1 : EVIDENCE_MAX,
                                     sizeof *vote->evidence);
    lacuna_status status =
        vote->evidence == NULL ? LACUNA_E_NOMEM : write_question(&question, item);
    if (status != LACUNA_OK) {
        status = lac_fail_nomem(err);
    }
    json_array_foreach(list, index, one)
    {
        if (status != LACUNA_OK || vote->evidence_count == EVIDENCE_MAX) {
            break;
        }
        status = add_evidence(vote, piece, one, lac_buf_span(&question), err);
    }
    lac_buf_free(&question);
    return status;
}

/* ---- the verdict ---------------------------------------------------------------------------- */

static lacuna_status list_searched(lac_vote *vote, lac_arena *arena, const lac_judge_piece *piece)
{
    const lac_judge_text *text = piece->text;
    vote->searched = lac_arena_array(arena, (size_t)text->source_count + 1, sizeof *vote->searched);
    if (vote->searched == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t i = 0; i < text->source_count; i++) {
        const char *copy = lac_arena_copy(arena, lac_span_of(text->titles[i]));
        if (copy == NULL) {
            return LACUNA_E_NOMEM;
        }
        vote->searched[vote->searched_count++] = copy;
    }
    return LACUNA_OK;
}

static void judge_verdict(lac_vote *vote, lac_span verdict)
{
    static const struct {
        const char *word;
        lac_item_status status;
        const char *reason;
    } known[] = {
        {"met", LAC_MET, "met/quoted"},
        {"partial", LAC_PARTIAL, "partial/quoted"},
        {"contradicts", LAC_CONTRADICTS, "contradicts/quoted"},
    };
    *vote = (lac_vote){.status = LAC_NOT_EVALUATED,
                       .reason = "not-evaluated/unclear",
                       .evidence = vote->evidence,
                       .evidence_count = vote->evidence_count,
                       .searched = vote->searched,
                       .searched_count = vote->searched_count,
                       .words = vote->words,
                       .model = "",
                       .request_id = ""};
    if (lac_span_is(verdict, "missing")) {
        vote->status = LAC_MISSING;
        vote->reason = "missing/nothing-found";
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (lac_span_is(verdict, known[i].word)) {
            bool shown = vote->evidence_count > 0;
            vote->status = shown ? known[i].status : LAC_NOT_EVALUATED;
            vote->reason = shown ? known[i].reason : "not-evaluated/unverified";
        }
    }
}

/* Bytes of a character that acts on a terminal or on the direction of a line; 0: it is none. */
static size_t acting_bytes(const char *c)
{
    const unsigned char *b = (const unsigned char *)c;
    if (b[0] < 0x20 || b[0] == 0x7F) {
        return 1;
    }
    if (b[0] == 0xC2 && b[1] >= 0x80 && b[1] <= 0x9F) { /* C1 controls */
        return 2;
    }
    if (b[0] == 0xE2 && b[1] == 0x80) { /* U+200B to 200F, U+2028 to 202E */
        return (b[2] >= 0x8B && b[2] <= 0x8F) || (b[2] >= 0xA8 && b[2] <= 0xAE) ? 3 : 0;
    }
    return b[0] == 0xE2 && b[1] == 0x81 && b[2] >= 0xA0 && b[2] <= 0xA9 ? 3
                                                                        : 0; /* U+2060 to 2069 */
}

/* With the names again that pseudonyms stood for, and a word about those that stand for none. */
static lacuna_status restore(lac_buf *out, const lac_judge_piece *piece, lac_span text)
{
    uint32_t unknown = 0;
    if (piece->veil == NULL || piece->veil->map == NULL) {
        return lac_buf_append_span(out, text);
    }
    lacuna_status status = lac_pseudonyms_restore(out, &unknown, piece->veil->map, text, NULL);
    return status == LACUNA_OK && unknown > 0
               ? lac_buf_append_text(out, " [holds pseudonyms that were never given out]")
               : status;
}

/* The model's own words: cut, on one line, without what a terminal would act on. */
static const char *copy_words(lac_arena *arena, const lac_judge_piece *piece, const json_t *value)
{
    const char *text = json_string_value(value);
    lac_buf words;
    lac_buf_init(&words, RESTORED_MAX);
    lac_span kept = lac_utf8_prefix(lac_span_of(text == NULL ? "" : text), WORDS_MAX);
    lacuna_status status = restore(&words, piece, kept);
    char *copy = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&words)) : NULL;
    lac_buf_free(&words);
    for (char *c = copy; c != NULL && *c != '\0'; c++) {
        size_t acting = acting_bytes(c);
        if (acting > 0) {
            memset(c, ' ', acting);
        }
    }
    return copy;
}

lacuna_status lac_vote_read(lac_vote *vote, lac_arena *arena, const lac_judge_piece *piece,
                            const lac_item *item, lac_span answer, lacuna_error *err)
{
    json_error_t where;
    json_t *tree = NULL;
    *vote = lac_vote_none("not-evaluated/no-answer");
    lacuna_status status = lac_json_parse(&tree, answer, 0, &where);
    const json_t *verdict = json_object_get(tree, "verdict");
    const json_t *list = json_object_get(tree, "evidence");
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    if (status != LACUNA_OK || !json_is_string(verdict) || !json_is_array(list)) {
        json_decref(tree);
        return lac_fail(err, LACUNA_E_FORMAT, "the model's answer is not of the judge's shape");
    }
    status = read_evidence(vote, arena, piece, item, list, err);
    if (status == LACUNA_OK && list_searched(vote, arena, piece) != LACUNA_OK) {
        status = lac_fail_nomem(err);
    }
    if (status == LACUNA_OK) {
        vote->words = copy_words(arena, piece, json_object_get(tree, "rationale"));
        status = vote->words == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    if (status == LACUNA_OK) {
        judge_verdict(vote, lac_span_of(json_string_value(verdict)));
    }
    json_decref(tree);
    return status;
}

/* ---- several votes -------------------------------------------------------------------------- */

/* What decides among parts of a document. A contradiction anywhere is one. */
static int weight(lac_item_status status)
{
    switch (status) {
    case LAC_CONTRADICTS:
        return 4;
    case LAC_MET:
        return 3;
    case LAC_PARTIAL:
        return 2;
    case LAC_MISSING:
        return 0;
    default:
        return 1;
    }
}

lacuna_status lac_vote_join(lac_vote *into, const lac_vote *other, lac_arena *arena,
                            lacuna_error *err)
{
    uint32_t count = into->searched_count + other->searched_count;
    const char **searched = lac_arena_array(arena, (size_t)count + 1, sizeof *searched);
    if (searched == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < into->searched_count; i++) {
        searched[i] = into->searched[i];
    }
    for (uint32_t i = 0; i < other->searched_count; i++) {
        searched[into->searched_count + i] = other->searched[i];
    }
    if (weight(other->status) > weight(into->status)) {
        *into = *other;
    }
    into->searched = searched;
    into->searched_count = count;
    return LACUNA_OK;
}

static const lac_vote *copy_vote(lac_arena *arena, lac_vote vote)
{
    lac_vote *copy = lac_arena_alloc(arena, sizeof *copy);
    if (copy != NULL) {
        *copy = vote;
    }
    return copy;
}

static lac_vote vote_of_rules(const lac_item_result *item)
{
    return (lac_vote){.status = item->status,
                      .reason = item->reason,
                      .evidence = item->evidence,
                      .evidence_count = item->evidence_count,
                      .searched = item->searched,
                      .searched_count = item->searched_count,
                      .words = "",
                      .model = "",
                      .request_id = ""};
}

static void leave_to_person(lac_item_result *item, const char *reason, const char *explanation)
{
    item->status = LAC_NOT_EVALUATED;
    item->reason = reason;
    item->explanation = explanation;
    item->confidence = 0;
}

lacuna_status lac_vote_settle(lac_item_result *item, const lac_vote *model, lac_arena *arena,
                              lacuna_error *err)
{
    item->rule_vote = copy_vote(arena, vote_of_rules(item));
    item->model_vote = copy_vote(arena, *model);
    if (item->rule_vote == NULL || item->model_vote == NULL) {
        return lac_fail_nomem(err);
    }
    if (model->status == LAC_NOT_EVALUATED || model->status == item->status) {
        return LACUNA_OK;
    }
    if (item->status == LAC_NOT_EVALUATED) {
        leave_to_person(item, "not-evaluated/model-alone",
                        "Only the model could answer this, on quotes that were verified: a person "
                        "has to confirm it.");
    } else {
        leave_to_person(item, "not-evaluated/disagreement",
                        "The rules and the model differ: a person has to decide.");
    }
    return LACUNA_OK;
}
