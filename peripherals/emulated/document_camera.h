#pragma once
/// What a document camera sees: one PNG in colour that is replaced whole, read by the driver again for each frame.
#include <filesystem>
#include <memory>

#include "shared/base/result.h"
#include "shared/imaging/picture.h"

namespace yizhan::emulated {

/// Thread: any one at a time.
class EmulatedDocumentCamera {
 public:
  /// `picture`: the file, in a folder of its own. Errors: png_write.
  static Result<std::unique_ptr<EmulatedDocumentCamera>> create(std::filesystem::path picture);
  ~EmulatedDocumentCamera();

  [[nodiscard]] std::filesystem::path const& picture() const { return m_picture; }
  /// A photo of a page on a table: JPEG, PNG or WebP. Errors: those of imaging::decode(), file_unreadable, png_write.
  Result<void> show(std::filesystem::path const& file);
  /// The empty table. Errors: png_write.
  Result<void> hide();
  /// Frames stop coming, though the camera is there; or come again. Errors: png_write.
  Result<void> set_silent(bool silent);
  void unplug();
  Result<void> plug() { return publish(); }

 private:
  explicit EmulatedDocumentCamera(std::filesystem::path picture) : m_picture(std::move(picture)) {}
  Result<void> publish();

  std::filesystem::path const m_picture;
  imaging::Picture m_scene;
  bool m_silent = false;
};

}  // namespace yizhan::emulated
