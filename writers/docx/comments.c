#include "writers/docx/comments.h"

#include "support/error.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define MICROSOFT "http://schemas.microsoft.com/office/2011/relationships/"
#define TYPE(part) "application/vnd.openxmlformats-officedocument.wordprocessingml." part "+xml"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
#define W_URI "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define W14_URI "http://schemas.microsoft.com/office/word/2010/wordml"
#define W15_URI "http://schemas.microsoft.com/office/word/2012/wordml"
#define MC_URI "http://schemas.openxmlformats.org/markup-compatibility/2006"
#define W15_ROOT(name) \
    HEAD "<w15:" name " xmlns:w15=\"" W15_URI "\" xmlns:mc=\"" MC_URI "\" mc:Ignorable=\"w15\">"

enum { FIRST_PARA_ID = 0x1AC00001 }; /* below 0x80000000 ([MS-DOCX] 2.5.3.1) */

/* Whether mc:Ignorable of the root lists a prefix. */
static bool is_ignorable(const lac_tokens *tokens, lac_span prefix)
{
    lac_span mc = lac_tokens_prefix(tokens, MC_URI);
    lac_token_attr attr;
    size_t at = 0;
    while (mc.len > 0 && lac_token_next_attribute(&attr, &at, tokens, 0)) {
        if (attr.name.len != mc.len + 10 || memcmp(attr.name.ptr, mc.ptr, mc.len) != 0 ||
            memcmp(attr.name.ptr + mc.len, ":Ignorable", 10) != 0) {
            continue;
        }
        for (size_t i = 0; i < attr.value.len;) {
            size_t end = i;
            while (end < attr.value.len && attr.value.ptr[end] != ' ') {
                end++;
            }
            if (lac_span_equal(lac_span_make(attr.value.ptr + i, end - i), prefix)) {
                return true;
            }
            i = end + 1;
        }
    }
    return false;
}

lacuna_status lac_comments_begin(lac_comments *comments, lac_word_file *file,
                                 const lac_draft *draft, lac_ids *ids, lacuna_error *err)
{
    *comments = (lac_comments){.file = file, .draft = draft, .next_para = FIRST_PARA_ID};
    lac_buf_init(&comments->entries, LAC_LARGEST_MARKUP);
    lacuna_status status = lac_word_related(&comments->part, file, "comments", err);
    if (status == LACUNA_OK) {
        status = lac_word_related(&comments->extended, file, "commentsExtended", err);
    }
    if (status == LACUNA_OK) {
        status = lac_word_related(&comments->people, file, "people", err);
    }
    lac_span w = lac_span_of("w");
    comments->w14 = lac_span_of("w14");
    if (status == LACUNA_OK && comments->part != NULL) {
        const lac_tokens *tokens = &comments->part->tokens;
        w = tokens->w;
        comments->w14 = lac_tokens_prefix(tokens, W14_URI);
        if (!is_ignorable(tokens, comments->w14)) {
            comments->w14 = lac_span_make("", 0);
        }
        if (w.len == 0 || tokens->strict || tokens->items[0].word != LAC_W_COMMENTS) {
            status = lac_fail(err, LACUNA_E_FORMAT, "the comments of the document are damaged");
        }
    }
    lac_markup_begin(&comments->text, w, draft, ids, false);
    return status;
}

void lac_comments_free(lac_comments *comments)
{
    lac_markup_free(&comments->text);
    lac_buf_free(&comments->entries);
}

static uint32_t next_para_id(lac_comments *comments)
{
    for (;;) {
        uint32_t id = comments->next_para++;
        bool taken = lac_ids_has_para(&comments->file->main->tokens, id) ||
                     (comments->part != NULL && lac_ids_has_para(&comments->part->tokens, id));
        if (!taken) {
            return id;
        }
    }
}

static void put_paragraph(lac_comments *comments, lac_span text, bool first, uint32_t para_id)
{
    lac_markup *markup = &comments->text;
    lac_markup_put(markup, "<@p");
    if (comments->w14.len > 0 && markup->status == LACUNA_OK) {
        markup->status =
            lac_buf_printf(&markup->out, " %.*s:paraId=\"%08X\"", (int)comments->w14.len,
                           comments->w14.ptr, (unsigned)para_id);
    }
    lac_markup_put(markup, first ? "><@r><@annotationRef/></@r>" : ">");
    if (text.len > 0) {
        lac_markup_put(markup, "<@r><@t xml:space=\"preserve\">");
        lac_markup_escape(markup, text);
        lac_markup_put(markup, "</@t></@r>");
    }
    lac_markup_put(markup, "</@p>");
}

static lac_span extended_prefix(const lac_comments *comments)
{
    if (comments->extended == NULL) {
        return lac_span_of("w15");
    }
    lac_span name = lac_token_name(&comments->extended->tokens, 0);
    const char *colon = memchr(name.ptr, ':', name.len);
    return lac_span_make(name.ptr, colon == NULL ? 0 : (size_t)(colon - name.ptr));
}

/* w15:commentEx names the last paragraph of a comment ([MS-DOCX] 2.5.4.2). */
static void put_entry(lac_comments *comments, uint32_t para_id)
{
    lac_span prefix = extended_prefix(comments);
    if (comments->w14.len == 0 || prefix.len == 0 || comments->text.status != LACUNA_OK) {
        return;
    }
    comments->text.status =
        lac_buf_printf(&comments->entries, "<%.*s:commentEx %.*s:paraId=\"%08X\" %.*s:done=\"0\"/>",
                       (int)prefix.len, prefix.ptr, (int)prefix.len, prefix.ptr, (unsigned)para_id,
                       (int)prefix.len, prefix.ptr);
}

