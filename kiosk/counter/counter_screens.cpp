#include "kiosk/counter/counter_screens.h"

#include <algorithm>

#include "kiosk/ui/widgets.h"

namespace yizhan::counter {

using namespace flows::counter;

namespace {

std::string service_name(ui::Ui const& ui, flows::CounterFlow const& flow, std::string const& code) {
  auto const matter = flow.catalog().matter(code);
  return matter ? matter.name().in(ui.language() == ui::Language::zh_CN) : code;
}

/// Whole minutes since `then`, never negative.
std::string minutes_since(ui::Ui const& ui, WallTime then, WallTime now) {
  auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(now - then).count();
  return ui.tr("counter.minutes", fmt::arg("count", std::max<std::int64_t>(minutes, 0)));
}

/// What each F-key does now.
struct Action {
  char const* key;
  char const* text;
  char const* icon;
  ui::Key shortcut;
  bool enabled;
  bool primary;
  bool danger;
  Event event;
};

std::vector<Action> actions_of(Desk const& desk) {
  bool const free = desk.busy == flows::counter::Action::none;
  bool const called = free && desk.current && desk.current->state == queue::TicketState::called;
  bool const serving = free && desk.current && desk.current->state == queue::TicketState::serving;
  bool const idle = free && !desk.current;
  std::vector<Action> list;
  list.push_back(
      {"counter.action.call", "counter.action.call", "campaign", ui::Key::f2, idle, idle, false, CallNext{}});
  list.push_back(
      {"counter.action.recall", "counter.action.recall", "replay", ui::Key::f3, called, false, false, Recall{}});
  list.push_back(
      {"counter.action.no_show", "counter.action.no_show", "person_off", ui::Key::f4, called, false, true, NoShow{}});
  list.push_back(
      {"counter.action.start", "counter.action.start", "play_arrow", ui::Key::f5, called, called, false, Start{}});
  list.push_back(
      {"counter.action.finish", "counter.action.finish", "check", ui::Key::f6, serving, serving, false, Finish{}});
  list.push_back(
      {"counter.action.number", "counter.action.number", "dialpad", ui::Key::f7, idle, false, false, OpenNumber{}});
  list.push_back({"counter.action.take", "counter.action.take", "confirmation_number", ui::Key::f8, free, false, false,
                  OpenTake{}});
  list.push_back(
      {"counter.action.sign_out", "counter.action.sign_out", "logout", ui::Key::f12, idle, false, false, SignOut{}});
  return list;
}

}  // namespace

void CounterScreens::draw(ui::Ui& ui, flows::CounterFlow const& flow, Surroundings const& around, Emit const& emit) {
  if (auto const* state = std::get_if<SignedOut>(&flow.state()))
    draw_sign_in(ui, flow, *state, around, emit);
  else
    draw_desk(ui, flow, std::get<Desk>(flow.state()), around, emit);
}

void CounterScreens::draw_sign_in(ui::Ui& ui, flows::CounterFlow const& flow, SignedOut const& state,
                                  Surroundings const& around, Emit const& emit) {
  if (state.number.empty() && !m_number.empty()) m_number.clear();
  if (state.pin.empty() && !m_pin.empty() && !state.problem.empty()) m_pin.clear();
  auto const title = ui.tr("counter.title", fmt::arg("counter", flow.counter()));
  ui::DeskSpec const spec{.key = "counter.signed_out",
                          .title = title,
                          .status = around.hall_away ? ui.tr("counter.hall_away") : ui.tr("counter.hall_there"),
                          .status_tone = around.hall_away ? ui::Tone::warning : ui::Tone::good};
  ui::desk(ui, spec, [&] {
    ui::middle(ui, [&] {
      ui::centred(ui, 150, [&] {
        ui::panel(ui, {}, [&] {
          ui::heading(ui, "counter.sign_in.title", ui.tr("counter.sign_in.title"), ui::TextRole::title);
          if (!state.problem.empty()) {
            std::string text{ui.tr("remedy." + state.problem)};
            if (state.locked_for.count() > 0) {
              text = ui.tr("counter.sign_in.locked", fmt::arg("seconds", state.locked_for.count()));
            } else if (state.attempts_left >= 0) {
              text = ui.tr("counter.sign_in.attempts", fmt::arg("count", state.attempts_left));
            }
            auto const what = ui.tr("error." + state.problem);
            ui::banner(ui, "counter.sign_in.problem", {.tone = ui::Tone::error, .title = what, .text = text});
          }
          ui.focus_on_entry("counter.sign_in.number");
          auto const number = ui::text_field(
              ui, "counter.sign_in.number", m_number,
              {.label = ui.tr("counter.sign_in.number"), .icon = "badge", .max_length = 12, .upper_case = true});
          if (number != ui::FieldEvent::none) emit(NumberEdited{std::string(m_number.view())});
          if (number == ui::FieldEvent::submitted) ui.focus("counter.sign_in.pin");
          auto const pin =
              ui::pin_field(ui, "counter.sign_in.pin", m_pin, ui.tr("counter.sign_in.pin"), around.pin_digits);
          if (pin != ui::FieldEvent::none) emit(PinEdited{SecretText(m_pin.view())});
          bool go = pin == ui::FieldEvent::submitted;
          go |= ui::button(ui, "counter.sign_in.go",
                           {.label = ui.tr(state.checking ? "counter.sign_in.checking" : "counter.sign_in.go"),
                            .icon = "login",
                            .kind = ui::ButtonKind::primary,
                            .enabled = !state.checking});
          if (go) {
            m_pin.clear();
            emit(Submit{});
          }
        });
      });
    });
  });
}

void CounterScreens::draw_desk(ui::Ui& ui, flows::CounterFlow const& flow, Desk const& desk, Surroundings const& around,
                               Emit const& emit) {
  m_number.clear();
  m_pin.clear();
  if (desk.panel.index() != m_panel_kind) {
    m_panel_kind = desk.panel.index();
    m_panel.clear();
  }
  auto actions = actions_of(desk);
  std::vector<ui::DeskAction> bar;
  for (auto const& action : actions) {
    bar.push_back({.key = action.key,
                   .label = ui.tr(action.text),
                   .icon = action.icon,
                   .shortcut = action.shortcut,
                   .enabled = action.enabled,
                   .primary = action.primary,
                   .danger = action.danger});
  }
  auto const title = ui.tr("counter.title", fmt::arg("counter", flow.counter()));
  auto const who = ui.tr("counter.who", fmt::arg("number", desk.staff.number),
                         fmt::arg("role", ui.tr("counter.role." + desk.staff.role)));
  auto const key = flow.name();
  ui::DeskSpec const spec{.key = key,
                          .title = title,
                          .who = who,
                          .status = around.hall_away ? ui.tr("counter.hall_away") : ui.tr("counter.hall_there"),
                          .status_tone = around.hall_away ? ui::Tone::warning : ui::Tone::good,
                          .actions = bar};
  auto const chosen = ui::desk(ui, spec, [&] {
    ui::columns(ui, {5, 6}, [&](std::size_t column) {
      if (column == 0) {
        draw_current(ui, flow, desk, around);
        draw_panel(ui, flow, desk, emit);
      } else {
        draw_waiting(ui, flow, desk, around, emit);
      }
    });
  });
  if (chosen) emit(std::move(actions[*chosen].event));
  if (ui.pressed(ui::Key::escape)) emit(Escape{});
}

void CounterScreens::draw_current(ui::Ui& ui, flows::CounterFlow const& flow, Desk const& desk,
                                  Surroundings const& around) {
  if (!desk.problem.empty()) {
    auto const what = ui.tr("error." + desk.problem);
    auto const remedy = ui.tr("remedy." + desk.problem);
    ui::banner(ui, "counter.desk.problem", {.tone = ui::Tone::warning, .title = what, .text = remedy});
  } else if (!desk.notice.empty()) {
    auto const notice = ui.tr(desk.notice, fmt::arg("number", desk.notice_number));
    ui::banner(ui, "counter.desk.notice", {.tone = ui::Tone::good, .title = notice});
  }
  if (!desk.current) {
    ui::panel(ui, {}, [&] {
      ui::row(ui, ui::Align::centre,
              [&] { ui::icon(ui, "counter.desk.idle.icon", "event_seat", {}, ui::Tone::info, 24); });
      ui::heading(ui, "counter.desk.idle.text",
                  ui.tr(desk.view.waiting.empty() ? "counter.nobody_waits" : "counter.ready"), ui::TextRole::heading,
                  ui::Align::centre);
    });
    return;
  }
  auto const& ticket = *desk.current;
  bool const serving = ticket.state == queue::TicketState::serving;
  auto const caption = ui.tr(serving ? "counter.serving" : "counter.called");
  auto const service = service_name(ui, flow, ticket.service);
  ui::number_panel(ui, "counter.desk.current", ticket.number, {.caption = caption, .below = service});
  ui::panel(ui, {}, [&] {
    ui::heading(ui, "counter.desk.timeline", ui.tr("counter.timeline"), ui::TextRole::strong);
    ui::key_value(ui, "counter.desk.timeline.issued", ui.tr("counter.timeline.issued"),
                  minutes_since(ui, ticket.issued_at, around.now));
    if (ticket.called_at) {
      ui::key_value(ui, "counter.desk.timeline.called", ui.tr("counter.timeline.called"),
                    minutes_since(ui, *ticket.called_at, around.now));
    }
    if (ticket.started_at) {
      ui::key_value(ui, "counter.desk.timeline.started", ui.tr("counter.timeline.started"),
                    minutes_since(ui, *ticket.started_at, around.now));
    }
    ui::key_value(ui, "counter.desk.timeline.calls", ui.tr("counter.timeline.calls"), std::to_string(ticket.calls));
    if (ticket.priority == queue::PriorityClass::priority) {
      ui::key_value(ui, "counter.desk.timeline.priority", ui.tr("counter.timeline.priority"),
                    ui.tr("counter.check_priority"));
    }
  });
}

void CounterScreens::draw_panel(ui::Ui& ui, flows::CounterFlow const& flow, Desk const& desk, Emit const& emit) {
  if (std::holds_alternative<NumberEntry>(desk.panel)) {
    ui::panel(ui, {}, [&] {
      ui::heading(ui, "counter.number.title", ui.tr("counter.number.title"), ui::TextRole::strong);
      ui.focus_on_entry("counter.number.entry");
      auto const event = ui::text_field(ui, "counter.number.entry", m_panel,
                                        {.label = ui.tr("counter.number.label"),
                                         .hint = "A012",
                                         .icon = "dialpad",
                                         .max_length = 7,
                                         .upper_case = true});
      if (event != ui::FieldEvent::none) emit(PanelEdited{std::string(m_panel.view())});
      if (event == ui::FieldEvent::submitted) emit(Submit{});
    });
  }
  auto const* take = std::get_if<TakeEntry>(&desk.panel);
  if (take == nullptr) return;
  ui::panel(ui, {}, [&] {
    ui::heading(ui, "counter.take.title", ui.tr("counter.take.title"), ui::TextRole::strong);
    ui.focus_on_entry("counter.take.search");
    auto const event = ui::text_field(ui, "counter.take.search", m_panel,
                                      {.label = ui.tr("counter.take.search"),
                                       .hint = ui.tr("counter.take.hint"),
                                       .icon = "search",
                                       .max_length = 30});
    if (event != ui::FieldEvent::none) emit(PanelEdited{std::string(m_panel.view())});
    ui::row(ui, ui::Align::left, [&] {
      if (ui::chip(ui, "counter.take.priority", ui.tr("counter.take.priority"),
                   take->priority == queue::PriorityClass::priority, "elderly")) {
        emit(PriorityToggled{});
      }
    });
    auto const found = flow.catalog().search(take->search);
    std::size_t const shown = std::min<std::size_t>(found.size(), 5);
    for (std::size_t i = 0; i < shown; ++i) {
      auto const& name = found[i].name().in(ui.language() == ui::Language::zh_CN);
      if (ui::list_row(ui, "counter.take." + found[i].code(), {.title = name, .icon = found[i].icon()})) {
        emit(ServiceChosen{found[i].code()});
      }
    }
    if (event == ui::FieldEvent::submitted && shown > 0) emit(ServiceChosen{found[0].code()});
  });
}

void CounterScreens::draw_waiting(ui::Ui& ui, flows::CounterFlow const& flow, Desk const& desk,
                                  Surroundings const& around, Emit const& emit) {
  ui::panel(ui, {.fill_height = true}, [&] {
    auto const title = ui.tr("counter.waiting", fmt::arg("count", desk.view.waiting.size()));
    ui::heading(ui, "counter.waiting.title", title, ui::TextRole::heading);
    constexpr std::size_t k_most = 40;
    std::size_t const count = std::min(desk.view.waiting.size(), k_most);
    std::vector<std::array<std::string, 4>> texts(count);
    std::vector<std::array<std::string_view, 4>> cells(count);
    std::vector<std::string> keys(count);
    std::vector<ui::TableRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
      auto const& ticket = desk.view.waiting[i];
      bool const priority = ticket.priority == queue::PriorityClass::priority;
      texts[i] = {ticket.number, service_name(ui, flow, ticket.service),
                  minutes_since(ui, ticket.issued_at, around.now),
                  std::string(priority ? ui.tr("counter.priority") : std::string_view{})};
      std::ranges::copy(texts[i], cells[i].begin());
      keys[i] = "counter.waiting." + ticket.number;
      rows.push_back({.key = keys[i], .cells = cells[i], .tone = priority ? ui::Tone::info : ui::Tone::neutral});
    }
    ui::TableColumn const columns[] = {{ui.tr("counter.column.number"), 2},
                                       {ui.tr("counter.column.service"), 5},
                                       {ui.tr("counter.column.waited"), 2, ui::Align::right},
                                       {"", 2}};
    ui::scroll(ui, "counter.waiting.scroll", 0, [&] {
      if (auto const chosen = ui::table(ui, "counter.waiting.table", columns, rows, ui.tr("counter.nobody_waits"))) {
        emit(WaitingChosen{desk.view.waiting[*chosen].number});
      }
    });
  });
}

void CounterScreens::wipe() {
  m_number.clear();
  m_pin.clear();
  m_panel.clear();
}

}  // namespace yizhan::counter
