#!/usr/bin/env python3
"""Identifiers of patients and the record: what `lacuna check --judge` sends, and what it keeps.

No identifier leaves unless it is told to; what is quoted is the document's own text again; nothing of
either is in a log; the audit log shows what was done to it.
"""
import argparse
import json
import os
import re
import subprocess
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from fake_server import Server

LACUNA = None
KEY = "sk-ant-secret-of-the-test"
TOKEN = re.compile(r"\[\[[A-Z]+_\d+:[0-9a-f]{6}\]\]")
NARRATIVE = """# Narrative

The patient, Renée Kowalski (SSN 521-48-9930), was admitted on 12 March 2021 with xylocarp pain.

Kowalski was discharged four days later and took the xylocarp drops at home as before.

# Staff

Principal investigator: John Smith, MD, of the xylocarp study; protocol version 2.0, 4 May 2020.
"""
SECRETS = ["Kowalski", "Renée", "521-48-9930", "12 March"]
PACK = {"schema": "lacuna.checklist/1", "id": "one", "version": "1", "title": "One",
        "guidance": {"authority": "house", "version": "1", "status": "in force"},
        "documents": ["protocol"], "languages": ["en"],
        "items": [{"id": "admission", "section": "1", "title": "Narrative",
                   "requirement": "The reason of admission is told.", "confidence": "memory",
                   "authority": "practice", "strength": "must", "decided_by": "model",
                   "expect": {"facts": [{"name": "admission", "any": ["admitted"]}]},
                   "tests": {"match": ["She was admitted."], "innocent": ["Nothing of it."]}}]}


class Place:
    def __init__(self, text=NARRATIVE):
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name)
        (self.folder / "packs").mkdir()
        (self.folder / "packs" / "one.json").write_text(json.dumps(PACK))
        (self.folder / "doc.md").write_text(text, encoding="utf-8")
        self.state = self.folder / "state"
        self.log = self.state / "audit.jsonl"
        self.requests = []

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.held.cleanup()

    def environment(self):
        env = {"PATH": os.environ["PATH"], "ANTHROPIC_API_KEY": KEY, "LACUNA_STATE": str(self.state)}
        env.update({k: v for k, v in os.environ.items() if k.startswith(("ASAN", "UBSAN", "LSAN"))})
        return env

    def lacuna(self, *arguments):
        return subprocess.run([LACUNA, *map(str, arguments)], capture_output=True, timeout=120,
                              text=True, cwd=self.folder, env=self.environment(), check=False)

    def answer(self, request):
        """Quotes the passage about the admission as it was sent, and names the patient."""
        self.requests.append(json.dumps(request, ensure_ascii=False))
        for block in request["messages"][0]["content"][:-1]:
            for passage in block["source"]["content"]:
                number, _, text = passage["text"].partition("] ")
                if "was admitted" in text:
                    name = (TOKEN.findall(text) or ["the patient"])[0]
                    evidence = [{"passage": int(number[1:]), "quote": text}]
                    return {"text": json.dumps({
                        "evidence": evidence, "verdict": "met",
                        "rationale": f"{name} was admitted; [[PERSON_9:000000]] was not."})}
        return {"text": json.dumps({"evidence": [], "verdict": "missing", "rationale": ""})}

    def judge(self, *more):
        with Server(answer=self.answer) as url:
            done = self.lacuna("check", "doc.md", "--checklist-dir", "packs", "--checklist", "one",
                               "--format", "json", "--judge", "--claude", "provider=anthropic",
                               "--claude", f"base-url={url}", "--as-of", "2026-01-01", *more)
        self.assert_quiet(done.stderr)
        return done

    def assert_quiet(self, text):
        assert "Sanitizer" not in text, text[-3000:]
        for secret in SECRETS + ["xylocarp", KEY]:
            assert secret not in text, f"{secret} on standard error: {text[-800:]}"

    def kept_text(self):
        return "".join(p.read_text() for p in self.state.rglob("*") if p.is_file())


def vote(done):
    item = json.loads(done.stdout)["documents"][0]["results"][0]
    return item


