#!/usr/bin/env python3
"""Complete NDA, ANDA and BLA of one sequence each, and what is told when something is taken out.

The checklists of the regulations find no gap in a complete application. Without what stands under
some headings, or without a sentence of a document, exactly the items named here become gaps.
usage: applications.py LACUNA
"""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import ectd_defects  # noqa: E402

HEADINGS = Path(__file__).resolve().parent.parent.parent / "checklists" / "ectd-headings.json"
KEYS = {"substance": "tervaxapril", "manufacturer": "Halvorsen", "product-name": "Tervanix",
        "dosageform": "tablet", "indication": "hypertension", "excipient": "all"}
PACKS = ("nda_314_50", "anda_bla")

FORM = ("Form FDA 356h. Name of applicant: Halvorsen Therapeutics. NDA number 218000. Established name: "
        "tervaxapril; dosage form: tablet. Route of administration: oral. Proposed indication: hypertension.\n"
        "Original application under section 505(b)(1). Proposed marketing status: prescription product.\n"
        "This application contains the following items: index, labeling, summary, technical sections.\n"
        "Establishment information: FEI 3001234567, ready for inspection.\n"
        "Form FDA 3397, user fee cover sheet. Form FDA 3674, certification for ClinicalTrials.gov.\n"
        "Signature of responsible official: digitally signed by A. Berg\n")
LABEL = ("HIGHLIGHTS OF PRESCRIBING INFORMATION\nTERVANIX (tervaxapril) tablets, for oral use\n"
         "FULL PRESCRIBING INFORMATION: CONTENTS\nFULL PRESCRIBING INFORMATION\n1 INDICATIONS AND USAGE\n"
         "TERVANIX is indicated for hypertension.\n")
OVERVIEW = ("Tervaxapril is an orally active angiotensin-converting enzyme inhibitor. The rationale is an unmet "
            "medical need in the treatment of hypertension.\nIt has not been approved or marketed in any country.\n"
            "The benefit-risk balance is favorable: the benefits outweigh the risks.\n")
STUDY = ("The protocol was approved by the institutional review board of each site. Written informed consent was "
         "obtained from every subject. Individual subject data listings are in 16.2.\n")
INTEGRATED = ("Integrated summary of effectiveness: two phase 3 studies were pooled. Efficacy was analyzed in "
              "subgroups by sex, age and race.\nIntegrated summary of safety: adverse events by sex, age and race "
              "subgroups are given.\n")
GLP = "The study was conducted in compliance with Good Laboratory Practice, 21 CFR part 58.\n"
RECORDS = ("The executed batch production records of the primary stability batches and the proposed master "
           "production record are given.\n")
PLAIN = "The document that belongs here, in the words of the applicant.\n"

NDA = {
    "1.1": FORM, "1.2": PLAIN, "1.3.2": PLAIN, "1.3.3": PLAIN,
    "1.3.4": "The list of all clinical investigators is attached. Form FDA 3454 is provided.\n", "1.3.5.1": PLAIN,
    "1.9.1": PLAIN, "1.12.14": PLAIN, "1.14.1.1": PLAIN, "1.14.1.2": PLAIN, "1.14.1.3": LABEL,
    "2.2": PLAIN, "2.3": PLAIN, "2.4": PLAIN, "2.5": OVERVIEW, "2.6.1": PLAIN, "2.7.1": PLAIN, "2.7.2": PLAIN,
    "2.7.3": PLAIN, "2.7.4": PLAIN, "3.2.S.2.1": PLAIN, "3.2.S.4.2": PLAIN, "3.2.P.1": PLAIN, "3.2.P.5.2": PLAIN,
    "3.2.R": RECORDS, "4.2.1.1": PLAIN, "4.2.2.2": PLAIN, "4.2.3.2": GLP, "4.2.3.5.2": GLP, "5.3.1.1": STUDY,
    "5.3.3.1": STUDY, "5.3.5.1": STUDY, "5.3.5.3": INTEGRATED, "5.3.7": PLAIN, "5.4": PLAIN,
}
SAME = ("The active ingredient is the same as that of the reference listed drug. Route of administration: oral; "
        "dosage form: tablet; strength: 10 mg. The conditions of use have been previously approved.\n"
        "The proposed labeling is the same as the labeling of the reference listed drug.\n")
