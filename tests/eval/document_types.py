#!/usr/bin/env python3
"""What type of document is recognised, against what is known of real documents: a confusion table.

Where the truth comes from:
  gold/gaps       the checklist a person judged the document by is made for one type
  samples         the names of the files in samples/
  docx/regulatory the name of the file, where it says one type: "...Protocol...", "...SAP...";
                  names that say none, and drafts, tables and specifications of such documents, are
                  "other": no type of the field. Names nobody can tell from are left out, and so are
                  documents of fewer than 250 words, which may be notes with a title
  eval/spirit-consort-tm  published protocols, and papers of results, which are "other"; a paper taken for
                  a study report is not counted as wrong, for it is built like one

Right: the type, or for "other" none. A type given to an "other" is a false one, none where there is
one is a lost one; both are wrong. `--list` prints the wrong ones with the evidence.
"""
import collections
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
OTHER = "other"
SHORT = 250
OF_CHECKLIST = {"protocol_e6r2": "protocol", "protocol_e6r3": "protocol", "protocol_m11": "protocol",
                "e3_csr": "clinical-study-report", "informed_consent": "informed-consent"}
OF_SAMPLE = {"protocol.docx": "protocol", "study-report.docx": "clinical-study-report",
             "consent-form.docx": "informed-consent",
             "investigators-brochure.docx": "investigators-brochure"}
# In this order; None: nobody can tell from the name.
OF_NAME = [
    (r"m11.template|ich_m11_template", "protocol"),
    (r"technical.spec|guideline.spec|annex|tables?\b|checklist|crf|meeting|minutes|notes|poster|pptx?|"
     r"abstract|shells?|white.?paper|blog|email|brochure|graphics|read.?me|release|terminology|"
     r"implementation plan|reference|style|newproject|testplan|op-ed|abstracts|14-\d",
     OTHER),
    (r"isac|feasibility|reports?_review|main_report1_review|prom|dmc|review|csr_template|mock", None),
    (r"statistical.analysis.plan|\bsap\b", "statistical-analysis-plan"),
    (r"main_?report|clinical.study.report|\bcsr\b", "clinical-study-report"),
    (r"\bicf\b|consent", "informed-consent"),
    (r"\bcer\b|risk.management|clinical.evaluation", "risk-management"),
    (r"nsdrg|reviewer.?s.guide", "data-reviewers-guide"),
    (r"protocol|\bcsp\b|lzzt|pilot_study_ich_m11", "protocol"),
    (r"operations manual|development plan|briefing book|guidingprinciples|data model|team.?capacity|"
     r"next.?steps|data.?analysis|metric|indications|studio", OTHER),
]


def by_name(path, words):
    name = path.stem.replace("_", " ").lower()
    raw = path.name.lower()
    for pattern, kind in OF_NAME:
        if re.search(pattern, name) or re.search(pattern, raw):
            short = kind not in (None, OTHER) and words < SHORT
            return None if short else kind
    return None


def detected(lacuna, paths):
    """Path -> (type, confidence, evidence, words); files that are not read are left out."""
    found = {}
    for at in range(0, len(paths), 40):
        done = harness.run([lacuna, "check", *paths[at:at + 40], "--checklist", "protocol_e6r2",
                            "--format", "json"])
        for document in harness.load(done.out, "check")["documents"]:
            if document["error"] is None:
                seen = document["type_detection"]
                found[Path(document["path"]).resolve()] = (seen["value"] or OTHER, seen["confidence"], seen["evidence"])
    return found


def count_words(lacuna, path):
    return len(harness.run([lacuna, "text", path]).out.split())


def truths(lacuna, corpus):
    """(path, set, truth); duplicates of a gold document come once, as gold."""
    regulatory = corpus / "docx/regulatory"
    known = {}
    for file in sorted((corpus / "gold/gaps").glob("*.json")):
        gold = harness.load(file.read_bytes(), file.name)
        kind = OF_CHECKLIST.get(gold["checklist"].removesuffix(".tsv"))
        if kind:
            known[regulatory / gold["document"]] = ("gold/gaps", kind)
    for name, kind in OF_SAMPLE.items():
        known[ROOT / "samples" / name] = ("samples", kind)
    for path in sorted(regulatory.rglob("*.do[ct]x")):
        kind = None if path in known else by_name(path, SHORT)
        if kind not in (None, OTHER):
            kind = by_name(path, count_words(lacuna, path))
        if kind is not None:
            known[path] = ("docx/regulatory", kind)
    texts = corpus / "eval/spirit-consort-tm/documents"
    for folder, kind in (("Protocol", "protocol"), ("Results", OTHER)):
        for path in sorted((texts / folder).glob("*.txt")):
            known[path] = (f"spirit-consort-tm/{folder}", kind)
    return known


def is_right(group, truth, ours):
    paper = group.endswith("/Results") and ours in (OTHER, "clinical-study-report")
    return ours == truth or paper


def print_confusion(rows):
    ours = sorted({o for _, _, _, o, _, _ in rows})
    print("\ntruth (rows) against what was recognised (columns):")
    print(f"{'':28}" + "".join(f"{o[:14]:>15}" for o in ours))
    counts = collections.Counter((t, o) for _, _, t, o, _, _ in rows)
    for truth in sorted({t for _, _, t, _, _, _ in rows}):
        print(f"{truth:28}" + "".join(f"{counts[truth, o] or '':>15}" for o in ours))


def print_groups(rows):
    print(f"{'documents':30} {'right':>6} {'of':>5} {'confidence right / wrong':>26}")
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row[1]].append(row)
        groups["all"].append(row)
    for name in sorted(groups, key=lambda n: (n == "all", n)):
        ok = [r for r in groups[name] if is_right(r[1], r[2], r[3])]
        bad = [r for r in groups[name] if not is_right(r[1], r[2], r[3])]
        mean = [sum(r[4] for r in part) / len(part) if part else 0.0
                for part in ([r for r in ok if r[3] != OTHER], [r for r in bad if r[3] != OTHER])]
        print(f"{name:30} {len(ok):6} {len(groups[name]):5} {mean[0]:17.2f} / {mean[1]:.2f}")


def main():
    options = harness.arguments(__doc__, floor=(0.0, "least share that has to be right"),
                                list=("", "yes: print the wrong ones"))
    corpus = harness.corpus()
    known = truths(options.lacuna, corpus)
    seen = detected(options.lacuna, sorted(known))
    rows = []
    for path, (group, truth) in known.items():
        if path.resolve() in seen:
            ours, confidence, evidence = seen[path.resolve()]
            rows.append((path, group, truth, ours, confidence, evidence))
    print_groups(rows)
    print_confusion(rows)
    right = sum(is_right(r[1], r[2], r[3]) for r in rows)
    for path, group, truth, ours, confidence, evidence in rows if options.list else []:
        if not is_right(group, truth, ours):
            print(f"{path.name}: {truth}, taken for {ours} ({confidence:.2f}): {evidence}")
    return 1 if not rows or right / len(rows) < float(options.floor) else 0


if __name__ == "__main__":
    sys.exit(main())
