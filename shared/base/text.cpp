#include "shared/base/text.h"

#include <algorithm>

namespace yizhan::text {

namespace {

constexpr char32_t k_replacement = 0xFFFD;

struct Decoded {
  char32_t code_point;
  std::size_t size;  // 0: ill-formed here
};

/// One code point at the front. REQUIRES: !bytes.empty().
Decoded decode(std::string_view bytes) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  unsigned const lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t size = 0;
  char32_t value = 0;
  char32_t least = 0;
  if ((lead & 0xE0) == 0xC0) {
    size = 2, value = lead & 0x1F, least = 0x80;
  } else if ((lead & 0xF0) == 0xE0) {
    size = 3, value = lead & 0x0F, least = 0x800;
  } else if ((lead & 0xF8) == 0xF0) {
    size = 4, value = lead & 0x07, least = 0x10000;
  }
  if (size == 0 || bytes.size() < size) return {k_replacement, 0};
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {k_replacement, 0};
    value = (value << 6) | (byte(i) & 0x3F);
  }
  bool const surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least || value > 0x10FFFF || surrogate) return {k_replacement, 0};
  return {value, size};
}

void append(std::string& out, char32_t value) {
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = k_replacement;
  auto const put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0 | (value >> 6)), put(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    put(0xE0 | (value >> 12)), put(0x80 | ((value >> 6) & 0x3F)), put(0x80 | (value & 0x3F));
  } else {
    put(0xF0 | (value >> 18)), put(0x80 | ((value >> 12) & 0x3F));
    put(0x80 | ((value >> 6) & 0x3F)), put(0x80 | (value & 0x3F));
  }
}

/// Calls `visit(code_point, bytes)` for each code point; a replaced byte is one of its own.
template <class Visit>
void for_each(std::string_view utf8, Visit&& visit) {
  while (!utf8.empty()) {
    auto const [code_point, size] = decode(utf8);
    auto const taken = std::max<std::size_t>(size, 1);
    if (!visit(code_point, utf8.substr(0, taken))) return;
    utf8.remove_prefix(taken);
  }
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029; }

}  // namespace

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const size = decode(bytes).size;
    if (size == 0) return false;
    bytes.remove_prefix(size);
  }
  return true;
}

std::u32string to_code_points(std::string_view utf8) {
  std::u32string out;
  for_each(utf8, [&](char32_t c, std::string_view) { return out.push_back(c), true; });
  return out;
}

std::string from_code_points(std::u32string_view code_points) {
  std::string out;
  for (char32_t const c : code_points) append(out, c);
  return out;
}

std::string from_utf16le(std::span<std::byte const> bytes) {
  std::string out;
  auto const unit = [&](std::size_t i) {
    return static_cast<char32_t>(std::to_integer<unsigned>(bytes[i]) | (std::to_integer<unsigned>(bytes[i + 1]) << 8));
  };
  std::size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) {
    char32_t const first = unit(i);
    bool const high = first >= 0xD800 && first <= 0xDBFF;
    if (high && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 && unit(i + 2) <= 0xDFFF) {
      append(out, 0x10000 + ((first - 0xD800) << 10) + (unit(i + 2) - 0xDC00));
      i += 2;
    } else {
      append(out, first);  // a lone surrogate becomes U+FFFD there
    }
  }
  if (i < bytes.size()) append(out, k_replacement);
  return out;
}

std::vector<std::byte> to_utf16le(std::string_view utf8) {
  std::vector<std::byte> out;
  auto const put = [&](char32_t unit) {
    out.push_back(static_cast<std::byte>(unit & 0xFF));
    out.push_back(static_cast<std::byte>(unit >> 8));
  };
  for_each(utf8, [&](char32_t c, std::string_view) {
    if (c < 0x10000) {
      put(c);
    } else {
      put(0xD800 + ((c - 0x10000) >> 10));
      put(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
    return true;
  });
  return out;
}

std::size_t length(std::string_view utf8) {
  std::size_t count = 0;
  for_each(utf8, [&](char32_t, std::string_view) { return ++count, true; });
  return count;
}

std::string prefix(std::string_view utf8, std::size_t code_points) {
  std::string out;
  for_each(utf8, [&](char32_t, std::string_view bytes) {
    if (code_points == 0) return false;
    --code_points;
    out.append(bytes);
    return true;
  });
  return out;
}

std::string_view trim(std::string_view utf8) {
  using namespace std::string_view_literals;
  constexpr auto k_blank = " \t\n\v\f\r\0"sv;
  constexpr auto k_ideographic_space = "\xE3\x80\x80"sv;
  auto const blank = [&](char c) { return k_blank.find(c) != std::string_view::npos; };
  for (;;) {
    if (!utf8.empty() && blank(utf8.front())) {
      utf8.remove_prefix(1);
    } else if (utf8.starts_with(k_ideographic_space)) {
      utf8.remove_prefix(3);
    } else if (!utf8.empty() && blank(utf8.back())) {
      utf8.remove_suffix(1);
    } else if (utf8.ends_with(k_ideographic_space)) {
      utf8.remove_suffix(3);
    } else {
      return utf8;
    }
  }
}

std::string without_controls(std::string_view utf8) {
  std::string out;
  for_each(utf8, [&](char32_t c, std::string_view) {
    if (!is_control(c)) append(out, c);
    return true;
  });
  return out;
}

std::string to_lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string to_upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace yizhan::text
