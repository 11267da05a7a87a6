#!/usr/bin/env python3
"""The recipes of templates/ci do what they say, as far as this can be seen without the services.

The hook runs in a real repository with git; the script lines of the GitHub action and of GitLab run in
a shell with the variables those services set; hooks of the pre-commit framework are called as it calls
them; the text of Word files is compared by `git diff`.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "cases"))
import harness  # noqa: E402
import word  # noqa: E402

CI = HERE.parent.parent / "templates" / "ci"
SHARED = HERE.parent / "cases" / "shared"
CONFIG = {"schema": "lacuna.config/1", "checklist_dirs": ["packs"], "checklists": ["mini"], "fail_on": "minor"}
WRONG = []


def same(what, ours, expected):
    if ours != expected:
        WRONG.append(f"{what}: {ours!r}, expected {expected!r}")


def holds(what, text, part):
    if part not in text:
        WRONG.append(f"{what}: {part!r} is not in {text[-600:]!r}")


class Repository:
    """A git repository with a configuration and a checklist of its own."""

    def __init__(self, folder, lacuna):
        self.path = Path(folder) / "repository"
        self.path.mkdir()
        self.environment = {**os.environ, "PATH": f"{Path(lacuna).parent}:{os.environ['PATH']}",
                            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder),
                            "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "A",
                            "GIT_COMMITTER_EMAIL": "a@b"}
        self.git("init", "-q")
        shutil.copytree(SHARED / "packs", self.path / "packs")
        self.write(".lacuna.json", json.dumps(CONFIG))

    def run(self, *command, **more):
        return subprocess.run(command, cwd=self.path, env={**self.environment, **more}, capture_output=True,
                              timeout=120)

    def git(self, *arguments):
        return self.run("git", *arguments)

    def write(self, name, content):
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (self.path / name).write_bytes(data)

    def commit(self, *more):
        self.git("add", "-A")
        return self.git("commit", "-q", "-m", "a change", *more).returncode


def shared(name):
    return (SHARED / name).read_bytes()


def docx(folder, text):
    path = Path(folder) / "made.docx"
    word.build(text, path)
    return path.read_bytes()


def hook(folder, lacuna):
    r = Repository(folder, lacuna)
    shutil.copy(CI / "pre-commit" / "hook", r.path / ".git" / "hooks" / "pre-commit")
    same("settings alone are committed", r.commit(), 0)
    r.write("a b\u00e9.md", shared("gaps.md"))
    same("a document with gaps is stopped", r.commit(), 1)
    same("but not for who insists", r.commit("--no-verify"), 0)
    r.write("new.md", shared("good.md"))
    same("only what the commit changes is looked at", r.commit(), 0)
    r.write("new.md", shared("gaps.md"))
    r.git("add", "-A")
    r.write("new.md", shared("good.md"))
    same("what is staged counts", r.git("commit", "-q", "-m", "x").returncode, 1)
    r.git("reset", "-q", "--hard")
    r.write(".lacuna.json", json.dumps({**CONFIG, "fail_on": "never"}))
    r.write("new.md", shared("gaps.md"))
    same("the settings of the repository count", r.commit(), 0)
    r.write("broken.docx", b"PK no zip")
    same("what cannot be read stops it too", r.commit() != 0, True)


def pre_commit(folder, lacuna):
    """entry and files of each hook, as the framework calls it: with the names of the files behind."""
    r = Repository(folder, lacuna)
    text = (CI / "pre-commit" / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    hooks = {name: (entry.split(), re.compile(files)) for name, entry, files in
             re.findall(r"- id: (\S+)\n.*?entry: (.+?)\n.*?files: '(.+?)'", text, re.S)}
    same("hooks", sorted(hooks), ["lacuna", "lacuna-checklists"])
    entry, files = hooks["lacuna"]
    same("files that are documents", [bool(files.search(n)) for n in ("a.docx", "b/c.pdf", "d.json", "x.docx.tmp")],
         [True, True, False, False])
    r.write("good.md", shared("good.md"))
    r.write("gaps.md", shared("gaps.md"))
    same("pre-commit, no gap", r.run(*entry, "good.md").returncode, 0)
    same("pre-commit, gaps", r.run(*entry, "good.md", "gaps.md").returncode, 1)
    entry, files = hooks["lacuna-checklists"]
    same("files that are checklists", bool(files.search("checklists/ours.json")), True)
    same("pre-commit, checklist", r.run(*entry, "packs/mini.json").returncode, 0)


def action(folder, lacuna):
    r = Repository(folder, lacuna)
    text = (CI / "github-action" / "action.yml").read_text(encoding="utf-8")
    script = "\n".join(line[8:] for line in text.partition("run: |\n")[2].splitlines())
    r.write("gaps.md", shared("gaps.md"))
    output, summary = Path(folder) / "output", Path(folder) / "summary"
    done = r.run("bash", "-e", "-c", script, LACUNA_PATH=".", LACUNA_FAIL_ON="", LACUNA_SARIF="lacuna.sarif",
                 RUNNER_TEMP=folder, GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary))
    same("action: exit", done.returncode, 1)
    holds("action: annotations", done.stdout.decode(), "::")
    holds("action: output", output.read_text(), "exit-code=1")
    holds("action: summary", summary.read_text(), "gaps.md")
    same("action: SARIF", json.loads((r.path / "lacuna.sarif").read_text())["version"], "2.1.0")
    done = r.run("bash", "-e", "-c", script, LACUNA_PATH=".", LACUNA_FAIL_ON="critical", LACUNA_SARIF="l.sarif",
                 RUNNER_TEMP=folder, GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary))
    same("action: fail-on of the step", done.returncode, 0)


def gitlab(folder, lacuna):
    r = Repository(folder, lacuna)
    line = re.search(r"script:\n    - (.+)", (CI / "gitlab.yml").read_text(encoding="utf-8"))[1]
    r.write("gaps.md", shared("gaps.md"))
    same("gitlab: exit", r.run("sh", "-c", line, LACUNA_PATH=".").returncode, 1)
    same("gitlab: code quality", bool(json.loads((r.path / "gl-code-quality-report.json").read_text())), True)
    same("gitlab: JUnit", tree.parse(r.path / "lacuna-junit.xml").getroot().tag, "testsuites")
    same("gitlab: fail-on", r.run("sh", "-c", line, LACUNA_PATH=".", LACUNA_FAIL_ON="never").returncode, 0)


def jenkins(folder, lacuna):
    r = Repository(folder, lacuna)
    line = re.search(r"script: '(lacuna .+?)'", (CI / "Jenkinsfile").read_text(encoding="utf-8"))[1]
    r.write("gaps.md", shared("gaps.md"))
    same("jenkins: exit", r.run("sh", "-c", line).returncode, 1)
    same("jenkins: reports", all((r.path / n).stat().st_size for n in ("lacuna-junit.xml", "lacuna.txt", "lacuna.json")),
         True)


def attributes(folder, lacuna):
    r = Repository(folder, lacuna)
    shutil.copy(CI / "gitattributes", r.path / ".gitattributes")
    r.git("config", "diff.lacuna.textconv", "lacuna text -q")
    r.write("a.docx", docx(folder, "# Dose\nEach participant takes 20 mg.\n"))
    r.commit()
    r.write("a.docx", docx(folder, "# Dose\nEach participant takes 40 mg.\n"))
    shown = r.git("diff").stdout.decode("utf-8")
    holds("textconv: before", shown, "-Each participant takes 20 mg.")
    holds("textconv: after", shown, "+Each participant takes 40 mg.")


def yaml_reads():
    try:
        import yaml
    except ImportError:
        return "; YAML not parsed: python3-yaml is not installed"
    for path in [*CI.rglob("*.yml"), *CI.rglob("*.yaml")]:
        try:
            yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            WRONG.append(f"{path.name}: {error}")
    return ""


def main():
    lacuna = harness.arguments(__doc__).lacuna
    if shutil.which("git") is None:
        harness.skip("git is not installed")
    for test in (hook, pre_commit, action, gitlab, jenkins, attributes):
        with tempfile.TemporaryDirectory() as folder:
            test(folder, lacuna)
    told = yaml_reads()
    print(f"{len(WRONG)} differences{told}")
    for line in WRONG:
        print(f"FAILED {line}")
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
