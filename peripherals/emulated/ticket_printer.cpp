#include "peripherals/emulated/ticket_printer.h"

namespace yizhan::emulated {

Result<std::unique_ptr<EmulatedPrinter>> EmulatedPrinter::create(std::filesystem::path path, int width,
                                                                 std::filesystem::path tickets) {
  std::unique_ptr<EmulatedPrinter> printer(new EmulatedPrinter(std::move(path), width, std::move(tickets)));
  TRY(printer->start());
  return printer;
}

void EmulatedPrinter::bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>& /*lock*/) {
  if (!take(arrived)) unplug_locked();
}

std::optional<std::chrono::milliseconds> EmulatedPrinter::idle() {
  if (plugged_locked() && !go_on()) unplug_locked();
  return rests();
}

}  // namespace yizhan::emulated
