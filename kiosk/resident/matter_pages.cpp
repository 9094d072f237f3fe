// A matter before and beside its form: what it is, the questions, whose card, drafts, waiting, problems.
#include "kiosk/resident/page.h"
#include "shared/domain/cases/case_number.h"

namespace yizhan::resident {

using namespace flows::matter;
using flows::MatterFlow;

namespace {

struct Fact {
  std::string key;
  std::string label;
  std::string value;
};

void fact_panel(Canvas const& canvas, std::vector<Fact> const& facts) {
  ui::panel(canvas.ui, {}, [&] {
    for (auto const& fact : facts) {
      if (!fact.value.empty()) ui::key_value(canvas.ui, canvas.sub(fact.key), fact.label, fact.value);
    }
  });
}

std::string joined(Canvas const& canvas, std::vector<catalog::Text> const& texts) {
  std::string all;
  for (auto const& text : texts) all += (all.empty() ? "" : canvas.chinese() ? "；" : "; ") + canvas.in(text);
  return all;
}

std::string where_text(Canvas const& canvas, std::vector<catalog::Place> const& places) {
  std::string all;
  for (auto const& place : places) {
    auto const word = canvas.tr(std::string("channel.") + catalog::to_string(place.channel));
    if (all.find(word) != std::string::npos) continue;
    all += (all.empty() ? "" : canvas.chinese() ? "、" : ", ") + std::string(word);
  }
  return all;
}

/// The facts people ask for at the counter, in that order.
std::vector<Fact> facts_of(Canvas const& canvas, catalog::ServiceItem const& item) {
  std::vector<Fact> facts;
  auto const add = [&](char const* key, std::string value) {
    facts.push_back({key, std::string(canvas.tr(std::string("resident.about.") + key)), std::move(value)});
  };
  add("who", joined(canvas, item.conditions));
  add("period", item.instant ? std::string(canvas.tr("paper.period.instant")) : period_text(canvas, item.promise));
  if (!item.instant && item.legal.count > 0) add("legal", period_text(canvas, item.legal));
  add("fee", item.charged ? canvas.in(item.fee) : std::string(canvas.tr("paper.fee.free")));
  add("where", where_text(canvas, item.places));
  add("result", canvas.in(item.result));
  add("department", canvas.in(item.department));
  return facts;
}

void parts_panel(Canvas const& canvas, catalog::Bundle const& bundle) {
  ui::panel(canvas.ui, {}, [&] {
    ui::heading(canvas.ui, canvas.sub("parts"), canvas.tr("resident.about.parts"), ui::TextRole::strong);
    for (auto const& part : bundle.parts) {
      auto const* item = canvas.flow.catalog().find(part.item);
      if (item == nullptr) continue;
      ui::list_row(canvas.ui, canvas.sub("part." + part.item),
                   {.title = canvas.in(item->name),
                    .line = canvas.in(item->department),
                    .icon = item->icon,
                    .chevron = false,
                    .interactive = false});
    }
  });
}

}  // namespace

void draw(Canvas const& canvas, MatterFlow const& flow, About const&) {
  auto const what = flow.what();
  ui::ScreenSpec const spec{
      .key = canvas.key,
      .title = canvas.in(what.name()),
      .lead = canvas.in(what.hint()),
      .back = canvas.tr("resident.back"),
      .primary = canvas.tr("resident.about.next"),
      .secondary = flow.can_take_ticket() ? canvas.tr("resident.about.ticket") : std::string_view(),
      .secondary_icon = "confirmation_number"};
  canvas.page(
      spec,
      [&] {
        if (what.bundle != nullptr) {
          ui::banner(canvas.ui, canvas.sub("bundle"),
                     {.tone = ui::Tone::info, .title = canvas.tr("resident.about.bundle"), .icon = "inventory_2"});
          parts_panel(canvas, *what.bundle);
        } else if (what.item != nullptr) {
          fact_panel(canvas, facts_of(canvas, *what.item));
        }
      },
      flows::Next{}, TakeTicket{});
}

void draw(Canvas const& canvas, MatterFlow const& flow, Asking const& state) {
  auto const what = flow.what();
  catalog::Question const* question = nullptr;
  for (auto const& one : what.questions()) {
    if (one.id == state.question) question = &one;
  }
  if (question == nullptr) return waiting_page(canvas, canvas.in(what.name()), canvas.tr("resident.looking"));
  auto const chosen = flow.answer(state.question);
  auto const [place, count] = flow.question_place();
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.in(question->text),
                            .lead = canvas.in(question->hint),
                            .back = canvas.tr("resident.back"),
                            .primary = chosen.empty() ? std::string_view() : canvas.tr("resident.next"),
                            .step = place,
                            .steps = count};
  canvas.page(spec, [&] {
    std::vector<ui::CardSpec> cards;
    std::vector<std::string> keys;
    keys.reserve(question->choices.size());
    for (auto const& choice : question->choices) {
      keys.push_back(canvas.sub(choice.id));
      cards.push_back({.key = keys.back(),
                       .icon = choice.icon,
                       .name = canvas.in(choice.text),
                       .line = canvas.in(choice.hint),
                       .selected = choice.id == chosen});
    }
    if (auto const used = choices(canvas, canvas.portrait() ? 1 : 2, cards)) {
      canvas.emit(AnswerChosen{state.question, question->choices[*used].id});
    }
  });
}

