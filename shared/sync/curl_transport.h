#pragma once
/// HTTP over libcurl, https only: mutual TLS ≥ 1.2, one authority file, the server's name in its SAN, pins, certificate times
/// checked at hall time. No redirect, no proxy of the environment, no other scheme.
#include <memory>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/sync/http_transport.h"
#include "shared/sync/sync_settings.h"

namespace yizhan::sync {

/// `clock` must outlive it. Errors: sync_url, tls_own_certificate, tls_ca_file.
Result<std::unique_ptr<HttpTransport>> create_curl_transport(SyncSettings const& settings, Env const& env,
                                                             calendar::HallClock& clock);

}  // namespace yizhan::sync
