/* Reads any bytes as a SAS transport file and checks what transport.h and trial_summary.h promise.
 */
#include "parsers/xpt/transport.h"
#include "parsers/xpt/trial_summary.h"
#include "support/utf8.h"
#include "tests/fuzz/fuzz.h"

static void check_inside(lac_span part, const uint8_t *data, size_t size)
{
    const char *begin = (const char *)data;
    FUZZ_EXPECT(part.len == 0 || (part.ptr >= begin && part.ptr + part.len <= begin + size));
}

static void check_columns(const lac_transport *t, const uint8_t *data, size_t size)
{
    uint32_t rows = t->row_count < 4 ? t->row_count : 4;
    for (uint32_t i = 0; i < t->column_count; i++) {
        lac_transport_column column = lac_transport_column_at(t, i);
        check_inside(column.name, data, size);
        FUZZ_EXPECT(column.length <= t->row_length && column.at <= t->row_length - column.length);
        for (uint32_t r = 0; r < rows; r++) {
            check_inside(lac_transport_text(t, r, &column), data, size);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lac_transport transport;
    lac_trial_summary summary;
    lacuna_error err = {0};
    lac_span file = {(const char *)data, size};
    lacuna_status status = lac_transport_open(&transport, file, &err);
    FUZZ_EXPECT(status == LACUNA_OK || status == LACUNA_E_FORMAT);
    if (status != LACUNA_OK) {
        return 0;
    }
    check_inside(transport.member, data, size);
    check_inside(transport.descriptions, data, size);
    check_inside(transport.rows, data, size);
    check_columns(&transport, data, size);
    lac_arena arena;
    lac_arena_init(&arena);
    FUZZ_EXPECT(lac_trial_summary_read(&summary, file, &arena, &err) == LACUNA_OK);
    FUZZ_EXPECT(summary.row_count == transport.row_count);
    FUZZ_EXPECT(lac_utf8_valid(lac_span_of(summary.study_id)));
    FUZZ_EXPECT(lac_utf8_valid(lac_span_of(summary.clinical.value)));
    lac_arena_free(&arena);
    return 0;
}
