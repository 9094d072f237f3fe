#include "peripherals/id_reader/photo_plugin.h"

#include <dlfcn.h>

namespace yizhan::id_reader {

static_assert(YIZHAN_PHOTO_BGR_SIZE == YIZHAN_PHOTO_WIDTH * YIZHAN_PHOTO_HEIGHT * 3);

Result<PhotoPlugin> PhotoPlugin::load(std::filesystem::path const& file) {
  if (!file.is_absolute()) return Error::make("photo_plugin_absent", Retry::no, "not an absolute path");
  std::shared_ptr<void> library(::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL), [](void* handle) {
    if (handle != nullptr) ::dlclose(handle);
  });
  if (!library) return Error::make("photo_plugin_absent", Retry::no, file.string());
  auto const version =
      reinterpret_cast<decltype(&yizhan_photo_plugin_abi)>(::dlsym(library.get(), "yizhan_photo_plugin_abi"));
  auto const decode = reinterpret_cast<Decode>(::dlsym(library.get(), "yizhan_decode_photo"));
  if (version == nullptr || decode == nullptr || version() != YIZHAN_PHOTO_PLUGIN_ABI) {
    return Error::make("photo_plugin_abi", Retry::no, file.string());
  }
  return PhotoPlugin(std::move(library), decode);
}

Result<SecretBytes> PhotoPlugin::decode(std::span<std::byte const> wlt) const {
  if (wlt.size() != YIZHAN_PHOTO_WLT_SIZE) return Error::make("photo_undecodable", Retry::no, "size");
  SecretBytes bgr(std::size_t{YIZHAN_PHOTO_BGR_SIZE});
  // Bytes are bytes: the plug-in's are unsigned char.
  auto const* const in = reinterpret_cast<unsigned char const*>(wlt.data());
  if (m_decode(in, reinterpret_cast<unsigned char*>(bgr.span().data())) != 0) {
    return Error::make("photo_undecodable", Retry::no);
  }
  return bgr;
}

}  // namespace yizhan::id_reader
