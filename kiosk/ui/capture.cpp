#include "kiosk/ui/capture.h"

#include <GL/gl.h>
#include <png.h>

#include <cstdint>
#include <vector>

namespace yizhan::ui {

Result<void> write_framebuffer(int width, int height, std::filesystem::path const& png) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadBuffer(GL_BACK);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGB;
  // OpenGL counts lines from the bottom: a negative stride turns the picture over.
  if (png_image_write_to_file(&image, png.c_str(), 0, pixels.data(), -width * 3, nullptr) == 0)
    return Error::make("capture_failed", Retry::no, png.string());
  return {};
}

}  // namespace yizhan::ui
