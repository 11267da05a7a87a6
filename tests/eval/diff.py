#!/usr/bin/env python3
"""`lacuna diff`: two states of a dossier against the operations in the backbones between them.

The sample IND needs no corpus; with LACUNA_CORPUS also two chains of real EU sequences and FDA's
samples of 4.0. What each leaf became is worked out here from the XML alone, by its ID, operation and
modified-file. Also: a state equals itself, the other way round mirrors, a zip file and a copy without
the later sequences give the same as naming the sequence.
"""
import os
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SAMPLE = Path(__file__).resolve().parent.parent.parent / "samples/ind900204"
CHAINS = ("maci-chain", "nulojix-chain")


class Test:
    def __init__(self, lacuna):
        self.lacuna, self.wrong, self.compared = lacuna, [], 0

    def same(self, what, ours, expected):
        self.compared += 1
        if ours != expected:
            self.wrong.append(f"{what}: {ours!r}, expected {expected!r}")

    def diff(self, *arguments):
        done = harness.run([self.lacuna, "diff", *arguments, "--format", "json", "--pdftotext", "none",
                            "-q"])
        if done.code != 0:
            self.wrong.append(f"{arguments}: exit {done.code}: {done.err.decode(errors='replace')[:300]}")
            return None
        return harness.load(done.out, str(arguments))


def resolve(base, path):
    """`path` as seen from the folder of the backbone `base`, both below the application."""
    parts = list(PurePosixPath(base).parent.parts)
    for part in PurePosixPath(path.strip()).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)


def leaves(application, sequence):
    """(sequence, backbone, ID): operation and the key of what it modifies; None: not supplied."""
    found = {}
    for backbone in sorted((application / sequence).rglob("*.xml")):
        if backbone.name != "index.xml" and not backbone.name.endswith("-regional.xml"):
            continue
        name = backbone.relative_to(application).as_posix()
        for leaf in ElementTree.parse(backbone).iter():
            if leaf.tag.rpartition("}")[2] != "leaf":
                continue
            target = leaf.get("modified-file", "")
            path, _, fragment = target.partition("#")
            key = (resolve(name, path), fragment) if target.strip() else None
            found[name, leaf.get("ID")] = (leaf.get("operation"), key)
    return found


def history(application, sequences):
    """What is current after each sequence, and what ended every leaf."""
    current, ended, facts, states = set(), {}, {}, {}
    for sequence in sequences:
        own = leaves(application, sequence)
        facts.update(own)
        for key, (operation, target) in own.items():
            if operation != "delete":
                current.add(key)
            if operation in ("replace", "delete") and target in current and target not in ended:
                ended[target] = key
                current.discard(target)
        states[sequence] = set(current)
    return facts, states, dict(ended)


def expected_changes(facts, states, ended, from_sequence, to_sequence, sequences):
    known = [s for s in sequences if s <= to_sequence]
    later = {key for key in facts if from_sequence < key[0].split("/")[0] <= to_sequence}
    pairs, removed = set(), set()
    for key in states[from_sequence]:
        last = key
        while last not in states[to_sequence] and ended.get(last) in later:
            last = ended[last]
        if facts[last][0] == "delete":
            removed.add(key)
        elif last != key:
            pairs.add((key, last))
    unresolvable = {key for key in later if facts[key][1] and
                    facts[key][1][0].split("/")[0] not in known and
                    (key in states[to_sequence] or facts[key][0] == "delete")}
    added = {key for key in states[to_sequence] & later
             if key not in unresolvable and key not in {last for _, last in pairs}}
    return pairs, removed, added, unresolvable


def by_key(leaf, facts):
    """The key of a leaf in a diff, which does not name the backbone; IDs here occur in one of them."""
    found = [key for key in facts if key[1] == leaf["id"] and key[0].split("/")[0] == leaf["sequence"]]
    assert len(found) == 1, (leaf, found)
    return found[0]


