// 好差评: five faces, then why. Nothing is chosen before somebody chooses, and every page can be left.
#include <algorithm>

#include "kiosk/resident/page.h"
#include "shared/domain/feedback/evaluation.h"

namespace yizhan::resident {

using namespace flows::rating;
using flows::RatingFlow;

namespace {

std::string lead_of(Canvas const& canvas, RatingFlow const& flow) {
  auto const* what = flow.what();
  return what == nullptr ? std::string() : service_name(canvas, what->matter);
}

void waits(Canvas const& canvas, std::string_view what) {
  waiting_page(canvas, canvas.tr("resident.rating.title"), what);
}

}  // namespace

void draw(Canvas const& canvas, RatingFlow const&, Looking const&) { waits(canvas, canvas.tr("resident.looking")); }

void draw(Canvas const& canvas, RatingFlow const& flow, ChooseWhat const&) {
  auto& ui = canvas.ui;
  auto const& ratables = flow.ratables();
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.rating.what"),
                            .back = canvas.tr("resident.leave"),
                            .back_icon = "logout",
                            .primary = ratables.empty() ? canvas.tr("resident.ticket.done") : std::string_view(),
                            .primary_icon = "check"};
  canvas.page(spec, [&] {
    if (ratables.empty()) {
      ui::middle(ui, [&] {
        instruction(canvas, "rate_review", canvas.tr("resident.rating.none"), canvas.tr("resident.rating.none.detail"));
      });
      return;
    }
    std::vector<std::string> keys;
    std::vector<std::string> names;
    std::vector<ui::CardSpec> cards;
    for (std::size_t i = 0; i < ratables.size(); ++i) {
      keys.push_back(canvas.sub(std::to_string(i)));
      names.push_back(service_name(canvas, ratables[i].matter));
    }
    for (std::size_t i = 0; i < ratables.size(); ++i) {
      bool const visit = ratables[i].about == flows::Ratable::About::visit;
      cards.push_back({.key = keys[i],
                       .icon = visit ? "storefront" : "description",
                       .name = names[i],
                       .line = ratables[i].label,
                       .note = canvas.tr(visit ? "resident.rating.visit" : "resident.rating.case")});
    }
    if (auto const chosen = choices(canvas, canvas.portrait() ? 1 : 2, cards)) canvas.emit(RatableChosen{*chosen});
  });
}

void draw(Canvas const& canvas, RatingFlow const& flow, Grade const&) {
  auto const lead = lead_of(canvas, flow);
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.rating.grade"),
                            .lead = lead,
                            .back = canvas.tr("resident.back"),
                            .secondary = canvas.tr("resident.rating.skip")};
  canvas.page(
      spec,
      [&] {
        std::vector<std::string> keys;
        std::vector<ui::FaceSpec> faces;
        keys.reserve(feedback::k_grades.size());
        for (auto const grade : feedback::k_grades) {
          auto const number = std::to_string(static_cast<int>(grade));
          keys.push_back(canvas.sub(number));
          faces.push_back({keys.back(), canvas.tr("evaluation.grade." + number)});
        }
        if (auto const grade = ui::face_rating(canvas.ui, faces)) canvas.emit(GradeChosen{*grade});
      },
      flows::Next{}, Skip{});
}

void draw(Canvas const& canvas, RatingFlow const&, Options const& state) {
  auto& ui = canvas.ui;
  auto const grade = feedback::grade_of(state.grade);
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.rating.why"),
                            .lead = canvas.tr("resident.rating.why.lead"),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr("resident.rating.send"),
                            .primary_icon = "send",
                            .secondary = canvas.tr("resident.rating.no_reason")};
  canvas.page(
      spec,
      [&] {
        std::vector<std::string> keys;
        std::vector<ui::ChoiceSpec> boxes;
        auto const codes = grade ? feedback::options(*grade) : std::span<std::string_view const>();
        keys.reserve(codes.size());
        for (auto const code : codes) {
          keys.push_back(canvas.sub(code));
          boxes.push_back({.key = keys.back(),
                           .text = canvas.tr("evaluation.option." + std::string(code)),
                           .selected = std::ranges::find(state.chosen, code) != state.chosen.end()});
        }
        auto const used =
            ui::choice_list(ui, canvas.sub("options"),
                            {.several = true, .across = canvas.portrait() ? 1U : 2U, .most = codes.size() + 1}, boxes);
        if (used) canvas.emit(OptionToggled{std::string(codes[*used])});
      },
      flows::Next{}, Skip{});
}

void draw(Canvas const& canvas, RatingFlow const&, Sending const&) {
  waits(canvas, canvas.tr("resident.rating.sending"));
}

void draw(Canvas const& canvas, RatingFlow const&, Thanks const& state) {
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.rating.title"),
                            .primary = canvas.tr("resident.ticket.done"),
                            .primary_icon = "check"};
  canvas.page(spec, [&] {
    ui::middle(canvas.ui, [&] {
      auto const detail = state.follow_up ? canvas.ui.tr("resident.rating.follow_up",
                                                         fmt::arg("day", due_text(canvas, *state.follow_up)))
                                          : std::string(canvas.tr("resident.rating.thanks.detail"));
      instruction(canvas, "volunteer_activism", canvas.tr("resident.rating.thanks"), detail, ui::Tone::good);
    });
  });
}

void draw(Canvas const& canvas, RatingFlow const&, Problem const& state) {
  problem_page(canvas, state.code, state.retry.has_value());
}

}  // namespace yizhan::resident
