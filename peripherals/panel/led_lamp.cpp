#include "peripherals/panel/led_lamp.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "peripherals/host/outlet.h"
#include "shared/base/result.h"

namespace yizhan::panel {

namespace {

using device::LampSignal;

constexpr Duration k_slow = std::chrono::milliseconds(1000);
constexpr Duration k_fast = std::chrono::milliseconds(250);
constexpr Duration k_again = std::chrono::seconds(1);

class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, LedLampOptions options, device::Lamp::Listener listener)
      : m_executor(executor),
        m_folder(options.leds / options.led),
        m_outlet(std::move(listener)),
        m_record(env.wall, std::move(options.name), m_folder.string()) {
    m_record.set_identity(std::move(options.led));
  }

  void show(LampSignal signal) {
    m_signal = signal;
    post_turn(Duration{0}, true);
  }
  void check() {
    m_executor.post([weak = weak_from_this()] {
      auto const self = weak.lock();
      if (!self) return;
      self->note(self->write(self->m_lit), true);
    });
  }
  void shut() {
    m_outlet.close();
    ++m_newest_turn;
    m_executor.post([self = shared_from_this()] { [[maybe_unused]] auto const off = self->write(false); });
  }

 private:
  void post_turn(Duration delay, bool lit) {
    auto const id = ++m_newest_turn;
    m_executor.post_after(delay, [weak = weak_from_this(), id, lit] {
      auto const self = weak.lock();
      if (self && id == self->m_newest_turn) self->turn(lit);
    });
  }

  void turn(bool lit) {
    auto const signal = m_signal.load();
    bool const written = note(write(signal != LampSignal::off && lit), false);
    if (!written) return post_turn(k_again, true);
    if (signal == LampSignal::attention) post_turn(k_slow, !lit);
    if (signal == LampSignal::fault) post_turn(k_fast, !lit);
  }

  Result<void> write(bool lit) {
    std::error_code failed;
    auto const file = m_folder / "brightness";
    if (!std::filesystem::exists(file, failed)) return Error::make("device_absent", Retry::later, file.string());
    int most = 1;
    std::ifstream(m_folder / "max_brightness") >> most;
    errno = 0;
    std::ofstream out(file);
    out << (lit ? most : 0) << '\n' << std::flush;
    if (!out) {
      bool const refused = errno == EACCES || errno == EPERM;
      auto detail = file.string() + ": " + std::strerror(errno);
      if (refused) return Error::make("device_refused", Retry::no, std::move(detail));
      return Error::make("device_absent", Retry::later, std::move(detail));
    }
    m_lit = lit;
    return {};
  }

  bool note(Result<void> const& written, bool always_tell) {
    bool const changed = written ? m_record.succeed() : m_record.fail(written.error());
    if (changed || always_tell) m_outlet.emit(m_record.health());
    return written.has_value();
  }

  Executor& m_executor;
  std::filesystem::path const m_folder;
  host::Outlet<device::Health> m_outlet;
  std::atomic<LampSignal> m_signal = LampSignal::off;
  std::atomic<std::uint64_t> m_newest_turn = 0;
  host::HealthRecord m_record;
  bool m_lit = false;
};

class LedLamp final : public device::Lamp {
 public:
  explicit LedLamp(std::shared_ptr<Core> core) : m_core(std::move(core)) {}
  ~LedLamp() override { m_core->shut(); }
  void show(LampSignal signal) override { m_core->show(signal); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::Lamp> make_led_lamp(Executor& executor, Env env, LedLampOptions options,
                                            device::Lamp::Listener listener) {
  return std::make_unique<LedLamp>(std::make_shared<Core>(executor, env, std::move(options), std::move(listener)));
}

}  // namespace yizhan::panel
