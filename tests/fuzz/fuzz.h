/*
 * fuzz.h - what every fuzz target offers, to libFuzzer and to standalone.c alike.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A broken promise of the code under test: stop, so the fuzzer keeps the input. */
#define FUZZ_EXPECT(condition) \
    do {                       \
        if (!(condition)) {    \
            abort();           \
        }                      \
    } while (0)

#endif
