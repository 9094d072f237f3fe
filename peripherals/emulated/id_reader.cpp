#include "peripherals/emulated/id_reader.h"

#include <algorithm>
#include <utility>

namespace yizhan::emulated {

namespace {

constexpr std::pair<std::string_view, ReaderFault> k_names[] = {
    {"none", ReaderFault::none},
    {"silent", ReaderFault::silent},
    {"garbled", ReaderFault::garbled},
    {"noisy", ReaderFault::noisy},
    {"slow", ReaderFault::slow},
    {"partial", ReaderFault::partial},
    {"trickle", ReaderFault::trickle},
    {"crawl", ReaderFault::crawl},
    {"half", ReaderFault::half},
    {"pull", ReaderFault::pull},
    {"checksum", ReaderFault::checksum},
    {"length", ReaderFault::length},
    {"bad_command", ReaderFault::bad_command},
    {"not_permitted", ReaderFault::not_permitted},
    {"unknown", ReaderFault::unknown},
    {"auth31", ReaderFault::auth31},
    {"auth32", ReaderFault::auth32},
    {"auth33", ReaderFault::auth33},
    {"wrong_type", ReaderFault::wrong_type},
    {"read_failed", ReaderFault::read_failed},
    {"random_failed", ReaderFault::random_failed},
    {"self_test", ReaderFault::self_test},
    {"unauthorised", ReaderFault::unauthorised},
    {"select_failed", ReaderFault::select_failed},
    {"wrong_device", ReaderFault::wrong_device},
};

}  // namespace

std::optional<ReaderFault> parse_reader_fault(std::string_view name) {
  for (auto const& [known, fault] : k_names) {
    if (known == name) return fault;
  }
  return std::nullopt;
}

Result<std::unique_ptr<EmulatedReader>> EmulatedReader::create(std::filesystem::path path, std::uint64_t seed,
                                                               ReaderWire wire) {
  auto reader =
      wire == ReaderWire::multi ? make_multi_reader(std::move(path), seed) : make_sdt_module(std::move(path), seed);
  TRY(reader->start());
  return reader;
}

void EmulatedReader::present(Card card) {
  std::lock_guard const lock(m_mutex);
  m_card.reset();
  m_next_card.reset();
  (m_looked_at_one ? m_next_card : m_card) = std::move(card);
  m_found = m_selected = m_done = false;
}

void EmulatedReader::remove() {
  std::lock_guard const lock(m_mutex);
  m_card.reset();
  m_next_card.reset();
  m_found = m_selected = m_done = false;
}

void EmulatedReader::set_fault(ReaderFault fault) {
  std::lock_guard const lock(m_mutex);
  m_fault = fault;
  m_trickle.clear();
}

int EmulatedReader::readings() const {
  std::lock_guard const lock(m_mutex);
  return m_readings;
}

int EmulatedReader::searches() const {
  std::lock_guard const lock(m_mutex);
  return m_searches;
}

void EmulatedReader::power_lost() {
  m_input.clear();
  m_trickle.clear();
  m_found = m_selected = false;
}

void EmulatedReader::bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>& lock) {
  m_input.insert(m_input.end(), arrived.begin(), arrived.end());
  std::vector<std::byte> command;
  while (take_command(command)) {
    if (m_fault != ReaderFault::silent) answer(command, lock);
  }
}

std::optional<std::chrono::milliseconds> EmulatedReader::idle() {
  constexpr std::chrono::milliseconds k_tick(50);
  constexpr int k_ticks_a_byte = 20;
  if (!m_trickle.empty() && ++m_ticks % k_ticks_a_byte == 0) {
    send(std::span(m_trickle).first(1));
    m_trickle.erase(m_trickle.begin());
  }
  return k_tick;
}

std::uint8_t EmulatedReader::refusal(Step step) const {
  bool const status = step == Step::status;
  bool const select = step == Step::select;
  bool const reading = step == Step::read;
  switch (m_fault) {
    case ReaderFault::checksum: return 0x10;
    case ReaderFault::length: return 0x11;
    case ReaderFault::bad_command: return reading ? 0x21 : 0;
    case ReaderFault::not_permitted: return reading ? 0x23 : 0;
    case ReaderFault::unknown: return reading ? 0x24 : 0;
    case ReaderFault::auth31: return select || reading ? 0x31 : 0;
    case ReaderFault::auth32: return select || reading ? 0x32 : 0;
    case ReaderFault::auth33: return reading ? 0x33 : 0;
    case ReaderFault::wrong_type: return select ? 0x40 : 0;
    case ReaderFault::read_failed: return reading ? 0x41 : 0;
    case ReaderFault::random_failed: return reading ? 0x47 : 0;
    case ReaderFault::self_test: return status ? 0x60 : 0;
    case ReaderFault::unauthorised: return status ? 0x66 : 0;
    case ReaderFault::select_failed: return select ? 0x81 : 0;
    default: return 0;
  }
}

bool EmulatedReader::look() {
  ++m_searches;
  m_found = m_looked_at_one = card_there();
  m_selected = false;
  if (m_next_card) m_card = std::exchange(m_next_card, std::nullopt);
  return m_found;
}

std::vector<std::byte> EmulatedReader::read_card(std::unique_lock<std::mutex>& lock) {
  if (m_fault == ReaderFault::slow) rest(std::chrono::milliseconds(1200), lock);
  if (m_fault == ReaderFault::pull) m_card.reset();
  if (!plugged_locked()) return {};
  // A card taken away meanwhile; a garbled answer may be asked for again, the card is still selected then.
  if (!m_card || !m_selected) return {};
  std::vector<std::byte> data{std::byte{0x01}, std::byte{0x00}, std::byte{0x04}, std::byte{0x00}};
  data.insert(data.end(), m_card->text.begin(), m_card->text.end());
  data.insert(data.end(), m_card->photo.begin(), m_card->photo.end());
  m_done = true;
  ++m_readings;
  return data;
}

void EmulatedReader::deliver(std::vector<std::byte> frame, std::size_t body, std::vector<std::byte> const& noise_end,
                             std::unique_lock<std::mutex>& lock) {
  bool const reading = frame.size() > 1000;
  switch (m_fault) {
    case ReaderFault::garbled: {
      auto const at = body + m_rng() % (frame.size() - body);
      frame[at] ^= static_cast<std::byte>(1 + m_rng() % 255);
      break;
    }
    case ReaderFault::noisy: {
      // No 02: what begins a frame by chance is for noise_end to say, so that a seed decides nothing.
      std::vector<std::byte> noise(1 + m_rng() % 40);
      for (auto& byte : noise) byte = static_cast<std::byte>(3 + m_rng() % 253);
      noise.insert(noise.end(), noise_end.begin(), noise_end.end());
      frame.insert(frame.begin(), noise.begin(), noise.end());
      break;
    }
    case ReaderFault::half:
      if (reading) frame.resize(frame.size() / 2);
      break;
    case ReaderFault::crawl:
      if (!reading) break;
      [[fallthrough]];
    case ReaderFault::trickle: m_trickle.insert(m_trickle.end(), frame.begin(), frame.end()); return;
    case ReaderFault::partial:
      for (std::size_t at = 0; at < frame.size();) {
        auto const size = std::min<std::size_t>(1 + m_rng() % 64, frame.size() - at);
        send(std::span(frame).subspan(at, size));
        at += size;
        rest(std::chrono::milliseconds(1), lock);
      }
      return;
    default: break;
  }
  send(frame);
}

}  // namespace yizhan::emulated
