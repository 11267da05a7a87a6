#!/usr/bin/env python3
"""What a case with expected output cannot say: how the program behaves as a process, and what holds
for every result: sorted keys, the published schemas, quotes that are in the text, findings that are
complete, the same bytes whatever the order of inputs and the number of threads.
"""
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402
import run as cases  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
MINI = ["--checklist-dir", "packs", "--checklist", "mini"]


class Setting:
    """A working folder with the shared files, and the program."""

    def __init__(self, lacuna, folder):
        self.lacuna, self.folder = lacuna, Path(folder)
        cases.fill(self.folder, cases.SHARED)
        self.env = cases.environment(self.folder)

    def run(self, *arguments, env=None, **kept):
        return subprocess.run([self.lacuna, *arguments], cwd=self.folder, capture_output=True,
                              env={**self.env, **(env or {})}, timeout=120, check=False, **kept)

    def start(self, *arguments, **kept):
        return subprocess.Popen([self.lacuna, *arguments], cwd=self.folder, env=self.env, **kept)

    def many(self, count):
        """A folder with `count` documents of different sizes."""
        folder = self.folder / "many"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for number in range(count):
            source = (self.folder / ("good.md" if number % 3 else "gaps.md")).read_text()
            (folder / f"{number:03}.md").write_text(source + "More text.\n\n" * (number * 7 % 50))
        return folder


def same_whatever_threads_and_order(s):
    s.many(24)
    names = sorted(f"many/{p.name}" for p in (s.folder / "many").iterdir())
    for form in ("json", "text"):
        reference = s.run("check", "many", *MINI, "--format", form).stdout
        assert reference
        for what, arguments in {"-j4": ["many", "-j4"], "-j 32": ["many", "-j", "32"],
                                "named": names, "reversed": [*reversed(names), "-j3"],
                                "absolute": [str(s.folder / "many")]}.items():
            assert s.run("check", *arguments, *MINI, "--format", form).stdout == reference, what


def pairs_sorted(pairs):
    keys = [key for key, _ in pairs]
    assert keys == sorted(keys), keys
    return dict(pairs)


def keys_are_sorted(s):
    for arguments in (["check", "good.md", "gaps.md", "word.docx", "absent.md", *MINI],
                      ["outline", "word.docx"], ["explain", "mini.3", "--checklist-dir", "packs"],
                      ["checklists", "list"], ["checklists", "show", "mini", "--checklist-dir", "packs"]):
        json.loads(s.run(*arguments, "--format", "json").stdout, object_pairs_hook=pairs_sorted)
    json.loads(s.run("version", "--json").stdout, object_pairs_hook=pairs_sorted)
    sample = ROOT / "samples/ind900204"
    for arguments in (["inventory", sample], ["outline", sample], ["diff", sample, "--from", "0001"]):
        json.loads(s.run(*arguments, "--format", "json").stdout, object_pairs_hook=pairs_sorted)


def gate_files(s):
    """A baseline with something fixed, and waivers of an item and of a rule."""
    found = json.loads(s.run("check", "gaps.md", *MINI, "--format", "json").stdout)
    item = next(f for f in found["findings"] if f["rule"] == "mini.1.2")
    waiver = {"id": "W1", "rule": item["rule"], "approver": "Q. A.", "justification": "Known.",
              "checklist": {"id": "mini", "digest": found["checklists"][0]["digest"]},
              "created": "2026-01-01", "expires": "2030-01-01", "scope": {"fingerprint": item["fingerprint"]}}
    other = dict(waiver, id="W2", rule="text/leftover", scope={"path": "**/*.md"})
    del other["checklist"]
    (s.folder / "waived.json").write_text(json.dumps({"schema": "lacuna.waivers/1", "waivers": [waiver, other]}))
    s.run("baseline", "write", "gaps.md", *MINI, "-o", "known.json")
    known = json.loads((s.folder / "known.json").read_text())
    known["findings"].append(dict(known["findings"][0], fingerprint="0" * 64))
    (s.folder / "known.json").write_text(json.dumps(known))


