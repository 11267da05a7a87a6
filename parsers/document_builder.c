#include "parsers/document_builder.h"

#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_TABLES = 1 << 20, MAX_TOC = 1 << 18, MAX_NOTES = 4096, MAX_PARTS = 4096 };

lacuna_status lac_builder_init(lac_builder *builder, lac_format format, const lac_limits *limits,
                               lacuna_error *err)
{
    memset(builder, 0, sizeof *builder);
    lac_buf_init(&builder->text, (size_t)limits->text_bytes);
    builder->block_max = limits->blocks;
    builder->document = calloc(1, sizeof *builder->document);
    if (builder->document == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&builder->document->arena);
    builder->document->format = format;
    return LACUNA_OK;
}

void lac_builder_free(lac_builder *builder)
{
    lac_document_free(builder->document);
    lac_buf_free(&builder->text);
    free(builder->blocks);
    free(builder->tables);
    free(builder->toc);
    free(builder->notes);
    free(builder->parts);
    free(builder->names);
    memset(builder, 0, sizeof *builder);
}

lacuna_status lac_builder_part(lac_builder *builder, uint32_t *index, const char *name)
{
    *index = LAC_NONE;
    char *copy = lac_arena_copy(&builder->document->arena, lac_span_of(name));
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    lacuna_status status = lac_grow((void **)&builder->parts, &builder->part_cap,
                                    builder->part_count + 1, sizeof *builder->parts, MAX_PARTS);
    if (status == LACUNA_OK) {
        *index = (uint32_t)builder->part_count;
        builder->parts[builder->part_count++] = copy;
    }
    return status;
}

static lacuna_status append_line_free(lac_buf *text, lac_span span)
{
    lacuna_status status = lac_buf_append_span(text, span);
    if (status == LACUNA_OK) {
        char *from = text->data + text->len - span.len;
        for (size_t i = 0; i < span.len; i++) {
            if (from[i] == '\n' || from[i] == '\t' || from[i] == '\r') {
                from[i] = ' ';
            }
        }
    }
    return status;
}

lacuna_status lac_builder_block(lac_builder *builder, uint32_t *index, const lac_block *block,
                                lac_span text, char separator, bool keep_lines)
{
    if (index != NULL) {
        *index = LAC_NONE;
    }
    lacuna_status status = lac_grow((void **)&builder->blocks, &builder->block_cap,
                                    builder->block_count + 1, sizeof *block, builder->block_max);
    if (status != LACUNA_OK) {
        return status;
    }
    size_t start = builder->text.len;
    status = keep_lines ? lac_buf_append_span(&builder->text, text)
                        : append_line_free(&builder->text, text);
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&builder->text, separator);
    }
    if (status != LACUNA_OK) {
        builder->text.len = start;
        return status;
    }
    lac_block *added = &builder->blocks[builder->block_count];
    *added = *block;
    added->start = (uint32_t)start;
    added->length = (uint32_t)text.len;
    if (index != NULL) {
        *index = (uint32_t)builder->block_count;
    }
    builder->block_count++;
    return LACUNA_OK;
}

lacuna_status lac_builder_raw(lac_builder *builder, lac_span text)
{
    return lac_buf_append_span(&builder->text, text);
}

lacuna_status lac_builder_block_over(lac_builder *builder, uint32_t *index, const lac_block *block)
{
    *index = LAC_NONE;
    if (block->start > builder->text.len || block->length > builder->text.len - block->start) {
        return LACUNA_E_INTERNAL;
    }
    lacuna_status status = lac_grow((void **)&builder->blocks, &builder->block_cap,
                                    builder->block_count + 1, sizeof *block, builder->block_max);
    if (status == LACUNA_OK) {
        *index = (uint32_t)builder->block_count;
        builder->blocks[builder->block_count++] = *block;
    }
    return status;
}

lacuna_status lac_builder_heading(lac_builder *builder, const lac_heading_name *name)
{
    lacuna_status status = lac_grow((void **)&builder->names, &builder->name_cap,
                                    builder->name_count + 1, sizeof *name, builder->block_max);
    if (status == LACUNA_OK) {
        builder->names[builder->name_count++] = *name;
    }
    return status;
}

