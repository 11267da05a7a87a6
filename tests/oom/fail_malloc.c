/*
 * fail_malloc - preloaded library that lets one allocation of a process fail.
 *
 * LAC_OOM_AT=N      the N-th call of malloc, calloc, realloc or an aligned variant returns NULL;
 *                   0 or unset: none
 * LAC_OOM_ONWARD=1  every later call fails as well
 * LAC_OOM_TRAP=1    stop there for the debugger: gdb -ex run -ex backtrace
 * LAC_OOM_SPARE=L   not where malloc is called by a library with L in its name
 * LAC_OOM_COUNT=F   at exit, the number of calls is written to the file F
 *
 * Calls of every library count, ours and those below. Works with glibc (uses its __libc_ entry
 * points) and not together with the address sanitizer, which brings an allocator of its own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static atomic_ulong calls;
static unsigned long fail_at;
static int onward, trap;
static const char *spared;

__attribute__((constructor)) static void read_settings(void)
{
    const char *at = getenv("LAC_OOM_AT");

    atomic_store(&calls, 0);
    fail_at = at != NULL ? strtoul(at, NULL, 10) : 0;
    onward = getenv("LAC_OOM_ONWARD") != NULL;
    trap = getenv("LAC_OOM_TRAP") != NULL;
    spared = getenv("LAC_OOM_SPARE");
}

__attribute__((destructor)) static void write_count(void)
{
    unsigned long total = atomic_load(&calls);
    const char *name = getenv("LAC_OOM_COUNT");

    fail_at = 0;
    FILE *file = name != NULL ? fopen(name, "w") : NULL;
    if (file != NULL) {
        fprintf(file, "%lu\n", total);
        fclose(file);
    }
}

static int fails(void)
{
    unsigned long call = atomic_fetch_add(&calls, 1) + 1;

    if (fail_at == 0 || call < fail_at || (call > fail_at && !onward)) {
        return 0;
    }
    if (trap && call == fail_at) {
        raise(SIGTRAP);
    }
    errno = ENOMEM;
    return 1;
}

static int is_spared(void *caller)
{
    Dl_info info;
    return spared != NULL && dladdr(caller, &info) != 0 && info.dli_fname != NULL &&
           strstr(info.dli_fname, spared) != NULL;
}

void *malloc(size_t size)
{
    return fails() && !is_spared(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails() ? NULL : __libc_realloc(block, size);
}

void *reallocarray(void *block, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(block, total);
}

void *memalign(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *block = memalign(alignment, size);

    if (block == NULL) {
        return ENOMEM;
    }
    *out = block;
    return 0;
}
