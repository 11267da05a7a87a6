#include "analyzer/leftovers.h"

#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_TAG = 300, MAX_LEFTOVERS = 1 << 20, FEW_WORDS = 14, SHORT_BYTES = 200 };

/* First words of a bracketed instruction. A citation "[12]" or a name "[Heart failure]" is none. */
static const char *const instruction_words[] = {
    "insert",  "specify",   "enter",     "describe", "add",      "provide",     "complete",
    "select",  "choose",    "state",     "include",  "indicate", "define",      "give",
    "write",   "type",      "replace",   "delete",   "remove",   "fill",        "to",
    "tbd",     "tbc",       "tba",       "xx",       "xxx",      "xxxx",        "placeholder",
    "if",      "summarize", "summarise", "explain",  "example",  "instruction", "option",
    "text",    "note",      "modify",    "adapt",    "use",      "list",        "identify",
    "confirm", "update",    "blank",
};

/* Fields of a title page that templates put in brackets. */
static const char *const field_names[] = {
    "sponsor",
    "sponsor name",
    "sponsor's name",
    "protocol number",
    "protocol title",
    "study title",
    "trial title",
    "study number",
    "study name",
    "date",
    "version",
    "version number",
    "drug name",
    "product name",
    "compound",
    "drug",
    "investigator",
    "investigator name",
    "site name",
    "name",
    "phone",
    "phone number",
    "telephone",
    "address",
    "company",
    "company name",
    "institution",
    "institution name",
    "indication",
    "number",
    "signature",
    "title",
    "study drug",
    "study drug name",
    "study intervention",
    "protocol id",
    "country",
    "email",
    "disease",
    "dose",
    "compound number",
    "short title",
    "acronym",
    "study doctor",
    "study doctor's name",
};

static const char *const prompts[] = {
    "click or tap",     "click here",     "choose an item",          "enter text here",
    "insert text here", "type text here", "insert appropriate text", "enter a date",
    "tap to enter",     "[text]",         "placeholder text",        "your text here",
};

/* How an instruction to the author begins; only at the start of a block. */
static const char *const author_instructions[] = {
    "this section should",
    "this section must",
    "this section describes how to",
    "this section will describe",
    "in this section, describe",
    "in this section describe",
    "describe the ",
    "describe how ",
    "describe any ",
    "describe here",
    "insert ",
    "delete this",
    "provide a description of",
    "provide a brief",
    "provide a summary of",
    "summarize the ",
    "summarise the ",
    "include a description of",
    "include a brief",
    "instruction:",
    "instructions:",
    "guidance:",
    "note to author",
    "template instruction",
    "if applicable, describe",
    "if applicable, include",
    "if not applicable, state",
    "explain the rationale",
    "state whether ",
    "specify the ",
    "list the ",
    "enter the ",
    "add text",
};

/* First words that only speak to the author, in a style made for instructions. */
static const char *const imperatives[] = {
    "insert",  "specify", "enter",   "describe", "provide",   "complete",
    "select",  "choose",  "include", "indicate", "summarize", "summarise",
    "explain", "list",    "state",   "delete",   "define",    "identify",
};

static const char *const html_names[] = {
    "br", "sup", "sub", "b",  "i",    "u",   "p",   "td",    "tr",     "th",   "li",
    "ul", "ol",  "a",   "em", "span", "div", "img", "table", "strong", "html", "body"};

static bool is_word_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

static bool in_list(lac_span text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lac_span_equal_nocase(text, lac_span_of(list[i]))) {
            return true;
        }
    }
    return false;
}

#define IN_LIST(text, list) in_list(text, list, sizeof(list) / sizeof(list)[0])

static lac_span first_word(lac_span text)
{
    lac_span s = lac_span_trim(text);
    size_t n = 0;
    while (n < s.len && is_word_char(s.ptr[n])) {
        n++;
    }
    return lac_span_make(s.ptr, n);
}

static size_t count_words(lac_span text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++) {
        words += is_word_char(text.ptr[i]) && (i == 0 || !is_word_char(text.ptr[i - 1]));
    }
    return words;
}

