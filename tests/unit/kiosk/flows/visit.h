#pragma once
/// A resident's journey as tests drive it: events in, state and effects out.
#include <gtest/gtest.h>

#include <algorithm>

#include "kiosk/flows/resident_flow.h"
#include "tests/unit/kiosk/flows/matters.h"

namespace yizhan::flows {

inline Uuid uuid(int n) {
  Uuid made;
  made.bytes[15] = static_cast<std::byte>(n);
  return made;
}

inline identity::Person zhang_san() {
  return {identity::DocumentKind::id_card, SecretText("420106199003070016"), SecretText("张三"), "1990",
          identity::Verification::card_read};
}
inline identity::Person wang() {
  return {identity::DocumentKind::id_card, SecretText("420106195211020023"), SecretText("王秀英"), "1952",
          identity::Verification::card_read};
}

inline resident::TicketView ticket_view(std::string number, int n, bool existing = false,
                                        std::string service = "card") {
  resident::TicketView view;
  view.ticket.id = uuid(n);
  view.ticket.number = std::move(number);
  view.ticket.service = std::move(service);
  view.existing = existing;
  view.print_job = uuid(100 + n);
  return view;
}

/// A case of one part that was just applied for.
inline CaseView case_view(std::string matter, int n) {
  CaseView view;
  view.what.id = uuid(n);
  view.what.number = "420106001001202611240010001" + std::to_string(n);
  view.what.matter = matter;
  view.what.submitted_at = WallTime(std::chrono::hours(24 * 20'000 + n));
  cases::Part part;
  part.item = std::move(matter);
  view.what.parts = {part};
  view.overall = cases::overall(view.what);
  view.due.resize(1);
  view.supplement_due.resize(1);
  return view;
}
/// Its part asks for `materials`.
inline CaseView asked_view(std::string matter, int n, std::vector<std::string> materials) {
  auto view = case_view(std::move(matter), n);
  auto& part = view.what.parts[0];
  part.state = cases::State::supplement;
  cases::Step step;
  step.act = cases::Act::ask_supplement;
  step.materials = std::move(materials);
  step.days = 5;
  part.steps.push_back(std::move(step));
  view.overall = cases::overall(view.what);
  view.delivered = true;
  return view;
}
inline Ratable ratable(int n, std::string matter) {
  return {Ratable::About::visit, uuid(n), "A00" + std::to_string(n), std::move(matter)};
}
/// 40 mm of ink.
inline cases::Signature signature() {
  cases::Signature made;
  made.width = 80'000;
  made.height = 30'000;
  made.strokes = {{{5'000, 5'000, 0}, {25'000, 5'000, 40}}, {{15'000, 2'000, 90}, {15'000, 22'000, 130}}};
  return made;
}

/// Tuesday, in the middle of the demo's year.
inline constexpr calendar::BusinessDay k_today{std::chrono::year{2026} / 11 / 24};

struct Visit {
  int ids = 200;  // uuid(201) is the first that the journey makes
  ResidentFlow flow;
  std::vector<resident::Effect> effects;  // of the last event
  // What go_to() chooses.
  std::string group = "social";
  std::string service = "card";

  explicit Visit(std::shared_ptr<catalog::Catalog const> catalog = small_catalog())
      : flow(std::move(catalog), {.elder_age = 70}, [this] { return uuid(++ids); }) {
    flow.today = k_today;
  }
  Visit(Visit const&) = delete;
  Visit& operator=(Visit const&) = delete;

  template <class Event>
  Visit& on(Event event) {
    effects = flow.step(std::move(event));
    return *this;
  }
  [[nodiscard]] std::string name() const { return flow.name(); }
  /// Throws, and so fails the test, in another state.
  template <class State>
  [[nodiscard]] State const& state() const {
    return std::get<State>(flow.state());
  }
  /// Of the page of a part.
  template <class State>
  [[nodiscard]] State const& matter() const {
    return std::get<State>(flow.matter()->state());
  }
  template <class Effect>
  [[nodiscard]] Effect const* asked() const {
    for (auto const& effect : effects) {
      if constexpr (std::is_constructible_v<matter::Effect, Effect&&> && !std::same_as<Effect, Speak>) {
        auto const* part = std::get_if<matter::Effect>(&effect);
        if (auto const* found = part ? std::get_if<Effect>(part) : nullptr) return found;
      } else if constexpr (std::is_constructible_v<progress::Effect, Effect&&> && !std::same_as<Effect, Speak>) {
        auto const* part = std::get_if<progress::Effect>(&effect);
        if (auto const* found = part ? std::get_if<Effect>(part) : nullptr) return found;
      } else if constexpr (std::is_constructible_v<rating::Effect, Effect&&> && !std::same_as<Effect, Speak>) {
        auto const* part = std::get_if<rating::Effect>(&effect);
        if (auto const* found = part ? std::get_if<Effect>(part) : nullptr) return found;
      } else {
        if (auto const* found = std::get_if<Effect>(&effect)) return found;
      }
    }
    return nullptr;
  }
  template <class Effect>
  [[nodiscard]] std::ptrdiff_t place_of() const {
    return std::ranges::find_if(effects, [](auto const& e) { return std::holds_alternative<Effect>(e); }) -
           effects.begin();
  }
  [[nodiscard]] bool said(std::string_view key) const {
    return std::ranges::any_of(effects, [&](auto const& effect) {
      auto const* speak = std::get_if<resident::Speak>(&effect);
      return speak != nullptr && speak->sentence.key == key;
    });
  }
  [[nodiscard]] std::string said_number() const {
    auto const* speak = asked<resident::Speak>();
    return speak == nullptr || speak->sentence.arguments.empty() ? "" : speak->sentence.arguments[0].second;
  }

  /// Brings a new visit to the state of this name.
  void go_to(std::string_view wanted);
  /// The same for the states of `k_matter_states`, of "replace" in small_catalog().
  void go_on_with_matter(std::string_view wanted);
  /// The session is over and nothing of it is left.
  void expect_wiped() const {
    EXPECT_EQ(name(), "resident.home");
    EXPECT_NE(asked<resident::Wipe>(), nullptr);
    EXPECT_NE(asked<resident::StopScanner>(), nullptr);
    EXPECT_EQ(flow.person(), nullptr);
    EXPECT_EQ(flow.matter(), nullptr);
    EXPECT_EQ(flow.progress(), nullptr);
    EXPECT_EQ(flow.rating(), nullptr);
    EXPECT_FALSE(flow.in_session());
    EXPECT_EQ(flow.purpose(), resident::Purpose::take_ticket);
  }
};

inline constexpr std::string_view k_resident_states[] = {
    "resident.identify",
    "resident.card",
    "resident.card.reading",
    "resident.card.problem",
    "resident.code",
    "resident.code.problem",
    "resident.phone",
    "resident.document",
    "resident.recognised",
    "resident.groups",
    "resident.services",
    "resident.matter.about",
    "resident.matter.notice",
    "resident.progress.looking",
    "resident.progress.list",
    "resident.progress.problem",
    "resident.rating.looking",
    "resident.rating.what",
    "resident.rating.grade",
    "resident.rating.options",
    "resident.rating.sending",
    "resident.rating.thanks",
    "resident.rating.problem",
    "resident.confirm",
    "resident.ticket.issuing",
    "resident.ticket.issued",
    "resident.ticket.existing",
    "resident.tickets.looking",
    "resident.tickets",
    "resident.tickets.cancel",
    "resident.problem",
    "resident.other_person",
};

/// From the first question to the receipt, and more papers afterwards.
inline constexpr std::string_view k_matter_states[] = {
    "resident.matter.question",
    "resident.matter.need_card",
    "resident.matter.need_card.reading",
    "resident.matter.need_card.problem",
    "resident.matter.looking",
    "resident.matter.draft",
    "resident.matter.draft.submitted",
    "resident.matter.form.applicant",
    "resident.matter.form.delivery",
    "resident.matter.materials",
    "resident.matter.capture",
    "resident.matter.capture.taking",
    "resident.matter.capture.accept",
    "resident.matter.capture.checking",
    "resident.matter.capture.failed",
    "resident.matter.promise",
    "resident.matter.review",
    "resident.matter.composing",
    "resident.matter.sign",
    "resident.matter.submitting",
    "resident.matter.receipt",
    "resident.matter.problem",
    "resident.progress.detail",
    "resident.progress.withdraw",
};

inline void Visit::go_to(std::string_view wanted) {
  using namespace resident;
  auto const steps = [&](auto... events) { (on(std::move(events)), ...); };
  if (wanted == "resident.home") return;
  if (wanted == "resident.identify") return steps(Begin{});
  if (wanted == "resident.card") return steps(Begin{}, MethodChosen{Method::card});
  if (wanted == "resident.card.reading") return steps(CardSeen{});
  if (wanted == "resident.card.problem") return steps(CardRefused{"card_unreadable"});
  if (wanted == "resident.code") return steps(Begin{}, MethodChosen{Method::code});
  if (wanted == "resident.code.problem") return steps(CodeSeen{"X"}, CodeRefused{"code_unknown"});
  if (wanted == "resident.phone") return steps(Begin{}, MethodChosen{Method::phone});
  if (wanted == "resident.document") return steps(Begin{}, MethodChosen{Method::document});
  if (std::ranges::find(k_matter_states, wanted) != std::end(k_matter_states)) return go_on_with_matter(wanted);
  steps(CardIdentified{zhang_san(), {}});
  if (wanted == "resident.recognised") return;
  if (wanted == "resident.other_person") return steps(CardIdentified{wang(), {}});
  if (wanted.starts_with("resident.tickets")) {
    steps(Begin{Purpose::find_ticket});
    if (wanted == "resident.tickets.looking") return;
    steps(TicketsFound{{ticket_view("A001", 1, false, service), ticket_view("B002", 2, false, service)}});
    if (wanted == "resident.tickets.cancel") steps(CancelChosen{uuid(2)});
    return;
  }
  if (wanted.starts_with("resident.progress.")) {
    steps(Begin{Purpose::progress});
    if (wanted == "resident.progress.looking") return;
    if (wanted == "resident.progress.problem") return steps(progress::CasesRefused{"disk_full"});
    return steps(progress::CasesFound{{case_view("replace", 1)}, {{uuid(60), service, {}}}});
  }
  if (wanted.starts_with("resident.rating.")) {
    steps(Begin{Purpose::rate});
    if (wanted == "resident.rating.looking") return;
    steps(rating::RatablesFound{{ratable(1, service), ratable(2, service)}});
    if (wanted == "resident.rating.what") return;
    steps(rating::RatableChosen{1});
    if (wanted == "resident.rating.grade") return;
    steps(rating::GradeChosen{2});
    if (wanted == "resident.rating.options") return;
    steps(rating::OptionToggled{"213"}, Next{});
    if (wanted == "resident.rating.sending") return;
    if (wanted == "resident.rating.problem") return steps(rating::RateRefused{"disk_full"});
    return steps(rating::Rated{calendar::Due{k_today, false}});
  }
  steps(Next{});
  if (wanted == "resident.groups") return;
  steps(GroupChosen{group});
  if (wanted == "resident.services") return;
  steps(ServiceChosen{service});
  if (wanted == "resident.matter.about") return;
  if (wanted == "resident.matter.notice") return steps(Next{});
  steps(matter::TakeTicket{});
  if (wanted == "resident.confirm") return;
  steps(Next{});
  if (wanted == "resident.ticket.issued") return steps(TicketReady{ticket_view("A001", 1, false, service)});
  if (wanted == "resident.ticket.existing") return steps(TicketReady{ticket_view("A001", 1, true, service)});
  if (wanted == "resident.problem") return steps(TicketRefused{"hall_unreachable"});
}

inline void Visit::go_on_with_matter(std::string_view wanted) {
  using namespace resident;
  auto const steps = [&](auto... events) { (on(std::move(events)), ...); };
  if (wanted.starts_with("resident.progress.")) {
    go_to("resident.progress.list");
    steps(progress::EntryChosen{0});
    if (wanted == "resident.progress.withdraw") steps(progress::WithdrawChosen{});
    return;
  }
  bool const typed = wanted.starts_with("resident.matter.need_card");
  if (typed) {
    steps(Begin{}, MethodChosen{Method::nobody}, ServiceChosen{"replace"}, Next{});
  } else {
    steps(CardIdentified{zhang_san(), {}}, Next{}, ServiceChosen{"replace"}, Next{});
  }
  if (wanted == "resident.matter.question") return;
  steps(matter::AnswerChosen{"who", "self"}, matter::AnswerChosen{"how", "lost"});
  steps(matter::ApplyHere{});
  if (wanted == "resident.matter.need_card.reading") return steps(CardSeen{});
  if (wanted == "resident.matter.need_card.problem") return steps(CardRefused{"card_unreadable"});
  if (typed || wanted == "resident.matter.looking") return;
  if (wanted == "resident.matter.draft") return steps(matter::DraftsFound{{{uuid(60), "replace", {}}}, {}});
  if (wanted == "resident.matter.draft.submitted") return steps(matter::DraftsFound{{}, case_view("replace", 1)});
  steps(matter::DraftsFound{});
  if (wanted == "resident.matter.form.applicant") return;
  steps(matter::FieldEdited{"phone", "13800000000"}, Next{});
  if (wanted == "resident.matter.form.delivery") return;
  steps(matter::FieldEdited{"way", "pick"}, Next{});
  if (wanted == "resident.matter.materials") return;
  if (wanted == "resident.matter.promise") return steps(matter::PromiseChosen{"proof"});
  steps(matter::PhotographChosen{"photo"});
  if (wanted == "resident.matter.capture") return;
  steps(matter::TakeIt{});
  if (wanted == "resident.matter.capture.taking") return;
  if (wanted == "resident.matter.capture.failed") return steps(matter::PictureRefused{"camera_silent"});
  steps(matter::PictureTaken{1, {}});
  if (wanted == "resident.matter.capture.accept") return;
  steps(matter::Accept{});
  if (wanted == "resident.matter.capture.checking") return;
  steps(matter::PageStored{"photo", std::string(64, 'a')}, matter::EnoughPages{});
  steps(matter::PromiseChosen{"proof"}, Next{}, Next{});
  if (wanted == "resident.matter.review") return;
  steps(Next{});
  if (wanted == "resident.matter.composing") return;
  if (wanted == "resident.matter.problem") return steps(matter::DocumentRefused{"paper_failed"});
  steps(matter::DocumentReady{std::string(64, 'd'), 1});
  if (wanted == "resident.matter.sign") return;
  steps(matter::SignatureChanged{signature()}, Next{});
  if (wanted == "resident.matter.submitting") return;
  steps(matter::Submitted{case_view("replace", 1)});
}

}  // namespace yizhan::flows
