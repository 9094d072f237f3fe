#pragma once
/// Memory that is scrubbed when it goes: keys, ID numbers, names, phone numbers, PINs. Never printed: no stream
/// operator, no fmt formatter. Move-only, so that copies are made on purpose (`clone()`).
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yizhan {

/// Overwrites memory in a way the compiler keeps.
void scrub(void* memory, std::size_t size) noexcept;
void scrub(std::string& text) noexcept;

/// Bytes on the heap, scrubbed on destruction, assignment and growth.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size) : m_bytes(size) {}
  explicit SecretBytes(std::span<std::byte const> bytes) : m_bytes(bytes.begin(), bytes.end()) {}
  ~SecretBytes() { wipe(); }
  SecretBytes(SecretBytes&& other) noexcept : m_bytes(std::move(other.m_bytes)) { other.m_bytes.clear(); }
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(SecretBytes const&) = delete;
  SecretBytes& operator=(SecretBytes const&) = delete;

  [[nodiscard]] SecretBytes clone() const { return SecretBytes(std::span<std::byte const>(m_bytes)); }
  [[nodiscard]] std::span<std::byte const> view() const { return m_bytes; }
  [[nodiscard]] std::span<std::byte> span() { return m_bytes; }
  [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
  [[nodiscard]] bool empty() const { return m_bytes.empty(); }
  void wipe() noexcept;

 private:
  std::vector<std::byte> m_bytes;
};

/// UTF-8 text of the same kind. Compare with `view()`; show only through a masking rule (domain/identity).
class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string_view text);
  ~SecretText() { wipe(); }
  SecretText(SecretText&& other) noexcept;
  SecretText& operator=(SecretText&& other) noexcept;
  SecretText(SecretText const&) = delete;
  SecretText& operator=(SecretText const&) = delete;

  [[nodiscard]] SecretText clone() const { return SecretText(view()); }
  [[nodiscard]] std::string_view view() const {
    return m_size == 0 ? std::string_view{} : std::string_view(m_chars.data(), m_size);
  }
  [[nodiscard]] bool empty() const { return m_size == 0; }
  void wipe() noexcept;

 private:
  // Not std::string: its small buffer would be left behind by a move.
  std::vector<char> m_chars;
  std::size_t m_size = 0;
};

}  // namespace yizhan
