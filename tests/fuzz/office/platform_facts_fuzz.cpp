// What the platform says of a case. Taken only where every part of it is what it must be; a step that was taken can be
// applied to any part, and then either moves it or says that it is out of order.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "shared/domain/cases/case_number.h"
#include "shared/office/case_events.h"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  std::string const body(reinterpret_cast<char const*>(data), size);
  for (auto const* act :
       {"received", "accepted", "supplement_requested", "suspended", "resumed", "decided", "refused", "submitted"}) {
    auto const fact =
        office::read_platform_fact({"an-id", "cn.yizhan.case." + std::string(act) + ".v1", body}, "Asia/Shanghai");
    if (!fact) continue;
    check(std::string_view(act) != "submitted");
    check(cases::is_case_number(fact->case_number));
    check(fact->part >= 0 && fact->part <= 99);
    check(fact->step.source == "an-id");
    check(fact->step.days >= 0 && fact->step.materials.size() <= 100);
    check((fact->step.outcome == cases::Outcome::none) == (fact->step.act != cases::Act::decide));
    for (auto const state : {cases::State::submitted, cases::State::received, cases::State::accepted,
                             cases::State::supplement, cases::State::suspended, cases::State::decided}) {
      cases::Part part;
      part.state = state;
      auto const applied = cases::apply(part, fact->step);
      check(applied ? part.steps.size() == 1 : applied.error().is("case_act_out_of_order") && part.state == state);
    }
  }
  return 0;
}
