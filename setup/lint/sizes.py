#!/usr/bin/env python3
"""Size report: aim for 250 lines a source file and 120 a header; past 400 think again (warning), past 700 split
(failure). Data (assets, golden messages, corpora) is not counted."""

import statistics
import sys

import source

WARN, FAIL = 400, 700
SUFFIXES = source.CPP + (".py", ".sh", ".cmake", ".sql")


def check(root):
    findings, sizes = [], []
    for path in source.files(root, SUFFIXES, names=("CMakeLists.txt",)):
        if path.startswith("assets/") or "/golden/" in path or "/corpus/" in path:
            continue
        lines = source.read(root, path).count("\n")
        if path.endswith(".cpp"):
            sizes.append(lines)
        if lines > WARN:
            what = f"{lines} lines; past {FAIL} split it" if lines > FAIL else f"{lines} lines; past {WARN} think again"
            findings.append(source.Finding(path, 1, what, fails=lines > FAIL))
    median = int(statistics.median(sizes)) if sizes else 0
    return findings, f"{len(sizes)} .cpp, median {median} lines"


if __name__ == "__main__":
    sys.exit(source.run("sizes", __doc__, check))
