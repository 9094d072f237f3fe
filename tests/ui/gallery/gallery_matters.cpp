// The gallery's pages of widgets for papers, signatures, cases and ratings.
#include <array>
#include <string>
#include <vector>

#include "kiosk/ui/widgets_matter.h"
#include "tests/ui/gallery/gallery_pages.h"

namespace yizhan::gallery {

using namespace ui;

namespace {

/// Lines on white, as of a page seen from afar.
std::vector<std::uint8_t> page_picture(int width, int height) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height), 255);
  for (int y = height / 10; y < height * 9 / 10; ++y)
    for (int x = width / 8; x < width * 7 / 8; ++x)
      if (y % 24 < 9 && (x / 14 + y / 24) % 7 != 0) pixels[static_cast<std::size_t>(y * width + x)] = 60;
  return pixels;
}

}  // namespace

void signature(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.signature",
                        .title = say(ui, "请签名", "Please sign"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "提交", "Submit"),
                        .primary_enabled = !state.ink.empty()};
  screen(ui, spec, [&] {
    if (signature_pad(ui, "gallery.signature.pad", state.ink,
                      {.label = say(ui, "签名", "Signature"),
                       .hint = say(ui, "请在这里用手指签名", "Please sign here with your finger"),
                       .height = ui.metrics().portrait() ? 130.0F : 90.0F}))
      ++state.taps;
  });
}

void viewer(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.viewer",
                        .title = say(ui, "请看一遍申请表", "Please read the form"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "下一步", "Next")};
  static std::vector<std::uint8_t> const pixels = page_picture(620, 877);
  screen(ui, spec, [&] {
    ImageView const picture{.width = 620, .height = 877, .pixels = pixels, .revision = 1};
    if (auto const page = page_viewer(ui, "gallery.viewer.page", picture,
                                      {.name = say(ui, "申请表", "Form"), .page = state.page, .pages = 3}))
      state.page = *page;
  });
}

void camera(Ui& ui, State&) {
  ScreenSpec const spec{.key = "gallery.camera",
                        .title = say(ui, "请把户口簿放在摄像头下", "Lay the booklet under the camera"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "拍照", "Take the picture"),
                        .primary_icon = "photo_camera"};
  static std::vector<std::uint8_t> const pixels = page_picture(640, 480);
  screen(ui, spec, [&] {
    std::array const outline{Point{0.2F, 0.15F}, Point{0.8F, 0.2F}, Point{0.78F, 0.85F}, Point{0.22F, 0.8F}};
    ImageView const picture{.width = 640, .height = 480, .pixels = pixels, .revision = 1};
    bool const upright = ui.metrics().portrait();
    grid(ui, upright ? 1 : 2, 2, [&](std::size_t cell) {
      std::string const key = "gallery.camera." + std::to_string(cell);
      camera_view(ui, key, picture,
                  {.name = say(ui, "摄像头画面", "Camera picture"),
                   .hint = cell == 0 ? say(ui, "很清楚，可以拍了", "Clear: you can take it")
                                     : say(ui, "请把材料全部放进画面", "The whole page must be in the picture"),
                   .outline = cell == 0 ? std::span<Point const>(outline) : std::span<Point const>(),
                   .good = cell == 0,
                   .max_height = upright ? 160.0F : 120.0F});
    });
  });
}

void rating(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.rating",
                        .title = say(ui, "今天办得怎么样?", "How was it today?"),
                        .back = say(ui, "不评价", "Skip")};
  screen(ui, spec, [&] {
    std::array const faces{FaceSpec{"gallery.rating.5", say(ui, "非常满意", "Very satisfied")},
                           FaceSpec{"gallery.rating.4", say(ui, "满意", "Satisfied")},
                           FaceSpec{"gallery.rating.3", say(ui, "基本满意", "Fairly satisfied")},
                           FaceSpec{"gallery.rating.2", say(ui, "不满意", "Dissatisfied")},
                           FaceSpec{"gallery.rating.1", say(ui, "非常不满意", "Very dissatisfied")}};
    if (auto const grade = face_rating(ui, faces, state.grade)) state.grade = *grade;
  });
}

void way(Ui& ui, State&) {
  ScreenSpec const spec{
      .key = "gallery.way", .title = say(ui, "办到哪一步了", "How far it is"), .back = say(ui, "返回", "Back")};
  screen(ui, spec, [&] {
    std::array const names{say(ui, "填表", "Form"), say(ui, "材料", "Papers"), say(ui, "核对", "Check"),
                           say(ui, "签名", "Sign"), say(ui, "完成", "Done")};
    journey(ui, "gallery.way.journey", names, 2);
    std::array const steps{TimelineEntry{say(ui, "已收到您的申请", "Your application has arrived"),
                                         say(ui, "11月24日 09:41", "24 Nov, 09:41")},
                           TimelineEntry{say(ui, "材料不齐，没有受理", "A paper is missing"),
                                         say(ui, "11月25日", "25 November"),
                                         {},
                                         Step::State::failed},
                           TimelineEntry{say(ui, "正在办理", "Being handled"), say(ui, "11月26日", "26 November"),
                                         say(ui, "最晚 12月3日 办好", "Done by 3 December"), Step::State::now},
                           TimelineEntry{say(ui, "办好了", "Done"), {}, {}, Step::State::later}};
    auto const timeline_of = [&] { panel(ui, {}, [&] { timeline(ui, "gallery.way.steps", steps); }); };
    std::vector<std::uint8_t> modules(29 * 29);
    for (std::size_t i = 0; i < modules.size(); ++i) modules[i] = static_cast<std::uint8_t>((i * 7 / 3 + i / 29) % 2);
    auto const code = [&] {
      code_picture(ui, "gallery.way.code", modules, 29,
                   {.name = say(ui, "回执二维码", "Receipt code"),
                    .caption = say(ui, "扫一扫查进度", "Scan to follow it"),
                    .side = 90});
    };
    if (ui.metrics().portrait()) {
      timeline_of();
      code();
    } else {
      columns(ui, {3, 2}, [&](std::size_t column) { column == 0 ? timeline_of() : code(); });
    }
  });
}

}  // namespace yizhan::gallery
