"""Recordings of what the stand-in of the service answered: JSON lines, replayed by request.

A line is {"synthetic": true, "key", "request", "reply"}. The key is the SHA-256 of method, path and
canonical body, without the fields that may differ from run to run; so a request of another prompt,
checklist or document is not found, and not found is an error. The same request several times has its
replies in the order they were recorded. Everything on a cassette is made up: no service was asked.
Redacted when written: headers are not kept at all, and what looks like a credential is blacked out.
A cassette is read as untrusted input: only known members of a reply are used.
"""
import collections
import hashlib
import json
import re
import threading
from pathlib import Path

VOLATILE = ("metadata", "cache_control")
REPLY = ("status", "text", "citations", "thinking", "stop", "stop_details", "usage", "model", "error",
         "raw", "type", "chunk", "pause_ms", "cut", "ping", "line_end", "drop", "request_id")
SECRET = re.compile(r"sk-ant-[\w-]+|(?i:bearer) [\w.~+/=-]{8,}|\b(AKIA|ASIA)[A-Z0-9]{12,}")


def stable(value):
    if isinstance(value, dict):
        return {k: stable(v) for k, v in value.items() if k not in VOLATILE}
    return [stable(v) for v in value] if isinstance(value, list) else value


def key_of(method, path, request):
    text = json.dumps([method, path, stable(request)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def redact(value):
    if isinstance(value, dict):
        return {k: redact(v) for k, v in value.items()}
    if isinstance(value, list):
        return [redact(v) for v in value]
    return SECRET.sub("[redacted]", value) if isinstance(value, str) else value


class Cassette:
    def __init__(self, path, record=False):
        self.path, self.replays = Path(path), not record
        self.lock = threading.Lock()
        self.lines = []
        self.missed = []
        self.known = collections.defaultdict(collections.deque)
        if self.replays:
            for line in self.path.read_text(encoding="utf-8").splitlines():
                self.load(json.loads(line))

    def load(self, line):
        if line.get("synthetic") is not True:
            raise ValueError(f"{self.path}: a line is not labelled as synthetic")
        reply = {k: v for k, v in line["reply"].items() if k in REPLY}
        self.known[line["key"]].append(reply)

    def find(self, method, path, request):
        key = key_of(method, path, request)
        with self.lock:
            if self.known[key]:
                return self.known[key].popleft()
            self.missed.append(key)
        return {"status": 501, "error": {"type": "not_on_cassette", "message": key}}

    def add(self, method, path, request, reply):
        kept = {k: v for k, v in reply.items() if k in REPLY}
        line = {"synthetic": True, "key": key_of(method, path, request),
                "request": redact(stable(request)), "reply": redact(kept)}
        with self.lock:
            self.lines.append(line)

    def left(self):
        """Replies that nobody asked for."""
        return sum(len(replies) for replies in self.known.values())

    def close(self):
        """In the order of keys, so that recording again changes only what is different."""
        if not self.replays:
            self.lines.sort(key=lambda line: line["key"])
            text = "".join(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n"
                           for line in self.lines)
            self.path.write_text(text, encoding="utf-8")
