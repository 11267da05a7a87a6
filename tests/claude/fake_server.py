#!/usr/bin/env python3
"""A stand-in for the Messages API, told by a script what to answer.

The script is JSON: {"replies": [R, ...], "default": R}. The replies are given in the order the calls
arrive, then the default. R, all fields optional:
  status       HTTP status, 200
  headers      object of further headers
  text         text of the answer (list: several blocks)
  citations    list, one a block, of lists of citation objects
  thinking     a thinking block comes first
  stop         stop_reason, "end_turn"
  stop_details object
  usage        object, over the built-in one
  model        model the answer names, default that of the request
  error        {"type", "message", "details"} sent as an error body, or in the stream with status 200
  raw          bytes of the body as they are (latin-1)
  chunk        bytes sent at a time; 0 (default): all at once
  pause_ms     between chunks, and before the first
  cut          stop after that many bytes and close the connection
  ping         a ping event after the start
  line_end     "\\n" (default), "\\r\\n" or "\\r"
  drop         close the connection without a reply
  request_id   instead of a number in the order of arrival

What it received is appended to --log, one JSON object a line: method, path, headers, body. It says
"PORT n" on its standard output when it listens on the loopback interface. Everything it says is
made up: recordings of it are synthetic.
"""
import argparse
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cassette import Cassette

USAGE = {
    "input_tokens": 100, "output_tokens": 20, "cache_creation_input_tokens": 0,
    "cache_read_input_tokens": 0,
    "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0},
    "output_tokens_details": None, "service_tier": "standard", "inference_geo": None, "speed": None,
    "server_tool_use": None,
}


def message(reply, request, number):
    return {
        "id": f"msg_{number:04d}", "type": "message", "role": "assistant",
        "model": reply.get("model", request.get("model", "claude-fake")), "content": [],
        "stop_reason": None, "stop_sequence": None, "stop_details": None, "container": None,
        "diagnostics": None, "usage": {**USAGE, **reply.get("usage", {})},
    }


def split(text):
    """A text as a service sends it: in small pieces."""
    return [text[i:i + 17] for i in range(0, len(text), 17)]


def block_events(reply):
    index = 0
    if "thinking" in reply:
        yield {"type": "content_block_start", "index": 0,
               "content_block": {"type": "thinking", "thinking": "", "signature": ""}}
        yield {"type": "content_block_delta", "index": 0,
               "delta": {"type": "thinking_delta", "thinking": reply["thinking"]}}
        yield {"type": "content_block_delta", "index": 0,
               "delta": {"type": "signature_delta", "signature": "c2ln"}}
        yield {"type": "content_block_stop", "index": 0}
        index = 1
    texts = reply.get("text", "")
    for number, text in enumerate(texts if isinstance(texts, list) else [texts]):
        yield {"type": "content_block_start", "index": index,
               "content_block": {"type": "text", "text": "", "citations": None}}
        for piece in split(text):
            yield {"type": "content_block_delta", "index": index,
                   "delta": {"type": "text_delta", "text": piece}}
        for citation in (reply.get("citations") or [[]] * (number + 1))[number]:
            yield {"type": "content_block_delta", "index": index,
                   "delta": {"type": "citations_delta", "citation": citation}}
        yield {"type": "content_block_stop", "index": index}
        index += 1


def events(reply, request, number):
    yield {"type": "message_start", "message": message(reply, request, number)}
    if reply.get("ping"):
        yield {"type": "ping"}
    yield from block_events(reply)
    if "error" in reply:
        yield {"type": "error", "error": {"details": None, **reply["error"]},
               "request_id": f"req_{number:04d}"}
        return
    yield {"type": "message_delta",
           "delta": {"stop_reason": reply.get("stop", "end_turn"), "stop_sequence": None,
                     "stop_details": reply.get("stop_details"), "container": None},
           "usage": {**USAGE, **reply.get("usage", {})}}
    yield {"type": "message_stop"}


def stream(reply, request, number):
    end = reply.get("line_end", "\n")
    text = "".join(f"event: {event['type']}{end}data: {json.dumps(event, ensure_ascii=False)}{end}{end}"
                   for event in events(reply, request, number))
    return text.encode()


