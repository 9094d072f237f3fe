#pragma once
/// Scenario files (.scn): visits written down, one step a line, for tests, the demo and the manual's pictures.
///
///   seed 42                              randomness of the emulators
///   patience 30s                         real time an `expect` may wait for other threads and programs (default 20 s)
///   at 0s    tap KEY                     KEY: a stable key of the accessible tree
///   at 1s    type KEY "text"
///   at 1s    key F5                      a key of the keyboard
///   at 1s    hold KEY, release           press without letting go
///   at 1s    draw KEY                    writes a signature into that field
///   at 1s    card present zhang-san      likewise code, printer, reader, scanner, camera, doccamera, docprinter: the
///                                        emulated devices' own words (peripherals/emulated/hall.h)
///   at 4s    lang en
///   capture  NAME                        a picture NAME.png in --capture
///   expect   state NAME | text "…" | no-text "…" | outbox TYPE COUNT | spoken "…" | backlog COUNT | tickets COUNT |
///            uploads COUNT             (documents that wait to be sent)
///   within 85s expect …                  scenario time may advance by that much until it is true
///   real 3500ms expect …                 true at the latest so long (real time) after the last word to a device or card;
///                                        what is still under way is not waited for, and the log says how long it took
///   now printer unplug, now capture NAME also while something is under way: at 1s is not waited for, either
///   signal NAME, await NAME              meet other programs of the demo: a file in --rendezvous
///
/// In words that follow, {today}, {today-9d} … (shared/domain/forms/dates.h) stand for the hall's day: YYYY-MM-DD.
/// `at` is scenario time: the injected clock, which moves only between steps and only when nothing is pending.
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"

namespace yizhan::app {

struct ScenarioStep {
  int line = 0;
  std::optional<Duration> at;
  std::optional<Duration> within;
  std::optional<Duration> real;
  bool now = false;
  /// The words after the times; quoted ones without their quotes. words[0] is the verb.
  std::vector<std::string> words;
};

struct Scenario {
  std::uint64_t seed = 1;
  std::vector<ScenarioStep> steps;
};

/// Errors: scenario_syntax with the line number and what is wrong there.
Result<Scenario> parse_scenario(std::string_view text);

/// Errors: those of read_whole_file, and those above.
Result<Scenario> load_scenario(std::filesystem::path const& file);

/// "85s", "200ms", "2min". Errors: scenario_syntax.
Result<Duration> parse_duration(std::string_view word);

}  // namespace yizhan::app
