#!/usr/bin/env python3
"""The second reader from end to end: `lacuna check --judge` against a stand-in of the service.

Whatever goes wrong at whatever point, a run ends complete, or incomplete in a way that the next run
goes on from; nothing is lost and nothing asked twice; and neither a secret nor a word of the document
is in anything but the requests, the answers that are kept and the reports.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

from cassette import Cassette
from counting_model import CountingModel  # noqa: E402
from fake_server import Server

HERE = Path(__file__).resolve().parent
LACUNA = None
RECORD = False
KEY = "sk-ant-secret-of-the-test"
MARK = "xylocarp"  # a word of every section, and of nothing else
SECTIONS = 20


def item(name, title, word, requirement=None):
    return {"id": name, "section": "1", "title": title,
            "requirement": requirement or f"{title} is described.", "confidence": "memory",
            "authority": "practice", "strength": "must", "decided_by": "model",
            "expect": {"facts": [{"name": name, "any": [word]}]},
            "tests": {"match": [f"It has {word} in it."], "innocent": ["Nothing of it."]}}


def pack(name, items):
    return {"schema": "lacuna.checklist/1", "id": name, "version": "1", "title": name,
            "guidance": {"authority": "house", "version": "1", "status": "in force"},
            "documents": ["protocol"], "languages": ["en"], "items": items}


def sentence(number):
    return f"The {MARK} of matter number {number} is handled by the sponsor at every site of this trial."


class Place:
    """A folder with a document, a checklist for it, and the state of the second reader."""

    def __init__(self, sections=SECTIONS):
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name)
        self.state = self.folder / "state"
        (self.folder / "packs").mkdir()
        self.write_pack(pack("twenty", [item(f"s{i:02}", f"Topic {i:02}", f"matter number {i}")
                                        for i in range(1, sections + 1)]))
        (self.folder / "doc.md").write_text("".join(
            f"# Topic {i:02}\n\n{sentence(i)}\n\n" for i in range(1, sections + 1)))

    def write_pack(self, content):
        (self.folder / "packs" / f"{content['id']}.json").write_text(json.dumps(content))

    def command(self, url, *more, document="doc.md", checklist="twenty"):
        return [LACUNA, "check", document, "--checklist-dir", "packs", "--checklist", checklist,
                "--format", "json", "--judge", "--claude", "provider=anthropic",
                "--claude", f"base-url={url}", "--as-of", "2026-01-01", *more]

    def environment(self):
        env = {"PATH": os.environ["PATH"], "ANTHROPIC_API_KEY": KEY, "LACUNA_STATE": str(self.state)}
        env.update({k: v for k, v in os.environ.items() if k.startswith(("ASAN", "UBSAN", "LSAN"))})
        return env

    def run(self, url, *more, **named):
        done = subprocess.run(self.command(url, *more, **named), capture_output=True, timeout=120,
                              cwd=self.folder, env=self.environment(), check=False)
        self.check_secrets(done)
        return done

    def check_secrets(self, done):
        assert b"Sanitizer" not in done.stderr, done.stderr[-3000:]
        assert MARK.encode() not in done.stderr, f"text of the document: {done.stderr[-500:]}"
        assert KEY.encode() not in done.stderr + done.stdout, "the key was printed"
        for path in self.state.rglob("*"):
            assert MARK not in path.name and path.stat().st_mode & 0o077 == 0, path
            if path.is_file():
                content = path.read_bytes()
                assert KEY.encode() not in content, f"the key is in {path}"
                kept = path.parent.parent.name == "answers"
                assert kept or MARK.encode() not in content, f"text of the document is in {path}"

    def entries(self):
        log = self.state / "audit.jsonl"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def kept(self):
        return [path for path in (self.state / "answers").glob("*/*") if "draft-" not in path.name]

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.held.cleanup()


def asked_about(request):
    return re.search(r"Requirement (\S+) of", request["messages"][0]["content"][-1]["text"]).group(1)


def passages(request):
    found = {}
    for block in request["messages"][0]["content"][:-1]:
        for passage in block["source"]["content"]:
            number, _, text = passage["text"].partition("] ")
            found[int(number[1:])] = text
    return found


def right_answer(request):
    """Met, with the sentence of the item's own number; what an honest model would say."""
    number = int(asked_about(request)[1:])
    for passage, text in passages(request).items():
        if text == sentence(number):
            quote = {"passage": passage, "quote": text}
            return {"evidence": [quote], "verdict": "met", "rationale": "It says who handles it."}
    return {"evidence": [], "verdict": "missing", "rationale": "It is not there."}


