#include "tests/functional/rules/generator.h"

#include <array>
#include <limits>

namespace yizhan::test {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 35> k_operators = {
    "var", "missing", "missing_some", "if",  "?:",   "==",   "===",   "!=", "!==", "!",      "!!", "or",
    "and", ">",       ">=",           "<",   "<=",   "max",  "min",   "+",  "-",   "*",      "/",  "%",
    "map", "filter",  "reduce",       "all", "none", "some", "merge", "in", "cat", "substr", "log"};

constexpr std::array k_texts = {"",
                                "0",
                                "1",
                                "-1",
                                "2",
                                "10",
                                "9",
                                " 12 ",
                                "3.5",
                                "abc",
                                "a",
                                "b",
                                "c",
                                "apple",
                                "Infinity",
                                "-Infinity",
                                "NaN",
                                "1e3",
                                "1e400",
                                "-1e400",
                                "1e-400",
                                "0x1f",
                                "0XFF",
                                "0b11",
                                "0o17",
                                "0x",
                                "0x1fffffffffffff8001",
                                "1,2",
                                "null",
                                "true",
                                "undefined",
                                "汉字",
                                "社保卡",
                                "𠮷野家",
                                "😀",
                                "a😀b",
                                "e\u0301",
                                " ",
                                "\u3000 7 \u3000",
                                "\ufeff5",
                                ".5",
                                "5.",
                                "+5",
                                "--5",
                                "1_000",
                                "12abc",
                                "[object Object]",
                                "a.b",
                                "\uffff",
                                "-0",
                                "1e-7",
                                "00012",
                                "0.1e1",
                                "e5",
                                ".",
                                "1e",
                                "Infinityx",
                                "\t3\n",
                                "\u00a08\u2003",
                                "1,a",
                                ",",
                                "length"};

constexpr std::array k_keys = {"a", "b", "c", "x", "y", "", "0", "1", "list", "text", "length", "汉字", "current"};

constexpr std::array k_names = {"a",
                                "b",
                                "c",
                                "list",
                                "text",
                                "x.y",
                                "a.b",
                                "a.b.c",
                                "list.0",
                                "list.1",
                                "list.length",
                                "text.length",
                                "text.0",
                                "0",
                                "1",
                                "0.0",
                                "1.a",
                                "length",
                                "",
                                "current",
                                "accumulator",
                                "current.a",
                                "accumulator.length",
                                "a..b",
                                ".",
                                "a.",
                                "nothing",
                                "list.01",
                                "list.-1",
                                "list.1.0",
                                "汉字",
                                "汉字.0",
                                "current.0",
                                "list.2.a",
                                "b.list.0",
                                "x.0.1"};

constexpr std::array k_numbers = {0.0,
                                  -0.0,
                                  1.0,
                                  -1.0,
                                  2.0,
                                  3.0,
                                  10.0,
                                  100.0,
                                  0.1,
                                  0.2,
                                  0.30000000000000004,
                                  1.5,
                                  -2.5,
                                  1e21,
                                  123456789e12,
                                  1e-7,
                                  0.000001,
                                  123456789012.0,
                                  9007199254740991.0,
                                  5e-324,
                                  1.7976931348623157e308,
                                  4294967296.0,
                                  1e300,
                                  -7.0,
                                  0.5,
                                  1e20};

}  // namespace

std::span<std::string_view const> Generator::operators() { return k_operators; }

json Generator::text() {
  if (one_in(12)) return std::string(k_texts[below(k_texts.size())]) + k_texts[below(k_texts.size())];
  // The plainest ones meet each other often.
  return k_texts[below(one_in(3) ? 6 : k_texts.size())];
}

json Generator::number() {
  switch (below(4)) {
    case 0: return k_numbers[below(one_in(3) ? 3 : k_numbers.size())];
    case 1: return static_cast<double>(static_cast<int>(below(2'000'000)) - 1'000'000) / 1000;
    default: return static_cast<int>(below(24)) - 8;
  }
}

json Generator::scalar() {
  switch (below(12)) {
    case 0: return nullptr;
    case 1: return true;
    case 2: return false;
    case 3:
    case 4:
    case 5:
    case 6: return number();
    default: return text();
  }
}

json Generator::name() {
  switch (below(20)) {
    case 0: return static_cast<int>(below(4));
    case 1: return 1.5;
    case 2: return nullptr;
    case 3: return scalar();
    default: return k_names[below(k_names.size())];
  }
}

