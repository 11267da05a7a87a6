#!/usr/bin/env python3
"""`lacuna mcp` on the wire, in both eras of the protocol: beginning, tools, pages, resources, prompts,
progress, cancelling, and that nothing outside the folders allowed is read.
"""
import json
import os
import shutil
import sys
import tempfile
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
META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {}}
TOOLS = ["check", "outline", "explain", "find_evidence", "letter", "draft_plan", "verify_text"]


class Client:
    """One connection. `modern`: every request says its version; else initialize was done."""

    def __init__(self, modern, *flags, program=None, folder=SAMPLES, capabilities=None):
        self.lines = Lines([program or GIVEN.lacuna, "mcp", *flags], cwd=folder)
        self.modern, self.number, self.others = modern, 0, []
        if not modern:
            self.hello = self.call("initialize", {"protocolVersion": "2025-11-25", "capabilities": capabilities or {},
                                                  "clientInfo": {"name": "test", "version": "1"}})
            self.note("notifications/initialized")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lines.__exit__()

    def send(self, method, params=None, meta=None):
        self.number += 1
        params = dict(params or {})
        if self.modern or meta:
            params["_meta"] = {**(META if self.modern else {}), **(meta or {})}
        self.lines.send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        return self.number

    def note(self, method, params=None):
        self.lines.send({"jsonrpc": "2.0", "method": method, "params": params or {}})

    def answer(self, number):
        while True:
            said = self.lines.line()
            assert said is not None, "it ended"
            if said.get("id") == number and "method" not in said:
                assert said["jsonrpc"] == "2.0"
                return said
            self.others.append(said)

    def whole(self, method, params=None, meta=None):
        return self.answer(self.send(method, params, meta))

    def call(self, method, params=None, meta=None):
        said = self.whole(method, params, meta)
        assert "result" in said, said
        if self.modern:
            assert said["result"]["resultType"] == "complete", said
        return said["result"]

    def tool(self, name, meta=None, /, **arguments):
        return self.call("tools/call", {"name": name, "arguments": arguments}, meta)

    def shown(self, name, /, **arguments):
        """The structure a tool gives, which is also its text."""
        result = self.tool(name, None, **arguments)
        assert not result["isError"], result
        assert json.loads(result["content"][0]["text"]) == result["structuredContent"]
        return result["structuredContent"]

    def failure(self, name, /, **arguments):
        result = self.tool(name, None, **arguments)
        assert result["isError"] and "structuredContent" not in result, result
        return result["content"][0]["text"]


