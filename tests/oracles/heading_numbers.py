#!/usr/bin/env python3
"""Numbers of headings against LibreOffice's text export, which prints them as Word does.

Documents with tracked changes are left out: LibreOffice counts deleted headings.
"""
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
CHANGED = re.compile(rb"<w:(ins|del|moveFrom|moveTo) ")


def untracked(path):
    try:
        with zipfile.ZipFile(path) as package:
            return not CHANGED.search(package.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError):
        return False


def converted(paths, work):
    """path -> lines of LibreOffice's text. One start of LibreOffice for all of them."""
    names = {}
    for i, path in enumerate(paths):
        names[path] = work / f"{i:04}.docx"
        shutil.copy(path, names[path])
    subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless",
                    "--convert-to", "txt:Text (encoded):UTF8", "--outdir", work / "out",
                    *names.values()], capture_output=True, timeout=3000, check=True)
    texts = {}
    for path, copy in names.items():
        text = work / "out" / f"{copy.stem}.txt"
        if text.exists():
            texts[path] = [folded(line) for line in text.read_text(encoding="utf-8-sig").splitlines()]
    return texts


def folded(line):
    return " ".join(line.split())


def compare(headings, lines):
    """(numbered headings found in order, all numbered headings, those not found)."""
    at, found, missing = 0, 0, []
    numbered = [h for h in headings if h["number"] and h["number"][0].isalnum()]
    for heading in numbered:
        number, title = heading["number"], folded(heading["title"])
        wanted = {folded(f"{n} {title}") for n in (number, number.rstrip("."), number + ".")}
        here = next((i for i in range(at, len(lines)) if lines[i] in wanted), None)
        if here is None:
            missing.append(f"{number} {title}")
        else:
            at, found = here + 1, found + 1
    return found, len(numbered), missing


def documents(corpus_too):
    paths = sorted(SAMPLES.glob("*.docx"))
    if corpus_too:
        import json
        corpus = harness.corpus()
        gold = json.loads((corpus / "gold/outline/outlines.json").read_text(encoding="utf-8"))
        paths += [corpus / d["document"] for d in gold if d["document"].endswith(".docx")]
        paths = [p for p in paths if p.is_relative_to(SAMPLES) or untracked(p)]
    return paths


def main():
    options = harness.arguments(__doc__, with_corpus=(False, "documents of the corpus too"),
                                share=(0.0, "least share of numbered headings found, per cent; "
                                            "default 100, with the corpus 99"))
    if not shutil.which("soffice"):
        harness.skip("LibreOffice is not installed")
    least = options.share or (99.0 if options.with_corpus else 100.0)
    found = total = 0
    with tempfile.TemporaryDirectory() as work:
        texts = converted(documents(options.with_corpus), Path(work))
    for path, lines in texts.items():
        done = harness.run([options.lacuna, "outline", path, "--format", "json"])
        if done.code != 0:
            print(f"{path.name}: exit {done.code}")
            continue
        here, numbered, missing = compare(harness.load(done.out, path.name)["headings"], lines)
        found, total = found + here, total + numbered
        if missing:
            print(f"{path.name}: {here} of {numbered}; not found: {missing[:5]}")
    share = 100.0 * found / total if total else 0.0
    print(f"{len(texts)} documents: {found} of {total} numbered headings stand the same in "
          f"LibreOffice's text ({share:.2f} %)")
    return 0 if total and share >= least else 1


if __name__ == "__main__":
    sys.exit(main())
