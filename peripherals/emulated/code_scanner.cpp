#include "peripherals/emulated/code_scanner.h"

#include "shared/base/text.h"

namespace yizhan::emulated {

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

}  // namespace yizhan::emulated
