"""What the Python tests share: the program under test, the corpus, measured runs, skipping.

The corpus of real documents is not part of this repository. Its folder is named by the environment
variable LACUNA_CORPUS; a test that needs it says "skipped" when that is unset.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77  # ctest: SKIP_RETURN_CODE


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def corpus():
    """The corpus folder; ends the test as skipped where there is none."""
    named = os.environ.get("LACUNA_CORPUS", "")
    if not named:
        skip("LACUNA_CORPUS is not set")
    folder = Path(named).resolve()
    if not folder.is_dir():
        skip(f"LACUNA_CORPUS is no folder: {named}")
    return folder


def arguments(description, **extra):
    """--lacuna and --measure, which every test takes; `extra` is name=(default, help)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--lacuna", default=os.environ.get("LACUNA", "build/release/lacuna"),
                        help="the program under test")
    parser.add_argument("--measure", default="build/release/tests/bench/measure",
                        help="as built; needed for time and memory")
    for name, (default, text) in extra.items():
        flag = "--" + name.replace("_", "-")
        if default is False:
            parser.add_argument(flag, action="store_true", help=text)
        elif isinstance(default, list):
            parser.add_argument(flag, nargs="*", default=default, help=text)
        else:
            parser.add_argument(flag, type=type(default), default=default, help=text)
    options = parser.parse_args()
    options.lacuna = str(Path(options.lacuna).resolve())
    options.measure = str(Path(options.measure).resolve())
    if not os.access(options.lacuna, os.X_OK):
        sys.exit(f"no program at {options.lacuna}: build it, or name it with --lacuna")
    return options


class Run:
    """One finished process: code (negative: signal), out, err, timed_out, cpu seconds, rss KiB."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err
        self.timed_out, self.cpu, self.wall, self.rss = False, 0.0, 0.0, 0

    @property
    def sanitizer(self):
        return b"Sanitizer" in self.err or b"runtime error:" in self.err

    @property
    def crashed(self):
        return self.code < 0 or self.sanitizer


def run(command, timeout=120, env=None):
    """Runs a command without measuring it."""
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, timeout=timeout,
                              env=env, stdin=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired as late:
        result = Run(-9, late.stdout or b"", late.stderr or b"")
        result.timed_out = True
        return result
    return Run(done.returncode, done.stdout, done.stderr)


def run_measured(measure, command, timeout=120, env=None):
    """Runs a command below `measure`, which reports the child's own time and peak memory.

    A child of Python would report Python's memory as its peak: at exec, Linux carries over the
    high-water mark of the address space it was forked from.
    """
    with tempfile.NamedTemporaryFile() as report:
        result = run([measure, report.name, str(timeout), "--", *command], timeout + 30, env)
        fields = report.read().split()
    if len(fields) != 6:
        sys.exit(f"measure failed on {command}: {result.err.decode(errors='replace')}")
    user, system, wall, rss, code, late = (int(f) for f in fields)
    result.code, result.timed_out = code, bool(late)
    result.cpu, result.wall, result.rss = (user + system) / 1e6, wall / 1e6, rss
    return result


def messages(text):
    """How many messages stand in diagnostics: indented lines belong to the one above."""
    return sum(1 for line in text.splitlines() if line.strip() and not line[0].isspace())


def load(output, what):
    """JSON of a program's output; a message and None where it is none."""
    try:
        return json.loads(output)
    except (ValueError, UnicodeDecodeError) as wrong:
        print(f"{what}: not JSON: {wrong}")
        return None
