/* A tailoring laid over a checklist: no input crashes or hangs; what loads keeps the base's own
 * confidences and requirements, and tells a reason for everything it leaves out. */
#include "analyzer/registry.h"
#include "analyzer/tailoring.h"
#include "tests/fuzz/fuzz.h"

static const char BASE[] = "informed_consent";

static void check_item(const lac_item *base, const lac_item *tailored)
{
    FUZZ_EXPECT(tailored != NULL);
    FUZZ_EXPECT(base->confidence == tailored->confidence);
    FUZZ_EXPECT(base->strength == tailored->strength);
    FUZZ_EXPECT(lac_span_is(lac_span_of(base->requirement), tailored->requirement));
    FUZZ_EXPECT(tailored->left_out == NULL || tailored->left_out[0] != '\0');
    FUZZ_EXPECT(base->expect.fact_count == 0 || tailored->expect.at_least == base->expect.at_least);
    FUZZ_EXPECT(tailored->confidence != LAC_CONFIDENCE_MEMORY ||
                tailored->severity <= LAC_SEVERITY_MINOR);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static lac_registry *registry; /* kept: reading the packs takes longer than the rest */
    const lac_checklist *base = NULL;
    lac_checklist *list = NULL;
    lacuna_error err = {0};
    if (registry == NULL) {
        FUZZ_EXPECT(lac_registry_new(&registry, NULL, &err) == LACUNA_OK);
    }
    FUZZ_EXPECT(lac_registry_load(&base, registry, BASE, &err) == LACUNA_OK);
    const char *name = "fuzz.json";
    lac_span text = lac_span_make((const char *)data, size);
    lacuna_status status = lac_tailored_load(&list, lac_registry_source(registry, BASE), BASE,
                                             &text, &name, 1, &LAC_LIMITS_DEFAULT, &err);
    FUZZ_EXPECT((status == LACUNA_OK) == (list != NULL));
    for (uint32_t i = 0; list != NULL && i < base->item_count; i++) {
        check_item(&base->items[i], lac_checklist_item(list, base->items[i].id));
    }
    lac_checklist_free(list);
    return 0;
}
