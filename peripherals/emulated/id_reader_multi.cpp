#include <algorithm>

#include "peripherals/emulated/id_reader.h"

namespace yizhan::emulated {

namespace {

constexpr unsigned k_success = 0x9000;
constexpr unsigned k_card = 0xCA01, k_version = 0x3111, k_reset = 0x3112, k_beep = 0x3113, k_rf_on = 0x3121,
                   k_rf_off = 0x3122;
constexpr std::size_t k_command_limit = 1024;

/// 02, length, command and parameters, their XOR, 03. The module inside reports as 6F and its own status.
class MultiReader final : public EmulatedReader {
 public:
  MultiReader(std::filesystem::path path, std::uint64_t seed) : EmulatedReader(std::move(path), seed) {}
  ~MultiReader() override { stop(); }

 private:
  bool take_command(std::vector<std::byte>& command) override;
  void answer(std::vector<std::byte> const& command, std::unique_lock<std::mutex>& lock) override;
  void answer_card(unsigned part, std::unique_lock<std::mutex>& lock);
  void refuse(std::uint8_t module_status, std::unique_lock<std::mutex>& lock) {
    reply(0x6F00U | module_status, {}, lock);
  }
  void reply(unsigned status, std::span<std::byte const> data, std::unique_lock<std::mutex>& lock);
};

bool MultiReader::take_command(std::vector<std::byte>& command) {
  command.clear();
  while (!m_input.empty()) {
    if (m_input[0] == std::byte{0x02}) {
      if (m_input.size() < 3) return false;
      auto const length = std::to_integer<std::size_t>(m_input[1]) * 256 + std::to_integer<std::size_t>(m_input[2]);
      if (length <= k_command_limit) {
        if (m_input.size() < length + 5) return false;
        if (m_input[length + 4] == std::byte{0x03}) {
          std::byte sum = m_input[length + 3];
          for (std::size_t i = 0; i < length; ++i) sum ^= m_input[3 + i];
          auto const begin = m_input.begin() + 3;
          if (sum == std::byte{}) command.assign(begin, begin + static_cast<std::ptrdiff_t>(length));
          m_input.erase(m_input.begin(), m_input.begin() + static_cast<std::ptrdiff_t>(length + 5));
          return true;
        }
      }
    }
    m_input.erase(m_input.begin());
  }
  return false;
}

void MultiReader::answer(std::vector<std::byte> const& command, std::unique_lock<std::mutex>& lock) {
  if (command.size() < 2) return refuse(0x11, lock);
  auto const code = std::to_integer<unsigned>(command[0]) * 256 + std::to_integer<unsigned>(command[1]);
  if (code == k_card && command.size() == 3) return answer_card(std::to_integer<unsigned>(command[2]), lock);
  auto const step = code == k_version ? Step::status : Step::other;
  if (auto const status = refusal(step); status != 0) return refuse(status, lock);
  switch (code) {
    case k_version: {
      std::string_view const version =
          m_fault == ReaderFault::wrong_device ? "MF-100 V1.02 7654321" : "MF-100 V1.02 1234567";
      return reply(k_success, std::as_bytes(std::span(version)), lock);
    }
    case k_reset:
    case k_beep:
    case k_rf_on:
    case k_rf_off: return reply(k_success, {}, lock);
    default: return refuse(0x24, lock);
  }
}

/// Finding and selecting are this reader's own business; 00: all, 01: number, 02: name and number, 03: text.
void MultiReader::answer_card(unsigned part, std::unique_lock<std::mutex>& lock) {
  bool const all = part == 0;
  // Who asks for less first looks whether a card is there; then asks for all of the one that was.
  bool const found = all && m_found ? card_there() : look();
  if (auto const status = refusal(Step::find); status != 0) return refuse(status, lock);
  if (!found && !(all && m_selected)) return refuse(0x80, lock);
  if (auto const status = refusal(Step::select); status != 0) return refuse(status, lock);
  m_selected = true;
  if (all) {
    if (auto const status = refusal(Step::read); status != 0) return refuse(status, lock);
    auto const data = read_card(lock);
    return data.empty() ? refuse(0x80, lock) : reply(k_success, data, lock);
  }
  auto const text = std::span<std::byte const>(m_card->text);
  std::vector<std::byte> data;
  auto const add = [&](std::size_t from, std::size_t size) {
    data.insert(data.end(), text.begin() + static_cast<std::ptrdiff_t>(from),
                text.begin() + static_cast<std::ptrdiff_t>(from + size));
  };
  if (part == 2) add(0, 30);
  if (part == 1 || part == 2) add(122, 36);
  if (part == 3) add(0, 256);
  return data.empty() ? refuse(0x24, lock) : reply(k_success, data, lock);
}

void MultiReader::reply(unsigned status, std::span<std::byte const> data, std::unique_lock<std::mutex>& lock) {
  auto const length = data.size() + 2;
  std::vector<std::byte> frame{std::byte{0x02}, static_cast<std::byte>(length / 256),
                               static_cast<std::byte>(length % 256), static_cast<std::byte>(status / 256),
                               static_cast<std::byte>(status % 256)};
  frame.insert(frame.end(), data.begin(), data.end());
  std::byte sum{};
  for (auto const byte : std::span(frame).subspan(3)) sum ^= byte;
  frame.insert(frame.end(), {sum, std::byte{0x03}});
  // Two beginnings that are none: no length, and the length of this frame's beginning.
  deliver(std::move(frame), 3,
          {std::byte{0x02}, std::byte{}, std::byte{}, std::byte{0x02}, std::byte{}, std::byte{0x02}}, lock);
}

}  // namespace

std::unique_ptr<EmulatedReader> make_multi_reader(std::filesystem::path path, std::uint64_t seed) {
  return std::make_unique<MultiReader>(std::move(path), seed);
}

}  // namespace yizhan::emulated
