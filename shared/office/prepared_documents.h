#pragma once
/// Documents made ready for the platform, one transaction each, before the one that hands them over: encrypting takes
/// long, and one transaction with everything would make the write-ahead log as long. A process that dies in between
/// leaves blobs of prepared_owner(), which the next try, or the end of the draft, removes. Only shared/office includes this.
#include "shared/office/case_events.h"
#include "shared/office/matters_state.h"

namespace yizhan::office {

class PreparedDocuments {
 public:
  /// `id`: draft or supplement. What an earlier try left goes. Errors: upload_key_unknown.
  static Result<PreparedDocuments> begin(Matters::State& matters, Uuid const& id);
  /// Not handed over: gone.
  ~PreparedDocuments();
  PreparedDocuments(PreparedDocuments&& other) noexcept;
  PreparedDocuments(PreparedDocuments const&) = delete;
  PreparedDocuments& operator=(PreparedDocuments const&) = delete;

  /// Errors: disk_full, envelope_too_large, envelope_recipient.
  Result<void> add(std::string kind, std::span<std::byte const> plain, std::string material = {}, int page = 1);
  /// The pages of `held` that are in hand here. Errors: as add(), blob_unknown, blob_broken.
  Result<void> add_pages(std::vector<cases::HeldMaterial> const& held);
  [[nodiscard]] std::vector<SentDocument> const& documents() const { return m_documents; }
  /// Where each paper is found at the platform from now on. REQUIRES: an open transaction, as for hand_over().
  Result<void> note_papers(Uuid const& case_id, std::vector<cases::HeldMaterial> const& held, WallTime at) const;
  Result<void> hand_over(Uuid const& case_id);
  /// The transaction is durable.
  void keep() { m_matters = nullptr; }

 private:
  PreparedDocuments(Matters::State& matters, Uuid const& id) : m_matters(&matters), m_id(id) {}
  Matters::State* m_matters;
  Uuid m_id;
  std::vector<SentDocument> m_documents;
};

/// [{"material","sha256":[…]}] of what the platform has already.
[[nodiscard]] nlohmann::json on_file_list(std::vector<cases::HeldMaterial> const& held);

}  // namespace yizhan::office
