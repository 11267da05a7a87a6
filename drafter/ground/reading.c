#include "drafter/ground/reading.h"

#include "drafter/ground/scan.h"
#include "drafter/ground/words.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct cell {
    uint32_t first, end; /* tokens */
} cell;

typedef struct reader {
    lac_ground_reading *out;
    lac_arena *arena;
    lac_ground_lexicon *lexicon;
    bool grow;
    lacuna_status status;
    lac_segment *segments;
    size_t segment_count, segment_cap;
    uint32_t *ids; /* context that is being collected */
    size_t id_count, id_cap;
    uint32_t *labels; /* tokens of it that may tell units */
    size_t label_count, label_cap;
    lac_span *units; /* of labels */
    size_t unit_count, unit_cap;
    uint32_t *heading;
    uint32_t heading_count;
    size_t heading_units; /* the first of `units` */
    uint32_t *claim_at;   /* for each token, its claim + 1 */
} reader;

static const lac_ground_token *token_at(const reader *r, uint32_t at)
{
    return &r->out->tokens.items[at < r->out->tokens.count ? at : r->out->tokens.count];
}

/* ---- words to ids --------------------------------------------------------------------------- */

static uint32_t id_of(reader *r, lac_span name)
{
    uint32_t id = LAC_UNKNOWN;
    if (!r->grow) {
        return lac_lexicon_find(r->lexicon, name);
    }
    lacuna_status status = lac_lexicon_put(&id, r->lexicon, name);
    r->status = r->status == LACUNA_OK ? status : r->status;
    return id;
}

/* "group A": a letter that tells groups apart. */
static bool is_letter_label(const reader *r, uint32_t at)
{
    static const char *const BEFORE[] = {"group",    "arm",       "cohort",    "part",
                                         "sequence", "period",    "treatment", "groups",
                                         "arms",     "hepatitis", "regimen"};
    const lac_ground_token *token = token_at(r, at);
    for (size_t i = 0; at > 0 && i < sizeof BEFORE / sizeof BEFORE[0]; i++) {
        if (token->capital && lac_span_is(token_at(r, at - 1)->form, BEFORE[i])) {
            return true;
        }
    }
    return false;
}

static bool is_any(lac_span word, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (lac_span_is(word, *list)) {
            return true;
        }
    }
    return false;
}

/* "ratio to placebo", "compared with placebo": what is compared with, no arm of its own. */
static bool is_compared_with(const reader *r, uint32_t at)
{
    static const char *const ALWAYS[] = {"than", "versus", "vs", "against", NULL};
    static const char *const LINKS[] = {"to", "with", "from", NULL};
    static const char *const HEADS[] = {"ratio",      "relative", "compared",   "superior",
                                        "inferior",   "similar",  "comparable", "comparison",
                                        "difference", NULL};
    if (at == 0) {
        return false;
    }
    lac_span before = token_at(r, at - 1)->form;
    return is_any(before, ALWAYS) ||
           (at > 1 && is_any(before, LINKS) && is_any(token_at(r, at - 2)->form, HEADS));
}

static bool word_mention(lac_mention *out, reader *r, uint32_t at)
{
    char stem[LAC_STEM_MAX];
    const lac_ground_token *token = token_at(r, at);
    if (token->kind != LAC_TOKEN_WORD) {
        return false;
    }
    *out = (lac_mention){.token = at, .claim = UINT32_MAX};
    if (token->form.len == 1) {
        char name[3] = {'#', token->form.ptr[0], '\0'};
        out->label = is_letter_label(r, at);
        out->id = out->label ? id_of(r, lac_span_of(name)) : LAC_UNKNOWN;
        return out->label;
    }
    lac_ground_word word = lac_word_of(token->form);
    bool opposite = word.concept != NULL && word.value != 0;
    bool change = opposite && strcmp(word.concept, "#change") == 0;
    if (word.class != LAC_WORD_CONTENT || change) {
        return false;
    }
    /* Which side an opposite is on is compared elsewhere (polarity.h); of a label it is its name.
     */
    size_t length = !opposite ? lac_word_stem(stem, token->form)
                    : word.label
                        ? (size_t)snprintf(stem, sizeof stem, "%s%d", word.concept, word.value)
                        : (size_t)snprintf(stem, sizeof stem, "%s", word.concept);
    out->label = word.label && !opposite && !is_compared_with(r, at);
    out->id = id_of(r, lac_span_make(stem, length));
    return true;
}

