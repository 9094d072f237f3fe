#pragma once
/// Picture files as others write them, made by the formats' own libraries.
#include <cstdio>  // before jpeglib.h, which needs FILE

#include <jpeglib.h>
#include <png.h>

#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <vector>

namespace yizhan::imaging {

using File = std::vector<std::byte>;
/// Fills one row of pixels.
using Row = std::function<void(int y, std::uint8_t* row)>;

inline File jpeg_file(int width, int height, bool progressive, Row const& fill, J_COLOR_SPACE space = JCS_RGB) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &bytes, &size);
  jpeg.image_width = static_cast<JDIMENSION>(width);
  jpeg.image_height = static_cast<JDIMENSION>(height);
  jpeg.input_components = space == JCS_RGB ? 3 : space == JCS_GRAYSCALE ? 1 : 4;
  jpeg.in_color_space = space;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 90, TRUE);
  if (progressive) jpeg_simple_progression(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(width) * static_cast<std::size_t>(jpeg.input_components));
  for (int y = 0; y < height; ++y) {
    fill(y, row.data());
    JSAMPROW rows[1] = {row.data()};
    jpeg_write_scanlines(&jpeg, rows, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  auto const* const first = reinterpret_cast<std::byte const*>(bytes);
  File file(first, first + size);
  std::free(bytes);
  return file;
}

/// `colour`: PNG_COLOR_TYPE_…; eight bits a channel.
inline File png_file(int width, int height, int colour, bool interlaced, Row const& fill) {
  File file;
  auto* png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  auto* info = png_create_info_struct(png);
  png_set_write_fn(
      png, &file,
      [](png_structp self, png_bytep data, png_size_t size) {
        auto* const out = static_cast<File*>(png_get_io_ptr(self));
        auto const* const bytes = reinterpret_cast<std::byte const*>(data);
        out->insert(out->end(), bytes, bytes + size);
      },
      nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), 8, colour,
               interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, 1);
  png_write_info(png, info);
  auto const passes = png_set_interlace_handling(png);
  std::vector<std::uint8_t> row(png_get_rowbytes(png, info));
  for (int pass = 0; pass < passes; ++pass) {
    for (int y = 0; y < height; ++y) {
      fill(y, row.data());
      png_write_row(png, row.data());
    }
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return file;
}

/// Red left, blue right, darker towards the bottom.
inline Row red_and_blue(int width, int height) {
  return [width, height](int y, std::uint8_t* row) {
    for (int x = 0; x < width; ++x) {
      auto const light = static_cast<std::uint8_t>(255 - y * 128 / height);
      row[3 * x] = x < width / 2 ? light : 20;
      row[3 * x + 1] = 20;
      row[3 * x + 2] = x < width / 2 ? 20 : light;
    }
  };
}

}  // namespace yizhan::imaging
