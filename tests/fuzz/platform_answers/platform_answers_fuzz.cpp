// Whatever may stand at the other end of an HTTPS connection and answer.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/sync/answer.h"
#include "shared/sync/messages.h"

namespace {

using namespace yizhan;
using namespace yizhan::sync;

void must(bool held) {
  if (!held) std::abort();
}

}  // namespace

/// First byte: which reader; second: the status (a multiple of four); the rest: the body.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size < 2) return 0;
  auto const body = text::chars_of(std::as_bytes(std::span(data + 2, size - 2)));
  switch (data[0] % 7) {
    case 0: {
      HttpResponse response{
          data[1] * 4, "application/problem+json", {}, std::string(body.substr(0, 40)), std::string(body)};
      auto const answer = interpret({}, std::move(response));
      if (!answer) break;
      must(answer->status >= 200 && answer->status < 600 && (answer->status < 300 || answer->status >= 400));
      must(answer->ok() == (answer->status < 300));
      (void)answer->retry_after(WallTime{});
      if (!answer->ok()) (void)error_of(*answer).to_line();
      break;
    }
    case 1: {
      std::vector<line::PlacedEvent> sent(2);
      sent[0].fact.id = Uuid::parse("01993f00-0000-7000-8000-000000000001").value();
      sent[1].fact.id = Uuid::parse("01993f00-0000-7000-8000-000000000002").value();
      auto const read = read_batch_answer(body, sent);
      if (!read) break;
      must(read->answers.size() <= 2);
      for (auto const& answer : read->answers) must(answer.id == sent[0].fact.id || answer.id == sent[1].fact.id);
      break;
    }
    case 2:
      if (auto const place = read_position(body)) must(place->chain.size() == 64);
      break;
    case 3:
      if (auto const epoch = read_epoch(body)) must(*epoch != "0");
      break;
    case 4:
      if (auto const changes = read_changes(body))
        for (auto const& change : changes->events) must(nlohmann::json::accept(change.body));
      break;
    case 5:
      (void)read_snapshot(body);
      (void)read_time(body);
      break;
    case 6: (void)read_version(body); break;
  }
  return 0;
}
