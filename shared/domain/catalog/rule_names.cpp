#include "shared/domain/catalog/rule_names.h"

#include <algorithm>

namespace yizhan::catalog {

namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_operator(Json const& logic) { return logic.is_object() && logic.size() == 1; }

/// The name {"var": "x"} or {"var": ["x", otherwise]} reads; null where it is something else.
std::string const* plain_name(Json const& logic) {
  if (!is_operator(logic) || !logic.contains("var")) return nullptr;
  auto const& argument = logic["var"];
  auto const& name = argument.is_array() && !argument.empty() ? argument.front() : argument;
  return name.get_ptr<std::string const*>();
}

/// `in_element`: within filter, map and the like names are parts of an element, not of the facts.
class Walk {
 public:
  RuleNames found;

  void rule(Json const& logic, std::string const& pointer, bool in_element) {
    if (logic.is_array()) return each(logic, pointer, in_element);
    if (!is_operator(logic)) return;
    auto const& name = logic.begin().key();
    auto const& arguments = logic.begin().value();
    auto const below = pointer + "/" + escaped(name);
    if (name == "var") return variable(arguments, below, in_element);
    if (name == "missing") return names(arguments, below, in_element);
    if (name == "missing_some") return some(arguments, below, in_element);
    if (is_one_of(name, {"filter", "map", "reduce", "all", "none", "some"}))
      return over_list(arguments, below, in_element);
    if (!in_element) compare(name, arguments, below);
    rule(arguments, below, in_element);
  }

 private:
  void each(Json const& list, std::string const& pointer, bool in_element) {
    for (std::size_t i = 0; i < list.size(); ++i) rule(list[i], at(pointer, i), in_element);
  }
  void variable(Json const& argument, std::string const& pointer, bool in_element) {
    if (!argument.is_array()) return name(argument, pointer, in_element);
    if (argument.empty()) return name("", pointer, in_element);
    name(argument.front(), pointer + "/0", in_element);
    if (argument.size() > 1) rule(argument[1], pointer + "/1", in_element);
  }
  void name(Json const& literal, std::string const& pointer, bool in_element) {
    if (literal.is_structured()) {
      if (!in_element) found.computed.push_back(pointer);
      return rule(literal, pointer, in_element);
    }
    if (in_element) return;
    auto const* const text = literal.get_ptr<std::string const*>();
    found.named.push_back({text ? *text : literal.is_null() ? "" : literal.dump(), pointer});
  }
  void names(Json const& list, std::string const& pointer, bool in_element) {
    if (!list.is_array()) return name(list, pointer, in_element);
    for (std::size_t i = 0; i < list.size(); ++i) name(list[i], at(pointer, i), in_element);
  }
  void some(Json const& arguments, std::string const& pointer, bool in_element) {
    if (!arguments.is_array() || arguments.size() < 2) return;
    rule(arguments[0], pointer + "/0", in_element);
    names(arguments[1], pointer + "/1", in_element);
  }
  void over_list(Json const& arguments, std::string const& pointer, bool in_element) {
    if (!arguments.is_array()) return rule(arguments, pointer, in_element);
    for (std::size_t i = 0; i < arguments.size(); ++i) rule(arguments[i], at(pointer, i), in_element || i == 1);
  }
  void compare(std::string const& name, Json const& arguments, std::string const& pointer) {
    if (!arguments.is_array() || arguments.size() != 2) return;
    if (is_one_of(name, {"==", "===", "!=", "!=="})) {
      for (std::size_t i : {std::size_t{0}, std::size_t{1}}) {
        auto const* const variable = plain_name(arguments[i]);
        if (variable != nullptr) literal(*variable, arguments[1 - i], at(pointer, 1 - i));
      }
    } else if (name == "in") {
      auto const* const needle = plain_name(arguments[0]);
      auto const* const list = plain_name(arguments[1]);
      if (needle != nullptr && arguments[1].is_array()) {
        for (std::size_t i = 0; i < arguments[1].size(); ++i) literal(*needle, arguments[1][i], at(pointer + "/1", i));
      }
      if (list != nullptr) literal(*list, arguments[0], pointer + "/0");
    }
  }
  void literal(std::string const& variable, Json const& value, std::string const& pointer) {
    if (value.is_primitive() && !value.is_null()) found.compared.push_back({variable, &value, pointer});
  }
};

}  // namespace

RuleNames names_in(Json const& logic, std::string const& pointer) {
  Walk walk;
  walk.rule(logic, pointer, false);
  return std::move(walk.found);
}

}  // namespace yizhan::catalog
