"""A program that is spoken to in lines of JSON: started, written to, read from with a time limit."""
import json
import os
import select
import subprocess
import time


class Lines:
    """One running program. Reading never blocks longer than it is told."""

    def __init__(self, command, **kept):
        self.process = subprocess.Popen([str(c) for c in command], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kept)
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except OSError:
                pass  # what was not written yet has no reader any more
        self.process.wait()

    def send(self, *messages):
        for message in messages:
            data = message if isinstance(message, bytes) else json.dumps(message).encode()
            self.process.stdin.write(data + b"\n")
        self.process.stdin.flush()

    def line(self, seconds=60):
        """The next line as JSON; None at the end of output."""
        until = time.monotonic() + seconds
        descriptor = self.process.stdout.fileno()
        while b"\n" not in self.rest:
            ready, _, _ = select.select([descriptor], [], [], max(0, until - time.monotonic()))
            assert ready, "nothing was said in time"
            piece = os.read(descriptor, 1 << 20)
            if not piece:
                assert not self.rest, f"a line without an end: {self.rest[:200]!r}"
                return None
            self.rest += piece
        line, _, self.rest = self.rest.partition(b"\n")
        return json.loads(line)

    def lines(self, count, seconds=60):
        return [self.line(seconds) for _ in range(count)]

    def end(self, seconds=60):
        """Closes its input; (exit code, remaining lines, what it said on standard error)."""
        self.process.stdin.close()
        left = []
        while (line := self.line(seconds)) is not None:
            left.append(line)
        code = self.process.wait(seconds)
        return code, left, self.process.stderr.read().decode()

    def children(self):
        pid = self.process.pid
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as listed:
            return [int(child) for child in listed.read().split()]