class Model(CountingModel):
    def name(self, request):
        return asked_about(request)

    def right(self, request):
        return {"text": json.dumps(right_answer(request))}


def overloaded(status, kind):
    return {"status": status, "headers": {"retry-after-ms": "1"},
            "error": {"type": kind, "message": f"no: {sentence(3)}"}}


# What can go wrong, and whether the answer counts as given: then it is not asked for again.
FAULTS = {
    "429": (overloaded(429, "rate_limit_error"), False),
    "529": (overloaded(529, "overloaded_error"), False),
    "500": (overloaded(500, "api_error"), False),
    "413": (overloaded(413, "request_too_large"), False),
    "slow": ({"text": json.dumps({"evidence": [], "verdict": "unclear", "rationale": ""}),
              "chunk": 200, "pause_ms": 5, "ping": True}, True),
    "cut": ({"text": "{\"evidence\": [", "cut": 600}, False),
    "error in the stream": ({"text": "{", "error": {"type": "overloaded_error", "message": "x"}}, False),
    "malformed": ({"text": "{\"evidence\": [{]"}, False),
    "no stream": ({"raw": "<html>", "type": "text/html"}, False),
    "wrong quotes": ({"text": json.dumps({"evidence": [
        {"passage": 1, "quote": "Words that stand nowhere in the whole document"}],
        "verdict": "met", "rationale": ""})}, True),
    "refusal": ({"text": "I", "stop": "refusal", "stop_details": {
        "type": "refusal", "category": "bio", "explanation": None}}, True),
    "max_tokens": ({"text": "{\"evidence\": [", "stop": "max_tokens"}, True),
    "unknown stop": ({"text": "{}", "stop": "pause_turn"}, False),
    "dropped": ({"drop": True}, False),
}
FAST = ("--claude", "retries=1", "--claude", "in-flight=4")


def judge_summary(done):
    return json.loads(done.stdout)["judge"]


def statuses(done):
    return {r["item"]: (r["status"], r["reason"])
            for d in json.loads(done.stdout)["documents"] for r in d["results"]}


