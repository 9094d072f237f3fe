#!/usr/bin/env python3
"""TRY lint: no TRY inside a braced initialiser. TRY returns out of the middle of it, and GCC 12 does not destroy the members
that were already built: a leak, of secrets too. Take the value first, then build."""

import re
import sys

import source

TRY = re.compile(r"\bTRY\s*\(")
CLOSING = {")": "(", "]": "[", "}": "{"}
# What may stand before the { of a function or of a statement; anything else before a { makes it an initialiser.
BLOCK = re.compile(r"(?:^|[;:})\]]|\b(?:else|do|try|const|noexcept|override|final|mutable)\s*&{0,2})$")
# A lambda's or a function's trailing return type.
RETURN_TYPE = re.compile(r"->[\s\w:<>,*&]*$")


def opens_block(text, brace):
    before = text[:brace].rstrip()
    if before.endswith("{"):
        return opens_block(text, len(before) - 1)
    # `: m_a(a) {` ends a list of member initialisers or a label; a ternary's `: T{` does not end in a colon.
    return bool(BLOCK.search(before) or RETURN_TYPE.search(before[-400:]))


def in_initialiser(text, at):
    """Whether a brace that is open at `at`, up to the block around it, initialises something."""
    depth = 0
    for i in range(at - 1, -1, -1):
        c = text[i]
        if c in CLOSING:
            depth += 1
        elif c in CLOSING.values():
            if depth > 0:
                depth -= 1
            elif c == "{":
                return not opens_block(text, i)
    return False


def check(root):
    findings = []
    paths = source.files(root, source.CPP, below=("shared", "peripherals", "kiosk", "tools", "tests"))
    for path in paths:
        text = source.without_comments_and_strings(source.read(root, path))
        for match in TRY.finditer(text):
            if in_initialiser(text, match.start()):
                findings.append(source.Finding(
                    path, text.count("\n", 0, match.start()) + 1,
                    "TRY inside braces: GCC forgets what was already built when it returns; take the value first"))
    return findings, f"{len(paths)} sources"


if __name__ == "__main__":
    sys.exit(source.run("tries", __doc__, check))