/* Offset of `needle` (lower case) in `text`, ASCII case ignored, or SIZE_MAX. */
static size_t find_nocase(lac_span text, const char *needle)
{
    size_t length = strlen(needle);
    char lower = needle[0];
    char upper = lower >= 'a' && lower <= 'z' ? (char)(lower - 32) : lower;
    for (size_t i = 0; i + length <= text.len; i++) {
        if ((text.ptr[i] == lower || text.ptr[i] == upper) &&
            lac_span_equal_nocase(lac_span_make(text.ptr + i, length),
                                  lac_span_make(needle, length))) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Where the tag opened at `text.ptr[0]` by `open_length` bytes ends: just behind `close`; 0:
 * nowhere near. */
static size_t tag_end(lac_span text, size_t open_length, const char *close)
{
    size_t length = strlen(close);
    size_t limit = text.len < MAX_TAG ? text.len : MAX_TAG;
    for (size_t i = open_length; i + length <= limit; i++) {
        if (memcmp(text.ptr + i, close, length) == 0) {
            return i + length;
        }
    }
    return 0;
}

static lac_span inside(lac_span text, size_t end, size_t open_length, size_t close_length)
{
    return lac_span_make(text.ptr + open_length, end - open_length - close_length);
}

static bool is_bracket_instruction(lac_span inner)
{
    lac_span trimmed = lac_span_trim(inner);
    lac_span word = first_word(trimmed);
    return IN_LIST(word, instruction_words) || IN_LIST(trimmed, field_names) ||
           find_nocase(trimmed, "to be ") != SIZE_MAX ||
           (trimmed.len > 0 && memcmp(trimmed.ptr, "\xE2\x80\xA6", trimmed.len < 3 ? 1 : 3) == 0 &&
            trimmed.len >= 3) ||
           lac_span_is(trimmed, "...");
}

/* "<define/>" and "</text>" are markup of a file, not a template's. */
static bool is_markup(lac_span inner)
{
    return inner.len > 0 && (inner.ptr[0] == '/' || inner.ptr[inner.len - 1] == '/');
}

/* "<Sponsor Name>" is a tag; "<0.05", "<LLOQ and >ULN", "<br>" and "<a@b.org>" are not. */
static bool is_angle_tag(lac_span inner)
{
    if (inner.len < 2 || inner.len > 80 || !is_word_char(inner.ptr[0]) || is_markup(inner) ||
        (inner.ptr[0] >= '0' && inner.ptr[0] <= '9') || inner.ptr[inner.len - 1] == ' ') {
        return false;
    }
    for (size_t i = 0; i < inner.len; i++) {
        if (strchr("@=<;", inner.ptr[i]) != NULL || inner.ptr[i] == '\0') {
            return false;
        }
    }
    return find_nocase(inner, "://") == SIZE_MAX && count_words(inner) <= 8 &&
           !IN_LIST(first_word(inner), html_names);
}

static bool is_hash_tag(lac_span inner)
{
    if (inner.len < 2 || inner.len > 80 || inner.ptr[0] < 'A') {
        return false;
    }
    for (size_t i = 0; i < inner.len; i++) {
        if (!is_word_char(inner.ptr[i]) && strchr("_ /()&-.,'", inner.ptr[i]) == NULL) {
            return false;
        }
    }
    return inner.ptr[inner.len - 1] != ' ';
}

/* Length of a leftover written with a pair of marks that starts at text.ptr[0]; 0: none. */
static size_t marked_leftover(lac_span text, lac_leftover_kind *kind)
{
    *kind = LAC_LEFTOVER_TAG;
    size_t end;
    if (text.len > 2 && memcmp(text.ptr, "<<", 2) == 0) {
        return tag_end(text, 2, ">>");
    }
    if (text.len > 2 && memcmp(text.ptr, "{{", 2) == 0) {
        return tag_end(text, 2, "}}");
    }
    if (text.len > 2 && memcmp(text.ptr, "\xC2\xAB", 2) == 0) {
        end = tag_end(text, 2, "\xC2\xBB");
        return end > 0 && count_words(inside(text, end, 2, 2)) <= 2 ? end : 0;
    }
    switch (text.ptr[0]) {
    case '[':
        *kind = LAC_LEFTOVER_BRACKET;
        end = tag_end(text, 1, "]");
        return end > 0 && is_bracket_instruction(inside(text, end, 1, 1)) ? end : 0;
    case '{':
        end = tag_end(text, 1, "}");
        return end > 0 && is_bracket_instruction(inside(text, end, 1, 1)) ? end : 0;
    case '<':
        end = tag_end(text, 1, ">");
        return end > 0 && is_angle_tag(inside(text, end, 1, 1)) ? end : 0;
    case '#':
        end = tag_end(text, 1, "#");
        return end > 0 && is_hash_tag(inside(text, end, 1, 1)) ? end : 0;
    default:
        return 0;
    }
}

/* Length of a word made of x only ("XX", "xxx"), with digits' stand-ins such as XX.X. */
static size_t x_run(lac_span text)
{
    size_t n = 0;
    while (n < text.len && (text.ptr[n] == 'X' || text.ptr[n] == 'x')) {
        n++;
    }
    bool ends = n == text.len || !is_word_char(text.ptr[n]);
    bool one_case = true;
    for (size_t i = 1; i < n; i++) {
        one_case = one_case && text.ptr[i] == text.ptr[0];
    }
    return n >= 2 && ends && one_case ? n : 0;
}

/* Length of an open word or date mask at the start of a word; 0: none. */
static size_t open_word(lac_span text, lac_leftover_kind *kind)
{
    static const char *const open[] = {"TBD", "TBC", "TBA", "T.B.D.", "t.b.d."};
    static const char *const masks[] = {
        "DD-MMM-YYYY", "DD MMM YYYY", "DD/MMM/YYYY", "DD/MM/YYYY",  "MM/DD/YYYY",  "dd/mm/yyyy",
        "dd-mmm-yyyy", "DDMMMYYYY",   "YYYY-MM-DD",  "dd mmm yyyy", "DD-Mmm-YYYY", "DD Month YYYY"};
    *kind = LAC_LEFTOVER_OPEN;
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        size_t n = strlen(open[i]);
        if (text.len >= n && memcmp(text.ptr, open[i], n) == 0 &&
            (text.len == n || !is_word_char(text.ptr[n]))) {
            return n;
        }
    }
    size_t run = x_run(text);
    if (run > 0) {
        return run;
    }
    *kind = LAC_LEFTOVER_DATE_MASK;
    for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
        size_t n = strlen(masks[i]);
        if (text.len >= n && memcmp(text.ptr, masks[i], n) == 0) {
            return n;
        }
    }
    return 0;
}

