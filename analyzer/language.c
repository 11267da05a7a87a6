#include "analyzer/language.h"

#include "support/hash.h"
#include "support/utf8.h"

#include <string.h>

/* A sample tells a language as surely as the whole text, and costs the same for every document. */
enum { MAX_SAMPLE = 24 * 1024, MAX_WORD = 16 };

typedef struct language {
    const char *code;
    const char *words; /* function words that few other languages here share, spaces around each */
} language;

static const language languages[] = {
    {"en",
     " the of and to in is for be with are was will by or that this from at as not on an which "
     "should were have may been "},
    {"de",
     " der die das und ist nicht von den mit f\xC3\xBCr auf werden wird dem eine einer oder bei "
     "sich zu im des als sind "},
    {"fr",
     " le la les des et est une du dans pour par que qui sur au aux avec sont ne pas ou cette "
     "ce \xC3\xAAtre "},
    {"es",
     " el los las del y es una para por que con se su al como m\xC3\xA1s o sus este esta son ser "
     "si usted "},
    {"it",
     " il di che \xC3\xA8 una per con del della dei delle sono nel alla al da gli non ed o questo "
     "essere "},
    {"pt",
     " os as do da dos das em uma para com n\xC3\xA3o que por se ao mais ou ser \xC3\xA9 como "
     "este s\xC3\xA3o "},
    {"nl", " de het een van en is dat niet voor met op zijn te worden aan wordt bij door ook naar "
           "deze of "},
    {"no",
     " og er det av til som p\xC3\xA5 for med den ikke en et de vil blir kan ved fra eller har "
     "skal "},
    {"sv", " och \xC3\xA4r att det som p\xC3\xA5 av f\xC3\xB6r med den inte en ett till kan vid "
           "fr\xC3\xA5n eller har ska "},
    {"pl", " i w z na do nie jest si\xC4\x99 oraz przez dla lub jako \xC5\xBC"
           "e od po kt\xC3\xB3re "
           "badania s\xC4\x85 "},
};

enum { LANGUAGES = sizeof languages / sizeof languages[0] };

/* Each function word with the languages it belongs to. */
enum { SLOTS = 1024 };

typedef struct slot {
    char word[MAX_WORD];
    uint16_t languages; /* bit i: languages[i] */
} slot;

struct lac_lexicon {
    slot slots[SLOTS];
};

/* Index of the slot that holds `word`, or of the empty one where it would stand. */
static size_t find_slot(const lac_lexicon *l, lac_span word)
{
    size_t at = (size_t)(lac_hash(word) % SLOTS);
    while (l->slots[at].word[0] != '\0' && !lac_span_equal(lac_span_of(l->slots[at].word), word)) {
        at = (at + 1) % SLOTS;
    }
    return at;
}

const lac_lexicon *lac_lexicon_make(lac_arena *arena)
{
    lac_lexicon *l = lac_arena_alloc(arena, sizeof *l);
    for (size_t i = 0; l != NULL && i < LANGUAGES; i++) {
        for (const char *at = languages[i].words + 1; *at != '\0';) {
            size_t length = strcspn(at, " ");
            slot *s = &l->slots[find_slot(l, lac_span_make(at, length))];
            memcpy(s->word, at, length);
            s->languages = (uint16_t)(s->languages | 1u << i);
            at += length + 1;
        }
    }
    return l;
}

typedef struct census {
    const lac_lexicon *lexicon;
    unsigned words, capital_words;
    unsigned hits[LANGUAGES];
    unsigned capital_hits[LANGUAGES]; /* of words in capitals: "IL" is an interleukin, not "il" */
    unsigned letters, cyrillic, greek, han, kana, hangul, arabic, hebrew;
} census;

static void count_letter(census *c, uint32_t codepoint)
{
    c->letters++;
    c->cyrillic += codepoint >= 0x400 && codepoint <= 0x52F;
    c->greek += codepoint >= 0x370 && codepoint <= 0x3FF;
    c->han += codepoint >= 0x4E00 && codepoint <= 0x9FFF;
    c->kana += codepoint >= 0x3040 && codepoint <= 0x30FF;
    c->hangul += codepoint >= 0xAC00 && codepoint <= 0xD7A3;
    c->arabic += codepoint >= 0x600 && codepoint <= 0x6FF;
    c->hebrew += codepoint >= 0x590 && codepoint <= 0x5FF;
}

