#pragma once
/// Speech that writes down what it was asked to say, in order, and passes it on where there is a voice behind it.
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "peripherals/api/speech.h"

namespace yizhan::emulated {

/// Thread: any.
class SpokenLog {
 public:
  void add(std::string text);
  [[nodiscard]] std::vector<std::string> all() const;
  /// Whether any utterance contains `part`.
  [[nodiscard]] bool contains(std::string_view part) const;

 private:
  mutable std::mutex m_mutex;
  std::vector<std::string> m_texts;
};

/// With `voice` its listener tells of the ends; without one each utterance is over at once and `listener` is called on
/// the caller's thread.
[[nodiscard]] std::unique_ptr<device::Speech> make_recorded_speech(std::shared_ptr<SpokenLog> log,
                                                                   std::unique_ptr<device::Speech> voice,
                                                                   device::Speech::Listener listener);

}  // namespace yizhan::emulated
