#include "tests/support/temp_dir.h"
#include "tests/unit/shared/domain/catalog/small_hall.h"

namespace yizhan::catalog {
namespace {

using nlohmann::json;

struct Joining : testing::Test {
  test::TempDir folder{"catalog"};

  void write(char const* name, json const& content) { test::write_file(folder / name, content.dump()); }
  /// The small hall in four files.
  void split() {
    auto head = small_hall();
    for (auto const* list : {"items", "forms", "bundles", "materials"}) head.erase(list);
    auto const whole = small_hall();
    write("catalog.json", head);
    write("items-a.json", {{"items", {whole["items"][0]}}, {"materials", whole["materials"]}});
    write("items-b.json", {{"items", {whole["items"][1]}}});
    write("more.json", {{"bundles", whole["bundles"]}, {"forms", whole["forms"]}});
  }
};

TEST_F(Joining, AFoldersFilesAreOneDocument) {
  split();
  auto const document = join_catalog(folder.path());
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(json::parse(*document), small_hall());
  auto const catalog = load_catalog(folder.path());
  ASSERT_TRUE(catalog.has_value());
  EXPECT_EQ(catalog->items.size(), 2U);
  EXPECT_EQ(catalog->items[1].code, "pension");
}

TEST_F(Joining, AFileIsTakenAsItIs) {
  write("hall.json", small_hall());
  EXPECT_EQ(join_catalog(folder / "hall.json").value(), small_hall().dump());
  EXPECT_TRUE(load_catalog(folder / "hall.json").has_value());
  EXPECT_TRUE(check_catalog_files(folder / "hall.json").value().empty());
}

TEST_F(Joining, FindingsNameTheFileAndThePlaceInIt) {
  split();
  auto item = small_hall()["items"][1];
  item["icon"] = "none_such";
  write("items-b.json", {{"items", {item}}});
  auto const findings = check_catalog_files(folder.path()).value();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].pointer, "items-b.json#/items/0/icon");
  auto head = small_hall();
  for (auto const* list : {"items", "forms", "bundles", "materials"}) head.erase(list);
  head["version"] = 0;
  write("catalog.json", head);
  EXPECT_EQ(check_catalog_files(folder.path()).value().at(0).pointer, "catalog.json#/version");
}

TEST_F(Joining, WhatCannotBeJoinedIsNamed) {
  split();
  write("x.json", {{"version", 4}});
  EXPECT_EQ(join_catalog(folder.path()).error().detail(),
            (folder / "x.json").string() + "#/version: only lists may stand here");
  test::write_file(folder / "x.json", "{");
  EXPECT_TRUE(join_catalog(folder.path()).error().is("catalog_file"));
  test::write_file(folder / "x.json", "[]");
  EXPECT_EQ(join_catalog(folder.path()).error().detail(), (folder / "x.json").string() + "#: an object is wanted");
  EXPECT_TRUE(load_catalog(folder / "none.json").error().is("catalog_file"));
  EXPECT_TRUE(load_catalog(test::TempDir("empty").path()).error().is("catalog_file"));
}

}  // namespace
}  // namespace yizhan::catalog
