// Starts the tests again under umockdev's library, which must be loaded before all others.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

int main(int count, char** arguments) {
  constexpr auto k_library = "libumockdev-preload.so.0";
  auto const* const preloaded = std::getenv("LD_PRELOAD");
  if (preloaded == nullptr || std::string_view(preloaded).find(k_library) == std::string_view::npos) {
    ::setenv("LD_PRELOAD", k_library, 1);
    ::execv("/proc/self/exe", arguments);
    std::perror("execv");
    return EXIT_FAILURE;
  }
  testing::InitGoogleTest(&count, arguments);
  return RUN_ALL_TESTS();
}
