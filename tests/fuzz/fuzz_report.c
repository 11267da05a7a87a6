/*
 * fuzz_report - a hostile document through the whole of the public API, into every format.
 *
 * The first byte chooses how the rest is read (Markdown, text, or a file of its own kind), the text
 * width and the detail. What has to hold: no crash, a result for every input, reports that are
 * valid UTF-8, quotes and headings or not.
 */
#include "include/lacuna.h"
#include "support/utf8.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

/* A UTF-8 check over pieces: a piece may end inside a character. */
typedef struct checker {
    char tail[4];
    size_t tail_length;
    size_t total;
} checker;

static int check_piece(void *user, const void *data, size_t length)
{
    checker *c = user;
    char *joined = malloc(c->tail_length + length + 1);
    FUZZ_EXPECT(joined != NULL);
    memcpy(joined, c->tail, c->tail_length);
    memcpy(joined + c->tail_length, data, length);
    size_t all = c->tail_length + length;
    size_t whole = all;
    while (whole > 0 && all - whole < 3 && ((unsigned char)joined[whole - 1] & 0xC0) == 0x80) {
        whole--;
    }
    whole = whole > 0 && ((unsigned char)joined[whole - 1] & 0xC0) == 0xC0 ? whole - 1 : all;
    if (lac_utf8_valid(lac_span_make(joined, all))) {
        whole = all;
    }
    FUZZ_EXPECT(lac_utf8_valid(lac_span_make(joined, whole)));
    c->tail_length = all - whole;
    memcpy(c->tail, joined + whole, c->tail_length);
    c->total += length;
    free(joined);
    return 0;
}

static void expect_complete(const checker *c)
{
    FUZZ_EXPECT(c->total > 0 && c->tail_length == 0);
}

static lacuna_options *make_options(uint8_t choice)
{
    static const char *const details[] = {"summary", "normal", "full", "full"};
    lacuna_options *options = NULL;
    char width[8];
    FUZZ_EXPECT(lacuna_options_new(&options, NULL) == LACUNA_OK);
    (void)snprintf(width, sizeof width, "%u", 40u + (choice >> 4) * 8u);
    FUZZ_EXPECT(lacuna_options_set(options, "width", width, NULL) == LACUNA_OK);
    FUZZ_EXPECT(lacuna_options_set(options, "detail", details[choice & 3], NULL) == LACUNA_OK);
    FUZZ_EXPECT(lacuna_options_set(options, "color", (choice & 4) != 0 ? "yes" : "no", NULL) ==
                LACUNA_OK);
    FUZZ_EXPECT(lacuna_options_set(options, "document-type", "protocol", NULL) == LACUNA_OK);
    FUZZ_EXPECT(lacuna_options_set(options, "as-of", "2026-03-03", NULL) == LACUNA_OK);
    FUZZ_EXPECT(lacuna_options_set(options, "max-text-bytes", "65536", NULL) == LACUNA_OK);
    return options;
}

static void render_document(const char *name, const void *data, size_t size,
                            const lacuna_options *options)
{
    lacuna_document *document = NULL;
    if (lacuna_document_open_memory(&document, name, data, size, options, NULL) != LACUNA_OK) {
        return;
    }
    checker text = {{0}, 0, 0};
    checker outline = {{0}, 0, 0};
    FUZZ_EXPECT(lacuna_document_text(document, check_piece, &text, NULL) == LACUNA_OK);
    FUZZ_EXPECT(text.tail_length == 0);
    FUZZ_EXPECT(lacuna_document_outline(document, "json", check_piece, &outline, NULL) ==
                LACUNA_OK);
    expect_complete(&outline);
    lacuna_document_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a.md", "a.txt", "a.docx", "a\xFF\x80.md"};
    if (size < 1) {
        return 0;
    }
    lacuna_options *options = make_options(data[0]);
    const char *name = names[(data[0] >> 2) & 3];
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    render_document(name, data + 1, size - 1, options);
    FUZZ_EXPECT(lacuna_run_new(&run, options, NULL) == LACUNA_OK);
    FUZZ_EXPECT(lacuna_run_add_memory(run, name, data + 1, size - 1, NULL) == LACUNA_OK);
    FUZZ_EXPECT(lacuna_run_execute(&result, run, NULL) == LACUNA_OK);
    size_t format_count;
    const char *const *formats = lacuna_result_formats(&format_count);
    for (size_t i = 0; i < format_count; i++) {
        checker report = {{0}, 0, 0};
        FUZZ_EXPECT(lacuna_result_render(result, formats[i], options, check_piece, &report, NULL) ==
                    LACUNA_OK);
        expect_complete(&report);
    }
    FUZZ_EXPECT(lacuna_result_exit_code(result) != 5);
    lacuna_result_free(result);
    lacuna_run_free(run);
    lacuna_options_free(options);
    return 0;
}
