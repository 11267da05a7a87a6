#!/usr/bin/env python3
"""Writes the sample documents from samples/source/*.txt. Python's standard library only.

The same sources give the same bytes: fixed timestamps, fixed order of parts. `--check` compares with
the committed files instead of writing, and fails where they differ.
"""
import argparse
import io
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True
from generator import markup, writer  # noqa: E402


def document_bytes(source):
    package = writer.Writer(markup.read(source.read_text(encoding="utf-8"))).package()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in package.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, text.encode("utf-8"))
    return buffer.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed files")
    options = parser.parse_args()
    different = 0
    for source in sorted((HERE / "source").glob("*.txt")):
        target, made = HERE / f"{source.stem}.docx", document_bytes(source)
        if not options.check:
            target.write_bytes(made)
            print(f"{target.name}: {len(made)} bytes")
        elif not target.exists() or target.read_bytes() != made:
            print(f"{target.name} is not what samples/generate.py makes of source/{source.name}")
            different += 1
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
