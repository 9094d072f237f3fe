#pragma once
/// From a chosen matter to its receipt: about → questions → notice → form → materials → review → sign → receipt. Also
/// more papers for a case that asked for them (supplement). Part of the resident's journey (resident_flow.h), which
/// gives it cards, Back and Next, and heeds its outcome.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/flows/matter_types.h"
#include "shared/domain/catalog/guidance.h"

namespace yizhan::flows {

class MatterFlow {
 public:
  struct Step;

  /// REQUIRES: world.catalog has `code`. `person` may be null or not known by card.
  static MatterFlow begin(matter::World world, std::string code, identity::Person const* person);
  /// Straight to a draft that was found before. The first effects are in `list`.
  static MatterFlow resume(matter::World world, DraftHead const& draft, identity::Person const& person,
                           std::vector<matter::Effect>& list);
  /// More papers for a part of a case. The first effects are in `list`.
  static MatterFlow supplement(matter::World world, CaseView view, int part, identity::Person const& person,
                               std::vector<matter::Effect>& list);

  std::vector<matter::Effect> step(matter::Event event);
  /// A card was read: of nobody's or a typed session, or the same card again.
  std::vector<matter::Effect> identified(identity::Person const& person);
  /// What a page offers follows the devices, also while it is shown.
  void devices_changed(bool reader, bool document_camera, bool document_printer);
  /// When the session ends here: what was changed last is stored, what was begun is stopped.
  std::vector<matter::Effect> leave();
  /// A ticket was not taken after all: the page before it, without an outcome.
  void come_back() { m_outcome = {}; }

  [[nodiscard]] matter::State const& state() const { return m_state; }
  [[nodiscard]] matter::Outcome const& outcome() const { return m_outcome; }
  /// "about", "form.applicant" …: behind "resident.matter.".
  [[nodiscard]] std::string name() const;
  /// Something is being committed: neither taps nor cards turn it off.
  [[nodiscard]] bool busy() const;

  /// The page in front is of no use without the reader, or without the document camera.
  [[nodiscard]] bool waits_for_card() const { return std::holds_alternative<matter::NeedCard>(m_state); }
  [[nodiscard]] bool waits_for_camera() const;

  [[nodiscard]] catalog::Catalog const& catalog() const { return *m_world.catalog; }
  [[nodiscard]] matter::World const& world() const { return m_world; }
  [[nodiscard]] std::string const& code() const { return m_code; }
  [[nodiscard]] catalog::Matter what() const { return m_world.catalog->matter(m_code); }
  [[nodiscard]] catalog::Facts const& facts() const;
  /// The chosen answer of a question, "" none.
  [[nodiscard]] std::string answer(std::string const& question) const;
  /// Of the questions that apply: which one this is, from 1, and how many there are as far as is known.
  [[nodiscard]] std::pair<std::size_t, std::size_t> question_place() const;
  /// With the answers and fields so far.
  [[nodiscard]] catalog::Verdict const& verdict() const { return m_verdict; }
  /// Where the answers lead to another matter of the catalogue; "" nowhere.
  [[nodiscard]] std::string instead() const;
  /// Here and now.
  [[nodiscard]] bool can_apply() const;
  [[nodiscard]] bool can_take_ticket() const;
  /// Null before the form was begun, and without one.
  [[nodiscard]] forms::FormState const* form() const { return m_form ? &*m_form : nullptr; }
  /// The section of a form page; null elsewhere.
  [[nodiscard]] forms::Section const* section() const;
  [[nodiscard]] std::vector<matter::Row> rows() const;
  /// The draft as it would be stored now.
  [[nodiscard]] cases::Draft draft() const;
  /// Why the last change could not be stored ("disk_full" …), "" where it was: it is still in memory.
  [[nodiscard]] std::string const& draft_problem() const { return m_draft_problem; }
  /// The case that gets more papers; null when applying.
  [[nodiscard]] CaseView const* supplemented() const { return m_case ? &*m_case : nullptr; }
  [[nodiscard]] int supplemented_part() const { return m_part; }

 private:
  MatterFlow(matter::World world, std::string code, identity::Person const* person);

  matter::World m_world;
  std::string m_code;
  matter::State m_state = matter::About{};
  matter::Outcome m_outcome;
  std::optional<identity::Person> m_person;
  catalog::Facts m_facts;
  catalog::Verdict m_verdict;
  std::optional<forms::FormState> m_form;
  Uuid m_id;      // of the draft or supplement
  Uuid m_wanted;  // a draft that is being opened
  std::vector<cases::HeldMaterial> m_held;
  std::vector<matter::OnFile> m_on_file;
  std::string m_place;  // where the resident is, for the draft
  std::string m_draft_problem;
  std::string m_document;  // SHA-256 of the PDF made last
  cases::Signature m_signature;
  bool m_applying = false;
  bool m_wants_ticket = false;
  bool m_dirty = false;  // changed since the last SaveDraft
  std::optional<CaseView> m_case;
  int m_part = 1;
};

}  // namespace yizhan::flows
