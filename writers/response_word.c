#include "writers/response_word.h"

#include "support/error.h"
#include "writers/docx/fill.h"
#include "writers/docx/write.h"

#define AUTHOR "Lacuna (draft)"
#define INITIALS "L"

static lacuna_status put_out(const char *bytes, size_t length, lacuna_write_fn write, void *user,
                             lacuna_error *err)
{
    return write(user, bytes, length) == 0
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_IO, "the document could not be written");
}

lacuna_status lac_docx_response(const lac_response_page *page, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    lac_written *written;
    const lac_draft_gap gap = {.item = lac_span_of("response"),
                               .place = {.where = LAC_DRAFT_AT_END},
                               .blocks = page->blocks,
                               .block_count = page->block_count};
    const lac_draft draft = {.author = lac_span_of(AUTHOR),
                             .initials = lac_span_of(INITIALS),
                             .date = lac_span_of(page->date),
                             .gaps = &gap,
                             .gap_count = 1};
    const lac_write_options options = {.limits = page->limits};
    lacuna_status status =
        lac_docx_write(&written, page->base, page->base_name, &draft, &options, err);
    if (status == LACUNA_OK) {
        status = put_out(written->bytes, written->length, write, user, err);
        lac_written_free(written);
    }
    return status;
}

static bool has_no_place(const lac_filled *filled, const char *name)
{
    for (uint32_t i = 0; i < filled->unused_count; i++) {
        if (lac_span_is(filled->unused[i], name)) {
            return true;
        }
    }
    return false;
}

lacuna_status lac_docx_response_fill(const lac_response_page *page, lacuna_write_fn write,
                                     void *user, lacuna_error *err)
{
    lac_filled *filled;
    lac_fill_value values[LAC_RESPONSE_PLACES] = {{.name = lac_span_of(page->place),
                                                   .blocks = page->blocks,
                                                   .block_count = page->block_count}};
    uint32_t count = 1;
    for (uint32_t i = 0; i < page->text_count && count < LAC_RESPONSE_PLACES; i++) {
        values[count++] = (lac_fill_value){.name = page->texts[i].name,
                                           .text = page->texts[i].text,
                                           .blocks = page->texts[i].blocks,
                                           .block_count = page->texts[i].block_count};
    }
    const lac_fill given = {.values = values,
                            .value_count = count,
                            .author = lac_span_of(AUTHOR),
                            .initials = lac_span_of(INITIALS),
                            .date = lac_span_of(page->date),
                            .remove_instructions = true};
    lacuna_status status =
        lac_docx_fill(&filled, page->base, page->base_name, &given, page->limits, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (has_no_place(filled, page->place)) {
        lac_response_page behind = *page;
        behind.base = lac_span_make(filled->bytes, filled->length);
        status = lac_docx_response(&behind, write, user, err);
    } else {
        status = put_out(filled->bytes, filled->length, write, user, err);
    }
    lac_filled_free(filled);
    return status;
}
