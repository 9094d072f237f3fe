#include "shared/base/secret.h"

#include <cstring>

namespace yizhan {

void scrub(void* memory, std::size_t size) noexcept {
  if (size > 0) ::explicit_bzero(memory, size);
}

void scrub(std::string& text) noexcept {
  // Up to the capacity: a longer text may have stood here before.
  text.resize(text.capacity());
  scrub(text.data(), text.size());
  text.clear();
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this != &other) {
    wipe();
    m_bytes = std::move(other.m_bytes);
    other.m_bytes.clear();
  }
  return *this;
}

void SecretBytes::wipe() noexcept {
  scrub(m_bytes.data(), m_bytes.size());
  m_bytes.clear();
}

SecretText::SecretText(std::string_view text) : m_chars(text.begin(), text.end()), m_size(text.size()) {}

SecretText::SecretText(SecretText&& other) noexcept : m_chars(std::move(other.m_chars)), m_size(other.m_size) {
  other.m_chars.clear();
  other.m_size = 0;
}

SecretText& SecretText::operator=(SecretText&& other) noexcept {
  if (this != &other) {
    wipe();
    m_chars = std::move(other.m_chars);
    m_size = other.m_size;
    other.m_chars.clear();
    other.m_size = 0;
  }
  return *this;
}

void SecretText::wipe() noexcept {
  scrub(m_chars.data(), m_chars.size());
  m_chars.clear();
  m_size = 0;
}

}  // namespace yizhan
