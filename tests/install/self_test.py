#!/usr/bin/env python3
"""`lacuna doctor --self-test`: a record of what this very program did, true to the file it is."""
import hashlib
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

GIVEN = None
SCHEMA = json.loads((HERE.parent.parent / "checklists/schema/self-test-1.json").read_text(encoding="utf-8"))


def doctor(*flags, code=0, program=None):
    done = subprocess.run([program or GIVEN.lacuna, "doctor", *flags], capture_output=True, check=False,
                          stdin=subprocess.DEVNULL)
    assert done.returncode == code, (done.returncode, done.stderr)
    return done.stdout.decode()


class Record(unittest.TestCase):
    def test_json(self):
        record = json.loads(doctor("--self-test", "--format", "json"))
        self.assertEqual(record["program"]["sha256"], hashlib.sha256(Path(GIVEN.lacuna).read_bytes()).hexdigest())
        self.assertEqual(record["failures"], 0)
        self.assertTrue(all(one["passed"] == (one["expected"] == one["actual"]) for one in record["checks"]))
        ids = [one["id"] for one in record["checks"]]
        self.assertEqual(len(ids), len(set(ids)))
        listed = json.loads(subprocess.run([GIVEN.lacuna, "version", "--json"], capture_output=True, check=True).stdout)
        self.assertEqual({f"checklist/{one['id']}" for one in listed["checklists"]},
                         {name for name in ids if name.startswith("checklist/")})
        self.assertEqual(record["about"], listed)
        self.assertEqual(set(record), set(SCHEMA["required"]))
        self.assertEqual(set(record["checks"][0]), set(SCHEMA["properties"]["checks"]["items"]["required"]))

    def test_text_is_to_be_signed(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "record.txt")
            self.assertEqual(doctor("--self-test", "-o", str(path)), "")
            text = path.read_text()
        for words in ("SHA-256", "expected", "actual", "Result: ", " 0 failed", "Performed by", "Reviewed by"):
            self.assertIn(words, text)
        self.assertNotIn("FAILED", text)
        self.assertNotIn("compliant", text)

    def test_a_program_that_was_altered_says_so(self):
        data = Path(GIVEN.lacuna).read_bytes()
        # A sentence of a checklist that must match is made one that cannot.
        item = json.loads(subprocess.run([GIVEN.lacuna, "explain", "m11.6.7.4", "-f", "json"], capture_output=True,
                                         check=True).stdout)
        sentence = item["match"][0].encode()
        text = data.index(sentence)
        end = text + len(sentence)
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "lacuna")
            program.write_bytes(data[:text] + b"z" * (end - text) + data[end:])
            program.chmod(stat.S_IRWXU)
            record = json.loads(doctor("--self-test", "--format", "json", code=1, program=program))
            self.assertEqual(record["failures"], 1)
            self.assertEqual([one["id"].split("/")[0] for one in record["checks"] if not one["passed"]], ["checklist"])

    def test_usage(self):
        for flags in (["--format", "json"], ["-o", "x"], ["--self-test", "--format", "xml"], ["operand"]):
            doctor(*flags, code=2)
        if os.geteuid() != 0:
            doctor("--self-test", "-o", "/nowhere/x", code=3)


if __name__ == "__main__":
    GIVEN = harness.arguments(__doc__)
    unittest.main(argv=["self_test"])
