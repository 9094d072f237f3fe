#pragma once
/// A scanner that types as a keyboard: the last resort, since it loses what its keyboard layout has no key for, and may
/// stand where a person types. Whoever takes keys from the window must keep typed bursts from everything else, whether or
/// not a scanner is configured; this only judges what such a burst says.
#include <memory>
#include <optional>
#include <string>

#include "peripherals/api/code_scanner.h"
#include "peripherals/code_scanner/framing.h"

namespace yizhan::code_scanner {

enum class TypedEnd { silence, enter, tab };

/// One burst of keys. `plain`: characters only, nothing that would have commanded.
struct TypedCode {
  std::string text;
  TypedEnd end = TypedEnd::silence;
  bool plain = true;
};

struct WedgeOptions {
  std::string name = "code_scanner";
  /// As set in the scanner, in front of each code; without it nothing is accepted. Characters people do not begin with:
  /// "~#".
  std::string prefix;
  TypedEnd end = TypedEnd::enter;
  bool aim_identifier = false;
  /// Where the keyboard that it is can be seen, "/dev/input/by-id/…-event-kbd"; empty: nobody can tell whether it is there.
  std::string node;
};

/// Nothing: not the scanner's (no prefix, another end). Errors: code_not_text (keys that command), code_too_long.
std::optional<Result<FramedCode>> judge_typed(TypedCode const& code, WedgeOptions const& options);

/// States: Ready, or Absent where `node` is given and not there. A code that is not ours is dropped without a word: it may
/// have been anybody's.
class WedgeScanner : public device::CodeScanner {
 public:
  /// One burst. Thread: any.
  virtual void typed(TypedCode code) = 0;
};

/// `executor` is the device's own thread; it and `env` outlive the scanner. No event follows the destructor.
/// REQUIRES: a prefix; not destroyed from its listener.
[[nodiscard]] std::unique_ptr<WedgeScanner> make_wedge_scanner(Executor& executor, Env env, WedgeOptions options,
                                                               device::CodeScanner::Listener listener);

}  // namespace yizhan::code_scanner
