"""The rooms of the house and the arrows between them: ARCHITECTURE.md, section "Rooms", as data.

Change an arrow there first, with its reason, then here."""

import re

# Room (folder) -> rooms it may include. Arrows carry on: what a room may include may be reached through it, so
# office -> store -> crypto allows office to name a key. "*" is everything but tools.
ARROWS = {
    "shared/base": [],
    "shared/domain": ["shared/base"],
    "shared/crypto": ["shared/base"],
    "shared/store": ["shared/domain", "shared/crypto"],
    "shared/hall": ["shared/domain", "shared/store"],
    "shared/sync": ["shared/domain", "shared/crypto"],
    "shared/imaging": ["shared/base"],
    "shared/paper": ["shared/domain"],
    "shared/office": ["shared/domain", "shared/store", "shared/hall"],
    "peripherals/api": ["shared/base"],
    # host holds what all drivers stand on: serial line, worker thread, back-off; so drivers may include it, not it them.
    "peripherals/id_reader": ["peripherals/api", "peripherals/host"],
    "peripherals/code_scanner": ["peripherals/api", "peripherals/host"],
    "peripherals/camera": ["peripherals/api", "peripherals/host", "peripherals/code_scanner"],  # one ZXing path for all
    "peripherals/ticket_printer": ["peripherals/api", "peripherals/host"],
    "peripherals/document_printer": ["peripherals/api", "peripherals/host"],
    "peripherals/smart_card": ["peripherals/api", "peripherals/host"],
    "peripherals/speech": ["peripherals/api", "peripherals/host"],
    "peripherals/panel": ["peripherals/api", "peripherals/host"],
    # The other ends of the wires make cards (domain), codes and pictures of paper (paper), photos (imaging), and sign as a
    # staff card does (crypto).
    "peripherals/emulated": ["peripherals/api", "peripherals/host", "shared/domain", "shared/paper", "shared/imaging",
                             "shared/crypto"],
    "peripherals/host": ["peripherals/api"],
    "kiosk/ui": ["shared/base"],
    "kiosk/flows": ["shared/base", "shared/domain"],
    "kiosk/resident": ["kiosk/ui", "kiosk/flows", "shared/domain"],
    "kiosk/counter": ["kiosk/ui", "kiosk/flows", "shared/domain"],
    "kiosk/display": ["kiosk/ui", "kiosk/flows", "shared/domain"],
    "kiosk/technician": ["kiosk/ui", "kiosk/flows", "shared/domain"],
    "kiosk/app": ["*"],
    "tools/ctl": ["shared/*", "peripherals/*"],
    "tools/platform": ["shared/domain", "shared/crypto"],  # never sync's codecs: golden messages are shared instead
    "tools/emulators": ["peripherals/emulated", "shared/domain"],
    "tools/sim": ["shared/*"],
    "tools/bench": ["*"],
}

MODES = ["kiosk/resident", "kiosk/counter", "kiosk/display", "kiosk/technician"]

# The composition roots see everything, and so do tests; even they do not include tools (tests of a tool see that one).
EVERYTHING_BUT_TOOLS = "*"

