#!/usr/bin/env python3
"""Lists every placeholder that is left in documents: file, line, text.

usage: placeholders.py PATH...     documents or folders, as lacuna check takes them
Runs the program lacuna (LACUNA names another one). Exit code 0: none left, 1: some, 3: something
could not be read.
"""
import json
import os
import subprocess
import sys

LACUNA = os.environ.get("LACUNA", "lacuna")


def run(*arguments):
    done = subprocess.run([LACUNA, *arguments], capture_output=True, check=False)
    if done.returncode in (2, 5) or not done.stdout:
        sys.exit(done.stderr.decode(errors="replace") or f"lacuna ended with {done.returncode}")
    return done.stdout


def main(paths):
    if not paths:
        sys.exit(__doc__)
    result = json.loads(run("check", *paths, "--format", "json"))
    texts, count = {}, 0
    for finding in result["findings"]:
        if finding["rule"] != "text/leftover":
            continue
        for anchor in finding["anchors"]:
            path = anchor["path"]
            if path not in texts:
                texts[path] = run("text", "-q", path)
            quote = texts[path][anchor["start"]:anchor["end"]].decode(errors="replace")
            heading = " > ".join(anchor["heading_path"])
            print(f"{path}:{anchor['text_line']}: {quote}" + (f"  ({heading})" if heading else ""))
            count += 1
    unread = [document["path"] for document in result["documents"] if document["error"]]
    for path in unread:
        print(f"{path}: could not be read", file=sys.stderr)
    print(f"{count} placeholders", file=sys.stderr)
    return 3 if unread else 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