def schemas_hold(s):
    try:
        import jsonschema
        validator = jsonschema.Draft202012Validator
    except (ImportError, AttributeError):
        print("  skipped: python3-jsonschema is not installed or too old")
        return
    gate_files(s)
    (s.folder / "gaps.values").write_text('{"title": "T", "unknown": "U"}', encoding="utf-8")
    for name, arguments in (("result-1", ["check", "good.md", "gaps.md", "word.docx", "absent.md",
                                          "packs", *MINI]),
                            ("result-1", ["check", "packs"]),
                            ("outline-1", ["outline", "word.docx"]), ("outline-1", ["outline", "gaps.md"]),
                            ("verification-1", ["verify", "good.md", "--against", "gaps.md"]),
                            ("template-profile-1", ["templates", "profile", "protocol"]),
                            ("fill-1", ["fill", "csr", "--values", "gaps.values", "-o", "csr.docx"]),
                            ("letter-1", ["letter", ROOT / "samples/letters/clinical-hold.txt"]),
                            ("letter-1", ["letter", ROOT / "samples/letters/information-request.eml"]),
                            ("result-1", ["check", ROOT / "samples/ind900204", "gaps.md", *MINI,
                                          "--baseline", "known.json", "--waivers", "waived.json"]),
                            ("baseline-1", None), ("waivers-1", None),
                            ("diff-1", ["diff", ROOT / "samples/ind900204", "--from", "0001"])):
        schema = json.loads((ROOT / f"checklists/schema/{name}.json").read_text(encoding="utf-8"))
        stored = {"baseline-1": "known.json", "waivers-1": "waived.json"}.get(name)
        text = (s.folder / stored).read_text() if stored else s.run(*arguments, "--format", "json").stdout
        got = json.loads(text)
        wrong = [f"{list(e.path)}: {e.message}" for e in validator(schema).iter_errors(got)]
        assert not wrong, wrong[:5]


def quotes_are_in_the_text(s):
    for name in ("good.md", "gaps.md", "word.docx"):
        text = s.run("text", name).stdout
        result = json.loads(s.run("check", name, *MINI, "--format", "json").stdout)
        seen = 0
        for item in result["documents"][0]["results"]:
            for evidence in item["evidence"]:
                anchor, quote = evidence["anchor"], evidence["quote"].encode()
                assert quote in text, quote
                line = text.split(b"\n")[anchor["text_line"] - 1]
                start = text.rfind(b"\n", 0, anchor["start"]) + 1
                assert text[start:].startswith(line), (anchor, line)
                seen += 1
        assert seen > 0


def gaps_are_findings_once(s):
    result = json.loads(s.run("check", "good.md", "gaps.md", *MINI, "--format", "json").stdout)
    gaps = sorted((d["path"], r["checklist"], r["item"], r["status"], r["severity"])
                  for d in result["documents"] for r in d["results"]
                  if r["status"] in ("partial", "missing", "contradicts") and not r["structural"])
    found = sorted((f["document"], f["checklist"], f["rule"], f["status"], f["severity"])
                   for f in result["findings"] if f["checklist"])
    assert gaps == found and len(gaps) == 3, (gaps, found)
    prints = [f["fingerprint"] for f in result["findings"]]
    assert len(set(prints)) == len(prints)
    counted = result["counts"]["gaps"]
    assert sum(counted.values()) == len(gaps) and counted["major"] == 1, counted


def prints(s, name):
    result = json.loads(s.run("check", name, *MINI, "--format", "json").stdout)
    return {f["rule"]: f["fingerprint"] for f in result["findings"]}


def fingerprints_survive_edits(s):
    before = prints(s, "gaps.md")
    path = s.folder / "gaps.md"
    path.write_text("Sponsor: Example.\n\nAnother line.\n\n" + path.read_text())
    assert prints(s, "gaps.md") == before and len(before) == 4, before
    path.rename(s.folder / "renamed.md")
    assert not set(prints(s, "renamed.md").values()) & set(before.values())
    numbered = s.folder / "numbered.md"
    numbered.write_text("Protocol number: AB-12\n\n" + (s.folder / "renamed.md").read_text())
    before = prints(s, "numbered.md")
    numbered.rename(s.folder / "another name.md")
    assert prints(s, "another name.md") == before and before


