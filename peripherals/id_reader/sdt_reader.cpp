#include "peripherals/id_reader/sdt_reader.h"

#include <atomic>
#include <optional>

#include "peripherals/host/outlet.h"
#include "peripherals/id_reader/sdt_link.h"

namespace yizhan::id_reader {

namespace {

using device::IdReaderEvent;

/// Lives as long as a task of it runs; everything but the atomics and the outlet belongs to the device's thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, SdtReaderOptions options, device::IdReader::Listener listener)
      : m_executor(executor),
        m_options(std::move(options)),
        m_outlet(std::move(listener)),
        m_record(env.wall, m_options.name, m_options.port->name()) {}

  void start() {
    m_polling = true;
    post_round(Duration{0});
  }
  void stop() { m_polling = false; }
  void check() {
    m_executor.post([weak = weak_from_this()] {
      if (auto const self = weak.lock()) self->check_now();
    });
  }
  void shut() {
    m_polling = false;
    m_shut = true;
    m_interrupt->raise();
    m_outlet.close();
  }

 private:
  static constexpr int k_garbled_limit = 3;

  /// The newest call wins, so there is one chain of rounds however often polling is started.
  void post_round(Duration delay) {
    auto const id = ++m_newest_round;
    m_executor.post_after(delay, [weak = weak_from_this(), id] {
      auto const self = weak.lock();
      if (self && id == self->m_newest_round) self->round();
    });
  }

  void round() {
    if (m_shut) return;
    if (!m_link && !connect()) return post_round(m_back_off.next());
    if (!m_polling) return;
    look_for_card();
    if (m_shut) return;
    if (!m_link) return post_round(m_back_off.next());
    if (m_polling) post_round(m_options.poll_interval);
  }

  void check_now() {
    if (m_shut) return;
    if (!m_link) {
      if (!connect(/*always_tell=*/true)) post_round(m_back_off.next());
      return;
    }
    if (ask_sam()) emit_health();
    if (!m_link) post_round(m_back_off.next());
  }

  bool connect(bool always_tell = false) {
    auto opened = m_options.port->open(m_interrupt);
    if (!opened) {
      lose(opened.error(), always_tell);
      return false;
    }
    m_record.found_at(opened->node, opened->identity);
    m_link.emplace(std::move(opened->line));
    m_garbled = 0;
    m_wait_for_removal = false;
    if (!ask_sam(always_tell)) return false;
    if (m_record.succeed() || always_tell) emit_health();
    m_back_off.reset();
    return true;
  }

  bool ask_sam(bool always_tell = true) {
    auto sam = m_link->sam();
    if (!sam) {
      lose(sam.error(), always_tell);
      return false;
    }
    if (sam->status != k_sam_status.success) {
      lose(error_of_status(sam->status), always_tell);
      return false;
    }
    m_record.set_identity(std::move(sam->number));
    return true;
  }

  /// The link is given up; round() opens it anew.
  void lose(Error error, bool always_tell = false) {
    m_link.reset();
    if (error.is("device_cancelled")) return;
    if (m_record.fail(std::move(error)) || always_tell) emit_health();
  }

  void look_for_card() {
    auto const found = m_link->ask(k_find_card);
    if (!found) {
      // Noise on the line is not worth a fault until it stays.
      if (found.error().is("reader_garbled") && ++m_garbled < k_garbled_limit) return;
      return lose(found.error());
    }
    m_garbled = 0;
    if (m_record.succeed()) emit_health();
    if (found->status == k_no_card) {
      m_wait_for_removal = false;
    } else if (found->status != k_find_card.success) {
      lose(error_of_status(found->status));
    } else if (!m_wait_for_removal) {
      m_wait_for_removal = true;
      read_card();
    }
  }

  void read_card() {
    emit_while_polling(device::CardFound{});
    auto reading = m_link->read_found_card(m_options.keep_photo);
    if (reading) {
      m_record.succeed();
      return emit_while_polling(device::CardRead{std::move(*reading)});
    }
    auto const& error = reading.error();
    if (error.is("device_cancelled")) return m_link.reset();
    if (is_about_card(error)) return emit_while_polling(device::CardFailed{error});
    emit_while_polling(device::CardFailed{Error::make("card_read_failed", Retry::later).caused_by(error)});
    if (!error.is("reader_garbled")) lose(error);
  }

  static bool is_about_card(Error const& error) {
    return error.is("reader_untrusted_card") || error.is("card_wrong_type") || error.is("card_read_failed") ||
           error.is("card_select_failed");
  }

  void emit_while_polling(IdReaderEvent event) {
    if (m_polling) m_outlet.emit(std::move(event));
  }
  void emit_health() { m_outlet.emit(device::ReaderHealth{m_record.health()}); }

  Executor& m_executor;
  SdtReaderOptions const m_options;
  std::shared_ptr<host::Interrupt> const m_interrupt = std::make_shared<host::Interrupt>();
  host::Outlet<IdReaderEvent> m_outlet;
  std::atomic<bool> m_polling = false;
  std::atomic<bool> m_shut = false;
  std::atomic<std::uint64_t> m_newest_round = 0;

  host::HealthRecord m_record;
  host::BackOff m_back_off;
  std::optional<SdtLink> m_link;
  int m_garbled = 0;
  bool m_wait_for_removal = false;
};

class SdtReader final : public device::IdReader {
 public:
  explicit SdtReader(std::shared_ptr<Core> core) : m_core(std::move(core)) {}
  ~SdtReader() override { m_core->shut(); }
  void start_polling() override { m_core->start(); }
  void stop_polling() override { m_core->stop(); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::IdReader> make_sdt_reader(Executor& executor, Env env, SdtReaderOptions options,
                                                  device::IdReader::Listener listener) {
  return std::make_unique<SdtReader>(std::make_shared<Core>(executor, env, std::move(options), std::move(listener)));
}

}  // namespace yizhan::id_reader
