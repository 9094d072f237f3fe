#!/usr/bin/env python3
"""Tables of the catalogue as C++: readings of hanzi (from ICU's Han-Latin transliteration) and names of icons.

    tables.py pinyin UCONV OUT.cpp        tables.py icons material.codepoints OUT.cpp
"""

import re
import subprocess
import sys

FIRST, LAST = 0x4E00, 0x9FFF

# ICU knows one reading of each character. These are read in another way in words that residents search for.
OTHER_READINGS = {
    "行": "hang", "重": "chong", "长": "chang", "还": "huan", "乐": "yue", "便": "pian", "传": "zhuan", "调": "tiao",
    "降": "xiang", "解": "xie", "省": "xing", "盛": "cheng", "属": "zhu", "系": "ji", "血": "xie", "着": "zhao",
    "参": "shen", "差": "chai", "查": "zha", "单": "shan", "会": "kuai", "藏": "zang", "朝": "zhao", "弹": "tan",
    "得": "dei", "地": "di", "给": "ji", "校": "jiao", "了": "liao", "露": "lou", "落": "la", "没": "mo", "区": "ou",
    "率": "shuai", "厦": "xia", "薄": "bo", "大": "dai", "的": "di", "咳": "ke", "约": "yao", "模": "mu", "曾": "zeng",
    "朴": "piao", "仇": "qiu", "谁": "shui", "塞": "sai", "熟": "shou", "核": "hu", "似": "si",
}


def readings(uconv):
    text = "\n".join(chr(c) for c in range(FIRST, LAST + 1)) + "\n"
    out = subprocess.run([uconv, "-f", "utf-8", "-t", "utf-8", "-x", "Han-Latin; Latin-ASCII; Lower"],
                         input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    lines = out.split("\n")[: LAST - FIRST + 1]
    return [line if re.fullmatch("[a-z]{1,6}", line) else "" for line in lines]


def pinyin(uconv, out):
    main = readings(uconv)
    other = {c: r for c, r in OTHER_READINGS.items() if r != main[ord(c) - FIRST]}
    syllables = [""] + sorted({r for r in main if r} | set(other.values()))
    if len(syllables) > 512:
        sys.exit("more syllables than the table has room for")
    place = {s: i for i, s in enumerate(syllables)}
    # The highest bit: there is another reading.
    numbers = [str(place[r] | (0x8000 if chr(FIRST + i) in other else 0)) for i, r in enumerate(main)]
    with open(out, "w", encoding="utf-8") as file:
        file.write('#include "shared/domain/catalog/pinyin.h"\n\nnamespace yizhan::catalog::tables {\n\n')
        file.write(f"constexpr std::string_view syllable_names[{len(syllables)}] = {{\n")
        file.write(",\n".join(f'    "{s}"' for s in syllables))
        file.write(f"}};\nstd::span<std::string_view const> const syllables(syllable_names);\n\n")
        file.write(f"std::uint16_t const readings[{len(numbers)}] = {{\n")
        for i in range(0, len(numbers), 24):
            file.write("    " + ", ".join(numbers[i:i + 24]) + ",\n")
        file.write("};\n\nconstexpr OtherReading others[] = {\n")
        for c, r in sorted(other.items()):
            file.write(f"    {{0x{ord(c):04X}, {place[r]}}},\n")
        file.write("};\nstd::span<OtherReading const> const other_readings(others);\n\n}  // namespace yizhan::catalog::tables\n")


def icons(codepoints, out):
    with open(codepoints, encoding="utf-8") as file:
        names = sorted({line.split()[0] for line in file if line.strip()})
    with open(out, "w", encoding="utf-8") as file:
        file.write('#include "shared/domain/catalog/codes.h"\n\nnamespace yizhan::catalog::tables {\n\n')
        file.write("constexpr std::string_view names[] = {\n" + "".join(f'    "{n}",\n' for n in names))
        file.write("};\nstd::span<std::string_view const> const icon_names(names);\n\n}  // namespace yizhan::catalog::tables\n")


if __name__ == "__main__":
    {"pinyin": pinyin, "icons": icons}[sys.argv[1]](*sys.argv[2:])
