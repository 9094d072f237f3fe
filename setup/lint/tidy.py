#!/usr/bin/env python3
"""clang-tidy on what changed: uncommitted files, and those that differ from the branch's origin, or from the last ten
commits where there is no other origin. Newest first, until the time is up; what was left out is said.

The whole tree: cmake --preset tidy && cmake --build --preset tidy."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import source

SECONDS = float(os.environ.get("YIZHAN_TIDY_SECONDS", "150"))
BUILDS = ("release", "debug", "tidy", "asan")
WARNING = re.compile(r"^(.*?):(\d+):\d+: (?:warning|error): (.*)$")


def git(root, *arguments):
    result = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True)
    return result.stdout.strip().split("\n") if result.returncode == 0 and result.stdout.strip() else []


def changed_files(root):
    head = git(root, "rev-parse", "HEAD")
    origin = (git(root, "merge-base", "HEAD", "@{upstream}") or git(root, "merge-base", "HEAD", "origin/main")
              or git(root, "merge-base", "HEAD", "main"))
    if not origin or origin == head:
        older = git(root, "rev-list", "--max-count=11", "HEAD")
        origin = older[-1:]
    names = git(root, "ls-files", "--modified", "--others", "--exclude-standard")
    if origin and head:
        names += git(root, "log", "--name-only", "--format=", f"{origin[0]}..HEAD")
    return list(dict.fromkeys(name for name in names if name))


def compile_database(root):
    for build in BUILDS:
        folder = os.path.join(root, "build", build)
        path = os.path.join(folder, "compile_commands.json")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                entries = json.load(file)
            return folder, {os.path.relpath(os.path.join(e["directory"], e["file"]), root) for e in entries}
    return None, set()


def to_check(changed, known):
    """The translation units to look at: changed ones, and those named like a changed header."""
    units = []
    for name in changed:
        if name.endswith((".h", ".hpp")):
            name = os.path.splitext(name)[0] + ".cpp"
        if name in known and name not in units and not name.startswith("tests/"):
            units.append(name)
    return units


def tidy(root, folder, unit, deadline):
    """Findings in a unit, or None where the time was up."""
    left = deadline - time.monotonic()
    if left <= 1:
        return None
    command = ["clang-tidy", "--quiet", "-p", folder, "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-error"]
    compat = os.path.join(root, "setup", "compat", "clang14")
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, text=True).stdout
    if int(re.search(r"version (\d+)", version).group(1)) < 16:
        command.append(f"--extra-arg-before=-isystem{compat}")
    try:
        result = subprocess.run([*command, unit], cwd=root, capture_output=True, text=True, timeout=left)
    except subprocess.TimeoutExpired:
        return None
    found = []
    for line in result.stdout.splitlines():
        match = WARNING.match(line)
        if match:
            path = os.path.relpath(os.path.join(folder, match.group(1)), root)
            found.append(source.Finding(path, int(match.group(2)), match.group(3)))
    if result.returncode != 0 and not found:
        found.append(source.Finding(unit, 1, "clang-tidy failed: " + result.stderr.strip()[-300:]))
    return found


def check(root):
    if shutil.which("clang-tidy") is None:
        return [], "skipped: clang-tidy is not installed"
    folder, known = compile_database(root)
    if folder is None:
        return [], "skipped: no compile_commands.json; configure a preset first"
    units = to_check(changed_files(root), known)
    deadline = time.monotonic() + SECONDS
    findings, left_out = {}, 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for result in pool.map(lambda unit: tidy(root, folder, unit, deadline), units):
            if result is None:
                left_out += 1
                continue
            findings.update({(f.path, f.line, f.text): f for f in result})
    skipped = f", {left_out} left out for time" if left_out else ""
    return list(findings.values()), f"{len(units) - left_out} changed files{skipped}"


if __name__ == "__main__":
    sys.exit(source.run("tidy", __doc__, check))
