#include "peripherals/ticket_printer/escpos_link.h"

#include <algorithm>
#include <utility>

namespace yizhan::ticket_printer {

namespace {

constexpr Duration k_status_time_out = std::chrono::seconds(1);
/// 60 KiB of picture take 5.3 s at 115200 baud.
constexpr Duration k_job_time_out = std::chrono::milliseconds(6500);
/// How often a job under way is looked after where the printer tells nothing by itself.
constexpr Duration k_look = std::chrono::milliseconds(300);
/// After so many looks without one, an answer may have got lost: it is asked for again.
constexpr int k_looks_to_ask_again = 3;
constexpr int k_questions_at_once = 16;
/// Between pieces of a job what the printer tells is heard: 45 ms at 115200 baud.
constexpr std::size_t k_piece = 512;
/// As good as nothing: only what has arrived.
constexpr Duration k_at_once{1};

}  // namespace

Result<void> EscPosLink::connect(std::unique_ptr<host::Line> line) {
  m_line = std::move(line);
  m_stream.quiet();
  m_tells_changes = m_changed = m_held = m_late_answers = false;
  if (!m_automatic) return {};
  host::Deadline const deadline(k_look);
  auto const written = m_line->write_all(std::as_bytes(std::span(k_automatic_status)), deadline);
  if (!written && !written.error().is("device_timeout")) return written.error();
  return {};
}

/// At least one byte, or an error.
Result<void> EscPosLink::take(host::Deadline const& deadline) {
  std::array<std::byte, 64> chunk{};
  auto const got = TRY(m_line->read_some(chunk, deadline));
  for (auto const byte : std::span(chunk).first(got)) {
    if (auto const answer = m_stream.push(std::to_integer<std::uint8_t>(byte))) note(*answer);
  }
  return {};
}

void EscPosLink::note(Answer const& answer) {
  switch (answer.kind) {
    case Answer::Kind::real_time:
      if (m_real_time_asked && !m_real_time) {
        m_real_time = answer.byte;
      } else {
        ++m_count.noise;
      }
      break;
    case Answer::Kind::in_order:
      if (m_owed > 0) {
        --m_owed;
        ++m_count.answered;
      } else {
        ++m_count.noise;
      }
      break;
    case Answer::Kind::automatic: m_tells_changes = m_changed = true; break;
    case Answer::Kind::flow: m_held = answer.byte == k_xoff; break;
    case Answer::Kind::noise: ++m_count.noise; break;
  }
}

/// Takes what has arrived; after a status that was given up, what arrives within 300 ms too.
Result<void> EscPosLink::drain() {
  host::Deadline const deadline(m_late_answers ? k_look : k_at_once);
  constexpr int k_most = 256;  // of 64 bytes: no printer has so much to say
  for (int i = 0;; ++i) {
    auto taken = take(deadline);
    if (taken && i >= k_most) return Error::make("printer_offline", Retry::later, "does not stop sending");
    if (taken) continue;
    if (!taken.error().is("device_timeout")) return taken;
    break;
  }
  m_late_answers = false;
  return {};
}

Result<bool> EscPosLink::changed() {
  TRY(drain());
  return m_changed;
}

Result<std::uint8_t> EscPosLink::real_time_answer(int n, host::Deadline const& deadline) {
  auto const question = real_time_status(n);
  m_real_time.reset();
  m_real_time_asked = true;
  TRY(m_line->write_all(std::as_bytes(std::span(question)), deadline));
  while (!m_real_time) {
    TRY(take(deadline));
    if (!m_real_time && deadline.passed()) return Error::make("device_timeout", Retry::later, "noise");
  }
  m_real_time_asked = false;
  return *m_real_time;
}

Result<device::PrinterStatus> EscPosLink::status() {
  TRY(drain());
  m_changed = false;
  host::Deadline const deadline(k_status_time_out);
  std::array<std::uint8_t, 4> raw{};
  for (int n = 1; n <= 4; ++n) {
    // One at a time: the answers look alike, their order is all there is to tell them apart.
    auto const answered = real_time_answer(n, deadline);
    m_real_time_asked = false;
    if (answered) {
      raw[static_cast<std::size_t>(n - 1)] = *answered;
      continue;
    }
    if (!answered.error().is("device_timeout")) return answered.error();
    m_late_answers = true;
    if (m_stream.quiet()) ++m_count.noise;
    return Error::make("printer_offline", Retry::later, "no answer to DLE EOT " + std::to_string(n))
        .caused_by(answered.error());
  }
  return decode_status(raw);
}

/// In the middle of a job one lost answer is not the end of it.
Result<device::PrinterStatus> EscPosLink::status_for_sure() {
  auto first = status();
  return first || !first.error().is("printer_offline") ? std::move(first) : status();
}

std::vector<std::uint8_t> EscPosLink::job_bytes(device::PaperImage const& image) const {
  // The rest of a torn command, in white; between commands a printer ignores zeros. Half a ticket is cut off.
  std::vector<std::uint8_t> bytes(m_left == Left::between ? 0 : k_longest_command);
  if (m_left == Left::within) bytes.insert(bytes.end(), k_cut_off.begin(), k_cut_off.end());
  auto const ticket = encode_ticket(image);
  auto const rest = ticket.begin() + k_initialise_bytes;
  bytes.insert(bytes.end(), ticket.begin(), rest);
  // Some printers forget it with ESC @, or were off meanwhile.
  if (m_automatic) bytes.insert(bytes.end(), k_automatic_status.begin(), k_automatic_status.end());
  bytes.insert(bytes.end(), rest, ticket.end());
  return bytes;
}

EscPosLink::Sent EscPosLink::print(device::PaperImage const& image) {
  auto const before = status();
  if (!before) return {Outcome::not_sent, before.error(), std::nullopt};
  if (auto fault = fault_of(*before)) return {Outcome::not_sent, std::move(*fault), *before};

  m_count = {.owed_before = m_owed};
  m_held = false;
  host::Deadline const deadline(k_job_time_out);
  auto const bytes = job_bytes(image);
  auto sent = send(bytes, deadline);
  if (sent.outcome == Outcome::not_sent) sent.status = *before;
  if (sent.outcome != Outcome::printed) return sent;
  m_left = Left::between;
  auto const asked = ask_in_order(1, deadline);
  sent = asked ? wait_until_printed(deadline) : stopped_taking(asked.error());
  // It may have lost its power and the rest of the ticket, or just the cut.
  if (sent.outcome == Outcome::unknown) m_left = Left::within;
  return sent;
}

/// The job's bytes. `printed` means here: all of them left.
EscPosLink::Sent EscPosLink::send(std::span<std::uint8_t const> bytes, host::Deadline const& deadline) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    auto const piece = bytes.subspan(written, std::min(k_piece, bytes.size() - written));
    auto const before = written;
    auto const sent = send_piece(piece, deadline, written);
    if (written > before) m_left = Left::within;
    if (!sent && written == 0) {
      bool const held = sent.error().is("device_timeout");
      return {
          Outcome::not_sent,
          held ? Error::make("printer_offline", Retry::later, "takes no data").caused_by(sent.error()) : sent.error(),
          std::nullopt};
    }
    if (!sent) return stopped_taking(sent.error());
    if (!m_changed) continue;
    // It told of something by itself: better known now than after the rest of the picture.
    auto const now = status_for_sure();
    if (!now) return {Outcome::unknown, now.error(), std::nullopt};
    if (auto fault = fault_of(*now)) return {Outcome::unknown, std::move(*fault), *now};
  }
  return {};
}

