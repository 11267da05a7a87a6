#include "writers/output.h"

#include "support/error.h"

void lac_output_init(lac_output *output, lacuna_write_fn write, void *user)
{
    output->write = write;
    output->user = user;
    output->status = LACUNA_OK;
    output->used = 0;
}

static void pass_on(lac_output *output, const char *data, size_t length)
{
    if (output->status == LACUNA_OK && length > 0 &&
        output->write(output->user, data, length) != 0) {
        output->status = LACUNA_E_IO;
    }
}

static void flush(lac_output *output)
{
    pass_on(output, output->buffer, output->used);
    output->used = 0;
}

void lac_output_bytes(lac_output *output, const char *data, size_t length)
{
    if (length > sizeof output->buffer - output->used) {
        flush(output);
    }
    if (length > sizeof output->buffer) {
        pass_on(output, data, length);
    } else if (length > 0) {
        memcpy(output->buffer + output->used, data, length);
        output->used += length;
    }
}

void lac_output_span(lac_output *output, lac_span text)
{
    lac_output_bytes(output, text.ptr, text.len);
}

void lac_output_text(lac_output *output, const char *text)
{
    lac_output_bytes(output, text, strlen(text));
}

void lac_output_char(lac_output *output, char c)
{
    lac_output_bytes(output, &c, 1);
}

void lac_output_uint(lac_output *output, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    lac_output_bytes(output, digits + at, sizeof digits - at);
}

lacuna_status lac_output_finish(lac_output *output, lacuna_error *err)
{
    flush(output);
    if (output->status != LACUNA_OK) {
        return lac_fail(err, output->status, "the output could not be written");
    }
    return LACUNA_OK;
}
