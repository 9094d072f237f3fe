#!/usr/bin/env python3
"""Widget lint: screens draw with the widgets of kiosk/ui, which report each item to the accessible tree. A bare ImGui::
call elsewhere would draw something that guidance, keypad and tests cannot see. kiosk/app may drive frames, not draw."""

import re
import sys

import rooms
import source

CALL = re.compile(r"\bImGui\s*::\s*([A-Za-z_]\w*)")
DRAW_LIST = re.compile(r"\b(ImDrawList|ImFont|ImGuiWindow)\b|\busing\s+namespace\s+ImGui\b|\bnamespace\s+\w+\s*=\s*ImGui\b")
FRAME_FUNCTIONS = {
    "CreateContext", "DestroyContext", "GetCurrentContext", "SetCurrentContext", "GetIO", "GetPlatformIO", "NewFrame",
    "EndFrame", "Render", "GetDrawData", "GetMainViewport", "GetVersion", "DebugCheckVersionAndDataLayout",
    "SetAllocatorFunctions", "GetStyle", "GetClipboardText", "SetClipboardText",
}


def check(root):
    findings = []
    paths = source.files(root, source.CPP, below=("shared", "peripherals", "kiosk", "tools"))
    for path in paths:
        room = rooms.room_of(path)
        if room == "kiosk/ui":
            continue
        text = source.read(root, path)
        for index, line in enumerate(source.without_comments_and_strings(text).split("\n")):
            for match in CALL.finditer(line):
                if room == "kiosk/app" and match.group(1) in FRAME_FUNCTIONS:
                    continue
                findings.append(source.Finding(
                    path, index + 1, f"{match.group()}: draw with the widgets of kiosk/ui, so that the accessible tree "
                    "knows it"))
            if DRAW_LIST.search(line):
                findings.append(source.Finding(path, index + 1, f"{DRAW_LIST.search(line).group()}: only kiosk/ui draws"))
    return findings, f"{len(paths)} sources"


if __name__ == "__main__":
    sys.exit(source.run("widgets", __doc__, check))
