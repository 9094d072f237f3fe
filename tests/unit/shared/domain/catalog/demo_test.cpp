// The demo hall that is delivered.
#include <set>

#include "tests/support/temp_dir.h"
#include "tests/unit/shared/domain/catalog/small_hall.h"

namespace yizhan::catalog {
namespace {

constexpr char const* k_demo = "assets/catalog/demo";

struct DemoHall : testing::Test {
  void SetUp() override {
    auto loaded = load_catalog(k_demo);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().detail();
    catalog = std::move(*loaded);
  }
  Catalog catalog;

  [[nodiscard]] std::vector<std::string> find(std::string_view query) const { return codes_of(catalog.search(query)); }
  [[nodiscard]] bool finds(std::string_view query, std::string const& code, std::size_t among = 5) const {
    auto const found = find(query);
    auto const place = std::find(found.begin(), found.end(), code);
    return static_cast<std::size_t>(place - found.begin()) < std::min(among, found.size());
  }
};

TEST_F(DemoHall, HasNothingWrongWithIt) {
  auto const findings = check_catalog_files(k_demo).value();
  for (auto const& finding : findings) ADD_FAILURE() << finding.pointer << ": " << finding.what;
}

TEST_F(DemoHall, IsRichEnoughToShowAHall) {
  EXPECT_GE(catalog.groups.size(), 6U);
  EXPECT_GE(catalog.items.size(), 34U);
  EXPECT_EQ(catalog.queues.size(), 5U);
  for (auto const& item : catalog.items) {
    EXPECT_FALSE(item.materials.empty()) << item.code;
    EXPECT_GE(item.keywords.size(), 3U) << item.code;
  }
}

TEST_F(DemoHall, IsFoundByWordsPinyinAndInitials) {
  for (auto const* query : {"补换社保卡", "社保卡 丢失", "buhuanshebaoka", "bu huan she bao ka", "BHSBK", "lost card",
                            "挂失　社保", "shbk", "shebaoka", "社保ka", "sbk", "ｓｂｋ", "bhshebaoka"}) {
    EXPECT_TRUE(finds(query, "social_card_replace")) << query;
  }
  EXPECT_EQ(find("bhsbk").front(), "social_card_replace");
}

TEST_F(DemoHall, IsFoundByEverydayPhrases) {
  EXPECT_EQ(find("社保卡丢了").front(), "social_card_replace");
  EXPECT_EQ(find("shebaokadiule").front(), "social_card_replace");
  EXPECT_EQ(find("我的社保卡丢了怎么办").front(), "social_card_replace");
  EXPECT_EQ(find("社会保障卡遗失").front(), "social_card_replace");
  EXPECT_TRUE(finds("孩子上学", "aid_student"));
  EXPECT_TRUE(finds("haizishangxue", "aid_student"));
  EXPECT_TRUE(finds("小孩读书困难", "aid_student"));
  EXPECT_TRUE(finds("怎么办理居住证", "residence_permit"));
  EXPECT_TRUE(finds("看病花了钱怎么报账", "medical_refund"));
}

TEST_F(DemoHall, IsFoundInSpiteOfASlip) {
  EXPECT_TRUE(finds("shebaola", "social_card_new")) << "one letter wrong";
  EXPECT_TRUE(finds("shebaka", "social_card_new")) << "one missing";
  EXPECT_TRUE(finds("shebbaoka", "social_card_new")) << "one too many";
  EXPECT_TRUE(finds("juzhuhzeng", "residence_permit")) << "two exchanged";
  EXPECT_TRUE(finds("社宝卡", "social_card_new")) << "of the same sound";
  EXPECT_TRUE(finds("居住正", "residence_permit"));
  EXPECT_TRUE(finds("残急人证", "disability_certificate")) << "one hanzi wrong";
  EXPECT_TRUE(finds("sebaoka", "social_card_new")) << "s for sh";
  EXPECT_TRUE(finds("canjirenzhen", "disability_certificate")) << "n for ng";
  EXPECT_TRUE(finds("laolianzheng", "senior_card")) << "l for n";
  EXPECT_TRUE(finds("vetreans", "veteran_card", 8)) << "English";
  EXPECT_TRUE(finds("alowance", "allowance_basic", 8));
}

TEST_F(DemoHall, BestFitsComeFirst) {
  EXPECT_EQ(find("医疗救助").front(), "aid_medical");
  EXPECT_EQ(find("居住证").front(), "residence_permit_renew") << "its name begins with the word";
}

TEST_F(DemoHall, EachKeyPressOnTheWayFinds) {
  for (std::string const word : {"shebaoka", "bhsbk", "juzhuzheng", "disability"}) {
    for (std::size_t length = 1; length <= word.size(); ++length) {
      EXPECT_FALSE(find(word.substr(0, length)).empty()) << word.substr(0, length);
    }
  }
}

TEST_F(DemoHall, ShowsItemsForNothingAndNothingForNonsense) {
  EXPECT_EQ(catalog.search("", 1'000).size(), catalog.items.size());
  EXPECT_EQ(catalog.search("  ", 3).size(), 3U);
  for (auto const* nonsense : {"zzzz", "社保卡 zzzz", "齉齾龘", "qxqxqx"})
    EXPECT_TRUE(find(nonsense).empty()) << nonsense;
}

}  // namespace
}  // namespace yizhan::catalog
