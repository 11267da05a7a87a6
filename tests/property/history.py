#!/usr/bin/env python3
"""The gate over the life of a repository: a gap comes, is waived, the waiver expires, files are saved
again, renamed, edited elsewhere, decided about, fixed; at every step the exit code and what is new,
unchanged, fixed and waived are what a team expects.

Without --libreoffice a file is "saved again" by writing its package anew (order, compression, runs cut
in two, revision ids), with it by LibreOffice itself.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.S)
TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
WRONG = []


# ---- Word files ------------------------------------------------------------------------------

def rewrite(path, change):
    """Writes the package anew with document.xml changed."""
    with zipfile.ZipFile(path) as package:
        parts = [(info.filename, package.read(info)) for info in package.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts:
            if name == "word/document.xml":
                data = change(data.decode("utf-8")).encode("utf-8")
            package.writestr(name, data)


def words_of(paragraph):
    return "".join(match[2] for match in TEXT.finditer(paragraph))


def set_words(paragraph, words):
    first = True

    def replace(match):
        nonlocal first
        text, first = (words if first else ""), False
        return match[1] + text + match[3]
    return TEXT.sub(replace, paragraph)


def body_of(path, heading):
    """The first paragraph below a heading."""
    with zipfile.ZipFile(path) as package:
        paragraphs = PARAGRAPH.findall(package.read("word/document.xml").decode("utf-8"))
    at = max(i for i, p in enumerate(paragraphs) if words_of(p) == heading)
    return words_of(paragraphs[at + 1])


def set_body(path, heading, words):
    """Gives it other words; returns what stood there."""
    before = body_of(path, heading)

    def change(xml):
        paragraphs = PARAGRAPH.findall(xml)
        at = max(i for i, p in enumerate(paragraphs) if words_of(p) == heading)
        old = paragraphs[at + 1]
        return xml.replace(paragraphs[at] + old, paragraphs[at] + set_words(old, words), 1)
    rewrite(path, change)
    assert body_of(path, heading) == words, (heading, before)
    return before


def save_again(path):
    """What every word processor does: other ids, other runs, another order of parts."""
    def change(xml):
        xml = re.sub(r' w:rsid\w*="\w+"', "", xml)
        return re.sub(r"(<w:p)([ >])", r'\1 w:rsidR="00AB12CD"\2', xml)
    rewrite(path, change)


def save_in_libreoffice(path):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                        "docx", "--outdir", folder, str(path)], check=True, capture_output=True, timeout=300)
        before = path.read_bytes()
        shutil.copy(Path(folder) / path.name, path)
        assert path.read_bytes() != before


# ---- the repository --------------------------------------------------------------------------

class Repository:
    def __init__(self, lacuna, folder):
        self.lacuna, self.folder, self.day = lacuna, folder, "2026-03-03"
        (folder / ".git").mkdir()
        (folder / "trial docs").mkdir()
        self.protocol = folder / "trial docs/protocol (100%) größe.docx"
        shutil.copy(ROOT / "samples/protocol.docx", self.protocol)
        shutil.copy(ROOT / "samples/consent-form.docx", folder / "trial docs/consent form.docx")
        self.config = {"schema": "lacuna.config/1", "fail_on": "minor"}
        self.write_config()

    def write_config(self, **more):
        self.config.update(more)
        (self.folder / ".lacuna.json").write_text(json.dumps(self.config))

    def run(self, *arguments, code=0):
        done = subprocess.run([self.lacuna, *arguments], cwd=self.folder, capture_output=True, text=True,
                              timeout=300, env={**os.environ, "LC_ALL": "C.UTF-8"})
        if done.returncode != code:
            WRONG.append(f"{arguments}: exit {done.returncode}, not {code}: {done.stderr}")
        return done

    def step(self, what, code, new=0, unchanged=None, fixed=0, waived=0, rules=()):
        """Checks the repository as it is now; the findings by fingerprint."""
        done = self.run("check", "trial docs", "--as-of", self.day, "-f", "json", code=code)
        result = json.loads(done.stdout)
        counts = result["gate"]["counts"]
        got = {"new": sum(counts["new"].values()), "unchanged": counts["unchanged"],
               "fixed": counts["absent"], "waived": counts["waived"]}
        wanted = {"new": new, "unchanged": got["unchanged"] if unchanged is None else unchanged,
                  "fixed": fixed, "waived": waived}
        fresh = [f for f in result["findings"] if f["state"] == "new" and not f["waiver"]]
        told = {f["rule"] for f in fresh if f["rule"].partition("/")[0] in ("waiver", "decision")}
        if got != wanted or told != set(rules):
            WRONG.append(f"{what}: {got}, not {wanted}; {[(f['rule'], f['message'][:90]) for f in fresh]}")
        print(f"{what}: exit {done.returncode}, " + ", ".join(f"{value} {key}" for key, value in got.items()))
        self.fresh, self.findings = fresh, result["findings"]
        return got["unchanged"]


def life(repository, again):
    r = repository
    waive = ["--approver", "R. Lead", "--reason", "Agreed with the agency, minutes of 2 March"]
    r.write_config(baseline="known findings.json", waivers=".lacuna-waivers.json")
    (r.folder / ".lacuna-waivers.json").write_text('{"schema": "lacuna.waivers/1", "waivers": []}')
    r.run("check", "trial docs", "--as-of", r.day, code=2)  # the baseline is not there yet
    r.run("baseline", "write", "trial docs", "-o", "known findings.json", "--as-of", r.day)
    known = r.step("with a baseline", 0)

    old = set_body(r.protocol, "Rechallenge", "[TBD]")
    gap = ["a gap is added", 1]
    r.step(*gap, new=2, unchanged=known)
    item = next(f for f in r.fresh if f["checklist"])
    left = next(f for f in r.fresh if f["rule"] == "text/leftover")

    r.run("waive", item["fingerprint"][:12], "trial docs", "--as-of", r.day)
    done = r.run("check", "trial docs", "--as-of", r.day, code=2)
    if ".lacuna-waivers.json" not in done.stderr or "/waivers/0/" not in done.stderr:
        WRONG.append(f"a stub is refused with its place: {done.stderr}")
    r.run("waive", item["rule"], "trial docs", "--as-of", r.day, "--expires", "2026-03-31", *waive)
    r.run("waive", left["fingerprint"], "trial docs", "--as-of", r.day, "--expires", "2026-12-31", *waive)
    r.step("it is waived", 0, unchanged=known, waived=2)

    r.day = "2026-04-01"
    r.step("the waiver expires", 1, new=2, unchanged=known, waived=1, rules=["waiver/expired"])
    r.run("waive", item["fingerprint"], "trial docs", "--as-of", r.day, "--expires", "2026-12-31", *waive)
    r.step("it is renewed", 0, unchanged=known, waived=2)

    again(r.protocol)
    again(r.folder / "trial docs/consent form.docx")
    r.step("the files are saved again", 0, unchanged=known, waived=2)
    renamed = r.folder / "trial docs/sub folder/new\nname.docx"
    renamed.parent.mkdir()
    r.protocol.rename(renamed)
    r.protocol = renamed
    r.step("one is renamed and moved", 0, unchanged=known, waived=2)
    set_body(r.protocol, "Interim Analyses", body_of(r.protocol, "Interim Analyses") + " This was read again.")
    r.step("it is edited elsewhere", 0, unchanged=known, waived=2)

    set_body(r.protocol, "Rechallenge", old)
    r.step("the gap is closed", 1, new=2, unchanged=known, rules=["waiver/unused"])
    (r.folder / ".lacuna-waivers.json").write_text('{"schema": "lacuna.waivers/1", "waivers": []}')
    r.step("the waivers are taken out", 0, unchanged=known)

    decided = next(f for f in r.findings if f["rule"] == "m11.10.4.1.5")
    r.write_config(decisions="decided.json", audit_log="audit.jsonl")
    r.run("decide", decided["rule"], "--document", str(r.protocol.relative_to(r.folder)), "--status", "met",
          "--at", "Interim Analyses", "--reason", "It is told there", "--by", "S. Tat", "--as-of", r.day)
    if json.loads((r.folder / "decided.json").read_text())["decisions"][0]["at"]["heading_path"][-1] != "Interim Analyses":
        WRONG.append("the decision names its heading")
    if '"action":"decision"' not in (r.folder / "audit.jsonl").read_text().replace(" ", ""):
        WRONG.append("the decision is logged")
    r.run("audit", "verify", "audit.jsonl")
    r.step("a person decides that an item is met", 0, unchanged=known - 1, fixed=1)
    r.run("baseline", "prune", "known findings.json", "trial docs", "--as-of", r.day)
    r.step("the baseline is pruned", 0, unchanged=known - 1)
    set_body(r.protocol, "Interim Analyses", body_of(r.protocol, "Interim Analyses") + " And once more.")
    r.step("the text it rests on is changed", 1, new=2, unchanged=known - 1, rules=["decision/void"])
    item = next(f for f in r.fresh if f["rule"] == decided["rule"])
    if item["fingerprint"] != decided["fingerprint"]:
        WRONG.append("it comes back as what it was")
    r.run("config", "verify", "trial docs")
    shown = r.run("config", "show", "trial docs", "--fail-on", "critical").stdout
    if "critical  (flag)" not in shown or "known findings.json  (.lacuna.json /baseline)" not in shown:
        WRONG.append(shown)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lacuna", required=True)
    parser.add_argument("--libreoffice", action="store_true")
    options = parser.parse_args()
    if options.libreoffice and shutil.which("soffice") is None:
        print("skipped: LibreOffice is not installed")
        return 77
    with tempfile.TemporaryDirectory() as name:
        life(Repository(str(Path(options.lacuna).resolve()), Path(name)),
             save_in_libreoffice if options.libreoffice else save_again)
    for what in WRONG:
        print(f"WRONG: {what}")
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