/* "at 12 months", "after 4 weeks": the occasion "month 12", "week 4". */
static bool is_occasion(const reader *r, const lac_claim *claim)
{
    static const char *const BEFORE[] = {"at", "after", "by", "until", "through", NULL};
    static const char *const TIMES[] = {"days", "weeks", "months", "years", NULL};
    return claim->kind == LAC_CLAIM_NUMBER && claim->a.relation == LAC_RELATION_NONE &&
           claim->first > 0 && is_any(claim->unit, TIMES) &&
           is_any(token_at(r, claim->first - 1)->form, BEFORE);
}

static uint32_t occasion_id(reader *r, const lac_claim *claim)
{
    enum { ROOM = LAC_DECIMAL_TEXT + 16 };
    char name[ROOM], value[LAC_DECIMAL_TEXT];
    (void)lac_decimal_text(value, &claim->a.value);
    int length =
        snprintf(name, sizeof name, "%.*s %s", (int)claim->unit.len - 1, claim->unit.ptr, value);
    return id_of(r, lac_span_make(name, (size_t)length));
}

static bool claim_mention(lac_mention *out, reader *r, uint32_t index, uint32_t at)
{
    const lac_claim *claim = &r->out->claims.items[index];
    bool label = claim->dose && claim->kind <= LAC_CLAIM_RANGE;
    bool named = claim->kind == LAC_CLAIM_IDENTIFIER || claim->unit_class == LAC_UNIT_PREFIX;
    if (is_occasion(r, claim)) {
        *out = (lac_mention){.token = at, .claim = index, .label = true, .occasion = true};
        out->id = occasion_id(r, claim);
        return true;
    }
    if (!label && !named) {
        return false;
    }
    *out = (lac_mention){.token = at,
                         .claim = index,
                         .label = label || claim->unit_class == LAC_UNIT_PREFIX,
                         .occasion = claim->unit_class == LAC_UNIT_PREFIX,
                         .name = claim->kind == LAC_CLAIM_IDENTIFIER};
    out->id = id_of(r, claim->canonical);
    return true;
}

/* The mention that begins at *at, moved behind it. */
static bool next_mention(lac_mention *out, reader *r, uint32_t *at)
{
    uint32_t claim = r->claim_at[*at];
    if (claim == 0) {
        return word_mention(out, r, (*at)++);
    }
    uint32_t last = r->out->claims.items[claim - 1].last;
    bool found = claim_mention(out, r, claim - 1, *at);
    *at = last > *at ? last : *at + 1;
    return found;
}

/* ---- contexts ------------------------------------------------------------------------------- */

static void push_number(reader *r, uint32_t **list, size_t *count, size_t *cap, uint32_t number)
{
    void *items = *list;
    lacuna_status status = lac_grow(&items, cap, *count + 1, sizeof **list, LAC_TOKENS_MAX);
    *list = items;
    if (status == LACUNA_OK) {
        (*list)[(*count)++] = number;
    } else {
        r->status = status;
    }
}

static void collect_unit(reader *r, uint32_t *at)
{
    lac_claim claim = {.unit_class = LAC_UNIT_NONE};
    lac_scan scan = {
        .arena = r->arena, .tokens = r->out->tokens.items, .count = r->out->tokens.count};
    uint32_t behind = *at;
    void *units = r->units;
    if (!lac_scan_unit(&claim, &scan, &behind)) {
        (*at)++;
        return;
    }
    lacuna_status status =
        lac_grow(&units, &r->unit_cap, r->unit_count + 1, sizeof *r->units, LAC_TOKENS_MAX);
    r->units = units;
    if (status == LACUNA_OK && scan.status == LACUNA_OK) {
        r->units[r->unit_count++] = claim.unit;
    } else {
        r->status = LACUNA_E_NOMEM;
    }
    *at = behind;
}

/* Units that a label names: "Cmax, ng/mL"; not the dose of "20 mg". */
static void collect_units(reader *r, cell from)
{
    for (uint32_t at = from.first; at < from.end && r->status == LACUNA_OK;) {
        bool measured = at > from.first && token_at(r, at - 1)->kind == LAC_TOKEN_NUMBER;
        if (!measured &&
            (token_at(r, at)->kind == LAC_TOKEN_WORD || token_at(r, at)->kind == LAC_TOKEN_MARK)) {
            collect_unit(r, &at);
        } else {
            at++;
        }
    }
}

