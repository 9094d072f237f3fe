// What lies on the disk tells nobody anything.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

constexpr std::string_view k_name = "欧阳张三";
constexpr std::string_view k_number = "420106199003070016";

/// Every file of the folder that holds `text`, as UTF-8 or UTF-16LE.
std::vector<std::string> files_with(std::filesystem::path const& folder, std::string_view text) {
  std::vector<std::string> found;
  auto const wide = text::to_utf16le(text);
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    auto const bytes = test::read_file(entry.path());
    if (bytes.find(text) != std::string::npos || bytes.find(text::chars_of(wide)) != std::string::npos) {
      found.push_back(entry.path().filename());
    }
  }
  return found;
}

TEST(Secrecy, NoNameAndNoNumberIsInAnyFile) {
  test::Machine machine;
  ASSERT_TRUE(machine.open());
  ASSERT_TRUE(machine.store().commit([&]() -> Result<void> {
    auto insert =
        TRY(machine.store().database().prepare("INSERT INTO visits (ticket, personal, created_at) VALUES (?, ?, 0)"));
    // Deliberately not sealed: the file's own encryption is what is tested.
    for (int i = 0; i < 200; ++i) {
      auto const personal = std::string(k_name) + std::string(k_number);
      TRY(insert.bind_all(std::string_view(std::to_string(i)), text::bytes_of(personal)).run());
    }
    return {};
  }));
  ASSERT_TRUE(machine.store().backup(machine.folder() / "backup.db"));
  ASSERT_GT(std::filesystem::file_size(machine.folder() / "yizhan.db-wal"), 4096u) << "the log must be looked at too";
  for (int closed = 0; closed < 2; ++closed) {
    for (auto const text : {k_name, k_number, std::string_view("CREATE TABLE"), std::string_view("visits")}) {
      EXPECT_EQ(files_with(machine.folder(), text), std::vector<std::string>()) << text << closed;
    }
    machine.close();
  }
}

TEST(Secrecy, ThisTestWouldFindThem) {
  test::TempDir const folder{"plain"};
  test::write_file(folder / "utf8", std::string("..") + std::string(k_name));
  test::write_file(folder / "utf16", std::string(text::chars_of(text::to_utf16le(k_name))));
  EXPECT_EQ(files_with(folder.path(), k_name).size(), 2u);
}

/// How often `masked` (each byte XOR 0x5a, so that the needle itself is not in memory) is in this process' heap and stacks.
std::size_t count_in_memory(std::string const& masked) {
  std::ifstream maps("/proc/self/maps");
  std::ifstream memory("/proc/self/mem", std::ios::binary);
  std::size_t count = 0;
  for (std::string line; std::getline(maps, line);) {
    if (line.find(" rw") == std::string::npos) continue;
    std::uintptr_t from = 0;
    std::uintptr_t to = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx", &from, &to) != 2 || to - from > 512u << 20) continue;
    std::string bytes(to - from, '\0');
    memory.clear();
    memory.seekg(static_cast<std::streamoff>(from));
    memory.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(memory.gcount()));
    for (auto& byte : bytes) byte = static_cast<char>(byte ^ 0x5a);
    for (auto at = bytes.find(masked); at != std::string::npos; at = bytes.find(masked, at + 1)) ++count;
    scrub(bytes);
  }
  return count;
}

TEST(Secrecy, AReopenedDatabaseRemembersNobody) {
  std::string masked = "YizhanNeedle-71f3";
  for (auto& byte : masked) byte = static_cast<char>(byte ^ 0x5a);
  std::fill(masked.begin() + 6, masked.begin() + 12, 'q');
  auto const with_needle = [&](auto const& use) {
    auto needle = masked;
    for (auto& byte : needle) byte = static_cast<char>(byte ^ 0x5a);
    use(std::string_view(needle));
    scrub(needle);
  };
  test::Machine machine;
  ASSERT_TRUE(machine.open());
  auto& database = machine.store().database();
  ASSERT_TRUE(machine.store().commit([&]() -> Result<void> {
    auto insert = TRY(database.prepare("INSERT INTO visits (ticket, personal, created_at) VALUES (?, ?, 0)"));
    Result<void> done;
    for (int i = 0; i < 50; ++i) {
      with_needle([&](std::string_view needle) {
        done = insert.bind_all(std::string_view(std::to_string(i)), text::bytes_of(needle)).run();
      });
      TRY(Result<void>(done));
    }
    return {};
  }));
  EXPECT_GT(count_in_memory(masked), 0u) << "the cache should hold it, or this test proves nothing";
  ASSERT_TRUE(database.reopen());
  EXPECT_EQ(count_in_memory(masked), 0u);
}

}  // namespace
}  // namespace yizhan::store
