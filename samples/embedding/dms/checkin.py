#!/usr/bin/env python3
"""A check-in hook of a document management system: checks a document that is being filed and keeps what was
found as metadata beside it.

    checkin.py DOCUMENT METADATA-FOLDER [key=value]...

The document goes to `lacuna worker` in memory, so the hook needs no path that the worker can see. What a
repository stores per document is here one file, NAME.lacuna.json (mode 0600, written whole or not at all):
flat properties that a repository can index, and one row a finding. Exit code, for the repository to act on:
0 file it, 1 file it and tell the owner (gaps), 3 hold it back (it could not be read).
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

LACUNA = os.environ.get("LACUNA", "lacuna")
# The owner is told by the code, so a slow document must not hold up everyone who files one.
LIMITS = ["--jobs", "1", "--seconds", "60", "--memory", "2048"]


def ask(request):
    """One answer of a worker of its own; a system that files much keeps one running."""
    done = subprocess.run([LACUNA, "worker", *LIMITS], input=json.dumps(request) + "\n", capture_output=True, text=True,
                          check=False)
    if done.returncode != 0 or not done.stdout:
        return {"status": "failed", "exit_code": 3, "error": {"message": done.stderr.strip() or "no answer"}}
    return json.loads(done.stdout.splitlines()[-1])


def properties(answer, data):
    """What is stored: everything a search needs, and nothing of the text but the quotes of findings."""
    result = answer.get("result")
    stored = {"lacuna:document_sha256": hashlib.sha256(data).hexdigest(), "lacuna:status": answer["status"],
              "lacuna:exit_code": answer["exit_code"], "lacuna:findings": []}
    if result is None:
        stored["lacuna:reason"] = answer["error"]["message"]
        return stored
    counts = result["counts"]
    stored |= {"lacuna:verdict": result["verdict"], "lacuna:as_of": result["as_of"],
               "lacuna:version": result["tool"]["version"], "lacuna:build": result["tool"]["build"],
               "lacuna:checklists": [f"{one['id']}@{one['digest']}" for one in result["checklists"]]}
    stored |= {f"lacuna:gaps_{severity}": number for severity, number in counts["gaps"].items()}
    for finding in result["findings"]:
        first = finding["anchors"][0] if finding["anchors"] else {}
        stored["lacuna:findings"].append({
            "rule": finding["rule"], "severity": finding["severity"], "message": finding["message"],
            "line": first.get("text_line"), "section": " > ".join(first.get("heading_path", [])),
            "fingerprint": finding["fingerprint"]})
    return stored


def store(folder, name, stored):
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=folder)  # mode 0600: it quotes the document
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(stored, file, indent=2, sort_keys=True, ensure_ascii=False)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, folder / f"{name}.lacuna.json")


def main(document, folder, *words):
    path = Path(document)
    data = path.read_bytes()
    answer = ask({"id": path.name[:128], "do": "check", "name": path.name, "data": base64.b64encode(data).decode(),
                  "options": dict(word.split("=", 1) for word in words)})
    stored = properties(answer, data)
    store(Path(folder), path.name, stored)
    print(f"{path.name}: {stored.get('lacuna:verdict', stored['lacuna:status'])}")
    return {0: 0, 1: 1, 4: 1}.get(answer["exit_code"], 3)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
