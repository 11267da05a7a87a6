/*
 * programs.h - other programs that lacuna runs, and where they are.
 */
#ifndef LACUNA_CLI_PROGRAMS_H
#define LACUNA_CLI_PROGRAMS_H

#include "cli.h"

#include <stddef.h>

/* For help texts. */
#define CLI_PDFTOTEXT_HELP                                                         \
    "  --pdftotext PATH       the program that reads PDF files (poppler-utils);\n" \
    "                         default: pdftotext on the PATH. none: read no PDF\n"

/* Looks for a program in the absolute folders of PATH; writes its path. */
bool cli_find_program(char *path, size_t size, const char *name);

/* Tells the library what reads PDF files: `chosen` ("none", or a path relative to the working
 * folder), or where it is NULL what is on the PATH, if anything. */
int cli_set_pdf_reader(lacuna_options *options, const char *chosen);

#endif
