#!/usr/bin/env python3
"""Script check: every shell script parses (bash -n) and pleases shellcheck where it is installed; every Python file
compiles."""

import os
import re
import shutil
import subprocess
import sys

import source

SHELL = re.compile(r"^#!\s*(/usr/bin/env\s+|/bin/|/usr/bin/)(ba|da)?sh\b")
PYTHON = re.compile(r"^#!\s*(/usr/bin/env\s+|/usr/bin/)python3?\b")


def kind_of(root, path):
    if path.endswith(".sh"):
        return "shell"
    if path.endswith(".py"):
        return "python"
    if "." in os.path.basename(path):
        return None
    with open(os.path.join(root, path), "rb") as file:
        first = file.readline(200).decode("utf-8", "replace")
    return "shell" if SHELL.match(first) else "python" if PYTHON.match(first) else None


def check_shell(root, path):
    result = subprocess.run(["bash", "-n", path], cwd=root, capture_output=True, text=True)
    if result.returncode != 0:
        yield source.Finding(path, 1, "bash -n: " + result.stderr.strip())
        return
    if shutil.which("shellcheck"):
        result = subprocess.run(["shellcheck", "-S", "warning", "-f", "gcc", path], cwd=root, capture_output=True, text=True)
        for line in result.stdout.splitlines():
            match = re.match(r"[^:]*:(\d+):\d+: (.*)", line)
            if match:
                yield source.Finding(path, int(match.group(1)), match.group(2))


def check_python(root, path):
    try:
        compile(source.read(root, path), path, "exec", dont_inherit=True)
    except SyntaxError as error:
        yield source.Finding(path, error.lineno or 1, f"python: {error.msg}")


def check(root):
    findings, counts = [], {"shell": 0, "python": 0}
    for path in source.files(root):
        kind = kind_of(root, path)
        if kind is None:
            continue
        counts[kind] += 1
        findings.extend(check_shell(root, path) if kind == "shell" else check_python(root, path))
    return findings, f"{counts['shell']} shell scripts, {counts['python']} Python files"


if __name__ == "__main__":
    sys.exit(source.run("scripts", __doc__, check))
