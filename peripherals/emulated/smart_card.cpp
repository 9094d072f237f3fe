#include "peripherals/emulated/smart_card.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <utility>

#include "shared/base/file.h"
#include "shared/base/text.h"

namespace yizhan::emulated {

namespace {

constexpr std::string_view k_name = "\xF0YIZHAN\x01\x01";
constexpr std::string_view k_signed_words = "yizhan/staff-card/1";

using Bytes = std::vector<std::byte>;

Bytes status(unsigned sw) { return {static_cast<std::byte>(sw >> 8 & 0xFF), static_cast<std::byte>(sw & 0xFF)}; }

Bytes with_status(std::span<std::byte const> data, unsigned sw = 0x9000) {
  Bytes bytes(data.begin(), data.end());
  auto const end = status(sw);
  bytes.insert(bytes.end(), end.begin(), end.end());
  return bytes;
}

void append(Bytes& bytes, std::span<std::byte const> more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

}  // namespace

struct StaffCardApplication::Call {
  unsigned class_byte, instruction, p1, p2;
  std::span<std::byte const> data;
  std::optional<std::size_t> expected;

  static std::optional<Call> parse(std::span<std::byte const> bytes) {
    if (bytes.size() < 4) return std::nullopt;
    auto const at = [&](std::size_t i) { return std::to_integer<unsigned>(bytes[i]); };
    auto const length = [&](std::size_t i) -> std::size_t { return at(i) == 0 ? 256 : at(i); };
    Call call{at(0), at(1), at(2), at(3), {}, std::nullopt};
    if (bytes.size() == 4) return call;
    if (bytes.size() == 5) {
      call.expected = length(4);
      return call;
    }
    std::size_t const lc = at(4);
    if (lc == 0 || bytes.size() < 5 + lc || bytes.size() > 6 + lc) return std::nullopt;
    call.data = bytes.subspan(5, lc);
    if (bytes.size() == 6 + lc) call.expected = length(5 + lc);
    return call;
  }
};

Result<StaffCardApplication> StaffCardApplication::create(StaffCardData data) {
  auto key = TRY(crypto::PrivateKey::from_pem(data.key_pem));
  auto const certificate = TRY(crypto::Certificate::parse(data.certificate));
  auto const attempts = data.attempts;
  auto const memory = data.memory;
  StaffCardApplication card(std::move(data), std::move(key), certificate.der());
  card.m_attempts_left = attempts;
  std::error_code error;
  if (!memory.empty() && std::filesystem::exists(memory, error)) {
    auto const kept = TRY(read_whole_file(memory, 16));
    auto const words = text::trim(kept);
    auto const [end, fault] = std::from_chars(words.data(), words.data() + words.size(), card.m_attempts_left);
    bool const whole = fault == std::errc{} && end == words.data() + words.size();
    if (!whole || card.m_attempts_left < 0 || card.m_attempts_left > attempts) {
      return Error::make("card_memory", Retry::no, memory.string());
    }
  }
  return card;
}

void StaffCardApplication::remember(int attempts_left) {
  m_attempts_left = attempts_left;
  if (m_data.memory.empty()) return;
  auto written = m_data.memory;
  written += ".new";
  std::ofstream(written) << attempts_left << '\n';
  std::error_code error;
  std::filesystem::rename(written, m_data.memory, error);
}

void StaffCardApplication::reset() {
  m_selected = false;
  m_pin_was_right = false;
  m_waiting.clear();
}

/// ISO 7816-3 §8.2: one protocol and the name of the maker in the historical bytes; a check byte unless T=0 is the only one.
std::vector<std::byte> StaffCardApplication::atr() const {
  constexpr std::string_view historical = "YIZHAN";
  Bytes bytes = {std::byte{0x3B}};
  bytes.push_back(static_cast<std::byte>((m_data.t0 ? 0x00U : 0x80U) | historical.size()));
  if (!m_data.t0) bytes.push_back(std::byte{0x01});
  append(bytes, text::bytes_of(historical));
  if (m_data.t0) return bytes;
  std::byte check{};
  for (auto const byte : std::span(bytes).subspan(1)) check ^= byte;
  bytes.push_back(check);
  return bytes;
}

std::vector<std::byte> StaffCardApplication::answer(std::span<std::byte const> command) {
  auto const call = Call::parse(command);
  if (!call) return status(0x6700);
  if (call->class_byte != 0x00) return status(0x6E00);
  if (m_data.t0 && call->instruction == 0xC0) {
    auto const waiting = std::exchange(m_waiting, {});
    if (waiting.empty()) return status(0x6985);
    return with_status(std::span(waiting).first(std::min(waiting.size(), call->expected.value_or(0))));
  }
  m_waiting.clear();
  auto result = run(*call);
  // In T=0 the data of a command that had data itself waits.
  if (m_data.t0 && !call->data.empty() && result.size() > 2) {
    m_waiting.assign(result.begin(), result.end() - 2);
    return status(0x6100 | static_cast<unsigned>(m_waiting.size() & 0xFF));
  }
  return result;
}

std::vector<std::byte> StaffCardApplication::run(Call const& call) {
  if (call.instruction == 0xA4) return select(call);
  bool const known =
      call.instruction == 0xCA || call.instruction == 0xB0 || call.instruction == 0x20 || call.instruction == 0x88;
  if (!known) return status(0x6D00);
  if (!m_selected) return status(0x6985);
  switch (call.instruction) {
    case 0xCA: return facts(call);
    case 0xB0: return read(call);
    case 0x20: return verify(call);
    default: return authenticate(call);
  }
}

std::vector<std::byte> StaffCardApplication::select(Call const& call) {
  m_selected = false;
  m_pin_was_right = false;
  if (call.p1 != 0x04 || call.p2 != 0x0C) return status(0x6A86);
  if (text::chars_of(call.data) != k_name) return status(0x6A82);
  m_selected = true;
  return status(0x9000);
}

std::vector<std::byte> StaffCardApplication::facts(Call const& call) const {
  if (call.p1 != 0x01 || call.p2 != 0x01) return status(0x6A86);
  Bytes bytes = {std::byte{0x01}};
  append(bytes, m_data.card_id);
  append(bytes, status(static_cast<unsigned>(m_certificate.size())));  // two bytes, big-endian
  bytes.push_back(static_cast<std::byte>(m_attempts_left));
  if (!call.data.empty() || !call.expected) return status(0x6700);
  if (*call.expected != bytes.size()) return status(0x6C00 | static_cast<unsigned>(bytes.size()));
  return with_status(bytes);
}

std::vector<std::byte> StaffCardApplication::read(Call const& call) const {
  if (!call.data.empty() || !call.expected) return status(0x6700);
  if (call.p1 > 0x7F) return status(0x6A86);
  std::size_t const offset = call.p1 << 8 | call.p2;
  if (offset >= m_certificate.size()) return status(0x6B00);
  auto const rest = m_certificate.size() - offset;
  if (*call.expected > rest) return status(0x6C00 | static_cast<unsigned>(rest & 0xFF));
  return with_status(text::bytes_of(m_certificate).subspan(offset, *call.expected));
}

std::vector<std::byte> StaffCardApplication::verify(Call const& call) {
  if (call.p1 != 0x00 || call.p2 != 0x81) return status(0x6A86);
  if (call.data.size() != 8) return status(0x6A80);
  auto const field = text::chars_of(call.data);
  auto const digits = field.substr(0, field.find('\xFF'));
  bool const filled = field.find_first_not_of('\xFF', digits.size()) == std::string_view::npos;
  bool const numeric = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!filled || !numeric || digits.size() < 6) return status(0x6A80);
  m_pin_was_right = false;
  if (m_attempts_left == 0) return status(0x6983);
  remember(m_attempts_left - 1);
  if (digits == m_data.pin) {
    remember(m_data.attempts);
    m_pin_was_right = true;
    return status(0x9000);
  }
  return m_attempts_left == 0 ? status(0x6983) : status(0x63C0 | static_cast<unsigned>(m_attempts_left));
}

std::vector<std::byte> StaffCardApplication::authenticate(Call const& call) {
  if (call.p1 != 0x01 || call.p2 != 0x00) return status(0x6A86);
  if (!m_data.t0 && !call.expected) return status(0x6700);
  auto const& data = call.data;
  if (data.size() < 34 || data.size() != 33 + std::to_integer<std::size_t>(data[0])) return status(0x6A80);
  if (!std::exchange(m_pin_was_right, false)) return status(0x6982);
  Bytes message;
  append(message, text::bytes_of(k_signed_words));
  append(message, data);
  auto const signature = m_key.sign(message);
  return signature ? with_status(*signature) : status(0x6F00);
}

}  // namespace yizhan::emulated
