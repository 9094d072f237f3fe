#pragma once
/// The seam for writing Chinese: an input method takes the letters of the keyboards and offers words for them. The
/// on-screen keyboard draws its composition and candidates; without one, letters are typed as they are.
///
///     ui.set_input_method(&pinyin);   // kiosk/app; it outlives the window
///
/// It holds what somebody is writing: `reset` scrubs that. Thread: ui. Nothing here may wait.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace yizhan::ui {

class InputMethod {
 public:
  virtual ~InputMethod() = default;
  /// What the key that switches it on and off says: "拼音".
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// A character that was typed. False: not for it (type it as it is).
  virtual bool take(std::string_view character) = 0;
  /// Takes back the last character. False: nothing was being composed.
  virtual bool erase() = 0;
  /// What was typed and not chosen yet: "zhang".
  [[nodiscard]] virtual std::string_view composing() const = 0;
  /// Words to choose from, best first.
  [[nodiscard]] virtual std::vector<std::string> candidates() const = 0;
  /// The word to insert; what it did not use up goes on being composed.
  virtual std::string choose(std::size_t candidate) = 0;
  virtual void reset() = 0;
};

}  // namespace yizhan::ui