void lac_builder_end_line(lac_builder *builder)
{
    if (builder->text.len > 0) {
        builder->text.data[builder->text.len - 1] = '\n';
    }
}

lacuna_status lac_builder_table(lac_builder *builder, uint32_t *index, const lac_table *table)
{
    *index = LAC_NONE;
    lacuna_status status = lac_grow((void **)&builder->tables, &builder->table_cap,
                                    builder->table_count + 1, sizeof *table, MAX_TABLES);
    if (status == LACUNA_OK) {
        *index = (uint32_t)builder->table_count;
        builder->tables[builder->table_count++] = *table;
    }
    return status;
}

lacuna_status lac_builder_toc(lac_builder *builder, const lac_toc_entry *entry)
{
    lacuna_status status = lac_grow((void **)&builder->toc, &builder->toc_cap,
                                    builder->toc_count + 1, sizeof *entry, MAX_TOC);
    if (status == LACUNA_OK) {
        builder->toc[builder->toc_count++] = *entry;
    }
    return status;
}

lacuna_status lac_builder_note(lac_builder *builder, const char *code, uint32_t part,
                               const char *text)
{
    char *copy = lac_arena_copy(&builder->document->arena, lac_span_of(text));
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    lacuna_status status = lac_grow((void **)&builder->notes, &builder->note_cap,
                                    builder->note_count + 1, sizeof *builder->notes, MAX_NOTES);
    if (status == LACUNA_OK) {
        builder->notes[builder->note_count++] = (lac_note){code, copy, part, false};
    }
    return status;
}

/* ---- typed numbers -------------------------------------------------------------------------- */

static bool is_roman(char c)
{
    return strchr("IVXLC", c) != NULL && c != '\0';
}

static bool is_alnum_ascii(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Length of "6.4.8", "A.1", "IV", "3" at the start of s; 0 where a word begins instead. */
static size_t number_length(lac_span s)
{
    size_t i = 0;
    size_t digits = 0;
    bool letter_first = s.len > 1 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && s.ptr[1] == '.';
    if (letter_first) {
        i = 1;
    } else {
        while (i < s.len && is_roman(s.ptr[i])) {
            i++;
        }
        if (i > 0) {
            return i < s.len && s.ptr[i] == '.' ? i : 0;
        }
    }
    while (i < s.len) {
        size_t from = i;
        if (s.ptr[i] == '.' && i + 1 < s.len && is_alnum_ascii(s.ptr[i + 1])) {
            i++;
        }
        size_t before = i;
        while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9') {
            i++;
        }
        if (i == before) {
            /* "5.A" and CTD numbers such as "3.2.S.1": one letter between dots. */
            bool letter = i > 0 && from != before && i < s.len && s.ptr[i] >= 'A' &&
                          s.ptr[i] <= 'Z' && (i + 1 == s.len || !is_alnum_ascii(s.ptr[i + 1]));
            if (!letter) {
                i = from;
                break;
            }
            i++;
        }
        digits += i - before;
        if (i < s.len && s.ptr[i] != '.') {
            break;
        }
    }
    return digits > 0 || letter_first ? i : 0;
}

/* A number counts only when a separator and a title follow it. */
static size_t separator_length(lac_span s)
{
    size_t i = 0;
    if (i < s.len && (s.ptr[i] == '.' || s.ptr[i] == ')' || s.ptr[i] == ':')) {
        i++;
    }
    size_t spaces = i;
    while (i < s.len) {
        size_t n;
        if (!lac_utf8_is_space(lac_utf8_decode(lac_span_make(s.ptr + i, s.len - i), &n))) {
            break;
        }
        i += n;
    }
    return i > spaces ? i : 0;
}

