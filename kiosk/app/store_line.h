#pragma once
/// The outbox and the documents to send as the sync thread sees them: every call is run on the store thread and waited for.
/// Thread: sync.
#include <future>

#include "shared/base/env.h"
#include "shared/domain/line/line_port.h"
#include "shared/domain/line/upload_port.h"

namespace yizhan::app {

/// Runs `work` on the executor's thread and waits for its result. REQUIRES: not called on that thread.
template <class Work>
auto run_on(Executor& executor, Work work) -> std::invoke_result_t<Work> {
  using R = std::invoke_result_t<Work>;
  auto promise = std::make_shared<std::promise<R>>();
  auto future = promise->get_future();
  executor.post([promise, work = std::move(work)]() mutable { promise->set_value(work()); });
  return future.get();
}

class StoreLine final : public line::LinePort {
 public:
  /// Both outlive this object.
  StoreLine(Executor& store_thread, line::LinePort& outbox) : m_thread(store_thread), m_outbox(outbox) {}

  Result<line::LineStatus> status() override {
    return ask([](auto& o) { return o.status(); });
  }
  Result<std::vector<line::PlacedEvent>> due(std::size_t max_events, std::size_t max_bytes,
                                             std::uint64_t after) override {
    return ask([=](auto& o) { return o.due(max_events, max_bytes, after); });
  }
  Result<void> record_answers(std::string const& epoch, std::vector<line::Answer> const& answers,
                              std::uint64_t accepted_through, WallTime at) override {
    return ask([&](auto& o) { return o.record_answers(epoch, answers, accepted_through, at); });
  }
  Result<void> withhold(Uuid const& id, std::string const& problem) override {
    return ask([&](auto& o) { return o.withhold(id, problem); });
  }
  Result<std::string> chain_at(std::uint64_t sequence) override {
    return ask([=](auto& o) { return o.chain_at(sequence); });
  }
  Result<void> reopen_from(std::uint64_t sequence) override {
    return ask([=](auto& o) { return o.reopen_from(sequence); });
  }
  Result<line::EpochRequest> epoch_request(line::EpochReason reason, std::string const& based_on) override {
    return ask([&](auto& o) { return o.epoch_request(reason, based_on); });
  }
  Result<void> open_epoch(Uuid const& request_id, std::string const& epoch) override {
    return ask([&](auto& o) { return o.open_epoch(request_id, epoch); });
  }
  Result<void> forget_epoch_request() override {
    return ask([](auto& o) { return o.forget_epoch_request(); });
  }
  Result<void> set_halt(line::Halt halt) override {
    return ask([=](auto& o) { return o.set_halt(halt); });
  }
  Result<std::string> cursor() override {
    return ask([](auto& o) { return o.cursor(); });
  }
  Result<void> apply_changes(std::vector<line::Change> const& changes, std::string const& cursor) override {
    return ask([&](auto& o) { return o.apply_changes(changes, cursor); });
  }
  Result<std::optional<std::string>> document(std::string const& name) override {
    return ask([&](auto& o) { return o.document(name); });
  }
  Result<void> store_document(std::string const& name, std::int64_t version, std::string const& etag,
                              std::string const& bytes) override {
    return ask([&](auto& o) { return o.store_document(name, version, etag, bytes); });
  }
  Result<std::string> document_etag(std::string const& name) override {
    return ask([&](auto& o) { return o.document_etag(name); });
  }
  Result<void> store_clock(Duration offset, WallTime highest) override {
    return ask([=](auto& o) { return o.store_clock(offset, highest); });
  }
  Result<void> touch_contact(WallTime at) override {
    return ask([=](auto& o) { return o.touch_contact(at); });
  }
  Result<std::vector<line::ParkedEvent>> parked() override {
    return ask([](auto& o) { return o.parked(); });
  }

 private:
  template <class Call>
  std::invoke_result_t<Call, line::LinePort&> ask(Call call) {
    return run_on(m_thread, [&] { return call(m_outbox); });
  }
  Executor& m_thread;
  line::LinePort& m_outbox;
};

class StoreUploads final : public line::UploadPort {
 public:
  /// Both outlive this object.
  StoreUploads(Executor& store_thread, line::UploadPort& uploads) : m_thread(store_thread), m_uploads(uploads) {}

  Result<std::optional<line::UploadDue>> next_upload() override {
    return ask([](auto& u) { return u.next_upload(); });
  }
  Result<std::vector<std::byte>> read_upload(std::string const& sha256, std::uint64_t offset,
                                             std::size_t size) override {
    return ask([&](auto& u) { return u.read_upload(sha256, offset, size); });
  }
  Result<void> note_upload(std::string const& sha256, std::uint64_t sent) override {
    return ask([&](auto& u) { return u.note_upload(sha256, sent); });
  }
  Result<void> park_upload(std::string const& sha256, std::string const& problem) override {
    return ask([&](auto& u) { return u.park_upload(sha256, problem); });
  }
  Result<line::UploadStatus> upload_status() override {
    return ask([](auto& u) { return u.upload_status(); });
  }

 private:
  template <class Call>
  std::invoke_result_t<Call, line::UploadPort&> ask(Call call) {
    return run_on(m_thread, [&] { return call(m_uploads); });
  }
  Executor& m_thread;
  line::UploadPort& m_uploads;
};

}  // namespace yizhan::app
