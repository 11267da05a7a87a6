#!/usr/bin/env python3
"""Gaps found in real documents, against labels made item by item.

Corpus: gold/gaps. Strict scoring: only rows labelled `certain` that are leaves (no other labelled
item below them). A gap is a label `missing` or `placeholder`, and our status `missing` with any
reason. A label with `also_acceptable` is right with any of these. Labels `partial` and
`not-applicable` are scored apart. No answer, or not-evaluated, is wrong: a lost gap where the label
is one, a false alarm where it is not. `--all-rows` scores uncertain rows and containers as well.

Checked besides, each a failure: every item has a status and a reason, every quote is verbatim in
`lacuna text` at the offsets and line its anchor names.
"""
import collections
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

GAP_LABELS = {"missing", "placeholder"}
APART = {"partial", "not-applicable"}
UNANSWERED = {"none", "not-evaluated"}
STATUSES = {"met", "partial", "missing", "contradicts", "not-applicable", "not-evaluated", "waived"}


def as_status(label):
    return "missing" if label in GAP_LABELS else label


def leaves(labels):
    """Ids that are no parent of another labelled item; ids are numbered like their sections."""
    ids = [label["item"] for label in labels]
    return {i for i in ids if not any(other.startswith(i + ".") for other in ids)}


def check(lacuna, path, checklist):
    """Items of one check by id, and complaints about the form of the result."""
    done = harness.run([lacuna, "check", path, "--checklist", checklist, "--format", "json"])
    if done.code not in (0, 1):
        return {}, [f"exit {done.code}: {done.err.decode(errors='replace').strip()[:300]}"]
    result = harness.load(done.out, path.name)
    if result is None:
        return {}, ["no JSON"]
    text = harness.run([lacuna, "text", path]).out
    items, complaints = {}, []
    for document in result["documents"]:
        for item in document["results"]:
            if item["checklist"] != checklist:
                continue
            items[item["item"]] = item
            complaints += form_complaints(item) + evidence_complaints(item, text)
    return items, complaints


def form_complaints(item):
    wrong = []
    if item.get("status") not in STATUSES:
        wrong.append(f"{item['item']}: status {item.get('status')!r}")
    if not item.get("reason"):
        wrong.append(f"{item['item']}: no reason")
    return wrong


def evidence_complaints(item, text):
    wrong = []
    for evidence in item.get("evidence", []):
        quote, anchor = evidence["quote"].encode(), evidence.get("anchor", {})
        if not quote or quote not in text:
            wrong.append(f"{item['item']}: quote is not verbatim: {evidence['quote'][:80]!r}")
            continue
        start, end = anchor.get("start"), anchor.get("end")
        if start is None or text[start:end] != quote:
            wrong.append(f"{item['item']}: anchor {start}..{end} is not its quote")
        elif anchor.get("text_line") != text.count(b"\n", 0, start) + 1:
            wrong.append(f"{item['item']}: text_line {anchor.get('text_line')}, but the quote is on "
                         f"line {text.count(bytes([10]), 0, start) + 1}")
    return wrong


