#include "drafter/retrieval.h"

#include "analyzer/terms.h"
#include "analyzer/text_index.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <sqlite3.h>
#include <stdlib.h>

enum {
    UNIT_MAX = 1 << 22,
    QUERY_MAX = 64 * 1024,
    QUERY_WORDS_MAX = 200,
    WORD_MAX = 64,
    OVERSAMPLE = 4, /* rows ranked for each one returned, since hints reorder them */
};

/* How much a match counts, by where it stands; and how much a hint lifts. */
#define RANK "bm25(units, 6.0, 2.0, 1.0)"
static const double HINT_LIFT = 1.5;

/* What a row of the index stands for. */
typedef struct unit {
    uint32_t document, section, table, start, end;
} unit;

struct lac_retrieval {
    sqlite3 *database;
    sqlite3_stmt *insert, *select;
    const lac_source_document *documents;
    uint32_t document_count;
    unit *units;
    size_t unit_count, unit_capacity;
};

static lacuna_status fail_index(const lac_retrieval *r, lacuna_error *err)
{
    int code = r->database == NULL ? SQLITE_NOMEM : sqlite3_errcode(r->database);
    return code == SQLITE_NOMEM
               ? lac_fail_nomem(err)
               : lac_fail(err, LACUNA_E_INTERNAL, "the index of sources failed: %s",
                          sqlite3_errmsg(r->database));
}

/* ---- filling -------------------------------------------------------------------------------- */

static int bind_span(sqlite3_stmt *statement, int at, lac_span text)
{
    return sqlite3_bind_text64(statement, at, text.len == 0 ? "" : text.ptr, text.len,
                               SQLITE_STATIC, SQLITE_UTF8);
}

