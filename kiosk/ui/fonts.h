#pragma once
/// Fonts of one window. Files are mapped, never read into the heap (reading three CJK fonts costs 0.7 s and 190 MB):
/// Noto Sans CJK SC regular and bold at the start; HanaMinA, HanaMinB and BabelStone Han on the first character that
/// Noto lacks (𠀁 𪛖 𪜂); Material icons. FreeType rasterises a glyph when it is first drawn.
///
/// Thread: ui.
#include <cstddef>
#include <deque>
#include <filesystem>
#include <string>
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
  MappedFile(MappedFile const&) = delete;
  MappedFile& operator=(MappedFile const&) = delete;
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

/// One face in ImGui's atlas. ImGui's font size is the height from ascender to descender, ours is the em.
struct Face {
  ImFont* font = nullptr;
  float size_per_em = 1;  // ImGui's size = em × this
  float ascent_em = 0;    // top of ImGui's line to the baseline, in em
  float cap_em = 0.7F;    // height of "H"
};

class Fonts {
 public:
  /// Adds the fonts to `atlas`, which reads from the mapped files: destroy it first. Errors: font_missing (detail: the
  /// paths that were tried).
  static Result<Fonts> create(ImFontAtlas& atlas, FontPaths paths = FontPaths::debian());

  [[nodiscard]] Face const& regular() const { return m_faces[0]; }
  [[nodiscard]] Face const& bold() const { return m_faces[1]; }
  [[nodiscard]] Face const& icons() const { return m_faces[2]; }
  /// The face that has this character; loads the fonts for rare ones where needed. Where none has it: regular or bold,
  /// which draw the replacement character.
  [[nodiscard]] Face const& face_of(char32_t code_point, bool bold);
  /// Gives the pages of the font files that were read back to the kernel; a glyph that is drawn for the first time
  /// brings its own page in again.
  void release_pages() const;
  [[nodiscard]] bool rare_loaded() const { return m_rare_loaded; }

 private:
  Fonts(ImFontAtlas& atlas, FontPaths paths) : m_atlas(&atlas), m_paths(std::move(paths)) {}
  Result<void> add(std::vector<std::filesystem::path> const& candidates, std::string const& family);
  void load_rare();

  ImFontAtlas* m_atlas;
  FontPaths m_paths;
  std::deque<MappedFile> m_files;
  std::deque<Face> m_faces;  // regular, bold, icons, then the rare ones; deque: references stay valid
  bool m_rare_loaded = false;
};

}  // namespace yizhan::ui
