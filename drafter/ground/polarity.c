#include "drafter/ground/polarity.h"

#include "drafter/ground/words.h"
#include "support/scratch.h"

enum { WORDS_MAX = 512, SCOPE = 3, REACH = 24 };

typedef struct told {
    char stem[LAC_STEM_MAX];
    size_t length;
    const char *concept;
    uint32_t token;
    int8_t value;
    bool denied;
} told;

typedef struct telling {
    told words[WORDS_MAX];
    uint32_t count;
    bool denies;
} telling;

static const lac_ground_token *token_at(const lac_ground_reading *reading, uint32_t at)
{
    return &reading->tokens.items[at < reading->tokens.count ? at : reading->tokens.count];
}

static bool is_one(lac_span word, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (lac_span_is(word, *list)) {
            return true;
        }
    }
    return false;
}

/* "no more than", "not less than" and "No. 5" deny nothing. */
static bool is_denial(const lac_ground_reading *reading, uint32_t at)
{
    static const char *const AMOUNTS[] = {"more",    "less",      "fewer", "later",  "longer",
                                          "greater", "exceeding", "only",  "exceed", NULL};
    const lac_ground_token *token = token_at(reading, at);
    const lac_ground_token *next = token_at(reading, at + 1);
    bool non = lac_span_is(token->form, "non") && next->kind == LAC_TOKEN_MARK && next->mark == '-';
    if (token->kind != LAC_TOKEN_WORD ||
        (lac_word_of(token->form).class != LAC_WORD_DENIAL && !non)) {
        return false;
    }
    if (next->kind == LAC_TOKEN_MARK && next->mark == '.' && !token_at(reading, at + 2)->spaced) {
        return false;
    }
    return !is_one(next->form, AMOUNTS);
}

/* Where what is denied begins: "none of the events was related". */
static uint32_t scope_begin(const lac_ground_reading *reading, uint32_t at, uint32_t end)
{
    static const char *const VERBS[] = {"was", "were", "is", "are", "had", "has", "did", NULL};
    if (!lac_span_is(token_at(reading, at + 1)->form, "of")) {
        return at + 1;
    }
    for (uint32_t i = at + 1; i < end; i++) {
        if (is_one(token_at(reading, i)->form, VERBS)) {
            return i + 1;
        }
    }
    return end;
}

static bool ends_scope(const lac_ground_token *token)
{
    static const char *const TURNS[] = {"but", "and", "while", "whereas", "although", "or", NULL};
    bool hyphen = token->kind == LAC_TOKEN_MARK && token->mark == '-';
    return (token->kind == LAC_TOKEN_MARK && !hyphen) || token->kind == LAC_TOKEN_BREAK ||
           is_one(token->form, TURNS);
}

static void mark_denied(telling *t, const lac_ground_reading *reading, uint32_t at, uint32_t end)
{
    uint32_t marked = 0;
    bool non = lac_span_is(token_at(reading, at)->form, "non");
    t->denies = t->denies || !non;
    for (uint32_t i = scope_begin(reading, at, end); i < end && marked < (non ? 1u : SCOPE); i++) {
        if (ends_scope(token_at(reading, i))) {
            return;
        }
        for (uint32_t w = 0; w < t->count; w++) {
            if (t->words[w].token == i && (!non || t->words[w].concept != NULL)) {
                t->words[w].denied = !t->words[w].denied;
                marked++;
            }
        }
    }
}

static bool in_claim(const lac_ground_reading *reading, const lac_segment *segment, uint32_t token)
{
    for (uint32_t i = segment->first_claim; i < segment->end_claim; i++) {
        if (token >= reading->claims.items[i].first && token < reading->claims.items[i].last) {
            return true;
        }
    }
    return false;
}

static void hear(telling *t, const lac_ground_reading *reading, const lac_segment *segment,
                 uint32_t at)
{
    const lac_ground_token *token = token_at(reading, at);
    if (token->kind != LAC_TOKEN_WORD || t->count == WORDS_MAX || in_claim(reading, segment, at)) {
        return;
    }
    lac_ground_word word = lac_word_of(token->form);
    bool opposite = word.concept != NULL && word.value != 0;
    if (word.class != LAC_WORD_CONTENT && !opposite) {
        return;
    }
    told *w = &t->words[t->count++];
    *w = (told){.token = at, .concept = opposite ? word.concept : NULL, .value = word.value};
    w->length = lac_word_stem(w->stem, token->form);
}