class BothEras(unittest.TestCase):
    def both(self, *flags, **kept):
        for modern in (False, True):
            with self.subTest(modern=modern), Client(modern, *flags, **kept) as client:
                yield client

    def test_tools_are_listed_with_schemas(self):
        for c in self.both():
            listed = c.call("tools/list")
            self.assertEqual([tool["name"] for tool in listed["tools"]], TOOLS)
            for tool in listed["tools"]:
                self.assertEqual(tool["inputSchema"]["type"], "object")
                self.assertEqual(tool["outputSchema"]["type"], "object")
                self.assertTrue(tool["annotations"]["readOnlyHint"])
            self.assertEqual("ttlMs" in listed, c.modern)

    def test_check_and_pages(self):
        for c in self.both():
            first = c.shown("check", path="protocol.docx", limit=3, as_of="2026-01-01")
            self.assertEqual((len(first["findings"]), first["next_offset"], first["status"]), (3, 3, "done"))
            seen, page = list(first["findings"]), first
            while page["next_offset"] is not None:
                page = c.shown("check", path="protocol.docx", limit=100, offset=page["next_offset"],
                               as_of="2026-01-01")
                seen += page["findings"]
            self.assertEqual(len(seen), first["total"])
            whole = json.loads(c.call("resources/read", {"uri": first["report"]})["contents"][0]["text"])
            self.assertEqual([f["fingerprint"] for f in whole["findings"]], [f["fingerprint"] for f in seen])
            self.assertEqual(whole["documents"][0]["path"], "protocol.docx")
            beyond = c.shown("check", path="protocol.docx", offset=100000)
            self.assertEqual((beyond["findings"], beyond["next_offset"]), ([], None))

    def test_every_tool(self):
        for c in self.both():
            self.assertGreater(c.shown("outline", path="protocol.docx")["total"], 100)
            self.assertIn("applications", c.shown("outline", path="ind900204"))
            self.assertEqual(c.shown("explain", item="m11.6.7.4")["checklist"], "protocol_m11")
            found = c.shown("find_evidence", path="protocol.docx", item="m11.6.7.4")
            self.assertEqual(found["results"][0]["item"], "m11.6.7.4")
            self.assertTrue(c.shown("find_evidence", path="protocol.docx", words="adverse events")["lines"])
            self.assertEqual(c.shown("letter", path="letters/clinical-hold.txt")["total"], 3)
            self.assertTrue(c.shown("draft_plan", path="protocol.docx", sources=["source"])["steps"])
            false = c.shown("verify_text", name="a.md", text="The dose was 4711 mg.", against=["protocol.docx"])
            self.assertEqual([f["status"] for f in false["findings"]], ["unsupported"])
            self.assertEqual(false["exit_code"], 1)

    def test_supported_claims_only_where_asked_for(self):
        for c in self.both():
            few = c.shown("verify_text", path="protocol.docx", against=["source"])
            every = c.shown("verify_text", path="protocol.docx", against=["source"], supported=True)
            self.assertEqual(every["total"] - few["total"], every["counts"]["supported"])

    def test_what_fails_is_told(self):
        for c in self.both():
            self.assertIn("not found", c.failure("check", path="absent.docx"))
            self.assertIn("no checklist item", c.failure("explain", item="nope"))
            self.assertIn("no argument", c.failure("check", path="protocol.docx", pth="x"))
            self.assertIn("another type", c.failure("check", path=7))
            self.assertIn("list of texts", c.failure("check", path="protocol.docx", checklists=[1]))
            self.assertIn("missing", c.failure("verify_text", name="a.md", text="x"))
            self.assertIn("missing", c.failure("check"))
            self.assertIn("as-of", c.failure("check", path="protocol.docx", as_of="yesterday"))

    def test_errors_of_the_protocol(self):
        for c in self.both():
            for method, params, code in (
                    ("tools/call", {"name": "nope"}, -32602), ("tools/call", {"name": "check", "arguments": []}, -32602),
                    ("nope", {}, -32601), ("resources/read", {}, -32602), ("prompts/get", {"name": "nope"}, -32602),
                    ("prompts/get", {"name": "close-gap", "arguments": {"path": "x"}}, -32602),
                    ("tools/list", {"cursor": "x"}, -32602), ("resources/list", {"cursor": "9999"}, -32602),
                    ("resources/read", {"uri": "lacuna://result/99"}, -32602 if c.modern else -32002),
                    ("resources/read", {"uri": "file:///etc/passwd"}, -32602 if c.modern else -32002),
                    ("ping" if c.modern else "server/discover", {}, -32601)):
                self.assertEqual(c.whole(method, params)["error"]["code"], code, (method, params))

    def test_resources(self):
        for c in self.both():
            c.shown("outline", path="protocol.docx")
            seen, cursor = [], None
            while True:
                page = c.call("resources/list", {"cursor": cursor} if cursor else {})
                self.assertLessEqual(len(page["resources"]), 20)
                seen += [one["uri"] for one in page["resources"]]
                cursor = page.get("nextCursor")
                if cursor is None:
                    break
            self.assertEqual(seen[0], "lacuna://checklists")
            self.assertIn("lacuna://checklist/protocol_m11", seen)
            self.assertEqual(seen[-1], "lacuna://result/1")
            self.assertEqual(len(seen), len(set(seen)))
            for uri in (seen[0], seen[1], seen[-1], "lacuna://item/m11.4.5"):
                content = c.call("resources/read", {"uri": uri})["contents"][0]
                self.assertEqual(content["uri"], uri)
                self.assertTrue(content["text"])
            templates = c.call("resources/templates/list")["resourceTemplates"]
            self.assertEqual(len(templates), 3)

    def test_old_results_make_room(self):
        with Client(True) as c:
            for _ in range(34):
                c.shown("explain", item="m11.4.5")
            self.assertIn("error", c.whole("resources/read", {"uri": "lacuna://result/1"}))
            self.assertTrue(c.call("resources/read", {"uri": "lacuna://result/34"})["contents"])

    def test_prompts(self):
        for c in self.both():
            names = [prompt["name"] for prompt in c.call("prompts/list")["prompts"]]
            self.assertEqual(names, ["review-document", "close-gap", "answer-letter"])
            one = c.call("prompts/get", {"name": "review-document", "arguments": {"path": "a{b}.docx"}})
            text = one["messages"][0]["content"]["text"]
            self.assertIn("Check a{b}.docx with the tool check of lacuna. Report", text)
            two = c.call("prompts/get", {"name": "review-document",
                                         "arguments": {"path": "a", "checklist": "protocol_m11"}})
            self.assertIn("lacuna and its checklist protocol_m11. Report", two["messages"][0]["content"]["text"])

    def test_progress(self):
        for c in self.both():
            c.tool("check", {"progressToken": "t"}, path="letters")
            told = [one["params"] for one in c.others if one.get("method") == "notifications/progress"]
            self.assertGreater(len(told), 1)
            self.assertEqual({one["progressToken"] for one in told}, {"t"})
            grown = [one["progress"] for one in told]
            self.assertEqual(grown, sorted(set(grown)))
            self.assertEqual(grown[-1], told[-1]["total"])
            c.others.clear()
            c.tool("check", None, path="letters")
            self.assertEqual(c.others, [])

    def test_cancel(self):
        for c in self.both("-j", "1"):
            number = c.send("tools/call", {"name": "check", "arguments": {"path": "ind900204"}})
            c.note("notifications/cancelled", {"requestId": number})
            c.note("notifications/cancelled", {"requestId": "unknown"})
            c.call("tools/list")
            c.shown("explain", item="m11.4.5")
            self.assertNotIn(number, [one.get("id") for one in c.others])

    def test_a_document_that_crashes_is_one_failure(self):
        # Without the memory a document of 30 MB needs; a sanitizer cannot limit that, and takes too long.
        for c in self.both("--seconds", "8", "--memory", "128"):
            self.assertTrue(c.failure("verify_text", name="a.txt", text="The dose is 40 mg. " * 1600000,
                                      against=["protocol.docx"]))
            c.shown("explain", item="m11.4.5")

    def test_it_ends_with_its_input(self):
        for c in self.both():
            code, left, err = c.lines.end()
            self.assertEqual((code, left, err), (0, [], ""))


