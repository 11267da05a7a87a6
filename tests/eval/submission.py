#!/usr/bin/env python3
"""The sample submission through `lacuna inventory`, `lacuna outline` and `lacuna check`, sound and damaged.

Needs no corpus. Every damage is done to a copy: what was not read is exit 3 with a message that names
the file, and everything else is still told.
"""
import csv
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SAMPLE = Path(__file__).resolve().parent.parent.parent / "samples/ind900204"
WRONG = []


def same(what, ours, expected):
    if ours != expected:
        WRONG.append(f"{what}: {ours!r}, expected {expected!r}")


def inventory(lacuna, path, code=0):
    done = harness.run([lacuna, "inventory", path, "--format", "json"])
    same(f"{path} exit", done.code, code)
    return harness.load(done.out, str(path)), done.err.decode(errors="replace")


def sound(lacuna):
    found, told = inventory(lacuna, SAMPLE)
    same("quiet", told, "")
    application, = found["applications"]
    same("application", (application["id"], application["type"]), ("900204", "fdaat4"))
    same("activities", application["activities"],
         [{"id": "0001", "sequences": ["0001", "0002", "0003"], "type": "fdast1"}])
    rows = application["sequences"]
    same("leaves", [s["leaves"] for s in rows], [{"index": 14, "regional": 4},
                                                 {"index": 6, "regional": 3},
                                                 {"index": 4, "regional": 4}])
    same("operations", rows[2]["operations"], {"append": 1, "delete": 1, "new": 5, "replace": 1})
    same("checksums", [s["checksums"]["ok"] for s in rows], [18, 9, 7])
    same("index-md5.txt", {s["index_checksum"] for s in rows}, {"ok"})
    same("states", [s["states"]["superseded"] for s in rows], [2, 0, 0])
    same("deleted", [s["states"]["deleted"] for s in rows], [0, 1, 0])
    same("studies", [(s["id"], len(s["documents"])) for s in found["studies"]],
         [("HVT-204-TOX-02", 1), ("HVT-204-102", 2), ("HVT-204-201", 3)])
    lines = harness.run([lacuna, "inventory", SAMPLE, "-f", "csv"]).out.decode().splitlines()
    same("csv", [len(lines), {line.count(",") for line in lines}], [4, {34}])


def outline(lacuna):
    done = harness.run([lacuna, "outline", SAMPLE, "--format", "json"])
    application, = harness.load(done.out, "outline")["applications"]
    numbers = [h["number"] for h in application["headings"] if h["element"] != "form"]
    same("each heading once", len(numbers), len(set(numbers)))
    same("order", [n for n in numbers if n.count(".") < 1], ["1", "2", "3", "4", "5"])
    leaves = {leaf["id"]: leaf for h in application["headings"] for leaf in h["leaves"]}
    same("replaced", (leaves["spec0001"]["state"], leaves["spec0001"]["ended_by"]),
         ("superseded", "spec0002"))
    same("in module 1", leaves["plan0001"]["ended_by"], "plan0003")
    same("deleted", leaves["raw0002"]["state"], "deleted")
    same("appended to", leaves["stab0001"]["state"], "current")


LEAVES = {"protocol.docx": "prot0001", "consent-form.docx": "icf0001", "study-report.docx": "csr0001",
          "investigators-brochure.docx": "ib0001"}


# What only the submission knows: what is filed under a tag of its own, and what kind of application
# it is, on which conditions and what is derived from them depend.
TOLD_BY_THE_SUBMISSION = ("met/filed-apart", "not-applicable/condition-false", "not-applicable/derived")


