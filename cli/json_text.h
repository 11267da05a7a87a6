/*
 * json_text.h - JSON as text: strings, whole documents on one line, and base64 in it.
 */
#ifndef LACUNA_CLI_JSON_TEXT_H
#define LACUNA_CLI_JSON_TEXT_H

#include "buffer.h"
#include "cli.h"

/* A string with its quotes. Bytes that are not UTF-8 become U+FFFD. */
void cli_json_string(cli_buffer *out, const char *text, size_t length);

/* JSON without the white space between its tokens, so that it is one line. The tokens stay byte
 * for byte. */
void cli_json_compact(cli_buffer *out, const char *json, size_t length);

/* {"code": ..., "message": ..., "place": ..., "line": ..., "remedy": ...}, what is known of it. */
void cli_json_error(cli_buffer *out, const char *code, const lacuna_error *err);

/* RFC 4648 section 4, with or without padding, no white space. False where it is none, or out of
 * memory; *out is the caller's: free(). */
bool cli_base64_decode(char **out, size_t *out_length, const char *text, size_t length);

#endif
