/*
 * faults.h - collecting what a validator says.
 */
#ifndef LAC_GRAMMAR_FAULTS_H
#define LAC_GRAMMAR_FAULTS_H

#include "parsers/grammar/grammar.h"

#include <libxml/xmlerror.h>

typedef struct lac_faults {
    lac_arena *arena;
    lac_fault *items; /* LAC_FAULTS_MAX */
    uint32_t count;
    uint64_t more;
    bool no_memory;
} lac_faults;

/* False: out of memory. */
bool lac_faults_begin(lac_faults *faults, lac_arena *arena);
/* Text ends at its first line end; bytes that are no UTF-8 become '?'. */
void lac_faults_add(lac_faults *faults, uint32_t line, const char *text);
void lac_faults_end(lac_judgement *out, const lac_faults *faults);

/* libxml2 tells errors to a handler of the thread; the host's is put back. */
typedef struct lac_error_guard {
    xmlStructuredErrorFunc handler;
    void *user;
} lac_error_guard;
void lac_error_guard_set(lac_error_guard *guard, void *user, xmlStructuredErrorFunc handler);
void lac_error_guard_restore(const lac_error_guard *guard);

#endif
