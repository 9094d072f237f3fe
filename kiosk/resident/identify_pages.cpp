#include "kiosk/resident/page.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::resident {

using namespace flows::resident;

namespace {

/// Masked, unless the resident may hold "show" and does.
void person_value(Canvas const& canvas, std::string_view key, std::string_view label, std::string_view masked,
                  SecretText const& full) {
  private_value(canvas, key, canvas.tr(label), masked, full.view());
}

/// Name and number of whoever is in front.
void person_panel(Canvas const& canvas, identity::Person const& person) {
  ui::panel(canvas.ui, {}, [&] {
    if (!person.name.empty()) {
      person_value(canvas, "name", "resident.person.name", identity::mask_name(person.name.view()), person.name);
    }
    person_value(canvas, "number", "resident.person.number", identity::mask_id_number(person.number.view()),
                 person.number);
  });
}

ui::FieldEvent merge(ui::FieldEvent a, ui::FieldEvent b) {
  if (a == ui::FieldEvent::submitted || b == ui::FieldEvent::submitted) return ui::FieldEvent::submitted;
  return a == ui::FieldEvent::changed ? a : b;
}

void emit_entry(Canvas const& canvas, ui::FieldEvent event, ui::TextBuffer const& entry) {
  if (event != ui::FieldEvent::none) canvas.emit(Edited{SecretText(entry.view())});
  if (event == ui::FieldEvent::submitted) canvas.emit(Next{});
}

std::string_view advice_for(Surroundings::Light light) {
  switch (light) {
    case Surroundings::Light::good: return "resident.code.hold.detail";
    case Surroundings::Light::dark: return "resident.code.dark";
    case Surroundings::Light::bright: return "resident.code.bright";
  }
  return "resident.code.hold.detail";
}

}  // namespace

void draw(Canvas const& canvas, ChooseMethod const&) {
  auto& ui = canvas.ui;
  auto const purpose = canvas.flow.purpose();
  bool const take = purpose == Purpose::take_ticket;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr(take                              ? "resident.identify.title"
                                               : purpose == Purpose::find_ticket ? "resident.identify.title.find"
                                               : purpose == Purpose::progress    ? "resident.identify.title.progress"
                                                                                 : "resident.identify.title.rate"),
                            .back = canvas.tr("resident.back"),
                            .step = take ? 1U : 0U,
                            .steps = take ? 4U : 0U};
  canvas.page(spec, [&] {
    if (!canvas.flow.offers_any_method()) problem_banner(canvas, "impossible", "identify_impossible");
    struct Choice {
      Method method;
      std::string key;
      char const* icon;
      char const* text;
      bool usable;
    };
    Choice const choices[] = {
        {Method::card, canvas.sub("card"), "badge", "card", canvas.flow.reader_usable},
        {Method::code, canvas.sub("code"), "qr_code_scanner", "code", canvas.flow.scanner_usable},
        {Method::phone, canvas.sub("phone"), "smartphone", "phone", true},
        {Method::document, canvas.sub("document"), "menu_book", "document", true},
        {Method::nobody, canvas.sub("nobody"), "person_outline", "nobody", take},
    };
    std::string const unusable =
        canvas.flow.offers_any_method() ? "resident.identify.unusable" : "resident.identify.unusable.all";
    std::vector<ui::CardSpec> cards;
    std::vector<Method> methods;
    for (auto const& choice : choices) {
      if (!canvas.flow.offers(choice.method) || (choice.method == Method::nobody && !take)) continue;
      auto const text = std::string("resident.identify.") + choice.text;
      cards.push_back({.key = choice.key,
                       .icon = choice.icon,
                       .name = canvas.tr(text),
                       .line = canvas.tr(choice.usable ? text + ".line" : unusable),
                       .enabled = choice.usable,
                       .prominent = choice.method == Method::card && choice.usable});
      methods.push_back(choice.method);
    }
    if (auto const chosen = ui::card_grid(ui, ui.metrics().portrait() ? 1 : 2, cards)) {
      canvas.emit(MethodChosen{methods[*chosen]});
    }
  });
}

