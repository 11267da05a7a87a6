#!/usr/bin/env python3
"""Runs the program as a person would and compares what comes out.

A case is a folder below tests/cases with a file `args`: the arguments, as a shell would split them.
Its optional neighbours:
  input/            files the case finds in its working folder, besides those of shared/
  stdin             standard input
  env               NAME=VALUE lines
  expected.stdout   must be equal; where neither this nor expected.json is there: must be empty
  expected.json     must be contained in standard output: members named here are there and equal
  expected.stderr   must be equal; missing: must be empty
  expected.exit     exit code; missing: 0
  expected.files/   files the program writes into its working folder; no others may appear
A file NAME.docx.source becomes a Word document (word.py). The build id and the version are written as
BUILD and VERSION before anything is compared.

--update writes expected.stdout, .stderr, .exit and .files as they are; look at the difference.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402
import word  # noqa: E402

HERE = Path(__file__).resolve().parent
SHARED = HERE / "shared"


def fill(folder, source):
    """Copies the files of `source`; sources of Word documents become documents."""
    for path in sorted(source.rglob("*")):
        target = folder / path.relative_to(source)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        elif path.name.endswith(".docx.source"):
            word.build(path.read_text(encoding="utf-8"), target.with_suffix(""))
        else:
            shutil.copy(path, target)


def environment(case):
    env = {name: os.environ[name] for name in ("PATH", "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS",
                                               "TSAN_OPTIONS") if name in os.environ}
    env.update(LC_ALL="C.UTF-8", SOURCE_DATE_EPOCH="1772496000")  # 2026-03-03
    if (case / "env").exists():
        env.update(line.split("=", 1) for line in (case / "env").read_text().splitlines() if line)
    return env


def normalise(text):
    text = re.sub(rb'("build": )"[0-9a-f]{8,64}"', rb'\1"BUILD"', text)
    text = re.sub(rb'("version": )"\d+\.\d+\.\d+"', rb'\1"VERSION"', text)
    return re.sub(rb"\Alacuna \d+\.\d+\.\d+$", b"lacuna VERSION", text, flags=re.M)


def listing(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def contained(wanted, got, at=""):
    """First place where `wanted` is not contained in `got`, or None."""
    if isinstance(wanted, dict):
        if not isinstance(got, dict):
            return at or "/"
        for key, value in wanted.items():
            if key not in got:
                return f"{at}/{key}"
            wrong = contained(value, got[key], f"{at}/{key}")
            if wrong:
                return wrong
        return None
    if isinstance(wanted, list):
        if not isinstance(got, list) or len(wanted) != len(got):
            return at or "/"
        for number, (w, g) in enumerate(zip(wanted, got)):
            wrong = contained(w, g, f"{at}/{number}")
            if wrong:
                return wrong
        return None
    return None if wanted == got else at or "/"


def execute(lacuna, case):
    """(exit code, stdout, stderr, files written)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, SHARED)
        if (case / "input").is_dir():
            fill(folder, case / "input")
        before = listing(folder)
        stdin = (case / "stdin").read_bytes() if (case / "stdin").exists() else b""
        arguments = shlex.split((case / "args").read_text(encoding="utf-8"), comments=True)
        done = subprocess.run([lacuna, *arguments], cwd=folder, input=stdin, capture_output=True,
                              env=environment(case), timeout=120, check=False)
        after = listing(folder)
    written = {name: normalise(data) for name, data in after.items() if before.get(name) != data}
    return done.returncode, normalise(done.stdout), normalise(done.stderr), written


def read(path, otherwise=b""):
    return path.read_bytes() if path.exists() else otherwise


def difference(what, wanted, got):
    if wanted == got:
        return []
    import difflib
    lines = difflib.unified_diff(wanted.decode(errors="replace").splitlines(),
                                 got.decode(errors="replace").splitlines(), "expected", "got",
                                 lineterm="", n=1)
    return [f"{what}:"] + [f"    {line}" for line in list(lines)[:40]]


def compare(case, code, out, err, written):
    wrong = []
    expected_code = int(read(case / "expected.exit", b"0"))
    if code != expected_code:
        wrong.append(f"exit {code}, expected {expected_code}")
    if (case / "expected.json").exists():
        try:
            at = contained(json.loads(read(case / "expected.json")), json.loads(out))
            wrong += [f"stdout differs from expected.json at {at}"] if at else []
        except ValueError as error:
            wrong.append(f"stdout is not JSON: {error}")
    else:
        wrong += difference("stdout", read(case / "expected.stdout"), out)
    wrong += difference("stderr", read(case / "expected.stderr"), err)
    files = listing(case / "expected.files") if (case / "expected.files").is_dir() else {}
    for name in sorted(files.keys() | written.keys()):
        wrong += difference(name, files.get(name, b""), written.get(name, b""))
    return wrong


def keep(path, data, empty=b""):
    if data == empty:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(data)


def update(case, code, out, err, written):
    keep(case / "expected.exit", f"{code}\n".encode(), b"0\n")
    keep(case / "expected.stderr", err)
    if not (case / "expected.json").exists():
        keep(case / "expected.stdout", out)
    shutil.rmtree(case / "expected.files", ignore_errors=True)
    for name, data in written.items():
        path = case / "expected.files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def main():
    options = harness.arguments(__doc__, update=(False, "take what comes out as expected"),
                                only=([], "names of cases; default all"))
    cases = sorted(args.parent for args in HERE.glob("*/args"))
    cases = [case for case in cases if not options.only or case.name in options.only]
    bad = 0
    for case in cases:
        outcome = execute(options.lacuna, case)
        if options.update:
            update(case, *outcome)
        wrong = compare(case, *outcome)
        bad += bool(wrong)
        if wrong:
            print(f"{case.name}: " + "\n  ".join(wrong))
    print(f"{len(cases)} cases, {bad} wrong")
    return 1 if bad or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
