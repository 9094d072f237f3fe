#pragma once
/// Records of an input device's node: struct input_event of linux/input.h on a 64-bit machine.
///
///     [0…15] time   [16…17] type   [18…19] code   [20…23] value        all little-endian
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yizhan::panel {

struct InputRecord {
  std::uint16_t type = 0;
  std::uint16_t code = 0;
  std::int32_t value = 0;
};

inline constexpr std::uint16_t k_type_key = 1;
inline constexpr std::uint16_t k_type_switch = 5;
inline constexpr std::uint16_t k_front_proximity = 11;  // SW_FRONT_PROXIMITY

/// The kernel gives whole records; other wires any pieces. Thread: any one at a time.
class InputRecords {
 public:
  std::vector<InputRecord> push(std::string_view bytes);
  void reset() { m_bytes.clear(); }
  [[nodiscard]] bool pending() const { return !m_bytes.empty(); }

 private:
  std::string m_bytes;
};

}  // namespace yizhan::panel
