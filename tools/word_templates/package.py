"""The parts of a template that hardly differ: types, relationships, styles, lists, settings."""
import io
import zipfile
from xml.sax.saxutils import escape

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STORE = "{6A1F4C5E-2B7D-4E0C-9C57-1D0F5B3A8E21}"
FACTS = "urn:lacuna:template-facts"
NAMESPACES = (f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}/relationships" '
              'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
              'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
              'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
              'mc:Ignorable="w14 w15"')

INK, FAINT, ACCENT, HINT, HINT_FILL, OPTION = ("1F2A37", "5B6770", "0B4F6C", "7A4B00", "FFF6E5",
                                              "4B5563")
FONT = "Arial"


def content_types():
    rows = [("/word/document.xml", f"{WORD}.document.main+xml"),
            ("/word/styles.xml", f"{WORD}.styles+xml"),
            ("/word/numbering.xml", f"{WORD}.numbering+xml"),
            ("/word/settings.xml", f"{WORD}.settings+xml"),
            ("/word/header1.xml", f"{WORD}.header+xml"),
            ("/word/footer1.xml", f"{WORD}.footer+xml"),
            ("/word/footer2.xml", f"{WORD}.footer+xml"),
            ("/customXml/itemProps1.xml",
             "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("/docProps/app.xml",
             "application/vnd.openxmlformats-officedocument.extended-properties+xml")]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in rows)
    return (f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{overrides}</Types>')


def relationships(rows):
    items = "".join(f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>'
                    for i, (kind, target) in enumerate(rows, 1))
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


# ---- styles ----------------------------------------------------------------------------------------


def style(kind, identity, name, paragraph="", run="", based="", following="", extra=""):
    parts = [f'<w:style w:type="{kind}" w:styleId="{identity}"{extra}><w:name w:val="{name}"/>']
    parts += [f'<w:basedOn w:val="{based}"/>'] if based else []
    parts += [f'<w:next w:val="{following}"/>'] if following else []
    parts += ["<w:qFormat/>"]
    parts += [f"<w:pPr>{paragraph}</w:pPr>"] if paragraph else []
    parts += [f"<w:rPr>{run}</w:rPr>"] if run else []
    return "".join(parts) + "</w:style>"


def size(points):
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def spacing(before, after, line=264):
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def heading_style(level):
    points = (16, 13, 11.5, 11, 10.5, 10.5)[level - 1]
    case = "<w:caps/>" if level == 1 else ""
    italic = "<w:i/>" if level > 4 else ""
    paragraph = ("<w:keepNext/><w:keepLines/>"
                 + f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
                 + spacing((480, 320, 260, 220, 200, 200)[level - 1],
                           (160, 120, 100, 80, 80, 80)[level - 1], 252)
                 + f'<w:outlineLvl w:val="{level - 1}"/>')
    run = f'<w:b/><w:bCs/>{italic}{case}<w:color w:val="{ACCENT if level < 3 else INK}"/>{size(points)}'
    return style("paragraph", f"Heading{level}", f"heading {level}", paragraph, run, "Normal",
                 "BodyText")


def toc_style(level):
    bold = "<w:b/><w:bCs/>" if level == 1 else ""
    paragraph = (f'<w:tabs><w:tab w:val="left" w:pos="{(500, 1240, 2060)[level - 1]}"/>'
                 '<w:tab w:val="right" w:leader="dot" w:pos="9354"/></w:tabs>'
                 + spacing((100, 20, 20)[level - 1], 20, 240)
                 + f'<w:ind w:left="{(500, 1240, 2060)[level - 1]}" w:right="567" '
                   f'w:hanging="{(500, 740, 820)[level - 1]}"/>')
    return style("paragraph", f"TOC{level}", f"toc {level}", paragraph, bold + size(10), "Normal",
                 "Normal")


def table_style():
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B8C4CC"/>'
                      for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    margins = ('<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="110" w:type="dxa"/>'
               '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="110" w:type="dxa"/></w:tblCellMar>')
    first = ('<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF"/></w:rPr>'
             f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{ACCENT}"/></w:tcPr></w:tblStylePr>')
    return ('<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal '
            'Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd '
            'w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" '
            'w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
            '</w:tblCellMar></w:tblPr></w:style>'
            '<w:style w:type="table" w:customStyle="1" w:styleId="HouseTable"><w:name w:val="House '
            'Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:pPr><w:spacing w:after="0" '
            f'w:line="252" w:lineRule="auto"/></w:pPr><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
            f'{margins}</w:tblPr>{first}</w:style>')


def hint_paragraph():
    side = f'<w:left w:val="single" w:sz="18" w:space="8" w:color="{HINT}"/>'
    return (f'<w:pBdr>{side}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{HINT_FILL}"/>'
            + spacing(40, 120, 252) + '<w:ind w:left="200" w:right="113"/>')


def styles():
    custom = ' w:customStyle="1"'
    items = [
        style("paragraph", "Normal", "Normal", extra=' w:default="1"'),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val='
        '"Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
        *[heading_style(level) for level in range(1, 7)],
        style("paragraph", "BodyText", "Body Text", spacing(0, 140, 276), based="Normal"),
        style("paragraph", "ListBullet", "List Bullet",
              '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>' + spacing(0, 70, 276)
              + "<w:contextualSpacing/>", based="Normal"),
        style("paragraph", "ListNumber", "List Number",
              '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>' + spacing(0, 70, 276)
              + "<w:contextualSpacing/>", based="Normal"),
        style("paragraph", "Title", "Title", "<w:keepLines/>" + spacing(0, 200, 252),
              f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/>{size(24)}', "Normal", "BodyText"),
        style("paragraph", "Subtitle", "Subtitle", spacing(0, 360, 252),
              f'<w:color w:val="{FAINT}"/>{size(12)}', "Normal", "BodyText"),
        style("paragraph", "DocumentKind", "Document Kind",
              f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="{ACCENT}"/></w:pBdr>'
              + spacing(1300, 480, 252),
              f'<w:b/><w:bCs/><w:caps/><w:color w:val="{ACCENT}"/><w:spacing w:val="40"/>{size(11)}',
              "Normal", "Title", custom),
        style("paragraph", "FrontHeading", "Front Heading", "<w:keepNext/>" + spacing(320, 140, 252),
              f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/>{size(14)}', "Normal", "BodyText", custom),
        style("paragraph", "TOCHeading", "TOC Heading", "<w:keepNext/>" + spacing(0, 200, 252),
              f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/>{size(16)}', "Normal", "Normal"),
        *[toc_style(level) for level in range(1, 4)],
        style("paragraph", "TableText", "Table Text", spacing(0, 0, 252), size(9.5), "Normal", "",
              custom),
        style("paragraph", "TableHeading", "Table Heading", "<w:keepNext/>" + spacing(0, 0, 252),
              "<w:b/><w:bCs/>" + size(9.5), "TableText", "", custom),
        style("paragraph", "FactLabel", "Fact Label", spacing(0, 0, 252),
              f'<w:b/><w:bCs/><w:color w:val="{FAINT}"/>{size(9.5)}', "TableText", "", custom),
        style("paragraph", "Caption", "caption", "<w:keepNext/>" + spacing(200, 80, 252),
              f'<w:b/><w:bCs/><w:color w:val="{INK}"/>{size(9.5)}', "Normal", "BodyText"),
        style("paragraph", "Header", "header",
              '<w:tabs><w:tab w:val="right" w:pos="9354"/></w:tabs>' + spacing(0, 0, 240),
              f'<w:color w:val="{FAINT}"/>{size(8.5)}', "Normal"),
        style("paragraph", "Footer", "footer",
              '<w:tabs><w:tab w:val="right" w:pos="9354"/></w:tabs>' + spacing(0, 0, 240),
              f'<w:color w:val="{FAINT}"/>{size(8.5)}', "Normal"),
        style("paragraph", "Instruction", "Instruction", hint_paragraph(),
              f'<w:i/><w:iCs/><w:color w:val="{HINT}"/>{size(9)}', "Normal", "BodyText", custom),
        style("paragraph", "OptionalText", "Optional Text", spacing(0, 140, 276),
              f'<w:color w:val="{OPTION}"/>', "BodyText", "BodyText", custom),
        style("character", "PlaceholderText", "Placeholder Text",
              run='<w:color w:val="33658A"/><w:shd w:val="clear" w:color="auto" w:fill="E8EDF1"/>',
              based="DefaultParagraphFont"),
        style("character", "Hyperlink", "Hyperlink", run='<w:color w:val="0B4F6C"/><w:u '
              'w:val="single"/>', based="DefaultParagraphFont"),
        table_style(),
    ]
    defaults = (f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" '
                f'w:eastAsia="{FONT}" w:cs="{FONT}"/><w:color w:val="{INK}"/>{size(10.5)}<w:lang '
                'w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
                '<w:pPrDefault/></w:docDefaults>')
    return f'{XML}<w:styles xmlns:w="{MAIN}">{defaults}{"".join(items)}</w:styles>'


# ---- lists -----------------------------------------------------------------------------------------


def numbering(first):
    """The headings (1), bullets (2) and numbers (3); `first` is the number of the first heading."""
    levels = []
    for i in range(9):
        text = ".".join(f"%{k}" for k in range(1, i + 2))
        start = first if i == 0 else 1
        bound = f'<w:pStyle w:val="Heading{i + 1}"/>' if i < 6 else ""
        indent = (567, 737, 907, 1077, 1247, 1417, 1587, 1757, 1927)[i]
        levels.append(f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/>'
                      f'{bound}<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                      f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs><w:ind '
                      f'w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>')
    one = ('<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:pStyle w:val="{}"/>'
           '<w:lvlText w:val="{}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" '
           'w:hanging="340"/></w:pPr></w:lvl>')
    return (f'{XML}<w:numbering xmlns:w="{MAIN}">'
            f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
            f'{"".join(levels)}</w:abstractNum>'
            '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>'
            + one.format("bullet", "ListBullet", "\u2022") + '</w:abstractNum>'
            '<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>'
            + one.format("decimal", "ListNumber", "%1.") + '</w:abstractNum>'
            + "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>'
                      for i in range(3)) + "</w:numbering>")


# ---- the rest --------------------------------------------------------------------------------------


def settings():
    return (f'{XML}<w:settings xmlns:w="{MAIN}"><w:zoom w:percent="100"/><w:defaultTabStop '
            'w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
            '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/'
            'word" w:val="15"/></w:compat></w:settings>')


def facts_part(names):
    rows = "".join(f"<{name}></{name}>" for name in names)
    return f'<facts xmlns="{FACTS}">{rows}</facts>'


def write(title, document, header, footer, first_footer, facts, first_number):
    """The bytes of the package."""
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships([
            (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{OFFICE}/relationships/extended-properties", "docProps/app.xml")]),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": relationships([
            (f"{OFFICE}/relationships/styles", "styles.xml"),
            (f"{OFFICE}/relationships/numbering", "numbering.xml"),
            (f"{OFFICE}/relationships/settings", "settings.xml"),
            (f"{OFFICE}/relationships/header", "header1.xml"),
            (f"{OFFICE}/relationships/footer", "footer1.xml"),
            (f"{OFFICE}/relationships/footer", "footer2.xml"),
            (f"{OFFICE}/relationships/customXml", "../customXml/item1.xml")]),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(first_number),
        "word/settings.xml": settings(),
        "word/header1.xml": f'{XML}<w:hdr {NAMESPACES}>{header}</w:hdr>',
        "word/footer1.xml": f'{XML}<w:ftr {NAMESPACES}>{footer}</w:ftr>',
        "word/footer2.xml": f'{XML}<w:ftr {NAMESPACES}>{first_footer}</w:ftr>',
        "customXml/item1.xml": facts_part(facts),
        "customXml/itemProps1.xml":
            f'{XML}<ds:datastoreItem ds:itemID="{STORE}" xmlns:ds="http://schemas.openxmlformats.org/'
            f'officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{FACTS}"/>'
            '</ds:schemaRefs></ds:datastoreItem>',
        "customXml/_rels/item1.xml.rels": relationships([
            (f"{OFFICE}/relationships/customXmlProps", "itemProps1.xml")]),
        "docProps/core.xml":
            f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>'
            f'{escape(title)}</dc:title></cp:coreProperties>',
        "docProps/app.xml":
            f'{XML}<Properties xmlns="{OFFICE}/extended-properties"><Application>Lacuna'
            '</Application></Properties>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, text.encode("utf-8"))
    return buffer.getvalue()
