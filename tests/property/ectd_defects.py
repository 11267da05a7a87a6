#!/usr/bin/env python3
"""Plants defects in small clean US submissions (3.2.2 and 4.0) and asks `lacuna check` for each.

Every rule of checklists/ectd-rules.json is reported exactly once, at the leaf, sequence or file where the defect is, and the clean submission has no finding of
it. usage: ectd_defects.py LACUNA
"""
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import ectd_message  # noqa: E402
import xport  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
GRAMMAR = ROOT / "tests" / "data" / "grammar"
DTDS = ("--dtd-dir", str(GRAMMAR / "dtd"))
RULES = Path(__file__).resolve().parent.parent.parent / "checklists" / "ectd-rules.json"
APPLICATION = "123456"
XLINK = "http://www.w3c.org/1999/xlink"
DEFINE = b'<?xml version="1.0" encoding="UTF-8"?>\n<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3"><Study OID="s1"/></ODM>\n'
STF_DTD = "http://www.w3.org/1999/xlink"


def md5(data):
    return hashlib.md5(data).hexdigest()


class Leaf:
    """A leaf as it is written; fields are changed to plant defects."""

    def __init__(self, ident, title, href, operation="new", modified=None, version=None, data=None):
        self.id, self.title, self.href = ident, title, href
        self.operation, self.modified, self.version = operation, modified, version
        self.data = data if data is not None else f"{ident} {title} {href}\n".encode()
        self.checksum, self.checksum_type = None, "md5"
        self.write_file = True
        self.file = None  # path it is delivered under, where that is not the href

    def xml(self, checksums):
        given = self.checksum if self.checksum is not None else checksums
        parts = [f'ID="{self.id}"', f'operation="{self.operation}"', f'checksum="{given}"',
                 f'checksum-type="{self.checksum_type}"']
        if self.href is not None:
            parts.append(f'xlink:href="{self.href}"')
        if self.modified is not None:
            parts.append(f'modified-file="{self.modified}"')
        if self.version is not None:
            parts.append(f'version="{self.version}"')
        return f"<leaf {' '.join(parts)}><title>{self.title}</title></leaf>"


class Sequence:
    def __init__(self, number):
        self.number = self.folder = number
        self.submission_id = "0001"
        self.submission_type = "fdast1"
        self.sub_type = "fdasst1" if number == "0001" else "fdasst4"
        self.xlink = XLINK
        self.regional_xlink = XLINK
        self.dtd_version = "3.3"
        self.index = []     # (elements above, leaf)
        self.regional = []
        self.extra = {}     # further files: path -> bytes
        self.index_md5 = None
        self.crlf = False   # index.xml had other line ends when it was published
        self.holders = None
        self.dtd = "ich-ectd-3-2.dtd"
        self.without = set()  # of "index.xml", "regional"


def nest(rows, checksums):
    """Rows of (headings, leaf) as nested elements; equal neighbours share their elements."""
    out, open_ = [], []
    for path, leaf in rows:
        common = 0
        while common < min(len(path), len(open_)) and path[common] == open_[common]:
            common += 1
        while len(open_) > common:
            out.append(f"</{open_.pop().split(' ')[0]}>")
        for element in path[common:]:
            out.append(f"<{element}>")
            open_.append(element)
        out.append(leaf if isinstance(leaf, str) else leaf.xml(checksums[leaf]))
    while open_:
        out.append(f"</{open_.pop().split(' ')[0]}>")
    return "\n".join(out)


S = 'm3-2-s-drug-substance substance="novel" manufacturer="Acme"'
M3 = ["m3-quality", "m3-2-body-of-data", S]
GENERAL = M3 + ["m3-2-s-1-general-information", "m3-2-s-1-1-nomenclature"]
STANDARDS = M3 + ["m3-2-s-5-reference-standards-or-materials"]
M5 = ["m5-clinical-study-reports", "m5-3-clinical-study-reports",
      'm5-3-5-reports-of-efficacy-and-safety-studies indication="nausea"',
      "m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-indication"]
M4 = ["m4-nonclinical-study-reports", "m4-2-study-reports", "m4-2-3-toxicology", "m4-2-3-1-single-dose-toxicity"]
M1 = ["m1-administrative-information-and-prescribing-information"]
FORM = ["m1-1-forms", 'form form-type="fdaft1"']
COVER = ["m1-2-cover-letters"]


