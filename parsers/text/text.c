#include "parsers/text/text.h"

#include "parsers/document_builder.h"
#include "parsers/text/contents.h"
#include "parsers/text/decode.h"
#include "parsers/text/markdown.h"
#include "parsers/text/markdown_lines.h"
#include "parsers/text/plain.h"
#include "support/error.h"

#include <stdio.h>

static lacuna_status explain(lacuna_status status, lacuna_error *err)
{
    if (status == LACUNA_E_LIMIT) {
        return lac_fail_remedy(err, status, "Raise the limit if the file is genuine, or split it.",
                               "the text is larger, or has more lines, than the limits allow");
    }
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                    : lac_fail(err, status, "the text cannot be taken apart");
}

static lacuna_status note_replaced(lac_builder *builder, uint64_t replaced)
{
    char text[128];
    if (replaced == 0) {
        return LACUNA_OK;
    }
    (void)snprintf(text, sizeof text,
                   "%llu characters could not be read (not UTF-8) and are shown as U+FFFD",
                   (unsigned long long)replaced);
    return lac_builder_note(builder, "text/replaced-characters", LAC_NONE, text);
}

static lacuna_status read_lines(lac_builder *builder, lac_lines *lines)
{
    lac_emit emit = {builder, lines, 0};
    lac_mark_contents(lines);
    if (builder->document->format == LAC_FORMAT_MARKDOWN || lac_markdown_likely(lines)) {
        builder->document->format = LAC_FORMAT_MARKDOWN;
        return lac_markdown_blocks(&emit, lines);
    }
    lacuna_status status = lac_plain_headings(lines);
    return status == LACUNA_OK ? lac_plain_blocks(&emit) : status;
}

static lacuna_status build(lac_builder *builder, lac_span bytes, const lac_limits *limits)
{
    uint32_t part;
    uint64_t replaced;
    lac_lines lines = {{NULL, 0}, NULL, 0, 0};
    lacuna_status status = lac_builder_part(builder, &part, "");
    if (status == LACUNA_OK) {
        status = lac_text_decode(&builder->text, &replaced, bytes);
    }
    if (status == LACUNA_OK) {
        status = note_replaced(builder, replaced);
    }
    if (status == LACUNA_OK) {
        status = lac_lines_split(&lines, lac_buf_span(&builder->text), limits->blocks);
    }
    if (status == LACUNA_OK) {
        status = read_lines(builder, &lines);
    }
    lac_lines_free(&lines);
    return status;
}

lacuna_status lac_text_read(lac_document **out, lac_span bytes, lac_format format,
                            const lac_limits *limits, lacuna_error *err)
{
    lac_builder builder;
    *out = NULL;
    lacuna_status status = lac_builder_init(&builder, format, limits, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = build(&builder, bytes, limits);
    if (status != LACUNA_OK) {
        lac_builder_free(&builder);
        return explain(status, err);
    }
    return lac_builder_finish(out, &builder, err);
}
