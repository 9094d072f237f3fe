#include "peripherals/code_scanner/grey_image.h"

#include <csetjmp>
#include <cstdio>  // before jpeglib.h, which needs FILE

#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <limits>

namespace yizhan::code_scanner {

namespace {

bool starts_with(std::span<std::uint8_t const> bytes, std::span<std::uint8_t const> magic) {
  return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
}

Result<void> check_size(std::int64_t width, std::int64_t height) {
  // ZXing counts in int; a strip a million pixels long is no picture of a code.
  constexpr std::int64_t k_max_side = 32'000;
  if (width < 1 || height < 1) return Error::make("image_unreadable", Retry::no, "no pixels");
  if (width > k_max_side || height > k_max_side || width * height > k_max_image_pixels) {
    return Error::make("image_too_large", Retry::no, std::to_string(width) + "x" + std::to_string(height));
  }
  return {};
}

Result<GreyImage> decode_png(std::span<std::uint8_t const> bytes) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0) {
    return Error::make("image_unreadable", Retry::no, png.message);
  }
  if (auto const size = check_size(png.width, png.height); !size) {
    png_image_free(&png);
    return size.error();
  }
  png.format = PNG_FORMAT_GRAY;
  GreyImage image{static_cast<int>(png.width), static_cast<int>(png.height), {}};
  image.pixels.resize(PNG_IMAGE_SIZE(png));
  png_color const white{255, 255, 255};
  if (png_image_finish_read(&png, &white, image.pixels.data(), 0, nullptr) == 0) {
    return Error::make("image_unreadable", Retry::no, png.message);
  }
  return image;
}

/// libjpeg reports by a function that must not return: this one jumps back. Nothing with a destructor may live
/// between setjmp and the jump, so the pixels belong to the caller.
struct JpegJob {
  jpeg_decompress_struct jpeg;
  jpeg_error_mgr errors;
  std::jmp_buf back;
  std::array<char, JMSG_LENGTH_MAX> message;
};

[[noreturn]] void jpeg_failed(j_common_ptr common) {
  auto* const job = static_cast<JpegJob*>(common->client_data);
  common->err->format_message(common, job->message.data());
  std::longjmp(job->back, 1);
}

void jpeg_silent(j_common_ptr, int) {}

enum class JpegStep { header, pixels };

bool jpeg_step(JpegJob& job, JpegStep step, std::span<std::uint8_t const> bytes, std::uint8_t* pixels) {
  if (setjmp(job.back) != 0) return false;
  if (step == JpegStep::header) {
    jpeg_create_decompress(&job.jpeg);
    jpeg_mem_src(&job.jpeg, bytes.data(), static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&job.jpeg, TRUE);
    return true;
  }
  // Grey is the luma channel of nearly every JPEG; CMYK pictures have no such short cut and are refused.
  job.jpeg.out_color_space = JCS_GRAYSCALE;
  jpeg_start_decompress(&job.jpeg);
  while (job.jpeg.output_scanline < job.jpeg.output_height) {
    JSAMPROW row = pixels + static_cast<std::size_t>(job.jpeg.output_scanline) * job.jpeg.output_width;
    jpeg_read_scanlines(&job.jpeg, &row, 1);
  }
  return true;
}

Result<GreyImage> decode_jpeg(std::span<std::uint8_t const> bytes) {
  JpegJob job{};
  job.jpeg.err = jpeg_std_error(&job.errors);
  job.errors.error_exit = jpeg_failed;
  job.errors.emit_message = jpeg_silent;
  job.jpeg.client_data = &job;
  struct Cleanup {
    jpeg_decompress_struct& jpeg;
    ~Cleanup() { jpeg_destroy_decompress(&jpeg); }
  } const cleanup{job.jpeg};

  // The size is judged before decoding begins: jpeg_start_decompress would already reserve for it.
  GreyImage image;
  if (!jpeg_step(job, JpegStep::header, bytes, nullptr)) {
    return Error::make("image_unreadable", Retry::no, job.message.data());
  }
  TRY(check_size(job.jpeg.image_width, job.jpeg.image_height));
  image.width = static_cast<int>(job.jpeg.image_width);
  image.height = static_cast<int>(job.jpeg.image_height);
  image.pixels.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  if (!jpeg_step(job, JpegStep::pixels, bytes, image.pixels.data())) {
    return Error::make("image_unreadable", Retry::no, job.message.data());
  }
  return image;
}

Result<GreyImage> decode_webp(std::span<std::uint8_t const> bytes) {
  int width = 0;
  int height = 0;
  if (WebPGetInfo(bytes.data(), bytes.size(), &width, &height) == 0) {
    return Error::make("image_unreadable", Retry::no, "WebP header");
  }
  TRY(check_size(width, height));
  auto* const rgba = WebPDecodeRGBA(bytes.data(), bytes.size(), &width, &height);
  if (rgba == nullptr) return Error::make("image_unreadable", Retry::no, "WebP data");
  GreyImage image{width, height, {}};
  auto const count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  image.pixels.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    unsigned const grey = (rgba[4 * i] * 77U + rgba[4 * i + 1] * 150U + rgba[4 * i + 2] * 29U) >> 8;  // BT.601
    unsigned const alpha = rgba[4 * i + 3];
    image.pixels[i] = static_cast<std::uint8_t>((grey * alpha + 255U * (255U - alpha)) / 255U);
  }
  WebPFree(rgba);
  return image;
}

}  // namespace

Result<GreyImage> decode_image(std::span<std::uint8_t const> bytes) {
  constexpr std::array<std::uint8_t, 4> png{0x89, 'P', 'N', 'G'};
  constexpr std::array<std::uint8_t, 3> jpeg{0xFF, 0xD8, 0xFF};
  constexpr std::array<std::uint8_t, 4> riff{'R', 'I', 'F', 'F'};
  constexpr std::array<std::uint8_t, 4> webp{'W', 'E', 'B', 'P'};
  if (bytes.size() > k_max_image_bytes) return Error::make("image_too_large", Retry::no, "file");
  if (starts_with(bytes, png)) return decode_png(bytes);
  if (starts_with(bytes, jpeg)) return decode_jpeg(bytes);
  if (starts_with(bytes, riff) && bytes.size() >= 12 && starts_with(bytes.subspan(8), webp)) return decode_webp(bytes);
  return Error::make("image_format", Retry::no, "neither PNG, JPEG nor WebP");
}

Result<GreyImage> load_image(std::filesystem::path const& file) {
  std::error_code error;
  auto const size = std::filesystem::file_size(file, error);
  if (error) return Error::make("image_unreadable", Retry::no, file.string() + ": " + error.message());
  if (size > k_max_image_bytes) return Error::make("image_too_large", Retry::no, file.string());
  std::ifstream in(file, std::ios::binary);
  std::vector<std::uint8_t> const bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in && !in.eof()) return Error::make("image_unreadable", Retry::no, file.string());
  return decode_image(bytes);
}

GreyImage shrunk(GreyImage const& image, int factor) {
  GreyImage small{image.width / factor, image.height / factor, {}};
  small.pixels.reserve(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height));
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      unsigned sum = 0;
      for (int dy = 0; dy < factor; ++dy) {
        auto const row = static_cast<std::size_t>(y * factor + dy) * static_cast<std::size_t>(image.width);
        for (int dx = 0; dx < factor; ++dx) sum += image.pixels[row + static_cast<std::size_t>(x * factor + dx)];
      }
      small.pixels.push_back(static_cast<std::uint8_t>(sum / static_cast<unsigned>(factor * factor)));
    }
  }
  return small;
}

}  // namespace yizhan::code_scanner