class Submission:
    """One IND, two sequences: the original with a study, an amendment that replaces the cover letter."""

    def __init__(self):
        self.application, self.application_type = APPLICATION, "fdaat4"
        one, two = Sequence("0001"), Sequence("0002")
        self.sequences = [one, two]
        self.form = Leaf("form", "Form FDA 1571", "1571.pdf")
        self.cover = Leaf("cover", "Cover letter", "cover.pdf")
        one.regional = [(FORM, self.form), (COVER, self.cover)]
        self.name = Leaf("name", "Nomenclature", "m3/nomenclature.pdf")
        self.standards = Leaf("standards", "Reference standards", "m3/standards.pdf")
        self.report = Leaf("report", "Study report", "m5/study-s1/report.pdf")
        self.ts = Leaf("ts", "Trial summary", "m5/study-s1/ts.xpt", data=xport.trial_summary("s1", "2018-03-05"))
        self.dm = Leaf("dm", "Demographics", "m5/study-s1/dm.xpt")
        self.define = Leaf("define", "Data definition", "m5/study-s1/define.xml", data=DEFINE)
        self.stf = Leaf("stf", "Study tagging file", "m5/study-s1/stf-s1.xml", version="STF version 2.2")
        self.stf_titles = {}
        self.study_id, self.category = "s1", ("type-of-control", "placebo")
        self.tags = [("report", "study-report-body"), ("ts", "data-tabulation-dataset-sdtm"),
                     ("dm", "data-tabulation-dataset-sdtm"), ("define", "data-tabulation-data-definition")]
        one.index = [(GENERAL, self.name), (STANDARDS, self.standards)]
        one.index += [(M5, leaf) for leaf in (self.report, self.ts, self.dm, self.define, self.stf)]
        self.cover2 = Leaf("cover2", "Cover letter", "cover.pdf", "replace",
                           "../../../0001/m1/us/us-regional.xml#cover")
        two.regional = [(FORM, Leaf("form2", "Form FDA 1571", "1571.pdf", "replace",
                                    "../../../0001/m1/us/us-regional.xml#form")), (COVER, self.cover2)]

    def stf_xml(self):
        titles = {row[1].id: row[1].title for row in self.sequences[0].index if not isinstance(row[1], str)}
        titles.update(self.stf_titles)
        docs = "".join(f'<doc-content xlink:href="../../index.xml#{leaf}"><title>{titles.get(leaf, "x")}</title>'
                       f'<file-tag name="{tag}" info-type="us"/></doc-content>' for leaf, tag in self.tags)
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ectd:study SYSTEM "../../util/dtd/ich-stf-v2-2.dtd">\n'
                f'<ectd:study xmlns:ectd="http://www.ich.org/ectd" '
                f'xmlns:xlink="{STF_DTD}" xml:lang="en" dtd-version="2.2"><study-identifier><title>Study 1</title>'
                f'<study-id>{self.study_id}</study-id><category name="{self.category[0]}" info-type="ich">'
                f'{self.category[1]}</category></study-identifier><study-document>{docs}</study-document>'
                f'</ectd:study>\n').encode()

    def write(self, root):
        self.stf.data = self.stf_xml() if self.stf.write_file else self.stf.data
        for sequence in self.sequences:
            self.write_sequence(Path(root), sequence)

    def write_sequence(self, root, s):
        top = root / s.folder
        files = {}
        for rows, folder in ((s.index, ""), (s.regional, "m1/us/")):
            for _, leaf in rows:
                if not isinstance(leaf, str) and leaf.href is not None and leaf.write_file:
                    files[folder + (leaf.file or leaf.href.strip())] = leaf.data
        sums = {leaf: md5(leaf.data) if leaf.href is not None else ""
                for rows in (s.index, s.regional) for _, leaf in rows if not isinstance(leaf, str)}
        regional = self.regional_xml(s, sums)
        rows = list(s.index)
        if "regional" not in s.without:
            pointer = Leaf(f"regional{s.number}", "US regional", "m1/us/us-regional.xml", data=regional)
            sums[pointer] = md5(regional)
            rows = [(M1, pointer)] + rows
            files["m1/us/us-regional.xml"] = regional
        index = (f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ectd:ectd SYSTEM "util/dtd/{s.dtd}">\n'
                 f'<ectd:ectd xmlns:ectd="http://www.ich.org/ectd" xmlns:xlink="{s.xlink}" dtd-version="3.2">\n'
                 f'{nest(rows, sums)}\n</ectd:ectd>\n').encode()
        if "index.xml" not in s.without:
            files["index.xml"] = index
        if "index-md5.txt" not in s.without:
            published = index.replace(b"\n", b"\r\n") if s.crlf else index
            files["index-md5.txt"] = (s.index_md5 or md5(published)).encode()
        files.update(s.extra)
        for path, data in files.items():
            target = top / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def regional_xml(self, s, sums):
        applications = ""
        for number, holds in s.holders or [(self.application, "true")]:
            applications += (
                f'<application application-containing-files="{holds}"><application-information>'
                f'<application-number application-type="{self.application_type}">{number}</application-number>'
                f'</application-information><submission-information><submission-id '
                f'submission-type="{s.submission_type}">{s.submission_id}</submission-id><sequence-number '
                f'submission-sub-type="{s.sub_type}">{s.number}</sequence-number></submission-information>'
                f'</application>')
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fda-regional:fda-regional SYSTEM '
                f'"https://www.accessdata.fda.gov/static/eCTD/us-regional-v3-3.dtd">\n<fda-regional:fda-regional '
                f'xmlns:fda-regional="http://www.ich.org/fda" xmlns:xlink="{s.regional_xlink}" '
                f'dtd-version="{s.dtd_version}"><admin><applicant-info><id>999999999</id>'
                f'<company-name>Acme</company-name></applicant-info><application-set>{applications}'
                f'</application-set></admin><m1-regional>{nest(s.regional, sums)}</m1-regional>'
                f'</fda-regional:fda-regional>\n').encode()


