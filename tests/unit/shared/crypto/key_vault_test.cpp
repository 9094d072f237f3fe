#include "shared/crypto/key_vault.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "shared/base/manual_env.h"
#include "shared/base/text.h"

namespace yizhan::crypto {
namespace {

namespace fs = std::filesystem;

struct VaultTest : testing::Test {
  VaultTest() {
    std::string name = testing::TempDir() + "vault-XXXXXX";
    folder = ::mkdtemp(name.data());
  }
  ~VaultTest() override { fs::remove_all(folder); }
  std::unique_ptr<KeyVault> open() { return std::move(open_development_vault(folder, Profile::demo)).value(); }
  SecretBytes bytes(std::string_view text) { return SecretBytes(text::bytes_of(text)); }
  fs::path folder;
  fs::path file() const { return folder / "vault.dev"; }
};

TEST_F(VaultTest, ProductionRefusesIt) {
  auto const vault = open_development_vault(folder, Profile::production);
  ASSERT_FALSE(vault);
  EXPECT_TRUE(vault.error().is("vault_not_allowed"));
}

TEST_F(VaultTest, KeysOutliveTheObjectThatPutThem) {
  ASSERT_TRUE(open()->put("device", bytes("pem\nwith lines")));
  ASSERT_TRUE(open()->put("hall", bytes("")));
  auto const vault = open();
  EXPECT_EQ(text::chars_of(vault->get("device").value().view()), "pem\nwith lines");
  EXPECT_TRUE(vault->get("hall").value().empty());
  EXPECT_TRUE(vault->get("holder").error().is("key_absent"));
}

TEST_F(VaultTest, GetOrMakeMakesOnce) {
  SeededSecureRng rng(1);
  auto const made = open()->get_or_make("database", 32, rng).value();
  EXPECT_EQ(made.size(), 32U);
  auto const again = open()->get_or_make("database", 32, rng).value();
  EXPECT_TRUE(std::ranges::equal(made.view(), again.view()));
}

TEST_F(VaultTest, FileIsForItsOwnerOnlyAndNoOtherRemains) {
  auto const old_mask = ::umask(0);
  ASSERT_TRUE(open()->put("a", bytes("1")));
  ::umask(old_mask);
  struct stat info {};
  ASSERT_EQ(::stat(file().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777U, 0600U);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST_F(VaultTest, AFileThatOthersMayReadIsRefused) {
  ASSERT_TRUE(open()->put("a", bytes("1")));
  ::chmod(file().c_str(), 0640);
  EXPECT_TRUE(open_development_vault(folder, Profile::demo).error().is("vault_permissions"));
}

TEST_F(VaultTest, ASymbolicLinkIsRefused) {
  ASSERT_TRUE(open()->put("a", bytes("1")));
  fs::rename(file(), folder / "elsewhere");
  fs::create_symlink(folder / "elsewhere", file());
  EXPECT_TRUE(open_development_vault(folder, Profile::demo).error().is("vault_permissions"));
}

TEST_F(VaultTest, ADamagedFileIsNeverTakenForAnEmptyOneNorWrittenOver) {
  ASSERT_TRUE(open()->put("a", bytes("1")));
  for (char const* content : {"", "yizhan development vault 2\n", "yizhan development vault 1\na 3",
                              "yizhan development vault 1\na 3g\n", "yizhan development vault 1\n3131\n"}) {
    std::ofstream(file(), std::ios::trunc) << content;
    auto const vault = open();
    SeededSecureRng rng(1);
    EXPECT_TRUE(vault->get("a").error().is("vault_unreadable")) << content;
    EXPECT_TRUE(vault->get_or_make("a", 32, rng).error().is("vault_unreadable")) << content;
    EXPECT_TRUE(vault->put("b", bytes("2")).error().is("vault_unreadable")) << content;
  }
}

TEST_F(VaultTest, ALeftOverFromAKilledWriteDoesNotStopTheNextOne) {
  ASSERT_TRUE(open()->put("a", bytes("1")));
  std::ofstream(folder / "vault.dev.next") << "half";
  ASSERT_TRUE(open()->put("b", bytes("2")));
  EXPECT_EQ(text::chars_of(open()->get("a").value().view()), "1");
}

TEST_F(VaultTest, AFolderThatIsGoneIsAnErrorNotACrash) {
  auto const vault = open_development_vault(folder / "absent", Profile::demo);
  ASSERT_TRUE(vault);
  EXPECT_TRUE((*vault)->put("a", bytes("1")).error().is("vault_unwritable"));
}

}  // namespace
}  // namespace yizhan::crypto
