#include <algorithm>
#include <cmath>
#include <limits>

#include "shared/domain/rules/js_text.h"
#include "shared/domain/rules/program.h"

namespace yizhan::rules {

namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();

/// var: a name with dots, and what stands for what is not there.
Value variable(Value const& name, Value const& otherwise, Value const& data, Workspace& space) {
  if (name.kind <= Value::Kind::null || (name.is_string() && name.string.empty())) return data;
  auto const not_found = otherwise.is_undefined() ? Value::null() : otherwise;
  std::string const text = to_text(name, space);
  std::string_view rest = text;
  Value found = data;
  for (;;) {
    if (found.kind <= Value::Kind::null || !space.spend()) return not_found;
    auto const dot = rest.find('.');
    found = member(found, rest.substr(0, dot), space);
    if (found.is_undefined()) return not_found;
    if (dot == rest.npos) return found;
    rest.remove_prefix(dot + 1);
  }
}

/// The reference evaluates {"var": key} here. A key that is an array is a name and its default; one that is an object
/// of the data stays data and is never run as a rule.
bool is_missing(Value const& key, Value const& data, Workspace& space) {
  auto const value = key.is_array() ? variable(key.at(0), key.at(1), data, space) : variable(key, {}, data, space);
  return value.kind == Value::Kind::null || (value.is_string() && value.string.empty());
}

/// An array as first argument is the list of keys, else the arguments are.
Value::List missing(Arguments arguments, Value const& data, Workspace& space) {
  Value::List out;
  bool const in_array = arguments[0].is_array();
  std::size_t const count = in_array ? arguments[0].size() : arguments.count;
  for (std::size_t i = 0; i < count && space.spend(); ++i) {
    auto const key = in_array ? arguments[0].at(i) : arguments[i];
    if (is_missing(key, data, space)) out.push_back(key);
  }
  return out;
}

Value missing_some(Value const& wanted, Value const& options, Value const& data, Workspace& space) {
  if (options.kind <= Value::Kind::null) {
    space.fail(Error::make("rule_bad_operand", Retry::no, "missing_some: a list of names is wanted"));
    return {};
  }
  Value::List keys;
  if (options.is_array()) {
    if (!space.spend(options.size())) return {};
    for (std::size_t i = 0; i < options.size(); ++i) keys.push_back(options.at(i));
  } else {
    keys.push_back(options);
  }
  auto absent = missing({keys.data(), keys.size()}, data, space);
  auto const length = to_number(member(options, "length", space), space);
  auto const present = Value::of(length - static_cast<double>(absent.size()));
  auto const order = compare(present, wanted, space);
  if (order == Order::greater || order == Order::equal) absent.clear();
  return space.own(std::move(absent));
}

bool ordered(Value const& left, Value const& right, bool or_equal, Workspace& space) {
  auto const order = compare(left, right, space);
  return order == Order::less || (or_equal && order == Order::equal);
}
/// a < b, or a < b < c.
bool ascending(Arguments arguments, bool or_equal, Workspace& space) {
  bool const first = ordered(arguments[0], arguments[1], or_equal, space);
  return first && (arguments[2].is_undefined() || ordered(arguments[1], arguments[2], or_equal, space));
}

/// Math.max and, negated, Math.min.
double extreme(Arguments arguments, bool least, Workspace& space) {
  double best = -k_infinity;
  for (std::size_t i = 0; i < arguments.count && space.spend(); ++i) {
    double const number = to_number(arguments[i], space);
    double const value = least ? -number : number;
    if (std::isnan(best) || std::isnan(value)) {
      best = std::numeric_limits<double>::quiet_NaN();
    } else if (value > best || (value == best && std::signbit(best))) {
      best = value;
    }
  }
  return least ? -best : best;
}

double sum(Arguments arguments, Workspace& space) {
  double total = 0;
  for (std::size_t i = 0; i < arguments.count && space.spend(); ++i) total += parse_float(arguments[i], space);
  return total;
}

/// One argument comes back as it is.
Value product(Arguments arguments, Workspace& space) {
  if (arguments.count == 0) {
    space.fail(Error::make("rule_bad_operand", Retry::no, "*: at least one factor is wanted"));
    return {};
  }
  if (arguments.count == 1) return arguments[0];
  double total = parse_float(arguments[0], space) * parse_float(arguments[1], space);
  for (std::size_t i = 2; i < arguments.count && space.spend(); ++i) {
    // The reference reads the product so far as a text again, where a negative zero loses its sign.
    total = (total + 0.0) * parse_float(arguments[i], space);
  }
  return Value::of(total);
}

Value difference(Arguments arguments, Workspace& space) {
  double const left = to_number(arguments[0], space);
  if (arguments[1].is_undefined()) return Value::of(-left);
  return Value::of(left - to_number(arguments[1], space));
}

Value merged(Arguments arguments, Workspace& space) {
  Value::List out;
  for (std::size_t i = 0; i < arguments.count && space.spend(); ++i) {
    auto const one = arguments[i];
    if (!one.is_array()) {
      out.push_back(one);
      continue;
    }
    if (!space.spend(one.size())) break;
    for (std::size_t k = 0; k < one.size(); ++k) out.push_back(one.at(k));
  }
  return space.own(std::move(out));
}

bool contains(Value const& part, Value const& whole, Workspace& space) {
  if (whole.is_string()) {
    auto const text = to_text(part, space);
    // As with the other operators, nothing is in an empty text.
    return !whole.string.empty() && space.spend_on(whole.string.size()) && js::contains(whole.string, text);
  }
  if (!whole.is_array()) return false;
  for (std::size_t i = 0; i < whole.size() && space.spend(); ++i) {
    if (strictly_equal(part, whole.at(i), space)) return true;
  }
  return false;
}

Value joined(Arguments arguments, Workspace& space) {
  std::string out;
  for (std::size_t i = 0; i < arguments.count && space.spend(); ++i) {
    if (arguments[i].kind <= Value::Kind::null) continue;
    auto const text = to_text(arguments[i], space);
    if (!space.grow(text.size())) break;
    js::append(out, text);
  }
  return space.own(std::move(out));
}

/// ToIntegerOrInfinity.
double to_integer(Value const& value, Workspace& space) {
  double const number = to_number(value, space);
  return std::isnan(number) ? 0 : std::trunc(number);
}

Value cut(Arguments arguments, Workspace& space) {
  auto const source = to_text(arguments[0], space);
  if (!space.spend_on(4 * source.size())) return {};
  auto const start = to_integer(arguments[1], space);
  auto const end = arguments[2];
  if (compare(end, Value::of(0.0), space) != Order::less) {
    return space.own(js::substr(source, start, end.is_undefined() ? k_infinity : to_integer(end, space)));
  }
  // A negative length leaves as many units off the end. One that is a text is appended to a number in the reference,
  // which gives no number, and so nothing.
  auto const rest = js::substr(source, start, k_infinity);
  double const keep = end.kind == Value::Kind::number ? static_cast<double>(js::length(rest)) + end.number : 0;
  return space.own(js::substr(rest, 0, std::trunc(keep)));
}

}  // namespace

