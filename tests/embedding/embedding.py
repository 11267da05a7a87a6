#!/usr/bin/env python3
"""The examples of samples/embedding: every language comes to the result of the command line."""
import hashlib
import json
import os
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
EXAMPLES = ROOT / "samples/embedding"
SAMPLES = ROOT / "samples"
OPTIONS = ["as-of=2026-01-01", "fail-on=minor"]
GIVEN = None


def run(*command, code=None, **kept):
    kept.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run([str(c) for c in command], capture_output=True, check=False, **kept)
    assert code is None or done.returncode == code, (command, done.returncode, done.stderr[-2000:])
    return done


class Example(unittest.TestCase):
    """Runs `command` on documents and compares with the command line."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.env = {**os.environ, "LACUNA": GIVEN.lacuna, "LACUNA_LIBRARY": GIVEN.library,
                    "LD_LIBRARY_PATH": str(Path(GIVEN.library).parent)}

    def same(self, *command):
        for document in ("consent-form.docx", "source/protocol.txt", "absent.docx"):
            mine = run(*command, document, *OPTIONS, cwd=SAMPLES, env=self.env)
            theirs = run(GIVEN.lacuna, "check", document, "--as-of", "2026-01-01", "--fail-on", "minor", "-f", "json",
                         cwd=SAMPLES)
            self.assertEqual(mine.returncode, theirs.returncode, mine.stderr)
            one, two = json.loads(mine.stdout), json.loads(theirs.stdout)
            for result in (one, two):
                result["tool"].pop("build")  # of the file the code is in
            self.assertEqual(one, two, document)

    def refuses(self, *command):
        done = run(*command, "consent-form.docx", "as-of=yesterday", cwd=SAMPLES, env=self.env)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"yesterday", done.stdout + done.stderr)

    def c(self):
        if shutil.which("cc") is None:
            harness.skip("there is no C compiler")
        program = self.folder / "check"
        run("cc", "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-I", ROOT / "include",
            EXAMPLES / "c/check.c", GIVEN.library, "-o", program, code=0)
        self.same(program)
        self.refuses(program)

    def python(self):
        self.same(sys.executable, EXAMPLES / "python/lacuna.py")
        self.refuses(sys.executable, EXAMPLES / "python/lacuna.py")

    def node(self):
        self.same("node", EXAMPLES / "node/check.mjs")
        self.refuses("node", EXAMPLES / "node/check.mjs")

    def java(self):
        home = Path(shutil.which("javac")).resolve().parent.parent
        run("javac", "-d", self.folder, EXAMPLES / "java/Lacuna.java", code=0)
        run("cc", "-shared", "-fPIC", "-Wall", "-Werror", f"-I{home}/include", f"-I{home}/include/linux",
            "-I", ROOT / "include", EXAMPLES / "java/lacuna_jni.c", GIVEN.library, "-o",
            self.folder / "liblacuna_jni.so", code=0)
        command = ["java", "-Xcheck:jni", "-cp", self.folder, f"-Djava.library.path={self.folder}", "Lacuna"]
        self.same(*command)
        self.refuses(*command)

    def dms(self):
        hook = [sys.executable, EXAMPLES / "dms/checkin.py"]
        kept = self.folder / "metadata"
        for name, code, verdict in (("consent-form.docx", 1, "not-ready"), ("protocol.docx", 0, "not-ready")):
            run(*hook, name, kept, "as-of=2026-01-01", cwd=SAMPLES, env=self.env, code=code)
            path = kept / f"{name}.lacuna.json"
            stored = json.loads(path.read_text())
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
            self.assertEqual(stored["lacuna:verdict"], verdict)
            self.assertEqual(stored["lacuna:document_sha256"],
                             hashlib.sha256((SAMPLES / name).read_bytes()).hexdigest())
            result = json.loads(run(GIVEN.lacuna, "check", name, "--as-of", "2026-01-01", "-f", "json", cwd=SAMPLES).stdout)
            self.assertEqual([f["fingerprint"] for f in stored["lacuna:findings"]],
                             [f["fingerprint"] for f in result["findings"]])
        (self.folder / "damaged.docx").write_bytes(b"PK\3\4 and nothing")
        run(*hook, self.folder / "damaged.docx", kept, env=self.env, code=3)
        self.assertEqual(json.loads((kept / "damaged.docx.lacuna.json").read_text())["lacuna:status"], "incomplete")
        self.assertEqual(len(list(kept.iterdir())), 3)


def why_not(language):
    """What the example needs and is not here; None."""
    if language == "node" and shutil.which("node") is None:
        return "node is not installed"
    if language == "java":
        compiler = shutil.which("javac")
        if compiler is None or shutil.which("java") is None:
            return "there is no JDK"
        home = Path(compiler).resolve().parent.parent
        return None if (home / "include/jni.h").is_file() else f"the JDK in {home} has no jni.h"
    return None


if __name__ == "__main__":
    GIVEN = harness.arguments(__doc__, library=("", "liblacuna.so"), language=("python", "which example"))
    if why_not(GIVEN.language) is not None:
        harness.skip(why_not(GIVEN.language))
    suite = unittest.TestSuite([Example(GIVEN.language)])
    sys.exit(0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1)
