#pragma once
/// Earlier names of card_reader.h.
#include "peripherals/id_reader/card_reader.h"

namespace yizhan::id_reader {

using SdtReaderOptions = ReaderOptions;
[[nodiscard]] inline std::unique_ptr<device::IdReader> make_sdt_reader(Executor& executor, Env env,
                                                                       SdtReaderOptions options,
                                                                       device::IdReader::Listener listener) {
  return make_card_reader(executor, env, std::move(options), std::move(listener));
}

}  // namespace yizhan::id_reader