void draw(Canvas const& canvas, PresentCard const& state) {
  bool const away = !canvas.flow.reader_usable;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr(away ? "resident.away.title" : "resident.card.title"),
                            .back = canvas.tr("resident.back"),
                            .primary = away ? canvas.tr("resident.away.other") : std::string_view(),
                            .primary_icon = "switch_account"};
  auto const content = [&] {
    if (away) return away_notice(canvas, "reader", "reader.detail");
    if (!state.problem.empty()) problem_banner(canvas, "problem", state.problem);
    ui::middle(canvas.ui, [&] {
      if (state.reading) {
        instruction(canvas, "badge", canvas.tr("resident.card.reading"), canvas.tr("resident.card.reading.detail"));
        ui::progress(canvas.ui, canvas.sub("progress"), canvas.tr("resident.card.reading.progress"), -1);
      } else {
        instruction(canvas, "badge", canvas.tr("resident.card.place"), canvas.tr("resident.card.place.detail"));
      }
    });
  };
  canvas.page(spec, content, flows::Back{});
}

void draw(Canvas const& canvas, PresentCode const& state) {
  auto& ui = canvas.ui;
  bool const away = !canvas.flow.scanner_usable && !state.resolving;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr(away ? "resident.away.title" : "resident.code.title"),
                            .back = canvas.tr("resident.back"),
                            .primary = away ? canvas.tr("resident.away.other") : std::string_view(),
                            .primary_icon = "switch_account"};
  auto const content = [&] {
    if (away) return away_notice(canvas, "scanner", "scanner.detail");
    if (!state.problem.empty()) problem_banner(canvas, "problem", state.problem);
    if (state.resolving) {
      ui::middle(ui, [&] { ui::progress(ui, canvas.sub("progress"), canvas.tr("resident.code.checking"), -1); });
      return;
    }
    if (canvas.around.camera && canvas.around.preview.width > 0) {
      ui::image(ui, canvas.sub("preview"), canvas.tr("resident.code.preview"), canvas.around.preview,
                {.max_height = ui.metrics().portrait() ? 220.0F : 120.0F,
                 .mirrored = true,
                 .outline = canvas.around.found_code});
      ui::heading(ui, canvas.sub("what"), canvas.tr("resident.code.hold"), ui::TextRole::heading, ui::Align::centre);
      ui::text(ui, canvas.sub("detail"), canvas.tr(advice_for(canvas.around.light)),
               {.align = ui::Align::centre, .soft = true});
    } else {
      ui::middle(ui, [&] {
        instruction(canvas, "qr_code_scanner", canvas.tr("resident.code.hold"), canvas.tr("resident.code.hold.detail"));
      });
    }
  };
  canvas.page(spec, content, flows::Back{});
}

void draw(Canvas const& canvas, EnterPhone const& state) {
  auto& ui = canvas.ui;
  auto& entry = canvas.memory.entry;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.phone.title"),
                            .lead = canvas.tr("resident.phone.lead"),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr("resident.next"),
                            .primary_enabled = !entry.empty()};
  canvas.page(spec, [&] {
    auto const error = state.problem.empty() ? std::string_view{} : canvas.tr("error." + state.problem);
    ui.focus_on_entry("resident.phone.entry");
    auto event = ui::text_field(ui, "resident.phone.entry", entry,
                                {.label = canvas.tr("resident.phone.label"),
                                 .error = error,
                                 .icon = "smartphone",
                                 .max_length = 11,
                                 .digits_only = true});
    ui::centred(ui, ui.metrics().portrait() ? 260.0F : 200.0F, [&] {
      event = merge(event, ui::keyboard(ui, "resident.phone.keys", entry, ui::KeyboardLayout::digits, 11));
    });
    emit_entry(canvas, event, entry);
  });
}

