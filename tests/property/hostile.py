#!/usr/bin/env python3
"""Files that are not what they say, and packages made to hurt.

Each is made here, then read with `lacuna outline`. What has to be refused is exit 3 with one
message that names the file and a remedy below it; what is odd but readable is read. Nothing crashes, and nothing takes much
time or memory (memory only where `--megabytes` is not 0; not under the address sanitizer).
"""
import io
import struct
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

SAMPLE = Path(__file__).resolve().parent.parent.parent / "samples/consent-form.docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>'
CLOSE = "</w:body></w:document>"
HEADING = ('<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Read to the end</w:t></w:r></w:p>')


def package(replace=None, drop=(), extra=()):
    """The sample's package with parts replaced, dropped or added (name, bytes) at the end."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in drop:
                new.writestr(name, (replace or {}).get(name, old.read(name)))
        for name, data in extra:
            new.writestr(name, data)
    return buffer.getvalue()


def with_body(body):
    return package({"word/document.xml": (OPEN + body + CLOSE).encode()})


def with_document(text):
    return package({"word/document.xml": text.encode()})


def patched(data, at_signature, offset, fmt, value, which=0):
    """Changes one field behind the `which`-th occurrence of a zip signature."""
    data, at = bytearray(data), -1
    for _ in range(which + 1):
        at = data.index(at_signature, at + 1)
    struct.pack_into(fmt, data, at + offset, value)
    return bytes(data)


def duplicate_main():
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return package(extra=[("word/document.xml", (OPEN + HEADING + CLOSE).encode())])


def bomb(megabytes):
    """One run of text that deflates about 1,000 : 1, without ever standing in memory."""
    raw, crc, size = zlib.compressobj(9, zlib.DEFLATED, -15), 0, 0
    packed = bytearray()
    chunks = [(OPEN + "<w:p><w:r><w:t>").encode(), *[b"A" * (1 << 20)] * megabytes,
              ("</w:t></w:r></w:p>" + CLOSE).encode()]
    for chunk in chunks:
        crc, size = zlib.crc32(chunk, crc), size + len(chunk)
        packed += raw.compress(chunk)
    packed += raw.flush()
    return insert_raw(package(drop=["word/document.xml"]), b"word/document.xml", bytes(packed), crc,
                      size)


def insert_raw(data, name, packed, crc, size):
    """Adds an already deflated entry to a package."""
    end = data.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<HII", data, end + 10)
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, crc, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + fields + name + packed
    central = (data[start:start + length] + b"PK\x01\x02" + struct.pack("<H", 20) + fields
               + struct.pack("<HHHII", 0, 0, 0, 0, start) + name)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(central),
                       start + len(local), 0)
    return data[:start] + local + central + tail


def nested(element, depth):
    return f"<w:{element}>" * depth + f"</w:{element}>" * depth


def tables(depth):
    return "<w:tbl><w:tr><w:tc>" * depth + HEADING + "</w:tc></w:tr></w:tbl>" * depth


def style_circle():
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="S{i}"><w:name w:val="S{i}"/>'
                     f'<w:basedOn w:val="S{(i + 1) % 3}"/></w:style>' for i in range(3))
    body = '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>Circle</w:t></w:r></w:p>' + HEADING
    return package({"word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'.encode(),
                    "word/document.xml": (OPEN + body + CLOSE).encode()})


LAUGHS = ('<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
          + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi"))
          + f']><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body>'
          "</w:document>")
EXTERNAL = ('<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>'
            "</w:document>")


def refused():
    """name -> bytes of what must be refused."""
    sample = SAMPLE.read_bytes()
    central = b"PK\x01\x02"
    return {
        "empty.docx": b"",
        "~$owner.docx": b"\x05Owner" + b" " * 156,
        "annex.docx": b"/annex/objects/SHA256E-s12345--0123456789abcdef0123456789abcdef.docx\n",
        "pdf.docx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
        "legacy.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2040,
        "picture.docx": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        "half.docx": sample[:len(sample) // 2],
        "no-directory.docx": sample[:sample.rindex(b"PK\x05\x06")],
        "no-main-part.docx": package(drop=["word/document.xml"]),
        "duplicate.docx": duplicate_main(),
        "traversal.docx": package(extra=[("../../etc/evil.xml", b"<x/>")]),
        "bit-flip.docx": sample[:200] + bytes([sample[200] ^ 0xFF]) + sample[201:],
        "many-entries.docx": package(extra=[(f"x/{i}.xml", b"") for i in range(5000)]),
        "bomb.docx": bomb(300),
        "wrong-size.docx": patched(sample, central, 24, "<I", 10, 2),
        "encrypted-flag.docx": patched(sample, central, 8, "<H", 1, 2),
        "laughs.docx": with_document(LAUGHS),
        "external-entity.docx": with_document(EXTERNAL),
        "not-xml.docx": with_document("this is no XML"),
        "cut-xml.docx": with_document(OPEN + HEADING),
        "deep.docx": with_body(nested("sdt", 100000)),
        "deep-tables.docx": with_body(tables(1000)),
    }


def readable():
    """name -> bytes of what is odd and still a document."""
    return {
        "style-circle.docx": style_circle(),
        "long-paragraph.docx": with_body("<w:p>" + "<w:r><w:t>word </w:t></w:r>" * 200000 + "</w:p>"
                                         + HEADING),
        "many-paragraphs.docx": with_body("<w:p/>" * 300000 + HEADING),
        "wide-table.docx": with_body("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 50000
                                     + "</w:tr></w:tbl>" + HEADING),
        "unbalanced-fields.docx": with_body('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
                                            + HEADING),
    }


def complaint(name, done, read, options):
    message = done.err.decode(errors="replace").strip()
    if done.timed_out or done.crashed:
        return "does not end" if done.timed_out else f"crash: {message[:300]}"
    if options.megabytes and done.rss > options.megabytes * 1024:
        return f"{done.rss // 1024} MB"
    if read:
        good = done.code == 0 and b"Read to the end" in done.out
        return None if good else f"should be read: exit {done.code}: {message[:300]}"
    if done.code != 3:
        return f"should be exit 3, is {done.code}"
    if harness.messages(message) != 1 or name not in message:
        return f"one message that names the file expected: {message[:300]!r}"
    if len(message.splitlines()) < 2:
        return f"no remedy: {message[:300]!r}"
    return None


def main():
    options = harness.arguments(__doc__, seconds=(20, "limit per file"),
                                megabytes=(64, "memory per file; 0: not looked at"))
    wrong = 0
    with tempfile.TemporaryDirectory() as work:
        for read, files in ((False, refused()), (True, readable())):
            for name, data in files.items():
                path = Path(work) / name
                path.write_bytes(data)
                done = harness.run_measured(options.measure, [options.lacuna, "outline", path],
                                            options.seconds)
                bad = complaint(name, done, read, options)
                wrong += bad is not None
                said = done.err.decode(errors="replace").strip().replace(str(path), name)
                said = " | ".join(line.strip() for line in said.splitlines())
                print(f"{'WRONG' if bad else 'ok':5} {name}: {bad or said or 'read'} "
                      f"[{1000 * done.cpu:.0f} ms, {done.rss // 1024} MB]")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
