#include "peripherals/emulated/code_scanner.h"

#include <vector>

#include "shared/base/text.h"

namespace yizhan::emulated {

namespace {

std::vector<std::string> reports_of(std::string_view text) {
  constexpr std::size_t k_data = 56;
  std::vector<std::string> reports;
  do {
    auto const part = text.substr(0, k_data);
    text.remove_prefix(part.size());
    std::string report(64, '\0');
    report[0] = 2;
    report[1] = static_cast<char>(part.size());
    report.replace(2, part.size(), part);
    report[63] = text.empty() ? '\0' : '\1';
    reports.push_back(std::move(report));
  } while (!text.empty());
  return reports;
}

}  // namespace

Result<std::unique_ptr<EmulatedScanner>> EmulatedScanner::create(std::filesystem::path path) {
  std::unique_ptr<EmulatedScanner> scanner(new EmulatedScanner(std::move(path)));
  TRY(scanner->start());
  return scanner;
}

void EmulatedScanner::scan(std::string_view text) { scan_without_end(std::string(text) + "\r\n"); }

void EmulatedScanner::scan_without_end(std::string_view text) {
  constexpr std::size_t k_piece = 64;  // a USB packet
  std::lock_guard const lock(m_mutex);
  auto bytes = text::bytes_of(text);
  while (!bytes.empty()) {
    auto const size = std::min(k_piece, bytes.size());
    send(bytes.first(size));
    bytes = bytes.subspan(size);
  }
}

void EmulatedScanner::send_bytes(std::string_view bytes) {
  std::lock_guard const lock(m_mutex);
  send(text::bytes_of(bytes));
}

Result<std::unique_ptr<EmulatedHidScanner>> EmulatedHidScanner::create(std::filesystem::path path) {
  std::unique_ptr<EmulatedHidScanner> scanner(new EmulatedHidScanner(std::move(path)));
  TRY(scanner->start());
  return scanner;
}

void EmulatedHidScanner::scan(std::string_view text) {
  std::lock_guard const lock(m_mutex);
  for (auto const& report : reports_of(text)) send(text::bytes_of(report));
}

void EmulatedHidScanner::scan_without_last(std::string_view text) {
  auto reports = reports_of(text);
  reports.pop_back();
  std::lock_guard const lock(m_mutex);
  for (auto const& report : reports) send(text::bytes_of(report));
}

void EmulatedHidScanner::send_bytes(std::string_view bytes) {
  std::lock_guard const lock(m_mutex);
  send(text::bytes_of(bytes));
}

}  // namespace yizhan::emulated