/* Writers type over an instruction and keep its style, so the style alone proves nothing: the words
 * have to address the author too. */
static bool addresses_author(lac_span text)
{
    static const char *const about_the_text[] = {
        "this section",        "this template",       "this heading", "if applicable",
        "not applicable",      "the protocol should", "delete",       "template",
        "should be described", "should be included",  "heading",      "as appropriate",
        "example text",        "suggested text",
    };
    lac_span word = first_word(text);
    if (!IN_LIST(word, instruction_words)) {
        return find_nocase(lac_utf8_prefix(text, 60), "this section") != SIZE_MAX;
    }
    for (size_t i = 0; i < sizeof about_the_text / sizeof about_the_text[0]; i++) {
        if (find_nocase(text, about_the_text[i]) != SIZE_MAX) {
            return true;
        }
    }
    return IN_LIST(word, imperatives);
}

typedef struct scan {
    lac_leftovers *out;
    const lac_document *document;
    bool is_template; /* many paragraphs speak to the author */
    bool *to_author;  /* per section: every paragraph does */
    lacuna_status status;
} scan;

static void add(scan *s, uint32_t start, uint32_t end, lac_leftover_kind kind)
{
    if (s->status != LACUNA_OK) {
        return;
    }
    s->status = lac_grow((void **)&s->out->items, &s->out->cap, s->out->count + 1,
                         sizeof *s->out->items, MAX_LEFTOVERS);
    if (s->status == LACUNA_OK) {
        s->out->items[s->out->count++] = (lac_leftover){start, end, kind};
    }
}