def closed_pipes_are_quiet(s):
    (s.folder / "long.md").write_text("# A\n\n" + "word " * 20 + "\n\n" * 3
                                      + "A line of text.\n\n" * 40000)
    for arguments in (["text", "long.md"], ["outline", "long.md"], ["check", "good.md", *MINI, "-v"],
                      ["help", "check"]):
        with s.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.read(1)
            process.stdout.close()
            err = process.stderr.read()
            code = process.wait(60)
        assert code == 0 and err == b"", (arguments, code, err)


def full_device_is_an_error(s):
    if not os.path.exists("/dev/full"):
        print("  skipped: no /dev/full")
        return
    with open("/dev/full", "wb") as full:
        for arguments in (["text", "good.md"], ["check", "good.md", *MINI], ["version"], ["help"]):
            done = subprocess.run([s.lacuna, *arguments], cwd=s.folder, env=s.env, stdout=full,
                                  stderr=subprocess.PIPE, timeout=60, check=False)
            assert done.returncode == 3 and b"No space" in done.stderr, (arguments, done)


def output_files_are_whole_or_absent(s):
    (s.folder / "out.json").write_text("before")
    s.run("check", "good.md", *MINI, "--output", "json=out.json")
    assert json.loads((s.folder / "out.json").read_text())["verdict"] == "ready"
    (s.folder / "link.json").symlink_to("out.json")
    (s.folder / "out.json").write_text("before")
    s.run("check", "good.md", *MINI, "--output", "json=link.json")
    assert (s.folder / "link.json").is_symlink() and (s.folder / "out.json").stat().st_size > 100
    done = s.run("check", "good.md", *MINI, "--output", "text=/dev/full")
    assert done.returncode == 3 and b"could not be written" in done.stderr, done
    done = s.run("check", "good.md", *MINI, "--output", "text=/dev/stdout", "-q")
    assert b"Lacuna reports" in done.stdout, done
    leftovers = [p.name for p in s.folder.iterdir() if re.search(r"\.\w{6}$", p.name)]
    assert not leftovers, leftovers


def interrupt_gives_what_there_is(s):
    s.many(400)
    with s.start("check", "many", *MINI, "--progress", "json", "--format", "json", "--output",
                 "json=partial.json", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stderr.readline()
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=100)
    result = json.loads(out)
    assert process.returncode == 3, process.returncode
    assert result["verdict"] == "incomplete" and result["cancelled"], result["verdict"]
    states = [d["error"]["status"] if d["error"] else "checked" for d in result["documents"]]
    assert len(states) == 400 and set(states) == {"checked", "cancelled"}, set(states)
    assert json.loads((s.folder / "partial.json").read_text()) == result
    leftovers = [p.name for p in s.folder.iterdir() if p.name.startswith("partial.json.")]
    assert not leftovers, leftovers


def in_terminal(s, *arguments, env=None):
    """What a terminal gets to see."""
    leader, follower = pty.openpty()
    with subprocess.Popen([s.lacuna, *arguments], cwd=s.folder, env={**s.env, **(env or {})},
                          stdout=follower, stderr=follower, stdin=subprocess.DEVNULL) as process:
        os.close(follower)
        seen = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # EIO: the last writer is gone
                break
            if not piece:
                break
            seen += piece
        process.wait(60)
    os.close(leader)
    return seen


def has_terminals():
    """A chroot without devpts has none."""
    try:
        leader, follower = pty.openpty()
    except OSError:
        return False
    os.close(leader)
    os.close(follower)
    return True


def terminal_gets_colour_and_nothing_else(s):
    seen = in_terminal(s, "check", "gaps.md", *MINI)
    assert b"\033[0;31m" in seen and b"1 of 1" in seen, seen[:300]
    assert b"\033[0;" not in in_terminal(s, "check", "gaps.md", *MINI, env={"NO_COLOR": "1"})
    assert b"\033[0;" in in_terminal(s, "check", "gaps.md", *MINI, "--color", "always",
                                     env={"NO_COLOR": "1"})
    (s.folder / "wicked.docx").unlink(missing_ok=True)
    cases.word.build("# A\nred \x9b31m alert\n", s.folder / "wicked.docx")
    assert "\x9b".encode() in s.run("text", "wicked.docx").stdout
    assert "\x9b".encode() not in in_terminal(s, "text", "wicked.docx")
    piped = s.run("check", "gaps.md", *MINI).stdout
    assert b"\033" not in piped and max(map(len, piped.decode().split("\n")[1:])) <= 80


