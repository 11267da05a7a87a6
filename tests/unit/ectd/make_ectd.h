/*
 * make_ectd.h - eCTD sequences made in memory for tests, read from a zip file.
 */
#ifndef LAC_TEST_MAKE_ECTD_H
#define LAC_TEST_MAKE_ECTD_H

#include "parsers/ectd/ectd.h"
#include "support/digest.h"
#include "tests/unit/parsers/make_zip.h"

/* An index.xml around leaves of 2.2, 2.3 and whatever else is in `body`. */
static inline void ectd_index(made_zip *zip, const char *path, const char *body)
{
    lac_buf text;
    lac_buf_init(&text, 1 << 20);
    assert_int_equal(lac_buf_printf(&text,
                                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                    "<!DOCTYPE ectd:ectd SYSTEM \"util/dtd/ich-ectd-3-2.dtd\">\n"
                                    "<ectd:ectd xmlns:ectd=\"http://www.ich.org/ectd\" "
                                    "xmlns:xlink=\"http://www.w3c.org/1999/xlink\" "
                                    "dtd-version=\"3.2\">%s</ectd:ectd>",
                                    body),
                     LACUNA_OK);
    made_add_stored(zip, path, lac_buf_text(&text));
    lac_buf_free(&text);
}

/* index.xml with leaves of the clinical overview. */
static inline void ectd_leaves(made_zip *zip, const char *path, const char *leaves)
{
    lac_buf text;
    lac_buf_init(&text, 1 << 20);
    assert_int_equal(lac_buf_printf(&text,
                                    "<m2-common-technical-document-summaries>"
                                    "<m2-5-clinical-overview>%s</m2-5-clinical-overview>"
                                    "</m2-common-technical-document-summaries>",
                                    leaves),
                     LACUNA_OK);
    ectd_index(zip, path, lac_buf_text(&text));
    lac_buf_free(&text);
}

#define LEAF(id, operation, href, more)                                             \
    "<leaf ID=\"" id "\" operation=\"" operation "\" xlink:href=\"" href "\" " more \
    "><title>Title of " id "</title></leaf>"
#define MODIFIES(file) "modified-file=\"" file "\" checksum=\"\" checksum-type=\"\""

/* Ends the zip and reads it; `name` is the name of the input. */
static inline lac_submission *ectd_read(made_zip *zip, const char *name)
{
    lacuna_error err = {0};
    lac_submission *submission;
    made_end(zip);
    lac_source source = made_source(zip);
    source.path = name;
    if (lac_submission_open(&submission, &source, &LAC_LIMITS_DEFAULT, 2, &err) != LACUNA_OK) {
        fail_msg("%s: %s", err.place, err.message);
    }
    made_free(zip);
    return submission;
}

static inline const lac_placement *ectd_find(const lac_submission *submission, const char *id)
{
    for (uint32_t i = 0; i < submission->placement_count; i++) {
        if (strcmp(submission->placements[i].id, id) == 0) {
            return &submission->placements[i];
        }
    }
    fail_msg("no leaf %s", id);
    return NULL;
}

static inline bool ectd_has_trouble(const lac_submission *submission, const char *code)
{
    for (uint32_t i = 0; i < submission->trouble_count; i++) {
        if (strcmp(submission->troubles[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

#endif
