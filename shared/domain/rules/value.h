#pragma once
/// A value of a running rule: small, copied freely, a view into the data, the rule, or what the evaluation built.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/domain/rules/json_logic.h"

namespace yizhan::rules {

struct Scope;

struct Value {
  enum class Kind : std::uint8_t {
    undefined,
    null,
    boolean,
    number,
    string,
    json,   // an array or object of the data or the rule
    list,   // an array the evaluation built
    scope,  // {"current", "accumulator"} of reduce
  };
  using List = std::vector<Value>;

  Kind kind = Kind::undefined;
  bool boolean = false;
  double number = 0;
  std::string_view string;
  union {
    nlohmann::json const* json = nullptr;
    List const* list;
    Scope const* scope;
  };

  static Value null();
  static Value of(bool value);
  static Value of(double value);
  static Value of(std::string_view value);  // not copied
  static Value of(char const*) = delete;    // would become a bool
  static Value of(nlohmann::json const& value);

  [[nodiscard]] bool is_undefined() const { return kind == Kind::undefined; }
  [[nodiscard]] bool is_string() const { return kind == Kind::string; }
  [[nodiscard]] bool is_array() const { return kind == Kind::list || (kind == Kind::json && json->is_array()); }
  /// Arrays and objects: equal only to themselves.
  [[nodiscard]] bool is_reference() const { return kind >= Kind::json; }
  [[nodiscard]] bool truthy() const;

  /// REQUIRES: is_array().
  [[nodiscard]] std::size_t size() const;
  /// REQUIRES: is_array(). Undefined beyond the end.
  [[nodiscard]] Value at(std::size_t index) const;
};

struct Scope {
  Value current;
  Value accumulator;
};

/// What an evaluation builds, what it may still cost, and why it stopped.
class Workspace {
 public:
  explicit Workspace(Limits const& limits) : m_steps(limits.steps), m_output(limits.output) {}

  /// False once the evaluation has failed; its values no longer mean anything then.
  bool spend(std::size_t steps = 1);
  /// For work that grows with `bytes` of text.
  bool spend_on(std::size_t bytes) { return spend(1 + bytes / 64); }
  bool grow(std::size_t amount);
  void fail(Error error);
  [[nodiscard]] bool failed() const { return m_failure.has_value(); }
  [[nodiscard]] Error const& failure() const { return *m_failure; }

  Value own(std::string text);
  Value own(Value::List list);
  Value own(Scope scope);

 private:
  std::size_t m_steps;
  std::size_t m_output;
  std::optional<Error> m_failure;
  std::vector<std::unique_ptr<std::string const>> m_texts;
  std::vector<std::unique_ptr<Value::List const>> m_lists;
  std::vector<std::unique_ptr<Scope const>> m_scopes;
};

// ECMA-262's conversions and comparisons. They spend steps, and fail on data nested too deep.

[[nodiscard]] double to_number(Value const& value, Workspace& space);
[[nodiscard]] double parse_float(Value const& value, Workspace& space);
[[nodiscard]] std::string to_text(Value const& value, Workspace& space);
[[nodiscard]] bool strictly_equal(Value const& left, Value const& right, Workspace& space);
[[nodiscard]] bool loosely_equal(Value left, Value right, Workspace& space);
enum class Order { less, equal, greater, none };
[[nodiscard]] Order compare(Value const& left, Value const& right, Workspace& space);
/// An own member, an element, `length`, a code unit of a text; undefined where there is none.
[[nodiscard]] Value member(Value const& value, std::string_view key, Workspace& space);
/// As JSON.stringify writes it: null for NaN, infinity and undefined.
[[nodiscard]] nlohmann::json to_json(Value const& value, Workspace& space);

}  // namespace yizhan::rules