class Sweep(unittest.TestCase):
    def one_point(self, name, point):
        reply, final = FAULTS[name]
        hit = f"s{point:02}"
        with Place() as place:
            model = Model(lambda item_name, count: reply if item_name == hit else None)
            with Server(answer=model) as url:
                first = place.run(url, *FAST)
            summary = judge_summary(first)
            self.assertEqual(0 if final else 1, summary["failed"], name)
            self.assertEqual(0 if final else 3, first.returncode, (name, point, first.stderr))
            if not final:
                self.assertEqual("incomplete", json.loads(first.stdout)["verdict"])
                self.assertIn(b"1 of 20 questions got no answer", first.stderr)
            self.assertEqual("met", statuses(first)[hit][0])
            healthy = Model()
            with Server(answer=healthy) as url:
                second = place.run(url, *FAST)
            self.assertEqual(0, second.returncode, second.stderr)
            self.assertEqual({} if final else {hit: 1}, dict(healthy.arrived), name)
            whole = model.answered + healthy.answered
            self.assertLessEqual(max(whole.values()), 1)
            self.assertEqual(20 if not final else 19, len(whole))
            self.assertGreaterEqual(len(place.entries()), 20)
            if point % 5 != 0:
                return final, None
            third = place.run("http://127.0.0.1:9", *FAST)
            self.assertEqual(third.stdout, place.run("http://127.0.0.1:9", *FAST).stdout)
            self.assertEqual(20, judge_summary(third)["kept"])
        return final, self.comparable(third)

    @staticmethod
    def comparable(done):
        """A report without what tells of the log, which lists the failures too."""
        tree = json.loads(done.stdout)
        tree["judge"].pop("audit_head")
        return json.dumps(tree)

    def test_each_fault_at_each_point(self):
        points = range(1, SECTIONS + 1)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            work = {pool.submit(self.one_point, name, point): name for name in FAULTS for point in points}
            reports = {work[done]: set() for done in work}
            for done in concurrent.futures.as_completed(work):
                _, report = done.result()
                reports[work[done]] |= {report} - {None}
        recovered = set().union(*(reports[name] for name in FAULTS if not FAULTS[name][1]))
        self.assertEqual(1, len(recovered), "the same answers give the same bytes")

    def test_every_question_has_another_fault(self):
        """All at once, and gone after one attempt: retries alone complete the run."""
        names = [name for name in FAULTS if not FAULTS[name][1] and name not in
                 ("413", "no stream", "unknown stop")]
        model = Model(lambda name, count: FAULTS[names[int(name[1:]) % len(names)]][0]
                      if count == 1 else None)
        with Place() as place, Server(answer=model) as url:
            done = place.run(url, "--claude", "retries=4")
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual({2}, set(model.arrived.values()))

    def test_nobody_listens(self):
        with Place() as place:
            done = place.run("http://127.0.0.1:9", "--claude", "retries=0")
            self.assertEqual(3, done.returncode)
            self.assertEqual(20, judge_summary(done)["failed"])
            with Server(answer=Model()) as url:
                again = place.run(url)
            self.assertEqual((0, 20), (again.returncode, judge_summary(again)["asked"]))

    def test_the_service_goes_away(self):
        with Place() as place:
            seen = []

            def fault(_, __):
                seen.append(1)
                return {"drop": True} if len(seen) > 7 else None

            with Server(answer=Model(fault)) as url:
                done = place.run(url, "--claude", "retries=0", "--claude", "in-flight=1")
            self.assertEqual((3, 13), (done.returncode, judge_summary(done)["failed"]))
            healthy = Model()
            with Server(answer=healthy) as url:
                self.assertEqual(0, place.run(url).returncode)
            self.assertEqual(13, sum(healthy.arrived.values()))


class Stopping(unittest.TestCase):
    def start(self, place, url, *more):
        return subprocess.Popen(place.command(url, *more), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, cwd=place.folder, env=place.environment())

    def finish(self, place, process):
        out, err = process.communicate(timeout=60)
        done = subprocess.CompletedProcess([], process.returncode, out, err)
        place.check_secrets(done)
        return done

    def resume(self, place):
        before = len(place.kept())
        healthy = Model()
        with Server(answer=healthy) as url:
            done = place.run(url)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual({1}, set(healthy.arrived.values()) | {1})
        self.assertEqual(SECTIONS - before, sum(healthy.arrived.values()))
        self.assertEqual(SECTIONS, judge_summary(done)["kept"] + judge_summary(done)["asked"])

    def test_interrupted_while_asking(self):
        for answers in (0, 1, 6):
            with Place() as place:
                model = Model(delay=0.1)
                with Server(answer=model) as url:
                    process = self.start(place, url, "--claude", "in-flight=1")
                    until = time.monotonic() + 30
                    while len(place.kept()) < answers or not model.arrived:
                        self.assertLess(time.monotonic(), until)
                        time.sleep(0.01)
                    process.send_signal(signal.SIGINT)
                    done = self.finish(place, process)
                self.assertEqual(3, done.returncode, done.stderr)
                self.assertIn(b"interrupted", done.stderr)
                self.assertEqual("incomplete", json.loads(done.stdout)["verdict"])
                self.assertLess(len(place.kept()), SECTIONS)
                self.resume(place)

    def test_killed_at_any_time(self):
        draw = random.Random(5)
        for _ in range(12):
            with Place() as place:
                with Server(answer=Model(delay=0.02)) as url:
                    process = self.start(place, url, "--claude", "in-flight=2")
                    time.sleep(draw.uniform(0.02, 0.6))
                    process.kill()
                    self.finish(place, process)
                self.resume(place)
                hashes = [entry["hash"] for entry in place.entries()]
                self.assertEqual(len(hashes), len(set(hashes)))
                previous = [entry["prev"] for entry in place.entries()]
                self.assertEqual(hashes[:-1], previous[1:])

    def test_altered_log(self):
        """What cannot be logged is not asked, so nothing is paid for."""
        with Place() as place:
            with Server(answer=Model()) as url:
                place.run(url)
                log = place.state / "audit.jsonl"
                log.write_text(log.read_text().replace('"stop":0', '"stop":1'))
                for path in place.kept():
                    path.unlink()
                model = Model()
            with Server(answer=model) as url:
                done = place.run(url)
            self.assertIn(b"altered", done.stderr)
            self.assertNotEqual(0, done.returncode)
            self.assertEqual({}, dict(model.arrived))


