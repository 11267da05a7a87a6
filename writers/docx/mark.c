#include "writers/docx/mark.h"

#include "support/error.h"

lac_mark lac_mark_read(const lac_tokens *tokens, uint32_t paragraph)
{
    lac_mark mark = {.properties = lac_token_child(tokens, paragraph, LAC_W_P_PR)};
    mark.run = lac_token_child(tokens, mark.properties, LAC_W_R_PR);
    mark.section = lac_token_child(tokens, mark.properties, LAC_W_SECT_PR);
    mark.frame = lac_token_child(tokens, mark.properties, LAC_W_FRAME_PR) != LAC_NO_TOKEN;
    mark.changed = lac_token_child(tokens, mark.properties, LAC_W_P_PR_CHANGE) != LAC_NO_TOKEN;
    if (mark.run != LAC_NO_TOKEN) {
        mark.changed |= lac_token_child(tokens, mark.run, LAC_W_R_PR_CHANGE) != LAC_NO_TOKEN;
        mark.inserted = lac_token_child(tokens, mark.run, LAC_W_INS) != LAC_NO_TOKEN ||
                        lac_token_child(tokens, mark.run, LAC_W_MOVE_TO) != LAC_NO_TOKEN;
        mark.deleted = lac_token_child(tokens, mark.run, LAC_W_DEL) != LAC_NO_TOKEN ||
                       lac_token_child(tokens, mark.run, LAC_W_MOVE_FROM) != LAC_NO_TOKEN;
        mark.joined = lac_token_child(tokens, mark.run, LAC_W_SPEC_VANISH) != LAC_NO_TOKEN;
    }
    return mark;
}

/* What stands behind w:rPr in w:pPr (ECMA-376 17.3.1.26). */
static size_t place_of_run(const lac_tokens *tokens, const lac_mark *mark)
{
    uint32_t change = lac_token_child(tokens, mark->properties, LAC_W_P_PR_CHANGE);
    uint32_t behind = mark->section != LAC_NO_TOKEN ? mark->section : change;
    return behind != LAC_NO_TOKEN ? tokens->items[behind].start
                                  : tokens->items[mark->properties].close;
}

static lacuna_status edit(lac_word_file *file, size_t offset, const lac_buf *text,
                          lacuna_error *err)
{
    lac_span kept;
    lacuna_status status = lac_word_keep(&kept, file, text, err);
    return status == LACUNA_OK ? lac_edits_add(&file->main->edits, offset, 0, kept, err) : status;
}

lacuna_status lac_mark_insert(lac_word_file *file, uint32_t paragraph, lac_span revision,
                              lacuna_error *err)
{
    const lac_tokens *tokens = &file->main->tokens;
    lac_mark mark = lac_mark_read(tokens, paragraph);
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    int prefix = (int)tokens->w.len;
    const char *w = tokens->w.ptr;
    lacuna_status status;
    if (mark.run != LAC_NO_TOKEN) {
        status = lac_buf_append_span(&text, revision);
    } else if (mark.properties != LAC_NO_TOKEN) {
        status = lac_buf_printf(&text, "<%.*s:rPr>%.*s</%.*s:rPr>", prefix, w, (int)revision.len,
                                revision.ptr, prefix, w);
    } else {
        status = lac_buf_printf(&text, "<%.*s:pPr><%.*s:rPr>%.*s</%.*s:rPr></%.*s:pPr>", prefix, w,
                                prefix, w, (int)revision.len, revision.ptr, prefix, w, prefix, w);
    }
    if (status != LACUNA_OK) {
        status = lac_fail(err, status, "out of room for a tracked insertion");
    } else if (mark.run != LAC_NO_TOKEN) { /* w:ins is the first in w:rPr (17.13.5.20) */
        status = tokens->items[mark.run].empty
                     ? lac_word_append(file, file->main, mark.run, &text, err)
                     : edit(file, tokens->items[mark.run].tag_end, &text, err);
    } else if (mark.properties != LAC_NO_TOKEN) {
        status = tokens->items[mark.properties].empty
                     ? lac_word_append(file, file->main, mark.properties, &text, err)
                     : edit(file, place_of_run(tokens, &mark), &text, err);
    } else {
        status = tokens->items[paragraph].empty
                     ? lac_word_append(file, file->main, paragraph, &text, err)
                     : edit(file, tokens->items[paragraph].tag_end, &text, err);
    }
    lac_buf_free(&text);
    return status;
}
