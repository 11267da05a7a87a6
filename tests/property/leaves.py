#!/usr/bin/env python3
"""What the documents of a submission hold is judged, whatever carries them.

The sample IND, and an NDA with a nonclinical overview made here: a section that is taken out of one
document gives exactly one finding, at that leaf; folder, zip file and number of threads give the same;
superseded and unreferenced files are not read; a damaged one is named and the rest is judged; a
section that refers to another document of the submission is answered by that one.
"""
import hashlib
import importlib.util
import json
import os
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

SAMPLES = HERE.parent.parent / "samples"
SAMPLE = SAMPLES / "ind900204"
AS_OF = ["--as-of", "2026-03-03"]
TRIAL = ("0001/m5/53-clin-stud-rep/535-rep-effic-safety-stud/diabetic-kidney-disease/5351-stud-rep-contr/"
         "hvt-204-201/")
BROCHURE = "0001/m1/us/investigators-brochure.docx"
OVERVIEW = "0001/m2/24-nonclin-over/nonclinical-overview.pdf"
SECTIONS = [
    ("2.4.1", "Overview of the Nonclinical Testing Strategy",
     "The nonclinical programme was designed for chronic oral use, and the pivotal studies were done\n"
     "in compliance with GLP. The choice of species rests on metabolism."),
    ("2.4.2", "Pharmacology", "The mechanism of action is inhibition of the enzyme, with an affinity of 4 nM.\n"
     "Safety pharmacology showed no effect on vital functions."),
    ("2.4.3", "Pharmacokinetics", "Absorption in rats and dogs was rapid. Excretion was mainly in faeces, and\n"
     "metabolism is like that in humans."),
    ("2.4.4", "Toxicology", "The NOAEL in the repeat-dose study of 26 weeks was 30 mg/kg, and the target organ\n"
     "was the kidney. Genotoxicity tests were negative."),
    ("2.4.5", "Integrated Overview and Conclusions", "The data support the proposed clinical dose with an\n"
     "exposure margin of twelve."),
    ("2.4.6", "List of Literature References", "1. Hansen A, Berg K, et al. J Ren Med. 2019;4:11-18."),
]
WRONG = []


