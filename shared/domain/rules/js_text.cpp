#include "shared/domain/rules/js_text.h"

#include <string.h>

#include <algorithm>
#include <cmath>

namespace yizhan::rules::js {

namespace {

unsigned byte(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

/// Whether at `i` begins a surrogate in its three-byte form, between `low` and `low` + 0x3ff.
bool surrogate_at(std::string_view text, std::size_t i, unsigned low) {
  if (i + 3 > text.size() || byte(text, i) != 0xed) return false;
  unsigned const unit = 0xd000U | (byte(text, i + 1) & 0x3fU) << 6U | (byte(text, i + 2) & 0x3fU);
  return unit >= low && unit <= low + 0x3ffU;
}
bool high_at(std::string_view text, std::size_t i) { return surrogate_at(text, i, 0xd800); }
bool low_at(std::string_view text, std::size_t i) { return surrogate_at(text, i, 0xdc00); }
bool has_surrogates(std::string_view text) {
  for (auto i = text.find('\xed'); i != text.npos; i = text.find('\xed', i + 1)) {
    if (high_at(text, i) || low_at(text, i)) return true;
  }
  return false;
}

bool astral(char c) { return static_cast<unsigned char>(c) >= 0xf0; }
bool has_astral(std::string_view text) { return std::any_of(text.begin(), text.end(), astral); }

void put_unit(std::string& out, unsigned unit) {
  out += static_cast<char>(0xe0U | unit >> 12U);
  out += static_cast<char>(0x80U | (unit >> 6U & 0x3fU));
  out += static_cast<char>(0x80U | (unit & 0x3fU));
}

/// Characters beyond U+FFFF as two surrogates of three bytes (CESU-8): bytes then order and match as UTF-16 units do.
std::string split_pairs(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!astral(text[i]) || i + 4 > text.size()) {
      out += text[i];
      continue;
    }
    unsigned const point = (byte(text, i) & 0x07U) << 18U | (byte(text, i + 1) & 0x3fU) << 12U |
                           (byte(text, i + 2) & 0x3fU) << 6U | (byte(text, i + 3) & 0x3fU);
    put_unit(out, 0xd800U + ((point - 0x10000U) >> 10U & 0x3ffU));
    put_unit(out, 0xdc00U + ((point - 0x10000U) & 0x3ffU));
    i += 3;
  }
  return out;
}

/// The two surrogates at `i` as one character.
void put_pair(std::string& out, std::string_view text, std::size_t i) {
  unsigned const high = (byte(text, i + 1) & 0x0fU) << 6U | (byte(text, i + 2) & 0x3fU);
  unsigned const low = (byte(text, i + 4) & 0x0fU) << 6U | (byte(text, i + 5) & 0x3fU);
  unsigned const point = 0x10000U + (high << 10U | low);
  out += static_cast<char>(0xf0U | point >> 18U);
  out += static_cast<char>(0x80U | (point >> 12U & 0x3fU));
  out += static_cast<char>(0x80U | (point >> 6U & 0x3fU));
  out += static_cast<char>(0x80U | (point & 0x3fU));
}

std::string join_pairs(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (high_at(text, i) && low_at(text, i + 3)) {
      put_pair(out, text, i);
      i += 5;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Bytes of the unit at `i` of a text without characters beyond U+FFFF.
std::size_t unit_size(std::string_view text, std::size_t i) {
  std::size_t const size = byte(text, i) < 0xc0 ? 1 : byte(text, i) < 0xe0 ? 2 : 3;
  return std::min(size, text.size() - i);
}
/// Where unit number `units` begins, or the end.
std::size_t offset_of(std::string_view text, std::size_t units) {
  std::size_t i = 0;
  for (; units > 0 && i < text.size(); --units) i += unit_size(text, i);
  return i;
}

std::string cut(std::string_view text, std::size_t from, std::size_t count) {
  std::string split;
  bool const pairs = has_astral(text);
  if (pairs) text = split = split_pairs(text);
  text.remove_prefix(offset_of(text, from));
  auto const part = text.substr(0, offset_of(text, count));
  return pairs ? join_pairs(part) : std::string(part);
}

}  // namespace

std::size_t length(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t i = 0; i < text.size(); ++units) {
    if (astral(text[i]) && i + 4 <= text.size()) {
      ++units;
      i += 4;
    } else {
      i += unit_size(text, i);
    }
  }
  return units;
}

std::string unit_at(std::string_view text, std::size_t index) { return cut(text, index, 1); }

std::string substr(std::string_view text, double start, double count) {
  auto const size = static_cast<double>(length(text));
  double const from = start < 0 ? std::max(size + start, 0.0) : std::min(start, size);
  double const wanted = std::min(std::max(count, 0.0), size - from);
  return cut(text, static_cast<std::size_t>(from), static_cast<std::size_t>(wanted));
}

bool less(std::string_view left, std::string_view right) {
  if (!has_astral(left) && !has_astral(right)) return left < right;
  return split_pairs(left) < split_pairs(right);
}

bool contains(std::string_view text, std::string_view part) {
  std::string split_text;
  std::string split_part;
  if (has_surrogates(part)) {
    text = split_text = split_pairs(text);
    part = split_part = split_pairs(part);
  }
  // memmem is linear where std::string_view::find is quadratic.
  return part.empty() || memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

void append(std::string& text, std::string_view more) {
  if (text.size() >= 3 && high_at(text, text.size() - 3) && low_at(more, 0)) {
    auto const pair = text.substr(text.size() - 3) + std::string(more.substr(0, 3));
    text.resize(text.size() - 3);
    put_pair(text, pair, 0);
    more.remove_prefix(3);
  }
  text += more;
}

std::string well_formed(std::string_view text) {
  std::string out(text);
  for (auto i = out.find('\xed'); i != out.npos; i = out.find('\xed', i + 1)) {
    if (high_at(out, i) || low_at(out, i)) out.replace(i, 3, "\xef\xbf\xbd");
  }
  return out;
}

std::size_t array_index(std::string_view key) {
  if (key.empty() || key.size() > 10 || (key.size() > 1 && key[0] == '0')) return key.npos;
  std::size_t index = 0;
  for (char const c : key) {
    if (c < '0' || c > '9') return key.npos;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index;
}

}  // namespace yizhan::rules::js
