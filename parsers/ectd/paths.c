#include "parsers/ectd/paths.h"

#include "parsers/submission.h"

#include <string.h>

size_t lac_path_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path);
}

const char *lac_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

bool lac_path_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return length == 0 || (strncmp(path, folder, length) == 0 && path[length] == '/');
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* In place; NUL is never made of an escape. */
static void decode_escapes(char *text, uint32_t *flags)
{
    char *to = text;
    while (*text != '\0') {
        int high = text[0] == '%' ? hex_value(text[1]) : -1;
        int low = high >= 0 ? hex_value(text[2]) : -1;
        if (low >= 0 && high + low > 0) {
            *to++ = (char)(high * 16 + low);
            text += 3;
            *flags |= LAC_PATH_ESCAPED;
        } else {
            *to++ = *text++;
        }
    }
    *to = '\0';
}

static void mend(char *text, uint32_t *flags)
{
    for (char *at = text; *at != '\0'; at++) {
        if (*at == '\\') {
            *at = '/';
            *flags |= LAC_PATH_BACKSLASH;
        }
    }
    bool drive = text[0] != '\0' && text[1] == ':';
    if (text[0] == '/' || drive || strstr(text, "://") != NULL) {
        *flags |= LAC_PATH_ABSOLUTE;
    }
}

/* Appends the segments of `text` to the path in `room`; false where it leads above the root. */
static bool append_segments(char *room, size_t *used, const char *text)
{
    bool inside = true;
    while (*text != '\0') {
        size_t length = strcspn(text, "/");
        if (length == 2 && text[0] == '.' && text[1] == '.') {
            room[*used] = '\0';
            inside = inside && *used > 0;
            *used = lac_path_folder(room);
        } else if (length > 0 && !(length == 1 && text[0] == '.')) {
            if (*used > 0) {
                room[(*used)++] = '/';
            }
            memcpy(room + *used, text, length);
            *used += length;
        }
        text += length;
        text += *text == '/';
    }
    room[*used] = '\0';
    return inside;
}

static const char *behind_climbs(const char *text)
{
    for (const char *at = strstr(text, "../"); at != NULL; at = strstr(text, "../")) {
        text = at + 3;
    }
    return text;
}

static char *take_fragment(char *text)
{
    char *hash = strrchr(text, '#');
    if (hash == NULL) {
        return text + strlen(text);
    }
    *hash = '\0';
    return hash + 1;
}

bool lac_path_follow(lac_path *path, lac_arena *arena, const char *folder, lac_span written,
                     bool decode)
{
    lac_span trimmed = lac_span_trim(written);
    *path = (lac_path){NULL, "", "", trimmed.len != written.len ? LAC_PATH_TRIMMED : 0};
    char *text = lac_arena_copy(arena, trimmed);
    size_t length = strlen(folder);
    char *room = text == NULL ? NULL : lac_arena_alloc(arena, length + trimmed.len + 2);
    if (room == NULL) {
        return false;
    }
    path->fragment = take_fragment(text);
    mend(text, &path->flags);
    if (decode) {
        decode_escapes(text, &path->flags);
    }
    path->tail = behind_climbs(text);
    memcpy(room, folder, length + 1);
    bool inside = append_segments(room, &length, text);
    path->text = inside && (path->flags & LAC_PATH_ABSOLUTE) == 0 ? room : NULL;
    path->flags |= path->text == NULL ? LAC_PATH_OUTSIDE : 0u;
    return true;
}
