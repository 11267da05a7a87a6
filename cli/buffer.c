#include "buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 4096, NUMBER_SIZE = 32 };

char *cli_buffer_room(cli_buffer *buffer, size_t length)
{
    if (buffer->failed || length > buffer->max || buffer->length > buffer->max - length) {
        buffer->failed = true;
        return NULL;
    }
    size_t needed = buffer->length + length;
    if (needed > buffer->capacity) {
        size_t wanted = buffer->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : buffer->capacity * 2;
        wanted = wanted < needed ? needed : wanted;
        char *grown = realloc(buffer->data, wanted);
        if (grown == NULL) {
            buffer->failed = true;
            return NULL;
        }
        buffer->data = grown;
        buffer->capacity = wanted;
    }
    return buffer->data + buffer->length;
}

void cli_buffer_append(cli_buffer *buffer, const void *data, size_t length)
{
    char *room = length == 0 ? NULL : cli_buffer_room(buffer, length);
    if (room != NULL) {
        memcpy(room, data, length);
        buffer->length += length;
    }
}

void cli_buffer_text(cli_buffer *buffer, const char *text)
{
    cli_buffer_append(buffer, text, strlen(text));
}

void cli_buffer_number(cli_buffer *buffer, long long number)
{
    char text[NUMBER_SIZE];
    (void)snprintf(text, sizeof text, "%lld", number);
    cli_buffer_text(buffer, text);
}

int cli_buffer_write(void *user, const void *data, size_t length)
{
    cli_buffer *buffer = user;
    cli_buffer_append(buffer, data, length);
    return buffer->failed ? 1 : 0;
}

void cli_buffer_drop(cli_buffer *buffer, size_t length)
{
    if (length > 0) {
        buffer->length -= length;
        memmove(buffer->data, buffer->data + length, buffer->length);
    }
}

void cli_buffer_free(cli_buffer *buffer)
{
    free(buffer->data);
    buffer->data = NULL;
    buffer->length = 0;
    buffer->capacity = 0;
}
