#pragma once
/// Pictures of a window as PNG. For kiosk/ui's own files.
#include <filesystem>

#include "shared/base/result.h"

namespace yizhan::ui {

/// Reads the back buffer of the current OpenGL context and writes it. Errors: capture_failed.
Result<void> write_framebuffer(int width, int height, std::filesystem::path const& png);

}  // namespace yizhan::ui
