"""The templates: protocol (ICH M11), clinical study report (ICH E3), response to an agency."""
import json

from . import package
from .body import (Body, header_bar, number_all, page_footer, paragraph, plain_title, run, text)

LEGEND = ("How to use this template. Text in this style is instruction: it tells what a section has to "
          "say, and by which guidance; take it out before the document is final. [Text in brackets] "
          "is to be replaced. Grey text without brackets is a suggestion: keep it, change it, or take "
          "it out.")


def legend(more=""):
    return paragraph("Instruction", run(LEGEND + more), package.spacing(320, 240, 252))


def sections_of(root, checklist, first):
    """(item id, level, title, instruction) of the numbered sections."""
    data = json.loads((root / f"checklists/{checklist}.json").read_text(encoding="utf-8"))
    for item in data["items"]:
        number = item["section"].split(".")
        if number[0].isdigit() and int(number[0]) >= first:
            yield (item["id"], len(number), plain_title(item["title"]),
                   f'{item["requirement"]} ({item["citation"]})', item["strength"] == "structural")


def asks_for(title):
    """"Enter inclusion criteria" for "Inclusion Criteria"; acronyms stay."""
    words = [word if any(c.isupper() for c in word[1:]) else word.lower() for word in title.split()]
    return "Enter " + " ".join(words)


def add_sections(body, sections):
    for number, (identity, level, title, instruction, structural) in enumerate(sections):
        body.heading(level, title)
        body.instruction(instruction)
        is_leaf = number + 1 == len(sections) or sections[number + 1][1] <= level
        if is_leaf or not structural:
            body.add(body.block(identity, title, asks_for(title)))


def running(body, kind):
    header = header_bar(body.inline("protocol_number", "Protocol number", "Protocol number")
                        + run("  |  " + kind), run("Confidential"))
    footer = page_footer(body.inline("sponsor", "Sponsor", "Sponsor") + run("  |  Version ")
                         + body.inline("version", "Version", "Version"))
    first = paragraph("Footer", run("Confidential. The information in this document is the property of "
                                    "the sponsor and is given for review and conduct only."))
    return header, footer, first


# ---- protocol --------------------------------------------------------------------------------------


def protocol(root):
    body = Body()
    sections = list(sections_of(root, "protocol_m11", 1))
    numbered = number_all([(s[1], s[2]) for s in sections], 1)
    body.add(text("DocumentKind", "Clinical trial protocol"),
             paragraph("Title", body.inline("title", "Full title", "Full title of the trial")),
             paragraph("Subtitle", body.inline("short_title", "Short title", "Short title")))
    body.facts_table([
        ("Protocol number", body.inline("protocol_number", "Protocol number", "Protocol number")),
        ("Original or amendment", body.choice("original_or_amendment", "Original or amendment",
                                              "Choose", ["Original protocol", "Amendment"])),
        ("Version and date", body.inline("version", "Version", "Version") + run(", ")
         + body.date("version_date", "Version date", "Date")),
        ("Trial phase", body.choice("phase", "Trial phase", "Choose a phase",
                                    ["Phase 1", "Phase 1/2", "Phase 2", "Phase 2/3", "Phase 3",
                                     "Phase 4", "Other"])),
        ("Investigational product", body.inline("product", "Investigational product",
                                                "Name of the product")),
        ("Indication", body.inline("indication", "Indication", "Indication")),
        ("Sponsor", body.inline("sponsor", "Sponsor", "Sponsor") + run(", ")
         + body.inline("sponsor_address", "Sponsor address", "Address")),
        ("Regulatory and registry identifiers",
         body.inline("registry_identifiers", "Regulatory and registry identifiers",
                     "IND, EU CT, NCT numbers")),
        ("Approval", body.inline("approver", "Approved by", "Name and title of who approves")
         + run(", ") + body.date("approval_date", "Approval date", "Date of approval")),
    ])
    body.add(text("FrontHeading", "Contacts"))
    body.facts_table([
        ("Medical expert", body.inline("medical_expert", "Medical expert", "Name and telephone")),
        ("Reporting of serious adverse events",
         body.inline("sae_contact", "Reporting of serious adverse events",
                     "Electronic mail, telephone, and when to report")),
    ])
    body.add(legend())
    body.page_break()
    body.add(text("FrontHeading", "Amendment details"))
    body.instruction("Where the protocol was amended: what the current amendment covers, why it was "
                     "made, how far enrolment had gone, whether it affects safety, rights or the "
                     "reliability of the data, and an overview of the changes. (ICH M11 Template "
                     "section 0.1)")
    body.optional("Not applicable: this protocol has not been amended.")
    body.repeating("amendments", "Amendments", ["Amendment", "Date", "Reason"], [2000, 1900, 5454],
                   [("amendment", "Amendment", "Number"), ("amendment_date", "Date", "Date"),
                    ("amendment_reason", "Reason", "Reason and substance of the change")])
    body.page_break()
    body.contents(numbered)
    body.page_break()
    add_sections(body, sections)
    header, footer, first = running(body, "Clinical trial protocol")
    return package.write("Clinical trial protocol", body.document(), header, footer, first,
                         body.facts, 1)


# ---- clinical study report -------------------------------------------------------------------------


