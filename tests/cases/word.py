"""Small Word documents from a few lines of text; the standard library only, same text, same bytes.

# to ###### begin a heading of that level, | a | b | is a row of a table, everything else a paragraph.
"""
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
         'officedocument.wordprocessingml.document.main+xml"/></Types>')
RELATIONSHIPS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                 '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                 'relationships/officeDocument" Target="word/document.xml"/></Relationships>')


def paragraph(text, level=None):
    properties = f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>' if level else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def row(line):
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def body(source):
    parts, rows = [], []
    for line in source.splitlines():
        if line.startswith("|"):
            rows.append(row(line))
            continue
        if rows:
            parts.append("<w:tbl>" + "".join(rows) + "</w:tbl>")
            rows = []
        marks = len(line) - len(line.lstrip("#"))
        parts.append(paragraph(line[marks:].strip(), marks) if marks else paragraph(line))
    if rows:
        parts.append("<w:tbl>" + "".join(rows) + "</w:tbl>")
    return "".join(parts)


def build(source, path):
    document = f'<w:document xmlns:w="{MAIN}"><w:body>{body(source)}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONSHIPS),
                           ("word/document.xml", document)):
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
