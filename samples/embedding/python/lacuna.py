#!/usr/bin/env python3
"""liblacuna from Python, with ctypes and nothing else.

    python3 lacuna.py protocol.docx [key=value]...

A handle belongs to one thread at a time; errors are raised with the library's own message. A document
that is hostile enough to crash a reader takes the interpreter with it: for those use `lacuna worker`.
"""
import ctypes
import os
import sys

_LIBRARY = ctypes.CDLL(os.environ.get("LACUNA_LIBRARY", "liblacuna.so.0"))
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)


class _Error(ctypes.Structure):
    """lacuna_error of lacuna_status.h."""
    _fields_ = [("status", ctypes.c_int32), ("line", ctypes.c_uint32), ("offset", ctypes.c_uint64),
                ("place", ctypes.c_char * 128), ("message", ctypes.c_char * 256), ("remedy", ctypes.c_char * 256)]


class Failure(Exception):
    """A call that failed; `status` is that of lacuna_status.h."""

    def __init__(self, error):
        super().__init__(error.message.decode(errors="replace"))
        self.status, self.remedy = error.status, error.remedy.decode(errors="replace")


def _declare(name, *types, result=ctypes.c_int):
    function = getattr(_LIBRARY, name)
    function.argtypes, function.restype = types, result
    return function


_handle = ctypes.POINTER(ctypes.c_void_p)
_error = ctypes.POINTER(_Error)
_options_new = _declare("lacuna_options_new", _handle, _error)
_options_set = _declare("lacuna_options_set", ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, _error)
_options_free = _declare("lacuna_options_free", ctypes.c_void_p, result=None)
_run_new = _declare("lacuna_run_new", _handle, ctypes.c_void_p, _error)
_run_add = _declare("lacuna_run_add", ctypes.c_void_p, ctypes.c_char_p, _error)
_run_add_memory = _declare("lacuna_run_add_memory", ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p,
                           ctypes.c_size_t, _error)
_run_execute = _declare("lacuna_run_execute", _handle, ctypes.c_void_p, _error)
_run_free = _declare("lacuna_run_free", ctypes.c_void_p, result=None)
_result_exit_code = _declare("lacuna_result_exit_code", ctypes.c_void_p, result=ctypes.c_int32)
_result_render = _declare("lacuna_result_render", ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p, _WRITE,
                          ctypes.c_void_p, _error)
_result_free = _declare("lacuna_result_free", ctypes.c_void_p, result=None)


def _call(function, *arguments):
    error = _Error()
    if function(*arguments, ctypes.byref(error)) != 0:
        raise Failure(error)


def _new(function, *arguments):
    handle = ctypes.c_void_p()
    _call(function, ctypes.byref(handle), *arguments)
    return handle


def _render(result, form):
    pieces = []

    def write(_, data, length):
        pieces.append(ctypes.string_at(data, length))
        return 0
    _call(_result_render, result, form.encode(), None, _WRITE(write), None)
    return b"".join(pieces)


def check(path=None, name=None, data=None, form="json", **options):
    """(exit code, report) of a document, a path or bytes under a name. Options are those of lacuna.h,
    with _ for -; a list sets one several times."""
    settings = run = result = None
    try:
        settings = _new(_options_new)
        for key, values in options.items():
            for value in values if isinstance(values, (list, tuple)) else [values]:
                _call(_options_set, settings, key.replace("_", "-").encode(), str(value).encode())
        run = _new(_run_new, settings)
        if path is not None:
            _call(_run_add, run, os.fsencode(path))
        else:
            _call(_run_add_memory, run, name.encode(), data, len(data))
        result = _new(_run_execute, run)
        return _result_exit_code(result), _render(result, form)
    finally:
        _result_free(result)
        _run_free(run)
        _options_free(settings)


if __name__ == "__main__":
    try:
        code, report = check(sys.argv[1], **dict(word.split("=", 1) for word in sys.argv[2:]))
    except Failure as failure:
        sys.exit(f"lacuna: {failure}")
    sys.stdout.buffer.write(report)
    sys.exit(code)
