#!/usr/bin/env python3
"""All report formats tell the same, whatever the files are called.

One run over documents with unusual names, a damaged one, a submission as a folder and as a zip file:
every format has the findings of the JSON result, with the same files, lines and fingerprints; names
come back exactly when decoded the way the consumer does; lines are lines of `lacuna text`; the bytes
do not depend on threads, order or locale; JUnit has the shape that both of its schemas allow.
"""
import csv
import io
import json
import os
import re
import shutil
import sys
import tempfile
import urllib.parse
import zipfile
import xml.etree.ElementTree as xml
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "samples"
FORMATS = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown", "csv"]
NAMES = ["plain.md", "two words.md", "100% done.md", "%41.md", "größe 研究.md", "line\nend.md", "a,b:c;d.md",
         "=sum(1).md", "<b>&amp;\"'.md", "[x](y)|`z`.md", "::error::x.md", "#1?q.md", "tab\there.md",
         "sub folder/@user.md", "back\\slash.md", "esc\x1b[31m.md"]
INPUTS = [".", "ind, zipped.zip"]  # a zip file in a folder is not looked at by itself
WRONG = []


def expect(holds, what):
    if not holds:
        WRONG.append(what)
        print(f"WRONG: {what}"[:1000])


def fill(folder):
    text = (ROOT / "tests/cases/shared/gaps.md").read_text(encoding="utf-8")
    for name in NAMES:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        # A heading and a placeholder that would be markup or a command if they were passed on.
        path.write_text(text + "\n## 5 <script>| `x` ::error::%0A\n\n[insert <img src=x> | =1+1]\n", encoding="utf-8")
    (folder / "not utf8 \udcff.md").write_text(text, encoding="utf-8")
    (folder / "damaged %.docx").write_bytes(b"PK\x03\x04 this is no package")
    for sample in SAMPLES.glob("*.docx"):
        shutil.copy(sample, folder)
    shutil.copytree(SAMPLES / "ind900204", folder / "ind 900204")
    with zipfile.ZipFile(folder / "ind, zipped.zip", "w") as packed:
        for path in sorted((SAMPLES / "ind900204").rglob("*")):
            if path.is_file():
                packed.write(path, str(path.relative_to(SAMPLES)))


def check(options, folder, *arguments, locale="C.UTF-8"):
    before = os.getcwd()
    os.chdir(folder)
    try:
        done = harness.run([options.lacuna, "check", "--as-of", "2026-03-03", *arguments], timeout=600,
                           env={**os.environ, "LC_ALL": locale})
    finally:
        os.chdir(before)
    expect(done.code == 3 and not done.crashed, f"exit {done.code}: {done.err[-2000:]}")
    return done.out


def shown(text):
    """As passed on: controls and overrides of direction are U+FFFD, and so is what is no UTF-8."""
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "\ufffd", text)


def file_of(finding, submissions):
    """The file a finding of the JSON result points to."""
    anchor, path = finding["anchors"][0], finding["document"]
    inside = anchor.get("leaf", {}).get("file", "") if path in submissions else ""
    return f"{path}/{inside}" if inside else path


def sarif(text, findings):
    run = json.loads(text)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    expect([rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules), "sarif: rules are sorted")
    got = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        expect(re.fullmatch(r"(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})+", uri) is not None, f"sarif: uri {uri}")
        expect(rules[result["ruleIndex"]]["id"] == result["ruleId"], "sarif: ruleIndex")
        prints = result["partialFingerprints"]
        expect(prints["primaryLocationLineHash"] == prints["lacuna/v1"] + ":1", "sarif: hash of the line")
        got.append((result["ruleId"], urllib.parse.unquote(uri, errors="surrogateescape"),
                    place["region"]["startLine"], prints["lacuna/v1"]))
    wanted = [(rule, path, line, fingerprint) for rule, path, line, fingerprint in findings]
    as_json = [(r, p.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), n, f) for r, p, n, f in got]
    expect(as_json == wanted, "sarif: findings")
    uris = [urllib.parse.unquote(a["location"]["uri"], errors="surrogateescape") for a in run["artifacts"]]
    for name in [*NAMES, "not utf8 \udcff.md"]:
        expect(name in uris, f"sarif: {name!r} is no artifact")
    invocation = run["invocations"][0]
    kinds = [one["descriptor"]["id"] for one in invocation["toolExecutionNotifications"]]
    expect(invocation["executionSuccessful"] is False, "sarif: a damaged input is no success")
    expect("lacuna/not-read" in kinds, "sarif: a damaged input is told")
    return run


