#include "shared/sync/tls_policy.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace yizhan::sync {
namespace {

bool is_address(std::string const& host) {
  unsigned char buffer[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, host.c_str(), buffer) == 1 || ::inet_pton(AF_INET6, host.c_str(), buffer) == 1;
}

}  // namespace

bool apply_tls_policy(void* ssl_ctx, std::string const& host, WallTime now) {
  auto* const context = static_cast<SSL_CTX*>(ssl_ctx);
  SSL_CTX_set_security_level(context, 2);
  auto* const wanted = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_time(wanted, std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return (is_address(host) ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str())
                           : X509_VERIFY_PARAM_set1_host(wanted, host.data(), host.size())) == 1;
}

std::string_view tls_error_code(long verify_result) {
  switch (verify_result) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return "tls_wrong_host";
    case X509_V_ERR_CERT_HAS_EXPIRED: return "tls_expired";
    case X509_V_ERR_CERT_NOT_YET_VALID: return "tls_not_yet_valid";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return "tls_unknown_authority";
    default: return "tls_refused";
  }
}

}  // namespace yizhan::sync
