#include "kiosk/ui/tree.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace yizhan::ui;

namespace {

Node button(std::string key, Rect rect, std::uint32_t id) {
  Node node;
  node.key = std::move(key);
  node.role = Role::button;
  node.name = "OK";
  node.rect = node.visible = rect;
  node.id = id;
  node.state.interactive = true;
  return node;
}

Tree tree_of(std::vector<Node> nodes) {
  Tree tree;
  tree.begin(1000, 1000, 40);
  for (Node& node : nodes) tree.add(std::move(node));
  return tree;
}

bool has(Tree const& tree, std::string_view kind, std::string_view key) {
  auto const findings = tree.findings();
  return std::ranges::any_of(findings, [&](Finding const& f) { return f.kind == kind && f.key == key; });
}

TEST(TreeFindings, AGoodScreenHasNone) {
  Tree tree = tree_of({button("a", {0, 0, 100, 50}, 1), button("b", {0, 60, 100, 50}, 2)});
  tree.saw_item(1, {});
  tree.saw_item(2, {});
  EXPECT_TRUE(tree.findings().empty());
}

TEST(TreeFindings, AnItemWithoutANodeIsReported) {
  Tree tree = tree_of({button("a", {0, 0, 100, 50}, 1)});
  tree.saw_item(7, {1, 2, 3, 4});
  ASSERT_EQ(tree.findings().size(), 1);
  EXPECT_EQ(tree.findings()[0].kind, "no_node");
}

TEST(TreeFindings, OverlappingInteractiveNodesAreReported) {
  EXPECT_TRUE(has(tree_of({button("a", {0, 0, 100, 50}, 1), button("b", {50, 20, 100, 50}, 2)}), "overlap", "a"));
}

TEST(TreeFindings, WhatAnOverlayCoversDoesNotCountAsOverlap) {
  Tree tree = tree_of({button("a", {0, 0, 100, 50}, 1)});
  tree.obscure_all();
  tree.add(button("b", {50, 20, 100, 50}, 2));
  EXPECT_TRUE(tree.findings().empty());
  EXPECT_EQ(tree.focus_order(), std::vector<std::string_view>{"b"});
}

TEST(TreeFindings, NodesBeyondTheScreenSmallNamelessAndDoubleOnesAreReported) {
  Node nameless = button("nameless", {0, 0, 50, 50}, 1);
  nameless.name.clear();
  Tree const tree = tree_of({nameless, button("outside", {980, 200, 100, 50}, 2), button("small", {0, 300, 100, 20}, 3),
                             button("twice", {0, 400, 100, 50}, 4), button("twice", {0, 500, 100, 50}, 4)});
  EXPECT_TRUE(has(tree, "empty_name", "nameless"));
  EXPECT_TRUE(has(tree, "outside", "outside"));
  EXPECT_TRUE(has(tree, "small_target", "small"));
  EXPECT_TRUE(has(tree, "duplicate_key", "twice"));
}

TEST(Tree, FocusFollowsReadingOrderAndSkipsDisabledOnes) {
  Node disabled = button("b", {0, 60, 100, 50}, 2);
  disabled.state.enabled = false;
  Tree const tree = tree_of({button("a", {0, 0, 100, 50}, 1), disabled, button("c", {0, 120, 100, 50}, 3)});
  EXPECT_EQ(tree.focus_order(), (std::vector<std::string_view>{"a", "c"}));
}

TEST(Tree, WipeLeavesNoText) {
  Tree tree = tree_of({button("a", {0, 0, 100, 50}, 1)});
  tree.wipe();
  EXPECT_TRUE(tree.nodes().empty());
  EXPECT_FALSE(tree.shows("OK"));
}

}  // namespace
