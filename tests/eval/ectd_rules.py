#!/usr/bin/env python3
"""`lacuna check` over real eCTD sequences: findings against what is counted here from the files.

Titles, folders, references and case are counted from the XML and the file system by other means
(ElementTree, hashlib), so neither side can hide a slip of the other. Rules that have nothing to find
in these sequences must find nothing.
"""
import collections
import hashlib
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SECTION_NUMBER = re.compile(r"^\s*[1-5](\.([0-9]{1,2}|[SPAR]))+\.?[\s.]", re.IGNORECASE)
# What rules with findings there are; everything else is a false alarm in these sequences.
EU_RULES = {"ectd.backbone.checksum-line-ends", "ectd.checksum.line-ends", "ectd.checksum.mismatch",
            "ectd.file.duplicate", "ectd.lifecycle.path", "ectd.lifecycle.unresolvable",
            "ectd.lifecycle.wrong-backbone", "ectd.sequence.folder", "ectd.title.blanks",
            "ectd.title.section-number"}
FDA_RULES = {"ectd.file.case": 5, "ectd.file.duplicate": None, "ectd.sequence.gap": None,
             "ectd.v4.document-unresolvable": None}


def attribute(element, name):
    return next((v for k, v in element.attrib.items() if k.split("}")[-1] == name), "")


def leaves(backbone):
    for leaf in ET.parse(backbone).getroot().iter():
        if leaf.tag.split("}")[-1] == "leaf":
            titles = [c for c in leaf if c.tag.split("}")[-1] == "title"]
            yield leaf, "".join(titles[0].itertext()) if titles else ""


def expected(sequence):
    """Counts of findings for one sequence folder."""
    count = collections.Counter()
    for backbone in (sequence / "index.xml", sequence / "m1/eu/eu-regional.xml"):
        for leaf, title in leaves(backbone):
            blank = title.strip() != title and title.strip() != ""
            count["ectd.title.blanks"] += blank
            count["ectd.title.section-number"] += bool(SECTION_NUMBER.match(title + " "))
            target = attribute(leaf, "modified-file").split("#")[0]
            count["ectd.lifecycle.wrong-backbone"] += bool(target) and not target.endswith("/" + backbone.name)
            if attribute(leaf, "operation") != "delete":
                data = (backbone.parent / attribute(leaf, "href").strip()).read_bytes()
                given = attribute(leaf, "checksum").lower()
                if hashlib.md5(data).hexdigest() != given:
                    crlf = hashlib.md5(data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")).hexdigest()
                    count["ectd.checksum.line-ends" if crlf == given else "ectd.checksum.mismatch"] += 1
    envelope = re.search(r"<sequence>\s*(\d+)", (sequence / "m1/eu/eu-regional.xml").read_text(encoding="utf-8"))
    count["ectd.sequence.folder"] += bool(envelope) and int(envelope.group(1)) != int(sequence.name)
    return count


def check(lacuna, path):
    done = harness.run([lacuna, "check", path, "--format", "json"], timeout=300)
    if done.code not in (0, 1):
        sys.exit(f"{path}: exit {done.code}: {done.err.decode(errors='replace')[:300]}")
    result = harness.load(done.out, str(path))
    free = [f for f in result["findings"] if f["checklist"] is None]
    return collections.Counter(f["rule"] for f in free), result


def compare(wrong, what, ours, wanted):
    if ours != wanted:
        wrong.append(f"{what}: {ours}, expected {wanted}")


def check_eu(wrong, lacuna, corpus):
    compared = 0
    for sequence in sorted(corpus.glob("eu-v3/*/0000")):
        ours, result = check(lacuna, sequence.parent)
        for rule, count in expected(sequence).items():
            compared += 1
            compare(wrong, f"{sequence.parent.name} {rule}", ours[rule], count)
        hints = {f["severity"] for f in result["findings"] if f["rule"] == "ectd.title.section-number"}
        compare(wrong, f"{sequence.parent.name} rules of FDA's guide", sorted(hints - {"info"}), [])
        compare(wrong, f"{sequence.parent.name} other rules", sorted(set(ours) - EU_RULES), [])
    return compared


def check_fda(wrong, lacuna, corpus):
    ours, result = check(lacuna, corpus / "fda-v4")
    # The samples lie side by side and are numbered alike: reports have to tell them apart by a number.
    other = set(ours) - set(FDA_RULES) - {"document/identity-shared"}
    compare(wrong, "FDA samples: other rules", sorted(other), [])
    for rule, count in FDA_RULES.items():
        if count is not None:
            compare(wrong, f"FDA samples {rule}", ours[rule], count)
    cases = [f for f in result["findings"] if f["rule"] == "ectd.file.case"]
    compare(wrong, "FDA samples: sequence of the case mismatches",
            {(f["anchors"][0]["leaf"]["application"], f["anchors"][0]["leaf"]["sequence"]) for f in cases},
            {("111888", "1")})


def check_stf(wrong, lacuna, corpus):
    ours, _ = check(lacuna, corpus / "stf-spec-s107/clean")
    compare(wrong, "STF example", dict(ours), {"ectd.backbone.regional-absent": 3})
    ours, _ = check(lacuna, corpus / "stf-spec-s107/printed")
    blanks = sum(len(re.findall(r'href="\s+[^"]', index.read_text(encoding="utf-8")))
                 for index in corpus.glob("stf-spec-s107/printed/*/index.xml"))
    compare(wrong, "STF example as printed: blanks", ours["ectd.path.blanks"], blanks)


def check_history(wrong, lacuna, corpus):
    """With history that was not supplied nothing original is missing."""
    for chain in ("maci-chain", "nulojix-chain"):
        _, result = check(lacuna, corpus / chain)
        rows = [r for s in result["submissions"] for r in s["results"]]
        compare(wrong, f"{chain}: missing", [r["item"] for r in rows if r["status"] == "missing"], [])
        evidence = [e for r in rows for e in r["evidence"]]
        if not evidence or any("leaf" not in e["anchor"] for e in evidence):
            wrong.append(f"{chain}: evidence without a leaf")


def main():
    options = harness.arguments(__doc__)
    corpus = harness.corpus() / "ectd"
    wrong = []
    compared = check_eu(wrong, options.lacuna, corpus)
    check_fda(wrong, options.lacuna, corpus)
    check_stf(wrong, options.lacuna, corpus)
    check_history(wrong, options.lacuna, corpus)
    print(f"{compared} counts of rules compared over real sequences, {len(wrong)} wrong")
    for line in wrong:
        print("  " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
