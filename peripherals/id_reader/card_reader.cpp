#include "peripherals/id_reader/card_reader.h"

#include <atomic>

#include "peripherals/host/arrival_hook.h"
#include "peripherals/host/outlet.h"
#include "peripherals/id_reader/sdt_protocol.h"
#include "shared/base/log.h"

namespace yizhan::id_reader {

namespace {

using device::IdReaderEvent;
using device::Pace;

/// Lives as long as a task of it runs; everything but the atomics and the outlet belongs to the device's thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, ReaderOptions options, device::IdReader::Listener listener)
      : m_executor(executor),
        m_options(std::move(options)),
        m_outlet(std::move(listener)),
        m_record(env.wall, m_options.name, m_options.port->name()) {}

  void watch() {
    m_arrival.attach(m_options.port, [this] { on_device([](Core& core) { core.retry_now(); }); });
  }
  void start(Pace pace) {
    auto const before = m_pace.exchange(pace);
    bool const polled = m_polling.exchange(true);
    // A screen that asks for a card does not wait for the end of an idle pause. The device's thread posts its round, so
    // that one that is just ending cannot put its own pause after it.
    if (!polled || (pace == Pace::expecting && before == Pace::idle)) {
      on_device([](Core& core) { core.post_round(Duration{0}); });
    }
  }
  void stop() { m_polling = false; }
  void check() {
    on_device([](Core& core) { core.check_now(); });
  }
  void shut() {
    m_arrival.detach();
    m_polling = false;
    m_shut = true;
    m_interrupt->raise();
    m_outlet.close();
  }

 private:
  static constexpr int k_garbled_limit = 3;

  void on_device(void (*task)(Core&)) {
    m_executor.post([weak = weak_from_this(), task] {
      auto const self = weak.lock();
      if (self && !self->m_shut) task(*self);
    });
  }

  /// The newest call wins, so there is one chain of rounds however often polling is started.
  void post_round(Duration delay) {
    auto const id = ++m_newest_round;
    m_executor.post_after(delay, [weak = weak_from_this(), id] {
      auto const self = weak.lock();
      if (self && id == self->m_newest_round) self->round();
    });
  }
  void post_retry() {
    m_retrying = true;
    post_round(m_back_off.next());
  }
  void retry_now() {
    if (!m_retrying) return;
    m_back_off.reset();
    post_round(Duration{0});
  }

  void round() {
    if (m_shut) return;
    if (!m_link && !connect()) return post_retry();
    if (!m_polling) return;
    look_for_card();
    if (m_shut) return;
    if (!m_link) return post_retry();
    if (m_polling) post_round(m_pace == Pace::idle ? m_options.idle_interval : m_options.poll_interval);
  }

  void check_now() {
    if (!m_link) {
      if (!connect(/*always_tell=*/true)) post_retry();
      return;
    }
    if (identify()) emit_health();
    if (!m_link) post_retry();
  }

  bool connect(bool always_tell = false) {
    m_retrying = false;
    auto opened = m_options.port->open(m_interrupt);
    if (!opened) {
      lose(opened.error(), always_tell);
      return false;
    }
    m_record.found_at(opened->node, opened->identity);
    m_link = make_protocol(m_options.protocol, std::move(opened->line));
    m_garbled = 0;
    m_wait_for_removal = std::exchange(m_refuses_card, false);
    if (!identify(always_tell)) return false;
    if (m_record.succeed() || always_tell) emit_health();
    m_back_off.reset();
    return true;
  }

  bool identify(bool always_tell = true) {
    auto status = m_link->status();
    if (!status || status->fault) {
      lose(status ? *status->fault : status.error(), always_tell);
      return false;
    }
    auto const& number = status->number;
    m_record.set_identity(number);
    if (!m_options.expected_identity.empty() && number != m_options.expected_identity) {
      lose(Error::make("device_foreign", Retry::later, number), always_tell);
      return false;
    }
    if (!m_number.empty() && number != m_number) {
      log::warning("{}: another reader: {}, before {}", m_options.name, number, m_number);
    }
    m_number = number;
    return true;
  }

  /// The link is given up; round() opens it anew.
  void lose(Error error, bool always_tell = false) {
    m_link.reset();
    if (error.is("device_cancelled")) return;
    if (m_record.fail(std::move(error)) || always_tell) emit_health();
  }

  void look_for_card() {
    auto const found = m_link->find();
    if (!found) {
      // Noise on the line is not worth a fault until it stays.
      if (found.error().is("reader_garbled") && ++m_garbled < k_garbled_limit) return;
      return lose(found.error());
    }
    m_garbled = 0;
    if (m_record.succeed()) emit_health();
    if (!*found) {
      m_wait_for_removal = false;
    } else if (!m_wait_for_removal) {
      m_wait_for_removal = true;
      read_card();
    }
  }

  void read_card() {
    emit_while_polling(device::CardFound{});
    auto reading = m_link->read(m_options.keep_photo);
    if (reading) {
      m_record.succeed();
      return emit_while_polling(device::CardRead{std::move(*reading)});
    }
    auto const& error = reading.error();
    if (error.is("device_cancelled")) return m_link.reset();
    if (is_about_card(error)) return emit_while_polling(device::CardFailed{error});
    emit_while_polling(device::CardFailed{Error::make("card_read_failed", Retry::later).caused_by(error)});
    if (error.is("reader_garbled")) return;
    // A reader that answers, but not with the card: asked again for the same card it would only fail again.
    m_refuses_card = !error.is("device_absent") && !error.is("reader_silent");
    lose(error);
  }

  void emit_while_polling(IdReaderEvent event) {
    if (m_polling) m_outlet.emit(std::move(event));
  }
  void emit_health() { m_outlet.emit(device::ReaderHealth{m_record.health()}); }

  Executor& m_executor;
  ReaderOptions const m_options;
  std::shared_ptr<host::Interrupt> const m_interrupt = std::make_shared<host::Interrupt>();
  host::Outlet<IdReaderEvent> m_outlet;
  std::atomic<bool> m_polling = false;
  std::atomic<Pace> m_pace = Pace::expecting;
  std::atomic<bool> m_shut = false;

  host::HealthRecord m_record;
  host::BackOff m_back_off;
  std::unique_ptr<ReaderProtocol> m_link;
  std::uint64_t m_newest_round = 0;
  bool m_retrying = false;  // the next round opens the port again
  std::string m_number;     // of the reader that answered last
  int m_garbled = 0;
  bool m_wait_for_removal = false;
  bool m_refuses_card = false;
  host::ArrivalHook m_arrival;
};

class CardReader final : public device::IdReader {
 public:
  explicit CardReader(std::shared_ptr<Core> core) : m_core(std::move(core)) {}
  ~CardReader() override { m_core->shut(); }
  void start_polling(Pace pace) override { m_core->start(pace); }
  void stop_polling() override { m_core->stop(); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::IdReader> make_card_reader(Executor& executor, Env env, ReaderOptions options,
                                                   device::IdReader::Listener listener) {
  auto core = std::make_shared<Core>(executor, env, std::move(options), std::move(listener));
  core->watch();
  return std::make_unique<CardReader>(std::move(core));
}

}  // namespace yizhan::id_reader
