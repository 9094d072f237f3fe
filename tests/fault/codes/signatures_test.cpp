// A hundred thousand texts that look like codes of ours: altered, cut, put together from others, signed by others, for another hall or
// time or kind, or not signed at all. None is accepted.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "shared/base/text.h"
#include "shared/crypto/credential.h"
#include "tests/fault/codes/figures.h"
#include "tests/support/code_pictures/code_pictures.h"
#include "tests/support/pki/pki.h"

namespace yizhan::crypto {
namespace {

using namespace std::chrono_literals;
using Bytes = std::vector<std::byte>;

WallTime const k_now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 9h};
constexpr char const* k_device = "urn:yizhan:device:420106001001:001";
constexpr char const* k_other_device = "urn:yizhan:device:420106001002:001";
constexpr char const* k_province = "urn:yizhan:platform:hubei";
constexpr std::size_t k_signature_bytes = 64;  // the message ends with them

std::int64_t seconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

Bytes unwrap(std::string_view text) { return zlib_inflate(base45_decode(text.substr(4)).value(), 4096).value(); }
std::string wrap(Bytes const& message) { return "YZ1:" + base45_encode(zlib_deflate(message)); }

class AlteredCodes : public testing::Test {
 protected:
  AlteredCodes() {
    for (int i = 0; i < 40; ++i) m_good.push_back(good(i));
    for (auto const& text : m_good) m_messages.push_back(unwrap(text));
    for (int i = 0; i < 200 / test::k_fraction; ++i) m_signed_wrongly.push_back(signed_wrongly(i));
  }

  Credential credential(CredentialKind kind, std::string issuer) {
    Credential out;
    out.kind = kind;
    out.issuer = std::move(issuer);
    out.issued_at = seconds(k_now - 1h);
    out.expires_at = seconds(k_now + 8h);
    for (auto& byte : out.id) byte = static_cast<std::byte>(m_random.below(256));
    out.body = R"({"day":"2026-11-24","number":"A)" + std::to_string(100 + m_random.below(900)) + R"("})";
    return out;
  }
  static std::string sign(test::Issued const& who, Credential const& what) {
    return sign_credential(what, who.key(), who.certificate()).value();
  }

  /// What this hall takes: tickets of its terminals, appointments of the province, here and there with SM2.
  std::string good(int i) {
    if (i % 8 == 0) return sign(m_sm2, credential(CredentialKind::ticket, k_province));
    if (i % 3 == 0) return sign(m_province, credential(CredentialKind::appointment, k_province));
    return sign(m_device, credential(i % 2 == 0 ? CredentialKind::ticket : CredentialKind::case_, k_device));
  }

  /// A true signature under something that must not be.
  std::string signed_wrongly(int i) {
    auto code = credential(CredentialKind::ticket, k_device);
    switch (i % 9) {
      case 0: return sign(test::self_signed(k_device, k_now), code);  // a stranger under a terminal's name
      case 1: code.issuer = k_other_device; return sign(m_device, code);
      case 2: code.expires_at = seconds(k_now - 3min); return sign(m_device, code);
      case 3: code.issued_at = seconds(k_now + 3min); return sign(m_device, code);
      case 4: code.kind = CredentialKind::staff; return sign(m_device, code);
      case 5: return sign(m_revoked, credential(CredentialKind::ticket, k_province));
      case 6: return sign(m_elsewhere, credential(CredentialKind::ticket, k_other_device));
      case 7: return sign(m_province, credential(CredentialKind::material, k_province));
      default: code.kind = CredentialKind::appointment; return sign(m_device, code);
    }
  }

  template <class Sequence>
  typename Sequence::value_type& any(Sequence& sequence) {
    return sequence[static_cast<std::size_t>(m_random.below(static_cast<int>(sequence.size())))];
  }

