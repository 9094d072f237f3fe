#pragma once
/// The high-water mark as a file: two slots of 4096 bytes, written in turn, so that a torn write spoils only the older
/// half. Slot: "YZHW" 0 0 0 1 ‖ counter (8 bytes LE) ‖ length (4 bytes LE) ‖ JSON of that length ‖ zeros ‖ SHA-256 of
/// all before it (last 32 bytes). The valid slot with the higher counter counts.
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "shared/store/files.h"
#include "shared/store/store.h"

namespace yizhan::store {

class HighWaterFile final : public HighWater {
 public:
  /// Empty: there is no file. Errors: high_water_corrupt (neither slot is whole), high_water_unwritable.
  static Result<std::unique_ptr<HighWaterFile>> open(std::filesystem::path const& file);
  /// Errors: high_water_unwritable.
  static Result<std::unique_ptr<HighWaterFile>> create(std::filesystem::path const& file);

  [[nodiscard]] HighWaterMark const& mark() const override { return m_mark; }
  Result<void> raise_number(calendar::BusinessDay const& day, char queue, std::string_view series, int serial) override;
  Result<void> raise_sequence(std::string const& epoch, std::uint64_t sequence) override;
  [[nodiscard]] int highest(calendar::BusinessDay const& day, char queue, std::string_view series) const override;

  /// Between these, raises are only noted, and written together by `release`; `drop` forgets them.
  void hold() { m_held = true; }
  Result<void> release();
  void drop();

 private:
  HighWaterFile() = default;
  Result<void> write(HighWaterMark const& mark);
  Result<void> settle();

  FileDescriptor m_fd;
  std::uint64_t m_counter = 0;
  HighWaterMark m_mark;  // what the file holds
  HighWaterMark m_next;  // with what is noted
  bool m_held = false;
};

/// "A:12,AK:3" and back. Unreadable parts are dropped: the checksum has vouched for the text.
[[nodiscard]] std::map<std::string, int> parse_families(std::string_view text);
[[nodiscard]] std::string families_text(std::map<std::string, int> const& families);

/// Epochs are decimal strings; by value. Anything unreadable counts as 0.
[[nodiscard]] std::uint64_t epoch_value(std::string_view epoch);

}  // namespace yizhan::store
