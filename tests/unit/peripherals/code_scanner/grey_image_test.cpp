#include "peripherals/code_scanner/grey_image.h"

#include <cstdio>

#include <gtest/gtest.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

#include <string>

namespace yizhan::code_scanner {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes png_of(png_uint_32 width, png_uint_32 height, int format, Bytes const& pixels) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = width;
  png.height = height;
  png.format = static_cast<png_uint_32>(format);
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&png, nullptr, &size, 0, pixels.data(), 0, nullptr);
  Bytes out(size);
  png_image_write_to_memory(&png, out.data(), &size, 0, pixels.data(), 0, nullptr);
  out.resize(size);
  return out;
}

Bytes jpeg_of(unsigned width, unsigned height, Bytes grey) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* memory = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &memory, &size);
  jpeg.image_width = width;
  jpeg.image_height = height;
  jpeg.input_components = 1;
  jpeg.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < height) {
    JSAMPROW row = grey.data() + static_cast<std::size_t>(jpeg.next_scanline) * width;
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  Bytes out(memory, memory + size);
  jpeg_destroy_compress(&jpeg);
  std::free(memory);
  return out;
}

Bytes webp_of(int width, int height, Bytes const& rgba) {
  std::uint8_t* memory = nullptr;
  auto const size = WebPEncodeLosslessRGBA(rgba.data(), width, height, width * 4, &memory);
  Bytes out(memory, memory + size);
  WebPFree(memory);
  return out;
}

TEST(GreyImages, ReadsAllThreeFormats) {
  auto const png = decode_image(png_of(2, 1, PNG_FORMAT_GRAY, {0, 200}));
  ASSERT_TRUE(png);
  EXPECT_EQ(png->pixels, (Bytes{0, 200}));
  auto const jpeg = decode_image(jpeg_of(16, 8, Bytes(128, 90)));
  ASSERT_TRUE(jpeg);
  EXPECT_EQ(jpeg->width, 16);
  EXPECT_NEAR(jpeg->pixels[77], 90, 3);
  auto const webp = decode_image(webp_of(2, 1, {0, 0, 0, 255, 255, 255, 255, 255}));
  ASSERT_TRUE(webp);
  EXPECT_EQ(webp->pixels, (Bytes{0, 255}));
}

TEST(GreyImages, TransparentIsWhite) {
  EXPECT_EQ(decode_image(png_of(1, 1, PNG_FORMAT_RGBA, {0, 0, 0, 0}))->pixels, (Bytes{255}));
  EXPECT_EQ(decode_image(webp_of(1, 1, {0, 0, 0, 0}))->pixels, (Bytes{255}));
}

TEST(GreyImages, DamagedOrForeignFilesAreRefusedByName) {
  EXPECT_TRUE(decode_image(Bytes{}).error().is("image_format"));
  EXPECT_TRUE(decode_image(Bytes{'G', 'I', 'F', '8'}).error().is("image_format"));
  for (auto bytes : {png_of(20, 20, PNG_FORMAT_GRAY, Bytes(400, 1)), webp_of(20, 20, Bytes(1600, 1))}) {
    bytes.resize(bytes.size() / 2);
    EXPECT_TRUE(decode_image(bytes).error().is("image_unreadable"));
  }
  auto jpeg = jpeg_of(16, 8, Bytes(128, 90));
  jpeg.resize(40);
  EXPECT_TRUE(decode_image(jpeg).error().is("image_unreadable"));
}

TEST(GreyImages, AHugePictureIsRefusedBeforeMemoryIsTaken) {
  // The header of a PNG that claims 100,000 × 100,000.
  auto bytes = png_of(1, 1, PNG_FORMAT_GRAY, {0});
  for (int i = 16; i < 24; ++i)
    bytes[static_cast<std::size_t>(i)] = i % 4 == 1 ? 0x01 : i % 4 == 2 ? 0x86 : i % 4 == 3 ? 0xA0 : 0;
  auto const png = decode_image(bytes);
  ASSERT_FALSE(png);
  auto jpeg = jpeg_of(16, 8, Bytes(128, 90));
  for (std::size_t i = 0; i + 8 < jpeg.size(); ++i) {
    if (jpeg[i] == 0xFF && jpeg[i + 1] == 0xC0) {
      jpeg[i + 5] = jpeg[i + 7] = 0xFF;  // 65,288 × 65,296
    }
  }
  EXPECT_TRUE(decode_image(jpeg).error().is("image_too_large"));
  EXPECT_TRUE(decode_image(Bytes(k_max_image_bytes + 1)).error().is("image_too_large"));
}

}  // namespace
}  // namespace yizhan::code_scanner
