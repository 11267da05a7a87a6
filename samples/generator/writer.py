"""Turns a read source into WordprocessingML: structure as Word itself would save it."""
from xml.sax.saxutils import escape

from . import markup, parts

NAMESPACES = (f'{parts.W} {parts.R} '
              'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
              'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
              'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
              'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
              'xmlns:v="urn:schemas-microsoft-com:vml" '
              'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"')
BOLD, ITALIC = "<w:b/>", "<w:i/>"
SUPERSCRIPT = '<w:vertAlign w:val="superscript"/>'


def run(text, properties="", tag="t"):
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def field_runs(instruction, result, properties=""):
    """A complex field with its cached result."""
    return (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
            f'{escape(instruction)} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
            f'</w:r>{run(result, properties)}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def number_headings(blocks):
    """Block identity -> the number Word will show; and name -> number."""
    counters, by_block, by_name = [0] * parts.LEVELS, {}, {}
    for block in blocks:
        if block.kind != "heading":
            continue
        counters[block.level - 1] += 1
        counters[block.level:] = [0] * (parts.LEVELS - block.level)
        number = ".".join(str(c) for c in counters[:block.level])
        by_block[id(block)] = number
        if block.name:
            by_name[block.name] = number
    return by_block, by_name


class Writer:
    def __init__(self, source):
        self.keys = source.keys
        self.blocks = source.blocks
        self.house = self.key("heading_family")
        self.numbers, self.names = number_headings(source.blocks)
        self.footnotes, self.comments = [], []
        self.paragraphs = self.revisions = self.bookmarks = self.lists = self.controls = 0

    def key(self, name, default=""):
        return self.keys.get(name, [default])[0]

    # Text

    def runs(self, text, properties="", deleted=False):
        return "".join(self.span(kind, body, properties) for kind, body in markup.spans(text))

    def span(self, kind, body, properties):
        if kind == "plain":
            return run(body, properties)
        if kind in ("bold", "italic", "sup"):
            return run(body, {"bold": BOLD, "italic": ITALIC, "sup": SUPERSCRIPT}[kind])
        if kind in ("ins", "del"):
            return self.revision(kind, body, properties)
        if kind == "fn":
            self.footnotes.append(body)
            return ('<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                    f'<w:footnoteReference w:id="{len(self.footnotes)}"/></w:r>')
        if kind == "ref":
            return field_runs(f"REF {self.bookmark_name(body)} \\r \\h", self.names[body], properties)
        return self.comment(body, properties)

    def revision(self, kind, body, properties):
        self.revisions += 1
        inner = run(body, properties, "delText" if kind == "del" else "t")
        return (f'<w:{kind} w:id="{900 + self.revisions}" w:author="{self.key("reviewer")}" '
                f'w:date="{self.key("reviewed")}">{inner}</w:{kind}>')

    def comment(self, body, properties):
        note, _, anchored = body.partition(" => ")
        identity = len(self.comments)
        self.comments.append(note)
        return (f'<w:commentRangeStart w:id="{identity}"/>{run(anchored, properties)}'
                f'<w:commentRangeEnd w:id="{identity}"/><w:r><w:commentReference '
                f'w:id="{identity}"/></w:r>')

    @staticmethod
    def bookmark_name(name):
        return "_Ref_" + name.replace("-", "_")

    def paragraph(self, content, properties="", style=""):
        self.paragraphs += 1
        pstyle = f'<w:pStyle w:val="{style}"/>' if style else ""
        ppr = f"<w:pPr>{pstyle}{properties}</w:pPr>" if pstyle or properties else ""
        return f'<w:p w14:paraId="{0x10000000 + self.paragraphs * 17:08X}">{ppr}{content}</w:p>'

    # Blocks; the method is named by the block's kind

    def heading(self, block, style=""):
        content = self.bookmark(self.contents_name(block), self.runs(block.text))
        if block.name:
            content = self.bookmark(self.bookmark_name(block.name), content)
        return self.paragraph(content, "", style or parts.heading_style(self.house, block.level))

    def bookmark(self, name, content):
        self.bookmarks += 1
        return (f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>{content}'
                f'<w:bookmarkEnd w:id="{self.bookmarks}"/>')

    def contents_name(self, block):
        return f"_Toc{700000 + self.blocks.index(block)}"

    def unnumbered(self, block):
        return self.heading(block, "HeadingUnnumbered")

    def style(self, block):
        return self.paragraph(self.runs(block.text), "", block.name)

    def bullet(self, block):
        return self.list_item(block, 2)

    def number(self, block):
        return self.list_item(block, 2 + self.lists)

    def list_item(self, block, numbering):
        return self.paragraph(self.runs(block.text), '<w:numPr><w:ilvl w:val="0"/><w:numId '
                              f'w:val="{numbering}"/></w:numPr>', "ListParagraph")

    def page(self, _block):
        return self.paragraph('<w:r><w:br w:type="page"/></w:r>')

    def landscape(self, _block):
        """What came before was portrait."""
        return self.paragraph("", self.section(False))

    def portrait(self, _block):
        return self.paragraph("", self.section(True))

    @staticmethod
    def section(landscape):
        size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
        return ('<w:sectPr><w:headerReference w:type="default" r:id="rId7"/><w:footerReference '
                f'w:type="default" r:id="rId8"/><w:pgSz {size}/><w:pgMar w:top="1440" w:right="1134" '
                'w:bottom="1134" w:left="1134" w:header="708" w:footer="708" w:gutter="0"/>'
                "</w:sectPr>")

    def table(self, block):
        columns = len(block.rows[0])
        widths = block.widths or [100 // columns] * columns
        widths = [w * 96 for w in widths]
        rows = [self.row(cells, widths, i == 0) for i, cells in enumerate(block.rows)]
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        return ('<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
                f'<w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}'
                "</w:tbl>" + self.paragraph(""))

    def row(self, cells, widths, header):
        properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if header else ""
        out, column = [], 0
        while column < len(cells):
            span = 1
            while column + span < len(cells) and cells[column + span] == "<":
                span += 1
            out.append(self.cell(cells[column], sum(widths[column:column + span]), span, header))
            column += span
        return f"<w:tr>{properties}{''.join(out)}</w:tr>"

    def cell(self, text, width, span, header):
        merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7ECF2"/>' if header else ""
        lines = [self.paragraph(self.runs(line, BOLD if header else ""), "", "TableText")
                 for line in text.split(" // ")]
        return (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{shade}</w:tcPr>'
                f"{''.join(lines)}</w:tc>")

    def control(self, block):
        self.controls += 1
        prompt = run(block.text, '<w:rStyle w:val="PlaceholderText"/>')
        return (f'<w:sdt><w:sdtPr><w:alias w:val="{block.name}"/><w:tag w:val="{block.name}"/>'
                f'<w:id w:val="{204000 + self.controls}"/><w:showingPlcHdr/><w:text/></w:sdtPr>'
                f"<w:sdtContent>{self.paragraph(prompt)}</w:sdtContent></w:sdt>")

    def box(self, block):
        """A drawing with its VML fallback: the text stands twice, and must be read once."""
        shape = "".join(self.block(child) for child in block.children)
        fallback = "".join(self.block(child) for child in block.children)
        return self.paragraph(
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" '
            'distB="0" distL="0" distR="0"><wp:extent cx="5760000" cy="900000"/><wp:docPr id="1" '
            'name="Text Box 1"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/'
            'word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm>'
            '<a:off x="0" y="0"/><a:ext cx="5760000" cy="900000"/></a:xfrm><a:prstGeom prst="rect">'
            '<a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="808080"/>'
            f"</a:solidFill></a:ln></wps:spPr><wps:txbx><w:txbxContent>{shape}</w:txbxContent>"
            "</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
            '</mc:Choice><mc:Fallback><w:pict><v:shape style="width:453pt;height:71pt"><v:textbox>'
            f"<w:txbxContent>{fallback}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>")

    # Contents list

    def contents_entries(self):
        """(level, number, title, bookmark) as cached: those of the headings, edited by the source's keys.

        contents_extra:  NUMBER | TITLE | level       an entry whose heading is gone
        contents_renamed: NEW TITLE | OLD TITLE       an entry that was renamed afterwards
        """
        renamed = dict(r.split(" | ") for r in self.keys.get("contents_renamed", []))
        entries = []
        for block in self.blocks:
            if block.kind in ("heading", "unnumbered") and block.level <= 3:
                number = self.numbers.get(id(block), "")
                entries.append((block.level, number, renamed.get(block.text, block.text),
                                self.contents_name(block)))
        for extra in self.keys.get("contents_extra", []):
            after, number, title, level = extra.split(" | ")
            at = next(i for i, entry in enumerate(entries) if entry[1] == after)
            entries.insert(at + 1, (int(level), number, title, "_Toc699999"))
        return entries

    def toc(self, _block):
        lines, entries = [], self.contents_entries()
        for i, (level, number, title, name) in enumerate(entries):
            shown = f"{number}." if number and level == 1 else number
            content = run(shown) + "<w:r><w:tab/></w:r>" if number else ""
            content += run(title) + "<w:r><w:tab/></w:r>" + field_runs(
                f"PAGEREF {name} \\h", str(3 + i // 5))
            if i == 0:
                content = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText '
                           'xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
                           '<w:r><w:fldChar w:fldCharType="separate"/></w:r>') + content
            lines.append(self.paragraph(content, "", f"TOC{level}"))
        lines.append(self.paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
        return (self.paragraph(run("Table of Contents"), "", "TOCHeading") + "<w:sdt><w:sdtPr>"
                '<w:id w:val="203999"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
                "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>" + "".join(lines)
                + "</w:sdtContent></w:sdt>")

    # Parts

    def block(self, block):
        if block.kind == "paragraph":
            return self.paragraph(self.runs(block.text))
        return getattr(self, block.kind)(block)

    def document(self):
        body, previous = [], ""
        for block in self.blocks:
            if block.kind == "number" and previous != "number":
                self.lists += 1
            body.append(self.block(block))
            previous = block.kind
        return (f"{parts.XML}<w:document {NAMESPACES}><w:body>{''.join(body)}{self.section(False)}"
                "</w:body></w:document>")

    def footnotes_part(self):
        rows = ('<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
                '</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
                "<w:continuationSeparator/></w:r></w:p></w:footnote>")
        for i, text in enumerate(self.footnotes, 1):
            rows += (f'<w:footnote w:id="{i}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
                     '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
                     f"{run(' ' + text)}</w:p></w:footnote>")
        return f"{parts.XML}<w:footnotes {parts.W}>{rows}</w:footnotes>"

    def comments_part(self):
        rows = "".join(
            f'<w:comment w:id="{i}" w:author="{self.key("reviewer")}" w:date="{self.key("reviewed")}" '
            f'w:initials="RV"><w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{run(text)}</w:p>'
            "</w:comment>" for i, text in enumerate(self.comments))
        return f"{parts.XML}<w:comments {parts.W}>{rows}</w:comments>"

    def header_part(self):
        number = field_runs('DOCPROPERTY "Protocol number"', self.key("protocol"))
        return (f'{parts.XML}<w:hdr {parts.W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
                f"{run(self.key('header') + ' ')}{number}{run(' ' + self.key('header_version'))}"
                "</w:p></w:hdr>")

    def footer_part(self):
        return (f'{parts.XML}<w:ftr {parts.W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
                f"{run(self.key('footer') + '   Page ')}{field_runs('PAGE', '1')}{run(' of ')}"
                f"{field_runs('NUMPAGES', '1')}</w:p></w:ftr>")

    def package(self):
        """Part name -> text, in the order they are stored."""
        document = self.document()  # first: it collects the notes, comments and lists
        company = self.key("sponsor")
        return {
            "[Content_Types].xml": parts.content_types(),
            "_rels/.rels": parts.package_relationships(),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": parts.document_relationships(),
            "word/styles.xml": parts.styles(self.house),
            "word/numbering.xml": parts.numbering(self.house, self.lists),
            "word/settings.xml": parts.settings(),
            "word/fontTable.xml": parts.font_table(),
            "word/footnotes.xml": self.footnotes_part(),
            "word/comments.xml": self.comments_part(),
            "word/header1.xml": self.header_part(),
            "word/footer1.xml": self.footer_part(),
            "docProps/core.xml": parts.core(self.key("title"), company, self.key("reviewed")),
            "docProps/app.xml": parts.app(company),
            "docProps/custom.xml": parts.custom([("Protocol number", self.key("protocol"))]),
        }
