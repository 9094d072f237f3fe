#include "peripherals/camera/frame_source.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include <cstring>
#include <filesystem>
#include <mutex>

namespace yizhan::camera {

namespace {

constexpr int k_width = 1280;
constexpr int k_height = 720;

struct Unref {
  void operator()(GstElement* element) const { gst_object_unref(element); }
  void operator()(GstBus* bus) const { gst_object_unref(bus); }
  void operator()(GstSample* sample) const { gst_sample_unref(sample); }
  void operator()(GstMessage* message) const { gst_message_unref(message); }
  void operator()(GError* error) const { g_error_free(error); }
  void operator()(GstCaps* caps) const { gst_caps_unref(caps); }
  void operator()(GstStructure* structure) const { gst_structure_free(structure); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

Result<void> start_gstreamer() {
  static std::once_flag once;
  static bool started = false;
  std::call_once(once, [] {
    // The plugins are scanned in this process: a forked scanner would outlive what a kiosk's service unit allows.
    gst_registry_fork_set_enabled(FALSE);
    started = gst_init_check(nullptr, nullptr, nullptr) != FALSE;
  });
  if (!started) return Error::make("camera_failed", Retry::no, "GStreamer does not start");
  return {};
}

/// One buffer, the newest: an old frame is worth nothing. Ten a second are enough for a hand that holds up a code, five
/// for a page that lies. A picture file has no clock of its own, so the sink keeps its pace there.
std::string description_of(CameraSource::Kind kind, Frames frames) {
  bool const codes = frames == Frames::codes;
  std::string tail = "videoconvert ! ";
  if (codes) tail += "videoscale add-borders=true ! ";
  tail += "video/x-raw,";
  tail += codes ? "format=GRAY8,width=" + std::to_string(k_width) + ",height=" + std::to_string(k_height) +
                      ",pixel-aspect-ratio=1/1"
                : "format=RGB";
  tail += " ! appsink name=sink max-buffers=1 drop=true ";
  if (kind == CameraSource::Kind::picture) {
    return "multifilesrc name=source loop=true ! pngdec ! " + tail + "sync=true";
  }
  // Large pictures come as JPEG: those that nobody looks at need not be decoded.
  std::string const way =
      codes ? "decodebin ! videorate max-rate=10" : "videorate drop-only=true max-rate=5 ! decodebin";
  return "v4l2src name=source ! " + way + " ! " + tail + "sync=false";
}

void set_source(GstElement* source, CameraSource const& from, Frames frames) {
  if (from.kind == CameraSource::Kind::v4l2) {
    g_object_set(source, "device", from.path.c_str(), nullptr);
    if (from.controls.empty()) return;
    if (Owned<GstStructure> const controls(gst_structure_from_string(("c," + from.controls).c_str(), nullptr));
        controls)
      g_object_set(source, "extra-controls", controls.get(), nullptr);
    return;
  }
  bool const codes = frames == Frames::codes;
  Owned<GstCaps> const caps(gst_caps_from_string(codes ? "image/png,framerate=10/1" : "image/png,framerate=5/1"));
  // multifilesrc takes a printf pattern.
  std::string pattern;
  for (char const c : from.path) pattern.append(c == '%' ? "%%" : std::string(1, c));
  g_object_set(source, "location", pattern.c_str(), "caps", caps.get(), nullptr);
}

struct Rows {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bytes;
};

/// The pixels of a sample of `channels` bytes each, padding left out.
Result<Rows> rows_of(GstSample* sample, std::size_t channels) {
  GstVideoInfo info;
  GstVideoFrame frame;
  if (gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) == FALSE ||
      gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample), GST_MAP_READ) == FALSE) {
    return Error::make("camera_failed", Retry::later, "frame");
  }
  Rows rows{GST_VIDEO_FRAME_WIDTH(&frame), GST_VIDEO_FRAME_HEIGHT(&frame), {}};
  auto const width = static_cast<std::size_t>(rows.width) * channels;
  rows.bytes.resize(width * static_cast<std::size_t>(rows.height));
  auto const stride = static_cast<std::size_t>(GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0));
  auto const* const from = static_cast<std::uint8_t const*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
  for (std::size_t y = 0; y < static_cast<std::size_t>(rows.height); ++y) {
    std::memcpy(rows.bytes.data() + y * width, from + y * stride, width);
  }
  gst_video_frame_unmap(&frame);
  return rows;
}

}  // namespace

struct FrameSource::Pipeline {
  CameraSource source;
  Owned<GstElement> pipeline;
  Owned<GstElement> sink;
  Owned<GstBus> bus;
  Owned<GstSample> last;

