#include "support/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void lac_error_clear(lacuna_error *err)
{
    if (err != NULL) {
        memset(err, 0, sizeof *err);
    }
}

/* A message cut in the middle of a UTF-8 sequence would spoil every report that carries it. */
static void drop_cut_sequence(char *text, size_t size)
{
    size_t length = strlen(text);
    if (length + 1 < size || length == 0) {
        return;
    }
    while (length > 0 && ((unsigned char)text[length - 1] & 0xC0) == 0x80) {
        length--;
    }
    if (length > 0 && ((unsigned char)text[length - 1] & 0x80) != 0) {
        length--;
    }
    text[length] = '\0';
}

__attribute__((format(printf, 3, 0))) static void
set_message(lacuna_error *err, lacuna_status status, const char *format, va_list args)
{
    err->status = (int32_t)status;
    (void)vsnprintf(err->message, sizeof err->message, format, args);
    drop_cut_sequence(err->message, sizeof err->message);
}

lacuna_status lac_fail(lacuna_error *err, lacuna_status status, const char *format, ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        set_message(err, status, format, args);
        va_end(args);
    }
    return status;
}

lacuna_status lac_fail_remedy(lacuna_error *err, lacuna_status status, const char *remedy,
                              const char *format, ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        set_message(err, status, format, args);
        va_end(args);
        (void)snprintf(err->remedy, sizeof err->remedy, "%s", remedy);
        drop_cut_sequence(err->remedy, sizeof err->remedy);
    }
    return status;
}

lacuna_status lac_fail_nomem(lacuna_error *err)
{
    return lac_fail(err, LACUNA_E_NOMEM, "out of memory");
}

void lac_error_place(lacuna_error *err, const char *place, uint32_t line)
{
    if (err == NULL || err->place[0] != '\0') {
        return;
    }
    (void)snprintf(err->place, sizeof err->place, "%s", place);
    drop_cut_sequence(err->place, sizeof err->place);
    err->line = line;
}

lacuna_status lac_error_about(lacuna_error *err, lacuna_status status, const char *input)
{
    bool other = status == LACUNA_OK || status == LACUNA_E_NOMEM || status == LACUNA_E_IO;
    if (err != NULL && !other && strstr(err->message, input) == NULL) {
        const lacuna_error told = *err;
        (void)lac_fail(err, status, "%.160s: %s", input, told.message);
    }
    return status;
}
