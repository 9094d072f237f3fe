#pragma once
/// An X server without a screen for a test program of windows: Xvfb with Mesa's software rasteriser.
///
///     int main(int argc, char** argv) {
///       testing::InitGoogleTest(&argc, argv);
///       yizhan::test::VirtualDisplay display;   // sets DISPLAY for SDL
///       return RUN_ALL_TESTS();
///     }
#include <sys/types.h>

#include <string>

namespace yizhan::test {

class VirtualDisplay {
 public:
  /// Starts Xvfb (1920×1920, 24 bits) on a free display number; a DISPLAY that is set already is not used: tests must
  /// not depend on a person's desktop. Throws std::runtime_error where it does not start.
  VirtualDisplay();
  /// Ends it.
  ~VirtualDisplay();
  VirtualDisplay(VirtualDisplay const&) = delete;
  VirtualDisplay& operator=(VirtualDisplay const&) = delete;

  /// ":99"
  [[nodiscard]] std::string const& name() const { return m_name; }

 private:
  pid_t m_pid = -1;
  std::string m_name;
};

}  // namespace yizhan::test
