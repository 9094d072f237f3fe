// Parts that pages share.
#include "kiosk/resident/page.h"

namespace yizhan::resident {

std::optional<std::size_t> choices(Canvas const& canvas, std::size_t across, std::span<ui::CardSpec const> cards) {
  constexpr std::size_t k_most = 6;
  auto& first = canvas.memory.first;
  if (first >= cards.size()) first = 0;
  auto const begin = first;
  auto const shown = cards.subspan(begin, std::min(k_most, cards.size() - begin));
  auto const used = ui::card_grid(canvas.ui, across, shown);
  if (cards.size() > k_most) {
    auto const pages = (cards.size() + k_most - 1) / k_most;
    auto const label = canvas.ui.tr("resident.more", fmt::arg("page", begin / k_most + 1), fmt::arg("pages", pages));
    if (ui::button(canvas.ui, canvas.sub("more"), {.label = label, .icon = "more_horiz"})) {
      first = begin + k_most < cards.size() ? begin + k_most : 0;
      canvas.ui.request_frames(2);
    }
  }
  if (!used) return std::nullopt;
  return begin + *used;
}

void instruction(Canvas const& canvas, std::string_view icon, std::string_view text, std::string_view detail,
                 ui::Tone tone) {
  float const size = canvas.portrait() ? 90.0F : 70.0F;
  ui::row(canvas.ui, ui::Align::centre, [&] { ui::icon(canvas.ui, canvas.sub("icon"), icon, {}, tone, size); });
  ui::heading(canvas.ui, canvas.sub("what"), text, ui::TextRole::title, ui::Align::centre);
  if (!detail.empty()) ui::text(canvas.ui, canvas.sub("detail"), detail, {.align = ui::Align::centre, .soft = true});
}

void problem_banner(Canvas const& canvas, std::string_view key, std::string_view code, ui::Tone tone) {
  auto const title = canvas.tr("error." + std::string(code));
  auto const remedy = canvas.tr("remedy." + std::string(code));
  ui::banner(canvas.ui, canvas.sub(key), {.tone = tone, .title = title, .text = remedy});
}

void problem_page(Canvas const& canvas, std::string_view code, ui::ScreenSpec const& spec) {
  canvas.page(spec, [&] {
    ui::middle(canvas.ui, [&] {
      ui::row(canvas.ui, ui::Align::centre,
              [&] { ui::icon(canvas.ui, canvas.sub("icon"), "report_problem", {}, ui::Tone::warning, 80); });
      ui::heading(canvas.ui, canvas.sub("what"), canvas.tr("error." + std::string(code)), ui::TextRole::title,
                  ui::Align::centre);
      ui::text(canvas.ui, canvas.sub("remedy"), canvas.tr("remedy." + std::string(code)), {.align = ui::Align::centre});
    });
  });
}

void problem_page(Canvas const& canvas, std::string_view code, bool retry) {
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.problem.title"),
                            .back = canvas.tr(retry ? "resident.back" : "resident.leave"),
                            .back_icon = retry ? "arrow_back" : "logout",
                            .primary = canvas.tr(retry ? "resident.problem.retry" : "resident.ticket.done"),
                            .primary_icon = retry ? "refresh" : "check"};
  problem_page(canvas, code, spec);
}

void waiting_page(Canvas const& canvas, std::string_view title, std::string_view what) {
  canvas.page({.key = canvas.key, .title = title},
              [&] { ui::middle(canvas.ui, [&] { ui::progress(canvas.ui, canvas.sub("progress"), what, -1); }); });
}

void private_value(Canvas const& canvas, std::string_view key, std::string_view label, std::string_view masked,
                   std::string_view full) {
  if (canvas.around.show_on_hold)
    ui::masked_value(canvas.ui, canvas.sub(key), label, masked, full);
  else
    ui::key_value(canvas.ui, canvas.sub(key), label, masked);
}

std::string_view printer_reason(Canvas const& canvas, std::string_view code) {
  return canvas.tr(code == "device_absent" ? std::string("resident.print.absent") : "error." + std::string(code));
}

void away_notice(Canvas const& canvas, std::string_view device, std::string_view detail) {
  ui::middle(canvas.ui, [&] {
    instruction(canvas, "report_problem", canvas.tr("resident.away." + std::string(device)),
                canvas.tr("resident.away." + std::string(detail)), ui::Tone::warning);
  });
}

namespace {

void printing_banner(Canvas const& canvas, std::string const& paper, flows::Printing printing,
                     std::string_view problem) {
  auto const key = canvas.sub("printed." + paper);
  auto const text = [&](char const* what) { return canvas.tr("resident.print." + paper + "." + what); };
  switch (printing) {
    case flows::Printing::none: return;
    case flows::Printing::waiting: ui::progress(canvas.ui, key, text("waiting"), -1); return;
    case flows::Printing::printed:
      ui::banner(canvas.ui, key, {.tone = ui::Tone::good, .title = text("printed"), .icon = "receipt_long"});
      return;
    case flows::Printing::failed:
    case flows::Printing::unknown: break;
  }
  auto const reason = problem.empty() ? std::string_view() : printer_reason(canvas, problem);
  auto const title = text(printing == flows::Printing::failed ? "failed" : "unknown");
  ui::banner(canvas.ui, key, {.tone = ui::Tone::warning, .title = title, .text = reason});
}

}  // namespace

void slip_banner(Canvas const& canvas, flows::Printing printing, std::string_view problem) {
  printing_banner(canvas, "slip", printing, problem);
}

void document_banner(Canvas const& canvas, flows::Printing printing, std::string_view problem) {
  // A printer that stands still has a while to go on: until then the job is neither printed nor lost.
  if (printing == flows::Printing::waiting && !canvas.flow.document_printer_usable) {
    ui::banner(canvas.ui, canvas.sub("printed.document"),
               {.tone = ui::Tone::warning,
                .title = canvas.tr("resident.away.document_printer"),
                .text = canvas.tr("resident.away.document_printer.detail")});
    return;
  }
  printing_banner(canvas, "document", printing, problem);
}

}  // namespace yizhan::resident