def junit(text, findings, result):
    """Children and attributes as both JUnit.xsd of Apache Ant and junit-10.xsd of Jenkins ask for."""
    root = xml.fromstring(text)
    expect(root.tag == "testsuites" and not root.attrib, "junit: <testsuites> has no attributes")
    required = {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "package", "id"}
    outcomes, names, failures = {"skipped": 0, "failure": 0, "error": 0}, set(), []
    for number, suite in enumerate(root):
        expect(suite.tag == "testsuite" and set(suite.attrib) == required, f"junit: {suite.attrib}")
        expect(suite.get("id") == str(number), "junit: ids count up")
        expect(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp")), "junit: timestamp")
        tags = "".join({"properties": "p", "testcase": "t", "system-out": "o", "system-err": "e"}.get(child.tag, "?")
                       for child in suite)
        expect(re.fullmatch("pt*oe", tags), f"junit: order of children {tags}")
        counts = {"skipped": 0, "failure": 0, "error": 0}
        for case in suite.iter("testcase"):
            expect(set(case.attrib) == {"name", "classname", "time"}, f"junit: {case.attrib}")
            expect(len(case) <= 1, "junit: one outcome a case")
            expect((case.get("classname"), case.get("name")) not in names, f"junit: twice {case.attrib}")
            names.add((case.get("classname"), case.get("name")))
            for outcome in case:
                expect(set(outcome.attrib) == {"type", "message"} and not len(outcome), f"junit: {outcome.attrib}")
                counts[outcome.tag] += 1
                if outcome.tag == "failure" or outcome.get("type") == "info":
                    failures.append(case.get("name"))
        expect(suite.get("tests") == str(len(suite) - 3), "junit: tests")
        for attribute, tag in {"failures": "failure", "errors": "error", "skipped": "skipped"}.items():
            expect(suite.get(attribute) == str(counts[tag]), f"junit: {attribute} of {suite.get('name')}")
        for tag, count in counts.items():
            outcomes[tag] += count
    expect(outcomes["error"] == result["counts"]["unread"], "junit: one error an unread input")
    expect([(name.split()[0], name[-13:-1]) for name in failures] == [(f[0], f[3][:12]) for f in findings],
           "junit: findings")
    suites = {suite.get("name") for suite in root}
    for name in NAMES:
        expect(shown(name) in suites, f"junit: {name!r} is no suite")


def github(text, findings, result):
    lines = text.decode("utf-8").split("\n")
    expect(lines[-1] == "" and lines[-2].startswith("lacuna: "), "github: the last line is the verdict")
    got, unread = [], 0
    for line in lines[:-2]:
        match = re.fullmatch(r"::(error|warning|notice) file=([^,:]*)(?:,line=(\d+))?,title=([^,:]*)::(.*)", line)
        expect(match is not None, f"github: {line!r}")
        if match and match[4] == "not read":
            unread += 1
        elif match:
            path = match[2].replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r")
            rule = re.search(r" \[([^\[\]]*)\]$", match[5])
            got.append((rule and rule[1], path.replace("%25", "%"), int(match[3])))
    expect(got == [(rule, shown(path), line) for rule, path, line, _ in findings], "github: findings")
    expect(unread == result["counts"]["unread"], "github: unread inputs")


def gitlab(text, findings, result):
    issues = json.loads(text)
    unread = [one for one in issues if one["check_name"] == "lacuna/not-read"]
    expect(len(unread) == result["counts"]["unread"], "gitlab: unread inputs")
    got = [(one["check_name"], one["location"]["path"], one["location"]["lines"]["begin"], one["fingerprint"])
           for one in issues[len(unread):]]
    expect(got == findings, "gitlab: findings")
    prints = [one["fingerprint"] for one in issues]
    expect(len(prints) == len(set(prints)), "gitlab: fingerprints are unique")
    expect(not any(path.startswith(("./", "/")) for _, path, _, _ in got), "gitlab: paths are relative")


def table(text, findings):
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), strict=True))
    # An apostrophe guards what a spreadsheet would calculate.
    got = [(row["rule"], re.sub(r"^'(?=[=+\-@'\t\r])", "", row["document"]), int(row["line"]), row["fingerprint"])
           for row in rows]
    expect(got == [(rule, shown(path), line, mark) for rule, path, line, mark in findings], "csv: findings")
    for row in rows:
        expect(not any(cell[:1] in "=+-@\t\r" and cell for cell in row.values()), f"csv: a formula in {row}")


