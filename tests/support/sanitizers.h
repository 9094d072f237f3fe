#pragma once
/// Whether this runs under a sanitizer: long tests do less then, and say so.

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define YZ_TEST_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define YZ_TEST_SANITIZED 1
#endif

namespace yizhan::test {

#ifdef YZ_TEST_SANITIZED
inline constexpr bool k_sanitized = true;
#else
inline constexpr bool k_sanitized = false;
#endif

}  // namespace yizhan::test