def told(profile, options=()):
    return list(options) if profile is None else ["--profile", profile, *options]


# ---- defects: rule -> (plant, what the first anchor's leaf says) --------------------------------

DEFECTS = []


def defect(rule, **place):
    def add(plant):
        DEFECTS.append((rule, plant, place))
        return plant
    return add


def change(rule, target, place=None, **fields):
    """A defect that only changes fields of one leaf; it is told there."""
    def plant(s):
        for key, value in fields.items():
            setattr(getattr(s, target), key, value)
    DEFECTS.append((rule, plant, place or {"id": target}))


change("ectd.file.missing", "name", write_file=False)
change("ectd.file.empty", "name", place={"file": "0001/m3/nomenclature.pdf"}, data=b"")
change("ectd.file.case", "name", file="m3/Nomenclature.pdf")
change("ectd.checksum.mismatch", "name", checksum="0" * 32)
change("ectd.checksum.line-ends", "name", data=b"one\ntwo\n", checksum=md5(b"one\r\ntwo\r\n"))
change("ectd.checksum.absent", "name", checksum="")
change("ectd.checksum.absent-regional", "cover", checksum="")
change("ectd.checksum.kind", "name", checksum_type="sha1")
change("ectd.leaf.operation", "name", operation="add")
change("ectd.leaf.href-absent", "name", href=None)
change("ectd.title.absent", "name", title="")
change("ectd.title.blanks", "name", title="Nomenclature ")
change("ectd.title.section-number", "name", place={"id": "name", "severity": "minor"}, title="3.2.S.1.1 Nomenclature")
change("ectd.title.too-long", "name", title="n" * 513)
change("ectd.path.blanks", "name", href=" m3/nomenclature.pdf")
change("ectd.path.backslash", "name", href="m3\\nomenclature.pdf", file="m3/nomenclature.pdf")
change("ectd.path.escaped", "name", href="m3/nomen%63lature.pdf", file="m3/nomenclature.pdf")
change("ectd.path.depth", "name", href="../m3/nomenclature.pdf", file="m3/nomenclature.pdf")
change("ectd.path.absolute", "name", href="/m3/nomenclature.pdf", file="m3/nomenclature.pdf")
change("ectd.path.fragment", "name", href="m3/nomenclature.pdf#page=2", file="m3/nomenclature.pdf")
change("ectd.path.outside", "name", href="../../../../elsewhere/nomenclature.pdf", write_file=False)
change("ectd.path.longer-than-150", "name", place={"sequence": "0001"}, href="m3/" + "/".join(["a" * 40] * 4) + ".pdf")
change("ectd.path.longer-than-230", "name", place={"sequence": "0001"}, href="m3/" + "/".join(["a" * 40] * 6) + ".pdf")
change("ectd.name.too-long", "name", place={"sequence": "0001"}, href="m3/" + "a" * 65 + ".pdf")
change("ectd.name.characters", "name", place={"file": "0001/m3/my_name.pdf"}, href="m3/my_name.pdf")
change("ectd.form.name", "form", href="form.pdf")
change("ectd.lifecycle.new-with-target", "cover2", operation="new")
change("ectd.lifecycle.target-absent", "cover2", modified=None)
change("ectd.lifecycle.broken", "cover2", modified="../../../0001/m1/us/us-regional.xml#nothing")
change("ectd.lifecycle.wrong-backbone", "cover2", modified="../../../0001/index.xml#name")
change("ectd.lifecycle.path", "cover2", modified=" ../../../0001/m1/us/us-regional.xml#cover")
change("ectd.lifecycle.two-leaves-one-target", "cover2", modified="../../../0001/m1/us/us-regional.xml#form")
change("ectd.lifecycle.append", "cover2", operation="append")
change("ectd.lifecycle.later-target", "name", operation="replace", modified="../0002/m1/us/us-regional.xml#cover2")
change("ectd.lifecycle.cycle", "cover2", modified="../../../0002/m1/us/us-regional.xml#cover2")
change("ectd.stf.operation", "stf", operation="replace", modified="../0001/index.xml#report")


