#include "shared/base/assets.h"
#include "shared/domain/calendar/workdays.h"
#include "shared/domain/rules/json_logic.h"
#include "tools/ctl/command.h"

namespace yizhan::ctl {

namespace {

namespace fs = std::filesystem;

std::string_view what_to_do(Error const& error) {
  if (error.is("rule_unknown_operator")) return "use only JsonLogic's operators; an object of one member is one";
  if (error.is("rule_too_deep")) return "nest less";
  if (error.is("rule_too_large")) return "split the file";
  if (error.is("rule_too_long")) return "make the rule simpler or give it less data";
  if (error.is("rule_bad_operand")) return "give the operator what it needs";
  if (error.is("rule_malformed")) return "make it valid JSON";
  return "correct it there";
}

/// What is wrong in `file`, where, and what to do.
Error in_file(fs::path const& file, Error const& error) {
  return Error::make(error.code(), Retry::no,
                     file.string() + ": " + error.detail() + "; " + std::string(what_to_do(error)), error.where());
}

/// Data may hold more than a rule may.
rules::Limits data_limits() {
  rules::Limits limits;
  limits.nodes = k_file_limit;
  limits.output = k_file_limit;
  return limits;
}

int evaluate(fs::path const& rule_file, fs::path const& data_file) {
  auto const rule_text = read_whole_file(rule_file, k_file_limit);
  if (!rule_text) return complain(rule_text.error());
  auto const data_text = read_whole_file(data_file, k_file_limit);
  if (!data_text) return complain(data_text.error());
  auto const rule = rules::Rule::parse_text(*rule_text);
  if (!rule) return complain(in_file(rule_file, rule.error()));
  auto const data = rules::parse_json(*data_text, data_limits());
  if (!data) return complain(in_file(data_file, data.error()));
  auto const result = rule->evaluate(*data);
  if (!result) return complain(in_file(rule_file, result.error()));
  print_line(*result);
  return k_answered;
}

struct Period {
  std::string from;
  int count = 0;
  bool natural = false;
  std::string calendar = "assets/calendar/holidays.json";
};

int workdays(Period const& period) {
  auto const file = find_asset(period.calendar);
  auto const text = read_whole_file(file, k_file_limit);
  if (!text) return complain(text.error());
  auto const calendar = calendar::HolidayCalendar::parse(*text);
  if (!calendar) return complain(in_file(file, calendar.error()));
  auto const from = calendar::BusinessDay::parse(period.from);
  if (!from) return complain(from.error());
  auto const unit = period.natural ? calendar::TimeUnit::natural_day : calendar::TimeUnit::workday;
  auto const due = calendar::due_after(*calendar, *from, period.count, unit);
  print_line({{"due", due.day.to_string()}, {"provisional", due.provisional}});
  return k_answered;
}

}  // namespace

std::string date_fault(std::string const& text) {
  return calendar::BusinessDay::parse(text) ? std::string() : text + " is no date; give one as YYYY-MM-DD";
}

void add_rule_commands(CLI::App& top, Context& context) {
  auto* rules = top.add_subcommand("rules", "conditions as JsonLogic")->require_subcommand(1);
  auto* evaluating = rules->add_subcommand("eval", "what a rule makes of data");
  auto files = std::make_shared<std::pair<std::string, std::string>>();
  evaluating->add_option("RULE", files->first, "a JsonLogic rule (JSON)")->required();
  evaluating->add_option("DATA", files->second, "the data it reads (JSON)")->required();
  evaluating->callback([&context, files] { context.exit_code = evaluate(files->first, files->second); });

  auto* counting = top.add_subcommand("workdays", "the last day of a period");
  auto period = std::make_shared<Period>();
  counting->add_option("FROM", period->from, "the day before the first that counts, YYYY-MM-DD")
      ->required()
      ->check(CLI::Validator(date_fault, "DATE"));
  counting->add_option("COUNT", period->count, "how many days")
      ->required()
      ->check(CLI::Range(0, calendar::k_longest_period));
  counting->add_flag("--natural", period->natural, "natural days instead of working days");
  counting->add_option("--calendar", period->calendar, "holidays of the years (JSON)");
  counting->callback([&context, period] { context.exit_code = workdays(*period); });
}

}  // namespace yizhan::ctl
