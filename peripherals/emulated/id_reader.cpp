#include "peripherals/emulated/id_reader.h"

#include <algorithm>
#include <utility>

namespace yizhan::emulated {

namespace {

constexpr std::array<std::byte, 5> k_preamble{std::byte{0xAA}, std::byte{0xAA}, std::byte{0xAA}, std::byte{0x96},
                                              std::byte{0x69}};
constexpr std::uint16_t k_reset = 0x10FF, k_status = 0x11FF, k_number = 0x12FF, k_rf_size = 0x61FF, k_find = 0x2001,
                        k_select = 0x2002, k_read = 0x3001, k_read_all = 0x3010, k_address = 0x3003;

constexpr std::pair<std::string_view, ReaderFault> k_names[] = {
    {"none", ReaderFault::none},
    {"silent", ReaderFault::silent},
    {"garbled", ReaderFault::garbled},
    {"noisy", ReaderFault::noisy},
    {"slow", ReaderFault::slow},
    {"partial", ReaderFault::partial},
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
};

}  // namespace

std::optional<ReaderFault> parse_reader_fault(std::string_view name) {
  for (auto const& [known, fault] : k_names) {
    if (known == name) return fault;
  }
  return std::nullopt;
}

Result<std::unique_ptr<EmulatedReader>> EmulatedReader::create(std::filesystem::path path, std::uint64_t seed) {
  std::unique_ptr<EmulatedReader> reader(new EmulatedReader(std::move(path), seed));
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
  m_found = m_selected = false;
}

void EmulatedReader::bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>& lock) {
  m_input.insert(m_input.end(), arrived.begin(), arrived.end());
  std::vector<std::byte> command;
  while (take_command(command)) {
    if (command.size() < 2) {
      reply(0x11, {}, lock);
      continue;
    }
    answer(
        static_cast<std::uint16_t>(std::to_integer<unsigned>(command[0]) << 8 | std::to_integer<unsigned>(command[1])),
        lock);
  }
}

/// The next whole command of the input; one with a bad checksum comes back empty.
bool EmulatedReader::take_command(std::vector<std::byte>& command) {
  auto const begin = std::search(m_input.begin(), m_input.end(), k_preamble.begin(), k_preamble.end());
  m_input.erase(m_input.begin(), begin == m_input.end() && m_input.size() >= k_preamble.size()
                                     ? m_input.end() - static_cast<std::ptrdiff_t>(k_preamble.size() - 1)
                                     : (begin == m_input.end() ? m_input.begin() : begin));
  if (m_input.size() < 7) return false;
  auto const length = std::to_integer<std::size_t>(m_input[5]) << 8 | std::to_integer<std::size_t>(m_input[6]);
  if (m_input.size() < 7 + length) return false;
  std::byte checksum{};
  for (std::size_t i = 5; i < 7 + length; ++i) checksum ^= m_input[i];
  command.clear();
  if (checksum == std::byte{} && length > 0) {
    command.assign(m_input.begin() + 7, m_input.begin() + static_cast<std::ptrdiff_t>(6 + length));
  }
  m_input.erase(m_input.begin(), m_input.begin() + static_cast<std::ptrdiff_t>(7 + length));
  return true;
}

/// The status a fault answers this command with; 0 where it does not touch it.
std::uint8_t EmulatedReader::refusal(std::uint16_t command) const {
  bool const status = command == k_status || command == k_number;
  bool const reading = command == k_read || command == k_read_all;
  switch (m_fault) {
    case ReaderFault::checksum: return 0x10;
    case ReaderFault::length: return 0x11;
    case ReaderFault::bad_command: return reading ? 0x21 : 0;
    case ReaderFault::not_permitted: return reading ? 0x23 : 0;
    case ReaderFault::unknown: return reading ? 0x24 : 0;
    case ReaderFault::auth31: return command == k_select || reading ? 0x31 : 0;
    case ReaderFault::auth32: return command == k_select || reading ? 0x32 : 0;
    case ReaderFault::auth33: return reading ? 0x33 : 0;
    case ReaderFault::wrong_type: return command == k_select ? 0x40 : 0;
    case ReaderFault::read_failed: return reading ? 0x41 : 0;
    case ReaderFault::random_failed: return reading ? 0x47 : 0;
    case ReaderFault::self_test: return status ? 0x60 : 0;
    case ReaderFault::unauthorised: return status ? 0x66 : 0;
    case ReaderFault::select_failed: return command == k_select ? 0x81 : 0;
    default: return 0;
  }
}

