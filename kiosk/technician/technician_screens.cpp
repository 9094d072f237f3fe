#include "kiosk/technician/technician_screens.h"

#include "kiosk/ui/widgets.h"

namespace yizhan::technician {

using namespace flows::technician;

namespace {

ui::Tone tone_of(Light light) {
  switch (light) {
    case Light::good: return ui::Tone::good;
    case Light::warning: return ui::Tone::warning;
    case Light::fault: return ui::Tone::error;
    case Light::unknown: return ui::Tone::neutral;
  }
  return ui::Tone::neutral;
}

char const* icon_of(Light light) {
  switch (light) {
    case Light::good: return "check_circle";
    case Light::warning: return "warning";
    case Light::fault: return "error";
    case Light::unknown: return "help";
  }
  return "help";
}

void draw_trial(ui::Ui& ui, std::string const& key, Trial const& trial) {
  switch (trial.outcome) {
    case Trial::Outcome::running:
      ui::progress(ui, key + ".trial", ui.tr("technician.testing." + key.substr(key.rfind('.') + 1)), -1);
      return;
    case Trial::Outcome::passed:
      ui::banner(ui, key + ".trial",
                 {.tone = ui::Tone::good, .title = ui.tr("technician.test_passed"), .text = trial.detail});
      return;
    case Trial::Outcome::failed: {
      auto const title = ui.tr("error." + trial.code);
      auto const text = ui.tr("remedy." + trial.code);
      ui::banner(ui, key + ".trial", {.tone = ui::Tone::error, .title = title, .text = text});
      return;
    }
  }
}

void draw_part(ui::Ui& ui, flows::TechnicianFlow const& flow, Part const& part, Surroundings const& around,
               Emit const& emit) {
  auto const key = "technician." + part.key;
  ui::panel(ui, {.fill_height = true}, [&] {
    auto const name = ui.tr("technician.part." + part.key);
    auto const state = ui.tr("technician.state." + part.state);
    ui::list_row(ui, key,
                 {.title = name,
                  .line = part.detail,
                  .trailing = state,
                  .icon = icon_of(part.light),
                  .tone = tone_of(part.light),
                  .chevron = false,
                  .interactive = false});
    if (!part.fault.empty()) {
      std::string what{ui.tr("error." + part.fault)};
      if (part.fault_at && around.local_time) what += "  " + around.local_time(*part.fault_at);
      ui::text(ui, key + ".fault", what, {.role = ui::TextRole::caption, .tone = tone_of(part.light)});
      ui::text(ui, key + ".remedy", ui.tr("remedy." + part.fault), {.role = ui::TextRole::caption, .soft = true});
    }
    auto const trial = flow.trials().find(part.key);
    if (trial != flow.trials().end()) draw_trial(ui, key, trial->second);
    if (part.testable) {
      ui::row(ui, ui::Align::right, [&] {
        auto const label = ui.tr("technician.test." + part.key);
        if (ui::button(ui, key + ".test", {.label = label, .icon = "play_circle_outline"})) emit(TestChosen{part.key});
      });
    }
  });
}

}  // namespace

void draw(ui::Ui& ui, flows::TechnicianFlow const& flow, Surroundings const& around, Emit const& emit) {
  bool const ready = flow.name() == "technician.ready";
  ui::ScreenSpec const spec{.key = "technician",
                            .title = ui.tr(ready ? "technician.title.ready" : "technician.title.attention"),
                            .back = ui.tr("technician.close"),
                            .primary = ui.tr("technician.export"),
                            .primary_icon = "save_alt",
                            .help = false};
  auto const used = ui::screen(ui, spec, [&] {
    if (!flow.report().empty()) {
      auto const title = ui.tr("technician.exported", fmt::arg("path", flow.report()));
      ui::banner(ui, "technician.exported", {.tone = ui::Tone::good, .title = title});
    }
    ui::grid(ui, ui.metrics().portrait() ? 1 : 2, flow.parts().size(),
             [&](std::size_t cell) { draw_part(ui, flow, flow.parts()[cell], around, emit); });
  });
  if (used.back) emit(CloseChosen{});
  if (used.primary) emit(ExportChosen{});
}

}  // namespace yizhan::technician
