#pragma once
/// What each event means in each state of a matter. Internal to kiosk/flows; by topic in matter_*.cpp.
#include "kiosk/flows/matter_flow.h"

namespace yizhan::flows {

namespace matter {
// Events of one kind. A state names the kinds it leaves alone.
template <class E>
concept Reader = AnyOf<E, CardSeen, CardRefused>;
template <class E>
concept Guiding = AnyOf<E, AnswerChosen, ApplyHere, InsteadChosen>;
template <class E>
concept FormTap = AnyOf<E, FieldChosen, FieldEdited>;
template <class E>
concept RowTap = AnyOf<E, PhotographChosen, ReuseChosen, ShownChosen, PromiseChosen, RemoveChosen>;
template <class E>
concept CaptureTap = AnyOf<E, TakeIt, Accept, Again, EnoughPages>;
template <class E>
concept ReviewTap = AnyOf<E, SectionChosen, MaterialsChosen>;
template <class E>
concept SignTap = AnyOf<E, PageTurned, SignatureChanged, ClearSignature>;
template <class E>
concept DraftAnswer = AnyOf<E, DraftsFound, DraftsRefused, DraftOpened>;
template <class E>
concept CameraAnswer = AnyOf<E, PictureTaken, PictureRefused, PageStored, PageRefused>;
template <class E>
concept DocumentAnswer = AnyOf<E, DocumentReady, DocumentRefused>;
template <class E>
concept SubmitAnswer = AnyOf<E, Submitted, SubmitRefused>;
template <class E>
concept PaperAnswer = AnyOf<E, PaperPrinted, PaperRefused>;
/// Answers that only the page that asked cares about.
template <class E>
concept Answer = DraftAnswer<E> || CameraAnswer<E> || DocumentAnswer<E> || SubmitAnswer<E> || PaperAnswer<E>;
}  // namespace matter

/// One overload set per state. The template at the end of each lists what the state deliberately leaves alone.
struct MatterFlow::Step {
  using Effects = std::vector<matter::Effect>;
  MatterFlow& flow;

  // --- moves shared by states (matter_moves.cpp) --------------------------------------------------------------------
  Effects to(matter::State state, Effects list = {});
  Effects done(matter::Outcome outcome);
  Effects refused(std::string code, matter::Problem::Retry retry);
  void judge();
  Effects advance();
  Effects back_to_guidance();
  Effects take_ticket();
  Effects apply();
  Effects look();
  Effects begin_form();
  Effects open(cases::Draft draft);
  void make_form();
  void hold_cards();
  Effects save();
  Effects drop_pages();
  Effects go_to_place();
  Effects to_section(std::string const& id, bool to_review = false);
  Effects after_section(std::string const& id);
  Effects to_last_section();
  Effects to_materials(bool to_review = false);
  Effects to_review();
  Effects compose();
  Effects submit();
  Effects print(matter::Paper paper, Printing& printing, std::string& problem);
  [[nodiscard]] cases::HeldMaterial* held(std::string const& material);
  void hold(cases::HeldMaterial material);
  [[nodiscard]] bool known_by_card() const;

  // --- any state ----------------------------------------------------------------------------------------------------
  template <class S>
  Effects on(S&, matter::DraftSaved) {
    flow.m_draft_problem.clear();
    return {};
  }
  template <class S>
  Effects on(S&, matter::DraftRefused event) {
    return draft_refused(std::move(event.code));
  }
  template <class S>
  Effects on(S&, matter::OnFileKnown event) {
    flow.m_on_file = std::move(event.papers);
    return {};
  }
  Effects draft_refused(std::string code);

  // --- guidance (matter_guidance.cpp) -------------------------------------------------------------------------------
  Effects on(matter::About&, Next);
  Effects on(matter::About&, matter::TakeTicket);
  Effects on(matter::About&, Back);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::ReviewTap<E> || matter::SignTap<E> || matter::Answer<E> ||
           AnyOf<E, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects on(matter::About&, E const&) {
    return {};
  }

  Effects on(matter::Asking& state, matter::AnswerChosen event);
  Effects on(matter::Asking& state, Next);
  Effects on(matter::Asking& state, Back);
  template <class E>
  requires(matter::Reader<E> || matter::FormTap<E> || matter::RowTap<E> || matter::CaptureTap<E> ||
           matter::ReviewTap<E> || matter::SignTap<E> || matter::Answer<E> ||
           AnyOf<E, matter::ApplyHere, matter::InsteadChosen, matter::TakeTicket, matter::PrintChosen,
                 matter::BeginAnew, matter::RateChosen>) Effects on(matter::Asking&, E const&) {
    return {};
  }

