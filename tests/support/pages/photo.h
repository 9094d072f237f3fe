#pragma once
/// Pages as a camera sees them: rendered, laid on a table, seen under a known perspective. Shares no code with what
/// finds and straightens them.
#include <array>

#include "shared/imaging/picture.h"
#include "shared/paper/document.h"

namespace yizhan::test {

struct Scene {
  int width = 1600;
  int height = 1200;
  /// Where the page's corners come to lie, clockwise from its top left.
  std::array<imaging::Point, 4> corners{};
  int table = 60;          // tone of the table
  int paper = 225;         // tone of white paper
  int blur = 0;            // radius in pixels
  bool highlight = false;  // a lamp mirrored on the page
  int noise = 4;
};

/// RGB, the same for the same arguments.
[[nodiscard]] imaging::Picture photograph(paper::GreyPicture const& page, Scene const& scene);

/// An invented page of a household register (户口簿), lines of text and a QR code.
[[nodiscard]] paper::Document register_page();
/// The same as a picture of `dpi`.
[[nodiscard]] paper::GreyPicture rendered(paper::Document const& document, int dpi);

}  // namespace yizhan::test
