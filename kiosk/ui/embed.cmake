# Turns one file into a C++ function that returns its bytes:
#   cmake -DINPUT=f -DOUTPUT=f.cpp -DFUNCTION=name -P embed.cmake
file(READ "${INPUT}" hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes
       "${bytes}")
file(WRITE "${OUTPUT}" "// Made by embed.cmake.
#include \"kiosk/ui/embedded.h\"

namespace yizhan::ui::embedded {

static constexpr unsigned char k_bytes[] = {
${bytes}};

std::span<std::byte const> ${FUNCTION}() { return std::as_bytes(std::span(k_bytes)); }

}  // namespace yizhan::ui::embedded
")