def markdown(text, findings, result):
    text = text.decode("utf-8")
    counts = [int(n) for n in re.findall(r"^## (?:Critical|Major|Minor|Info) \((\d+)\)$", text, re.M)]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.split("\n") if re.match(r"\| (?!document \|)", line)]
    expect(sum(counts) == len(findings) == len(rows), f"markdown: {counts}, {len(rows)} rows")
    expect(all(len(row) == 6 for row in rows), "markdown: a cell broke its row")
    expect("<script" not in text and "<img" not in text and "](y)" not in text.replace("\\](y)", ""),
           "markdown: markup of a document works")
    order = ["info", "minor", "major", "critical"]
    severities = sorted((f["severity"] for f in result["findings"]), key=order.index, reverse=True)
    rules = sorted(f["rule"] for f in result["findings"])
    expect(sorted(row[5].strip().replace("\\", "") for row in rows) == rules, "markdown: rules")
    expect(len(severities) == len(rows), "markdown: severities")


def lines_are_those_of_text(options, folder, run):
    """A finding below a heading stands at or after the line on which `lacuna text` shows it."""
    texts, checked = {}, 0
    for result in run["results"]:
        place = result["locations"][0]
        path = urllib.parse.unquote(place["physicalLocation"]["artifactLocation"]["uri"], errors="surrogateescape")
        logical = place.get("logicalLocations")
        if not logical or not path.endswith((".md", ".docx")) or path.startswith("ind"):
            continue
        if path not in texts:
            texts[path] = harness.run([options.lacuna, "text", folder / path]).out.decode("utf-8").split("\n")
        line, heading = place["physicalLocation"]["region"]["startLine"], logical[0]["fullyQualifiedName"]
        expect(1 <= line <= len(texts[path]), f"{path}: line {line}")
        last = heading.split(" > ")[-1]
        above = " ".join(" ".join(texts[path][:line]).split())
        expect(" ".join(last.split()) in above, f"{path}: {last!r} is not at or above line {line}")
        checked += 1
    expect(checked > 20, f"only {checked} lines compared")


def main():
    options = harness.arguments(__doc__)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "in"
        folder.mkdir()
        fill(folder)
        reports = {name: check(options, folder, *INPUTS, "--format", name) for name in FORMATS}
        several = [argument for name in FORMATS for argument in ("--output", f"{name}=../{name}.out")]
        check(options, folder, *INPUTS, *several, "-j", "3")
        for name in FORMATS:
            expect((Path(work) / f"{name}.out").read_bytes() == reports[name], f"{name}: the same with -j 3, as a file")
        named = sorted(entry.name for entry in folder.iterdir())
        check(options, folder, *several, "--", *named)
        first = {name: (Path(work) / f"{name}.out").read_bytes() for name in FORMATS}
        check(options, folder, *several, "-j", "4", "--", *reversed(named), locale="C")
        for name in FORMATS:
            same = (Path(work) / f"{name}.out").read_bytes() == first[name]
            expect(same, f"{name}: the same with -j 4, in another order, in another locale")
        result = json.loads(reports["json"])
        submissions = {one["path"] for one in result["submissions"]}
        findings = [(f["rule"], file_of(f, submissions), f["anchors"][0]["text_line"] or 1, f["fingerprint"])
                    for f in result["findings"]]
        expect(len(findings) > 100 and result["counts"]["unread"] == 1, "the test has something to compare")
        run = sarif(reports["sarif"], findings)
        junit(reports["junit"], findings, result)
        github(reports["github"], findings, result)
        gitlab(reports["gitlab"], findings, result)
        table(reports["csv"], findings)
        markdown(reports["markdown"], findings, result)
        lines_are_those_of_text(options, folder, run)
    print(f"{len(findings)} findings in {len(FORMATS)} formats, {len(WRONG)} wrong")
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
