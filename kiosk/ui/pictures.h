#pragma once
/// Textures of pictures. For kiosk/ui's own files.
#include <string_view>

#include <span>

#include "kiosk/ui/ui_state.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

/// The texture of this widget, uploaded where it is new. 0 where the view is not usable.
unsigned int texture_of(UiState& state, std::string_view key, ImageView const& view, bool crisp);
/// REQUIRES: texture_of gave it in this frame.
void draw_picture(unsigned int texture, Rect const& rect, float radius = 0, bool mirrored = false);
/// A line along `points` (0…1 of the picture's width and height), to be seen on whatever lies before a camera.
void draw_outline(UiState const& state, Rect const& rect, std::span<Point const> points, Colour colour, bool closed,
                  bool mirrored = false);

}  // namespace yizhan::ui
