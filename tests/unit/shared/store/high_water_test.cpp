#include <gtest/gtest.h>
#include <sys/stat.h>

#include "shared/store/high_water_file.h"
#include "tests/support/temp_dir.h"

namespace yizhan::store {
namespace {

calendar::BusinessDay day(unsigned of_march) {
  return {std::chrono::year(2026) / std::chrono::March / std::chrono::day(of_march)};
}

class HighWaterMarks : public testing::Test {
 protected:
  test::TempDir m_dir{"hw"};
  std::filesystem::path m_file = m_dir / "high-water";

  void spoil(std::size_t slot) {
    auto bytes = test::read_file(m_file);
    bytes[slot * 4096 + 40] ^= 1;
    test::write_file(m_file, bytes);
  }
};

TEST_F(HighWaterMarks, AnAbsentFileIsNotAnError) {
  auto opened = HighWaterFile::open(m_file);
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, nullptr);
}

TEST_F(HighWaterMarks, ComeBackAfterAStart) {
  {
    auto mark = HighWaterFile::create(m_file).value();
    ASSERT_TRUE(mark->raise_number(day(2), 'A', "", 12));
    ASSERT_TRUE(mark->raise_number(day(2), 'A', "K", 3));
    ASSERT_TRUE(mark->raise_sequence("2", 77));
  }
  auto const mark = HighWaterFile::open(m_file).value();
  EXPECT_EQ(mark->highest(day(2), 'A', ""), 12);
  EXPECT_EQ(mark->highest(day(2), 'A', "K"), 3);
  EXPECT_EQ(mark->highest(day(2), 'B', ""), 0);
  EXPECT_EQ(mark->mark().epoch, "2");
  EXPECT_EQ(mark->mark().last_sequence, 77u);
  struct stat found {};
  ASSERT_EQ(::stat(m_file.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(HighWaterMarks, NeverGoDown) {
  auto mark = HighWaterFile::create(m_file).value();
  ASSERT_TRUE(mark->raise_number(day(3), 'A', "", 9));
  ASSERT_TRUE(mark->raise_number(day(3), 'A', "", 4));
  ASSERT_TRUE(mark->raise_number(day(2), 'A', "", 99));
  ASSERT_TRUE(mark->raise_sequence("10", 5));
  ASSERT_TRUE(mark->raise_sequence("10", 4));
  ASSERT_TRUE(mark->raise_sequence("9", 500));
  auto const again = HighWaterFile::open(m_file).value();
  EXPECT_EQ(again->highest(day(3), 'A', ""), 9);
  EXPECT_EQ(again->mark().epoch, "10") << "epochs compare as numbers";
  EXPECT_EQ(again->mark().last_sequence, 5u);
}

TEST_F(HighWaterMarks, ANewEpochBeginsLowAndANewDayAfresh) {
  auto mark = HighWaterFile::create(m_file).value();
  ASSERT_TRUE(mark->raise_sequence("1", 500));
  ASSERT_TRUE(mark->raise_sequence("2", 1));
  EXPECT_EQ(mark->mark().last_sequence, 1u);
  ASSERT_TRUE(mark->raise_number(day(2), 'A', "", 12));
  ASSERT_TRUE(mark->raise_number(day(3), 'B', "", 1));
  EXPECT_EQ(mark->highest(day(3), 'A', ""), 0);
  EXPECT_EQ(mark->highest(day(2), 'A', ""), 0);
}

TEST_F(HighWaterMarks, OneSpoiltSlotLosesAtMostTheLastRaise) {
  for (std::size_t slot : {0u, 1u}) {
    {
      auto mark = HighWaterFile::create(m_file).value();
      ASSERT_TRUE(mark->raise_sequence("1", 6));
      ASSERT_TRUE(mark->raise_sequence("1", 7));
    }
    spoil(slot);
    auto const mark = HighWaterFile::open(m_file).value();
    EXPECT_GE(mark->mark().last_sequence, 6u) << slot;
    std::filesystem::remove(m_file);
  }
}

TEST_F(HighWaterMarks, TheSlotAfterASpoiltOneIsWrittenAgain) {
  {
    auto mark = HighWaterFile::create(m_file).value();
    ASSERT_TRUE(mark->raise_sequence("1", 6));
  }
  spoil(1);
  ASSERT_TRUE(HighWaterFile::open(m_file).value()->raise_sequence("1", 9));
  spoil(0);
  auto const mark = HighWaterFile::open(m_file);
  ASSERT_TRUE(mark || mark.error().is("high_water_corrupt"));
  EXPECT_TRUE(!mark || (*mark)->mark().last_sequence == 9u);
}

TEST_F(HighWaterMarks, TwoSpoiltSlotsAreAnError) {
  (void)HighWaterFile::create(m_file).value();
  spoil(0);
  spoil(1);
  EXPECT_TRUE(HighWaterFile::open(m_file).error().is("high_water_corrupt"));
  test::write_file(m_file, "");
  EXPECT_TRUE(HighWaterFile::open(m_file).error().is("high_water_corrupt"));
}

TEST_F(HighWaterMarks, HeldRaisesAreWrittenAtReleaseAndForgottenByDrop) {
  auto mark = HighWaterFile::create(m_file).value();
  auto const stored = [&] { return HighWaterFile::open(m_file).value()->mark().last_sequence; };
  mark->hold();
  ASSERT_TRUE(mark->raise_sequence("0", 5));
  EXPECT_EQ(stored(), 0u);
  ASSERT_TRUE(mark->release());
  EXPECT_EQ(stored(), 5u);
  mark->hold();
  ASSERT_TRUE(mark->raise_number(day(2), 'A', "", 8));
  EXPECT_EQ(mark->highest(day(2), 'A', ""), 8) << "the transaction sees its own number";
  mark->drop();
  EXPECT_EQ(mark->highest(day(2), 'A', ""), 0);
}

TEST(NumberFamilies, AreTextAndBack) {
  std::map<std::string, int> const families = {{"A", 12}, {"AK", 3}};
  EXPECT_EQ(families_text(families), "A:12,AK:3");
  EXPECT_EQ(parse_families("A:12,AK:3"), families);
  EXPECT_TRUE(parse_families("").empty());
}

}  // namespace
}  // namespace yizhan::store
