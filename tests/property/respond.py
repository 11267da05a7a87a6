#!/usr/bin/env python3
"""The sample response package: complete as it is, and not once an answer is deleted, a question edited or
swapped, a number altered, a commitment dropped, a date passed. Every word of a first draft comes from the
letter or a source; the same call gives the same bytes; nobody's work is overwritten.
"""
import csv
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
LETTER, REQUEST = "samples/letters/clinical-hold.txt", "samples/letters/information-request.eml"
SOURCES = ["-s", "samples/ind900204", "-s", "samples/response/protocol-amendment-3.md"]
TEMPLATES = ["--template", "samples/response/response-template.docx",
             "--cover-template", "samples/response/cover-template.docx"]
DAY = "2026-03-02"
FILES = ["commitments.csv", "cover-letter.docx", "manifest.json", "plan.json", "response.docx", "response.md",
         "tracker.csv", "tracker.xlsx"]
complaints = []


def expect(condition, what):
    if not condition:
        complaints.append(what)


class Package:
    def __init__(self, lacuna, folder):
        self.lacuna, self.folder = lacuna, Path(folder)

    def run(self, *arguments):
        return subprocess.run([self.lacuna, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True,
                              timeout=300, check=False)

    def respond(self, out, *arguments, letter=LETTER, day=DAY):
        return self.run("respond", letter, *SOURCES, "--as-of", day, "-o", self.folder / out, *arguments)

    def complete(self, out):
        return self.respond(out, "--use-plan", "samples/response/plan.json", *TEMPLATES)

    def check(self, out, *arguments, day=DAY):
        done = self.run("check", self.folder / out, "--as-of", day, "--format", "json", *arguments)
        return done.returncode, json.loads(done.stdout) if done.stdout else {}

    def changed(self, name, change):
        """A copy of the complete package with one thing altered."""
        out = self.folder / name
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(self.folder / "good", out)
        change(out)
        return self.check(name)


def rules(result):
    return {finding["rule"] for finding in result.get("findings", [])}


def edit_word(path, edit):
    with zipfile.ZipFile(path) as archive:
        parts = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts:
            if entry.filename == "word/document.xml":
                changed = edit(data.decode("utf-8"))
                assert changed != data.decode("utf-8"), "the test alters nothing"
                data = changed.encode("utf-8")
            archive.writestr(entry, data)


def word(edit, name="response.docx"):
    return lambda out: edit_word(out / name, edit)


def swap(old, new, count=1):
    return lambda text: text.replace(old, new, count)


def without_answer(text):
    begin = max(text.rfind("<w:p>", 0, text.index(">CLINICAL 2<")), text.rfind("<w:p ", 0, text.index(">CLINICAL 2<")))
    after = text.index(">ADDITIONAL COMMENTS 1<")
    return text[:begin] + text[max(text.rfind("<w:p>", 0, after), text.rfind("<w:p ", 0, after)):]


def swapped_questions(text):
    a = re.search(r">(1\. The report HVT-204-TOX-02[^<]*)<", text)[1]
    b = re.search(r">(1\. We recommend that[^<]*)<", text)[1]
    return text.replace(a, "\0").replace(b, a).replace("\0", b)


def edit_list(change):
    def apply(out):
        path = out / "commitments.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        change(rows)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
    return apply


def set_cell(row, column, text):
    return lambda rows: rows[row].__setitem__(column, text)


def is_complete(p):
    done = p.complete("good")
    expect(done.returncode == 0, f"the sample: exit {done.returncode} {done.stderr}")
    expect(sorted(f.name for f in (p.folder / "good").iterdir()) == FILES, "the files of a package")
    code, result = p.check("good")
    expect(code == 0 and result["verdict"] == "ready", f"the sample: exit {code} {rules(result)}")
    expect(result["documents"][0]["path"].endswith("good/response.docx"), "what is reported")


def every_fault_is_found(p):
    """name, change, rule or item that has to be among the findings"""
    faults = [
        ("answer deleted", word(without_answer), "CLINICAL 2"),
        ("question edited", word(swap("24 weeks of dosing. Provide", "26 weeks of dosing. Provide")), "NONCLINICAL 1"),
        ("one comma of a question", word(swap("second species, or justify", "second species or justify")),
         "NONCLINICAL 1"),
        ("questions swapped", word(swapped_questions), "NONCLINICAL 1"),
        ("short answer emptied", word(swap("Rats and dogs received repeat doses for 26 weeks. That covers a second "
                                           "species. No further study is needed for 24 weeks of dosing.", "")),
         "NONCLINICAL 1"),
        ("number altered", word(swap("increased at 45 mg/kg, and 15", "increased at 40 mg/kg, and 15")),
         "response/claim-unsupported"),
        ("direction altered", word(swap("In dogs, serum potassium increased", "In dogs, serum potassium decreased")),
         "response/claim-contradicted"),
        ("unit altered", word(swap("within 14 days confirms it. The principal investigator of the site decides. Em",
                                   "within 14 hours confirms it. The principal investigator of the site decides. Em")),
         "response/claim-unsupported"),
        ("citation altered", word(swap("[investigators-brochure.docx §4.3]", "[investigators-brochure.docx §9.9]")),
         "response/dead-citation"),
        ("promise added", word(swap("That covers a second species.",
                                    "That covers a second species. We will submit the reports in June.")),
         "response/promise-not-listed"),
        ("promise of others", word(swap("That covers a second species.",
                                        "That covers a second species. Halvorsen commits to a further study.")),
         "response/promise-not-listed"),
        ("changes emptied", word(swap("No change: the studies are summarised in the Investigator's Brochure that is "
                                      "filed.", "")), "response/no-changes"),
        ("place without operation", word(swap(">append<", "><")), "response/no-place"),
        ("something left", word(swap("That covers a second species.", "[DATA NEEDED: the species]")),
         "response/data-needed"),
        ("something left in the cover letter", word(swap("Ingrid Berg", "[DATA NEEDED: name]"), "cover-letter.docx"),
         "response/data-needed"),
        ("required words gone", word(swap("CLINICAL HOLD COMPLETE RESPONSE", "RESPONSE"), "cover-letter.docx"),
         "hold-header-1"),
        ("commitment dropped", edit_list(lambda rows: rows.pop(1)), "response/promise-not-listed"),
        ("commitment without owner", edit_list(set_cell(1, 2, "")), "response/commitment-open"),
        ("commitment without date", edit_list(set_cell(2, 3, "")), "response/commitment-open"),
        ("commitment with half a date", edit_list(set_cell(2, 3, "2026-13-01")), "response/commitment-open"),
        ("commitment nobody makes", edit_list(lambda rows: rows.append(
            ["NONCLINICAL 1", "We will repeat the study.", "Head of Toxicology", "2026-09-30"])),
         "response/commitment-unsaid"),
    ]
    for name, change, rule in faults:
        code, result = p.changed("fault", change)
        expect(code == 1 and rule in rules(result), f"{name}: exit {code}, {sorted(rules(result))}")
    code, result = p.changed("fault", edit_list(set_cell(2, 3, "2026-03-01")))
    expect(code == 0 and "response/commitment-overdue" in rules(result), f"a commitment that is late: {rules(result)}")


def what_is_missing_is_incomplete(p):
    for name in ("response.docx", "cover-letter.docx", "commitments.csv", "plan.json"):
        code, _ = p.changed("fault", lambda out, name=name: (out / name).unlink())
        expect(code == 3, f"without {name}: exit {code}")
    code, _ = p.check("good", "--submission", "no-such-folder")
    expect(code == 3, f"without its sources: exit {code}")
    code, _ = p.check("good", "--letter", "no-such-letter.txt")
    expect(code == 3, f"without its letter: exit {code}")
    code, result = p.check("good", "--letter", REQUEST)
    expect(code == 1 and "response/other-letter" in rules(result), f"another letter: exit {code}")


def innocent_changes_are_no_faults(p):
    for name, change in [
        ("a sentence without a claim", word(swap("That covers a second species.", "That covers a second species. We "
                                                 "believe that this settles the question."))),
        ("a blank behind a question", word(swap("is sufficient under ICH M3.", "is sufficient under ICH M3. "))),
        ("a number of the question", word(swap("That covers a second species.", "The 13-week study in rats was "
                                               "named by the Agency."))),
    ]:
        code, result = p.changed("innocent", change)
        expect(code == 0, f"{name}: exit {code} {sorted(rules(result))} "
                          f"{[f['message'] for f in result.get('findings', [])]}")


def due_dates_pass(p):
    done = p.respond("request", letter=REQUEST, day="2026-04-10")
    expect(done.returncode == 1 and "facts are still needed" in done.stdout, done.stderr)
    for day, status in (("2026-05-31", "met"), ("2026-06-01", "contradicts")):
        _, result = p.check("request", day=day)
        found = [row["status"] for row in result["documents"][0]["results"] if row["item"] == "due-date-1"]
        expect(found == [status], f"due on 2026-05-31, as of {day}: {found}")


def every_word_has_a_source(p):
    p.respond("draft")
    code, result = p.check("draft")
    expect(code == 1, f"a first draft: exit {code}")
    found = rules(result)
    expect("response/data-needed" in found, "a first draft lacks nothing?")
    expect(not found & {"response/claim-unsupported", "response/claim-contradicted", "response/dead-citation",
                        "response/promise-not-listed"}, f"a first draft says what nobody said: {found}")
    for name, draft in (("draft", True), ("good", False)):
        for document in ("response.docx", "cover-letter.docx"):
            text = p.run("text", p.folder / name / document).stdout
            expect(("DRAFT, assembled" in text) == draft, f"{name}/{document}: DRAFT")
    letter = json.loads(p.run("letter", LETTER, "--format", "json").stdout)
    text = p.run("text", p.folder / "draft/response.docx").stdout
    for query in letter["queries"]:
        expect(query["text"] in text, f"{query['id']} is not there character by character")


def symbols_stay_what_they_are(p):
    """A bullet of a symbol font is a private-use character in the text of a PDF, and a bullet in Word."""
    letter = p.folder / "symbols.txt"
    text = (ROOT / LETTER).read_text()
    letter.write_text(text.replace("a. name the person", "\uf0b7 name the person"))
    p.respond("symbols", letter=letter)
    _, result = p.check("symbols")
    rows = {row["item"]: row["status"] for row in result["documents"][0]["results"]}
    expect(rows["CLINICAL 2"] == "partial", f"a bullet of a symbol font: {rows['CLINICAL 2']}")


def same_bytes_again(p):
    p.complete("again")
    for name in FILES:
        a, b = (hashlib.sha256((p.folder / out / name).read_bytes()).digest() for out in ("good", "again"))
        expect(a == b, f"{name} differs")


def nothing_is_overwritten(p):
    p.complete("mine")
    report = p.folder / "mine/response.md"
    report.write_text(report.read_text() + "My note.\n")
    done = p.complete("mine")
    expect(done.returncode == 2 and "response.md" in done.stderr and "My note." in report.read_text(),
           f"somebody's work: exit {done.returncode} {done.stderr}")
    done = p.respond("mine", "--use-plan", "samples/response/plan.json", *TEMPLATES, "--force")
    expect(done.returncode == 0 and "My note." not in report.read_text(), "--force")
    plan = p.folder / "mine/plan.json"
    plan.write_text(plan.read_text().replace("Head of Toxicology", "Somebody else"))
    expect(p.respond("mine").returncode == 2, "an edited plan would be overwritten")
    done = p.respond("mine", "--use-plan", plan, *TEMPLATES)
    expect(done.returncode == 0 and "Somebody else" in plan.read_text(), f"its own plan: {done.stderr}")


def plans_have_to_fit(p):
    plan = json.loads((ROOT / "samples/response/plan.json").read_text())
    faults = {"a query left out": lambda x: x["steps"].pop(),
              "a question edited": lambda x: x["steps"][0].update(question="1. Provide a study."),
              "a source that changed": lambda x: x["steps"][0]["sources"][0].update(sha256="0" * 64),
              "lines that are not there": lambda x: x["steps"][0]["sources"][0].update(line=99999, to_line=99999),
              "a document that is not there": lambda x: x["steps"][0]["sources"][0].update(document="no.docx"),
              "another letter": lambda x: x["letter"].update(sha256="0" * 64),
              "no plan": lambda x: x.update(schema="lacuna.plan/1"),
              "a number for a text": lambda x: x["steps"][0].update(short_answer=5)}
    for name, fault in faults.items():
        wrong = json.loads(json.dumps(plan))
        fault(wrong)
        (p.folder / "wrong.json").write_text(json.dumps(wrong))
        done = p.respond("wrong", "--use-plan", p.folder / "wrong.json")
        expect(done.returncode == 2 and not (p.folder / "wrong").exists(), f"{name}: exit {done.returncode} {done.stderr}")


def incomplete_letters_are_refused_or_marked(p):
    pages = (ROOT / LETTER).read_text().split("\f")
    letter = p.folder / "cut.txt"
    letter.write_text("\f".join([pages[0], "\n\n", pages[1].replace("Page 2", "Page 3")]))
    done = p.respond("cut", letter=letter)
    expect(done.returncode == 3 and not (p.folder / "cut").exists(), f"a page is missing: exit {done.returncode}")
    done = p.respond("cut", "--allow-incomplete", letter=letter)
    expect(done.returncode == 3, f"--allow-incomplete: exit {done.returncode} {done.stderr}")
    for name in ("response.docx", "cover-letter.docx"):
        expect("INCOMPLETE LETTER" in p.run("text", p.folder / "cut" / name).stdout, f"{name} does not say so")
    expect("Letter incomplete" in (p.folder / "cut/tracker.csv").read_text(), "the tracker does not say so")
    expect("INCOMPLETE LETTER" in (p.folder / "cut/response.md").read_text(), "response.md does not say so")
    for name in ("manifest.json", "plan.json"):
        expect(json.loads((p.folder / "cut" / name).read_text())["incomplete"] is True, f"{name} does not say so")
    code, result = p.check("cut")
    expect(code == 3 and "response/letter-incomplete" in rules(result), f"checked: exit {code}")


def wrong_use(p):
    for arguments, code in ((["respond", LETTER, "-o", p.folder / "x"], 2),
                            (["respond", LETTER, "-s", "samples/ind900204"], 2),
                            (["respond", "none.txt", "-s", "samples/ind900204", "-o", p.folder / "x"], 3),
                            (["respond", LETTER, *SOURCES, "-o", p.folder / "x", "--template", "none.docx"], 3)):
        done = p.run(*arguments)
        expect(done.returncode == code and done.stderr, f"{arguments[1:4]}: exit {done.returncode}")


def office_opens_it(p):
    office = shutil.which("soffice")
    if office is None:
        print("soffice is not installed: not tried")
        return
    for name, words in (("response.docx", "Rats and dogs received"), ("cover-letter.docx", "COMPLETE RESPONSE")):
        subprocess.run([office, "--headless", f"-env:UserInstallation=file://{p.folder}/office", "--convert-to", "txt:Text",
                        "--outdir", p.folder / "office", p.folder / "good" / name], capture_output=True, timeout=300,
                       check=False)
        made = p.folder / "office" / name.replace(".docx", ".txt")
        expect(made.is_file() and words in made.read_text(encoding="utf-8-sig"), f"LibreOffice does not read {name}")


def main():
    if shutil.which("pdftotext") is None:
        print("skipped: pdftotext is not installed, and the sample submission has PDF files")
        return 77
    with tempfile.TemporaryDirectory() as path:
        package = Package(str(Path(sys.argv[1]).resolve()), path)
        for test in (is_complete, every_fault_is_found, what_is_missing_is_incomplete,
                     innocent_changes_are_no_faults, due_dates_pass, every_word_has_a_source, symbols_stay_what_they_are, same_bytes_again,
                     nothing_is_overwritten, plans_have_to_fit, incomplete_letters_are_refused_or_marked, wrong_use,
                     office_opens_it):
            test(package)
    print(*complaints, sep="\n")
    print(f"{len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