ANDA = {
    "1.1": FORM + "Form FDA 3794, GDUFA cover sheet; all facilities are self-identified.\n", "1.2": PLAIN,
    "1.3.2": PLAIN,
    "1.3.3": "The applicant did not use debarred persons. There were no convictions in the previous 5 years.\n",
    "1.3.4": PLAIN, "1.3.5.2": PLAIN, "1.3.5.3": "No unexpired exclusivity of the listed drug.\n",
    "1.12.11": "The reference listed drug is Zestril tablets, 10 mg, NDA 019777.\n", "1.12.12": SAME,
    "1.12.14": PLAIN, "1.14.1.1": PLAIN, "1.14.1.3": LABEL, "1.14.3.1": PLAIN, "1.14.3.3": PLAIN, "2.3": PLAIN,
    "2.7.1": PLAIN, "3.2.S.2.1": PLAIN,
    "3.2.P.1": "Tablets with these inactive ingredients, each within the limits of the IID.\n",
    "3.2.P.8.3": "Six months of accelerated and long-term data of three batches are provided.\n", "5.3.1.2": STUDY,
}
BLA = {
    "1.1": FORM, "1.2": PLAIN, "1.3.3": PLAIN, "1.3.4": PLAIN, "1.9.1": PLAIN, "1.12.14": PLAIN, "1.14.1.1": PLAIN,
    "1.14.1.2": PLAIN, "1.14.1.3": LABEL, "2.3": PLAIN, "2.4": PLAIN, "2.5": OVERVIEW, "2.7.3": PLAIN,
    "3.2.S.2.1": "Manufacturing site: 12 Harbor Road, Portland, ME 04101. FEI number 3001234567.\n",
    "3.2.S.2.2": PLAIN, "3.2.P.3.3": PLAIN, "3.2.P.5.4": PLAIN, "3.2.P.8.3": PLAIN, "3.2.A.1": PLAIN,
    "3.2.A.2": PLAIN, "4.2.3.2": GLP, "5.3.5.1": STUDY,
}
APPLICATIONS = {"nda": ("fdaat1", NDA), "anda": ("fdaat2", ANDA), "bla": ("fdaat3", BLA)}

# application, headings that are left out, sentences that are (heading, words), the gaps
DEFECTS = [
    ("nda", ["1.3.3"], [], ["nda.debar"]),
    ("nda", ["1.3.5.1", "1.12.14"], [], ["nda.d.1.iii", "nda.h"]),
    ("nda", ["1.14.1.2"], [], ["nda.c.2.i"]),
    ("nda", ["2.3"], [], ["nda.c.2.iv"]),
    ("nda", ["3.2.S.2.1", "3.2.S.4.2"], [], ["nda.d.1.i"]),
    ("nda", ["4.2.3.5.2"], [], ["nda.d.2.iii"]),
    ("nda", ["4.2.2.2"], [], ["nda.d.2.iv"]),
    ("nda", ["5.4"], [], ["nda.d.5.iv"]),
    ("nda", ["1.3.4"], [], ["nda.k"]),
    ("nda", ["5.3.5.1", "5.3.5.3", "5.3.7"], [], ["nda.d.5.ii", "nda.d.6.i"]),
    ("nda", [], [("5.3.5.3", "Integrated summary of effectiveness: two phase 3 studies were pooled. Efficacy")],
     ["nda.d.5.v"]),
    ("nda", [], [("2.5", "It has not been approved or marketed in any country.")], ["nda.c.2.iii"]),
    ("nda", [], [("1.1", "Form FDA 3397, user fee cover sheet.")], ["nda.fee"]),
    ("nda", [], [("4.2.3.2", GLP), ("4.2.3.5.2", GLP)], ["nda.d.2.v"]),
    ("anda", ["1.3.5.2"], [], ["ab.anda.a.12"]),
    ("anda", ["1.14.3.1"], [], ["ab.anda.a.8.iv"]),
    ("anda", ["1.14.3.3"], [], ["ab.anda.a.8.i"]),
    ("anda", ["5.3.1.2", "2.7.1"], [], ["ab.anda.a.7"]),
    ("anda", [], [("1.3.3", "There were no convictions in the previous 5 years.")], ["ab.anda.debar2"]),
    ("anda", [], [("1.12.11", "The reference listed drug is Zestril tablets, 10 mg, NDA 019777.")],
     ["ab.anda.a.3.i"]),
    ("bla", ["1.14.1.1", "1.14.1.2", "1.14.1.3"], [], ["ab.bla.601.14", "ab.bla.a.8"]),
    ("bla", ["3.2.P.8.3"], [], ["ab.bla.a.6"]),
    ("bla", ["3.2.A.1", "3.2.A.2"], [], ["ab.bla.facil"]),
    ("bla", [], [("5.3.5.1", STUDY)], ["ab.bla.a.4"]),
]


