#!/usr/bin/env python3
"""Writes drafts into real Word documents and holds the results against programs that share no code with us.

For every document: two runs give the same bytes; every entry of the package that was not to change has the
same compressed bytes; the original main part is had back by taking the insertions out; rejecting by the words of
the standard (docx_reject.py) gives the original tree; our reader sees the original and the draft in one piece;
our lint finds nothing new. Then, where they are installed: pandoc (accept and reject), the Open XML SDK's
validator and the schemas (no finding the original has not), LibreOffice (accept and reject).

Without options over a sample of the corpus in LACUNA_CORPUS; --all over every document in it; or over FILES.
Writes counts, and every exception with its cause. Exit 1 when an exception has no accepted cause.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402
DEBIAN = "/usr/bin/python3"  # python3-lxml and python3-uno belong to it, whatever python3 is first in PATH
try:
    import lxml  # noqa: F401
except ImportError:
    if os.path.realpath(sys.executable) == os.path.realpath(DEBIAN) or not os.path.exists(DEBIAN):
        harness.skip("python3-lxml is not installed")
    os.execv(DEBIAN, [DEBIAN] + sys.argv)
import docx_others  # noqa: E402
import docx_reject  # noqa: E402
import docx_zip  # noqa: E402

AUTHOR = "Lacuna (AI draft)"
HEADING = "Zqxhead drafted section"
FIRST = ("Zqxfirst paragraph of the draft, with <markup> & signs, µg and a placeholder: "
         "[DATA NEEDED: dose in mg] before its end.")
LAST = "Zqxlast paragraph of the draft, as long as the paragraphs that stand around it."
BLOCKS = [{"kind": "paragraph", "text": FIRST}, {"kind": "bullet", "text": "Zqxbullet one"},
          {"kind": "bullet", "text": "Zqxbullet two"}, {"kind": "number", "text": "Zqxnumber one"},
          {"kind": "number", "text": "Zqxnumber two"},
          {"kind": "table", "header_rows": 1, "rows": [["Zqxvisit", "Zqxday"], ["Zqxbaseline", "1"]]}]
COMMENT = ["Zqxcomment: the protocol must say so.", "Citation: ICH M11, 5.1", "DRAFT: needs review by a person."]


def gap(where, paragraph, level, table_last):
    blocks = [{"kind": "heading", "level": level, "text": HEADING}] + list(BLOCKS)
    if not table_last:
        blocks.append({"kind": "paragraph", "text": LAST})
    return {"item": "oracle", "where": where, "paragraph": paragraph, "comment": COMMENT, "blocks": blocks}


def plan(places, seed):
    """Which gaps: behind a section in the middle; every third document at its end too, some of them with a
    table last; what is chosen depends on the document alone."""
    usable = [p for p in places if p[2] == "yes"]
    gaps = []
    if usable:
        ordinal, level, _ = usable[seed % len(usable)]
        gaps.append(gap("in-section" if seed % 5 == 0 else "after-section", ordinal, level, seed % 4 == 1))
    if not usable or seed % 3 == 0:
        gaps.append(gap("end", 0, 1, seed % 2 == 0))
    return gaps


class Document:
    """One document, what was written, and what was found wrong."""

    def __init__(self, path, folder):
        self.path = path
        self.seed = int(hashlib.sha256(path.name.encode()).hexdigest()[:8], 16)
        self.stem = hashlib.sha256(str(path).encode()).hexdigest()[:16]
        self.marked = folder / f"{self.stem}.marked.docx"
        self.clean = folder / f"{self.stem}.clean.docx"
        self.spec = folder / f"{self.stem}.json"
        self.refused = None
        self.markings = []
        self.gaps = []
        self.faults = []
        self.checked = set()

    def fault(self, check, text):
        self.faults.append((check, text))

    def hold(self, check, problem):
        """A check was made; `problem` is None where all is well."""
        self.checked.add(check)
        if problem:
            self.fault(check, problem)


def read_places(insert, path):
    done = harness.run([insert, "places", path])
    lines = [line.split("\t") for line in done.out.decode("utf-8", "replace").splitlines()]
    return done, [(int(p[0]), int(p[1]), p[2]) for p in lines if len(p) >= 3 and p[0].isdigit()]


def main_part(package):
    relations = package.read("_rels/.rels").decode("utf-8", "replace")
    for element in re.findall(r"<[^>]*Relationship\b[^>]*>", relations):
        if re.search(r'Type="[^"]*/officeDocument"', element):
            return re.search(r'Target="/?([^"]*)"', element).group(1)
    return "word/document.xml"


def may_change(name, main):
    folder = os.path.dirname(main)
    return (name in (main, "[Content_Types].xml", f"{folder}/_rels/{os.path.basename(main)}.rels") or
            re.match(re.escape(folder) + r"/(comments|commentsExtended|people|numbering)[\w-]*\.xml$", name))


def check_bytes(document):
    before, after = document.path.read_bytes(), document.marked.read_bytes()
    changed = docx_zip.changed(before, after)
    with zipfile.ZipFile(document.path) as package:
        main = main_part(package)
        original = package.read(main)
    with zipfile.ZipFile(document.marked) as package:
        edited = package.read(main)
    wrong = None if changed is None else [name for name in changed if not may_change(name, main)]
    document.hold("raw entries", "an entry is missing" if changed is None else
                  f"changed: {wrong}" if wrong else None)
    document.hold("bytes", None if docx_zip.without_insertions(original, edited) is not None else
                  "the original bytes are not all there")
    if len(original) < 4_000_000:
        document.hold("reject by the standard", docx_reject.compare(original, edited, AUTHOR))


def lines_of_draft(gaps):
    text = []
    for one in gaps:
        for block in one["blocks"]:
            rows = ["\t".join(row) for row in block["rows"]] if block["kind"] == "table" else [block["text"]]
            text.append(rows)
    return [line for rows in text for line in rows]


def check_reader(document, insert):
    """Our reader shows the accepted view: the original's lines with the draft's among them, in one piece a gap."""
    before = harness.run([insert, "text", document.path]).out.decode().splitlines()
    for path, check in ((document.marked, "our reader, marked"), (document.clean, "our reader, clean")):
        after = harness.run([insert, "text", path]).out.decode().splitlines()
        kept = [line for line in after if "Zqx" not in line and line.strip()]
        ours = [re.sub(r"^\S+ (?=Zqx)", "", line) for line in after if "Zqx" in line]
        wanted = lines_of_draft(document.written_gaps())
        if sorted(ours) != sorted(wanted):
            document.hold(check, f"the draft reads {ours[:3]}...")
        else:
            old = [line for line in before if line.strip()]
            differ = [(a, b) for a, b in zip(old, kept) if a != b]
            renumbered = all(strip_number(a) == strip_number(b) for a, b in differ)
            document.hold(check, None if len(old) == len(kept) and renumbered else
                          f"{len(old)} lines became {len(kept)}; {differ[:1]}")


def strip_number(line):
    """Numbers of headings and lists behind the draft rise; so do results of fields that count."""
    return re.sub(r"^\S{1,12} |^[\W\d]*|\d+", "", line)


def write(document, insert):
    done, places = read_places(insert, document.path)
    if done.code != 0:
        document.refused = done.err.decode("utf-8", "replace").strip().split(": ")[-1] or f"exit {done.code}"
        if done.crashed:
            document.fault("crash", done.err.decode("utf-8", "replace")[:300])
        return False
    document.gaps = plan(places, document.seed)
    document.spec.write_text(json.dumps({"gaps": document.gaps}))
    for kind, path in (("--marked", document.marked), ("--clean", document.clean)):
        done = harness.run([insert, "write", kind, document.path, document.spec, path], timeout=300)
        if done.crashed or done.timed_out:
            document.fault("crash", done.err.decode("utf-8", "replace")[:300])
            return False
        if done.code != 0:
            text = done.err.decode("utf-8", "replace").strip()
            document.refused = text.split(": ")[-1]
            if "would be faulty" in text or "INTERNAL" in text:
                document.fault("own lint", text[-200:])
            return False
        if kind == "--marked":
            document.markings = [line.split("\t")[1:] for line in done.out.decode().splitlines()]
    again = document.marked.with_suffix(".again")
    harness.run([insert, "write", "--marked", document.path, document.spec, again], timeout=300)
    document.hold("two runs", None if again.exists() and again.read_bytes() == document.marked.read_bytes()
                  else "two runs differ")
    again.unlink(missing_ok=True)
    return True


def written_gaps(document):
    return [one for one, mark in zip(document.gaps, document.markings) if mark[0] != "not placed"]


Document.written_gaps = written_gaps


def work(document, insert, others, deadline):
    if time.monotonic() > deadline:
        document.refused = "not reached: out of time"
        return document
    try:
        if write(document, insert):
            check_bytes(document)
            check_reader(document, insert)
            lint = harness.run([insert, "lint", document.marked, document.path], timeout=300)
            document.hold("own lint", None if lint.code == 0 else lint.out.decode()[:200] or "failed")
            for other in others:
                other(document)
    except Exception as error:  # told, and the run goes on
        document.fault("this program", f"{type(error).__name__}: {error}")
    return document


def choose(options):
    if options.files:
        return [Path(name) for name in options.files]
    corpus = harness.corpus() / "docx"
    found = sorted(p for p in corpus.rglob("*") if p.suffix.lower() in (".docx", ".docm", ".dotx"))
    if options.all:
        return found
    regulatory = [p for p in found if "regulatory" in p.parts and p.stat().st_size < 3_000_000]
    rest = [p for p in found if "regulatory" not in p.parts and p.stat().st_size < 500_000]
    rest.sort(key=lambda p: hashlib.sha256(p.name.encode()).hexdigest())
    regulatory.sort(key=lambda p: hashlib.sha256(p.name.encode()).hexdigest())
    return regulatory[:options.sample * 2 // 3] + rest[:options.sample // 3]


def report(documents, skipped):
    written = [d for d in documents if d.markings]
    print(f"{len(documents)} documents, {len(written)} written")
    reasons = collections.Counter(d.refused for d in documents if d.refused)
    for reason, count in reasons.most_common():
        print(f"  refused {count}: {reason}")
    kinds = collections.Counter(mark[0] for d in written for mark in d.markings)
    print("  gaps: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    checks = collections.Counter(check for d in documents for check in d.checked)
    faulty = collections.Counter(check for d in documents for check in {c for c, _ in d.faults})
    for check in sorted(set(checks) | set(faulty)):
        print(f"  {check}: {checks[check] - faulty[check]}/{checks[check]}")
    for name in skipped:
        print(f"  skipped: {name}")
    open_faults = 0
    for document in documents:
        for check, text in document.faults:
            cause = docx_others.accepted_cause(document, check, text)
            open_faults += cause is None
            print(f"exception\t{check}\t{document.path.name}\t{cause or 'NO CAUSE KNOWN'}\t{text[:200]}")
    print(f"exceptions without a cause: {open_faults}")
    return 1 if open_faults or not written else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--insert", required=True, help="the test program docx_insert")
    parser.add_argument("--sample", type=int, default=150, help="how many documents of the corpus")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--office", type=int, default=20, help="how many of them LibreOffice reads; 0: none")
    parser.add_argument("--without", nargs="*", default=[], choices=["pandoc", "sdk", "xsd"])
    parser.add_argument("--seconds", type=int, default=3000, help="begin no document after so many")
    parser.add_argument("--keep", help="folder for the written documents")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="docx-writer-"))
    folder.mkdir(exist_ok=True)
    documents = [Document(path, folder) for path in choose(options)]
    others, skipped = docx_others.available(options.without)
    deadline = time.monotonic() + options.seconds
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        documents = list(pool.map(lambda d: work(d, options.insert, others, deadline), documents))
    if options.office:
        note = docx_others.office(documents, len(documents) if options.all else options.office, folder)
        skipped += [note] if note else []
    code = report(documents, skipped)
    if not options.keep:
        shutil.rmtree(folder)
    sys.exit(code)


if __name__ == "__main__":
    main()
