#!/usr/bin/env python3
"""Writes samples/ind900204: a fictional IND as three eCTD 3.2.2 sequences. Standard library only.

0001 original application, 0002 information amendment (replace and append), 0003 response to an
information request (replace in module 1, append, delete). The Word samples are its documents, so run
samples/generate.py first. The same sources give the same bytes; `--check` compares with the committed
files instead of writing, and fails where they differ.
"""
import argparse
import hashlib
import sys
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).resolve().parent
TARGET = HERE / "ind900204"
NUMBER = "900204"
SUBSTANCE = 'substance="hvt-204" manufacturer="halvorsen-api"'
PRODUCT = 'product-name="hvt-204-tablets" dosageform="tablet" manufacturer="halvorsen-dp"'
INDICATION = 'indication="diabetic-kidney-disease"'
S = "m3/32-body-data/32s-drug-sub/hvt-204-halvorsen-api/"
P = "m3/32-body-data/32p-drug-prod/hvt-204-tablets/"
TOX = "m4/42-stud-rep/423-tox/4232-repeat-dose-tox/hvt-204-tox-02/"
CSR = ("m5/53-clin-stud-rep/533-rep-human-pk-stud/5332-patient-pk-init-tol-stud-rep/hvt-204-102/")
TRIAL = ("m5/53-clin-stud-rep/535-rep-effic-safety-stud/diabetic-kidney-disease/"
         "5351-stud-rep-contr/hvt-204-201/")

# heading -> the elements down to it
HEADINGS = {
    "2.2": ["m2-common-technical-document-summaries", "m2-2-introduction"],
    "2.4": ["m2-common-technical-document-summaries", "m2-4-nonclinical-overview"],
    "3.2.S.1.3": ["m3-quality", "m3-2-body-of-data", f"m3-2-s-drug-substance {SUBSTANCE}",
                  "m3-2-s-1-general-information", "m3-2-s-1-3-general-properties"],
    "3.2.S.4.1": ["m3-quality", "m3-2-body-of-data", f"m3-2-s-drug-substance {SUBSTANCE}",
                  "m3-2-s-4-control-of-drug-substance", "m3-2-s-4-1-specification"],
    "3.2.P.1": ["m3-quality", "m3-2-body-of-data", f"m3-2-p-drug-product {PRODUCT}",
                "m3-2-p-1-description-and-composition-of-the-drug-product"],
    "3.2.P.8.1": ["m3-quality", "m3-2-body-of-data", f"m3-2-p-drug-product {PRODUCT}",
                  "m3-2-p-8-stability", "m3-2-p-8-1-stability-summary-and-conclusion"],
    "4.2.3.2": ["m4-nonclinical-study-reports", "m4-2-study-reports", "m4-2-3-toxicology",
                "m4-2-3-2-repeat-dose-toxicity"],
    "5.3.3.2": ["m5-clinical-study-reports", "m5-3-clinical-study-reports",
                "m5-3-3-reports-of-human-pharmacokinetics-pk-studies",
                "m5-3-3-2-patient-pk-and-initial-tolerability-study-reports"],
    "5.3.5.1": ["m5-clinical-study-reports", "m5-3-clinical-study-reports",
                f"m5-3-5-reports-of-efficacy-and-safety-studies {INDICATION}",
                "m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-"
                "indication"],
    "1.1": ["m1-1-forms", 'form form-type="fdaft1"'],
    "1.2": ["m1-2-cover-letters"],
    "1.11.1": ["m1-11-information-amendment-information-not-covered-under-modules-2-to-5",
               "m1-11-1-quality-information-amendment"],
    "1.11.3": ["m1-11-information-amendment-information-not-covered-under-modules-2-to-5",
               "m1-11-3-clinical-information-amendment"],
    "1.14.4.1": ["m1-14-labeling", "m1-14-4-investigational-drug-labeling",
                 "m1-14-4-1-investigational-brochure"],
    "1.20": ["m1-20-general-investigational-plan-for-initial-ind"],
}


class Leaf:
    """`source` is the text of a page, or the name of a Word sample; None: a deletion."""

    def __init__(self, heading, name, path, title, source, operation="new", modifies=None):
        self.heading, self.id, self.path, self.title = heading, name, path, title
        self.source, self.operation, self.modifies = source, operation, modifies
        self.stf = None


def stf(heading, name, path, study, title, categories, documents, operation="new", modifies=None):
    """A study tagging file: documents are (leaf id, tag)."""
    leaf = Leaf(heading, name, path, f"Study Tagging File for {study}", "", operation, modifies)
    leaf.stf = (study, title, categories, documents)
    return leaf


