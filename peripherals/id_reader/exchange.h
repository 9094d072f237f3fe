#pragma once
/// One question, one answer, over a line.
#include <optional>

#include "peripherals/host/line.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::id_reader {

/// Time left of a deadline; zero once it has passed.
[[nodiscard]] Duration left_of(host::Deadline const& deadline);

/// Sends `question` and waits for the first frame that `take` makes an answer of: SecretBytes → Result<optional<Answer>>,
/// empty where the frame belongs to a question that was given up. What had arrived before is dropped.
/// Errors: reader_silent, reader_garbled (both later), those of `take` and of the line.
template <class Answer, class Decoder, class Take>
Result<Answer> exchange(host::Line& line, Decoder& decoder, std::span<std::byte const> question,
                        host::Deadline const& deadline, Take const& take) {
  line.discard_input();
  decoder.reset();
  TRY(line.write_all(question, deadline));
  SecretBytes chunk(512);
  for (;;) {
    auto const got = line.read_some(chunk.span(), deadline);
    if (!got) {
      decoder.reset();
      if (got.error().is("device_timeout")) return Error::make("reader_silent", Retry::later).caused_by(got.error());
      return got.error();
    }
    for (auto const byte : chunk.view().first(*got)) {
      auto const found = decoder.push(byte);
      if (found == Decoder::Found::bad_checksum) return Error::make("reader_garbled", Retry::later, "checksum");
      if (found != Decoder::Found::frame) continue;
      std::optional<Answer> answer = TRY(take(decoder.take_payload()));
      if (answer) return std::move(*answer);
    }
    // A line that always has more to read never comes to its own look at the deadline.
    if (deadline.passed()) return Error::make("reader_silent", Retry::later, "unfinished");
  }
}

}  // namespace yizhan::id_reader
