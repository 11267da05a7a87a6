"""A stand-in for a model that counts what it was asked, for the tests of the judge and of drafts."""
import collections
import threading
import time


class CountingModel:
    """Answers rightly, but for what `fault` (a function of what is asked about and how often) gives.

    Subclasses tell what a request asks about (`name`), what the fault is called with (`told`) and the
    right answer (`right`).
    """

    def __init__(self, fault=None, delay=0.0):
        self.fault, self.delay = fault, delay
        self.lock = threading.Lock()
        self.arrived, self.answered = collections.Counter(), collections.Counter()

    def told(self, request):
        return self.name(request)

    def __call__(self, request):
        name = self.name(request)
        with self.lock:
            self.arrived[name] += 1
            count = self.arrived[name]
        time.sleep(self.delay)
        given = self.fault(self.told(request), count) if self.fault else None
        if given is None:
            with self.lock:
                self.answered[name] += 1
            given = self.right(request)
        return {"request_id": f"req_{name}", **given}
