#!/usr/bin/env python3
"""The samples: every planted gap is found, and nothing else is called missing.

samples/gaps.tsv lists what was planted. Needs no corpus.
"""
import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"


def planted():
    with open(SAMPLES / "gaps.tsv", encoding="utf-8", newline="") as table:
        rows = (line for line in table if not line.startswith("#"))
        return list(csv.DictReader(rows, delimiter="\t"))


def check(lacuna, name, checklist):
    command = [lacuna, "check", SAMPLES / name, "--checklist", checklist, "--format", "json"]
    done = harness.run(command)
    if done.code not in (0, 1):
        sys.exit(f"{name}: exit {done.code}: {done.err.decode(errors='replace').strip()}")
    return harness.load(done.out, name)


def compare(name, checklist, rows, result):
    """Sentences about what differs from the planted gaps."""
    items = {r["item"]: r for r in result["documents"][0]["results"] if r["checklist"] == checklist}
    rules = {f["rule"] for f in result["findings"]}
    elsewhere = tuple(r["item"] for r in rows if r["status"] == "elsewhere")
    expected = {r["item"]: r["status"].split(",") for r in rows
                if r["checklist"] == checklist and r["status"] != "elsewhere"}
    wrong = []
    for rule in (r["item"] for r in rows if r["checklist"] == "finding"):
        if rule not in rules:
            wrong.append(f"{name}: no finding {rule}")
    for item, statuses in expected.items():
        ours = items.get(item, {"status": "no answer", "reason": ""})
        if ours["status"] not in statuses:
            wrong.append(f"{name}: {item} is {ours['status']} ({ours['reason']}), planted as "
                         f"{' or '.join(statuses)}")
    for item, ours in items.items():
        parent = any(other.startswith(item + ".") for other in items)
        if (ours["status"] == "missing" and item not in expected and not parent
                and not item.startswith(elsewhere or ("\0",))):
            wrong.append(f"{name}: {item} is missing ({ours['reason']}), but was not planted")
    return wrong


def main():
    options = harness.arguments(__doc__)
    rows, wrong = planted(), []
    for name in sorted({r["document"] for r in rows}):
        own = [r for r in rows if r["document"] == name]
        checklist = next(r["checklist"] for r in own if r["checklist"] != "finding")
        result = check(options.lacuna, name, checklist)
        complaints = compare(name, checklist, own, result)
        print(f"{name}: {len(own)} planted, {len(complaints)} differences")
        wrong += complaints
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
