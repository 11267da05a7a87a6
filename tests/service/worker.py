#!/usr/bin/env python3
"""`lacuna worker` on the wire: the same answers as the command line; a document that crashes, loops,
sleeps or eats memory costs one answer; back-pressure, cancelling, ending.
"""
import base64
import json
import os
import signal
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402
from lines import Lines  # noqa: E402

ROOT = HERE.parent.parent
SAMPLES = ROOT / "samples"
GIVEN = None
CONSENT = {"do": "check", "path": "consent-form.docx", "options": {"as-of": "2026-01-01"}}


def worker(*flags, program=None):
    return Lines([program or GIVEN.lacuna, "worker", *flags], cwd=SAMPLES)


def hooked(*flags):
    return worker(*flags, program=GIVEN.hooks)


def ask(*requests, flags=()):
    """Each answer by its id."""
    with worker(*flags) as w:
        w.send(*requests)
        code, answers, err = w.end()
    assert code == 0, (code, err)
    return {answer["id"]: answer for answer in answers if "progress" not in answer}


def cli(*arguments):
    done = subprocess.run([GIVEN.lacuna, *arguments], cwd=SAMPLES, capture_output=True, check=False,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode()


def sanitized():
    return subprocess.run(["grep", "-q", "__asan_init\\|__tsan_init", GIVEN.hooks],
                          check=False).returncode == 0


def gone(pid, seconds=5):
    """Whether a process has ended; one that nobody waits for yet counts."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


class SameAsTheCommandLine(unittest.TestCase):
    def same(self, request, *arguments):
        answer = ask({"id": 1, **request})[1]
        code, out = cli(*arguments)
        self.assertEqual(answer["exit_code"], code)
        if "text" in answer:
            self.assertEqual(answer["text"], out)
        else:
            self.assertEqual(answer["result"], json.loads(out))
        return answer

    def test_check(self):
        answer = self.same(CONSENT, "check", "consent-form.docx", "--as-of", "2026-01-01", "-f", "json")
        self.assertEqual(answer["status"], "done")

    def test_check_sarif_and_options(self):
        self.same({**CONSENT, "format": "csv", "options": {
            "as-of": "2026-01-01", "checklist": ["informed_consent"], "fail-on": "never"}},
            "check", "consent-form.docx", "--as-of", "2026-01-01", "--checklist", "informed_consent",
            "--fail-on", "never", "-f", "csv")

    def test_the_views(self):
        self.same({"do": "outline", "path": "protocol.docx"}, "outline", "protocol.docx", "-f", "json")
        self.same({"do": "outline", "path": "ind900204"}, "outline", "ind900204", "-f", "json")
        self.same({"do": "text", "path": "protocol.docx"}, "text", "protocol.docx")
        self.same({"do": "inventory", "path": "ind900204"}, "inventory", "ind900204", "-f", "json")
        self.same({"do": "explain", "item": "m11.6.7.4"}, "explain", "m11.6.7.4", "-f", "json")
        self.same({"do": "checklists"}, "checklists", "list", "-f", "json")
        self.same({"do": "checklist", "checklist": "informed_consent", "format": "markdown"},
                  "checklists", "show", "informed_consent", "-f", "markdown")

    def test_letter_and_verify(self):
        letter = "letters/clinical-hold.txt"
        self.same({"do": "letter", "path": letter, "options": {"as-of": "2026-01-01"}},
                  "letter", letter, "--as-of", "2026-01-01", "-f", "json")
        self.same({"do": "verify", "path": "protocol.docx", "against": ["source"]},
                  "verify", "protocol.docx", "--against", "source", "-f", "json")

    def test_document_in_the_request(self):
        whole = (SAMPLES / "consent-form.docx").read_bytes()
        request = {"id": 1, **CONSENT, "name": "consent-form.docx",
                   "data": base64.b64encode(whole).decode()}
        self.assertEqual(ask(request)[1]["status"], "refused")  # path and data
        del request["path"]
        answer = ask(request)[1]
        _, out = cli("check", "consent-form.docx", "--as-of", "2026-01-01", "-f", "json")
        self.assertEqual(answer["result"], json.loads(out))

    def test_base64_of_every_length(self):
        words = [b"# T\n\n" + b"x" * n + b"\n" for n in range(1, 8)]
        for left_out in (b"", b"="):
            answers = ask(*({"id": n, "do": "text", "name": "a.md",
                             "data": base64.b64encode(word).rstrip(left_out).decode()}
                            for n, word in enumerate(words)))
            for n, word in enumerate(words):
                self.assertEqual(answers[n]["text"].split()[-1], "x" * (n + 1))

    def test_progress(self):
        with worker() as w:
            w.send({"id": "p", **CONSENT, "progress": True})
            _, said, _ = w.end()
        self.assertEqual([line.get("progress", {}).get("done") for line in said], [0, 1, None])


class Evidence(unittest.TestCase):
    def test_item(self):
        answer = ask({"id": 1, "do": "evidence", "item": "m11.6.7.4", "path": "protocol.docx"})[1]
        found = answer["result"]
        self.assertEqual(found["checklist"], "protocol_m11")
        self.assertEqual([one["item"] for one in found["results"]], ["m11.6.7.4"])
        _, out = cli("check", "protocol.docx", "--checklist", "protocol_m11", "-f", "json")
        whole = [one for one in json.loads(out)["documents"][0]["results"] if one["item"] == "m11.6.7.4"]
        self.assertEqual(found["results"], whole)

    def test_words_are_whole_and_all_of_them(self):
        text = "# A\n\nThe dose is high.\n\nA doses list, high.\n\nHIGH Dose\n"
        answer = ask({"id": 1, "do": "evidence", "words": "high dose", "name": "a.md", "text": text})[1]
        self.assertEqual([line["quote"] for line in answer["result"]["lines"]],
                         ["The dose is high.", "HIGH Dose"])
        self.assertEqual(ask({"id": 1, "do": "evidence", "words": "nowhere", "name": "a.md",
                              "text": text})[1]["exit_code"], 4)


class WhatGoesWrong(unittest.TestCase):
    def outlives(self, hook, code, *flags):
        with hooked("-j", "2", *flags) as w:
            w.send({"id": "bad", **CONSENT, "debug": hook}, {"id": "good", **CONSENT})
            answers = {line["id"]: line for line in w.lines(2, 120)}
            self.assertEqual(answers["bad"]["status"], "incomplete", answers["bad"])
            self.assertEqual(answers["bad"]["exit_code"], 3)
            self.assertEqual(answers["bad"]["error"]["code"], code)
            self.assertEqual(answers["good"]["status"], "done")
            w.send({"id": "later", **CONSENT})
            self.assertEqual(w.line()["status"], "done")
            self.assertEqual(w.end()[0], 0)

    def test_crash(self):
        self.outlives("crash", "crashed")

    def test_loop(self):
        self.outlives("loop", "too-slow", "--seconds", "1")

    def test_sleep(self):
        self.outlives("sleep", "too-slow", "--seconds", "1")

    def test_babble(self):
        self.outlives("babble", "answer-too-long")

    def test_eat(self):
        if sanitized():
            self.skipTest("a sanitizer reserves the address space")
        self.outlives("eat", "crashed", "--memory", "256")

    def test_there_are_no_hooks_in_the_program_itself(self):
        answer = ask({"id": 1, **CONSENT, "debug": "crash"})[1]
        self.assertEqual(answer["status"], "refused")

    def test_documents_that_cannot_be_read(self):
        answers = ask({"id": 1, "do": "check", "path": "absent.docx"},
                      {"id": 2, "do": "outline", "path": "absent.docx"},
                      {"id": 3, "do": "outline", "name": "a.docx", "data": "UEsDBAoAAAA="},
                      {"id": 4, "do": "letter", "path": "absent.txt"})
        self.assertEqual({a["status"] for a in answers.values()}, {"incomplete"})
        self.assertEqual({a["exit_code"] for a in answers.values()}, {3})
        self.assertIn("result", answers[1])
        self.assertIn("message", answers[2]["error"])

    def test_wrong_requests(self):
        wrong = {
            "do": {"do": "chekc", "path": "a"}, "member": {**CONSENT, "pth": "a"},
            "option": {**CONSENT, "options": {"audit-log": "/tmp/x"}},
            "program": {**CONSENT, "options": {"pdftotext": "/bin/sh"}},
            "value": {**CONSENT, "options": {"fail-on": "x"}}, "list": {**CONSENT, "options": {"as-of": {}}},
            "base64": {"do": "text", "name": "a", "data": "ab*d"}, "length": {"do": "text", "name": "a", "data": "abcde"},
            "name": {"do": "text", "text": "a"}, "nothing": {"do": "check"}, "item": {"do": "explain"},
            "unknown": {"do": "explain", "item": "nope"}, "against": {"do": "verify", "path": "protocol.docx"},
            "type": {"do": "text", "path": 7},
            "against of numbers": {"do": "verify", "path": "protocol.docx", "against": [1]},
            "format": {**CONSENT, "format": "pdf"}, "both": {"do": "evidence", "path": "a", "item": "x", "words": "y"},
        }
        answers = ask(*({"id": name, **request} for name, request in wrong.items()))
        for name in wrong:
            self.assertEqual(answers[name]["status"], "refused", answers[name])
            self.assertTrue(answers[name]["error"]["message"], name)

    def test_lines_that_are_no_requests(self):
        for line in (b"rubbish", b"[]", b"7", b"{\"do\":\"about\"}", b"{\"id\":true,\"do\":\"about\"}",
                     b"{\"id\":1,\"id\":1}", b"{\"id\":\"\"}", b"\xff\xfe", b"{\"id\": 1", b"\"\\u0000\"",
                     b"{\"id\":1,\"do\":\"text\",\"path\":\"a\\u0000b\"}"):
            with worker() as w:
                w.send(line, {"id": 1, "do": "explain", "item": "m11.4.5"})
                code, said, _ = w.end()
            self.assertEqual((code, said[0]["status"], said[0]["id"]), (0, "refused", None), line)
            self.assertEqual(said[1]["status"], "done")

    def test_an_id_twice(self):
        with hooked("-j", "1") as w:
            w.send({"id": 1, **CONSENT, "debug": "sleep"}, {"id": 1, **CONSENT})
            self.assertIn("not answered yet", w.line()["error"]["message"])


class Flow(unittest.TestCase):
    def test_cancel_at_work_and_waiting(self):
        with hooked("-j", "1") as w:
            w.send({"id": 1, **CONSENT, "debug": "sleep"}, {"id": "two", **CONSENT})
            time.sleep(0.3)
            begun = time.monotonic()
            w.send({"cancel": "two"}, {"cancel": 1}, {"cancel": "gone"})
            said = w.lines(2)
            took = time.monotonic() - begun
            self.assertEqual([(a["id"], a["status"], a["exit_code"]) for a in said],
                             [("two", "cancelled", 3), (1, "cancelled", 3)])
            self.assertLess(took, 5)
            w.send({"id": 3, **CONSENT})
            self.assertEqual(w.line()["status"], "done")

    def test_no_more_is_read_than_is_told(self):
        with hooked("-j", "2", "--waiting", "3") as w:
            os.set_blocking(w.process.stdin.fileno(), False)
            line = json.dumps({"id": 0, **CONSENT, "debug": "sleep", "item": "x" * 5000})
            sent = 0
            deadline = time.monotonic() + 3
            while time.monotonic() < deadline:
                one = line.replace('"id": 0', f'"id": {sent}').encode() + b"\n"
                try:
                    if os.write(w.process.stdin.fileno(), one) < len(one):
                        break
                    sent += 1
                except BlockingIOError:
                    time.sleep(0.05)
            time.sleep(1)
            # 2 at work, 3 waiting, the rest in the pipe (64 KiB) and one read-ahead (64 KiB).
            self.assertLess(sent, 5 + (2 * 65536 + 65536) // len(line) + 2)
            self.assertEqual(len(w.children()), 2)

    def test_answers_nobody_reads_stop_the_worker_and_not_for_good(self):
        request = {"do": "text", "name": "a.md", "text": "# T\n\n" + "word " * 400000}
        with worker("-j", "2") as w:
            count = 24
            todo = [{"id": n, **request} for n in range(count)]
            sent = []

            def write():
                for one in todo:
                    w.send(one)
                    sent.append(one)

            writer = threading.Thread(target=write)
            writer.start()
            writer.join(4)
            self.assertLess(len(sent), count, "48 MB were taken while no answer was read")
            said = w.lines(count)
            self.assertEqual({answer["id"] for answer in said}, set(range(count)))
            self.assertEqual({answer["status"] for answer in said}, {"done"})
            writer.join()
            self.assertEqual(w.end()[0], 0)

    def test_the_reader_goes_away(self):
        with hooked() as w:
            w.send({"id": 1, **CONSENT, "debug": "sleep"})
            time.sleep(0.5)
            children = w.children()
            self.assertEqual(len(children), 1)
            w.process.stdout.close()
            self.assertEqual(w.process.wait(20), 3)
            self.assertTrue(gone(children[0]))
            w.process.stdout = open(os.devnull, "rb")

    def test_children_die_with_the_worker(self):
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
            with hooked() as w:
                w.send({"id": 1, **CONSENT, "debug": "loop"})
                time.sleep(0.5)
                child = w.children()[0]
                w.process.send_signal(number)
                w.process.wait(20)
                self.assertTrue(gone(child))

    def test_a_line_that_is_too_long(self):
        with worker() as w:
            piece = b"x" * (1 << 20)
            for _ in range(354):
                w.process.stdin.write(piece)
            w.send(b"", {"id": 1, "do": "explain", "item": "m11.4.5"})
            said = w.lines(2)
            self.assertIn("longer", said[0]["error"]["message"])
            self.assertEqual(said[1]["status"], "done")

    def test_the_last_line_needs_no_end(self):
        done = subprocess.run([GIVEN.lacuna, "worker"], input=b'{"id":1,"do":"about"}', capture_output=True,
                              check=True)
        self.assertEqual(json.loads(done.stdout)["status"], "done")

    def test_flags(self):
        for flags in (["--jobs", "0"], ["-j", "257"], ["--memory", "1"], ["--seconds", "x"], ["--waiting", "-1"],
                      ["--pdftotext", "/nowhere"], ["operand"]):
            done = subprocess.run([GIVEN.lacuna, "worker", *flags], capture_output=True, check=False,
                                  stdin=subprocess.DEVNULL)
            self.assertEqual((done.returncode, done.stdout), (2, b""), flags)


if __name__ == "__main__":
    GIVEN = harness.arguments(__doc__, hooks=("", "the program with hooks"), only=("", "one test"))
    unittest.main(argv=["worker", *([GIVEN.only] if GIVEN.only else [])])
