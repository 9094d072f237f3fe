#include "kiosk/resident/page.h"

namespace yizhan::resident {

using namespace flows::resident;

namespace {

void unprinted_banners(Canvas const& canvas) {
  constexpr std::size_t k_most = 3;
  for (std::size_t i = 0; i < std::min(canvas.flow.unprinted.size(), k_most); ++i) {
    auto const& ticket = canvas.flow.unprinted[i];
    auto const title = canvas.ui.tr("resident.home.unprinted", fmt::arg("number", ticket.number));
    if (ui::banner(canvas.ui, canvas.sub("unprinted." + ticket.number),
                   {.tone = ui::Tone::warning, .title = title, .action = canvas.tr("resident.home.reprint")})) {
      canvas.emit(ReprintChosen{ticket.ticket});
    }
  }
}

void queue_panel(Canvas const& canvas) {
  ui::panel(canvas.ui, {}, [&] {
    ui::heading(canvas.ui, canvas.sub("queues"), canvas.tr("resident.home.queues"), ui::TextRole::strong);
    for (auto const& length : canvas.flow.queue_lengths) {
      std::string name(1, length.queue);
      for (auto const& queue : canvas.flow.catalog().queues) {
        if (queue.letter == length.queue) name += "  " + (canvas.chinese() ? queue.name_zh : queue.name_en);
      }
      auto const value = length.waiting == 0 ? std::string(canvas.tr("resident.home.nobody_waits"))
                                             : canvas.ui.tr("resident.home.waiting", fmt::arg("count", length.waiting),
                                                            fmt::arg("wait", wait_text(canvas.ui, length.wait)));
      ui::key_value(canvas.ui, canvas.sub(std::string("queue.") + length.queue), name, value);
    }
  });
}

}  // namespace

void draw(Canvas const& canvas, Welcome const&) {
  auto& ui = canvas.ui;
  ui::ScreenSpec const spec{
      .key = canvas.key,
      .title = canvas.tr("resident.home.title"),
      .lead = canvas.tr(canvas.flow.reader_usable ? "resident.home.lead" : "resident.home.lead.buttons")};
  auto const choices = [&] {
    unprinted_banners(canvas);
    if (!canvas.flow.reader_usable)
      ui::banner(ui, canvas.sub("reader"),
                 {.tone = ui::Tone::warning,
                  .title = canvas.tr("resident.away.reader"),
                  .text = canvas.tr("resident.away.reader.home")});
    struct Choice {
      Purpose purpose;
      char const* key;
      char const* icon;
      char const* text;
    };
    static constexpr Choice k_choices[] = {
        {Purpose::take_ticket, "take_ticket", "touch_app", "resident.home.take"},
        {Purpose::progress, "progress", "manage_search", "resident.home.progress"},
        {Purpose::find_ticket, "find_ticket", "confirmation_number", "resident.home.find"},
        {Purpose::rate, "rate", "rate_review", "resident.home.rate"},
    };
    std::vector<std::string> keys;
    std::vector<ui::CardSpec> cards;
    keys.reserve(std::size(k_choices));
    for (auto const& choice : k_choices) {
      keys.push_back(canvas.sub(choice.key));
      cards.push_back({.key = keys.back(),
                       .icon = choice.icon,
                       .name = canvas.tr(choice.text),
                       .line = canvas.tr(std::string(choice.text) + ".line"),
                       .prominent = choice.purpose == Purpose::take_ticket});
    }
    if (ui::card(ui, cards.front())) canvas.emit(Begin{Purpose::take_ticket});
    if (auto const chosen = ui::card_grid(ui, 1, std::span(cards).subspan(1))) {
      canvas.emit(Begin{k_choices[*chosen + 1].purpose});
    }
  };
  auto const facts = [&] {
    queue_panel(canvas);
    ui::panel(ui, {.tone = ui::Tone::info, .shadow = false}, [&] {
      ui::heading(ui, canvas.sub("papers.title"), canvas.tr("resident.home.papers"), ui::TextRole::strong);
      ui::text(ui, canvas.sub("papers"), canvas.around.papers);
    });
  };
  canvas.page(spec, [&] {
    if (ui.metrics().portrait()) {
      choices();
      facts();
    } else {
      ui::columns(ui, {1, 1}, [&](std::size_t column) { column == 0 ? choices() : facts(); });
    }
  });
}

}  // namespace yizhan::resident
