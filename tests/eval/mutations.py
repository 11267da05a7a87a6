#!/usr/bin/env python3
"""Sections of real, complete documents are changed one at a time: does the right item tell, and only it?

Documents: the Word files of docx/regulatory that hold enough sections located for items and are no
templates, every fourth published protocol of eval/spirit-consort-tm, and the samples. Without a
corpus: the samples. Of each, items that are met by exactly one located section are drawn with a fixed
seed, and the section is

  removed       heading and content             then the item is no longer met
  emptied       content only                    missing, or partial by what stands elsewhere
  placeholder   "[TBD]" and the like instead    missing as a placeholder
  instruction   an instruction to the author    missing as a placeholder
  renamed       a heading that says nothing     still met, by its content
  reworded      the same heading put otherwise  still met

Partial is right where it is partial without the section too: a part of it stands elsewhere. An item
that is still met when its section is removed is redundant: counted, shown with --redundant, and left
out; but where it is met by a section that is another item's own, it counts as wrong. All other items of the document must stay as they are, except containers, and those
whose evidence or located section lay in what was changed.

  tests/eval/mutations.py                 the table
  tests/eval/mutations.py --wrong         and every wrong verdict, with what it rests on
  tests/eval/mutations.py --markdown      the README's table
"""
import collections
import concurrent.futures
import csv
import os
import random
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import harness  # noqa: E402
import mutants  # noqa: E402

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
KINDS = ["removed", "emptied", "placeholder", "instruction", "renamed", "reworded"]
BY_SECTION = ("met", "met/table", "met/picture")
LEAST_ITEMS = 4      # met by one section each, for a document to be complete enough to be changed
MOST_LEFTOVERS = 25  # more, and it is a template
SAME_TITLES = 0.6    # share of headings from which on a document is another version of one before
SPIRIT_EVERY = 4
SPIRIT_LISTS = ["spirit-2013", "protocol_e6r2"]

PLACEHOLDERS = ["[TBD]", "To be determined.", "<insert description>", "[To be completed]", "TBD",
                "[Insert text here]", "<<{title}>>", "XXX"]
INSTRUCTIONS = ["This section should describe {title} as it applies to this document.",
                "Describe {title} here, and give the reasons for the choices made.",
                "[Describe {title} and state who is responsible for each step.]",
                "Provide a description of {title}, with references to other sections where needed.",
                "Insert the text on {title} from the library of standard texts.",
                "<Instruction: summarise {title} in one or two paragraphs; delete this text afterwards.>"]
NEUTRAL = ["Further information", "Additional details", "General remarks", "Other points", "Details"]

Verdict = collections.namedtuple("Verdict", "document checklist item kind section text result right others")


class Document:
    """A document as it is: its items, its sections, what can be changed in it."""

    def __init__(self, options, path, checklists):
        self.options, self.path, self.opened = options, path, None
        self.result = self.check(path, checklists, "")
        self.items, self.lists, self.type, self.titles = {}, [], "", set()
        if self.result is None:
            return
        self.lists = sorted({r["checklist"] for r in self.result["results"]})
        self.type = self.result["type"]
        self.items = {(r["checklist"], r["item"]): r for r in self.result["results"]}
        outline = harness.load(harness.run([options.lacuna, "outline", path, "--format", "json"]).out,
                               path.name)
        self.sections = mutants.sections(outline)
        self.titles = {s.title.lower() for s in self.sections}

    def editable(self):
        if self.opened is None:
            self.opened = mutants.opened(self.path)
        return self.opened

    def check(self, path, checklists, document_type):
        command = [self.options.lacuna, "check", path, "--format", "json"]
        command += [word for name in checklists for word in ("--checklist", name)]
        command += ["--document-type", document_type] if document_type else []
        done = harness.run(command)
        result = harness.load(done.out, path.name) if done.code in (0, 1) else None
        if result is None or not result["documents"]:
            return None
        self.leftovers = sum(f["rule"] == "text/leftover" for f in result["findings"])
        return result["documents"][0]

    def by_one_section(self):
        """(item result, its section) of the items that can be tried."""
        found = []
        for result in self.items.values():
            if result["structural"] or result["reason"] not in BY_SECTION or len(result["located"]) != 1:
                continue
            at = result["located"][0]["anchor"]["start"]
            own = [s for s in self.sections if s.start == at]
            if own:
                found.append((result, own[0]))
        return found

    def changed(self, kind, section, text):
        """The document's new content."""
        if kind == "removed":
            return self.editable().remove(section)
        if kind in ("renamed", "reworded"):
            return self.editable().rename(section, text)
        return self.editable().replace(section, text)


