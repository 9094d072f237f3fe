#pragma once
/// What a resident types: UTF-8 in one fixed block that is scrubbed when it is cleared or goes. A field and the
/// on-screen keyboard share it, caret included. The screen (not the widget) owns it.
#include <array>
#include <cstddef>
#include <string_view>

namespace yizhan::ui {

class TextBuffer {
 public:
  TextBuffer() = default;
  ~TextBuffer() { clear(); }
  TextBuffer(TextBuffer const&) = delete;
  TextBuffer& operator=(TextBuffer const&) = delete;

  static constexpr std::size_t k_capacity = 1536;  // bytes: 500 hanzi

  [[nodiscard]] std::string_view view() const { return {m_bytes.data(), m_size}; }
  [[nodiscard]] bool empty() const { return m_size == 0; }
  /// Code points.
  [[nodiscard]] std::size_t length() const;
  /// Replaces everything, caret at the end; ill-formed UTF-8 and control characters are left out.
  void set(std::string_view utf8);
  /// At the caret. Returns false, changing nothing, where `max_length` code points or the capacity would be passed
  /// or where it is no clean UTF-8.
  bool insert(std::string_view utf8, std::size_t max_length);
  /// The code point before, at the caret. False at the ends.
  bool erase_before();
  bool erase_after();
  /// By code points; stops at the ends.
  void move(int code_points);
  void move_to(std::size_t code_point_index);
  /// Code points before the caret.
  [[nodiscard]] std::size_t caret() const;
  /// Bytes before the caret.
  [[nodiscard]] std::size_t caret_bytes() const { return m_caret; }
  void clear();

 private:
  std::array<char, k_capacity> m_bytes{};
  std::size_t m_size = 0;
  std::size_t m_caret = 0;  // byte offset, on a code point's border
};

}  // namespace yizhan::ui
