/// `yizhanctl doctor`: what is wrong with this machine, and what to do.
#include <fmt/format.h>

#include <iostream>

#include "shared/store/control_client.h"
#include "tools/ctl/command.h"

namespace yizhan::ctl {

namespace {

using nlohmann::json;

constexpr auto k_answer_limit = std::chrono::seconds(10);

bool is_down(json const& device) {
  auto const state = device.value("state", "");
  return state != "ready" && state != "busy";
}

std::string word(json const& object, char const* key) {
  auto const found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void print_device(json const& device) {
  auto const or_dash = [&](char const* key) {
    auto text = word(device, key);
    return text.empty() ? std::string("-") : text;
  };
  std::cout << fmt::format("{:<17} {:<8} {:<32} {}\n", word(device, "name"), word(device, "state"), or_dash("identity"),
                           or_dash("port"));
  if (device.contains("paper_left_mm")) {
    constexpr double k_metre = 1000;
    std::cout << fmt::format("    paper left: {:.1f} m, used: {:.1f} m\n", device["paper_left_mm"].get<int>() / k_metre,
                             device["paper_used_mm"].get<int>() / k_metre);
  }
  if (auto const fault = word(device, "fault"); !fault.empty()) {
    std::cout << fmt::format("    {}: {}{}{}\n", is_down(device) ? "fault" : "last fault, over",
                             word(device, "fault_at"), "  " + fault,
                             word(device, "detail").empty() ? "" : " (" + word(device, "detail") + ")");
  }
  if (auto const remedy = word(device, "remedy"); !remedy.empty()) std::cout << "    " << remedy << '\n';
}

/// The running kiosk holds the devices; only it can tell.
Result<json> from_kiosk(Context& context, json const& request) {
  auto reply = store::ask_owner(context.data / "control.sock", request, k_answer_limit, context.real.steady);
  if (!reply && reply.error().is("control_absent")) {
    return Error::make("kiosk_not_running", Retry::later,
                       "nobody serves " + (context.data / "control.sock").string() +
                           "; start yizhan-kiosk with this --data, then ask again");
  }
  return reply;
}

int examine_devices(Context& context, json& report) {
  auto reply = from_kiosk(context, {{"ask", "devices.status"}});
  if (!reply) return complain(reply.error());
  if (!reply->contains("devices")) return complain(Error::make("control_broken", Retry::no, "no list of devices"));
  report["devices"] = (*reply)["devices"];
  bool down = false;
  for (auto const& device : report["devices"]) {
    down = down || is_down(device);
    if (!context.json) print_device(device);
  }
  if (!context.json && report["devices"].empty()) std::cout << "no devices are configured\n";
  return down ? k_unavailable : k_answered;
}

/// Database and line, from the kiosk or, where none runs, from the folder itself.
int examine_machine(Context& context, json& report) {
  int exit_code = k_answered;
  auto const database = ask(context, {{"ask", "db.check"}});
  if (!database) return complain(database.error());
  report["database"] = (*database)["findings"];
  if (!report["database"].empty()) exit_code = k_bad_data;
  auto const line = ask(context, {{"ask", "sync.status"}});
  if (!line) return complain(line.error());
  report["line"] = *line;
  if (!context.json) {
    std::cout << fmt::format("{:<17} {}\n", "database", report["database"].empty() ? "ok" : "findings:");
    for (auto const& finding : report["database"]) std::cout << "    " << finding.get<std::string>() << '\n';
    std::cout << fmt::format("{:<17} {}, backlog {}, parked {}\n", "line", word(*line, "state"),
                             line->value("backlog", 0), line->value("parked", 0));
  }
  return exit_code;
}

}  // namespace

void add_doctor_commands(CLI::App& top, Context& context) {
  auto devices_only = std::make_shared<bool>(false);
  auto* doctor =
      top.add_subcommand("doctor", "what is wrong with this machine, and what to do; 69 where a device is down");
  doctor->add_flag("--devices", *devices_only, "the devices of the running kiosk alone");
  auto* paper = top.add_subcommand("paper", "the ticket printer's roll")->require_subcommand(1);
  paper->add_subcommand("new-roll", "a new one was put in before the old one ended; the running kiosk counts anew")
      ->callback([&context] {
        auto const reply = from_kiosk(context, {{"ask", "paper.changed"}});
        if (!reply) context.exit_code = complain(reply.error());
      });
  doctor->callback([&context, devices_only] {
    json report = json::object();
    int exit_code = *devices_only ? k_answered : examine_machine(context, report);
    if (exit_code == k_answered || exit_code == k_bad_data) {
      auto const devices = examine_devices(context, report);
      if (exit_code == k_answered) exit_code = devices;
      if (context.json && report.contains("devices")) print_line(report);
    }
    context.exit_code = exit_code;
  });
}

}  // namespace yizhan::ctl
