#!/usr/bin/env python3
"""Completion knows the verbs and flags that help tells, in every shell, and offers what is taken.

The script for bash is run in bash; those for zsh and fish are read here, and by the shell where it is
installed.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

FLAG = re.compile(r"^ {2,6}(?:-(\w), )?--([a-z0-9-]+)(?: (\S+))?", re.M)
WRONG = []


def same(what, ours, expected):
    if ours != expected:
        WRONG.append(f"{what}: {ours!r}, expected {expected!r}")


def out(lacuna, *arguments):
    done = harness.run([lacuna, *arguments])
    if done.code != 0:
        sys.exit(f"lacuna {' '.join(arguments)}: exit {done.code}")
    return done.out.decode("utf-8")


def complete(lacuna, *words):
    """What bash offers for the last word."""
    driver = (f'source <("{lacuna}" completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
              '_lacuna; printf "%s\\n" "${COMPREPLY[@]}"')
    environment = {**os.environ, "PATH": f"{Path(lacuna).parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", driver, "bash", "lacuna", *words], env=environment,
                          capture_output=True, text=True, timeout=60)
    if done.stderr:
        WRONG.append(f"bash, {words}: {done.stderr.strip()}")
    return sorted(done.stdout.split())


def flags(lacuna, verbs):
    told = {verb: sorted({name for _, name, _ in FLAG.findall(out(lacuna, "help", verb).partition("\nExample")[0])}) for verb in verbs}
    for verb in verbs:
        same(f"bash: flags of {verb}", complete(lacuna, verb, "--"),
             sorted(f"--{name}" for name in {*told[verb], "help"}))
    fish = out(lacuna, "completion", "fish")
    for verb in verbs:
        ours = re.findall(rf"__fish_seen_subcommand_from {verb}' -l ([a-z0-9-]+)", fish)
        same(f"fish: flags of {verb}", sorted(set(ours)), told[verb])
    zsh = {verb: sorted(set(re.findall(r"(?m)^ +'\*'(?:\{-\w,|')--([a-z0-9-]+)", part)))
           for verb, part in re.findall(r"(?ms)^        ([a-z]+)\)\n(.*?)^            ;;$",
                                        out(lacuna, "completion", "zsh"))}
    same("zsh: flags", zsh, told)


def values(lacuna):
    same("verbs", complete(lacuna, "che"), ["check", "checklists"])
    same("verbs to be helped with", complete(lacuna, "help", "dr"), ["draft"])
    same("works", complete(lacuna, "checklists", "e"), ["export"])
    same("severities", complete(lacuna, "check", "--fail-on", "m"), ["major", "minor"])
    same("checklists", complete(lacuna, "check", "-c", "protocol_e"), ["protocol_e6r2", "protocol_e6r3"])
    same("files are the shell's", complete(lacuna, "check", "a"), [])


def offered_is_taken(lacuna):
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "a.md"
        document.write_text("# A\n\nText.\n", encoding="utf-8")
        for flag in ("--fail-on", "--color", "--progress", "--format"):
            words = complete(lacuna, "check", flag, "")
            if len(words) < 3:
                WRONG.append(f"check {flag}: only {words} are offered")
            for word in words:
                code = harness.run([lacuna, "check", str(document), "-c", "informed_consent", flag, word]).code
                same(f"check {flag} {word} is taken", code in (0, 1), True)


def read_by_shells(lacuna):
    skipped = []
    for shell in ("bash", "zsh", "fish"):
        if shutil.which(shell) is None:
            skipped.append(shell)
            continue
        script = out(lacuna, "completion", shell)
        done = subprocess.run([shell, "-n", "/dev/stdin"], input=script, capture_output=True, text=True)
        same(f"{shell} reads it", (done.returncode, done.stderr), (0, ""))
    return skipped


def main():
    lacuna = str(Path(harness.arguments(__doc__).lacuna).resolve())
    verbs = re.findall(r"^  ([a-z]+) ", out(lacuna, "help"), re.M)
    flags(lacuna, verbs)
    values(lacuna)
    offered_is_taken(lacuna)
    skipped = read_by_shells(lacuna)
    print(f"{len(verbs)} verbs, {len(WRONG)} differences" +
          (f"; skipped, not installed: {', '.join(skipped)}" if skipped else ""))
    for line in WRONG:
        print(f"FAILED {line}")
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
