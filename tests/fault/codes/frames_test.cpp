// Every pass of the camera's ladder over frames without a code, and over codes that were tampered with: no text comes out
// that is not in the frame.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "peripherals/code_scanner/ladder.h"
#include "shared/base/manual_env.h"
#include "shared/paper/document.h"
#include "tests/fault/codes/figures.h"
#include "tests/support/code_pictures/code_free.h"
#include "tests/support/pages/photo.h"

namespace yizhan::test {
namespace {

using code_scanner::GreyImage;

constexpr int k_width = 640;
constexpr int k_height = 360;

/// A ladder without a limit: its clock stands still, so each look is all passes.
class CodeFrames : public testing::Test {
 protected:
  /// Texts of the frame that are none of `originals`.
  int wrong_texts(GreyImage const& frame, std::vector<std::string> const& originals = {}) {
    ++code_figures().frames;
    auto const look = m_ladder.look(frame);
    m_ladder.forget();
    int wrong = 0;
    for (auto const& code : look.found) {
      if (std::find(originals.begin(), originals.end(), code.text) != originals.end()) {
        ++m_read;
        continue;
      }
      ++wrong;
      ADD_FAILURE() << code.format << " \"" << code.text << "\" by " << look.passes.back();
    }
    code_figures().wrong_texts += wrong;
    return wrong;
  }

  ManualClock m_clock{WallTime{}};
  code_scanner::DecodeLadder m_ladder{m_clock.steady(), std::chrono::hours(1)};
  int m_read = 0;
};

TEST_F(CodeFrames, NothingIsReadWhereNoCodeIs) {
  for (int kind = 0; kind < k_code_free_kinds; ++kind) {
    for (int i = 0; i < 175 / k_fraction; ++i) {
      EXPECT_EQ(
          wrong_texts(code_free_frame(static_cast<CodeFree>(kind), k_width, k_height, static_cast<std::uint64_t>(i))),
          0)
          << "kind " << kind << ", seed " << i;
    }
    for (int i = 0; i < 10 / k_fraction; ++i) {
      EXPECT_EQ(
          wrong_texts(code_free_frame(static_cast<CodeFree>(kind), 1280, 720, static_cast<std::uint64_t>(1000 + i))), 0)
          << "kind " << kind << ", large, seed " << i;
    }
  }
}

/// A part of the page as a camera above it sees it.
GreyImage look_at(paper::GreyPicture const& page, PictureRandom& random) {
  GreyImage frame{k_width, k_height, {}};
  double const angle = random.uniform(-3.2, 3.2), scale = random.uniform(0.4, 2.2);
  double const x0 = random.uniform(0, page.width), y0 = random.uniform(0, page.height);
  for (int y = 0; y < k_height; ++y) {
    for (int x = 0; x < k_width; ++x) {
      double const dx = (x - k_width / 2.0) * scale, dy = (y - k_height / 2.0) * scale;
      auto const px = static_cast<int>(x0 + dx * std::cos(angle) - dy * std::sin(angle));
      auto const py = static_cast<int>(y0 + dx * std::sin(angle) + dy * std::cos(angle));
      bool const on_page = px >= 0 && py >= 0 && px < page.width && py < page.height;
      int const tone = on_page ? page.grey[static_cast<std::size_t>(py * page.width + px)] * 220 / 255 : 70;
      frame.pixels.push_back(static_cast<std::uint8_t>(std::clamp(tone + random.below(13) - 6, 0, 255)));
    }
  }
  return frame;
}

TEST_F(CodeFrames, NothingIsReadInFormsWithoutACode) {
  auto document = register_page();
  document.qr.clear();
  document.parts.push_back({"材料", "", {}, paper::DocumentTable{{"序号", "名称", "份数"}, {}, {}}});
  for (int i = 0; i < 25; ++i) {
    document.parts.back().table->rows.push_back({std::to_string(i + 1), "居民身份证复印件 420106199003070016", "1"});
  }
  auto const page = rendered(document, 150);
  PictureRandom random(23);
  for (int i = 0; i < 120 / k_fraction; ++i) EXPECT_EQ(wrong_texts(look_at(page, random)), 0) << i;
}

TEST_F(CodeFrames, AnAlteredCodeIsItsTextOrNone) {
  for (int i = 0; i < 360 / k_fraction; ++i) {
    auto const seed = static_cast<std::uint64_t>(i);
    auto const how = static_cast<Alteration>(i % k_alterations);
    std::string format = "QRCode", text, other;
    int module = 4;
    switch (i / k_alterations % 3) {
      case 0:  // as long as a ticket's
        text = ticket_like_text(seed, 280);
        other = ticket_like_text(seed + 1'000'000, 280);
        break;
      case 1:
        text = "https://example.org/t/" + std::to_string(10'000'000 + i);
        other = "https://example.org/t/" + std::to_string(90'000'000 - i);
        module = 8;
        break;
      default:
        format = "DataMatrix";
        text = "DOC-" + std::to_string(100'000 + i);
        other = "DOC-" + std::to_string(900'000 - i);
        module = 8;
        break;
    }
    auto const code = altered(code_matrix(format, text), code_matrix(format, other), how, seed);
    EXPECT_EQ(wrong_texts(flat_frame(code, module, k_width, k_height, seed), {text, other}), 0)
        << format << " alteration " << i % k_alterations << ", seed " << i;
  }
  // Else the alterations were all beyond reading, and nothing was shown.
  EXPECT_GT(m_read, 20 / k_fraction);
}

}  // namespace
}  // namespace yizhan::test
