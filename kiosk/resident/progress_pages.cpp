// "My cases": the list, the way of one case part by part, withdrawing it.
#include <algorithm>

#include "kiosk/resident/page.h"
#include "shared/domain/cases/case_number.h"

namespace yizhan::resident {

using namespace flows::progress;
using flows::ProgressFlow;

namespace {

/// A part as this machine or the platform knows it; the platform knows more of what came after the submission.
struct PartView {
  int number = 1;
  std::string item;
  cases::State state = cases::State::submitted;
  cases::Outcome outcome = cases::Outcome::none;
  std::optional<calendar::Due> due;
  std::optional<calendar::Due> supplement_due;
  std::vector<std::string> materials;  // asked for
  struct Step {
    cases::Act act;
    WallTime at;
    std::string reason;
  };
  std::vector<Step> steps;
};

PartView of_here(flows::CaseView const& view, std::size_t index) {
  auto const& part = view.what.parts[index];
  PartView made{part.number, part.item, part.state, part.outcome, {}, {}, {}, {}};
  if (index < view.due.size()) made.due = view.due[index];
  if (index < view.supplement_due.size()) made.supplement_due = view.supplement_due[index];
  made.materials = flows::asked_materials(view, part.number);
  for (auto const& step : part.steps) made.steps.push_back({step.act, step.at, step.reason});
  return made;
}

PartView of_there(cases::RemotePart const& part) {
  PartView made{part.number, part.item, part.state, part.outcome, {}, {}, {}, {}};
  if (part.due) made.due = calendar::Due{*part.due, part.provisional};
  if (part.supplement) {
    made.materials = part.supplement->materials;
    if (part.supplement->until) made.supplement_due = calendar::Due{*part.supplement->until, false};
  }
  for (auto const& step : part.steps) made.steps.push_back({step.act, step.at, step.reason});
  return made;
}

std::vector<PartView> parts_of(Entry const& entry) {
  std::vector<PartView> parts;
  if (entry.there && (!entry.here || entry.there->parts.size() >= entry.here->what.parts.size())) {
    for (auto const& part : entry.there->parts) parts.push_back(of_there(part));
  } else if (entry.here) {
    for (std::size_t i = 0; i < entry.here->what.parts.size(); ++i) parts.push_back(of_here(*entry.here, i));
  }
  return parts;
}

/// What happened, then where it stands, then what is still to come.
void way_of(Canvas const& canvas, std::string const& key, PartView const& part) {
  std::vector<std::string> words;
  std::vector<ui::TimelineEntry> entries;
  words.reserve(part.steps.size() * 2 + 4);
  auto const keep = [&](std::string text) -> std::string_view { return words.emplace_back(std::move(text)); };
  for (std::size_t i = 0; i < part.steps.size(); ++i) {
    auto const& step = part.steps[i];
    bool const last = i + 1 == part.steps.size() && is_over(part.state);
    bool const bad = last && (part.state == cases::State::refused || part.outcome == cases::Outcome::denied);
    entries.push_back({.title = last ? state_text(canvas, part.state, part.outcome)
                                     : canvas.tr(std::string("case.act.") + cases::to_string(step.act)),
                       .date = keep(moment_text(canvas, step.at)),
                       .line = keep(reason_text(canvas, step.reason)),
                       .state = bad ? ui::Step::State::failed : ui::Step::State::done});
  }
  if (!is_over(part.state)) {
    std::string line;
    if (part.supplement_due)
      line = canvas.ui.tr("resident.progress.bring_until", fmt::arg("day", due_text(canvas, *part.supplement_due)));
    else if (part.due)
      line = canvas.ui.tr("resident.progress.done_until", fmt::arg("day", due_text(canvas, *part.due)));
    entries.push_back(
        {.title = state_text(canvas, part.state), .date = {}, .line = keep(line), .state = ui::Step::State::now});
    entries.push_back(
        {.title = canvas.tr("case.state.decided"), .date = {}, .line = {}, .state = ui::Step::State::later});
  }
  ui::timeline(canvas.ui, key, entries);
}

void part_panel(Canvas const& canvas, ProgressFlow const& flow, Entry const& entry, PartView const& part,
                bool several) {
  auto& ui = canvas.ui;
  auto const key = canvas.sub(fmt::format("part.{}", part.number));
  ui::panel(ui, {}, [&] {
    if (several) {
      ui::heading(ui, key, service_name(canvas, part.item));
      auto const* item = canvas.flow.catalog().find(part.item);
      if (item != nullptr && !item->department.empty())
        ui::text(ui, key + ".department", canvas.in(item->department), {.soft = true});
    }
    way_of(canvas, key + ".way", part);
    if (part.materials.empty()) return;
    std::string names;
    for (auto const& material : part.materials)
      names += (names.empty() ? "" : canvas.chinese() ? "、" : ", ") + material_name(canvas, material);
    ui::banner(ui, key + ".asked",
               {.tone = ui::Tone::warning, .title = canvas.tr("resident.progress.asked"), .text = names});
    if (flow.may_supplement(entry, part.number) &&
        ui::button(ui, key + ".supplement",
                   {.label = canvas.tr("resident.progress.supplement"), .icon = "add_a_photo"}))
      canvas.emit(SupplementChosen{part.number});
  });
}

void platform_banner(Canvas const& canvas, ProgressFlow const& flow) {
  auto& ui = canvas.ui;
  if (flow.platform() == Platform::asked)
    return ui::progress(ui, canvas.sub("asking"), canvas.tr("resident.progress.asking"), -1);
  if (flow.platform() != Platform::away) return;
  auto const when = flow.as_of() ? moment_text(canvas, *flow.as_of()) : std::string();
  auto const text = when.empty() ? std::string(canvas.tr("resident.progress.away.detail"))
                                 : ui.tr("resident.progress.as_of", fmt::arg("when", when));
  if (ui::banner(ui, canvas.sub("away"),
                 {.tone = ui::Tone::warning,
                  .title = canvas.tr("resident.progress.away"),
                  .text = text,
                  .action = canvas.tr("resident.problem.retry"),
                  .icon = "cloud_off"}))
    canvas.emit(LookAgain{});
}

cases::Outcome outcome_of(Entry const& entry) {
  auto const parts = parts_of(entry);
  return parts.size() == 1 ? parts.front().outcome : cases::Outcome::none;
}

void number_row(Canvas const& canvas, ProgressFlow const& flow, Entry const& entry) {
  auto const masked = entry.number().find_first_not_of("0123456789") == std::string::npos
                          ? cases::masked(entry.number())
                          : entry.number();
  auto const label = canvas.tr("resident.receipt.number");
  if (flow.by_card() && entry.here)
    private_value(canvas, "number", label, masked, cases::grouped(entry.number()));
  else
    ui::key_value(canvas.ui, canvas.sub("number"), label, masked);
}

}  // namespace

void draw(Canvas const& canvas, ProgressFlow const&, Looking const&) {
  waiting_page(canvas, canvas.tr("resident.progress.title"), canvas.tr("resident.looking"));
}

void draw(Canvas const& canvas, ProgressFlow const& flow, List const&) {
  auto& ui = canvas.ui;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.progress.title"),
                            .back = canvas.tr("resident.leave"),
                            .back_icon = "logout",
                            .primary = canvas.tr("resident.progress.services")};
  canvas.page(spec, [&] {
    platform_banner(canvas, flow);
    auto const& drafts = flow.drafts();
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      auto const when = moment_text(canvas, drafts[i].updated_at);
      if (ui::list_row(ui, canvas.sub(fmt::format("draft.{}", i)),
                       {.title = service_name(canvas, drafts[i].matter),
                        .line = ui.tr("resident.progress.draft", fmt::arg("when", when)),
                        .trailing = canvas.tr("resident.draft.continue"),
                        .icon = "edit_note",
                        .tone = ui::Tone::warning}))
        canvas.emit(DraftChosen{drafts[i].id});
    }
    auto const& entries = flow.entries();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto const& entry = entries[i];
      auto const outcome = outcome_of(entry);
      auto const look = look_of(entry.state(), outcome);
      auto const when = moment_text(canvas, entry.submitted_at());
      if (ui::list_row(ui, canvas.sub(fmt::format("case.{}", i)),
                       {.title = service_name(canvas, entry.matter()),
                        .line = ui.tr("resident.progress.submitted", fmt::arg("when", when)),
                        .trailing = state_text(canvas, entry.state(), outcome),
                        .icon = look.icon,
                        .tone = look.tone}))
        canvas.emit(EntryChosen{i});
    }
    if (!entries.empty() || !drafts.empty() || flow.platform() == Platform::asked) return;
    ui::middle(ui, [&] {
      instruction(canvas, "search_off", canvas.tr("resident.progress.none"),
                  canvas.tr("resident.progress.none.detail"));
    });
  });
}

