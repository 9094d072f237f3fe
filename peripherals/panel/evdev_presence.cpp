#include "peripherals/panel/evdev_presence.h"

#include <array>
#include <atomic>
#include <optional>

#include "peripherals/host/arrival_hook.h"
#include "peripherals/host/outlet.h"
#include "shared/base/text.h"

namespace yizhan::panel {

namespace {

using device::PresenceEvent;

/// How long one look lasts before other tasks of the thread have their turn.
constexpr Duration k_turn = std::chrono::milliseconds(200);

/// Everything but the atomics, the interrupt and the outlet belongs to the device's thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, EvdevPresenceOptions options, device::PresenceSensor::Listener listener)
      : m_executor(executor),
        m_options(std::move(options)),
        m_outlet(std::move(listener)),
        m_record(env.wall, m_options.name, m_options.port->name()) {}

  void start() {
    m_arrival.attach(m_options.port, [this] {
      m_executor.post([weak = weak_from_this()] {
        auto const self = weak.lock();
        if (self && !self->m_line) self->post_turn(Duration{0});
      });
    });
    post_turn(Duration{0});
  }
  void check() {
    m_executor.post([weak = weak_from_this()] {
      auto const self = weak.lock();
      if (!self || self->m_shut) return;
      if (!self->m_line) self->open();
      self->tell();
    });
  }
  void shut() {
    m_arrival.detach();
    m_shut = true;
    m_interrupt->raise();
    m_outlet.close();
  }

 private:
  void post_turn(Duration delay) {
    auto const id = ++m_newest_turn;
    m_executor.post_after(delay, [weak = weak_from_this(), id] {
      auto const self = weak.lock();
      if (self && id == self->m_newest_turn && !self->m_shut) self->turn();
    });
  }

  void turn() {
    if (!m_line && open()) tell();
    if (!m_line) return post_turn(m_back_off.next());
    std::array<std::byte, 24 * 16> chunk;
    auto const got = m_line->read_some(chunk, host::Deadline(k_turn));
    if (m_shut) return;
    if (got) {
      heed(text::chars_of(std::span(chunk).first(*got)));
    } else if (!got.error().is("device_timeout")) {
      m_line.reset();
      m_present.reset();
      if (m_record.fail(got.error())) tell();
      return post_turn(m_back_off.next());
    } else {
      m_records.reset();  // what came in part only never gets whole
    }
    post_turn(Duration{0});
  }

  void heed(std::string_view bytes) {
    for (auto const& record : m_records.push(bytes)) {
      if (record.type != m_options.type || record.code != m_options.code) continue;
      bool const present = record.value != 0;
      if (m_present == present) continue;
      m_present = present;
      m_outlet.emit(device::PresenceChanged{present});
    }
  }

  /// True if the health changed.
  bool open() {
    auto opened = m_options.port->open(m_interrupt);
    if (!opened) return m_record.fail(opened.error());
    m_record.found_at(opened->node, opened->identity);
    m_line = std::move(opened->line);
    m_records.reset();
    m_back_off.reset();
    return m_record.succeed();
  }
  void tell() { m_outlet.emit(device::PresenceHealth{m_record.health()}); }

  Executor& m_executor;
  EvdevPresenceOptions const m_options;
  std::shared_ptr<host::Interrupt> const m_interrupt = std::make_shared<host::Interrupt>();
  host::Outlet<PresenceEvent> m_outlet;
  std::atomic<bool> m_shut = false;
  std::atomic<std::uint64_t> m_newest_turn = 0;

  host::HealthRecord m_record;
  host::BackOff m_back_off;
  std::unique_ptr<host::Line> m_line;
  InputRecords m_records;
  std::optional<bool> m_present;
  host::ArrivalHook m_arrival;
};

class EvdevPresence final : public device::PresenceSensor {
 public:
  explicit EvdevPresence(std::shared_ptr<Core> core) : m_core(std::move(core)) { m_core->start(); }
  ~EvdevPresence() override { m_core->shut(); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::PresenceSensor> make_evdev_presence(Executor& executor, Env env, EvdevPresenceOptions options,
                                                            device::PresenceSensor::Listener listener) {
  return std::make_unique<EvdevPresence>(
      std::make_shared<Core>(executor, env, std::move(options), std::move(listener)));
}

}  // namespace yizhan::panel
