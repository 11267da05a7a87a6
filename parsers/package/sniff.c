/* What a file is: by content, so a renamed file gets the message about what it really is. */
#include "parsers/package/ole.h"
#include "parsers/package/source.h"
#include "support/error.h"
#include "support/utf8.h"

#include <string.h>

enum {
    HEAD_BYTES = 8192,
    PDF_JUNK = 1024,     /* readers accept this much in front of "%PDF-" (PDF 1.7, H.3) */
    POINTER_BYTES = 2048 /* Git LFS keeps below 1024, git-annex keys stay below this */
};

typedef struct sample {
    const lac_reader *reader;
    const char *name; /* last segment of the path; "" if not known */
    lac_span head;
} sample;

static bool starts(lac_span text, const char *with)
{
    size_t length = strlen(with);
    return text.len >= length && memcmp(text.ptr, with, length) == 0;
}

static bool contains(lac_span text, const char *what)
{
    size_t length = strlen(what);
    for (size_t i = 0; i + length <= text.len; i++) {
        if (text.ptr[i] == what[0] && memcmp(text.ptr + i, what, length) == 0) {
            return true;
        }
    }
    return false;
}

static lac_span without_mark(lac_span text)
{
    size_t skip = starts(text, "\xEF\xBB\xBF") ? 3 : 0;
    return lac_span_trim(lac_span_make(text.ptr + skip, text.len - skip));
}

/* Bytes no text has. Form feed, escape and the end-of-file mark of DOS do occur in old ones. */
static bool is_text(lac_span text)
{
    if (starts(text, "\xFF\xFE") || starts(text, "\xFE\xFF")) {
        return true;
    }
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c < 0x09 || (c > 0x0D && c < 0x1A) || (c > 0x1B && c < 0x20)) || c == 0x7F) {
            return false;
        }
    }
    return true;
}

static bool tail_contains(const lac_reader *reader, const char *what)
{
    char tail[PDF_JUNK];
    size_t length = reader->size < sizeof tail ? (size_t)reader->size : sizeof tail;
    return lac_reader_at(reader, reader->size - length, tail, length, NULL) == LACUNA_OK &&
           contains(lac_span_make(tail, length), what);
}

/* A text may quote "%PDF-" early on; a PDF then also ends like one, or holds bytes no text has. */
static bool is_pdf(const sample *s)
{
    lac_span early = lac_span_make(s->head.ptr, s->head.len < PDF_JUNK ? s->head.len : PDF_JUNK);
    if (starts(without_mark(early), "%PDF-")) {
        return true;
    }
    return contains(early, "%PDF-") && (!is_text(s->head) || tail_contains(s->reader, "%%EOF"));
}

/* The owner record: length and name in one byte each, then again in UTF-16 from byte 54 on. */
static bool is_owner_file(const sample *s)
{
    enum { OWNER_BYTES = 162, WIDE_AT = 54, LARGEST = 512 };
    if (s->reader->size <= LARGEST && starts(lac_span_of(s->name), "~$")) {
        return true;
    }
    if (s->reader->size != OWNER_BYTES) {
        return false;
    }
    const unsigned char *p = (const unsigned char *)s->head.ptr;
    return p[0] > 0 && p[0] < WIDE_AT && p[WIDE_AT] == p[0] && p[WIDE_AT + 1] == 0;
}

static lac_span extension(lac_span name)
{
    size_t i = name.len;
    while (i > 0 && name.ptr[i - 1] != '.' && name.ptr[i - 1] != '/') {
        i--;
    }
    bool found = i > 0 && name.ptr[i - 1] == '.';
    return lac_span_make(name.ptr + i, found ? name.len - i : 0);
}

/* Git on a system without symbolic links writes "../docs/name.docx" into name.docx. */
static bool is_link_text(const sample *s)
{
    lac_span text = lac_span_trim(s->head);
    lac_span wanted = extension(lac_span_of(s->name));
    if (s->reader->size > POINTER_BYTES || wanted.len == 0 || contains(text, "\n") ||
        !contains(text, "/")) {
        return false;
    }
    return lac_span_equal_nocase(extension(text), wanted);
}

