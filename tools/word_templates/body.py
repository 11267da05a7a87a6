"""Pieces of the body of a template: paragraphs, controls, tables, fields."""
import re
from xml.sax.saxutils import escape, quoteattr

from . import package

WIDTH = 9354  # of the text, in twentieths of a point (A4, margins of 2.25 cm)


def run(text, properties=""):
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab():
    return "<w:r><w:tab/></w:r>"


def paragraph(style, content, properties=""):
    return (f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>')


def text(style, words):
    return paragraph(style, run(words))


def field(code, result):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
            f'{code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


class Body:
    """Collects the body, and the controls of one document: their ids and what they are bound to."""

    def __init__(self):
        self.items, self.controls, self.facts, self.breaks = [], 0, [], False

    def add(self, *items):
        for item in items:
            if self.breaks:  # behind the style, in the order of the schema (ECMA-376 17.3.1.26)
                item = re.sub(r'(<w:pStyle [^>]*/>)', r"\1<w:pageBreakBefore/>", item, count=1)
                self.breaks = False
            self.items.append(item)

    # Controls

    def properties(self, tag, title, bound, kind):
        self.controls += 1
        binding = ""
        if bound:
            if tag not in self.facts:
                self.facts.append(tag)
            binding = (f"<w:dataBinding w:prefixMappings=\"xmlns:f='{package.FACTS}'\" "
                       f'w:xpath="/f:facts[1]/f:{tag}[1]" w:storeItemID="{package.STORE}"/>')
        return (f'<w:sdtPr><w:alias w:val={quoteattr(title)}/><w:tag w:val={quoteattr(tag)}/>'
                f'<w:id w:val="{1200 + self.controls}"/>{binding}<w:showingPlcHdr/>{kind}</w:sdtPr>')

    def inline(self, tag, title, prompt, bound=True, kind="<w:text/>"):
        """A control in a line; `kind` says what it takes."""
        return (f'<w:sdt>{self.properties(tag, title, bound, kind)}<w:sdtContent>'
                + run(f"[{prompt}]", '<w:rStyle w:val="PlaceholderText"/>')
                + "</w:sdtContent></w:sdt>")

    def block(self, tag, title, prompt, style="BodyText"):
        """A control around a paragraph, for any number of them."""
        content = paragraph(style, run(f"[{prompt}]", '<w:rStyle w:val="PlaceholderText"/>'))
        return (f'<w:sdt>{self.properties(tag, title, False, "")}<w:sdtContent>{content}'
                "</w:sdtContent></w:sdt>")

    def choice(self, tag, title, prompt, choices):
        items = "".join(f'<w:listItem w:displayText={quoteattr(c)} w:value={quoteattr(c)}/>'
                        for c in choices)
        return self.inline(tag, title, prompt, True, f"<w:dropDownList>{items}</w:dropDownList>")

    def date(self, tag, title, prompt):
        return self.inline(tag, title, prompt, True,
                           '<w:date><w:dateFormat w:val="d MMM yyyy"/><w:lid w:val="en-GB"/>'
                           '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/>'
                           "</w:date>")

    # Sections

    def heading(self, level, title):
        self.add(text(f"Heading{level}", title))

    def instruction(self, words):
        self.add(text("Instruction", words))

    def optional(self, words):
        self.add(text("OptionalText", words))

    # Tables

    def facts_table(self, rows, label=2700):
        """Label and value; `rows` are (label, content of the value's paragraph)."""
        lines = []
        for name, content in rows:
            lines.append('<w:tr><w:trPr><w:cantSplit/></w:trPr>'
                         + cell(label, paragraph("FactLabel", run(name)), "F3F6F8")
                         + cell(WIDTH - label, paragraph("TableText", content)) + "</w:tr>")
        self.add(table([label, WIDTH - label], "".join(lines), first_row=False))

    def grid(self, titles, widths, rows):
        """A table with a heading row; `rows` are lists of cell contents (paragraphs)."""
        head = "".join(cell(w, text("TableHeading", t)) for t, w in zip(titles, widths))
        lines = "".join("<w:tr><w:trPr><w:cantSplit/></w:trPr>"
                        + "".join(cell(w, c) for c, w in zip(row, widths)) + "</w:tr>"
                        for row in rows)
        self.add(table(widths, f"{header_row(head)}{lines}"))

    def repeating(self, tag, title, titles, widths, cells):
        """A table whose second row is a repeating section; `cells` are (tag, title, prompt)."""
        head = "".join(cell(w, text("TableHeading", t)) for t, w in zip(titles, widths))
        self.controls += 1
        outer = (f'<w:sdtPr><w:alias w:val={quoteattr(title)}/><w:tag w:val="{tag}"/><w:id '
                 f'w:val="{1200 + self.controls}"/><w15:repeatingSection/></w:sdtPr>')
        self.controls += 1
        inner = f'<w:sdtPr><w:id w:val="{1200 + self.controls}"/><w15:repeatingSectionItem/></w:sdtPr>'
        row = "".join(cell(w, paragraph("TableText", self.inline(*c, bound=False)))
                      for c, w in zip(cells, widths))
        line = (f'<w:sdt>{outer}<w:sdtContent><w:sdt>{inner}<w:sdtContent><w:tr><w:trPr>'
                f'<w:cantSplit/></w:trPr>{row}</w:tr></w:sdtContent></w:sdt></w:sdtContent></w:sdt>')
        self.add(table(widths, header_row(head) + line))

    # Contents

    def contents(self, headings, levels=3):
        """A field over the headings; `headings` are (level, number, title). Word gives the pages."""
        self.add(text("TOCHeading", "Table of contents"))
        shown = [(level, number, title) for level, number, title in headings if level <= levels]
        for i, (level, number, title) in enumerate(shown):
            begin = ('<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText '
                     f'xml:space="preserve"> TOC \\o "1-{levels}" \\h \\z \\u </w:instrText></w:r>'
                     '<w:r><w:fldChar w:fldCharType="separate"/></w:r>') if i == 0 else ""
            end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if i + 1 == len(shown) else ""
            self.add(paragraph(f"TOC{level}", begin + run(number) + tab()
                               + run(title) + end))

    def page_break(self):
        """The next paragraph begins a page."""
        self.breaks = True

    def document(self):
        section = ('<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference '
                   'w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId6"/>'
                   '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1560" w:right="1276" '
                   'w:bottom="1304" w:left="1276" w:header="680" w:footer="567" w:gutter="0"/>'
                   '<w:titlePg/></w:sectPr>')
        return (f'{package.XML}<w:document {package.NAMESPACES}><w:body>{"".join(self.items)}'
                f"{section}</w:body></w:document>")


def cell(width, content, fill=""):
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>')


def header_row(cells):
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def table(widths, rows, first_row=True):
    look = "04A0" if first_row else "0480"
    return ('<w:tbl><w:tblPr><w:tblStyle w:val="HouseTable"/><w:tblW w:w="' + str(sum(widths))
            + f'" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}" '
            f'w:firstRow="{int(first_row)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            'w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>'
            + "".join(f'<w:gridCol w:w="{w}"/>' for w in widths) + f"</w:tblGrid>{rows}</w:tbl>")


def number_all(sections, first):
    """(level, title) -> (level, number, title), counted as Word does."""
    counters, numbered = [first - 1] + [0] * 8, []
    for level, title in sections:
        counters[level - 1] += 1
        counters[level:] = [0] * (9 - level)
        numbered.append((level, ".".join(map(str, counters[:level])), title))
    return numbered


def plain_title(title):
    """Without what a checklist adds to tell two items of one title apart."""
    return re.sub(r" \((?:analysis|secondary|listing)\)$", "", title, flags=re.I)


def header_bar(left, right):
    line = (f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{package.ACCENT}"/>'
            "</w:pBdr>")
    return paragraph("Header", left + tab() + right, line)


def page_footer(left):
    line = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="B8C4CC"/></w:pBdr>'
    return paragraph("Footer", left + tab() + run("Page ") + field("PAGE", "2") + run(" of ")
                     + field("NUMPAGES", "2"), line)
