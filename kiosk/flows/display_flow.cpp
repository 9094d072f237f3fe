#include "kiosk/flows/display_flow.h"

namespace yizhan::flows {

using namespace display;

std::vector<Effect> DisplayFlow::next() {
  if (m_announcing || m_waiting.empty()) return {};
  m_announcing = std::move(m_waiting.front());
  m_waiting.pop_front();
  return {Announce{*m_announcing}};
}

std::vector<Effect> DisplayFlow::step(Event event) {
  return std::visit(Overloaded{
                        [&](ViewArrived& what) -> std::vector<Effect> {
                          if (what.view.day != m_view.day) m_last = 0;  // sequences count per day
                          m_view = std::move(what.view);
                          m_updated_at = what.at;
                          m_source_lost = false;
                          return {};
                        },
                        [&](SourceLost&) -> std::vector<Effect> {
                          m_source_lost = true;
                          return {};
                        },
                        [&](AnnouncementsArrived& what) -> std::vector<Effect> {
                          for (auto& call : what.calls) {
                            if (call.sequence <= m_last) continue;
                            m_last = call.sequence;
                            m_waiting.push_back(std::move(call));
                          }
                          return next();
                        },
                        [&](Spoken&) -> std::vector<Effect> {
                          m_announcing.reset();
                          return next();
                        },
                    },
                    event);
}

}  // namespace yizhan::flows
