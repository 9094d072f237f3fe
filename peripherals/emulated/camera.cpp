#include "peripherals/emulated/camera.h"

#include <png.h>

#include <algorithm>
#include <fstream>
#include <system_error>

#include "shared/paper/qr.h"

namespace yizhan::emulated {

namespace {

constexpr int k_width = 1280;
constexpr int k_height = 720;
constexpr int k_sheet = 600;  // a code held up fills this much at most

}  // namespace

Result<std::unique_ptr<EmulatedCamera>> EmulatedCamera::create(std::filesystem::path picture, std::uint64_t seed) {
  std::unique_ptr<EmulatedCamera> camera(new EmulatedCamera(std::move(picture), seed));
  std::error_code error;
  std::filesystem::create_directories(camera->m_picture.parent_path(), error);
  TRY(camera->hide());
  return camera;
}

EmulatedCamera::~EmulatedCamera() { unplug(); }

void EmulatedCamera::unplug() {
  std::error_code ignored;
  std::filesystem::remove(m_picture, ignored);
}

EmulatedCamera::Grey EmulatedCamera::empty_scene() {
  Grey scene{k_width, k_height, {}};
  scene.pixels.resize(static_cast<std::size_t>(k_width) * k_height);
  for (int y = 0; y < k_height; ++y) {
    for (int x = 0; x < k_width; ++x) {
      // A wall that is lighter at the top, with a sensor's noise.
      auto const noise = static_cast<int>(m_rng() % 13) - 6;
      scene.pixels[static_cast<std::size_t>(y * k_width + x)] = static_cast<std::uint8_t>(150 - y / 12 + noise);
    }
  }
  return scene;
}

Result<void> EmulatedCamera::publish(Grey const& scene) {
  auto next = m_picture;
  next += ".next";
  TRY(paper::write_png_grey(next, scene.width, scene.height, scene.pixels));
  std::error_code error;
  std::filesystem::rename(next, m_picture, error);  // a frame is never half written
  if (error) return Error::make("png_write", Retry::no, m_picture.string() + ": " + error.message());
  return {};
}

Result<void> EmulatedCamera::show_light(std::uint8_t grey) {
  Grey scene{k_width, k_height, {}};
  scene.pixels.assign(static_cast<std::size_t>(k_width) * k_height, grey);
  return publish(scene);
}

/// A file with nothing in it is a frame that never gets whole.
Result<void> EmulatedCamera::freeze() {
  auto next = m_picture;
  next += ".next";
  std::error_code error;
  if (!std::ofstream(next)) error = std::make_error_code(std::errc::io_error);
  if (!error) std::filesystem::rename(next, m_picture, error);
  if (error) return Error::make("png_write", Retry::no, m_picture.string() + ": " + error.message());
  return {};
}

Result<void> EmulatedCamera::hide() { return publish(empty_scene()); }

Result<void> EmulatedCamera::hold_up(Grey const& sheet) {
  auto const larger = std::max(sheet.width, sheet.height);
  auto const grow = std::max(1, k_sheet / larger);
  auto const shrink = (larger + k_sheet - 1) / k_sheet;
  auto const width = sheet.width * grow / shrink;
  auto const height = sheet.height * grow / shrink;
  auto const left = (k_width - width) / 2;
  auto const top = (k_height - height) / 2;
  auto scene = empty_scene();
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      int sum = 0;
      for (int dy = 0; dy < shrink; ++dy) {
        for (int dx = 0; dx < shrink; ++dx) {
          auto const from_y = std::min(y * shrink / grow + dy, sheet.height - 1);
          auto const from_x = std::min(x * shrink / grow + dx, sheet.width - 1);
          sum += sheet.pixels[static_cast<std::size_t>(from_y) * static_cast<std::size_t>(sheet.width) +
                              static_cast<std::size_t>(from_x)];
        }
      }
      auto const paper = 20 + sum / (shrink * shrink) * 205 / 255 + static_cast<int>(m_rng() % 9);
      scene.pixels[static_cast<std::size_t>((top + y) * k_width + left + x)] = static_cast<std::uint8_t>(paper);
    }
  }
  return publish(scene);
}

Result<void> EmulatedCamera::show_text(std::string_view text) {
  auto const qr = paper::enlarge_qr(TRY(paper::make_qr(text, paper::QrLevel::medium)), 1);
  Grey sheet{qr.width, qr.height, {}};
  for (int y = 0; y < qr.height; ++y) {
    for (int x = 0; x < qr.width; ++x) sheet.pixels.push_back(qr.black(x, y) ? 0 : 255);
  }
  return hold_up(sheet);
}

Result<void> EmulatedCamera::show_file(std::filesystem::path const& file) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&png, file.c_str()) == 0) {
    return Error::make("image_unreadable", Retry::no, file.string() + ": " + png.message);
  }
  png.format = PNG_FORMAT_GRAY;
  Grey sheet{static_cast<int>(png.width), static_cast<int>(png.height), {}};
  sheet.pixels.resize(PNG_IMAGE_SIZE(png));
  png_color const white{255, 255, 255};
  if (png_image_finish_read(&png, &white, sheet.pixels.data(), 0, nullptr) == 0) {
    return Error::make("image_unreadable", Retry::no, file.string() + ": " + png.message);
  }
  return hold_up(sheet);
}

}  // namespace yizhan::emulated
