#include "peripherals/camera/document_camera.h"

#include <atomic>
#include <deque>
#include <optional>

#include "peripherals/camera/camera_place.h"
#include "peripherals/camera/frame_source.h"
#include "peripherals/host/outlet.h"
#include "peripherals/host/wait.h"

namespace yizhan::camera {

namespace {

using device::DocumentCameraEvent;

constexpr Duration k_frame_wait = std::chrono::milliseconds(200);
constexpr int k_waits_without_frame = 15;  // 3 s
constexpr int k_preview_width = 640;

/// Means of squares of pixels; what is left over at the right and lower edge is left out.
device::DocumentPreview preview_of(ColourFrame const& frame) {
  auto const factor = (frame.width + k_preview_width - 1) / k_preview_width;
  device::DocumentPreview small{frame.width / factor, frame.height / factor, {}};
  small.rgb.reserve(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) * 3);
  auto const row_bytes = static_cast<std::size_t>(frame.width) * 3;
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      for (std::size_t c = 0; c < 3; ++c) {
        unsigned sum = 0;
        for (int dy = 0; dy < factor; ++dy) {
          auto const* pixel = frame.rgb.data() + static_cast<std::size_t>(y * factor + dy) * row_bytes +
                              static_cast<std::size_t>(x * factor) * 3 + c;
          for (int dx = 0; dx < factor; ++dx, pixel += 3) sum += *pixel;
        }
        small.rgb.push_back(static_cast<std::uint8_t>(sum / static_cast<unsigned>(factor * factor)));
      }
    }
  }
  return small;
}

/// What a resident is told: a missing camera is nothing he could plug in.
Error for_resident(Error const& error) {
  if (error.is("device_absent")) return Error::make("camera_absent", Retry::later).caused_by(error);
  return error;
}

/// Lives as long as a task of it runs; everything but the atomics and the outlet belongs to the device's thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, DocumentCameraOptions options, device::DocumentCamera::Listener listener)
      : m_executor(executor),
        m_place(options.source),
        m_bus(options.source.bus),
        m_outlet(std::move(listener)),
        m_record(env.wall, std::move(options.name), options.source.path) {}

  void watch_arrivals() {
    if (!m_bus) return;
    m_watch = m_bus->watch([weak = weak_from_this()](host::Place const& place) {
      auto const self = weak.lock();
      if (!self || place.kind != host::Kind::video) return;
      self->m_executor.post([weak] {
        auto const core = weak.lock();
        if (core && core->m_open && !core->m_source) core->post_turn(Duration{0});
      });
    });
  }

  void start() {
    if (!m_open.exchange(true)) post_turn(Duration{0});
  }
  void stop() {
    if (m_open.exchange(false)) post_turn(Duration{0});
  }
  void take(std::uint64_t request) {
    m_executor.post([weak = weak_from_this(), request] {
      auto const self = weak.lock();
      if (!self) return;
      self->m_takes.push_back(request);
      if (!self->m_open) self->fail_takes(Error::make("camera_closed"));
    });
  }
  void check() {
    m_executor.post([weak = weak_from_this()] {
      if (auto const self = weak.lock()) self->check_now();
    });
  }
  void shut() {
    m_watch.reset();
    m_outlet.close();
    stop();
  }

 private:
  void post_turn(Duration delay) {
    auto const id = ++m_newest_turn;
    m_executor.post_after(delay, [self = shared_from_this(), id] {
      if (id == self->m_newest_turn) self->turn();
    });
  }

  void turn() {
    if (!m_open) {
      m_source.reset();
      return fail_takes(Error::make("camera_closed"));
    }
    if (auto const looked = look(); !looked) {
      m_source.reset();
      fail_takes(for_resident(looked.error()));
      if (m_record.fail(looked.error())) m_outlet.emit(device::DocumentCameraHealth{m_record.health()});
      return post_turn(m_back_off.next());
    }
    post_turn(Duration{0});
  }

  Result<std::unique_ptr<FrameSource>> open() {
    auto const found = TRY(m_place.find());
    auto source = TRY(FrameSource::open(found.source, Frames::documents));
    TRY(m_place.confirm(found));
    m_record.found_at(found.source.path, found.identity());
    return source;
  }

  Result<void> look() {
    if (!m_source) {
      m_source = TRY(open());
      m_empty_waits = 0;
    }
    auto const frame = TRY(m_source->next_colour(k_frame_wait));
    if (!frame) {
      if (++m_empty_waits < k_waits_without_frame) return {};
      return Error::make("camera_silent", Retry::later, "no frame for 3 s");
    }
    m_empty_waits = 0;
    m_back_off.reset();
    if (m_record.succeed()) m_outlet.emit(device::DocumentCameraHealth{m_record.health()});
    m_outlet.emit(preview_of(*frame));
    while (!m_takes.empty()) {
      auto const jpeg = TRY(m_source->last_as_jpeg());
      m_outlet.emit(device::DocumentStill{m_takes.front(), SecretBytes(std::span<std::byte const>(jpeg))});
      m_takes.pop_front();
    }
    return {};
  }

  void fail_takes(Error const& error) {
    while (!m_takes.empty()) {
      m_outlet.emit(device::DocumentStillFailed{m_takes.front(), error});
      m_takes.pop_front();
    }
  }

  /// Opens the camera for one frame where it is closed.
  void check_now() {
    if (!m_open) {
      auto const probed = probe();
      probed ? static_cast<void>(m_record.succeed()) : static_cast<void>(m_record.fail(probed.error()));
    }
    m_outlet.emit(device::DocumentCameraHealth{m_record.health()});
  }

  Result<void> probe() {
    auto const source = TRY(open());
    auto const frame = TRY(source->next_colour(std::chrono::seconds(2)));
    if (!frame) return Error::make("camera_silent", Retry::later, "no frame for 2 s");
    return {};
  }

  Executor& m_executor;
  CameraPlace m_place;
  std::shared_ptr<host::Bus> const m_bus;
  std::unique_ptr<host::Watch> m_watch;
  host::Outlet<DocumentCameraEvent> m_outlet;
  std::atomic<bool> m_open = false;
  std::atomic<std::uint64_t> m_newest_turn = 0;

  host::HealthRecord m_record;
  host::BackOff m_back_off;
  std::unique_ptr<FrameSource> m_source;
  int m_empty_waits = 0;
  std::deque<std::uint64_t> m_takes;
};

class Camera final : public device::DocumentCamera {
 public:
  explicit Camera(std::shared_ptr<Core> core) : m_core(std::move(core)) { m_core->watch_arrivals(); }
  ~Camera() override { m_core->shut(); }
  void start() override { m_core->start(); }
  void stop() override { m_core->stop(); }
  void take(std::uint64_t request) override { m_core->take(request); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::DocumentCamera> make_document_camera(Executor& executor, Env env, DocumentCameraOptions options,
                                                             device::DocumentCamera::Listener listener) {
  return std::make_unique<Camera>(std::make_shared<Core>(executor, env, std::move(options), std::move(listener)));
}

}  // namespace yizhan::camera
