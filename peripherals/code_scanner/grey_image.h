#pragma once
/// Pictures to look for codes in: eight bits a pixel, rows without padding.
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::code_scanner {

struct GreyImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

inline constexpr std::size_t k_max_image_bytes = 32U << 20;  // of the file
inline constexpr std::int64_t k_max_image_pixels = 50'000'000;

/// PNG, JPEG or WebP, told apart by their first bytes; transparency over white.
/// Errors: image_unreadable (not there, damaged), image_format (none of the three), image_too_large.
Result<GreyImage> load_image(std::filesystem::path const& file);
Result<GreyImage> decode_image(std::span<std::uint8_t const> bytes);

/// Each pixel the mean of factor × factor.
[[nodiscard]] GreyImage shrunk(GreyImage const& image, int factor);

}  // namespace yizhan::code_scanner
