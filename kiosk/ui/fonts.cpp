#include "kiosk/ui/fonts.h"

#include <fcntl.h>
#include <ft2build.h>
#include <imgui.h>
#include <imgui_freetype.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <utility>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H

namespace yizhan::ui {

namespace {

struct Measures {
  int index = 0;  // of the face in a collection
  float size_per_em = 1;
  float ascent_em = 0;
  float cap_em = 0.7F;
};

/// Opens the mapped bytes once to find the face of `family` (any where empty) and its measures. Also keeps bytes that
/// are no font away from ImGui, which would then free memory that is not its own.
std::optional<Measures> measure(MappedFile const& file, std::string const& family) {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return std::nullopt;
  std::optional<Measures> found;
  FT_Long count = 1;
  for (FT_Long index = 0; index < count && !found; ++index) {
    FT_Face face = nullptr;
    if (FT_New_Memory_Face(library, static_cast<FT_Byte const*>(file.data()), static_cast<FT_Long>(file.size()), index,
                           &face) != 0)
      break;
    count = face->num_faces;
    if ((family.empty() || (face->family_name != nullptr && family == face->family_name)) && FT_IS_SCALABLE(face)) {
      auto const em = static_cast<float>(face->units_per_EM);
      Measures measures;
      measures.index = static_cast<int>(index);
      measures.size_per_em = static_cast<float>(face->ascender - face->descender) / em;
      measures.ascent_em = static_cast<float>(face->ascender) / em;
      auto const* os2 = static_cast<TT_OS2 const*>(FT_Get_Sfnt_Table(face, FT_SFNT_OS2));
      if (os2 != nullptr && os2->version >= 2 && os2->sCapHeight > 0)
        measures.cap_em = static_cast<float>(os2->sCapHeight) / em;
      found = measures;
    }
    FT_Done_Face(face);
  }
  FT_Done_FreeType(library);
  return found;
}

constexpr char k_noto[] = "Noto Sans CJK SC";

}  // namespace

Result<MappedFile> MappedFile::open(std::filesystem::path const& path) {
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Error::make("font_missing", Retry::no, path.string());
  struct stat status {};
  MappedFile mapped;
  if (::fstat(file, &status) == 0 && status.st_size > 0) {
    void* const data = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file, 0);
    if (data != MAP_FAILED) {
      mapped.m_data = data;
      mapped.m_size = static_cast<std::size_t>(status.st_size);
      // Glyphs lie scattered: without this the kernel reads whole neighbourhoods into our resident memory.
      ::madvise(data, mapped.m_size, MADV_RANDOM);
    }
  }
  ::close(file);
  if (mapped.m_data == nullptr) return Error::make("font_missing", Retry::no, path.string());
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(m_data, other.m_data);
  std::swap(m_size, other.m_size);
  return *this;
}

MappedFile::~MappedFile() {
  if (m_data != nullptr) ::munmap(m_data, m_size);
}

FontPaths FontPaths::debian() {
  return {.regular = {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"},
          .bold = {"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"},
          .rare = {"/usr/share/fonts/truetype/hanazono/HanaMinA.ttf", "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
                   "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"},
          .icons = {"/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf"}};
}

Result<void> Fonts::add(std::vector<std::filesystem::path> const& candidates, std::string const& family) {
  std::string tried;
  for (auto const& path : candidates) {
    tried += (tried.empty() ? "" : ", ") + path.string();
    auto file = MappedFile::open(path);
    if (!file) continue;
    auto const measures = measure(*file, family);
    if (!measures) continue;
    m_files.push_back(std::move(*file));
    ImFontConfig config;
    config.FontData = m_files.back().data();
    config.FontDataSize = static_cast<int>(m_files.back().size());
    config.FontNo = static_cast<ImU32>(measures->index);
    // ImGui 1.92.2 copies data that it is told not to own; so it is told only after it has taken the pointer.
    config.FontDataOwnedByAtlas = true;
    config.PixelSnapH = true;
    config.FontLoaderFlags = ImGuiFreeTypeLoaderFlags_NoHinting;
    ImFont* const font = m_atlas->AddFont(&config);
    m_atlas->Sources.back().FontDataOwnedByAtlas = false;
    m_faces.push_back({font, measures->size_per_em, measures->ascent_em, measures->cap_em});
    return {};
  }
  return Error::make("font_missing", Retry::no, tried);
}

Result<Fonts> Fonts::create(ImFontAtlas& atlas, FontPaths paths) {
  Fonts fonts(atlas, std::move(paths));
  TRY(fonts.add(fonts.m_paths.regular, k_noto));
  // Without the bold file the regular one stands in: hierarchy suffers, reading does not.
  if (auto bold = fonts.add(fonts.m_paths.bold, k_noto); !bold) TRY(fonts.add(fonts.m_paths.regular, k_noto));
  TRY(fonts.add(fonts.m_paths.icons, {}));
  return fonts;
}

void Fonts::load_rare() {
  m_rare_loaded = true;
  for (auto const& path : m_paths.rare) {
    // A font that is not installed leaves its characters to the next one.
    if (auto added = add({path}, {}); !added) continue;
  }
}

void Fonts::release_pages() const {
  for (MappedFile const& file : m_files) ::madvise(file.data(), file.size(), MADV_DONTNEED);
}

Face const& Fonts::face_of(char32_t code_point, bool bold) {
  Face const& usual = m_faces[bold ? 1 : 0];
  constexpr char32_t k_first_radical = 0x2E80;  // below, Noto is complete for what we write
  if (code_point < k_first_radical || usual.font->IsGlyphInFont(code_point)) return usual;
  if (!m_rare_loaded) load_rare();
  for (std::size_t i = 3; i < m_faces.size(); ++i)
    if (m_faces[i].font->IsGlyphInFont(code_point)) return m_faces[i];
  return usual;
}

}  // namespace yizhan::ui
