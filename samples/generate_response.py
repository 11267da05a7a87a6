#!/usr/bin/env python3
"""Writes the house templates of samples/response: response-template.docx and cover-template.docx of the
fictional sponsor, with {{tokens}} that lacuna respond fills. Standard library only; --check compares.
plan.json is not written: it is the plan for the clinical hold letter as a person completed it.
"""
import argparse
import importlib.machinery
import importlib.util
import io
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
TARGET = HERE / "response"


def plain_template():
    loader = importlib.machinery.SourceFileLoader("plain", str(HERE.parent / "tools/make-plain-template"))
    spec = importlib.util.spec_from_loader("plain", loader)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


def run(text, bold=False):
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs, style=""):
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{kind}{''.join(runs)}</w:p>"


def response():
    """One token is split over runs, as Word does after a spelling check."""
    return (paragraph(run("Halvorsen Therapeutics AS", True))
            + paragraph(run("Response to the Agency"), style="Heading1")
            + paragraph(run("Application: "), run("{{appli"), run("cation}}"), run(", sequence {{sequence}}"))
            + paragraph(run("Product: {{product}}"))
            + paragraph(run("Letter of {{letter_date}}; answered {{date}}"))
            + paragraph(run("{{responses}}"))
            + paragraph(run("Contact: {{contact}}")))


def cover():
    return (paragraph(run("{{applicant}}", True))
            + paragraph(run("{{cover_letter}}"))
            + paragraph(run("Halvorsen Therapeutics AS, Fjordveien 1, Oslo, Norway")))


def document(body):
    plain = plain_template()
    parts = plain.parts()
    parts["word/document.xml"] = parts["word/document.xml"].replace("<w:body>", "<w:body>" + body)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, text.encode("utf-8"))
    return buffer.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    wrong = []
    for name, body in (("response-template.docx", response()), ("cover-template.docx", cover())):
        path, data = TARGET / name, document(body)
        if not check:
            path.write_bytes(data)
        elif not path.is_file() or path.read_bytes() != data:
            wrong.append(name)
    if wrong:
        print("not what the generator writes:", ", ".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
