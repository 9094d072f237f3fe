#pragma once
/// Fonts of one window. Files are mapped, never read into the heap (reading three CJK fonts costs 0.7 s and 190 MB):
/// Noto Sans CJK SC regular and bold at the start; HanaMinA, HanaMinB and BabelStone Han on the first character that
/// Noto lacks (䶮 𬭎 𠮷 𰻞); Material icons. Glyphs are rasterised by FreeType when first drawn.
///
/// Thread: ui.
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

struct ImFont;
struct ImFontAtlas;

namespace yizhan::ui {

/// A file of the system, mapped read-only for as long as this object lives.
class MappedFile {
 public:
  /// Errors: font_missing.
  static Result<MappedFile> open(std::filesystem::path const& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  [[nodiscard]] void* data() const { return m_data; }
  [[nodiscard]] std::size_t size() const { return m_size; }

 private:
  MappedFile() = default;
  void* m_data = nullptr;
  std::size_t m_size = 0;
};

/// Where Debian puts them, tried in order; the first that exists is used.
struct FontPaths {
  std::vector<std::filesystem::path> regular;
  std::vector<std::filesystem::path> bold;
  std::vector<std::filesystem::path> rare;  // all that exist are used, in this order
  std::vector<std::filesystem::path> icons;
  static FontPaths debian();
};

class Fonts {
 public:
  /// Adds the fonts to `atlas`. Errors: font_missing (detail: the package to install).
  static Result<std::unique_ptr<Fonts>> create(ImFontAtlas& atlas, FontPaths const& paths = FontPaths::debian());
  virtual ~Fonts() = default;

  [[nodiscard]] virtual ImFont* regular() const = 0;
  [[nodiscard]] virtual ImFont* bold() const = 0;
  [[nodiscard]] virtual ImFont* icons() const = 0;
  /// Height of "H" as a part of ImGui's font size.
  [[nodiscard]] virtual float cap_ratio() const = 0;
  /// The em as a part of ImGui's font size.
  [[nodiscard]] virtual float em_ratio() const = 0;
  /// Loads the fonts for rare characters where `utf8` has one that needs them. Cheap where not.
  virtual void need(std::string_view utf8) = 0;
  [[nodiscard]] virtual bool rare_loaded() const = 0;
};

}  // namespace yizhan::ui
