#!/usr/bin/env python3
"""`lacuna inventory` on a synthetic application against `hash_floor`: reading and hashing its files.

Makes applications of a tenth and of all the leaves with make_ectd.py, runs the programs interleaved
and prints medians, the ratio to the floor, and how time and memory grow with the leaves. Needs a build
without sanitizers; --floor-program and --measure name hash_floor and measure of that build.
"""
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402


def make(folder, leaves, sequences, kilobytes):
    subprocess.run([sys.executable, HERE / "make_ectd.py", folder, "--leaves", str(leaves),
                    "--sequences", str(sequences), "--kilobytes", str(kilobytes)], check=True)


def main():
    options = harness.arguments(__doc__, floor_program=("build/release/tests/bench/hash_floor", "the floor"),
                                leaves=(10000, "leaves"), kilobytes=(40, "size of a file"),
                                runs=(5, "runs; the median counts"))
    floor = str(Path(options.floor_program).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        large, small = Path(scratch) / "large", Path(scratch) / "small"
        make(large, options.leaves, 20, options.kilobytes)
        make(small, options.leaves // 10, 2, options.kilobytes)
        table = {"hash_floor": [floor, large]}
        for jobs in (1, 2):
            table[f"inventory -j{jobs}"] = [options.lacuna, "inventory", large, "-f", "json", f"-j{jobs}"]
        # Both states are read, the checks of both run: no floor, but it has to grow with the leaves.
        for name, folder, last in (("diff -j1", large, "0019"), ("diff -j1, a tenth", small, "0001")):
            table[name] = [options.lacuna, "diff", folder, "--from", "0000", "--to", last, "-f", "json",
                           "-j1", "--pdftotext", "none"]
        table["inventory -j1, a tenth"] = [options.lacuna, "inventory", small, "-f", "json", "-j1"]
        runs = {name: [] for name in table}
        for _ in range(options.runs + 1):  # the first one fills the page cache
            for name, command in table.items():
                done = harness.run_measured(options.measure, command)
                if done.code != 0:
                    sys.exit(f"{name}: exit {done.code}: {done.err.decode(errors='replace')[:300]}")
                runs[name].append((done.cpu, done.wall, done.rss))
    middle = {name: [statistics.median(column) for column in zip(*rows[1:])]
              for name, rows in runs.items()}
    base = middle["hash_floor"]
    print(f"{options.leaves} leaves, {options.kilobytes} KB a file, median of {options.runs}:")
    for name, (cpu, wall, rss) in middle.items():
        print(f"  {name:24} {cpu:6.2f} s CPU {wall:6.2f} s {rss / 1024:6.1f} MB   "
              f"x floor: {cpu / base[0]:.2f} CPU, {wall / base[1]:.2f} time")
    more = middle["inventory -j1"][2] - middle["inventory -j1, a tenth"][2]
    print(f"memory: {more * 1024 / (options.leaves * 0.9):.0f} bytes a leaf")


if __name__ == "__main__":
    main()
