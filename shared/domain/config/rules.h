#pragma once
/// What single texts of the configuration must look like.
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/config/config.h"

namespace yizhan::config {

[[nodiscard]] bool is_terminal_id(std::string_view text);  // 3 digits
[[nodiscard]] bool is_hall_id(std::string_view text);      // 12 digits
[[nodiscard]] bool is_language(std::string_view text);     // zh_CN, en
[[nodiscard]] bool is_theme(std::string_view text);
[[nodiscard]] bool is_series(std::string_view text);         // empty or two different ticket letters
[[nodiscard]] bool is_counter_label(std::string_view text);  // ≤ 8 letters and digits, or empty
[[nodiscard]] bool is_name(std::string_view text);           // 1 … 40 code points, no control characters
[[nodiscard]] bool is_line(std::string_view text);       // ≤ 1024 bytes of UTF-8 without control characters, or empty
[[nodiscard]] bool is_path(std::string_view text);       // the same, not empty
[[nodiscard]] bool is_https_url(std::string_view text);  // or empty
[[nodiscard]] bool is_postgres_uri(std::string_view text);  // or empty
/// Where a device is, in form (peripherals/host/address.h reads it), "emulated", or empty. is_camera: no tcp://.
[[nodiscard]] bool is_port(std::string_view text);
[[nodiscard]] bool is_camera(std::string_view text);
[[nodiscard]] bool is_reader_transport(std::string_view text);
[[nodiscard]] bool is_reader_protocol(std::string_view text);
/// "sha256:" and 64 lower-case hex digits, or empty.
[[nodiscard]] bool is_digest(std::string_view text);
/// A name below /sys/class/leds, or empty.
[[nodiscard]] bool is_led(std::string_view text);
[[nodiscard]] bool is_code_end(std::string_view text);
[[nodiscard]] bool is_scanner_kind(std::string_view text);
[[nodiscard]] bool is_printer_uri(std::string_view text);  // ipp(s) URI without a password, name of a queue, or empty
[[nodiscard]] bool is_zone(std::string_view text);         // known to the tz database
[[nodiscard]] bool is_vault(std::string_view text);
[[nodiscard]] bool is_pin(std::string_view text);  // sha256//<44 base64 characters>

/// "08:30-12:00", ascending and apart. False, and nothing stored, if they are not.
[[nodiscard]] bool read_hours(std::vector<std::string> const& texts, std::vector<OpenHours>& out);
[[nodiscard]] std::vector<std::string> write_hours(std::vector<OpenHours> const& hours);

}  // namespace yizhan::config
