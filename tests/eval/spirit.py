#!/usr/bin/env python3
"""Reporting of SPIRIT 2013 items in 80 published protocols, against the labels of SPIRIT-CONSORT-TM.

Corpus: eval/spirit-consort-tm (Reported 1 or 0 per protocol and item). Ours counts as reported where
the status is met or partial. Items that are all 0 or all 1 over the protocols are not scored.
`--split valid` scores the part that was held back while terms were written.
"""
import collections
import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

CHECKLIST = "spirit-2013"
REPORTED = ("met", "partial")


def labels(folder):
    """PMCID -> {item: reported}, and PMCID -> split."""
    found, splits = collections.defaultdict(dict), {}
    with open(folder / "articles.csv", encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["Protocol/Results"] == "Protocol":
                found[row["PMCID"]][row["ChecklistItem"]] = row["Reported"] == "1"
                splits[row["PMCID"]] = row["Split"]
    return found, splits


def constant(found):
    values = collections.defaultdict(set)
    for items in found.values():
        for item, reported in items.items():
            values[item].add(reported)
    return {item for item, seen in values.items() if len(seen) == 1}


def check_items(lacuna, path):
    """The items of one check by id."""
    done = harness.run([lacuna, "check", path, "--checklist", CHECKLIST, "--format", "json"])
    if done.code == 2:
        harness.skip(f"no checklist {CHECKLIST}")
    if done.code not in (0, 1):
        print(f"{path.name}: exit {done.code}: {done.err.decode(errors='replace').strip()}")
        return {}
    result = harness.load(done.out, path.name)
    return {r["item"]: r for d in result["documents"] for r in d["results"]}


def check(lacuna, path):
    return {item: result["status"] for item, result in check_items(lacuna, path).items()}


def f1(true, false, lost):
    return 2 * true / (2 * true + false + lost) if true else 0.0


def line(name, counts):
    """counts[label, ours]"""
    yes, alarm, lost, no = (counts[True, True], counts[False, True], counts[True, False],
                            counts[False, False])
    total = yes + alarm + lost + no
    return (f"{name:28} {total:5} {100 * (yes + no) / max(total, 1):6.1f} %  {f1(yes, alarm, lost):.3f}"
            f"     {f1(no, lost, alarm):.3f}     {alarm:4} {lost:4}")


def main():
    options = harness.arguments(__doc__, split=("", "train or valid; empty: both"),
                                verbose=(False, "every item, and the wrong protocols of each"),
                                floor=(0.0, "least accuracy, per cent"),
                                gap_floor=(0.0, "least F1 of items not reported"))
    folder = harness.corpus() / "eval/spirit-consort-tm"
    found, splits = labels(folder)
    unscored = constant(found)
    total, by_item = collections.Counter(), collections.defaultdict(collections.Counter)
    wrong, unanswered = collections.defaultdict(list), 0
    for path in sorted((folder / "documents/Protocol").glob("*.txt")):
        name = path.stem.split("_")[1]
        if options.split and splits[name] != options.split:
            continue
        ours = check(options.lacuna, path)
        for item, reported in found[name].items():
            if item in unscored:
                continue
            unanswered += item not in ours
            said = ours.get(item) in REPORTED
            total[reported, said] += 1
            by_item[item][reported, said] += 1
            if reported != said:
                wrong[item].append(path.stem.split("_")[0] + ("" if reported else "!"))
    print(f"{'item':28} {'rows':>5} {'right':>8}  F1 reported  F1 missing  false lost")
    if options.verbose:
        order = sorted(by_item, key=lambda i: -(by_item[i][True, False] + by_item[i][False, True]))
        for item in order:
            print(line(item, by_item[item]) + "  " + " ".join(wrong[item][:24]))
    print(line("total", total))
    scores = [f1(c[False, False], c[True, False], c[False, True]) for c in by_item.values()]
    print(f"{len(by_item)} items scored, {len(unscored)} constant ones left out; {unanswered} rows "
          f"without an answer; mean F1 of missing over the items {sum(scores) / max(len(scores), 1):.3f}")
    right = 100 * (total[True, True] + total[False, False]) / max(sum(total.values()), 1)
    gap_f1 = f1(total[False, False], total[True, False], total[False, True])
    low = right < options.floor or gap_f1 < options.gap_floor
    return 1 if low or unanswered else 0


if __name__ == "__main__":
    sys.exit(main())
