#!/usr/bin/env python3
"""`lacuna respond` over all real letters of the corpus, with one small source: no crash, a stated reason where
nothing is written, and every question of every letter character by character in the Word document, as
`lacuna check` reads it back. No answer promises anything or states what its source does not.
"""
import collections
import concurrent.futures
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SOURCE = Path(__file__).resolve().parent.parent / "cases/respond_plan/input/report.md"
SAID = {"response/promise-not-listed", "response/claim-unsupported", "response/claim-contradicted",
        "response/dead-citation"}


def answer(options, folder, letter):
    """(exit code of respond, statuses of the queries, rules of findings, complaints)"""
    out = Path(folder) / letter.name
    done = harness.run([options.lacuna, "respond", letter, "-s", SOURCE, "--as-of", "2026-05-01",
                        "--allow-incomplete", "-o", out])
    if done.code == 4 and done.err.strip():
        return done.code, [], set(), []
    if done.crashed or done.code not in (1, 3) or not (out / "manifest.json").exists():
        return done.code, [], set(), [f"{letter.name}: exit {done.code} {done.err.decode()[:200]}"]
    checked = harness.run([options.lacuna, "check", out, "--as-of", "2026-05-01", "--format", "json"])
    result = harness.load(checked.out, letter.name)
    if checked.crashed or result is None:
        return done.code, [], set(), [f"{letter.name}: check ended with {checked.code}"]
    rows = [row for row in result["documents"][0]["results"] if not row["item"].startswith("due-date-")]
    bad = [f"{letter.name}: {row['item']}: {row['explanation']}" for row in rows
           if row["reason"] in ("contradicts/question-changed", "missing/no-answer")]
    rules = {finding["rule"] for finding in result["findings"]}
    return done.code, [row["reason"] for row in rows], rules, bad + [
        f"{letter.name}: a first draft has {rule}" for rule in sorted(rules & SAID)]


def main():
    options = harness.arguments(__doc__)
    letters = sorted(path for path in (harness.corpus() / "letters").rglob("*") if path.suffix in (".txt", ".eml"))
    codes, reasons, complaints = collections.Counter(), collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        for code, found, _, bad in pool.map(lambda letter: answer(options, folder, letter), letters):
            codes[code] += 1
            reasons.update(found)
            complaints += bad
    print(*complaints, sep="\n")
    print(f"{len(letters)} letters: {codes[1]} answered, {codes[3]} incomplete, {codes[4]} ask for nothing; "
          f"{sum(reasons.values())} questions, {reasons['partial/no-short-answer']} character by character")
    return 1 if complaints or not letters else 0


if __name__ == "__main__":
    sys.exit(main())