class Script:
    def __init__(self, tree):
        self.replies = list(tree.get("replies", []))
        self.default = tree.get("default", {"text": "{}"})
        self.lock = threading.Lock()
        self.number = 0

    def next(self):
        with self.lock:
            self.number += 1
            reply = self.replies.pop(0) if self.replies else self.default
            return self.number, reply


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else the second packet of a reply waits 40 ms
    script = None
    answer = None  # a function (request) -> reply, instead of the script
    log = None
    cassette = None
    log_lock = threading.Lock()

    def log_message(self, *arguments):
        pass

    def record(self, body):
        if self.log is None:
            return
        entry = {"method": self.command, "path": self.path,
                 "headers": {k.lower(): v for k, v in self.headers.items()},
                 "body": body.decode("utf-8", "replace")}
        with self.log_lock, open(self.log, "a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")

    def send_bytes(self, body, reply):
        chunk = reply.get("chunk") or len(body) or 1
        pause = reply.get("pause_ms", 0) / 1000
        end = min(len(body), reply.get("cut", len(body)))
        for at in range(0, end, chunk):
            if pause:
                time.sleep(pause)
            self.wfile.write(body[at:min(at + chunk, end)])
            self.wfile.flush()
        if end < len(body):
            self.close_connection = True

    def drop(self):
        """No reply at all; the client sees the connection end."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def respond(self, status, kind, body, reply, number):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("request-id", reply.get("request_id", f"req_{number:04d}"))
        for name, value in reply.get("headers", {}).items():
            self.send_header(name, value)
        if "cut" not in reply:
            self.send_header("content-length", str(len(body)))
        else:
            self.send_header("connection", "close")
        self.end_headers()
        self.send_bytes(body, reply)

    def next_reply(self, request):
        if self.cassette is not None and self.cassette.replays:
            return 0, self.cassette.find(self.command, self.path, request)
        number, reply = self.script.next() if self.answer is None else (0, self.answer(request))
        if self.cassette is not None:
            self.cassette.add(self.command, self.path, request, reply)
        return number, reply

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.record(body)
        request = json.loads(body)
        number, reply = self.next_reply(request)
        status = reply.get("status", 200)
        try:
            if reply.get("drop"):
                self.drop()
            elif "raw" in reply:
                self.respond(status, reply.get("type", "text/event-stream"),
                             reply["raw"].encode("latin-1"), reply, number)
            elif status != 200:
                error = {"type": "error", "error": {"details": None, **reply.get("error", {})},
                         "request_id": f"req_{number:04d}"}
                self.respond(status, "application/json", json.dumps(error).encode(), reply, number)
            elif "count_tokens" in self.path or "count-tokens" in self.path:
                self.respond(200, "application/json",
                             json.dumps({"input_tokens": len(body) // 4}).encode(), reply, number)
            else:
                self.respond(200, "text/event-stream; charset=utf-8",
                             stream(reply, request, number), reply, number)
        except OSError:
            self.close_connection = True


class Listener(ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, request, client_address):
        """A client that went away is none of the server's business."""


class Server:
    """For tests in the same process: with Server(script) as url."""

    def __init__(self, script=None, answer=None, log=None, cassette=None):
        handler = type("Bound", (Handler,), {
            "script": Script(script or {}), "answer": staticmethod(answer) if answer else None,
            "log": log, "cassette": cassette})
        self.server = Listener(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()
        cassette = self.server.RequestHandlerClass.cassette
        if cassette is not None:
            cassette.close()


def main():
    arguments = argparse.ArgumentParser(description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--script", help="what to answer; default: only the cassette")
    arguments.add_argument("--log")
    arguments.add_argument("--cassette", help="replayed; a request that is not on it is an error")
    arguments.add_argument("--record", action="store_true",
                           help="write the cassette, with what the script answers")
    given = arguments.parse_args()
    script = json.loads(Path(given.script).read_text(encoding="utf-8")) if given.script else None
    cassette = Cassette(given.cassette, given.record) if given.cassette else None
    server = Server(script, log=given.log, cassette=cassette)
    print(f"PORT {server.server.server_address[1]}", flush=True)
    server.server.serve_forever()


if __name__ == "__main__":
    main()
