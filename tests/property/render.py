#!/usr/bin/env python3
"""A result that was kept as JSON is rendered later with the bytes the check would have written.

Documents with unusual names, a damaged one, a submission as a folder and as a zip file, with and
without waivers, decisions and a baseline: for every format, `render` of the JSON equals what `check`
writes; also where it says everything (--verbose), where it is written to files, and from standard input.
What is no result is refused with file, line and pointer, whatever was done to it.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))
import formats  # noqa: E402
import harness  # noqa: E402

WRONG = []
DAY = ["--as-of", "2026-03-03"]


def expect(holds, what):
    if not holds:
        WRONG.append(what)
        print(f"WRONG: {what}"[:1500])


def run(options, folder, *arguments, stdin=None):
    done = subprocess.run([options.lacuna, *arguments], cwd=folder, input=stdin, capture_output=True,
                          timeout=600, env={**os.environ, "LC_ALL": "C.UTF-8"})
    expect(done.returncode in (0, 1, 2, 3, 4), f"exit {done.returncode}: {arguments}: {done.stderr[:1400]}")
    return done


def first_difference(a, b):
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f"at {at}: {a[max(0, at - 80):at + 80]!r} / {b[max(0, at - 80):at + 80]!r}"


def same_bytes(options, folder, inputs, *flags):
    """One check writes every format; each is made again of its JSON."""
    check = ["check", *inputs, *DAY, *flags]
    checked = run(options, folder, *check, *[part for form in formats.FORMATS for part in ("-o", f"{form}=.{form}.a")])
    expect(checked.stdout, checked.stderr)
    stored = (folder / ".json.a").read_bytes()
    got = run(options, folder, "render", ".json.a",
              *[part for form in formats.FORMATS for part in ("-o", f"{form}=.{form}.b")])
    expect(got.returncode == 0, got.stderr)
    for form in formats.FORMATS:
        wanted, made = ((folder / f".{form}.{which}").read_bytes() for which in "ab")
        expect(made == wanted and wanted, f"{form} {flags}: {first_difference(wanted, made)}")
    for extra in ([], ["-v"], ["--color", "always"], ["-f", "sarif"]):
        wanted = run(options, folder, *check, *extra).stdout
        made = run(options, folder, "render", "-", *extra, stdin=stored).stdout
        expect(made == wanted and wanted, f"{extra} {flags}: {first_difference(wanted, made)}")
    return json.loads(stored)


def gate_files(folder, result):
    """A waiver of every kind, and a baseline of half of the findings."""
    digests = {c["id"]: c["digest"] for c in result["checklists"]}
    waivers = []
    for number, finding in enumerate(f for f in result["findings"] if f["severity"] != "info"):
        if number % 5 or number > 60:
            continue
        waiver = {"id": f"W{number}", "rule": finding["rule"], "scope": {"fingerprint": finding["fingerprint"]},
                  "justification": "accepted <b>|%0A::error::", "approver": "Q. A.",
                  "created": "2026-01-01", "expires": ["2026-12-31", "2026-02-01", "2026-03-03"][number % 3]}
        if finding["checklist"]:
            waiver["checklist"] = {"id": finding["checklist"], "digest": digests[finding["checklist"]]}
        waivers.append(waiver)
    waivers.append(dict(waivers[0], id="none", scope={"path": "**", "fingerprint": "0" * 64}))
    (folder / ".waivers.json").write_text(json.dumps({"schema": "lacuna.waivers/1", "waivers": waivers}))
    half = [{"document": f["identity"], "rule": f["rule"], "severity": f["severity"], "message": f["message"],
             "fingerprint": f["fingerprint"], **({"checklist": f["checklist"]} if f["checklist"] else {})}
            for f in result["findings"][::2]]
    half += [dict(half[0], fingerprint="f" * 64), dict(half[0], fingerprint="e" * 64, document="path:gone.md")]
    (folder / ".baseline.json").write_text(json.dumps(
        {"schema": "lacuna.baseline/1", "fingerprints": "lacuna/v1", "findings": half}))


def damaged(options, folder, result, count=60):
    """Nothing that is done to the file makes it crash, and what is refused is told with a place."""
    text = json.dumps(result, indent=1)
    dice = random.Random(7)
    refused = 0
    for _ in range(count):
        broken = list(text)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(broken))
            broken[at] = dice.choice(["", "{", "}", "[", "]", '"', "0", "-1", "null", ",", "x"])
        done = run(options, folder, "render", "-", "-f", dice.choice(formats.FORMATS),
                   stdin="".join(broken).encode())
        expect(done.returncode in (0, 2), f"exit {done.returncode}: {done.stderr[-300:]}")
        refused += done.returncode == 2
        expect(done.returncode != 2 or b"stdin" in done.stderr, done.stderr)
    expect(refused > count / 4, f"only {refused} of {count} were refused")
    for key, value in (("schema", "lacuna.result/2"), ("documents", {}), ("findings", None)):
        (folder / ".wrong.json").write_text(json.dumps(dict(result, **{key: value}), indent=1))
        done = run(options, folder, "render", ".wrong.json")
        expect(done.returncode == 2 and b".wrong.json" in done.stderr and b"json`" in done.stderr, done.stderr)


def main():
    options = harness.arguments(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        formats.fill(folder)
        inputs = formats.INPUTS
        result = same_bytes(options, folder, inputs)
        expect(len(result["findings"]) > 100 and result["submissions"], "enough to compare")
        gate_files(folder, result)
        gated = same_bytes(options, folder, inputs, "--waivers", ".waivers.json", "--baseline", ".baseline.json")
        counts = gated["gate"]["counts"]
        expect(counts["waived"] > 0 and counts["absent"] == 1 and counts["not-looked-at"] == 1 and
               counts["unchanged"] > 0 and sum(counts["new"].values()) > 0, counts)
        rules = {f["rule"] for f in gated["findings"]}
        expect({"waiver/expired", "waiver/unused"} <= rules, rules)
        small = run(options, folder, "check", "plain.md", "damaged %.docx", *DAY, "-f", "json").stdout
        damaged(options, folder, json.loads(small))
    print("render: " + ("as it should be" if not WRONG else f"{len(WRONG)} wrong"))
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
