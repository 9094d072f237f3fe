#!/usr/bin/env python3
"""Translation check: zh_CN and en are complete. Every key used as tr("key") and every error code made in the product
("error.<code>") has an entry in both files; none is fuzzy or empty; both files have the same keys and the same
placeholders; msgfmt accepts them."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

import source

LANGUAGES = ("zh_CN", "en")
FOLDER = "assets/i18n"
USED = re.compile(r'\b(?:tr|TR|trn|tr_n)\s*\(\s*"([^"\\]+)"')
CODE = re.compile(r'(?:\bError\s*::\s*make|\bfail)\s*\(\s*"([a-z0-9_]+)"')
# Never shown to a resident or clerk: command lines, the sandbox, the other ends of the wires.
NO_SCREEN = ("tools/", "tests/", "peripherals/emulated/")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]")


@dataclass
class Entry:
    line: int
    fuzzy: bool = False
    id: str = ""
    strings: list = field(default_factory=list)


_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "r": "\r"}


def _unquote(text):
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m.group(1), m.group(1)), text.strip()[1:-1])


def parse_po(text):
    """Entries of a .po file by key, the header under "". Obsolete entries (#~) are left out."""
    entries, entry, part = {}, None, None

    def finish():
        if entry is not None and part is not None:
            entries[entry.id] = entry

    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if line.startswith("#"):
            if part is not None and part != "msgid":
                finish()
                entry, part = None, None
            if line.startswith("#,") and "fuzzy" in line:
                entry = entry or Entry(number)
                entry.fuzzy = True
            continue
        if line.startswith("msgid_plural"):
            part = "plural"
        elif line.startswith("msgid"):
            if part is not None:
                finish()
                entry = None
            entry = entry or Entry(number)
            entry.line, part = number, "msgid"
            entry.id = _unquote(line[len("msgid"):])
        elif line.startswith("msgstr"):
            part = "msgstr"
            entry.strings.append(_unquote(line[line.index('"'):]))
        elif line.startswith('"') and entry is not None:
            if part == "msgid":
                entry.id += _unquote(line)
            elif part == "msgstr":
                entry.strings[-1] += _unquote(line)
    finish()
    return entries


def used_keys(root):
    """Key -> (path, line) of the first use in the product's code."""
    keys = {}
    for path in source.files(root, source.CPP, below=("shared", "peripherals", "kiosk", "tools")):
        text = source.without_comments(source.read(root, path))
        shown = not path.startswith(NO_SCREEN)
        for pattern, prefix in ((USED, ""), (CODE, "error.")):
            for match in pattern.finditer(text):
                if shown or not prefix:
                    keys.setdefault(prefix + match.group(1), (path, text.count("\n", 0, match.start()) + 1))
    return keys


def check_file(root, path, entries, keys):
    for key, (where, line) in sorted(keys.items()):
        # tr("technician.state." + state): the rest is known only at run time; some entry must begin so.
        if key.endswith("."):
            present = any(one.startswith(key) for one in entries)
        else:
            present = key in entries
        if not present:
            yield source.Finding(where, line, f"'{key}' has no entry in {path}")
    for key, entry in entries.items():
        if key == "":
            continue
        if entry.fuzzy:
            yield source.Finding(path, entry.line, f"'{key}' is fuzzy")
        if not entry.strings or not all(entry.strings):
            yield source.Finding(path, entry.line, f"'{key}' is empty")
    if shutil.which("msgfmt"):
        result = subprocess.run(["msgfmt", "--check", "-o", os.devnull, path], cwd=root, capture_output=True, text=True)
        if result.returncode != 0:
            yield source.Finding(path, 1, "msgfmt --check: " + " / ".join(result.stderr.strip().split("\n")[:3]))


def check(root):
    keys = used_keys(root)
    findings, catalogs = [], {}
    for language in LANGUAGES:
        path = f"{FOLDER}/{language}.po"
        if not os.path.exists(os.path.join(root, path)):
            findings.append(source.Finding(path, 1, "missing"))
            continue
        catalogs[language] = parse_po(source.read(root, path))
        findings.extend(check_file(root, path, catalogs[language], keys))
    if len(catalogs) == len(LANGUAGES):
        first, second = (catalogs[language] for language in LANGUAGES)
        names = [f"{FOLDER}/{language}.po" for language in LANGUAGES]
        for one, other, name, other_name in ((first, second, *names), (second, first, *reversed(names))):
            for key in one.keys() - other.keys() - keys.keys():
                findings.append(source.Finding(name, one[key].line, f"'{key}' has no entry in {other_name}"))
        for key in (first.keys() & second.keys()) - {""}:
            sets = [set(PLACEHOLDER.findall("".join(c[key].strings))) for c in (first, second)]
            if sets[0] != sets[1]:
                findings.append(source.Finding(
                    names[1], second[key].line, f"'{key}' has other placeholders than {names[0]}: "
                    f"{sorted(sets[0])} and {sorted(sets[1])}"))
    counts = ", ".join(f"{language} {len(c) - 1 if '' in c else len(c)}" for language, c in catalogs.items())
    return findings, f"{len(keys)} keys used, entries: {counts or 'none'}"


if __name__ == "__main__":
    sys.exit(source.run("translations", __doc__, check))
