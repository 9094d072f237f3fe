#include "peripherals/smart_card/watcher.h"

#include <winscard.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "peripherals/host/wait.h"
#include "peripherals/smart_card/pcsc_link.h"
#include "shared/base/log.h"
#include "shared/base/text.h"

namespace yizhan::smart_card {

namespace {

constexpr char const* k_any_reader = "\\\\?PnP?\\Notification";
// pcsc-lite before 2.3 can miss a reader that comes between listing and waiting.
constexpr DWORD k_longest_wait_ms = 60'000;
constexpr Duration k_cancel_again = std::chrono::milliseconds(10);
constexpr Duration k_end_limit = std::chrono::milliseconds(500);

bool same(Sight const& a, Sight const& b) {
  auto const code = [](Sight const& sight) { return sight.fault ? sight.fault->code() : std::string_view(); };
  return code(a) == code(b) && a.reader == b.reader && a.card == b.card && a.mute == b.mute && a.moves == b.moves;
}

Sight failed(Error error) {
  Sight sight;
  sight.fault = std::move(error);
  return sight;
}

}  // namespace

struct Watcher::State {
  std::string wanted;
  mutable std::mutex mutex;
  std::function<void(Sight)> told;
  std::optional<Sight> latest;
  std::atomic<SCARDCONTEXT> context = 0;
  std::atomic<bool> started = false;
  host::Interrupt stop;
  host::Interrupt done;

  void tell(Sight sight) {
    std::lock_guard const lock(mutex);
    if (latest && same(*latest, sight)) return;
    latest = sight;
    if (told) told(std::move(sight));
  }

  void run() {
    host::BackOff back_off;
    while (!stop.raised()) {
      SCARDCONTEXT opened = 0;
      auto code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &opened);
      if (code == SCARD_S_SUCCESS) {
        context = opened;
        code = watch(back_off);
        context = 0;
        SCardReleaseContext(opened);
      }
      if (stop.raised()) return;
      tell(failed(error_of(code)));
      if (!host::pause(back_off.next(), stop)) return;
    }
  }

  /// Until the context is of no more use, or stop.
  LONG watch(host::BackOff& back_off) {
    while (!stop.raised()) {
      std::string reader;
      auto const found = find(reader);
      if (found != SCARD_S_SUCCESS) return found;
      back_off.reset();
      if (reader.empty()) tell(failed(Error::make("card_reader_absent", Retry::later)));
      auto const ended = watch(reader);
      if (ended != SCARD_S_SUCCESS) return ended;
    }
    return SCARD_S_SUCCESS;
  }

  LONG find(std::string& reader) const {
    DWORD size = 0;
    auto code = SCardListReaders(context, nullptr, nullptr, &size);
    std::vector<char> names(size + 1, '\0');
    if (code == SCARD_S_SUCCESS) code = SCardListReaders(context, nullptr, names.data(), &size);
    if (code == SCARD_E_NO_READERS_AVAILABLE) return SCARD_S_SUCCESS;
    if (code != SCARD_S_SUCCESS) return code;
    for (char const* name = names.data(); *name != '\0'; name += std::string_view(name).size() + 1) {
      if (std::string_view(name).find(wanted) == std::string_view::npos) continue;
      reader = name;
      return code;
    }
    return code;
  }

  /// Until the readers changed (success) or something went wrong.
  LONG watch(std::string const& reader) {
    std::array<SCARD_READERSTATE, 2> states{};
    states[0].szReader = k_any_reader;
    states[1].szReader = reader.c_str();
    DWORD const count = reader.empty() ? 1 : 2;
    while (!stop.raised()) {
      auto const code = SCardGetStatusChange(context, k_longest_wait_ms, states.data(), count);
      if (code == SCARD_E_CANCELLED || code == SCARD_E_TIMEOUT || code == SCARD_E_UNKNOWN_READER)
        return SCARD_S_SUCCESS;
      if (code != SCARD_S_SUCCESS) return code;
      if ((states[0].dwEventState & SCARD_STATE_CHANGED) != 0) return SCARD_S_SUCCESS;
      if (count == 2) {
        if ((states[1].dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0) {
          tell(failed(Error::make("card_reader_absent", Retry::later)));
        } else {
          tell(seen(reader, states[1]));
        }
      }
      for (auto& state : states) state.dwCurrentState = state.dwEventState & ~DWORD{SCARD_STATE_CHANGED};
    }
    return SCARD_S_SUCCESS;
  }

  static Sight seen(std::string const& reader, SCARD_READERSTATE const& state) {
    Sight sight;
    sight.reader = reader;
    sight.card = (state.dwEventState & SCARD_STATE_PRESENT) != 0;
    sight.mute = (state.dwEventState & SCARD_STATE_MUTE) != 0;
    sight.moves = static_cast<std::uint32_t>(state.dwEventState >> 16 & 0xFFFF);
    auto const atr = std::as_bytes(std::span(state.rgbAtr)).first(std::min<std::size_t>(state.cbAtr, MAX_ATR_SIZE));
    if (sight.card) sight.atr = text::to_hex(atr);
    return sight;
  }
};

Watcher::Watcher(std::string wanted, std::function<void(Sight)> told) : m_state(std::make_shared<State>()) {
  m_state->wanted = std::move(wanted);
  m_state->told = std::move(told);
}

void Watcher::start() {
  if (m_state->started.exchange(true)) return;
  std::thread([state = m_state] {
    log::set_thread_name("card_watch");
    state->run();
    std::lock_guard const lock(state->mutex);
    state->done.raise();
  }).detach();
}

void Watcher::stop() {
  {
    std::lock_guard const lock(m_state->mutex);
    m_state->told = nullptr;
  }
  if (m_state->stop.raised()) return;
  m_state->stop.raise();
  if (!m_state->started) return;
  // A cancellation that comes just before the wait begins is lost, so it is repeated; and it talks to the service, which may
  // hang, so that is not for this thread.
  std::thread([state = m_state] {
    do {
      if (auto const context = state->context.load(); context != 0) SCardCancel(context);
    } while (host::pause(k_cancel_again, state->done));
  }).detach();
  [[maybe_unused]] auto const ended = host::pause(k_end_limit, m_state->done);
  std::lock_guard const lock(m_state->mutex);  // what the thread did is done
}

Sight Watcher::latest() const {
  std::lock_guard const lock(m_state->mutex);
  return m_state->latest.value_or(Sight{});
}

}  // namespace yizhan::smart_card
