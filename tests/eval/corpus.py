#!/usr/bin/env python3
"""Every Word file of the corpus through `lacuna outline`: what is read, what is refused and why.

Damaged, encrypted and hostile files are part of it. A file is either read (JSON) or refused
(exit 3) with one message that names the file. Crashes, sanitizer reports, anything above the time
limit, refusals above the memory limit or with more than one message fail the test.
"""
import collections
import concurrent.futures
import csv
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402


READ = {"outline": {0}, "check": {0, 1, 4}}


def cause(message, path):
    """A refusal's message without what differs from file to file."""
    line = message.strip().splitlines()[0] if message.strip() else "(no message)"
    line = line.replace(str(path), "FILE").replace(path.name, "FILE")
    line = re.sub(r"\d[\d,.]*", "N", line)
    return re.sub(r"[\w/\[\]-]+\.(xml|rels|bin)\b", "PART", line)[:110]


def partly_read(output, path):
    """Whether a result says that text of the document could not be read."""
    found = harness.load(output, path.name) or {}
    return found.get("verdict") == "incomplete" and found["counts"]["partly-read"] == 1


def judge(path, done, options):
    """(cause, complaint or None) of one finished run."""
    message = done.err.decode(errors="replace")
    if done.timed_out or done.cpu > options.seconds:
        return "too slow", f"{done.cpu:.1f} s of CPU"
    if done.crashed:
        return "crash", message[:400] or f"signal {-done.code}"
    if done.code in READ[options.verb]:
        found = harness.load(done.out, path.name)
        well = isinstance(found, dict) and ("headings" in found or "documents" in found)
        return "read", None if well else f"exit {done.code} without a result"
    if options.verb == "check" and done.code == 3 and partly_read(done.out, path):
        return "read in part", None
    why = f"exit {done.code}: {cause(message, path)}"
    if done.code != 3:
        return why, "an input that cannot be read is exit 3"
    if harness.messages(message) != 1:
        return why, f"one message expected: {message[:300]!r}"
    if path.name not in message:
        return why, f"the message does not name the file: {message[:300]!r}"
    if options.megabytes and done.rss > options.megabytes * 1024:
        return why, f"{done.rss // 1024} MB for a refusal"
    return why, None


def main():
    options = harness.arguments(__doc__, seconds=(3.0, "limit of CPU time per file"),
                                megabytes=(200, "limit of memory for a refused file; 0: none, as "
                                                "under the address sanitizer"),
                                verb=("outline", "the verb to run: outline, check"),
                                jobs=(2, "files at a time"), only=("", "part of a path"))
    corpus = harness.corpus()
    with open(corpus / "docx/INDEX.tsv", encoding="utf-8", newline="") as index:
        rows = csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE)
        paths = [corpus / row["path"] for row in rows if options.only in row["path"]]

    def one(path):
        command = [options.lacuna, options.verb, path, "--format", "json"]
        done = harness.run_measured(options.measure, command, int(options.seconds) + 5)
        return path, done, judge(path, done, options)

    causes, complaints, slowest, largest = collections.Counter(), [], (0.0, ""), (0, "")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, done, (why, complaint) in pool.map(one, paths):
            causes[why] += 1
            slowest = max(slowest, (done.cpu, path.name))
            largest = max(largest, (done.rss, path.name))
            if complaint:
                complaints.append(f"{path.relative_to(corpus)}: {why}: {complaint}")
    print(f"{len(paths)} files, `lacuna {options.verb}`:")
    for why, count in causes.most_common():
        print(f"{count:6}  {why}")
    print(f"slowest: {slowest[0]:.2f} s of CPU ({slowest[1]}); most memory: "
          f"{largest[0] // 1024} MB ({largest[1]})")
    for complaint in complaints:
        print(f"FAILED {complaint}")
    return 1 if complaints or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
