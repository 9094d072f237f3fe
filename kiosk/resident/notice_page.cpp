// 一次性告知: what the answers lead to, in one sentence; then papers, places, time and fee, all at once.
#include "kiosk/resident/page.h"

namespace yizhan::resident {

using namespace flows::matter;
using flows::MatterFlow;

namespace {

struct Sentence {
  std::string key;
  char const* icon;
  ui::Tone tone;
};

/// Here and now before everything else; else the first place to go.
Sentence verdict_of(MatterFlow const& flow) {
  auto const& verdict = flow.verdict();
  if (!verdict.eligible) return {"resident.verdict.none", "block", ui::Tone::error};
  if (flow.can_apply()) return {"resident.verdict.kiosk", "check_circle", ui::Tone::good};
  for (auto const* place : verdict.places) {
    if (place->channel == catalog::Channel::kiosk) continue;
    return {std::string("resident.verdict.") + catalog::to_string(place->channel), icon_of(place->channel),
            ui::Tone::info};
  }
  return {"resident.verdict.counter", icon_of(catalog::Channel::counter), ui::Tone::info};
}

void verdict_panel(Canvas const& canvas, MatterFlow const& flow) {
  auto& ui = canvas.ui;
  auto const sentence = verdict_of(flow);
  auto const& verdict = flow.verdict();
  ui::panel(ui, {.tone = sentence.tone, .shadow = false}, [&] {
    ui::columns(ui, {1, canvas.portrait() ? 4.5F : 9.0F}, [&](std::size_t column) {
      bool const alone =
          verdict.outcome == nullptr || (verdict.outcome->reason.empty() && verdict.outcome->instead.empty());
      if (column == 1 && alone) ui::space(ui, ui.metrics().gap_mm() * 1.4F);  // in the middle of the icon's height
      if (column == 0) return ui::icon(ui, canvas.sub("icon"), sentence.icon, {}, sentence.tone, 40);
      ui::text(ui, canvas.sub("verdict"), canvas.tr(sentence.key),
               {.role = ui::TextRole::title, .tone = sentence.tone});
      if (verdict.outcome == nullptr) return;
      if (!verdict.outcome->reason.empty()) ui::text(ui, canvas.sub("reason"), canvas.in(verdict.outcome->reason));
      if (!verdict.outcome->instead.empty())
        ui::text(ui, canvas.sub("instead"), canvas.in(verdict.outcome->instead), {.role = ui::TextRole::strong});
    });
  });
  auto const instead = flow.instead();
  if (instead.empty()) return;
  if (ui::card(ui, {.key = canvas.sub("other"),
                    .icon = canvas.flow.catalog().matter(instead).icon(),
                    .name = service_name(canvas, instead),
                    .line = canvas.tr("resident.notice.instead")}))
    canvas.emit(InsteadChosen{});
}

void papers_panel(Canvas const& canvas, catalog::Verdict const& verdict) {
  auto& ui = canvas.ui;
  ui::panel(ui, {}, [&] {
    ui::heading(ui, canvas.sub("papers"), canvas.tr("resident.notice.papers"), ui::TextRole::strong);
    if (verdict.materials.empty()) return ui::text(ui, canvas.sub("papers.none"), canvas.tr("resident.notice.nothing"));
    for (auto const& material : verdict.materials) {
      bool const needed = material.necessity == catalog::Necessity::required;
      auto const trailing = material.from_card ? canvas.tr("resident.material.from_card")
                            : material.necessity == catalog::Necessity::tolerated ? canvas.tr("resident.material.later")
                            : !needed                                             ? canvas.tr("resident.bring.optional")
                            : material.original                                   ? canvas.tr("resident.bring.original")
                                                                                  : canvas.tr("resident.bring.copy");
      ui::list_row(ui, canvas.sub("paper." + material.id),
                   {.title = canvas.in(material.name),
                    .line = canvas.in(material.note.empty() ? material.issuer : material.note),
                    .trailing = trailing,
                    .icon = needed ? "task_alt" : "radio_button_unchecked",
                    .tone = needed ? ui::Tone::info : ui::Tone::neutral,
                    .chevron = false,
                    .interactive = false});
    }
  });
}

/// "水果湖街道政务服务中心 · 周一至周五 9:00–17:00 · 027-…"
std::string place_line(Canvas const& canvas, catalog::Place const& place) {
  std::string line;
  for (auto const& part : {canvas.in(place.where), canvas.in(place.hours), place.phone, place.url}) {
    if (!part.empty()) line += (line.empty() ? "" : " · ") + part;
  }
  return line;
}

void facts_panel(Canvas const& canvas, MatterFlow const& flow) {
  auto& ui = canvas.ui;
  auto const& verdict = flow.verdict();
  ui::panel(ui, {}, [&] {
    std::size_t index = 0;
    for (auto const* place : verdict.places) {
      auto const line = place_line(canvas, *place);
      ui::key_value(ui, canvas.sub(fmt::format("place.{}", index++)),
                    canvas.tr(std::string("channel.") + catalog::to_string(place->channel)),
                    line.empty() ? canvas.tr("resident.notice.here") : std::string_view(line));
    }
    bool const several = verdict.parts.size() > 1;
    for (auto const* part : verdict.parts) {
      auto const period =
          part->instant ? std::string(canvas.tr("paper.period.instant")) : period_text(canvas, part->promise);
      auto const label = several ? canvas.in(part->name) : std::string(canvas.tr("resident.about.period"));
      ui::key_value(ui, canvas.sub("period." + part->code), label, period);
      if (!part->charged) continue;
      ui::key_value(ui, canvas.sub("fee." + part->code), canvas.tr("resident.about.fee"), canvas.in(part->fee));
    }
    bool const charged = std::ranges::any_of(verdict.parts, [](auto const* part) { return part->charged; });
    if (!charged) ui::key_value(ui, canvas.sub("fee"), canvas.tr("resident.about.fee"), canvas.tr("paper.fee.free"));
  });
}

void print_buttons(Canvas const& canvas, MatterFlow const& flow, Notice const& state) {
  auto& ui = canvas.ui;
  bool const document = flow.world().document_printer;
  slip_banner(canvas, state.slip, state.problem);
  document_banner(canvas, state.document, state.document_problem);
  auto const print = [&](char const* key, Paper paper, flows::Printing printing) {
    if (ui::button(ui, canvas.sub(key),
                   {.label = canvas.tr(std::string("resident.notice.") + key),
                    .icon = "print",
                    .enabled = printing != flows::Printing::waiting}))
      canvas.emit(PrintChosen{paper});
  };
  if (!document) return print("slip", Paper::notice_slip, state.slip);
  ui::columns(ui, {1, 1}, [&](std::size_t column) {
    if (column == 0)
      print("slip", Paper::notice_slip, state.slip);
    else
      print("document", Paper::notice_document, state.document);
  });
}

}  // namespace

void draw(Canvas const& canvas, MatterFlow const& flow, Notice const& state) {
  auto& ui = canvas.ui;
  bool const here = flow.can_apply();
  bool const ticket = flow.can_take_ticket();
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.in(flow.what().name()),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr(here     ? "resident.notice.apply"
                                                 : ticket ? "resident.about.ticket"
                                                          : "resident.notice.others"),
                            .primary_icon = here || !ticket ? "arrow_forward" : "confirmation_number",
                            .secondary = here && ticket ? canvas.tr("resident.about.ticket") : std::string_view(),
                            .secondary_icon = "confirmation_number"};
  bool const eligible = flow.verdict().eligible;
  canvas.page(
      spec,
      [&] {
        verdict_panel(canvas, flow);
        auto const papers = [&] {
          if (eligible) papers_panel(canvas, flow.verdict());
        };
        auto const rest = [&] {
          if (eligible) facts_panel(canvas, flow);
          print_buttons(canvas, flow, state);
        };
        if (canvas.portrait() || !eligible) {
          papers();
          rest();
        } else {
          ui::columns(ui, {1, 1}, [&](std::size_t column) { column == 0 ? papers() : rest(); });
        }
      },
      flows::Next{}, TakeTicket{});
}

}  // namespace yizhan::resident
