#!/usr/bin/env python3
"""CPU time and memory on every large Word file of the corpus (document.xml above 0.5 MB).

Compared with `floor` (unzip, SAX2, print the text and nothing else) and with other programs that get
text out of Word files, where they are installed. One process per file; runs of the programs are
interleaved, the median counts. CPU is user + system; memory is the peak of the process. Needs a build
without sanitizers: cmake --preset release.
"""
import csv
import shutil
import statistics
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402


def large_documents(corpus, least):
    """(bytes of document.xml, path), largest first; files that are no package are left out."""
    found, seen = [], set()
    with open(corpus / "docx/INDEX.tsv", encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
            try:
                with zipfile.ZipFile(corpus / row["path"]) as package:
                    size = package.getinfo("word/document.xml").file_size
            except (zipfile.BadZipFile, KeyError, OSError, ValueError):
                continue
            if size > least and row["sha256"] not in seen:
                seen.add(row["sha256"])
                found.append((size, corpus / row["path"]))
    return sorted(found, reverse=True)


def programs(options):
    """name -> (command, repeated): the slow ones run once."""
    lacuna = options.lacuna
    table = {
        "floor": ([str(Path(options.floor_program).resolve())], True),
        "lacuna outline": ([lacuna, "outline", "--format", "json"], True),
        "lacuna text": ([lacuna, "text"], True),
        "lacuna check": ([lacuna, "check", "--format", "json"], True),
    }
    if options.checklist:
        table["lacuna check"][0].extend(["--checklist", options.checklist])
    if options.peers:
        for name, command in {"docx2txt": ["docx2txt"], "pandoc": ["pandoc", "-t", "plain"]}.items():
            if shutil.which(command[0]):
                table[name] = (command, False)
    return table


def arguments_for(name, path):
    return [path, "-"] if name == "docx2txt" else [path]


def measure(options, table, path):
    """name -> (median CPU seconds, peak KiB); None where the program failed on this file."""
    runs = {name: [] for name in table}
    for turn in range(options.runs):
        for name, (command, repeated) in table.items():
            if turn > 0 and not repeated:
                continue
            done = harness.run_measured(options.measure, [*command, *arguments_for(name, path)],
                                        options.seconds)
            if done.code in (0, 1, 4):
                runs[name].append((done.cpu, done.rss))
    return {name: (statistics.median(c for c, _ in r), max(m for _, m in r)) if r else None
            for name, r in runs.items()}


def table_line(name, results, floor):
    """One program over all files it managed; ratios against the floor on the same files."""
    pairs = [(mine, base) for mine, base in zip(results, floor) if mine and base]
    ratios = [mine[0] / max(base[0], 1e-4) for mine, base in pairs]
    cpu = sum(mine[0] for mine, _ in pairs)
    return (f"| {name} | {len(pairs)} | {1000 * statistics.median(m[0] for m, _ in pairs):.0f} ms | "
            f"{1000 * max(m[0] for m, _ in pairs):.0f} ms | {cpu:.2f} s | "
            f"{cpu / sum(base[0] for _, base in pairs):.2f} | {statistics.median(ratios):.2f} | "
            f"{max(m[1] for m, _ in pairs) / 1024:.0f} MB |")


def main():
    options = harness.arguments(__doc__, floor_program=("build/release/tests/bench/floor", "as built"),
                                runs=(5, "interleaved runs of the fast programs"),
                                seconds=(120, "limit per run"),
                                checklist=("", "for lacuna check; empty: chosen by document type"),
                                least=(500000, "bytes of document.xml"),
                                peers=(False, "run docx2txt and pandoc too, once each"),
                                each=(False, "a line for every file"))
    documents = large_documents(harness.corpus(), options.least)
    table = programs(options)
    results, measured, refused = [], 0, []
    for size, path in documents:
        if harness.run([options.lacuna, "outline", path], options.seconds).code != 0:
            refused.append(path.name)
            continue
        measured += size
        results.append(measure(options, table, path))
        if options.each:
            cells = "  ".join(f"{n}: {1000 * r[0]:.0f} ms {r[1] // 1024} MB" if r else f"{n}: failed"
                              for n, r in results[-1].items())
            print(f"{size / 1e6:5.1f} MB {path.name[:40]:40}  {cells}", flush=True)
    print(f"\n{len(results)} files, {measured / 1e6:.0f} MB of document.xml; medians of "
          f"{options.runs} runs; refused: {', '.join(refused) or 'none'}\n")
    print("| program | files | median | slowest | all | × floor (all) | × floor (median) | "
          "most memory |\n|---|---|---|---|---|---|---|---|")
    for name in table:
        if any(r[name] for r in results):
            print(table_line(name, [r[name] for r in results], [r["floor"] for r in results]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