def operations(t, application, sequences, from_sequence, to_sequence):
    facts, states, ended = history(application, sequences)
    pairs, removed, added, unresolvable = expected_changes(facts, states, ended, from_sequence,
                                                           to_sequence, sequences)
    got = t.diff(application, "--from", from_sequence, "--to", to_sequence)
    if got is None:
        return
    what = f"{application.name} {from_sequence} to {to_sequence}"
    ours = {"lifecycle": set(), "added": set(), "removed": set(), "unresolvable": set(),
            "alike": set()}
    for change in got["placements"]:
        source = change["from"] and by_key(change["from"], facts)
        target = change["to"] and by_key(change["to"], facts)
        kind = "added" if change["change"] == "appended" else change["change"]
        if change["matched_by"] == "lifecycle":
            ours["lifecycle"].add((source, target))
        elif change["matched_by"] == "none":
            ours[kind].add(source or target)
        else:
            ours["alike"].add((source, target))
    # A deletion and a new leaf of the same title or content are told as one change, or as none.
    told = ours["removed"] | {a for a, _ in ours["alike"]}
    resent = removed - told
    t.same(f"{what}: replaced", ours["lifecycle"], pairs)
    t.same(f"{what}: removed", told | resent, removed)
    came = ours["added"] | {b for _, b in ours["alike"]}
    t.same(f"{what}: added", (came - added, len(added - came)), (set(), len(resent)))
    t.same(f"{what}: unresolvable", ours["unresolvable"], unresolvable)
    counts = got["counts"]
    t.same(f"{what}: current before", got["from"]["leaves"], len(states[from_sequence]))
    t.same(f"{what}: current after", got["to"]["leaves"], len(states[to_sequence]))
    t.same(f"{what}: unchanged", counts["unchanged"],
           len(states[from_sequence]) - len({a for a, _ in pairs}) - len(removed) + len(resent))


def without_names(got):
    return {key: value for key, value in got.items() if key not in ("from", "to")}


def properties(t, application, sequences, work):
    """What holds for any two states."""
    first, last = sequences[0], sequences[-1]
    itself = t.diff(application, application)
    there = t.diff(application, "--from", first, "--to", last)
    back = t.diff(application, "--from", last, "--to", first)
    if itself is None or there is None or back is None:
        return
    what = application.name
    t.same(f"{what}: itself", (itself["placements"], itself["findings"]["new"],
                               itself["findings"]["fixed"]), ([], [], []))
    a, b = there["counts"], back["counts"]
    t.same(f"{what}: mirror", (a["added"] + a["appended"], a["removed"]),
           (b["removed"], b["added"] + b["appended"]))
    for name in ("moved", "renamed", "replaced", "unchanged", "unresolvable"):
        t.same(f"{what}: mirror {name}", a[name], b[name])
    for name, other in (("new", "fixed"), ("fixed", "new")):
        t.same(f"{what}: mirror findings {name}", there["findings"][name], back["findings"][other])
    copy = work / application.name
    shutil.copytree(application / first, copy / first)
    copied = t.diff(copy, application)
    t.same(f"{what}: a copy without later sequences", copied and without_names(copied),
           without_names(there))
    t.same(f"{what}: folders of sequences", without_names(
        t.diff(application / first, application / last) or {}), without_names(there))
    archive = work / f"{application.name}.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for path in sorted(application.rglob("*")):
            if path.is_file():
                out.write(path, path.relative_to(application).as_posix())
    zipped = t.diff(archive, "--from", first, "--to", last)
    t.same(f"{what}: from a zip file", zipped and without_names(zipped), without_names(there))


def real(t, corpus, work):
    for name in CHAINS:
        application = corpus / "ectd" / name
        sequences = sorted(p.name for p in application.iterdir() if p.is_dir())
        for before, after in zip(sequences, sequences[1:]):
            operations(t, application, sequences, before, after)
        operations(t, application, sequences, sequences[0], sequences[-1])
        properties(t, application, sequences, work)
    for application in sorted((corpus / "ectd/fda-v4").glob("*/*")):
        units = sorted((p.name for p in application.iterdir() if p.is_dir()), key=int)
        if len(units) > 1:
            properties(t, application, units, work)


def main():
    options = harness.arguments(__doc__)
    t = Test(options.lacuna)
    with tempfile.TemporaryDirectory() as folder:
        sequences = sorted(p.name for p in SAMPLE.iterdir() if p.is_dir())
        for before in sequences:
            for after in sequences:
                if before <= after:
                    operations(t, SAMPLE, sequences, before, after)
        properties(t, SAMPLE, sequences, Path(folder))
        corpus = harness.corpus() if os.environ.get("LACUNA_CORPUS") else None
        if corpus is not None:
            real(t, corpus, Path(folder))
    print("\n".join(t.wrong))
    print(f"{t.compared} compared, {len(t.wrong)} wrong"
          + ("" if corpus is not None else "; LACUNA_CORPUS is not set: the sample only"))
    return 1 if t.wrong or not t.compared else 0


if __name__ == "__main__":
    sys.exit(main())
