#include "shared/office/prepared_documents.h"

#include "shared/base/log.h"
#include "shared/crypto/envelope.h"
#include "shared/office/application.h"
#include "shared/office/case_table.h"

namespace yizhan::office {

Result<PreparedDocuments> PreparedDocuments::begin(Matters::State& matters, Uuid const& id) {
  if (!matters.upload_key) return Error::make("upload_key_unknown", Retry::later);
  TRY(matters.store.blobs().release_all(prepared_owner(id)));
  return PreparedDocuments(matters, id);
}

PreparedDocuments::PreparedDocuments(PreparedDocuments&& other) noexcept
    : m_matters(std::exchange(other.m_matters, nullptr)), m_id(other.m_id), m_documents(std::move(other.m_documents)) {}

PreparedDocuments::~PreparedDocuments() {
  if (m_matters == nullptr || m_documents.empty()) return;
  // On a full disk this fails as well, and is done with the next try.
  if (auto gone = m_matters->store.blobs().release_all(prepared_owner(m_id)); !gone) {
    log::info("prepared documents stay until the next sweep: {}", gone.error().to_line());
  }
}

Result<void> PreparedDocuments::add(std::string kind, std::span<std::byte const> plain, std::string material,
                                    int page) {
  auto const envelope = TRY(crypto::encrypt_for(*m_matters->upload_key, plain, m_matters->env.secure_rng));
  auto sha256 = TRY(m_matters->store.blobs().put(prepared_owner(m_id), envelope));
  m_documents.push_back({std::move(sha256), envelope.size(), std::move(kind), std::move(material), page});
  return {};
}

Result<void> PreparedDocuments::add_pages(std::vector<cases::HeldMaterial> const& held) {
  for (auto const& one : held) {
    if (!in_hand(one)) continue;
    int number = 0;
    for (auto const& page : one.pages) {
      auto const plain = TRY(m_matters->store.blobs().get(page));
      TRY(add("material", plain, one.material, ++number));
    }
  }
  return {};
}

Result<void> PreparedDocuments::note_papers(Uuid const& case_id, std::vector<cases::HeldMaterial> const& held,
                                            WallTime at) const {
  for (auto const& one : held) {
    // By their own hash: the same page is another document each time it is encrypted.
    std::vector<PaperPage> pages;
    for (auto const& page : one.pages) pages.push_back({page, {}});
    for (auto const& document : m_documents) {
      auto const at_page = static_cast<std::size_t>(document.page) - 1;
      if (document.material == one.material && at_page < pages.size()) pages[at_page].document = document.sha256;
    }
    if (!pages.empty()) TRY(set_papers(m_matters->store.database(), case_id, one.material, pages, at));
  }
  return {};
}

Result<void> PreparedDocuments::hand_over(Uuid const& case_id) {
  TRY(m_matters->store.blobs().hand_over(prepared_owner(m_id), store::upload_owner(case_id)));
  for (auto const& document : m_documents) {
    TRY(m_matters->store.uploads().add(case_id, document.kind, document.sha256));
  }
  return {};
}

nlohmann::json on_file_list(std::vector<cases::HeldMaterial> const& held) {
  auto list = nlohmann::json::array();
  for (auto const& one : held) {
    if (one.how != cases::HeldMaterial::How::on_file) continue;
    list.push_back({{"material", one.material}, {"sha256", one.pages}});
  }
  return list;
}

}  // namespace yizhan::office
