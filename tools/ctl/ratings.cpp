/// What residents thought of this hall, and what staff do where they thought badly of it.
#include "shared/domain/feedback/evaluation.h"
#include "tools/ctl/command.h"

namespace yizhan::ctl {

namespace {

using nlohmann::json;

std::string_view what_to_do(Error const& error) {
  if (error.is("follow_up_unknown")) return "take an id that `ratings follow-ups --all` lists";
  if (error.is("follow_up_out_of_order")) return "`ratings follow-ups` lists the acts possible now";
  if (error.is("staff_unknown")) return "give a number that may sign in here, or add it with `staff add`";
  return {};
}

int step(Context& context, json const& request) {
  auto const reply = ask(context, request);
  if (reply) {
    print_answer(context, *reply);
    return k_answered;
  }
  auto const& error = reply.error();
  auto const advice = std::string(what_to_do(error));
  if (advice.empty()) return complain(error);
  return complain(Error::make(error.code(), Retry::no, error.detail().empty() ? advice : error.detail() + "; " + advice,
                              error.where()));
}

std::vector<std::string> acts() {
  std::vector<std::string> names;
  for (int act = 0; act <= static_cast<int>(feedback::FollowUpAct::close); ++act) {
    names.emplace_back(to_string(static_cast<feedback::FollowUpAct>(act)));
  }
  return names;
}

struct Span {
  std::string from;
  std::string to;
};

struct Step {
  std::string id;
  std::string act;
  std::string staff;
};

}  // namespace

void add_rating_commands(CLI::App& top, Context& context) {
  auto* ratings = top.add_subcommand("ratings", "ratings given at this machine")->require_subcommand(1);
  auto span = std::make_shared<Span>();
  auto* figures = ratings->add_subcommand("figures", "counts and rates of a time");
  figures->add_option("--from", span->from, "first day; default: the first of that month")
      ->check(CLI::Validator(date_fault, "DATE"));
  figures->add_option("--to", span->to, "last day; default: today")->check(CLI::Validator(date_fault, "DATE"));
  figures->callback([&context, span] {
    json request{{"ask", "ratings.figures"}};
    if (!span->from.empty()) request["from"] = span->from;
    if (!span->to.empty()) request["to"] = span->to;
    context.exit_code = answer(context, request);
  });

  auto all = std::make_shared<bool>(false);
  auto* list = ratings->add_subcommand("follow-ups", "of bad ratings: the open ones, the oldest first");
  list->add_flag("--all", *all, "closed ones too");
  list->callback([&context, all] {
    context.exit_code = answer(context, {{"ask", "ratings.follow_ups"}, {"all", *all}});
  });

  auto wanted = std::make_shared<Step>();
  auto* stepping = ratings->add_subcommand("step", "records what was done about one");
  stepping->add_option("ID", wanted->id)->required();
  stepping->add_option("ACT", wanted->act)->required()->check(CLI::IsMember(acts()));
  stepping->add_option("--staff", wanted->staff, "number of who did it")->required();
  stepping->callback([&context, wanted] {
    context.exit_code =
        step(context, {{"ask", "ratings.step"}, {"id", wanted->id}, {"act", wanted->act}, {"staff", wanted->staff}});
  });
}

}  // namespace yizhan::ctl
