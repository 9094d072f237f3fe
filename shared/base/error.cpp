#include "shared/base/error.h"

namespace yizhan {

Error Error::make(std::string_view code, Retry retry, std::string detail, std::source_location where) {
  Error error;
  error.m_code = code;
  error.m_retry = retry;
  error.m_detail = std::move(detail);
  error.m_where = where;
  return error;
}

Error Error::caused_by(Error cause) && {
  m_cause = std::make_shared<Error const>(std::move(cause));
  return std::move(*this);
}

std::string Error::to_line() const {
  std::string_view file = m_where.file_name();
  if (auto const slash = file.rfind('/'); slash != std::string_view::npos) file.remove_prefix(slash + 1);
  std::string line{m_code};
  if (!m_detail.empty()) line.append(": ").append(m_detail);
  line.append(" (").append(file).append(":").append(std::to_string(m_where.line())).append(")");
  if (m_cause) line.append("; because ").append(m_cause->to_line());
  return line;
}

}  // namespace yizhan