def element_paths():
    """Heading number -> elements from the top down, as they are written."""
    known = json.loads(HEADINGS.read_text(encoding="utf-8"))["headings"]
    by_element = {h["element"]: h for h in known if h["standard"] in ("ich", "us")}
    paths = {}
    for heading in by_element.values():
        path, at = [], heading
        while at is not None:
            keys = "".join(f' {key["name"]}="{KEYS[key["name"]]}"' for key in at.get("keys", [])
                           if key["name"] in KEYS)
            path.insert(0, at["element"] + keys)
            at = by_element.get(at["parent"])
        paths.setdefault(heading.get("number"), path)
    paths["1.1"] = ["m1-1-forms", 'form form-type="fdaft2"']
    return paths


PATHS = element_paths()


class Application(ectd_defects.Submission):
    """An original application whose documents are the texts given by heading."""

    def __init__(self, kind, texts):
        super().__init__()
        self.application_type = kind
        one = self.sequences[0]
        one.index, one.regional = [], []
        self.stf.write_file = False
        for number, text in texts.items():
            name = number.lower().replace(".", "-")
            title = f"Document on {name}"
            if number.startswith("1."):
                one.regional.append((PATHS[number], ectd_defects.Leaf("r" + name, title, f"{name}.txt",
                                                                      data=text.encode())))
            else:
                one.index.append((PATHS[number], ectd_defects.Leaf("i" + name, title, f"m{number[0]}/{name}.txt",
                                                                   data=text.encode())))
        self.sequences = [one]


def judge(lacuna, kind, texts):
    """(item -> status, gaps) of the packs on the application."""
    folder = Path(tempfile.mkdtemp(prefix="application-"))
    try:
        root = folder / "app123456"
        Application(kind, texts).write(root)
        done = subprocess.run([lacuna, "check", str(root), "--format", "json"], capture_output=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"exit {done.returncode}: {done.stderr.decode()[:400]}")
        results = json.loads(done.stdout)["submissions"][0]["results"]
    finally:
        shutil.rmtree(folder)
    mine = {r["item"]: r for r in results if r["checklist"] in PACKS}
    told = [i for i, r in mine.items() if r["status"] in ("missing", "partial", "contradicts")
            or r["reason"] == "not-applicable/same-gap"]  # shown as the gap of another checklist
    return mine, sorted(told)


def without(texts, headings, sentences):
    texts = {number: text for number, text in texts.items() if number not in headings}
    for number, sentence in sentences:
        if sentence not in texts[number]:
            sys.exit(f"{number}: nothing to take out")
        texts[number] = texts[number].replace(sentence, "") or PLAIN
    return texts


def main():
    lacuna = sys.argv[1]
    wrong = []
    for name, (kind, texts) in APPLICATIONS.items():
        items, gaps = judge(lacuna, kind, texts)
        met = sum(1 for r in items.values() if r["status"] == "met")
        if gaps or met < 15:
            wrong.append(f"complete {name}: {met} met, gaps {gaps}")
    for name, headings, sentences, expected in DEFECTS:
        kind, texts = APPLICATIONS[name]
        _, gaps = judge(lacuna, kind, without(texts, headings, sentences))
        if gaps != sorted(expected):
            wrong.append(f"{name} without {headings or [s[0] for s in sentences]}: {gaps}, not {expected}")
    print(f"{len(APPLICATIONS)} complete applications, {len(DEFECTS)} incomplete ones, {len(wrong)} not as expected")
    for line in wrong:
        print("  " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