STUDY_102 = ("HVT-204-102", "A Randomised, Double-Blind, Placebo-Controlled Study of the Safety, "
             "Pharmacokinetics and Pharmacodynamics of HVT-204 in Adults with Diabetic Kidney Disease",
             [])
STUDY_201 = ("HVT-204-201", "A Randomised, Double-Blind, Placebo-Controlled, Parallel-Group, "
             "Dose-Ranging Phase 2 Trial to Evaluate the Efficacy and Safety of HVT-204 in Adults with "
             "Type 2 Diabetes, Chronic Kidney Disease and Albuminuria", [("type-of-control", "placebo")])
STUDY_TOX = ("HVT-204-TOX-02", "A 13-Week Oral Repeat-Dose Toxicity Study of HVT-204 in Rats",
             [("species", "rat"), ("route-of-admin", "oral")])


def form(number):
    return Leaf("1.1", f"form{number}", "form-1571.pdf", "Form FDA 1571",
                f"FORM FDA 1571 (stand-in)\nIND {NUMBER}, serial number {number}\nSponsor: Halvorsen "
                "Therapeutics AS")


def cover(number, text):
    return Leaf("1.2", f"cover{number}", "cover.pdf", "Cover Letter", text)


SEQUENCES = [
    ("0001", "fdasst3", "Original IND application", [
        form("0001"),
        cover("0001", f"Halvorsen Therapeutics AS\nIND {NUMBER}: original application\nHVT-204 tablets "
              "for diabetic kidney disease"),
        Leaf("1.14.4.1", "ib0001", "investigators-brochure.docx", "Investigator's Brochure, Edition 4",
             "investigators-brochure.docx"),
        Leaf("1.20", "plan0001", "general-investigational-plan.pdf", "General Investigational Plan",
             "General investigational plan\nRationale, indication, approach and the studies of the "
             "first year:\nHVT-204-201, 312 participants, doses 20 mg and 60 mg once daily."),
    ], [
        Leaf("2.2", "intro0001", "m2/22-intro/introduction.pdf", "Introduction",
             "Introduction\nHVT-204 is an oral investigational product for diabetic kidney disease."),
        Leaf("2.4", "nonclin0001", "m2/24-nonclin-over/nonclinical-overview.pdf",
             "Nonclinical Overview", "Nonclinical overview\nRepeat-dose toxicity was studied in rats."),
        Leaf("3.2.S.1.3", "prop0001", S + "32s1-gen-info/general-properties.pdf",
             "General Properties", "General properties\nWhite crystalline powder."),
        Leaf("3.2.S.4.1", "spec0001", S + "32s4-contr-drug-sub/32s41-spec/specification.pdf",
             "Specification", "Specification, version 1\nAssay 98.0 to 102.0 percent."),
        Leaf("3.2.P.1", "comp0001", P + "32p1-desc-comp/description-and-composition.pdf",
             "Description and Composition", "Tablets of 20 mg and 60 mg."),
        Leaf("3.2.P.8.1", "stab0001", P + "32p8-stab/stability-summary.pdf",
             "Stability Summary and Conclusion", "Six months at 25 C and 40 C: no change."),
        Leaf("4.2.3.2", "tox0001", TOX + "study-report.pdf", "HVT-204-TOX-02 Study Report",
             "HVT-204-TOX-02\nNo adverse effect up to 100 mg/kg daily for 13 weeks."),
        stf("4.2.3.2", "stftox0001", TOX + "stf-hvt-204-tox-02.xml", *STUDY_TOX,
            [("tox0001", "study-report-body")]),
        Leaf("5.3.3.2", "csr0001", CSR + "study-report-body.docx", "HVT-204-102 Study Report Body",
             "study-report.docx"),
        stf("5.3.3.2", "stf102x0001", CSR + "stf-hvt-204-102.xml", *STUDY_102,
            [("csr0001", "study-report-body")]),
        Leaf("5.3.5.1", "prot0001", TRIAL + "protocol.docx", "HVT-204-201 Protocol, Version 2.0",
             "protocol.docx"),
        Leaf("5.3.5.1", "icf0001", TRIAL + "consent-form.docx", "HVT-204-201 Informed Consent Form",
             "consent-form.docx"),
        stf("5.3.5.1", "stf201x0001", TRIAL + "stf-hvt-204-201.xml", *STUDY_201,
            [("prot0001", "protocol-or-amendment"), ("icf0001", "iec-irb-consent-form-list")]),
    ]),
    ("0002", "fdasst4", "Information amendment: quality", [
        form("0002"),
        cover("0002", f"Halvorsen Therapeutics AS\nIND {NUMBER}: information amendment\nRevised "
              "specification, stability at nine months."),
        Leaf("1.11.1", "quality0002", "quality-information-amendment.pdf",
             "Quality Information Amendment", "The limit of impurity B is lowered to 0.15 percent."),
    ], [
        Leaf("3.2.S.4.1", "spec0002", S + "32s4-contr-drug-sub/32s41-spec/specification.pdf",
             "Specification", "Specification, version 2\nImpurity B not more than 0.15 percent.",
             "replace", "../0001/index.xml#spec0001"),
        Leaf("3.2.P.8.1", "stab0002", P + "32p8-stab/stability-update.pdf",
             "Stability Update, Nine Months", "Nine months at 25 C: no change.",
             "append", "../0001/index.xml#stab0001"),
        Leaf("3.2.P.8.1", "raw0002", P + "32p8-stab/stability-raw-data.pdf", "Stability Raw Data",
             "Raw data, filed by mistake."),
        Leaf("5.3.3.2", "syn0002", CSR + "synopsis.pdf", "HVT-204-102 Synopsis",
             "Synopsis\nHVT-204-102: 96 participants, three doses and placebo."),
        stf("5.3.3.2", "stf102x0002", CSR + "stf-hvt-204-102.xml", *STUDY_102,
            [("syn0002", "synopsis")], "append", "../0001/index.xml#stf102x0001"),
    ]),
    ("0003", "fdasst4", "Response to information request", [
        form("0003"),
        cover("0003", f"Halvorsen Therapeutics AS\nIND {NUMBER}: response to the information request "
              "of 2 April 2026"),
        Leaf("1.11.3", "response0003", "response-to-information-request.pdf",
             "Response to Information Request", "Question 1: emergency unblinding at the site.\n"
             "Response: Protocol Amendment 2 describes it."),
        Leaf("1.20", "plan0003", "general-investigational-plan.pdf", "General Investigational Plan",
             "General investigational plan\nUpdated: 324 participants.", "replace",
             "../../../0001/m1/us/us-regional.xml#plan0001"),
    ], [
        Leaf("3.2.P.8.1", "raw0003", "", "Stability Raw Data", None, "delete",
             "../0002/index.xml#raw0002"),
        Leaf("5.3.5.1", "amend0003", TRIAL + "protocol-amendment-2.pdf",
             "HVT-204-201 Protocol Amendment 2", "Amendment 2\nEmergency unblinding at the site."),
        stf("5.3.5.1", "stf201x0003", TRIAL + "stf-hvt-204-201.xml", *STUDY_201,
            [("amend0003", "protocol-or-amendment")], "append", "../0001/index.xml#stf201x0001"),
    ]),
]


