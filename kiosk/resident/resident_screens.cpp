#include "kiosk/resident/resident_screens.h"

#include "kiosk/resident/page.h"
#include "shared/base/secret.h"

namespace yizhan::resident {

using namespace flows::resident;

namespace {

/// What is typed on a page belongs to it: another page, or another question, section or paper, begins empty.
std::string place_of(flows::ResidentFlow const& flow) {
  auto place = std::to_string(flow.state().index());
  auto const add = [&](auto const& part) { place += "/" + std::to_string(part.state().index()); };
  if (std::holds_alternative<InMatter>(flow.state())) {
    auto const& matter = *flow.matter();
    add(matter);
    if (auto const* form = std::get_if<flows::matter::FormPage>(&matter.state())) place += form->section;
    if (auto const* asking = std::get_if<flows::matter::Asking>(&matter.state())) place += asking->question;
    if (auto const* sign = std::get_if<flows::matter::Sign>(&matter.state())) place += sign->document;
  }
  if (std::holds_alternative<InProgress>(flow.state())) add(*flow.progress());
  if (std::holds_alternative<InRating>(flow.state())) add(*flow.rating());
  if (auto const* group = std::get_if<ChooseGroup>(&flow.state())) place += std::to_string(static_cast<int>(group->by));
  return place;
}

void draw_help(ui::Ui& ui, PageMemory& memory) {
  ui::overlay(ui, "resident.help", 300, [&] {
    ui::row(ui, ui::Align::centre,
            [&] { ui::icon(ui, "resident.help.icon", "support_agent", {}, ui::Tone::info, 40); });
    ui::heading(ui, "resident.help.title", ui.tr("resident.help.title"), ui::TextRole::heading, ui::Align::centre);
    ui::text(ui, "resident.help.text", ui.tr("resident.help.text"), {.align = ui::Align::centre});
    ui::space(ui, 4);
    if (ui::button(ui, "resident.help.close",
                   {.label = ui.tr("resident.help.close"), .kind = ui::ButtonKind::primary})) {
      memory.help = false;
      ui.request_frames(2);
    }
  });
  if (ui.pressed(ui::Key::escape)) memory.help = false;
}

}  // namespace

void PageMemory::clear() {
  entry.clear();
  search.clear();
  fields.clear();  // each scrubs itself
  active.clear();
  for (auto& code_of : way) scrub(code_of);
  way.clear();
  way_of.clear();
  ink.clear();
  place.clear();
  entered = help = searching = false;
  first = 0;
  code = {};
  code_text.clear();
}

void ResidentScreens::draw(ui::Ui& ui, flows::ResidentFlow const& flow, Surroundings const& around, Emit const& emit) {
  auto place = place_of(flow);
  bool const entered = place != m_memory.place;
  if (entered) {
    m_memory.clear();
    m_memory.place = std::move(place);
    // Coming back to a page that keeps what was typed there.
    if (auto const* phone = std::get_if<EnterPhone>(&flow.state())) m_memory.entry.set(phone->typed.view());
    if (auto const* document = std::get_if<EnterDocument>(&flow.state())) m_memory.entry.set(document->typed.view());
  }
  m_memory.entered = entered;
  Canvas const canvas{ui, flow, around, emit, flow.name(), m_memory};
  std::visit(
      [&]<class State>(State const& state) {
        auto const part = [&](auto const& of) {
          std::visit([&](auto const& inner) { resident::draw(canvas, of, inner); }, of.state());
        };
        if constexpr (std::same_as<State, InMatter>) {
          part(*flow.matter());
        } else if constexpr (std::same_as<State, InProgress>) {
          part(*flow.progress());
        } else if constexpr (std::same_as<State, InRating>) {
          part(*flow.rating());
        } else {
          resident::draw(canvas, state);
        }
      },
      flow.state());
  if (m_memory.help) draw_help(ui, m_memory);
}

}  // namespace yizhan::resident
