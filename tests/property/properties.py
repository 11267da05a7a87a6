#!/usr/bin/env python3
"""Things that must not change a result.

How a package is zipped (order of entries, stored or deflated, streamed sizes), the order in which
documents are named, and the number of threads.
"""
import io
import json
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
AS_OF = ["--as-of", "2026-03-03"]


class Streamed(io.RawIOBase):
    """Not seekable: zipfile then writes sizes behind the data (APPNOTE 4.3.9)."""

    def __init__(self, path):
        super().__init__()
        self.file = open(path, "wb")

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)

    def close(self):
        self.file.close()
        super().close()


def rezip(source, target, compression, order, streamed=False):
    with zipfile.ZipFile(source) as old:
        names = sorted(old.namelist(), key=order)
        stream = Streamed(target) if streamed else open(target, "wb")
        with stream, zipfile.ZipFile(stream, "w", compression) as new:
            for name in names:
                new.writestr(name, old.read(name))


VARIANTS = {
    "entries in reverse": dict(compression=zipfile.ZIP_DEFLATED,
                               order=lambda name: [-ord(c) for c in name]),
    "stored": dict(compression=zipfile.ZIP_STORED, order=str),
    "shuffled and streamed": dict(compression=zipfile.ZIP_DEFLATED, streamed=True,
                                  order=lambda name: sum(map(ord, name)) % 7),
}


def output(options, folder, *arguments):
    """Standard output of a run inside `folder`; a message and exit where it fails."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        done = harness.run([options.lacuna, *arguments])
    finally:
        os.chdir(before)
    if done.code not in (0, 1, 4):
        sys.exit(f"{arguments}: exit {done.code}: {done.err.decode(errors='replace')}")
    return done.out


def without_digest(text):
    result = json.loads(text)
    for document in result.get("documents", []):
        document.pop("sha256", None)
    return result


def zipping(options, work):
    wrong = 0
    for sample in sorted(SAMPLES.glob("*.docx")):
        plain = work / "plain"
        plain.mkdir(exist_ok=True)
        shutil.copy(sample, plain / "document.docx")
        outline = output(options, plain, "outline", "document.docx", "--format", "json")
        check = output(options, plain, "check", "document.docx", "--format", "json", *AS_OF)
        for name, how in VARIANTS.items():
            other = work / "other"
            other.mkdir(exist_ok=True)
            rezip(sample, other / "document.docx", **how)
            same = (output(options, other, "outline", "document.docx", "--format", "json") == outline
                    and without_digest(output(options, other, "check", "document.docx", "--format",
                                              "json", *AS_OF)) == without_digest(check))
            print(f"{'same' if same else 'DIFFERENT'}: {sample.name}, {name}")
            wrong += not same
    return wrong


def order_and_threads(options):
    names = sorted(sample.name for sample in SAMPLES.glob("*.docx"))
    wrong = 0
    reference = output(options, SAMPLES, "check", *names, "--format", "json", "-j", "1", *AS_OF)
    for what, arguments in {
        "inputs in reverse": [*reversed(names), "-j", "1"],
        "inputs rotated, -j 4": [*names[2:], *names[:2], "-j", "4"],
        "-j 2": [*names, "-j", "2"],
        "-j 4, again": [*names, "-j", "4"],
    }.items():
        same = output(options, SAMPLES, "check", *arguments, "--format", "json", *AS_OF) == reference
        print(f"{'same' if same else 'DIFFERENT'}: {what}")
        wrong += not same
    return wrong


def main():
    options = harness.arguments(__doc__)
    with tempfile.TemporaryDirectory() as work:
        wrong = zipping(options, Path(work)) + order_and_threads(options)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
