#include "shared/store/blobs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "shared/crypto/hash.h"
#include "tests/support/store/fault_disk.h"
#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

constexpr std::size_t k_mebibyte = 1024 * 1024;

std::vector<std::byte> noise(std::size_t size, std::uint64_t seed = 1) {
  std::vector<std::byte> bytes(size);
  ManualEnv env(WallTime{}, seed);
  env.secure_rng.fill(bytes);
  return bytes;
}

class BlobTable : public testing::Test {
 protected:
  test::Machine m_machine;
  void SetUp() override { ASSERT_TRUE(m_machine.open()); }
  Blobs& blobs() { return m_machine.store().blobs(); }
  std::string count(std::string const& table) { return m_machine.one("SELECT count(*) FROM " + table); }
};

TEST_F(BlobTable, ContentComesBackWholeAfterARestart) {
  for (std::size_t const size : {0, 1, 262144, 262145, 700000}) {
    auto const bytes = noise(size, size + 1);
    auto const name = blobs().put("draft", bytes);
    ASSERT_TRUE(name) << name.error().to_line();
    EXPECT_EQ(*name, crypto::sha256_hex(bytes));
    ASSERT_TRUE(m_machine.open());
    EXPECT_EQ(blobs().get(*name).value(), bytes) << size;
  }
}

TEST_F(BlobTable, AnyStretchCanBeReadAlone) {
  auto const bytes = noise(700000);
  auto const name = blobs().put("draft", bytes).value();
  for (auto const& [offset, size] : std::vector<std::pair<std::size_t, std::size_t>>{{0, 10},
                                                                                     {262140, 10},
                                                                                     {262144, 262144},
                                                                                     {0, 700000},
                                                                                     {699999, 5},
                                                                                     {300000, 399999},
                                                                                     {700000, 1},
                                                                                     {9000000, 4},
                                                                                     {5, 0}}) {
    auto const from = std::min(offset, bytes.size());
    auto const to = std::min(from + size, bytes.size());
    std::vector<std::byte> const wanted(bytes.begin() + static_cast<std::ptrdiff_t>(from),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(to));
    EXPECT_EQ(blobs().read(name, offset, size).value(), wanted) << offset << '+' << size;
  }
}

TEST_F(BlobTable, TheSameContentIsStoredOnceAndGoesWithItsLastOwner) {
  auto const bytes = noise(300000);
  auto const name = blobs().put("one", bytes).value();
  EXPECT_EQ(blobs().put("two", bytes).value(), name);
  ASSERT_TRUE(blobs().share("three", name));
  EXPECT_EQ(count("blobs"), "1");
  ASSERT_TRUE(blobs().release("one", name));
  ASSERT_TRUE(blobs().release_all("two"));
  EXPECT_FALSE(blobs().owns("one", name).value());
  EXPECT_TRUE(blobs().owns("three", name).value());
  EXPECT_EQ(blobs().get(name).value(), bytes);
  ASSERT_TRUE(blobs().release("three", name));
  EXPECT_TRUE(blobs().get(name).error().is("blob_unknown"));
  EXPECT_EQ(count("blob_chunks"), "0");
}

TEST_F(BlobTable, OwnershipMovesAndARolledBackReleaseLosesNothing) {
  auto const name = blobs().put("prepared", noise(1000)).value();
  auto const failed = m_machine.store().commit([&]() -> Result<void> {
    TRY(blobs().release_all("prepared"));
    return Error::make("changed_my_mind");
  });
  EXPECT_TRUE(failed.error().is("changed_my_mind"));
  ASSERT_TRUE(m_machine.store().commit([&] { return blobs().hand_over("prepared", "case"); }));
  ASSERT_TRUE(blobs().sweep());
  EXPECT_TRUE(blobs().owns("case", name).value());
  EXPECT_FALSE(blobs().owns("prepared", name).value());
  EXPECT_EQ(blobs().get(name)->size(), 1000u);
}

TEST_F(BlobTable, WhatIsAlteredIsFound) {
  auto const name = blobs().put("draft", noise(1000)).value();
  ASSERT_TRUE(m_machine.store().database().execute("UPDATE blob_chunks SET bytes = x'00'"));
  EXPECT_TRUE(blobs().get(name).error().is("blob_broken"));
  EXPECT_TRUE(blobs().read(name, 500, 10).error().is("blob_broken"));
}

TEST_F(BlobTable, UnknownAndTooLargeContentIsRefused) {
  EXPECT_TRUE(blobs().get(std::string(64, 'a')).error().is("blob_unknown"));
  EXPECT_TRUE(blobs().share("draft", std::string(64, 'a')).error().is("blob_unknown"));
  EXPECT_TRUE(blobs().put("draft", std::vector<std::byte>(32 * k_mebibyte + 1)).error().is("blob_too_large"));
}

TEST_F(BlobTable, TheLogStaysShortWhile200MebibytesComeAndGo) {
  auto const log = m_machine.folder() / "yizhan.db-wal";
  std::uintmax_t longest = 0;
  auto const measure = [&] { longest = std::max(longest, std::filesystem::file_size(log)); };
  for (int page = 0; page < 50; ++page) {
    ASSERT_TRUE(blobs().put("draft", noise(4 * k_mebibyte, static_cast<std::uint64_t>(page) + 1)));
    measure();
  }
  ASSERT_TRUE(blobs().put("large", noise(32 * k_mebibyte, 99)));
  measure();
  ASSERT_TRUE(blobs().release_all("draft"));
  measure();
  ASSERT_TRUE(blobs().release_all("large"));
  measure();
  EXPECT_EQ(count("blobs"), "0");
  EXPECT_LE(longest, 64 * k_mebibyte);
  RecordProperty("longest_log_bytes", std::to_string(longest));
}

TEST_F(BlobTable, AFullDiskRefusesAPageAndKeepsTheOthers) {
  test::FaultDisk disk;
  ASSERT_TRUE(m_machine.open({.vfs = disk.name()}));
  auto const first = blobs().put("draft", noise(100000)).value();
  disk.decide = [](test::DiskOperation operation, std::string const&) {
    return operation == test::DiskOperation::write ? test::DiskFault::full : test::DiskFault::none;
  };
  auto const refused = blobs().put("draft", noise(500000, 2));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is("disk_full")) << refused.error().to_line();
  disk.decide = {};
  EXPECT_EQ(count("blobs"), "1");
  EXPECT_EQ(blobs().get(first)->size(), 100000u);
  EXPECT_TRUE(blobs().put("draft", noise(500000, 2)));
  m_machine.close();
}

}  // namespace
}  // namespace yizhan::store