class OldEra(unittest.TestCase):
    def test_versions(self):
        for asked, given in (("2025-11-25", "2025-11-25"), ("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"),
                             ("2026-07-28", "2025-11-25"), ("1999-01-01", "2025-11-25")):
            with Lines([GIVEN.lacuna, "mcp"]) as lines:
                lines.send({"jsonrpc": "2.0", "id": "a", "method": "initialize", "params": {
                    "protocolVersion": asked, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}})
                result = lines.line()["result"]
                self.assertEqual(result["protocolVersion"], given)
                self.assertEqual(result["serverInfo"]["name"], "lacuna")
                self.assertNotIn("resultType", result)

    def test_initialize_comes_first(self):
        with Lines([GIVEN.lacuna, "mcp"]) as lines:
            lines.send({"jsonrpc": "2.0", "id": 1, "method": "tools/list"},
                       {"jsonrpc": "2.0", "id": 2, "method": "ping"})
            self.assertEqual(lines.line()["error"]["code"], -32600)
            self.assertEqual(lines.line()["result"], {})

    def test_messages_that_are_none(self):
        with Client(False) as c:
            for line, code in ((b"rubbish", -32700), (b"[]", -32600), (b"{}", -32600),
                               (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600),
                               (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}', -32602)):
                c.lines.send(line)
                self.assertEqual(c.lines.line()["error"]["code"], code, line)
            c.note("notifications/unknown")
            c.call("ping")

    def test_the_folders_of_the_client(self):
        with tempfile.TemporaryDirectory(prefix="lacuna ü ") as folder:
            shutil.copy(SAMPLES / "consent-form.docx", folder)
            with Client(False, capabilities={"roots": {"listChanged": True}}) as c:
                asked = c.lines.line()
                self.assertEqual(asked["method"], "roots/list")
                c.shown("outline", path="protocol.docx")  # the working folder, until it answers
                c.lines.send({"jsonrpc": "2.0", "id": asked["id"], "result": {"roots": [
                    {"uri": Path(folder).as_uri()}, {"uri": "file:///nowhere"}, {"uri": "https://example.org"}]}})
                c.shown("outline", path="consent-form.docx")
                c.failure("outline", path=str(SAMPLES / "protocol.docx"))
                c.note("notifications/roots/list_changed")
                self.assertEqual(c.lines.line()["method"], "roots/list")

    def test_flags_are_not_widened_by_the_client(self):
        with Client(False, "--root", "letters", capabilities={"roots": {}}) as c:
            c.failure("outline", path=str(SAMPLES / "protocol.docx"))
            self.assertEqual(c.others, [])


class NewEra(unittest.TestCase):
    def test_discover(self):
        with Client(True) as c:
            found = c.call("server/discover")
            self.assertEqual(found["supportedVersions"], ["2026-07-28"])
            self.assertEqual(set(found["capabilities"]), {"tools", "resources", "prompts"})
            self.assertEqual(found["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "lacuna")
            self.assertEqual(found["cacheScope"], "private")

    def test_other_versions(self):
        with Client(True) as c:
            error = c.whole("tools/list", meta={"io.modelcontextprotocol/protocolVersion": "2031-01-01"})["error"]
            self.assertEqual((error["code"], error["data"]),
                             (-32022, {"supported": ["2026-07-28"], "requested": "2031-01-01"}))

    def test_both_eras_on_one_connection(self):
        with Client(False) as c:
            self.assertNotIn("resultType", c.call("tools/list"))
            self.assertIn("resultType", c.call("tools/list", meta=META))


class Confined(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ("in", "out", "in-too"):
            (self.folder / name).mkdir()
            (self.folder / name / "a.md").write_text("# Title\n\nSecret words.\n")

    def client(self):
        return Client(True, "--root", self.folder / "in", folder=self.folder)

    def test_paths(self):
        inside, outside = self.folder / "in", self.folder / "out"
        (inside / "link.md").symlink_to(outside / "a.md")
        (inside / "own.md").symlink_to(inside / "a.md")
        with self.client() as c:
            for path in ("a.md", inside / "a.md", "../in/a.md", "own.md"):
                self.assertEqual(c.shown("outline", path=str(path))["total"], 1)
            for path in ("../out/a.md", outside / "a.md", "link.md", "/etc/passwd", "", "..", "../in-too/a.md",
                         self.folder / "in-too" / "a.md", "x" * 5000, "a.md/../../out/a.md"):
                text = c.failure("outline", path=str(path))
                self.assertNotIn("Title", text)
            for tool, name in (("verify_text", "against"), ("draft_plan", "sources")):
                arguments = {"path": "a.md", name: [str(outside / "a.md")]}
                self.assertIn("not found", c.failure(tool, **arguments))

    def test_links_in_a_folder(self):
        inside = self.folder / "in"
        with self.client() as c:
            self.assertEqual(c.shown("check", path=".")["counts"]["documents"], 1)
            (inside / "deep").mkdir()
            (inside / "deep" / "link.md").symlink_to(self.folder / "out" / "a.md")
            self.assertIn("leads out", c.failure("check", path="."))
            (inside / "deep" / "link.md").unlink()
            (inside / "deep" / "folder").symlink_to(self.folder / "out")
            self.assertIn("leads out", c.failure("check", path="."))

    def test_starting_changes_nothing(self):
        home = self.folder / "home"
        home.mkdir()
        with Lines([GIVEN.lacuna, "mcp"], cwd=self.folder / "in",
                   env={"HOME": str(home), "PATH": os.environ["PATH"], "XDG_STATE_HOME": str(home)}) as lines:
            begun = time.monotonic()
            lines.send({"jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": META}})
            lines.line()
            self.assertLess(time.monotonic() - begun, 5)
            self.assertEqual(lines.end()[0], 0)
        self.assertEqual(list(home.iterdir()), [])
        self.assertEqual([p.name for p in (self.folder / "in").iterdir()], ["a.md"])


if __name__ == "__main__":
    GIVEN = harness.arguments(__doc__, hooks=("", "the program with hooks"), only=("", "one test"))
    unittest.main(argv=["mcp", *([GIVEN.only] if GIVEN.only else [])])
