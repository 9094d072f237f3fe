#pragma once
/// Ships the line: asks the platform's position, opens epochs, sends batches, records results.
#include "shared/domain/line/line_port.h"
#include "shared/sync/lane.h"

namespace yizhan::sync {

class LineLane final : public Lane {
 public:
  static constexpr std::size_t k_first_batch_bytes = 64 * 1024;  // compressed
  static constexpr std::size_t k_smallest_batch_bytes = 1024;
  static constexpr std::size_t k_largest_batch_bytes = 1024 * 1024;  // the platform's limit, inflated
  static constexpr std::size_t k_most_events = 500;

  using Lane::Lane;
  void notify() override;
  void resume() override;
  void start_round() override { notify(); }
  [[nodiscard]] bool settled() const override { return m_nothing_due && !under_way(); }
  /// Another machine goes on in our name.
  [[nodiscard]] bool cloned() const { return m_cloned; }

 protected:
  Result<std::optional<HttpRequest>> make() override;
  Result<void> take(Answer const& answer) override;
  void cut(Error const& error) override;
  void on_refused() override;

 private:
  enum class Asked { nothing, position, epoch, batch };
  struct Opening {
    line::EpochReason reason;
    std::string based_on;
  };

  HttpRequest ask_position();
  Result<HttpRequest> ask_epoch();
  Result<std::optional<HttpRequest>> ask_batch();
  Result<void> take_position(Answer const& answer);
  Result<void> take_epoch(Answer const& answer);
  Result<void> take_batch(Answer const& answer);
  Result<void> take_results(Answer const& answer);
  /// Compares the platform's position with ours.
  Result<void> decide(line::Place const& platform);
  Result<void> open(line::EpochReason reason, line::Place const& platform);
  /// After a 409: nothing was stored, the position has to be asked again.
  Result<void> conflict(Answer const& answer);

  Asked m_asked = Asked::nothing;
  bool m_nothing_due = false;  // since the last look
  bool m_position_known = false;
  bool m_forked = false;
  bool m_cloned = false;
  unsigned m_conflicts = 0;  // 409 in a row
  std::optional<Opening> m_opening;
  std::optional<line::EpochRequest> m_request;
  std::vector<line::PlacedEvent> m_batch;  // under way
  std::size_t m_batch_bytes = 0;           // of it, compressed
  std::size_t m_byte_limit = k_first_batch_bytes;
  std::size_t m_event_limit = k_most_events;
};

}  // namespace yizhan::sync
