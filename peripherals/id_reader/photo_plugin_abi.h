#pragma once
/// What a shared object that decodes the photos of cards offers, in C. None is shipped: the decoders that exist are
/// proprietary, and who owns one wraps it in these two functions.
///
/// - Both run in the kiosk's process, on one thread at a time. Neither may keep, log, store or send what it is given,
///   nor write outside `bgr`.
/// - `wlt` is the photo as the card holds it. `bgr` takes 126 rows of 102 pixels, top row first, three bytes each
///   (blue, green, red), no padding: 38,556 bytes.

#define YIZHAN_PHOTO_PLUGIN_ABI 1
#define YIZHAN_PHOTO_WLT_SIZE 1024
#define YIZHAN_PHOTO_WIDTH 102
#define YIZHAN_PHOTO_HEIGHT 126
#define YIZHAN_PHOTO_BGR_SIZE 38556

#ifdef __cplusplus
extern "C" {
#endif

/// Returns YIZHAN_PHOTO_PLUGIN_ABI as it was compiled. A change of anything above changes the number.
int yizhan_photo_plugin_abi(void);

/// Returns 0 where `bgr` holds the picture, else anything but 0.
int yizhan_decode_photo(unsigned char const wlt[YIZHAN_PHOTO_WLT_SIZE], unsigned char bgr[YIZHAN_PHOTO_BGR_SIZE]);

#ifdef __cplusplus
}
#endif
