#include <filesystem>

#include "shared/crypto/credential.h"
#include "tests/functional/ctl/ctl.h"

namespace yizhan::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

fs::path demo() { return source_folder() / "assets/catalog/demo"; }

/// A copy of the demo hall with two mistakes.
void make_broken(fs::path const& folder) {
  fs::copy(demo(), folder);
  auto const file = folder / "items-social.json";
  auto items = json::parse(read_file(file));
  items["items"][0].erase("name");
  items["items"][1]["queue"] = "Z";
  write_file(file, items.dump());
}

TEST(CatalogCheck, PassesWhatIsDelivered) {
  auto const folder = (source_folder() / "assets/catalog").string();
  auto const outcome = ctl({"catalog", "check", folder});
  EXPECT_EQ(outcome.exit, k_answered) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.out, folder + "/demo: ok\n");
}

TEST(CatalogCheck, NamesEveryFindingWithItsFileAndPointer) {
  TempDir const folder("catalog");
  auto const hall = folder / "hall";
  make_broken(hall);
  auto const text = ctl({"catalog", "check", hall.string()});
  EXPECT_EQ(text.exit, k_bad_data) << text.err;
  EXPECT_EQ(text.out, hall.string() + ": items-social.json#/items/0/name: missing\n" + hall.string() +
                          ": items-social.json#/items/1/queue: no such queue\n");

  auto const object = ctl({"--json", "catalog", "check", hall.string()});
  EXPECT_EQ(object.exit, k_bad_data) << object.err;
  json findings = json::array();
  findings.push_back({{"pointer", "items-social.json#/items/0/name"}, {"what", "missing"}, {"error", true}});
  findings.push_back({{"pointer", "items-social.json#/items/1/queue"}, {"what", "no such queue"}, {"error", true}});
  EXPECT_EQ(answer_of(object), (json{{"file", hall.string()}, {"ok", false}, {"findings", findings}}));
}

TEST(CatalogCheck, WhatIsOnlyWorthALookIsNoError) {
  TempDir const folder("catalog");
  auto const hall = folder / "hall";
  fs::copy(demo(), hall);
  auto materials = json::parse(read_file(hall / "materials.json"));
  auto spare = materials["materials"][0];
  spare["id"] = "spare_paper";
  materials["materials"].push_back(spare);
  write_file(hall / "materials.json", materials.dump());
  auto const place = std::to_string(materials["materials"].size() - 1);
  auto const outcome = ctl({"catalog", "check", hall.string()});
  EXPECT_EQ(outcome.exit, k_answered) << outcome.err;
  EXPECT_EQ(outcome.out, hall.string() + ": materials.json#/materials/" + place + ": warning: no item asks for it\n" +
                             hall.string() + ": ok\n");
}

TEST(CatalogCheck, FindsEveryCatalogueBelowAFolder) {
  TempDir const folder("catalog");
  make_broken(folder / "a");
  fs::copy(demo(), folder / "b");
  auto const outcome = ctl({"--json", "catalog", "check", folder.path().string()});
  EXPECT_EQ(outcome.exit, k_bad_data) << outcome.err;
  auto const lines = lines_of(outcome);
  ASSERT_EQ(lines.size(), 2u) << outcome.out;
  EXPECT_EQ(lines[0]["findings"].size(), 2u);
  EXPECT_EQ(lines[1], (json{{"file", (folder / "b").string()}, {"ok", true}, {"findings", json::array()}}));
}

TEST(CatalogCheck, WithoutAnyCatalogueIsBadData) {
  TempDir const folder("catalog");
  expect_refusal(ctl({"catalog", "check", folder.path().string()}), k_bad_data, "file_unreadable");
  expect_refusal(ctl({"catalog", "check", (folder / "none.json").string()}), k_bad_data, "catalog_file");
}

TEST(CatalogJoin, PrintsTheOneDocumentWhichIsACatalogueItself) {
  TempDir const folder("catalog");
  auto const outcome = ctl({"catalog", "join", demo().string()});
  EXPECT_EQ(outcome.exit, k_answered) << outcome.err;
  write_file(folder / "whole.json", outcome.out);
  EXPECT_EQ(ctl({"catalog", "check", (folder / "whole.json").string()}).exit, k_answered);
  EXPECT_GE(json::parse(outcome.out)["items"].size(), 34u);
  expect_refusal(ctl({"catalog", "join", folder.path().string()}), k_bad_data, "catalog_file");
}

struct CatalogSign : testing::Test {
  DemoPki const pki{{"420106001001:001"}};
  TempDir const folder{"catalog"};
  std::string const out = (folder / "catalog.cose").string();

  Outcome sign(fs::path const& hall) {
    return ctl({"catalog", "sign", hall.string(), "--key", (pki.folder() / "catalog-signer.key").string(),
                "--certificate", (pki.folder() / "catalog-signer.crt").string(), "--out", out});
  }
};

TEST_F(CatalogSign, MakesTheDocumentThatMachinesPull) {
  auto const outcome = sign(demo());
  ASSERT_EQ(outcome.exit, k_answered) << outcome.err;
  std::vector<crypto::Certificate> signers;
  signers.push_back(crypto::Certificate::parse(read_file(pki.folder() / "catalog-signer.crt")).value());
  auto const document = crypto::verify_document(read_file(out), signers);
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(*document + "\n", ctl({"catalog", "join", demo().string()}).out);
}

TEST_F(CatalogSign, RefusesWhatMachinesWouldRefuse) {
  make_broken(folder / "hall");
  expect_refusal(sign(folder / "hall"), k_bad_data, "catalog_invalid");
  EXPECT_FALSE(fs::exists(out));
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