# Third-party headers and libraries that belong to some rooms only.
# name, header pattern, yz:: libraries, rooms (besides tests and tools/bench, which may use all).
THIRD_PARTY = [
    ("ImGui", r"(imgui|imgui_.*|imstb_.*)\.h$", ["imgui"], ["kiosk/ui", "kiosk/app"]),
    ("SDL", r"(SDL2/)?SDL.*\.h$", ["sdl2"], ["kiosk/ui", "kiosk/app", "peripherals/speech"]),
    ("OpenGL", r"(GL|GLES\d|EGL)/", ["gl"], ["kiosk/ui", "kiosk/app"]),
    ("FreeType", r"(ft2build\.h|freetype/)", ["freetype"], ["kiosk/ui", "kiosk/app", "shared/paper"]),
    ("curl", r"curl/", ["curl"], ["shared/sync", "tools/ctl"]),
    ("SQLCipher", r"(sqlcipher/)?sqlite3(ext)?\.h$", ["sqlcipher"], ["shared/store"]),
    ("PostgreSQL", r"(pqxx/|pqxx$|libpq-fe\.h|postgresql/)", ["pqxx"], ["shared/hall", "tools/platform"]),
    ("OpenSSL", r"openssl/", ["openssl"], ["shared/crypto", "shared/sync", "tools/platform"]),
    ("Argon2", r"argon2\.h$", ["argon2"], ["shared/crypto"]),
    ("libcbor", r"cbor(/|\.h$)", ["cbor"], ["shared/crypto"]),
    ("GStreamer", r"(gst/|glib)", ["gstreamer"], ["peripherals/camera", "peripherals/code_scanner"]),
    ("libserialport", r"libserialport\.h$", ["serialport"],
     ["peripherals/id_reader", "peripherals/code_scanner", "peripherals/ticket_printer", "peripherals/host"]),
    ("udev", r"libudev\.h$", ["udev"], ["peripherals/host"]),
    ("libusb", r"(libusb-1\.0/)?libusb\.h$", ["usb"], ["peripherals/host"]),
    ("umockdev", r"umockdev\.h$", ["umockdev"], []),
    ("ZXing", r"ZXing/", ["zxing"], ["peripherals/code_scanner", "shared/paper"]),
    ("zbar", r"zbar", ["zbar"], []),
    ("cairo and pango", r"(cairo|pango)", ["cairo"], ["shared/paper"]),
    ("OpenCV", r"opencv2/", ["opencv"], ["shared/imaging"]),
    ("CUPS", r"cups/", ["cups"], ["peripherals/document_printer"]),
    ("PC/SC", r"(PCSC/|winscard\.h$|pcsclite\.h$|wintypes\.h$)", ["pcsc"], ["peripherals/smart_card"]),
    ("espeak-ng", r"espeak", ["espeak"], ["peripherals/speech"]),
    ("libmicrohttpd", r"(microhttpd\.h|gnutls/)", ["microhttpd"], ["tools/platform"]),
    ("RE2", r"re2/", ["re2"], ["shared/domain"]),
    ("spdlog", r"spdlog/", ["spdlog"], ["shared/base"]),
    ("CLI11", r"CLI/", ["cli11"], ["kiosk/app", "tools/*"]),
    ("libsystemd", r"systemd/", ["systemd"], ["kiosk/app", "shared/base"]),
    ("GoogleTest", r"(gtest|gmock)/", ["gtest"], []),
    ("Google Benchmark", r"benchmark/", ["benchmark"], []),
]

# Rules and journeys do no I/O; device interfaces show no vendor.
NO_IO = {
    "shared/domain": "rules do no I/O",
    "kiosk/flows": "a journey does no I/O",
}
IO_HEADERS = re.compile(r"^(fstream|iostream|stdio\.h|thread|future|sys/.*|unistd\.h|fcntl\.h|netinet/.*|arpa/.*|poll\.h|"
                        r"termios\.h|pthread\.h)$")


def matches(room, patterns):
    return any(p == room or (p.endswith("/*") and room.startswith(p[:-1])) for p in patterns)


def room_of(path):
    """The room a file lies in ("shared/store"), "tests", or None for files outside the rooms (setup, assets)."""
    parts = path.split("/")
    if parts[0] == "tests":
        return "tests"
    if parts[0] in ("shared", "peripherals", "kiosk", "tools") and len(parts) > 2:
        return "/".join(parts[:2])
    return None


def closure(room):
    """All rooms `room` may include, itself among them; patterns are kept as they are."""
    seen, todo = set(), [room]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        todo.extend(ARROWS.get(one, []))
    return seen


def may_include(room, other, path=""):
    """Whether a file of `room` (at `path`) may include a header of, or link, the room `other`."""
    if room == other:
        return True
    if room == "tests":
        if not other.startswith("tools/"):
            return True
        # tests/unit/tools/platform/... and tests/fuzz/platform/... test that tool itself.
        return other.split("/")[1] in path.split("/")[1:-1] or path.startswith("tests/support/")
    if other == "tests":
        return room == "tools/bench"  # measured on the very pictures that tests are made of
    if other.startswith("tools/"):
        return False
    allowed = closure(room)
    return "*" in allowed or matches(other, allowed)


def may_use(room, third_party_rooms):
    return room in ("tests", "tools/bench") or matches(room, third_party_rooms)
