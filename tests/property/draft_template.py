#!/usr/bin/env python3
"""Drafts in a house template, from the samples: each under its heading, in place of the placeholder there; a
heading the template lacks is put in by the order of the checklist; the template is not touched; the same call
gives the same bytes; what was drafted is found by `check`.
"""
import json
import re
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import draft  # noqa: E402
from draft import ROOT, complaints, digest, expect  # noqa: E402

VALUES = {"protocol_number": "HAL-301", "sponsor": "Halvorsen"}


class Folder(draft.Folder):
    def __init__(self, lacuna, path):
        super().__init__(lacuna, path)
        (self.path / "values.json").write_text(json.dumps(VALUES))

    def draft(self, out, template):
        return super().draft(out, "--all-missing", "--template", template, "--values", "values.json")

    def titles(self, plan):
        return [step["title"] for step in json.loads((self.path / plan).read_text())["steps"]]

    def sections(self, name):
        """Title to the text below it, of the accepted view."""
        headings = json.loads(self.run("outline", name, "--format", "json").stdout)["headings"]
        lines = self.run("text", name).stdout.split("\n")
        starts = [h["anchor"]["text_line"] for h in headings] + [len(lines) + 1]
        return [(h["title"], "\n".join(lines[a:b - 1]))
                for h, a, b in zip(headings, starts, starts[1:])]


def needed(folder, out):
    return re.findall(r"\[DATA NEEDED: [^\]]*\]", (folder.path / out / "drafts.md").read_text())


def drafts_are_under_their_headings(folder):
    done = folder.draft("out", "protocol")
    expect(done.returncode == 1, f"exit {done.returncode}: {done.stderr}")
    wanted = folder.titles("out/plan.json")
    expect(len(wanted) > 2, f"only {len(wanted)} drafts")
    for copy in ("clean", "marked"):
        sections = dict(folder.sections(f"out/protocol.{copy}.docx"))
        for title in wanted:
            text = sections.get(title, "")
            expect("[DATA NEEDED" in text or "[source: " in text, f"{copy}: nothing under {title}: {text[:200]}")
            expect("[Enter " not in text, f"{copy}: the placeholder is still under {title}")
        text = folder.run("text", f"out/protocol.{copy}.docx").stdout
        for piece in needed(folder, "out"):
            expect(piece in text, f"{copy}: {piece} is not there")
        expect("HAL-301" in text and "[Protocol number]" not in text, f"{copy}: the values were not filled in")


def both_copies_tell_the_same(folder):
    marked, clean = (folder.run("text", f"out/protocol.{copy}.docx").stdout for copy in ("marked", "clean"))
    expect(marked == clean, "accepting the marked copy does not give the clean one")
    with zipfile.ZipFile(folder.path / "out/protocol.marked.docx") as package:
        comments = package.read("word/comments.xml").decode()
        expect(b"LacunaStatus" in package.read("docProps/custom.xml"), "the marked copy does not say what it is")
    expect(comments.count("<w:comment ") == len(folder.titles("out/plan.json")), "not one comment a draft")


def same_bytes_again(folder):
    folder.draft("again", "protocol")
    for path in sorted((folder.path / "out").glob("*.*")):
        if path.is_file():
            expect(digest(path) == digest(folder.path / "again" / path.name), f"{path.name} differs")


def without_sections(source, target, titles):
    """A copy of a template without the sections of these titles: all between two headings."""
    with zipfile.ZipFile(source) as package:
        parts = [(entry, package.read(entry)) for entry in package.infolist()]
    with zipfile.ZipFile(target, "w") as out:
        for entry, data in parts:
            if entry.filename == "word/document.xml":
                text = data.decode()
                for title in titles:
                    heading = (r'<w:p><w:pPr><w:pStyle w:val="Heading\d"/></w:pPr><w:r><w:t xml:space="preserve">'
                               + re.escape(title) + r"</w:t></w:r></w:p>.*?"
                               r'(?=<w:p><w:pPr><w:pStyle w:val="Heading\d"/>)')
                    text, count = re.subn(heading, "", text, count=1, flags=re.S)
                    expect(count == 1, f"{title} is not in the template")
                data = text.encode()
            out.writestr(entry, data)


def missing_headings_are_put_in(folder):
    wanted = folder.titles("out/plan.json")
    without_sections(ROOT / "templates/word/protocol.docx", folder.path / "short.docx", wanted)
    before = digest(folder.path / "short.docx")
    done = folder.draft("short", "short.docx")
    expect(done.returncode == 1, f"exit {done.returncode}: {done.stderr}")
    expect(f"{len(wanted)} of {len(wanted)} drafts placed" in done.stdout, done.stdout)
    expect(digest(folder.path / "short.docx") == before, "the template was changed")
    whole = [title for title, _ in folder.sections("out/protocol.clean.docx")]
    found = [title for title, _ in folder.sections("short/protocol.clean.docx")]
    for title in wanted:
        expect(title in found, f"{title} was not put in")
        if title in found:
            at, should = found.index(title), whole.index(title)
            expect(found[at - 1] == whole[should - 1], f"{title} stands behind {found[at - 1]}")


def wrong_use(folder):
    done = folder.draft("wrong", "none.docx")
    expect(done.returncode == 3 and "none.docx" in done.stderr, f"exit {done.returncode}: {done.stderr}")
    (folder.path / "values.json").write_text("[]")
    done = folder.draft("wrong", "protocol")
    expect(done.returncode == 2, f"exit {done.returncode}: {done.stderr}")


def main():
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(str(Path(sys.argv[1]).resolve()), path)
        for test in (drafts_are_under_their_headings, both_copies_tell_the_same, same_bytes_again,
                     missing_headings_are_put_in, wrong_use):
            test(folder)
    print(*complaints, sep="\n")
    print(f"{len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
