#pragma once
/// A staff card's application as peripherals/smart_card/README.md writes it, from the card's side (own codec: a mistake of
/// the driver's must not cancel out here).
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "shared/crypto/keys.h"

namespace yizhan::emulated {

struct StaffCardData {
  std::array<std::byte, 8> card_id{};
  std::string key_pem;
  std::string certificate;  // PEM or DER
  std::string pin = "246810";
  int attempts = 3;              // 1 to 15
  std::filesystem::path memory;  // file of the attempts left, made if absent; empty: they last as long as this object
  bool t0 = false;               // T=0 instead of T=1
};

/// Thread: one at a time.
class StaffCardApplication {
 public:
  /// Errors: key_unreadable, key_unsupported, certificate_unreadable, file_unreadable, file_too_large; card_memory (the
  /// file is not a card's).
  static Result<StaffCardApplication> create(StaffCardData data);

  /// The answer to one command, at least a status; also to bytes that are none.
  [[nodiscard]] std::vector<std::byte> answer(std::span<std::byte const> command);
  /// Power or reset.
  void reset();
  [[nodiscard]] int attempts_left() const { return m_attempts_left; }
  /// As after too many wrong PINs, and after the issuer's help.
  void block() { remember(0); }
  void unblock() { remember(m_data.attempts); }
  [[nodiscard]] std::vector<std::byte> atr() const;

 private:
  struct Call;
  StaffCardApplication(StaffCardData data, crypto::PrivateKey key, std::string der)
      : m_data(std::move(data)), m_key(std::move(key)), m_certificate(std::move(der)) {}
  std::vector<std::byte> run(Call const& call);
  std::vector<std::byte> select(Call const& call);
  [[nodiscard]] std::vector<std::byte> facts(Call const& call) const;
  [[nodiscard]] std::vector<std::byte> read(Call const& call) const;
  std::vector<std::byte> verify(Call const& call);
  std::vector<std::byte> authenticate(Call const& call);
  void remember(int attempts_left);

  StaffCardData m_data;
  crypto::PrivateKey m_key;
  std::string m_certificate;  // DER
  int m_attempts_left = 0;
  bool m_selected = false;
  bool m_pin_was_right = false;
  std::vector<std::byte> m_waiting;  // T=0: for GET RESPONSE
};

}  // namespace yizhan::emulated
