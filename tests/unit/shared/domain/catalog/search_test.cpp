#include "shared/domain/catalog/search.h"

#include "shared/domain/catalog/search_match.h"
#include "tests/unit/shared/domain/catalog/small_hall.h"

namespace yizhan::catalog {
namespace {

std::u16string symbols(char const* text) { return search_symbols(text); }

Match match(char const* word, char const* text, std::size_t place = 0, bool slips = false) {
  return WordMatcher(symbols(word), slips).at(symbols(text), place);
}

TEST(SearchText, IsLowerCaseHalfWidthWithoutSigns) {
  EXPECT_EQ(search_symbols("  ＡＢ－ｃ、社保  卡！ "), u"ab c 社保 卡");
  EXPECT_EQ(search_symbols("residents' xi’an"), u"residents xian");
  EXPECT_EQ(search_symbols("😀"), u"");
  EXPECT_EQ(words_of(u"a 社保 c1"), (std::vector<std::u16string>{u"a", u"社保", u"c1"}));
}

TEST(SearchText, LettersAreSyllablesWhereAllOfThemAre) {
  EXPECT_EQ(units_of(u"shebaoka").size(), 3U);
  EXPECT_EQ(units_of(u"社baok").size(), 2U) << "the last has only begun";
  EXPECT_TRUE(units_of(u"lostcard").empty());
  EXPECT_TRUE(units_of(u"4050").empty());
  EXPECT_TRUE(units_of(u"x1").empty());
}

TEST(Matching, TakesHanziPinyinInitialsAndMixtures) {
  EXPECT_FLOAT_EQ(match("社保卡", "社保卡").quality, 1);
  EXPECT_FLOAT_EQ(match("shebaoka", "社保卡").quality, 1);
  for (auto const* word : {"shbk", "sbk", "shebk", "s保卡", "社baok", "shebaok"}) {
    EXPECT_GT(match(word, "社保卡").quality, 0.5F) << word;
    EXPECT_LT(match(word, "社保卡").quality, 1) << word;
  }
  EXPECT_EQ(match("sbk", "社保卡").end, 3U);
  EXPECT_EQ(match("社卡", "社保卡").quality, 0);
  EXPECT_EQ(match("shebaokai", "社保卡").quality, 0);
}

TEST(Matching, KnowsOtherReadingsAndTheLetterV) {
  EXPECT_FLOAT_EQ(match("yinhangka", "银行卡").quality, 1);
  EXPECT_FLOAT_EQ(match("xingzheng", "行政").quality, 1);
  EXPECT_FLOAT_EQ(match("zinv", "子女").quality, 1);
  EXPECT_FLOAT_EQ(match("zinu", "子女").quality, 1);
}

TEST(Matching, BeginsEnglishWordsAtTheirFront) {
  EXPECT_GT(match("card", "social card", 7).quality, 0.9F);
  EXPECT_EQ(match("ard", "social card", 8).quality, 0);
  EXPECT_EQ(match("card", "social card", 7).end, 11U);
}

TEST(Matching, HearsWhatIsEasilyConfused) {
  EXPECT_EQ(match("sebaoka", "社保卡").quality, 0);
  EXPECT_GT(match("sebaoka", "社保卡", 0, true).quality, 0.5F);
  EXPECT_GT(match("laolian", "老年", 0, true).quality, 0.5F);
  EXPECT_GT(match("zhengming", "证明", 0, true).quality, 0.9F);
  EXPECT_GT(match("zenmin", "证明", 0, true).quality, 0.5F);
  EXPECT_EQ(match("sbk", "社保卡", 0, true).quality, 0) << "initials only where nothing else is bent";
}

TEST(Matching, ForgivesOneLetterInFour) {
  auto const mistyped = [](char const* word, char const* text) {
    MistypedWord const one(symbols(word));
    return one.possible() && one.at(symbols(text), 0);
  };
  EXPECT_TRUE(mistyped("ahebaoka", "社保卡")) << "the first";
  EXPECT_TRUE(mistyped("shebaokq", "社保卡")) << "the last";
  EXPECT_TRUE(mistyped("hsebaoka", "社保卡"));
  EXPECT_TRUE(mistyped("hebaoka", "社保卡"));
  EXPECT_TRUE(mistyped("xshebaoka", "社保卡"));
  EXPECT_FALSE(mistyped("ahebaoke", "社保卡")) << "two";
  EXPECT_FALSE(mistyped("shx", "社保卡")) << "too short";
  EXPECT_TRUE(mistyped("vetreans", "veterans"));
}

TEST(Matching, ForgivesOneHanziInThree) {
  auto const quality = [](char const* word, char const* text) {
    MiswrittenWord const one(symbols(word));
    return one.possible() ? one.at(symbols(text), 0) : 0;
  };
  EXPECT_GT(quality("社报卡", "社保卡"), 0);
  EXPECT_GT(quality("社会卡", "社保卡"), 0);
  EXPECT_GT(quality("社报卡", "社保卡"), quality("社会卡", "社保卡")) << "the same sound is the nearer";
  EXPECT_EQ(quality("公会卡", "社保卡"), 0);
  EXPECT_EQ(quality("社会", "社保"), 0);
  EXPECT_GT(quality("射保", "社保"), 0);
}

struct SmallSearch : testing::Test {
  Catalog catalog = parse_catalog(small_hall().dump()).value();
  std::vector<std::string> find(char const* query) { return codes_of(catalog.search(query)); }
};

TEST_F(SmallSearch, FindsBundlesAndItems) {
  EXPECT_EQ(find("孩子上学"), std::vector<std::string>{"both"});
  EXPECT_EQ(find("小孩上学"), std::vector<std::string>{"both"}) << "a synonym";
  EXPECT_EQ(find("xiaohaishangxue"), std::vector<std::string>{"both"});
  EXPECT_EQ(find("guashi"), (std::vector<std::string>{"both", "card"})) << "what was lost, as a synonym of 挂失";
  EXPECT_EQ(find("gua shi"), find("guashi")) << "syllables are one word";
}

TEST_F(SmallSearch, SaysNoMoreThanWasAskedFor) { EXPECT_EQ(catalog.search("r", 1).size(), 1U); }

TEST_F(SmallSearch, TakesAnyInput) {
  for (auto const* odd : {"\xff\xfe", "\x01", "''''", "ａ", "v", "lv", "1", "社1b卡", "a b c d e f g h i j k l m n"})
    find(odd);
  find(std::string(5'000, 'a').c_str());
  find(std::string(3'000, 's').c_str());
  std::string hanzi;
  for (int i = 0; i < 500; ++i) hanzi += "社";
  find(hanzi.c_str());
}

TEST_F(SmallSearch, ACatalogueMadeByHandIsSearchedToo) {
  catalog.index = nullptr;
  EXPECT_EQ(find("shebaoka"), std::vector<std::string>{"card"});
  auto const copy = catalog;
  EXPECT_EQ(copy.search("shebaoka").at(0).item, &copy.items[0]);
}

}  // namespace
}  // namespace yizhan::catalog
