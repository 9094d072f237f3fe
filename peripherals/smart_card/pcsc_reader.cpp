#include "peripherals/smart_card/pcsc_reader.h"

#include <atomic>
#include <optional>

#include "peripherals/host/outlet.h"
#include "peripherals/smart_card/pcsc_link.h"
#include "peripherals/smart_card/staff_card.h"
#include "peripherals/smart_card/watcher.h"

namespace yizhan::smart_card {

namespace {

using device::CardRequest;
using device::SmartCardEvent;
using device::State;

// pcscd looks at readers that cannot tell every 400 ms.
constexpr Duration k_removal_limit = std::chrono::milliseconds(900);
constexpr Duration k_removal_look = std::chrono::milliseconds(20);
constexpr Duration k_busy_pause = std::chrono::seconds(1);

/// Lives as long as a task of it runs; everything but the watcher, the interrupt and the outlet belongs to the device's
/// thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, PcscReaderOptions options, device::SmartCardReader::Listener listener)
      : m_executor(executor), m_wall(env.wall), m_options(std::move(options)), m_outlet(std::move(listener)) {
    m_health.name = m_options.name;
    m_health.port = m_options.reader;
  }

  static std::shared_ptr<Core> create(Executor& executor, Env env, PcscReaderOptions options,
                                      device::SmartCardReader::Listener listener) {
    auto core = std::make_shared<Core>(executor, env, std::move(options), std::move(listener));
    core->m_watcher.emplace(core->m_options.reader, [weak = core->weak_from_this(), &executor](Sight const& sight) {
      executor.post([weak, sight] {
        if (auto const self = weak.lock()) self->on_sight(sight);
      });
    });
    return core;
  }

  void start() { m_watcher->start(); }
  void post(std::function<void(Core&)> task) {
    m_executor.post([weak = weak_from_this(), task = std::move(task)] {
      auto const self = weak.lock();
      if (self && !self->m_interrupt.raised()) task(*self);
    });
  }
  void shut() {
    m_interrupt.raise();
    m_outlet.close();
    m_watcher->stop();
  }

  void read_certificate(CardRequest request) {
    auto answer =
        ask<std::string>(request, [this](StaffCard& card) { return card.certificate(m_facts->certificate_size); });
    if (!answer) return fail(request, answer.error());
    m_outlet.emit(device::CertificateRead{request.id, std::move(*answer)});
  }

  void verify_pin(CardRequest request, SecretText const& pin) {
    if (!is_pin(pin.view())) return fail(request, Error::make("card_pin_malformed"));
    auto const answer = ask<PinOutcome>(request, [this, &pin](StaffCard& card) -> Result<PinOutcome> {
      m_held = false;
      auto outcome = TRY(card.verify_pin(pin));
      m_held = outcome.right;
      return outcome;
    });
    if (!answer && answer.error().is("card_pin_blocked")) return fail(request, answer.error(), 0);
    if (!answer) return fail(request, answer.error());
    if (answer->right) return m_outlet.emit(device::PinVerified{request.id});
    if (answer->attempts_left == 0) return fail(request, Error::make("card_pin_blocked"), 0);
    fail(request, Error::make("card_pin_wrong"), answer->attempts_left);
  }

  void sign_challenge(CardRequest request, std::string const& context, device::CardChallenge const& challenge) {
    if (!is_context(context)) return fail(request, Error::make("card_refused", Retry::no, "length of the context"));
    auto const answer = ask<device::CardSignature>(request, [this, &context, &challenge](StaffCard& card) {
      m_held = false;
      return card.sign(context, challenge);
    });
    if (!answer) return fail(request, answer.error());
    m_outlet.emit(device::ChallengeSigned{request.id, *answer});
  }

  void forget_pin() { give_back(); }
  void check() { emit_health(); }

