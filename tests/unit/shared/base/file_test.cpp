#include "shared/base/file.h"

#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

TEST(ReadWholeFile, GivesEveryByteUpToTheLimit) {
  test::TempDir const folder("file");
  std::string const bytes = std::string(40'000, 'x') + std::string("\0\r\n", 3);
  test::write_file(folder / "data", bytes);
  EXPECT_EQ(read_whole_file(folder / "data", bytes.size()).value(), bytes);
  EXPECT_TRUE(read_whole_file(folder / "data", bytes.size() - 1).error().is("file_too_large"));
}

TEST(ReadWholeFile, MissingFilesAndFoldersAreErrors) {
  EXPECT_TRUE(read_whole_file("/nonexistent", 10).error().is("file_unreadable"));
  EXPECT_TRUE(read_whole_file("/tmp", 10).error().is("file_unreadable"));
}

}  // namespace
}  // namespace yizhan
