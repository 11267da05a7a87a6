/*
 * limits.h - every cap in one place, with the reason for its value.
 *
 * Purpose: an input can cost no more than these; reaching one is LACUNA_E_LIMIT, never a crash and
 * never a silent cut. Real documents were measured: largest document.xml 19 MB, all parts 41 MB,
 * 117 entries, depth 25, compression up to 169:1. The values leave an order of magnitude above
 * that.
 */
#ifndef LAC_LIMITS_H
#define LAC_LIMITS_H

#include <stddef.h>
#include <stdint.h>

typedef struct lac_limits {
    uint32_t package_entries;         /* entries of a zip package */
    uint64_t package_file_bytes;      /* size of the package itself */
    uint64_t part_bytes;              /* one part, uncompressed */
    uint64_t package_total_bytes;     /* all parts read, uncompressed */
    uint64_t package_directory_bytes; /* the directory of a zip package */
    uint32_t part_name_bytes;
    uint32_t part_ratio; /* uncompressed : compressed, judged above ratio_floor_bytes */
    uint64_t ratio_floor_bytes;
    uint32_t xml_depth;
    uint32_t xml_attributes; /* of one element */
    uint64_t xml_elements;   /* of one part */
    uint64_t text_bytes;     /* reference text of one document */
    uint32_t blocks;         /* blocks of one document */
    uint32_t style_chain;    /* basedOn steps */
    uint32_t table_depth;    /* tables in tables */
    uint32_t field_depth;
    uint64_t plain_file_bytes; /* a text or Markdown file */
    uint64_t json_bytes;       /* a checklist, a configuration */
    /* A PDF, and the program that reads it. It holds the file in memory besides pdf_memory_bytes;
     * measured: 15 MB and 1 s of processor time for 1,000 pages of text. */
    uint64_t pdf_file_bytes;
    uint64_t pdf_memory_bytes;
    uint32_t pdf_cpu_seconds;
    uint32_t pdf_wall_seconds;
    uint32_t pdf_pages;
    uint32_t mail_parts; /* of one e-mail */
    uint32_t mail_depth; /* parts in parts; it bounds the recursion */
    /* A submission: files are only hashed, never held, so their sizes cost time and no memory. */
    uint32_t submission_entries;
    uint64_t submission_part_bytes;
    uint64_t submission_total_bytes;
    uint32_t submission_placements;
} lac_limits;

/* The defaults; a caller copies and changes them. */
static const lac_limits LAC_LIMITS_DEFAULT = {
    .package_entries = 4096,
    .package_file_bytes = (uint64_t)512 << 20,
    .part_bytes = (uint64_t)256 << 20,
    .package_total_bytes = (uint64_t)512 << 20,
    .package_directory_bytes = (uint64_t)16 << 20,
    .part_name_bytes = 1024,
    .part_ratio = 1000,
    .ratio_floor_bytes = (uint64_t)1 << 20,
    .xml_depth = 256,
    .xml_attributes = 1024,
    .xml_elements = (uint64_t)32 << 20,
    .text_bytes = (uint64_t)64 << 20,
    .blocks = 4u << 20,
    .style_chain = 30,
    .table_depth = 32,
    .field_depth = 64,
    .plain_file_bytes = (uint64_t)64 << 20,
    .json_bytes = (uint64_t)32 << 20,
    .pdf_file_bytes = (uint64_t)512 << 20,
    .pdf_memory_bytes = (uint64_t)1 << 30,
    .pdf_cpu_seconds = 120,
    .pdf_wall_seconds = 300,
    .pdf_pages = 1u << 17,
    .mail_parts = 1000,
    .mail_depth = 16,
    .submission_entries = 1u << 20,
    .submission_part_bytes = (uint64_t)64 << 30,
    .submission_total_bytes = (uint64_t)4 << 40,
    .submission_placements = 4u << 20,
};

#endif
