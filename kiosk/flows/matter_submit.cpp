// Review, the document and its signature, submission, receipt.
#include <algorithm>
#include <cmath>

#include "kiosk/flows/matter_step.h"
#include "shared/domain/cases/case_number.h"

namespace yizhan::flows {

using namespace matter;
using Effects = MatterFlow::Step::Effects;

namespace {

/// Neither a dot nor a dash that a sleeve leaves: 30 mm of line over a field of at least 10 mm.
bool enough(cases::Signature const& signature) {
  constexpr double k_length = 30'000;
  constexpr int k_extent = 10'000;
  double length = 0;
  int left = 0;
  int right = 0;
  int top = 0;
  int bottom = 0;
  bool first = true;
  for (auto const& stroke : signature.strokes) {
    for (std::size_t i = 0; i < stroke.size(); ++i) {
      auto const& point = stroke[i];
      left = first ? point.x : std::min(left, point.x);
      right = first ? point.x : std::max(right, point.x);
      top = first ? point.y : std::min(top, point.y);
      bottom = first ? point.y : std::max(bottom, point.y);
      first = false;
      if (i > 0) length += std::hypot(point.x - stroke[i - 1].x, point.y - stroke[i - 1].y);
    }
  }
  return length >= k_length && std::max(right - left, bottom - top) >= k_extent;
}

/// Trying the same again helps only where the office could not.
Problem::Retry after_refusal(std::string const& code) {
  if (code == "form_incomplete" || code == "materials_incomplete") return Problem::Retry::review;
  if (code == "signature_missing" || code == "signature_of_other_document") return Problem::Retry::compose;
  if (code == "matter_not_here" || code == "case_unknown" || code == "case_act_out_of_order") {
    return Problem::Retry::none;
  }
  return Problem::Retry::submit;
}

}  // namespace

// --- review ---------------------------------------------------------------------------------------------------------

Effects MatterFlow::Step::on(Review& state, Next) {
  state.problems.clear();
  state.missing.clear();
  if (flow.m_form && !flow.m_case) state.problems = flow.m_form->problems();
  for (auto const& row : flow.rows()) {
    if (row.missing) state.missing.push_back(row.material.id);
  }
  if (!state.problems.empty() || !state.missing.empty()) return effects(say("speech.form_problems"));
  return flow.m_case ? submit() : compose();
}
Effects MatterFlow::Step::on(Review&, Back) {
  if (!flow.rows().empty()) return to_materials();
  return to_last_section();
}
Effects MatterFlow::Step::on(Review&, SectionChosen event) {
  if (!flow.m_form || flow.m_case) return {};
  for (auto const* section : flow.m_form->sections()) {
    if (section->id == event.section) return to_section(section->id, true);
  }
  return {};
}
Effects MatterFlow::Step::on(Review&, MaterialsChosen) {
  if (flow.rows().empty()) return {};
  return to_materials(true);
}

// --- document and signature -----------------------------------------------------------------------------------------

Effects MatterFlow::Step::on(Composing&, DocumentReady event) {
  flow.m_document = event.sha256;
  flow.m_signature = {};
  if (!flow.what().signature()) return submit();
  Sign sign;
  sign.document = std::move(event.sha256);
  sign.pages = std::max<std::size_t>(event.pages, 1);
  sign.signature.document = sign.document;
  return to(std::move(sign), effects(say("speech.sign")));
}
Effects MatterFlow::Step::on(Composing&, DocumentRefused event) {
  return refused(std::move(event.code), Problem::Retry::compose);
}

Effects MatterFlow::Step::on(Sign& state, PageTurned event) {
  if (event.page >= state.pages) return {};
  state.page = event.page;
  // Pages are turned one by one; a jump does not show what lies between.
  if (event.page == state.seen) ++state.seen;
  if (state.problem == "document_not_seen") state.problem.clear();
  return {};
}
Effects MatterFlow::Step::on(Sign& state, SignatureChanged event) {
  state.signature = std::move(event.signature);
  state.signature.document = state.document;
  if (state.problem == "signature_too_short") state.problem.clear();
  return {};
}
Effects MatterFlow::Step::on(Sign& state, ClearSignature) {
  state.signature.strokes.clear();
  return {};
}
Effects MatterFlow::Step::on(Sign& state, Next) {
  state.problem = state.seen < state.pages   ? "document_not_seen"
                  : !enough(state.signature) ? "signature_too_short"
                                             : "";
  if (!state.problem.empty()) return effects(say("error." + state.problem));
  flow.m_signature = std::move(state.signature);
  return submit();
}

// --- receipt --------------------------------------------------------------------------------------------------------

Effects MatterFlow::Step::on(Submitting&, Submitted event) {
  Receipt receipt;
  receipt.view = std::move(event.view);
  receipt.supplemented = flow.m_case.has_value();
  flow.m_id = {};  // the draft became the case
  flow.m_signature = {};
  auto list = effects(say(receipt.supplemented ? "speech.supplemented" : "speech.receipt"));
  for (auto& effect : print(Paper::receipt_slip, receipt.slip, receipt.problem)) list.push_back(std::move(effect));
  return to(std::move(receipt), std::move(list));
}
Effects MatterFlow::Step::on(Submitting&, SubmitRefused event) {
  auto const retry = after_refusal(event.code);
  return refused(std::move(event.code), retry);
}

Effects MatterFlow::Step::on(Receipt& state, PrintChosen event) {
  if (event.paper == Paper::receipt_slip) return print(event.paper, state.slip, state.problem);
  if (event.paper == Paper::receipt_document) return print(event.paper, state.document, state.document_problem);
  return {};
}
Effects MatterFlow::Step::on(Receipt& state, PaperPrinted event) {
  if (event.paper == Paper::receipt_slip) state.slip = Printing::printed;
  if (event.paper == Paper::receipt_document) state.document = Printing::printed;
  return {};
}
Effects MatterFlow::Step::on(Receipt& state, PaperRefused event) {
  auto const outcome = event.unknown ? Printing::unknown : Printing::failed;
  if (event.paper == Paper::receipt_slip) {
    state.slip = outcome;
    state.problem = event.code;
  } else if (event.paper == Paper::receipt_document) {
    state.document = outcome;
    state.document_problem = event.code;
  } else {
    return {};
  }
  return effects(say("speech.receipt_not_printed"));
}
Effects MatterFlow::Step::on(Receipt& state, RateChosen) {
  auto const& what = state.view.what;
  return done(
      {Outcome::Kind::rate, {}, Ratable{Ratable::About::case_, what.id, cases::masked(what.number), what.matter}});
}

Effects MatterFlow::Step::on(Problem& state, Next) {
  switch (state.retry) {
    case Problem::Retry::look: return look();
    case Problem::Retry::review: return to_review();
    case Problem::Retry::compose: return compose();
    case Problem::Retry::submit: return submit();
    case Problem::Retry::none: break;
  }
  return done({Outcome::Kind::services, {}, {}});
}
Effects MatterFlow::Step::on(Problem& state, Back) {
  switch (state.retry) {
    case Problem::Retry::review:
    case Problem::Retry::compose:
    case Problem::Retry::submit: return to_review();
    case Problem::Retry::look: return to(About{});
    case Problem::Retry::none: break;
  }
  return done({Outcome::Kind::services, {}, {}});
}

}  // namespace yizhan::flows
