#include "shared/domain/rules/value.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "shared/domain/rules/js_text.h"

namespace yizhan::rules {

namespace {

using Json = nlohmann::json;
using Kind = Value::Kind;

constexpr int k_deepest_value = 500;

bool too_deep(int depth, Workspace& space) {
  if (depth > k_deepest_value) space.fail(Error::make("rule_too_deep", Retry::no, "data or result"));
  return space.failed();
}

Value with(Kind kind) {
  Value value;
  value.kind = kind;
  return value;
}

void put_text(Value const& value, std::string& out, int depth, Workspace& space);

/// Array.prototype.join with commas.
void put_joined(Value const& array, std::string& out, int depth, Workspace& space) {
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (!space.spend()) return;
    if (i > 0) out += ',';
    auto const element = array.at(i);
    if (element.kind > Kind::null) put_text(element, out, depth + 1, space);
  }
}

void put_text(Value const& value, std::string& out, int depth, Workspace& space) {
  switch (value.kind) {
    case Kind::undefined: out += "undefined"; return;
    case Kind::null: out += "null"; return;
    case Kind::boolean: out += value.boolean ? "true" : "false"; return;
    case Kind::number: out += js::number_text(value.number); return;
    case Kind::string:
      if (space.spend_on(value.string.size())) js::append(out, value.string);
      return;
    case Kind::json:
    case Kind::list:
    case Kind::scope: break;
  }
  if (!value.is_array()) {
    out += "[object Object]";
  } else if (!too_deep(depth, space)) {
    put_joined(value, out, depth, space);
  }
}

/// Arrays and objects as the texts they become.
Value primitive(Value const& value, Workspace& space) {
  return value.is_reference() ? space.own(to_text(value, space)) : value;
}

Json number_json(double number) {
  constexpr double k_exact = 9007199254740992;  // 2^53
  if (!std::isfinite(number)) return nullptr;
  if (std::trunc(number) == number && std::abs(number) <= k_exact) return static_cast<std::int64_t>(number);
  return number;
}

/// What a copy of `json` would cost.
bool charge(Json const& json, int depth, Workspace& space) {
  if (too_deep(depth, space) || !space.grow(json.is_string() ? 1 + json.get_ref<std::string const&>().size() : 1)) {
    return false;
  }
  if (!json.is_structured()) return true;
  for (auto const& below : json) {
    if (!charge(below, depth + 1, space)) return false;
  }
  return true;
}

Json json_of(Value const& value, int depth, Workspace& space) {
  if (too_deep(depth, space) || !space.grow(1)) return nullptr;
  switch (value.kind) {
    case Kind::undefined:
    case Kind::null: return nullptr;
    case Kind::boolean: return value.boolean;
    case Kind::number: return number_json(value.number);
    case Kind::string: return space.grow(value.string.size()) ? Json(js::well_formed(value.string)) : Json();
    case Kind::json: return charge(*value.json, depth, space) ? *value.json : Json();
    case Kind::list: {
      auto array = Json::array();
      for (auto const& element : *value.list) {
        if (space.failed()) break;
        array.push_back(json_of(element, depth + 1, space));
      }
      return array;
    }
    case Kind::scope: break;
  }
  auto object = Json::object();
  auto const& [current, accumulator] = *value.scope;
  if (!current.is_undefined()) object["current"] = json_of(current, depth + 1, space);
  if (!accumulator.is_undefined()) object["accumulator"] = json_of(accumulator, depth + 1, space);
  return object;
}

}  // namespace

Value Value::null() { return with(Kind::null); }
Value Value::of(bool value) {
  auto out = with(Kind::boolean);
  out.boolean = value;
  return out;
}
Value Value::of(double value) {
  auto out = with(Kind::number);
  out.number = value;
  return out;
}
Value Value::of(std::string_view value) {
  auto out = with(Kind::string);
  out.string = value;
  return out;
}
Value Value::of(Json const& value) {
  switch (value.type()) {
    case Json::value_t::boolean: return of(value.get<bool>());
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float: return of(value.get<double>());
    case Json::value_t::string: return of(std::string_view(value.get_ref<std::string const&>()));
    case Json::value_t::array:
    case Json::value_t::object: {
      auto out = with(Kind::json);
      out.json = &value;
      return out;
    }
    default: return null();
  }
}

bool Value::truthy() const {
  switch (kind) {
    case Kind::undefined:
    case Kind::null: return false;
    case Kind::boolean: return boolean;
    case Kind::number: return number != 0 && !std::isnan(number);
    case Kind::string: return !string.empty();
    case Kind::json:
    case Kind::list:
    case Kind::scope: break;
  }
  return !is_array() || size() > 0;
}

std::size_t Value::size() const { return kind == Kind::list ? list->size() : json->size(); }

Value Value::at(std::size_t index) const {
  if (index >= size()) return {};
  return kind == Kind::list ? (*list)[index] : of((*json)[index]);
}

bool Workspace::spend(std::size_t steps) {
  if (failed()) return false;
  if (steps > m_steps) fail(Error::make("rule_too_long", Retry::no, "steps"));
  m_steps -= std::min(m_steps, steps);
  return !failed();
}

