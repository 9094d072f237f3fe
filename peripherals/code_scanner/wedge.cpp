#include "peripherals/code_scanner/wedge.h"

#include <atomic>
#include <filesystem>

#include "peripherals/host/outlet.h"

namespace yizhan::code_scanner {

namespace {

class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, WedgeOptions options, device::CodeScanner::Listener listener)
      : m_executor(executor),
        m_options(std::move(options)),
        m_outlet(std::move(listener)),
        m_record(env.wall, m_options.name, m_options.node.empty() ? "keyboard" : m_options.node) {}

  void set_scanning(bool on) { m_scanning = on; }
  void shut() { m_outlet.close(); }

  void check() {
    m_executor.post([weak = weak_from_this()] {
      auto const self = weak.lock();
      if (!self) return;
      self->look();
      self->m_outlet.emit(device::ScannerHealth{self->m_record.health()});
    });
  }

  void typed(TypedCode code) {
    if (!m_scanning) return;
    m_executor.post([weak = weak_from_this(), code = std::move(code)] {
      if (auto const self = weak.lock()) self->judge(code);
    });
  }

 private:
  void look() {
    std::error_code failed;
    if (m_options.node.empty() || std::filesystem::exists(m_options.node, failed))
      m_record.succeed();
    else
      m_record.fail(Error::make("device_absent", Retry::later, m_options.node));
  }

  void judge(TypedCode const& typed) {
    if (!m_scanning) return;
    auto judged = judge_typed(typed, m_options);
    if (!judged) return;
    if (m_record.succeed()) m_outlet.emit(device::ScannerHealth{m_record.health()});
    auto& code = *judged;
    if (code)
      m_outlet.emit(device::CodeScanned{std::move(code->text), std::move(code->format)});
    else
      m_outlet.emit(device::CodeUnusable{code.error()});
  }

  Executor& m_executor;
  WedgeOptions const m_options;
  host::Outlet<device::CodeScannerEvent> m_outlet;
  std::atomic<bool> m_scanning = false;
  host::HealthRecord m_record;
};

class Wedge final : public WedgeScanner {
 public:
  explicit Wedge(std::shared_ptr<Core> core) : m_core(std::move(core)) {}
  ~Wedge() override { m_core->shut(); }
  void start_scanning() override { m_core->set_scanning(true); }
  void stop_scanning() override { m_core->set_scanning(false); }
  void check_health() override { m_core->check(); }
  void typed(TypedCode code) override { m_core->typed(std::move(code)); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::optional<Result<FramedCode>> judge_typed(TypedCode const& code, WedgeOptions const& options) {
  // A prefix first: nothing is said about codes that are not the scanner's.
  std::string_view text(code.text);
  std::string format;
  bool const identifier_first = options.aim_identifier && text.starts_with(']');
  if (identifier_first) format = take_aim_identifier(text);
  if (options.prefix.empty() || !text.starts_with(options.prefix) || code.end != options.end) return std::nullopt;
  text.remove_prefix(options.prefix.size());
  if (!code.plain) return Result<FramedCode>(Error::make("code_not_text", Retry::no, "keys that command"));
  auto framed = framed_code(text, {.aim_identifier = options.aim_identifier && !identifier_first});
  if (framed && framed->format.empty()) framed->format = std::move(format);
  return framed;
}

std::unique_ptr<WedgeScanner> make_wedge_scanner(Executor& executor, Env env, WedgeOptions options,
                                                 device::CodeScanner::Listener listener) {
  return std::make_unique<Wedge>(std::make_shared<Core>(executor, env, std::move(options), std::move(listener)));
}

}  // namespace yizhan::code_scanner
