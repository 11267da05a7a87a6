#!/usr/bin/env python3
"""What the client makes of every kind of answer, by the stand-in of the service."""
import argparse
import json
import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from fake_server import Server, stream

ASK = None
SCHEMA = {"type": "object", "additionalProperties": False, "required": ["verdict"],
          "properties": {"verdict": {"enum": ["met", "missing"]}}}
KEY = "sk-ant-secret-of-the-test"


def ask(script, requests, settings=(), answer=None, environment=None, preview=False):
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with Server(script, answer, str(log)) as url:
            given = {"requests": requests, "preview": preview,
                     "settings": [["base-url", url], *settings]}
            env = {"PATH": os.environ["PATH"], "ANTHROPIC_API_KEY": KEY}
            env.update({k: v for k, v in os.environ.items() if k.startswith(("ASAN", "UBSAN", "LSAN"))})
            env.update(environment or {})
            done = subprocess.run([ASK], input=json.dumps(given), capture_output=True, text=True,
                                  env=env, timeout=120, check=False)
        sent = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    assert KEY not in done.stdout + done.stderr, "the key was printed"
    return done, sent


def answers(*arguments, **named):
    done, sent = ask(*arguments, **named)
    assert done.returncode == 0, done.stderr[-2000:]
    got = [json.loads(line) for line in done.stdout.splitlines()]
    return sorted(got, key=lambda one: one["index"]), sent


def plain(instruction="say"):
    return {"instruction": instruction}


def structured():
    return {"instruction": "judge", "schema": SCHEMA}