  Effects on(matter::Notice&, Next);
  Effects on(matter::Notice&, Back) { return back_to_guidance(); }
  Effects on(matter::Notice&, matter::ApplyHere);
  Effects on(matter::Notice&, matter::TakeTicket) { return take_ticket(); }
  Effects on(matter::Notice&, matter::InsteadChosen);
  Effects on(matter::Notice& state, matter::PrintChosen event);
  Effects on(matter::Notice& state, matter::PaperPrinted event);
  Effects on(matter::Notice& state, matter::PaperRefused event);
  template <class E>
  requires(matter::Reader<E> || matter::FormTap<E> || matter::RowTap<E> || matter::CaptureTap<E> ||
           matter::ReviewTap<E> || matter::SignTap<E> || matter::DraftAnswer<E> || matter::CameraAnswer<E> ||
           matter::DocumentAnswer<E> || matter::SubmitAnswer<E> ||
           AnyOf<E, matter::AnswerChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::Notice&, E const&) {
    return {};
  }

  Effects on(matter::NeedCard& state, CardSeen);
  Effects on(matter::NeedCard& state, CardRefused event);
  Effects on(matter::NeedCard&, matter::TakeTicket) { return take_ticket(); }
  Effects on(matter::NeedCard&, Back);
  template <class E>
  requires(matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> || matter::CaptureTap<E> ||
           matter::ReviewTap<E> || matter::SignTap<E> || matter::Answer<E> ||
           AnyOf<E, Next, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::NeedCard&, E const&) {
    return {};
  }

  // --- drafts (matter_draft.cpp) ------------------------------------------------------------------------------------
  Effects on(matter::Looking&, matter::DraftsFound event);
  Effects on(matter::Looking&, matter::DraftsRefused event);
  Effects on(matter::Looking&, matter::DraftOpened event);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::ReviewTap<E> || matter::SignTap<E> || matter::CameraAnswer<E> ||
           matter::DocumentAnswer<E> || matter::SubmitAnswer<E> || matter::PaperAnswer<E> ||
           AnyOf<E, Back, Next, matter::TakeTicket, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::Looking&, E const&) {
    return {};
  }

