#!/usr/bin/env python3
"""`lacuna inventory` over real eCTD sequences: every count that was measured on them by other means.

The eleven EU sequences (3.2.2), two chains made of them, FDA's samples of 4.0, and the worked example
of the ICH STF specification. Also: the same bytes out for any number of jobs, and from a zip file.
"""
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

# folder: envelope sequence, leaves of index.xml and of module 1, operations in index.xml
EU = {
    "00001": ("0001", 4, 6, {"new": 2, "replace": 2}),
    "00002": ("0001", 29, 12, {"new": 20, "replace": 9}),
    "00003": ("0000", 43, 34, {"new": 43}),
    "00005": ("0000", 243, 46, {"new": 243}),
    "00006": ("0001", 8, 10, {"new": 3, "replace": 5}),
    "00007": ("0002", 1, 6, {"new": 1}),
    "00008": ("0003", 161, 23, {"new": 110, "replace": 51}),
    "00009": ("0004", 16, 10, {"new": 13, "replace": 3}),
    "00010": ("0005", 1, 14, {"new": 1}),
    "00018": ("0018", 2, 3, {"new": 2}),
    "00019": ("0019", 30, 8, {"new": 10, "replace": 14, "delete": 6}),
}
# chain: sequences, references resolved, unresolvable
CHAINS = {
    "maci-chain": (["0001", "0002", "0003", "0004", "0005"], 16, 70),
    "nulojix-chain": (["0018", "0019"], 0, 22),
}
# application: {unit: contexts of use}; grouped units stand at their other applications with none
FDA = {
    "111111": {"1": 5, "2": 3, "3": 4, "6": 5},
    "222222": {"1": 3, "2": 5, "3": 3},
    "333333": {"1": 3, "2": 3},
    "111886": {"1": 5, "2": 3},
    "111113": {"1": 19},
    "111888": {"1": 7},
}
STUDY = [
    ("a103", "protocol-or-amendment"), ("a567", "protocol-or-amendment"),
    ("a568", "sample-case-report-form"), ("r345", "synopsis"), ("r346", "study-report-body"),
    ("r347", "case-report-forms"), ("r348", "case-report-forms"),
]


class Test:
    def __init__(self, lacuna):
        self.lacuna, self.wrong, self.compared = lacuna, [], 0

    def same(self, what, ours, expected):
        self.compared += 1
        if ours != expected:
            self.wrong.append(f"{what}: {ours!r}, expected {expected!r}")

    def read(self, path, *more):
        done = harness.run([self.lacuna, "inventory", path, "--format", "json", *more])
        if done.code != 0:
            self.wrong.append(f"{path}: exit {done.code}: {done.err.decode(errors='replace')[:300]}")
            return None, b""
        return harness.load(done.out, str(path)), done.out


def sequences(inventory):
    return [s for a in inventory["applications"] for s in a["sequences"]]


def total(items, *keys):
    count = 0
    for value in items:
        for key in keys:
            value = value[key]
        count += len(value) if isinstance(value, list) else value
    return count


def check_eu(test, corpus):
    shared = leaves = 0
    for name, (envelope, index, regional, operations) in EU.items():
        found, _ = test.read(corpus / "eu-v3" / name)
        if found is None:
            continue
        rows = sequences(found)
        test.same(f"{name} sequences", len(rows), 1)
        row = rows[0]
        test.same(f"{name} folder", row["id"], "0000")
        test.same(f"{name} envelope", row["envelope_sequence"], envelope)
        test.same(f"{name} standard", (row["standard"], row["region"]), ("3.2.2", "eu"))
        test.same(f"{name} leaves", row["leaves"], {"index": index, "regional": regional})
        ours = {k: n for k, n in row["operations_by_backbone"]["index"].items() if n}
        test.same(f"{name} operations in index.xml", ours, operations)
        test.same(f"{name} all operations", sum(row["operations"].values()), index + regional)
        # PDFs are stand-ins: only eu-regional.xml can match its checksum.
        exact = name == "00005"
        test.same(f"{name} checksums ok", (row["checksums"]["ok"], row["checksums"]["ok_after_crlf"]),
                  (1, 0) if exact else (0, 1))
        test.same(f"{name} index-md5.txt", row["index_checksum"], "ok" if exact else "ok_after_crlf")
        test.same(f"{name} missing files", row["checksums"]["missing_file"], 0)
        test.same(f"{name} unreferenced files", row["files"]["unreferenced"], [])
        test.same(f"{name} case", row["case_mismatches"], 0)
        test.same(f"{name} references inside the one sequence",
                  (row["modified"]["resolved"], row["modified"]["broken"]), (0, 0))
        test.same(f"{name} not given", row["checksums"]["not_given"], row["operations"]["delete"])
        shared += row["files"]["shared"]
        leaves += index + regional
    test.same("files that two or more leaves refer to", shared, 4)
    test.same("leaves", leaves, 710)
    found, _ = test.read(corpus / "eu-v3")
    if found is not None:
        test.same("products", len(found["applications"]), 6)
        test.same("sequences of all products", len(sequences(found)), 11)


