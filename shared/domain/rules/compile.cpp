#include <algorithm>
#include <unordered_map>

#include "shared/domain/rules/program.h"

namespace yizhan::rules {

namespace {

using Json = nlohmann::json;

Op const* find_operator(std::string_view name) {
  static std::unordered_map<std::string_view, Op> const k_operators = {
      {"var", Op::var},        {"missing", Op::missing}, {"missing_some", Op::missing_some},
      {"if", Op::condition},   {"?:", Op::condition},    {"and", Op::conjunction},
      {"or", Op::disjunction}, {"map", Op::map},         {"filter", Op::filter},
      {"reduce", Op::reduce},  {"all", Op::all},         {"none", Op::none},
      {"some", Op::some},      {"==", Op::equal},        {"===", Op::same},
      {"!=", Op::not_equal},   {"!==", Op::not_same},    {"!", Op::negation},
      {"!!", Op::truth},       {">", Op::greater},       {">=", Op::greater_equal},
      {"<", Op::less},         {"<=", Op::less_equal},   {"max", Op::max},
      {"min", Op::min},        {"+", Op::plus},          {"-", Op::minus},
      {"*", Op::times},        {"/", Op::divide},        {"%", Op::modulo},
      {"merge", Op::merge},    {"in", Op::in},           {"cat", Op::cat},
      {"substr", Op::substr},  {"log", Op::log}};
  auto const found = k_operators.find(name);
  return found == k_operators.end() ? nullptr : &found->second;
}

constexpr std::size_t k_longest_pointer = 200;

std::string below(std::string const& pointer, std::string_view key) {
  if (pointer.size() > k_longest_pointer) return pointer;
  std::string out = pointer + '/';
  for (char const c : key.substr(0, k_longest_pointer)) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

Error fail(std::string_view code, std::string pointer) {
  if (pointer.size() > k_longest_pointer) pointer.replace(k_longest_pointer, pointer.npos, "…");
  return Error::make(code, Retry::no, std::move(pointer));
}

/// Depth and count of values, before anything recurses or is copied. `left` is what may still come.
Result<void> measure(Json const& value, std::string const& pointer, int depth, std::size_t& left) {
  if (left == 0) return fail("rule_too_large", pointer);
  --left;
  if (!value.is_structured()) return {};
  if (depth == 0) return fail("rule_too_deep", pointer);
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      TRY(measure(value[i], below(pointer, std::to_string(i)), depth - 1, left));
    }
    return {};
  }
  for (auto const& [key, member] : value.items()) TRY(measure(member, below(pointer, key), depth - 1, left));
  return {};
}

bool is_literal(Json const& value) { return !value.is_structured(); }
/// An array the evaluation need not build anew, where nobody can tell.
bool is_literal_array(Json const& value) {
  return value.is_array() && std::all_of(value.begin(), value.end(), is_literal);
}

/// Which arguments are only looked into: that an array is always a new one cannot be seen there.
bool only_looks_into(Op op, std::size_t argument) {
  switch (op) {
    case Op::map:
    case Op::filter:
    case Op::reduce:
    case Op::all:
    case Op::none:
    case Op::some: return argument == 0;
    case Op::in:
    case Op::missing_some: return argument == 1;
    case Op::missing:
    case Op::merge: return true;
    default: return false;
  }
}
bool is_scoped(Op op, std::size_t argument) { return argument == 1 && op >= Op::map && op <= Op::some; }

std::vector<std::string> split(std::string_view name) {
  std::vector<std::string> parts;
  for (;;) {
    auto const dot = name.find('.');
    parts.emplace_back(name.substr(0, dot));
    if (dot == name.npos) return parts;
    name.remove_prefix(dot + 1);
  }
}

class Compiler {
 public:
  explicit Compiler(Program& program) : m_program(program) {}

  Result<void> compile(Json const& logic) {
    m_program.nodes.emplace_back();
    return compile_into(0, logic, {.pointer = "", .scoped = false, .looked_into = false});
  }

