#include "kiosk/ui/text_buffer.h"

#include <algorithm>
#include <cstring>

#include "shared/base/secret.h"
#include "shared/base/text.h"

namespace yizhan::ui {

namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::size_t TextBuffer::length() const { return text::length(view()); }

void TextBuffer::set(std::string_view utf8) {
  clear();
  if (!text::is_utf8(utf8)) return;
  std::string clean = text::without_controls(utf8);
  std::size_t size = std::min(clean.size(), k_capacity);
  while (size > 0 && size < clean.size() && is_continuation(clean[size])) --size;
  std::memcpy(m_bytes.data(), clean.data(), size);
  m_size = size;
  m_caret = size;
  scrub(clean);
}

bool TextBuffer::insert(std::string_view utf8, std::size_t max_length) {
  if (utf8.empty() || !text::is_utf8(utf8) || text::length(utf8) + length() > max_length ||
      m_size + utf8.size() > k_capacity)
    return false;
  bool const control =
      std::ranges::any_of(utf8, [](char byte) { return static_cast<unsigned char>(byte) < 0x20U || byte == '\x7f'; });
  if (control) return false;
  std::memmove(m_bytes.data() + m_caret + utf8.size(), m_bytes.data() + m_caret, m_size - m_caret);
  std::memcpy(m_bytes.data() + m_caret, utf8.data(), utf8.size());
  m_size += utf8.size();
  m_caret += utf8.size();
  return true;
}

bool TextBuffer::erase_before() {
  if (m_caret == 0) return false;
  std::size_t const end = m_caret;
  move(-1);
  std::memmove(m_bytes.data() + m_caret, m_bytes.data() + end, m_size - end);
  std::size_t const removed = end - m_caret;
  scrub(m_bytes.data() + m_size - removed, removed);
  m_size -= removed;
  return true;
}

bool TextBuffer::erase_after() {
  if (m_caret == m_size) return false;
  move(1);
  return erase_before();
}

void TextBuffer::move(int code_points) {
  for (; code_points < 0 && m_caret > 0; ++code_points) {
    do --m_caret;
    while (m_caret > 0 && is_continuation(m_bytes[m_caret]));
  }
  for (; code_points > 0 && m_caret < m_size; --code_points) {
    do ++m_caret;
    while (m_caret < m_size && is_continuation(m_bytes[m_caret]));
  }
}

void TextBuffer::move_to(std::size_t code_point_index) {
  m_caret = 0;
  move(static_cast<int>(std::min<std::size_t>(code_point_index, k_capacity)));
}

std::size_t TextBuffer::caret() const { return text::length({m_bytes.data(), m_caret}); }

void TextBuffer::clear() {
  scrub(m_bytes.data(), m_bytes.size());
  m_size = 0;
  m_caret = 0;
}

}  // namespace yizhan::ui
