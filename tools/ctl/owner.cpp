/// Commands about a data folder. The process that owns it answers over control.sock; where nobody does, yizhanctl opens it
/// itself.
#include <iostream>

#include "shared/base/text.h"
#include "shared/hall/postgres_schema.h"
#include "shared/office/control.h"
#include "shared/store/control_client.h"
#include "shared/store/uploads.h"
#include "shared/sync/configured.h"
#include "shared/sync/sync_engine.h"
#include "tools/ctl/command.h"

namespace yizhan::ctl {

namespace {

using nlohmann::json;

constexpr auto k_answer_limit = std::chrono::seconds(150);
constexpr auto k_round_limit = std::chrono::minutes(2);

/// A premises of our own for the length of one command.
struct OwnPremises {
  Context& context;
  calendar::HallClock clock{context.real.wall, context.real.steady, office::build_time()};
  std::unique_ptr<office::Premises> premises;

  Result<void> open() {
    auto config = TRY(context.config());
    premises = TRY(office::Premises::open({std::move(config), context.data, context.vault_profile()},
                                          context.real.env(), clock, [] {}));
    return {};
  }
};

Result<json> sync_round(OwnPremises& own) {
  auto const config = TRY(own.context.config());
  if (config.platform.url.empty()) return Error::make("platform_not_configured");
  auto settings = TRY(sync::settings_of(config, own.premises->vault()));
  auto const env = own.context.real.env();
  auto& store = own.premises->store();
  auto engine = TRY(sync::SyncEngine::create(std::move(settings), env, store.outbox(), own.clock, &store.uploads()));
  TRY(engine->run_until_idle(env.steady.now() + k_round_limit));
  return json::object();
}

/// Looking must not make: a mistyped --data is no healthy machine. Only staff may be added to a machine that has only its
/// keys, or nothing, yet; a first round of synchronisation wants its keys.
Result<void> check_machine(Context const& context, std::string const& name) {
  std::error_code failed;
  bool const database = std::filesystem::exists(context.data / "yizhan.db", failed);
  bool const vault = std::filesystem::exists(context.data / "vault.dev", failed);
  bool const looks = name.starts_with("db.") || name.starts_with("ratings.");
  bool const enough = looks ? database : name == "staff.add" || database || vault;
  if (enough) return {};
  return Error::make("machine_absent", Retry::no, context.data.string() + " holds no machine; check --data");
}

Result<json> reply_to(Context& context, json const& request) {
  auto const name = request.value("ask", "");
  auto answer = store::ask_owner(context.data / "control.sock", request, k_answer_limit, context.real.steady);
  if (answer) return answer;
  if (!answer.error().is("control_absent")) return std::move(answer).error();
  TRY(context.config());  // what is wrong with it is said first
  TRY(check_machine(context, name));
  OwnPremises own{context};
  TRY(own.open());
  if (name == "sync.once") return sync_round(own);
  return office::answer_control(*own.premises, request);
}

int check_database(Context& context) {
  auto const reply = ask(context, {{"ask", "db.check"}});
  if (!reply) return complain(reply.error());
  auto const& findings = (*reply)["findings"];
  if (context.json)
    print_line(*reply);
  else if (findings.empty())
    std::cout << "ok\n";
  else
    print_answer(context, *reply);
  return findings.empty() ? k_answered : k_bad_data;
}

/// Reads one line from stdin, so that it never stands in a process list.
SecretText read_secret() {
  std::string line;
  std::getline(std::cin, line);
  SecretText secret(line);
  scrub(line);
  return secret;
}

struct Provisioning {
  std::string hall_key;
  std::string holder_key;
  std::string device_key;
};

/// Puts what a hall's machines share, and this machine's own key, into its vault.
Result<void> provision(Context& context, Provisioning const& wanted) {
  std::error_code failed;
  std::filesystem::create_directories(context.data, failed);
  std::filesystem::permissions(context.data, std::filesystem::perms::owner_all, failed);
  auto vault = TRY(crypto::open_development_vault(context.data, context.vault_profile()));
  for (auto const& [name, file] : {std::pair{"hall", &wanted.hall_key}, std::pair{"holder", &wanted.holder_key},
                                   std::pair{"device", &wanted.device_key}}) {
    if (file->empty()) continue;
    auto bytes = TRY(read_whole_file(*file, k_file_limit));
    SecretBytes const key(text::bytes_of(bytes));
    scrub(bytes);
    constexpr std::size_t k_key_size = 32;
    if (std::string_view(name) != "device" && key.size() != k_key_size) {
      return Error::make("key_unreadable", Retry::no, *file + ": 32 bytes are wanted");
    }
    TRY(vault->put(name, key));
  }
  return {};
}

}  // namespace

Result<json> ask(Context& context, json const& request) {
  auto reply = TRY(reply_to(context, request));
  if (!reply.contains("error")) return reply;
  // The code must outlive the error: it is one of few, kept for the process's life.
  static std::string const code = reply.value("error", "");
  return Error::make(code, Retry::no, reply.value("detail", ""));
}

int answer(Context& context, json const& request) {
  auto const reply = ask(context, request);
  if (!reply) return complain(reply.error());
  print_answer(context, *reply);
  return k_answered;
}

void add_owner_commands(CLI::App& top, Context& context) {
  auto* database = top.add_subcommand("db", "this machine's database")->require_subcommand(1);
  database->add_subcommand("check", "pages, rows, audit chain and line")->callback([&context] {
    context.exit_code = check_database(context);
  });
  auto file = std::make_shared<std::string>();
  auto* backup = database->add_subcommand("backup", "a consistent copy under the same key");
  backup->add_option("FILE", *file)->required();
  backup->callback([&context, file] {
    auto const absolute = std::filesystem::absolute(*file).string();
    context.exit_code = answer(context, {{"ask", "db.backup"}, {"file", absolute}});
  });

  auto* sync = top.add_subcommand("sync", "the link to the platform")->require_subcommand(1);
  sync->add_subcommand("once", "one round; 0 only where every event and document due was answered")
      ->callback([&context] {
        context.exit_code = answer(context, {{"ask", "sync.once"}});
      });
  sync->add_subcommand("status", "epoch, sequence, backlog, documents to upload")->callback([&context] {
    context.exit_code = answer(context, {{"ask", "sync.status"}});
  });
  sync->add_subcommand("adopt", "resume the line of a machine whose name another one used")->callback([&context] {
    context.exit_code = answer(context, {{"ask", "sync.adopt"}});
  });
  auto* parked = sync->add_subcommand("parked", "events the platform rejected")->require_subcommand(1);
  parked->add_subcommand("list", "all of them")->callback([&context] {
    context.exit_code = answer(context, {{"ask", "sync.parked"}});
  });
  struct Parked {
    std::string id;
    std::string reason;
  };
  auto event = std::make_shared<Parked>();
  auto* resubmit = parked->add_subcommand("resubmit", "again, as a new event");
  resubmit->add_option("ID", event->id)->required();
  resubmit->callback([&context, event] {
    context.exit_code = answer(context, {{"ask", "sync.resubmit"}, {"id", event->id}});
  });
  auto* discard = parked->add_subcommand("discard", "for good");
  discard->add_option("ID", event->id)->required();
  discard->add_option("--reason", event->reason)->required();
  discard->callback([&context, event] {
    context.exit_code = answer(context, {{"ask", "sync.discard"}, {"id", event->id}, {"reason", event->reason}});
  });

  struct Staff {
    std::string number;
    std::string role = "clerk";
  };
  auto member = std::make_shared<Staff>();
  auto* staff = top.add_subcommand("staff", "who may sign in here")->require_subcommand(1);
  auto* add = staff->add_subcommand("add", "adds or replaces; the PIN is one line on standard input");
  add->add_option("--number", member->number)->required();
  add->add_option("--role", member->role)->check(CLI::IsMember({"clerk", "helper", "supervisor", "technician"}));
  add->callback([&context, member] {
    auto const pin = read_secret();
    context.exit_code = answer(
        context,
        {{"ask", "staff.add"}, {"number", member->number}, {"role", member->role}, {"pin", std::string(pin.view())}});
  });

  auto* hall = top.add_subcommand("hall", "the hall's shared queue")->require_subcommand(1);
  auto uri = std::make_shared<std::string>();
  auto* install = hall->add_subcommand("install", "tables and functions of a PostgreSQL hall; data stay");
  install->add_option("--database", *uri, "URI of a user that may create roles and schemas")->required();
  install->callback([&context, uri] {
    auto const done = hall::install_schema(*uri);
    if (!done) context.exit_code = complain(done.error());
  });
  hall->add_subcommand("view", "how many wait and are served")->callback([&context] {
    context.exit_code = answer(context, {{"ask", "hall.view"}});
  });

  auto wanted = std::make_shared<Provisioning>();
  auto* provisioning = top.add_subcommand("provision", "keys of the hall and of this machine into its vault");
  provisioning->add_option("--hall-key", wanted->hall_key, "file of 32 bytes");
  provisioning->add_option("--holder-key", wanted->holder_key, "file of 32 bytes");
  provisioning->add_option("--device-key", wanted->device_key, "PEM");
  provisioning->callback([&context, wanted] {
    auto const done = provision(context, *wanted);
    if (!done) context.exit_code = complain(done.error());
  });
}

}  // namespace yizhan::ctl