/* Labels repeat in every cell they are about: only their beginning counts. */
static void collect(reader *r, cell from, bool units)
{
    enum { TOKENS_MAX = 64 };
    from.end = from.end - from.first > TOKENS_MAX ? from.first + TOKENS_MAX : from.end;
    lac_mention mention;
    for (uint32_t at = from.first; at < from.end && r->status == LACUNA_OK;) {
        if (next_mention(&mention, r, &at) && mention.id != LAC_UNKNOWN) {
            push_number(r, &r->ids, &r->id_count, &r->id_cap, mention.id);
        }
    }
    for (uint32_t at = from.first; units && at < from.end && r->status == LACUNA_OK; at++) {
        push_number(r, &r->labels, &r->label_count, &r->label_cap, at);
    }
    if (units) {
        collect_units(r, from);
    }
}

static const uint32_t *keep_numbers(reader *r, const uint32_t *numbers, size_t count)
{
    uint32_t *copy = lac_arena_array(r->arena, count + 1, sizeof *copy);
    if (copy == NULL) {
        r->status = LACUNA_E_NOMEM;
    } else if (count > 0) {
        memcpy(copy, numbers, count * sizeof *copy);
    }
    return copy;
}

/* ---- segments ------------------------------------------------------------------------------- */

static void set_mentions(lac_segment *segment, reader *r)
{
    lac_mention mention;
    uint32_t count = 0;
    lac_mention *list =
        lac_arena_array(r->arena, segment->end_token - segment->first_token + 1, sizeof *list);
    if (list == NULL) {
        r->status = LACUNA_E_NOMEM;
        return;
    }
    for (uint32_t at = segment->first_token; at < segment->end_token;) {
        if (next_mention(&mention, r, &at)) {
            list[count++] = mention;
        }
    }
    segment->mentions = list;
    segment->mention_count = count;
}

static void set_claims(lac_segment *segment, const reader *r)
{
    uint32_t first = UINT32_MAX, end = 0;
    for (uint32_t at = segment->first_token; at < segment->end_token; at++) {
        uint32_t claim = r->claim_at[at];
        if (claim != 0) {
            first = claim - 1 < first ? claim - 1 : first;
            end = claim;
        }
    }
    segment->first_claim = first == UINT32_MAX ? 0 : first;
    segment->end_claim = first == UINT32_MAX ? 0 : end;
}

static void set_units(lac_segment *segment, reader *r)
{
    lac_span *copy = lac_arena_array(r->arena, r->unit_count + 1, sizeof *copy);
    if (copy == NULL) {
        r->status = LACUNA_E_NOMEM;
    } else if (r->unit_count > 0) {
        memcpy(copy, r->units, r->unit_count * sizeof *copy);
    }
    segment->units = copy;
    segment->unit_count = (uint32_t)r->unit_count;
}

static void add_segment(reader *r, cell range, uint32_t row, uint32_t column)
{
    void *segments = r->segments;
    lacuna_status status = lac_grow(&segments, &r->segment_cap, r->segment_count + 1,
                                    sizeof *r->segments, LAC_TOKENS_MAX);
    r->segments = segments;
    if (status != LACUNA_OK || range.end <= range.first) {
        r->status = status;
        return;
    }
    lac_segment *segment = &r->segments[r->segment_count];
    *segment = (lac_segment){.first_token = range.first,
                             .end_token = range.end,
                             .start = token_at(r, range.first)->start,
                             .end = token_at(r, range.end - 1)->end,
                             .row = row,
                             .column = column};
    set_claims(segment, r);
    set_mentions(segment, r);
    segment->context = keep_numbers(r, r->ids, r->id_count);
    segment->context_count = (uint32_t)r->id_count;
    segment->tokens_of_context = keep_numbers(r, r->labels, r->label_count);
    segment->context_token_count = (uint32_t)r->label_count;
    set_units(segment, r);
    r->segment_count += r->status == LACUNA_OK ? 1 : 0;
}

static bool is_abbreviation(const lac_ground_token *token)
{
    static const char *const ABBREVIATIONS[] = {"vs",  "fig", "dr", "approx", "al", "resp",
                                                "ref", "cf",  "no", "ca",     "st", "prof"};
    if (token->kind != LAC_TOKEN_WORD) {
        return false;
    }
    for (size_t i = 0; i < sizeof ABBREVIATIONS / sizeof ABBREVIATIONS[0]; i++) {
        if (lac_span_is(token->form, ABBREVIATIONS[i])) {
            return true;
        }
    }
    return token->form.len == 1; /* "e.g.", initials */
}