class Gate(unittest.TestCase):
    def test_refused_and_told_without_the_text(self):
        with Place() as place:
            done = place.judge()
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertEqual(place.requests, [])
            self.assertEqual(done.stdout, "")
            for told in ("name", "ssn", "date", "999-99-9999", "--pseudonymize", "--allow-phi",
                         "doc.md, line 3"):
                self.assertIn(told, done.stderr)
            self.assertFalse(place.log.exists() and place.log.read_text())

    def test_pseudonyms(self):
        with Place() as place:
            done = place.judge("--pseudonymize", "--pseudonym-map", "map.json")
            self.assertIn(done.returncode, (0, 1), done.stderr)
            self.assertEqual(len(place.requests), 1)
            for secret in SECRETS:
                self.assertNotIn(secret, place.requests[0])
            for left in ("John Smith", "4 May 2020", "version 2.0"):
                self.assertTrue(left in place.requests[0] or "Staff" not in place.requests[0], left)
            people = {t for t in TOKEN.findall(place.requests[0]) if "PERSON" in t}
            self.assertEqual(len(people), 1, "one patient, one token")
            item = vote(done)
            quote = item["votes"]["model"]["evidence"][0]["quote"]
            self.assertEqual(quote, NARRATIVE.splitlines()[2])
            words = item["votes"]["model"]["words"]
            self.assertIn("Renée Kowalski was admitted", words)
            self.assertIn("never given out", words)
            for secret in SECRETS:
                self.assertNotIn(secret, place.kept_text())
            written = place.folder / "map.json"
            self.assertEqual(written.stat().st_mode & 0o777, 0o600)
            stood = json.loads(written.read_text())["documents"][0]["pseudonyms"]
            self.assertEqual(stood[people.pop()], "Renée Kowalski")

    def test_kept_answers_hold_in_the_next_run(self):
        with Place() as place:
            first, second = place.judge("--pseudonymize"), place.judge("--pseudonymize")
            self.assertEqual(len(place.requests), 1, "it was asked twice")
            self.assertEqual(vote(first)["votes"]["model"]["evidence"],
                             vote(second)["votes"]["model"]["evidence"])

    def test_dry_run_shows_pseudonyms(self):
        with Place() as place:
            done = place.judge("--pseudonymize", "--dry-run")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(place.requests, [])
            self.assertRegex(done.stdout, TOKEN)
            for secret in SECRETS:
                self.assertNotIn(secret, done.stdout)

    def test_allowed(self):
        with Place() as place:
            done = place.judge("--allow-phi")
            self.assertIn(done.returncode, (0, 1), done.stderr)
            self.assertIn("Kowalski", place.requests[0])
            self.assertIn('"identifiers":"allowed"', place.log.read_text())
            self.assertNotIn("Kowalski", place.log.read_text())

    def test_doubt(self):
        text = "# Narrative\n\nSusan Miller had planned it.\n\nSubjects were well. One was admitted to it.\n"
        with Place(text) as place:
            self.assertIn(place.judge().returncode, (0, 1))
            self.assertEqual(len(place.requests), 1)
        with Place(text) as place:
            self.assertEqual(place.judge("--require-deid").returncode, 2)
            self.assertEqual(place.requests, [])
        with Place(text) as place:
            self.assertIn(place.judge("--require-deid", "--pseudonymize").returncode, (0, 1))
            self.assertNotIn("Susan", place.requests[0])

    def test_what_no_pseudonym_stands_for(self):
        text = "# Narrative\n\nThe patient was admitted with bruises; see the photograph.\n"
        with Place(text) as place:
            done = place.judge("--require-deid", "--pseudonymize")
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertEqual(place.requests, [])

    def test_both_at_once(self):
        with Place() as place:
            self.assertEqual(place.judge("--allow-phi", "--pseudonymize").returncode, 2)


class Recognizer:
    """As Presidio's analyzer answers: offsets in characters."""

    def __init__(self, words, status=200, shift=0):
        outer = self
        self.texts = []

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *arguments):
                pass

            def do_POST(self):
                text = json.loads(self.rfile.read(int(self.headers["content-length"])))["text"]
                outer.texts.append(text)
                found = [{"entity_type": kind, "start": m.start() + shift, "end": m.end() + shift,
                          "score": 0.85} for word, kind in words
                         for m in re.finditer(re.escape(word), text)]
                body = json.dumps(found).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}/analyze"

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()


class Service(unittest.TestCase):
    TEXT = "# Narrative\n\nÉtant né à l’hôpital, Zbyněk the subject was admitted to the ward.\n"

    def test_it_finds_more(self):
        recognizer = Recognizer([("Zbyněk", "PERSON")])
        with Place(self.TEXT) as place, recognizer as url:
            done = place.judge("--phi-service", url)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("name", done.stderr)
            self.assertNotIn("Zbyněk", done.stderr)
            done = place.judge("--phi-service", url, "--pseudonymize")
            self.assertIn(done.returncode, (0, 1), done.stderr)
            self.assertNotIn("Zbyněk", place.requests[0])
            self.assertIn("[[PERSON_1:", place.requests[0])
            self.assertIn("the subject was admitted", place.requests[0])
            self.assertEqual(vote(done)["votes"]["model"]["evidence"][0]["quote"],
                             self.TEXT.splitlines()[2])

    def test_its_failure_keeps_everything_here(self):
        for recognizer in (Recognizer([], status=500), Recognizer([("Zbyněk", "PERSON")], shift=9999)):
            with Place(self.TEXT) as place, recognizer as url:
                done = place.judge("--phi-service", url, "--pseudonymize")
                self.assertNotIn(done.returncode, (0, 1), done.stderr)
                self.assertEqual(place.requests, [])
        with Place(self.TEXT) as place:
            done = place.judge("--phi-service", "http://127.0.0.1:9/analyze", "--pseudonymize")
            self.assertNotIn(done.returncode, (0, 1), done.stderr)
            self.assertEqual(place.requests, [])

    def test_only_this_machine(self):
        for url in ("http://192.0.2.7/analyze", "https://recognizer.example/analyze", "nonsense"):
            with Place(self.TEXT) as place:
                done = place.judge("--phi-service", url, "--pseudonymize")
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertEqual(place.requests, [])


