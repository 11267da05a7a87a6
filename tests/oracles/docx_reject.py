"""Rejects the tracked changes of one author, by the words of the standard, and compares with the original.

ECMA-376 17.13.5.18 (w:ins around runs): rejecting takes the runs away. 17.13.5.20 (w:ins on a paragraph
mark): rejecting takes the mark away, so the paragraph joins the one behind it, whose properties stay.
17.13.5.16 (w:ins on a row): takes the row away. 17.13.5.29 (w:pPrChange): the former properties come back.
It shares no code with the writer: it works on trees, the writer on bytes.
"""
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def is_ours(element, author):
    return element is not None and element.get(W + "author") == author


def mark_insertion(paragraph):
    return paragraph.find(f"{W}pPr/{W}rPr/{W}ins")


def tidy_properties(paragraph):
    """Takes away empty w:rPr and w:pPr: they say nothing."""
    for properties in paragraph.findall(W + "pPr"):
        for run in properties.findall(W + "rPr"):
            if len(run) == 0:
                properties.remove(run)
        if len(properties) == 0:
            paragraph.remove(properties)


def restore_properties(paragraph, author):
    properties = paragraph.find(W + "pPr")
    change = None if properties is None else properties.find(W + "pPrChange")
    if not is_ours(change, author):
        return
    former = change.find(W + "pPr")
    keep = [child for child in properties if child.tag in (W + "rPr", W + "sectPr")]
    for child in list(properties):
        properties.remove(child)
    properties.extend(list(former))
    properties.extend(keep)


def content(paragraph):
    return [child for child in paragraph if child.tag != W + "pPr"]


def join_with_next(paragraph):
    """The paragraph's content goes in front of the next one's; False where none follows."""
    following = paragraph.getnext()
    while following is not None and following.tag not in (W + "p", W + "tbl", W + "sdt", W + "sectPr"):
        following = following.getnext()
    if following is None or following.tag != W + "p":
        return False
    properties = following.find(W + "pPr")
    at = 0 if properties is None else 1
    for child in content(paragraph):
        following.insert(at, child)
        at += 1
    paragraph.getparent().remove(paragraph)
    return True


def reject(root, author):
    """Changes the tree in place. Returns how many paragraphs had nothing to join."""
    for kind in ("commentRangeStart", "commentRangeEnd"):
        ours = {element.get(W + "id") for ins in root.iter(W + "ins") if is_ours(ins, author)
                for element in ins.iter(W + "commentReference")}
        for element in [e for e in root.iter(W + kind) if e.get(W + "id") in ours]:
            element.getparent().remove(element)
    for row in [r for r in root.iter(W + "tr") if is_ours(r.find(f"{W}trPr/{W}ins"), author)]:
        row.getparent().remove(row)
    for table in [t for t in root.iter(W + "tbl") if t.find(W + "tr") is None]:
        table.getparent().remove(table)
    for ins in [i for i in root.iter(W + "ins") if is_ours(i, author)]:
        if ins.getparent().tag not in (W + "rPr", W + "trPr"):
            ins.getparent().remove(ins)
    left = 0
    touched = []
    for paragraph in list(root.iter(W + "p")):
        restore_properties(paragraph, author)
        mark = mark_insertion(paragraph)
        if is_ours(mark, author):
            mark.getparent().remove(mark)
            tidy_properties(paragraph)
            touched.append(paragraph)
    for paragraph in touched:
        if not join_with_next(paragraph):
            left += 1
    return left


def strip(root, author):
    """What is compared: white space between elements and identities of paragraphs do not count."""
    for paragraph in root.iter(W + "p"):
        tidy_properties(paragraph)
        for name in list(paragraph.attrib):
            del paragraph.attrib[name]
    for element in root.iter():
        if element.tag not in (W + "t", W + "delText", W + "instrText"):
            if element.text is not None and not element.text.strip():
                element.text = None
        if element.tail is not None and not element.tail.strip():
            element.tail = None
    return root


def canonical(root):
    return etree.tostring(root, method="c14n2")


def compare(original, marked, author):
    """None, or what differs."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    before, after = etree.fromstring(original, parser), etree.fromstring(marked, parser)
    left = reject(after, author)
    if left:
        return f"{left} paragraphs have nothing to join"
    a, b = canonical(strip(before, author)), canonical(strip(after, author))
    if a == b:
        return None
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f"differs at {a[max(0, at - 60):at + 60]!r} / {b[max(0, at - 60):at + 60]!r}"