class Money(unittest.TestCase):
    def test_dry_run_is_what_is_sent(self):
        with Place() as place:
            log = place.folder / "log"
            with Server(answer=Model(), log=str(log)) as url:
                dry = place.run(url, "--dry-run")
                self.assertFalse(log.exists())
                self.assertFalse(place.state.exists())
                self.assertIn(b"nothing was sent: 20 requests", dry.stderr)
                self.assertEqual(0, place.run(url, "--claude", "in-flight=1").returncode)
                bodies = [json.loads(line)["body"] for line in log.read_text().splitlines()]
                self.assertEqual(dry.stdout.decode(), "".join(body + "\n" for body in bodies))
                self.assertEqual(b"", place.run(url, "--dry-run").stdout)

    def test_max_cost(self):
        """Every answer costs what the built-in table says; the sum stays below what was allowed."""
        usage = {"usage": {"input_tokens": 5000, "output_tokens": 1000}}
        price = (5000 * 4 + 1000 * 20) / 1e6
        for allowed, in_flight in ((0.35, 1), (0.35, 8), (0.6, 4)):
            with Place() as place:
                model = Model(lambda *_: None)
                with Server(answer=lambda request: {**model(request), **usage}) as url:
                    done = place.run(url, "--max-cost", str(allowed), "--claude", f"in-flight={in_flight}")
                    spent = sum(model.arrived.values()) * price
                    self.assertEqual(3, done.returncode)
                    self.assertIn(b"max-cost", done.stderr)
                    self.assertLessEqual(spent, allowed)
                    self.assertGreater(spent, allowed / 2, "it stopped too early")
                    self.assertEqual(sum(model.arrived.values()), len(place.entries()))
                    more = place.run(url)
                self.assertEqual(0, more.returncode)
                self.assertEqual({1}, set(model.arrived.values()))

    def test_max_cost_without_a_price(self):
        with Place() as place:
            model = Model()
            with Server(answer=model) as url:
                done = place.run(url, "--max-cost", "5", "--claude", "model=claude-nobody-knows")
            self.assertEqual((3, 0), (done.returncode, sum(model.arrived.values())))
            self.assertIn(b"not known", done.stderr)

    def test_another_question_is_asked_again(self):
        """A kept answer belongs to model, fallback, effort, prompt, item and text."""
        with Place() as place:
            model = Model()
            with Server(answer=model) as url:
                place.run(url)
                for more in (("effort=high",), ("model=claude-sonnet-5-5",),
                             ("fallback-model=claude-sonnet-5-5",)):
                    before = sum(model.arrived.values())
                    place.run(url, "--claude", more[0])
                    self.assertEqual(SECTIONS, sum(model.arrived.values()) - before, more)
                before = sum(model.arrived.values())
                text = (place.folder / "doc.md").read_text()
                (place.folder / "doc.md").write_text(text.replace("Topic 07\n", "Topic 07\n\nNew.\n"))
                place.run(url)
                self.assertEqual(1, sum(model.arrived.values()) - before)