def new_text(kind, title, chance):
    """What is written into the section, or as its heading."""
    if kind in ("placeholder", "instruction"):
        texts = PLACEHOLDERS if kind == "placeholder" else INSTRUCTIONS
        return chance.choice(texts).format(title=title.rstrip(".:").lower())
    if kind == "renamed":
        return chance.choice(NEUTRAL)
    return reworded(title, chance) if kind == "reworded" else ""


def reworded(title, chance):
    """The same heading as another writer would put it."""
    swapped = title.replace(" and ", " & ") if " and " in title else title.replace(" & ", " and ")
    of = re.fullmatch(r"(\w+) of (?:the )?([\w ]+)", title)
    ways = [title.upper(), title.rstrip(".") + ":", title + " of the Study", "Study " + title, swapped]
    ways += [f"{of.group(2)} {of.group(1)}"] if of else []
    return chance.choice([way for way in ways if way != title])


def may_change(result, section):
    """Items whose evidence, or own section, lay in what was changed."""
    places = [e["anchor"]["start"] for e in result["evidence"]]
    places += [p["anchor"]["start"] for p in result["located"]]
    return result["structural"] or any(section.holds(at) for at in places)


def is_right(kind, result, removed):
    """`removed`: the verdict when the section is not there at all."""
    status, reason = result["status"], result["reason"]
    if kind in ("renamed", "reworded"):
        return status == "met"
    if status == "partial":  # a part of it stands elsewhere, section or not
        return removed["status"] == "partial"
    if kind in ("placeholder", "instruction"):
        return reason in ("missing/placeholder", "missing/template-text")
    uncalled = kind == "removed" and reason.startswith(("not-applicable/condition",
                                                        "not-evaluated/condition"))
    return status == "missing" or uncalled


def redundant(verdict):
    """Still met without the section, by text that no other item claims as its own section."""
    if verdict.kind != "removed" or verdict.result["status"] != "met":
        return False
    if verdict.result["reason"] not in BY_SECTION:
        return True
    document, found = verdict.document, verdict.result["located"]
    names = {(p["number"], p["title"]) for p in found}
    claimed = [r for key, r in document.items.items() if key != (verdict.checklist, verdict.item)
               and key[0] == verdict.checklist and not r["structural"] and r["reason"] in BY_SECTION
               and not related(r["item"], verdict.item)]
    return not any((p["number"], p["title"]) in names for r in claimed for p in r["located"])


def related(one, other):
    """One is the other's container: "e3.9" and "e3.9.2"."""
    return one.startswith(other + ".") or other.startswith(one + ".")


def try_item(document, result, section, folder, seed):
    """Verdicts over every kind, and why there are none."""
    verdicts, removed = [], None
    key = (result["checklist"], result["item"])
    for kind in KINDS:
        chance = random.Random(f"{seed} {document.path.name} {key} {kind}")
        text = new_text(kind, section.title, chance)
        try:
            content = document.changed(kind, section, text)
        except mutants.NotEditable as why:
            return [], str(why)
        path = Path(folder) / f"{kind}{document.path.suffix}"
        document.editable().write(path, content)
        after = document.check(path, document.lists, document.type)
        if after is None:
            return [], f"{kind}: could not be checked"
        items = {(r["checklist"], r["item"]): r for r in after["results"]}
        others = [(before, items[k]) for k, before in document.items.items()
                  if k != key and items[k]["status"] != before["status"]
                  and not may_change(before, section)]
        removed = removed or items[key]
        verdicts.append(Verdict(document, key[0], key[1], kind, section, text, items[key],
                                is_right(kind, items[key], removed), others))
    return verdicts, None


def candidates(options, corpus):
    """Paths with the checklists to hold them to; none: those of the document's type."""
    for path in sorted(SAMPLES.glob("*.docx")):
        yield path, [], 0
    if corpus is None:
        return
    with open(corpus / "docx/INDEX.tsv", encoding="utf-8", newline="") as index:
        rows = csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            if row["path"].startswith("docx/regulatory"):
                yield corpus / row["path"], [], LEAST_ITEMS
    texts = sorted((corpus / "eval/spirit-consort-tm/documents/Protocol").glob("*.txt"))
    for path in texts[::SPIRIT_EVERY]:
        yield path, SPIRIT_LISTS, LEAST_ITEMS


def chosen(options, corpus, pool):
    documents = []
    rows = [row for row in candidates(options, corpus) if options.only in str(row[0])]
    for document, (_, _, least) in zip(
            pool.map(lambda row: Document(options, row[0], row[1]), rows), rows):
        if len(document.by_one_section() if document.items else []) < max(least, 1):
            continue
        again = any(len(document.titles & d.titles) >= SAME_TITLES * len(document.titles | d.titles)
                    for d in documents)
        if not again and document.leftovers <= MOST_LEFTOVERS:
            documents.append(document)
    return documents


