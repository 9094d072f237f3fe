#include <png.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstring>
#include <string>

#include "shared/imaging/codecs.h"

namespace yizhan::imaging {

namespace {

constexpr png_alloc_size_t k_largest_chunk = 8'000'000;  // besides the pixels: profiles and texts nobody reads

/// Everything that must outlive libpng's jump back to where it was called.
struct Job {
  png_structp png = nullptr;
  png_infop info = nullptr;
  FileBytes rest;
  std::string message;
  std::vector<std::uint8_t> row;
  std::vector<std::uint32_t> sums;  // of the rows that become one
  ~Job() { png_destroy_read_struct(&png, &info, nullptr); }
};

[[noreturn]] void failed(png_structp png, png_const_charp message) {
  static_cast<Job*>(png_get_error_ptr(png))->message = message;
  png_longjmp(png, 1);
}
void warned(png_structp, png_const_charp) {}

void read_bytes(png_structp png, png_bytep out, std::size_t size) {
  auto& rest = static_cast<Job*>(png_get_io_ptr(png))->rest;
  if (rest.size() < size) png_error(png, "cut off");
  std::memcpy(out, rest.data(), size);
  rest = rest.subspan(size);
}

bool read_header(Job& job) {
  if (setjmp(png_jmpbuf(job.png)) != 0) return false;
  png_set_read_fn(job.png, &job, read_bytes);
  png_set_chunk_malloc_max(job.png, k_largest_chunk);
  png_set_user_limits(job.png, 0x7FFFFFFF, 0x7FFFFFFF);  // judged by check_source_size()
  png_read_info(job.png, job.info);
  return true;
}

/// Down to eight bits a channel, palettes and keyed colours laid open.
bool start_rows(Job& job) {
  if (setjmp(png_jmpbuf(job.png)) != 0) return false;
  png_set_expand(job.png);
  png_set_scale_16(job.png);
  png_read_update_info(job.png, job.info);
  return true;
}

bool next_row(Job& job) {
  if (setjmp(png_jmpbuf(job.png)) != 0) return false;
  png_read_row(job.png, job.row.data(), nullptr);
  return true;
}

bool read_whole(Job& job, png_bytepp rows) {
  if (setjmp(png_jmpbuf(job.png)) != 0) return false;
  png_read_image(job.png, rows);
  return true;
}

Error unreadable(Job const& job) { return Error::make("picture_unreadable", Retry::no, job.message); }

/// One row of `from` channels (grey, grey + alpha, RGB, RGBA) on white.
void lay_on_white(std::uint8_t const* row, int width, int from, std::uint8_t* out) {
  auto const colours = from <= 2 ? 1 : 3;
  bool const clear = from == 2 || from == 4;
  for (int x = 0; x < width; ++x) {
    unsigned const alpha = clear ? row[colours] : 255U;
    for (int c = 0; c < colours; ++c) {
      *out++ = static_cast<std::uint8_t>((row[c] * alpha + 255U * (255U - alpha) + 127U) / 255U);
    }
    row += from;
  }
}

/// Averages `factor` × `factor` pixels while the rows come in; the rest at the right and lower edge is left out.
Result<Picture> read_shrunk(Job& job, int width, int height, int channels, int factor) {
  auto const colours = channels <= 2 ? 1 : 3;
  Picture picture{std::max(1, width / factor), std::max(1, height / factor), colours, {}};
  picture.pixels.reserve(picture.row_bytes() * static_cast<std::size_t>(picture.height));
  std::vector<std::uint8_t> white(static_cast<std::size_t>(width) * static_cast<std::size_t>(colours));
  job.sums.assign(picture.row_bytes(), 0);
  auto const across = width / picture.width >= factor ? factor : width;
  auto const down = height / picture.height >= factor ? factor : height;
  for (int y = 0; y < picture.height; ++y) {
    std::fill(job.sums.begin(), job.sums.end(), 0U);
    for (int dy = 0; dy < down; ++dy) {
      if (!next_row(job)) return unreadable(job);
      lay_on_white(job.row.data(), width, channels, white.data());
      for (int x = 0; x < picture.width * across; ++x) {
        for (int c = 0; c < colours; ++c) {
          job.sums[static_cast<std::size_t>(x / across * colours + c)] +=
              white[static_cast<std::size_t>(x * colours + c)];
        }
      }
    }
    for (auto const sum : job.sums) {
      picture.pixels.push_back(static_cast<std::uint8_t>(sum / static_cast<unsigned>(across * down)));
    }
  }
  return picture;
}

/// Interlaced rows come in passes, so all of them are needed at once.
Result<Picture> read_interlaced(Job& job, int width, int height, int channels) {
  auto const row_bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
  std::vector<std::uint8_t> all(row_bytes * static_cast<std::size_t>(height));
  std::vector<png_bytep> rows;
  for (int y = 0; y < height; ++y) rows.push_back(all.data() + static_cast<std::size_t>(y) * row_bytes);
  if (!read_whole(job, rows.data())) return unreadable(job);
  Picture picture{width, height, channels <= 2 ? 1 : 3, {}};
  picture.pixels.resize(picture.row_bytes() * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    lay_on_white(rows[static_cast<std::size_t>(y)], width, channels,
                 picture.pixels.data() + static_cast<std::size_t>(y) * picture.row_bytes());
  }
  return picture;
}

}  // namespace

Result<Picture> decode_png(FileBytes file, DecodeLimits const& limits) {
  Job job;
  job.rest = file;
  job.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &job, failed, warned);
  job.info = job.png == nullptr ? nullptr : png_create_info_struct(job.png);
  if (job.info == nullptr) return Error::make("picture_too_large", Retry::later, "memory");
  if (!read_header(job)) return unreadable(job);
  TRY(check_source_size(png_get_image_width(job.png, job.info), png_get_image_height(job.png, job.info), limits));
  auto const width = static_cast<int>(png_get_image_width(job.png, job.info));
  auto const height = static_cast<int>(png_get_image_height(job.png, job.info));
  auto const pixels = static_cast<std::int64_t>(width) * height;
  bool const interlaced = png_get_interlace_type(job.png, job.info) != PNG_INTERLACE_NONE;
  if (interlaced && pixels > limits.pixels) {
    return Error::make("picture_too_large", Retry::no,
                       std::to_string(width) + "x" + std::to_string(height) + " interlaced");
  }
  if (!start_rows(job)) return unreadable(job);
  auto const channels = static_cast<int>(png_get_channels(job.png, job.info));
  job.row.resize(png_get_rowbytes(job.png, job.info));
  if (interlaced) return read_interlaced(job, width, height, channels);
  auto const ratio = static_cast<double>(pixels) / static_cast<double>(limits.pixels);
  return read_shrunk(job, width, height, channels, std::max(1, static_cast<int>(std::ceil(std::sqrt(ratio)))));
}

}  // namespace yizhan::imaging