class Client(unittest.TestCase):
    def test_sends_what_the_api_takes(self):
        got, sent = answers({"default": {"text": "hello", "thinking": "hm", "ping": True}},
                            [{"system": "rules", "sources": [{"title": "T", "passages": ["p"]}],
                              "instruction": "say"}])
        self.assertEqual("hello", got[0]["blocks"][0]["text"])
        self.assertEqual(1, len(got[0]["blocks"]))
        self.assertEqual("req_0001", got[0]["request_id"])
        self.assertEqual("/v1/messages", sent[0]["path"])
        headers = sent[0]["headers"]
        self.assertEqual(f"Bearer {KEY}", headers["authorization"])
        self.assertEqual("2026-10-21", headers["anthropic-version"])
        self.assertEqual("application/json", headers["content-type"])
        self.assertNotIn("expect", headers)
        body = json.loads(sent[0]["body"])
        self.assertEqual(["model", "max_tokens", "stream", "system", "messages"], list(body))
        for forbidden in ("temperature", "top_p", "top_k", "tools", "thinking"):
            self.assertNotIn(forbidden, body)

    def test_every_way_to_cut_a_stream(self):
        for chunk in (1, 3, 7, 64):
            for end in ("\n", "\r\n", "\r"):
                got, _ = answers({"default": {"text": "é€😀 done", "chunk": chunk, "line_end": end}},
                                 [plain()])
                self.assertEqual("é€😀 done", got[0]["blocks"][0]["text"])

    def test_retries_what_may_be_retried(self):
        for status in (408, 409, 429, 500, 503, 529):
            got, sent = answers({"replies": [{"status": status, "headers": {"retry-after-ms": "5"},
                                              "error": {"type": "overloaded_error", "message": "x"}}] * 2,
                                 "default": {"text": "ok"}}, [plain()])
            self.assertEqual((3, 2), (len(sent), got[0]["retries"]))

    def test_gives_up_what_is_final(self):
        for status in (400, 401, 402, 403, 404, 413):
            got, sent = answers({"default": {"status": status, "error": {
                "type": "invalid_request_error", "message": "no"}}}, [plain()])
            self.assertEqual(1, len(sent))
            self.assertIn(str(status), got[0]["message"])
        got, sent = answers({"default": {"status": 429, "error": {
            "type": "rate_limit_error", "message": "spent",
            "details": {"error_code": "enforced_spend_limit_reached"}}}}, [plain()])
        self.assertEqual(1, len(sent))

    def test_a_stream_that_breaks_off_is_no_answer(self):
        for reply in ({"text": "half an answer", "cut": 700},
                      {"text": "half", "error": {"type": "overloaded_error", "message": "x"}},
                      {"raw": "event: message_start\ndata: {\n\n"},
                      {"raw": ""}, {"raw": "{}", "type": "application/json"}):
            got, _ = answers({"default": reply}, [plain()], [["retries", "0"]])
            self.assertIn("failure", got[0], reply)
            self.assertNotIn("blocks", got[0])

    def test_a_broken_stream_is_asked_again(self):
        got, sent = answers({"replies": [{"text": "half an answer", "cut": 700}],
                             "default": {"text": "whole"}}, [plain()])
        self.assertEqual("whole", got[0]["blocks"][0]["text"])
        self.assertEqual(2, len(sent))

    def test_silence_is_given_up(self):
        began = time.monotonic()
        got, _ = answers({"default": {"text": "late", "pause_ms": 4000}}, [plain()],
                         [["silence-seconds", "1"], ["retries", "0"]])
        self.assertIn("silent", got[0]["message"])
        self.assertLess(time.monotonic() - began, 3.5)

    def test_schema_is_enforced_by_the_service(self):
        got, sent = answers({"default": {"text": '{"verdict": "MET"}'}}, [structured()])
        self.assertEqual('{"verdict":"met"}', got[0]["blocks"][0]["text"])
        self.assertEqual("native", got[0]["structure"])
        self.assertEqual(SCHEMA, json.loads(sent[0]["body"])["output_config"]["format"]["schema"])

    def test_schema_in_words_where_it_is_not(self):
        refusal = {"status": 400, "error": {
            "type": "invalid_request_error",
            "message": "output_config.format: Extra inputs are not permitted"}}
        got, sent = answers({"replies": [refusal],
                             "default": {"text": 'Here:\n```json\n{"verdict": "missing"}\n```'}},
                            [structured(), structured()], [["in-flight", "1"]])
        self.assertEqual(["prompted"] * 2, [one["structure"] for one in got])
        self.assertEqual(['{"verdict":"missing"}'] * 2, [one["blocks"][0]["text"] for one in got])
        self.assertEqual(3, len(sent), "what a model cannot do is found out once")
        self.assertNotIn("output_config", json.loads(sent[2]["body"]))

    def test_one_repair(self):
        got, sent = answers({"replies": [{"text": '{"verdict": "perhaps"}'}],
                             "default": {"text": '{"verdict": "met"}'}}, [structured()])
        self.assertTrue(got[0]["repaired"])
        messages = json.loads(sent[1]["body"])["messages"]
        self.assertEqual(["user", "assistant", "user"], [one["role"] for one in messages])
        self.assertIn("/verdict", messages[2]["content"][0]["text"])
        got, sent = answers({"default": {"text": "I cannot"}}, [structured()])
        self.assertEqual(2, len(sent))
        self.assertIn("shape", got[0]["message"])

    def test_cut_off_at_the_length(self):
        got, sent = answers({"replies": [{"text": '{"ver', "stop": "max_tokens"}],
                             "default": {"text": '{"verdict": "met"}'}}, [structured()])
        self.assertEqual([1000, 2000], [json.loads(one["body"])["max_tokens"] for one in sent])
        self.assertEqual(0, got[0]["stop"])
        got, sent = answers({"default": {"text": "x", "stop": "max_tokens"}}, [plain()])
        self.assertEqual((2, 1), (len(sent), got[0]["stop"]))

    def test_refusals(self):
        refusal = {"text": "partial", "stop": "refusal",
                   "stop_details": {"type": "refusal", "category": "bio", "explanation": None}}
        got, sent = answers({"default": refusal}, [plain()])
        self.assertEqual((3, "bio", []), (got[0]["stop"], got[0]["refusal"], got[0]["blocks"]))
        got, sent = answers({"replies": [refusal], "default": {"text": "fine"}}, [plain()],
                            [["fallback-model", "claude-sonnet-5-5"]])
        self.assertEqual("claude-sonnet-5-5", json.loads(sent[1]["body"])["model"])
        self.assertEqual("claude-sonnet-5-5", got[0]["model_asked"])

    def test_unknown_stop_is_no_answer(self):
        got, _ = answers({"default": {"text": "x", "stop": "pause_turn"}}, [plain()])
        self.assertEqual((4, []), (got[0]["stop"], got[0]["blocks"]))

    def test_citations(self):
        citation = {"type": "content_block_location", "cited_text": "p", "document_index": 0,
                    "document_title": None, "start_block_index": 0, "end_block_index": 1,
                    "file_id": None}
        other = {"type": "char_location", "cited_text": "p", "document_index": 0,
                 "start_char_index": 0, "end_char_index": 1}
        got, sent = answers({"default": {"text": ["a", "b"], "citations": [[citation, other], []]}},
                            [{"sources": [{"title": "", "passages": ["p"]}], "citations": True,
                              "instruction": "write"}])
        self.assertEqual([[0, 0, 1, "p"]], got[0]["blocks"][0]["citations"])
        self.assertEqual([], got[0]["blocks"][1]["citations"])

    def test_many_at_once(self):
        flying, most = [0], [0]

        def slow(request):
            flying[0] += 1
            most[0] = max(most[0], flying[0])
            time.sleep(0.05)
            flying[0] -= 1
            return {"text": request["messages"][0]["content"][-1]["text"]}

        requests = [plain(f"n{i}") for i in range(60)]
        got, _ = answers(None, requests, [["in-flight", "8"]], answer=slow)
        self.assertEqual([f"n{i}" for i in range(60)], [one["blocks"][0]["text"] for one in got])
        self.assertGreater(most[0], 4)
        self.assertLessEqual(most[0], 8)

    def test_money(self):
        got, _ = answers({"default": {"text": "x", "usage": {"input_tokens": 1000000}}}, [plain()],
                         [["model", "claude-sonnet-5-5"]])
        self.assertAlmostEqual(2.0002, got[0]["cost"])
        got, sent = answers({"default": {"text": "x"}}, [plain()], [["max-cost", "0.000001"]])
        self.assertEqual([], sent)
        self.assertIn("cost", got[0]["message"])

    def test_money_is_waited_for(self):
        """What is under way may leave enough, so nothing is given up before it has ended."""
        usage = {"input_tokens": 10, "output_tokens": 10}
        got, sent = answers(None, [plain(f"n{i}") for i in range(30)],
                            [["max-cost", "0.06"], ["in-flight", "8"]],
                            answer=lambda _: {"text": "x", "usage": usage})
        self.assertEqual((30, 30), (len(sent), sum("blocks" in one for one in got)))

    def test_a_broken_off_answer_costs_what_it_says(self):
        usage = {"input_tokens": 1000000}
        got, _ = answers({"replies": [{"text": "half", "cut": 700, "usage": usage}],
                          "default": {"text": "whole"}}, [plain()], [["model", "claude-sonnet-5-5"]])
        self.assertGreater(got[0]["cost"], 2)

    def test_a_whole_answer_counts_however_the_connection_ends(self):
        whole = stream({"text": "whole"}, {}, 1).decode("latin-1")
        got, sent = answers({"default": {"raw": whole + " " * 50, "cut": len(whole) + 10}}, [plain()])
        self.assertEqual((1, "whole"), (len(sent), got[0]["blocks"][0]["text"]))

    def test_errors_do_not_repeat_what_was_sent(self):
        text = "the subjects of site number twelve were enrolled twice"
        for echo in (f"cannot read: {text}", f"invalid key {KEY}"):
            for reply in ({"status": 400, "error": {"type": "invalid_request_error", "message": echo}},
                          {"text": "", "error": {"type": "api_error", "message": echo}}):
                got, _ = answers({"default": reply}, [plain(text)], [["retries", "0"]])
                self.assertIn("not shown", got[0]["message"])
                self.assertIn(reply["error"]["type"], got[0]["message"])

    def test_preview_sends_nothing_and_needs_no_key(self):
        done, sent = ask({}, [structured()], preview=True, environment={"ANTHROPIC_API_KEY": ""})
        self.assertEqual((0, []), (done.returncode, sent), done.stderr)
        previewed = json.loads(done.stdout)
        _, sent = answers({"default": {"text": '{"verdict": "met"}'}}, [structured()])
        self.assertEqual(json.loads(sent[0]["body"]), previewed)

    def test_no_key(self):
        done, sent = ask({}, [plain()], environment={"ANTHROPIC_API_KEY": ""})
        self.assertEqual((1, []), (done.returncode, sent))
        self.assertIn("ANTHROPIC_API_KEY", done.stderr)

    def test_what_the_account_is_refused_for_is_asked_once(self):
        """A wrong key is as wrong for the next question: the rest is not sent."""
        for status, kind, code in ((401, "authentication_error", None), (402, "billing_error", None),
                                   (403, "permission_error", None), (404, "not_found_error", None),
                                   (429, "rate_limit_error", "enforced_spend_limit_reached")):
            error = {"type": kind, "message": "no", **({"details": {"error_code": code}} if code else {})}
            got, sent = answers({"default": {"status": status, "error": error}}, [plain()] * 20)
            self.assertEqual((20, 1), (len(got), len(sent)), status)
            self.assertEqual({got[0]["message"]}, {one["message"] for one in got})

    def test_what_one_question_is_refused_for_is_its_own(self):
        """Once the service has answered, a refusal is about the question, but for spent money."""
        forbidden = {"status": 403, "error": {"type": "permission_error", "message": "no"}}
        got, sent = answers({"replies": [{"text": "a"}, forbidden], "default": {"text": "b"}},
                            [plain()] * 5, [["in-flight", "1"]])
        self.assertEqual(5, len(sent))
        self.assertEqual(1, sum("failure" in one for one in got))
        spent = {"status": 429, "error": {"type": "rate_limit_error", "message": "spent",
                                          "details": {"error_code": "contract_spend_limit_reached"}}}
        got, sent = answers({"replies": [{"text": "a"}, spent], "default": {"text": "b"}},
                            [plain()] * 5, [["in-flight", "1"]])
        self.assertEqual((2, 4), (len(sent), sum("failure" in one for one in got)))

    def test_settings(self):
        for setting, word in ((["nonsense", "1"], "silence-seconds"), (["model", ""], "one line"),
                              (["model", "a\nb"], "one line"), (["provider", "antropic"], "vertex"),
                              (["models-file", "/dev/null"], "JSON"), (["ca-file", "/nope"], "/nope"),
                              (["ca-file", "/dev/null"], "SSL_CERT_FILE")):
            done, sent = ask({}, [plain()], [setting])
            self.assertEqual((1, []), (done.returncode, sent), setting)
            self.assertIn(word, done.stderr)

    def test_key_on_more_than_one_line(self):
        done, sent = ask({}, [plain()], environment={"ANTHROPIC_API_KEY": "sk\nx"})
        self.assertEqual((1, []), (done.returncode, sent))
        self.assertNotIn("sk", done.stderr)
        self.assertIn("ANTHROPIC_API_KEY", done.stderr)

    def test_key_of_a_command(self):
        """It runs once; again where the key is refused, and once where it fails."""
        with tempfile.TemporaryDirectory() as folder:
            runs = Path(folder, "runs")
            program = Path(folder, "key")
            program.write_text(f"#!/bin/sh\necho run >> {runs}\necho key-of-the-command\n")
            program.chmod(0o700)
            _, sent = answers({"default": {"text": "ok"}}, [plain()] * 3,
                              [["credential-command", str(program)]], environment={"ANTHROPIC_API_KEY": ""})
            self.assertEqual({"Bearer key-of-the-command"}, {one["headers"]["authorization"] for one in sent})
            self.assertEqual(1, len(runs.read_text().splitlines()))
            runs.unlink()
            program.write_text(f"#!/bin/sh\necho run >> {runs}\nexit 1\n")
            got, sent = answers({}, [plain()] * 20, [["credential-command", str(program)]])
            self.assertEqual((20, []), (sum("failure" in one for one in got), sent))
            self.assertEqual(1, len(runs.read_text().splitlines()))

    def test_addresses(self):
        for url, word in (("http://example.com", "TLS"), ("http://10.0.0.1", "TLS"),
                          ("ftp://127.0.0.1", "https"), ("https://me:pw@example.com", "user name"),
                          ("http://169.254.169.254", "metadata"), ("nonsense", "")):
            got, _ = answers({}, [plain()], [["base-url", url], ["retries", "0"]])
            self.assertIn(word, got[0]["message"], url)
            self.assertNotIn("pw", got[0]["message"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--ask", required=True)
    given, rest = parser.parse_known_args()
    ASK = given.ask
    unittest.main(argv=["client", *rest])
