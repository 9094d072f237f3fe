#pragma once
/// Errors are values. An Error says what happened in a stable code; it holds no personal data and no text for
/// people: the screen translates `error.<code>` (assets/i18n), command lines print `to_line()`.
#include <memory>
#include <source_location>
#include <string>
#include <string_view>

namespace yizhan {

/// Whether trying the same thing again, unchanged, can succeed.
enum class Retry { no, later };

class [[nodiscard]] Error {
 public:
  /// `code` is a literal in snake_case, e.g. "paper_end". It lives for the program's whole life.
  /// `detail` helps a technician (a path, an offset, a number). REQUIRES: no personal data in `detail`.
  static Error make(std::string_view code, Retry retry = Retry::no, std::string detail = {},
                    std::source_location where = std::source_location::current());

  /// The same error with the one that led to it.
  [[nodiscard]] Error caused_by(Error cause) &&;

  [[nodiscard]] std::string_view code() const { return m_code; }
  [[nodiscard]] bool is(std::string_view code) const { return m_code == code; }
  [[nodiscard]] bool retryable() const { return m_retry == Retry::later; }
  [[nodiscard]] std::string const& detail() const { return m_detail; }
  [[nodiscard]] Error const* cause() const { return m_cause.get(); }
  [[nodiscard]] std::source_location const& where() const { return m_where; }

  /// "code: detail (file:line); because code: detail (…)", one line, for logs and technicians.
  [[nodiscard]] std::string to_line() const;

 private:
  Error() = default;

  std::string_view m_code;
  Retry m_retry = Retry::no;
  std::string m_detail;
  std::source_location m_where;
  std::shared_ptr<Error const> m_cause;
};

}  // namespace yizhan
