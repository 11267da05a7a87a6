#!/usr/bin/env python3
"""Lets allocations fail, one at a time, and looks at what the program makes of it.

For the N-th allocation of a run (of our code and of every library) the outcome must be an error
exit with a message, or exactly the output of the undisturbed run. Success with other content, and a
crash, fail the test. `--points 0` tries every allocation; the default takes evenly spread ones.
"""
import concurrent.futures
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SUBMISSION = Path(__file__).resolve().parent.parent.parent / "samples/ind900204"
VALUES = Path(__file__).resolve().parent.parent / "cases/fill_response/input/values.json"
DOCUMENT = Path(__file__).resolve().parent.parent.parent / "samples/consent-form.docx"
ERRORS = {2, 3, 5}  # 2: jansson tells lack of memory as malformed JSON


def environment(library, **settings):
    env = dict(os.environ, LD_PRELOAD=str(library))
    env.update({f"LAC_OOM_{name.upper()}": str(value) for name, value in settings.items()})
    return env


def allocations(library, command):
    """The undisturbed run and how often it allocated."""
    with tempfile.NamedTemporaryFile() as count:
        done = harness.run(command, env=environment(library, count=count.name))
        total = int(count.read() or b"0")
    if done.code not in (0, 1) or total == 0:
        sys.exit(f"{command[1]}: exit {done.code}, {total} allocations counted: "
                 f"{done.err.decode(errors='replace')}")
    return done, total


def complaint(done, reference):
    """What is wrong with an outcome, or None."""
    if done.timed_out:
        return "does not end"
    if done.crashed:
        return f"crash (signal {-done.code}): {done.err.decode(errors='replace')[:200]}"
    if done.code in ERRORS:
        return None if (done.err + done.out).strip() else f"exit {done.code} without a word"
    if done.code == reference.code and done.out == reference.out:
        return None
    if done.code == reference.code:
        return f"exit {done.code} with other content ({len(done.out)} bytes)"
    return f"exit {done.code}: {done.err.decode(errors='replace')[:200]}"


def sweep(options, command, onward):
    reference, total = allocations(options.library, command)
    # A run over all documents of a submission costs ten times one of a document.
    points = max(1, options.points // 8) if SUBMISSION in command and "check" in command else options.points
    step = max(1, total // points) if options.points else 1
    settings = {"onward": 1} if onward else {}

    def one(point):
        env = environment(options.library, at=point, **settings)
        done = harness.run(command, 60, env)
        if done.crashed and not onward:
            # jansson 2.14 reads on behind its buffer where that could not grow at a closing quote
            # (support/json_parse.h): its defect, if there is none with that allocation spared.
            env = environment(options.library, at=point, spare="libjansson")
            done = harness.run(command, 60, env)
            jansson.append(point)
        return point, complaint(done, reference)

    jansson = []
    points = range(1, total + 1, step)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        bad = [(p, c) for p, c in pool.map(one, points) if c]
    name = " ".join([command[1], *command[3:5]])
    print(f"{name}{', all later ones too' if onward else ''}: {len(points)} of {total} "
          f"allocations failed, {len(bad)} bad outcomes, {len(jansson)} crashes looked at again")
    for point, what in bad[:20]:
        print(f"  LAC_OOM_AT={point}: {what}")
    if bad:
        given = " ".join(f"LAC_OOM_{k.upper()}={v}" for k, v in settings.items())
        print(f"  reproduce: LD_PRELOAD={options.library} LAC_OOM_AT={bad[0][0]} {given} "
              f"{' '.join(str(c) for c in command)}")
    return len(bad)


def main():
    options = harness.arguments(__doc__, library=("", "fail_malloc.so, as built"),
                                points=(400, "allocations to try per verb; 0: all"),
                                jobs=(2, "processes at a time"))
    commands = [[options.lacuna, "outline", DOCUMENT, "--format", "json"],
                [options.lacuna, "text", DOCUMENT],
                [options.lacuna, "check", DOCUMENT, "--checklist", "protocol_e6r2",
                 "--format", "json", "--as-of", "2026-03-03"],
                [options.lacuna, "check", DOCUMENT, "--as-of", "2026-03-03"],
                [options.lacuna, "inventory", SUBMISSION, "--format", "json", "--jobs", "1"],
                [options.lacuna, "outline", SUBMISSION],
                [options.lacuna, "templates", "profile", "response", "--format", "json"],
                [options.lacuna, "fill", "response", "--values", str(VALUES), "-o", "/dev/stdout", "--marked",
                 "--remove-instructions", "--as-of", "2026-03-03"],
                [options.lacuna, "check", SUBMISSION, "--format", "json", "--as-of", "2026-03-03"]]
    bad = sum(sweep(options, c, onward) for c in commands for onward in (False, True))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
