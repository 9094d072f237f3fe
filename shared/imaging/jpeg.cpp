#include <csetjmp>
#include <cstdio>  // before jpeglib.h, which needs FILE

#include <jpeglib.h>
// behind jpeglib.h
#include <jerror.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "shared/imaging/codecs.h"

namespace yizhan::imaging {

namespace {

/// A picture in more scans than this only keeps a processor busy; real ones have about ten.
constexpr int k_most_scans = 60;

/// libjpeg reports by a function that must not return: this one jumps back. Nothing with a destructor may live between
/// setjmp and the jump, so pixels and cleaning up belong to the caller.
struct Trouble {
  jpeg_error_mgr errors;
  std::jmp_buf back;
  std::array<char, JMSG_LENGTH_MAX> message;
  bool too_large = false;
};

[[noreturn]] void failed(j_common_ptr common) {
  auto* const trouble = static_cast<Trouble*>(common->client_data);
  common->err->format_message(common, trouble->message.data());
  auto const code = common->err->msg_code;
  trouble->too_large = code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE || code == JERR_TFILE_CREATE;
  std::longjmp(trouble->back, 1);
}

/// Warnings are forgiven but for those of a file that was cut off: libjpeg would fill up with grey.
void warned(j_common_ptr common, int level) {
  if (level >= 0) return;
  auto const code = common->err->msg_code;
  if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) failed(common);
}

void count_scans(j_common_ptr common) {
  auto const* const jpeg = reinterpret_cast<jpeg_decompress_struct const*>(common);
  if (jpeg->input_scan_number > k_most_scans) ERREXIT(common, JERR_OUT_OF_MEMORY);
}

void prepare(Trouble& trouble) {
  jpeg_std_error(&trouble.errors);
  trouble.errors.error_exit = failed;
  trouble.errors.emit_message = warned;
}

struct Decoding {
  jpeg_decompress_struct jpeg;
  jpeg_progress_mgr progress;
  Trouble trouble;
};

bool read_header(Decoding& job, FileBytes file, std::size_t memory) {
  if (setjmp(job.trouble.back) != 0) return false;
  jpeg_create_decompress(&job.jpeg);
  job.jpeg.mem->max_memory_to_use = static_cast<long>(memory);
  jpeg_mem_src(&job.jpeg, file.data(), static_cast<unsigned long>(file.size()));
  jpeg_save_markers(&job.jpeg, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(&job.jpeg, TRUE);
  jpeg_calc_output_dimensions(&job.jpeg);
  return true;
}

bool read_pixels(Decoding& job, std::uint8_t* pixels) {
  if (setjmp(job.trouble.back) != 0) return false;
  job.progress.progress_monitor = count_scans;
  job.jpeg.progress = &job.progress;
  jpeg_start_decompress(&job.jpeg);
  auto const row_bytes =
      static_cast<std::size_t>(job.jpeg.output_width) * static_cast<std::size_t>(job.jpeg.output_components);
  while (job.jpeg.output_scanline < job.jpeg.output_height) {
    JSAMPROW row = pixels + static_cast<std::size_t>(job.jpeg.output_scanline) * row_bytes;
    jpeg_read_scanlines(&job.jpeg, &row, 1);
  }
  return true;
}

Error decoding_error(Trouble const& trouble) {
  return Error::make(trouble.too_large ? "picture_too_large" : "picture_unreadable", Retry::no, trouble.message.data());
}

/// The largest eighth at which the picture has at most `pixels`; libjpeg leaves out coefficients instead of pixels.
void scale_down(jpeg_decompress_struct& jpeg, std::int64_t pixels) {
  for (unsigned eighths = 8; eighths >= 1; --eighths) {
    jpeg.scale_num = eighths;
    jpeg.scale_denom = 8;
    auto const width = (static_cast<std::int64_t>(jpeg.image_width) * eighths + 7) / 8;
    auto const height = (static_cast<std::int64_t>(jpeg.image_height) * eighths + 7) / 8;
    if (width * height <= pixels) return;
  }
}

struct Encoding {
  jpeg_compress_struct jpeg;
  Trouble trouble;
  unsigned char* bytes;
  unsigned long size;
};

bool write_pixels(Encoding& job, Picture const& picture, int quality) {
  if (setjmp(job.trouble.back) != 0) return false;
  jpeg_create_compress(&job.jpeg);
  jpeg_mem_dest(&job.jpeg, &job.bytes, &job.size);
  job.jpeg.image_width = static_cast<JDIMENSION>(picture.width);
  job.jpeg.image_height = static_cast<JDIMENSION>(picture.height);
  job.jpeg.input_components = picture.channels;
  job.jpeg.in_color_space = picture.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&job.jpeg);
  jpeg_set_quality(&job.jpeg, quality, TRUE);
  job.jpeg.optimize_coding = TRUE;
  jpeg_start_compress(&job.jpeg, TRUE);
  while (job.jpeg.next_scanline < job.jpeg.image_height) {
    // libjpeg does not write to its input.
    auto* const row = const_cast<JSAMPROW>(picture.pixels.data() + job.jpeg.next_scanline * picture.row_bytes());
    JSAMPROW rows[1] = {row};
    jpeg_write_scanlines(&job.jpeg, rows, 1);
  }
  jpeg_finish_compress(&job.jpeg);
  return true;
}

}  // namespace

