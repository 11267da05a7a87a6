"""Reads the small markup the sample sources are written in.

A source starts with `key: value` lines up to a line `---`. Then, separated by blank lines:

    # Title, ## Title ...      numbered heading of that level; `{#name}` at its end names it
    #! Title                   heading of level 1 without number
    - text                     bullet
    + text                     list item with an automatic number
    | a | b |                  table row; the first row is the header; `@widths 20 80` before it
    @toc                       contents list (see `contents_*` keys)
    @style NAME text           paragraph in that style
    @box ... @end              text box
    @control TAG prompt        empty content control that shows its prompt
    @landscape, @portrait      section break; what came before had the other orientation
    @page                      page break
    anything else              paragraph, its lines joined

Inside text: **bold**, //italic//, ^{superscript}, [[fn: footnote]], [[ins: inserted]],
[[del: deleted]], [[note: comment => commented words]], [[ref: name]] (number of a named heading).
"""
import re
from dataclasses import dataclass, field

INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|//(?P<italic>.+?)//|\^\{(?P<sup>.+?)\}"
                    r"|\[\[(?P<kind>fn|ins|del|note|ref): (?P<body>.+?)\]\]", re.S)
LIST = {"- ": "bullet", "+ ": "number"}


@dataclass(eq=False)  # two blocks with the same words are two blocks
class Block:
    kind: str
    text: str = ""
    level: int = 0
    name: str = ""
    rows: list = field(default_factory=list)
    widths: list = field(default_factory=list)
    children: list = field(default_factory=list)


@dataclass
class Source:
    keys: dict
    blocks: list


def spans(text):
    """Splits text into (kind, text) pairs; kind is plain, bold, italic, sup, fn, ins, del, note, ref."""
    at = 0
    for match in INLINE.finditer(text):
        if match.start() > at:
            yield "plain", text[at:match.start()]
        kind = match["kind"] or match.lastgroup
        yield kind, match["body"] if match["kind"] else match[kind]
        at = match.end()
    if at < len(text):
        yield "plain", text[at:]


def read(text):
    head, _, body = text.partition("\n---\n")
    keys = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        keys.setdefault(key.strip(), []).append(value.strip())
    return Source(keys, read_blocks(iter(body.splitlines())))


def read_blocks(lines, until=None):
    blocks, widths = [], []
    for chunk in chunks(lines, until):
        if chunk[0].startswith("@widths "):
            widths = [int(w) for w in chunk.pop(0).split()[1:]]
        if chunk and chunk[0] == "@box":
            blocks.append(Block("box", children=read_blocks(iter(chunk[1:]))))
        elif chunk:
            blocks += read_chunk(chunk, widths)
            widths = []
    return blocks


def chunks(lines, until):
    """Groups of lines between blank ones; a box is one group."""
    group, box = [], False
    for line in lines:
        line = line.rstrip()
        if line == "@end":
            yield group
            group, box = [], False
        elif line or box:
            box = box or line == "@box"
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def read_chunk(chunk, widths):
    first = chunk[0]
    if first.startswith("#"):
        joined = "\n".join(chunk)
        return [heading(" ".join(part.split())) for part in re.split(r"\n(?=#)", joined)]
    if first.startswith("|"):
        rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in chunk]
        return [Block("table", rows=[[c.strip() for c in row] for row in rows], widths=widths)]
    if first[:2] in LIST:
        return list_items(chunk)
    if first.startswith("@"):
        kind, _, text = " ".join(chunk).partition(" ")
        name, _, rest = text.partition(" ")
        named = kind in ("@style", "@control")
        return [Block(kind[1:], text=rest if named else text, name=name if named else "")]
    return [Block("paragraph", text=" ".join(line.strip() for line in chunk))]


def heading(line):
    marks, _, title = line.partition(" ")
    name = ""
    match = re.fullmatch(r"(.*?)\s*\{#([\w-]+)\}", title)
    if match:
        title, name = match[1], match[2]
    if marks == "#!":
        return Block("unnumbered", text=title, level=1, name=name)
    return Block("heading", text=title, level=len(marks), name=name)


def list_items(chunk):
    items = []
    for line in chunk:
        if line[:2] in LIST:
            items.append(Block(LIST[line[:2]], text=line[2:]))
        else:
            items[-1].text += " " + line.strip()
    return items
