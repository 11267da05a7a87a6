/* E-mail as it comes: encodings, charsets, parts in parts, attachments, and what is none. */
#include "parsers/letter/letter_text.h"
#include "parsers/letter/mail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static lacuna_status open_mail(lac_letter_text **out, const char *mail, lacuna_error *err)
{
    lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = "letter.eml", .memory = lac_span_of(mail)};
    lac_open_options options = {.limits = &LAC_LIMITS_DEFAULT};
    return lac_letter_text_open(out, &source, &options, err);
}

/* What is left of a failed download must not be read as a letter of one query. */
static void text_under_a_word_name_is_refused(void **state)
{
    (void)state;
    const lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = "letter.DOCX", .memory = lac_span_of("junk")};
    const lac_open_options options = {.limits = &LAC_LIMITS_DEFAULT};
    lac_letter_text *letter = NULL;
    lacuna_error err = {0};
    assert_int_equal(lac_letter_text_open(&letter, &source, &options, &err), LACUNA_E_UNSUPPORTED);
    assert_null(letter);
    assert_string_not_equal(err.remedy, "");
}

static void expect_text(const char *mail, const char *text)
{
    lac_letter_text *letter = NULL;
    lacuna_error err = {0};
    assert_int_equal(open_mail(&letter, mail, &err), LACUNA_OK);
    assert_int_equal(letter->format, LAC_LETTER_MAIL);
    assert_int_equal(letter->text.len, strlen(text));
    assert_memory_equal(letter->text.ptr, text, letter->text.len);
    lac_letter_text_free(letter);
}

static void quoted_printable_and_encoded_words(void **state)
{
    (void)state;
    expect_text(
        "MIME-Version: 1.0\r\nFrom: =?utf-8?Q?Ren=C3=A9?= =?iso-8859-1?B?6Q==?= <r@x>\r\n"
        "Subject: a\r\n folded line\r\nContent-Type: text/plain; charset=\"windows-1252\"\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\nPlease=20provide =\r\nit: "
        "=93x=94=\r\n.\r\n",
        "From: Ren\xC3\xA9\xC3\xA9 <r@x>\nSubject: a folded line\n\n"
        "Please provide it: \xE2\x80\x9Cx\xE2\x80\x9D.\n");
}

static void base64_of_an_alternative(void **state)
{
    (void)state;
    expect_text("From: a@b\nDate: Tue, 13 Dec 2011 14:09:00 -0500\n"
                "Content-Type: multipart/alternative; boundary=\"b;1\"\n\npreamble\n--b;1\n"
                "Content-Type: text/html\n\n<p>no</p>\n--b;1\nContent-Type: text/plain\n"
                "Content-Transfer-Encoding: base64\n\nUGxlYXNlIGNv\nbmZpcm0u\n--b;1--\nepilogue\n",
                "From: a@b\nSent: Tue, 13 Dec 2011 14:09:00 -0500\n\nPlease confirm.\n");
}

static void html_alone(void **state)
{
    (void)state;
    expect_text(
        "Message-ID: <1>\nContent-Type: text/html; charset=utf-8\n\n"
        "<html><head><style>p{}</style></head><body><!-- x > y --><p>Hi &amp; hello,</p>"
        "<ol><li>One&nbsp;thing</li><li>Two<br>lines</li></ol><script>1</script></body></html>",
        "\nHi & hello,\n\n1. One thing\n2. Two\nlines\n");
}

static void attachments_make_it_incomplete(void **state)
{
    (void)state;
    lac_letter_text *letter = NULL;
    assert_int_equal(
        open_mail(
            &letter,
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nSee attached.\n"
            "--x\nContent-Type: application/pdf\nContent-Disposition: attachment; "
            "filename=\"ir.pdf\"\n\nJVBE\n--x--\n",
            NULL),
        LACUNA_OK);
    assert_int_equal(letter->note_count, 1);
    assert_true(letter->notes[0].incomplete);
    assert_non_null(strstr(letter->notes[0].text, "ir.pdf"));
    lac_letter_text_free(letter);
}

/* A message in a message in a message ... */
static void nesting_is_limited(void **state)
{
    (void)state;
    char *mail = calloc(1, 1 << 16);
    assert_non_null(mail);
    size_t at = 0;
    for (int i = 0; i < 200; i++) {
        at +=
            (size_t)snprintf(mail + at, 256, "MIME-Version: 1.0\nContent-Type: message/rfc822\n\n");
    }
    lac_letter_text *letter = NULL;
    lacuna_error err = {0};
    assert_int_equal(open_mail(&letter, mail, &err), LACUNA_E_LIMIT);
    assert_null(letter);
    free(mail);
}

static void text_with_colons_is_no_mail(void **state)
{
    (void)state;
    assert_false(
        lac_mail_recognized(lac_span_of("From: Tull, Lori\nSent: Tuesday\nTo: x\n\nHi,\n")));
    assert_false(lac_mail_recognized(lac_span_of("Format: information\n\n")));
    assert_false(lac_mail_recognized(lac_span_of("")));
    assert_true(lac_mail_recognized(lac_span_of("From: x\nDate: today\n\nHi,\n")));
}

static void pages_and_lines(void **state)
{
    (void)state;
    lac_letter_text *letter = NULL;
    assert_int_equal(open_mail(&letter, "  a\r\nb\f\f\tc\n\n\f", NULL), LACUNA_OK);
    assert_int_equal(letter->page_count, 3);
    assert_int_equal(letter->empty_page_count, 1);
    assert_int_equal(letter->empty_pages[0], 2);
    assert_int_equal(letter->line_count, 4);
    assert_int_equal(letter->lines[0].indent, 2);
    assert_int_equal(letter->lines[1].page, 3);
    lac_letter_text_free(letter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_under_a_word_name_is_refused),
        cmocka_unit_test(quoted_printable_and_encoded_words),
        cmocka_unit_test(base64_of_an_alternative),
        cmocka_unit_test(html_alone),
        cmocka_unit_test(attachments_make_it_incomplete),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(text_with_colons_is_no_mail),
        cmocka_unit_test(pages_and_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
