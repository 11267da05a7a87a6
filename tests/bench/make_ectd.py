#!/usr/bin/env python3
"""A synthetic application for measuring: many leaves over many sequences, with their files.

usage: make_ectd.py FOLDER [--leaves 10000] [--sequences 20] [--kilobytes 40]

Every sequence has an index.xml, a us-regional.xml and index-md5.txt with right checksums. From the
second on, a third of the leaves replaces, appends to or deletes one of an earlier sequence.
"""
import argparse
import hashlib
import random
import re
from pathlib import Path

HEADINGS = [
    ("m3-quality m3-2-body-of-data m3-2-s-drug-substance|substance=\"sub{k}\" manufacturer=\"man{k}\" "
     "m3-2-s-1-general-information", "m3/32-body-data/32s-drug-sub/sub{k}"),
    ("m4-nonclinical-study-reports m4-2-study-reports m4-2-3-toxicology m4-2-3-1-single-dose-toxicity",
     "m4/42-stud-rep/423-tox/4231-single-dose-tox/study-{k}"),
    ("m5-clinical-study-reports m5-3-clinical-study-reports "
     "m5-3-5-reports-of-efficacy-and-safety-studies|indication=\"ind{k}\" "
     "m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-indication",
     "m5/53-clin-stud-rep/535-rep-effic-safety-stud/ind{k}/5351-stud-rep-contr"),
]
INDEX = ('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ectd:ectd SYSTEM '
         '"util/dtd/ich-ectd-3-2.dtd">\n<ectd:ectd xmlns:ectd="http://www.ich.org/ectd" '
         'xmlns:xlink="http://www.w3c.org/1999/xlink" dtd-version="3.2">\n{}\n</ectd:ectd>\n')
REGIONAL = ('<?xml version="1.0" encoding="UTF-8"?>\n<fda-regional:fda-regional '
            'xmlns:fda-regional="http://www.ich.org/fda" xmlns:xlink="http://www.w3c.org/1999/xlink" '
            'dtd-version="3.3"><admin><applicant-info><id>1</id><company-name>Bench</company-name>'
            '</applicant-info><application-set><application application-containing-files="true">'
            '<application-information><application-number application-type="fdaat1">123456'
            '</application-number></application-information><submission-information><submission-id '
            'submission-type="fdast1">0000</submission-id><sequence-number '
            'submission-sub-type="fdasst4">{}</sequence-number></submission-information>'
            '</application></application-set></admin></fda-regional:fda-regional>\n')


def parse(heading, k):
    """[(element, attributes)] of a row of HEADINGS."""
    parts = []
    for word in re.split(r" (?=m\d-)", heading.format(k=k)):
        name, _, attributes = word.partition("|")
        parts.append((name, attributes))
    return parts


def leaf(identifier, operation, href, checksum, modified):
    link = f' modified-file="{modified}"' if modified else ""
    target = f' xlink:href="{href}"' if href else ""
    return (f'<leaf ID="{identifier}" operation="{operation}"{link} checksum="{checksum}" '
            f'checksum-type="md5"{target} xlink:type="simple"><title>Report {identifier} of the '
            f'synthetic application</title></leaf>')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--leaves", type=int, default=10000)
    parser.add_argument("--sequences", type=int, default=20)
    parser.add_argument("--kilobytes", type=int, default=40)
    options = parser.parse_args()
    chance = random.Random(20)
    noise = chance.randbytes(1 << 20)
    per, earlier = options.leaves // options.sequences, []
    for number in range(options.sequences):
        folder = options.folder / f"{number:04d}"
        groups, added = {}, []
        for n in range(per - 1):
            row, k = chance.randrange(len(HEADINGS)), chance.randrange(8)
            identifier = f"id{number:04d}{n:06d}"
            operation, modified = "new", ""
            if earlier and n % 3 == 0:
                operation = ("replace", "replace", "append", "delete")[n // 3 % 4]
                modified = "../{}/index.xml#{}".format(*earlier.pop(chance.randrange(len(earlier))))
            href = digest = ""
            if operation != "delete":
                href = f"{HEADINGS[row][1].format(k=k)}/report-{n:06d}.pdf"
                size = options.kilobytes * 1024
                at = chance.randrange(len(noise))
                body = f"%PDF-1.4\n{identifier}\n".encode() + (noise[at:] + noise * (size >> 20))[:size]
                path = folder / href
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(body)
                digest = hashlib.md5(body).hexdigest()
                added.append((f"{number:04d}", identifier))
            groups.setdefault((row, k), []).append(
                leaf(identifier, operation, href, digest, modified))
        earlier += added
        regional = folder / "m1/us/us-regional.xml"
        regional.parent.mkdir(parents=True, exist_ok=True)
        regional.write_text(REGIONAL.format(f"{number:04d}"), encoding="utf-8")
        digest = hashlib.md5(regional.read_bytes()).hexdigest()
        body = ["<m1-administrative-information-and-prescribing-information>",
                leaf(f"id{number:04d}us", "new", "m1/us/us-regional.xml", digest, ""),
                "</m1-administrative-information-and-prescribing-information>"]
        for (row, k), leaves in sorted(groups.items()):
            elements = parse(HEADINGS[row][0], k)
            body += [f"<{name}{' ' if attributes else ''}{attributes}>" for name, attributes in elements]
            body += leaves + [f"</{name}>" for name, _ in reversed(elements)]
        index = INDEX.format("\n".join(body)).encode()
        (folder / "index.xml").write_bytes(index)
        (folder / "index-md5.txt").write_text(hashlib.md5(index).hexdigest(), encoding="ascii")


main()