def check_chains(test, corpus):
    for name, (ids, resolved, unresolvable) in CHAINS.items():
        found, _ = test.read(corpus / name)
        if found is None:
            continue
        rows = sequences(found)
        test.same(f"{name} applications", len(found["applications"]), 1)
        test.same(f"{name} sequences", [s["id"] for s in rows], ids)
        test.same(f"{name} envelopes", [s["envelope_sequence"] for s in rows], ids)
        test.same(f"{name} resolved", total(rows, "modified", "resolved"), resolved)
        test.same(f"{name} unresolvable", total(rows, "modified", "unresolvable"), unresolvable)
        test.same(f"{name} broken", total(rows, "modified", "broken"), 0)


def check_fda(test, corpus):
    found, _ = test.read(corpus / "fda-v4")
    if found is None:
        return
    rows = sequences(found)
    own = [s for s in rows if "grouped_in" not in s]
    test.same("units", len(own), 13)
    for application in found["applications"]:
        ours = {s["id"]: s["leaves"]["contexts"] for s in application["sequences"]
                if "grouped_in" not in s}
        test.same(f"units of {application['id']}", ours, FDA.get(application["id"]))
    test.same("applications", sorted(a["id"] for a in found["applications"]), sorted(FDA))
    grouped = {a["id"]: s["envelope_sequence"] for a in found["applications"] for s in a["sequences"]
               if s["folder"].endswith("NDA111111/6") or s.get("grouped_in", "").endswith("NDA111111/6")}
    test.same("numbers of the grouped unit", grouped,
              {"111111": "6", "222222": "4", "333333": "3"})
    test.same("contexts of use", total(own, "leaves", "contexts"), 68)
    test.same("all active", total(own, "operations", "active"), 68)
    test.same("sha256.txt", {s["index_checksum"] for s in own}, {"ok"})
    test.same("documents", total(own, "documents"), sum(sum(v.values()) for v in FDA.values()))
    test.same("document checksums", total(own, "checksums", "ok"), total(own, "documents") - 1)
    test.same("documents without a file", total(own, "checksums", "not_given"), 1)
    test.same("mismatches", total(own, "checksums", "mismatch"), 0)
    test.same("files in another case", {s["folder"]: s["case_mismatches"] for s in own
                                        if s["case_mismatches"]}, {"Study Data/NDA111888/1": 5})
    test.same("missing files", total(own, "checksums", "missing_file"), 0)
    test.same("related contexts", (total(own, "modified", "resolved"),
                                   total(own, "modified", "unresolvable"),
                                   total(own, "modified", "broken")), (10, 0, 0))
    test.same("document references", total(own, "document_references", "resolved"), 68)
    test.same("documents of another unit", {s["folder"]: s["document_references"]["other_unit"]
                                            for s in own if s["document_references"]["other_unit"]},
              {"Grouped Submission/NDA333333/1": 1})
    test.same("missing numbers", {a["id"]: a["missing_sequences"] for a in found["applications"]
                                  if a["missing_sequences"]}, {"111111": ["4", "5"]})


def check_study(test, corpus):
    for form in ("clean", "printed"):
        found, _ = test.read(corpus / "stf-spec-s107" / form)
        if found is None:
            continue
        rows = sequences(found)
        test.same(f"{form} checksums", total(rows, "checksums", "ok"), 12)
        test.same(f"{form} references", total(rows, "modified", "resolved"), 4)
        test.same(f"{form} studies", len(found["studies"]), 1)
        study = found["studies"][0]
        test.same(f"{form} study", (study["id"], study["title"], study["heading"]),
                  ("S107", "Wonderdrug Study S107", "5.3.5.1"))
        test.same(f"{form} category", study["categories"],
                  [{"name": "type-of-control", "value": "placebo"}])
        view = [(d["leaf"], d["tag"]) for d in study["documents"] if d["state"] == "current"]
        test.same(f"{form} study view", view, STUDY)
        sites = [d["properties"][0]["value"] for d in study["documents"] if d["properties"]]
        test.same(f"{form} sites", sites, ["11", "162"])


def check_same_bytes(test, corpus):
    """Any number of jobs, and a zip file of the folder, give the same."""
    one, reference = test.read(corpus / "maci-chain", "--jobs", "1")
    test.same("jobs", test.read(corpus / "maci-chain", "--jobs", "7")[1], reference)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "maci-chain.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted((corpus / "maci-chain").rglob("*")):
                if path.is_file():
                    packed.write(path, path.relative_to(corpus))
        zipped, _ = test.read(archive)
        if one is not None and zipped is not None:
            as_folder = [{k: v for k, v in s.items() if k not in ("folder", "files")}
                         for s in sequences(one)]
            as_zip = [{k: v for k, v in s.items() if k not in ("folder", "files")}
                      for s in sequences(zipped)]
            test.same("zip file", as_zip, as_folder)
        alone = Path(folder) / "0019"
        shutil.copytree(corpus / "nulojix-chain" / "0019", alone)
        found, _ = test.read(alone)
        if found is not None:
            test.same("one sequence alone", sequences(found)[0]["modified"],
                      {"broken": 0, "resolved": 0, "unresolvable": 21})


def main():
    options = harness.arguments(__doc__)
    corpus = harness.corpus() / "ectd"
    test = Test(options.lacuna)
    for check in (check_eu, check_chains, check_fda, check_study, check_same_bytes):
        check(test, corpus)
    print(f"{test.compared} counts compared, {len(test.wrong)} differ")
    for line in test.wrong:
        print(f"FAILED {line}")
    return 1 if test.wrong or test.compared < 200 else 0


if __name__ == "__main__":
    sys.exit(main())
