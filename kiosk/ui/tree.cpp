#include "kiosk/ui/tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "shared/base/secret.h"

namespace yizhan::ui {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::screen: return "screen";
    case Role::heading: return "heading";
    case Role::text: return "text";
    case Role::button: return "button";
    case Role::card: return "card";
    case Role::chip: return "chip";
    case Role::field: return "field";
    case Role::pin: return "pin";
    case Role::key: return "key";
    case Role::row: return "row";
    case Role::value: return "value";
    case Role::number: return "number";
    case Role::image: return "image";
    case Role::icon: return "icon";
    case Role::progress: return "progress";
    case Role::status: return "status";
    case Role::chart: return "chart";
    case Role::scroll: return "scroll";
    case Role::radio: return "radio";
    case Role::checkbox: return "checkbox";
    case Role::canvas: return "canvas";
  }
  return "text";
}

void Tree::begin(float width_px, float height_px, float min_target_px) {
  wipe();
  m_width = width_px;
  m_height = height_px;
  m_min_target = min_target_px;
}

void Tree::add(Node node) { m_nodes.push_back(std::move(node)); }

void Tree::note(Finding finding) { m_notes.push_back(std::move(finding)); }

void Tree::obscure_all() {
  for (Node& node : m_nodes)
    if (node.role != Role::screen) node.state.obscured = true;
}

void Tree::saw_item(std::uint32_t id, Rect const& rect) { m_seen.push_back({id, rect}); }

Node const* Tree::find(std::string_view key) const {
  auto const found = std::ranges::find(m_nodes, key, &Node::key);
  return found == m_nodes.end() ? nullptr : &*found;
}

std::string_view Tree::screen() const {
  for (auto node = m_nodes.rbegin(); node != m_nodes.rend(); ++node)
    if (node->role == Role::screen) return node->key;
  return {};
}

bool Tree::shows(std::string_view text) const {
  return std::ranges::any_of(m_nodes, [&](Node const& node) {
    return node.name.find(text) != std::string::npos || node.value.find(text) != std::string::npos;
  });
}

std::vector<std::string_view> Tree::focus_order() const {
  std::vector<std::string_view> keys;
  for (Node const& node : m_nodes)
    if (node.state.interactive && node.state.enabled && !node.state.obscured && node.rect.width > 0)
      keys.push_back(node.key);
  return keys;
}

std::vector<Finding> Tree::findings() const {
  std::vector<Finding> findings = m_notes;
  std::map<std::string_view, int> uses;
  for (Node const& node : m_nodes) ++uses[node.key];
  for (auto const& [key, count] : uses)
    if (count > 1) findings.push_back({"duplicate_key", std::string(key), fmt::format("{} nodes", count)});

  for (SeenItem const& item : m_seen)
    if (std::ranges::find(m_nodes, item.id, &Node::id) == m_nodes.end())
      findings.push_back(
          {"no_node", fmt::format("id {:08x}", item.id),
           fmt::format("at {:.0f},{:.0f} {:.0f}x{:.0f}", item.rect.x, item.rect.y, item.rect.width, item.rect.height)});

  std::vector<Node const*> reachable;
  for (Node const& node : m_nodes) {
    bool const shown = node.visible.width > 0 && node.visible.height > 0;
    constexpr float k_slack = 1.0F;
    if (shown && (node.visible.x < -k_slack || node.visible.y < -k_slack || node.visible.right() > m_width + k_slack ||
                  node.visible.bottom() > m_height + k_slack))
      findings.push_back({"outside", node.key,
                          fmt::format("{:.0f},{:.0f} {:.0f}x{:.0f} on {:.0f}x{:.0f}", node.visible.x, node.visible.y,
                                      node.visible.width, node.visible.height, m_width, m_height)});
    if (!node.state.interactive || node.rect.width <= 0) continue;
    if (node.name.empty()) findings.push_back({"empty_name", node.key, std::string(role_name(node.role))});
    if (std::min(node.rect.width, node.rect.height) + 0.5F < m_min_target)
      findings.push_back(
          {"small_target", node.key,
           fmt::format("{:.0f}x{:.0f} px, smallest side {:.0f} px", node.rect.width, node.rect.height, m_min_target)});
    if (shown && !node.state.obscured) reachable.push_back(&node);
  }
  for (std::size_t i = 0; i < reachable.size(); ++i)
    for (std::size_t j = i + 1; j < reachable.size(); ++j)
      if (reachable[i]->visible.overlaps(reachable[j]->visible))
        findings.push_back({"overlap", reachable[i]->key, reachable[j]->key});
  return findings;
}

std::string Tree::to_text() const {
  std::string out;
  for (Node const& node : m_nodes) {
    std::string states;
    auto const say = [&](bool on, char const* word) {
      if (on) states += states.empty() ? word : std::string(" ") + word;
    };
    say(node.state.interactive, "interactive");
    say(!node.state.enabled, "disabled");
    say(node.state.focused, "focused");
    say(node.state.selected, "selected");
    say(node.state.expanded, "expanded");
    say(node.state.obscured, "obscured");
    say(node.state.clipped, "clipped");
    out += fmt::format("{} {} \"{}\"{} [{}] {:.0f},{:.0f} {:.0f}x{:.0f}\n", role_name(node.role), node.key, node.name,
                       node.value.empty() ? "" : " = " + node.value, states, node.rect.x, node.rect.y, node.rect.width,
                       node.rect.height);
  }
  return out;
}

void Tree::wipe() {
  for (Node& node : m_nodes) {
    scrub(node.name);
    scrub(node.value);
  }
  for (Finding& finding : m_notes) scrub(finding.detail);
  m_nodes.clear();
  m_notes.clear();
  m_seen.clear();
}

}  // namespace yizhan::ui