bool Workspace::grow(std::size_t amount) {
  if (failed()) return false;
  if (amount > m_output) fail(Error::make("rule_too_long", Retry::no, "output"));
  m_output -= std::min(m_output, amount);
  return !failed();
}

void Workspace::fail(Error error) {
  if (!m_failure) m_failure = std::move(error);
}

Value Workspace::own(std::string text) {
  if (!grow(1 + text.size())) return Value::of(std::string_view());
  m_texts.push_back(std::make_unique<std::string const>(std::move(text)));
  return Value::of(std::string_view(*m_texts.back()));
}
Value Workspace::own(Value::List list) {
  grow(1 + list.size());
  m_lists.push_back(std::make_unique<Value::List const>(std::move(list)));
  auto value = with(Kind::list);
  value.list = m_lists.back().get();
  return value;
}
Value Workspace::own(Scope scope) {
  grow(2);
  m_scopes.push_back(std::make_unique<Scope const>(scope));
  auto value = with(Kind::scope);
  value.scope = m_scopes.back().get();
  return value;
}

double to_number(Value const& value, Workspace& space) {
  switch (value.kind) {
    case Kind::undefined: return std::numeric_limits<double>::quiet_NaN();
    case Kind::null: return 0;
    case Kind::boolean: return value.boolean ? 1 : 0;
    case Kind::number: return value.number;
    case Kind::string: return space.spend_on(value.string.size()) ? js::to_number(value.string) : 0;
    case Kind::json:
    case Kind::list:
    case Kind::scope: break;
  }
  return js::to_number(to_text(value, space));
}

double parse_float(Value const& value, Workspace& space) {
  // Through a text as written there, where a negative zero loses its sign.
  if (value.kind == Kind::number) return value.number + 0.0;
  if (value.is_string()) return space.spend_on(value.string.size()) ? js::parse_float(value.string) : 0;
  return js::parse_float(to_text(value, space));
}

std::string to_text(Value const& value, Workspace& space) {
  std::string out;
  put_text(value, out, 0, space);
  return out;
}

bool strictly_equal(Value const& left, Value const& right, Workspace& space) {
  if (left.kind != right.kind) return false;
  switch (left.kind) {
    case Kind::undefined:
    case Kind::null: return true;
    case Kind::boolean: return left.boolean == right.boolean;
    case Kind::number: return left.number == right.number;
    case Kind::string:
      return left.string.size() == right.string.size() && space.spend_on(left.string.size()) &&
             left.string == right.string;
    case Kind::json: return left.json == right.json;
    case Kind::list: return left.list == right.list;
    case Kind::scope: return left.scope == right.scope;
  }
  return false;
}

bool loosely_equal(Value left, Value right, Workspace& space) {
  if (left.kind == right.kind || (left.is_reference() && right.is_reference())) {
    return strictly_equal(left, right, space);
  }
  bool const left_is_nothing = left.kind <= Kind::null;
  bool const right_is_nothing = right.kind <= Kind::null;
  if (left_is_nothing || right_is_nothing) return left_is_nothing && right_is_nothing;
  left = primitive(left, space);
  right = primitive(right, space);
  if (left.is_string() && right.is_string()) return strictly_equal(left, right, space);
  return to_number(left, space) == to_number(right, space);
}

Order compare(Value const& left, Value const& right, Workspace& space) {
  auto const a = primitive(left, space);
  auto const b = primitive(right, space);
  if (a.is_string() && b.is_string()) {
    if (!space.spend_on(a.string.size() + b.string.size())) return Order::none;
    return js::less(a.string, b.string) ? Order::less : a.string == b.string ? Order::equal : Order::greater;
  }
  double const x = to_number(a, space);
  double const y = to_number(b, space);
  return x < y ? Order::less : x > y ? Order::greater : x == y ? Order::equal : Order::none;
}

Value member(Value const& value, std::string_view key, Workspace& space) {
  if (value.kind == Kind::scope) {
    if (key == "current") return value.scope->current;
    return key == "accumulator" ? value.scope->accumulator : Value{};
  }
  if (value.is_array()) {
    if (key == "length") return Value::of(static_cast<double>(value.size()));
    return value.at(js::array_index(key));
  }
  if (value.is_string()) {
    bool const wants_length = key == "length";
    auto const index = js::array_index(key);
    // What lies beyond the bytes lies beyond the units too.
    if ((!wants_length && index >= value.string.size()) || !space.spend_on(4 * value.string.size())) return {};
    if (wants_length) return Value::of(static_cast<double>(js::length(value.string)));
    auto unit = js::unit_at(value.string, index);
    return unit.empty() ? Value{} : space.own(std::move(unit));
  }
  if (value.kind != Kind::json) return {};
  auto const found = value.json->find(key);
  return found == value.json->end() ? Value{} : Value::of(*found);
}

Json to_json(Value const& value, Workspace& space) { return json_of(value, 0, space); }

}  // namespace yizhan::rules