/* `word` is in lower case; `capitals`: the text has it in capitals. */
static void count_word(census *c, lac_span word, bool capitals)
{
    unsigned known = c->lexicon->slots[find_slot(c->lexicon, word)].languages;
    unsigned *hits = capitals ? c->capital_hits : c->hits;
    c->words++;
    c->capital_words += capitals;
    for (size_t i = 0; i < LANGUAGES && known != 0; i++) {
        hits[i] += (known >> i) & 1u;
    }
}

/* Where most words are in capitals they are no abbreviations. */
static void settle_capitals(census *c)
{
    for (size_t i = 0; i < LANGUAGES && c->capital_words * 2 > c->words; i++) {
        c->hits[i] += c->capital_hits[i];
    }
}

static void take_census(census *c, lac_span text)
{
    char word[MAX_WORD];
    size_t length = 0;
    unsigned letters = 0; /* of the word */
    unsigned capitals = 0;
    bool fits = true;
    for (size_t i = 0; i <= text.len;) {
        size_t n = 1;
        uint32_t codepoint =
            i < text.len ? lac_utf8_decode(lac_span_make(text.ptr + i, text.len - i), &n) : ' ';
        if (lac_utf8_is_letter(codepoint)) {
            count_letter(c, codepoint);
            fits = fits && length + 4 < sizeof word;
            uint32_t lower = lac_utf8_lower(codepoint);
            if (fits) {
                length += lac_utf8_encode(word + length, lower);
            }
            letters++;
            capitals += lower != codepoint;
        } else if (letters > 0) {
            /* A word too long for the table is no function word. */
            count_word(c, fits ? lac_span_make(word, length) : lac_span_of("\x01"),
                       letters > 1 && capitals == letters);
            length = 0;
            letters = capitals = 0;
            fits = true;
        }
        i += n;
    }
    settle_capitals(c);
}

static const char *script_language(const census *c, double *share)
{
    const struct {
        const char *code;
        unsigned count;
    } scripts[] = {
        {"ja", c->kana > 0 ? c->kana + c->han : 0},
        {"zh", c->kana == 0 ? c->han : 0},
        {"ru", c->cyrillic},
        {"ko", c->hangul},
        {"ar", c->arabic},
        {"he", c->hebrew},
        {"el", c->greek},
    };
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        if (c->letters > 0 && scripts[i].count * 2 > c->letters) {
            *share = (double)scripts[i].count / c->letters;
            return scripts[i].code;
        }
    }
    return NULL;
}

lac_language_guess lac_guess_language(const lac_lexicon *lexicon, lac_span text)
{
    census c = {.lexicon = lexicon};
    take_census(&c, lac_span_make(text.ptr, text.len < MAX_SAMPLE ? text.len : MAX_SAMPLE));
    lac_language_guess guess = {"", 0.0, c.words, 0};
    double share = 0.0;
    const char *by_script = script_language(&c, &share);
    if (by_script != NULL && c.letters >= LAC_LANGUAGE_MIN_WORDS) {
        guess.code = by_script;
        guess.confidence = share;
        return guess;
    }
    if (c.words < LAC_LANGUAGE_MIN_WORDS) {
        return guess;
    }
    size_t best = 0;
    size_t second = 1;
    for (size_t i = 1; i < LANGUAGES; i++) {
        if (c.hits[i] > c.hits[best]) {
            second = best;
            best = i;
        } else if (c.hits[i] > c.hits[second] || second == best) {
            second = i;
        }
    }
    /* Running text has a function word in every three to five words; tables, lists and names have
     * far fewer, and those few tell no language. */
    if (c.hits[best] * 10 < c.words || c.hits[best] == 0) {
        return guess;
    }
    guess.code = languages[best].code;
    guess.function_words = c.hits[best];
    guess.confidence = 1.0 - (double)c.hits[second] / (double)c.hits[best] / 2.0;
    return guess;
}