static lacuna_status add_unit(lac_retrieval *r, unit one, lac_span title, lac_span path,
                              lacuna_error *err)
{
    const lac_document *document = r->documents[one.document].document;
    lac_span text = lac_document_slice(document, one.start, one.end);
    if (lac_span_trim(text).len == 0) {
        return LACUNA_OK;
    }
    if (lac_grow((void **)&r->units, &r->unit_capacity, r->unit_count + 1, sizeof *r->units,
                 UNIT_MAX) != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    sqlite3_reset(r->insert);
    if (sqlite3_bind_int64(r->insert, 1, (sqlite3_int64)r->unit_count + 1) != SQLITE_OK ||
        bind_span(r->insert, 2, title) != SQLITE_OK || bind_span(r->insert, 3, path) != SQLITE_OK ||
        bind_span(r->insert, 4, text) != SQLITE_OK || sqlite3_step(r->insert) != SQLITE_DONE) {
        return fail_index(r, err);
    }
    r->units[r->unit_count++] = one;
    return LACUNA_OK;
}

/* Titles of the sections around one, outermost last: enough to find it by its chapter. */
static lacuna_status write_path(lac_buf *out, const lac_document *document, uint32_t section)
{
    lacuna_status status = LACUNA_OK;
    lac_buf_clear(out);
    while (section != 0 && status == LACUNA_OK) {
        section = document->sections[section].parent;
        if (section != 0) {
            status = lac_buf_append_span(out, document->sections[section].title);
            status = status == LACUNA_OK ? lac_buf_append_char(out, '\n') : status;
        }
    }
    return status;
}

static lacuna_status add_tables(lac_retrieval *r, uint32_t index, uint32_t section, lac_span path,
                                lacuna_error *err)
{
    const lac_document *document = r->documents[index].document;
    const lac_section *of = &document->sections[section];
    lacuna_status status = LACUNA_OK;
    for (uint32_t t = 0; t < document->table_count && status == LACUNA_OK; t++) {
        const lac_table *table = &document->tables[t];
        if (table->parent != LAC_NONE || table->end_block == table->first_block ||
            table->first_block < of->first_block || table->first_block >= of->own_end_block) {
            continue;
        }
        const lac_block *first = &document->blocks[table->first_block];
        const lac_block *last = &document->blocks[table->end_block - 1];
        status = add_unit(r, (unit){index, section, t, first->start, last->start + last->length},
                          of->title, path, err);
    }
    return status;
}

static bool is_contents(const lac_document *document, const lac_section *section)
{
    uint32_t at = section->first_block + (section->heading == LAC_NONE ? 0 : 1);
    return at < section->own_end_block && (document->blocks[at].flags & LAC_BLOCK_TOC) != 0;
}

static lacuna_status add_document(lac_retrieval *r, uint32_t index, lacuna_error *err)
{
    lac_buf path;
    const lac_document *document = r->documents[index].document;
    lac_buf_init(&path, QUERY_MAX);
    lacuna_status status = LACUNA_OK;
    for (uint32_t s = 0; s < document->section_count && status == LACUNA_OK; s++) {
        const lac_section *section = &document->sections[s];
        if (is_contents(document, section)) {
            continue;
        }
        if (write_path(&path, document, s) != LACUNA_OK) {
            status = lac_fail_nomem(err);
            break;
        }
        status = add_unit(r, (unit){index, s, LAC_NONE, section->body, section->own_end},
                          section->title, lac_buf_span(&path), err);
        if (status == LACUNA_OK) {
            status = add_tables(r, index, s, lac_buf_span(&path), err);
        }
    }
    lac_buf_free(&path);
    return status;
}

static lacuna_status open_index(lac_retrieval *r, lacuna_error *err)
{
    /* The tables of the index are SQLite's own; nothing of the input ever becomes SQL. */
    static const char create[] = "CREATE VIRTUAL TABLE units USING fts5(title, path, body, "
                                 "tokenize = 'porter unicode61 remove_diacritics 2')";
    if (sqlite3_open_v2(":memory:", &r->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK ||
        sqlite3_exec(r->database, create, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(r->database,
                           "INSERT INTO units(rowid, title, path, body) VALUES(?1, ?2, ?3, ?4)", -1,
                           &r->insert, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(r->database,
                           "SELECT rowid, " RANK " FROM units WHERE units MATCH ?1 ORDER BY " RANK
                           ", rowid LIMIT ?2",
                           -1, &r->select, NULL) != SQLITE_OK) {
        return fail_index(r, err);
    }
    return LACUNA_OK;
}

lacuna_status lac_retrieval_new(lac_retrieval **out, const lac_source_document *documents,
                                uint32_t count, lacuna_error *err)
{
    *out = NULL;
    lac_retrieval *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return lac_fail_nomem(err);
    }
    r->documents = documents;
    r->document_count = count;
    lacuna_status status = open_index(r, err);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = add_document(r, i, err);
    }
    if (status != LACUNA_OK) {
        lac_retrieval_free(r);
        return status;
    }
    *out = r;
    return LACUNA_OK;
}

void lac_retrieval_free(lac_retrieval *retrieval)
{
    if (retrieval != NULL) {
        sqlite3_finalize(retrieval->insert);
        sqlite3_finalize(retrieval->select);
        sqlite3_close(retrieval->database);
        free(retrieval->units);
        free(retrieval);
    }
}

/* ---- asking --------------------------------------------------------------------------------- */

/* Words that are in every requirement and tell nothing. */
static bool is_common(lac_span word)
{
    static const char *const common[] = {
        "a",     "an",     "and",  "any",     "are",      "as",        "at",          "be",
        "by",    "each",   "for",  "from",    "how",      "if",        "in",          "into",
        "is",    "it",     "its",  "not",     "of",       "on",        "or",          "other",
        "shall", "should", "such", "that",    "the",      "their",     "they",        "this",
        "to",    "used",   "was",  "were",    "what",     "when",      "where",       "which",
        "who",   "will",   "with", "section", "document", "described", "description", "information",
    };
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
        if (lac_span_equal_nocase(word, lac_span_of(common[i]))) {
            return true;
        }
    }
    return false;
}

typedef struct query {
    lac_buf text;
    uint32_t words;
} query;

/* Every word as a quoted string of FTS5, joined by OR: no operator can come in. */
static lacuna_status add_words(query *q, const char *text)
{
    lac_span rest = lac_span_of(text);
    lacuna_status status = LACUNA_OK;
    while (rest.len > 0 && status == LACUNA_OK && q->words < QUERY_WORDS_MAX) {
        size_t begin = 0, length;
        uint32_t c = 0;
        while (begin < rest.len) {
            c = lac_utf8_decode(lac_span_make(rest.ptr + begin, rest.len - begin), &length);
            if (lac_utf8_is_letter(c) || lac_utf8_is_digit(c)) {
                break;
            }
            begin += length;
        }
        size_t end = begin;
        while (end < rest.len) {
            c = lac_utf8_decode(lac_span_make(rest.ptr + end, rest.len - end), &length);
            if (!lac_utf8_is_letter(c) && !lac_utf8_is_digit(c)) {
                break;
            }
            end += length;
        }
        lac_span word = lac_span_make(rest.ptr + begin, end - begin);
        if (word.len > 1 && word.len < WORD_MAX && !is_common(word)) {
            status = lac_buf_printf(&q->text, "%s\"%.*s\"", q->words == 0 ? "" : " OR ",
                                    (int)word.len, word.ptr);
            q->words++;
        }
        rest = lac_span_make(rest.ptr + end, rest.len - end);
    }
    return status;
}

static lacuna_status write_query(query *q, const lac_item *item)
{
    lacuna_status status = add_words(q, item->title);
    for (uint32_t i = 0; i < item->alias_count && status == LACUNA_OK; i++) {
        status = add_words(q, item->aliases[i]);
    }
    for (uint32_t i = 0; i < item->expect.fact_count && status == LACUNA_OK; i++) {
        const lac_fact *fact = &item->expect.facts[i];
        status = add_words(q, fact->name);
        for (uint32_t k = 0; k < fact->any_count && status == LACUNA_OK; k++) {
            const char *source = lac_term_source(fact->any[k]);
            status = source[0] == '/' || source[0] == '!' ? status : add_words(q, source);
        }
    }
    return status == LACUNA_OK ? add_words(q, item->requirement) : status;
}

/* Whether the checklist says that it often stands in such a document: "Informed consent form" for
 * the type "informed-consent". */
static bool is_hinted(const lac_source_document *document, const lac_item *item)
{
    char name[WORD_MAX];
    size_t length = strlen(document->type);
    if (length == 0 || length >= sizeof name) {
        return false;
    }
    for (size_t i = 0; i <= length; i++) {
        name[i] = document->type[i] == '-' || document->type[i] == '_' ? ' ' : document->type[i];
    }
    for (uint32_t i = 0; i < item->elsewhere_count; i++) {
        if (lac_span_starts_nocase(lac_span_of(item->elsewhere[i]), name)) {
            return true;
        }
    }
    return false;
}

static int compare_found(const void *a, const void *b)
{
    const lac_found *x = a, *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    if (x->document != y->document) {
        return x->document < y->document ? -1 : 1;
    }
    return (x->start > y->start) - (x->start < y->start);
}

static lacuna_status read_rows(lac_found *rows, uint32_t *count, uint32_t most, lac_retrieval *r,
                               const query *q, const lac_item *item, lacuna_error *err)
{
    int step;
    sqlite3_reset(r->select);
    if (bind_span(r->select, 1, lac_buf_span(&q->text)) != SQLITE_OK ||
        sqlite3_bind_int(r->select, 2, (int)most) != SQLITE_OK) {
        return fail_index(r, err);
    }
    while ((step = sqlite3_step(r->select)) == SQLITE_ROW && *count < most) {
        const unit *u = &r->units[sqlite3_column_int64(r->select, 0) - 1];
        double score = -sqlite3_column_double(r->select, 1);
        score *= is_hinted(&r->documents[u->document], item) ? HINT_LIFT : 1;
        rows[(*count)++] = (lac_found){u->document, u->section, u->table, u->start, u->end, score};
    }
    sqlite3_reset(r->select);
    return step == SQLITE_DONE || step == SQLITE_ROW ? LACUNA_OK : fail_index(r, err);
}

lacuna_status lac_retrieval_find(lac_found *found, uint32_t *count, uint32_t most,
                                 lac_retrieval *retrieval, const lac_item *item, lacuna_error *err)
{
    query q = {.words = 0};
    uint32_t row_count = 0;
    *count = 0;
    lac_found *rows = calloc((size_t)most * OVERSAMPLE + 1, sizeof *rows);
    if (rows == NULL) {
        return lac_fail_nomem(err);
    }
    lac_buf_init(&q.text, QUERY_MAX);
    lacuna_status status = write_query(&q, item) == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
    if (status == LACUNA_OK && q.words > 0) {
        status = read_rows(rows, &row_count, most * OVERSAMPLE, retrieval, &q, item, err);
    }
    if (status == LACUNA_OK && row_count > 0) {
        qsort(rows, row_count, sizeof *rows, compare_found);
        *count = row_count < most ? row_count : most;
        memcpy(found, rows, *count * sizeof *found);
    }
    lac_buf_free(&q.text);
    free(rows);
    return status;
}
