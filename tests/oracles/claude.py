#!/usr/bin/env python3
"""The client of Claude against the official TypeScript SDKs, without any service.

- The stand-in of the service is right when every SDK decodes what it says.
- Our client is right when its requests equal the SDK's for the same question, its bodies are of the
  SDK's types, its reader of streams comes to the SDK's message for the same bytes however they are
  cut, its schemas are ones the SDK leaves as they are, and its signatures those of AWS's signer.
"""
import argparse
import base64
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "claude"))
import harness  # noqa: E402
from fake_server import Server, stream  # noqa: E402

GIVEN = None
SCHEMA = json.loads((HERE.parent.parent / "templates/prompts/judge-1.schema.json").read_text())
AWS = {"id": "AKIDEXAMPLE", "secret": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
# Settings and environment of our client, credentials of the SDK's, and where the address ends.
PROVIDERS = {
    "anthropic": ([], {"ANTHROPIC_API_KEY": "key-1"}, {"key": "key-1"}, ""),
    "foundry key": ([], {"ANTHROPIC_FOUNDRY_API_KEY": "key-1"}, {"key": "key-1"}, "/anthropic"),
    "foundry entra": ([["credential-command", "printf token-1"]], {}, {"token": "token-1"}, "/anthropic"),
    "vertex": ([["project", "p1"], ["region", "europe-west1"], ["credential-command", "printf token-1"],
                ["version", "2026-10-21"]], {},
               {"project": "p1", "region": "europe-west1", "token": "token-1"}, "/v1"),
    "bedrock keys": ([["region", "us-east-1"]],
                     {"AWS_ACCESS_KEY_ID": AWS["id"], "AWS_SECRET_ACCESS_KEY": AWS["secret"],
                      "AWS_SESSION_TOKEN": "session-1"},
                     {"region": "us-east-1", **AWS, "session": "session-1"}, "/anthropic"),
    "bedrock bearer": ([["region", "us-east-1"]], {"AWS_BEARER_TOKEN_BEDROCK": "key-1"},
                       {"region": "us-east-1", "key": "key-1"}, "/anthropic"),
}
CITATION = {"type": "content_block_location", "cited_text": "p", "document_index": 0, "document_title": None,
            "start_block_index": 0, "end_block_index": 1, "file_id": None}


def node(command, given):
    done = subprocess.run(["node", str(HERE / "claude.js"), GIVEN.modules, command], input=json.dumps(given),
                          capture_output=True, text=True, timeout=600, check=False,
                          env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"})
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def ask(url, provider, requests, settings=(), environment=None, count=False):
    given = {"requests": requests, "count": count,
             "settings": [["provider", provider], ["base-url", url], ["in-flight", "1"], *settings]}
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **(environment or {})}
    done = subprocess.run([GIVEN.ask], input=json.dumps(given), capture_output=True, text=True, env=env,
                          timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(title, passages, instruction, **more):
    return {"system": "rules", "sources": [{"title": title, "context": "from a test", "passages": passages}],
            "instruction": instruction, **more}


# One question each way to ask, and the same in the words of the SDK.
def pairs(model):
    content = [{"type": "text", "text": "alpha é"}, {"type": "text", "text": "beta \u201cq\u201d"}]

    def theirs(structured, cited, limits=True):
        document = {"type": "document", "title": "3.2.P.8", "context": "from a test",
                    "source": {"type": "content", "content": content}, "cache_control": {"type": "ephemeral"}}
        if cited:
            document["citations"] = {"enabled": True}
        params = {"model": model, "system": [{"type": "text", "text": "rules", "cache_control": {
            "type": "ephemeral", "ttl": "1h"}}],
            "messages": [{"role": "user", "content": [document, {"type": "text", "text": "judge"}]}]}
        if structured:
            params["output_config"] = {"format": {"type": "json_schema", "schema": SCHEMA}}
        return {**params, "max_tokens": 1000} if limits else params

    question = ours("3.2.P.8", ["alpha é", "beta \u201cq\u201d"], "judge")
    return ([{**question, "schema": SCHEMA}, {**question, "citations": True}, question],
            [{"params": theirs(True, False)}, {"params": theirs(False, True)}, {"params": theirs(False, False)}],
            {"params": theirs(True, False, limits=False), "count": True})


def read(log):
    return [json.loads(line) for line in Path(log).read_text().splitlines()]


def scheme(headers):
    """What proves who asks, without what differs from request to request."""
    authorization = headers.get("authorization", "")
    if authorization.startswith("AWS4-HMAC-SHA256"):
        authorization = authorization.split("Credential=")[1].split(",")[0].split("/", 2)
        authorization = ["AWS4", authorization[0], authorization[2]]
    return [authorization, headers.get("x-api-key"), headers.get("x-amz-security-token")]


class Wire(unittest.TestCase):
    """(a) the SDKs accept the stand-in; (b) our requests are theirs."""

    def compare(self, mine, sdk, name):
        self.assertEqual(sdk["method"], mine["method"])
        self.assertEqual(sdk["path"].replace("?beta=true", ""), mine["path"])
        self.assertEqual(scheme(sdk["headers"]), scheme(mine["headers"]))
        for header in ("anthropic-version", "content-type", "accept"):
            self.assertEqual(sdk["headers"].get(header), mine["headers"].get(header), (name, header))
        self.assertEqual(json.loads(sdk["body"]), json.loads(mine["body"]), name)

    def test_requests_are_the_same(self):
        for name, (settings, environment, auth, end) in PROVIDERS.items():
            provider = name.split()[0]
            # In no table, so it is asked with the schema first everywhere.
            model = "anthropic.claude-next" if provider == "bedrock" else "claude-next"
            mine, theirs, count = pairs(model)
            valid = {"text": json.dumps({"evidence": [], "verdict": "unclear", "rationale": ""})}
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                with Server({"default": valid}, log=f"{folder}/ours") as url:
                    got = ask(url + end, provider, mine, [["model", model], *settings], environment)
                    self.assertEqual(3, sum("blocks" in one for one in got), got)
                    counted = ask(url + end, provider, [mine[0]], [["model", model], *settings], environment,
                                  count=True)
                with Server({"default": valid}, log=f"{folder}/theirs") as url:
                    answers = node("send", {"provider": provider, "url": url + end, "auth": auth,
                                            "calls": [*theirs, count]})
                self.assertEqual(3, sum("message" in one for one in answers), answers)
                self.assertEqual(answers[3]["tokens"], counted[0]["tokens"])
                lines = list(zip(read(f"{folder}/ours"), read(f"{folder}/theirs"), strict=True))
                self.assertEqual(4, len(lines))
                for one, other in lines:
                    self.compare(one, other, name)

    def test_the_stand_in_is_understood(self):
        busy = {"status": 529, "headers": {"retry-after-ms": "5"},
                "error": {"type": "overloaded_error", "message": "busy"}}
        replies = [
            {"text": "plain é", "thinking": "hm", "ping": True, "chunk": 3},
            {"text": ["a", "b"], "citations": [[CITATION], []], "line_end": "\r\n"},
            {"text": "part", "stop": "refusal", "stop_details": {
                "type": "refusal", "category": "bio", "explanation": None}},
            {"text": '{"ver', "stop": "max_tokens"},
            {"text": "half", "error": {"type": "overloaded_error", "message": "busy"}},
            busy, busy, {"text": "at last"},
            busy, busy, busy,
            {"status": 429, "headers": {"x-should-retry": "false"},
             "error": {"type": "rate_limit_error", "message": "spent"}},
            {"text": "half an answer", "cut": 700},
        ]
        params = {"model": "claude-opus-5-5", "max_tokens": 100, "messages": [{"role": "user", "content": "say"}]}
        for name, (_, _, auth, end) in PROVIDERS.items():
            with self.subTest(name), Server({"replies": replies}) as url:
                got = node("send", {"provider": name.split()[0], "url": url + end, "auth": auth,
                                    "calls": [{"params": params}] * 9})
                self.assertEqual(["thinking", "text"], [b["type"] for b in got[0]["message"]["content"]])
                self.assertEqual("plain é", got[0]["message"]["content"][1]["text"])
                self.assertEqual([CITATION], got[1]["message"]["content"][0]["citations"])
                self.assertEqual(("refusal", "bio"), (got[2]["message"]["stop_reason"],
                                                      got[2]["message"]["stop_details"]["category"]))
                self.assertEqual("max_tokens", got[3]["message"]["stop_reason"])
                self.assertEqual("overloaded_error", got[4]["error"]["type"])
                self.assertEqual("at last", got[5]["message"]["content"][0]["text"])
                self.assertEqual((529, "overloaded_error"), (got[6]["error"]["status"], got[6]["error"]["type"]))
                self.assertEqual(429, got[7]["error"]["status"])
                self.assertIn("error", got[8])


class Types(unittest.TestCase):
    """(c) bodies are of the SDK's types, (d) schemas inside what services enforce."""

    def bodies(self):
        found = []
        mine, _, _ = pairs("claude-opus-5-5")
        repair = {"replies": [{"text": "no"}], "default": {"text": '{"evidence":[],"verdict":"met","rationale":""}'}}
        refuse = {"replies": [{"status": 400, "error": {
            "type": "invalid_request_error", "message": "output_config.format: Extra inputs are not permitted"}}],
            "default": {"text": '{"evidence":[],"verdict":"met","rationale":""}'}}
        for script in (repair, refuse):
            with tempfile.TemporaryDirectory() as folder:
                with Server(script, log=f"{folder}/log") as url:
                    settings = [["effort", "high"], ["inference-geo", "us"]]
                    key = {"ANTHROPIC_API_KEY": "k"}
                    ask(url, "anthropic", mine, settings, key)
                    found += [("Message", one) for one in read(f"{folder}/log")]
                    ask(url, "anthropic", mine, [["effort", "high"]], key, count=True)
                    found += [("Count", one) for one in read(f"{folder}/log")[len(found):]
                              if one["path"].endswith("count_tokens")]
        return [{"type": kind, "body": json.loads(one["body"])} for kind, one in found]

    def test_bodies(self):
        bodies = self.bodies()
        self.assertGreater(len(bodies), 9)
        self.assertIn("Count", {one["type"] for one in bodies})
        good = bodies[0]["body"]
        wrong = [{**good, "temperature": "hot"}, {**good, "output_format": {}}, {k: good[k] for k in good if k != "model"},
                 {**good, "messages": [{"role": "robot", "content": "x"}]}]
        with tempfile.TemporaryDirectory() as folder:
            errors = node("validate", {"folder": folder, "bodies":
                                       bodies + [{"type": "Message", "body": one} for one in wrong]})
        self.assertEqual([[]] * len(bodies), errors[:len(bodies)])
        self.assertTrue(all(errors[len(bodies):]), "the types refuse what is wrong")

    def test_schemas_are_fixed_points(self):
        files = sorted((HERE.parent.parent / "templates/prompts").glob("*.schema.json"))
        schemas = [json.loads(path.read_text()) for path in files]
        self.assertTrue(schemas)
        for path, before, after in zip(files, schemas, node("fixed", schemas), strict=True):
            self.assertEqual(before, after, path.name)


def recorded(url_end, environment):
    with tempfile.TemporaryDirectory() as folder:
        with Server({"default": {"text": "x"}}, log=f"{folder}/log") as url:
            ask(url + url_end, "bedrock", [{"instruction": "say é"}], [["region", "eu-central-1"]], environment)
        return read(f"{folder}/log")[0]


class Signatures(unittest.TestCase):
    """(e) of what arrived, signatures equal those of AWS's signer over the same headers."""

    def test_recorded_requests(self):
        ends = ["/anthropic", "/a:b", "/a%3Ab", "/arn%3Aaws%3Abedrock%2Fprofile", "/model/us.anthropic.x-v1:0",
                "/a%20b", "/a+b~c_d-e.f", "/a@20250929", "/x/../y", "/../y", "/x/./y//", "//double", "/%C3%A9", "/a;b=c,d'e(f)*!"]
        keys = {"AWS_ACCESS_KEY_ID": AWS["id"], "AWS_SECRET_ACCESS_KEY": AWS["secret"]}
        requests, signatures = [], []
        for end in ends:
            for session in ({}, {"AWS_SESSION_TOKEN": "session-1/+="}):
                one = recorded(end, {**keys, **session})
                parts = dict(part.strip().split("=", 1) for part in
                             one["headers"]["authorization"].split(" ", 1)[1].split(","))
                names = parts["SignedHeaders"].split(";")
                path, _, query = one["path"].partition("?")
                stamp = one["headers"]["x-amz-date"]
                scope = parts["Credential"].split("/")
                requests.append({
                    "method": one["method"], "path": path,
                    "query": dict(urllib.parse.parse_qsl(query, keep_blank_values=True)),
                    "headers": {name: one["headers"][name] for name in names}, "body": one["body"],
                    "keys": {**AWS, "session": session.get("AWS_SESSION_TOKEN")},
                    "region": scope[2], "service": scope[3],
                    "date": f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:11]}:{stamp[11:13]}:{stamp[13:15]}Z"})
                signatures.append(parts["Signature"])
        for one, mine, other in zip(requests, signatures, node("sign", requests), strict=True):
            self.assertEqual(other, mine, one["path"])


# ---- (f) streams ----------------------------------------------------------------------------------

def event(**fields):
    return f"event: {fields['type']}\ndata: {json.dumps(fields, ensure_ascii=False)}\n\n".encode()


def tool_stream():
    start = json.loads(stream({"text": ""}, {}, 1).split(b"data: ")[1].split(b"\n")[0])
    block = {"type": "tool_use", "id": "toolu_1", "name": "look", "input": {}, "caller": {"type": "direct"}}
    return b"".join([
        event(**start), event(type="content_block_start", index=0, content_block=block),
        event(type="content_block_delta", index=0, delta={"type": "input_json_delta", "partial_json": ""}),
        event(type="content_block_delta", index=0, delta={"type": "input_json_delta", "partial_json": '{"a": [1, '}),
        event(type="content_block_delta", index=0, delta={"type": "input_json_delta", "partial_json": '{"b": "é"}]}'}),
        event(type="content_block_stop", index=0),
        event(type="message_delta", delta={"stop_reason": "tool_use", "stop_sequence": None}, usage={
            "output_tokens": 9}), event(type="message_stop")])


def streams():
    plain = stream({"text": "é€😀 and more of it, so that it comes in several pieces"}, {}, 1)
    return {
        "plain": plain,
        "CRLF": plain.replace(b"\n", b"\r\n"),
        "CR": plain.replace(b"\n", b"\r"),
        "thinking": stream({"text": ["a", "b"], "thinking": "let me see é", "ping": True}, {}, 1),
        "citations": stream({"text": ["a", "b"], "citations": [[CITATION, CITATION], []]}, {}, 1),
        "refusal": stream({"text": "I", "stop": "refusal", "stop_details": {
            "type": "refusal", "category": "bio", "explanation": None}}, {}, 1),
        "tool": tool_stream(),
        "comments": b": hello\n\n" + plain.replace(b"event: content_block_stop", b": note\nevent: content_block_stop"),
        "ping": plain.replace(b"event: content_block_start", b"event: ping\ndata: {\"type\": \"ping\"}\n\n"
                              b"event: content_block_start"),
        "unknown event": plain.replace(b"event: content_block_start", b"event: weather\ndata: {\"type\": \"weather\"}"
                                       b"\n\nevent: content_block_start"),
        "several data lines": plain.replace(b'data: {"type": "message_stop"}', b'data: {"type":\ndata: "message_stop"}'),
        "byte order mark": b"\xef\xbb\xbf" + plain,
        "cut": plain[:len(plain) * 2 // 3],
        "without its end": plain[:plain.index(b"event: message_stop")],
        "error": stream({"text": "half", "error": {"type": "overloaded_error", "message": "busy"}}, {}, 1),
        "nothing": b"",
    }


def without_null(value):
    """Missing is null (the SDK fills in what it knows of); undefined is gone in its JSON."""
    if isinstance(value, dict):
        return {k: without_null(v) for k, v in value.items() if v is not None}
    return [without_null(v) for v in value] if isinstance(value, list) else value


class Streams(unittest.TestCase):
    def accumulate(self, data, cut):
        done = subprocess.run([GIVEN.accumulate, str(cut)], input=data, capture_output=True, check=True)
        return json.loads(done.stdout)

    def test_the_same_bytes_come_to_the_same_message(self):
        draw = random.Random(7)
        cases = [(name, data, cut) for name, data in streams().items()
                 for cut in (1, 7, 0, draw.randint(2, 40))]
        theirs = node("accumulate", [{"bytes": base64.b64encode(data).decode(), "cut": cut}
                                     for _, data, cut in cases])
        for (name, data, cut), other in zip(cases, theirs, strict=True):
            mine = self.accumulate(data, cut)
            with self.subTest(name=name, cut=cut):
                if "error" in other or "error" in mine:
                    self.assertEqual(other.get("error"), mine.get("error"), other)
                else:
                    other.pop("_request_id", None)
                    self.assertEqual(without_null(other), without_null(mine))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--ask", required=True)
    parser.add_argument("--accumulate", required=True)
    parser.add_argument("--modules", required=True, help="the folder node_modules")
    GIVEN, rest = parser.parse_known_args()
    if shutil.which("node") is None:
        harness.skip("node is not installed")
    for package in ("@anthropic-ai/sdk", "@anthropic-ai/bedrock-sdk", "@anthropic-ai/vertex-sdk",
                    "@anthropic-ai/foundry-sdk", "@smithy/signature-v4", "@aws-crypto/sha256-js",
                    "ts-json-schema-generator", "ajv"):
        if not Path(GIVEN.modules, package).is_dir():
            harness.skip(f"the npm package {package} is not in {GIVEN.modules}: run ./test --oracles")
    unittest.main(argv=["claude", *rest])
