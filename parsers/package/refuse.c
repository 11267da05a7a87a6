/* The one message for each kind of file that cannot be read: what it is, and what to do. */
#include "parsers/package/package.h"
#include "support/error.h"

typedef struct refusal {
    const char *is;
    const char *remedy;
} refusal;

static refusal refusal_of(lac_kind kind)
{
    switch (kind) {
    case LAC_KIND_ZIP:
        return (refusal){"a zip file", "Name the file inside it that you mean."};
    case LAC_KIND_FOLDER:
        return (refusal){"a folder", "Name the file inside it that you mean."};
    case LAC_KIND_OLE_ENCRYPTED:
        return (refusal){"encrypted",
                         "Remove the password or rights protection in Word (File > Info > Protect "
                         "Document) and save the file again."};
    case LAC_KIND_OLE_LEGACY:
        return (refusal){"in the format of Office 97-2003 (.doc, .xls, .ppt)",
                         "Open it in Word and save it as .docx."};
    case LAC_KIND_RTF:
        return (refusal){"in Rich Text Format (.rtf)", "Open it in Word and save it as .docx."};
    case LAC_KIND_PDF:
        return (refusal){"a PDF", "Use the Word document it was made from."};
    case LAC_KIND_LFS_POINTER:
        return (refusal){"a Git LFS pointer", "Fetch the real file with \"git lfs pull\"."};
    case LAC_KIND_ANNEX_POINTER:
        return (refusal){"a git-annex pointer", "Fetch the real file with \"git annex get\"."};
    case LAC_KIND_LINK_TEXT:
        return (refusal){"a symbolic link that was copied as text",
                         "Use the file whose path it holds."};
    case LAC_KIND_WORD_OWNER:
        return (refusal){
            "the lock file that Word keeps beside an open document",
            "Close the document in Word, and use the file without \"~$\" in its name."};
    case LAC_KIND_EMPTY:
        return (refusal){"empty (0 bytes)", "Fetch or copy the file again."};
    case LAC_KIND_HTML:
        return (refusal){
            "a web page (HTML)",
            "If it should be a document, fetch it again: a sign-in or error page may "
            "have been saved in its place. Else open it in Word and save it as .docx."};
    case LAC_KIND_WORD_XML:
        return (refusal){"a Word document in one XML file",
                         "Open it in Word and save it as .docx."};
    case LAC_KIND_XML:
        return (refusal){"an XML file", "Check that this is the file you meant."};
    case LAC_KIND_TEXT:
        return (refusal){"plain text", "Name it .txt or .md if the text is what you mean; else "
                                       "fetch the file again."};
    case LAC_KIND_UNKNOWN:
        break;
    }
    return (refusal){"of a kind that is not known here", "Check that this is the file you meant."};
}

lacuna_status lac_refuse_kind(lac_kind kind, const char *wanted, lacuna_error *err)
{
    refusal r = refusal_of(kind);
    lacuna_status status = kind == LAC_KIND_EMPTY ? LACUNA_E_FORMAT : LACUNA_E_UNSUPPORTED;
    if (kind == LAC_KIND_EMPTY || kind == LAC_KIND_OLE_ENCRYPTED) {
        return lac_fail_remedy(err, status, r.remedy, "the file is %s", r.is);
    }
    return lac_fail_remedy(err, status, r.remedy, "the file is %s, not %s", r.is, wanted);
}
