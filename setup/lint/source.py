"""What the lints share: finding files, reading C++ without comments and strings, reporting."""

import argparse
import os
import re
import sys
from dataclasses import dataclass

SKIPPED_FOLDERS = {"build", ".git", ".cache", "node_modules", "__pycache__"}
CPP = (".h", ".hpp", ".cpp", ".cc", ".c")


@dataclass
class Finding:
    path: str
    line: int
    text: str
    fails: bool = True

    def __str__(self):
        kind = "" if self.fails else " (warning)"
        return f"{self.path}:{self.line}: {self.text}{kind}"


def files(root, suffixes=None, names=(), below=("",)):
    """Project files as paths relative to `root`, sorted; build output and hidden folders are left out."""
    found = []
    for start in below:
        for folder, subfolders, file_names in os.walk(os.path.join(root, start)):
            at_top = os.path.abspath(folder) == os.path.abspath(root)
            subfolders[:] = sorted(
                name for name in subfolders
                if name != "__pycache__" and not (at_top and name in SKIPPED_FOLDERS) and name != ".git")
            for name in file_names:
                if suffixes is None or name.endswith(tuple(suffixes)) or name in names:
                    found.append(os.path.relpath(os.path.join(folder, name), root))
    return sorted(set(found))


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


_TOKEN = re.compile(
    r"""
    (?P<line_comment>//[^\n]*)
  | (?P<block_comment>/\*.*?\*/)
  | (?P<raw>R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)")
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<char>(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+')
    """,
    re.VERBOSE | re.DOTALL,
)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """Comments become spaces; lines and columns stay."""
    return _TOKEN.sub(lambda m: _blank(m.group()) if m.group("line_comment") or m.group("block_comment") else m.group(),
                      text)


def without_comments_and_strings(text):
    def replace(m):
        if m.group("line_comment") or m.group("block_comment"):
            return _blank(m.group())
        return m.group()[0] + _blank(m.group()[1:-1]) + m.group()[-1]

    return _TOKEN.sub(replace, text)


def allowed_by_comment(lines, index, rule):
    """`// lint: allow RULE -- reason` on the line or on the one above excuses it; the reason is required."""
    pattern = re.compile(r"//\s*lint:\s*allow\s+" + re.escape(rule) + r"\s+--\s+\S")
    return any(0 <= i < len(lines) and pattern.search(lines[i]) for i in (index, index - 1))


def run(name, description, check):
    """Command-line frame of a lint: `check(root)` returns (findings, what was looked at)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--root", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
    arguments = parser.parse_args()
    findings, looked_at = check(os.path.abspath(arguments.root))
    failures = [finding for finding in findings if finding.fails]
    for finding in findings:
        print(finding, file=sys.stderr)
    warnings = len(findings) - len(failures)
    warned = f", {warnings} warnings" if warnings else ""
    print(f"{looked_at}, {len(failures)} findings{warned}")
    return 1 if failures else 0
