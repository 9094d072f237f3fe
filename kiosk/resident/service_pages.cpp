#include "kiosk/resident/page.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::resident {

using namespace flows::resident;

namespace {

void service_rows(Canvas const& canvas, std::vector<catalog::Matter> const& matters) {
  std::vector<ui::CardSpec> cards;
  std::vector<std::string> keys;
  keys.reserve(matters.size());
  for (auto const& matter : matters) {
    keys.push_back("resident.services." + matter.code());
    cards.push_back({.key = keys.back(),
                     .icon = matter.icon(),
                     .name = matter.name().in(canvas.chinese()),
                     .line = matter.hint().in(canvas.chinese())});
  }
  if (auto const chosen = choices(canvas, canvas.ui.metrics().portrait() ? 1 : 2, cards)) {
    canvas.emit(ServiceChosen{matters[*chosen].code()});
  }
}

void search_area(Canvas const& canvas, ChooseGroup const& state, ui::TextBuffer& search) {
  auto& ui = canvas.ui;
  ui.focus_on_entry("resident.groups.search");
  auto event = ui::text_field(ui, "resident.groups.search", search,
                              {.label = canvas.tr("resident.groups.search"),
                               .hint = canvas.tr("resident.groups.search.hint"),
                               .icon = "search",
                               .max_length = 30});
  if (ui::keyboard(ui, "resident.groups.keys", search, ui::KeyboardLayout::latin, 30) != ui::FieldEvent::none) {
    event = ui::FieldEvent::changed;
  }
  if (event != ui::FieldEvent::none) canvas.emit(Searched{std::string(search.view())});
  if (state.search.empty()) return;
  auto const found = canvas.flow.catalog().search(state.search);
  if (found.empty()) {
    ui::banner(ui, canvas.sub("nothing"),
               {.tone = ui::Tone::info,
                .title = canvas.tr("resident.groups.nothing"),
                .text = canvas.tr("resident.groups.nothing.detail")});
  } else {
    service_rows(canvas, found);
  }
}

}  // namespace

void draw(Canvas const& canvas, ChooseGroup const& state, ui::TextBuffer& search, bool& searching) {
  auto& ui = canvas.ui;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.groups.title"),
                            .back = canvas.tr("resident.back"),
                            .step = 2,
                            .steps = 4};
  canvas.page(spec, [&] {
    if (ui::button(ui, "resident.groups.find",
                   {.label = canvas.tr(searching ? "resident.groups.browse" : "resident.groups.find"),
                    .icon = searching ? "apps" : "search"})) {
      searching = !searching;
      search.clear();
      canvas.emit(Searched{});
      ui.request_frames(2);
    }
    if (searching) {
      search_area(canvas, state, search);
      return;
    }
    std::vector<ui::CardSpec> cards;
    std::vector<std::string> keys;
    auto const& groups = canvas.flow.catalog().groups;
    keys.reserve(groups.size());
    for (auto const& group : groups) {
      keys.push_back("resident.groups." + group.id);
      cards.push_back({.key = keys.back(),
                       .icon = group.icon,
                       .name = group.name.in(canvas.chinese()),
                       .line = group.hint.in(canvas.chinese())});
    }
    if (auto const chosen = choices(canvas, 2, cards)) canvas.emit(GroupChosen{groups[*chosen].id});
  });
}

void draw(Canvas const& canvas, ChooseService const& state) {
  std::string title;
  for (auto const& group : canvas.flow.catalog().groups) {
    if (group.id == state.group) title = group.name.in(canvas.chinese());
  }
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = title,
                            .lead = canvas.tr("resident.services.lead"),
                            .back = canvas.tr("resident.back"),
                            .step = 2,
                            .steps = 4};
  std::vector<catalog::Matter> matters;
  for (auto const* item : canvas.flow.catalog().in_group(state.group)) matters.push_back({item, nullptr});
  canvas.page(spec, [&] { service_rows(canvas, matters); });
}

void draw(Canvas const& canvas, WhatToBring const& state) {
  auto& ui = canvas.ui;
  auto const* item = canvas.flow.catalog().find(state.service);
  auto const title = service_name(canvas, state.service);
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = title,
                            .lead = canvas.tr("resident.bring.lead"),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr("resident.bring.next"),
                            .step = 3,
                            .steps = 4};
  canvas.page(spec, [&] {
    if (item == nullptr || item->materials.empty()) {
      ui::banner(ui, canvas.sub("nothing"), {.tone = ui::Tone::good, .title = canvas.tr("resident.bring.nothing")});
      return;
    }
    ui::panel(ui, {}, [&] {
      for (auto const& material : item->materials) {
        auto const trailing = !material.required  ? canvas.tr("resident.bring.optional")
                              : material.original ? canvas.tr("resident.bring.original")
                                                  : canvas.tr("resident.bring.copy");
        ui::list_row(ui, canvas.sub(material.id),
                     {.title = material.name.in(canvas.chinese()),
                      .line = material.note.in(canvas.chinese()),
                      .trailing = trailing,
                      .icon = material.required ? "task_alt" : "radio_button_unchecked",
                      .tone = material.required ? ui::Tone::info : ui::Tone::neutral,
                      .chevron = false,
                      .interactive = false});
      }
    });
    ui::banner(ui, canvas.sub("missing"), {.tone = ui::Tone::info, .title = canvas.tr("resident.bring.missing")});
  });
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