def pdf(text):
    """One page of text as a PDF 1.4 file with a correct cross-reference table."""
    lines = "".join(f"({line.translate({40: None, 41: None, 92: None})}) Tj T*\n"
                    for line in text.split("\n"))
    stream = f"BT /F1 12 Tf 72 720 Td 16 TL\n{lines}ET"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources "
               "<< /Font << /F1 5 0 R >> >> >>",
               f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    body += (f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\n"
             f"startxref\n{len(body)}\n%%EOF\n")
    return body.encode("ascii")


def tagging_file(leaf):
    study, title, categories, documents = leaf.stf
    up = "../" * leaf.path.count("/")
    kinds = "".join(f'<category name="{name}" info-type="ich">{value}</category>\n'
                    for name, value in categories)
    contents = "".join(f'<doc-content xlink:href="{up}index.xml#{target}"><file-tag name="{tag}" '
                       f'info-type="ich"/></doc-content>\n' for target, tag in documents)
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ectd:study SYSTEM '
            f'"{up}util/dtd/ich-stf-v2-2.dtd">\n<ectd:study xmlns:ectd="http://www.ich.org/ectd" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en" dtd-version="2.2">\n'
            f"<study-identifier>\n<title>{escape(title)}</title>\n<study-id>{study}</study-id>\n{kinds}"
            f"</study-identifier>\n<study-document>\n{contents}</study-document>\n</ectd:study>\n"
            ).encode("utf-8")


def content(leaf):
    if leaf.stf:
        return tagging_file(leaf)
    return (HERE / leaf.source).read_bytes() if leaf.source.endswith(".docx") else pdf(leaf.source)


def leaf_element(leaf, data):
    version = ' version="STF version 2.2"' if leaf.stf else ""
    modifies = f" modified-file={quoteattr(leaf.modifies)}" if leaf.modifies else ""
    href = f" xlink:href={quoteattr(leaf.path)}" if data is not None else ""
    checksum = hashlib.md5(data).hexdigest() if data is not None else ""
    return (f'<leaf ID="{leaf.id}"{version} operation="{leaf.operation}"{modifies} '
            f'checksum="{checksum}" checksum-type="md5" xlink:type="simple"{href}>'
            f"<title>{escape(leaf.title)}</title></leaf>")