@defect("ectd.lifecycle.unresolvable", sequence="0002")
def _(s):
    s.cover2.modified = "../../../0000/m1/us/us-regional.xml#cover"


@defect("ectd.file.unreferenced", file="0001/m3/forgotten.pdf")
def _(s):
    s.sequences[0].extra["m3/forgotten.pdf"] = b"forgotten\n"


@defect("ectd.file.duplicate", file="0001/m3/standards.pdf")
def _(s):
    s.standards.data = s.name.data


@defect("ectd.leaf.id-twice", id="name")
def _(s):
    s.standards.id = "name"


@defect("ectd.leaf.id-absent", title="Reference standards")
def _(s):
    s.standards.id = ""


@defect("ectd.leaf.delete-with-file", id="cover2")
def _(s):
    s.cover2.operation = "delete"


@defect("ectd.backbone.checksum", sequence="0002")
def _(s):
    s.sequences[1].index_md5 = "0" * 32


@defect("ectd.backbone.checksum-line-ends", sequence="0002")
def _(s):
    s.sequences[1].crlf = True


@defect("ectd.backbone.checksum-absent", sequence="0002")
def _(s):
    s.sequences[1].without.add("index-md5.txt")


@defect("ectd.backbone.index-absent", sequence="0002")
def _(s):
    s.sequences[1].without.update(("index.xml", "index-md5.txt"))


@defect("ectd.backbone.regional-absent", sequence="0002")
def _(s):
    s.sequences[1].without.add("regional")
    s.sequences[1].regional = []


@defect("ectd.backbone.regional-version", file="0002/m1/us/us-regional.xml")
def _(s):
    s.sequences[1].dtd_version = "2.01"


@defect("ectd.backbone.xlink", file="0002/m1/us/us-regional.xml")
def _(s):
    s.sequences[1].regional_xlink = STF_DTD


@defect("ectd.unread", file="0002/index.xml")
def _(s):
    s.sequences[1].extra["index.xml"] = b"<ectd:ectd xmlns:ectd='http://www.ich.org/ectd'><m3-quality>"


@defect("ectd.heading.leaf-on-container", id="name")
def _(s):
    s.sequences[0].index[0] = (GENERAL[:-1], s.name)


@defect("ectd.heading.node-extension", id="name")
def _(s):
    s.sequences[0].index[0] = (GENERAL + ["node-extension"], s.name)


@defect("ectd.heading.unknown", id="name")
def _(s):
    s.sequences[0].index[0] = (GENERAL[:-1] + ["m3-2-s-1-9-nicknames"], s.name)


