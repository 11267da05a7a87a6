#!/usr/bin/env python3
"""Outlines of real documents: level, number and title of every heading against the gold labels.

Corpus: gold/outline (its README says which paragraphs are headings). Titles are compared by their
ASCII letters and digits, numbers exactly but for a trailing dot. A heading counts as right when all
three are; headings of ours that the gold does not have count as wrong too.
"""
import difflib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402


def title_key(title):
    return "".join(c for c in title.lower() if c.isascii() and c.isalnum())


def key(heading):
    number = heading.get("number", "").strip()
    return (heading["level"], number[:-1] if number.endswith(".") else number,
            title_key(heading["title"]))


def shown(entry):
    return "-" if entry is None else f"L{entry['level']} [{entry.get('number', '')}] {entry['title'][:70]}"


def compare(gold, ours):
    """Number of right headings, and the differing pairs (None where one side has none)."""
    matcher = difflib.SequenceMatcher(None, [key(h) for h in gold], [key(h) for h in ours],
                                      autojunk=False)
    right, wrong = 0, []
    for tag, g0, g1, o0, o1 in matcher.get_opcodes():
        if tag == "equal":
            right += g1 - g0
            continue
        for i in range(max(g1 - g0, o1 - o0)):
            wrong.append((gold[g0 + i] if g0 + i < g1 else None,
                          ours[o0 + i] if o0 + i < o1 else None))
    return right, wrong


def outline(lacuna, path):
    done = harness.run([lacuna, "outline", path, "--format", "json"])
    if done.code != 0:
        print(f"{path.name}: exit {done.code}: {done.err.decode(errors='replace').strip()[:300]}")
        return []
    found = harness.load(done.out, path.name)
    return found["headings"] if found else []


def main():
    options = harness.arguments(__doc__, verbose=(False, "list every difference"),
                                floor=(99.5, "least share of right headings, per cent"),
                                only=("", "part of a document's path"))
    corpus = harness.corpus()
    gold = json.loads((corpus / "gold/outline/outlines.json").read_text(encoding="utf-8"))
    total = {"gold": 0, "ours": 0, "right": 0, "all": 0}
    exact = documents = 0
    print(f"{'gold':>5} {'ours':>5} {'right':>5}  document")
    for document in gold:
        if options.only not in document["document"]:
            continue
        ours = outline(options.lacuna, corpus / document["document"])
        right, wrong = compare(document["headings"], ours)
        counts = {"gold": len(document["headings"]), "ours": len(ours), "right": right,
                  "all": max(len(document["headings"]), len(ours))}
        for name, value in counts.items():
            total[name] += value
        documents += 1
        exact += not wrong
        mark = "" if not wrong else "  <-"
        print(f"{counts['gold']:5} {counts['ours']:5} {right:5}  {document['document']}{mark}")
        for expected, found in wrong if options.verbose else []:
            print(f"        gold {shown(expected)}\n        ours {shown(found)}")
    share = 100.0 * total["right"] / total["all"] if total["all"] else 0.0
    print(f"{total['gold']:5} {total['ours']:5} {total['right']:5}  total: {share:.2f} % of the "
          f"headings right, {exact} of {documents} documents exact")
    if share < options.floor:
        print(f"below {options.floor} %")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