/* "To be determined.", or a prompt: only a short block is nothing but that. */
static bool short_block_leftover(lac_span text, lac_leftover_kind *kind)
{
    static const char *const open[] = {"to be determined", "to be confirmed", "to be decided",
                                       "to be defined",    "to be added",     "to be completed",
                                       "to be provided",   "to be announced", "to be written",
                                       "to be inserted",   "to follow"};
    for (size_t i = 0; i < sizeof prompts / sizeof prompts[0]; i++) {
        if (find_nocase(text, prompts[i]) != SIZE_MAX) {
            *kind = LAC_LEFTOVER_PROMPT;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        if (lac_span_starts_nocase(text, open[i])) {
            *kind = LAC_LEFTOVER_OPEN;
            return true;
        }
    }
    return false;
}

/* A whole paragraph in brackets that begins like an instruction: "<Instruction: name the sites;
 * ...>". Longer and freer than a tag in a sentence may be. */
static bool is_wrapped_instruction(lac_span text)
{
    static const char open[] = "<[{";
    static const char close[] = ">]}";
    const char *mark = text.len > 2 ? memchr(open, text.ptr[0], sizeof open - 1) : NULL;
    if (mark == NULL || text.ptr[text.len - 1] != close[mark - open] ||
        memchr(text.ptr + 1, text.ptr[0], text.len - 1) != NULL) {
        return false;
    }
    lac_span inner = lac_span_make(text.ptr + 1, text.len - 2);
    lac_span word = first_word(inner);
    return !is_markup(inner) && (IN_LIST(word, instruction_words) || IN_LIST(word, imperatives) ||
                                 lac_span_equal_nocase(word, lac_span_of("instructions")) ||
                                 lac_span_equal_nocase(word, lac_span_of("guidance")));
}

static bool whole_block_leftover(lac_span text, lac_leftover_kind *kind)
{
    for (size_t i = 0; i < sizeof author_instructions / sizeof author_instructions[0]; i++) {
        if (lac_span_starts_nocase(text, author_instructions[i])) {
            *kind = LAC_LEFTOVER_INSTRUCTION;
            return true;
        }
    }
    if (is_wrapped_instruction(text)) {
        *kind = LAC_LEFTOVER_INSTRUCTION;
        return true;
    }
    if (lac_span_starts_nocase(text, "lorem ipsum")) {
        *kind = LAC_LEFTOVER_FILLER;
        return true;
    }
    return text.len <= SHORT_BYTES && count_words(text) <= FEW_WORDS &&
           short_block_leftover(text, kind);
}

static void scan_words(scan *s, const lac_block *block, lac_span text)
{
    bool at_word_start = true;
    for (size_t i = 0; i < text.len;) {
        lac_span rest = lac_span_make(text.ptr + i, text.len - i);
        lac_leftover_kind kind;
        size_t length = 0;
        if (strchr("<{[#\xC2", text.ptr[i]) != NULL && text.ptr[i] != '\0') {
            length = marked_leftover(rest, &kind);
        } else if (at_word_start && strchr("TXxDdMYt", text.ptr[i]) != NULL) {
            length = open_word(rest, &kind);
        }
        if (length > 0) {
            add(s, block->start + (uint32_t)i, block->start + (uint32_t)(i + length), kind);
            i += length;
            at_word_start = false;
            continue;
        }
        at_word_start = !is_word_char(text.ptr[i]);
        i++;
    }
}

/* "Describe the ...": in a template an instruction, in a protocol perhaps a duty of the site. */
static bool speaks_to_author(lac_span text)
{
    static const char *const author_words[] = {"describe", "specify", "summarize", "summarise",
                                               "explain",  "state",   "indicate",  "provide",
                                               "include",  "enter",   "insert",    "list"};
    while (text.len > 0 && strchr("[{(<", text.ptr[0]) != NULL) {
        text = lac_span_make(text.ptr + 1, text.len - 1);
    }
    lac_span word = first_word(text);
    return IN_LIST(word, author_words) && word.len < text.len && text.ptr[word.len] == ' ';
}

static bool is_template(const lac_document *document)
{
    enum { MANY = 12 };
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->block_count && count < MANY; i++) {
        const lac_block *block = &document->blocks[i];
        bool running = block->channel == LAC_CHANNEL_BODY && block->level == 0 &&
                       (block->flags & (LAC_BLOCK_LIST_ITEM | LAC_BLOCK_TOC)) == 0;
        count += running && speaks_to_author(lac_span_trim(lac_block_text(document, block)));
    }
    return count >= MANY;
}