static bool sniff_pointer(lac_kind *kind, const sample *s)
{
    if (s->reader->size > POINTER_BYTES) {
        return false;
    }
    if (starts(s->head, "version https://git-lfs") || starts(s->head, "version https://hawser")) {
        *kind = LAC_KIND_LFS_POINTER;
        return true;
    }
    if (starts(s->head, "/annex/objects/") || contains(s->head, ".git/annex/objects/")) {
        *kind = LAC_KIND_ANNEX_POINTER;
        return true;
    }
    *kind = LAC_KIND_LINK_TEXT;
    return is_link_text(s);
}

static bool sniff_markup(lac_kind *kind, lac_span head)
{
    lac_span text = without_mark(head);
    bool page = lac_span_starts_nocase(text, "<!DOCTYPE html") ||
                lac_span_starts_nocase(text, "<html") || starts(text, "MIME-Version:");
    if (page) {
        *kind = LAC_KIND_HTML;
        return true;
    }
    if (!starts(text, "<?xml")) {
        return false;
    }
    *kind = LAC_KIND_XML;
    if (contains(text, "schemas.microsoft.com/office/2006/xmlPackage") ||
        contains(text, "schemas.microsoft.com/office/word/2003/wordml") ||
        contains(text, "progid=\"Word.Document\"")) {
        *kind = LAC_KIND_WORD_XML;
    } else if (contains(text, "<html")) {
        *kind = LAC_KIND_HTML;
    }
    return true;
}

static lac_kind classify(const sample *s)
{
    lac_kind kind = LAC_KIND_UNKNOWN;
    if (s->head.len == 0) {
        return LAC_KIND_EMPTY;
    }
    if (starts(s->head, "PK\x03\x04") || starts(s->head, "PK\x05\x06")) {
        return LAC_KIND_ZIP;
    }
    if (lac_ole_starts(s->head)) {
        return lac_ole_encrypted(s->reader) ? LAC_KIND_OLE_ENCRYPTED : LAC_KIND_OLE_LEGACY;
    }
    if (starts(without_mark(s->head), "{\\rtf")) {
        return LAC_KIND_RTF;
    }
    if (is_pdf(s)) {
        return LAC_KIND_PDF;
    }
    if (is_owner_file(s)) {
        return LAC_KIND_WORD_OWNER;
    }
    if (sniff_pointer(&kind, s) || sniff_markup(&kind, s->head)) {
        return kind;
    }
    return is_text(s->head) ? LAC_KIND_TEXT : LAC_KIND_UNKNOWN;
}

static const char *last_segment(const lac_source *source)
{
    if (source->path == NULL) {
        return "";
    }
    const char *slash = strrchr(source->path, '/');
    return slash == NULL ? source->path : slash + 1;
}

static lacuna_status sniff_reader(lac_kind *kind, const lac_reader *reader, const char *name,
                                  lacuna_error *err)
{
    char head[HEAD_BYTES];
    size_t length = reader->size < sizeof head ? (size_t)reader->size : sizeof head;
    lacuna_status status = lac_reader_at(reader, 0, head, length, err);
    if (status != LACUNA_OK) {
        return status;
    }
    sample s = {reader, name, lac_span_make(head, length)};
    *kind = classify(&s);
    if (*kind == LAC_KIND_UNKNOWN && tail_contains(reader, "PK\x05\x06")) {
        *kind = LAC_KIND_ZIP; /* with bytes in front, as self-extracting ones have */
    }
    return LACUNA_OK;
}

lacuna_status lac_sniff(lac_kind *kind, const lac_source *source, lacuna_error *err)
{
    *kind = LAC_KIND_UNKNOWN;
    if (lac_source_is_folder(source)) {
        *kind = LAC_KIND_FOLDER;
        return LACUNA_OK;
    }
    lac_reader reader;
    lacuna_status status = lac_reader_open(&reader, source, err);
    if (status == LACUNA_OK) {
        status = sniff_reader(kind, &reader, last_segment(source), err);
        lac_reader_close(&reader);
    }
    return status;
}
