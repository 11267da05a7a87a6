#!/usr/bin/env python3
"""Fills Word templates and holds the results against programs that share no code with us.

Every placeholder of a template gets a value of its own, some of them blocks with a table; instructions go. For
the marked and the clean copy: two runs give the same bytes; values in another order give the same bytes; every
entry of the package that was not to change has the same compressed bytes; no value and no text outside the
placeholders is lost. Then, where they are installed: pandoc (accepting gives the clean copy's words, rejecting
the template's), the Open XML SDK's validator (no finding the template has not), LibreOffice (the same as pandoc,
paragraph by paragraph).

Our own templates; with --with-corpus those of the corpus in LACUNA_CORPUS that have placeholders too.
"""
import json
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import docx_others  # noqa: E402
import docx_zip  # noqa: E402
import harness  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
MAY_CHANGE = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|numbering|comments)[\w-]*\.xml$|"
                        r"\[Content_Types\]\.xml$|word/_rels/document\.xml\.rels$|customXml/item\d+\.xml$|"
                        r"docProps/(core|custom|app)\.xml$")
LEAST, MOST_BYTES = 3, 3_000_000  # placeholders of a document that counts as a template; bytes of it


def key(name):
    return "".join(c for c in name.lower() if c.isalnum() or ord(c) > 127)


def values_for(placeholders):
    """Name to value: texts, and for every fourth block-level place a list of blocks."""
    values, seen = {}, set()
    for at, place in enumerate(placeholders):
        name = place["name"]
        if place["filled"] or not key(name) or key(name) in seen or len(name.encode()) > 400:
            continue
        seen.add(key(name))
        if place["repeats"]:
            values[name] = [{"amendment": f"Zqx{at}a"}, {"amendment": f"Zqx{at}b"}]
        elif place["block"] and at % 4 == 0 and place["kind"] != "field":
            values[name] = {"blocks": [{"paragraph": f"Zqx{at} first & <last>"}, {"bullet": f"Zqx{at} bullet"},
                                       {"table": [["Zqx visit", "Zqx day"], ["Zqx one", "Zqx two"]]},
                                       {"paragraph": f"Zqx{at} end"}]}
        else:
            values[name] = f"Zqx{at} value"
    return values


def profile(lacuna, path):
    done = harness.run([lacuna, "templates", "profile", path, "--format", "json"])
    return json.loads(done.out)["placeholders"] if done.code == 0 else None


def fill(lacuna, path, values, out, marked):
    text = out.with_suffix(".json")
    text.write_text(json.dumps(values), encoding="utf-8")
    arguments = [lacuna, "fill", path, "--values", text, "-o", out, "--remove-instructions", "--as-of",
                 "2026-03-14", "--format", "json"] + (["--marked"] if marked else [])
    done = harness.run(arguments)
    if done.code not in (0, 1):
        return None, f"exit {done.code}: {done.err.decode(errors='replace').strip()[:200]}"
    return json.loads(done.out), None


class Template:
    """What docx_others asks of a document, and what was found wrong."""

    def __init__(self, path, folder):
        self.path, self.faults, self.checked = path, [], set()
        self.marked = folder / f"{path.stem[:40]}.marked.docx"
        self.clean = folder / f"{path.stem[:40]}.clean.docx"

    def hold(self, check, problem):
        self.checked.add(check)
        if problem:
            self.faults.append((check, problem))


def check_bytes(template, lacuna, values, folder):
    for copy, marked in ((template.clean, False), (template.marked, True)):
        report, problem = fill(lacuna, template.path, values, copy, marked)
        template.hold("filled", problem)
        if problem:
            return None
        again = folder / "again.docx"
        fill(lacuna, template.path, dict(reversed(list(values.items()))), again, marked)
        template.hold("same bytes for any order of values",
                      None if again.read_bytes() == copy.read_bytes() else "they differ")
        changed = docx_zip.changed(template.path.read_bytes(), copy.read_bytes())
        odd = ["an entry moved"] if changed is None else [n for n in changed if not MAY_CHANGE.match(n) and
                                                         "people" not in n and "Extended" not in n]
        template.hold("other entries are the same", ", ".join(odd)[:200] or None)
        with zipfile.ZipFile(copy) as package:
            text = "".join(package.read(n).decode("utf-8", "replace") for n in package.namelist()
                           if n.startswith("word/") and n.endswith(".xml"))
        unfilled = {place["name"] for place in report["unfilled"]}
        lost = [name for name, value in values.items() if isinstance(value, str) and name not in unfilled and
                name not in report["unused_values"] and value not in text and "value" in value]
        template.hold("every value is there", ", ".join(lost)[:200] or None)
    return report