Result<Picture> decode_jpeg(FileBytes file, DecodeLimits const& limits) {
  Decoding job{};
  prepare(job.trouble);
  job.jpeg.err = &job.trouble.errors;
  job.jpeg.client_data = &job.trouble;
  struct Cleanup {
    jpeg_decompress_struct& jpeg;
    ~Cleanup() { jpeg_destroy_decompress(&jpeg); }
  } const cleanup{job.jpeg};

  // The size is judged before decoding begins: jpeg_start_decompress would already reserve for it.
  if (!read_header(job, file, limits.decoder_memory)) return decoding_error(job.trouble);
  TRY(check_source_size(job.jpeg.image_width, job.jpeg.image_height, limits));
  auto const space = job.jpeg.jpeg_color_space;
  if (space == JCS_CMYK || space == JCS_YCCK) return Error::make("picture_format", Retry::no, "CMYK");
  bool const grey = space == JCS_GRAYSCALE;
  job.jpeg.out_color_space = grey ? JCS_GRAYSCALE : JCS_RGB;
  scale_down(job.jpeg, limits.pixels);
  jpeg_calc_output_dimensions(&job.jpeg);

  Picture picture{static_cast<int>(job.jpeg.output_width), static_cast<int>(job.jpeg.output_height), grey ? 1 : 3, {}};
  picture.pixels.resize(picture.row_bytes() * static_cast<std::size_t>(picture.height));
  if (!read_pixels(job, picture.pixels.data())) return decoding_error(job.trouble);
  for (auto const* marker = job.jpeg.marker_list; marker != nullptr; marker = marker->next) {
    auto const orientation = exif_orientation(FileBytes(marker->data, marker->data_length));
    if (orientation != 1) return upright(std::move(picture), orientation);
  }
  return picture;
}

Result<std::vector<std::byte>> encode_jpeg(Picture const& picture, int quality) {
  Encoding job{};
  prepare(job.trouble);
  job.jpeg.err = &job.trouble.errors;
  job.jpeg.client_data = &job.trouble;
  struct Cleanup {
    Encoding& job;
    ~Cleanup() {
      jpeg_destroy_compress(&job.jpeg);
      std::free(job.bytes);
    }
  } const cleanup{job};
  if (!write_pixels(job, picture, quality)) {
    return Error::make("picture_failed", Retry::no, job.trouble.message.data());
  }
  auto const* const bytes = reinterpret_cast<std::byte const*>(job.bytes);
  return std::vector<std::byte>(bytes, bytes + job.size);
}

Result<std::vector<std::byte>> compress(Picture const& picture, Compression const& compression) {
  constexpr int k_quality_step = 8;
  auto small = shrunk_to(picture, compression.long_side);
  for (;;) {
    for (auto quality = compression.best_quality;; quality -= k_quality_step) {
      quality = std::max(quality, compression.least_quality);
      auto bytes = TRY(encode_jpeg(small, quality));
      if (bytes.size() <= compression.most_bytes) return bytes;
      if (quality == compression.least_quality) break;
    }
    auto const side = std::max(small.width, small.height);
    if (side < 16) return Error::make("picture_failed", Retry::no, std::to_string(compression.most_bytes) + " bytes");
    small = shrunk_to(small, side * 4 / 5);
  }
}

}  // namespace yizhan::imaging
