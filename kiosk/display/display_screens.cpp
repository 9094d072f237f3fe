#include "kiosk/display/display_screens.h"

#include <algorithm>

#include "kiosk/ui/widgets.h"

namespace yizhan::display {

namespace {

/// The call being spoken, else the newest one: as large as the board allows.
void draw_calling(ui::Ui& ui, flows::DisplayFlow const& flow, bool fill_height) {
  std::string number;
  std::string counter;
  if (auto const& call = flow.announcing()) {
    number = call->number;
    counter = call->counter;
  } else {
    for (auto const& ticket : flow.view().active) {
      if (ticket.state != queue::TicketState::called) continue;
      number = ticket.number;
      counter = ticket.counter;
      break;
    }
  }
  if (number.empty()) {
    ui::number_panel(ui, "display.number", ui.tr("display.nobody"), {.fill_height = fill_height});
    return;
  }
  auto const below = ui.tr("display.to_counter", fmt::arg("counter", counter));
  auto const recall = flow.announcing() && flow.announcing()->recall;
  ui::number_panel(ui, "display.number", number,
                   {.caption = ui.tr(recall ? "display.calling_again" : "display.calling"),
                    .below = below,
                    .tone = recall ? ui::Tone::warning : ui::Tone::neutral,
                    .fill_height = fill_height});
}

/// `words`: with a second line that says whether it is called or served; the icon says it too.
void draw_active(ui::Ui& ui, flows::DisplayFlow const& flow, std::size_t most, bool words) {
  ui::heading(ui, "display.now.title", ui.tr("display.now"), ui::TextRole::heading);
  auto const count = std::min(flow.view().active.size(), most);
  for (std::size_t i = 0; i < count; ++i) {
    auto const& ticket = flow.view().active[i];
    bool const serving = ticket.state == queue::TicketState::serving;
    auto const where = ui.tr("display.counter", fmt::arg("counter", ticket.counter));
    auto const line = ui.tr(serving ? "display.serving" : "display.called");
    ui::list_row(ui, "display.now." + ticket.number,
                 {.title = ticket.number,
                  .line = words ? line : std::string_view{},
                  .trailing = where,
                  .icon = serving ? "support_agent" : "campaign",
                  .tone = serving ? ui::Tone::good : ui::Tone::info,
                  .chevron = false,
                  .interactive = false});
  }
  if (count == 0) ui::text(ui, "display.now.none", ui.tr("display.nobody"), {.soft = true});
}

void draw_next(ui::Ui& ui, flows::DisplayFlow const& flow, std::size_t most) {
  ui::heading(ui, "display.next.title", ui.tr("display.next", fmt::arg("count", flow.view().waiting.size())),
              ui::TextRole::heading);
  auto const count = std::min(flow.view().waiting.size(), most);
  std::string numbers;
  for (std::size_t i = 0; i < count; ++i) numbers += (i == 0 ? "" : "   ") + flow.view().waiting[i].number;
  if (flow.view().waiting.empty()) numbers = ui.tr("display.nobody_waits");
  if (!numbers.empty()) ui::text(ui, "display.next", numbers, {.role = ui::TextRole::heading});
}

/// A board cannot be scrolled: as many rows as there is room for, in words only where all of them fit so.
template <class Draw>
void draw_what_fits(ui::Ui& ui, std::size_t rows, Draw const& draw) {
  auto const fits = [&](std::size_t count, bool words) {
    return ui::measure(ui, [&] { draw(count, words); }) <= ui::height_left(ui);
  };
  bool const words = fits(rows, true);
  while (rows > 0 && !words && !fits(rows, false)) --rows;
  draw(rows, words);
}

}  // namespace

void draw(ui::Ui& ui, flows::DisplayFlow const& flow, Surroundings const& around) {
  ui::board(ui, flow.name(), ui.tr("display.title"), [&] {
    if (flow.source_lost()) {
      auto const title = ui.tr("display.lost", fmt::arg("time", around.updated_at));
      ui::banner(ui, "display.lost", {.tone = ui::Tone::warning, .title = title});
    }
    auto const lists = [&](std::size_t rows, bool words) {
      ui::panel(ui, {}, [&] { draw_active(ui, flow, rows, words); });
      ui::panel(ui, {}, [&] { draw_next(ui, flow, around.next_tickets); });
    };
    if (ui.metrics().portrait()) {
      draw_calling(ui, flow, false);
      draw_what_fits(ui, around.rows, lists);
      return;
    }
    ui::columns(ui, {6, 5}, [&](std::size_t column) {
      if (column == 0)
        draw_calling(ui, flow, true);
      else
        draw_what_fits(ui, around.rows, lists);
    });
  });
}

}  // namespace yizhan::display
