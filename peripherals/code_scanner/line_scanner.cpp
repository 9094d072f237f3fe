#include "peripherals/code_scanner/line_scanner.h"

#include <array>
#include <atomic>
#include <optional>

#include "peripherals/host/arrival_hook.h"
#include "peripherals/host/outlet.h"
#include "shared/base/text.h"

namespace yizhan::code_scanner {

namespace {

using device::CodeScannerEvent;

/// How long one look at the line lasts before other tasks of the thread have their turn.
constexpr Duration k_turn = std::chrono::milliseconds(100);

/// Lives as long as a task of it runs; everything but the atomics, the interrupt and the outlet belongs to the
/// device's thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, LineScannerOptions options, device::CodeScanner::Listener listener)
      : m_executor(executor),
        m_port(std::move(options.port)),
        m_framer(std::move(options.framer)),
        m_outlet(std::move(listener)),
        m_record(env.wall, std::move(options.name), m_port->name()) {}

  void watch_arrivals() {
    m_arrival.attach(m_port, [this] {
      m_executor.post([weak = weak_from_this()] {
        if (auto const self = weak.lock()) self->arrived();
      });
    });
  }

  void start() {
    if (m_scanning.exchange(true)) return;
    m_fresh = true;
    post_turn(Duration{0});
  }
  void stop() { m_scanning = false; }
  void check() {
    m_executor.post([weak = weak_from_this()] {
      if (auto const self = weak.lock()) self->check_now();
    });
  }
  void shut() {
    m_arrival.detach();
    m_scanning = false;
    m_shut = true;
    m_interrupt->raise();
    m_outlet.close();
  }

 private:
  void post_turn(Duration delay) {
    auto const id = ++m_newest_turn;
    m_executor.post_after(delay, [weak = weak_from_this(), id] {
      auto const self = weak.lock();
      if (self && id == self->m_newest_turn) self->turn();
    });
  }

  /// Something that may be the scanner was plugged in: no need to wait for the next attempt.
  void arrived() {
    if (m_shut || m_line) return;
    if (m_scanning) return post_turn(Duration{0});
    open(false);
  }

  void turn() {
    if (!m_scanning) return;
    if (!open(false)) return post_turn(m_back_off.next());
    if (m_fresh.exchange(false)) {
      m_line->discard_input();
      m_framer->reset();
    }
    auto const read = read_once();
    if (m_shut) return;
    if (!read) {
      fail(read.error(), false);
      return post_turn(m_back_off.next());
    }
    if (m_scanning) post_turn(Duration{0});
  }

  Result<void> read_once() {
    host::Deadline const deadline(m_framer->pending() ? m_framer->silence_time() : k_turn);
    std::array<std::byte, 1024> chunk;
    auto const got = m_line->read_some(chunk, deadline);
    if (got) {
      for (auto& code : m_framer->push(text::chars_of(std::span(chunk).first(*got)))) emit(std::move(code));
    } else if (!got.error().is("device_timeout")) {
      return got.error();
    } else if (auto code = m_framer->silence()) {
      emit(std::move(*code));
    }
    return {};
  }

  void emit(Result<FramedCode> code) {
    if (!m_scanning) return;
    if (code) {
      m_record.succeed();
      m_outlet.emit(device::CodeScanned{std::move(code->text), std::move(code->format)});
    } else {
      m_outlet.emit(device::CodeUnusable{code.error()});
    }
  }

  bool open(bool always_tell) {
    if (m_line) return true;
    auto opened = m_port->open(m_interrupt);
    if (!opened) {
      fail(opened.error(), always_tell);
      return false;
    }
    m_record.found_at(opened->node, opened->identity);
    m_line = std::move(opened->line);
    m_framer->reset();
    m_back_off.reset();
    if (m_record.succeed() && !always_tell) m_outlet.emit(device::ScannerHealth{m_record.health()});
    return true;
  }

  void fail(Error error, bool always_tell) {
    m_line.reset();
    if (m_record.fail(std::move(error)) || always_tell) m_outlet.emit(device::ScannerHealth{m_record.health()});
  }

  /// A scanner answers nothing: that its port is there is all there is to know. An unplugged one shows at a read.
  void check_now() {
    if (m_shut) return;
    if (m_line && !m_scanning) {
      std::array<std::byte, 1024> dropped;
      auto const got = m_line->read_some(dropped, host::Deadline(Duration{1}));
      if (!got && !got.error().is("device_timeout")) return fail(got.error(), true);
    }
    if (open(true)) m_outlet.emit(device::ScannerHealth{m_record.health()});
  }

  Executor& m_executor;
  std::shared_ptr<host::Port> const m_port;
  std::unique_ptr<CodeFramer> const m_framer;
  std::shared_ptr<host::Interrupt> const m_interrupt = std::make_shared<host::Interrupt>();
  host::Outlet<CodeScannerEvent> m_outlet;
  std::atomic<bool> m_scanning = false;
  std::atomic<bool> m_fresh = false;
  std::atomic<bool> m_shut = false;
  std::atomic<std::uint64_t> m_newest_turn = 0;

  host::HealthRecord m_record;
  host::BackOff m_back_off;
  std::unique_ptr<host::Line> m_line;
  host::ArrivalHook m_arrival;
};

class LineScanner final : public device::CodeScanner {
 public:
  explicit LineScanner(std::shared_ptr<Core> core) : m_core(std::move(core)) { m_core->watch_arrivals(); }
  ~LineScanner() override { m_core->shut(); }
  void start_scanning() override { m_core->start(); }
  void stop_scanning() override { m_core->stop(); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::CodeScanner> make_line_scanner(Executor& executor, Env env, LineScannerOptions options,
                                                       device::CodeScanner::Listener listener) {
  return std::make_unique<LineScanner>(std::make_shared<Core>(executor, env, std::move(options), std::move(listener)));
}

}  // namespace yizhan::code_scanner