 private:
  // ---- what the watcher sees
  void on_sight(Sight sight) {
    if (m_interrupt.raised()) return;
    bool const stays = m_told && sight.card && sight.reader == m_sight.reader && sight.moves == m_sight.moves;
    m_sight = std::move(sight);
    if (m_told && !stays) {
      m_told = false;
      m_facts.reset();
      give_back();
      m_outlet.emit(device::CardRemoved{});
    }
    if (m_sight.fault) {
      auto const& code = *m_sight.fault;
      bool const absent = code.is("card_service_absent") || code.is("card_reader_absent");
      return set_fault(absent ? State::absent : State::faulted, code);
    }
    m_health.identity = m_sight.reader;
    if (m_told) return;
    set_ready();  // a fault was the former card's
    if (m_sight.card) meet_card();
  }

  /// A card came: is it one of ours?
  void meet_card() {
    auto const facts = m_sight.mute ? Result<CardFacts>(Error::make("card_garbled", Retry::later, "mute")) : look();
    if (facts) {
      m_told = true;
      m_facts = *facts;
      ++m_insertion;
      set_ready();
      return m_outlet.emit(device::CardInserted{m_insertion, facts->card_id, m_sight.atr, facts->attempts_left});
    }
    auto const& error = facts.error();
    // It went again, or everything did: the watcher tells.
    if (error.is("device_cancelled")) return;
    if (error.is("card_removed")) return look_again_later();
    bool const first = !std::exchange(m_told, true);
    if (first) m_outlet.emit(device::CardRejected{error});
    if (error.is("card_busy")) look_again_later();
  }

  void look_again_later() {
    m_executor.post_after(k_busy_pause, [weak = weak_from_this(), moves = m_sight.moves] {
      auto const self = weak.lock();
      if (!self || self->m_interrupt.raised() || self->m_facts || !self->m_sight.card) return;
      if (self->m_sight.moves == moves) self->meet_card();
    });
  }

  Result<CardFacts> look() {
    return exchange<CardFacts>([](StaffCard&, CardFacts const& facts) -> Result<CardFacts> { return facts; });
  }

  // ---- conversations with the card
  /// Of the card that `request` means and no other.
  template <class T>
  Result<T> ask(CardRequest request, std::function<Result<T>(StaffCard&)> const& work) {
    if (!m_facts || request.insertion != m_insertion) return Error::make("card_removed");
    return exchange<T>([&](StaffCard& card, CardFacts const& facts) -> Result<T> {
      if (facts.card_id != m_facts->card_id) return Error::make("card_removed", Retry::no, "another card");
      return work(card);
    });
  }

  /// One transaction; once more where another program had reset the card. While a PIN is good the transaction stays
  /// open and the application selected, because selecting forgets the PIN.
  template <class T>
  Result<T> exchange(std::function<Result<T>(StaffCard&, CardFacts const&)> const& work) {
    auto answer = exchange_once<T>(work);
    if (!answer && answer.error().is("card_reset")) {
      give_back();
      answer = exchange_once<T>(work);
    }
    if (answer) {
      set_ready();
      return answer;
    }
    auto const& error = answer.error();
    if (is_answer(error)) return answer;
    give_back();
    if (error.is("device_cancelled") || error.is("card_busy") || error.is("card_removed")) return answer;
    if (error.is("card_timeout") || error.is("card_garbled")) {
      if (error.is("card_garbled") && went()) return Error::make("card_removed").caused_by(error);
      set_fault(State::faulted, error);
      return answer;
    }
    if (went()) return Error::make("card_removed").caused_by(error);
    return Error::make("card_garbled", Retry::later).caused_by(error);
  }

