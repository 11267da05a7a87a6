#!/usr/bin/env python3
"""`lacuna verify` on texts made to cost the square of their length: it ends, and says supported of none
that it could not compare.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

SAME = "The dose of 5 mg was given to subjects in arm A. "
TEXTS = {
    "values": "1 2 3 mg, " * 3000,
    "quotes": '"the dose of 5 mg was given to subjects" ' * 1200,
    "same": SAME * 1500,
    "nested": "[" * 3000 + "a §1" + "]" * 3000 + " {{calc: 1+1 = 2}} " * 2500,
}
PAIRS = (("values", "values"), ("quotes", "same"), ("same", "same"), ("nested", "same"), ("same", "values"))


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in TEXTS.items():
            Path(folder, f"{name}.md").write_text(text)
        for text, source in PAIRS:
            done = subprocess.run([str(Path(sys.argv[1]).resolve()), "verify", f"{text}.md", "--against",
                                   f"{source}.md", "--format", "json"], cwd=folder, capture_output=True,
                                  timeout=120, check=False)
            counts = json.loads(done.stdout)["counts"] if done.returncode in (0, 1) else None
            dense = text == "values" and counts is not None and counts["supported"] > 0
            if counts is None or dense:
                wrong += 1
            print(f"{text} against {source}: exit {done.returncode}, {counts}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
