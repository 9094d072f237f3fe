#!/usr/bin/env python3
"""Duplicate search: the same run of code in two places. 15 equal lines warn, 30 fail. Comments, blank lines, includes
and lines that are only punctuation do not count; tests may repeat themselves."""

import re
import sys

import source

WARN, FAIL = 15, 30
IGNORED = re.compile(r"^[\s{}()\[\];,]*$|^\s*#\s*(include|pragma)|^\s*(namespace\b.*|using\b.*|public:|private:|default:|"
                     r"break;|return;|return \{\};)\s*$")


def significant_lines(text):
    """(line number, text with single spaces) of the lines that count."""
    result = []
    for number, line in enumerate(source.without_comments(text).split("\n"), 1):
        line = re.sub(r"\s+", " ", line.strip())
        if line and not IGNORED.match(line):
            result.append((number, line))
    return result


def check(root):
    paths = source.files(root, source.CPP + (".py",), below=("shared", "peripherals", "kiosk", "tools", "setup"))
    code = {path: significant_lines(source.read(root, path)) for path in paths}
    windows = {}
    for path, lines in code.items():
        for index in range(len(lines) - WARN + 1):
            key = hash(tuple(text for _, text in lines[index:index + WARN]))
            windows.setdefault(key, []).append((path, index))

    findings, covered = [], set()
    for places in windows.values():
        first_path, first = places[0]
        for path, index in places[1:]:
            if (path, index) in covered:
                continue
            length = 0
            one, other = code[first_path], code[path]
            while (first + length < len(one) and index + length < len(other)
                   and (first_path != path or first + length < index)
                   and one[first + length][1] == other[index + length][1]):
                covered.add((path, index + length))
                length += 1
            if length >= WARN:
                findings.append(source.Finding(
                    path, other[index][0], f"{length} lines as in {first_path}:{one[first][0]}", fails=length >= FAIL))
    return findings, f"{len(paths)} sources"


if __name__ == "__main__":
    sys.exit(source.run("duplicates", __doc__, check))
