// The receipt: the number, what happens next and until when, the parts of a bundle, a code to follow it with.
#include "kiosk/resident/page.h"
#include "shared/domain/cases/case_number.h"

namespace yizhan::resident {

using namespace flows::matter;
using flows::MatterFlow;

namespace {

void number_panel(Canvas const& canvas, flows::CaseView const& view) {
  auto& ui = canvas.ui;
  ui::panel(ui, {.brand = true}, [&] {
    ui::text(ui, canvas.sub("number.caption"), canvas.tr("resident.receipt.number"), {.align = ui::Align::centre});
    ui::heading(ui, canvas.sub("number"), cases::grouped(view.what.number), ui::TextRole::heading, ui::Align::centre);
    ui::text(ui, canvas.sub("matter"), service_name(canvas, view.what.matter), {.align = ui::Align::centre});
  });
}

void code(Canvas const& canvas, flows::CaseView const& view, float side) {
  auto& memory = canvas.memory;
  if (view.qr.empty() || !canvas.around.code) return;
  if (memory.code_text != view.qr) {
    memory.code_text = view.qr;
    memory.code = canvas.around.code(view.qr);
  }
  if (memory.code.side == 0) return;
  ui::code_picture(
      canvas.ui, canvas.sub("code"), memory.code.modules, memory.code.side,
      {.name = canvas.tr("resident.receipt.code"), .caption = canvas.tr("resident.receipt.code"), .side = side});
}

std::string due_of(Canvas const& canvas, flows::CaseView const& view, std::size_t part) {
  if (part < view.due.size() && view.due[part]) {
    auto const day = short_day_text(canvas, view.due[part]->day);
    return canvas.ui.tr(view.due[part]->provisional ? "resident.receipt.by.provisional" : "resident.receipt.by",
                        fmt::arg("day", day));
  }
  auto const& promise = view.what.parts[part].promise;
  if (promise.count == 0) return std::string(canvas.tr("paper.period.instant"));
  return canvas.ui.tr("resident.receipt.within", fmt::arg("period", period_text(canvas, promise)));
}

void parts_panel(Canvas const& canvas, flows::CaseView const& view) {
  auto& ui = canvas.ui;
  ui::panel(ui, {}, [&] {
    bool const several = view.what.parts.size() > 1;
    ui::heading(ui, canvas.sub("parts"), canvas.tr(several ? "resident.receipt.parts" : "resident.receipt.due"),
                ui::TextRole::strong);
    for (std::size_t i = 0; i < view.what.parts.size(); ++i) {
      auto const& part = view.what.parts[i];
      auto const* item = canvas.flow.catalog().find(part.item);
      auto const look = look_of(part.state, part.outcome);
      auto const department = item == nullptr ? std::string() : canvas.in(item->department);
      auto const due = is_over(part.state) ? std::string() : due_of(canvas, view, i);
      ui::list_row(ui, canvas.sub(fmt::format("part.{}", part.number)),
                   {.title = service_name(canvas, part.item),
                    .line = department.empty() || due.empty() ? department + due : department + " · " + due,
                    .trailing = state_text(canvas, part.state, part.outcome),
                    .icon = look.icon,
                    .tone = look.tone,
                    .chevron = false,
                    .interactive = false});
      if (!part.materials_due) continue;
      for (auto const& material : part.promised_materials) {
        auto const title = ui.tr("resident.receipt.promised", fmt::arg("name", material_name(canvas, material)),
                                 fmt::arg("day", due_text(canvas, *part.materials_due)));
        ui::banner(ui, canvas.sub(fmt::format("promised.{}.{}", part.number, material)),
                   {.tone = ui::Tone::warning, .title = title});
      }
    }
  });
}

void print_buttons(Canvas const& canvas, Receipt const& state, bool document) {
  auto& ui = canvas.ui;
  slip_banner(canvas, state.slip, state.problem);
  document_banner(canvas, state.document, state.document_problem);
  auto const print = [&](char const* key, Paper paper, flows::Printing printing) {
    if (ui::button(ui, canvas.sub(key),
                   {.label = canvas.tr(std::string("resident.receipt.") + key),
                    .icon = "print",
                    .enabled = printing != flows::Printing::waiting}))
      canvas.emit(PrintChosen{paper});
  };
  bool const slip = state.slip != flows::Printing::printed;
  if (slip && document) {
    ui::columns(ui, {1, 1}, [&](std::size_t column) {
      if (column == 0)
        print("slip", Paper::receipt_slip, state.slip);
      else
        print("document", Paper::receipt_document, state.document);
    });
  } else if (slip) {
    print("slip", Paper::receipt_slip, state.slip);
  } else if (document) {
    print("document", Paper::receipt_document, state.document);
  }
}

}  // namespace

void draw(Canvas const& canvas, MatterFlow const& flow, Receipt const& state) {
  auto& ui = canvas.ui;
  auto const names = stage_names(canvas);
  ui::ScreenSpec const spec{
      .key = canvas.key,
      .title = canvas.tr(state.repeated       ? "resident.receipt.title.repeated"
                         : state.supplemented ? "resident.receipt.title.supplemented"
                                              : "resident.receipt.title"),
      .primary = canvas.tr("resident.ticket.done"),
      .primary_icon = "check",
      .secondary = state.view.what.rated ? std::string_view() : canvas.tr("resident.receipt.rate"),
      .secondary_icon = "rate_review",
      .step = static_cast<std::size_t>(Stage::done),
      .step_names = names};
  auto const next = [&] {
    ui::panel(ui, {.tone = ui::Tone::info, .shadow = false}, [&] {
      ui::heading(ui, canvas.sub("next"), canvas.tr("paper.receipt.next"), ui::TextRole::strong);
      ui::text(ui, canvas.sub("next.text"), canvas.tr("resident.receipt.next"));
      if (!state.view.delivered && !state.repeated)
        ui::text(ui, canvas.sub("kept"), canvas.tr("resident.receipt.kept"), {.soft = true});
    });
  };
  bool const document = flow.world().document_printer;
  canvas.page(
      spec,
      [&] {
        if (canvas.portrait()) {
          number_panel(canvas, state.view);
          ui::columns(ui, {2, 3}, [&](std::size_t column) { column == 0 ? code(canvas, state.view, 110) : next(); });
          parts_panel(canvas, state.view);
          print_buttons(canvas, state, document);
          return;
        }
        ui::columns(ui, {3, 2}, [&](std::size_t column) {
          if (column == 0) {
            number_panel(canvas, state.view);
            parts_panel(canvas, state.view);
            next();
          } else {
            code(canvas, state.view, 120);
            print_buttons(canvas, state, document);
          }
        });
      },
      flows::Next{}, RateChosen{});
}

}  // namespace yizhan::resident
