#include "peripherals/panel/input_records.h"

namespace yizhan::panel {

namespace {

constexpr std::size_t k_record = 24;

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

}  // namespace

std::vector<InputRecord> InputRecords::push(std::string_view bytes) {
  m_bytes.append(bytes);
  std::vector<InputRecord> records;
  std::string_view left(m_bytes);
  for (; left.size() >= k_record; left.remove_prefix(k_record)) {
    records.push_back({static_cast<std::uint16_t>(little_endian(left.substr(16, 2))),
                       static_cast<std::uint16_t>(little_endian(left.substr(18, 2))),
                       static_cast<std::int32_t>(little_endian(left.substr(20, 4)))});
  }
  m_bytes.erase(0, m_bytes.size() - left.size());
  return records;
}

}  // namespace yizhan::panel
