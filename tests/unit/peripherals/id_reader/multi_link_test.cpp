#include "peripherals/id_reader/multi_link.h"

#include <gtest/gtest.h>

#include <deque>

#include "shared/base/text.h"

namespace yizhan::id_reader {
namespace {

std::vector<std::byte> hex(std::string_view text) { return *text::from_hex(text); }

/// Answers each question with the next payload; after the last nothing more comes.
class AnsweringLine final : public host::Line {
 public:
  explicit AnsweringLine(std::deque<std::string> payloads) : m_payloads(std::move(payloads)) {}

  Result<std::size_t> read_some(std::span<std::byte> out, host::Deadline const& /*deadline*/) override {
    if (m_bytes.empty()) return Error::make("device_timeout", Retry::later);
    auto const size = std::min(out.size(), m_bytes.size());
    std::copy_n(m_bytes.begin(), size, out.begin());
    m_bytes.erase(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(size));
    return size;
  }
  Result<void> write_all(std::span<std::byte const> bytes, host::Deadline const& /*deadline*/,
                         std::size_t* /*written*/) override {
    m_asked->push_back(text::to_hex(bytes));
    if (m_payloads.empty()) return {};
    m_bytes = encode_multi_frame(hex(m_payloads.front()));
    m_payloads.pop_front();
    return {};
  }
  void discard_input() override { m_bytes.clear(); }
  [[nodiscard]] std::shared_ptr<std::vector<std::string>> asked() const { return m_asked; }

 private:
  std::deque<std::string> m_payloads;
  std::vector<std::byte> m_bytes;
  std::shared_ptr<std::vector<std::string>> m_asked = std::make_shared<std::vector<std::string>>();
};

MultiLink answering(std::deque<std::string> payloads, MultiLayout layout = {}) {
  return MultiLink(std::make_unique<AnsweringLine>(std::move(payloads)), layout);
}

constexpr char const* k_reading = "9000000200010a0b0c";

TEST(MultiLink, TellsItsVersion) {
  auto link = answering({"90004d462056312e3200"});
  auto const status = link.status();
  ASSERT_TRUE(status);
  EXPECT_EQ(status->number, "4d462056312e3200") << "a NUL is not printable";
  auto text = answering({"90004d462056312e32"});
  EXPECT_EQ(text.status()->number, "MF V1.2");
}

TEST(MultiLink, AStatusOfTheModuleInsideIsItsOwn) {
  for (auto const& [word, code] : std::vector<std::pair<std::string, std::string>>{
           {"6f60", "reader_self_test"}, {"6f66", "reader_unauthorised"}, {"1234", "reader_unknown_status"}}) {
    auto link = answering({word});
    auto const status = link.status();
    ASSERT_TRUE(status);
    ASSERT_TRUE(status->fault) << word;
    EXPECT_EQ(status->fault->code(), code);
  }
}

TEST(MultiLink, LooksForTheNumberThenReadsAll) {
  auto line = std::make_unique<AnsweringLine>(std::deque<std::string>{"90003400", k_reading});
  auto const asked = line->asked();
  MultiLink link(std::move(line));
  ASSERT_TRUE(link.find().value_or(false));
  auto const reading = link.read(true);
  ASSERT_TRUE(reading);
  EXPECT_EQ(text::to_hex(reading->text.view()), "0a0b");
  EXPECT_EQ(text::to_hex(reading->photo.view()), "0c");
  EXPECT_TRUE(reading->newest_address.empty());
  EXPECT_EQ(*asked, (std::vector<std::string>{"020003ca0101ca03", "020003ca0100cb03"}));
}

TEST(MultiLink, WhereOneCommandDoesBothNothingIsAskedTwice) {
  MultiLayout layout;
  layout.look = layout.read;
  auto line = std::make_unique<AnsweringLine>(std::deque<std::string>{k_reading});
  auto const asked = line->asked();
  MultiLink link(std::move(line), layout);
  ASSERT_TRUE(link.find().value_or(false));
  EXPECT_EQ(text::to_hex(link.read(false)->text.view()), "0a0b");
  EXPECT_EQ(asked->size(), 1U);
}

TEST(MultiLink, AnyUnknownWordMeansNoCardWhenLookingAndAFailedReadingWhenReading) {
  auto looking = answering({"1234"});
  auto const found = looking.find();
  ASSERT_TRUE(found);
  EXPECT_FALSE(*found);
  auto reading = answering({"90003400", "1234"});
  ASSERT_TRUE(reading.find().value_or(false));
  EXPECT_TRUE(reading.read(false).error().is("card_read_failed"));
}

TEST(MultiLink, ACardThatFailsAlreadyAtTheLookIsThereAndFails) {
  auto link = answering({"6f31"});
  ASSERT_TRUE(link.find().value_or(false));
  EXPECT_TRUE(link.read(false).error().is("reader_untrusted_card"));
}

TEST(MultiLink, AReaderThatFailsAtTheLookIsNoCard) {
  auto link = answering({"6f66"});
  EXPECT_TRUE(link.find().error().is("reader_unauthorised"));
}

TEST(MultiLink, AnAnswerOfAnotherShapeBelongsToAnotherQuestion) {
  auto no_version = answering({"9000"});
  EXPECT_TRUE(no_version.status().error().is("reader_silent"));
  auto no_lengths = answering({"90003400", "90000102"});
  ASSERT_TRUE(no_lengths.find().value_or(false));
  EXPECT_TRUE(no_lengths.read(false).error().is("reader_silent"));
}

TEST(MultiLink, LengthsThatLieFailTheReading) {
  for (auto const* const bad : {"9000ffffffff0a", "9000000200010a0b", "9000000200010a0b0c0d"}) {
    auto link = answering({"90003400", bad});
    ASSERT_TRUE(link.find().value_or(false));
    EXPECT_TRUE(link.read(false).error().is("card_read_failed")) << bad;
  }
}

}  // namespace
}  // namespace yizhan::id_reader