 private:
  struct Place {
    std::string pointer;
    bool scoped;       // inside the logic of map, filter …: names are an element's
    bool looked_into;  // see only_looks_into
  };

  Result<void> compile_into(std::size_t index, Json const& logic, Place const& place) {
    bool const is_list = logic.is_array() && !(place.looked_into && is_literal_array(logic));
    if (is_list) {
      std::vector<Json const*> elements;
      for (auto const& element : logic) elements.push_back(&element);
      return compile_arguments(index, Op::list, elements, place, false);
    }
    if (logic.is_object() && logic.size() == 1) return compile_operator(index, logic, place);
    m_program.nodes[index].constant = Value::of(logic);
    return {};
  }

  Result<void> compile_operator(std::size_t index, Json const& logic, Place const& place) {
    auto const& name = logic.begin().key();
    auto const& given = logic.begin().value();
    Place const inside{below(place.pointer, name), place.scoped, false};
    Op const* const op = find_operator(name);
    if (op == nullptr) return fail("rule_unknown_operator", inside.pointer);

    std::vector<Json const*> arguments;
    if (given.is_array()) {
      for (auto const& argument : given) arguments.push_back(&argument);
    } else {
      arguments.push_back(&given);
    }
    if (!place.scoped) note_names(*op, arguments);
    TRY(compile_arguments(index, *op, arguments, inside, !given.is_array()));
    bool const fixed = *op == Op::var && (arguments.empty() || is_literal(*arguments[0]));
    if (fixed) fix_variable(m_program.nodes[index], arguments.empty() ? Json() : *arguments[0]);
    return {};
  }

  /// `alone`: one argument that stands there without an array.
  Result<void> compile_arguments(std::size_t index, Op op, std::vector<Json const*> const& arguments,
                                 Place const& place, bool alone) {
    std::size_t const first = m_program.nodes.size();
    auto& node = m_program.nodes[index];
    node.op = op;
    node.first = static_cast<std::uint32_t>(first);
    node.count = static_cast<std::uint32_t>(arguments.size());
    m_program.nodes.resize(first + arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      Place const inside{alone ? place.pointer : below(place.pointer, std::to_string(i)),
                         place.scoped || is_scoped(op, i), only_looks_into(op, i)};
      TRY(compile_into(first + i, *arguments[i], inside));
    }
    return {};
  }

  static std::string name_of(Json const& literal) {
    Workspace space(Limits{});
    return to_text(Value::of(literal), space);
  }
  static bool is_whole_data(Json const& name) { return name.is_null() || name == ""; }

  void fix_variable(Node& node, Json const& name) {
    node.op = Op::variable;
    node.path = static_cast<std::uint32_t>(m_program.paths.size());
    m_program.paths.emplace_back();
    if (!is_whole_data(name)) m_program.paths.back() = split(name_of(name));
  }

  void note_name(Json const& name) {
    if (is_literal_array(name)) {
      for (auto const& one : name) note_name(one);
    } else if (!is_literal(name) || is_whole_data(name)) {
      m_program.dynamic = true;
    } else {
      m_program.variables.push_back(name_of(name));
    }
  }
  void note_names(Op op, std::vector<Json const*> const& arguments) {
    if (op == Op::var) note_name(arguments.empty() || arguments[0]->is_array() ? Json() : *arguments[0]);
    if (op == Op::missing_some && arguments.size() > 1) note_name(*arguments[1]);
    if (op != Op::missing) return;
    for (auto const* const argument : arguments) note_name(*argument);
  }

  Program& m_program;
};

}  // namespace

Result<std::shared_ptr<Program const>> compile(Json const& logic, Limits const& limits) {
  std::size_t left = limits.nodes;
  TRY(measure(logic, "", limits.depth, left));
  auto program = std::make_shared<Program>();
  program->logic = logic;
  program->limits = limits;
  TRY(Compiler(*program).compile(program->logic));
  auto& names = program->variables;
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return std::shared_ptr<Program const>(std::move(program));
}

}  // namespace yizhan::rules