Result<void> EscPosLink::send_piece(std::span<std::uint8_t const> bytes, host::Deadline const& deadline,
                                    std::size_t& written) {
  TRY(drain());
  while (m_held) {
    TRY(take(deadline));
    if (m_held && deadline.passed()) return Error::make("device_timeout", Retry::later, "held by XOFF");
  }
  return m_line->write_all(std::as_bytes(bytes), deadline, &written);
}

Result<void> EscPosLink::ask_in_order(int times, host::Deadline const& deadline) {
  for (int i = 0; i < std::min(times, k_questions_at_once); ++i) {
    std::size_t written = 0;
    auto sent = m_line->write_all(std::as_bytes(std::span(k_status_in_order)), deadline, &written);
    if (written == k_status_in_order.size()) {
      ++m_owed;
      ++m_count.asked;
    }
    if (!sent) return sent;
  }
  return {};
}

/// A job's bytes went out and the line takes no more: the printer's status says why.
EscPosLink::Sent EscPosLink::stopped_taking(Error error) {
  if (!error.is("device_timeout")) return {Outcome::unknown, std::move(error), std::nullopt};
  auto const after = status_for_sure();
  if (!after) return {Outcome::unknown, after.error(), std::nullopt};
  auto fault = fault_of(*after);
  return {Outcome::unknown,
          fault ? std::move(*fault) : Error::make("printer_offline", Retry::later, "stopped taking data"), *after};
}

/// Returns with one more answer, when the printer told of a change, or after a while: that is no error.
Result<void> EscPosLink::wait_for_answer() {
  host::Deadline const look(k_look);
  auto const before = m_count.answered;
  while (m_count.answered == before && !m_changed) {
    auto taken = take(look);
    if (taken && look.passed()) return {};
    if (taken) continue;
    if (!taken.error().is("device_timeout")) return taken;
    if (m_stream.quiet()) ++m_count.noise;
    return {};
  }
  return {};
}

/// All bytes left. The answer to GS r comes after the cut; until then DLE EOT tells at once what went wrong.
EscPosLink::Sent EscPosLink::wait_until_printed(host::Deadline const& deadline) {
  int looks = 0;
  for (;;) {
    auto const before = m_count.answered;
    auto const waited = wait_for_answer();
    if (!waited) return {Outcome::unknown, waited.error(), std::nullopt};
    looks = m_count.answered == before ? looks + 1 : 0;
    auto const now = status_for_sure();
    if (!now) return {Outcome::unknown, now.error(), std::nullopt};
    if (auto fault = fault_of(*now)) return {Outcome::unknown, std::move(*fault), *now};
    if (m_count.lacking() <= 0) {
      m_owed = 0;  // in its order: what is still unanswered before this will stay so
      return {Outcome::printed, std::nullopt, *now};
    }
    if (deadline.passed()) {
      return {Outcome::unknown, Error::make("printer_offline", Retry::later, "no answer after the cut"), *now};
    }
    if (m_count.answered < m_count.asked && looks < k_looks_to_ask_again) continue;
    looks = 0;
    auto const asked = ask_in_order(m_count.lacking(), deadline);
    if (!asked) return stopped_taking(asked.error());
  }
}

}  // namespace yizhan::ticket_printer
