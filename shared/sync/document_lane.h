#pragma once
/// Signed documents this machine pulls: the trust list, and what the keys it names have signed (catalogue, calendar).
/// Versions never go back, and what does not check out leaves the last good one in force.
#include <functional>
#include <string>

#include "shared/sync/lane.h"

namespace yizhan::sync {

class DocumentLane final : public Lane {
 public:
  /// `name`: "trust", signed by the pinned certificates; others ("catalog", "calendar"): by a key of the trust list
  /// whose use names them. `stored` is called after a new version was stored.
  DocumentLane(LaneContext const& context, std::string name, std::function<void(std::string const&)> stored);
  void start_round() override;
  [[nodiscard]] bool settled() const override { return m_settled; }
  [[nodiscard]] std::string_view document() const override { return m_name; }
  /// The trust list changed.
  void ask_again();

 protected:
  Result<std::optional<HttpRequest>> make() override;
  Result<void> take(Answer const& answer) override;

 private:
  Result<std::vector<crypto::Certificate>> signers();
  Result<void> check(std::string const& json) const;

  std::string m_name;
  std::function<void(std::string const&)> m_stored;
  bool m_settled = false;
};

}  // namespace yizhan::sync
