#include "kiosk/app/scenario.h"

#include <charconv>
#include <map>
#include <set>

#include "shared/base/file.h"
#include "shared/base/text.h"

namespace yizhan::app {

namespace {

Error syntax(int line, std::string_view what) {
  return Error::make("scenario_syntax", Retry::no, "line " + std::to_string(line) + ": " + std::string(what));
}

/// Words of a line; "…" keeps spaces, \" and \\ inside; # outside quotes ends the line.
Result<std::vector<std::string>> split(std::string_view line, int number) {
  std::vector<std::string> words;
  std::size_t i = 0;
  while (i < line.size()) {
    if (line[i] == ' ' || line[i] == '\t' || line[i] == '\r') {
      ++i;
    } else if (line[i] == '#') {
      break;
    } else if (line[i] == '"') {
      std::string word;
      for (++i; i < line.size() && line[i] != '"'; ++i) {
        if (line[i] == '\\' && i + 1 < line.size()) ++i;
        word.push_back(line[i]);
      }
      if (i == line.size()) return syntax(number, "a quote is not closed");
      ++i;
      words.push_back(std::move(word));
    } else {
      auto const end = std::min(line.find_first_of(" \t\r#", i), line.size());
      words.emplace_back(line.substr(i, end - i));
      i = end;
    }
  }
  return words;
}

struct Arity {
  std::size_t least;
  std::size_t most;
};

/// Words after the verb.
std::map<std::string_view, Arity> const k_verbs = {
    {"patience", {1, 1}}, {"tap", {1, 1}},    {"hold", {1, 1}}, {"release", {0, 0}},   {"type", {2, 2}},
    {"key", {1, 1}},      {"card", {1, 2}},   {"code", {1, 2}}, {"printer", {1, 4}},   {"reader", {1, 2}},
    {"scanner", {1, 1}},  {"camera", {1, 1}}, {"lang", {1, 1}}, {"capture", {1, 1}},   {"expect", {2, 3}},
    {"signal", {1, 1}},   {"await", {1, 1}},  {"draw", {1, 1}}, {"doccamera", {1, 2}}, {"docprinter", {1, 2}},
};
/// These touch what is shown, which has to be at rest.
std::set<std::string_view> const k_at_rest = {"patience", "tap",    "hold",   "release", "type", "key",
                                              "lang",     "expect", "signal", "await",   "draw"};
std::map<std::string_view, std::size_t> const k_expectations = {
    {"state", 1},  {"text", 1},    {"no-text", 1}, {"outbox", 2},
    {"spoken", 1}, {"backlog", 1}, {"tickets", 1}, {"uploads", 1},
};

}  // namespace

Result<Duration> parse_duration(std::string_view word) {
  std::int64_t count = 0;
  auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), count);
  std::string_view const unit(end, static_cast<std::size_t>(word.data() + word.size() - end));
  if (error == std::errc{} && count >= 0 && count <= 1'000'000) {
    if (unit == "ms") return Duration(std::chrono::milliseconds(count));
    if (unit == "s") return Duration(std::chrono::seconds(count));
    if (unit == "min") return Duration(std::chrono::minutes(count));
  }
  return Error::make("scenario_syntax", Retry::no, "not a duration: " + std::string(word));
}

Result<Scenario> parse_scenario(std::string_view text) {
  Scenario scenario;
  std::optional<Duration> last_at;
  int number = 0;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    auto const line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (!text::is_utf8(line)) return syntax(number, "not UTF-8");
    auto words = TRY(split(line, number));
    if (words.empty()) continue;
    ScenarioStep step;
    step.line = number;
    if (words[0] == "now") {
      step.now = true;
      words.erase(words.begin());
    }
    for (auto const* prefix : {"at", "within", "real"}) {
      if (words.size() < 2 || words[0] != prefix) continue;
      auto duration = parse_duration(words[1]);
      if (!duration) return syntax(number, duration.error().detail());
      auto& time = *prefix == 'a' ? step.at : *prefix == 'w' ? step.within : step.real;
      time = *duration;
      words.erase(words.begin(), words.begin() + 2);
    }
    if (words.empty()) return syntax(number, "nothing to do");
    if (words[0] == "seed") {
      if (words.size() != 2) return syntax(number, "seed wants one number");
      auto const& word = words[1];
      auto const [stop, error] = std::from_chars(word.data(), word.data() + word.size(), scenario.seed);
      if (error != std::errc{} || stop != word.data() + word.size()) return syntax(number, "seed wants a number");
      continue;
    }
    auto const verb = k_verbs.find(words[0]);
    if (verb == k_verbs.end()) return syntax(number, "unknown step " + words[0]);
    auto const count = words.size() - 1;
    if (count < verb->second.least || count > verb->second.most)
      return syntax(number, "wrong number of words for " + words[0]);
    if (words[0] == "expect") {
      auto const what = k_expectations.find(words[1]);
      if (what == k_expectations.end()) return syntax(number, "unknown expectation " + words[1]);
      if (count - 1 != what->second) return syntax(number, "wrong number of words for expect " + words[1]);
    } else if (step.within || step.real) {
      return syntax(number, step.within ? "within goes with expect" : "real goes with expect");
    }
    if (step.now && (k_at_rest.contains(words[0]) || step.at))
      return syntax(number, "now goes with devices and capture");
    if (step.at) {
      if (last_at && *step.at < *last_at) return syntax(number, "time goes back");
      last_at = step.at;
    }
    step.words = std::move(words);
    scenario.steps.push_back(std::move(step));
  }
  return scenario;
}

Result<Scenario> load_scenario(std::filesystem::path const& file) {
  constexpr std::size_t k_limit = 1024 * 1024;
  auto const text = TRY(read_whole_file(file, k_limit));
  return parse_scenario(text);
}

}  // namespace yizhan::app
