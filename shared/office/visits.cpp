#include <algorithm>

#include "shared/base/log.h"
#include "shared/base/text.h"
#include "shared/office/office_state.h"

namespace yizhan::office {

namespace {

constexpr std::string_view k_associated = "yizhan visit 1";

/// Sealed form: kind (1 byte), length of the number (1 byte), number, name.
SecretBytes pack(identity::Person const& person) {
  auto const number = person.number.view();
  auto const name = person.name.view();
  SecretBytes bytes(2 + number.size() + name.size());
  bytes.span()[0] = static_cast<std::byte>(person.kind);
  bytes.span()[1] = static_cast<std::byte>(number.size());
  auto out = std::ranges::copy(text::bytes_of(number), bytes.span().begin() + 2).out;
  std::ranges::copy(text::bytes_of(name), out);
  return bytes;
}

Result<Visitor> unpack(SecretBytes const& bytes) {
  auto const view = bytes.view();
  if (view.size() < 2 || view.size() - 2 < std::to_integer<std::size_t>(view[1])) return Error::make("visit_malformed");
  auto const length = std::to_integer<std::size_t>(view[1]);
  Visitor visitor;
  visitor.kind = static_cast<identity::DocumentKind>(view[0]);
  visitor.number = SecretText(text::chars_of(view.subspan(2, length)));
  visitor.name = SecretText(text::chars_of(view.subspan(2 + length)));
  return visitor;
}

}  // namespace

std::vector<std::byte> Office::State::seal_person(identity::Person const& person) {
  constexpr std::size_t k_longest_number = 255;
  if (!sealer || (person.number.empty() && person.name.empty()) || person.number.view().size() > k_longest_number)
    return {};
  return sealer->seal(pack(person).view(), text::bytes_of(k_associated), env.secure_rng);
}

Result<std::optional<Visitor>> Office::visitor(Uuid const& ticket) {
  auto& office = *m_state;
  if (!office.sealer) return std::optional<Visitor>();
  auto statement =
      TRY(office.store.database().prepare("SELECT personal FROM visits WHERE ticket = ? AND personal IS NOT NULL"));
  statement.bind_all(ticket);
  if (!TRY(statement.step())) return std::optional<Visitor>();
  auto const opened = TRY(office.sealer->open(statement.blob(0), text::bytes_of(k_associated)));
  return std::optional<Visitor>(TRY(unpack(opened)));
}

Result<void> Office::wipe_session() {
  auto& office = *m_state;
  std::vector<Uuid> ended;
  {
    auto const today = TRY(office.today());
    auto statement = TRY(office.store.database().prepare("SELECT ticket FROM visits"));
    while (TRY(statement.step())) {
      auto const id = TRY(Uuid::parse(statement.text(0)));
      auto const ticket = office.authority.find(id);
      if (!ticket) {  // a hall elsewhere is away: what it would have said can wait for the next session's end
        log::info("visits not looked through: {}", ticket.error().to_line());
        break;
      }
      if (!*ticket || !(*ticket)->open() || (*ticket)->day < today) ended.push_back(id);
    }
  }
  if (!ended.empty()) {
    auto const forget = [&]() -> Result<void> {
      for (auto const& id : ended) {
        auto statement = TRY(office.store.database().prepare("DELETE FROM visits WHERE ticket = ?"));
        TRY(statement.bind_all(id).run());
      }
      return {};
    };
    TRY(office.store.commit(forget));
  }
  return office.store.database().reopen();
}

}  // namespace yizhan::office
