#include "tests/unit/shared/office/office_machine.h"

#include <cstdlib>
#include <regex>
#include <set>

namespace yizhan::test {

catalog::Catalog hall_catalog() {
  catalog::Catalog all;
  all.version = 1;
  all.queues = {{'A', "社会保障", "Social security"}, {'B', "民政", "Civil affairs"}};
  all.items = {{.code = "social_card_replace", .name = {"社保卡补办", "Replace a social card"}, .queue = 'A'},
               {.code = "pension_check", .name = {"养老资格认证", "Pension check"}, .queue = 'A'},
               {.code = "elder_card", .name = {"老年证办理", "Senior card"}, .queue = 'B'}};
  return all;
}

identity::Person zhang_san(char digit) {
  identity::Person person;
  person.number = SecretText(std::string("42010619900307001") + digit);
  person.name = SecretText("张三");
  person.verification = identity::Verification::card_read;
  return person;
}

OfficeMachine::OfficeMachine(std::string const& uri, std::string const& terminal, std::uint64_t seed)
    : machine(terminal, seed), m_uri(uri) {
  settings.device = machine.device;
  settings.hall = "420106001001";
  settings.terminal = terminal;
  settings.counter = terminal + "号窗口";
  settings.series = "KX";
  open();
}

void OfficeMachine::open(hall::HallAuthority* authority) {
  m_office.reset();
  if (authority == nullptr)
    hall = std::move(hall::open_hall({m_uri, settings.queue}, *machine.store, *machine.clock, {})).value();
  std::vector<std::byte> const holder_key(32, std::byte{7});
  std::vector<std::byte> const hall_key(32, std::byte{9});
  m_office = std::make_unique<office::Office>(machine.env.env(), *machine.store,
                                              authority != nullptr ? *authority : *hall, *machine.clock, catalog,
                                              office::HolderIndex(holder_key), settings, std::move(signer), hall_key);
  signer.reset();
  m_office->on_change([this] { ++changes; });
}

void OfficeMachine::use(hall::HallAuthority& authority) { open(&authority); }

void OfficeMachine::close() {
  m_office.reset();
  hall.reset();
  machine.close();
}

void OfficeMachine::restart() {
  close();
  machine.reopen();
  open();
}

std::vector<StoredEvent> OfficeMachine::events() {
  auto rows = machine.store->database().prepare(
      "SELECT type, subject, data FROM outbox WHERE type LIKE 'cn.yizhan.ticket.%' ORDER BY sequence");
  std::vector<StoredEvent> all;
  while (rows->step().value_or(false))
    all.push_back({rows->text(0), rows->text(1), nlohmann::json::parse(rows->text(2))});
  return all;
}

std::vector<std::string> OfficeMachine::event_types() {
  constexpr std::string_view prefix = "cn.yizhan.ticket.";
  std::vector<std::string> types;
  for (auto const& event : events()) {
    auto const name = event.type.substr(prefix.size());
    types.push_back(name.substr(0, name.find('.')));
  }
  return types;
}

std::int64_t OfficeMachine::jobs(std::string const& state) {
  return machine.count("SELECT count(*) FROM print_jobs WHERE state = '" + state + "'");
}

namespace {

bool is_of(std::string const& type, nlohmann::json const& value) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

std::string value_misfit(nlohmann::json const& schema, nlohmann::json const& value);

std::string members_misfit(nlohmann::json const& schema, nlohmann::json const& value) {
  if (schema.at("additionalProperties") != false) return "schema is open";
  for (auto const& name : schema.at("required"))
    if (!value.contains(name.get<std::string>())) return "lacks " + name.get<std::string>();
  for (auto const& [name, member] : value.items()) {
    if (!schema.at("properties").contains(name)) return "has an additional " + name;
    if (auto wrong = value_misfit(schema.at("properties").at(name), member); !wrong.empty()) return name + " " + wrong;
  }
  return {};
}

std::string value_misfit(nlohmann::json const& schema, nlohmann::json const& value) {
  if (schema.contains("anyOf")) {
    for (auto const& one : schema.at("anyOf"))
      if (value_misfit(one, value).empty()) return {};
    return "fits none";
  }
  std::string const type = schema.at("type");
  if (!is_of(type, value)) return "is no " + type;
  if (type == "object") return members_misfit(schema, value);
  static std::set<std::string> const k_words{"$schema", "$id", "title", "description", "type"};
  for (auto const& [keyword, wanted] : schema.items()) {
    if (keyword == "pattern") {
      if (!std::regex_search(value.get<std::string>(), std::regex(wanted.get<std::string>()))) return "does not match";
    } else if (keyword == "enum") {
      if (std::find(wanted.begin(), wanted.end(), value) == wanted.end()) return "is none of the words";
    } else if (keyword == "minimum") {
      if (value < wanted) return "is too small";
    } else if (keyword == "maximum") {
      if (value > wanted) return "is too large";
    } else if (keyword == "maxItems") {
      if (value.size() > wanted.get<std::size_t>()) return "is too long";
    } else if (keyword == "items") {
      for (auto const& one : value)
        if (auto wrong = value_misfit(wanted, one); !wrong.empty()) return "has one that " + wrong;
    } else if (!k_words.contains(keyword)) {
      return "has an unknown keyword " + keyword + " in its schema";
    }
  }
  return {};
}

}  // namespace

std::string misfit(std::string const& type, nlohmann::json const& data) {
  char const* top = std::getenv("YIZHAN_SOURCE_DIR");
  auto const file =
      std::filesystem::path(top == nullptr ? "." : top) / "tests/support/golden/schemas" / (type + ".json");
  return value_misfit(nlohmann::json::parse(read_file(file)), data);
}

}  // namespace yizhan::test