Value operate(Op op, Arguments arguments, Value const& data, Workspace& space) {
  auto const a = arguments[0];
  auto const b = arguments[1];
  switch (op) {
    case Op::var: return variable(a, b, data, space);
    case Op::missing: return space.own(missing(arguments, data, space));
    case Op::missing_some: return missing_some(a, b, data, space);
    case Op::equal: return Value::of(loosely_equal(a, b, space));
    case Op::same: return Value::of(strictly_equal(a, b, space));
    case Op::not_equal: return Value::of(!loosely_equal(a, b, space));
    case Op::not_same: return Value::of(!strictly_equal(a, b, space));
    case Op::negation: return Value::of(!a.truthy());
    case Op::truth: return Value::of(a.truthy());
    case Op::greater: return Value::of(ordered(b, a, false, space));
    case Op::greater_equal: return Value::of(ordered(b, a, true, space));
    case Op::less: return Value::of(ascending(arguments, false, space));
    case Op::less_equal: return Value::of(ascending(arguments, true, space));
    case Op::max: return Value::of(extreme(arguments, false, space));
    case Op::min: return Value::of(extreme(arguments, true, space));
    case Op::plus: return Value::of(sum(arguments, space));
    case Op::minus: return difference(arguments, space);
    case Op::times: return product(arguments, space);
    case Op::divide: return Value::of(to_number(a, space) / to_number(b, space));
    case Op::modulo: return Value::of(std::fmod(to_number(a, space), to_number(b, space)));
    case Op::merge: return merged(arguments, space);
    case Op::in: return Value::of(contains(a, b, space));
    case Op::cat: return joined(arguments, space);
    case Op::substr: return cut(arguments, space);
    case Op::log: return a;
    default: return {};
  }
}

}  // namespace yizhan::rules