  /// `message`: what GStreamer said, if anything.
  Error failure(Owned<GstMessage> message) const {
    if (std::error_code error; !std::filesystem::exists(source.path, error)) {
      return Error::make("device_absent", Retry::later, source.path);
    }
    std::string words = "ended";
    if (message) {
      GError* raw = nullptr;
      gst_message_parse_error(message.get(), &raw, nullptr);
      Owned<GError> const error(raw);
      words = error->message;
    }
    return Error::make("camera_failed", Retry::later, source.path + ": " + words);
  }
};

FrameSource::FrameSource(std::unique_ptr<Pipeline> pipeline) : m_pipeline(std::move(pipeline)) {}

FrameSource::~FrameSource() { gst_element_set_state(m_pipeline->pipeline.get(), GST_STATE_NULL); }

Result<std::unique_ptr<FrameSource>> FrameSource::open(CameraSource const& source, Frames wanted) {
  if (std::error_code error; !std::filesystem::exists(source.path, error)) {
    return Error::make("device_absent", Retry::later, source.path);
  }
  TRY(start_gstreamer());
  GError* raw = nullptr;
  auto parts = std::make_unique<Pipeline>();
  parts->source = source;
  parts->pipeline.reset(gst_parse_launch(description_of(source.kind, wanted).c_str(), &raw));
  Owned<GError> const parse_error(raw);
  if (!parts->pipeline || parse_error) {
    return Error::make("camera_failed", Retry::no, parse_error ? parse_error->message : "no pipeline");
  }
  parts->sink.reset(gst_bin_get_by_name(GST_BIN(parts->pipeline.get()), "sink"));
  parts->bus.reset(gst_element_get_bus(parts->pipeline.get()));
  Owned<GstElement> const from(gst_bin_get_by_name(GST_BIN(parts->pipeline.get()), "source"));
  set_source(from.get(), source, wanted);
  std::unique_ptr<FrameSource> frames(new FrameSource(std::move(parts)));
  auto* const pipeline = frames->m_pipeline->pipeline.get();
  if (gst_element_set_state(pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    auto* const messages = frames->m_pipeline->bus.get();
    return frames->m_pipeline->failure(Owned<GstMessage>(gst_bus_pop_filtered(messages, GST_MESSAGE_ERROR)));
  }
  return frames;
}

Result<bool> FrameSource::pull(Duration wait) {
  auto* const sink = GST_APP_SINK(m_pipeline->sink.get());
  auto const nanoseconds = static_cast<GstClockTime>(std::chrono::nanoseconds(wait).count());
  Owned<GstSample> sample(gst_app_sink_try_pull_sample(sink, nanoseconds));
  if (sample) {
    m_pipeline->last = std::move(sample);
    return true;
  }
  // Whatever else waits there goes: an error behind it is not to be late.
  Owned<GstMessage> error(gst_bus_pop_filtered(m_pipeline->bus.get(), GST_MESSAGE_ERROR));
  std::error_code ignored;
  bool const gone = !std::filesystem::exists(m_pipeline->source.path, ignored);
  if (error || gone || gst_app_sink_is_eos(sink) != FALSE) return m_pipeline->failure(std::move(error));
  return false;
}

Result<std::optional<code_scanner::GreyImage>> FrameSource::next(Duration wait) {
  if (!TRY(pull(wait))) return std::optional<code_scanner::GreyImage>();
  auto rows = TRY(rows_of(m_pipeline->last.get(), 1));
  return std::optional(code_scanner::GreyImage{rows.width, rows.height, std::move(rows.bytes)});
}

Result<std::optional<ColourFrame>> FrameSource::next_colour(Duration wait) {
  if (!TRY(pull(wait))) return std::optional<ColourFrame>();
  auto rows = TRY(rows_of(m_pipeline->last.get(), 3));
  return std::optional(ColourFrame{rows.width, rows.height, std::move(rows.bytes)});
}

Result<std::vector<std::byte>> FrameSource::last_as_jpeg() {
  if (!m_pipeline->last) return Error::make("camera_failed", Retry::later, "no frame yet");
  Owned<GstCaps> const caps(gst_caps_from_string("image/jpeg"));
  GError* raw = nullptr;
  Owned<GstSample> const jpeg(
      gst_video_convert_sample(m_pipeline->last.get(), caps.get(), static_cast<GstClockTime>(3) * GST_SECOND, &raw));
  Owned<GError> const error(raw);
  if (!jpeg) return Error::make("camera_failed", Retry::later, error ? error->message : "JPEG");
  auto* const buffer = gst_sample_get_buffer(jpeg.get());
  std::vector<std::byte> bytes(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
  return bytes;
}

}  // namespace yizhan::camera
