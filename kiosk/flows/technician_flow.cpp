#include "kiosk/flows/technician_flow.h"

#include <algorithm>

namespace yizhan::flows {

using namespace technician;

namespace {
int urgency(Light light) {
  switch (light) {
    case Light::fault: return 0;
    case Light::warning: return 1;
    case Light::unknown:
    case Light::good: return 2;
  }
  return 2;
}
}  // namespace

std::vector<Effect> TechnicianFlow::step(Event event) {
  return std::visit(Overloaded{
                        [&](PartArrived& what) -> std::vector<Effect> {
                          auto const at = std::ranges::find(m_parts, what.part.key, &Part::key);
                          if (at == m_parts.end()) {
                            m_parts.push_back(std::move(what.part));
                          } else {
                            // A test that was passed before a fault says nothing any more.
                            auto const trial = m_trials.find(at->key);
                            bool const passed =
                                trial != m_trials.end() && trial->second.outcome == Trial::Outcome::passed;
                            if (passed && what.part.light == Light::fault && at->light != Light::fault)
                              m_trials.erase(trial);
                            *at = std::move(what.part);
                          }
                          // What needs attention stands first; the rest stays where it is.
                          std::ranges::stable_sort(m_parts, {}, [](Part const& part) { return urgency(part.light); });
                          return {};
                        },
                        [&](TestChosen& what) -> std::vector<Effect> {
                          auto const at = std::ranges::find(m_parts, what.key, &Part::key);
                          if (at == m_parts.end() || !at->testable) return {};
                          auto const trial = m_trials.find(what.key);
                          if (trial != m_trials.end() && trial->second.outcome == Trial::Outcome::running) return {};
                          m_trials[what.key] = {};
                          return {RunTest{what.key}};
                        },
                        [&](TestEnded& what) -> std::vector<Effect> {
                          m_trials[what.key] = {what.passed ? Trial::Outcome::passed : Trial::Outcome::failed,
                                                std::move(what.code), std::move(what.detail)};
                          return {};
                        },
                        [&](ExportChosen&) -> std::vector<Effect> { return {ExportReport{}}; },
                        [&](ExportEnded& what) -> std::vector<Effect> {
                          m_report = what.code.empty() ? std::move(what.path) : std::string{};
                          return {};
                        },
                        [&](CloseChosen&) -> std::vector<Effect> { return {Close{}}; },
                    },
                    event);
}

std::string TechnicianFlow::name() const {
  bool const ready = std::ranges::all_of(m_parts, [](Part const& part) { return part.light == Light::good; });
  return ready ? "technician.ready" : "technician.attention";
}

}  // namespace yizhan::flows
