#include "writers/rules.h"

#include <string.h>

static const lac_rule RULES[] = {
    {"decision/changed", "Decision about another checklist",
     "A decision names the digest of the checklist it was made with, and the checklist has another "
     "one now. The decision is void; the item has the status the rules gave it.",
     "Read the item again, and decide again with `lacuna decide`, or remove the decision.", false},
    {"decision/early", "Decision of a later day",
     "A decision was made after the day the run is judged on (--as-of), so it does not hold.",
     "Correct the day it was made, or judge on a later day.", false},
    {"decision/void", "Decision about text that was changed",
     "A decision rests on the text of a section, and that text is another one now or gone. The "
     "decision is void; the item has the status the rules gave it.",
     "Read the section again, and decide again with `lacuna decide`, or remove the decision.",
     false},
    {"document/identity-shared", "Documents that cannot be told apart",
     "Two documents of a run are of the same type and state the same identifier, or have the same "
     "id in the configuration. Baselines, waivers and decisions know them by the order of their "
     "paths.",
     "Give each an id of its own in .lacuna.json (\"documents\").", false},
    {"docx/alt-chunk", "Imported content",
     "Word imports another file into the document when it opens it (w:altChunk). That text is not "
     "in "
     "the document itself and was not read.",
     "Open the document in Word, save it, and check the saved file.", false},
    {"docx/broken-reference", "Broken cross-reference",
     "A cross-reference shows an error message instead of its target, as Word prints it when the "
     "target is gone.",
     "Update the fields in Word and repair the reference.", true},
    {"docx/comments", "Comments left in the document",
     "Reviewers' comments are part of the file and travel with it.",
     "Resolve them, or remove them before the document leaves the house.", true},
    {"docx/contents-out-of-date", "Table of contents out of date",
     "The table of contents lists headings the document does not have, or does not list some it "
     "has.",
     "Update the table of contents in Word.", false},
    {"docx/embedded-object", "Embedded object",
     "Spreadsheets and other objects embedded in the document are not text and were not read.",
     "Where they hold what is asked for, put it into the text or into a table.", false},
    {"docx/field-unclosed", "Field without an end",
     "A field has no end mark, so where its instruction ends and text begins is a guess; text "
     "behind "
     "it may be missing.",
     "Open the document in Word, update all fields, and save it.", false},
    {"docx/hidden-text", "Hidden text",
     "Text formatted as hidden is in the file, but not on the page. It was not judged.",
     "Remove it, or make it visible.", true},
    {"docx/number-format", "Unknown number format",
     "Headings or lists use a number format that is not known here; these numbers were left out.",
     "Compare the numbers with `lacuna outline`.", false},
    {"docx/part-unreadable", "Part that could not be read",
     "A part of the package besides the main text (styles, notes, headers ...) is damaged or "
     "missing; "
     "the rest was read without it.",
     "Open the document in Word, let Word repair it, and save it.", false},
    {"docx/sub-document", "Master document",
     "The document is a master document; the sub-documents it shows are files of their own and "
     "were "
     "not read.",
     "Check the sub-documents, or make one document of them in Word.", false},
    {"docx/text-box-depth", "Text boxes too deep",
     "Text boxes stand inside text boxes deeper than is read; the innermost were not read.",
     "Put the text on the page itself.", false},
    {"docx/tracked-changes", "Tracked changes",
     "Insertions and deletions wait to be accepted or rejected. The document was judged as if all "
     "were accepted.",
     "Accept or reject them in Word.", true},
    {"docx/unreviewed-draft", "Drafts that nobody has decided about",
     "The document still holds insertions that `lacuna draft` put in, as tracked changes by "
     "\"Lacuna "
     "(AI draft)\" or \"Lacuna (draft)\". A draft is no finished text, least of all in a document "
     "whose properties say that it is final.",
     "Read each draft and its comment, then accept, change or reject it in Word; decisions about "
     "drafts are recorded by `lacuna review`.",
     true},
    {"pdf/damaged", "Damaged PDF",
     "The program that reads PDF files complained about this one and read on. Text may be missing "
     "or in disorder.",
     "Make the PDF again from its source, or check the source.", false},
    {"pdf/dynamic-form", "Form that only Adobe's software shows",
     "The file holds a dynamic form (XFA); other programs show a page that asks to wait. Nothing "
     "of "
     "the form could be judged.",
     "Print or flatten the form into an ordinary PDF and check that.", false},
    {"pdf/no-reader", "No program to read PDF files",
     "PDF files are read through pdftotext, which is not installed or was turned off.",
     "Install poppler-utils, or check the Word source.", false},
    {"pdf/page-without-text", "Pages without text",
     "Pages that were scanned or drawn hold no characters, so what they show could not be judged: "
     "what is missing may stand there.",
     "Recognise their text (OCR), or look at those pages.", false},
    {"response/claim-contradicted", "Claim that a source contradicts",
     "An answer states a value that a passage it cites gives otherwise: another value, another "
     "group, the opposite direction.",
     "Correct the answer, or cite the passage that says it.", false},
    {"response/claim-for-person", "Claim that a person has to read",
     "Whether a passage says what an answer states cannot be told by its words alone.",
     "Read the passage and the answer.", false},
    {"response/claim-unsupported", "Claim without support",
     "An answer states a number, a date, an identifier or a quote that no passage it cites has.",
     "Cite the passage that says it, or give the document to check with --submission.", false},
    {"response/commitment-open", "Commitment without owner or date",
     "A row of commitments.csv does not say who sees to it, or by when.",
     "Complete owner and date (YYYY-MM-DD) in the plan, and write the package again.", false},
    {"response/commitment-overdue", "Commitment whose date is past",
     "A commitment was due before the day of the check.", "Give a date that can be kept.", false},
    {"response/commitment-unsaid", "Commitment that no answer makes",
     "A row of commitments.csv is not in the answer it belongs to.",
     "Put it into the answer, or take it out of the list.", false},
    {"response/data-needed", "Something is still to be supplied",
     "A place is marked as one that a person has to fill.",
     "Fill it in the plan, and write the package again.", false},
    {"response/dead-citation", "Citation of nothing",
     "An answer cites a document or section that is not among its sources.",
     "Correct the citation, or give the document to check with --submission.", false},
    {"response/letter-incomplete", "Letter of which text is missing",
     "Pages or attachments of the letter could not be read, so nobody knows whether all of it is "
     "answered.",
     "Get the whole letter, and make the package again.", false},
    {"response/no-changes", "Answer that names no changes",
     "An answer does not say what was changed, nor that nothing was.",
     "Say it under \"Summary of changes\".", false},
    {"response/no-place", "Change without its place",
     "An answer names changes, but not the leaf they are filed in and what is done to it.",
     "Complete \"Where updated\": leaf, section, and new, replace, append or delete.", false},
    {"response/order", "Answer out of order", "An answer stands before one to an earlier question.",
     "Answer in the order of the letter.", false},
    {"response/other-letter", "Another letter",
     "The letter is not the one the package was written for.",
     "Name the right letter with --letter, or make the package again.", false},
    {"response/promise-not-listed", "Promise that is not listed",
     "An answer promises something that is not in commitments.csv word for word.",
     "Put it into the commitments of the plan, with owner and date, or take the promise out.",
     false},
    {"text/leftover", "Left by the template",
     "A placeholder or an instruction of the template stands where content is expected.",
     "Replace it by the content, or remove it.", false},
    {"text/replaced-characters", "Characters that could not be read",
     "Bytes of the file are no text in the encoding it was read in; they were replaced.",
     "Save the file as UTF-8.", false},
    {"waiver/changed", "Waiver of another checklist",
     "A waiver names the digest of the checklist it was given for, and the checklist has another "
     "one "
     "now: what is waived may ask for something else. The waiver is void.",
     "Read the item again, and write the new digest, or remove the waiver.", false},
    {"waiver/early", "Waiver of a later day",
     "A waiver was created after the day the run is judged on (--as-of), so it does not hold.",
     "Correct the day it was created, or judge on a later day.", false},
    {"waiver/expired", "Expired waiver",
     "A waiver's last day is over. What it waived counts again.",
     "Close the gap, or have the waiver approved again with a new day.", false},
    {"waiver/unused", "Waiver of nothing",
     "A waiver is for documents that were checked, and no finding of them is what it waives.",
     "Remove it: it would waive the gap silently if it came back.", false},
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