static bool is_opening(const lac_ground_token *token)
{
    return token->kind == LAC_TOKEN_WORD ? token->capital
           : token->kind == LAC_TOKEN_MARK
               ? strchr("([\"'{-", (int)(token->mark < 128 ? token->mark : '?')) != NULL
               : true;
}

/* Whether a sentence ends with the mark at `at`. */
static bool ends_sentence(const reader *r, uint32_t at, uint32_t first)
{
    const lac_ground_token *token = token_at(r, at);
    const lac_ground_token *next = token_at(r, at + 1);
    if (token->kind != LAC_TOKEN_MARK || !next->spaced || !is_opening(next) ||
        (token->mark != '.' && token->mark != '!' && token->mark != '?')) {
        return false;
    }
    bool numbering = at == first + 1 && token_at(r, first)->kind == LAC_TOKEN_NUMBER;
    return token->mark != '.' ||
           (at > first && !is_abbreviation(token_at(r, at - 1)) && !numbering);
}

/* A citation in brackets belongs to the sentence in front of it. */
static uint32_t behind_citation(const reader *r, uint32_t at, uint32_t end)
{
    const lac_ground_token *open = token_at(r, at);
    bool cites = false;
    if (open->kind != LAC_TOKEN_MARK || open->mark != '[') {
        return at;
    }
    for (uint32_t i = at + 1; i < end; i++) {
        const lac_ground_token *token = token_at(r, i);
        cites = cites || (token->kind == LAC_TOKEN_MARK && token->mark == 0xA7);
        if (token->kind == LAC_TOKEN_MARK && token->mark == ']') {
            return cites ? i + 1 : at;
        }
    }
    return at;
}

/* The sentences of a line or cell. The context that was collected is of all; each sentence adds
 * the one before it. */
static void split(reader *r, cell range, uint32_t row, uint32_t column)
{
    enum { SENTENCE_TOKENS_MAX = 400 }; /* longer ones are cut: the work grows with its square */
    size_t ids = r->id_count, labels = r->label_count;
    uint32_t first = range.first;
    for (uint32_t at = range.first; at < range.end && r->status == LACUNA_OK; at++) {
        if (at + 1 < range.end && at - first < SENTENCE_TOKENS_MAX &&
            !ends_sentence(r, at, first)) {
            continue;
        }
        uint32_t end = behind_citation(r, at + 1, range.end);
        add_segment(r, (cell){first, end}, row, column);
        r->id_count = ids;
        collect(r, (cell){first, end}, false);
        first = end;
        at = end - 1;
    }
    r->id_count = ids;
    r->label_count = labels;
}

/* ---- tables --------------------------------------------------------------------------------- */

enum { COLUMNS_MAX = 256 };

typedef struct table {
    cell header[COLUMNS_MAX], second[COLUMNS_MAX]; /* of columns */
    uint32_t columns, second_columns;
    cell group; /* the last row with a label alone */
    cell row[COLUMNS_MAX];
    uint32_t row_columns;
} table;

static uint32_t line_end(const reader *r, uint32_t at)
{
    while (at < r->out->tokens.count &&
           !(token_at(r, at)->kind == LAC_TOKEN_BREAK && token_at(r, at)->mark == '\n')) {
        at++;
    }
    return at;
}

static void take_row(table *t, const reader *r, uint32_t first, uint32_t end)
{
    t->row_columns = 0;
    uint32_t begin = first;
    for (uint32_t at = first; at <= end; at++) {
        if (at == end || token_at(r, at)->kind == LAC_TOKEN_BREAK) {
            if (t->row_columns < COLUMNS_MAX) {
                t->row[t->row_columns++] = (cell){begin, at};
            }
            begin = at + 1;
        }
    }
}

static bool is_empty(cell c)
{
    return c.end <= c.first;
}

static uint32_t filled(const table *t)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < t->row_columns; i++) {
        count += is_empty(t->row[i]) ? 0 : 1;
    }
    return count;
}

/* "60 mg" and "H60-2402" in other columns of the row tell what it is about. */
static void collect_labels(reader *r, cell from)
{
    enum { LABEL_TOKENS = 8 };
    lac_mention mention;
    for (uint32_t at = from.first; from.end - from.first <= LABEL_TOKENS && at < from.end;) {
        if (next_mention(&mention, r, &at) && (mention.label || mention.name) &&
            mention.id != LAC_UNKNOWN) {
            push_number(r, &r->ids, &r->id_count, &r->id_cap, mention.id);
        }
    }
}