  /// A text made of the good ones that is not one of them.
  std::string altered(int how) {
    auto const which = static_cast<std::size_t>(m_random.below(static_cast<int>(m_good.size())));
    auto const other = static_cast<std::size_t>(m_random.below(static_cast<int>(m_good.size())));
    auto message = m_messages[which];
    auto text = m_good[which];
    auto const flip = [&] { any(message) ^= static_cast<std::byte>(1 << m_random.below(8)); };
    switch (how) {
      case 0: flip(); return wrap(message);
      case 1:
        for (int bits = 2 + m_random.below(20); bits > 0; --bits) flip();
        return wrap(message);
      case 2: any(message) = static_cast<std::byte>(m_random.below(256)); return wrap(message);
      case 3: return wrap(Bytes(message.begin(), message.begin() + m_random.below(static_cast<int>(message.size()))));
      case 4:
        message.insert(message.begin() + m_random.below(static_cast<int>(message.size())), std::byte{});
        return wrap(message);
      case 5: {  // another code's signature
        auto const& from = m_messages[other];
        std::copy_n(from.end() - k_signature_bytes, k_signature_bytes, message.end() - k_signature_bytes);
        return wrap(message);
      }
      case 6: {  // no signature, or one of random bytes
        bool const zeros = m_random.below(2) == 0;
        for (auto at = message.end() - k_signature_bytes; at != message.end(); ++at) {
          *at = zeros ? std::byte{} : static_cast<std::byte>(m_random.below(256));
        }
        return wrap(message);
      }
      case 7: {  // half of each
        auto const& from = m_messages[other];
        auto const at =
            static_cast<std::size_t>(m_random.below(static_cast<int>(std::min(from.size(), message.size()))));
        message.resize(at);
        message.insert(message.end(), from.begin() + static_cast<std::ptrdiff_t>(at), from.end());
        return wrap(message);
      }
      case 8: return text.substr(0, static_cast<std::size_t>(m_random.below(static_cast<int>(text.size()))));
      case 9: any(text) = k_letters[static_cast<std::size_t>(m_random.below(45))]; return text;
      case 10: {  // two neighbours change places
        auto const at = static_cast<std::size_t>(m_random.below(static_cast<int>(text.size()) - 1));
        std::swap(text[at], text[at + 1]);
        return text;
      }
      case 11: return text + test::ticket_like_text(m_random.next(), 1 + m_random.below(6)).substr(4);
      case 12: return test::ticket_like_text(m_random.next(), m_random.below(320));
      case 13: {  // other prefixes, other worlds
        constexpr char const* k_prefixes[] = {
            "", "yz1:", "YZ2:", "HC1:", " YZ1:", "YZ1", "https://example.org/?c=YZ1:"};
        return k_prefixes[m_random.below(7)] + text.substr(4);
      }
      case 14: {  // the ticket's number forged, the signature kept
        auto const digit = find(message, "number");
        message[digit + 8 + static_cast<std::size_t>(m_random.below(3))] =
            static_cast<std::byte>('0' + m_random.below(10));
        return wrap(message);
      }
      default:
        return m_signed_wrongly[static_cast<std::size_t>(m_random.below(static_cast<int>(m_signed_wrongly.size())))];
    }
  }

  Result<Credential> verify(std::string_view text) {
    return verify_credential(text, m_trust, k_now, "420106001001",
                             {CredentialKind::ticket, CredentialKind::appointment, CredentialKind::case_});
  }
  /// Bits that base45 and deflate do not use may differ; then the message is the one that was signed and nothing was altered.
  [[nodiscard]] bool is_unaltered(std::string_view text) const {
    if (!is_our_code(text)) return false;
    auto const packed = base45_decode(text.substr(4));
    if (!packed) return false;
    auto const message = zlib_inflate(*packed, 4096);
    return message && std::find(m_messages.begin(), m_messages.end(), *message) != m_messages.end();
  }

  static constexpr int k_ways = 16;

  test::PictureRandom m_random{20261124};
  std::vector<std::string> m_good;

 private:
  static constexpr std::string_view k_letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

  static std::size_t find(Bytes const& message, std::string_view word) {
    auto const bytes = text::bytes_of(word);
    return static_cast<std::size_t>(std::search(message.begin(), message.end(), bytes.begin(), bytes.end()) -
                                    message.begin());
  }

  test::Issued m_province = test::self_signed(k_province, k_now);
  test::Issued m_sm2 = test::self_signed(k_province, k_now, Algorithm::sm2);
  test::Issued m_device = test::self_signed(k_device, k_now);
  test::Issued m_revoked = test::self_signed(k_province, k_now);
  test::Issued m_elsewhere = test::self_signed(k_other_device, k_now);
  TrustList m_trust{{m_province.certificate(), {"appointment", "staff", "ticket"}, {"4201"}, false},
                    {m_sm2.certificate(), {"appointment", "ticket"}, {"4201"}, false},
                    {m_device.certificate(), {"ticket", "case", "staff", "appointment"}, {"420106001001"}, false},
                    {m_revoked.certificate(), {"ticket"}, {"4201"}, true},
                    {m_elsewhere.certificate(), {"ticket"}, {"420106001002"}, false}};
  std::vector<Bytes> m_messages;
  std::vector<std::string> m_signed_wrongly;
};

TEST_F(AlteredCodes, NoneIsAcceptedAsOurs) {
  for (auto const& text : m_good) ASSERT_TRUE(verify(text)) << "else nothing below means anything";
  int const wanted = 100'000 / test::k_fraction;
  std::map<std::string, int> refusals;
  auto& figures = test::code_figures();
  for (int i = 0; figures.altered_codes < wanted; ++i) {
    auto const text = altered(i % k_ways);
    if (is_unaltered(text)) continue;
    ++figures.altered_codes;
    auto const result = verify(text);
    if (result) {
      ++figures.accepted;
      ADD_FAILURE() << "way " << i % k_ways << ": " << text;
    } else {
      ++refusals[std::string(result.error().code())];
    }
  }
  EXPECT_EQ(figures.accepted, 0);
  // Each check had its part in it.
  for (char const* code : {"code_malformed", "code_signature", "code_untrusted", "code_revoked", "code_wrong_hall",
                           "code_expired", "code_not_yet_valid"}) {
    EXPECT_GT(refusals[code], 0) << code;
  }
}

}  // namespace
}  // namespace yizhan::crypto
