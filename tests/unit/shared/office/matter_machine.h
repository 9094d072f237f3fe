#pragma once
/// A machine whose residents can finish matters, and the platform's key to look into what they handed in.
#include "shared/office/matters.h"
#include "tests/support/pki/pki.h"
#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {

/// One item with a question, a form of two pages, four papers and a signature, one that only a counter does, and a bundle of
/// three parts. Version 2 asks for something else.
std::shared_ptr<catalog::Catalog const> matters_catalog(std::int64_t version = 1);
/// The days off of 2026.
std::shared_ptr<calendar::HolidayCalendar const> holidays_2026();

class MatterMachine {
 public:
  explicit MatterMachine(std::uint64_t seed = 1);

  office::Matters& matters() { return *m_matters; }
  /// A new process on the same data folder. `vfs`: see DatabaseOptions.
  void restart(char const* vfs = nullptr);

  /// Everything but the signature is there: saved, with two pages of the household register.
  cases::Draft ready_draft(identity::Person const& person, std::string const& matter = "social_card_replace");
  /// Signed over a document made of the draft.
  office::Submission submission(cases::Draft const& draft, identity::Person person);
  office::CaseView submit(identity::Person const& person, std::string const& matter = "social_card_replace");
  /// A fact of the platform about a case, as it arrives with the changes. True: it was applied.
  bool told(std::string const& number, std::string const& act, nlohmann::json more = nlohmann::json::object());
  /// Ships everything: the platform has accepted all events and all documents.
  void deliver();
  /// The documents of an event's data, decrypted, in its order.
  std::vector<std::string> documents(nlohmann::json const& data);

  std::vector<StoredEvent> events(std::string const& type = "");
  [[nodiscard]] std::int64_t count(std::string const& sql) { return machine.machine.count(sql); }
  [[nodiscard]] Env env() { return machine.machine.env.env(); }
  void advance(Duration by) { machine.advance(by); }
  void trust_the_clock() { machine.machine.clock->learn_offset(Duration{0}); }

  OfficeMachine machine;
  Issued platform;
  office::MattersSettings settings;
  std::vector<std::byte> hall_key = std::vector<std::byte>(32, std::byte{9});
  std::optional<Issued> device;  // its key signs receipts, from the next restart() on
  int changes = 0;

 private:
  void open();
  std::unique_ptr<office::Matters> m_matters;
  int m_told = 0;
};

/// Invented pictures.
std::vector<std::byte> page_of(std::string const& content, std::size_t size = 3000);

}  // namespace yizhan::test