void draw(Canvas const& canvas, MatterFlow const& flow, NeedCard const& state) {
  auto& ui = canvas.ui;
  ui::ScreenSpec const spec{
      .key = canvas.key,
      .title = canvas.tr(canvas.flow.reader_usable ? "resident.need_card.title" : "resident.away.title"),
      .lead = canvas.tr("resident.need_card.lead"),
      .back = canvas.tr("resident.back"),
      .secondary = flow.can_take_ticket() ? canvas.tr("resident.about.ticket") : std::string_view(),
      .secondary_icon = "confirmation_number"};
  canvas.page(
      spec,
      [&] {
        if (!canvas.flow.reader_usable) {
          return away_notice(canvas, "reader",
                             flow.can_take_ticket() ? "need_card.detail" : "need_card.detail.no_ticket");
        }
        if (!state.problem.empty()) problem_banner(canvas, "problem", state.problem);
        ui::middle(ui, [&] {
          if (state.reading) {
            instruction(canvas, "badge", canvas.tr("resident.card.reading"), canvas.tr("resident.card.reading.detail"));
            ui::progress(ui, canvas.sub("progress"), canvas.tr("resident.card.reading.progress"), -1);
          } else {
            instruction(canvas, "badge", canvas.tr("resident.card.place"), canvas.tr("resident.card.place.detail"));
          }
        });
      },
      flows::Next{}, TakeTicket{});
}

void draw(Canvas const& canvas, MatterFlow const& flow, Looking const&) {
  waiting_page(canvas, canvas.in(flow.what().name()), canvas.tr("resident.looking"));
}

void draw(Canvas const& canvas, MatterFlow const& flow, DraftFound const& state) {
  auto& ui = canvas.ui;
  bool const draft = state.draft.has_value();
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr(draft ? "resident.draft.title" : "resident.draft.submitted"),
                            .lead = canvas.in(flow.what().name()),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr(draft ? "resident.draft.continue" : "resident.draft.receipt"),
                            .secondary = canvas.tr(draft ? "resident.draft.anew" : "resident.draft.again"),
                            .secondary_icon = "restart_alt"};
  canvas.page(
      spec,
      [&] {
        ui::middle(ui, [&] {
          instruction(canvas, draft ? "edit_note" : "receipt_long",
                      canvas.tr(draft ? "resident.draft.what" : "resident.draft.submitted.what"),
                      canvas.tr(draft ? "resident.draft.detail" : "resident.draft.submitted.detail"));
          auto const when = moment_text(canvas, draft ? state.draft->updated_at : state.submitted->what.submitted_at);
          ui::panel(ui, {}, [&] {
            if (!when.empty())
              ui::key_value(ui, canvas.sub("when"),
                            canvas.tr(draft ? "resident.draft.when" : "resident.draft.submitted.when"), when);
            if (draft) return;
            ui::key_value(ui, canvas.sub("number"), canvas.tr("resident.receipt.number"),
                          cases::masked(state.submitted->what.number));
            ui::key_value(ui, canvas.sub("state"), canvas.tr("resident.progress.state"),
                          state_text(canvas, state.submitted->overall.state));
          });
        });
      },
      flows::Next{}, BeginAnew{});
}

void draw(Canvas const& canvas, MatterFlow const&, Composing const&) {
  waiting_page(canvas, canvas.tr("resident.composing.title"), canvas.tr("resident.composing.what"));
}

void draw(Canvas const& canvas, MatterFlow const&, Submitting const&) {
  waiting_page(canvas, canvas.tr("resident.submitting.title"), canvas.tr("resident.submitting.what"));
}

void draw(Canvas const& canvas, MatterFlow const&, Problem const& state) {
  problem_page(canvas, state.code, state.retry != Problem::Retry::none);
}

}  // namespace yizhan::resident
