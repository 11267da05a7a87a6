#!/usr/bin/env python3
"""The Agent Skill: it keeps to the format of skills, names only what the program has, and lists every
placeholder of a waypoints folder.
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

SKILL = HERE.parent.parent / "templates/skill/lacuna"
GIVEN = None
PORTABLE = {"name", "description", "license", "compatibility", "metadata", "allowed-tools"}
STEP_2 = """# CLINICAL TRIAL PROTOCOL

**Protocol Number:** [TBD - To be assigned by sponsor]

## 1. STATEMENT OF COMPLIANCE

### 1.1 Protocol Compliance

[TBD]

## 5. STUDY DESIGN

Randomised, double-blind trial in 120 participants with diabetes; the visit window is TBD.

| Item | Value |
|---|---|
| **Sites** | [TBD - number] |

"""
STEP_3 = """## 7. STUDY INTERVENTION

- Manufacturer: [To be determined]

The dose is [TBD: sponsor to confirm] mg.

> **Packaging:** [TBD]
"""


def front_matter():
    text = (SKILL / "SKILL.md").read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    return dict(re.findall(r"^([\w-]+):[ ]*(.*)$", head, re.M)), body


class Format(unittest.TestCase):
    def test_front_matter(self):
        head, body = front_matter()
        self.assertLessEqual(set(head), PORTABLE)
        self.assertEqual(head["name"], SKILL.name)
        self.assertRegex(head["name"], r"^[a-z0-9]+(-[a-z0-9]+)*$")
        self.assertTrue(1 <= len(head["description"]) <= 1024)
        self.assertNotRegex(head["description"], "[<>]")
        self.assertLessEqual(len(head["compatibility"]), 500)
        self.assertLess(body.count("\n"), 500)

    def test_links(self):
        _, body = front_matter()
        for target in re.findall(r"\]\(([^)]+)\)", body) + re.findall(r"python3 (scripts/\S+)", body):
            self.assertTrue((SKILL / target).is_file(), target)

    def test_every_command_is_one(self):
        texts = [p.read_text(encoding="utf-8") for p in SKILL.rglob("*.md")]
        commands = set(re.findall(r"(?:^    |`)lacuna ([a-z]+)([^\n`#]*)", "\n".join(texts), re.M))
        self.assertGreater(len(commands), 8)
        for verb, rest in commands:
            shown = subprocess.run([GIVEN.lacuna, "help", verb], capture_output=True, check=False)
            self.assertEqual(shown.returncode, 0, verb)
            for flag in re.findall(r"--[a-z-]+", rest):
                self.assertIn(flag, shown.stdout.decode(), f"{verb} {flag}")

    def test_checklists_and_items_it_names(self):
        text = "\n".join(p.read_text(encoding="utf-8") for p in SKILL.rglob("*.md"))
        for name in re.findall(r"--checklist (\w+)", text):
            subprocess.run([GIVEN.lacuna, "checklists", "show", name], capture_output=True, check=True)


class Waypoints(unittest.TestCase):
    def list(self, folder):
        return subprocess.run([sys.executable, SKILL / "scripts/placeholders.py", str(folder)], capture_output=True,
                              check=False, env={**os.environ, "LACUNA": GIVEN.lacuna})

    def test_every_placeholder_is_listed(self):
        with tempfile.TemporaryDirectory() as folder:
            waypoints = Path(folder, "waypoints")
            waypoints.mkdir()
            many = "".join(f"Site {n}: [TBD - site {n}]\n\n" for n in range(30))
            steps = {"02_protocol_foundation.md": STEP_2, "03_protocol_intervention.md": STEP_3,
                     "04_protocol_operations.md": "## 9. STATISTICS\n\n" + many}
            steps["protocol_complete.md"] = "".join(steps.values())
            for name, text in steps.items():
                (waypoints / name).write_text(text)
            (waypoints / "intervention_metadata.json").write_text('{"name": "[TBD]"}')
            done = self.list(waypoints)
            self.assertEqual(done.returncode, 1, done.stderr)
            listed = done.stdout.decode().splitlines()
            for name, text in steps.items():
                wanted = len(re.findall(r"\[TBD[^]]*\]|\[To be[^]]*\]|\bTBD\.", text))
                found = [line for line in listed if line.startswith(f"{waypoints}/{name}:")]
                self.assertEqual(len(found), wanted, (name, found))
            self.assertIn(f"{waypoints}/02_protocol_foundation.md:3: [TBD - To be assigned by sponsor]"
                          "  (CLINICAL TRIAL PROTOCOL)", listed)

    def test_none_left(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "protocol_complete.md").write_text("# Protocol\n\nThe dose is 40 mg.\n")
            done = self.list(folder)
            self.assertEqual((done.returncode, done.stdout), (0, b""))


if __name__ == "__main__":
    GIVEN = harness.arguments(__doc__)
    unittest.main(argv=["skill"])