def content(lacuna):
    """The gaps planted in the documents are found at their leaves, as in the files by themselves."""
    done = harness.run([lacuna, "check", SAMPLE, "--format", "json"])
    same("check exit", done.code, 1)
    result = harness.load(done.out, "check")
    documents = {d["leaf"]: d for d in result["documents"]}
    found = {(f["anchors"][0]["leaf"]["id"], f["rule"]) for f in result["findings"]}
    with open(SAMPLE.parent / "gaps.tsv", encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader((r for r in table if not r.startswith("#")), delimiter="\t"))
    for row in rows:
        leaf = LEAVES[row["document"]]
        if row["status"] == "elsewhere":
            continue
        same(f"{row['document']} {row['item']} found", (leaf, row["item"]) in found, True)
        ours = {r["item"]: r["status"] for r in documents[leaf]["results"]}
        if row["checklist"] != "finding":
            same(f"{row['document']} {row['item']}", ours[row["item"]] in row["status"].split(","), True)
    for name, leaf in LEAVES.items():
        ids = [c["id"] for c in documents[leaf]["checklists"]]
        chosen = [word for checklist in ids for word in ("--checklist", checklist)]
        alone = harness.run([lacuna, "check", SAMPLE.parent / name, "--format", "json", *chosen])
        file, = harness.load(alone.out, name)["documents"]
        told = {r["item"] for r in documents[leaf]["results"] if r["reason"] in TOLD_BY_THE_SUBMISSION}
        same(f"{name} as by itself", [(r["item"], r["status"]) for r in documents[leaf]["results"]
                                      if r["item"] not in told],
             [(r["item"], r["status"]) for r in file["results"] if r["item"] not in told])


def damage(lacuna, name, change, code, check):
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "ind"
        shutil.copytree(SAMPLE, copy)
        change(copy)
        found, told = inventory(lacuna, copy, code)
        if found is not None:
            check(found, found["applications"][0]["sequences"], told)


def damaged(lacuna):
    def cut(copy):
        path = copy / "0002/index.xml"
        path.write_bytes(path.read_bytes()[:1500])

    def is_cut(found, rows, told):
        same("cut: named", "0002/index.xml" in told, True)
        same("cut: the rest is read", rows[0]["leaves"], {"index": 14, "regional": 4})
        same("cut: incomplete", found["incomplete"], True)

    damage(lacuna, "cut", cut, 3, is_cut)

    def entity(copy):
        path = copy / "0001/m1/us/us-regional.xml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('us-regional-v3-3.dtd">', 'us-regional-v3-3.dtd" [<!ENTITY x '
                                     'SYSTEM "file:///etc/passwd">]>'), encoding="utf-8")

    damage(lacuna, "entity", entity, 3,
           lambda found, rows, told: same("entity", "us-regional.xml" in told, True))
    damage(lacuna, "no index", lambda copy: (copy / "0002/index.xml").unlink(), 3,
           lambda found, rows, told: same("no index", [len(rows), "0002" in told], [3, True]))
    damage(lacuna, "no file", lambda copy: (copy / "0001/m1/us/cover.pdf").unlink(), 0,
           lambda found, rows, told: same("no file", rows[0]["checksums"]["missing_file"], 1))
    damage(lacuna, "sequence gone", lambda copy: shutil.rmtree(copy / "0002"), 0,
           lambda found, rows, told: same("sequence gone", (
               found["applications"][0]["missing_sequences"], rows[1]["modified"]),
               (["0002"], {"broken": 0, "resolved": 2, "unresolvable": 1})))
    damage(lacuna, "more", lambda copy: (copy / "0001/m2/extra.pdf").write_bytes(b"x"), 0,
           lambda found, rows, told: same("more", rows[0]["files"]["unreferenced"],
                                          ["0001/m2/extra.pdf"]))
    damage(lacuna, "case", lambda copy: (copy / "0001/m1/us/cover.pdf").rename(
        copy / "0001/m1/us/Cover.PDF"), 0, lambda found, rows, told: same("case", (
            rows[0]["case_mismatches"], rows[0]["checksums"]["missing_file"]), (1, 0)))


def zipped(lacuna):
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "0003.zip"
        with zipfile.ZipFile(archive, "w") as packed:
            for path in sorted((SAMPLE / "0003").rglob("*")):
                if path.is_file():
                    packed.write(path, path.relative_to(SAMPLE / "0003"))
        found, _ = inventory(lacuna, archive)
        alone, _ = inventory(lacuna, SAMPLE / "0003")
        for inventoried in (found, alone):
            row, = inventoried["applications"][0]["sequences"]
            same("one sequence", (row["id"], row["modified"]),
                 ("0003", {"broken": 0, "resolved": 0, "unresolvable": 3}))
        (Path(folder) / "notes.txt").write_text("x", encoding="ascii")
        done = harness.run([lacuna, "inventory", folder + "/notes.txt"])
        same("no submission", (done.code, harness.messages(done.err.decode())), (3, 1))


def main():
    options = harness.arguments(__doc__)
    for check in (sound, outline, content, damaged, zipped):
        check(options.lacuna)
    print(f"{len(WRONG)} differences")
    for line in WRONG:
        print(f"FAILED {line}")
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
