"""Copies of a document with one section changed: taken out, renamed, emptied, replaced.

Word files are edited in their own XML: the paragraphs are counted as the anchors of `lacuna outline`
count them (every w:p of word/document.xml), everything else stays byte for byte, so numbering, styles,
tables, fields and contents lists are those of the real file. Text and Markdown are edited line by line.

A section that cannot be cut cleanly (its heading in a table cell, half of a table, a field that begins
inside and ends outside) raises NotEditable.
"""
import re
import zipfile
from xml.sax.saxutils import escape

BODY = "word/document.xml"


class NotEditable(Exception):
    """The section cannot be changed without damage to what is around it."""


class Section:
    """A heading of the outline and where its section ends: block ordinals, lines, bytes of text."""

    def __init__(self, headings, index):
        heading = headings[index]
        anchor = heading["anchor"]
        self.title, self.number, self.level = heading["title"], heading["number"], heading["level"]
        self.part, self.block, self.line = anchor["part"], anchor["block"], anchor["text_line"]
        self.start = anchor["start"]
        self.end_block = self.end_line = self.end = None  # None: the end of the document
        for after in headings[index + 1:]:
            if after["level"] <= heading["level"] and after["anchor"]["part"] == self.part:
                self.end_block, self.end_line = after["anchor"]["block"], after["anchor"]["text_line"]
                self.end = after["anchor"]["start"]
                break

    def holds(self, start):
        """Whether a byte of the reference text lies in the section."""
        return self.start <= start and (self.end is None or start < self.end)


def sections(outline):
    headings = sorted(outline["headings"] + outline.get("guessed", []),
                      key=lambda heading: heading["anchor"]["start"])
    return [Section(headings, i) for i in range(len(headings))]


# ---- Word --------------------------------------------------------------------------------------

TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>")
TEXT = re.compile(r"(<w:t(?:\s[^>]*)?>)([^<]*)(</w:t>)")
BLOCK_PARENTS = {"w:body", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"}


def content(package, info):
    """A part; nothing for a damaged picture, which real files have and nobody reads."""
    try:
        return package.read(info)
    except zipfile.BadZipFile:
        return b""


class Element:
    def __init__(self, name, start, parent, first):
        self.name, self.start, self.parent = name, start, parent
        self.end, self.first, self.last = start, first, first  # bytes; paragraphs [first, last)


class WordFile:
    def __init__(self, path):
        with zipfile.ZipFile(path) as package:
            self.parts = [(info, content(package, info)) for info in package.infolist()]
        raw = [data for info, data in self.parts if info.filename == BODY]
        if not raw:
            raise NotEditable(f"no {BODY}")
        try:
            self.xml = raw[0].decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise NotEditable("the body is not UTF-8") from wrong
        self.paragraphs = []
        self.read()

    def read(self):
        stack = []
        for tag in TAG.finditer(self.xml):
            closing, name, empty = tag.group(1), tag.group(2), tag.group(4)
            if not closing:
                element = Element(name, tag.start(), stack[-1] if stack else None, len(self.paragraphs))
                if name == "w:p":
                    self.paragraphs.append(element)
                stack.append(element)
            if closing or empty:
                element = stack.pop()
                element.end, element.last = tag.end(), len(self.paragraphs)

    def units(self, first, last):
        """The largest elements that hold nothing but paragraphs [first, last)."""
        found = []
        while first < last:
            unit = self.paragraphs[first]
            while (unit.parent is not None and unit.parent.first >= first and unit.parent.last <= last
                   and unit.parent.name not in ("w:body", "w:document")):
                unit = unit.parent
            if unit.parent is None or unit.parent.name not in BLOCK_PARENTS or unit.last <= first:
                raise NotEditable(f"inside {unit.parent.name if unit.parent else 'nothing'}")
            found.append(unit)
            first = unit.last
        return found

    def cut(self, units, replacement=""):
        """The body without the units; page settings that stand in them are kept."""
        pieces, at = [], 0
        for unit in units:
            gone = self.xml[unit.start:unit.end]
            if gone.count('w:fldCharType="begin"') != gone.count('w:fldCharType="end"'):
                raise NotEditable("a field is open at its border")
            kept = re.search(r"<w:sectPr[ >].*?</w:sectPr>", gone, re.DOTALL)
            pieces.append(self.xml[at:unit.start])
            pieces.append(f"<w:p><w:pPr>{kept.group(0)}</w:pPr></w:p>" if kept else "")
            at = unit.end
        place = units[0].start if units else None
        text = "".join(pieces) + self.xml[at:]
        if replacement and place is None:
            raise NotEditable("nothing to replace")
        return text[:place] + replacement + text[place:] if replacement else text

    def write(self, path, xml):
        with zipfile.ZipFile(path, "w") as package:
            for info, data in self.parts:
                package.writestr(info.filename, xml if info.filename == BODY else data)

    def range(self, section):
        if section.part != BODY:
            raise NotEditable(f"in {section.part}")
        end = len(self.paragraphs) if section.end_block is None else section.end_block
        return section.block, end

    def remove(self, section):
        first, last = self.range(section)
        return self.cut(self.units(first, last))

    def replace(self, section, text):
        """Nothing, or a paragraph with `text`, below the heading."""
        first, last = self.range(section)
        heading = self.paragraphs[first]
        self.units(first, heading.last)  # must be a block of its own
        new = f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" if text else ""
        if heading.last == last:
            return self.xml[:heading.end] + new + self.xml[heading.end:]
        return self.cut(self.units(heading.last, last), new)

    def rename(self, section, title):
        first, _ = self.range(section)
        heading = self.paragraphs[first]
        old = self.xml[heading.start:heading.end]
        words = "".join(piece.group(2) for piece in TEXT.finditer(old)).strip()
        if not words:
            raise NotEditable("the heading has no text")
        typed = section.number and words.startswith(section.number)
        left = [escape(f"{section.number} {title}" if typed else title)]

        def put(piece):
            return piece.group(1) + (left.pop() if left else "") + piece.group(3)
        return self.xml[:heading.start] + TEXT.sub(put, old) + self.xml[heading.end:]


# ---- text --------------------------------------------------------------------------------------

class TextFile:
    """Lines of the file are lines of the reference text."""

    def __init__(self, path):
        self.lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)

    def range(self, section):
        return section.line - 1, len(self.lines) if section.end_line is None else section.end_line - 1

    def remove(self, section):
        first, last = self.range(section)
        return "".join(self.lines[:first] + self.lines[last:])

    def replace(self, section, text):
        first, last = self.range(section)
        new = ["\n", text + "\n", "\n"] if text else ["\n"]
        return "".join(self.lines[:first + 1] + new + self.lines[last:])

    def rename(self, section, title):
        first, _ = self.range(section)
        mark = re.match(r"\s*(#{1,6}\s+)?(\d[\d.]*\s+)?", self.lines[first]).group(0)
        return "".join(self.lines[:first] + [f"{mark}{title}\n"] + self.lines[first + 1:])

    def write(self, path, text):
        path.write_text(text, encoding="utf-8")


def opened(path):
    return WordFile(path) if path.suffix == ".docx" else TextFile(path)