  Effects on(matter::DraftFound& state, Next);
  Effects on(matter::DraftFound& state, matter::BeginAnew);
  Effects on(matter::DraftFound&, Back);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::ReviewTap<E> || matter::SignTap<E> || matter::Answer<E> ||
           AnyOf<E, matter::TakeTicket, matter::PrintChosen, matter::RateChosen>) Effects
      on(matter::DraftFound&, E const&) {
    return {};
  }

  // --- form (matter_form.cpp) ---------------------------------------------------------------------------------------
  Effects on(matter::FormPage& state, matter::FieldChosen event);
  Effects on(matter::FormPage& state, matter::FieldEdited event);
  Effects on(matter::FormPage& state, Next);
  Effects on(matter::FormPage& state, Back);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::RowTap<E> || matter::CaptureTap<E> ||
           matter::ReviewTap<E> || matter::SignTap<E> || matter::Answer<E> ||
           AnyOf<E, matter::TakeTicket, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::FormPage&, E const&) {
    return {};
  }

  // --- materials (matter_materials.cpp) -----------------------------------------------------------------------------
  Effects on(matter::Materials& state, matter::PhotographChosen event);
  Effects on(matter::Materials&, matter::ReuseChosen event);
  Effects on(matter::Materials&, matter::ShownChosen event);
  Effects on(matter::Materials& state, matter::PromiseChosen event);
  Effects on(matter::Materials&, matter::RemoveChosen event);
  Effects on(matter::Materials&, matter::TakeTicket);
  Effects on(matter::Materials& state, Next);
  Effects on(matter::Materials& state, Back);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::CaptureTap<E> ||
           matter::ReviewTap<E> || matter::SignTap<E> || matter::Answer<E> ||
           AnyOf<E, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::Materials&, E const&) {
    return {};
  }

  Effects on(matter::Capture& state, matter::TakeIt);
  Effects on(matter::Capture& state, matter::PictureTaken event);
  Effects on(matter::Capture& state, matter::PictureRefused event);
  Effects on(matter::Capture& state, matter::Accept);
  Effects on(matter::Capture& state, matter::Again);
  Effects on(matter::Capture& state, matter::EnoughPages);
  Effects on(matter::Capture& state, matter::PageStored event);
  Effects on(matter::Capture& state, matter::PageRefused event);
  Effects on(matter::Capture& state, Next);
  Effects on(matter::Capture& state, Back);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> || matter::ReviewTap<E> ||
           matter::SignTap<E> || matter::DraftAnswer<E> || matter::DocumentAnswer<E> || matter::SubmitAnswer<E> ||
           matter::PaperAnswer<E> ||
           AnyOf<E, matter::TakeTicket, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::Capture&, E const&) {
    return {};
  }

  Effects on(matter::Promise& state, Next);
  Effects on(matter::Promise& state, Back) { return to_materials(state.to_review); }
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::ReviewTap<E> || matter::SignTap<E> || matter::Answer<E> ||
           AnyOf<E, matter::TakeTicket, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::Promise&, E const&) {
    return {};
  }

  // --- review, signature, receipt (matter_submit.cpp) ---------------------------------------------------------------
  Effects on(matter::Review& state, Next);
  Effects on(matter::Review&, Back);
  Effects on(matter::Review&, matter::SectionChosen event);
  Effects on(matter::Review&, matter::MaterialsChosen);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::SignTap<E> || matter::Answer<E> ||
           AnyOf<E, matter::TakeTicket, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::Review&, E const&) {
    return {};
  }

  Effects on(matter::Composing&, matter::DocumentReady event);
  Effects on(matter::Composing&, matter::DocumentRefused event);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::ReviewTap<E> || matter::SignTap<E> || matter::DraftAnswer<E> ||
           matter::CameraAnswer<E> || matter::SubmitAnswer<E> || matter::PaperAnswer<E> ||
           AnyOf<E, Back, Next, matter::TakeTicket, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::Composing&, E const&) {
    return {};
  }

  Effects on(matter::Sign& state, matter::PageTurned event);
  Effects on(matter::Sign& state, matter::SignatureChanged event);
  Effects on(matter::Sign& state, matter::ClearSignature);
  Effects on(matter::Sign& state, Next);
  Effects on(matter::Sign&, Back) { return to_review(); }
  Effects on(matter::Sign&, matter::TakeTicket) { return take_ticket(); }
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::ReviewTap<E> || matter::Answer<E> ||
           AnyOf<E, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects on(matter::Sign&, E const&) {
    return {};
  }

  Effects on(matter::Submitting&, matter::Submitted event);
  Effects on(matter::Submitting&, matter::SubmitRefused event);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::ReviewTap<E> || matter::SignTap<E> || matter::DraftAnswer<E> ||
           matter::CameraAnswer<E> || matter::DocumentAnswer<E> || matter::PaperAnswer<E> ||
           AnyOf<E, Back, Next, matter::TakeTicket, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::Submitting&, E const&) {
    return {};
  }

  Effects on(matter::Receipt& state, matter::PrintChosen event);
  Effects on(matter::Receipt& state, matter::PaperPrinted event);
  Effects on(matter::Receipt& state, matter::PaperRefused event);
  Effects on(matter::Receipt& state, matter::RateChosen);
  Effects on(matter::Receipt&, Next) { return done({matter::Outcome::Kind::finished, {}, {}}); }
  Effects on(matter::Receipt&, Back) { return done({matter::Outcome::Kind::finished, {}, {}}); }
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::ReviewTap<E> || matter::SignTap<E> || matter::DraftAnswer<E> ||
           matter::CameraAnswer<E> || matter::DocumentAnswer<E> || matter::SubmitAnswer<E> ||
           AnyOf<E, matter::TakeTicket, matter::BeginAnew>) Effects on(matter::Receipt&, E const&) {
    return {};
  }

  Effects on(matter::Problem& state, Next);
  Effects on(matter::Problem& state, Back);
  template <class E>
  requires(matter::Reader<E> || matter::Guiding<E> || matter::FormTap<E> || matter::RowTap<E> ||
           matter::CaptureTap<E> || matter::ReviewTap<E> || matter::SignTap<E> || matter::Answer<E> ||
           AnyOf<E, matter::TakeTicket, matter::PrintChosen, matter::BeginAnew, matter::RateChosen>) Effects
      on(matter::Problem&, E const&) {
    return {};
  }

  template <class... Effect_>
  static Effects effects(Effect_... list) {
    return list_of<matter::Effect>(std::move(list)...);
  }
};

}  // namespace yizhan::flows
