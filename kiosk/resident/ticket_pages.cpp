#include "kiosk/resident/page.h"

namespace yizhan::resident {

using namespace flows::resident;

namespace {

void ticket_facts(Canvas const& canvas, TicketView const& view, std::string const& key) {
  auto const ahead = std::to_string(view.wait.ahead);
  auto const wait = wait_text(canvas.ui, view.wait);
  auto const ahead_key = key + ".ahead";
  auto const wait_key = key + ".wait";
  ui::Stat const facts[] = {{ahead_key, ahead, canvas.tr("resident.ticket.ahead"), "groups"},
                            {wait_key, wait, canvas.tr("resident.ticket.wait"), "schedule"}};
  ui::stats(canvas.ui, facts);
}

void print_banner(Canvas const& canvas, Issued const& state) {
  switch (state.printing) {
    case Printing::none: return;
    case Printing::waiting:
      ui::progress(canvas.ui, canvas.sub("printing"), canvas.tr("resident.ticket.printing"), -1);
      return;
    case Printing::printed:
      ui::banner(canvas.ui, canvas.sub("printed"),
                 {.tone = ui::Tone::good, .title = canvas.tr("resident.ticket.printed"), .icon = "receipt_long"});
      return;
    case Printing::failed:
    case Printing::unknown: break;
  }
  auto const title = canvas.ui.tr(
      state.printing == Printing::failed ? "resident.ticket.not_printed" : "resident.ticket.perhaps_printed",
      fmt::arg("reason", printer_reason(canvas, state.problem)));
  ui::banner(canvas.ui, canvas.sub("not_printed"),
             {.tone = ui::Tone::warning, .title = title, .text = canvas.tr("resident.ticket.valid_without_paper")});
}

}  // namespace

void draw(Canvas const& canvas, Issuing const&) {
  ui::ScreenSpec const spec{.key = canvas.key, .title = canvas.tr("resident.ticket.issuing")};
  canvas.page(spec, [&] {
    ui::middle(canvas.ui,
               [&] { ui::progress(canvas.ui, canvas.sub("progress"), canvas.tr("resident.ticket.issuing.what"), -1); });
  });
}

void draw(Canvas const& canvas, Issued const& state) {
  auto& ui = canvas.ui;
  bool const again =
      state.printing == Printing::none || state.printing == Printing::failed || state.printing == Printing::unknown;
  auto const service = service_name(canvas, state.view.ticket.service);
  ui::ScreenSpec const spec{
      .key = canvas.key,
      .title = canvas.tr(state.view.existing ? "resident.ticket.title.existing" : "resident.ticket.title"),
      .primary = canvas.tr("resident.ticket.done"),
      .primary_icon = "check",
      .secondary = !again                             ? std::string_view{}
                   : state.printing == Printing::none ? canvas.tr("resident.ticket.reprint")
                                                      : canvas.tr("resident.ticket.print"),
      .secondary_icon = "print"};
  auto const number = [&] {
    ui::number_panel(ui, canvas.sub("number"), state.view.ticket.number,
                     {.caption = canvas.tr("resident.ticket.number"), .below = service});
  };
  auto const facts = [&] {
    ticket_facts(canvas, state.view, canvas.key);
    print_banner(canvas, state);
    ui::text(ui, canvas.sub("what_next"), canvas.tr("resident.ticket.what_next"));
  };
  canvas.page(
      spec,
      [&] {
        if (ui.metrics().portrait()) {
          number();
          facts();
        } else {
          ui::columns(ui, {1, 1}, [&](std::size_t column) { column == 0 ? number() : facts(); });
        }
      },
      Next{}, ReprintChosen{state.view.ticket.id});
}

void draw(Canvas const& canvas, MyTickets const& state) {
  auto& ui = canvas.ui;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.tickets.title"),
                            .back = canvas.tr("resident.leave"),
                            .back_icon = "logout",
                            .primary = state.looking ? std::string_view{} : canvas.tr("resident.tickets.take"),
                            .primary_icon = "confirmation_number"};
  canvas.page(spec, [&] {
    if (state.looking) {
      ui::middle(ui, [&] { ui::progress(ui, canvas.sub("progress"), canvas.tr("resident.tickets.looking"), -1); });
      return;
    }
    if (state.ratable) {
      auto const title = ui.tr("resident.tickets.over", fmt::arg("number", state.ratable->label));
      if (ui::banner(ui, canvas.sub("ratable"),
                     {.tone = ui::Tone::good,
                      .title = title,
                      .action = canvas.tr("resident.receipt.rate"),
                      .icon = "rate_review"})) {
        canvas.emit(RateVisit{});
      }
    }
    if (state.tickets.empty()) {
      if (state.ratable) return;
      ui::middle(ui, [&] {
        ui::row(ui, ui::Align::centre, [&] { ui::icon(ui, canvas.sub("icon"), "search_off", {}, ui::Tone::info, 70); });
        ui::heading(ui, canvas.sub("none"), canvas.tr("resident.tickets.none"), ui::TextRole::heading,
                    ui::Align::centre);
        ui::text(ui, canvas.sub("none.detail"), canvas.tr("resident.tickets.none.detail"),
                 {.align = ui::Align::centre, .soft = true});
      });
      return;
    }
    for (auto const& view : state.tickets) {
      auto const key = canvas.sub(view.ticket.number);
      auto const service = service_name(canvas, view.ticket.service);
      ui::panel(ui, {}, [&] {
        auto const counter = view.ticket.counter.empty()
                                 ? service
                                 : ui.tr("resident.tickets.at_counter", fmt::arg("counter", view.ticket.counter));
        ui::number_panel(ui, key, view.ticket.number, {.below = counter, .brand = false});
        ticket_facts(canvas, view, key);
        ui::row(ui, ui::Align::right, [&] {
          if (ui::button(
                  ui, key + ".cancel",
                  {.label = canvas.tr("resident.tickets.give_up"), .icon = "close", .kind = ui::ButtonKind::quiet})) {
            canvas.emit(CancelChosen{view.ticket.id});
          }
          if (ui::button(ui, key + ".reprint", {.label = canvas.tr("resident.ticket.reprint"), .icon = "print"})) {
            canvas.emit(ReprintChosen{view.ticket.id});
          }
        });
      });
    }
  });
}

void draw(Canvas const& canvas, ConfirmCancel const& state) {
  auto& ui = canvas.ui;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.cancel.title"),
                            .back = canvas.tr("resident.cancel.keep"),
                            .primary = canvas.tr("resident.cancel.give_up"),
                            .primary_icon = "close",
                            .primary_enabled = !state.sent};
  canvas.page(spec, [&] {
    ui::number_panel(ui, canvas.sub("number"), state.view.ticket.number,
                     {.below = service_name(canvas, state.view.ticket.service), .brand = false});
    ui::text(ui, canvas.sub("what"), canvas.tr("resident.cancel.what"));
  });
}

void draw(Canvas const& canvas, Problem const& state) {
  ui::ScreenSpec const spec{
      .key = canvas.key,
      .title = canvas.tr("resident.problem.title"),
      .back = canvas.tr("resident.leave"),
      .back_icon = "logout",
      .primary = state.retry ? canvas.tr("resident.problem.retry") : canvas.tr("resident.ticket.done"),
      .primary_icon = state.retry ? "refresh" : "check"};
  problem_page(canvas, state.code, spec);
}

}  // namespace yizhan::resident
