// POST /v1/codes/resolve and /v1/appointments/claim.
#include "shared/base/text.h"
#include "tools/platform/body.h"
#include "tools/platform/calls.h"
#include "tools/platform/event.h"
#include "tools/platform/json.h"

namespace yizhan::platform {

namespace {

constexpr std::size_t k_code_limit = 4096;

/// The one text member `name` of a small JSON object; a refusal in `refusal` otherwise.
std::string read_member(Request const& request, char const* name, std::optional<Answer>& refusal) {
  auto const body = read_body(request, "application/json");
  if (body.refusal) {
    refusal = body.refusal;
    return {};
  }
  auto const parsed = parse_json(body.bytes);
  if (!parsed || !parsed->is_object() || !parsed->contains(name) || !(*parsed)[name].is_string()) {
    refusal = problem(400, "bad_request", "The body lacks its text member.");
    return {};
  }
  auto value = (*parsed)[name].get<std::string>();
  // PostgreSQL's text holds no NUL, and no code of ours does.
  if (value.empty() || value.size() > k_code_limit || value.find('\0') != std::string::npos)
    refusal = problem(404, "code_unknown", "No such code.");
  return value;
}

Answer code_unknown() { return problem(404, "code_unknown", "No such code."); }
Answer code_expired() { return problem(410, "code_expired", "The code was valid once."); }

nlohmann::json subject_of(crypto::Credential const& credential) {
  auto subject = parse_json(credential.body);
  auto result = subject && subject->is_object() ? *subject : nlohmann::json::object();
  result["token"] = text::to_hex(credential.id);
  return result;
}

/// True unless the signer wrote another hall into the code.
bool is_for_hall(nlohmann::json const& subject, Device const& device) {
  return !subject.contains("hall") || subject["hall"] == device.hall;
}

/// A signed code, judged by its own words: the database need not know it.
Answer resolve_signed(std::string const& code, Device const& device, World const& world) {
  using crypto::CredentialKind;
  auto const credential =
      crypto::verify_credential(code, world.folder.trusted, world.env.wall.now(), device.hall,
                                {CredentialKind::appointment, CredentialKind::case_, CredentialKind::ticket});
  if (!credential) return credential.error().is("code_expired") ? code_expired() : code_unknown();
  auto const subject = subject_of(*credential);
  if (!is_for_hall(subject, device)) return code_unknown();
  return json_answer(200, {{"kind", crypto::to_string(credential->kind)},
                           {"subject", subject},
                           {"expires_at", text::to_rfc3339(credential->expires_at * 1'000'000)}});
}

}  // namespace

Answer resolve_code(Request const& request, Database& database, World const& world) {
  std::optional<Answer> refusal;
  auto const code = read_member(request, "code", refusal);
  if (refusal) return *refusal;
  if (crypto::is_our_code(code)) return resolve_signed(code, request.device, world);
  return database.run([&](pqxx::transaction_base& transaction) {
    auto const rows = query(transaction,
                            "SELECT kind, subject, (extract(epoch FROM expires) * 1000000)::bigint, expires <= now()"
                            " FROM platform_codes WHERE code = $1 AND hall IN ('', $2)",
                            code, request.device.hall);
    if (rows.empty()) return code_unknown();
    if (rows[0][3].as<bool>()) return code_expired();
    return json_answer(200, {{"kind", rows[0][0].as<std::string>()},
                             {"subject", nlohmann::json::parse(rows[0][1].as<std::string>())},
                             {"expires_at", text::to_rfc3339(rows[0][2].as<std::int64_t>())}});
  });
}

Answer claim_appointment(Request const& request, Database& database, World const& world) {
  std::optional<Answer> refusal;
  auto token = read_member(request, "token", refusal);
  if (refusal) return *refusal;
  std::string issued;  // subject of a signed appointment, which may be news to the database
  if (crypto::is_our_code(token)) {
    auto const credential = crypto::verify_credential(token, world.folder.trusted, world.env.wall.now(),
                                                      request.device.hall, {crypto::CredentialKind::appointment});
    if (!credential) return credential.error().is("code_expired") ? code_expired() : code_unknown();
    auto const subject = subject_of(*credential);
    if (!is_for_hall(subject, request.device)) return code_unknown();
    token = text::to_hex(credential->id);
    issued = subject.dump();
  }
  return database.run([&](pqxx::transaction_base& transaction) {
    if (!issued.empty())
      query(transaction,
            "INSERT INTO platform_appointments (token, hall, subject) VALUES ($1, $2, $3::json) ON CONFLICT DO NOTHING",
            token, request.device.hall, issued);
    // The row's lock makes the first of two machines win; the other then sees claimed_by.
    auto const claimed = query(transaction,
                               "UPDATE platform_appointments SET claimed_by = $3, claimed = now()"
                               " WHERE token = $1 AND hall = $2 AND claimed_by IS NULL RETURNING subject",
                               token, request.device.hall, request.device.urn);
    if (!claimed.empty())
      return json_answer(200, {{"subject", nlohmann::json::parse(claimed[0][0].as<std::string>())}});
    auto const used = query(transaction,
                            "SELECT (extract(epoch FROM claimed) * 1000000)::bigint, claimed_by = $3"
                            " FROM platform_appointments WHERE token = $1 AND hall = $2",
                            token, request.device.hall, request.device.urn);
    if (used.empty()) return code_unknown();
    return problem(
        409, "appointment_used", "The appointment was claimed before.",
        {{"claimed_at", text::to_rfc3339(used[0][0].as<std::int64_t>())}, {"same_device", used[0][1].as<bool>()}});
  });
}

}  // namespace yizhan::platform
