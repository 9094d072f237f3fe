#include "tools/platform/client_certificate.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include <array>

namespace yizhan::platform {

namespace {

constexpr std::size_t k_chain_limit = 4;

gnutls_datum_t datum_of(std::string const& bytes) {
  // GnuTLS's input type is not const; it does not write to it.
  return {reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data())), static_cast<unsigned>(bytes.size())};
}

class Certificate {
 public:
  Certificate() { gnutls_x509_crt_init(&m_certificate); }
  ~Certificate() { gnutls_x509_crt_deinit(m_certificate); }
  Certificate(Certificate const&) = delete;
  Certificate& operator=(Certificate const&) = delete;
  [[nodiscard]] bool read(std::string const& bytes, gnutls_x509_crt_fmt_t format) const {
    auto const datum = datum_of(bytes);
    return gnutls_x509_crt_import(m_certificate, &datum, format) == GNUTLS_E_SUCCESS;
  }
  [[nodiscard]] gnutls_x509_crt_t get() const { return m_certificate; }

 private:
  gnutls_x509_crt_t m_certificate{};
};

/// The device of the first URI SAN that is a device's.
std::optional<Device> device_of(gnutls_x509_crt_t certificate) {
  for (unsigned index = 0;; ++index) {
    std::array<char, 512> value{};
    auto size = value.size();
    int const type = gnutls_x509_crt_get_subject_alt_name(certificate, index, value.data(), &size, nullptr);
    if (type == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) return std::nullopt;
    if (type != GNUTLS_SAN_URI) continue;
    if (auto device = parse_device_urn(std::string_view(value.data(), size))) return device;
  }
}

Answer missing() { return problem(401, "certificate_required", "The call needs a device's certificate."); }
Answer untrusted() {
  return problem(401, "certificate_untrusted",
                 "The certificate is not signed by the CA for clients, or not in its time.");
}

std::optional<std::string> unescape(std::string_view text) {
  std::string out;
  auto const digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return std::nullopt;
    out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
    i += 2;
  }
  return out;
}

}  // namespace

struct ClientCertificates::State {
  gnutls_x509_trust_list_t trusted{};
  ~State() {
    if (trusted != nullptr) gnutls_x509_trust_list_deinit(trusted, 1);
  }

  std::variant<Device, Answer> judge(std::vector<gnutls_x509_crt_t> certificates) const {
    std::array<gnutls_typed_vdata_st, 1> purpose{};
    purpose[0].type = GNUTLS_DT_KEY_PURPOSE_OID;
    purpose[0].data = reinterpret_cast<unsigned char*>(const_cast<char*>(GNUTLS_KP_TLS_WWW_CLIENT));
    unsigned faults = 0;
    int const verified =
        gnutls_x509_trust_list_verify_crt2(trusted, certificates.data(), static_cast<unsigned>(certificates.size()),
                                           purpose.data(), static_cast<unsigned>(purpose.size()), 0, &faults, nullptr);
    if (verified != GNUTLS_E_SUCCESS || faults != 0) return untrusted();
    auto device = device_of(certificates.front());
    if (!device) return problem(403, "not_a_device", "The certificate names no device.");
    return *device;
  }
};

ClientCertificates::ClientCertificates() : m_state(std::make_unique<State>()) {}
ClientCertificates::~ClientCertificates() = default;
ClientCertificates::ClientCertificates(ClientCertificates&&) noexcept = default;
ClientCertificates& ClientCertificates::operator=(ClientCertificates&&) noexcept = default;

Result<ClientCertificates> ClientCertificates::create(std::string const& ca_pem) {
  ClientCertificates result;
  if (gnutls_x509_trust_list_init(&result.m_state->trusted, 0) != GNUTLS_E_SUCCESS) return Error::make("ca_unreadable");
  auto const pem = datum_of(ca_pem);
  int const count =
      gnutls_x509_trust_list_add_trust_mem(result.m_state->trusted, &pem, nullptr, GNUTLS_X509_FMT_PEM, 0, 0);
  if (count < 1) return Error::make("ca_unreadable", Retry::no, "no certificate in ca.crt");
  return result;
}

std::variant<Device, Answer> ClientCertificates::identify(std::vector<std::string> const& chain) const {
  if (chain.empty()) return missing();
  if (chain.size() > k_chain_limit) return untrusted();
  std::array<Certificate, k_chain_limit> certificates;
  std::vector<gnutls_x509_crt_t> handles;
  for (auto const& der : chain) {
    auto const& certificate = certificates.at(handles.size());
    if (!certificate.read(der, GNUTLS_X509_FMT_DER)) return untrusted();
    handles.push_back(certificate.get());
  }
  return m_state->judge(std::move(handles));
}

std::variant<Device, Answer> ClientCertificates::identify_escaped(std::string_view escaped_pem) const {
  if (escaped_pem.empty()) return missing();
  auto const pem = unescape(escaped_pem);
  Certificate certificate;
  if (!pem || !certificate.read(*pem, GNUTLS_X509_FMT_PEM)) return untrusted();
  return m_state->judge({certificate.get()});
}

}  // namespace yizhan::platform