def words_fit_the_width(s):
    for line in s.run("check", "gaps.md", "word.docx", *MINI, "-v").stdout.decode().split("\n")[1:]:
        assert len(line) <= 80 or " " not in line.strip(), line


def command_line_uses_the_public_header_alone(_):
    for path in sorted((ROOT / "cli").glob("*.[ch]")):
        for line in path.read_text(encoding="utf-8").splitlines():
            included = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if not included:
                continue
            kind, name = included.groups()
            room = name.split("/")[0] if "/" in name else ""
            ours = (ROOT / name).exists() or room in cases_rooms()
            assert not ours or name == "lacuna.h", f"{path.name} includes {name}"
            assert kind == "<" or (ROOT / "cli" / name).exists(), f"{path.name} includes {name}"


def cases_rooms():
    return {"support", "parsers", "analyzer", "drafter", "writers", "api", "checklists", "include"}


def public_header_stands_alone(_):
    tried = 0
    for language, standards in {"c": ("c99", "c17"), "c++": ("c++11", "c++17")}.items():
        compiler = shutil.which("cc" if language == "c" else "c++")
        for standard in standards if compiler else ():
            done = subprocess.run([compiler, "-x", language, f"-std={standard}", "-pedantic", "-Wall",
                                   "-Wextra", "-Werror", "-fsyntax-only", ROOT / "include/lacuna.h"],
                                  capture_output=True, check=False)
            # A header as main file is the one thing it does not have to stand.
            told = [line for line in done.stderr.decode().splitlines() if "error:" in line]
            assert not told, (standard, told)
            tried += 1
    if not tried:
        print("  skipped: no compiler")


def public_header_names_are_defined(s):
    """Every function the header declares is in the program, and answers to its name alone."""
    declared = set(re.findall(r"LACUNA_API\s+[\w\s\*]*?\b(lacuna_\w+)\(",
                              (ROOT / "include/lacuna.h").read_text(encoding="utf-8")))
    assert len(declared) > 30, declared
    sources = "\n".join(path.read_text(encoding="utf-8") for room in ("api", "support")
                        for path in (ROOT / room).glob("*.c"))
    defined = set(re.findall(r"^(?:[\w\s\*]+?)\b(lacuna_\w+)\(", sources, re.M))
    assert declared <= defined, declared - defined


def limits_reach_submissions(s):
    sample = ROOT / "samples/ind900204"
    for verb in (["inventory"], ["outline"], ["check", "--pdftotext", "none"],
                 ["diff", "--from", "0001", "--pdftotext", "none"]):
        for limit in ("submission-files=5", "leaves=3", "submission=20000", "submission-file=5000"):
            done = s.run(verb[0], sample, *verb[1:], "--limit", limit)
            assert done.returncode == 3, (verb, limit, done)
            told = done.stderr + done.stdout
            assert b"limit" in told or b"more than" in told, (verb, limit, done)
    done = s.run("inventory", sample, "--limit", "leaves=50", "--limit", "submission-files=500",
                 "--limit", "submission=100000000", "--limit", "submission-file=10000000")
    assert done.returncode == 0, done


def names_that_are_not_utf8_stop_nothing(s):
    folder = s.folder / "ind900204"
    shutil.copytree(ROOT / "samples/ind900204", folder)
    whole = json.loads(s.run("inventory", folder, "--format", "json").stdout)
    (folder / os.fsdecode(b"0002/m1/us/caf\xe9.pdf")).write_bytes(b"x")
    for verb in (["inventory"], ["outline"], ["check", "--pdftotext", "none"],
                 ["diff", "--from", "0001", "--pdftotext", "none"]):
        done = s.run(verb[0], folder, *verb[1:])
        assert done.returncode == 3, (verb, done)
        assert rb"caf\xE9.pdf" in done.stderr + done.stdout, (verb, done)
    part = json.loads(s.run("inventory", folder, "--format", "json").stdout)
    assert part["applications"] == whole["applications"]


