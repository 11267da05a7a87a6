#include "drafter/phi/pseudonyms.h"

#include "drafter/phi/person.h"
#include "support/error.h"
#include "support/utf8.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>

enum { NONCE_BYTES = 3, NONCE_ROOM = 2 * NONCE_BYTES + 1, TEXT_MAX = 64 << 20 };

typedef struct entry {
    lac_phi_kind kind;
    uint32_t number;
    char *text; /* as first met; of a name the fullest form */
    size_t length;
    lac_person person; /* of names */
    char token[LAC_PSEUDONYM_MAX];
} entry;

struct lac_pseudonyms {
    char nonce[NONCE_ROOM];
    entry *entries;
    size_t count, capacity;
    uint32_t numbers[LAC_PHI_KINDS];
};

lacuna_status lac_pseudonyms_new(lac_pseudonyms **out, lacuna_error *err)
{
    unsigned char bytes[NONCE_BYTES];
    *out = NULL;
    if (RAND_bytes(bytes, sizeof bytes) != 1) {
        return lac_fail(err, LACUNA_E_INTERNAL, "the system gives no random numbers");
    }
    lac_pseudonyms *map = calloc(1, sizeof *map);
    if (map == NULL) {
        return lac_fail_nomem(err);
    }
    (void)snprintf(map->nonce, sizeof map->nonce, "%02x%02x%02x", bytes[0], bytes[1], bytes[2]);
    *out = map;
    return LACUNA_OK;
}

void lac_pseudonyms_free(lac_pseudonyms *map)
{
    if (map != NULL) {
        for (size_t i = 0; i < map->count; i++) {
            OPENSSL_cleanse(map->entries[i].text, map->entries[i].length);
            free(map->entries[i].text);
        }
        if (map->entries != NULL) {
            OPENSSL_cleanse(map->entries, map->capacity * sizeof *map->entries);
        }
        free(map->entries);
        free(map);
    }
}

size_t lac_pseudonyms_count(const lac_pseudonyms *map)
{
    return map->count;
}

/* ---- issuing -------------------------------------------------------------------------------- */

/* The same but for case and for what is no letter or digit. */
static bool same_text(lac_span a, lac_span b)
{
    size_t i = 0, k = 0;
    while (i < a.len || k < b.len) {
        size_t step_a = 1, step_b = 1;
        uint32_t x = i < a.len ? lac_utf8_decode(lac_span_make(a.ptr + i, a.len - i), &step_a) : 0;
        uint32_t y = k < b.len ? lac_utf8_decode(lac_span_make(b.ptr + k, b.len - k), &step_b) : 0;
        if (x != 0 && !lac_utf8_is_letter(x) && !lac_utf8_is_digit(x)) {
            i += step_a;
        } else if (y != 0 && !lac_utf8_is_letter(y) && !lac_utf8_is_digit(y)) {
            k += step_b;
        } else if (lac_utf8_lower(x) != lac_utf8_lower(y)) {
            return false;
        } else {
            i += step_a;
            k += step_b;
        }
    }
    return true;
}

static lac_span text_of(const entry *e)
{
    return lac_span_make(e->text, e->length);
}

/* A name that could be that of two persons is neither's. */
static const entry *find_person(const lac_pseudonyms *map, lac_span text, const lac_person *person)
{
    const entry *found = NULL;
    for (size_t i = 0; i < map->count; i++) {
        const entry *e = &map->entries[i];
        if (e->kind != LAC_PHI_NAME) {
            continue;
        }
        if (same_text(text_of(e), text)) {
            return e;
        }
        if (lac_person_agrees(&e->person, person)) {
            if (found != NULL) {
                return NULL;
            }
            found = e;
        }
    }
    return found;
}

static const entry *find_entry(const lac_pseudonyms *map, lac_phi_kind kind, lac_span text,
                               const lac_person *person)
{
    if (kind == LAC_PHI_NAME) {
        return find_person(map, text, person);
    }
    for (size_t i = 0; i < map->count; i++) {
        if (map->entries[i].kind == kind && same_text(text_of(&map->entries[i]), text)) {
            return &map->entries[i];
        }
    }
    return NULL;
}

static lacuna_status issue(const entry **out, lac_pseudonyms *map, lac_phi_kind kind, lac_span text,
                           const lac_person *person, lacuna_error *err)
{
    void *entries = map->entries;
    lacuna_status status = lac_grow(&entries, &map->capacity, map->count + 1, sizeof *map->entries,
                                    LAC_PSEUDONYMS_MAX);
    map->entries = entries;
    char *copy = status == LACUNA_OK ? malloc(text.len + 1) : NULL;
    if (copy == NULL) {
        return status == LACUNA_E_LIMIT ? lac_fail(err, status, "there are too many pseudonyms")
                                        : lac_fail_nomem(err);
    }
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    entry *e = &map->entries[map->count++];
    *e = (entry){.kind = kind,
                 .number = ++map->numbers[kind],
                 .text = copy,
                 .length = text.len,
                 .person = *person};
    (void)snprintf(e->token, sizeof e->token, "[[%s_%u:%s]]", lac_phi_kind_token(kind), e->number,
                   map->nonce);
    *out = e;
    return LACUNA_OK;
}

lacuna_status lac_pseudonyms_issue(uint32_t *index, lac_pseudonyms *map, lac_phi_kind kind,
                                   lac_span text, lacuna_error *err)
{
    lac_person person = {{0}, {0}};
    if (kind == LAC_PHI_NAME) {
        lac_person_read(&person, text);
    }
    const entry *e = find_entry(map, kind, text, &person);
    lacuna_status status = e == NULL ? issue(&e, map, kind, text, &person, err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        *index = (uint32_t)(e - map->entries);
    }
    return status;
}

