// A plug-in for tests: blue is the photo's first byte, green its last, red the row. A photo that begins with 0 is refused.
// With YIZHAN_OTHER_ABI it says that it is of the next version; with YIZHAN_EMPTY it has no functions.
#include "peripherals/id_reader/photo_plugin_abi.h"

#ifndef YIZHAN_EMPTY

int yizhan_photo_plugin_abi(void) {
#ifdef YIZHAN_OTHER_ABI
  return YIZHAN_PHOTO_PLUGIN_ABI + 1;
#else
  return YIZHAN_PHOTO_PLUGIN_ABI;
#endif
}

int yizhan_decode_photo(unsigned char const* wlt, unsigned char* bgr) {
  if (wlt[0] == 0) return 1;
  for (int row = 0; row < YIZHAN_PHOTO_HEIGHT; ++row) {
    for (int column = 0; column < YIZHAN_PHOTO_WIDTH; ++column) {
      *bgr++ = wlt[0];
      *bgr++ = wlt[YIZHAN_PHOTO_WLT_SIZE - 1];
      *bgr++ = static_cast<unsigned char>(row);
    }
  }
  return 0;
}

#endif