def module(name):
    spec = importlib.util.spec_from_file_location(name, SAMPLES / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


sys.dont_write_bytecode = True
MAKER, DOCUMENTS = module("generate_ectd"), module("generate")


def same(what, ours, expected):
    if ours != expected:
        WRONG.append(f"{what}: {ours!r}, expected {expected!r}")


def reseal(files):
    """Checksums and backbones agree with the files again."""
    for number in sorted({name.split("/")[0] for name in files}):
        for backbone, base in ((f"{number}/m1/us/us-regional.xml", f"{number}/m1/us"),
                               (f"{number}/index.xml", number)):
            text = files[backbone].decode("utf-8")
            for piece in text.split("<leaf ")[1:]:
                href = piece.partition('xlink:href="')[2].partition('"')[0]
                old = piece.partition('checksum="')[2].partition('"')[0]
                if href and f"{base}/{href}" in files:
                    new = hashlib.md5(files[f"{base}/{href}"]).hexdigest()
                    fixed = piece.replace(f'checksum="{old}"', f'checksum="{new}"', 1)
                    text = text.replace(piece, fixed)
            files[backbone] = text.encode("utf-8")
        files[f"{number}/index-md5.txt"] = hashlib.md5(files[f"{number}/index.xml"]).hexdigest().encode()
    return files


def write(files, folder):
    for name, data in files.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def run(lacuna, folder, *arguments):
    """Paths in a result are those that were given, so it runs inside the folder."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        return harness.run([lacuna, "check", *arguments])
    finally:
        os.chdir(before)


def check(lacuna, folder, path, *arguments, code=None):
    done = run(lacuna, folder, path, "--format", "json", *AS_OF, *arguments)
    if done.crashed or done.code not in ((0, 1) if code is None else (code,)):
        sys.exit(f"{path} {arguments}: exit {done.code}: {done.err.decode(errors='replace')[-2000:]}")
    return json.loads(done.out)


def checked(lacuna, files, *arguments, code=None):
    with tempfile.TemporaryDirectory() as folder:
        write(files, Path(folder) / "app")
        return check(lacuna, folder, "app", *arguments, code=code)


def gaps(result):
    return {(f["rule"], f["anchors"][0]["leaf"]["id"]) for f in result["findings"]
            if f["status"] in ("missing", "partial", "contradicts")}


def brochure(without=None):
    text = (SAMPLES / "source/investigators-brochure.txt").read_text(encoding="utf-8")
    if without:
        start = text.index(without)
        text = text[:start] + text[text.index("\n#", start) + 1:]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "brochure.txt"
        source.write_text(text, encoding="utf-8")
        return DOCUMENTS.document_bytes(source)


def seeded(lacuna, files):
    same("the brochure is the sample's", brochure() == files[BROCHURE], True)
    only = ["--checklist", "investigators_brochure"]
    before = gaps(checked(lacuna, files, *only))
    same("gaps of the brochure alone", {leaf for _, leaf in before}, {"ib0001"})
    changed = reseal({**files, BROCHURE: brochure("## Toxicology")})
    after = gaps(checked(lacuna, changed, *only))
    same("section taken out of a leaf", sorted(after - before), [("ib.r3.a.3.5.c", "ib0001")])
    same("nothing else changed", before - after, set())


def document(name, old, new):
    text = (SAMPLES / f"source/{name}.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.txt"
        start = text.index(old[0])
        source.write_text(text[:start] + new + text[text.index(old[1], start):], encoding="utf-8")
        return DOCUMENTS.document_bytes(source)


def overdose(lacuna, files, *arguments, code=None):
    """The item of the protocol, whether it is a finding, and the text of the brochure."""
    result = checked(lacuna, reseal(files), *arguments, code=code)
    leaf = [d for d in result["documents"] if d["path"].endswith("/protocol.docx")][0]
    item = [r for r in leaf["results"] if r["item"] == "m11.6.5"][0]
    found = [f for f in result["findings"] if f["rule"] == "m11.6.5"]
    return item, found


def references(lacuna, files):
    """A section that sends the reader to the brochure is answered by the brochure that is filed."""
    protocol = document("protocol", ("An overdose is any intake", "\n## Preparation, Storage"),
                        "Overdose is described in the Investigator's Brochure.\n")
    def says(text):
        return document("investigators-brochure", ("An overdose is treated", "Suspected adverse"), text)

    partly = "An overdose is any intake of more than 4 tablets. "
    states = says(partly + "There is no known antidote for an overdose, and treatment is supportive.\n")
    base = {**files, TRIAL + "protocol.docx": protocol}

    item, found = overdose(lacuna, {**base, BROCHURE: states})
    same("answered by reference", (item["status"], item["reason"], found), ("met", "met/by-reference", []))
    followed = item["followed"]
    same("the document followed to", followed["leaf"]["id"], "ib0001")
    with tempfile.TemporaryDirectory() as folder:
        write({"ib.docx": states}, folder)
        text = harness.run([lacuna, "text", str(Path(folder) / "ib.docx")]).out
    same("quotes are verbatim", [e["quote"].encode() for e in followed["evidence"]],
         [text[e["start"]:e["end"]] for e in followed["evidence"]])
    same("something is quoted", bool(followed["evidence"]), True)

    item, found = overdose(lacuna, {**base, BROCHURE: says("Nothing else is known.\n")})
    same("not where it was referred to", (item["status"], item["reason"], len(found)),
         ("missing", "missing/not-where-referred", 1))
    item, found = overdose(lacuna, {**base, BROCHURE: says(partly)})
    same("a part is there", (item["status"], item["reason"], len(found)), ("partial", "partial/by-reference", 1))
    item, found = overdose(lacuna, {**base, BROCHURE: states[:200]}, code=3)
    same("a brochure that cannot be read", (item["status"], item["reason"], found),
         ("not-evaluated", "not-evaluated/refers-elsewhere", []))
    item, found = overdose(lacuna, {**base, BROCHURE: states}, "--sequence", "0001")
    same("in one sequence", item["reason"], "met/by-reference")


def overview(kind, without=()):
    lines = ["Nonclinical Overview", ""]
    for number, title, text in SECTIONS:
        if number not in without:
            lines += [f"## {number} {title}" if kind == "md" else f"{number} {title}", "", text, ""]
    text = "\n".join(lines)
    return MAKER.pdf(text) if kind == "pdf" else text.encode("ascii")


def application(files, kind, without=()):
    """The sample as an NDA, with an overview that was made here."""
    made = dict(files)
    made.pop(OVERVIEW)
    for number in ("0001", "0002", "0003"):
        name = f"{number}/m1/us/us-regional.xml"
        made[name] = made[name].replace(b"fdaat4", b"fdaat1")
    path = OVERVIEW[:-3] + kind
    made["0001/index.xml"] = made["0001/index.xml"].replace(OVERVIEW[5:].encode(), path[5:].encode())
    made[path] = overview(kind, without)
    return reseal(made)


def statuses(result):
    application_, = result["submissions"]
    return {r["item"]: (r["status"], r["reason"]) for r in application_["results"]
            if r["item"].startswith("ctd.2.4.")}


def sections(lacuna, files, pdftotext):
    only = ["--checklist", "ctd_m2s_m4"]
    kinds = ["md", "txt"] + (["pdf"] if pdftotext else [])
    for kind in kinds:
        whole = checked(lacuna, application(files, kind), *only)
        same(f"{kind}: every section is there", {s for s, _ in statuses(whole).values()}, {"met"})
        anchors = [e["anchor"] for r in whole["submissions"][0]["results"] for e in r["evidence"]
                   if r["item"].startswith("ctd.2.4.")]
        same(f"{kind}: evidence names the file", {a["part"] == a["leaf"]["file"] for a in anchors},
             {True})
        lacking = checked(lacuna, application(files, kind, without=("2.4.4",)), *only)
        same(f"{kind}: one is not", sorted(gaps(lacking) - gaps(whole)), [("ctd.2.4.4", "nonclin0001")])
        finding, = [f for f in lacking["findings"] if f["rule"] == "ctd.2.4.4"]
        leaf = finding["anchors"][0]["leaf"]
        same(f"{kind}: where", (leaf["sequence"], leaf["heading"], leaf["heading_path"][-1]),
             ("0001", "2.4", "2.4 Nonclinical overview"))
        same(f"{kind}: file", leaf["file"].startswith(OVERVIEW[:-3]), True)


def without_reader(lacuna, files):
    made = application(files, "pdf")
    result = checked(lacuna, made, "--checklist", "ctd_m2s_m4", "--pdftotext", "none")
    same("no reader", set(statuses(result).values()), {("not-evaluated", "not-evaluated/pdf")})
    count = result["counts"]["documents-not-evaluated"]
    same("no reader: counted", count > 0, True)
    with tempfile.TemporaryDirectory() as folder:
        write(made, folder)
        done = harness.run([lacuna, "check", folder, "--pdftotext", "none", "--checklist",
                            "ctd_m2s_m4"])
        first = done.out.decode().splitlines()[0]
        same("no reader: first line", f"; {count} PDFs not evaluated" in first, True)


def carriers(lacuna, files):
    with tempfile.TemporaryDirectory() as folder:
        write(files, Path(folder) / "app")
        archive = Path(folder) / "app.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in files.items():
                packed.writestr(name, data)
        one = check(lacuna, folder, "app", "-j1")
        same("threads", check(lacuna, folder, "app", "-j4") == one, True)
        for jobs in ("-j1", "-j4"):
            zipped = json.dumps(check(lacuna, folder, "app.zip", jobs))
            like = json.loads(zipped.replace('"app.zip', '"app'))
            for result in (one, like):
                for finding in result["findings"]:
                    finding.pop("fingerprint", None)
            same(f"zip {jobs}", like == one, True)
        same("nothing unpacked", sorted(p.name for p in Path(folder).iterdir()), ["app", "app.zip"])


def what_is_read(lacuna, files):
    plain = checked(lacuna, files)
    read = {d["path"] for d in plain["documents"]}
    same("superseded files are not read", [p for p in read if "0001/" in p and (
        "specification" in p or "general-investigational" in p)], [])
    same("data and backbones are not read", [p for p in read if p.endswith(".xml")], [])
    more = dict(files)
    more["0001/m1/us/unreferenced.docx"] = b"no document"
    same("unreferenced files are not read", {d["path"] for d in checked(lacuna, more)["documents"]}, read)
    twice = dict(files)
    leaf = next(p for p in twice["0001/index.xml"].decode().split("\n") if 'ID="csr0001"' in p)
    other = leaf.replace('"csr0001"', '"csr0001b"')
    twice["0001/index.xml"] = twice["0001/index.xml"].replace(leaf.encode(), f"{leaf}\n{other}".encode())
    result = checked(lacuna, reseal(twice))
    document, = [d for d in result["documents"] if "study-report-body" in d["path"]]
    same("two placements, read once", [p["id"] for p in document["leaves"]], ["csr0001", "csr0001b"])
    one = checked(lacuna, files, "--sequence", "0002")
    same("one sequence", {d["sequence"] for d in one["documents"]} <= {"0002"}, True)


def damaged(lacuna, files):
    cut = reseal({**files, BROCHURE: files[BROCHURE][:4000]})
    result = checked(lacuna, cut, code=3)
    document, = [d for d in result["documents"] if d["path"].endswith("brochure.docx")]
    same("damaged", (result["verdict"], document["error"] is not None, document["leaf"],
                     document["results"]), ("incomplete", True, "ib0001", []))
    others = [d for d in result["documents"] if d["path"].endswith("protocol.docx")]
    same("the others are judged", len(others[0]["results"]) > 100, True)
    same("named", result["counts"]["unread"], 1)
    with tempfile.TemporaryDirectory() as folder:
        write(cut, folder)
        done = harness.run([lacuna, "check", folder])
        told = done.out.decode()
        same("told", BROCHURE in told and "leaf ib0001" in told, True)
    rich = dict(files)
    rich[BROCHURE] = b"{\\rtf1\\ansi Investigator's Brochure}"
    result = checked(lacuna, reseal(rich))
    document, = [d for d in result["documents"] if d["path"].endswith("brochure.docx")]
    same("no reader for the kind", (document["error"], document["not_evaluated"]),
         (None, "not-evaluated/no-reader"))


def main():
    options = harness.arguments(__doc__)
    lacuna = str(Path(options.lacuna).resolve())
    files = MAKER.all_files()
    doctor = harness.run([lacuna, "doctor"])
    pdftotext = b"pdftotext" in doctor.out and Path("/usr/bin/pdftotext").exists()
    for test in (seeded, references, without_reader, carriers, what_is_read, damaged):
        test(lacuna, files)
    sections(lacuna, files, pdftotext)
    print(f"{len(WRONG)} differences" + ("" if pdftotext else "; PDF skipped, no pdftotext"))
    for line in WRONG:
        print(f"FAILED {line}")
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
