// The input as what a printer sends. Each byte belongs to one answer at most; and a printer that answers anything to a
// job is believed only after its bytes were taken, answers in their place, and twice a good status.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "peripherals/ticket_printer/escpos_link.h"

namespace {

using namespace yizhan;

/// Takes everything. Gives a part of the input after each question: the first byte of a part is how many follow.
class ScriptedLine final : public host::Line {
 public:
  ScriptedLine(std::span<std::uint8_t const> script, std::size_t& in_order) : m_script(script), m_in_order(in_order) {}

  Result<std::size_t> read_some(std::span<std::byte> out, host::Deadline const& /*deadline*/) override {
    auto const size = std::min({out.size(), m_script.size(), m_ready});
    if (size == 0 && m_script.empty()) return Error::make("device_absent");
    if (size == 0) {
      next();
      return Error::make("device_timeout");
    }
    auto const part = std::as_bytes(m_script.first(size));
    std::copy(part.begin(), part.end(), out.begin());
    for (auto const byte : m_script.first(size)) m_in_order += ticket_printer::is_in_order_answer(byte) ? 1 : 0;
    m_script = m_script.subspan(size);
    m_ready -= size;
    return size;
  }
  Result<void> write_all(std::span<std::byte const> bytes, host::Deadline const& /*deadline*/,
                         std::size_t* written) override {
    if (written != nullptr) *written += bytes.size();
    next();
    return {};
  }
  void discard_input() override {}

 private:
  void next() {
    if (m_script.empty()) return;
    m_ready = m_script.front() % 8;
    m_script = m_script.subspan(1);
  }
  std::span<std::uint8_t const> m_script;
  std::size_t& m_in_order;
  std::size_t m_ready = 0;
};

void take_apart(std::span<std::uint8_t const> bytes) {
  ticket_printer::AnswerStream stream;
  std::size_t accounted = 0;
  for (auto const byte : bytes) {
    auto const answer = stream.push(byte);
    if (!answer) continue;
    accounted += answer->kind == ticket_printer::Answer::Kind::automatic ? 4 : 1;
  }
  if (accounted > bytes.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::span<std::uint8_t const> const bytes(data, std::min<std::size_t>(size, 4096));
  take_apart(bytes);
  std::size_t in_order = 0;
  ticket_printer::EscPosLink link(/*automatic=*/true);
  if (!link.connect(std::make_unique<ScriptedLine>(bytes, in_order))) return 0;
  device::PaperImage const image{8, 1, {0xFF}};
  using Outcome = ticket_printer::EscPosLink::Outcome;
  auto const sent = link.print(image);
  if ((sent.outcome == Outcome::printed) != !sent.error) std::abort();
  if (sent.outcome == Outcome::printed && (in_order < 4 || ticket_printer::fault_of(*sent.status))) std::abort();
  return 0;
}