void EmulatedReader::answer(std::uint16_t command, std::unique_lock<std::mutex>& lock) {
  if (command == k_find) ++m_searches;
  if (m_fault == ReaderFault::silent) return;
  bool const card = m_card && !m_done;
  if (auto const status = refusal(command); status != 0 && (command < k_select || card)) return reply(status, {}, lock);
  switch (command) {
    case k_reset:
    case k_status:
    case k_rf_size: return reply(0x90, {}, lock);
    case k_number: {
      constexpr std::array<std::uint8_t, 16> number{5,    0,    1,    0, 0x89, 0xCA, 0x33, 0x01,
                                                    0x87, 0xD6, 0x12, 0, 0xB1, 0x68, 0xDE, 0x3A};
      return reply(0x90, std::as_bytes(std::span(number)), lock);
    }
    case k_find: {
      m_found = m_looked_at_one = card;
      m_selected = false;
      if (m_next_card) m_card = std::exchange(m_next_card, std::nullopt);
      std::array<std::byte, 4> const data{};
      return card ? reply(0x9F, data, lock) : reply(0x80, {}, lock);
    }
    case k_select: {
      m_selected = card && m_found;
      std::array<std::byte, 8> const data{};
      return m_selected ? reply(0x90, data, lock) : reply(0x81, {}, lock);
    }
    case k_read: return read_card(lock);
    case k_address: {
      if (!m_card || !m_done) return reply(0x41, {}, lock);
      auto const address = m_card->newest_address;
      return address.empty() ? reply(0x91, {}, lock) : reply(0x90, address, lock);
    }
    default: return reply(0x24, {}, lock);
  }
}

void EmulatedReader::read_card(std::unique_lock<std::mutex>& lock) {
  if (m_fault == ReaderFault::slow) rest(std::chrono::milliseconds(1200), lock);
  if (m_fault == ReaderFault::pull) m_card.reset();
  // A card taken away meanwhile; a garbled answer may be asked for again, the card is still selected then.
  if (!m_card || !m_selected) return reply(0x41, {}, lock);
  std::vector<std::byte> data{std::byte{0x01}, std::byte{0x00}, std::byte{0x04}, std::byte{0x00}};
  data.insert(data.end(), m_card->text.begin(), m_card->text.end());
  data.insert(data.end(), m_card->photo.begin(), m_card->photo.end());
  m_done = true;
  ++m_readings;
  reply(0x90, data, lock);
}

void EmulatedReader::reply(std::uint8_t status, std::span<std::byte const> data, std::unique_lock<std::mutex>& lock) {
  auto const length = data.size() + 4;
  std::vector<std::byte> frame(k_preamble.begin(), k_preamble.end());
  frame.push_back(static_cast<std::byte>(length >> 8));
  frame.push_back(static_cast<std::byte>(length & 0xFF));
  frame.insert(frame.end(), {std::byte{}, std::byte{}, std::byte{status}});
  frame.insert(frame.end(), data.begin(), data.end());
  std::byte checksum{};
  for (std::size_t i = 5; i < frame.size(); ++i) checksum ^= frame[i];
  frame.push_back(checksum);

  bool const reading = data.size() > 1000;
  switch (m_fault) {
    case ReaderFault::garbled: {
      auto const at = 7 + m_rng() % (frame.size() - 7);
      frame[at] ^= static_cast<std::byte>(1 + m_rng() % 255);
      break;
    }
    case ReaderFault::noisy: {
      std::vector<std::byte> noise(1 + m_rng() % 40);
      for (auto& byte : noise) byte = static_cast<std::byte>(m_rng());
      noise.insert(noise.end(), {std::byte{0xAA}, std::byte{0xAA}, std::byte{0x96}, std::byte{0xAA}});
      frame.insert(frame.begin(), noise.begin(), noise.end());
      break;
    }
    case ReaderFault::half:
      if (reading) frame.resize(frame.size() / 2);
      break;
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