@defect("ectd.heading.misplaced", id="name")
def _(s):
    s.sequences[0].index[0] = (M3 + ["m3-2-s-1-1-nomenclature"], s.name)


@defect("ectd.heading.key-absent", id="name")
def _(s):
    for i, leaf in enumerate((s.name, s.standards)):
        path = s.sequences[0].index[i][0]
        s.sequences[0].index[i] = ([e.replace(' manufacturer="Acme"', "") for e in path], leaf)


@defect("ectd.heading.drift", id="standards")
def _(s):
    s.sequences[0].index[1] = ([e.replace("Acme", "ACME.") for e in STANDARDS], s.standards)


@defect("ectd.sequence.folder", sequence="0009")
def _(s):
    s.sequences[1].folder = "0009"
    s.form2 = s.sequences[1]


@defect("ectd.sequence.gap", application=APPLICATION)
def _(s):
    s.sequences[1].number = s.sequences[1].folder = "0004"


@defect("ectd.sequence.twice", sequence="0002")
def _(s):
    s.sequences[1].number = "0001"


@defect("ectd.sequence.number", sequence="00002")
def _(s):
    s.sequences[1].number = s.sequences[1].folder = "00002"


@defect("ectd.sequence.number-absent", sequence="0002")
def _(s):
    s.sequences[1].number = ""


@defect("ectd.application.number", application="12345")
def _(s):
    s.application = "12345"


@defect("ectd.application.type", application=APPLICATION)
def _(s):
    s.application_type = "fdaat77"


def envelope(rule, sequence=1, **fields):
    def plant(s):
        for key, value in fields.items():
            setattr(s.sequences[sequence], key, value)
    DEFECTS.append((rule, plant, {"sequence": f"000{sequence + 1}"}))


envelope("ectd.activity.id-absent", submission_id="")
envelope("ectd.activity.id-later", submission_id="0003")
envelope("ectd.activity.original-id", sub_type="fdasst1")
envelope("ectd.activity.earlier-id", submission_id="0002")
envelope("ectd.activity.type", submission_type="fdast77")
envelope("ectd.activity.sub-type", sub_type="fdasst9")
envelope("ectd.activity.type-changed", submission_type="fdast2")
envelope("ectd.promotional.form", submission_type="fdast8")
envelope("ectd.group.holder", holders=[(APPLICATION, "true"), ("654321", "true")])


@defect("ectd.activity.ind-only", sequence="0002")
def _(s):
    s.application_type = "fdaat1"
    s.sequences[1].submission_type = "fdast9"


@defect("ectd.activity.opener", sequence="0003")
def _(s):
    third = Sequence("0003")
    third.submission_id = "0002"
    third.regional = [(COVER, Leaf("cover3", "Cover letter 3", "cover.pdf"))]
    s.sequences.append(third)


@defect("ectd.promotional.labeling", sequence="0002")
def _(s):
    two = s.sequences[1]
    two.submission_type = "fdast8"
    two.regional[0] = (["m1-1-forms", 'form form-type="fdaft5"'], Leaf("form2", "Form FDA 2253", "2253.pdf"))


@defect("ectd.stf.title", id="report")
def _(s):
    s.stf_titles["report"] = "Study  report 1"


@defect("ectd.sequence.related-cycle", sequence="0002")
def _(s):
    third = Sequence("0003")
    third.submission_id, s.sequences[1].submission_id = "0002", "0003"
    third.regional = [(COVER, Leaf("cover3", "Cover letter 3", "cover.pdf"))]
    s.sequences.append(third)


@defect("ectd.stf.absent", id="report")
def _(s):
    s.tags = s.tags[1:]


@defect("ectd.stf.tag", id="stf")
def _(s):
    s.tags[0] = ("report", "body-of-the-report")


@defect("ectd.stf.category", id="stf")
def _(s):
    s.category = ("type-of-control", "nothing")


@defect("ectd.stf.broken", id="stf")
def _(s):
    s.tags.append(("nothing", "synopsis"))


@defect("ectd.stf.study-id", id="stf")
def _(s):
    s.study_id = " "


