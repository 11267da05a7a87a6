/*
 * The files a gate is told by, and stored results: no input crashes or hangs, and what loads is
 * sound: every waiver has all its members, fingerprints of a baseline are found again, a result
 * that was read renders in every format, and as JSON once more is what it was.
 */
#include "analyzer/gate/baseline.h"
#include "analyzer/gate/decisions.h"
#include "analyzer/gate/waivers.h"
#include "support/buf.h"
#include "tests/fuzz/fuzz.h"
#include "writers/formats.h"
#include "writers/stored/stored.h"

static int collect(void *user, const void *data, size_t length)
{
    return lac_buf_append(user, data, length) == LACUNA_OK ? 0 : 1;
}

static void try_gate_files(lac_span json)
{
    lac_waivers *waivers;
    lac_baseline *baseline;
    lac_decisions *decisions;
    if (lac_waivers_load(&waivers, json, "w.json", NULL) == LACUNA_OK) {
        for (uint32_t i = 0; i < waivers->count; i++) {
            const lac_waiver *waiver = &waivers->items[i];
            FUZZ_EXPECT(waiver->id[0] != '\0' && waiver->approver[0] != '\0' &&
                        waiver->justification[0] != '\0' &&
                        strcmp(waiver->created, waiver->expires) <= 0);
            FUZZ_EXPECT(waiver->fingerprint != NULL || waiver->document != NULL ||
                        waiver->path != NULL);
            FUZZ_EXPECT(lac_waivers_line(waivers, i) > 0);
        }
        lac_waivers_free(waivers);
    }
    if (lac_baseline_load(&baseline, json, "b.json", NULL) == LACUNA_OK) {
        for (uint32_t i = 0; i < baseline->count; i++) {
            FUZZ_EXPECT(lac_baseline_find(baseline, baseline->entries[i].fingerprint) == i);
        }
        lac_baseline_free(baseline);
    }
    if (lac_decisions_load(&decisions, json, "d.json", NULL) == LACUNA_OK) {
        lac_decisions_free(decisions);
    }
}

static void render_all(const lac_report *report, lac_buf *out)
{
    static const lac_text_style style = {.width = 80, .detail = LAC_DETAIL_FULL};
    size_t count;
    const char *const *formats = lac_report_formats(&count);
    for (size_t i = 0; i < count; i++) {
        lac_buf_clear(out);
        lacuna_status status = lac_report_render(report, formats[i], &style, collect, out, NULL);
        FUZZ_EXPECT(status == LACUNA_OK || status == LACUNA_E_LIMIT || status == LACUNA_E_IO);
    }
    lac_buf_clear(out);
    (void)lac_report_render(report, "json", &style, collect, out, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lac_span json = lac_span_make((const char *)data, size);
    lac_report report, again;
    lac_buf first, second;
    try_gate_files(json);
    if (lac_stored_read(&report, json, "r.json", NULL) != LACUNA_OK) {
        return 0;
    }
    lac_buf_init(&first, 16 << 20);
    lac_buf_init(&second, 16 << 20);
    render_all(&report, &first);
    if (lac_stored_read(&again, lac_buf_span(&first), "r.json", NULL) == LACUNA_OK) {
        render_all(&again, &second);
        FUZZ_EXPECT(lac_span_equal(lac_buf_span(&first), lac_buf_span(&second)));
        lac_report_free(&again);
    }
    lac_report_free(&report);
    lac_buf_free(&first);
    lac_buf_free(&second);
    return 0;
}
