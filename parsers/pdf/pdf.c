#include "parsers/pdf/pdf.h"

#include "parsers/pdf/child.h"
#include "parsers/pdf/pdf_text.h"
#include "support/error.h"

#include <signal.h>
#include <string.h>

enum {
    EXIT_CANNOT_OPEN = 1, /* pdftotext(1): error opening a PDF file */
    EXIT_NOT_ALLOWED = 3, /* error related to PDF permissions */
    COMPLAINT_SHOWN = LAC_PDF_COMPLAINT - 1,
};

static const char *const WITHOUT_TOOL =
    "Install poppler-utils (pdftotext), or check the Word source.";

static lac_span take_line(lac_span *rest)
{
    const char *end = memchr(rest->ptr, '\n', rest->len);
    size_t length = end == NULL ? rest->len : (size_t)(end - rest->ptr);
    lac_span line = lac_span_make(rest->ptr, length);
    size_t taken = length < rest->len ? length + 1 : length;
    *rest = lac_span_make(rest->ptr + taken, rest->len - taken);
    return line;
}

/* The first line the tool said that is no mere warning; empty: none. It may quote the file, so
 * nothing but printable ASCII is let through. */
static void first_complaint(char out[COMPLAINT_SHOWN + 1], const lac_child_result *child)
{
    lac_span rest = lac_span_make(child->complaint, child->complaint_length);
    size_t length = 0;
    while (rest.len > 0 && length == 0) {
        lac_span line = lac_span_trim(take_line(&rest));
        bool warning = lac_span_starts_nocase(line, "syntax warning");
        for (size_t i = 0; i < line.len && length < COMPLAINT_SHOWN && !warning; i++) {
            char c = line.ptr[i];
            out[length++] = c >= 0x20 && c < 0x7F ? c : '?';
        }
    }
    out[length] = '\0';
}

static lacuna_status refuse_damaged(const char *said, lacuna_error *err)
{
    return lac_fail_remedy(err, LACUNA_E_FORMAT,
                           "Open it in a PDF viewer; if it fails there too, make it again.",
                           "the PDF cannot be read%s%s", said[0] == '\0' ? "" : ": ", said);
}

/* A tool that was killed by a limit of ours, or crashed. */
static lacuna_status refuse_signal(int number, const lac_limits *limits, lacuna_error *err)
{
    if (number == SIGXCPU) {
        return lac_fail_remedy(
            err, LACUNA_E_LIMIT, "Raise the limit if the file is genuine, or split it.",
            "reading the PDF took more than %u seconds of processor time", limits->pdf_cpu_seconds);
    }
    return lac_fail_remedy(err, LACUNA_E_FORMAT,
                           "Open it in a PDF viewer; if it fails there too, make it again.",
                           "pdftotext crashed on the PDF (signal %d)", number);
}

static lacuna_status judge(const lac_child_result *child, const char *said,
                           const lac_limits *limits, lacuna_error *err)
{
    if (child->signal != 0) {
        return refuse_signal(child->signal, limits, err);
    }
    if (child->exit_code == 0) {
        return child->output.len > 0
                   ? LACUNA_OK
                   : lac_fail_remedy(err, LACUNA_E_FORMAT, "Check that this is the file you meant.",
                                     "the PDF has no pages");
    }
    if (child->exit_code == EXIT_NOT_ALLOWED || strstr(child->complaint, "assword") != NULL) {
        return lac_fail_remedy(err, LACUNA_E_UNSUPPORTED,
                               "Save it without a password, or check the Word source.",
                               "the PDF is encrypted and asks for a password");
    }
    if (strstr(child->complaint, "Out of memory") != NULL ||
        strstr(child->complaint, "bad_alloc") != NULL) {
        return lac_fail_remedy(err, LACUNA_E_LIMIT,
                               "Raise the limit if the file is genuine, or split it.",
                               "reading the PDF took more memory than the limit of %llu bytes",
                               (unsigned long long)limits->pdf_memory_bytes);
    }
    return refuse_damaged(said, err);
}

static lacuna_status print_with_tool(lac_pdf_print *out, const lac_reader *reader,
                                     const lac_pdf_options *options, const lac_limits *limits,
                                     lacuna_error *err)
{
    const char *const argv[] = {options->tool, "-layout", "-enc", "UTF-8", "-eol",
                                "unix",        "-",       "-",    NULL};
    /* The tool keeps what comes on standard input in memory. */
    lac_child_command command = {.argv = argv,
                                 .input = reader,
                                 .memory_bytes = limits->pdf_memory_bytes + 2 * reader->size,
                                 .cpu_seconds = limits->pdf_cpu_seconds,
                                 .wall_seconds = limits->pdf_wall_seconds,
                                 .output_bytes = (size_t)limits->text_bytes,
                                 .cancelled = options->cancelled,
                                 .user = options->user};
    lac_child_result child;
    lacuna_status status = lac_child_run(&child, &command, err);
    if (status == LACUNA_OK) {
        first_complaint(out->complaint, &child);
        status = judge(&child, out->complaint, limits, err);
    }
    if (status == LACUNA_OK) {
        out->text = child.output;
    } else {
        lac_buf_free(&child.output);
    }
    return status;
}

lacuna_status lac_pdf_print_pages(lac_pdf_print *out, const lac_source *source,
                                  const lac_pdf_options *options, const lac_limits *limits,
                                  lacuna_error *err)
{
    lac_reader reader;
    *out = (lac_pdf_print){0};
    if (options->tool == NULL) {
        return lac_fail_remedy(err, LACUNA_E_UNSUPPORTED, WITHOUT_TOOL,
                               "the file is a PDF, and there is no program to read it");
    }
    if (options->tool[0] != '/') {
        return lac_fail(err, LACUNA_E_ARGUMENT, "the path of pdftotext is not absolute: %s",
                        options->tool);
    }
    lacuna_status status = lac_reader_open(&reader, source, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = reader.size <= limits->pdf_file_bytes
                 ? print_with_tool(out, &reader, options, limits, err)
                 : lac_fail_remedy(
                       err, LACUNA_E_LIMIT, "Raise the limit if the file is genuine, or split it.",
                       "the PDF has %llu bytes, more than the limit of %llu",
                       (unsigned long long)reader.size, (unsigned long long)limits->pdf_file_bytes);
    lac_reader_close(&reader);
    return status;
}

lacuna_status lac_pdf_read(lac_document **out, const lac_source *source,
                           const lac_pdf_options *options, const lac_limits *limits,
                           lacuna_error *err)
{
    lac_pdf_print printed;
    *out = NULL;
    if (options->tool == NULL && options->empty_without_tool) {
        return lac_pdf_without_reader(out, limits, err);
    }
    lacuna_status status = lac_pdf_print_pages(&printed, source, options, limits, err);
    if (status == LACUNA_OK) {
        status =
            lac_pdf_text_read(out, lac_buf_span(&printed.text), printed.complaint, limits, err);
        lac_buf_free(&printed.text);
    }
    return status;
}
