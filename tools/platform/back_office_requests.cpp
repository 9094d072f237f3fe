// What the back office's socket is asked.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "shared/crypto/hash.h"
#include "shared/domain/catalog/catalog.h"
#include "tools/platform/back_office.h"
#include "tools/platform/case_event.h"
#include "tools/platform/cases.h"
#include "tools/platform/intake.h"
#include "tools/platform/json.h"
#include "tools/platform/publish.h"
#include "tools/platform/uploads.h"

namespace yizhan::platform {

namespace {

using nlohmann::json;
using Transaction = pqxx::transaction_base;

json failed(std::string const& error) { return {{"error", error}}; }
json done_or(std::string const& error) { return error.empty() ? json{{"ok", true}} : failed(error); }

std::string text_of(json const& request, char const* name, std::string const& otherwise = "") {
  auto const found = request.find(name);
  return found != request.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

int number_of(json const& request, char const* name, int otherwise) {
  auto const found = request.find(name);
  bool const fits = found != request.end() && found->is_number_unsigned() && *found <= 100'000;
  return fits ? found->get<int>() : otherwise;
}

json list_cases(Transaction& transaction) {
  auto list = json::array();
  std::map<std::string, std::size_t> places;
  for (auto const& row :
       query(transaction, "SELECT number, matter, hall, pending, fault FROM platform_cases ORDER BY counted")) {
    places[row[0].as<std::string>()] = list.size();
    auto const fault = row[4].as<std::string>();
    list.push_back({{"case", row[0].as<std::string>()},
                    {"matter", row[1].as<std::string>()},
                    {"hall", row[2].as<std::string>()},
                    {"documents", !fault.empty()      ? "broken"
                                  : row[3].as<bool>() ? "waiting"
                                                      : "complete"},
                    {"fault", fault},
                    {"parts", json::array()}});
  }
  for (auto const& row :
       query(transaction, "SELECT number, part, item, state, outcome FROM platform_case_parts ORDER BY number, part")) {
    auto const place = places.find(row[0].as<std::string>());
    if (place == places.end()) continue;
    list[place->second]["parts"].push_back({{"part", row[1].as<int>()},
                                            {"item", row[2].as<std::string>()},
                                            {"state", row[3].as<std::string>()},
                                            {"outcome", row[4].as<std::string>()}});
  }
  for (auto& one : list) {
    std::vector<std::string> states;
    for (auto const& part : one["parts"]) states.push_back(part["state"].get<std::string>());
    one["state"] = overall_state(states);
  }
  return {{"ok", true}, {"cases", list}};
}

json act_on_case(Transaction& transaction, json const& request, World const& world) {
  Act act{.number = text_of(request, "case"),
          .part = number_of(request, "part", 0),
          .act = text_of(request, "act"),
          .reason = text_of(request, "reason"),
          .days = number_of(request, "days", 5),
          .outcome = text_of(request, "outcome", "granted")};
  auto const materials = request.find("materials");
  if (materials != request.end() && materials->is_array())
    for (auto const& material : *materials)
      act.materials.push_back(material.is_string() ? material.get<std::string>() : "");
  if (!is_case_number(act.number)) return failed("case_unknown");
  auto const error = carry_out(transaction, world.env, act);
  // What a part waited for may have ended.
  if (error.empty() && world.auto_accept && (act.act == "decide" || act.act == "refuse"))
    accept_what_can_be(transaction, world, act.number);
  return done_or(error);
}

/// A file as it is; a catalogue may lie in a folder, too (assets/catalog/README.md).
std::string content_of(std::filesystem::path const& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return catalog::join_catalog(path).value_or(std::string());
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

json publish_file(Transaction& transaction, json const& request, World const& world) {
  auto const content = content_of(text_of(request, "file"));
  if (content.empty()) return failed("file_unreadable");
  auto const force = request.find("force");
  return done_or(publish(transaction, world.folder, text_of(request, "document"), content,
                         force != request.end() && *force == true));
}

json describe_document(Transaction& transaction, json const& request, World const& world) {
  auto const sha256 = text_of(request, "sha256");
  if (!is_sha256(sha256)) return failed("upload_unknown");
  auto const rows = query(transaction,
                          "SELECT u.hall, coalesce(d.kind, u.kind) FROM platform_uploads u"
                          " LEFT JOIN platform_case_documents d ON d.sha256 = u.sha256"
                          " WHERE u.sha256 = $1 AND u.completed IS NOT NULL LIMIT 1",
                          sha256);
  if (rows.empty()) return failed("upload_unknown");
  auto const plain = open_upload(transaction, rows[0][0].as<std::string>(), sha256, world.folder.upload);
  if (!plain) return failed(std::string(plain.error().code()));
  return {{"ok", true},
          {"kind", rows[0][1].as<std::string>()},
          {"plain_sha256", crypto::sha256_hex(plain->view())},
          {"size", plain->size()}};
}

json check_all(Transaction& transaction) {
  auto const count = [&](char const* sql) { return query(transaction, sql)[0][0].as<std::int64_t>(); };
  json result{{"ok", true}};
  result["cases"] = count("SELECT count(*) FROM platform_cases");
  result["documents_missing"] = count(
      "SELECT count(*) FROM platform_case_documents d JOIN platform_cases c USING (number) LEFT JOIN platform_uploads u"
      " ON u.hall = c.hall AND u.sha256 = d.sha256 AND u.completed IS NOT NULL WHERE u.sha256 IS NULL");
  // Reckoned anew from the bytes; and what did not decrypt or did not fit its case.
  result["documents_broken"] =
      count(
          "SELECT count(*) FROM platform_uploads u WHERE completed IS NOT NULL AND sha256 IS DISTINCT FROM"
          " (SELECT encode(sha256(string_agg(bytes, ''::bytea ORDER BY position)), 'hex') FROM platform_upload_pieces p"
          "  WHERE p.hall = u.hall AND p.sha256 = u.sha256)") +
      count("SELECT count(*) FROM platform_cases WHERE fault <> ''");
  // A document stands in one case; a case has one event.
  result["doubled"] = count("SELECT count(*) - count(DISTINCT sha256) FROM platform_case_documents") +
                      count(
                          "SELECT count(*) - count(DISTINCT fact::json->'data'->>'case') FROM platform_facts"
                          " WHERE type = 'cn.yizhan.case.submitted.v1'");
  return result;
}

json answer_in(Transaction& transaction, json const& request, World const& world) {
  auto const what = text_of(request, "do");
  if (what == "cases") return list_cases(transaction);
  if (what == "act") return act_on_case(transaction, request, world);
  if (what == "publish") return publish_file(transaction, request, world);
  if (what == "document") return describe_document(transaction, request, world);
  if (what == "check") return check_all(transaction);
  return failed("request_unknown");
}

}  // namespace

json answer_back_office(std::string_view line, Database& database, World const& world) {
  auto const request = parse_json(line);
  if (!request || !request->is_object()) return failed("not_an_object");
  json answer;
  auto const outcome = database.run([&](Transaction& transaction) {
    answer = answer_in(transaction, *request, world);
    // What failed leaves nothing behind.
    return Answer{.status = answer.contains("error") ? 409 : 200};
  });
  if (outcome.status >= 500) return failed("database_unavailable");
  return answer;
}

}  // namespace yizhan::platform