def report(root):
    body = Body()
    sections = list(sections_of(root, "e3_csr", 2))
    numbered = number_all([(s[1], s[2]) for s in sections], 2)
    body.add(text("DocumentKind", "Clinical study report"),
             paragraph("Title", body.inline("title", "Study title", "Title of the study")),
             paragraph("Subtitle", body.inline("short_title", "Design in one sentence",
                                               "Design, comparison, duration and dose, in one "
                                               "sentence")))
    body.facts_table([
        ("Investigational product", body.inline("product", "Investigational product",
                                                "Name of the product")),
        ("Indication studied", body.inline("indication", "Indication", "Indication")),
        ("Protocol number", body.inline("protocol_number", "Protocol number", "Protocol number")),
        ("Development phase", body.choice("phase", "Development phase", "Choose a phase",
                                          ["Phase 1", "Phase 1/2", "Phase 2", "Phase 2/3", "Phase 3",
                                           "Phase 4"])),
        ("First patient enrolled", body.date("first_patient", "First patient enrolled", "Date")),
        ("Last patient completed", body.date("last_patient", "Last patient completed", "Date")),
        ("Early termination", body.inline("early_termination", "Early termination",
                                          "Date and reason, or not applicable")),
        ("Principal or coordinating investigator",
         body.inline("investigator", "Principal or coordinating investigator",
                     "Name and affiliation")),
        ("Sponsor", body.inline("sponsor", "Sponsor", "Sponsor") + run(", ")
         + body.inline("sponsor_contact", "Sponsor contact", "Responsible signatory and contact")),
        ("Report version and date", body.inline("version", "Version", "Version") + run(", ")
         + body.date("version_date", "Report date", "Date of the report")),
        ("Good clinical practice",
         body.inline("gcp_statement", "Good clinical practice statement",
                     "Statement that the study was done, and its records are kept, by good clinical "
                     "practice")),
    ])
    body.add(legend())
    body.page_break()
    for number, section in enumerate(sections):
        if section[0] == "e3.3":
            before, behind = sections[:number], sections[number + 1:]
    add_sections(body, before)
    body.heading(1, "Table of contents for the individual clinical study report")
    body.instruction("Page or other locating information of each section, summary tables, figures and "
                     "appendices. Update the field in Word for the pages. (ICH E3 section 3)")
    contents = Body()
    contents.contents(numbered)
    body.add(*contents.items[1:])
    add_sections(body, behind)
    header, footer, first = running(body, "Clinical study report")
    return package.write("Clinical study report", body.document(), header, footer, first,
                         body.facts, 2)


# ---- response to an agency -------------------------------------------------------------------------


def token(name):
    return run("{{" + name + "}}")


def response(_root):
    body = Body()
    body.add(paragraph("Header", run("{{applicant}}", f'<w:b/><w:color w:val="{package.ACCENT}"/>'
                                     f'{package.size(13)}')),
             paragraph("Header", token("applicant_address"),
                       f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color='
                       f'"{package.ACCENT}"/></w:pBdr>' + package.spacing(40, 480, 252)),
             paragraph("BodyText", token("date")),
             paragraph("BodyText", token("agency"), package.spacing(240, 0, 276)),
             paragraph("BodyText", token("agency_address"), package.spacing(0, 300, 276)))
    body.facts_table([
        ("Subject", run("Response to your letter of ") + token("letter_date")),
        ("Application", token("application")),
        ("Product", token("product")),
        ("Reference", token("reference")),
        ("Submission", token("submission")),
    ], 2000)
    body.add(legend(" Names in double braces are filled by lacuna fill."))
    body.add(paragraph("BodyText", run("Dear ") + token("addressee") + run(","),
                       package.spacing(200, 140, 276)),
             paragraph("BodyText", run("We refer to ") + token("application") + run(" and to your "
                       "letter of ") + token("letter_date") + run(". Each of your queries is repeated "
                       "below in your words, followed by our response. What changes in the submission "
                       "is listed behind the responses, with the documents attached and what we "
                       "commit to.")))
    for title, words, name in (
            ("Responses", "One part for each query, in the order of the letter: the query word for "
             "word, the response, and where in the submission the evidence stands. Say first whether "
             "the query is accepted.", "responses"),
            ("Changes to the submission", "Each document that is new, replaced or withdrawn, with its "
             "place in the common technical document and what changed.", "changes"),
            ("Commitments", "Each commitment with who answers for it and by when it is due. Commit to "
             "nothing that has not been agreed in the organization.", "commitments"),
            ("Attachments", "What is attached, in the order in which it is referred to.",
             "attachments")):
        body.heading(1, title)
        body.instruction(words)
        body.add(paragraph("BodyText", token(name)))
    body.add(paragraph("BodyText", run("If anything is unclear, please contact ") + token("contact")
                       + run("."), "<w:keepNext/>" + package.spacing(360, 240, 276)),
             paragraph("BodyText", run("Yours sincerely,"), "<w:keepNext/>"
                       + package.spacing(0, 960, 276)),
             paragraph("BodyText", token("signatory"), "<w:keepNext/>" + package.spacing(0, 0, 276)),
             paragraph("BodyText", token("signatory_title"), "<w:keepNext/>"
                       + package.spacing(0, 0, 276)),
             paragraph("BodyText", token("applicant")))
    header = header_bar(token("applicant") + run("  |  ") + token("application"),
                        run("Response to the letter of ") + token("letter_date"))
    footer = page_footer(run("Confidential"))
    return package.write("Response to a letter of an agency", body.document(), header, footer,
                         footer, body.facts or ["none"], 1)


TEMPLATES = {"protocol": protocol, "csr": report, "response": response}
