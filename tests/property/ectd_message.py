"""A small clean eCTD 4.0 submission unit, with fields to plant defects in."""
import hashlib
from pathlib import Path

SCHEMAS = ("--schema-dir", str(Path(__file__).resolve().parent.parent / "data" / "grammar" / "schema-message"))

STUB = ("PORP_IN000001UV ITSVersion=\"XML_1.0\" xmlns=\"urn:hl7-org:v3\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
ICH_GUIDE = "2.16.840.1.113883.3.989.2.2.1.11.5"
US_GUIDE = "2.16.840.1.113883.3.989.5.1.2.2.1.18.8"
ICH_CODES = "2.16.840.1.113883.3.989.2.2.1.1.4"
US_CODES = "2.16.840.1.113883.3.989.5.1.2.2.1.2.5"


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


class Document:
    def __init__(self, ident, title, path):
        self.id, self.title, self.path = ident, title, path
        self.data = f"{title}\n".encode()
        self.checksum = hashlib.sha256(self.data).hexdigest()
        self.kind = "SHA256"
        self.write_file = True
        self.file = None  # path it is delivered under, where that is not the one written

    def xml(self):
        text = ""
        if self.path is not None:
            text = (f'<text integrityCheckAlgorithm="{self.kind}"><reference value="{self.path}"/>'
                    f"<integrityCheck>{self.checksum}</integrityCheck></text>")
        return (f'<component><document><id root="{self.id}"/><title value="{self.title}"/>{text}'
                f"</document></component>")


class Context:
    def __init__(self, ident, code, document):
        self.id, self.code, self.document = ident, code, document
        self.status, self.priority = "active", "1000"
        self.related = None

    def xml(self):
        codes = ICH_CODES if self.code.startswith("ich") else US_CODES
        related = "" if self.related is None else (
            f'<replacementOf><relatedContextOfUse><id root="{self.related}"/></relatedContextOfUse></replacementOf>')
        document = "" if self.document is None else (
            f'<derivedFrom><documentReference><id root="{self.document}"/></documentReference></derivedFrom>')
        return (f'<component><priorityNumber value="{self.priority}"/><contextOfUse><id root="{self.id}"/>'
                f'<code code="{self.code}" codeSystem="{codes}"/><statusCode code="{self.status}"/>{related}'
                f"{document}</contextOfUse></component>")


class Unit:
    """An original NDA: a cover letter and a nomenclature."""

    def __init__(self):
        self.folder = self.number = "1"
        self.application, self.submission = "123456", uuid(1)
        self.guides = [ICH_GUIDE, US_GUIDE]
        self.documents = [Document(uuid(10), "Cover letter", "m1/cover.pdf"),
                          Document(uuid(11), "Nomenclature", "m3/nomenclature.pdf")]
        self.contexts = [Context(uuid(20), "us_1.2", uuid(10)), Context(uuid(21), "ich_3.2.s.1.1", uuid(11))]
        self.sha256 = None
        self.unit_type, self.more = "us_submission_unit_type_1", ""

    def xml(self):
        guides = "".join(f'<item root="{guide}"/>' for guide in self.guides)
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<{STUB}><receiver typeCode="RCV"><device><id>{guides}</id>'
                f"</device></receiver><controlActProcess><subject><submissionUnit><id root=\"{uuid(2)}\"/>"
                f'<code code="{self.unit_type}" codeSystem="2.16.840.1.113883.3.989.5.1.2.2.1.13.1"/>'
                f'<statusCode code="active"/>{"".join(c.xml() for c in self.contexts)}<componentOf1>'
                f'<sequenceNumber value="{self.number}"/><submission><id><item root="{self.submission}"/></id>'
                f'<code code="us_submission_type_1" codeSystem="2.16.840.1.113883.3.989.5.1.2.2.1.12.4"/>'
                f"<componentOf><application><id><item root=\"2.16.840.1.113883.3.989.5.1.2.2.1.16.1\" "
                f'extension="{self.application}"/></id><code code="us_application_type_1" '
                f'codeSystem="2.16.840.1.113883.3.989.5.1.2.2.1.1.3"/>{"".join(d.xml() for d in self.documents)}'
                f"</application></componentOf></submission></componentOf1>{self.more}</submissionUnit></subject>"
                f"</controlActProcess></PORP_IN000001UV>\n").encode()

    def write(self, root):
        top = Path(root) / self.folder
        message = self.xml()
        files = {"submissionunit.xml": message,
                 "sha256.txt": (self.sha256 or hashlib.sha256(message).hexdigest()).encode()}
        for document in self.documents:
            if document.path is not None and document.write_file:
                files[document.file or document.path] = document.data
        for path, data in files.items():
            (top / path).parent.mkdir(parents=True, exist_ok=True)
            (top / path).write_bytes(data)


