#include "writers/rules.h"

#include <string.h>

static const lac_rule RULES[] = {
    {"docx/alt-chunk", "Imported content",
     "Word imports another file into the document when it opens it (w:altChunk). That text is not "
     "in "
     "the document itself and was not read.",
     "Open the document in Word, save it, and check the saved file."},
    {"docx/broken-reference", "Broken cross-reference",
     "A cross-reference shows an error message instead of its target, as Word prints it when the "
     "target is gone.",
     "Update the fields in Word and repair the reference."},
    {"docx/comments", "Comments left in the document",
     "Reviewers' comments are part of the file and travel with it.",
     "Resolve them, or remove them before the document leaves the house."},
    {"docx/contents-out-of-date", "Table of contents out of date",
     "The table of contents lists headings the document does not have, or does not list some it "
     "has.",
     "Update the table of contents in Word."},
    {"docx/embedded-object", "Embedded object",
     "Spreadsheets and other objects embedded in the document are not text and were not read.",
     "Where they hold what is asked for, put it into the text or into a table."},
    {"docx/field-unclosed", "Field without an end",
     "A field has no end mark, so where its instruction ends and text begins is a guess; text "
     "behind "
     "it may be missing.",
     "Open the document in Word, update all fields, and save it."},
    {"docx/hidden-text", "Hidden text",
     "Text formatted as hidden is in the file, but not on the page. It was not judged.",
     "Remove it, or make it visible."},
    {"docx/number-format", "Unknown number format",
     "Headings or lists use a number format that is not known here; these numbers were left out.",
     "Compare the numbers with `lacuna outline`."},
    {"docx/part-unreadable", "Part that could not be read",
     "A part of the package besides the main text (styles, notes, headers ...) is damaged or "
     "missing; "
     "the rest was read without it.",
     "Open the document in Word, let Word repair it, and save it."},
    {"docx/sub-document", "Master document",
     "The document is a master document; the sub-documents it shows are files of their own and "
     "were "
     "not read.",
     "Check the sub-documents, or make one document of them in Word."},
    {"docx/text-box-depth", "Text boxes too deep",
     "Text boxes stand inside text boxes deeper than is read; the innermost were not read.",
     "Put the text on the page itself."},
    {"docx/tracked-changes", "Tracked changes",
     "Insertions and deletions wait to be accepted or rejected. The document was judged as if all "
     "were accepted.",
     "Accept or reject them in Word."},
    {"docx/unreviewed-draft", "Drafts that nobody has decided about",
     "The document still holds insertions that `lacuna draft` put in, as tracked changes by "
     "\"Lacuna "
     "(AI draft)\" or \"Lacuna (draft)\". A draft is no finished text, least of all in a document "
     "whose properties say that it is final.",
     "Read each draft and its comment, then accept, change or reject it in Word; decisions about "
     "drafts are recorded by `lacuna review`."},
    {"pdf/damaged", "Damaged PDF",
     "The program that reads PDF files complained about this one and read on. Text may be missing "
     "or in disorder.",
     "Make the PDF again from its source, or check the source."},
    {"pdf/dynamic-form", "Form that only Adobe's software shows",
     "The file holds a dynamic form (XFA); other programs show a page that asks to wait. Nothing "
     "of "
     "the form could be judged.",
     "Print or flatten the form into an ordinary PDF and check that."},
    {"pdf/no-reader", "No program to read PDF files",
     "PDF files are read through pdftotext, which is not installed or was turned off.",
     "Install poppler-utils, or check the Word source."},
    {"pdf/page-without-text", "Pages without text",
     "Pages that were scanned or drawn hold no characters, so what they show could not be judged: "
     "what is missing may stand there.",
     "Recognise their text (OCR), or look at those pages."},
    {"text/leftover", "Left by the template",
     "A placeholder or an instruction of the template stands where content is expected.",
     "Replace it by the content, or remove it."},
    {"text/replaced-characters", "Characters that could not be read",
     "Bytes of the file are no text in the encoding it was read in; they were replaced.",
     "Save the file as UTF-8."},
};

const lac_rule *lac_rules(size_t *count)
{
    *count = sizeof RULES / sizeof RULES[0];
    return RULES;
}

const lac_rule *lac_rule_find(const char *id)
{
    for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++) {
        if (strcmp(RULES[i].id, id) == 0) {
            return &RULES[i];
        }
    }
    return NULL;
}
