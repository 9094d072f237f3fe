#include <filesystem>

#include "tests/functional/ctl/ctl.h"

namespace yizhan::test {
namespace {

using nlohmann::json;

std::string demo_catalog() { return read_file(source_folder() / "assets/catalog/demo/catalog.json"); }

/// The demo's with two mistakes.
std::string broken_catalog() {
  auto catalog = json::parse(demo_catalog());
  catalog["items"][0].erase("name");
  catalog["items"][1]["queue"] = "Z";
  return catalog.dump();
}

TEST(CatalogCheck, PassesWhatIsDelivered) {
  auto const folder = (source_folder() / "assets/catalog").string();
  auto const outcome = ctl({"catalog", "check", folder});
  EXPECT_EQ(outcome.exit, k_answered) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.out, folder + "/demo/catalog.json: ok\n");
}

TEST(CatalogCheck, NamesEveryFindingWithItsPointer) {
  TempDir const folder("catalog");
  auto const file = (folder / "broken.json").string();
  write_file(file, broken_catalog());
  auto const text = ctl({"catalog", "check", file});
  EXPECT_EQ(text.exit, k_bad_data) << text.err;
  EXPECT_EQ(text.out, file + ": /items/0/name: missing\n" + file + ": /items/1/queue: no such queue\n");

  auto const object = ctl({"--json", "catalog", "check", file});
  EXPECT_EQ(object.exit, k_bad_data) << object.err;
  json findings = json::array();
  findings.push_back({{"pointer", "/items/0/name"}, {"what", "missing"}});
  findings.push_back({{"pointer", "/items/1/queue"}, {"what", "no such queue"}});
  EXPECT_EQ(answer_of(object), (json{{"file", file}, {"findings", findings}}));
}

TEST(CatalogCheck, FindsEveryCatalogueBelowAFolder) {
  TempDir const folder("catalog");
  for (auto const* hall : {"a", "b"}) std::filesystem::create_directory(folder / hall);
  write_file(folder / "a/catalog.json", broken_catalog());
  write_file(folder / "b/catalog.json", demo_catalog());
  auto const outcome = ctl({"--json", "catalog", "check", folder.path().string()});
  EXPECT_EQ(outcome.exit, k_bad_data) << outcome.err;
  auto const lines = lines_of(outcome);
  ASSERT_EQ(lines.size(), 2u) << outcome.out;
  EXPECT_EQ(lines[0]["findings"].size(), 2u);
  EXPECT_EQ(lines[1], (json{{"file", (folder / "b/catalog.json").string()}, {"findings", json::array()}}));
}

TEST(CatalogCheck, WithoutAnyCatalogueIsBadData) {
  TempDir const folder("catalog");
  expect_refusal(ctl({"catalog", "check", folder.path().string()}), k_bad_data, "file_unreadable");
  expect_refusal(ctl({"catalog", "check", (folder / "none.json").string()}), k_bad_data, "file_unreadable");
}

TEST(MissingFiles, OfTheConfigurationAreBadData) {
  TempDir const folder("ctl");
  auto const ask = [&](std::string const& config) {
    return ctl({"--profile", "demo", "--config", config, "--data", (folder / "data").string(), "hall", "view"});
  };
  expect_refusal(ask((folder / "none.toml").string()), k_bad_data, "config_file");
  // A machine is there; what it offers is not.
  std::filesystem::create_directories(folder / "data");
  std::filesystem::permissions(folder / "data", std::filesystem::perms::owner_all);
  write_file(folder / "data/yizhan.db", "");
  write_file(folder / "terminal.toml", "[hall]\ncatalog = \"" + (folder / "none.json").string() + "\"\n");
  expect_refusal(ask((folder / "terminal.toml").string()), k_bad_data, "catalog_file");
}

}  // namespace
}  // namespace yizhan::test
