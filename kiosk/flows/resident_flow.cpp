#include "kiosk/flows/resident_flow.h"

#include <charconv>

#include "kiosk/flows/resident_step.h"

namespace yizhan::flows {

using namespace resident;
using Effects = ResidentStep::Effects;

// --- problems and other people --------------------------------------------------------------------------------------

Effects ResidentStep::on(Problem& state, Next) {
  if (!state.retry || !flow.m_person) return leave();
  Issuing const issuing = *state.retry;
  return to(issuing, effects(TakeTicket{issuing.service, issuing.priority, flow.m_person->clone()}));
}

Effects ResidentStep::on(OtherPerson& state, SwitchPerson) {
  auto other = std::move(state.other);
  auto warnings = std::move(state.warnings);
  auto list = leave();
  for (auto& effect : recognise(std::move(other), std::move(warnings))) list.push_back(std::move(effect));
  return list;
}
Effects ResidentStep::keep() {
  auto before = std::exchange(flow.m_before, Welcome{});
  return to(std::move(before));
}
Effects ResidentStep::on(OtherPerson& state, CardIdentified event) {
  if (flow.m_person && flow.m_person->kind == event.person.kind &&
      flow.m_person->number.view() == event.person.number.view()) {
    return keep();
  }
  state = {std::move(event.person), std::move(event.warnings)};
  return {};
}
Effects ResidentStep::on(OtherPerson&, PrintDone event) {
  auto* page = std::get_if<Issued>(&flow.m_before);
  return page != nullptr ? on(*page, event) : Effects{};
}
Effects ResidentStep::on(OtherPerson&, PrintRefused event) {
  auto* page = std::get_if<Issued>(&flow.m_before);
  return page != nullptr ? on(*page, std::move(event)) : Effects{};
}
Effects ResidentStep::on(OtherPerson&, WaitKnown event) {
  auto* page = std::get_if<Confirm>(&flow.m_before);
  return page != nullptr ? on(*page, std::move(event)) : Effects{};
}
Effects ResidentStep::on(OtherPerson&, TicketsFound event) {
  auto* page = std::get_if<MyTickets>(&flow.m_before);
  return page != nullptr ? on(*page, std::move(event)) : Effects{};
}
// An answer has no outcome, so the question stays.
Effects ResidentStep::on(OtherPerson&, matter::Event event) {
  if (!std::holds_alternative<InMatter>(flow.m_before)) return {};
  return after(flow.m_matter->step(std::move(event)));
}
Effects ResidentStep::on(OtherPerson&, progress::Event event) {
  if (!std::holds_alternative<InProgress>(flow.m_before)) return {};
  return after(flow.m_progress->step(std::move(event)));
}
Effects ResidentStep::on(OtherPerson&, rating::Event event) {
  if (!std::holds_alternative<InRating>(flow.m_before)) return {};
  return after(flow.m_rating->step(std::move(event)));
}

// --- the whole ------------------------------------------------------------------------------------------------------

ResidentFlow::ResidentFlow(std::shared_ptr<catalog::Catalog const> catalog, Policy policy, IdSource make_id)
    : holidays(std::make_shared<calendar::HolidayCalendar const>()),
      m_catalog(std::move(catalog)),
      m_policy(policy),
      m_make_id(std::move(make_id)) {}

std::vector<Effect> ResidentFlow::step(Event event) {
  ResidentStep step{*this};
  return std::visit([&](auto& state, auto& what) { return step.on(state, std::move(what)); }, m_state, event);
}

std::vector<Effect> ResidentFlow::devices_changed() {
  if (m_matter) m_matter->devices_changed(reader_usable, document_camera_usable, document_printer_usable);
  bool usable = true;
  char const* back = "";
  char const* away = "";
  auto const waits_for = [&](bool device, char const* back_again, char const* gone) {
    usable = device;
    back = back_again;
    away = gone;
  };
  if (std::holds_alternative<PresentCard>(m_state)) {
    waits_for(reader_usable, "speech.present_card", "speech.reader_away");
  } else if (auto const* code = std::get_if<PresentCode>(&m_state); code != nullptr && !code->resolving) {
    waits_for(scanner_usable, "speech.present_code", "speech.scanner_away");
  } else if (std::holds_alternative<InMatter>(m_state) && m_matter->waits_for_card()) {
    waits_for(reader_usable, "speech.present_card", "speech.reader_away");
  } else if (std::holds_alternative<InMatter>(m_state) && m_matter->waits_for_camera()) {
    waits_for(document_camera_usable, "speech.capture", "speech.camera_away");
  }
  if (std::exchange(m_awaited_usable, usable) == usable || *away == '\0') return {};
  return ResidentStep::effects(say(usable ? back : away));
}

bool ResidentFlow::use_catalog(std::shared_ptr<catalog::Catalog const> catalog) {
  if (m_in_session) return false;
  m_catalog = std::move(catalog);
  return true;
}

bool ResidentFlow::busy() const {
  return std::holds_alternative<Issuing>(m_state) || (std::holds_alternative<InMatter>(m_state) && m_matter->busy()) ||
         (std::holds_alternative<InProgress>(m_state) && m_progress->busy()) ||
         (std::holds_alternative<InRating>(m_state) && m_rating->busy());
}

bool ResidentFlow::is_elder() const {
  if (!m_person || !today.date.ok()) return false;
  int year = 0;
  auto const& text = m_person->birth_year;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  return error == std::errc{} && end == text.data() + text.size() &&
         static_cast<int>(today.date.year()) - year >= m_policy.elder_age;
}

/// Progress and ratings tell where somebody was: what anybody could type does not open them.
bool ResidentFlow::offers(Method method) const {
  if (m_purpose != Purpose::progress && m_purpose != Purpose::rate) return true;
  return method == Method::card || method == Method::code;
}

bool ResidentFlow::offers_any_method() const { return offers(Method::phone) || reader_usable || scanner_usable; }

std::vector<catalog::Group> const& ResidentFlow::groups(FindBy by) const {
  switch (by) {
    case FindBy::life_events: return m_catalog->life_events;
    case FindBy::audiences: return m_catalog->audiences;
    case FindBy::fields: break;
  }
  return m_catalog->groups;
}

std::vector<catalog::Matter> ResidentFlow::listed(ChooseService const& state) const {
  switch (state.by) {
    case FindBy::life_events: return m_catalog->for_life_event(state.group);
    case FindBy::audiences: return m_catalog->for_audience(state.group);
    case FindBy::fields: break;
  }
  std::vector<catalog::Matter> matters;
  for (auto const* item : m_catalog->in_group(state.group)) matters.push_back({item, nullptr});
  return matters;
}

std::string ResidentFlow::name() const {
  return std::visit(
      Overloaded{
          [](Welcome const&) -> std::string { return "resident.home"; },
          [](ChooseMethod const&) -> std::string { return "resident.identify"; },
          [](PresentCard const& s) -> std::string {
            return s.reading ? "resident.card.reading" : s.problem.empty() ? "resident.card" : "resident.card.problem";
          },
          [](PresentCode const& s) -> std::string {
            return s.problem.empty() ? "resident.code" : "resident.code.problem";
          },
          [](EnterPhone const&) -> std::string { return "resident.phone"; },
          [](EnterDocument const&) -> std::string { return "resident.document"; },
          [](Recognised const&) -> std::string { return "resident.recognised"; },
          [](ChooseGroup const&) -> std::string { return "resident.groups"; },
          [](ChooseService const&) -> std::string { return "resident.services"; },
          [this](InMatter const&) { return "resident.matter." + m_matter->name(); },
          [this](InProgress const&) { return "resident.progress." + m_progress->name(); },
          [this](InRating const&) { return "resident.rating." + m_rating->name(); },
          [](Confirm const&) -> std::string { return "resident.confirm"; },
          [](Issuing const&) -> std::string { return "resident.ticket.issuing"; },
          [](Issued const& s) -> std::string {
            return s.view.existing ? "resident.ticket.existing" : "resident.ticket.issued";
          },
          [](MyTickets const& s) -> std::string { return s.looking ? "resident.tickets.looking" : "resident.tickets"; },
          [](ConfirmCancel const&) -> std::string { return "resident.tickets.cancel"; },
          [](Problem const&) -> std::string { return "resident.problem"; },
          [](OtherPerson const&) -> std::string { return "resident.other_person"; },
      },
      m_state);
}

}  // namespace yizhan::flows