lac_span lac_pseudonyms_token(const lac_pseudonyms *map, uint32_t index)
{
    return lac_span_of(map->entries[index].token);
}

/* ---- reading tokens ------------------------------------------------------------------------- */

typedef struct token {
    lac_span whole, kind, number, nonce;
} token;

static size_t count_of(lac_span text, size_t at, const char *characters)
{
    size_t count = 0;
    while (at + count < text.len && strchr(characters, text.ptr[at + count]) != NULL &&
           text.ptr[at + count] != '\0') {
        count++;
    }
    return count;
}

/* Anything of the form "[[KIND_1:...]]" at the beginning of the text, with any digits or none. */
static bool read_token(token *t, lac_span text)
{
    size_t kind = count_of(text, 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t at = 2 + kind;
    if (kind == 0 || at >= text.len || text.ptr[at] != '_') {
        return false;
    }
    size_t number = count_of(text, at + 1, "0123456789");
    size_t colon = at + 1 + number;
    bool has_nonce = colon < text.len && text.ptr[colon] == ':';
    size_t nonce = has_nonce ? count_of(text, colon + 1, "0123456789abcdefABCDEF") : 0;
    size_t end = colon + (has_nonce ? 1 : 0) + nonce;
    if (end + 2 > text.len || memcmp(text.ptr + end, "]]", 2) != 0) {
        return false;
    }
    *t = (token){lac_span_make(text.ptr, end + 2), lac_span_make(text.ptr + 2, kind),
                 lac_span_make(text.ptr + at + 1, number),
                 lac_span_make(text.ptr + colon + (has_nonce ? 1 : 0), nonce)};
    return true;
}

/* The entry a token stands for, its random digits aside. */
static const entry *entry_of(const lac_pseudonyms *map, const token *t)
{
    char name[LAC_PSEUDONYM_MAX];
    for (size_t i = 0; i < map->count; i++) {
        const entry *e = &map->entries[i];
        (void)snprintf(name, sizeof name, "%u", e->number);
        if (lac_span_is(t->kind, lac_phi_kind_token(e->kind)) && lac_span_is(t->number, name)) {
            return e;
        }
    }
    return NULL;
}

typedef enum how { RESTORE, STRIP, STAMP } how;

static lacuna_status write_token(lac_buf *out, uint32_t *unknown, const lac_pseudonyms *map,
                                 const token *t, how action)
{
    const entry *e = entry_of(map, t);
    bool issued = e != NULL && lac_span_is(t->nonce, map->nonce);
    if (action == RESTORE) {
        *unknown += !issued;
        return lac_buf_append_span(out, issued ? text_of(e) : t->whole);
    }
    if (action == STRIP && issued) {
        return lac_buf_printf(out, "[[%s_%u:]]", lac_phi_kind_token(e->kind), e->number);
    }
    bool stamped = action == STAMP && e != NULL && t->nonce.len == 0;
    return stamped ? lac_buf_append_text(out, e->token) : lac_buf_append_span(out, t->whole);
}

static lacuna_status rewrite(lac_buf *out, uint32_t *unknown, const lac_pseudonyms *map,
                             lac_span text, how action, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    token t;
    *unknown = 0;
    while (text.len > 0 && status == LACUNA_OK) {
        const char *open = text.ptr;
        while ((open = memchr(open, '[', (size_t)(text.ptr + text.len - open))) != NULL &&
               !(open + 1 < text.ptr + text.len && open[1] == '[')) {
            open++;
        }
        size_t before = open == NULL ? text.len : (size_t)(open - text.ptr);
        status = lac_buf_append(out, text.ptr, before);
        text = lac_span_make(text.ptr + before, text.len - before);
        if (text.len == 0 || status != LACUNA_OK) {
            break;
        }
        bool is_token = read_token(&t, text);
        size_t length = is_token ? t.whole.len : 1;
        status = is_token ? write_token(out, unknown, map, &t, action)
                          : lac_buf_append(out, text.ptr, 1);
        text = lac_span_make(text.ptr + length, text.len - length);
    }
    return status == LACUNA_OK || status == LACUNA_E_LIMIT ? status : lac_fail_nomem(err);
}

lacuna_status lac_pseudonyms_restore(lac_buf *out, uint32_t *unknown, const lac_pseudonyms *map,
                                     lac_span text, lacuna_error *err)
{
    return rewrite(out, unknown, map, text, RESTORE, err);
}

lacuna_status lac_pseudonyms_strip(lac_buf *out, const lac_pseudonyms *map, lac_span text,
                                   lacuna_error *err)
{
    uint32_t unknown;
    return rewrite(out, &unknown, map, text, STRIP, err);
}

lacuna_status lac_pseudonyms_stamp(lac_buf *out, const lac_pseudonyms *map, lac_span text,
                                   lacuna_error *err)
{
    uint32_t unknown;
    return rewrite(out, &unknown, map, text, STAMP, err);
}

lacuna_status lac_pseudonyms_json(json_t **out, const lac_pseudonyms *map, lacuna_error *err)
{
    json_t *tree = json_object();
    bool made = tree != NULL;
    for (size_t i = 0; i < map->count && made; i++) {
        const entry *e = &map->entries[i];
        made = json_object_set_new(tree, e->token, json_stringn(e->text, e->length)) == 0;
    }
    if (!made) {
        json_decref(tree);
        tree = NULL;
    }
    *out = tree;
    return made ? LACUNA_OK : lac_fail_nomem(err);
}
