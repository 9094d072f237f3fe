#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numbers>

#include "shared/base/file.h"
#include "shared/base/text.h"
#include "shared/imaging/document_image.h"
#include "tests/support/pages/photo.h"
#include "tests/support/temp_dir.h"

namespace yizhan::imaging {
namespace {

constexpr std::size_t k_most_bytes = 60'000;  // each, since they are in the repository

struct DemoPage {
  char const* file;
  paper::Document document;
  test::Scene scene;
};

/// Head, hair and shoulders in a frame.
paper::Strokes portrait() {
  constexpr double k_round = 2 * std::numbers::pi;
  auto const arc = [](double x, double y, double wide, double high, double from, double to) {
    std::vector<paper::StrokePoint> points;
    for (double turn = from; turn <= to; turn += 0.02)
      points.push_back({x + wide * std::cos(turn * k_round), y - high * std::sin(turn * k_round)});
    return points;
  };
  paper::Strokes drawing{300, 100, {}};
  drawing.lines.push_back({{110, 2}, {180, 2}, {180, 98}, {110, 98}, {110, 2}});
  drawing.lines.push_back(arc(145, 42, 17, 22, 0, 1.01));
  drawing.lines.push_back(arc(145, 34, 20, 22, 0, 0.5));
  drawing.lines.push_back(arc(145, 98, 32, 30, 0, 0.5));
  for (double const eye : {138.0, 152.0}) drawing.lines.push_back(arc(eye, 40, 2, 2, 0, 1));
  drawing.lines.push_back(arc(145, 48, 7, 5, 0.55, 0.95));
  return drawing;
}

std::vector<DemoPage> demo_pages() {
  std::vector<DemoPage> pages(3);
  pages[0].file = "assets/demo/pages/register.jpg";
  pages[0].document = test::register_page();
  pages[0].scene.width = 1280;
  pages[0].scene.height = 960;
  pages[0].scene.corners = {{{372, 62}, {918, 104}, {968, 902}, {318, 866}}};
  pages[1].file = "assets/demo/pages/birth.jpg";
  auto& birth = pages[1].document;
  birth.title = "出生医学证明";
  birth.subtitle = "（演示样张，虚构人员）";
  birth.number = "T420000017";
  birth.date_text = "2026年11月12日签发";
  birth.parts.push_back({"",
                         "",
                         {{"新生儿姓名", "张小禾"},
                          {"性别", "女"},
                          {"出生时间", "2026年11月10日 06时18分"},
                          {"出生孕周", "39周"},
                          {"出生体重", "3250克"},
                          {"出生地点", "湖北省武汉市示范区示范医院"},
                          {"母亲姓名", "李四"},
                          {"父亲姓名", "张三"},
                          {"接生机构", "示范医院"}},
                         {}});
  birth.signature_caption = "签发机构盖章";
  pages[1].scene = pages[0].scene;
  pages[1].scene.corners = {{{352, 96}, {946, 58}, {958, 894}, {330, 884}}};
  pages[2].file = "assets/demo/pages/photo.jpg";
  auto& photo = pages[2].document;
  photo.title = "一寸证件照";
  photo.subtitle = "（演示样张，画出来的人）";
  photo.signature = portrait();
  pages[2].scene = pages[0].scene;
  pages[2].scene.corners = {{{364, 84}, {930, 70}, {952, 890}, {336, 880}}};
  return pages;
}

// What the demo lays below its document camera. YIZHAN_WRITE_DEMO_PAGES=1 makes the pictures anew.
TEST(DemoPages, AreSmallAndGoodPictures) {
  for (auto const& page : demo_pages()) {
    if (std::getenv("YIZHAN_WRITE_DEMO_PAGES") != nullptr) {
      Compression compression;
      compression.most_bytes = k_most_bytes;
      auto const photo = test::photograph(test::rendered(page.document, 110), page.scene);
      test::write_file(page.file, text::chars_of(*compress(photo, compression)));
    }
    auto const file = read_whole_file(page.file, k_most_bytes);
    ASSERT_TRUE(file) << page.file;
    auto const picture = decode(text::bytes_of(*file));
    ASSERT_TRUE(picture) << page.file;
    auto const corrected = correct_document(*picture);
    ASSERT_TRUE(corrected);
    EXPECT_TRUE(corrected->found) << page.file;
    EXPECT_EQ(advice_for(*corrected), Advice::good) << page.file << " " << corrected->sharpness;
  }
}

}  // namespace
}  // namespace yizhan::imaging
