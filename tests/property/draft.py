#!/usr/bin/env python3
"""Drafts without a model, from the samples: every word comes from a source, the document is not
touched, the same call gives the same bytes, a person's plan is followed, nothing is overwritten.
"""
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ("protocol.docx", "investigators-brochure.docx", "study-report.docx")
complaints = []


def expect(condition, what):
    if not condition:
        complaints.append(what)


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


class Folder:
    def __init__(self, lacuna, path):
        self.lacuna, self.path = lacuna, Path(path)
        for name in SAMPLES:
            shutil.copy(ROOT / "samples" / name, self.path / name)

    def run(self, *arguments):
        return subprocess.run([self.lacuna, *arguments], cwd=self.path, capture_output=True, text=True,
                              timeout=300, check=False)

    def draft(self, out, *arguments):
        sources = [word for name in SAMPLES[1:] for word in ("--source", name)]
        return self.run("draft", SAMPLES[0], *sources, "--as-of", "2026-11-24", "-o", out, *arguments)

    def text(self, name):
        return self.run("text", name).stdout


def every_word_has_a_source(folder):
    before = digest(folder.path / SAMPLES[0])
    done = folder.draft("out", "--all-missing")
    expect(done.returncode == 1, f"exit {done.returncode}: {done.stderr}")
    expect(digest(folder.path / SAMPLES[0]) == before, "the document was changed")
    drafts = (folder.path / "out/drafts.md").read_text()
    texts = {name: folder.text(name) for name in SAMPLES}
    passages = re.findall(r"^(.+?) \[source: ([^,]+), .*, line (\d+)\]$", drafts, re.M | re.S)
    for passage, name, line in passages:
        passage = passage.split("\n\n")[-1]
        expect(passage in texts[name], f"not in {name}: {passage[:80]}")
        expect(texts[name].split("\n")[int(line) - 1] in passage or
               passage.split("\n")[0] in texts[name].split("\n")[int(line) - 1],
               f"{name} line {line} does not hold it")
    for block in drafts.split("\n\n"):
        known = (block.startswith(("<!--", "#", "[DATA NEEDED: ")) or "[source: " in block or not block.strip())
        expect(known, f"a sentence from nowhere: {block[:80]}")


def same_bytes_again(folder):
    folder.draft("again", "--all-missing")
    out = folder.path / "out"
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        name = path.relative_to(out)
        expect(digest(path) == digest(folder.path / "again" / name), f"{name} differs")


def gaps_are_filled(folder):
    def missing(name):
        result = json.loads(folder.run("check", name, "--checklist", "protocol_m11", "--as-of",
                                       "2026-11-24", "--format", "json").stdout)
        return {row["item"]: row["reason"] for row in result["documents"][0]["results"]
                if row["status"] == "missing"}

    before = missing(SAMPLES[0])
    after = missing("out/protocol.clean.docx")
    for item in before:
        expect(after.get(item, "missing/placeholder") == "missing/placeholder",
               f"{item} is {after.get(item)} in the clean copy, not a placeholder that is named")


def a_draft_is_no_finished_text(folder):
    """The marked copy is told by `check`, and says of itself what it is; the clean copy is neither."""
    for copy, expected in (("marked", ["major"]), ("clean", [])):
        result = json.loads(folder.run("check", f"out/protocol.{copy}.docx", "--format", "json").stdout)
        found = [f["severity"] for f in result["findings"] if f["rule"] == "docx/unreviewed-draft"]
        expect(found == expected, f"{copy}: {found}")
        with zipfile.ZipFile(folder.path / f"out/protocol.{copy}.docx") as archive:
            custom = archive.read("docProps/custom.xml").decode()
        expect(("LacunaStatus" in custom) == (copy == "marked"), f"{copy}: {custom[-300:]}")
        pids = re.findall(r'pid="(\d+)"', custom)
        expect(len(pids) == len(set(pids)), f"{copy}: two properties have one number")


def a_plan_is_followed(folder):
    done = folder.draft("planned", "--all-missing", "--plan")
    expect(done.returncode == 0, done.stderr)
    expect([path.name for path in (folder.path / "planned").iterdir()] == ["plan.json"], "more than the plan")
    plan = json.loads((folder.path / "planned/plan.json").read_text())
    expect(len(plan["steps"]) == 4, f"{len(plan['steps'])} steps")
    plan["steps"] = plan["steps"][:1]
    plan["steps"][0]["sources"] = []
    (folder.path / "mine.json").write_text(json.dumps(plan))
    done = folder.draft("mine", "--all-missing", "--use-plan", "mine.json")
    expect("1 of 1 drafts placed, from 0 sections" in done.stdout, done.stdout)
    plan["steps"][0]["sources"] = [{"document": SAMPLES[1], "line": 1, "to_line": 2, "sha256": "0" * 64}]
    (folder.path / "mine.json").write_text(json.dumps(plan))
    done = folder.draft("mine", "--all-missing", "--use-plan", "mine.json")
    expect(done.returncode == 2 and "changed" in done.stderr, done.stderr)


def wrong_use(folder):
    for arguments, code in ((["--gap", "no.such"], 2), (["--gap", "m11.1.1"], 2), ([], 2),
                            (["--all-missing", "--gap", "m11.4.5"], 2)):
        done = folder.draft("wrong", *arguments)
        expect(done.returncode == code, f"{arguments}: exit {done.returncode} {done.stderr}")
    done = folder.run("draft", "none.docx", "--all-missing", "-o", "wrong")
    expect(done.returncode == 3, f"exit {done.returncode}")
    done = folder.run("draft", SAMPLES[0], "--all-missing", "--source", "none.docx", "-o", "wrong")
    expect(done.returncode == 3, f"a source that is not there: exit {done.returncode}")


def main():
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(str(Path(sys.argv[1]).resolve()), path)
        for test in (every_word_has_a_source, same_bytes_again, gaps_are_filled,
                     a_draft_is_no_finished_text, a_plan_is_followed, wrong_use):
            test(folder)
    print(*complaints, sep="\n")
    print(f"{len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
