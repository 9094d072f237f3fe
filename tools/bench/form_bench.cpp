// Forms: 300 fields with a condition each, in chains of ten. What a change costs, and what a frame asks. Limit: 2 ms each.
#include <benchmark/benchmark.h>

#include "shared/domain/forms/form_state.h"
#include "shared/domain/rules/json_logic.h"

namespace {

using namespace yizhan;

constexpr int k_fields = 300;
constexpr int k_chain = 10;
constexpr int k_sections = 20;

forms::Condition rule(std::string const& text) {
  return std::make_shared<rules::Rule const>(rules::Rule::parse_text(text).value());
}

std::string name(int number) { return "field_" + std::to_string(number); }

/// Every tenth field begins a chain; each other is shown where the one before it is filled and not "hide".
forms::Form form_of_chains() {
  forms::Form form;
  form.id = "bench";
  for (int i = 0; i < k_fields; ++i) {
    if (i % (k_fields / k_sections) == 0) form.sections.emplace_back().id = "section_" + std::to_string(i);
    auto& field = form.sections.back().fields.emplace_back();
    field.id = name(i);
    field.min_length = 1;
    field.max_length = 50;
    field.pattern = R"([\p{Han}A-Za-z0-9 ]+)";
    auto const before = name(i % k_chain == 0 ? i : i - 1);
    field.visible = i % k_chain == 0 ? rule(R"({"==":[{"var":"answers.who"},"self"]})")
                                     : rule(R"({"and":[{"!!":{"var":"fields.)" + before +
                                            R"("}},{"!=":[{"var":"fields.)" + before + R"("},"hide"]}]})");
    field.required_when = rule(R"({"==":[{"var":"fields.)" + before + R"("},"more"]})");
  }
  return form;
}

forms::FormState filled(forms::Form const& form) {
  static calendar::HolidayCalendar const calendar;
  forms::FormState state(form, {}, calendar::BusinessDay::parse("2026-11-24").value(), calendar);
  state.set_answers({{"who", "self"}});
  nlohmann::json fields;
  for (int i = 0; i < k_fields; ++i) fields[name(i)] = "填好的内容";
  state.restore(fields);
  return state;
}

/// All a page, the summary of problems and the review may ask of every field.
std::size_t ask(forms::FormState const& state) {
  std::size_t seen = 0;
  for (auto const* section : state.sections()) {
    for (auto const& field : section->fields) {
      if (!state.visible(field)) continue;
      seen += state.required(field) + state.fixed(field) + state.options(field).size();
      seen += forms::shown(field, state.value(field.id), true).size();
    }
    seen += state.problems(*section).size();
  }
  return seen + state.problems().size();
}

void change(benchmark::State& loop, bool with_frame) {
  auto const form = form_of_chains();
  auto state = filled(form);
  bool hide = false;
  int chain = 0;
  for (auto _ : loop) {
    // The first of a chain: the nine behind it go, or come back, with it.
    hide = !hide;
    if (hide) chain = (chain + k_chain) % k_fields;
    state.set(name(chain), hide ? "hide" : "more");
    if (with_frame) benchmark::DoNotOptimize(ask(state));
  }
}

void form_set(benchmark::State& loop) { change(loop, false); }
void form_set_and_frame(benchmark::State& loop) { change(loop, true); }

void form_frame(benchmark::State& loop) {
  auto const form = form_of_chains();
  auto const state = filled(form);
  for (auto _ : loop) benchmark::DoNotOptimize(ask(state));
}

/// Every field of the form is wrong.
void form_frame_of_problems(benchmark::State& loop) {
  auto const form = form_of_chains();
  auto state = filled(form);
  for (int i = 0; i < k_fields; ++i) state.set(name(i), "!");
  for (auto _ : loop) benchmark::DoNotOptimize(ask(state));
}

void form_answers(benchmark::State& loop) {
  auto const form = form_of_chains();
  auto state = filled(form);
  bool self = false;
  for (auto _ : loop) {
    state.set_answers({{"who", self ? "self" : "agent"}});
    self = !self;
  }
}

void form_open(benchmark::State& loop) {
  auto const form = form_of_chains();
  for (auto _ : loop) benchmark::DoNotOptimize(filled(form));
}

BENCHMARK(form_set)->Unit(benchmark::kMicrosecond);
BENCHMARK(form_frame)->Unit(benchmark::kMicrosecond);
BENCHMARK(form_set_and_frame)->Unit(benchmark::kMicrosecond);
BENCHMARK(form_frame_of_problems)->Unit(benchmark::kMicrosecond);
BENCHMARK(form_answers)->Unit(benchmark::kMicrosecond);  // all conditions anew
BENCHMARK(form_open)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
