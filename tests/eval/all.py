#!/usr/bin/env python3
"""Gaps per checklist and per item, over every labelled document, in one table.

Corpora: gold/gaps (real documents judged item by item) and eval/spirit-consort-tm (published
protocols, each item reported or not). A gap is an item that the document lacks: label `missing` or
`placeholder`, or not reported; ours is one where the status is missing. Rows are counted as gaps.py
and spirit.py count them: only certain leaves of the one, only items that vary in the other; `partial`
and `not-applicable` labels are apart and not here; for SPIRIT whatever is neither met nor partial
counts as not reported. Precision, recall and F1 are those of gaps, accuracy is over all rows.

  tests/eval/all.py                       one line per checklist
  tests/eval/all.py --items               and one per item
  tests/eval/all.py --confusion           and every wrong row, with what our verdict rests on
  tests/eval/all.py --only spirit-2013    one checklist; --split valid: the part of SPIRIT held back
"""
import collections
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import gaps  # noqa: E402
import harness  # noqa: E402
import spirit  # noqa: E402

Row = collections.namedtuple("Row", "checklist part item document label gap_label gap_ours item_result")
NOTHING = {"status": "none", "reason": "no answer", "evidence": []}


def gold_rows(options, corpus):
    """Certain leaves of gold/gaps. A row is right as gaps.py says; what is wrong without being a
    gap on either side (met for contradicts) cannot be told by two yes or no and does not occur."""
    for file in sorted((corpus / "gold/gaps").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        checklist = gold["checklist"].removesuffix(".tsv")
        if options.only not in ("", checklist):
            continue
        items, _ = gaps.check(options.lacuna, corpus / "docx/regulatory" / gold["document"], checklist)
        leaves = gaps.leaves(gold["labels"])
        for label in gold["labels"]:
            if not label["certain"] or label["item"] not in leaves or label["status"] in gaps.APART:
                continue
            result = items.get(label["item"], NOTHING)
            score = gaps.Score()
            score.row(label, result["status"])
            found, lost, false = score.true_gaps, score.lost_gaps, score.false_gaps
            yield Row(checklist, "", label["item"], file.stem, label["status"], bool(found + lost),
                      bool(found + false), result)


def spirit_rows(options, corpus):
    if options.only not in ("", spirit.CHECKLIST):
        return
    folder = corpus / "eval/spirit-consort-tm"
    found, splits = spirit.labels(folder)
    unscored = spirit.constant(found)
    for path in sorted((folder / "documents/Protocol").glob("*.txt")):
        name = path.stem.split("_")[1]
        if options.split not in ("", splits[name]):
            continue
        items = spirit.check_items(options.lacuna, path)
        for item, reported in found[name].items():
            if item not in unscored:
                result = items.get(item, NOTHING)
                yield Row(spirit.CHECKLIST, splits[name], item, path.stem,
                          "reported" if reported else "not reported", not reported,
                          result["status"] not in spirit.REPORTED, result)


SOURCES = [gold_rows, spirit_rows]


class Count:
    def __init__(self, rows):
        self.rows = len(rows)
        self.documents = len({row.document for row in rows})
        self.found = sum(row.gap_label and row.gap_ours for row in rows)
        self.lost = sum(row.gap_label and not row.gap_ours for row in rows)
        self.false = sum(row.gap_ours and not row.gap_label for row in rows)
        self.right = self.rows - self.lost - self.false

    def precision(self):
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    def recall(self):
        return self.found / (self.found + self.lost) if self.found + self.lost else 1.0

    def f1(self):
        whole = 2 * self.found + self.lost + self.false
        return 2 * self.found / whole if whole else 1.0

    def cells(self):
        return (self.documents, self.rows, self.found + self.lost, self.found, self.false, self.lost,
                self.precision(), self.recall(), self.f1(), self.right / max(self.rows, 1))


def print_line(name, count):
    print("{:44} {:4} {:5} {:5} {:5} {:5} {:5}   {:.3f}  {:.3f}  {:.3f}  {:.3f}".format(
        name[:44], *count.cells()))


def print_head(what):
    print(f"{what:44} docs  rows  gaps found false  lost   prec. recall     F1    acc.")


def grouped(rows, key):
    groups = collections.defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def print_items(checklist, rows):
    print_head(f"{checklist}: items")
    by_item = grouped(rows, lambda row: row.item)
    order = sorted(by_item, key=lambda item: (Count(by_item[item]).right / len(by_item[item]), item))
    for item in order:
        print_line("  " + item, Count(by_item[item]))
    print()


def print_confusion(rows):
    for row in rows:
        if row.gap_label == row.gap_ours:
            continue
        kind = "false alarm" if row.gap_ours else "gap not seen"
        print(f"{row.checklist} {row.item} {row.document}: {kind}: label {row.label}, ours "
              f"{row.item_result['status']} ({row.item_result.get('reason')})")
        for evidence in row.item_result.get("evidence", [])[:2]:
            path = evidence.get("anchor", {}).get("heading_path") or [""]
            print(f"    [{path[-1][:50]}] {evidence['quote'][:160]!r}")
        for near in row.item_result.get("nearest", [])[:1] if row.gap_ours else []:
            print(f"    nearest heading: {near.get('title', '')[:80]}")
    print()


def parts_of(checklist, rows):
    """The splits of a corpus are told apart: what terms were written from, and what was held back."""
    yield checklist, rows
    by_part = grouped(rows, lambda row: row.part)
    for part in sorted(by_part):
        if len(by_part) > 1:
            yield f"  {part}", by_part[part]


def print_markdown(by_checklist):
    print("| checklist | documents | rows | gaps | found | false alarms | precision | recall | F1 | "
          "accuracy |\n|---|---|---|---|---|---|---|---|---|---|")
    for checklist in sorted(by_checklist):
        for name, rows in parts_of(checklist, by_checklist[checklist]):
            cells = Count(rows).cells()
            shown = f"`{name}`" if name == checklist else f"of these {name.strip()}"
            print(f"| {shown} | {cells[0]} | {cells[1]} | {cells[2]} | {cells[3]} | {cells[4]} | "
                  + " | ".join(f"{share:.3f}" for share in cells[6:]) + " |")


def main():
    options = harness.arguments(
        __doc__, items=(False, "one line per item"), confusion=(False, "every wrong row with its evidence"),
        only=("", "one checklist"), split=("", "of SPIRIT: train or valid; empty: both"),
        markdown=(False, "the README's table"), floor=(0.0, "least F1 of every checklist"))
    corpus = harness.corpus()
    rows = [row for source in SOURCES for row in source(options, corpus)]
    by_checklist = grouped(rows, lambda row: row.checklist)
    if options.markdown:
        print_markdown(by_checklist)
        return 0
    for checklist in sorted(by_checklist):
        if options.items:
            print_items(checklist, by_checklist[checklist])
        if options.confusion:
            print_confusion(by_checklist[checklist])
    print_head("checklist")
    for checklist in sorted(by_checklist):
        for name, part in parts_of(checklist, by_checklist[checklist]):
            print_line(name, Count(part))
    low = [c for c in by_checklist if Count(by_checklist[c]).f1() < options.floor]
    for checklist in low:
        print(f"{checklist}: F1 is below {options.floor}")
    return 1 if low or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
