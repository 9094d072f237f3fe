#pragma once
/// How a camera's frames are searched: what is cheap in every frame, what is expensive in turn, as much as a frame's time allows.
#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "peripherals/code_scanner/decode.h"
#include "peripherals/code_scanner/filters.h"
#include "shared/base/env.h"

namespace yizhan::code_scanner {

/// For one frame of 1280×720 on one core.
inline constexpr Duration k_frame_budget = std::chrono::milliseconds(30);

/// What one look found. `corners` are in the frame's own pixels, whatever was cut, turned or enlarged on the way.
struct LadderLook {
  std::vector<FoundCode> found;
  std::vector<std::string_view> passes;  // those that ran, in order
  Duration took{0};
};

/// The passes: as the picture stands; in a third and half of its size (moiré, noise); light on dark; against thresholds of the
/// neighbourhood (shadows, glare, low contrast); smoothed, sharpened, enlarged (small and blurred codes); bars, also aslant.
/// Enlarging and bars are tried where the picture is busy. Only self-checking formats are read: QR, Data Matrix, Aztec, PDF417,
/// EAN-13, Code 128.
/// Thread: one at a time. Keeps memory of a few frames' size between looks, and the pixels of the last until forget().
class DecodeLadder {
 public:
  /// `clock` outlives the ladder.
  explicit DecodeLadder(SteadyClock const& clock, Duration budget = k_frame_budget);
  ~DecodeLadder();
  DecodeLadder(DecodeLadder const&) = delete;
  DecodeLadder& operator=(DecodeLadder const&) = delete;

  /// The cheap passes, then those whose turn it is while what they cost lately still fits the budget; ends at the first that
  /// finds something. Passes without room come first in the next look. `region`: look only there (empty: everywhere).
  [[nodiscard]] LadderLook look(GreyImage const& frame, Region const& region = {});
  /// Scrubs what is left of the last frame and begins with the first pass again; what passes cost is kept.
  void forget();

  /// All passes there are, the cheap ones first.
  [[nodiscard]] static std::vector<std::string_view> passes();

 private:
  class Work;

  SteadyClock const& m_clock;
  Duration const m_budget;
  std::unique_ptr<Work> m_work;
};

}  // namespace yizhan::code_scanner
