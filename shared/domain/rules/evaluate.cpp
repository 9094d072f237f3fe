// Evaluation of a parsed rule. Recursion is bounded by the rule's depth, everything else by the workspace's budget.
#include "shared/domain/rules/program.h"

namespace yizhan::rules {

namespace {

class Evaluation {
 public:
  Evaluation(Program const& program, Workspace& space) : m_program(program), m_space(space) {}

  Value apply(std::uint32_t index, Value const& data) {
    if (!m_space.spend()) return {};
    Node const& node = m_program.nodes[index];
    switch (node.op) {
      case Op::constant: return node.constant;
      case Op::list: return list(node, data);
      case Op::variable: return variable(node, data);
      case Op::condition: return condition(node, data);
      case Op::conjunction: return first_that_is(false, node, data);
      case Op::disjunction: return first_that_is(true, node, data);
      case Op::map: return map(node, data);
      case Op::filter: return filter(node, data);
      case Op::reduce: return reduce(node, data);
      case Op::all: return quantify(node, data, false, false, false);
      case Op::none: return quantify(node, data, true, false, true);
      case Op::some: return quantify(node, data, true, true, false);
      default: return with_arguments(node, data);
    }
  }

 private:
  /// The argument's value; undefined where it was not given.
  Value argument(Node const& node, std::uint32_t i, Value const& data) {
    return i < node.count ? apply(node.first + i, data) : Value{};
  }

  Value list(Node const& node, Value const& data) {
    Value::List out;
    out.reserve(node.count);
    for (std::uint32_t i = 0; i < node.count && !m_space.failed(); ++i) out.push_back(apply(node.first + i, data));
    return m_space.own(std::move(out));
  }

  Value variable(Node const& node, Value const& data) {
    // The default is looked at first, as in the reference, though it costs where it is not needed.
    auto const otherwise = argument(node, 1, data);
    auto const not_found = otherwise.is_undefined() ? Value::null() : otherwise;
    Value found = data;
    for (auto const& name : m_program.paths[node.path]) {
      if (found.kind <= Value::Kind::null) return not_found;
      found = member(found, name, m_space);
      if (found.is_undefined()) return not_found;
    }
    return found;
  }

  /// if, else if, else.
  Value condition(Node const& node, Value const& data) {
    std::uint32_t i = 0;
    for (; i + 1 < node.count && !m_space.failed(); i += 2) {
      if (apply(node.first + i, data).truthy()) return apply(node.first + i + 1, data);
    }
    return i + 1 == node.count ? apply(node.first + i, data) : Value::null();
  }

  /// and, or: the first argument that decides, or the last.
  Value first_that_is(bool wanted, Node const& node, Value const& data) {
    Value value;
    for (std::uint32_t i = 0; i < node.count && !m_space.failed(); ++i) {
      value = apply(node.first + i, data);
      if (value.truthy() == wanted) break;
    }
    return value;
  }

  Value map(Node const& node, Value const& data) {
    auto const source = argument(node, 0, data);
    Value::List out;
    for (std::size_t i = 0; source.is_array() && i < source.size() && m_space.spend(); ++i) {
      out.push_back(argument(node, 1, source.at(i)));
    }
    return m_space.own(std::move(out));
  }

  Value filter(Node const& node, Value const& data) {
    auto const source = argument(node, 0, data);
    Value::List out;
    for (std::size_t i = 0; source.is_array() && i < source.size() && m_space.spend(); ++i) {
      auto const element = source.at(i);
      if (argument(node, 1, element).truthy()) out.push_back(element);
    }
    return m_space.own(std::move(out));
  }

  Value reduce(Node const& node, Value const& data) {
    auto const source = argument(node, 0, data);
    auto value = node.count > 2 ? argument(node, 2, data) : Value::null();
    for (std::size_t i = 0; source.is_array() && i < source.size() && m_space.spend(); ++i) {
      value = argument(node, 1, m_space.own(Scope{source.at(i), value}));
    }
    return value;
  }

  /// all, none, some: the first element whose answer is `deciding` gives `decision`.
  Value quantify(Node const& node, Value const& data, bool deciding, bool decision, bool of_nothing) {
    auto const source = argument(node, 0, data);
    if (!source.is_array() || source.size() == 0) return Value::of(of_nothing);
    for (std::size_t i = 0; i < source.size() && m_space.spend(); ++i) {
      if (argument(node, 1, source.at(i)).truthy() == deciding) return Value::of(decision);
    }
    return Value::of(!decision);
  }

  Value with_arguments(Node const& node, Value const& data) {
    std::size_t const base = m_stack.size();
    for (std::uint32_t i = 0; i < node.count && !m_space.failed(); ++i) {
      auto const value = apply(node.first + i, data);
      m_stack.push_back(value);
    }
    auto const result = operate(node.op, {m_stack.data() + base, m_stack.size() - base}, data, m_space);
    m_stack.resize(base);
    return result;
  }

  Program const& m_program;
  Workspace& m_space;
  std::vector<Value> m_stack;  // arguments of the operators that are being evaluated
};

}  // namespace

Value evaluate(Program const& program, Value const& data, Workspace& space) {
  return Evaluation(program, space).apply(0, data);
}

}  // namespace yizhan::rules
