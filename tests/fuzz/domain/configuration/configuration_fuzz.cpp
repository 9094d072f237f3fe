// terminal.toml: any bytes give a configuration or an error that names file and line.
#include <cstdlib>

#include "shared/base/text.h"
#include "shared/domain/config/config.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  auto const text = text::chars_of(std::as_bytes(std::span(data, size)));
  auto const config = config::parse_config(text, "f.toml");
  if (!config && !config.error().detail().starts_with("f.toml:")) std::abort();
  return 0;
}