json Generator::list(int depth) {
  auto out = json::array();
  std::size_t const size = below(6);
  bool const numbers = one_in(3);
  for (std::size_t i = 0; i < size; ++i) out.push_back(numbers ? number() : data(depth - 1));
  return out;
}

json Generator::object(int depth) {
  auto out = json::object();
  if (one_in(10)) return out;
  std::size_t const size = 2 + below(5);
  while (out.size() < size) out[k_keys[below(k_keys.size())]] = data(depth - 1);
  return out;
}

json Generator::data(int depth) {
  if (depth <= 0) return scalar();
  switch (below(6)) {
    case 0:
    case 1: return list(depth);
    case 2:
    case 3: return object(depth);
    default: return scalar();
  }
}

json Generator::array_rule(int depth) {
  switch (below(8)) {
    case 0: return rule(depth);
    case 1: return json{{"var", name()}};
    case 2: return json{{"var", ""}};
    case 3: return json{{"var", "list"}};
    case 4: return operation(one_in(2) ? "merge" : "map", depth);
    case 5: return operation(one_in(2) ? "filter" : "missing", depth);
    default: return list(2);
  }
}

json Generator::rule(int depth) {
  if (depth <= 0 || one_in(6)) {
    switch (below(8)) {
      case 0: return list(1);
      case 1: return object(1);
      case 2:
      case 3: return json{{"var", name()}};
      default: return scalar();
    }
  }
  if (one_in(12)) {
    auto out = json::array();
    for (std::size_t i = below(4); i > 0; --i) out.push_back(rule(depth - 1));
    return out;
  }
  return operation(k_operators[below(k_operators.size())], depth);
}

json Generator::operation(std::string_view op, int depth) {
  auto given = arguments(op, depth);
  // One argument may stand without its array.
  if (given.size() == 1 && !given[0].is_array() && one_in(2)) given = json(given[0]);
  return json{{std::string(op), std::move(given)}};
}

json Generator::arguments(std::string_view op, int depth) {
  auto out = json::array();
  if (one_in(12)) {  // anything at all
    for (std::size_t i = below(4); i > 0; --i) out.push_back(rule(depth - 1));
    return out;
  }
  if (op == "var") {
    out.push_back(one_in(5) ? rule(depth - 1) : name());
    if (one_in(3)) out.push_back(rule(depth - 1));
  } else if (op == "missing") {
    if (one_in(3)) {
      out.push_back(array_rule(depth - 1));
    } else {
      for (std::size_t i = below(5); i > 0; --i) out.push_back(name());
    }
  } else if (op == "missing_some") {
    out.push_back(one_in(4) ? rule(depth - 1) : json(below(4)));
    auto names = json::array();
    for (std::size_t i = below(5); i > 0; --i) names.push_back(name());
    out.push_back(one_in(4) ? array_rule(depth - 1) : names);
  } else if (op == "map" || op == "filter" || op == "all" || op == "none" || op == "some" || op == "reduce") {
    out.push_back(array_rule(depth - 1));
    out.push_back(rule(depth - 1));
    if (op == "reduce" && !one_in(4)) out.push_back(rule(depth - 1));
  } else if (op == "substr") {
    out.push_back(one_in(2) ? text() : rule(depth - 1));
    if (!one_in(10)) out.push_back(one_in(4) ? rule(depth - 1) : json(static_cast<int>(below(12)) - 6));
    if (out.size() == 2 && one_in(2))
      out.push_back(one_in(4) ? rule(depth - 1) : json(static_cast<int>(below(12)) - 6));
  } else if (op == "in") {
    out.push_back(rule(depth - 1));
    out.push_back(one_in(2) ? array_rule(depth - 1) : rule(depth - 1));
  } else {
    bool const many = op == "if" || op == "?:" || op == "or" || op == "and" || op == "max" || op == "min" ||
                      op == "+" || op == "*" || op == "merge" || op == "cat";
    bool const one = op == "!" || op == "!!" || op == "log";
    std::size_t const count = one                         ? 1
                              : many                      ? 1 + below(5)
                              : (op == "<" || op == "<=") ? 2 + below(2)
                                                          : 2 - below(8) / 7;
    for (std::size_t i = 0; i < count; ++i) out.push_back(rule(depth - 1));
  }
  // Two that are the same, or become it.
  if (out.size() > 1 && one_in(8)) out[1] = out[0];
  if (out.size() > 1 && one_in(16)) out[one_in(2) ? 1 : 0] = json::array({out[0]});
  return out;
}

}  // namespace yizhan::test
