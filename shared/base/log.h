#pragma once
/// Logging. Lines go to stderr (journald in the field) and, once opened, to a rotated file. The sink masks whatever
/// looks like an ID number or a phone number before a byte leaves the process; that is a net, not a licence:
/// personal data does not belong in a log call at all.
#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace yizhan::log {

enum class Level { debug, info, warning, error };

/// Name of this thread in the log and in `top -H` (≤ 15 bytes): ui, store, sync, or the device.
void set_thread_name(char const* name);
void set_level(Level level);
/// Adds a file (0600, 5 MiB × 3). Errors: log_file.
Result<void> open_file(std::filesystem::path const& path);
/// Thread: any.
void write(Level level, std::string_view line);

/// ID numbers (15 or 18 places, also the foreign residents' forms) and phone numbers become asterisks, whatever
/// stands around them. Exposed for tests and for other sinks (support bundles).
[[nodiscard]] std::string redact(std::string_view line);

template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::debug, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace yizhan::log
