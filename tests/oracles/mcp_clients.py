#!/usr/bin/env python3
"""The MCP server with the official clients: @modelcontextprotocol/sdk (2025-11-25), @modelcontextprotocol/client
(default, auto, pinned to 2026-07-28), and the command line of the Inspector. The clients hold every
result to the protocol's schemas and structured content to the tool's output schema.
"""
import json
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

SAMPLES = HERE.parent.parent / "samples"
GIVEN = None


class Clients(unittest.TestCase):
    def test_every_client(self):
        for era in ("sdk", "default", "auto", "pinned"):
            with self.subTest(era=era):
                done = subprocess.run(["node", HERE / "mcp.mjs", GIVEN.modules, GIVEN.lacuna, SAMPLES, era],
                                      capture_output=True, text=True, check=False, timeout=300)
                self.assertEqual(done.returncode, 0, done.stderr[-2000:])
                summary = json.loads(done.stdout)
                print(summary)
                self.assertEqual(summary["calls"], 12)
                self.assertGreater(summary["told"], 1)
                self.assertEqual(summary["missing"], "-32602" if era in ("auto", "pinned") else "-32002")

    def inspect(self, *arguments):
        done = subprocess.run([Path(GIVEN.modules, ".bin/mcp-inspector"), "--cli", GIVEN.lacuna, "mcp", *arguments],
                              capture_output=True, text=True, check=False, timeout=300, cwd=SAMPLES)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return json.loads(done.stdout)

    def test_inspector(self):
        self.assertEqual(len(self.inspect("--method", "tools/list")["tools"]), 7)
        said = self.inspect("--method", "tools/call", "--tool-name", "explain", "--tool-arg", "item=m11.4.5")
        self.assertEqual(said["structuredContent"]["id"], "m11.4.5")
        self.assertTrue(self.inspect("--method", "resources/list")["resources"])
        self.assertEqual(len(self.inspect("--method", "prompts/list")["prompts"]), 3)


if __name__ == "__main__":
    GIVEN = harness.arguments(__doc__, modules=("build/oracles/node_modules", "the folder node_modules"))
    if shutil.which("node") is None:
        harness.skip("node is not installed")
    for package in ("sdk", "client", "inspector"):
        if not Path(GIVEN.modules, "@modelcontextprotocol", package).is_dir():
            harness.skip(f"@modelcontextprotocol/{package} is not in {GIVEN.modules}: run ./test --oracles")
    unittest.main(argv=["mcp_clients"])
