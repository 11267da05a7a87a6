"""SAS transport files (XPORT version 5) with text columns, and trial summaries made of them."""


def pad(text, length):
    return text.encode("latin-1").ljust(length)


def header(name, digits="0" * 30):
    return pad(f"HEADER RECORD*******{name:8}HEADER RECORD!!!!!!!{digits}", 80)


def fill(data):
    return data + b" " * (-len(data) % 80)


def transport(dataset, columns, rows):
    """columns: (name, length); rows: tuples of texts."""
    described, at = b"", 0
    for name, length in columns:
        described += (2).to_bytes(2, "big") + bytes(2) + length.to_bytes(2, "big") + (1).to_bytes(2, "big")
        described += pad(name, 8) + pad(name, 40) + pad("", 28) + at.to_bytes(4, "big") + pad("", 52)
        at += length
    data = b"".join(pad(cell, column[1]) for row in rows for cell, column in zip(row, columns))
    return (header("LIBRARY") + pad("SAS     SAS     SASLIB  9.4", 160) +
            header("MEMBER", "000000000000000001600000000140") + header("DSCRPTR") +
            pad(f"SAS     {dataset}", 160) + header("NAMESTR", f"{len(columns):010d}" + "0" * 20) +
            fill(described) + header("OBS") + fill(data))


def trial_summary(study, start, parameter="SSTDTC", null_flavor=""):
    """A simplified ts.xpt."""
    return transport("TS", [("STUDYID", 20), ("TSPARMCD", 8), ("TSVAL", 20), ("TSVALNF", 4)],
                     [(study, parameter, start, null_flavor)])
