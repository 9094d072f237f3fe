#!/usr/bin/env python3
"""Layout check: clang-format would change nothing. `setup/check --fix` applies it. Other versions than Debian 12's lay
some lines out differently, so with them findings are warnings."""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import source

HOUSE_VERSION = 14


def formatted(root, path):
    result = subprocess.run(["clang-format", path], cwd=root, capture_output=True)
    if result.returncode != 0:
        raise RuntimeError(result.stderr.decode("utf-8", "replace").strip())
    return result.stdout


def check(root, fix=False):
    if shutil.which("clang-format") is None:
        return [], "skipped: clang-format is not installed"
    version = subprocess.run(["clang-format", "--version"], capture_output=True, text=True).stdout
    major = int(re.search(r"version (\d+)", version).group(1))
    paths = [path for path in source.files(root, source.CPP) if not path.startswith("assets/")]
    findings = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, wanted in zip(paths, pool.map(lambda one: formatted(root, one), paths)):
            with open(os.path.join(root, path), "rb") as file:
                present = file.read()
            if wanted == present:
                continue
            if fix:
                with open(os.path.join(root, path), "wb") as file:
                    file.write(wanted)
                continue
            pairs = zip(present.split(b"\n"), wanted.split(b"\n"))
            line = next((number for number, (a, b) in enumerate(pairs, 1) if a != b), 1)
            findings.append(source.Finding(path, line, "not as clang-format lays it out (setup/check --fix)",
                                           fails=major == HOUSE_VERSION))
    return findings, f"{len(paths)} sources, clang-format {major}"


if __name__ == "__main__":
    FIX = "--fix" in sys.argv
    sys.argv = [argument for argument in sys.argv if argument != "--fix"]
    sys.exit(source.run("layout", __doc__, lambda root: check(root, FIX)))
