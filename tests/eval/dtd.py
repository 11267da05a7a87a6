#!/usr/bin/env python3
"""`lacuna check --dtd-dir` against lxml's validation, on real backbones and on damaged copies of them.

Both use libxml2, but lxml validates a whole tree and Lacuna a stream of events with its own check of
required attributes, so neither hides a slip of the other. usage: dtd.py --lacuna PROGRAM
"""
import random
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

DOCTYPE = b'<!DOCTYPE ectd:ectd SYSTEM "util/dtd/ich-ectd-3-2.dtd">\n'  # lxml does not always write it
COPIES = 5  # damaged copies of each backbone


def drop_attribute(element, rng):
    names = list(element.attrib)
    if names:
        del element.attrib[rng.choice(names)]


def rename(element, _):
    element.tag = "m2-5-clinical-overview"


def move_last(element, _):
    parent = element.getparent()
    if parent is not None:
        parent.append(element)


def repeat(element, _):
    parent = element.getparent()
    if parent is not None:
        copy = element.makeelement(element.tag, dict(element.attrib))
        parent.insert(0, copy)


def add_text(element, _):
    element.text = "text " + (element.text or "")


def add_attribute(element, _):
    element.set("colour", "blue")


CHANGES = (drop_attribute, rename, move_last, repeat, add_text, add_attribute)


def verdicts(lacuna, folder, dtds):
    """Files that are not valid, and files nothing was said about."""
    done = harness.run([lacuna, "check", folder, "--format", "json", "--dtd-dir", dtds], timeout=300)
    found = harness.load(done.out, str(folder))["findings"]
    files = {"ectd.backbone.dtd-invalid": set(), "ectd.backbone.not-validated": set()}
    for finding in found:
        if finding["rule"] in files:
            files[finding["rule"]].add(finding["anchors"][0]["leaf"]["file"].split("/")[-1])
    return files["ectd.backbone.dtd-invalid"], files["ectd.backbone.not-validated"]


def compare(wrong, lacuna, etree, source, dtds, copies):
    rng = random.Random(source.parent.name)
    dtd = etree.DTD(str(dtds / "ich-ectd-3-2.dtd"))
    for number in range(copies + 1):
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "app" / "0000"
            shutil.copytree(source, target)
            for path in target.rglob("*"):
                path.chmod(0o755 if path.is_dir() else 0o644)
            tree = etree.parse(str(target / "index.xml"))
            change = None
            if number > 0:
                change = rng.choice(CHANGES)
                elements = [e for e in tree.getroot().iter() if isinstance(e.tag, str)]
                change(rng.choice(elements), rng)
                written = etree.tostring(tree.getroot(), encoding="UTF-8")
                (target / "index.xml").write_bytes(DOCTYPE + written)
            invalid, silent = verdicts(lacuna, target.parent, dtds)
            wanted = not dtd.validate(etree.parse(str(target / "index.xml")))
            if ("index.xml" in invalid) != wanted or silent or "eu-regional.xml" in invalid:
                wrong.append(f"{source.parent.name} {change}: {invalid} {silent}, lxml: "
                             f"{'not valid' if wanted else 'valid'}")
    return copies + 1


def main():
    options = harness.arguments(__doc__)
    try:
        from lxml import etree
    except ImportError:
        harness.skip("python3-lxml is not installed")
    corpus = harness.corpus() / "ectd"
    wrong, compared = [], 0
    for source in sorted(corpus.glob("eu-v3/*/0000")):
        compared += compare(wrong, options.lacuna, etree, source, source / "util" / "dtd", COPIES)
    print(f"{compared} backbones compared with lxml, {len(wrong)} judged otherwise")
    for line in wrong:
        print("  " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
