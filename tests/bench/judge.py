#!/usr/bin/env python3
"""Throughput and memory of the second reader against a stand-in that takes 50 ms for an answer.

Fifty requirements on as many documents as it takes, every answer 50 ms away, 8 (and 32) in flight.
Seconds are those above the same check without a second reader; the bound is what latency alone would
allow: questions * latency / in flight. The floor is what threads of Python's http.client need for as
many questions of the same size to the same stand-in, which is a Python program itself. "Kept" is the
same run again, seconds above the check: all that the second reader does but for asking (identifiers
are looked for, kept answers are read and verified). The audit log is written for each answer, as
always. Memory is the peak of the process, and of the check alone. Needs a build without sanitizers:
cmake --preset release.
"""
import concurrent.futures
import http.client
import json
import os
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))
sys.path.insert(0, str(TESTS / "claude"))
import harness  # noqa: E402
import judge  # noqa: E402
from fake_server import Server  # noqa: E402

LATENCY = 0.05
ITEMS = 50


def write_documents(place, count):
    place.write_pack(judge.pack("fifty", [judge.item(f"s{i:02}", f"Topic {i:02}", f"matter number {i}")
                                          for i in range(1, ITEMS + 1)]))
    folder = place.folder / "documents"
    folder.mkdir()
    for number in range(count):
        text = "".join(f"# Topic {i:02}\n\n{judge.sentence(i)} Document {number}.\n\n" +
                       f"More of it follows in document {number}, and is not the point. " * 40 + "\n\n"
                       for i in range(1, ITEMS + 1))
        (folder / f"d{number:03}.md").write_text(text)
    return folder


def answer(_):
    time.sleep(LATENCY)
    return {"text": json.dumps({"evidence": [{"passage": 1, "quote": "is handled by the sponsor at every site"}],
                                "verdict": "met", "rationale": "It says so."})}


def run(options, place, folder, url, more):
    command = [options.lacuna, "check", folder, "--checklist-dir", place.folder / "packs", "--checklist", "fifty",
               "-f", "json", "-o", f"json={place.folder / 'report'}", *more]
    if url:
        command += ["--judge", "--claude", "provider=anthropic", "--claude", f"base-url={url}"]
    done = harness.run_measured(options.measure, command, 600, {**os.environ, **place.environment()})
    if done.code not in (0, 1):
        sys.exit(f"exit {done.code}: {done.err[-500:]!r}")
    return done, json.loads((place.folder / "report").read_text()).get("judge", {})


def floor(url, questions, in_flight):
    """Seconds for the same number of questions without any of our program."""
    body = json.dumps({"model": "m", "max_tokens": 1, "stream": True, "messages": ["x" * 5000]})

    def ask_some(count):
        connection = http.client.HTTPConnection(url[len("http://"):], timeout=60)
        for _ in range(count):
            connection.request("POST", "/v1/messages", body, {"content-type": "application/json"})
            connection.getresponse().read()

    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(in_flight) as pool:
        list(pool.map(ask_some, [questions // in_flight] * in_flight))
    return time.monotonic() - began


def main():
    options = harness.arguments(__doc__, questions=([250, 1000, 4000], "how many"), in_flight=([8, 32], "at a time"))
    print(f"{'questions':>9} {'in flight':>9} {'seconds':>8} {'bound':>8} {'bound/seconds':>13} {'floor':>8} "
          f"{'kept':>5} {'CPU s':>6} {'peak KiB':>9} {'alone':>9} {'KiB/question':>12}")
    for questions in map(int, options.questions):
        for in_flight in map(int, options.in_flight):
            with judge.Place(1) as place, Server(answer=answer) as url:
                folder = write_documents(place, questions // ITEMS)
                alone, _ = run(options, place, folder, None, [])
                done, summary = run(options, place, folder, url, ["--claude", f"in-flight={in_flight}"])
                if summary["asked"] != questions // ITEMS * ITEMS:
                    sys.exit(f"asked {summary}")
                again, summary = run(options, place, folder, url, [])
                if summary["kept"] != questions // ITEMS * ITEMS:
                    sys.exit(f"kept {summary}")
                wall, bound = done.wall - alone.wall, questions * LATENCY / in_flight
                least = floor(url, questions, in_flight)
                print(f"{questions:9} {in_flight:9} {wall:8.2f} {bound:8.2f} {bound / wall:13.2f} {least:8.2f} "
                      f"{again.wall - alone.wall:5.2f} {done.cpu:6.2f} {done.rss:9} {alone.rss:9} "
                      f"{(done.rss - alone.rss) / questions:12.1f}", flush=True)


if __name__ == "__main__":
    main()
