/* A checklist as a table, CSV or XLSX: no input crashes, hangs or grows without bound, and what is
 * read without a problem comes back the same when it is written as a table and read again. */
#include "analyzer/pack_canonical.h"
#include "analyzer/pack_table.h"
#include "tests/fuzz/fuzz.h"

static void ignore(void *user, const char *place, const char *message)
{
    (void)user;
    FUZZ_EXPECT(place != NULL && message[0] != '\0');
}

/* NULL: something is wrong with the table. */
static json_t *read_pack(const lac_sheets *sheets)
{
    json_t *pack = NULL;
    json_t *ordered = NULL;
    uint32_t problems = 0;
    lac_table_places places;
    lacuna_error err = {0};
    lac_buf place;
    lac_buf_init(&place, 1024);
    lacuna_status status =
        lac_pack_table_read(&pack, &places, &problems, sheets, ignore, NULL, &err);
    if (status == LACUNA_OK) {
        FUZZ_EXPECT(lac_table_place(&place, &places, "/items/0/expect/facts/1", "") == LACUNA_OK);
        FUZZ_EXPECT(lac_table_place(&place, &places, "/guidance", "\"x\"") == LACUNA_OK);
    }
    if (status == LACUNA_OK && problems == 0) {
        FUZZ_EXPECT(lac_pack_order(&ordered, pack, &err) == LACUNA_OK);
        FUZZ_EXPECT(json_equal(ordered, pack) == 1);
    }
    lac_buf_free(&place);
    lac_table_places_free(&places);
    json_decref(pack);
    return ordered;
}

static void check_return(const json_t *pack)
{
    lac_sheets sheets;
    lacuna_error err = {0};
    lac_sheets_init(&sheets);
    lacuna_status status = lac_pack_table_make(&sheets, pack, &err);
    FUZZ_EXPECT(status == LACUNA_OK || status == LACUNA_E_LIMIT);
    json_t *again = status == LACUNA_OK ? read_pack(&sheets) : NULL;
    FUZZ_EXPECT(status != LACUNA_OK || (again != NULL && json_equal(again, pack) == 1));
    json_decref(again);
    lac_sheets_free(&sheets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.part_bytes = limits.package_total_bytes = 1 << 20;
    lac_span bytes = lac_span_make((const char *)data, size);
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = "fuzz.xlsx", .memory = bytes};
    lac_sheets sheets;
    lacuna_error err = {0};
    lac_sheets_init(&sheets);
    bool zip = size > 1 && data[0] == 'P' && data[1] == 'K';
    lacuna_status status =
        zip ? lac_xlsx_read(&sheets, &source, &limits, &err) : lac_csv_read(&sheets, bytes, &err);
    if (status == LACUNA_OK) {
        json_t *pack = read_pack(&sheets);
        if (pack != NULL) {
            check_return(pack);
        }
        json_decref(pack);
    }
    lac_sheets_free(&sheets);
    return 0;
}
