#include "peripherals/host/address.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace yizhan::host {

namespace {

Error expected(std::string_view what) {
  return Error::make("device_address", Retry::no, "expected " + std::string(what));
}

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != '\x7F'; });
}

bool skip(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// The whole of `text`, digits only.
template <class Number>
std::optional<Number> number_of(std::string_view text, int base) {
  Number value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<Address> parse_usb(std::string_view rest) {
  constexpr std::string_view k_form = "usb:VVVV:PPPP[:SERIAL][#N]";
  if (rest.size() < 9 || rest[4] != ':') return expected(k_form);
  auto const vendor = number_of<std::uint16_t>(rest.substr(0, 4), 16);
  auto const product = number_of<std::uint16_t>(rest.substr(5, 4), 16);
  if (!vendor || !product) return expected(k_form);
  UsbAddress address{*vendor, *product, {}, {}};
  rest.remove_prefix(9);
  if (auto const hash = rest.find('#'); hash != std::string_view::npos) {
    auto const number = number_of<std::uint8_t>(rest.substr(hash + 1), 10);
    if (!number || *number == 0) return expected("a number from 1 to 255 after #");
    address.number = *number;
    rest = rest.substr(0, hash);
  }
  if (!rest.empty()) {
    if (!skip(rest, ":") || rest.empty() || !std::all_of(rest.begin(), rest.end(), is_word_character))
      return expected(k_form);
    address.serial = rest;
  }
  return Address(std::move(address));
}

Result<Address> parse_tcp(std::string_view rest) {
  constexpr std::string_view k_form = "tcp://HOST[:PORT], IPv6 in brackets";
  TcpAddress address;
  if (skip(rest, "[")) {
    auto const end = rest.find(']');
    if (end == std::string_view::npos || rest.substr(0, end).find(':') == std::string_view::npos)
      return expected(k_form);
    address.host = rest.substr(0, end);
    rest.remove_prefix(end + 1);
  } else {
    auto const end = std::min(rest.find(':'), rest.size());
    address.host = rest.substr(0, end);
    rest.remove_prefix(end);
  }
  if (address.host.empty() || address.host.find_first_of("/[]@?#") != std::string::npos) return expected(k_form);
  if (!rest.empty()) {
    auto const port = skip(rest, ":") ? number_of<std::uint16_t>(rest, 10) : std::nullopt;
    if (!port || *port == 0) return expected(k_form);
    address.port = *port;
  }
  return Address(std::move(address));
}

struct ToText {
  std::string operator()(PathAddress const& address) const { return address.path; }
  std::string operator()(SocketAddress const& address) const { return "socket:" + address.id_path; }
  std::string operator()(UsbAddress const& address) const {
    auto text = fmt::format("usb:{:04x}:{:04x}", address.vendor, address.product);
    if (!address.serial.empty()) text += ":" + address.serial;
    if (address.number) text += "#" + std::to_string(*address.number);
    return text;
  }
  std::string operator()(TcpAddress const& address) const {
    bool const is_ipv6 = address.host.find(':') != std::string::npos;
    auto const text = "tcp://" + (is_ipv6 ? "[" + address.host + "]" : address.host);
    return address.port == TcpAddress{}.port ? text : text + ":" + std::to_string(address.port);
  }
};

}  // namespace

Result<Address> parse_address(std::string_view text) {
  constexpr std::size_t k_longest = 4095;  // PATH_MAX without its end
  if (text.size() > k_longest || !is_printable(text)) return expected("an address without spaces");
  if (text.substr(0, 1) == "/") return Address(PathAddress{std::string(text)});
  auto rest = text;
  if (skip(rest, "usb:")) return parse_usb(rest);
  if (skip(rest, "tcp://")) return parse_tcp(rest);
  if (skip(rest, "socket:")) {
    if (rest.empty()) return expected("socket:ID_PATH");
    return Address(SocketAddress{std::string(rest)});
  }
  return expected("an absolute path, usb:VVVV:PPPP, socket:ID_PATH or tcp://HOST");
}

std::string to_string(Address const& address) { return std::visit(ToText{}, address); }

std::string usb_identity(std::uint16_t vendor, std::uint16_t product, std::string_view serial) {
  return fmt::format("usb:{:04x}:{:04x}:{}", vendor, product, clean_serial(serial));
}

std::string clean_serial(std::string_view serial) {
  std::string clean(serial);
  std::replace_if(
      clean.begin(), clean.end(), [](char c) { return !is_word_character(c); }, '_');
  return clean;
}

}  // namespace yizhan::host
