// Choosing a matter: by field, life event or audience, by searching; and taking a ticket for it.
#include "kiosk/resident/page.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::resident {

using namespace flows::resident;

namespace {

void matter_cards(Canvas const& canvas, std::vector<catalog::Matter> const& matters, std::size_t across) {
  std::vector<ui::CardSpec> cards;
  std::vector<std::string> keys;
  keys.reserve(matters.size());
  for (auto const& matter : matters) {
    keys.push_back("resident.services." + matter.code());
    cards.push_back({.key = keys.back(),
                     .icon = matter.icon(),
                     .name = canvas.in(matter.name()),
                     .line = canvas.in(matter.hint()),
                     .note = matter.bundle != nullptr ? canvas.tr("resident.services.bundle") : std::string_view()});
  }
  if (auto const chosen = choices(canvas, across, cards)) canvas.emit(ServiceChosen{matters[*chosen].code()});
}

void group_cards(Canvas const& canvas, FindBy by) {
  std::vector<ui::CardSpec> cards;
  std::vector<std::string> keys;
  auto const& groups = canvas.flow.groups(by);
  keys.reserve(groups.size());
  for (auto const& group : groups) {
    keys.push_back("resident.groups." + group.id);
    cards.push_back(
        {.key = keys.back(), .icon = group.icon, .name = canvas.in(group.name), .line = canvas.in(group.hint)});
  }
  if (auto const chosen = choices(canvas, canvas.portrait() ? 2 : 3, cards)) {
    canvas.emit(GroupChosen{groups[*chosen].id});
  }
}

/// What was found, at most three at a time while the keyboard takes half of the page.
void found(Canvas const& canvas, std::string const& search) {
  auto& ui = canvas.ui;
  if (search.empty()) return ui::text(ui, canvas.sub("how"), canvas.tr("resident.groups.how"), {.soft = true});
  auto const matters = canvas.flow.catalog().search(search);
  if (matters.empty()) {
    ui::banner(ui, canvas.sub("nothing"),
               {.tone = ui::Tone::info,
                .title = canvas.tr("resident.groups.nothing"),
                .text = canvas.tr("resident.groups.nothing.detail")});
    return;
  }
  matter_cards(canvas, matters, canvas.memory.searching || canvas.portrait() ? 1 : 2);
}

void by_chips(Canvas const& canvas, FindBy now) {
  auto& ui = canvas.ui;
  struct Choice {
    FindBy by;
    char const* key;
    char const* icon;
  };
  static constexpr Choice k_choices[] = {{FindBy::fields, "fields", "apps"},
                                         {FindBy::life_events, "life_events", "family_restroom"},
                                         {FindBy::audiences, "audiences", "groups"}};
  ui::row(ui, ui::Align::left, [&] {
    for (auto const& choice : k_choices) {
      if (canvas.flow.groups(choice.by).empty()) continue;
      auto const text = std::string("resident.groups.by.") + choice.key;
      if (ui::chip(ui, text, canvas.tr(text), choice.by == now, choice.icon)) canvas.emit(FindByChosen{choice.by});
    }
  });
}

}  // namespace

void draw(Canvas const& canvas, ChooseGroup const& state) {
  auto& ui = canvas.ui;
  auto& memory = canvas.memory;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.groups.title"),
                            .back = canvas.tr("resident.back"),
                            .step = 2,
                            .steps = 4};
  constexpr std::string_view k_field = "resident.groups.search";
  constexpr std::size_t k_longest = 30;
  ui.focus_on_entry(k_field);  // a physical keyboard types at once
  bool const looks = memory.searching || !state.search.empty();
  auto event = ui::FieldEvent::none;
  bool toggled = false;
  auto const field = [&] {
    event = std::max(
        event,
        ui::text_field(ui, k_field, memory.search,
                       {.hint = canvas.tr("resident.groups.search.hint"), .icon = "search", .max_length = k_longest}));
    if (ui.tapped(k_field)) memory.searching = true;
  };
  auto const top = [&] {
    ui::columns(ui, {3, 1.15F}, [&](std::size_t column) {
      if (column == 0) return field();
      toggled = ui::button(ui, "resident.groups.find",
                           {.label = canvas.tr(looks ? "resident.groups.browse" : "resident.groups.find"),
                            .icon = looks ? "apps" : "keyboard"}) ||
                toggled;
    });
  };
  auto const keys = [&] {
    event =
        std::max(event, ui::keyboard(ui, "resident.groups.keys", memory.search, ui::KeyboardLayout::latin, k_longest));
  };
  canvas.page(spec, [&] {
    if (!looks) {
      top();
      by_chips(canvas, state.by);
      group_cards(canvas, state.by);
      return;
    }
    if (!memory.searching) {
      top();
      found(canvas, state.search);
    } else if (canvas.portrait()) {
      top();
      float const room = ui::height_left(ui) - ui::measure(ui, keys) - ui.metrics().gap_mm();
      ui::scroll(ui, canvas.sub("found"), std::max(room, ui.metrics().button_mm() * 3),
                 [&] { found(canvas, state.search); });
      keys();
    } else {
      ui::columns(ui, {1, 1}, [&](std::size_t column) {
        if (column == 1) return ui::scroll(ui, canvas.sub("found"), 0, [&] { found(canvas, state.search); });
        top();
        keys();
      });
    }
  });
  if (event == ui::FieldEvent::changed) {
    memory.first = 0;
    canvas.emit(Searched{std::string(memory.search.view())});
  }
  if (toggled) {
    memory.searching = !looks;
    memory.search.clear();
    memory.first = 0;
    canvas.emit(Searched{});
    ui.request_frames(2);
  }
}