def without(s, *leaves):
    """Takes leaves out of the study, with their tags."""
    s.tags = [tag for tag in s.tags if tag[0] not in {leaf.id for leaf in leaves}]
    s.sequences[0].index = [row for row in s.sequences[0].index if row[1] not in leaves]


def nda(s):
    s.application_type = "fdaat1"


def animal(s):
    """The study becomes a nonclinical one: single dose toxicity."""
    s.sequences[0].index = [(M4 if path == M5 else path, leaf) for path, leaf in s.sequences[0].index]
    s.tags = [(leaf, tag.replace("sdtm", "send").replace("study-report-body", "pre-clinical-study-report"))
              for leaf, tag in s.tags]
    s.category = ("species", "rat")


@defect("ectd.study.ts-absent-ind", id="stf", severity="minor")
def _(s):
    without(s, s.ts)


@defect("ectd.study.ts-absent", id="stf", severity="critical")
def _(s):
    nda(s)
    without(s, s.ts)


@defect("ectd.study.ts-absent", id="stf", severity="critical", profile="ind=commercial")
def _(s):
    without(s, s.ts)


@defect("ectd.study.ts-study-id", id="ts", severity="critical")
def _(s):
    nda(s)
    s.ts.data = xport.trial_summary("s2", "2018-03-05")


@defect("ectd.study.ts-study-id", id="ts", severity="minor")
def _(s):
    s.ts.data = xport.trial_summary("S1", "2018-03-05")


@defect("ectd.study.ts-start", id="ts", severity="critical")
def _(s):
    nda(s)
    s.ts.data = xport.trial_summary("s1", "5 March 2018")


@defect("ectd.study.ts-start", id="ts", severity="minor")
def _(s):
    s.ts.data = xport.trial_summary("s1", "")


@defect("ectd.study.ts-start", id="ts", severity="critical")
def _(s):
    nda(s)
    animal(s)  # SSTDTC is for clinical studies
    s.ts.data = xport.trial_summary("s1", "2018-03-05")


@defect("ectd.study.dataset-tag", id="stf")
def _(s):
    s.tags[2] = ("dm", "study-report-body")


@defect("ectd.study.dataset-tag", id="stf")
def _(s):
    s.tags[2] = ("dm", "data-tabulation-dataset-send")


@defect("ectd.study.datasets-absent", id="stf", severity="critical")
def _(s):
    nda(s)
    without(s, s.dm, s.define)


@defect("ectd.study.datasets-absent", id="stf", severity="critical", profile="ind=commercial")
def _(s):
    without(s, s.dm)


@defect("ectd.study.datasets-absent", id="stf", severity="minor")
def _(s):
    without(s, s.define)  # tabulations are there, and whether the IND is commercial nobody tells


@defect("ectd.study.data-undecided", id="stf")
def _(s):
    without(s, s.dm, s.define)


@defect("ectd.study.data-undecided", id="stf")
def _(s):
    nda(s)
    without(s, s.dm, s.define)
    s.ts.data = xport.trial_summary("s1", "2016")


@defect("ectd.study.data-undecided", id="stf")
def _(s):
    s.application_type = "fdaat3"  # CBER has other dates for nonclinical studies
    animal(s)
    without(s, s.dm, s.define)
    s.ts.data = xport.trial_summary("s1", "2018-03-05", "STSTDTC")


@defect("ectd.unread", id="ts", file="0001/m5/study-s1/ts.xpt")
def _(s):
    s.ts.data = b"no transport file\n"


@defect("ectd.backbone.dtd-invalid", file="0001/index.xml", options=DTDS)
def _(s):
    s.sequences[0].index[0] = (GENERAL, '<leaf ID="x" operation="new" checksum=""><title>x</title></leaf>')


@defect("ectd.backbone.dtd-invalid", file="0001/m1/us/us-regional.xml", options=DTDS)
def _(s):
    s.sequences[0].holders = [(APPLICATION, "yes")]


@defect("ectd.backbone.dtd-invalid", id="stf", options=DTDS)
def _(s):
    s.tags = []


@defect("ectd.backbone.not-validated", file="0002/index.xml", options=DTDS)
def _(s):
    s.sequences[1].dtd = "ich-ectd-9-9.dtd"


# ---- what is in order: (name, plant, profile, rules that must stay silent) ------------------------

