#pragma once
/// How a sentence is read out.
#include <string>
#include <string_view>

#include "peripherals/api/speech.h"

namespace yizhan::speech {

/// Ticket labels (one to three capitals and three or four digits) are spelled: "A001" → "A 零 零 一", in English
/// "A 0 0 1". Other numbers are left to the voice, which reads them as numbers.
[[nodiscard]] std::string spoken_text(std::string_view utf8, device::Language language);

}  // namespace yizhan::speech
