#include "kiosk/ui/i18n.h"

#include <cstring>

#include "kiosk/ui/embedded.h"

namespace yizhan::ui {

namespace {

// The GNU gettext manual, "The Format of GNU MO Files".
constexpr std::uint32_t k_mo_magic = 0x950412DEU;
constexpr std::uint32_t k_mo_magic_swapped = 0xDE120495U;
constexpr std::size_t k_mo_header = 20;

class MoReader {
 public:
  explicit MoReader(std::span<std::byte const> bytes) : m_bytes(bytes) {}

  Result<void> read_magic() {
    if (m_bytes.size() < k_mo_header) return Error::make("bad_catalog", Retry::no, "shorter than its header");
    std::uint32_t const magic = *number(0);
    if (magic != k_mo_magic && magic != k_mo_magic_swapped) return Error::make("bad_catalog", Retry::no, "no .mo file");
    m_swap = magic == k_mo_magic_swapped;
    return {};
  }
  [[nodiscard]] std::optional<std::uint32_t> number(std::size_t offset) const {
    if (offset > m_bytes.size() || m_bytes.size() - offset < sizeof(std::uint32_t)) return std::nullopt;
    std::uint32_t value = 0;
    std::memcpy(&value, m_bytes.data() + offset, sizeof value);
    return m_swap ? __builtin_bswap32(value) : value;
  }
  /// The string described by the length and offset at `offset`.
  [[nodiscard]] Result<std::string> text(std::size_t offset) const {
    auto const length = number(offset);
    auto const start = number(offset + sizeof(std::uint32_t));
    if (!length || !start || *start > m_bytes.size() || m_bytes.size() - *start < *length)
      return Error::make("bad_catalog", Retry::no, "a string lies outside the file");
    return std::string(reinterpret_cast<char const*>(m_bytes.data()) + *start, *length);
  }

 private:
  std::span<std::byte const> m_bytes;
  bool m_swap = false;
};

}  // namespace

std::string_view language_code(Language language) { return language == Language::en ? "en" : "zh_CN"; }
std::string_view language_name(Language language) { return language == Language::en ? "English" : "中文"; }

Result<Language> language_from_code(std::string_view code) {
  for (Language const language : k_languages)
    if (language_code(language) == code) return language;
  return Error::make("unknown_language", Retry::no, std::string(code.substr(0, 16)));
}

Result<Catalog> Catalog::from_mo(std::span<std::byte const> bytes) {
  MoReader reader(bytes);
  TRY(reader.read_magic());
  std::size_t const count = *reader.number(8);
  std::size_t const originals = *reader.number(12);
  std::size_t const translations = *reader.number(16);
  if (count > bytes.size() / 16) return Error::make("bad_catalog", Retry::no, "more entries than fit");
  Catalog catalog;
  for (std::size_t i = 0; i < count; ++i) {
    std::string key = TRY(reader.text(originals + 8 * i));
    std::string translation = TRY(reader.text(translations + 8 * i));
    if (!key.empty() && !translation.empty()) catalog.m_texts.insert_or_assign(std::move(key), std::move(translation));
  }
  return catalog;
}

std::string const* Catalog::find(std::string_view key) const {
  auto const found = m_texts.find(key);
  return found == m_texts.end() ? nullptr : &found->second;
}

std::vector<std::string_view> Catalog::keys() const {
  std::vector<std::string_view> keys;
  for (auto const& [key, text] : m_texts) keys.push_back(key);
  return keys;
}

Translations::Translations(Catalog zh_CN, Catalog en) : m_zh_CN(std::move(zh_CN)), m_en(std::move(en)) {}

Translations const& Translations::builtin() {
  // The build put msgfmt's own output there; a catalog that cannot be read shows keys, and the tests fail.
  static Translations const translations(Catalog::from_mo(embedded::zh_CN_mo()).value_or(Catalog()),
                                         Catalog::from_mo(embedded::en_mo()).value_or(Catalog()));
  return translations;
}

Catalog const& Translations::catalog(Language language) const { return language == Language::en ? m_en : m_zh_CN; }

bool Translations::has(Language language, std::string_view key) const { return catalog(language).find(key) != nullptr; }

std::string_view Translations::get(Language language, std::string_view key) const {
  if (auto const* text = catalog(language).find(key)) return *text;
  return note_missing(language, key);
}

std::string Translations::format_named(Language language, std::string_view key,
                                       std::span<std::pair<std::string, std::string> const> arguments) const {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (auto const& [name, value] : arguments) store.push_back(fmt::arg(name.c_str(), value));
  return format_with(language, key, store);
}

std::string Translations::format_with(Language language, std::string_view key, fmt::format_args args) const {
  try {
    return fmt::vformat(get(language, key), args);
  } catch (fmt::format_error const&) {
    return std::string(note_missing(language, key));
  }
}

std::string_view Translations::note_missing(Language language, std::string_view key) const {
  std::string entry = fmt::format("{}:{}", language_code(language), key);
  std::scoped_lock const lock(m_mutex);
  std::string const& kept = *m_missing.insert(std::move(entry)).first;
  return std::string_view(kept).substr(language_code(language).size() + 1);
}

std::vector<std::string> Translations::missing() const {
  std::scoped_lock const lock(m_mutex);
  return {m_missing.begin(), m_missing.end()};
}

}  // namespace yizhan::ui
