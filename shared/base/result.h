#pragma once
/// Result<T>: a value or an Error, spelled like std::expected (which GCC 12 lacks in C++20).
#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "shared/base/error.h"

namespace yizhan {

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  // Implicit on purpose: `return value;` and `return Error::make("code");` both read as what they are.
  Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
  explicit operator bool() const { return has_value(); }

  /// REQUIRES: has_value().
  T& value() & { return assert(has_value()), *std::get_if<0>(&m_state); }
  T const& value() const& { return assert(has_value()), *std::get_if<0>(&m_state); }
  T&& value() && { return assert(has_value()), std::move(*std::get_if<0>(&m_state)); }
  T& operator*() & { return value(); }
  T const& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  T const* operator->() const { return &value(); }

  /// REQUIRES: !has_value().
  Error& error() & { return assert(!has_value()), *std::get_if<1>(&m_state); }
  Error const& error() const& { return assert(!has_value()), *std::get_if<1>(&m_state); }
  Error&& error() && { return assert(!has_value()), std::move(*std::get_if<1>(&m_state)); }

  template <class U>
  [[nodiscard]] T value_or(U&& fallback) const& {
    return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
  }

 private:
  std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : m_error(std::move(error)) {}

  [[nodiscard]] bool has_value() const { return !m_error.has_value(); }
  explicit operator bool() const { return has_value(); }
  void value() const { assert(has_value()); }

  /// REQUIRES: !has_value().
  Error& error() & { return *m_error; }
  Error const& error() const& { return *m_error; }
  Error&& error() && { return std::move(*m_error); }

 private:
  std::optional<Error> m_error;
};

namespace detail {
template <class T>
T take_value(Result<T>& result) {
  if constexpr (!std::is_void_v<T>) return std::move(result).value();
}
}  // namespace detail

}  // namespace yizhan

/// `auto x = TRY(fallible());` returns the error to the caller, else yields the value. GCC and Clang statement
/// expression; works for Result<void> too.
#define TRY(expression)                                                      \
  __extension__({                                                            \
    auto yz_try_result = (expression);                                       \
    if (!yz_try_result.has_value()) return std::move(yz_try_result).error(); \
    ::yizhan::detail::take_value(yz_try_result);                             \
  })