class Audit(unittest.TestCase):
    def test_verbs(self):
        with Place() as place:
            done = place.judge("--pseudonymize")
            head = json.loads(done.stdout)["judge"]["audit_head"]
            sound = place.lacuna("audit", "verify", place.log, "--head", head)
            self.assertEqual((sound.returncode, sound.stdout),
                             (0, f"sound: 1 entries, head {head}\n"), sound.stderr)
            self.assertIn("key", sound.stderr)
            shown = place.lacuna("audit", "show", place.log)
            self.assertEqual(shown.returncode, 0)
            self.assertIn("identifiers=pseudonyms", shown.stdout)
            self.assertIn("item=admission", shown.stdout)
            tree = json.loads(place.lacuna("audit", "show", place.log, "-f", "json").stdout)
            self.assertEqual((tree["sound"], len(tree["entries"]), tree["head"]), (True, 1, head))
            rows = place.lacuna("audit", "export", place.log, "--format", "csv", "-o", "a.csv")
            self.assertEqual(rows.returncode, 0, rows.stderr)
            self.assertEqual(len((place.folder / "a.csv").read_bytes().splitlines()), 2)
            cut = place.lacuna("audit", "verify", place.log, "--head", "0" * 64)
            self.assertEqual(cut.returncode, 1)
            self.assertIn("cut off", cut.stderr)
            place.log.write_text(place.log.read_text().replace('"item":"admission"', '"item":"other"'))
            wrong = place.lacuna("audit", "verify", place.log)
            self.assertEqual(wrong.returncode, 1)
            self.assertIn("line 1: the entry was altered", wrong.stderr)
            self.assertEqual(place.lacuna("audit", "show", place.log).returncode, 1)
            self.assertEqual(place.lacuna("audit", "verify", "absent").returncode, 3)
            self.assertEqual(place.lacuna("audit", "sing", place.log).returncode, 2)
            self.assertEqual(place.lacuna("audit", "export", place.log).returncode, 2)

    def test_key(self):
        with Place() as place:
            key, other = place.folder / "key", place.folder / "other"
            key.write_text("a key of twenty bytes\n")
            other.write_text("another key of the house\n")
            key.chmod(0o644)
            self.assertEqual(place.judge("--pseudonymize", "--audit-key-file", "key").returncode, 2)
            self.assertEqual(place.requests, [])
            key.chmod(0o600)
            other.chmod(0o600)
            done = place.judge("--pseudonymize", "--audit-key-file", "key")
            self.assertIn(done.returncode, (0, 1), done.stderr)
            self.assertEqual(place.lacuna("audit", "verify", place.log, "--audit-key-file",
                                          "key").returncode, 0)
            wrong = place.lacuna("audit", "verify", place.log, "--audit-key-file", "other")
            self.assertEqual(wrong.returncode, 1)
            self.assertIn("not written with this key", wrong.stderr)
            self.assertNotIn("twenty bytes", place.kept_text())


class State(unittest.TestCase):
    def test_modes(self):
        with Place() as place:
            place.judge("--pseudonymize")
            paths = [place.state, *place.state.rglob("*")]
            self.assertGreater(len(paths), 3)
            for path in paths:
                self.assertEqual(path.stat().st_mode & 0o777, 0o700 if path.is_dir() else 0o600, path)

    def test_no_core_while_it_asks(self):
        with Place() as place:
            seen = {}

            def look(request):
                """The process of the client, found by its command line."""
                for folder in Path("/proc").glob("[0-9]*"):
                    try:
                        if str(place.folder).encode() in os.fsencode(os.readlink(folder / "cwd")) and \
                                b"check" in (folder / "cmdline").read_bytes():
                            seen["limits"] = (folder / "limits").read_text()
                    except OSError:
                        continue
                return place.answer(request)

            with Server(answer=look) as url:
                place.lacuna("check", "doc.md", "--checklist-dir", "packs", "--checklist", "one",
                             "--judge", "--claude", "provider=anthropic", "--claude",
                             f"base-url={url}", "--pseudonymize")
            if "limits" not in seen:  # as another user /proc shows nothing of it, which is the point
                self.skipTest("the process cannot be looked at")
            self.assertRegex(seen["limits"], r"Max core file size\s+0\s+0\s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--lacuna", required=True)
    known, rest = parser.parse_known_args()
    LACUNA = str(Path(known.lacuna).resolve())
    unittest.main(argv=["privacy.py", *rest])