class Score:
    def __init__(self):
        self.true_gaps = self.false_gaps = self.lost_gaps = self.rows = self.right = 0
        self.apart = collections.Counter()
        self.confusion = collections.Counter()

    def add(self, other):
        for name in ("true_gaps", "false_gaps", "lost_gaps", "rows", "right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.apart.update(other.apart)
        self.confusion.update(other.confusion)

    def row(self, label, ours):
        """Counts one row; True where our status is acceptable."""
        accepted = {as_status(s) for s in [label["status"], *label.get("also_acceptable", [])]}
        right = ours in accepted and ours not in UNANSWERED
        self.confusion[label["status"], ours] += 1
        if label["status"] in APART:
            self.apart[label["status"], right] += 1
            return right
        self.rows += 1
        self.right += right
        gap = ours == "missing" if right else label["status"] in GAP_LABELS
        if gap and ours == "missing":
            self.true_gaps += 1
        elif gap:
            self.lost_gaps += 1
        elif ours == "missing" or ours in UNANSWERED:
            self.false_gaps += 1
        return right

    def line(self, name):
        found, real = self.true_gaps + self.false_gaps, self.true_gaps + self.lost_gaps
        precision = self.true_gaps / found if found else 1.0
        recall = self.true_gaps / real if real else 1.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return (f"{name:34} {self.rows:5} {self.right:5} {real:5} {self.true_gaps:5} "
                f"{self.false_gaps:5} {self.lost_gaps:5}  {precision:.3f}  {recall:.3f}  {f1:.3f}")

    def f1(self):
        wrong = self.false_gaps + self.lost_gaps
        whole = 2 * self.true_gaps + wrong
        return 2 * self.true_gaps / whole if whole else 1.0


def print_confusion(confusion):
    ours = sorted({o for _, o in confusion})
    print("\nlabel (rows) against our status (columns), scored rows and those apart:")
    print(f"{'':16}" + "".join(f"{o:>15}" for o in ours))
    for label in sorted({g for g, _ in confusion}):
        print(f"{label:16}" + "".join(f"{confusion[label, o]:15}" for o in ours))


def print_apart(apart):
    for label in sorted(APART):
        right, wrong = apart[label, True], apart[label, False]
        if right + wrong:
            print(f"apart: label {label}: {right} of {right + wrong} right")


def score_document(gold, items, options, wrong_rows, name):
    score, scored = Score(), leaves(gold["labels"])
    for label in gold["labels"]:
        if not options.all_rows and not (label["certain"] and label["item"] in scored):
            continue
        item = items.get(label["item"], {"status": "none", "reason": "no answer"})
        if not score.row(label, item["status"]):
            wrong_rows.append((name, label, item))
    return score


def main():
    options = harness.arguments(__doc__, verbose=(False, "list every wrong row and complaint"),
                                all_rows=(False, "score uncertain rows and containers too"),
                                floor=(0.0, "least F1 over all documents"),
                                only=("", "part of a gold file's name"))
    corpus = harness.corpus()
    total, wrong_rows, complaints = Score(), [], []
    print(f"{'document':34} {'rows':>5} {'right':>5} {'gaps':>5} {'found':>5} {'false':>5} "
          f"{'lost':>5}  prec.  recall  F1")
    for file in sorted((corpus / "gold/gaps").glob("*.json")):
        if options.only not in file.name:
            continue
        gold = json.loads(file.read_text(encoding="utf-8"))
        path = corpus / "docx/regulatory" / gold["document"]
        items, wrong_form = check(options.lacuna, path, gold["checklist"].removesuffix(".tsv"))
        complaints += [f"{file.stem}: {c}" for c in wrong_form]
        score = score_document(gold, items, options, wrong_rows, file.stem)
        print(score.line(file.stem))
        total.add(score)
    print(total.line("total"))
    print_apart(total.apart)
    print_confusion(total.confusion)
    if options.verbose and wrong_rows:
        print("\nwrong rows:")
        for name, label, item in wrong_rows:
            print(f"  {name} {label['item']}: label {label['status']}"
                  f"{'/' + ','.join(label['also_acceptable']) if label.get('also_acceptable') else ''}"
                  f", ours {item['status']} ({item.get('reason')})"
                  f"\n      label: {label.get('heading')} | {(label.get('quote') or '-')[:100]}"
                  f" | {label.get('why') or ''}")
            for evidence in item.get("evidence", [])[:2]:
                print(f"      ours:  {evidence['quote'][:140]!r}")
    print(f"\n{len(complaints)} complaints about form, quotes and anchors")
    for complaint in complaints if options.verbose else complaints[:10]:
        print(f"  {complaint}")
    if total.f1() < options.floor:
        print(f"F1 is below {options.floor}")
        return 1
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
