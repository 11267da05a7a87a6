"""Accepts and rejects all tracked changes of Word documents in LibreOffice.

usage: docx_office.py FOLDER < lines "ACTION<TAB>FILE"   ACTION: accept, reject, keep
Writes one JSON line each: {"file", "paragraphs": [[style, text]], "redlines": [authors], "comments": n}, or
{"file", "error"}. Needs LibreOffice Writer with its user interface (the package without it aborts on
documents with comments) and python3-uno. FOLDER is for the profile and for copies.
"""
import json
import os
import shutil
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def start(folder):
    pipe = f"lacuna{os.getpid()}"
    process = subprocess.Popen(
        ["soffice", "--headless", "--invisible", "--norestore", "--nologo",
         f"-env:UserInstallation=file://{folder}/profile", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return process, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # not up yet
            time.sleep(0.5)
    process.terminate()
    raise SystemExit("docx_office: LibreOffice did not start")


def paragraphs(text):
    found = []
    enumeration = text.createEnumeration()
    while enumeration.hasMoreElements():
        element = enumeration.nextElement()
        if element.supportsService("com.sun.star.text.TextTable"):
            for name in element.getCellNames():
                found += paragraphs(element.getCellByName(name))
        else:
            found.append([element.ParaStyleName, element.getString()])
    return found


def count_comments(document):
    fields = document.getTextFields().createEnumeration()
    count = 0
    while fields.hasMoreElements():
        count += fields.nextElement().supportsService("com.sun.star.text.textfield.Annotation")
    return count


def redline_authors(document):
    redlines = document.getRedlines().createEnumeration()
    authors = []
    while redlines.hasMoreElements():
        authors.append(redlines.nextElement().RedlineAuthor)
    return authors


def look(desktop, context, action, path, folder):
    copy = os.path.join(folder, f"copy{time.monotonic_ns()}.docx")
    shutil.copyfile(path, copy)
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL("file://" + copy, "_blank", 0, (hidden,))
    try:
        authors = redline_authors(document)
        if action != "keep":
            dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper",
                                                                          context)
            command = ".uno:AcceptAllTrackedChanges" if action == "accept" else ".uno:RejectAllTrackedChanges"
            dispatcher.executeDispatch(document.getCurrentController().getFrame(), command, "", 0, ())
        return {"file": path, "action": action, "paragraphs": paragraphs(document.getText()),
                "redlines": authors, "comments": count_comments(document)}
    finally:
        document.close(True)
        os.unlink(copy)


def main():
    folder = os.path.abspath(sys.argv[1])
    process, context = start(folder)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    try:
        for line in sys.stdin:
            action, path = line.rstrip("\n").split("\t", 1)
            try:
                answer = look(desktop, context, action, path, folder)
            except Exception as error:  # one document must not end the run
                answer = {"file": path, "action": action, "error": str(error)[:200]}
            print(json.dumps(answer), flush=True)
    finally:
        try:
            desktop.terminate()
        except Exception:  # it is gone already
            pass
        process.terminate()
        process.wait(timeout=60)


main()
