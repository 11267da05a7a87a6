#!/usr/bin/env python3
"""Drafts whose facts are right, and drafts with one altered, held against their sources by `lacuna verify`.

The sources are the samples and two fictional texts below tests/data/grounding. correct.tsv holds
sentences that are right, in varied wording; altered.tsv sentences with one thing wrong, by hand. More
altered ones are made from the correct ones by a seeded generator: a number, a unit, a date or a word of an arm
changed, one at a time, so that what the sentence says is in no source.

Nothing altered may pass (every claim of its sentence supported), and of the claims that are right at most
2 % may be rejected. A claim that is left to a person counts as rejected, and as not passed.
"""
import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "tests/data/grounding"
SOURCES = {"T": DATA / "trial-report.md", "Q": DATA / "quality.md", "R": ROOT / "samples/study-report.docx",
           "P": ROOT / "samples/protocol.docx",
           "O": DATA / "oncology.md", "C": ROOT / "samples/consent-form.docx", "B": ROOT / "samples/investigators-brochure.docx"}
SEED = 20261124


def rows(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line]


def verify(lacuna, source, drafts):
    """The findings of each draft; each is a paragraph."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drafts.txt"
        path.write_text("\n\n".join(drafts) + "\n", encoding="utf-8")
        run = subprocess.run([lacuna, "verify", path, "--against", source, "--format", "json"],
                             capture_output=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"verify ended with {run.returncode}: {run.stderr.decode()}")
    found = [[] for _ in drafts]
    for finding in json.loads(run.stdout)["findings"]:
        found[finding["anchor"]["text_line"] // 2].append(finding)  # a blank line behind each
    return found


# ---- the generator --------------------------------------------------------------------------------

NUMBER = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w/]|[.,]\d)")
UNITS = {"mg": "g", "mmHg": "kPa", "mmol/L": "mg/dL", "ng/mL": "µg/mL", "hours": "days", "weeks": "months", "months": "years",
         "minutes": "hours", "mg/kg": "g/kg", "mg/g": "mg/kg", "°C": "%", "participants": "sites", "h": "min"}


def change_number(rng, text, source):
    """One number by a digit, or two digits turned round; never to a number that a source has."""
    spots = [m for m in NUMBER.finditer(text)]
    if not spots:
        return None
    spot = rng.choice(spots)
    digits = list(spot[0])
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    if rng.random() < 0.4 and len(places) > 1:
        i = rng.randrange(len(places) - 1)
        a, b = places[i], places[i + 1]
        digits[a], digits[b] = digits[b], digits[a]
    else:
        place = rng.choice(places)
        digits[place] = str((int(digits[place]) + rng.randint(1, 8)) % 10)
    new = "".join(digits)
    if re.match(r"0\d", new):
        return None
    same = float(new.replace(",", "")) == float(spot[0].replace(",", ""))
    if same or re.search(r"(?<![\d.])" + re.escape(new) + r"(?![\d.]|,\d)", source):
        return None
    return text[:spot.start()] + new + text[spot.end():]


def change_unit(rng, text, source):
    """The unit behind one number; the number with that unit is in no source."""
    spots = [m for m in re.finditer(r"(\d) ?(" + "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True))) + r")(?![\w/])", text)]
    if not spots:
        return None
    spot = rng.choice(spots)
    new = UNITS[spot[2]]
    number = re.search(r"[\d.,]*$", text[:spot.start() + 1])[0]
    if re.search(re.escape(number) + r"\s?" + re.escape(new), source):
        return None
    return text[:spot.start(2)] + new + text[spot.end(2):]


MONTHS = "January February March April May June July August September October November December".split()


def change_date(rng, text, source):
    spots = [m for m in re.finditer("|".join(MONTHS), text)]
    if not spots:
        return None
    spot = rng.choice(spots)
    new = rng.choice([m for m in MONTHS if m != spot[0] and m not in source])
    return text[:spot.start()] + new + text[spot.end():]


def swap_numbers(rng, text, source):
    """Two numbers of the same unit change places, where they stand with different words."""
    spots = [m for m in re.finditer(r"(-|−)?(\d[\d,]*\.?\d*) (mmHg|%|mg/g|mmol/L|mg/dL|participants)(?= (?:on|with|in|of) )", text)]
    pairs = [(a, b) for i, a in enumerate(spots) for b in spots[i + 1:] if a[3] == b[3] and a[2] != b[2]]
    if not pairs or "respectively" in text:
        return None
    a, b = rng.choice(pairs)
    return text[:a.start(2)] + b[2] + text[a.end(2):b.start(2)] + a[2] + text[b.end(2):]


GENERATORS = {"number": (change_number, 3), "unit": (change_unit, 1), "date": (change_date, 1), "swap": (swap_numbers, 1)}


def generate(lacuna, correct):
    """Altered drafts from the correct ones; the same for the same seed."""
    texts = {key: subprocess.run([lacuna, "text", "-q", path], capture_output=True, text=True, check=True).stdout
             for key, path in SOURCES.items()}
    made, seen = [], set()
    rng = random.Random(SEED)
    for key, text in correct:
        if '"' in text or "{{" in text or "“" in text:
            continue
        for kind, (change, times) in GENERATORS.items():
            for _ in range(times):
                new = change(rng, text, texts[key])
                if new is not None and new != text and new not in seen:
                    seen.add(new)
                    made.append((kind, key, new))
    return made


# ---- measuring ------------------------------------------------------------------------------------

def passes(findings):
    return bool(findings) and all(f["status"] == "supported" for f in findings)


def show(label, text, findings):
    print(f"{label}: {text}")
    for f in findings:
        if f["status"] != "supported" or label == "PASSED":
            source = f["source"]["quote"][:60] if f["source"] else ""
            print(f"    {f['status']} {f['quote']!r} {f['reason']}: {f['message']} | {source}")


def by_source(drafts):
    groups = {}
    for row in drafts:
        groups.setdefault(row[-2], []).append(row)
    return groups.items()


def measure_correct(lacuna, correct):
    claims = rejected = whole = 0
    reasons = Counter()
    for key, drafts in by_source(correct):
        for (_, text), findings in zip(drafts, verify(lacuna, SOURCES[key], [d[-1] for d in drafts])):
            claims += len(findings)
            wrong = [f for f in findings if f["status"] != "supported"]
            rejected += len(wrong)
            whole += not wrong
            reasons.update(f["reason"] for f in wrong)
            if wrong:
                show("rejected", text, wrong)
    print(f"correct: {len(correct)} drafts, {whole} wholly supported; {claims} claims, {rejected} rejected "
          f"({100 * rejected / max(claims, 1):.1f} %) {dict(reasons)}")
    return claims, rejected


def measure_altered(lacuna, altered, name):
    passed, kinds = [], Counter()
    for key, drafts in by_source(altered):
        for (kind, _, text), findings in zip(drafts, verify(lacuna, SOURCES[key], [d[-1] for d in drafts])):
            kinds[kind] += 1
            if passes(findings):
                passed.append(text)
                show("PASSED", f"[{kind}] {text}", findings)
            elif not findings:
                print(f"no claim seen: [{kind}] {text}")
                passed.append(text)
    print(f"{name}: {len(altered)} drafts, {len(passed)} passed; {dict(sorted(kinds.items()))}")
    return len(passed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--second", action="store_true", help="measure the second set, which was written after the first was right")
    parser.add_argument("--lacuna", default=ROOT / "build/release/lacuna")
    options = parser.parse_args()
    if options.second:
        measure_correct(options.lacuna, rows("second-correct.tsv"))
        measure_altered(options.lacuna, rows("second-altered.tsv"), "altered by hand")
        return 0
    correct, altered = rows("correct.tsv"), rows("altered.tsv")
    claims, rejected = measure_correct(options.lacuna, correct)
    passed = measure_altered(options.lacuna, altered, "altered by hand")
    made = generate(options.lacuna, correct)
    passed += measure_altered(options.lacuna, made, f"altered by the generator (seed {SEED})")
    total = len(correct) + len(altered) + len(made)
    print(f"{total} drafts in all")
    wrong = passed > 0 or rejected > 0.02 * claims or total < 300 or len(correct) < 150
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