SILENT = []


def silent(rule, profile=None, options=()):
    def add(plant):
        SILENT.append((rule, plant, told(profile, options)))
        return plant
    return add


@silent("ectd.backbone.dtd-invalid", options=DTDS)
@silent("ectd.backbone.not-validated", options=DTDS)
def _(s):
    """Valid by the DTDs, and said so of every file."""


@silent("ectd.study.datasets-absent")
def _(s):
    nda(s)
    without(s, s.dm, s.define)
    s.ts.data = xport.trial_summary("s1", "2016-12-17")  # the day itself is not after it


@silent("ectd.study.data-undecided", profile="ind=research")
def _(s):
    without(s, s.dm, s.define)


@silent("ectd.study.ts-absent", profile="ind=research")
def _(s):
    without(s, s.ts)


@silent("ectd.study.ts-start")
def _(s):
    nda(s)
    s.ts.data = xport.trial_summary("s1", "", null_flavor="NA")


@silent("ectd.study.data-undecided", profile="centre=cder")
def _(s):
    s.application_type = "fdaat3"
    animal(s)
    s.ts.data = xport.trial_summary("s1", "2018-03-05", "STSTDTC")


# ---- running ------------------------------------------------------------------------------------

def findings(lacuna, root, options, expected=(0, 1, 3)):
    done = subprocess.run([lacuna, "check", str(root), "--format", "json", *options], capture_output=True, check=False)
    if done.returncode not in expected:
        sys.exit(f"exit {done.returncode}: {done.stderr.decode()[:400]}")
    result = json.loads(done.stdout)
    return [f for f in result["findings"] if f["checklist"] is None], done.returncode, result


def run(lacuna, make, plant, options=()):
    folder = Path(tempfile.mkdtemp(prefix="ectd-"))
    try:
        submission = make()
        plant(submission)
        root = folder / "app123456"
        submission.write(root)
        return findings(lacuna, root, options)
    finally:
        shutil.rmtree(folder)


def check(lacuna, make, rule, plant, place):
    place = dict(place)
    severity = place.pop("severity", None)
    found, code, _ = run(lacuna, make, plant, told(place.pop("profile", None), place.pop("options", ())))
    mine = [f for f in found if f["rule"] == rule]
    if len(mine) != 1:
        return f"{rule}: reported {len(mine)} times; findings: {sorted({f['rule'] for f in found})}"
    leaf = mine[0]["anchors"][0]["leaf"]
    wrong = {k: leaf[k] for k, v in place.items() if leaf[k] != v}
    if wrong:
        return f"{rule}: reported at {wrong}, the defect is at {place}"
    if severity not in (None, mine[0]["severity"]):
        return f"{rule}: {mine[0]['severity']}, not {severity}"
    if rule == "ectd.unread" and code != 3:
        return f"{rule}: exit {code}, not 3"
    return None


def check_clean(lacuna, make):
    clean, _, result = run(lacuna, make, lambda s: None)
    failures = [f"clean {make.__name__}: {f['rule']}: {f['message']}" for f in clean]
    if [s["id"] for s in result["submissions"]] != [APPLICATION]:
        failures.append(f"clean {make.__name__}: not reported as one application")
    return failures


def main():
    lacuna = sys.argv[1]
    failures, planted = [], set()
    for make, defects in ((Submission, DEFECTS), (ectd_message.Unit, ectd_message.DEFECTS)):
        failures += check_clean(lacuna, make)
        for rule, plant, place in defects:
            planted.add(rule)
            failure = check(lacuna, make, rule, plant, place)
            if failure:
                failures.append(f"{make.__name__}: {failure}")
    for rule, plant, options in SILENT:
        found, _, _ = run(lacuna, Submission, plant, options)
        failures += [f"{rule} must be silent: {f['message']}" for f in found if f["rule"] == rule]
    for rule in json.loads(RULES.read_text(encoding="utf-8"))["rules"]:
        if rule["id"] not in planted:
            failures.append(f"{rule['id']}: no defect is planted for it")
    print(f"{len(DEFECTS) + len(ectd_message.DEFECTS)} defects of {len(planted)} rules planted, "
          f"{len(failures)} not as expected")
    for failure in failures:
        print("  " + failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
