// Exactly the document that will be handed in, page by page, and a field to sign in.
#include "kiosk/resident/page.h"

namespace yizhan::resident {

using namespace flows::matter;
using flows::MatterFlow;

namespace {

cases::Signature signature_of(ui::Ink const& ink, std::string const& document) {
  cases::Signature signature;
  signature.width = ink.width;
  signature.height = ink.height;
  signature.document = document;
  for (auto const& stroke : ink.strokes) {
    auto& line = signature.strokes.emplace_back();
    line.reserve(stroke.size());
    for (auto const& point : stroke) line.push_back({point.x, point.y, point.ms});
  }
  return signature;
}

}  // namespace

void draw(Canvas const& canvas, MatterFlow const& flow, Sign const& state) {
  auto& ui = canvas.ui;
  auto const names = stage_names(canvas);
  bool const seen = state.seen >= state.pages;
  ui::ScreenSpec const spec{
      .key = canvas.key,
      .title = canvas.tr("resident.sign.title"),
      .back = canvas.tr("resident.back"),
      .primary = canvas.tr(flow.supplemented() != nullptr ? "resident.review.submit" : "resident.sign.submit"),
      .primary_icon = "send",
      .secondary = flow.can_take_ticket() ? canvas.tr("resident.sign.counter") : std::string_view(),
      .secondary_icon = "storefront",
      .step = static_cast<std::size_t>(Stage::sign),
      .step_names = names};
  bool const upright = canvas.portrait();
  // Where the page scrolls nothing limits the picture; it and its buttons are to be in view together.
  constexpr float k_most_landscape = 180;
  constexpr float k_most_portrait = 330;
  constexpr float k_scrolled = 200;
  auto const document = [&](float height) {
    auto const picture = canvas.around.document_page ? canvas.around.document_page(state.page) : ui::ImageView{};
    if (auto const page = ui::page_viewer(
            ui, canvas.sub("document"), picture,
            {.name = canvas.tr("resident.sign.document"), .page = state.page, .pages = state.pages, .height = height}))
      canvas.emit(PageTurned{*page});
  };
  auto const pen = [&] {
    if (!state.problem.empty()) problem_banner(canvas, "problem", state.problem);
    if (!seen && state.problem.empty()) {
      auto const text = ui.tr("resident.sign.read", fmt::arg("pages", state.pages));
      ui::banner(ui, canvas.sub("read"), {.tone = ui::Tone::info, .title = text, .icon = "menu_book"});
    }
    if (ui::signature_pad(ui, canvas.sub("pad"), canvas.memory.ink,
                          {.label = canvas.tr("resident.sign.here"),
                           .hint = canvas.tr("resident.sign.hint"),
                           .height = upright ? 90.0F : 78.0F}))
      canvas.emit(SignatureChanged{signature_of(canvas.memory.ink, state.document)});
  };
  canvas.page(
      spec,
      [&] {
        if (!upright) {
          ui::columns(ui, {1, 1}, [&](std::size_t column) {
            column == 0 ? document(std::min(ui::height_left(ui), k_most_landscape)) : pen();
          });
          return;
        }
        float const least = 150;
        float const room = ui::height_left(ui) - ui::measure(ui, pen) - ui.metrics().gap_mm();
        document(room > k_most_portrait ? k_scrolled : std::max(room, least));
        pen();
      },
      flows::Next{}, TakeTicket{});
}

}  // namespace yizhan::resident
