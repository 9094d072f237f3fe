#include "tools/platform/intake.h"

#include <chrono>

#include "shared/base/log.h"
#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/domain/identity/id_number.h"
#include "tools/platform/application_document.h"
#include "tools/platform/cases.h"
#include "tools/platform/person.h"
#include "tools/platform/uploads.h"

namespace yizhan::platform {

namespace {

/// How often to look without being rung for: another process on the same database may have taken a document, or PostgreSQL
/// was away.
constexpr std::chrono::seconds k_look_around{2};

struct Found {
  std::string number;
  std::string hall;
};

/// The oldest case of which every document is there, locked; another process's is passed over.
std::optional<Found> next_case(pqxx::transaction_base& transaction) {
  auto const rows = query(transaction,
                          "SELECT c.number, c.hall FROM platform_cases c WHERE c.pending AND NOT EXISTS"
                          " (SELECT 1 FROM platform_case_documents d LEFT JOIN platform_uploads u"
                          "   ON u.hall = c.hall AND u.sha256 = d.sha256 AND u.completed IS NOT NULL"
                          "  WHERE d.number = c.number AND u.sha256 IS NULL)"
                          " ORDER BY c.counted LIMIT 1 FOR UPDATE OF c SKIP LOCKED");
  if (rows.empty()) return std::nullopt;
  return Found{rows[0][0].as<std::string>(), rows[0][1].as<std::string>()};
}

/// Decrypts what was not looked at yet and notes its hash. "" or the fault; `application` is filled where one came.
std::string open_documents(pqxx::transaction_base& transaction, World const& world, Found const& found,
                           std::optional<SecretBytes>& application) {
  for (auto const& row : query(transaction,
                               "SELECT d.sha256, d.kind, d.size = u.size FROM platform_case_documents d"
                               " JOIN platform_uploads u ON u.hall = $2 AND u.sha256 = d.sha256"
                               " WHERE d.number = $1 AND d.plain_sha256 IS NULL ORDER BY d.material, d.page",
                               found.number, found.hall)) {
    if (!row[2].as<bool>()) return "document_size";
    auto const sha256 = row[0].as<std::string>();
    auto plain = open_upload(transaction, found.hall, sha256, world.folder.upload);
    if (!plain) return std::string(plain.error().code());
    query(transaction,
          "UPDATE platform_case_documents SET plain_sha256 = $3, plain_size = $4 WHERE number = $1 AND sha256 = $2",
          found.number, sha256, crypto::sha256_hex(plain->view()), plain->size());
    if (row[1].as<std::string>() == "application") application = std::move(*plain);
  }
  return "";
}

Announced announced(pqxx::transaction_base& transaction, Found const& found) {
  Announced result{.number = found.number};
  auto const row = query(transaction, "SELECT matter, catalog FROM platform_cases WHERE number = $1", found.number)[0];
  result.matter = row[0].as<std::string>();
  result.catalog = row[1].as<std::int64_t>();
  for (auto const& part :
       query(transaction, "SELECT part, item FROM platform_case_parts WHERE number = $1 ORDER BY part", found.number))
    result.parts.emplace_back(part[0].as<int>(), part[1].as<std::string>());
  for (auto const& page : query(transaction,
                                "SELECT material, plain_sha256 FROM platform_case_documents"
                                " WHERE number = $1 AND kind = 'material'",
                                found.number))
    result.pages[page[0].as<std::string>()].insert(page[1].as<std::string>());
  for (auto const& page :
       query(transaction, "SELECT material, sha256 FROM platform_case_on_file WHERE number = $1", found.number))
    result.on_file[page[0].as<std::string>()].insert(page[1].as<std::string>());
  return result;
}

/// Whether every paper the case only refers to is a whole one of the same person.
bool papers_are_on_file(pqxx::transaction_base& transaction, std::string const& number, std::string const& person) {
  return query(transaction,
               "SELECT 1 FROM platform_case_on_file f WHERE f.number = $1 AND NOT EXISTS"
               " (SELECT 1 FROM platform_case_documents d JOIN platform_cases c ON c.number = d.number"
               "  WHERE c.person = $2 AND d.kind = 'material' AND d.material = f.material"
               "  AND d.plain_sha256 = f.sha256) LIMIT 1",
               number, person)
      .empty();
}

/// "" or the fault. Notes who the applicant is.
std::string read_application(pqxx::transaction_base& transaction, World const& world, Found const& found,
                             SecretBytes const& plain) {
  auto const application = parse_application(text::chars_of(plain.view()));
  if (!application) return std::string(application.error().code());
  if (auto fault = compare(*application, announced(transaction, found)); !fault.empty()) return fault;
  auto const person =
      person_index(world.folder.person_key, application->document_kind, application->document_number.view());
  if (!papers_are_on_file(transaction, found.number, person)) return "pages_missing";
  query(transaction, "UPDATE platform_cases SET person = $2, name = $3 WHERE number = $1", found.number, person,
        identity::mask_name(application->name.view()));
  return "";
}

std::string check_supplement(pqxx::transaction_base& transaction, Found const& found) {
  auto const person =
      query(transaction, "SELECT coalesce(person, '') FROM platform_cases WHERE number = $1", found.number)[0][0]
          .as<std::string>();
  return papers_are_on_file(transaction, found.number, person) ? "" : "pages_missing";
}

void take_in(pqxx::transaction_base& transaction, World const& world, Found const& found) {
  std::optional<SecretBytes> application;
  auto fault = open_documents(transaction, world, found, application);
  if (fault.empty())
    fault =
        application ? read_application(transaction, world, found, *application) : check_supplement(transaction, found);
  query(transaction, "UPDATE platform_cases SET pending = false, fault = $2 WHERE number = $1", found.number, fault);
  if (!fault.empty()) {
    log::warning("a case was not received: {}", fault);
    return;
  }
  // Withdrawn meanwhile, or a supplement: nothing is left to receive.
  (void)carry_out(transaction, world.env, {.number = found.number, .act = "receive"});
  if (world.auto_accept) accept_what_can_be(transaction, world, found.number);
}

}  // namespace

void accept_what_can_be(pqxx::transaction_base& transaction, World const& world, std::string const& number) {
  (void)carry_out(transaction, world.env, {.number = number, .act = "accept"});
}

bool take_in_one(Database& database, World const& world) {
  bool found_one = false;
  auto const answer = database.run([&](pqxx::transaction_base& transaction) {
    auto const found = next_case(transaction);
    found_one = found.has_value();
    if (found) take_in(transaction, world, *found);
    return Answer{};
  });
  return found_one && answer.status == 200;
}

Intake::Intake(std::string uri, World const& world)
    : m_uri(std::move(uri)), m_world(world), m_thread([this] { run(); }) {}

Intake::~Intake() {
  m_world.news.stop();
  m_thread.join();
}

void Intake::run() {
  log::set_thread_name("intake");
  Database database(m_uri);
  do {
    while (take_in_one(database, m_world)) {
    }
  } while (m_world.news.wait(k_look_around));
}

}  // namespace yizhan::platform
