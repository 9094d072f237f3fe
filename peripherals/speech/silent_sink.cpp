#include <fmt/format.h>

#include <array>
#include <fstream>

#include "peripherals/speech/sound_sink.h"

namespace yizhan::speech {

namespace {

void append_le(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

/// RIFF/WAVE, PCM, mono, 16 bits.
std::string wav_of(Sound const& sound) {
  auto const size = static_cast<std::uint32_t>(sound.samples.size() * 2);
  auto const rate = static_cast<std::uint32_t>(sound.rate);
  std::string out = "RIFF";
  append_le(out, 36 + size, 4);
  out += "WAVEfmt ";
  append_le(out, 16, 4);
  append_le(out, 1, 2);
  append_le(out, 1, 2);
  append_le(out, rate, 4);
  append_le(out, rate * 2, 4);
  append_le(out, 2, 2);
  append_le(out, 16, 2);
  out += "data";
  append_le(out, size, 4);
  for (auto const sample : sound.samples) append_le(out, static_cast<std::uint16_t>(sample), 2);
  return out;
}

class SilentSink final : public SoundSink {
 public:
  explicit SilentSink(std::filesystem::path folder) : m_folder(std::move(folder)) {}

  Result<void> play(Sound const& sound) override {
    if (m_folder.empty()) return {};
    auto const path = m_folder / fmt::format("spoken-{}.wav", ++m_count);
    std::ofstream file(path, std::ios::binary);
    file << wav_of(sound);
    if (!file.flush()) return Error::make("audio_unavailable", Retry::later, path.string());
    return {};
  }
  bool playing() override { return false; }
  void silence() override {}

 private:
  std::filesystem::path m_folder;
  int m_count = 0;
};

}  // namespace

std::unique_ptr<SoundSink> make_silent_sink(std::filesystem::path folder) {
  return std::make_unique<SilentSink>(std::move(folder));
}

}  // namespace yizhan::speech
