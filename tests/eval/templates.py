#!/usr/bin/env python3
"""Placeholders of real templates against labels made by reading them.

templates/labels.json names each template by its digest and each placeholder by the first twelve
digits of the SHA-256 of its text (white space as single blanks), with how often it occurs: no text of
others is kept here. The labels were made with the conventions of the detector known, and the detector
was improved on the same files, so this guards what was reached and foretells nothing of other files.
"""
import collections
import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

LABELS = Path(__file__).resolve().parent / "templates/labels.json"


def digest(text):
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def found_in(lacuna, path):
    done = harness.run([lacuna, "templates", "profile", path, "--format", "json"])
    if done.code != 0:
        print(f"{path.name}: exit {done.code}: {done.err.decode(errors='replace').strip()[:300]}")
        return collections.Counter()
    return collections.Counter(digest(item["text"]) for item in json.loads(done.out)["placeholders"]
                               if not item["filled"])


def main():
    options = harness.arguments(__doc__, floor=(0.95, "least recall over all templates"),
                                precision=(0.85, "least precision over all templates"))
    corpus = harness.corpus()
    labels = {entry["sha256"]: collections.Counter(entry["placeholders"])
              for entry in json.loads(LABELS.read_text(encoding="utf-8"))["files"]}
    right = wanted = shown = files = 0
    for path in sorted((corpus / "docx/regulatory").rglob("*.docx")):
        truth = labels.pop(hashlib.sha256(path.read_bytes()).hexdigest(), None)
        if truth is None:
            continue
        found = found_in(options.lacuna, path)
        hit = sum((truth & found).values())
        print(f"{path.name[:60]:60} {hit}/{truth.total()} found, {found.total()} shown")
        right, wanted, shown, files = (right + hit, wanted + truth.total(), shown + found.total(),
                                       files + 1)
    for missing in labels:
        print(f"no file {missing[:12]}")
    recall, precision = right / max(1, wanted), right / max(1, shown)
    print(f"{files} templates, {wanted} placeholders: recall {recall:.3f}, precision {precision:.3f}")
    return 0 if files and not labels and recall >= options.floor and \
        precision >= options.precision else 1


if __name__ == "__main__":
    sys.exit(main())