static size_t appendix_length(lac_span s)
{
    static const char *const words[] = {"appendix ", "annex ", "attachment ", "section ",
                                        "chapter "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (lac_span_starts_nocase(s, words[i])) {
            size_t length = strlen(words[i]);
            size_t number = number_length(lac_span_make(s.ptr + length, s.len - length));
            if (number == 0 && s.len > length && is_alnum_ascii(s.ptr[length]) &&
                (s.len == length + 1 || !is_alnum_ascii(s.ptr[length + 1]))) {
                number = 1;
            }
            return number == 0 ? 0 : length + number;
        }
    }
    return 0;
}

void lac_split_typed_number(lac_span text, lac_span *number, lac_span *title)
{
    lac_span s = lac_span_trim(text);
    *number = lac_span_make(s.ptr, 0);
    *title = s;
    size_t length = number_length(s);
    if (length == 0) {
        length = appendix_length(s);
    }
    if (length == 0) {
        return;
    }
    size_t gap = separator_length(lac_span_make(s.ptr + length, s.len - length));
    if (gap == 0 || length + gap >= s.len) {
        return;
    }
    *number = lac_span_make(s.ptr, length);
    *title = lac_span_make(s.ptr + length + gap, s.len - length - gap);
}

/* ---- finishing ------------------------------------------------------------------------------ */

static lacuna_status count_lines(lac_document *document)
{
    uint32_t lines = 1;
    for (size_t i = 0; i < document->text.len; i++) {
        lines += document->text.ptr[i] == '\n' && i + 1 < document->text.len;
    }
    uint32_t *starts = lac_arena_array(&document->arena, lines, sizeof *starts);
    if (starts == NULL) {
        return LACUNA_E_NOMEM;
    }
    uint32_t at = 1;
    for (size_t i = 0; i + 1 < document->text.len; i++) {
        if (document->text.ptr[i] == '\n') {
            starts[at++] = (uint32_t)i + 1;
        }
    }
    document->line_starts = starts;
    document->line_count = lines;
    return LACUNA_OK;
}

static void name_section(const lac_document *document, lac_section *section, const lac_block *block)
{
    lac_span text = lac_block_text(document, block);
    if (block->number_length > 0 && block->number_length <= text.len) {
        section->number = lac_span_trim(lac_span_make(text.ptr, block->number_length));
        section->title = lac_span_trim(
            lac_span_make(text.ptr + block->number_length, text.len - block->number_length));
        return;
    }
    lac_split_typed_number(text, &section->number, &section->title);
    section->typed_number = section->number.len > 0;
}

static void name_as_given(const lac_document *document, lac_section *section,
                          const lac_heading_name *name)
{
    section->number =
        lac_document_slice(document, name->number_start, name->number_start + name->number_length);
    section->title =
        lac_document_slice(document, name->title_start, name->title_start + name->title_length);
    section->typed_number = section->number.len > 0;
}

static bool is_heading(const lac_block *block)
{
    return block->channel == LAC_CHANNEL_BODY && block->level >= 1 && block->level <= 9 &&
           block->length > 0;
}

/* End of the body text: where the first block of another channel starts. */
static uint32_t body_end(const lac_document *document, uint32_t *end_block)
{
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (document->blocks[i].channel != LAC_CHANNEL_BODY) {
            *end_block = i;
            return document->blocks[i].start;
        }
    }
    *end_block = document->block_count;
    return (uint32_t)document->text.len;
}

/* From the back, each section learns the next one of its level or above; end_block carries that
 * section index until every section has been visited. */
static void close_sections(lac_section *sections, uint32_t count, uint32_t end, uint32_t end_block)
{
    for (uint32_t i = count; i-- > 0;) {
        uint32_t next = i + 1;
        sections[i].own_end = next < count ? sections[next].start : end;
        sections[i].own_end_block = next < count ? sections[next].first_block : end_block;
        while (i > 0 && next < count && sections[next].level > sections[i].level) {
            next = sections[next].end_block;
        }
        sections[i].end_block = next;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t next = sections[i].end_block;
        sections[i].end = next < count ? sections[next].start : end;
        sections[i].end_block = next < count ? sections[next].first_block : end_block;
    }
}

