#include "include/lacuna.h"

const char *lacuna_version(void)
{
    return "0.1.0";
}

const char *lacuna_status_name(lacuna_status status)
{
    static const char *const names[] = {
        "ok",           "wrong argument", "limit reached", "unsupported", "damaged input",
        "input/output", "out of memory",  "cancelled",     "not found",   "internal error",
    };
    size_t index = (size_t)status;
    return index < sizeof names / sizeof names[0] ? names[index] : "unknown status";
}