void draw(Canvas const& canvas, ProgressFlow const& flow, Detail const& state) {
  auto& ui = canvas.ui;
  auto const& entry = flow.entries()[state.entry];
  auto parts = parts_of(entry);
  // What waits for the resident is to be seen without scrolling.
  std::stable_partition(parts.begin(), parts.end(), [](auto const& part) { return !part.materials.empty(); });
  bool const rate = flow.may_rate(entry);
  auto const name = service_name(canvas, entry.matter());
  ui::ScreenSpec const spec{
      .key = canvas.key,
      .title = name,
      .back = canvas.tr("resident.back"),
      .primary = rate ? canvas.tr("resident.receipt.rate") : std::string_view(),
      .primary_icon = "rate_review",
      .secondary = flow.may_withdraw(entry) ? canvas.tr("resident.progress.withdraw") : std::string_view(),
      .secondary_icon = "undo"};
  auto const head = [&] {
    if (!state.problem.empty()) problem_banner(canvas, "problem", state.problem);
    auto const outcome = outcome_of(entry);
    auto const look = look_of(entry.state(), outcome);
    ui::banner(ui, canvas.sub("state"),
               {.tone = look.tone, .title = state_text(canvas, entry.state(), outcome), .icon = look.icon});
    platform_banner(canvas, flow);
    ui::panel(ui, {}, [&] {
      number_row(canvas, flow, entry);
      auto const when = moment_text(canvas, entry.submitted_at());
      if (!when.empty()) ui::key_value(ui, canvas.sub("when"), canvas.tr("resident.progress.when"), when);
      if (parts.size() < 2) return;
      auto const over = std::ranges::count_if(parts, [](auto const& part) { return is_over(part.state); });
      ui::progress(ui, canvas.sub("overall"),
                   ui.tr("resident.progress.overall", fmt::arg("ended", over), fmt::arg("parts", parts.size())),
                   static_cast<float>(over) / static_cast<float>(parts.size()));
    });
  };
  auto const ways = [&] {
    for (auto const& part : parts) part_panel(canvas, flow, entry, part, parts.size() > 1);
  };
  canvas.page(
      spec,
      [&] {
        if (canvas.portrait()) {
          head();
          ways();
        } else {
          ui::columns(ui, {2, 3}, [&](std::size_t column) { column == 0 ? head() : ways(); });
        }
      },
      RateChosen{}, WithdrawChosen{});
}

void draw(Canvas const& canvas, ProgressFlow const& flow, ConfirmWithdraw const& state) {
  auto& ui = canvas.ui;
  auto const& entry = flow.entries()[state.entry];
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.withdraw.title"),
                            .back = canvas.tr("resident.withdraw.keep"),
                            .primary = canvas.tr("resident.withdraw.do"),
                            .primary_icon = "undo",
                            .primary_enabled = !state.sent};
  canvas.page(spec, [&] {
    ui::middle(ui, [&] {
      instruction(canvas, "undo", service_name(canvas, entry.matter()), canvas.tr("resident.withdraw.what"),
                  ui::Tone::warning);
      if (state.sent) ui::progress(ui, canvas.sub("progress"), canvas.tr("resident.withdraw.sent"), -1);
    });
  });
}

void draw(Canvas const& canvas, ProgressFlow const&, Problem const& state) {
  problem_page(canvas, state.code, state.retry);
}

}  // namespace yizhan::resident