static uint32_t parent_of(const lac_section *sections, uint32_t index)
{
    uint32_t at = index - 1;
    while (at > 0 && sections[at].level >= sections[index].level) {
        at = sections[at].parent;
    }
    return at;
}

static lacuna_status make_sections(lac_document *document, lac_block *blocks,
                                   const lac_heading_name *names, size_t name_count)
{
    size_t next_name = 0;
    uint32_t end_block;
    uint32_t end = body_end(document, &end_block);
    uint32_t count = 1;
    for (uint32_t i = 0; i < end_block; i++) {
        count += is_heading(&blocks[i]);
    }
    lac_section *sections = lac_arena_array(&document->arena, count, sizeof *sections);
    if (sections == NULL) {
        return LACUNA_E_NOMEM;
    }
    sections[0].heading = LAC_NONE;
    uint32_t at = 0;
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (i < end_block && is_heading(&blocks[i])) {
            lac_section *section = &sections[++at];
            section->heading = i;
            section->first_block = i;
            section->start = blocks[i].start;
            section->body = blocks[i].start + blocks[i].length + 1;
            section->level = blocks[i].level;
            section->source = blocks[i].source;
            section->parent = parent_of(sections, at);
            while (next_name < name_count && names[next_name].block < i) {
                next_name++;
            }
            if (next_name < name_count && names[next_name].block == i) {
                name_as_given(document, section, &names[next_name]);
            } else {
                name_section(document, section, &blocks[i]);
            }
            document->structured_headings |= blocks[i].source != LAC_HEADING_FORMATTING;
        }
        blocks[i].section = i < end_block ? at : 0;
    }
    close_sections(sections, count, end, end_block);
    document->sections = sections;
    document->section_count = count;
    return LACUNA_OK;
}

static void *keep(lac_arena *arena, const void *items, size_t count, size_t size)
{
    void *copy = lac_arena_array(arena, count, size);
    if (copy != NULL && count > 0) {
        memcpy(copy, items, count * size);
    }
    return copy;
}

static uint32_t reference_length(const lac_document *document)
{
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (document->blocks[i].channel >= LAC_CHANNEL_COMMENT) {
            return document->blocks[i].start;
        }
    }
    return (uint32_t)document->text.len;
}

static lacuna_status move_into_document(lac_builder *builder)
{
    lac_document *document = builder->document;
    lac_arena *arena = &document->arena;
    lac_block *blocks = keep(arena, builder->blocks, builder->block_count, sizeof *blocks);
    document->text.ptr = lac_arena_copy(arena, lac_buf_span(&builder->text));
    document->text.len = builder->text.len;
    document->blocks = blocks;
    document->block_count = (uint32_t)builder->block_count;
    document->tables = keep(arena, builder->tables, builder->table_count, sizeof(lac_table));
    document->table_count = (uint32_t)builder->table_count;
    document->toc = keep(arena, builder->toc, builder->toc_count, sizeof(lac_toc_entry));
    document->toc_count = (uint32_t)builder->toc_count;
    document->notes = keep(arena, builder->notes, builder->note_count, sizeof(lac_note));
    document->note_count = (uint32_t)builder->note_count;
    document->parts = keep(arena, builder->parts, builder->part_count, sizeof(char *));
    document->part_count = (uint32_t)builder->part_count;
    if (blocks == NULL || document->text.ptr == NULL || document->tables == NULL ||
        document->toc == NULL || document->notes == NULL || document->parts == NULL) {
        return LACUNA_E_NOMEM;
    }
    document->reference_length = reference_length(document);
    lacuna_status status = make_sections(document, blocks, builder->names, builder->name_count);
    return status == LACUNA_OK ? count_lines(document) : status;
}

lacuna_status lac_builder_finish(lac_document **out, lac_builder *builder, lacuna_error *err)
{
    *out = NULL;
    lacuna_status status = move_into_document(builder);
    if (status == LACUNA_OK) {
        *out = builder->document;
        builder->document = NULL;
    } else {
        status = lac_fail_nomem(err);
    }
    lac_builder_free(builder);
    return status;
}