void draw(Canvas const& canvas, ChooseService const& state) {
  std::string title;
  for (auto const& group : canvas.flow.groups(state.by)) {
    if (group.id == state.group) title = canvas.in(group.name);
  }
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = title,
                            .lead = canvas.tr("resident.services.lead"),
                            .back = canvas.tr("resident.back"),
                            .step = 2,
                            .steps = 4};
  auto const matters = canvas.flow.listed(state);
  canvas.page(spec, [&] { matter_cards(canvas, matters, canvas.portrait() ? 1 : 2); });
}

void draw(Canvas const& canvas, Confirm const& state) {
  auto& ui = canvas.ui;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.confirm.title"),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr("resident.confirm.take"),
                            .primary_icon = "confirmation_number",
                            .step = 4,
                            .steps = 4};
  canvas.page(spec, [&] {
    if (!canvas.flow.ticket_printer_usable)
      ui::banner(ui, canvas.sub("printer"),
                 {.tone = ui::Tone::warning,
                  .title = canvas.tr("resident.away.ticket_printer"),
                  .text = canvas.tr("resident.away.ticket_printer.detail")});
    ui::panel(ui, {}, [&] {
      ui::key_value(ui, canvas.sub("service"), canvas.tr("resident.confirm.service"),
                    service_name(canvas, state.service));
      if (auto const* person = canvas.flow.person(); person != nullptr && !person->number.empty()) {
        bool const phone = person->kind == identity::DocumentKind::phone;
        ui::key_value(
            ui, canvas.sub("person"), canvas.tr(phone ? "resident.person.phone" : "resident.person.number"),
            phone ? identity::mask_phone(person->number.view()) : identity::mask_id_number(person->number.view()));
      } else {
        ui::key_value(ui, canvas.sub("person"), canvas.tr("resident.confirm.person"),
                      canvas.tr("resident.confirm.nobody"));
      }
    });
    if (state.wait) {
      auto const ahead = std::to_string(state.wait->ahead);
      auto const wait = wait_text(ui, *state.wait);
      auto const ahead_key = canvas.sub("ahead");
      auto const wait_key = canvas.sub("wait");
      ui::Stat const facts[] = {{ahead_key, ahead, canvas.tr("resident.ticket.ahead"), "groups"},
                                {wait_key, wait, canvas.tr("resident.ticket.wait"), "schedule"}};
      ui::stats(ui, facts);
    }
    ui::heading(ui, canvas.sub("priority"), canvas.tr("resident.confirm.priority"), ui::TextRole::strong);
    ui::row(ui, ui::Align::left, [&] {
      struct Choice {
        PriorityReason reason;
        char const* text;
        char const* icon;
      };
      for (auto const& choice :
           {Choice{PriorityReason::none, "none", "person"}, Choice{PriorityReason::elder, "elder", "elderly"},
            Choice{PriorityReason::veteran, "veteran", "military_tech"},
            Choice{PriorityReason::disabled, "disabled", "accessible"}}) {
        auto const text = std::string("resident.priority.") + choice.text;
        if (ui::chip(ui, canvas.sub(choice.text), canvas.tr(text), state.priority == choice.reason, choice.icon)) {
          canvas.emit(PriorityChosen{choice.reason});
        }
      }
    });
    if (state.priority != PriorityReason::none) {
      ui::text(ui, canvas.sub("rule"),
               ui.tr("resident.confirm.rule", fmt::arg("minutes", canvas.around.ageing_minutes)), {.soft = true});
    }
  });
}

}  // namespace yizhan::resident