class ManyQuestions(unittest.TestCase):
    """More than are asked at a time: what holds for a run holds over all of them."""

    DOCUMENTS = 60
    AT_A_TIME = 1024

    def test_money_and_going_on(self):
        usage = {"usage": {"input_tokens": 5000, "output_tokens": 1000}}
        price = (5000 * 4 + 1000 * 20) / 1e6
        allowed = (self.AT_A_TIME + 80) * price
        with Place() as place:
            many = place.folder / "many"
            many.mkdir()
            text = (place.folder / "doc.md").read_text()
            for number in range(self.DOCUMENTS):
                # Each section differs from those of the other documents: no answer serves twice.
                (many / f"d{number:02}.md").write_text(
                    re.sub(r"(of this trial\.)", rf"\1\n\nDocument {number:02} ends here.", text))
            questions = self.DOCUMENTS * SECTIONS
            model = Model()
            with Server(answer=lambda request: {**model(request), **usage}) as url:
                first = place.run(url, "--max-cost", f"{allowed:.2f}", document="many")
                spent = sum(model.arrived.values())
                self.assertEqual(3, first.returncode)
                self.assertIn(b"max-cost", first.stderr)
                self.assertLessEqual(spent * price, allowed)
                self.assertGreater(spent, self.AT_A_TIME)
                self.assertEqual(spent, judge_summary(first)["asked"])
                second = place.run(url, document="many")
            self.assertEqual(0, second.returncode)
            self.assertEqual((spent, questions - spent),
                             (judge_summary(second)["kept"], judge_summary(second)["asked"]))
            self.assertEqual(questions, sum(model.arrived.values()))
            self.assertEqual(questions, len(place.kept()))


class Gate(unittest.TestCase):
    def test_a_dispute_does_not_open_a_gate(self):
        """The rules say missing and the model says met: still a finding, until a person decides."""
        with Place(2) as place:
            place.write_pack(pack("twenty", [item("s01", "Topic 01", "words that are not there"),
                                             item("s02", "Topic 02", "matter number 2")]))
            with Server(answer=Model()) as url:
                done = place.run(url, "--fail-on", "minor")
            self.assertEqual(("not-evaluated", "not-evaluated/disagreement"), statuses(done)["s01"])
            self.assertEqual(1, done.returncode)


def write_document(folder, case):
    kinds = {"h": "# {}\n\n", "p": "{}\n\n"}
    if case["format"] == "md":
        (folder / "case.md").write_text("".join(kinds[k].format(t) for k, t in case["document"]))
        return "case.md"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        "<w:p>" + ('<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if kind == "h" else "") +
        "<w:r>" + ("<w:rPr><w:vanish/></w:rPr>" if kind == "hidden" else "") +
        f"<w:t>{text}</w:t></w:r></w:p>" for kind, text in case["document"])
    with zipfile.ZipFile(folder / "case.docx", "w") as out:
        out.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.'
                     'org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
                     'openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
                     'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.'
                     'main+xml"/></Types>')
        out.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.'
                     'org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.'
                     'org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
                     '</Relationships>')
        out.writestr("word/document.xml", f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>'
                     f'{body}</w:body></w:document>')
    return "case.docx"


