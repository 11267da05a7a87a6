/*
 * build.h - which build this is.
 */
#ifndef LAC_BUILD_H
#define LAC_BUILD_H

enum { LAC_BUILD_ID_SIZE = 65 };

/* The linker's build id (NT_GNU_BUILD_ID) of the program or library this code is in, as hex digits:
 * the same for the same code and options. "unknown" where the linker wrote none. */
void lac_build_id(char hex[LAC_BUILD_ID_SIZE]);

#endif
