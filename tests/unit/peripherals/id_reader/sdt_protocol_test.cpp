#include "peripherals/id_reader/sdt_protocol.h"

#include <gtest/gtest.h>

#include <map>

#include "shared/base/text.h"

namespace yizhan::id_reader {
namespace {

SecretBytes secret(std::string_view hex) { return SecretBytes(*text::from_hex(hex)); }

TEST(SdtProtocol, EachStatusHasItsError) {
  std::map<int, std::string_view> const codes{{0x10, "reader_garbled"},         {0x11, "reader_garbled"},
                                              {0x21, "reader_command_refused"}, {0x23, "reader_command_refused"},
                                              {0x24, "reader_command_refused"}, {0x31, "reader_untrusted_card"},
                                              {0x32, "reader_untrusted_card"},  {0x33, "reader_untrusted_card"},
                                              {0x40, "card_wrong_type"},        {0x41, "card_read_failed"},
                                              {0x47, "card_read_failed"},       {0x60, "reader_self_test"},
                                              {0x66, "reader_unauthorised"},    {0x80, "card_absent"},
                                              {0x81, "card_select_failed"},     {0x77, "reader_unknown_status"}};
  for (auto const& [status, code] : codes) EXPECT_EQ(error_of_status(static_cast<std::uint8_t>(status)).code(), code);
}

TEST(SdtProtocol, AnUntrustedCardIsNeverRetried) {
  for (int status = 0x31; status <= 0x33; ++status) {
    EXPECT_FALSE(error_of_status(static_cast<std::uint8_t>(status)).retryable());
  }
}

TEST(SdtProtocol, StatusBytesOtherThanZeroAreNoAnswer) {
  EXPECT_FALSE(parse_reply(secret("010090")));
  EXPECT_FALSE(parse_reply(secret("0000")));
  EXPECT_TRUE(parse_reply(secret("000090")));
}

TEST(SdtProtocol, AnAnswerOfAnotherShapeBelongsToAnotherCommand) {
  auto const reading = Reply{0x90, SecretBytes(1284)};
  EXPECT_FALSE(reading.fits(k_sam_status));
  EXPECT_FALSE(reading.fits(k_sam_number));
  EXPECT_TRUE(reading.fits(k_read_card));
  auto const plain = Reply{0x90, {}};
  EXPECT_TRUE(plain.fits(k_sam_status));
  EXPECT_FALSE(plain.fits(k_read_card));
}

TEST(SdtProtocol, InnerLengthsOfAReadingMustAddUp) {
  auto const reading = parse_reading(secret("000200010a0b0c"));
  ASSERT_TRUE(reading);
  EXPECT_EQ(text::to_hex(reading->text.view()), "0a0b");
  EXPECT_EQ(text::to_hex(reading->photo.view()), "0c");
  auto const with_fingerprints = parse_reading(secret("0001000100010a0b0c"));
  ASSERT_TRUE(with_fingerprints);
  EXPECT_EQ(text::to_hex(with_fingerprints->photo.view()), "0b");
  for (auto const* const bad : {"", "0002", "00020001", "000200010a0b", "000200010a0b0c0d", "ffffffff0a"}) {
    auto const refused = parse_reading(secret(bad));
    ASSERT_FALSE(refused) << bad;
    EXPECT_TRUE(refused.error().is("card_read_failed"));
  }
}

TEST(SdtProtocol, TheModulesNumberIsPrintedAsOnItsLabel) {
  EXPECT_EQ(format_sam_number(secret("0500010089ca330187d61200b168de3a").view()),
            "05.01-20171401-0001234567-0987654321");
}

}  // namespace
}  // namespace yizhan::id_reader
