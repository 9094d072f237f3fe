#include "peripherals/camera/camera_scanner.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>

#include "peripherals/camera/camera_place.h"
#include "peripherals/camera/frame_source.h"
#include "peripherals/camera/looking.h"
#include "peripherals/code_scanner/charset.h"
#include "peripherals/code_scanner/ladder.h"
#include "peripherals/host/outlet.h"
#include "peripherals/host/wait.h"

namespace yizhan::camera {

namespace {

using code_scanner::GreyImage;
using device::CodeScannerEvent;

constexpr Duration k_frame_wait = std::chrono::milliseconds(100);
constexpr int k_waits_without_frame = 30;  // 3 s
constexpr Duration k_preview_interval = std::chrono::milliseconds(200);
constexpr int k_preview_width = 320;
constexpr Duration k_out_of_sight = std::chrono::seconds(2);

/// Lives as long as a task of it runs; everything but the atomics and the outlet belongs to the device's thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, CameraScannerOptions options, device::CodeScanner::Listener listener)
      : m_executor(executor),
        m_steady(env.steady),
        m_place(options.source),
        m_bus(options.source.bus),
        m_region(options.region),
        m_outlet(std::move(listener)),
        m_record(env.wall, std::move(options.name), options.source.path),
        m_ladder(env.steady) {}

  void watch_arrivals() {
    if (!m_bus) return;
    m_watch = m_bus->watch([weak = weak_from_this()](host::Place const& place) {
      auto const self = weak.lock();
      if (!self || place.kind != host::Kind::video) return;
      self->m_executor.post([weak] {
        auto const core = weak.lock();
        if (core && core->m_scanning && !core->m_source) core->post_turn(Duration{0});
      });
    });
  }

  void start() {
    if (m_scanning.exchange(true)) return;
    m_fresh = true;
    post_turn(Duration{0});
  }
  void stop() {
    if (m_scanning.exchange(false)) post_turn(Duration{0});
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
    if (!m_scanning) {
      m_ladder.forget();
      return m_source.reset();
    }
    if (m_fresh.exchange(false)) {
      m_in_sight.clear();
      m_next_preview = SteadyTime{};
      m_light = {};
    }
    auto const looked = look();
    if (!looked) {
      m_source.reset();
      if (m_record.fail(looked.error())) m_outlet.emit(device::ScannerHealth{m_record.health()});
      return post_turn(m_back_off.next());
    }
    post_turn(Duration{0});
  }

  Result<std::unique_ptr<FrameSource>> open() {
    auto const found = TRY(m_place.find());
    auto source = TRY(FrameSource::open(found.source, Frames::codes));
    TRY(m_place.confirm(found));
    m_record.found_at(found.source.path, found.identity());
    return source;
  }

  Result<void> look() {
    if (!m_source) {
      m_source = TRY(open());
      m_empty_waits = 0;
    }
    auto const frame = TRY(m_source->next(k_frame_wait));
    if (!frame) {
      if (++m_empty_waits < k_waits_without_frame) return {};
      return Error::make("camera_silent", Retry::later, "no frame for 3 s");
    }
    m_empty_waits = 0;
    m_back_off.reset();
    if (m_record.succeed()) m_outlet.emit(device::ScannerHealth{m_record.health()});
    auto const part = pixels_of(m_region, *frame);
    m_light.look(*frame, part);
    auto const found = m_ladder.look(*frame, part).found;
    preview(*frame, found);
    for (auto const& code : found) report(code);
    return {};
  }

  void preview(GreyImage const& frame, std::vector<code_scanner::FoundCode> const& found) {
    auto const now = m_steady.now();
    if (now < m_next_preview && found.empty()) return;
    m_next_preview = now + k_preview_interval;
    auto const factor = (frame.width + k_preview_width - 1) / k_preview_width;
    auto small = code_scanner::shrunk(frame, factor);
    device::ScannerPreview event{small.width, small.height, std::move(small.pixels), {}, m_light.light()};
    if (!found.empty()) {
      for (auto const& [x, y] : found.front().corners) event.found_corners.emplace_back(x / factor, y / factor);
    }
    m_outlet.emit(std::move(event));
  }

  void report(code_scanner::FoundCode const& code) {
    auto const now = m_steady.now();
    std::erase_if(m_in_sight, [&](auto const& seen) { return now - seen.second >= k_out_of_sight; });
    bool const known = m_in_sight.contains(code.text);
    m_in_sight[code.text] = now;
    if (known || !m_scanning) return;
    auto text = code_scanner::accept_text(code.text);
    if (text) {
      m_outlet.emit(device::CodeScanned{std::move(*text), code.format});
    } else {
      m_outlet.emit(device::CodeUnusable{text.error()});
    }
  }

  /// Opens the camera for one frame where it is closed.
  void check_now() {
    if (!m_scanning) {
      auto const probed = probe();
      probed ? static_cast<void>(m_record.succeed()) : static_cast<void>(m_record.fail(probed.error()));
    }
    m_outlet.emit(device::ScannerHealth{m_record.health()});
  }

  Result<void> probe() {
    auto const source = TRY(open());
    auto const frame = TRY(source->next(std::chrono::seconds(1)));
    if (!frame) return Error::make("camera_silent", Retry::later, "no frame for 1 s");
    return {};
  }

  Executor& m_executor;
  SteadyClock& m_steady;
  CameraPlace m_place;
  std::shared_ptr<host::Bus> const m_bus;
  Region const m_region;
  std::unique_ptr<host::Watch> m_watch;
  host::Outlet<CodeScannerEvent> m_outlet;
  std::atomic<bool> m_scanning = false;
  std::atomic<bool> m_fresh = false;
  std::atomic<std::uint64_t> m_newest_turn = 0;

  host::HealthRecord m_record;
  host::BackOff m_back_off;
  std::unique_ptr<FrameSource> m_source;
  int m_empty_waits = 0;
  code_scanner::DecodeLadder m_ladder;
  LightMeter m_light;
  SteadyTime m_next_preview{};
  std::map<std::string, SteadyTime> m_in_sight;
};

class CameraScanner final : public device::CodeScanner {
 public:
  explicit CameraScanner(std::shared_ptr<Core> core) : m_core(std::move(core)) { m_core->watch_arrivals(); }
  ~CameraScanner() override { m_core->shut(); }
  void start_scanning() override { m_core->start(); }
  void stop_scanning() override { m_core->stop(); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::CodeScanner> make_camera_scanner(Executor& executor, Env env, CameraScannerOptions options,
                                                         device::CodeScanner::Listener listener) {
  return std::make_unique<CameraScanner>(
      std::make_shared<Core>(executor, env, std::move(options), std::move(listener)));
}

}  // namespace yizhan::camera
