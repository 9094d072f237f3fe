#pragma once
/// Sends documents by tus 1.0 (creation, checksum sha256), one at a time, in pieces that follow the link: 64 KiB at first, doubled
/// after a success up to 512 KiB, halved after a cut down to 4 KiB. Creating is asked again after every failure: its answer tells
/// what the platform has.
#include "shared/domain/line/upload_port.h"
#include "shared/sync/lane.h"

namespace yizhan::sync {

class UploadLane final : public Lane {
 public:
  static constexpr std::size_t k_first_piece = 64 * 1024;
  static constexpr std::size_t k_smallest_piece = 4 * 1024;
  static constexpr std::size_t k_largest_piece = 512 * 1024;

  UploadLane(LaneContext const& context, line::UploadPort& uploads) : Lane(context), m_uploads(uploads) {}
  void notify() override;
  void start_round() override { notify(); }
  [[nodiscard]] bool settled() const override { return m_nothing_due && !under_way(); }

 protected:
  Result<std::optional<HttpRequest>> make() override;
  Result<void> take(Answer const& answer) override;
  void cut(Error const& error) override;

 private:
  HttpRequest create() const;
  Result<HttpRequest> piece();
  Result<void> advance(std::uint64_t offset);

  line::UploadPort& m_uploads;
  std::optional<line::UploadDue> m_due;  // under way
  bool m_created = false;                // in this conversation
  bool m_nothing_due = false;
  bool m_began_anew = false;  // after the whole's hash was wrong, once
  int m_fruitless = 0;        // pieces in a row that moved nothing
  std::size_t m_piece = k_first_piece;
};

}  // namespace yizhan::sync