class Injections(unittest.TestCase):
    """A model that obeys whatever the document says, against a judge that believes only the text."""

    def test_no_verdict_is_flipped(self):
        cases = sorted((HERE / "injections").glob("*.json"))
        self.assertGreater(len(cases), 15)
        flipped = []
        for path in cases:
            case = json.loads(path.read_text(encoding="utf-8"))
            sent = []

            def obey(request, case=case, sent=sent):
                sent.append(json.dumps(request, ensure_ascii=False))
                return {"text": json.dumps(case["answer"])}

            with Place(1) as place:
                place.write_pack(pack("orders", [item("insurance", "Insurance", "insurance policy",
                                                      "Insurance of the trial subjects against injury.")]))
                name = write_document(place.folder, case)
                rules = subprocess.run(
                    [LACUNA, "check", name, "--checklist-dir", "packs", "--checklist", "orders", "--format",
                     "json"], capture_output=True, cwd=place.folder, env=place.environment(), check=False)
                self.assertEqual(case["rules"], statuses(rules)["insurance"][0], path.name)
                with Server(answer=obey) as url:
                    done = place.run(url, document=name, checklist="orders")
                    text = place.run(url, "-f", "text", "-v", document=name, checklist="orders")
                self.assertTrue(sent, path.name)
                for words in case.get("not_sent", []):
                    self.assertNotIn(words, "".join(sent), path.name)
                self.assertNotIn(b"\x1b", text.stdout, path.name)
                self.assertNotIn("\u009b".encode(), text.stdout + done.stdout, path.name)
                status = statuses(done)["insurance"]
                if status[0] not in ("missing", "not-evaluated") or done.returncode == 0 != rules.returncode:
                    flipped.append((path.name, status, done.returncode))
        self.assertEqual([], flipped)


class Recorded(unittest.TestCase):
    """The same from a cassette: a change of prompt, layout or checklist is a miss, and so an error."""

    CASSETTE = HERE / "cassettes" / "judge.jsonl"

    def test_replay(self):
        names = ["refusal", "max_tokens", "malformed", "wrong quotes", "cut", "529"]

        def fault(name, count):
            number = int(name[1:])
            return FAULTS[names[number - 1]][0] if number <= len(names) and count == 1 else None

        with Place(8) as place:
            cassette = Cassette(self.CASSETTE, RECORD)
            with Server(answer=Model(fault), cassette=cassette) as url:
                done = place.run(url, "--claude", "retries=2", "--claude", "in-flight=1")
            self.assertEqual([], cassette.missed, "record again with --record, and read the difference")
            self.assertEqual(0, cassette.left())
            self.assertEqual(0, done.returncode, done.stderr)
            votes = {r["item"]: r["votes"]["model"]["reason"] for d in json.loads(done.stdout)["documents"]
                     for r in d["results"]}
            self.assertEqual("not-evaluated/declined", votes["s01"])
            self.assertEqual("not-evaluated/unverified", votes["s04"])
            self.assertEqual({"met/quoted"}, {votes[f"s{i:02}"] for i in (2, 3, 5, 6, 7, 8)})

    def test_a_miss_is_an_error(self):
        with Place(1) as place:
            cassette = Cassette(self.CASSETTE)
            with Server(cassette=cassette) as url:
                done = place.run(url, "--claude", "retries=0", "--claude", "effort=low")
            self.assertEqual((3, 1), (done.returncode, len(cassette.missed)))

    def test_nothing_secret_is_recorded(self):
        with tempfile.TemporaryDirectory() as folder:
            cassette = Cassette(Path(folder, "c.jsonl"), record=True)
            cassette.add("POST", "/v1/messages", {"metadata": {"user_id": "me"}, "x": f"key {KEY}"},
                         {"text": "Bearer abcdefghijk", "headers": {"set-cookie": "c"}})
            cassette.close()
            written = Path(folder, "c.jsonl").read_text()
            for secret in (KEY, "abcdefghijk", "user_id", "set-cookie"):
                self.assertNotIn(secret, written)
        for line in self.CASSETTE.read_text(encoding="utf-8").splitlines():
            self.assertIs(True, json.loads(line)["synthetic"])
            self.assertNotIn(KEY, line)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--lacuna", required=True)
    parser.add_argument("--record", action="store_true", help="write the cassettes anew")
    given, rest = parser.parse_known_args()
    LACUNA, RECORD = str(Path(given.lacuna).resolve()), given.record
    unittest.main(argv=["judge", *rest])
