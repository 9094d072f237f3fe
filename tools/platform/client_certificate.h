#pragma once
/// Who is at the other end: a certificate that the CA signed for clients, with a device's URN as URI SAN.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/base/result.h"
#include "tools/platform/answer.h"

namespace yizhan::platform {

class ClientCertificates {
 public:
  /// `ca_pem`: the CAs that sign devices. Errors: ca_unreadable.
  static Result<ClientCertificates> create(std::string const& ca_pem);
  ~ClientCertificates();
  ClientCertificates(ClientCertificates&&) noexcept;
  ClientCertificates& operator=(ClientCertificates&&) noexcept;

  /// The device, or 401 (none, not signed by the CA, out of its time, not for clients) or 403 (no device's URN).
  /// `chain`: DER, the client's own first. Thread: any.
  [[nodiscard]] std::variant<Device, Answer> identify(std::vector<std::string> const& chain) const;
  /// The same from a proxy's header: one PEM certificate, percent-encoded (nginx: $ssl_client_escaped_cert).
  [[nodiscard]] std::variant<Device, Answer> identify_escaped(std::string_view escaped_pem) const;

 private:
  ClientCertificates();
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace yizhan::platform
