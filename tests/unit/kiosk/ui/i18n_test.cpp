#include "kiosk/ui/i18n.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>

#include "shared/base/text.h"

using namespace yizhan;
using namespace yizhan::ui;

namespace {

/// A .mo file as the gettext manual describes it.
std::string mo_file(std::map<std::string, std::string> const& texts, bool swapped = false) {
  std::string out;
  auto const put = [&](std::uint32_t value) {
    if (swapped) value = __builtin_bswap32(value);
    out.append(reinterpret_cast<char const*>(&value), 4);
  };
  auto const count = static_cast<std::uint32_t>(texts.size());
  std::uint32_t at = 28 + 16 * count;
  std::string pool;
  std::string keys;
  put(0x950412DE);
  put(0);
  put(count);
  put(28);
  put(28 + 8 * count);
  put(0);
  put(0);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> entries;
  for (bool const translation : {false, true})
    for (auto const& [key, text] : texts) {
      std::string const& one = translation ? text : key;
      entries.emplace_back(one.size(), at + pool.size());
      pool += one;
      pool += '\0';
    }
  for (auto const& [length, offset] : entries) {
    put(length);
    put(offset);
  }
  return out + pool;
}

Catalog catalog_of(std::map<std::string, std::string> const& texts) {
  return Catalog::from_mo(text::bytes_of(mo_file(texts))).value();
}

TEST(Catalog, ReadsEitherByteOrder) {
  std::map<std::string, std::string> const texts{{"", "header"}, {"a.b", "文字"}, {"c", "d"}};
  for (bool const swapped : {false, true}) {
    auto const catalog = Catalog::from_mo(text::bytes_of(mo_file(texts, swapped)));
    ASSERT_TRUE(catalog);
    ASSERT_NE(catalog->find("a.b"), nullptr);
    EXPECT_EQ(*catalog->find("a.b"), "文字");
    EXPECT_EQ(catalog->keys().size(), 2);
  }
}

TEST(Catalog, RefusesEveryCutFile) {
  std::string const whole = mo_file({{"key.one", "一"}, {"key.two", "二"}});
  for (std::size_t size = 0; size + 1 < whole.size(); ++size)
    EXPECT_FALSE(Catalog::from_mo(text::bytes_of(std::string_view(whole).substr(0, size)))) << size;
}

TEST(Translations, AMissingKeyShowsItselfAndIsCounted) {
  Translations const translations(catalog_of({{"a", "甲"}}), catalog_of({}));
  EXPECT_EQ(translations.get(Language::zh_CN, "a"), "甲");
  EXPECT_TRUE(translations.missing().empty());
  EXPECT_EQ(translations.get(Language::en, "a"), "a");
  EXPECT_EQ(translations.missing(), std::vector<std::string>{"en:a"});
}

TEST(Translations, NamedPlaceholdersAreFilledAndMisfitsAreCounted) {
  Translations const translations(catalog_of({{"ahead", "前面还有 {count} 人"}}),
                                  catalog_of({{"ahead", "{people} before you"}}));
  EXPECT_EQ(translations.format(Language::zh_CN, "ahead", fmt::arg("count", 3)), "前面还有 3 人");
  EXPECT_EQ(translations.format(Language::en, "ahead", fmt::arg("count", 3)), "ahead");
  EXPECT_EQ(translations.missing(), std::vector<std::string>{"en:ahead"});
}

TEST(Translations, TheProgramsOwnCatalogsHaveTheSameKeys) {
  Translations const& builtin = Translations::builtin();
  EXPECT_GT(builtin.catalog(Language::zh_CN).keys().size(), 15);
  EXPECT_EQ(builtin.catalog(Language::zh_CN).keys(), builtin.catalog(Language::en).keys());
  EXPECT_EQ(builtin.get(Language::zh_CN, "ui.help"), "叫帮办");
}

TEST(Languages, AreNamedByTheirCodes) {
  for (Language const language : k_languages) EXPECT_EQ(language_from_code(language_code(language)).value(), language);
  EXPECT_TRUE(language_from_code("fr").error().is("unknown_language"));
}

}  // namespace
