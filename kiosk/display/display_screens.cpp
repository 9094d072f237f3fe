#include "kiosk/display/display_screens.h"

#include <algorithm>

#include "kiosk/ui/widgets.h"

namespace yizhan::display {

namespace {

/// The call being spoken, else the newest one: as large as the board allows.
void draw_calling(ui::Ui& ui, flows::DisplayFlow const& flow) {
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
    ui::number_panel(ui, "display.calling", "—",
                     {.caption = ui.tr("display.calling"), .below = ui.tr("display.nobody"), .fill_height = true});
    return;
  }
  auto const below = ui.tr("display.to_counter", fmt::arg("counter", counter));
  auto const recall = flow.announcing() && flow.announcing()->recall;
  ui::number_panel(ui, "display.calling", number,
                   {.caption = ui.tr(recall ? "display.calling_again" : "display.calling"),
                    .below = below,
                    .tone = recall ? ui::Tone::warning : ui::Tone::neutral,
                    .fill_height = true});
}

void draw_active(ui::Ui& ui, flows::DisplayFlow const& flow, std::size_t most) {
  ui::heading(ui, "display.now.title", ui.tr("display.now"), ui::TextRole::heading);
  auto const count = std::min(flow.view().active.size(), most);
  for (std::size_t i = 0; i < count; ++i) {
    auto const& ticket = flow.view().active[i];
    auto const where = ui.tr("display.counter", fmt::arg("counter", ticket.counter));
    bool const serving = ticket.state == queue::TicketState::serving;
    ui::list_row(ui, "display.now." + ticket.number,
                 {.title = ticket.number,
                  .line = ui.tr(serving ? "display.serving" : "display.called"),
                  .trailing = where,
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
  if (!numbers.empty()) ui::text(ui, "display.next", numbers, {.role = ui::TextRole::title});
}

}  // namespace

void draw(ui::Ui& ui, flows::DisplayFlow const& flow, Surroundings const& around) {
  ui::board(ui, flow.name(), ui.tr("display.title"), [&] {
    if (flow.source_lost()) {
      auto const title = ui.tr("display.lost", fmt::arg("time", around.updated_at));
      ui::banner(ui, "display.lost", {.tone = ui::Tone::warning, .title = title});
    }
    if (ui.metrics().portrait()) {
      draw_calling(ui, flow);
      draw_active(ui, flow, around.rows);
      draw_next(ui, flow, around.next_tickets);
      return;
    }
    ui::columns(ui, {6, 5}, [&](std::size_t column) {
      if (column == 0) {
        draw_calling(ui, flow);
      } else {
        ui::panel(ui, {}, [&] { draw_active(ui, flow, around.rows); });
        ui::panel(ui, {}, [&] { draw_next(ui, flow, around.next_tickets); });
      }
    });
  });
}

}  // namespace yizhan::display
