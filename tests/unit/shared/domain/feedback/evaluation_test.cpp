#include "shared/domain/feedback/evaluation.h"

#include <gtest/gtest.h>

#include <set>

#include "shared/base/file.h"

namespace yizhan::feedback {
namespace {

Evaluation rating(Grade grade, std::vector<std::string> options = {}) {
  Evaluation evaluation;
  evaluation.grade = grade;
  evaluation.options = std::move(options);
  return evaluation;
}

TEST(Grades, TheTwoWorstAreBad) {
  EXPECT_EQ(grade_of(5), Grade::very_satisfied);
  EXPECT_EQ(grade_of(1), Grade::very_dissatisfied);
  EXPECT_EQ(grade_of(0), std::nullopt);
  EXPECT_EQ(grade_of(6), std::nullopt);
  for (auto const grade : k_grades) EXPECT_EQ(bad(grade), static_cast<int>(grade) <= 2);
}

TEST(Options, EightForEachGradeBeginWithIt) {
  std::set<std::string_view> all;
  for (auto const grade : k_grades) {
    ASSERT_EQ(options(grade).size(), 8u);
    for (auto const code : options(grade)) {
      EXPECT_EQ(code.substr(0, 1), std::to_string(static_cast<int>(grade)));
      EXPECT_TRUE(is_option(code));
      all.insert(code);
    }
  }
  EXPECT_EQ(all.size(), 40u);
  for (auto const* code : {"", "100", "405", "518", "51", "5100"}) EXPECT_FALSE(is_option(code)) << code;
}

TEST(Options, AndGradesHaveATextInBothLanguages) {
  for (auto const* language : {"zh_CN", "en"}) {
    auto const file = read_whole_file("assets/i18n/" + std::string(language) + ".po", 4 << 20);
    ASSERT_TRUE(file && true);
    auto const has = [&](std::string const& key) { return file->find("msgid \"" + key + "\"") != file->npos; };
    for (auto const grade : k_grades) {
      EXPECT_TRUE(has("evaluation.grade." + std::to_string(static_cast<int>(grade))));
      for (auto const code : options(grade)) EXPECT_TRUE(has("evaluation.option." + std::string(code))) << code;
    }
  }
}

TEST(Check, TakesAGradeAloneOrWithItsOwnReasons) {
  EXPECT_TRUE(check(rating(Grade::satisfied)) && true);
  EXPECT_TRUE(check(rating(Grade::dissatisfied, {"207", "214"})) && true);
  EXPECT_TRUE(check(rating(Grade::dissatisfied, {"207", "214"}), 2) && true);
}

TEST(Check, RefusesReasonsOfAnotherGradeTwiceOrTooMany) {
  for (auto const& [evaluation, most] :
       {std::pair{rating(Grade::dissatisfied, {"510"}), 0U}, std::pair{rating(Grade::dissatisfied, {"299"}), 0U},
        std::pair{rating(Grade::dissatisfied, {"207", "208", "207"}), 0U},
        std::pair{rating(Grade::dissatisfied, {"207", "208"}), 1U}, std::pair{rating(static_cast<Grade>(6)), 0U}}) {
    auto const checked = check(evaluation, most);
    ASSERT_FALSE(checked && true);
    EXPECT_TRUE(checked.error().is("rating_invalid"));
  }
}

TEST(Figures, RatesAreOfThoseThatCount) {
  Figures figures;
  for (auto const grade :
       {Grade::very_satisfied, Grade::very_satisfied, Grade::satisfied, Grade::basically_satisfied}) {
    figures.add(rating(grade), nullptr);
  }
  auto const bad_one = rating(Grade::dissatisfied);
  auto follow_up = open_follow_up({}, bad_one, {});
  figures.add(bad_one, &follow_up);
  ASSERT_TRUE(step(follow_up, FollowUpAct::contact, {}) && true);
  figures.add(bad_one, &follow_up);
  ASSERT_TRUE(step(follow_up, FollowUpAct::explain, {}) && true);
  ASSERT_TRUE(step(follow_up, FollowUpAct::close, {}) && true);
  figures.add(bad_one, &follow_up);

  EXPECT_EQ(figures.count(Grade::very_satisfied), 2);
  EXPECT_EQ(figures.total(), 7);
  EXPECT_EQ(figures.bad(), 3);
  EXPECT_EQ(figures.contacted, 2);
  EXPECT_EQ(figures.closed, 1);
  EXPECT_EQ(figures.satisfaction(), 571);    // 4 of 7
  EXPECT_EQ(figures.bad_rate(), 429);        // 3 of 7
  EXPECT_EQ(figures.follow_up_rate(), 667);  // 2 of 3
}

TEST(Figures, ExcludedRatingsCountNowhere) {
  auto const mistaken = rating(Grade::very_dissatisfied);
  auto follow_up = open_follow_up({}, mistaken, {});
  for (auto const act :
       {FollowUpAct::contact, FollowUpAct::appeal_mistaken, FollowUpAct::exclude, FollowUpAct::close}) {
    ASSERT_TRUE(step(follow_up, act, {}) && true);
  }
  Figures figures;
  figures.add(mistaken, &follow_up);
  EXPECT_EQ(figures.excluded, 1);
  EXPECT_EQ(figures.total(), 0);
  EXPECT_EQ(figures.satisfaction(), std::nullopt);
  EXPECT_EQ(figures.bad_rate(), std::nullopt);
  EXPECT_EQ(figures.follow_up_rate(), std::nullopt);
}

}  // namespace
}  // namespace yizhan::feedback
