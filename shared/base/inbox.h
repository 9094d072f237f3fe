#pragma once
/// The way back to a thread: workers post messages, the owner drains them in order. A message sent on behalf of
/// something that is gone (a closed screen, an ended session) is dropped at the drain.
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace yizhan {

/// Lives as long as whoever asked. Hand out `token()`; when the OwnerToken dies or is renewed, everything still
/// under way for it is dropped.
class OwnerToken {
 public:
  using Weak = std::weak_ptr<void const>;
  OwnerToken() : m_alive(std::make_shared<char>()) {}
  OwnerToken(OwnerToken const&) = delete;
  OwnerToken& operator=(OwnerToken const&) = delete;
  OwnerToken(OwnerToken&&) = default;
  OwnerToken& operator=(OwnerToken&&) = default;
  [[nodiscard]] Weak token() const { return m_alive; }
  /// Drops all that is under way and starts anew.
  void renew() { m_alive = std::make_shared<char>(); }

 private:
  std::shared_ptr<char> m_alive;
};

template <class Message>
class Inbox {
 public:
  /// `wake` runs on the posting thread after each post; it must be safe there (e.g. SDL_PushEvent).
  explicit Inbox(std::function<void()> wake = {}) : m_wake(std::move(wake)) {}

  /// For nobody in particular: always delivered. Thread: any.
  void post(Message message) { put({std::move(message), {}, false}); }
  /// Dropped at the drain if `owner` is gone by then. Thread: any.
  void post(OwnerToken::Weak owner, Message message) { put({std::move(message), std::move(owner), true}); }

  /// Hands all waiting messages to `handle`, oldest first. Messages posted meanwhile wait for the next drain.
  /// Thread: the owner's. Returns how many were handled.
  template <class Handler>
  std::size_t drain(Handler&& handle) {
    std::deque<Item> items;
    {
      std::lock_guard const lock(m_mutex);
      items.swap(m_items);
    }
    std::size_t handled = 0;
    for (auto& item : items) {
      if (item.owned && item.owner.expired()) continue;
      handle(std::move(item.message));
      ++handled;
    }
    return handled;
  }

  [[nodiscard]] bool empty() const {
    std::lock_guard const lock(m_mutex);
    return m_items.empty();
  }

 private:
  struct Item {
    Message message;
    OwnerToken::Weak owner;
    bool owned;
  };

  void put(Item item) {
    {
      std::lock_guard const lock(m_mutex);
      m_items.push_back(std::move(item));
    }
    if (m_wake) m_wake();
  }

  mutable std::mutex m_mutex;
  std::deque<Item> m_items;
  std::function<void()> m_wake;
};

}  // namespace yizhan