  template <class T>
  Result<T> exchange_once(std::function<Result<T>(StaffCard&, CardFacts const&)> const& work) {
    bool const held = m_held && m_link && m_facts;
    if (!m_link) m_link = TRY(PcscLink::open(m_calls, m_interrupt, m_sight.reader));
    StaffCard card(
        Channel([this](SecretBytes const& command) { return m_link->transmit(command); }, m_link->protocol()));
    if (!held) TRY(m_link->begin());
    auto facts = held ? Result<CardFacts>(*m_facts) : card.open();
    auto answer = facts ? work(card, *facts) : Result<T>(facts.error());
    if (!answer) m_held = false;
    if (!m_held && (answer || is_answer(answer.error()))) m_link->end();
    return answer;
  }

  /// The card answered, if only with a no: nothing is wrong with the line to it.
  static bool is_answer(Error const& error) {
    return error.is("card_unknown") || error.is("card_refused") || error.is("card_pin_needed") ||
           error.is("card_pin_blocked");
  }

  /// What looks like a fault is mostly a card on its way out, of which pcscd learns a little later.
  bool went() {
    for (Duration waited{0}; waited < k_removal_limit; waited += k_removal_look) {
      auto const now = m_watcher->latest();
      if (now.fault || !now.card || now.moves != m_sight.moves) return true;
      if (!host::pause(k_removal_look, m_interrupt)) return false;
    }
    return false;
  }

  void give_back() {
    m_held = false;
    m_link.reset();
  }

  // ---- health and answers
  void fail(CardRequest request, Error error, std::optional<int> attempts_left = std::nullopt) {
    if (error.is("device_cancelled")) return;
    m_outlet.emit(device::CardRequestFailed{request.id, std::move(error), attempts_left});
  }
  void set_ready() {
    m_health.last_success_at = m_wall.now();
    if (std::exchange(m_health.state, State::ready) != State::ready) emit_health();
  }
  void set_fault(State state, Error const& error) {
    bool const news = std::exchange(m_health.state, state) != state || !m_health.last_fault ||
                      m_health.last_fault->code() != error.code();
    m_health.last_fault = error;
    m_health.last_fault_at = m_wall.now();
    if (news) emit_health();
  }
  void emit_health() { m_outlet.emit(device::SmartCardHealth{m_health}); }

  Executor& m_executor;
  WallClock const& m_wall;
  PcscReaderOptions const m_options;
  host::Interrupt m_interrupt;
  host::Outlet<SmartCardEvent> m_outlet;
  std::optional<Watcher> m_watcher;

  device::Health m_health;
  Sight m_sight;
  bool m_told = false;               // an event said that a card is there
  std::optional<CardFacts> m_facts;  // of the card of ours that is there
  std::uint64_t m_insertion = 0;
  bool m_held = false;  // a PIN was right, the transaction is open
  Calls m_calls;
  std::unique_ptr<PcscLink> m_link;
};

class PcscReader final : public device::SmartCardReader {
 public:
  explicit PcscReader(std::shared_ptr<Core> core) : m_core(std::move(core)) {}
  ~PcscReader() override { m_core->shut(); }
  void start() override { m_core->start(); }
  void read_certificate(CardRequest request) override {
    m_core->post([request](Core& core) { core.read_certificate(request); });
  }
  void verify_pin(CardRequest request, SecretText pin) override {
    m_core->post([request, pin = std::make_shared<SecretText>(std::move(pin))](Core& core) {
      core.verify_pin(request, *pin);
      pin->wipe();
    });
  }
  void sign_challenge(CardRequest request, std::string context, device::CardChallenge challenge) override {
    m_core->post([request, context = std::move(context), challenge](Core& core) {
      core.sign_challenge(request, context, challenge);
    });
  }
  void forget_pin() override {
    m_core->post([](Core& core) { core.forget_pin(); });
  }
  void check_health() override {
    m_core->post([](Core& core) { core.check(); });
  }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::SmartCardReader> make_pcsc_reader(Executor& executor, Env env, PcscReaderOptions options,
                                                          device::SmartCardReader::Listener listener) {
  return std::make_unique<PcscReader>(Core::create(executor, env, std::move(options), std::move(listener)));
}

}  // namespace yizhan::smart_card
