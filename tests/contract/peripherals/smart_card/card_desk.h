#pragma once
#include <gtest/gtest.h>

#include "peripherals/smart_card/pcsc_reader.h"
#include "shared/base/real_env.h"
#include "shared/crypto/staff_challenge.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/smart_card/private_pcscd.h"

namespace yizhan {

using namespace std::chrono_literals;

/// The driver before a pcscd of its own, and a card.
class CardDesk : public testing::Test {
 protected:
  static constexpr char const* k_context = "urn:yizhan:device:420106001001:001";

  CardDesk() { m_pcscd.start(); }

  void drive(smart_card::PcscReaderOptions options = {}) {
    m_driver = smart_card::make_pcsc_reader(m_thread, m_env.env(), std::move(options), m_events.listener());
    m_driver->start();
  }
  void issue(emulated::StaffCardData data = test::make_staff_card()) {
    m_certificate = data.certificate;
    m_card.emplace(m_pcscd.card_port(), std::move(*emulated::StaffCardApplication::create(std::move(data))), 1);
  }
  /// The card is put in and was recognised.
  void insert() {
    m_card->insert();
    auto const event = m_events.next<device::CardInserted>();
    ASSERT_TRUE(event) << m_pcscd.log();
    m_inserted = *event;
  }
  void remove() {
    m_card->remove();
    ASSERT_TRUE(m_events.next<device::CardRemoved>());
  }
  device::CardRequest next_request() { return {++m_last_request, m_inserted.insertion}; }

  /// "right", or the code of the failure and the attempts left: "card_pin_wrong 2".
  std::string verify(std::string_view pin) {
    auto const request = next_request();
    m_driver->verify_pin(request, SecretText(pin));
    return answer(request);
  }
  std::string certificate() {
    auto const request = next_request();
    m_driver->read_certificate(request);
    return answer(request);
  }
  std::string sign() {
    auto const request = next_request();
    m_env.secure_rng.fill(m_challenge);
    m_driver->sign_challenge(request, k_context, m_challenge);
    return answer(request);
  }
  bool signature_is_good(std::string_view context = k_context) const {
    auto const certificate = crypto::Certificate::parse(m_certificate);
    return crypto::verify_staff_challenge(*certificate, context, m_challenge, m_signature);
  }
  std::string answer(device::CardRequest request) {
    std::string told = "nothing";
    m_events.next_that([&](device::SmartCardEvent const& event) {
      if (auto const* health = std::get_if<device::SmartCardHealth>(&event)) m_health = health->health;
      if (auto const* read = std::get_if<device::CertificateRead>(&event); read && read->request == request.id) {
        told = "read";
        m_der = read->der;
      }
      if (auto const* right = std::get_if<device::PinVerified>(&event); right && right->request == request.id) {
        told = "right";
      }
      if (auto const* done = std::get_if<device::ChallengeSigned>(&event); done && done->request == request.id) {
        told = "signed";
        m_signature = done->signature;
      }
      if (auto const* failed = std::get_if<device::CardRequestFailed>(&event);
          failed && failed->request == request.id) {
        told = std::string(failed->error.code());
        if (failed->attempts_left) told += " " + std::to_string(*failed->attempts_left);
      }
      return told != "nothing";
    });
    return told;
  }
  bool faulted_with(std::string_view code) const {
    return m_health.state == device::State::faulted && m_health.last_fault && m_health.last_fault->is(code);
  }
  bool wait_for_state(device::State state, std::string_view code = {}) {
    return m_events
        .next<device::SmartCardHealth>([&](auto const& event) {
          return event.health.state == state &&
                 (code.empty() || (event.health.last_fault && event.health.last_fault->is(code)));
        })
        .has_value();
  }

  test::PrivatePcscd m_pcscd;
  RealEnv m_env;
  test::EventLog<device::SmartCardEvent> m_events;
  ThreadExecutor m_thread{"smart_card"};
  std::optional<emulated::VirtualCard> m_card;
  std::string m_certificate;
  device::CardInserted m_inserted;
  device::Health m_health;  // the last one told before an answer
  std::uint64_t m_last_request = 0;
  std::string m_der;
  device::CardChallenge m_challenge{};
  device::CardSignature m_signature{};
  std::unique_ptr<device::SmartCardReader> m_driver;
};

}  // namespace yizhan
