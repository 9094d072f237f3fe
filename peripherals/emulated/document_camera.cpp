#include "peripherals/emulated/document_camera.h"

#include <png.h>

#include <fstream>
#include <system_error>

#include "shared/base/file.h"
#include "shared/base/text.h"
#include "shared/imaging/document_image.h"

namespace yizhan::emulated {

namespace {

constexpr int k_width = 1280;
constexpr int k_height = 960;
constexpr std::size_t k_most_bytes = 40'000'000;

imaging::Picture empty_table() {
  return {k_width, k_height, 1, std::vector<std::uint8_t>(static_cast<std::size_t>(k_width) * k_height, 60)};
}

}  // namespace

Result<std::unique_ptr<EmulatedDocumentCamera>> EmulatedDocumentCamera::create(std::filesystem::path picture) {
  std::unique_ptr<EmulatedDocumentCamera> camera(new EmulatedDocumentCamera(std::move(picture)));
  std::error_code error;
  std::filesystem::create_directories(camera->m_picture.parent_path(), error);
  TRY(camera->hide());
  return camera;
}

EmulatedDocumentCamera::~EmulatedDocumentCamera() { unplug(); }

void EmulatedDocumentCamera::unplug() {
  std::error_code ignored;
  std::filesystem::remove(m_picture, ignored);
}

Result<void> EmulatedDocumentCamera::show(std::filesystem::path const& file) {
  auto const bytes = TRY(read_whole_file(file, k_most_bytes));
  m_scene = TRY(imaging::decode(text::bytes_of(bytes)));
  return publish();
}

Result<void> EmulatedDocumentCamera::hide() {
  m_scene = empty_table();
  return publish();
}

Result<void> EmulatedDocumentCamera::set_silent(bool silent) {
  m_silent = silent;
  return publish();
}

Result<void> EmulatedDocumentCamera::publish() {
  auto next = m_picture;
  next += ".next";
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(m_scene.width);
  png.height = static_cast<png_uint_32>(m_scene.height);
  png.format = m_scene.channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  png.flags = PNG_IMAGE_FLAG_FAST;
  if (m_silent) {
    // A frame that never becomes whole.
    std::ofstream(next, std::ios::binary) << "\x89PNG\r\n\x1A\n";
  } else if (png_image_write_to_file(&png, next.c_str(), 0, m_scene.pixels.data(), 0, nullptr) == 0) {
    return Error::make("png_write", Retry::no, next.string() + ": " + png.message);
  }
  std::error_code error;
  std::filesystem::rename(next, m_picture, error);  // a frame is never half written
  if (error) return Error::make("png_write", Retry::no, m_picture.string() + ": " + error.message());
  return {};
}

}  // namespace yizhan::emulated