static void read_cell(reader *r, const table *t, uint32_t column, uint32_t row)
{
    r->id_count = 0;
    r->label_count = 0;
    for (uint32_t i = 0; i < r->heading_count; i++) {
        push_number(r, &r->ids, &r->id_count, &r->id_cap, r->heading[i]);
    }
    r->unit_count = r->heading_units;
    collect(r, t->group, true);
    if (column < t->columns && row > 0) {
        collect(r, t->header[column], true);
    }
    if (column > 0 && t->columns > 0 && row > 0) {
        collect(r, t->header[0], true);
    }
    if (column < t->second_columns && row > 1) {
        collect(r, t->second[column], true);
    }
    if (column > 0) {
        collect(r, t->row[0], true);
    }
    for (uint32_t other = 1; other < t->row_columns && row > 0; other++) {
        if (other != column) {
            collect_labels(r, t->row[other]);
        }
    }
    split(r, t->row[column], row, column);
}

static void read_row(reader *r, table *t, uint32_t row)
{
    if (row == 0) {
        memcpy(t->header, t->row, sizeof t->row);
        t->columns = t->row_columns;
    }
    if (row == 1 && t->row_columns > 1 && is_empty(t->row[0])) {
        memcpy(t->second, t->row, sizeof t->row);
        t->second_columns = t->row_columns;
    }
    for (uint32_t column = 0; column < t->row_columns && r->status == LACUNA_OK; column++) {
        read_cell(r, t, column, row);
    }
    if (row > 0 && filled(t) == 1 && !is_empty(t->row[0])) {
        t->group = t->row[0];
    }
}

static void read_table(reader *r)
{
    table *t = calloc(1, sizeof *t);
    uint32_t row = 0;
    if (t == NULL) {
        r->status = LACUNA_E_NOMEM;
        return;
    }
    for (uint32_t at = 0; at < r->out->tokens.count && r->status == LACUNA_OK; row++) {
        uint32_t end = line_end(r, at);
        take_row(t, r, at, end);
        read_row(r, t, row);
        at = end + 1;
    }
    free(t);
}

static void read_prose(reader *r)
{
    for (uint32_t at = 0; at < r->out->tokens.count && r->status == LACUNA_OK;) {
        uint32_t end = line_end(r, at);
        split(r, (cell){at, end}, UINT32_MAX, UINT32_MAX);
        at = end + 1;
    }
}

/* ---- the whole ------------------------------------------------------------------------------ */

static uint32_t barrier_of(const lac_ground_token *token)
{
    static const char *const JOINS[] = {"and", "or", "plus"};
    static const char *const TURNS[] = {"vs",    "versus", "compared", "whereas",
                                        "while", "but",    "than"};
    if (token->kind == LAC_TOKEN_MARK) {
        return token->mark == ','                         ? 4
               : token->mark == ';'                       ? 7
               : token->mark == '(' || token->mark == ')' ? 2
                                                          : 0;
    }
    if (token->kind == LAC_TOKEN_BREAK) {
        return 9;
    }
    for (size_t i = 0; token->kind == LAC_TOKEN_WORD && i < sizeof JOINS / sizeof JOINS[0]; i++) {
        if (lac_span_is(token->form, JOINS[i])) {
            return 4;
        }
    }
    for (size_t i = 0; token->kind == LAC_TOKEN_WORD && i < sizeof TURNS / sizeof TURNS[0]; i++) {
        if (lac_span_is(token->form, TURNS[i])) {
            return 5;
        }
    }
    return 0;
}

static void set_barriers(reader *r)
{
    uint32_t sum = 0, count = r->out->tokens.count;
    uint32_t *barriers = lac_arena_array(r->arena, (size_t)count + 1, sizeof *barriers);
    if (barriers == NULL) {
        r->status = LACUNA_E_NOMEM;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        sum += r->claim_at[i] == 0 ? barrier_of(token_at(r, i)) : 0;
        barriers[i] = sum;
        r->out->table = r->out->table ||
                        (token_at(r, i)->kind == LAC_TOKEN_BREAK && token_at(r, i)->mark == '\t');
    }
    barriers[count] = sum;
    r->out->barriers = barriers;
}