void draw(Canvas const& canvas, EnterDocument const& state) {
  auto& ui = canvas.ui;
  auto& entry = canvas.memory.entry;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.document.title"),
                            .lead = canvas.tr("resident.document.lead"),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr("resident.next"),
                            .primary_enabled = !entry.empty()};
  bool const id_card = state.kind == identity::DocumentKind::id_card;
  std::size_t const longest = id_card ? 18 : 20;
  canvas.page(spec, [&] {
    ui::row(ui, ui::Align::left, [&] {
      using identity::DocumentKind;
      struct Choice {
        DocumentKind kind;
        char const* text;
        char const* icon;
      };
      for (auto const& choice :
           {Choice{DocumentKind::id_card, "id_card", "badge"}, Choice{DocumentKind::passport, "passport", "menu_book"},
            Choice{DocumentKind::other_document, "other", "description"}}) {
        auto const text = std::string("resident.document.") + choice.text;
        if (ui::chip(ui, canvas.sub(choice.text), canvas.tr(text), state.kind == choice.kind, choice.icon)) {
          entry.clear();
          canvas.emit(DocumentKindChosen{choice.kind});
        }
      }
    });
    auto const error = state.problem.empty() ? std::string_view{} : canvas.tr("error." + state.problem);
    ui.focus_on_entry("resident.document.entry");
    auto event = ui::text_field(ui, "resident.document.entry", entry,
                                {.label = canvas.tr("resident.document.label"),
                                 .error = error,
                                 .icon = "badge",
                                 .max_length = longest,
                                 .upper_case = true});
    auto const layout = id_card ? ui::KeyboardLayout::id_number : ui::KeyboardLayout::latin;
    auto const keys = [&] { event = merge(event, ui::keyboard(ui, "resident.document.keys", entry, layout, longest)); };
    if (id_card)
      ui::centred(ui, ui.metrics().portrait() ? 260.0F : 200.0F, keys);
    else
      keys();
    emit_entry(canvas, event, entry);
  });
}

void draw(Canvas const& canvas, Recognised const& state) {
  auto& ui = canvas.ui;
  auto const purpose = canvas.flow.purpose();
  bool const take = purpose == Purpose::take_ticket;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.recognised.title"),
                            .back = canvas.tr("resident.recognised.not_me"),
                            .primary = canvas.tr(take                              ? "resident.recognised.next"
                                                 : purpose == Purpose::find_ticket ? "resident.recognised.find"
                                                 : purpose == Purpose::progress    ? "resident.recognised.progress"
                                                                                   : "resident.recognised.rate"),
                            .secondary = take ? canvas.tr("resident.home.find") : std::string_view{},
                            .secondary_icon = "manage_search",
                            .step = take ? 1U : 0U,
                            .steps = take ? 4U : 0U};
  canvas.page(
      spec,
      [&] {
        if (canvas.flow.person() != nullptr) person_panel(canvas, *canvas.flow.person());
        for (auto const warning : state.warnings) {
          problem_banner(canvas, std::string("warning.") + identity::to_string(warning),
                         std::string("card_") + identity::to_string(warning));
        }
        ui::middle(ui, [&] {
          instruction(canvas, "back_hand", canvas.tr("resident.recognised.take_card"),
                      canvas.tr("resident.recognised.take_card.detail"));
        });
      },
      Next{}, Begin{Purpose::find_ticket});
}

void draw(Canvas const& canvas, OtherPerson const& state) {
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.other.title"),
                            .lead = canvas.tr("resident.other.lead"),
                            .back = canvas.tr("resident.other.keep"),
                            .primary = canvas.tr("resident.other.switch")};
  canvas.page(
      spec,
      [&] {
        person_panel(canvas, state.other);
        ui::middle(canvas.ui, [&] {
          instruction(canvas, "switch_account", canvas.tr("resident.other.what"), canvas.tr("resident.other.detail"));
        });
      },
      SwitchPerson{});
}

}  // namespace yizhan::resident
