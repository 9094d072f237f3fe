#include "shared/base/log.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

TEST(Log, TheSinkMasksBeforeAByteReachesTheFile) {
  test::TempDir const folder("log");
  auto const file = folder / "yizhan.log";
  ASSERT_TRUE(log::open_file(file));
  log::info("scanned {} for {}\nsecond line", "420106199003070016", "13800000000");
  std::thread([] {
    log::set_thread_name("id_reader");
    log::warning("from a thread");
  }).join();
  log::debug("not at this level");

  auto const text = test::read_file(file);
  EXPECT_EQ(text.find("420106199003070016"), std::string::npos);
  EXPECT_EQ(text.find("13800000000"), std::string::npos);
  EXPECT_NE(text.find("scanned ****************** for *********** second line"), std::string::npos) << text;
  EXPECT_NE(text.find("[id_reader] from a thread"), std::string::npos) << text;
  EXPECT_EQ(text.find("not at this level"), std::string::npos);

  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(Log, AFileThatCannotBeOpenedIsAnError) {
  auto const opened = log::open_file("/proc/nowhere/yizhan.log");
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().is("log_file"));
}

}  // namespace
}  // namespace yizhan
