#pragma once
/// The accessible tree: what the window shows, as data. The widgets build it anew in every frame in the call that
/// draws them, static text too. One tree serves UI tests, scenarios, keypad navigation and spoken guidance.
///
/// Nodes lie flat in reading order. A node's key is stable over frames and languages: "resident.home.take_ticket".
/// It holds what the screen shows (masked values stay masked, PINs never get here); `wipe` scrubs it.
///
/// Thread: ui.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/metrics.h"

namespace yizhan::ui {

enum class Role {
  screen,  // the state that is shown; its key is what `expect state` names
  heading,
  text,
  button,
  card,
  chip,
  field,
  pin,
  key,  // of the on-screen keyboard
  row,  // of a list or table
  value,
  number,
  image,
  icon,
  progress,
  status,  // banner: spoken when it appears
  chart,
  scroll,
  radio,     // one of a few
  checkbox,  // one of several
  canvas,    // where one writes by hand
};

[[nodiscard]] std::string_view role_name(Role role);

struct NodeState {
  bool interactive = false;  // can be tapped and focused
  bool enabled = true;
  bool focused = false;
  bool selected = false;
  bool expanded = false;
  bool obscured = false;  // an overlay lies above: seen, but not to be reached
  bool clipped = false;   // scrolled out of view, wholly or by more than half
};

struct Node {
  std::string key;
  Role role = Role::text;
  std::string name;   // what is written or said: label, text
  std::string value;  // what is entered or shown beside the name
  NodeState state;
  Rect rect;     // where it is, as laid out
  Rect visible;  // the part inside its scroll area; where a tap goes
  std::uint32_t id = 0;
};

/// A defect of a screen. `kind`: no_node (something interactive without a node), duplicate_key, outside (beyond the
/// screen), overlap (two interactive nodes share an area), small_target, empty_name (interactive, nothing to say),
/// text_cut (a text did not fit its box), missing_translation, unknown_icon.
struct Finding {
  std::string kind;
  std::string key;
  std::string detail;
};

class Tree {
 public:
  /// Empties the tree for a new frame on a screen of this size. `min_target_px`: for small_target.
  void begin(float width_px, float height_px, float min_target_px);
  void add(Node node);
  /// What a widget or the window noticed while drawing.
  void note(Finding finding);
  /// Marks every node so far as lying under an overlay.
  void obscure_all();
  /// The test-engine hooks saw an item with this id that reacts to the pointer.
  void saw_item(std::uint32_t id, Rect const& rect);

  [[nodiscard]] std::vector<Node> const& nodes() const { return m_nodes; }
  [[nodiscard]] Node const* find(std::string_view key) const;
  /// The last screen node's key, e.g. "resident.home"; empty before the first frame.
  [[nodiscard]] std::string_view screen() const;
  /// True where a node's name or value contains `text`.
  [[nodiscard]] bool shows(std::string_view text) const;
  /// Keys of what can be focused now, in reading order.
  [[nodiscard]] std::vector<std::string_view> focus_order() const;
  /// Everything wrong with this frame; empty on a good screen.
  [[nodiscard]] std::vector<Finding> findings() const;
  /// One line a node: `role key "name" = value [states] x,y wxh`. For failing tests and the technician's report.
  [[nodiscard]] std::string to_text() const;
  /// Overwrites names and values, then empties the tree.
  void wipe();

 private:
  struct SeenItem {
    std::uint32_t id;
    Rect rect;
  };
  std::vector<Node> m_nodes;
  std::vector<Finding> m_notes;
  std::vector<SeenItem> m_seen;
  float m_width = 0;
  float m_height = 0;
  float m_min_target = 0;
};

}  // namespace yizhan::ui