static void set_heading(reader *r, lac_span heading, lacuna_error *err)
{
    lac_ground_tokens tokens;
    reader head = *r;
    lac_ground_reading shadow = {.text = heading};
    r->status = lac_ground_tokens_make(&tokens, r->arena, heading, err);
    uint32_t *none = lac_arena_array(r->arena, (size_t)tokens.count + 1, sizeof *none);
    if (r->status != LACUNA_OK || none == NULL) {
        r->status = r->status == LACUNA_OK ? LACUNA_E_NOMEM : r->status;
        return;
    }
    shadow.tokens = tokens;
    head.out = &shadow;
    head.claim_at = none;
    head.ids = NULL;
    head.id_cap = 0;
    collect(&head, (cell){0, tokens.count}, false);
    collect_units(&head, (cell){0, tokens.count});
    r->status = head.status;
    r->units = head.units;
    r->unit_cap = head.unit_cap;
    r->unit_count = r->heading_units = head.unit_count;
    r->heading = head.ids;
    r->heading_count = (uint32_t)head.id_count;
}

static void read_all(reader *r, lac_span heading, lacuna_error *err)
{
    const lac_claims *claims = &r->out->claims;
    r->claim_at = lac_arena_array(r->arena, (size_t)r->out->tokens.count + 1, sizeof *r->claim_at);
    if (r->claim_at == NULL) {
        r->status = LACUNA_E_NOMEM;
        return;
    }
    for (uint32_t i = 0; i < claims->count; i++) {
        for (uint32_t at = claims->items[i].first; at < claims->items[i].last; at++) {
            r->claim_at[at] = i + 1;
        }
    }
    set_barriers(r);
    if (r->status == LACUNA_OK) {
        set_heading(r, heading, err);
    }
    for (uint32_t i = 0; i < r->heading_count; i++) {
        push_number(r, &r->ids, &r->id_count, &r->id_cap, r->heading[i]);
    }
    if (r->status == LACUNA_OK && r->out->table) {
        read_table(r);
    } else if (r->status == LACUNA_OK) {
        read_prose(r);
    }
}

static void finish(reader *r)
{
    lac_segment *segments = lac_arena_array(r->arena, r->segment_count + 1, sizeof *segments);
    if (segments == NULL) {
        r->status = LACUNA_E_NOMEM;
        return;
    }
    if (r->segment_count > 0) {
        memcpy(segments, r->segments, r->segment_count * sizeof *segments);
    }
    r->out->segments = segments;
    r->out->segment_count = (uint32_t)r->segment_count;
}

lacuna_status lac_ground_reading_make(lac_ground_reading *out, lac_arena *arena,
                                      lac_ground_lexicon *lexicon, bool grow, lac_span text,
                                      lac_span heading, lacuna_error *err)
{
    *out = (lac_ground_reading){.text = text};
    reader r = {.out = out, .arena = arena, .lexicon = lexicon, .grow = grow};
    lacuna_status status = lac_ground_tokens_make(&out->tokens, arena, text, err);
    if (status == LACUNA_OK) {
        status = lac_claims_scan(&out->claims, arena, &out->tokens, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    read_all(&r, heading, err);
    if (r.status == LACUNA_OK) {
        finish(&r);
    }
    free(r.segments);
    free(r.ids);
    free(r.labels);
    free(r.units);
    free(r.heading);
    return r.status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
           : r.status == LACUNA_OK    ? LACUNA_OK
                                      : lac_fail(err, r.status, "the text is too long to compare");
}

const lac_segment *lac_ground_reading_segment(const lac_ground_reading *reading, uint32_t claim)
{
    uint32_t token = reading->claims.items[claim].first, low = 0, high = reading->segment_count;
    while (low + 1 < high) {
        uint32_t middle = (low + high) / 2;
        if (reading->segments[middle].first_token <= token) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return reading->segment_count == 0 ? NULL : &reading->segments[low];
}

bool lac_segment_has(const lac_segment *segment, uint32_t id)
{
    for (uint32_t i = 0; i < segment->mention_count; i++) {
        if (segment->mentions[i].id == id) {
            return true;
        }
    }
    return false;
}

bool lac_segment_context_has(const lac_segment *segment, uint32_t id)
{
    for (uint32_t i = 0; i < segment->context_count; i++) {
        if (segment->context[i] == id) {
            return true;
        }
    }
    return false;
}
