#include "kiosk/resident/resident_screens.h"

#include "kiosk/resident/page.h"

namespace yizhan::resident {

using namespace flows::resident;

std::string wait_text(ui::Ui const& ui, queue::WaitRange const& wait) {
  if (wait.high.count() <= 1) return std::string(ui.tr("resident.wait.now"));
  return ui.tr("resident.wait.range", fmt::arg("low", wait.low.count()), fmt::arg("high", wait.high.count()));
}

std::string service_name(Canvas const& canvas, std::string_view code) {
  auto const* item = canvas.flow.catalog().find(code);
  return item != nullptr ? item->name.in(canvas.chinese()) : std::string(code);
}

void problem_banner(Canvas const& canvas, std::string_view key, std::string_view code, ui::Tone tone) {
  auto const title = canvas.tr("error." + std::string(code));
  auto const remedy = canvas.tr("remedy." + std::string(code));
  ui::banner(canvas.ui, canvas.sub(key), {.tone = tone, .title = title, .text = remedy});
}

std::optional<std::size_t> choices(Canvas const& canvas, std::size_t across, std::span<ui::CardSpec const> cards) {
  constexpr std::size_t k_most = 6;
  if (canvas.first >= cards.size()) canvas.first = 0;
  auto const first = canvas.first;
  auto const shown = cards.subspan(first, std::min(k_most, cards.size() - first));
  auto const used = ui::card_grid(canvas.ui, across, shown);
  if (cards.size() > k_most) {
    auto const pages = (cards.size() + k_most - 1) / k_most;
    auto const label = canvas.ui.tr("resident.more", fmt::arg("page", first / k_most + 1), fmt::arg("pages", pages));
    if (ui::button(canvas.ui, canvas.sub("more"), {.label = label, .icon = "more_horiz"})) {
      canvas.first = first + k_most < cards.size() ? first + k_most : 0;
      canvas.ui.request_frames(2);
    }
  }
  if (!used) return std::nullopt;
  return first + *used;
}

void ResidentScreens::draw(ui::Ui& ui, flows::ResidentFlow const& flow, Surroundings const& around, Emit const& emit) {
  if (flow.state().index() != m_state) {
    m_state = flow.state().index();
    m_entry.clear();
    m_search.clear();
    m_searching = false;
    m_help = false;
    m_first = 0;
    // Coming back to a page that keeps what was typed there.
    if (auto const* phone = std::get_if<EnterPhone>(&flow.state())) m_entry.set(phone->typed.view());
    if (auto const* document = std::get_if<EnterDocument>(&flow.state())) m_entry.set(document->typed.view());
  }
  Canvas const canvas{ui, flow, around, emit, flow.name(), m_help, m_first};
  std::visit(
      [&]<class State>(State const& state) {
        if constexpr (std::same_as<State, EnterPhone> || std::same_as<State, EnterDocument>) {
          resident::draw(canvas, state, m_entry);
        } else if constexpr (std::same_as<State, ChooseGroup>) {
          resident::draw(canvas, state, m_search, m_searching);
        } else {
          resident::draw(canvas, state);
        }
      },
      flow.state());
  if (m_help) {
    ui::overlay(ui, "resident.help", 300, [&] {
      ui::row(ui, ui::Align::centre,
              [&] { ui::icon(ui, "resident.help.icon", "support_agent", {}, ui::Tone::info, 40); });
      ui::heading(ui, "resident.help.title", ui.tr("resident.help.title"), ui::TextRole::heading, ui::Align::centre);
      ui::text(ui, "resident.help.text", ui.tr("resident.help.text"), {.align = ui::Align::centre});
      ui::space(ui, 4);
      if (ui::button(ui, "resident.help.close",
                     {.label = ui.tr("resident.help.close"), .kind = ui::ButtonKind::primary})) {
        m_help = false;
        ui.request_frames(2);
      }
    });
    if (ui.pressed(ui::Key::escape)) m_help = false;
  }
}

void ResidentScreens::wipe() {
  m_entry.clear();
  m_search.clear();
  m_searching = false;
  m_help = false;
  m_first = 0;
}

}  // namespace yizhan::resident
