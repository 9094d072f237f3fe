// POST /v1/uploads, HEAD and PATCH /v1/uploads/{sha256}, OPTIONS: tus 1.0.0 with creation and checksum. A document belongs to the
// hall that created it; another hall's is not there.
#include "shared/base/text.h"
#include "tools/platform/calls.h"
#include "tools/platform/uploads.h"

namespace yizhan::platform {

namespace {

constexpr std::string_view k_prefix = "/v1/uploads/";

Answer with_version(Answer answer) {
  answer.headers.emplace_back("Tus-Resumable", "1.0.0");
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

Answer unknown() { return problem(404, "upload_unknown", "No such upload; create it."); }

Answer at_offset(int status, std::uint64_t offset) {
  Answer answer{.status = status, .content_type = "", .body = ""};
  answer.headers.emplace_back("Upload-Offset", std::to_string(offset));
  return answer;
}

/// Under the row's lock: of two pieces for one offset the second sees that the first was there.
Answer append(pqxx::transaction_base& transaction, Device const& device, std::string const& sha256,
              std::uint64_t offset, std::string const& bytes) {
  auto const rows =
      query(transaction, "SELECT size, received FROM platform_uploads WHERE hall = $1 AND sha256 = $2 FOR UPDATE",
            device.hall, sha256);
  if (rows.empty()) return unknown();
  auto const size = rows[0][0].as<std::uint64_t>();
  auto const received = rows[0][1].as<std::uint64_t>();
  if (offset != received)
    return problem(409, "offset_conflict", "The upload goes on elsewhere.", {{"offset", received}});
  if (bytes.size() > size - received) return problem(413, "too_large", "The piece goes beyond the upload's length.");
  if (bytes.empty()) return at_offset(204, received);
  query(transaction,
        "INSERT INTO platform_upload_pieces (hall, sha256, position, bytes) VALUES ($1, $2, $3, decode($4, 'hex'))",
        device.hall, sha256, offset, text::to_hex(text::bytes_of(bytes)));
  auto const now = received + bytes.size();
  if (now == size && !is_whole(transaction, device.hall, sha256)) {
    query(transaction, "DELETE FROM platform_upload_pieces WHERE hall = $1 AND sha256 = $2", device.hall, sha256);
    query(transaction, "UPDATE platform_uploads SET received = 0 WHERE hall = $1 AND sha256 = $2", device.hall, sha256);
    auto answer = problem(422, "upload_hash", "The bytes are not those of the name; the upload begins anew.");
    answer.commit_refusal = true;
    return answer;
  }
  query(transaction,
        "UPDATE platform_uploads SET received = $3, completed = CASE WHEN size = $3 THEN now() END"
        " WHERE hall = $1 AND sha256 = $2",
        device.hall, sha256, now);
  return at_offset(204, now);
}

}  // namespace

Answer create_upload(Request const& request, Database& database) {
  if (auto refusal = refuse_version(request)) return with_version(*refusal);
  auto const parsed = read_creation(request);
  if (auto const* refusal = std::get_if<Answer>(&parsed)) return with_version(*refusal);
  auto const& wanted = std::get<UploadWanted>(parsed);
  return with_version(database.run([&](pqxx::transaction_base& transaction) {
    query(transaction,
          "INSERT INTO platform_uploads (hall, sha256, size, kind, creator) VALUES ($1, $2, $3, $4, $5)"
          " ON CONFLICT DO NOTHING",
          request.device.hall, wanted.sha256, wanted.size, wanted.kind, request.device.urn);
    auto const rows = query(transaction, "SELECT size, received FROM platform_uploads WHERE hall = $1 AND sha256 = $2",
                            request.device.hall, wanted.sha256);
    if (rows[0][0].as<std::uint64_t>() != wanted.size)
      return problem(409, "upload_conflict", "The document was announced with another length.");
    auto answer = at_offset(201, rows[0][1].as<std::uint64_t>());
    answer.headers.emplace_back("Location", std::string(k_prefix) + wanted.sha256);
    return answer;
  }));
}

Answer head_upload(Request const& request, Database& database) {
  if (auto refusal = refuse_version(request)) return with_version(*refusal);
  auto const sha256 = request.path.substr(k_prefix.size());
  if (!is_sha256(sha256)) return with_version(unknown());
  return with_version(database.run([&](pqxx::transaction_base& transaction) {
    auto const rows = query(transaction, "SELECT size, received FROM platform_uploads WHERE hall = $1 AND sha256 = $2",
                            request.device.hall, sha256);
    if (rows.empty()) return unknown();
    auto answer = at_offset(200, rows[0][1].as<std::uint64_t>());
    answer.headers.emplace_back("Upload-Length", rows[0][0].as<std::string>());
    return answer;
  }));
}

Answer patch_upload(Request const& request, Database& database, World const& world) {
  if (auto refusal = refuse_version(request)) return with_version(*refusal);
  auto const parsed = read_piece(request);
  if (auto const* refusal = std::get_if<Answer>(&parsed)) return with_version(*refusal);
  auto const sha256 = request.path.substr(k_prefix.size());
  if (!is_sha256(sha256)) return with_version(unknown());
  auto answer = with_version(database.run([&](pqxx::transaction_base& transaction) {
    return append(transaction, request.device, sha256, std::get<std::uint64_t>(parsed), request.body);
  }));
  if (answer.status == 204) world.news.ring();
  return answer;
}

Answer upload_options() {
  auto answer = with_version({.status = 204, .content_type = "", .body = ""});
  answer.headers.emplace_back("Tus-Version", "1.0.0");
  answer.headers.emplace_back("Tus-Extension", "creation,checksum");
  answer.headers.emplace_back("Tus-Max-Size", std::to_string(k_upload_limit));
  answer.headers.emplace_back("Tus-Checksum-Algorithm", "sha256");
  return answer;
}

}  // namespace yizhan::platform
