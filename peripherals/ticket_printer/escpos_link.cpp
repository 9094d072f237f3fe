#include "peripherals/ticket_printer/escpos_link.h"

namespace yizhan::ticket_printer {

namespace {

constexpr Duration k_status_time_out = std::chrono::seconds(1);
/// 60 KiB of picture take 5.3 s at 115200 baud.
constexpr Duration k_job_time_out = std::chrono::milliseconds(7000);
/// How often a job under way is looked after: so soon is an open cover noticed.
constexpr Duration k_look = std::chrono::milliseconds(300);

}  // namespace

void EscPosLink::note_in_order_answer() {
  if (m_unanswered > 0) --m_unanswered;
}

Result<std::uint8_t> EscPosLink::real_time_answer(host::Deadline const& deadline) {
  for (;;) {
    std::byte byte{};
    TRY(m_line->read_some(std::span(&byte, 1), deadline));
    auto const value = std::to_integer<std::uint8_t>(byte);
    if (is_real_time_answer(value)) return value;
    if (is_in_order_answer(value)) note_in_order_answer();
  }
}

/// Returns at the cut, or when the deadline passed: that is no error.
Result<void> EscPosLink::wait_for_cut(host::Deadline const& deadline) {
  while (m_unanswered > 0) {
    std::byte byte{};
    auto const got = m_line->read_some(std::span(&byte, 1), deadline);
    if (!got && got.error().is("device_timeout")) return {};
    if (!got) return got.error();
    if (is_in_order_answer(std::to_integer<std::uint8_t>(byte))) note_in_order_answer();
  }
  return {};
}

/// Takes what has arrived; after a status that was given up, what arrives within 300 ms too.
Result<void> EscPosLink::drain() {
  host::Deadline const deadline(m_late_answers ? k_look : Duration{1});
  for (;;) {
    std::byte byte{};
    auto const got = m_line->read_some(std::span(&byte, 1), deadline);
    if (!got && got.error().is("device_timeout")) break;
    if (!got) return got.error();
    if (is_in_order_answer(std::to_integer<std::uint8_t>(byte))) note_in_order_answer();
  }
  m_late_answers = false;
  return {};
}

Result<device::PrinterStatus> EscPosLink::status() {
  TRY(drain());
  host::Deadline const deadline(k_status_time_out);
  std::array<std::uint8_t, 4> raw{};
  for (int n = 1; n <= 4; ++n) {
    // One at a time: the answers look alike, their order is all there is to tell them apart.
    auto const question = real_time_status(n);
    auto answered = m_line->write_all(std::as_bytes(std::span(question)), deadline);
    if (answered) {
      auto const value = real_time_answer(deadline);
      if (value) {
        raw[static_cast<std::size_t>(n - 1)] = *value;
        continue;
      }
      answered = value.error();
    }
    if (!answered.error().is("device_timeout")) return answered.error();
    m_late_answers = true;
    return Error::make("printer_offline", Retry::later, "no answer to DLE EOT " + std::to_string(n))
        .caused_by(answered.error());
  }
  return decode_status(raw);
}

EscPosLink::Sent EscPosLink::print(device::PaperImage const& image) {
  auto const before = status();
  if (!before) return {Outcome::not_sent, before.error(), std::nullopt};
  if (auto fault = fault_of(*before)) return {Outcome::not_sent, std::move(*fault), *before};

  // A printer that waits for the rest of a torn band gets it in white; between commands it ignores zeros.
  std::vector<std::uint8_t> bytes(m_torn ? k_max_band_bytes : 0);
  auto const ticket = encode_ticket(image);
  bytes.insert(bytes.end(), ticket.begin(), ticket.end());
  bytes.insert(bytes.end(), k_status_in_order.begin(), k_status_in_order.end());
  host::Deadline const deadline(k_job_time_out);
  std::size_t written = 0;
  ++m_unanswered;
  auto const sent = m_line->write_all(std::as_bytes(std::span(bytes)), deadline, &written);
  if (sent) {
    m_torn = false;
    return wait_until_printed(deadline);
  }
  --m_unanswered;  // the question at the end did not leave
  m_torn = m_torn || written > 0;
  if (written == 0) return {Outcome::not_sent, sent.error(), *before};
  if (!sent.error().is("device_timeout")) return {Outcome::unknown, sent.error(), std::nullopt};
  // The printer stopped taking bytes: its status says why.
  auto const after = status();
  if (!after) return {Outcome::unknown, after.error(), std::nullopt};
  auto fault = fault_of(*after);
  return {Outcome::unknown,
          fault ? std::move(*fault) : Error::make("printer_offline", Retry::later, "stopped taking data"), *after};
}

/// All bytes left. The answer to GS r comes after the cut; until then DLE EOT tells at once what went wrong.
EscPosLink::Sent EscPosLink::wait_until_printed(host::Deadline const& deadline) {
  for (;;) {
    host::Deadline const look(k_look);
    auto const waited = wait_for_cut(look);
    if (!waited) return {Outcome::unknown, waited.error(), std::nullopt};
    bool const cut = m_unanswered == 0;
    auto const now = status();
    if (!now) return {Outcome::unknown, now.error(), std::nullopt};
    if (auto fault = fault_of(*now)) return {Outcome::unknown, std::move(*fault), *now};
    if (cut) return {Outcome::printed, std::nullopt, *now};
    if (deadline.passed()) {
      // A printer that was switched off and on answers no old question: do not wait for those again.
      m_unanswered = 0;
      return {Outcome::unknown, Error::make("printer_offline", Retry::later, "no answer after the cut"), *now};
    }
  }
}

}  // namespace yizhan::ticket_printer