def check_pandoc(template, untracked):
    if not shutil.which("pandoc"):
        return
    clean = docx_others.pandoc_words(template.clean, "accept")
    accepted = docx_others.pandoc_words(template.marked, "accept")
    template.hold("pandoc, accept", None if clean == accepted else docx_others.first_difference(clean, accepted))
    if not untracked:
        original = docx_others.pandoc_words(template.path, "reject")
        rejected = docx_others.pandoc_words(template.marked, "reject")
        template.hold("pandoc, reject",
                      None if original == rejected else docx_others.first_difference(original, rejected))


def check_office(templates, folder):
    if not shutil.which("soffice"):
        return
    requests = [(action, str(path)) for t in templates
                for action, path in (("keep", t.path), ("keep", t.clean), ("accept", t.marked), ("reject", t.marked))]
    answers = docx_others.ask_office(requests, folder)
    for template in templates:
        looks = [answers.get((action, str(path)), {"error": "no answer"}) for action, path in
                 (("keep", template.path), ("keep", template.clean), ("accept", template.marked),
                  ("reject", template.marked))]
        errors = [look["error"] for look in looks if "error" in look]
        template.hold("LibreOffice opens it", errors[0] if errors else None)
        if errors:
            continue
        original, clean, accepted, rejected = (docx_others.plain(look["paragraphs"]) for look in looks)
        template.hold("LibreOffice, accept",
                      None if clean == accepted else docx_others.first_difference(clean, accepted))
        if not template.untracked and not looks[0]["redlines"]:
            template.hold("LibreOffice, reject",
                          None if original == rejected else docx_others.first_difference(original, rejected))


def is_bound(path):
    """Values of controls that are bound to data are not tracked, readers show the data; nor is the prompt of an
    empty control, which is no text of the document."""
    with zipfile.ZipFile(path) as package:
        return any(re.search(rb"dataBinding|showingPlcHdr", package.read(name)) for name in package.namelist()
                   if name.startswith("word/") and name.endswith(".xml"))


def candidates(with_corpus):
    yield from sorted((ROOT / "templates/word").glob("*.docx"))
    if with_corpus:
        for path in sorted((harness.corpus() / "docx/regulatory").rglob("*.do[ct]x")):
            if path.stat().st_size < MOST_BYTES:
                yield path


def main():
    options = harness.arguments(__doc__, with_corpus=(False, "templates of the corpus too"))
    done, counts, bad = [], {}, 0
    with tempfile.TemporaryDirectory() as named:
        for number, path in enumerate(candidates(options.with_corpus)):
            placeholders = profile(options.lacuna, path)
            if not placeholders or sum(not p["filled"] for p in placeholders) < LEAST:
                continue
            folder = Path(named) / str(number)
            folder.mkdir()
            template = Template(path, folder)
            template.untracked = any(place["repeats"] for place in placeholders) or is_bound(path)
            if check_bytes(template, options.lacuna, values_for(placeholders), folder) is None:
                done.append(template)
                continue
            check_pandoc(template, template.untracked)
            if docx_others.sdk_binary():
                docx_others.sdk(template)
            done.append(template)
        check_office([t for t in done if ("filled" in t.checked and t.clean.exists())], Path(named))
    for template in done:
        for check in template.checked:
            counts[check] = counts.get(check, 0) + 1
        for check, problem in template.faults:
            print(f"{template.path.name[:60]}: {check}: {problem}")
            bad += 1
    print(f"{len(done)} templates: " + ", ".join(f"{check} {n}" for check, n in sorted(counts.items())))
    return 1 if bad or not done else 0


if __name__ == "__main__":
    sys.exit(main())
