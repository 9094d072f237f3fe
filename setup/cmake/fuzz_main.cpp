// The main() of a fuzz target where no fuzzer drives it: runs each file of the given files and folders once, and the
// empty input. So every input that ever broke a parser is run by each ctest, with any compiler.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

bool run_file(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "%s: cannot be read\n", path.c_str());
    return false;
  }
  std::string const text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  // A copy of exact size, so that AddressSanitizer sees a read past the end.
  std::vector<std::uint8_t> const bytes(text.begin(), text.end());
  std::fprintf(stderr, "%s (%zu bytes)\n", path.c_str(), bytes.size());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  std::uint8_t const nothing = 0;
  LLVMFuzzerTestOneInput(&nothing, 0);
  std::size_t runs = 1;
  bool ok = true;
  for (int i = 1; i < argc; ++i) {
    fs::path const root(argv[i]);
    std::error_code error;
    if (fs::is_directory(root, error)) {
      for (auto const& entry : fs::recursive_directory_iterator(root, error)) {
        if (!entry.is_regular_file()) continue;
        ok = run_file(entry.path()) && ok;
        ++runs;
      }
    } else {
      ok = run_file(root) && ok;
      ++runs;
    }
    if (error) {
      std::fprintf(stderr, "%s: %s\n", root.c_str(), error.message().c_str());
      ok = false;
    }
  }
  std::fprintf(stderr, "%zu inputs\n", runs);
  return ok ? 0 : 1;
}
