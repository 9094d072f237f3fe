#pragma once
/// Textures of pictures. For kiosk/ui's own files.
#include <string_view>

#include "kiosk/ui/ui_state.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

/// The texture of this widget, uploaded where it is new. 0 where the view is not usable.
unsigned int texture_of(UiState& state, std::string_view key, ImageView const& view, bool crisp);
/// REQUIRES: texture_of gave it in this frame.
void draw_picture(unsigned int texture, Rect const& rect, float radius = 0, bool mirrored = false);

}  // namespace yizhan::ui