DEFECTS = []


def defect(rule, **place):
    def add(plant):
        DEFECTS.append((rule, plant, place))
        return plant
    return add


def document(rule, place=None, **fields):
    def plant(unit):
        for key, value in fields.items():
            setattr(unit.documents[1], key, value)
    DEFECTS.append((rule, plant, place or {"id": uuid(11)}))


def context(rule, place=None, **fields):
    def plant(unit):
        for key, value in fields.items():
            setattr(unit.contexts[1], key, value)
    DEFECTS.append((rule, plant, place or {"id": uuid(21)}))


def unit(rule, place=None, **fields):
    def plant(made):
        for key, value in fields.items():
            setattr(made, key, value)
    DEFECTS.append((rule, plant, place or {"sequence": "1"}))


document("ectd.file.missing", write_file=False)
document("ectd.file.case", file="m3/Nomenclature.pdf")
document("ectd.checksum.mismatch", checksum="0" * 64)
document("ectd.checksum.kind", kind="MD5", checksum="68b329da9893e34099c7d8ad5cb9c940")
document("ectd.v4.document-title", title="")
document("ectd.v4.document-checksum", checksum="")
document("ectd.v4.document-path", path=None)
context("ectd.v4.status", status="retired")
context("ectd.v4.priority", priority="0")
context("ectd.v4.context-id", place={"id": "nomenclature"}, id="nomenclature")
context("ectd.v4.document-absent", document=None)
context("ectd.v4.document-unresolvable", document=uuid(99))
context("ectd.lifecycle.broken", related=uuid(98))
context("ectd.heading.unknown", code="ich_9.9")
unit("ectd.v4.submission-id", submission="submission")
unit("ectd.v4.ich-version", guides=[US_GUIDE])
unit("ectd.v4.us-version", guides=[ICH_GUIDE])
unit("ectd.backbone.checksum", sha256="0" * 64)
unit("ectd.sequence.folder", place={"sequence": "2"}, folder="2")
unit("ectd.sequence.number", number="01")
unit("ectd.backbone.schema-invalid", place={"file": "1/submissionunit.xml", "options": SCHEMAS}, number="one")
unit("ectd.application.number", place={"application": "1234567"}, application="1234567")


@defect("ectd.v4.document-id", id="nomenclature")
def _(made):
    made.documents[1].id = made.contexts[1].document = "nomenclature"


@defect("ectd.v4.document-unused", id=uuid(12))
def _(made):
    made.documents.append(Document(uuid(12), "Standards", "m3/standards.pdf"))


unit("ectd.v4.submission-id-changed", unit_type="us_submission_unit_type_4")
unit("ectd.v4.two-numbers", place={"application": "123456"}, more=(
    f'<componentOf1><sequenceNumber value="2"/><submission><id><item root="{uuid(1)}"/></id>'
    '<code code="us_submission_type_1" codeSystem="2.16.840.1.113883.3.989.5.1.2.2.1.12.4"/><componentOf><application><id>'
    '<item root="2.16.840.1.113883.3.989.5.1.2.2.1.16.1" extension="123456"/></id><code code="us_application_type_1" '
    'codeSystem="2.16.840.1.113883.3.989.5.1.2.2.1.1.3"/></application></componentOf></submission></componentOf1>'))
