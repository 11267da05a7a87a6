#!/usr/bin/env python3
"""Rules of the house that a program can check.

The library rooms do not print, exit, abort, assert or read the environment; no room includes one
above it; files and functions stay small; no path of somebody's machine is in the sources; the limits
in SECURITY.md are those of support/limits.h; files the documents point to exist.
"""
import re
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ["support", "parsers", "analyzer", "drafter", "writers", "api", "cli"]
# claude/ stands beside them: it is the only room with a network, and no room includes it.
LIBRARY = [room for room in ROOMS if room != "cli"] + ["claude"]
BANNED = re.compile(r"\b(printf|fprintf|puts|putchar|exit|_exit|abort|assert|getenv|setlocale|strcpy|"
                    r"strcat|sprintf|vsprintf|gets|strtok|system|popen)\s*\(")
MACHINE = re.compile(r"/(?:work|root)/|/home/\w|\.\.[/]shared")
FILE_LINES, FUNCTION_LINES, FILE_MEDIAN, FUNCTION_MEDIAN = 800, 80, 250, 15


def sources_of_truth():
    """The tracked files; without git, all files but hidden ones and what a build makes."""
    try:
        listed = subprocess.run(["git", "-C", ROOT, "ls-files"], capture_output=True, text=True,
                                check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        listed = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")
                  if not re.match(r"\.|build|out/|node_modules", str(path.relative_to(ROOT)))]
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def code_only(text):
    """Text without comments and strings, lines kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match[0])
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


def room_of(path):
    return path.relative_to(ROOT).parts[0]


def banned_calls(path, text):
    for number, line in enumerate(code_only(text).splitlines(), 1):
        match = BANNED.search(line)
        if match and not line.startswith("#"):
            yield f"{path.relative_to(ROOT)}:{number}: calls {match[1]}"


def includes_upward(path, text):
    level = ROOMS.index(room_of(path))
    for name in re.findall(r'^#include "(\w+)/', text, re.M):
        if name in ROOMS and ROOMS.index(name) > level:
            yield f"{path.relative_to(ROOT)}: includes {name}/, a room above"


def includes_network(path, text):
    for name in re.findall(r'^#include [<"]((?:claude|curl)/[^>"]+)', text, re.M):
        yield f"{path.relative_to(ROOT)}: includes {name}, which only claude/ may"


def includes_of_the_program(path, text):
    """The command line, the worker and the MCP server know the library by its public headers alone."""
    for name in re.findall(r'^#include "([^"]+)"', text, re.M):
        if not (ROOT / "cli" / name).is_file():
            yield f"{path.relative_to(ROOT)}: includes {name}, which is not the program's own"
    for name in re.findall(r"^#include <(lacuna[^>]*)>", text, re.M):
        if not (ROOT / "include" / name).is_file():
            yield f"{path.relative_to(ROOT)}: includes {name}, which is not public"


def names_of_python(files):
    """A test called like a module of Python's own hides it from every test beside it."""
    for path in files:
        if path.suffix == ".py" and path.stem in sys.stdlib_module_names:
            yield f"{path.relative_to(ROOT)}: Python has a module of that name"


def function_lengths(text):
    """Lines of each body; the committed style puts its braces in column one."""
    start = None
    for number, line in enumerate(text.splitlines()):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield number - start + 1, start
            start = None


def sizes(sources):
    functions, files = [], []
    for path, text in sources:
        files.append(text.count("\n"))
        if files[-1] > FILE_LINES:
            yield f"{path.relative_to(ROOT)}: {files[-1]} lines"
        for length, start in function_lengths(text):
            functions.append(length)
            if length > FUNCTION_LINES:
                yield f"{path.relative_to(ROOT)}:{start + 1}: a function of {length} lines"
    middle_file, middle_function = statistics.median(files), statistics.median(functions)
    print(f"{len(files)} files, median {middle_file:.0f} lines; {len(functions)} functions, median "
          f"{middle_function:.0f}, longest {max(functions)}")
    if middle_file > FILE_MEDIAN or middle_function > FUNCTION_MEDIAN:
        yield "the median is above the house's rule"


def machine_paths(files):
    for path in files:
        if path.suffix == ".docx" or path == ROOT / ".ci/run" or path == Path(__file__).resolve():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if MACHINE.search(text):
            yield f"{path.relative_to(ROOT)}: a path of one machine ({MACHINE.search(text)[0]})"


def limits():
    """name -> value of support/limits.h."""
    text = (ROOT / "support/limits.h").read_text(encoding="utf-8")
    found = {}
    for name, value in re.findall(r"^    \.(\w+) = ([^,]+),$", text, re.M):
        base, _, shift = re.sub(r"\(uint\d+_t\)|u\b|(?<=\d)u", "", value).partition("<<")
        found[name] = int(base) << int(shift or 0)
    return found


def shown_value(text):
    number, _, unit = text.replace(",", "").partition(" ")
    return int(number) * {"": 1, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}[unit]


def limits_table():
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+(?: [MGT]iB)?) \|", security, re.M))
    shown = {name: shown_value(value) for name, value in rows.items()}
    for name, value in limits().items():
        if shown.get(name) != value:
            yield f"SECURITY.md: {name} is {shown.get(name)}, support/limits.h says {value}"
    for name in shown.keys() - limits().keys():
        yield f"SECURITY.md: {name} is no limit"


def dead_links():
    for document in ("README.md", "SECURITY.md", "CONTRIBUTING.md", "samples/README.md",
                     "checklists/README.md"):
        path = ROOT / document
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                yield f"{document}: links to {target}, which does not exist"


def main():
    files = sources_of_truth()
    sources = [(p, p.read_text(encoding="utf-8")) for p in files
               if p.suffix in (".c", ".h") and room_of(p) in [*ROOMS, "claude"]]
    wrong = []
    for path, text in sources:
        if room_of(path) in ROOMS:
            wrong += includes_upward(path, text)
            wrong += includes_network(path, text)
        if room_of(path) == "cli":
            wrong += includes_of_the_program(path, text)
        if room_of(path) in LIBRARY:
            wrong += banned_calls(path, text)
    for found in (sizes(sources), machine_paths(files), names_of_python(files), limits_table(),
                  dead_links()):
        wrong += found
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
