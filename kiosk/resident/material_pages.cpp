// Papers: what is needed and what is in hand, photographing a page, promising to bring one.
#include <algorithm>

#include "kiosk/resident/page.h"

namespace yizhan::resident {

using namespace flows::matter;
using cases::HeldMaterial;
using flows::MatterFlow;

std::string held_text(Canvas const& canvas, Row const& row) {
  if (row.held == nullptr)
    return std::string(canvas.tr(row.required ? "resident.material.missing" : "resident.material.not_given"));
  switch (row.held->how) {
    case HeldMaterial::How::photographed:
    case HeldMaterial::How::file:
      return canvas.ui.tr("resident.material.pages", fmt::arg("count", row.held->pages.size()));
    case HeldMaterial::How::on_file: return std::string(canvas.tr("resident.material.on_file"));
    case HeldMaterial::How::from_card: return std::string(canvas.tr("resident.material.from_card.done"));
    case HeldMaterial::How::promised: return std::string(canvas.tr("resident.material.promised"));
    case HeldMaterial::How::shown_original: return std::string(canvas.tr("resident.material.shown"));
  }
  return {};
}

namespace {

struct RowLook {
  char const* icon;
  ui::Tone tone;
};

RowLook look_of(Row const& row, bool checked) {
  if (row.held != nullptr) return {"check_circle", ui::Tone::good};
  if (row.missing && checked) return {"error", ui::Tone::error};
  return {"radio_button_unchecked", ui::Tone::neutral};
}

/// What can be done about a paper, as buttons: only what is possible.
void actions(Canvas const& canvas, Row const& row) {
  auto& ui = canvas.ui;
  auto const& id = row.material.id;
  auto const act = [&](char const* key, char const* icon, std::string_view label, bool first = false) {
    return ui::button(
        ui, canvas.sub(id + "." + key),
        {.label = label, .icon = icon, .kind = first ? ui::ButtonKind::secondary : ui::ButtonKind::quiet});
  };
  bool const more = row.held != nullptr && row.held->how == HeldMaterial::How::photographed;
  bool const removable = row.held != nullptr && row.held->how != HeldMaterial::How::from_card;
  if (!row.photograph && row.on_file == nullptr && !row.show && !row.promise && !removable) return;
  ui::row(ui, ui::Align::left, [&] {
    if (row.photograph && (row.held == nullptr || more) &&
        act("photograph", "photo_camera",
            canvas.tr(more ? "resident.material.photograph.more" : "resident.material.photograph"), true))
      canvas.emit(PhotographChosen{id});
    if (row.on_file != nullptr && act("reuse", "inventory_2", canvas.tr("resident.material.reuse"), true))
      canvas.emit(ReuseChosen{id});
    if (row.show && act("show", "badge", canvas.tr("resident.material.show"), true)) canvas.emit(ShownChosen{id});
    if (row.promise && act("promise", "schedule", canvas.tr("resident.material.promise")))
      canvas.emit(PromiseChosen{id});
    if (removable && act("remove", "delete", canvas.tr("resident.material.remove"))) canvas.emit(RemoveChosen{id});
  });
}

void row_panel(Canvas const& canvas, Row const& row, bool checked) {
  auto& ui = canvas.ui;
  auto const look = look_of(row, checked);
  auto const held = held_text(canvas, row);
  ui::panel(ui, {}, [&] {
    std::string line = held;
    auto const& note = canvas.in(row.material.note);
    if (row.held == nullptr && !note.empty()) line = note;
    if (row.held == nullptr && row.missing && checked) line = held;
    if (row.on_file != nullptr && row.held == nullptr) {
      auto const when = moment_text(canvas, row.on_file->at);
      if (!when.empty()) line = canvas.ui.tr("resident.material.before", fmt::arg("when", when));
    }
    ui::list_row(ui, canvas.sub(row.material.id),
                 {.title = canvas.in(row.material.name),
                  .line = line,
                  .trailing = row.required ? std::string_view() : canvas.tr("resident.bring.optional"),
                  .icon = look.icon,
                  .tone = look.tone,
                  .chevron = false,
                  .interactive = false});
    actions(canvas, row);
  });
}

}  // namespace

void draw(Canvas const& canvas, MatterFlow const& flow, Materials const& state) {
  auto& ui = canvas.ui;
  auto const names = stage_names(canvas);
  bool const more = flow.supplemented() != nullptr;
  auto const rows = flow.rows();
  auto const missing = static_cast<std::size_t>(std::ranges::count_if(rows, &Row::missing));
  bool const camera = flow.world().camera;
  ui::ScreenSpec const spec{
      .key = canvas.key,
      .title = canvas.tr(more ? "resident.materials.title.more" : "resident.materials.title"),
      .lead = canvas.tr("resident.materials.lead"),
      .back = canvas.tr("resident.back"),
      .primary = canvas.tr("resident.next"),
      .secondary = missing > 0 && flow.can_take_ticket() ? canvas.tr("resident.about.ticket") : std::string_view(),
      .secondary_icon = "confirmation_number",
      .step = static_cast<std::size_t>(Stage::materials),
      .step_names = names};
  canvas.page(
      spec,
      [&] {
        if (state.checked && missing > 0)
          ui::banner(ui, canvas.sub("missing"),
                     {.tone = ui::Tone::error,
                      .title = ui.tr("resident.materials.missing", fmt::arg("count", missing)),
                      .text = canvas.tr("resident.materials.missing.detail")});
        if (!camera)
          ui::banner(ui, canvas.sub("camera"),
                     {.tone = ui::Tone::warning, .title = canvas.tr("resident.materials.camera")});
        if (!flow.draft_problem().empty()) problem_banner(canvas, "not_saved", flow.draft_problem());
        for (auto const& row : rows) row_panel(canvas, row, state.checked);
      },
      flows::Next{}, TakeTicket{});
}

void draw(Canvas const& canvas, MatterFlow const& flow, Capture const& state) {
  using Phase = Capture::Phase;
  auto& ui = canvas.ui;
  bool const taken = state.phase == Phase::accept || state.phase == Phase::checking;
  bool const failed = state.phase == Phase::failed;
  bool const away = flow.waits_for_camera() && !flow.world().camera;
  std::string name = state.material;
  for (auto const& row : flow.rows()) {
    if (row.material.id == state.material) name = canvas.in(row.material.name);
  }
  bool const good = state.quality.advice.empty();
  std::string const title = ui.tr("resident.capture.title", fmt::arg("name", name));
  std::string const lead = ui.tr("resident.capture.page", fmt::arg("page", state.page + 1));
  ui::ScreenSpec spec{.key = canvas.key,
                      .title = away ? canvas.tr("resident.away.title") : std::string_view(title),
                      .lead = away ? std::string_view() : std::string_view(lead),
                      .back = canvas.tr("resident.back")};
  if (state.phase == Phase::accept) {
    // The large button is the one to press: a page nobody can read comes back days later.
    spec.primary = canvas.tr(good ? "resident.capture.accept" : "resident.capture.again");
    spec.primary_icon = good ? "check" : "refresh";
    spec.secondary = canvas.tr(good ? "resident.capture.again" : "resident.capture.accept");
    spec.secondary_icon = good ? "refresh" : "check";
  } else if (away) {
    spec.primary = canvas.tr("resident.away.materials");
    spec.primary_icon = "description";
  } else if (state.phase == Phase::looking || failed) {
    spec.primary = canvas.tr("resident.capture.take");
    spec.primary_icon = "photo_camera";
    if (state.page > 0) spec.secondary = canvas.tr("resident.capture.enough");
    spec.secondary_icon = "done_all";
  }
  auto const content = [&] {
    if (away) return away_notice(canvas, "camera", "camera.detail");
    if (failed && !state.problem.empty()) problem_banner(canvas, "problem", state.problem);
    bool const waits = state.phase == Phase::taking || state.phase == Phase::checking;
    auto const hint = waits   ? std::string_view()
                      : taken ? canvas.tr(good ? "resident.capture.good" : "capture.advice." + state.quality.advice)
                              : canvas.tr("resident.capture.lay");
    float const below = ui.metrics().button_mm() * 1.6F;
    float const room = std::max(ui::height_left(ui) - below, 60.0F);
    auto const& picture = taken ? canvas.around.document_picture : canvas.around.document_preview;
    if (taken)
      ui::image(ui, canvas.sub("picture"), canvas.tr("resident.capture.picture"), picture, {.max_height = room});
    else
      ui::camera_view(ui, canvas.sub("preview"), picture,
                      {.name = canvas.tr("resident.capture.preview"), .max_height = room});
    if (waits)
      ui::progress(ui, canvas.sub("progress"),
                   canvas.tr(taken ? "resident.capture.checking" : "resident.capture.taking"), -1);
    else if (!failed)
      ui::banner(ui, canvas.sub("hint"),
                 {.tone = !taken ? ui::Tone::info
                          : good ? ui::Tone::good
                                 : ui::Tone::warning,
                  .title = hint});
  };
  if (state.phase == Phase::accept && good)
    canvas.page(spec, content, Accept{}, Again{});
  else if (state.phase == Phase::accept)
    canvas.page(spec, content, Again{}, Accept{});
  else if (away)
    canvas.page(spec, content, flows::Back{});
  else
    canvas.page(spec, content, TakeIt{}, EnoughPages{});
}

void draw(Canvas const& canvas, MatterFlow const&, Promise const& state) {
  auto& ui = canvas.ui;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.promise.title"),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr("resident.promise.agree"),
                            .primary_icon = "handshake"};
  auto const name = material_name(canvas, state.material);
  auto const due = due_text(canvas, state.due);
  canvas.page(spec, [&] {
    ui::middle(ui, [&] {
      instruction(canvas, "handshake", ui.tr("resident.promise.what", fmt::arg("name", name)), {});
      ui::panel(ui, {}, [&] {
        ui::key_value(ui, canvas.sub("paper"), canvas.tr("resident.promise.paper"), name);
        ui::key_value(ui, canvas.sub("due"), canvas.tr("resident.promise.due"), due);
      });
      ui::text(ui, canvas.sub("consequence"), canvas.tr("resident.promise.consequence"));
    });
  });
}

}  // namespace yizhan::resident
