#pragma once
/// A decoder of card photos that somebody else brings (photo_plugin_abi.h). Without one the photo is scrubbed unread.
#include <filesystem>
#include <memory>
#include <span>

#include "peripherals/id_reader/photo_plugin_abi.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::id_reader {

/// Thread: any one at a time. Nothing of a photo is logged or stored.
class PhotoPlugin {
 public:
  /// `file` is an absolute path: no search of the system's folders.
  /// Errors: photo_plugin_absent (not there, or not a shared object of this machine), photo_plugin_abi (other functions,
  /// or another version of them).
  static Result<PhotoPlugin> load(std::filesystem::path const& file);

  /// 102 × 126 pixels BGR, rows without padding, top row first.
  /// Errors: photo_undecodable (not 1,024 bytes, or the plug-in refuses them).
  [[nodiscard]] Result<SecretBytes> decode(std::span<std::byte const> wlt) const;

 private:
  using Decode = decltype(&yizhan_decode_photo);
  PhotoPlugin(std::shared_ptr<void> library, Decode function) : m_library(std::move(library)), m_decode(function) {}

  std::shared_ptr<void> m_library;
  Decode m_decode;
};

}  // namespace yizhan::id_reader
