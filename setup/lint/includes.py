#!/usr/bin/env python3
"""Include and link lint: every #include and every linked target follows the arrows of rooms.py.

Checked: room to room, a mode never to another mode, nothing to tools, third-party libraries in their rooms only, no I/O
headers where there is no I/O (exception: `// lint: allow io -- reason`), includes written from the project's top; and in each CMakeLists.txt the same for
yz_library(), yz_executable(), yz_test() and target_link_libraries()."""

import os
import re
import sys

import rooms
import source

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
CALL = re.compile(r"\b(yz_library|yz_executable|yz_test|yz_fuzz|target_link_libraries|add_library)\s*\(([^()]*)\)",
                  re.DOTALL)
LINK = re.compile(r"\b(yizhan::|yizhan_|yz::)([A-Za-z0-9_]+)\b")
NOT_ROOMS = {"options", "test_options", "threaded_tests", "fuzzers"}


def why_not(room, other, path):
    if other.startswith("tools/") and room != other:
        return "nothing includes tools"
    if room in rooms.MODES and other in rooms.MODES:
        return "a mode never includes another mode"
    if room.startswith("shared/") and other.startswith("peripherals/"):
        return "shared never includes peripherals"
    allowed = sorted(rooms.closure(room) - {room})
    return f"{room} may include {', '.join(allowed) or 'no other room'} (ARCHITECTURE.md, Rooms)"


def check_include(root, path, room, form, target):
    """The findings' texts for one #include."""
    other = rooms.room_of(target) if form == '"' or target.split("/")[0] in ("shared", "peripherals", "kiosk") else None
    if form == '"' and (other is None) and not target.startswith("setup/"):
        if not os.path.exists(os.path.join(root, target)):
            yield f'"{target}": includes are written from the project\'s top ("shared/base/result.h")'
            return
    if other is not None:
        if not os.path.exists(os.path.join(root, target)):
            yield f'"{target}": no such file'
        if not rooms.may_include(room, other, path):
            yield f'"{target}": {why_not(room, other, path)}'
        return
    for name, pattern, _, allowed in rooms.THIRD_PARTY:
        if re.match(pattern, target) and not rooms.may_use(room, allowed):
            yield f"<{target}>: {name} belongs to {', '.join(allowed) or 'tests and tools/bench'}"
    if room in rooms.NO_IO and rooms.IO_HEADERS.match(target):
        yield f"<{target}>: {rooms.NO_IO[room]}"


def check_sources(root):
    findings = []
    paths = source.files(root, source.CPP, below=("shared", "peripherals", "kiosk", "tools", "tests"))
    for path in paths:
        room = rooms.room_of(path)
        if room is None or (room != "tests" and room not in rooms.ARROWS):
            findings.append(source.Finding(path, 1, "not in a room of ARCHITECTURE.md (setup/lint/rooms.py)"))
            continue
        text = source.read(root, path)
        original, text = text.split("\n"), source.without_comments(text)
        for match in INCLUDE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            if (room in rooms.NO_IO and rooms.IO_HEADERS.match(match.group(2))
                    and source.allowed_by_comment(original, line - 1, "io")):
                continue
            for problem in check_include(root, path, room, match.group(1), match.group(2)):
                findings.append(source.Finding(path, line, problem))
    return findings, len(paths)


def cmake_lists(root):
    for path in source.files(root, (), names=("CMakeLists.txt",), below=("shared", "peripherals", "kiosk", "tools",
                                                                         "tests")):
        # Comments become spaces; lines stay.
        text = re.sub(r"#[^\n]*", lambda m: " " * len(m.group()), source.read(root, path))
        folder = os.path.dirname(path)
        yield path, rooms.room_of(folder + "/x"), text


def room_of_target(root):
    """yz_library names -> rooms, from the folders' own CMakeLists.txt."""
    owners = {}
    for _, room, text in cmake_lists(root):
        for match in CALL.finditer(text):
            if match.group(1) in ("yz_library", "yz_executable"):
                name = match.group(2).split()[0]
                owners.setdefault(name.removeprefix("yizhan_"), room)
    return owners


def check_links(root):
    findings = []
    owners = room_of_target(root)
    libraries = {name: (title, allowed) for title, _, names, allowed in rooms.THIRD_PARTY for name in names}
    count = 0
    for path, room, text in cmake_lists(root):
        count += 1
        if room is None or (room != "tests" and room not in rooms.ARROWS):
            continue
        for call in CALL.finditer(text):
            arguments = call.group(2)
            own = arguments.split()[0] if arguments.split() else ""
            for link in LINK.finditer(arguments):
                line = text.count("\n", 0, call.start(2) + link.start()) + 1
                prefix, name = link.groups()
                if prefix == "yz::" or name == "imgui":
                    title, allowed = libraries.get(name, (name, ["*"]))
                    if allowed != ["*"] and not rooms.may_use(room, allowed):
                        findings.append(source.Finding(
                            path, line, f"links {link.group()}: {title} belongs to "
                            f"{', '.join(allowed) or 'tests and tools/bench'}"))
                    continue
                if name in NOT_ROOMS or link.group() == own:
                    continue
                other = owners.get(name)
                if other is None:
                    continue  # CMake itself reports a target that does not exist
                if other != room and not rooms.may_include(room, other, path):
                    findings.append(source.Finding(path, line, f"links {link.group()}: {why_not(room, other, path)}"))
    return findings, count


def check(root):
    include_findings, sources = check_sources(root)
    link_findings, lists = check_links(root)
    return include_findings + link_findings, f"{sources} sources, {lists} CMake files"


if __name__ == "__main__":
    sys.exit(source.run("includes", __doc__, check))
