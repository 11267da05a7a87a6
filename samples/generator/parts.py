"""The parts of a Word package that hardly differ between the samples."""
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LEVELS = 4

OVERRIDES = [
    ("/word/document.xml", f"{WORD}.document.main+xml"),
    ("/word/styles.xml", f"{WORD}.styles+xml"),
    ("/word/numbering.xml", f"{WORD}.numbering+xml"),
    ("/word/settings.xml", f"{WORD}.settings+xml"),
    ("/word/fontTable.xml", f"{WORD}.fontTable+xml"),
    ("/word/footnotes.xml", f"{WORD}.footnotes+xml"),
    ("/word/comments.xml", f"{WORD}.comments+xml"),
    ("/word/header1.xml", f"{WORD}.header+xml"),
    ("/word/footer1.xml", f"{WORD}.footer+xml"),
    ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
]


def content_types():
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in OVERRIDES)
    return (f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f"{rows}</Types>")


def relationships(targets):
    rows = "".join(f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>'
                   for i, (kind, target) in enumerate(targets, 1))
    return (f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships">{rows}</Relationships>')


def package_relationships():
    return relationships([
        (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
         "docProps/core.xml"),
        (f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        (f"{OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
    ])


def document_relationships():
    """rId1 ... in this order; the document refers to rId7 (header) and rId8 (footer)."""
    names = [("styles", "styles.xml"), ("numbering", "numbering.xml"),
             ("settings", "settings.xml"), ("fontTable", "fontTable.xml"),
             ("footnotes", "footnotes.xml"), ("comments", "comments.xml"),
             ("header", "header1.xml"), ("footer", "footer1.xml")]
    return relationships([(f"{OFFICE}/relationships/{kind}", part) for kind, part in names])


def core(title, author, stamp):
    return (f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
            'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
            "</cp:coreProperties>")


def app(company):
    return (f'{XML}<Properties xmlns="{OFFICE}/extended-properties">'
            "<Application>Microsoft Office Word</Application>"
            f"<Company>{escape(company)}</Company><AppVersion>16.0000</AppVersion></Properties>")


def custom(properties):
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{i}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for i, (name, value) in enumerate(properties, 2))
    return (f'{XML}<Properties xmlns="{OFFICE}/custom-properties" '
            f'xmlns:vt="{OFFICE}/docPropsVTypes">{rows}</Properties>')


def settings():
    return (f'{XML}<w:settings {W}><w:zoom w:percent="100"/><w:trackRevisions/>'
            '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
            '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
            '<w:compat><w:compatSetting w:name="compatibilityMode" '
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
            '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/>'
            '<w:listSeparator w:val=","/></w:settings>')


def font_table():
    fonts = [("Calibri", "swiss"), ("Arial", "swiss"), ("Symbol", "roman")]
    rows = "".join(f'<w:font w:name="{name}"><w:family w:val="{family}"/></w:font>'
                   for name, family in fonts)
    return f"{XML}<w:fonts {W}>{rows}</w:fonts>"


def style(kind, identity, name, based_on="", following="", paragraph="", run="", extra=""):
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    ppr = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    rpr = f"<w:rPr>{run}</w:rPr>" if run else ""
    default = ' w:default="1"' if identity == "Normal" else ""
    return (f'<w:style w:type="{kind}"{default} w:styleId="{identity}"><w:name w:val="{name}"/>'
            f"{based}{after}<w:qFormat/>{ppr}{rpr}{extra}</w:style>")


def heading_styles(house):
    """Word's own headings, or a house family whose style names do not say "heading N"."""
    rows = []
    for level in range(1, LEVELS + 1):
        identity, name = heading_style(house, level), f"heading {level}"
        if house:
            name = f"{house} Section Level {level}"
        size = {1: 28, 2: 24, 3: 22, 4: 22}[level]
        numbers = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
        rows.append(style("paragraph", identity, name, "Normal", "Normal",
                          f'<w:keepNext/><w:keepLines/>{numbers}<w:spacing w:before="240" '
                          f'w:after="120"/><w:outlineLvl w:val="{level - 1}"/>',
                          f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:b/><w:sz w:val="{size}"/>'))
    rows.append(style("paragraph", "HeadingUnnumbered", "Heading Unnumbered",
                      heading_style(house, 1), "Normal",
                      '<w:numPr><w:numId w:val="0"/></w:numPr>'))
    return "".join(rows)


def heading_style(house, level):
    return f"{house}Section{level}" if house else f"Heading{level}"


def contents_styles():
    return "".join(style("paragraph", f"TOC{n}", f"toc {n}", "Normal", "Normal",
                         f'<w:tabs><w:tab w:val="left" w:pos="{440 * n}"/><w:tab w:val="right" '
                         'w:leader="dot" w:pos="9638"/></w:tabs><w:spacing w:after="40"/>'
                         f'<w:ind w:left="{220 * (n - 1)}"/>')
                   for n in range(1, LEVELS + 1))


def styles(house):
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
                      for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = style("table", "TableGrid", "Table Grid",
                 extra=f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>")
    return (f'{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" '
            'w:hAnsi="Calibri"/><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
            '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr>'
            "</w:pPrDefault></w:docDefaults>"
            + style("paragraph", "Normal", "Normal") + heading_styles(house)
            + style("paragraph", "Title", "Title", "Normal", "Normal", '<w:spacing w:before="1200" '
                    'w:after="360"/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>')
            + style("paragraph", "Subtitle", "Subtitle", "Normal", "Normal",
                    '<w:jc w:val="center"/>', '<w:sz w:val="26"/>')
            + style("paragraph", "TOCHeading", "TOC Heading", "Normal", "Normal",
                    '<w:spacing w:before="240"/>', '<w:b/><w:sz w:val="28"/>')
            + contents_styles()
            + style("paragraph", "Caption", "caption", "Normal", "Normal", "<w:keepNext/>", "<w:b/>")
            + style("paragraph", "TableText", "Table Text", "Normal", "",
                    '<w:spacing w:before="20" w:after="20"/>', '<w:sz w:val="18"/>')
            + style("paragraph", "TableNote", "Table Note", "Normal", "", "", '<w:sz w:val="18"/>')
            + style("paragraph", "ListParagraph", "List Paragraph", "Normal", "",
                    '<w:contextualSpacing/>')
            + style("paragraph", "Header", "header", "Normal", run='<w:sz w:val="18"/>')
            + style("paragraph", "Footer", "footer", "Normal", run='<w:sz w:val="18"/>')
            + style("paragraph", "FootnoteText", "footnote text", "Normal", "", "",
                    '<w:sz w:val="18"/>')
            + style("paragraph", "CommentText", "annotation text", "Normal")
            + style("character", "FootnoteReference", "footnote reference",
                    run='<w:vertAlign w:val="superscript"/>')
            + style("character", "PlaceholderText", "Placeholder Text",
                    run='<w:color w:val="808080"/>')
            + grid + "</w:styles>")


def numbering(house, lists):
    """Abstract 0: headings, linked to their styles. 1: bullets. 2: numbered lists, each restarted."""
    heading_levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="{heading_style(house, i + 1)}"/>'
        f'<w:lvlText w:val="{".".join(f"%{n}" for n in range(1, i + 2))}{"." if i == 0 else ""}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{432 + 144 * i}" '
        f'w:hanging="{432 + 144 * i}"/></w:pPr></w:lvl>' for i in range(LEVELS))
    bullet = ('<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText '
              'w:val="&#xF0B7;"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/>'
              '</w:pPr><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:hint="default"/></w:rPr>'
              "</w:lvl>")
    number = ('<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText '
              'w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/>'
              "</w:pPr></w:lvl>")
    abstracts = "".join(f'<w:abstractNum w:abstractNumId="{i}"><w:multiLevelType w:val="{kind}"/>'
                        f"{levels}</w:abstractNum>" for i, (kind, levels) in enumerate(
                            [("multilevel", heading_levels), ("hybridMultilevel", bullet),
                             ("hybridMultilevel", number)]))
    nums = ('<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>')
    nums += "".join(f'<w:num w:numId="{3 + i}"><w:abstractNumId w:val="2"/><w:lvlOverride '
                    'w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
                    for i in range(lists))
    return f"{XML}<w:numbering {W}>{abstracts}{nums}</w:numbering>"
