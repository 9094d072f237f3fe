#pragma once
/// Texts in the resident's language. Catalogs are GNU gettext: assets/i18n/<language>.po, compiled by msgfmt and put
/// into the program, so that neither installed locales nor files are needed. The msgid is a key
/// ("resident.home.title"), never a sentence; placeholders are named: "前面还有 {count} 人".
///
/// Thread: any, after `builtin()` or `create()`; only `missing()` counts, with a lock.
#include <fmt/args.h>
#include <fmt/format.h>

#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::ui {

enum class Language { zh_CN, en };
inline constexpr Language k_languages[] = {Language::zh_CN, Language::en};

/// "zh_CN", "en".
[[nodiscard]] std::string_view language_code(Language language);
/// The language's name in itself: "中文", "English".
[[nodiscard]] std::string_view language_name(Language language);
/// Errors: unknown_language.
[[nodiscard]] Result<Language> language_from_code(std::string_view code);

/// One compiled catalog (.mo).
class Catalog {
 public:
  Catalog() = default;
  /// Reads a .mo file's bytes, either byte order; nothing of `bytes` is kept. Errors: bad_catalog.
  static Result<Catalog> from_mo(std::span<std::byte const> bytes);
  /// Null where the key is absent or its translation is empty. The view lives as long as the catalog.
  [[nodiscard]] std::string const* find(std::string_view key) const;
  [[nodiscard]] std::vector<std::string_view> keys() const;

 private:
  std::map<std::string, std::string, std::less<>> m_texts;
};

class Translations {
 public:
  Translations(Catalog zh_CN, Catalog en);
  Translations(Translations const&) = delete;
  Translations& operator=(Translations const&) = delete;
  /// The catalogs inside the program.
  static Translations const& builtin();

  /// The text, or the key itself where there is none (counted in `missing`). The view lives as long as this object.
  [[nodiscard]] std::string_view get(Language language, std::string_view key) const;
  [[nodiscard]] bool has(Language language, std::string_view key) const;
  /// With named arguments: `format(lang, "ui.ahead", fmt::arg("count", 3))`. A text whose placeholders do not fit
  /// shows its key and is counted as missing.
  template <class... Args>
  [[nodiscard]] std::string format(Language language, std::string_view key, Args const&... args) const {
    return format_with(language, key, fmt::make_format_args(args...));
  }
  /// The same with arguments known only at run time: names and their values.
  [[nodiscard]] std::string format_named(Language language, std::string_view key,
                                         std::span<std::pair<std::string, std::string> const> arguments) const;
  /// Keys that were asked for and not found, as "en:resident.home.title". A test fails where this is not empty.
  [[nodiscard]] std::vector<std::string> missing() const;
  [[nodiscard]] Catalog const& catalog(Language language) const;

 private:
  [[nodiscard]] std::string format_with(Language language, std::string_view key, fmt::format_args args) const;
  std::string_view note_missing(Language language, std::string_view key) const;

  Catalog m_zh_CN;
  Catalog m_en;
  mutable std::mutex m_mutex;
  mutable std::set<std::string, std::less<>> m_missing;  // "en:key"; std::set, so that views into it stay valid
};

}  // namespace yizhan::ui
