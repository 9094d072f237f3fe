#include "peripherals/emulated/ipp_message.h"

namespace yizhan::emulated {

namespace {

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 0xFF));
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : m_rest(bytes) {}
  Result<std::string_view> take(std::size_t size) {
    if (m_rest.size() < size) return Error::make("ipp_malformed", Retry::no, "cut off");
    auto const taken = m_rest.substr(0, size);
    m_rest.remove_prefix(size);
    return taken;
  }
  Result<std::uint32_t> number(std::size_t size) {
    std::uint32_t value = 0;
    for (char const c : TRY(take(size))) value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
  }
  Result<std::string_view> counted() { return take(TRY(number(2))); }
  [[nodiscard]] std::size_t left() const { return m_rest.size(); }

 private:
  std::string_view m_rest;
};

}  // namespace

std::string_view IppMessage::operation_value(std::string_view name) const {
  if (groups.empty()) return {};
  for (auto const& attribute : groups.front().attributes) {
    if (attribute.name == name && !attribute.values.empty()) return attribute.values.front();
  }
  return {};
}

Result<IppMessage> parse_ipp(std::string_view bytes) {
  Reader reader(bytes);
  IppMessage message;
  message.major = static_cast<std::uint8_t>(TRY(reader.number(1)));
  message.minor = static_cast<std::uint8_t>(TRY(reader.number(1)));
  message.code = static_cast<std::uint16_t>(TRY(reader.number(2)));
  message.request = TRY(reader.number(4));
  for (;;) {
    auto const tag = static_cast<std::uint8_t>(TRY(reader.number(1)));
    if (tag == ipp_tag::end) break;
    if (tag < 0x10) {
      message.groups.push_back({tag, {}});
      continue;
    }
    auto const name = TRY(reader.counted());
    auto const value = TRY(reader.counted());
    if (message.groups.empty()) return Error::make("ipp_malformed", Retry::no, "no group");
    auto& attributes = message.groups.back().attributes;
    if (!name.empty()) {
      attributes.push_back({tag, std::string(name), {std::string(value)}});
    } else if (attributes.empty()) {
      return Error::make("ipp_malformed", Retry::no, "no name");
    } else {
      attributes.back().values.emplace_back(value);
    }
  }
  message.size = bytes.size() - reader.left();
  return message;
}

std::string to_bytes(IppMessage const& message) {
  std::string out;
  put(out, message.major, 1);
  put(out, message.minor, 1);
  put(out, message.code, 2);
  put(out, message.request, 4);
  for (auto const& group : message.groups) {
    put(out, group.tag, 1);
    for (auto const& attribute : group.attributes) {
      bool first = true;
      for (auto const& value : attribute.values) {
        put(out, attribute.tag, 1);
        put(out, first ? static_cast<std::uint32_t>(attribute.name.size()) : 0, 2);
        if (first) out += attribute.name;
        put(out, static_cast<std::uint32_t>(value.size()), 2);
        out += value;
        first = false;
      }
    }
  }
  put(out, ipp_tag::end, 1);
  return out;
}

std::string ipp_integer(std::uint32_t value) {
  std::string raw;
  put(raw, value, 4);
  return raw;
}

std::uint32_t ipp_number(std::string_view raw) {
  if (raw.size() != 4) return 0;
  std::uint32_t value = 0;
  for (char const c : raw) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

}  // namespace yizhan::emulated