static void listen(telling *t, const lac_ground_reading *reading, const lac_segment *segment)
{
    t->count = 0;
    t->denies = false;
    for (uint32_t at = segment->first_token; at < segment->end_token; at++) {
        hear(t, reading, segment, at);
    }
    for (uint32_t i = 0; i < segment->context_token_count; i++) {
        hear(t, reading, segment, segment->tokens_of_context[i]);
    }
    for (uint32_t at = segment->first_token; at < segment->end_token; at++) {
        if (is_denial(reading, at)) {
            mark_denied(t, reading, at, segment->end_token);
        }
    }
}

/* ---- opposites ------------------------------------------------------------------------------ */

static int side(const told *word)
{
    return word->denied && word->value == 1 ? -1
                                            : (word->denied && word->value == -1 ? 1 : word->value);
}

static bool opposite_words(lac_opposite *out, const telling *draft, const telling *source)
{
    for (uint32_t d = 0; d < draft->count; d++) {
        const told *word = &draft->words[d];
        uint32_t against = UINT32_MAX;
        bool agreed = word->concept == NULL;
        for (uint32_t s = 0; s < source->count && !agreed; s++) {
            const told *other = &source->words[s];
            if (other->concept == NULL || strcmp(other->concept, word->concept) != 0) {
                continue;
            }
            agreed = side(other) == side(word);
            against = other->token;
        }
        if (!agreed && against != UINT32_MAX) {
            *out = (lac_opposite){word->token, against, false};
            return true;
        }
    }
    return false;
}

static const told *find_once(const telling *t, const told *like)
{
    const told *found = NULL;
    for (uint32_t i = 0; i < t->count; i++) {
        if (t->words[i].concept == NULL && t->words[i].length == like->length &&
            memcmp(t->words[i].stem, like->stem, like->length) == 0) {
            if (found != NULL) {
                return NULL;
            }
            found = &t->words[i];
        }
    }
    return found;
}

/* A word that one denies and the other states. The sentence that does not deny it must deny nothing
 * at all, or deny something else that the first states: it may have said it in another way. */
static bool denied_words(lac_opposite *out, const telling *draft, const telling *source)
{
    const told *only_draft = NULL, *only_source = NULL;
    const told *in_source = NULL, *in_draft = NULL;
    for (uint32_t i = 0; i < draft->count; i++) {
        const told *word = &draft->words[i];
        const told *other = word->concept != NULL ? NULL : find_once(source, word);
        if (other == NULL || find_once(draft, word) == NULL || other->denied == word->denied) {
            continue;
        }
        if (word->denied) {
            only_draft = word;
            in_source = other;
        } else {
            only_source = other;
            in_draft = word;
        }
    }
    if (only_draft != NULL && (!source->denies || only_source != NULL)) {
        *out = (lac_opposite){only_draft->token, in_source->token, true};
        return true;
    }
    if (only_source != NULL && !draft->denies) {
        *out = (lac_opposite){in_draft->token, only_source->token, true};
        return true;
    }
    return false;
}

bool lac_polarity_conflict(lac_opposite *out, const lac_ground_reading *draft,
                           const lac_segment *of_draft, const lac_ground_reading *source,
                           const lac_segment *of_source)
{
    LAC_SCRATCH telling a, b;
    listen(&a, draft, of_draft);
    listen(&b, source, of_source);
    return opposite_words(out, &a, &b) || denied_words(out, &a, &b);
}

static int nearest_side(const lac_ground_reading *reading, const lac_segment *segment,
                        const lac_claim *claim, const char *concept)
{
    uint32_t best = UINT32_MAX;
    int side = 0;
    for (uint32_t at = segment->first_token; at < segment->end_token; at++) {
        const lac_ground_token *token = token_at(reading, at);
        lac_ground_word word = lac_word_of(token->form);
        if (token->kind != LAC_TOKEN_WORD || word.concept == NULL ||
            strcmp(word.concept, concept) != 0) {
            continue;
        }
        uint32_t near = at < claim->first ? claim->first : claim->last - 1;
        uint32_t low = near < at ? near : at, high = near < at ? at : near;
        uint32_t cost = high - low + (reading->barriers[high] - reading->barriers[low]) / 2;
        if (cost < best) {
            best = cost;
            side = word.value;
        }
    }
    return best <= REACH ? side : 0;
}

int lac_polarity_direction(const lac_ground_reading *reading, const lac_segment *segment,
                           const lac_claim *claim)
{
    return nearest_side(reading, segment, claim, "#change");
}

int lac_polarity_start(const lac_ground_reading *reading, const lac_segment *segment,
                       const lac_claim *claim)
{
    return nearest_side(reading, segment, claim, "#start");
}
