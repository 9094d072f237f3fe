#include <algorithm>

#include "peripherals/emulated/id_reader.h"

namespace yizhan::emulated {

namespace {

constexpr std::array<std::byte, 5> k_preamble{std::byte{0xAA}, std::byte{0xAA}, std::byte{0xAA}, std::byte{0x96},
                                              std::byte{0x69}};
constexpr unsigned k_reset = 0x10FF, k_status = 0x11FF, k_number = 0x12FF, k_rf_size = 0x61FF, k_find = 0x2001,
                   k_select = 0x2002, k_read = 0x3001, k_read_all = 0x3010, k_address = 0x3003;

class SdtModule final : public EmulatedReader {
 public:
  SdtModule(std::filesystem::path path, std::uint64_t seed) : EmulatedReader(std::move(path), seed) {}
  ~SdtModule() override { stop(); }

 private:
  bool take_command(std::vector<std::byte>& command) override;
  void answer(std::vector<std::byte> const& command, std::unique_lock<std::mutex>& lock) override;
  void reply(std::uint8_t status, std::span<std::byte const> data, std::unique_lock<std::mutex>& lock);
};

bool SdtModule::take_command(std::vector<std::byte>& command) {
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

void SdtModule::answer(std::vector<std::byte> const& command, std::unique_lock<std::mutex>& lock) {
  if (command.size() < 2) return reply(0x11, {}, lock);
  auto const code = std::to_integer<unsigned>(command[0]) << 8 | std::to_integer<unsigned>(command[1]);
  bool const card = card_there();
  auto step = Step::other;
  if (code == k_status || code == k_number) step = Step::status;
  if (code == k_find) step = Step::find;
  if (code == k_select) step = Step::select;
  if (code == k_read || code == k_read_all) step = Step::read;
  bool const found = step == Step::find && look();
  if (auto const status = refusal(step); status != 0 && (code < k_select || card)) return reply(status, {}, lock);
  switch (code) {
    case k_reset:
    case k_status:
    case k_rf_size: return reply(0x90, {}, lock);
    case k_number: {
      std::array<std::uint8_t, 16> number{5,    0,    1,    0, 0x89, 0xCA, 0x33, 0x01,
                                          0x87, 0xD6, 0x12, 0, 0xB1, 0x68, 0xDE, 0x3A};
      if (m_fault == ReaderFault::wrong_device) number[8] = 0x88;
      return reply(0x90, std::as_bytes(std::span(number)), lock);
    }
    case k_find: {
      std::array<std::byte, 4> const data{};
      return found ? reply(0x9F, data, lock) : reply(0x80, {}, lock);
    }
    case k_select: {
      m_selected = card && m_found;
      std::array<std::byte, 8> const data{};
      return m_selected ? reply(0x90, data, lock) : reply(0x81, {}, lock);
    }
    case k_read: {
      auto const data = read_card(lock);
      return data.empty() ? reply(0x41, {}, lock) : reply(0x90, data, lock);
    }
    case k_address: {
      if (!m_card || !m_done) return reply(0x41, {}, lock);
      auto const address = m_card->newest_address;
      return address.empty() ? reply(0x91, {}, lock) : reply(0x90, address, lock);
    }
    default: return reply(0x24, {}, lock);
  }
}

void SdtModule::reply(std::uint8_t status, std::span<std::byte const> data, std::unique_lock<std::mutex>& lock) {
  auto const length = data.size() + 4;
  std::vector<std::byte> frame(k_preamble.begin(), k_preamble.end());
  frame.push_back(static_cast<std::byte>(length >> 8));
  frame.push_back(static_cast<std::byte>(length & 0xFF));
  frame.insert(frame.end(), {std::byte{}, std::byte{}, std::byte{status}});
  frame.insert(frame.end(), data.begin(), data.end());
  std::byte checksum{};
  for (std::size_t i = 5; i < frame.size(); ++i) checksum ^= frame[i];
  frame.push_back(checksum);
  deliver(std::move(frame), 7, {std::byte{0xAA}, std::byte{0xAA}, std::byte{0x96}, std::byte{0xAA}}, lock);
}

}  // namespace

std::unique_ptr<EmulatedReader> make_sdt_module(std::filesystem::path path, std::uint64_t seed) {
  return std::make_unique<SdtModule>(std::move(path), seed);
}

}  // namespace yizhan::emulated