def run(options, documents, pool):
    jobs, unchanged = [], collections.Counter()
    for document in documents:
        tried = document.by_one_section()
        random.Random(f"{options.seed} {document.path.name}").shuffle(tried)
        jobs += [(document, *pair) for pair in tried[:options.items]]

    def one(job):
        with tempfile.TemporaryDirectory() as folder:
            return try_item(*job, folder, options.seed)
    verdicts = []
    for found, why in pool.map(one, jobs):
        verdicts += found
        unchanged[why] += why is not None
    return verdicts, unchanged


class Tally:
    def __init__(self, verdicts):
        self.redundant = [v for v in verdicts if redundant(v)]
        left_out = {(v.document.path, v.checklist, v.item) for v in self.redundant}
        self.by_kind = {kind: [v for v in verdicts if v.kind == kind
                               and (v.document.path, v.checklist, v.item) not in left_out]
                        for kind in KINDS}
        self.all = verdicts

    def line(self, kind):
        """(mutants, right, share, other items, flipped, share)"""
        own = self.by_kind[kind]
        right = sum(v.right for v in own)
        every = [v for v in self.all if v.kind == kind]
        others = sum(len(v.document.items) - 1 for v in every)
        flipped = sum(len(v.others) for v in every)
        return (len(own), right, right / max(len(own), 1), others, flipped, flipped / max(others, 1))

    def total(self, kinds):
        lines = [self.line(kind) for kind in kinds]
        own, right, others, flipped = (sum(line[i] for line in lines) for i in (0, 1, 3, 4))
        return own, right, right / max(own, 1), others, flipped, flipped / max(others, 1)


def shown(result):
    lines = [f"{result['status']} ({result['reason']})"]
    for evidence in result["evidence"][:2]:
        path = evidence["anchor"]["heading_path"] or [""]
        lines.append(f"      {evidence['fact']}: [{path[-1][:50]}] {evidence['quote'][:150]!r}")
    return "\n".join(lines)


def print_wrong(tally):
    for kind in KINDS:
        for v in tally.by_kind[kind]:
            if not v.right:
                print(f"{kind}: {v.document.path.name[:40]}: {v.item} [{v.section.title[:50]}] "
                      f"{v.text!r}: {shown(v.result)}")
    for v in tally.all:
        for before, after in v.others:
            print(f"other: {v.kind} [{v.section.title[:40]}] for {v.item}: {v.document.path.name[:40]}: "
                  f"{before['item']}: {before['status']} ({before['reason']}) -> {shown(after)}")


def print_redundant(tally):
    for v in tally.redundant:
        print(f"redundant: {v.document.path.name[:40]}: {v.item} [{v.section.title[:50]}]: "
              f"{shown(v.result)}")


def print_table(tally, documents, markdown):
    rows = [(kind, tally.line(kind)) for kind in KINDS] + [("all", tally.total(KINDS))]
    if markdown:
        print("| section is | mutants | the right item tells | share | other items | changed | share |\n"
              "|---|---|---|---|---|---|---|")
        for kind, cells in rows:
            print("| {} | {} | {} | {:.3f} | {} | {} | {:.2%} |".format(kind, *cells))
    else:
        print("section is       mutants  right  share  other items  changed  share")
        for kind, cells in rows:
            print("{:16} {:7} {:6}  {:.3f}  {:11} {:8}  {:.2%}".format(kind, *cells))
    tried = sum(1 for v in tally.all if v.kind == "removed")
    print(f"\n{len(documents)} documents, {tried} items tried; {len(tally.redundant)} of them redundant: "
          "still met by text elsewhere, and not counted")


def main():
    options = harness.arguments(
        __doc__, items=(12, "items tried per document"), seed=(1, "of the draw"),
        jobs=(os.cpu_count() or 1, "documents at a time"), only=("", "part of a path"),
        wrong=(False, "every wrong verdict"), redundant=(False, "every redundant item, with the text"),
        markdown=(False, "the README's table"), documents=(False, "which documents were taken"),
        floor=(0.0, "least share of right items"), most_others=(1.0, "largest share of other items changed"))
    corpus = harness.corpus() if os.environ.get("LACUNA_CORPUS") else None
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        documents = chosen(options, corpus, pool)
        verdicts, unchanged = run(options, documents, pool)
    tally = Tally(verdicts)
    if options.documents:
        for document in documents:
            print(f"{len(document.by_one_section()):4}  {','.join(document.lists)}  {document.path.name}")
    if options.wrong:
        print_wrong(tally)
    if options.redundant:
        print_redundant(tally)
    print_table(tally, documents, options.markdown)
    for why, count in sorted(unchanged.items(), key=str):
        if why is not None:
            print(f"{count} not tried: {why}")
    _, _, share, _, _, others = tally.total(KINDS)
    return 1 if not verdicts or share < options.floor or others > options.most_others else 0


if __name__ == "__main__":
    sys.exit(main())
