#pragma once
/// Administrative divisions (行政区划) for addresses: province 2 digits, prefecture 4, county 6 (GB/T 2260), street 9,
/// community 12 (统计用区划代码). A code begins with its parent's. Pure, never changed once made; thread: any.
#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::forms {

struct Division {
  std::string code;
  std::string name;
};

/// Of an address as a card has it: the divisions it begins with, and the rest.
struct Located {
  std::vector<Division const*> path;
  std::string detail;
};

class Divisions {
 public:
  /// {"divisions":[["42","湖北省"],["4201","武汉市"],…]} in any order. Errors: divisions_invalid (JSON Pointer: code twice or
  /// of no length above, parent missing, name empty, over 40 characters, or twice below one parent).
  static Result<Divisions> parse(std::string_view json);
  /// Errors: divisions_file, divisions_invalid.
  static Result<Divisions> load(std::filesystem::path const& file);

  /// In order of codes; of "" the provinces; empty where nothing lies below, or the code is unknown.
  [[nodiscard]] std::span<Division const> children(std::string_view code) const;
  /// "" where the code is unknown.
  [[nodiscard]] std::string_view name(std::string_view code) const;
  [[nodiscard]] Division const* find(std::string_view code) const;
  /// From the province to the code itself; empty where it is unknown.
  [[nodiscard]] std::vector<Division const*> path(std::string_view code) const;
  /// As many divisions as the front of `address` names, one below the other; only the province may be left out
  /// (武汉市武昌区…).
  [[nodiscard]] Located locate(std::string_view address) const;

 private:
  static constexpr std::array<std::size_t, 5> k_lengths{2, 4, 6, 9, 12};
  std::array<std::vector<Division>, k_lengths.size()> m_levels;  // each sorted by code
};

}  // namespace yizhan::forms
