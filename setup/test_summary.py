#!/usr/bin/env python3
"""The end of setup/test: a table of its steps with their times, the failed tests by name, and "N passed, N failed".

A GoogleTest binary is one ctest entry and is counted by its cases, everything else counts as one. A step that failed
without a failed test (a build, the checks) counts as one failure; a test binary that crashed, timed out or complained
after its last case does too."""

import glob
import json
import os
import sys
import xml.etree.ElementTree as ElementTree


def read_cases(folder, test):
    """(passed, failed names, skipped) of a test binary's own report, or None where there is none."""
    path = os.path.join(folder, f"test_{test}.json")
    try:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
    except (OSError, ValueError):
        return None
    passed, failed, skipped = 0, [], 0
    for suite in report.get("testsuites", []):
        for case in suite.get("testsuite", []):
            name = f"{suite['name']}.{case['name']}"
            if case.get("failures"):
                failed.append(name)
            elif case.get("result") == "SKIPPED" or case.get("status") == "NOTRUN":
                skipped += 1
            else:
                passed += 1
    return passed, failed, skipped


def read_run(results, run):
    """(passed, failed names, skipped) of one ctest run."""
    passed, failed, skipped = 0, [], 0
    for case in ElementTree.parse(os.path.join(results, run + ".xml")).getroot().iter("testcase"):
        name, status = case.get("name"), case.get("status")
        cases = read_cases(os.path.join(results, run), name)
        if cases is not None:
            passed += cases[0]
            failed += [f"{run}: {name}: {one}" for one in cases[1]]
            skipped += cases[2]
            if status == "fail" and not cases[1]:
                failed.append(f"{run}: {name} (after its last case)")
        elif status == "run":
            passed += 1
        elif status == "fail":
            failed.append(f"{run}: {name}")
        else:
            skipped += 1
    return passed, failed, skipped


def main():
    results = sys.argv[1]
    passed, failed, skipped, total = 0, [], 0, 0
    tests_failed = {}
    for path in sorted(glob.glob(os.path.join(results, "*.xml"))):
        run = os.path.splitext(os.path.basename(path))[0]
        one = read_run(results, run)
        passed, failed, skipped = passed + one[0], failed + one[1], skipped + one[2]
        tests_failed[f"{run} tests"] = bool(one[1])
    with open(os.path.join(results, "stages.tsv"), encoding="utf-8") as file:
        steps = [line.rstrip("\n").split("\t") for line in file]
    for name, verdict, seconds, note in steps:
        total += int(seconds)
        print(f"{name:<16} {verdict:<7} {int(seconds) // 60:>3} min {int(seconds) % 60:02} s  {note}".rstrip())
        if name.endswith(" tests"):
            if verdict != "ok" and not tests_failed.get(name):
                failed.append(f"{name}: {note}")
        elif verdict != "ok":
            failed.append(f"{name}: {note}")
        else:
            passed += 1
    print(f"{'all':<16} {'':<7} {total // 60:>3} min {total % 60:02} s")
    for name in failed:
        print(f"failed: {name}")
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
