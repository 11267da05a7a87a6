#include "analyzer/regex_code.h"

#include <stdbool.h>
#include <stdlib.h>

enum {
    RESERVE_BYTES = 120 * 1024, /* 30 of the 4 KiB pieces the compiler asks for */
    /* What stays after compiling is small, and its failure is noticed by pcre2. */
    SMALL_BYTES = 1024,
    ALIGNMENT = 16,
};

struct lac_regex_code {
    pcre2_code *code;
    unsigned char *reserve; /* NULL: none at the moment */
    size_t used;            /* bytes handed out from its beginning */
    size_t in_use;          /* pieces handed out and not returned */
};

static void *take(size_t size, void *user)
{
    lac_regex_code *regex = user;

    if (regex->reserve == NULL || size < SMALL_BYTES || size > RESERVE_BYTES - regex->used) {
        return malloc(size);
    }
    unsigned char *piece = regex->reserve + regex->used;
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    regex->used += rounded < RESERVE_BYTES - regex->used ? rounded : RESERVE_BYTES - regex->used;
    regex->in_use++;
    return piece;
}

static bool is_reserve(const lac_regex_code *regex, const unsigned char *piece)
{
    return regex->reserve != NULL && piece >= regex->reserve &&
           piece < regex->reserve + RESERVE_BYTES;
}

static void give_back(void *piece, void *user)
{
    lac_regex_code *regex = user;

    if (is_reserve(regex, piece)) {
        regex->in_use--;
    } else {
        free(piece);
    }
}

lac_regex_code *lac_regex_code_new(lac_span pattern, uint32_t options, int *error,
                                   PCRE2_SIZE *offset)
{
    lac_regex_code *regex = calloc(1, sizeof *regex);
    pcre2_general_context *memory =
        regex == NULL ? NULL : pcre2_general_context_create(take, give_back, regex);
    pcre2_compile_context *context = memory == NULL ? NULL : pcre2_compile_context_create(memory);

    *error = PCRE2_ERROR_NOMEMORY;
    *offset = 0;
    if (context != NULL) {
        regex->code =
            pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, options, error, offset, context);
    }
    pcre2_compile_context_free(context);
    pcre2_general_context_free(memory);
    if (regex != NULL && regex->code == NULL) {
        lac_regex_code_free(regex);
        return NULL;
    }
    return regex;
}

void lac_regex_code_free(lac_regex_code *regex)
{
    if (regex != NULL) {
        pcre2_code_free(regex->code);
        free(regex->reserve);
        free(regex);
    }
}

void lac_regex_code_speed_up(lac_regex_code *regex)
{
    regex->reserve = malloc(RESERVE_BYTES);
    if (regex->reserve == NULL) {
        return;
    }
    regex->used = 0;
    (void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
    if (regex->in_use == 0) {
        free(regex->reserve);
        regex->reserve = NULL;
    } else {
        regex->used =
            RESERVE_BYTES; /* what stays in use stays where it is; nothing more is taken */
    }
}

const pcre2_code *lac_regex_code_pcre2(const lac_regex_code *regex)
{
    return regex->code;
}
