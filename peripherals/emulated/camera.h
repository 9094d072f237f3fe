#pragma once
/// What a camera sees: one PNG of 1280×720 that is replaced whole, read by the driver again for each frame.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::emulated {

/// Thread: any one at a time.
class EmulatedCamera {
 public:
  /// `picture`: the file, in a folder of its own. Errors: png_write.
  static Result<std::unique_ptr<EmulatedCamera>> create(std::filesystem::path picture, std::uint64_t seed);
  ~EmulatedCamera();

  [[nodiscard]] std::filesystem::path const& picture() const { return m_picture; }
  /// A QR code of `text`, held up. Errors: qr_too_long, qr_empty, png_write.
  Result<void> show_text(std::string_view text);
  /// A PNG, held up. Errors: image_unreadable, png_write.
  Result<void> show_file(std::filesystem::path const& png);
  /// An empty hall. Errors: png_write.
  Result<void> hide();
  /// A dark hall at night, or the sun in the lens: 0…255 everywhere. Errors: png_write.
  Result<void> show_light(std::uint8_t grey);
  /// Plugged in, and no frame comes. Errors: png_write.
  Result<void> freeze();
  void unplug();

 private:
  struct Grey {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;
  };
  EmulatedCamera(std::filesystem::path picture, std::uint64_t seed) : m_picture(std::move(picture)), m_rng(seed) {}
  [[nodiscard]] Grey empty_scene();
  Result<void> hold_up(Grey const& sheet);
  Result<void> publish(Grey const& scene);

  std::filesystem::path m_picture;
  std::mt19937_64 m_rng;
};

}  // namespace yizhan::emulated
