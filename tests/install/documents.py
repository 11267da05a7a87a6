#!/usr/bin/env python3
"""The documents for those who embed: every example in C compiles and finds its symbols, every line of JSON
that is shown to the worker is one, links lead somewhere, and nothing of the header is missing in api.md.
"""
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

ROOT = HERE.parent.parent
DOCUMENTS = ["docs/embedding.md", "docs/worker.md", "docs/mcp.md", "docs/api.md", "docs/traceability.md",
             "samples/embedding/README.md"]
GIVEN = None


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


class Documents(unittest.TestCase):
    def test_examples_compile(self):
        found = re.findall(r"<!-- example -->\n```c\n(.*?)```", text_of("docs/embedding.md"), re.S)
        self.assertGreaterEqual(len(found), 2)
        with tempfile.TemporaryDirectory() as folder:
            for number, code in enumerate(found):
                source = Path(folder, f"{number}.c")
                source.write_text(code)
                done = subprocess.run(["cc", "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
                                       "-I", ROOT / "include", source, GIVEN.library, "-o", Path(folder, "example.so")],
                                      capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_links(self):
        for name in DOCUMENTS:
            for target in re.findall(r"\]\(([^)#:\s]+)(?:#[\w-]+)?\)", text_of(name)):
                self.assertTrue((ROOT / name).parent.joinpath(target).exists(), f"{name}: {target}")

    def test_requests_that_are_shown(self):
        shown = re.findall(r"^    (\{\"id\".*\})$", text_of("docs/worker.md"), re.M)
        requests = [json.loads(line) for line in shown if '"do"' in line]
        self.assertTrue(requests)
        for request in requests:
            request["path"] = str(ROOT / "samples/protocol.docx")
            done = subprocess.run([GIVEN.lacuna, "worker"], input=json.dumps(request), capture_output=True, text=True,
                                  check=True)
            self.assertEqual(json.loads(done.stdout)["status"], "done")

    def test_every_function_is_in_the_reference(self):
        text = text_of("docs/api.md")
        for header in (ROOT / "include").glob("*.h"):
            for name in re.findall(r"\b(lacuna_\w+)\(", re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)):
                self.assertIn(f"{name}(", text)


if __name__ == "__main__":
    GIVEN = harness.arguments(__doc__, library=("", "liblacuna.so"))
    if shutil.which("cc") is None:
        harness.skip("there is no C compiler")
    unittest.main(argv=["documents"])