def zip_without_sequences_says_what_was_looked_for(s):
    with zipfile.ZipFile(s.folder / "other.zip", "w") as archive:
        archive.writestr("a.txt", "text")
    for verb in ("check", "inventory", "outline"):
        done = s.run(verb, "other.zip")
        told = b" ".join((done.stderr + done.stdout).split())
        assert done.returncode == 3 and b"submissionunit.xml" in told and b"index.xml" in told, done


def every_flag_is_in_its_help(s):
    for path in sorted((ROOT / "cli").glob("*.c")):
        text = path.read_text(encoding="utf-8")
        names = re.findall(r'\{[\w]+, "([a-z0-9-]+)", (?:\'.\'|0), (?:true|false)\}', text)
        verbs = {"check_args.c": ["check"], "view.c": ["outline", "text"],
                 "catalog.c": ["explain", "checklists"], "cmd_checklists.c": ["checklists"],
                 "checklists_author.c": ["checklists"], "checklists_diff.c": ["checklists"],
                 "checklists_exchange.c": ["checklists"],
                 }.get(path.name, re.findall(r"cmd_(\w+)\.c", path.name))
        assert not names or verbs, path.name
        for verb in verbs:
            told = s.run("help", verb).stdout.decode()
            for name in names:
                if (verb, name) != ("text", "format"):
                    assert f"--{name}" in told, (verb, name)


def verbs(s):
    return re.findall(r"^  ([a-z]+) ", s.run("help").stdout.decode(), re.M)


def help_fits_a_terminal(s):
    for verb in verbs(s):
        for arguments in (["help", verb], [verb, "--help"]):
            done = s.run(*arguments)
            assert done.returncode == 0 and b"usage: lacuna " + verb.encode() in done.stdout, done
            long = [line for line in done.stdout.decode().split("\n") if len(line) > 80]
            assert not long, (verb, long)
    assert max(map(len, s.run("help").stdout.decode().split("\n"))) <= 80


def every_rule_is_explained(s):
    """Codes are written as "docx/name", "pdf/name" or "text/name" in the sources, and nowhere else so
    but for media types of mail."""
    codes = set()
    for room in ("analyzer", "parsers", "drafter"):
        for path in (ROOT / room).rglob("*.c"):
            codes |= set(re.findall(r'"((?:docx|pdf|text|response)/[a-z0-9-]+)"', path.read_text(encoding="utf-8")))
    codes -= {"text/html", "text/plain"}
    assert len(codes) > 10, codes
    for code in sorted(codes):
        done = s.run("explain", code, "--format", "json")
        assert done.returncode == 0 and json.loads(done.stdout)["id"] == code, code


def doctor_works(s):
    done = s.run("doctor")
    assert done.returncode == 0 and b"FAILED" not in done.stdout and b"ok  " in done.stdout, done
    about = json.loads(s.run("version", "--json").stdout)
    assert about["libraries"] and about["limits"]["part_bytes"] > 0 and about["build"], about


def main():
    options = harness.arguments(__doc__, only=([], "names of checks; default all"))
    checks = [same_whatever_threads_and_order, keys_are_sorted, schemas_hold, quotes_are_in_the_text,
              gaps_are_findings_once, fingerprints_survive_edits, closed_pipes_are_quiet,
              full_device_is_an_error, output_files_are_whole_or_absent,
              interrupt_gives_what_there_is, terminal_gets_colour_and_nothing_else,
              words_fit_the_width, command_line_uses_the_public_header_alone,
              public_header_stands_alone, public_header_names_are_defined,
              limits_reach_submissions, names_that_are_not_utf8_stop_nothing,
              zip_without_sequences_says_what_was_looked_for,
              every_flag_is_in_its_help, every_rule_is_explained,
              help_fits_a_terminal, doctor_works]
    bad = 0
    for check in checks:
        if options.only and check.__name__ not in options.only:
            continue
        if check is terminal_gets_colour_and_nothing_else and not has_terminals():
            print(f"{check.__name__}: skipped (no terminal devices here)")
            continue
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(Setting(options.lacuna, folder))
                state = "ok"
            except AssertionError as wrong:
                state, bad = f"WRONG {wrong}", bad + 1
        print(f"{check.__name__}: {state} ({time.monotonic() - begun:.1f} s)")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