def tree(leaves, elements):
    """The leaves in the order given, within the elements of their headings."""
    lines, opened = [], []
    for leaf, line in zip(leaves, elements):
        wanted = HEADINGS[leaf.heading]
        same = 0
        while same < min(len(opened), len(wanted)) and opened[same] == wanted[same]:
            same += 1
        while len(opened) > same:
            lines.append(f"</{opened.pop().split()[0]}>")
        for element in wanted[same:]:
            lines.append(f"<{element}>")
            opened.append(element)
        lines.append(line)
    while opened:
        lines.append(f"</{opened.pop().split()[0]}>")
    return "\n".join(lines)


def regional(number, sub_type, description, body):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fda-regional:fda-regional SYSTEM '
        '"https://www.accessdata.fda.gov/static/eCTD/us-regional-v3-3.dtd">\n'
        '<fda-regional:fda-regional xmlns:fda-regional="http://www.ich.org/fda" '
        'xmlns:xlink="http://www.w3c.org/1999/xlink" dtd-version="3.3">\n<admin>\n<applicant-info>\n'
        "<id>900204000</id>\n<company-name>Halvorsen Therapeutics AS</company-name>\n"
        f"<submission-description>{description}</submission-description>\n<applicant-contacts>\n"
        '<applicant-contact>\n<applicant-contact-name applicant-contact-type="fdaact1">Regulatory '
        'Affairs</applicant-contact-name>\n<telephones><telephone telephone-number-type="fdatnt1">'
        "+47 555 01 204</telephone></telephones>\n<emails><email>regulatory@halvorsen.example</email>"
        "</emails>\n</applicant-contact>\n</applicant-contacts>\n</applicant-info>\n<application-set>\n"
        '<application application-containing-files="true">\n<application-information>\n'
        f'<application-number application-type="fdaat4">{NUMBER}</application-number>\n'
        "</application-information>\n<submission-information>\n"
        '<submission-id submission-type="fdast1">0001</submission-id>\n'
        f'<sequence-number submission-sub-type="{sub_type}">{number}</sequence-number>\n'
        "</submission-information>\n</application>\n</application-set>\n</admin>\n<m1-regional>\n"
        f"{body}\n</m1-regional>\n</fda-regional:fda-regional>\n").encode("utf-8")


def index(body):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ectd:ectd SYSTEM '
        '"util/dtd/ich-ectd-3-2.dtd">\n<ectd:ectd xmlns:ectd="http://www.ich.org/ectd" '
        f'xmlns:xlink="http://www.w3c.org/1999/xlink" dtd-version="3.2">\n{body}\n</ectd:ectd>\n'
    ).encode("utf-8")


def place(files, folder, leaves):
    """Adds the files of leaves; returns their elements."""
    lines = []
    for leaf in leaves:
        data = None if leaf.source is None else content(leaf)
        if data is not None:
            files[f"{folder}/{leaf.path}"] = data
        lines.append(leaf_element(leaf, data))
    return lines


def all_files():
    files = {}
    HEADINGS["1"] = ["m1-administrative-information-and-prescribing-information"]
    for number, sub_type, description, module1, others in SEQUENCES:
        lines = place(files, f"{number}/m1/us", module1)
        files[f"{number}/m1/us/us-regional.xml"] = regional(number, sub_type, description,
                                                            tree(module1, lines))
        pointer = Leaf("1", f"us{number}", "m1/us/us-regional.xml", "US Regional Backbone", "")
        first = leaf_element(pointer, files[f"{number}/m1/us/us-regional.xml"])
        lines = place(files, number, others)
        files[f"{number}/index.xml"] = index(tree([pointer] + others, [first] + lines))
        digest = hashlib.md5(files[f"{number}/index.xml"]).hexdigest()
        files[f"{number}/index-md5.txt"] = digest.encode("ascii")
    return files


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed files")
    options = parser.parse_args()
    files, different = all_files(), 0
    present = {p.relative_to(TARGET).as_posix() for p in TARGET.rglob("*") if p.is_file()}
    for name in sorted(present | set(files)):
        path = TARGET / name
        if options.check:
            if name not in files or name not in present or path.read_bytes() != files[name]:
                print(f"{name} is not what samples/generate_ectd.py makes: run it")
                different += 1
        elif name not in files:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[name])
    if not options.check:
        print(f"{len(files)} files, {sum(map(len, files.values()))} bytes")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
