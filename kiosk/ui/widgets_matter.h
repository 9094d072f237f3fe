#pragma once
/// Widgets for handing in papers, signing, following a case and rating. As in widgets.h: texts are given translated,
/// every item has a stable key.
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

/// Where one is on a long way: segments with a name under each. `now` counts from 0.
void journey(Ui& ui, std::string_view key, std::span<std::string_view const> names, std::size_t now);

/// Handwriting, in micrometres of the field, with the milliseconds since its first point.
struct InkPoint {
  int x = 0;
  int y = 0;
  int ms = 0;
};
struct Ink {
  std::vector<std::vector<InkPoint>> strokes{};
  int width = 0;
  int height = 0;
  SteadyTime begun{};
  [[nodiscard]] bool empty() const { return strokes.empty(); }
  void clear();
};
struct SignatureSpec {
  std::string_view label;      // what it is: "签名"
  std::string_view hint = {};  // in the empty field: "请在这里用手指签名"
  std::string_view error = {};
  float height = 0;  // mm; 0: a third of the width
};
/// A field to write in by finger, pen or mouse, with key + ".undo" and ".clear" under it. True where the ink changed.
/// It keeps the pointer: a stroke never scrolls the page. Who cannot write there needs another way, which is the page's.
bool signature_pad(Ui& ui, std::string_view key, Ink& ink, SignatureSpec const& spec);

/// A document's page as a picture. One can look closer (key + ".zoom_in", ".zoom_out"; drag or PageUp/PageDown moves)
/// and turn pages (".before", ".after"). `page` counts from 0. The page to show instead.
struct PageViewSpec {
  std::string_view name;  // said: "申请表"
  std::size_t page = 0;
  std::size_t pages = 1;
  float height = 0;  // mm, the buttons included; 0: what is left
};
std::optional<std::size_t> page_viewer(Ui& ui, std::string_view key, ImageView const& picture,
                                       PageViewSpec const& spec);

/// The document camera: its picture, the page's outline where one was found, else corners to lay it between.
struct CameraSpec {
  std::string_view name;
  std::string_view hint = {};        // "请把材料放平"; role status
  std::span<Point const> outline{};  // four corners, 0…1 of width and height; empty: none found
  bool good = false;                 // the outline is one to take
  float max_height = 0;              // mm
};
void camera_view(Ui& ui, std::string_view key, ImageView const& picture, CameraSpec const& spec);

/// Five faces from very good (5) to very bad (1), each with its word: never by colour alone. The grade that was used.
struct FaceSpec {
  std::string_view key;
  std::string_view name;
};
std::optional<int> face_rating(Ui& ui, std::span<FaceSpec const> best_first, int selected = 0);

/// The way of a case: what happened when, from top to bottom.
struct TimelineEntry {
  std::string_view title;
  std::string_view date = {};
  std::string_view line = {};
  Step::State state = Step::State::done;
};
void timeline(Ui& ui, std::string_view key, std::span<TimelineEntry const> entries);

/// A QR code as large as the place allows, dark on white in every palette. `modules`: side × side bytes, not 0 is dark.
struct CodeSpec {
  std::string_view name;
  std::string_view caption = {};
  float side = 0;  // mm with its quiet zone; 0: the area's width
};
void code_picture(Ui& ui, std::string_view key, std::span<std::uint8_t const> modules, std::size_t side,
                  CodeSpec const& spec);

}  // namespace yizhan::ui
