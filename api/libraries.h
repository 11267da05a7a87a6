/*
 * libraries.h - the libraries the core is linked with.
 */
#ifndef LAC_API_LIBRARIES_H
#define LAC_API_LIBRARIES_H

enum { LAC_LIBRARY_VERSION_SIZE = 64, LAC_LIBRARY_COUNT = 5 };

typedef struct lac_library {
    const char *name;
    char built[LAC_LIBRARY_VERSION_SIZE];   /* version of the headers */
    char running[LAC_LIBRARY_VERSION_SIZE]; /* version that is loaded */
} lac_library;

/* By name. */
void lac_libraries(lac_library libraries[LAC_LIBRARY_COUNT]);

#endif
