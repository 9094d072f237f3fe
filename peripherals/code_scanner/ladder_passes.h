#pragma once
/// The ladder's rungs: what is done to a picture before ZXing reads it. Inside peripherals/code_scanner only.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "peripherals/code_scanner/filters.h"
#include "peripherals/code_scanner/zxing_adapter.h"

namespace yizhan::code_scanner {

/// What a pass works on, and so what it costs.
enum class Area { frame, busy };

/// From a pixel of a prepared picture to one of the frame: frame = at + along_x · x + along_y · y.
struct Mapping {
  std::array<double, 2> at{0, 0};
  std::array<double, 2> along_x{1, 0};
  std::array<double, 2> along_y{0, 1};
};

struct Prepared {
  GreyImage const* image = nullptr;
  Mapping mapping;
  ReadOptions options;
};

/// One frame and everything that is made of it, each once. Memory is kept from frame to frame.
class PassInput {
 public:
  /// The next frame; `frame` must live until the last pass over it. `round` picks one of the busy regions.
  void take(GreyImage const& frame, Region const& region, std::size_t round);
  /// In pixels.
  [[nodiscard]] std::int64_t area_of(Area area);
  [[nodiscard]] bool suits(struct PassKind const& pass);

  [[nodiscard]] GreyImage const& full() const { return *m_frame; }
  [[nodiscard]] GreyImage const& half();
  [[nodiscard]] GreyImage const& third();
  [[nodiscard]] GreyImage const& busy();
  /// The mapping of full() or busy() enlarged by `scale`.
  [[nodiscard]] Mapping mapping(Area area, double scale);
  /// Scratch pictures of one pass.
  std::array<GreyImage, 4> scratch;

  void scrub();

 private:
  Region const& busy_region();

  GreyImage const* m_frame = nullptr;
  std::size_t m_round = 0;
  Region m_cut_region;
  int m_shrunk = 1;  // by how much the frame was reduced before everything else
  std::optional<Region> m_busy_region;
  GreyImage m_cut, m_smaller, m_half, m_third, m_busy;
  bool m_has_half = false, m_has_third = false, m_has_busy = false;
};

struct PassKind {
  std::string_view name;
  Area area = Area::frame;
  double first_guess = 0;      // nanoseconds a pixel of its area, before anything was measured
  std::int64_t most_area = 0;  // pixels; 0: any
  Prepared (*prepare)(PassInput& input) = nullptr;
};

inline constexpr std::size_t k_cheap_passes = 5;
extern std::array<PassKind, 20> const k_passes;

/// The codes found, corners in the frame's pixels.
[[nodiscard]] std::vector<FoundCode> run_pass(PassKind const& pass, PassInput& input);

}  // namespace yizhan::code_scanner
