"""Reads zip files byte by byte, without a library: what is stored for each entry, in what order."""
import struct
import zlib


def entries(data):
    """[(name, method, compressed bytes)], in the order of the directory."""
    end = data.rfind(b"PK\x05\x06")
    count, _, offset = struct.unpack("<HII", data[end + 10:end + 20])
    found = []
    for _ in range(count):
        fields = struct.unpack("<4s6H3I5H2I", data[offset:offset + 46])
        method, size = fields[4], fields[8]
        name_length, extra, comment, local = fields[10], fields[11], fields[12], fields[16]
        name = data[offset + 46:offset + 46 + name_length]
        local_name, local_extra = struct.unpack("<HH", data[local + 26:local + 30])
        start = local + 30 + local_name + local_extra
        found.append((name, method, data[start:start + size]))
        offset += 46 + name_length + extra + comment
    return found


def content(entry):
    _, method, stored = entry
    return zlib.decompress(stored, -15) if method == 8 else stored


def changed(before, after):
    """Names of entries that differ or are new; None where one is missing or has moved."""
    old, new = entries(before), entries(after)
    if [e[0] for e in new[:len(old)]] != [e[0] for e in old]:
        return None
    names = [b[0].decode("utf-8", "replace") for a, b in zip(old, new) if a[1:] != b[1:]]
    return names + [e[0].decode("utf-8", "replace") for e in new[len(old):]]


def without_insertions(original, edited):
    """Whether `edited` is `original` with pieces put in (or "/>" opened): their number; None: it is not.

    Where they part, the original is looked for further on, by its next bytes; what the piece and the original
    have in common at its beginning ("<w:p>...") may have been taken for the original, so a little before too.
    Of several ways to go on the first that leads to the end is taken; dead ends are remembered."""
    dead = set()
    stack = [iter([(0, 0)])]
    while stack:
        place = next(stack[-1], None)
        if place is None:
            stack.pop()
            continue
        step = common_prefix(original, *place[:1], edited, *place[1:])
        i, o = place[0] + step, place[1] + step
        if i == len(original):
            return len(stack) - 1 + (o < len(edited))
        if (i, o) in dead or len(stack) > 24 or len(dead) > 3000:
            continue
        dead.add((i, o))
        stack.append(ways_on(original, edited, i, o))
    return None


def ways_on(original, edited, i, o):
    if original[i:i + 2] == b"/>" and edited[o:o + 1] == b">":
        i += 2
    found = set()
    for size in (400, 120, 40, 14):
        for back in (0, 1, 2, 3, 4, 5, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64):
            at = edited.find(original[max(0, i - back):i - back + size], max(0, o - back) + 1, o + 200_000)
            if back <= i and at >= 0:
                found.add((-size, at + back, i - back, at))
    return iter([(place, at) for _, _, place, at in sorted(found)])  # long matches first


def common_prefix(a, i, b, j):
    low, length = 0, min(len(a) - i, len(b) - j)
    while low < length:
        step = min(65536, length - low)
        if a[i + low:i + low + step] == b[j + low:j + low + step]:
            low += step
            continue
        while a[i + low] == b[j + low]:
            low += 1
        return low
    return low
