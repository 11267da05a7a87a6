#include "support/write_all.h"

#include <errno.h>
#include <unistd.h>

bool lac_write_all(int file, lac_span content)
{
    while (content.len > 0) {
        ssize_t written = write(file, content.ptr, content.len);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        content = lac_span_make(content.ptr + written, content.len - (size_t)written);
    }
    return true;
}