/* A section of nothing but "Describe the ...", "Specify ...": no writer leaves it at that. One such
 * sentence among others may be a duty of the site. */
static bool only_speaks_to_author(const lac_document *document, uint32_t section)
{
    enum { MOST = 6 };
    const lac_section *own = &document->sections[section];
    uint32_t count = 0;
    for (uint32_t i = own->first_block; i < own->own_end_block; i++) {
        const lac_block *block = &document->blocks[i];
        lac_span text = lac_span_trim(lac_block_text(document, block));
        if (i == own->heading || text.len == 0 || block->channel != LAC_CHANNEL_BODY) {
            continue;
        }
        if (++count > MOST || block->table != LAC_NONE || !speaks_to_author(text)) {
            return false;
        }
    }
    return count > 0;
}

/* Per section, for sections with a heading. */
static lacuna_status find_author_sections(scan *s)
{
    uint32_t count = s->document->section_count;
    s->to_author = calloc(count > 0 ? count : 1, sizeof *s->to_author);
    for (uint32_t i = 1; s->to_author != NULL && i < count; i++) {
        s->to_author[i] = only_speaks_to_author(s->document, i);
    }
    return s->to_author == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static void scan_block(scan *s, const lac_block *block)
{
    lac_span text = lac_block_text(s->document, block);
    uint32_t end = block->start + block->length;
    lac_leftover_kind kind;
    if (text.len == 0 || (block->flags & LAC_BLOCK_TOC) != 0) {
        return;
    }
    if ((block->flags & LAC_BLOCK_EMPTY_CONTROL) != 0) {
        add(s, block->start, end, LAC_LEFTOVER_PROMPT);
    } else if ((block->flags & LAC_BLOCK_INSTRUCTION) != 0 && block->level == 0 &&
               (s->is_template || addresses_author(lac_span_trim(text)))) {
        add(s, block->start, end, LAC_LEFTOVER_INSTRUCTION);
    } else if (block->level == 0 && whole_block_leftover(lac_span_trim(text), &kind)) {
        add(s, block->start, end, kind);
    } else if ((s->is_template || s->to_author[block->section]) && block->level == 0 &&
               speaks_to_author(lac_span_trim(text))) {
        add(s, block->start, end, LAC_LEFTOVER_INSTRUCTION);
    } else {
        scan_words(s, block, text);
    }
}

lacuna_status lac_leftovers_find(lac_leftovers *out, const lac_document *document,
                                 lacuna_error *err)
{
    *out = (lac_leftovers){NULL, 0, 0};
    scan s = {.out = out, .document = document, .is_template = is_template(document)};
    s.status = find_author_sections(&s);
    for (uint32_t i = 0; i < document->block_count && s.status == LACUNA_OK; i++) {
        const lac_block *block = &document->blocks[i];
        if (block->channel < LAC_CHANNEL_COMMENT) {
            scan_block(&s, block);
        }
    }
    free(s.to_author);
    if (s.status == LACUNA_E_LIMIT) {
        return lac_fail(err, s.status, "more than %d template leftovers", MAX_LEFTOVERS);
    }
    return s.status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}

void lac_leftovers_free(lac_leftovers *leftovers)
{
    free(leftovers->items);
    *leftovers = (lac_leftovers){NULL, 0, 0};
}

const char *lac_leftover_kind_name(lac_leftover_kind kind)
{
    switch (kind) {
    case LAC_LEFTOVER_TAG:
        return "template tag";
    case LAC_LEFTOVER_BRACKET:
        return "bracketed instruction";
    case LAC_LEFTOVER_OPEN:
        return "open point";
    case LAC_LEFTOVER_PROMPT:
        return "unfilled field";
    case LAC_LEFTOVER_INSTRUCTION:
        return "author instruction";
    case LAC_LEFTOVER_DATE_MASK:
        return "date mask";
    case LAC_LEFTOVER_FILLER:
        return "filler text";
    }
    return "leftover";
}