lacuna_status lac_comments_add(lac_comments *comments, uint32_t id, const lac_draft_gap *gap,
                               lacuna_error *err)
{
    lac_markup *markup = &comments->text;
    lac_markup_put(markup, "<@comment @id=\"");
    lac_markup_number(markup, id);
    lac_markup_put(markup, "\" @author=\"");
    lac_markup_escape(markup, comments->draft->author);
    lac_markup_put(markup, "\" @date=\"");
    lac_markup_escape(markup, comments->draft->date);
    lac_markup_put(markup, "\" @initials=\"");
    lac_markup_escape(markup, comments->draft->initials);
    lac_markup_put(markup, "\">");
    uint32_t para_id = 0;
    for (uint32_t i = 0; i < gap->comment_count; i++) {
        para_id = next_para_id(comments);
        put_paragraph(comments, gap->comment[i], i == 0, para_id);
    }
    lac_markup_put(markup, "</@comment>");
    put_entry(comments, para_id);
    comments->count++;
    return markup->status == LACUNA_OK ? LACUNA_OK
                                       : lac_fail(err, markup->status, "the comments are too long");
}

/* ---- writing the parts ----------------------------------------------------------------------- */

static lacuna_status new_part(lac_comments *comments, const char *stem, const char *root,
                              const lac_buf *content, const char *end, const char *relationship,
                              const char *type, lacuna_error *err)
{
    lac_buf text;
    lac_span kept = lac_span_make("", 0);
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status = lac_buf_append_text(&text, root);
    if (status == LACUNA_OK) {
        status = lac_buf_append_span(&text, lac_buf_span(content));
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&text, end);
    }
    status = status == LACUNA_OK ? lac_word_keep(&kept, comments->file, &text, err)
                                 : lac_fail(err, status, "the comments are too long");
    lac_buf_free(&text);
    return status == LACUNA_OK
               ? lac_word_part_add(comments->file, stem, kept, relationship, type, err)
               : status;
}

static lacuna_status write_text(lac_comments *comments, lacuna_error *err)
{
    static const char root[] = HEAD "<w:comments xmlns:w=\"" W_URI "\" xmlns:w14=\"" W14_URI
                                    "\" xmlns:mc=\"" MC_URI "\" mc:Ignorable=\"w14\">";
    return comments->part != NULL
               ? lac_word_append(comments->file, comments->part, 0, &comments->text.out, err)
               : new_part(comments, "comments", root, &comments->text.out, "</w:comments>",
                          OFFICE "comments", TYPE("comments"), err);
}

static lacuna_status write_entries(lac_comments *comments, lacuna_error *err)
{
    if (comments->entries.len == 0) {
        return LACUNA_OK;
    }
    return comments->extended != NULL
               ? lac_word_append(comments->file, comments->extended, 0, &comments->entries, err)
               : new_part(comments, "commentsExtended", W15_ROOT("commentsEx"), &comments->entries,
                          "</w15:commentsEx>", MICROSOFT "commentsExtended",
                          TYPE("commentsExtended"), err);
}

static bool is_listed(const lac_comments *comments, lac_span author)
{
    const lac_tokens *tokens = &comments->people->tokens;
    for (uint32_t i = 1; i < tokens->count; i++) {
        lac_token_attr attr;
        size_t at = 0;
        while (lac_span_is(lac_token_local(tokens, i), "person") &&
               lac_token_next_attribute(&attr, &at, tokens, i)) {
            if (lac_span_equal(attr.value, author)) {
                return true;
            }
        }
    }
    return false;
}

static lacuna_status put_person(lac_markup *markup)
{
    lac_markup_put(markup, "<@person @author=\"");
    lac_markup_escape(markup, markup->draft->author);
    lac_markup_put(markup, "\"><@presenceInfo @providerId=\"None\" @userId=\"");
    lac_markup_escape(markup, markup->draft->author);
    lac_markup_put(markup, "\"/></@person>");
    return markup->status;
}

static lacuna_status write_author(lac_comments *comments, lacuna_error *err)
{
    lac_span prefix = lac_span_of("w15");
    if (comments->people != NULL) {
        lac_span name = lac_token_name(&comments->people->tokens, 0);
        const char *colon = memchr(name.ptr, ':', name.len);
        if (colon == NULL || is_listed(comments, comments->draft->author)) {
            return LACUNA_OK;
        }
        prefix = lac_span_make(name.ptr, (size_t)(colon - name.ptr));
    }
    lac_markup person;
    lac_markup_begin(&person, prefix, comments->draft, comments->text.ids, false);
    lacuna_status status = put_person(&person);
    if (status != LACUNA_OK) {
        status = lac_fail(err, status, "the name of the author is too long");
    } else if (comments->people != NULL) {
        status = lac_word_append(comments->file, comments->people, 0, &person.out, err);
    } else {
        status = new_part(comments, "people", W15_ROOT("people"), &person.out, "</w15:people>",
                          MICROSOFT "people", TYPE("people"), err);
    }
    lac_markup_free(&person);
    return status;
}

lacuna_status lac_comments_flush(lac_comments *comments, lacuna_error *err)
{
    if (comments->count == 0) {
        return LACUNA_OK;
    }
    lacuna_status status = write_text(comments, err);
    if (status == LACUNA_OK) {
        status = write_entries(comments, err);
    }
    return status == LACUNA_OK ? write_author(comments, err) : status;
}
