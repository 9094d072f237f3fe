#pragma once
/// What libcurl's own TLS options do not say. OpenSSL stays behind this header.
#include <string>
#include <string_view>

#include "shared/base/env.h"
#include "shared/base/error.h"

namespace yizhan::sync {

/// To be applied to curl's SSL_CTX before each handshake: the server's name must be in the SAN (libcurl alone would take a bare
/// common name), certificate times are compared with `now`, keys and hashes of less than 112 bits are refused.
/// False where OpenSSL refuses.
[[nodiscard]] bool apply_tls_policy(void* ssl_ctx, std::string const& host, WallTime now);

/// The code of a failed certificate check, from X509_V_ERR_….
[[nodiscard]] std::string_view tls_error_code(long verify_result);

}  // namespace yizhan::sync
