/*
 * checked.h - arithmetic on sizes that cannot wrap unnoticed. True means "it fitted".
 */
#ifndef LAC_CHECKED_H
#define LAC_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool lac_add_size(size_t *sum, size_t a, size_t b)
{
    return !__builtin_add_overflow(a, b, sum);
}

static inline bool lac_mul_size(size_t *product, size_t a, size_t b)
{
    return !__builtin_mul_overflow(a, b, product);
}

static inline bool lac_add_u64(uint64_t *sum, uint64_t a, uint64_t b)
{
    return !__builtin_add_overflow(a, b, sum);
}

#endif
