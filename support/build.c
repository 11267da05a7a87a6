#include "support/build.h"

#include <link.h>
#include <stdint.h>
#include <string.h>

/* Defined by the linker: the ELF header of the module, as loaded. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((weak, visibility("hidden")));

static void to_hex(char hex[LAC_BUILD_ID_SIZE], const unsigned char *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    size_t most = (LAC_BUILD_ID_SIZE - 1) / 2;
    count = count < most ? count : most;
    for (size_t i = 0; i < count; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * count] = '\0';
}

/* Notes are a header, a name and a description, the latter two padded to four bytes. */
static int find_in_notes(char hex[LAC_BUILD_ID_SIZE], const unsigned char *notes, size_t size)
{
    size_t at = 0;
    while (at + sizeof(ElfW(Nhdr)) <= size) {
        ElfW(Nhdr) note;
        memcpy(&note, notes + at, sizeof note);
        size_t name = at + sizeof note;
        size_t description = name + ((note.n_namesz + (size_t)3) & ~(size_t)3);
        size_t end = description + ((note.n_descsz + (size_t)3) & ~(size_t)3);
        if (end > size) {
            return 0;
        }
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
            memcmp(notes + name, "GNU", 4) == 0) {
            to_hex(hex, notes + description, note.n_descsz);
            return 1;
        }
        at = end;
    }
    return 0;
}

void lac_build_id(char hex[LAC_BUILD_ID_SIZE])
{
    memcpy(hex, "unknown", sizeof "unknown");
    if (&__ehdr_start == NULL) {
        return;
    }
    uintptr_t header = (uintptr_t)&__ehdr_start;
    const ElfW(Phdr) *segments = (const ElfW(Phdr) *)(header + __ehdr_start.e_phoff);
    uintptr_t base = header;
    for (size_t i = 0; i < __ehdr_start.e_phnum; i++) {
        if (segments[i].p_type == PT_LOAD && segments[i].p_offset == 0) {
            base = header - segments[i].p_vaddr;
        }
    }
    for (size_t i = 0; i < __ehdr_start.e_phnum; i++) {
        const unsigned char *notes = (const unsigned char *)(base + segments[i].p_vaddr);
        if (segments[i].p_type == PT_NOTE && find_in_notes(hex, notes, segments[i].p_memsz) != 0) {
            return;
        }
    }
}
