#!/usr/bin/env python3
"""Real-clock lint: time and randomness are injected (shared/base/env.h), so that the product's own code runs in
simulated time. Real clocks, sleeps and unseeded randomness are errors outside shared/base and kiosk/app.

Tests may sleep and look at the clock where they talk to real processes; tools/bench measures. An exception elsewhere
needs `// lint: allow real-clock -- reason` on its line or the one above."""

import re
import sys

import rooms
import source

FORBIDDEN = [
    (r"\b\w*_clock\s*::\s*now\b", "a real clock"),
    (r"\b(Wall|Steady|System)?[Cc]lock\s*::\s*now\s*\(", "a real clock"),
    (r"\bsleep_(for|until)\b", "a sleep"),
    (r"(?<![\w.>])(::)?(sleep|usleep|nanosleep|clock_nanosleep)\s*\(", "a sleep"),
    (r"\bSDL_(Delay|GetTicks(64)?|GetPerformanceCounter)\b", "a real clock"),
    (r"\bg_(usleep|get_monotonic_time|get_real_time)\b", "a real clock"),
    (r"\b(gettimeofday|clock_gettime|timespec_get)\s*\(", "a real clock"),
    (r"(?<![\w.>:])(::|std::)?time\s*\(\s*(nullptr|NULL|0|&)", "a real clock"),
    (r"\b(localtime|localtime_r|mktime)\s*\(", "the process's time zone (use the hall's, shared/domain/calendar)"),
    (r"\brandom_device\b", "unseeded randomness"),
    (r"(?<![\w.>:])(::|std::)?(rand|srand|srandom|drand48|arc4random|getrandom|getentropy)\s*\(",
     "unseeded randomness"),
    (r"\bRAND_(priv_)?bytes\b", "unseeded randomness (use SecureRng)"),
]
FORBIDDEN = [(re.compile(pattern), what) for pattern, what in FORBIDDEN]
EXEMPT = ["shared/base", "kiosk/app", "tools/bench", "tests"]


def check(root):
    findings = []
    paths = source.files(root, source.CPP, below=("shared", "peripherals", "kiosk", "tools"))
    for path in paths:
        if rooms.matches(rooms.room_of(path) or "", EXEMPT):
            continue
        text = source.read(root, path)
        lines = text.split("\n")
        for index, line in enumerate(source.without_comments_and_strings(text).split("\n")):
            for pattern, what in FORBIDDEN:
                match = pattern.search(line)
                if match and not source.allowed_by_comment(lines, index, "real-clock"):
                    findings.append(source.Finding(
                        path, index + 1, f"{match.group().strip()}: {what} outside shared/base and kiosk/app; "
                        "take it from Env (shared/base/env.h)"))
                    break
    return findings, f"{len(paths)} sources"


if __name__ == "__main__":
    sys.exit(source.run("clocks", __doc__, check))
