#!/usr/bin/env python3
"""Text kept: what pandoc and docx2txt read must be in `lacuna text`, and nothing may be invented.

Words (four or more letters) are compared as sets per document. Lost: words both other readers see and
ours lacks, in documents without hidden text and tracked changes (the others print what a reader of the
page does not see). Invented: words of ours that stand nowhere in the XML of the package.
"""
import html
import re
import shutil
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
READERS = {"pandoc": lambda p: ["pandoc", "-t", "plain", "--wrap=none", p],
           "docx2txt": lambda p: ["docx2txt", p, "-"]}
WORD = re.compile(r"[^\W\d_]{4,}")


def words(text):
    return set(WORD.findall(text.lower()))  # some readers print w:caps as capitals


def parts(path):
    with zipfile.ZipFile(path) as package:
        return [package.read(name).decode("utf-8", "replace") for name in package.namelist()
                if name.startswith("word/") and name.endswith(".xml")]


def package_words(path):
    """Every word of the package's parts: joined over runs as a reader has to, and run by run."""
    found = set()
    for part in parts(path):
        apart = re.sub(r"</w:p>|<w:(tab|br|cr|noBreakHyphen|softHyphen|sym)\b[^>]*>", " ", part)
        found |= words(html.unescape(re.sub(r"<[^>]*>", "", apart)))
        found |= words(html.unescape(re.sub(r"<[^>]*>", " ", part)))
    return found


def shows_everything(path):
    return not any(re.search(r"<w:(vanish|del|moveFrom)\b", part) for part in parts(path))


def documents(corpus_too):
    paths = sorted(SAMPLES.glob("*.docx"))
    if corpus_too:
        corpus = harness.corpus()
        paths += sorted((corpus / "docx/regulatory").rglob("*.docx"))
    return paths


def main():
    options = harness.arguments(__doc__, with_corpus=(False, "documents of the corpus too"),
                                share=(99.5, "least share of words kept over all documents"))
    readers = {name: command for name, command in READERS.items() if shutil.which(name)}
    if not readers:
        harness.skip("neither pandoc nor docx2txt is installed")
    lost_total = seen_total = invented_total = count = 0
    for path in documents(options.with_corpus):
        ours = harness.run([options.lacuna, "text", path])
        others = [harness.run(command(path), 60) for command in readers.values()]
        if ours.code != 0 or any(other.code != 0 for other in others):
            continue
        mine = words(ours.out.decode("utf-8"))
        theirs = set.intersection(*(words(o.out.decode("utf-8", "replace")) for o in others))
        lost, invented = set(), mine - package_words(path)
        if shows_everything(path):
            lost = theirs - mine
        else:
            theirs = set()
        count, lost_total, seen_total = count + 1, lost_total + len(lost), seen_total + len(theirs)
        invented_total += len(invented)
        if lost or invented:
            print(f"{path.name}: lost {len(lost)} of {len(theirs)} {sorted(lost)[:12]}, "
                  f"invented {len(invented)} {sorted(invented)[:12]}")
    share = 100.0 * (1 - lost_total / seen_total) if seen_total else 0.0
    print(f"{count} documents, compared with {' and '.join(readers)}: {share:.3f} % of {seen_total} "
          f"words kept, {invented_total} invented")
    return 0 if share >= options.share and invented_total == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
