#include "analyzer/letter/headings.h"

enum { MOST_BYTES = 100, MOST_WORDS = 14, MOST_UNKNOWN_WORDS = 8, LEAST_LETTERS = 4, SLACK = 2 };

typedef struct shape {
    uint32_t words, letters;
    bool lower; /* a word in small letters that is none of the little ones */
    bool ended; /* it ends like a sentence or goes on */
} shape;

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_little(lac_span word)
{
    static const char *const little[] = {"and", "or", "of", "for", "the", "to", "in", "with"};
    for (size_t i = 0; i < sizeof little / sizeof little[0]; i++) {
        if (lac_span_is(word, little[i])) {
            return true;
        }
    }
    return false;
}

static void look_at_word(shape *s, lac_span word)
{
    s->words++;
    bool little = is_little(word);
    for (size_t i = 0; i < word.len; i++) {
        s->letters += is_upper(word.ptr[i]) || is_lower(word.ptr[i]) ? 1 : 0;
        s->lower = s->lower || (is_lower(word.ptr[i]) && !little);
    }
}

static shape shape_of(lac_span line)
{
    shape s = {0};
    for (size_t i = 0; i < line.len;) {
        size_t start = i;
        while (i < line.len && line.ptr[i] != ' ') {
            i++;
        }
        if (i > start) {
            look_at_word(&s, lac_span_make(line.ptr + start, i - start));
        }
        i++;
    }
    char last = line.len > 0 ? line.ptr[line.len - 1] : '.';
    s.ended = last != '\0' && strchr(".,;?!", last) != NULL;
    return s;
}

/* The rule whose term begins at `from` and reaches furthest. */
static const lac_letter_rule *longest(lac_letter_eye *eye, uint32_t from, uint32_t to,
                                      uint32_t *end)
{
    const lac_letter_rule_list *list = &eye->rules->groups[LAC_LETTER_HEADINGS];
    const lac_letter_rule *best = NULL;
    *end = from;
    for (uint32_t i = 0; i < list->count; i++) {
        for (uint32_t t = 0; t < list->items[i].term_count && eye->status == LACUNA_OK; t++) {
            bool found = false;
            lac_match match;
            eye->status = lac_term_find(&found, &match, list->items[i].terms[t], eye->index, from,
                                        to, eye->err);
            if (eye->status == LACUNA_OK && found && match.start == from && match.end > *end) {
                *end = match.end;
                best = &list->items[i];
            }
        }
    }
    return best;
}

/* Words that may stand between and behind the names of disciplines. */
static bool is_connector(lac_span word)
{
    static const char *const known[] = {"and",      "or",           "related",      "comment",
                                        "comments", "deficiency",   "deficiencies", "issue",
                                        "issues",   "requirements", "information"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (lac_span_equal_nocase(word, lac_span_of(known[i]))) {
            return true;
        }
    }
    return false;
}

/* What the line is about by its first words; *whole: nothing but names of topics is in it. */
static const lac_letter_rule *topic_of(const lac_letter_layout *layout, lac_letter_eye *eye,
                                       uint32_t from, uint32_t to, bool *whole)
{
    uint32_t count, at = from;
    const lac_token *tokens = lac_text_index_tokens(eye->index, &count);
    const lac_letter_rule *first = NULL;
    *whole = true;
    for (uint32_t i = lac_text_index_at(eye->index, from); i < count && tokens[i].start < to; i++) {
        if (tokens[i].start < at) {
            continue; /* inside of what was matched */
        }
        uint32_t end;
        const lac_letter_rule *rule = longest(eye, tokens[i].start, to, &end);
        lac_span word = lac_span_make(layout->letter->text.ptr + tokens[i].start, tokens[i].length);
        if (rule == NULL && (first == NULL || !is_connector(word))) {
            *whole = false;
            return first;
        }
        first = first == NULL ? rule : first;
        at = rule == NULL ? at : end;
    }
    *whole = first != NULL;
    return first;
}

static bool begins_upper(lac_span line)
{
    return line.len > 0 && is_upper(line.ptr[0]);
}

lac_letter_heading lac_letter_heading_of(lac_letter_layout *layout, lac_letter_eye *eye,
                                         uint32_t line, bool apart)
{
    lac_letter_heading result = {0};
    const lac_letter_line *l = &layout->letter->lines[line];
    lac_span text = lac_letter_line_text(layout->letter, line);
    if (text.len > 0 && text.ptr[text.len - 1] == ':') {
        text = lac_span_trim(lac_span_make(text.ptr, text.len - 1));
    }
    shape s = shape_of(text);
    if (text.len > MOST_BYTES || s.words > MOST_WORDS || s.letters < 3 || s.ended || !apart ||
        !begins_upper(text)) {
        return result;
    }
    bool whole;
    uint32_t to = l->start + (uint32_t)text.len;
    const lac_letter_rule *topic = topic_of(layout, eye, l->start, to, &whole);
    bool at_margin = l->indent <= layout->margin + SLACK;
    result.capitals = !s.lower;
    if (result.capitals) {
        result.heading = topic != NULL ||
                         (at_margin && s.letters >= LEAST_LETTERS && s.words <= MOST_UNKNOWN_WORDS);
    } else {
        result.heading = topic != NULL && whole && at_margin;
    }
    result.topic = result.heading ? topic : NULL;
    return result;
}
