#include "peripherals/id_reader/photo_plugin.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace yizhan::id_reader {
namespace {

SecretBytes photo(std::byte first) {
  SecretBytes wlt(std::size_t{YIZHAN_PHOTO_WLT_SIZE});
  std::fill(wlt.span().begin(), wlt.span().end(), first);
  return wlt;
}

TEST(PhotoPlugin, DecodesWithWhatSomebodyElseBrings) {
  auto const plugin = PhotoPlugin::load(YIZHAN_PHOTO_PLUGIN_WHOLE);
  ASSERT_TRUE(plugin);
  auto const bgr = plugin->decode(photo(std::byte{0x07}).view());
  ASSERT_TRUE(bgr);
  ASSERT_EQ(bgr->size(), 38556U);
  // The test's plug-in: blue is the photo's first byte, green its last, red the row.
  auto const last_row = bgr->view().subspan(125U * 102U * 3U, 3);
  EXPECT_EQ(last_row[0], std::byte{0x07});
  EXPECT_EQ(last_row[1], std::byte{0x07});
  EXPECT_EQ(last_row[2], std::byte{125});
}

TEST(PhotoPlugin, APhotoItRefusesIsUndecodable) {
  auto const plugin = PhotoPlugin::load(YIZHAN_PHOTO_PLUGIN_WHOLE);
  ASSERT_TRUE(plugin);
  EXPECT_TRUE(plugin->decode(photo(std::byte{0}).view()).error().is("photo_undecodable"));
  EXPECT_TRUE(plugin->decode(photo(std::byte{7}).view().first(1023)).error().is("photo_undecodable"));
}

TEST(PhotoPlugin, OneThatIsNotThereOrNoSharedObjectIsAbsent) {
  EXPECT_TRUE(PhotoPlugin::load("/nowhere/photo.so").error().is("photo_plugin_absent"));
  EXPECT_TRUE(PhotoPlugin::load("/proc/self/status").error().is("photo_plugin_absent"));
  EXPECT_TRUE(PhotoPlugin::load("libm.so.6").error().is("photo_plugin_absent")) << "no search of the system's folders";
}

TEST(PhotoPlugin, OneOfAnotherVersionOrWithoutTheFunctionsIsRefused) {
  EXPECT_TRUE(PhotoPlugin::load(YIZHAN_PHOTO_PLUGIN_OTHER_ABI).error().is("photo_plugin_abi"));
  EXPECT_TRUE(PhotoPlugin::load(YIZHAN_PHOTO_PLUGIN_EMPTY).error().is("photo_plugin_abi"));
}

}  // namespace
}  // namespace yizhan::id_reader
