#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "peripherals/emulated/recorded_speech.h"
#include "peripherals/speech/espeak_speech.h"
#include "shared/base/real_env.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/temp_dir.h"

namespace yizhan::speech {
namespace {

using namespace std::chrono_literals;
using device::Language;
using device::SpeechFailed;
using device::SpeechFinished;

/// Plays as long as the test wants.
class HeldSink final : public SoundSink {
 public:
  explicit HeldSink(std::shared_ptr<std::atomic<bool>> held) : m_held(std::move(held)) {}
  Result<void> play(Sound const& sound) override {
    m_playing = !sound.samples.empty();
    return {};
  }
  bool playing() override { return m_playing && *m_held; }
  void silence() override { m_playing = false; }

 private:
  std::shared_ptr<std::atomic<bool>> m_held;
  bool m_playing = false;
};

class BrokenSink final : public SoundSink {
 public:
  Result<void> play(Sound const&) override { return Error::make("audio_unavailable", Retry::later); }
  bool playing() override { return false; }
  void silence() override {}
};

class EspeakTest : public testing::Test {
 protected:
  void speak_to(std::unique_ptr<SoundSink> sink, VoiceOptions voice = {}) {
    EspeakOptions options;
    options.voice = std::move(voice);
    m_speech = make_espeak_speech(m_thread, m_env.env(), options, std::move(sink), m_events.listener());
  }

  test::TempDir m_folder{"speech"};
  RealEnv m_env;
  test::EventLog<device::SpeechEvent> m_events;
  ThreadExecutor m_thread{"speech"};
  std::unique_ptr<device::Speech> m_speech;
};

TEST_F(EspeakTest, SpeaksBothLanguagesAudibly) {
  speak_to(make_silent_sink(m_folder.path()));
  m_speech->say(1, "请A001号到3号窗口", Language::zh_CN);
  m_speech->say(2, "Ticket A001, please go to counter 3.", Language::en);
  ASSERT_TRUE(m_events.next<SpeechFinished>([](auto const& event) { return event.id == 2; }));
  for (auto const* const file : {"spoken-1.wav", "spoken-2.wav"}) {
    auto const wav = test::read_file(m_folder / file);
    EXPECT_EQ(wav.substr(0, 4), "RIFF");
    EXPECT_GT(wav.size(), 44U + 22050U * 2U) << "more than a second";
    EXPECT_TRUE(std::any_of(wav.begin() + 44, wav.end(), [](char c) { return c != 0; }));
  }
}

TEST(Voice, SpeaksAsFastAsItIsTold) {
  std::string const text = "Ticket A001, please go to counter 3.";
  auto slow = Voice::create({.words_per_minute = 80}).value();
  auto fast = Voice::create({.words_per_minute = 300}).value();
  EXPECT_GT(slow.synthesise(text, Language::en)->length(), 2 * fast.synthesise(text, Language::en)->length());
  EXPECT_GT(slow.synthesise("三号窗口", Language::zh_CN)->length(),
            fast.synthesise("三号窗口", Language::zh_CN)->length());
}

TEST(Voice, IsTheOneThatWasChosenByLanguageOrName) {
  EXPECT_TRUE(Voice::create({.zh = "zh-cmn"}));
  auto const unknown = Voice::create({.zh = "no-such-voice"});
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(unknown.error().is("speech_unavailable"));
  auto mandarin = Voice::create({}).value();
  auto cantonese = Voice::create({.zh = "yue"}).value();
  auto const text = "请到三号窗口";
  EXPECT_NE(mandarin.synthesise(text, Language::zh_CN)->samples, cantonese.synthesise(text, Language::zh_CN)->samples);
}

TEST_F(EspeakTest, AVoiceThatDoesNotExistFailsEachUtterance) {
  speak_to(make_silent_sink(), {.zh = "no-such-voice"});
  m_speech->say(1, "一", Language::zh_CN);
  auto const failed = m_events.next<SpeechFailed>();
  ASSERT_TRUE(failed);
  EXPECT_TRUE(failed->error.is("speech_unavailable"));
}

TEST_F(EspeakTest, TenCallsAreSpokenInOrder) {
  speak_to(make_silent_sink());
  for (std::uint64_t id = 1; id <= 10; ++id) m_speech->say(id, "A00" + std::to_string(id % 10), Language::zh_CN);
  for (std::uint64_t id = 1; id <= 10; ++id) {
    auto const finished = m_events.next<SpeechFinished>();
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->id, id);
  }
}

TEST_F(EspeakTest, HushDropsWhatIsQueuedAndFallsSilent) {
  auto const held = std::make_shared<std::atomic<bool>>(true);
  speak_to(std::make_unique<HeldSink>(held));
  m_speech->say(1, "one", Language::en);
  m_speech->say(2, "two", Language::en);
  m_speech->hush();
  for (std::uint64_t id = 1; id <= 2; ++id) {
    auto const dropped = m_events.next<SpeechFailed>();
    ASSERT_TRUE(dropped);
    EXPECT_EQ(dropped->id, id);
    EXPECT_TRUE(dropped->error.is("speech_hushed"));
  }
  m_speech->say(3, "three", Language::en);
  *held = false;
  auto const next = m_events.next<SpeechFinished>();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->id, 3U);
}

TEST_F(EspeakTest, WithoutAudioEachUtteranceFailsAndNothingBlocks) {
  speak_to(std::make_unique<BrokenSink>());
  m_speech->say(1, "one", Language::en);
  m_speech->say(2, "two", Language::en);
  EXPECT_TRUE(m_events.next<SpeechFailed>([](auto const& event) { return event.id == 2; }));
  m_speech->check_health();
  EXPECT_TRUE(m_events.next<device::SpeechHealth>());
}

TEST_F(EspeakTest, SdlsDummyDeviceFinishes) {
  ::setenv("SDL_AUDIODRIVER", "dummy", 1);
  speak_to(make_sdl_sink());
  m_speech->say(1, "ok", Language::en);
  EXPECT_TRUE(m_events.next<SpeechFinished>());
}

TEST_F(EspeakTest, IsDestroyedWhileItSpeaks) {
  speak_to(std::make_unique<HeldSink>(std::make_shared<std::atomic<bool>>(true)));
  m_speech->say(1, "one", Language::en);
  m_speech->say(2, "two", Language::en);
  m_speech.reset();
  auto const events = m_events.size();
  m_thread.stop();
  EXPECT_EQ(m_events.size(), events);
}

TEST_F(EspeakTest, ARecordingKeepsWhatWasSaid) {
  auto const log = std::make_shared<emulated::SpokenLog>();
  auto const speech = emulated::make_recorded_speech(log, nullptr, m_events.listener());
  speech->say(7, "请A001号到3号窗口", Language::zh_CN);
  EXPECT_EQ(m_events.next<SpeechFinished>()->id, 7U);
  EXPECT_TRUE(log->contains("请A001"));
  EXPECT_FALSE(log->contains("A002"));
  EXPECT_EQ(log->all().size(), 1U);
}

}  // namespace
}  // namespace yizhan::speech
