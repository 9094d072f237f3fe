/// Barcodes cannot type: ten thousand codes made up at random, as a scanner that poses as a keyboard would type them,
/// between people's keys. Hands are on window 1 and the scanner's keys on window 2, so that each key says whose it is.
#include <gtest/gtest.h>

#include <cstdio>
#include <random>

#include "kiosk/ui/key_guard.h"
#include "peripherals/code_scanner/wedge.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using ui::Key;
using ui::Stroke;

constexpr int k_codes = 10'000;
constexpr std::uint32_t k_hand = 1;
constexpr std::uint32_t k_scanner = 2;

class Typing {
 public:
  explicit Typing(std::uint64_t seed) : m_rng(seed) {}

  int number(int from, int to) { return std::uniform_int_distribution(from, to)(m_rng); }
  bool one_in(int count) { return number(1, count) == 1; }

  /// A person: letters, digits, a fast pair, a key held down, Enter, Backspace, arrows, F keys.
  void person(int keys) {
    for (int i = 0; i < keys; ++i) {
      m_now += std::chrono::milliseconds(number(60, 300));
      if (one_in(5)) {
        static constexpr Key k_keys[] = {Key::enter, Key::backspace, Key::up, Key::down,
                                         Key::f2,    Key::escape,    Key::tab};
        feed_person({.down = true, .press = {.key = k_keys[number(0, 6)], .shift = one_in(3)}});
      } else {
        press_letter();
        if (one_in(8)) {
          m_now += std::chrono::milliseconds(number(5, 29));  // the next finger is down before the first is up
          press_letter();
        } else if (one_in(10)) {
          m_now += 400ms;
          for (int held = number(1, 8); held > 0; --held) {
            m_now += std::chrono::milliseconds(number(20, 40));
            feed_person({.down = true, .repeat = true});
            feed_person({.press = {.text = "h"}});
          }
        }
      }
    }
    m_now += std::chrono::milliseconds(number(35, 200));
  }

  /// One code. True: a good one, typed as the configured scanner would.
  bool code() {
    bool const good = one_in(4);
    std::vector<Stroke> strokes;
    if (good) {
      for (char const c : std::string_view("~#A001")) type(strokes, std::string(1, c));
      for (int more = number(0, 60); more > 0; --more)
        type(strokes, std::string(1, static_cast<char>(number(0x20, 0x7E))));
      strokes.push_back({.down = true, .press = {.key = Key::enter}});
    } else {
      int const length = one_in(50) ? number(1000, 3000) : number(4, 40);
      for (int i = 0; i < length; ++i) strike(strokes);
    }
    send(std::move(strokes));
    m_now += std::chrono::milliseconds(number(110, 400));
    listen();
    return good;
  }

  void end() {
    m_now += 1s;
    listen();
  }

  std::vector<std::string> expected;  // of the person
  std::vector<std::string> heard;
  int scanners_keys = 0;  // that came through
  int accepted = 0;

 private:
  static std::string name_of(Stroke const& stroke) {
    return (stroke.down ? "v" : "t") + std::string(ui::key_name(stroke.press.key)) + stroke.press.text;
  }

  void press_letter() {
    feed_person({.down = true});
    feed_person({.press = {.text = std::string(1, static_cast<char>('a' + number(0, 25)))}});
  }
  void feed_person(Stroke stroke) {
    stroke.window = k_hand;
    expected.push_back(name_of(stroke));
    m_guard.look(m_now);
    std::vector<Stroke> one;
    one.push_back(std::move(stroke));
    m_guard.take(std::move(one), m_now, m_now);
    listen();
  }

  static void type(std::vector<Stroke>& strokes, std::string text) {
    strokes.push_back({.down = true});
    strokes.push_back({.press = {.text = std::move(text)}});
  }

  /// Any key there is: characters, control codes, function keys, Alt+F4, Ctrl+Alt+…, Super+…, key pad with Alt.
  void strike(std::vector<Stroke>& strokes) {
    auto const any_key = [&] {
      return static_cast<Key>(number(static_cast<int>(Key::tab), static_cast<int>(Key::f12)));
    };
    switch (number(0, 9)) {
      case 0:
        strokes.push_back({.down = true, .press = {.key = any_key()}});
        if (strokes.back().press.key == Key::space) strokes.push_back({.press = {.text = " "}});
        break;
      case 1: strokes.push_back({.down = true, .chord = true, .press = {.key = any_key()}}); break;
      case 2: strokes.push_back({.down = true, .chord = true, .press = {.key = Key::f4}}); break;
      case 3:  // Alt+0 2 7: a control code from the key pad
        for (int i = 0; i < 3; ++i) strokes.push_back({.down = true, .chord = true});
        strokes.push_back({.press = {.text = std::string(1, static_cast<char>(number(1, 31)))}});
        break;
      case 4: strokes.push_back({.press = {.text = std::string(1, static_cast<char>(number(1, 127)))}}); break;
      case 5: strokes.push_back({.down = true, .press = {.key = Key::escape}}); break;
      default: type(strokes, std::string(1, static_cast<char>(number(0x20, 0x7E)))); break;
    }
  }

  /// Key by key, or many at once where the window was busy drawing.
  void send(std::vector<Stroke> strokes) {
    for (auto& stroke : strokes) stroke.window = k_scanner;
    std::size_t at = 0;
    while (at < strokes.size()) {
      auto const since = m_now;
      std::vector<Stroke> batch;
      auto const most = one_in(6) ? static_cast<std::size_t>(number(2, 30)) : std::size_t{1};
      do {
        if (strokes[at].down) m_now += std::chrono::milliseconds(number(0, 29));
        batch.push_back(std::move(strokes[at++]));
      } while (at < strokes.size() && (batch.size() < most || !strokes[at].down));
      bool const busy = most > 1;
      if (!busy) m_guard.look(m_now);
      m_guard.take(std::move(batch), busy ? since : m_now, m_now);
      listen();
    }
  }

  void listen() {
    m_guard.look(m_now);
    for (auto const& stroke : m_guard.passed()) {
      if (stroke.window == k_hand)
        heard.push_back(name_of(stroke));
      else
        ++scanners_keys;
    }
    for (auto& burst : m_guard.bursts()) {
      auto const end = burst.end == Key::enter ? code_scanner::TypedEnd::enter
                       : burst.end == Key::tab ? code_scanner::TypedEnd::tab
                                               : code_scanner::TypedEnd::silence;
      auto const judged = code_scanner::judge_typed({std::move(burst.text), end, burst.plain}, m_options);
      if (judged && *judged) ++accepted;
    }
  }

  std::mt19937_64 m_rng;
  ui::KeyGuard m_guard;
  SteadyTime m_now{};
  code_scanner::WedgeOptions m_options{.prefix = "~#"};
};

TEST(TypedCodes, NothingOfThemPassesAndNothingOfPeopleIsLost) {
  Typing typing(23);
  int good = 0;
  for (int i = 0; i < k_codes; ++i) {
    typing.person(typing.number(0, 5));
    if (typing.code()) ++good;
  }
  typing.person(5);
  typing.end();
  std::size_t same = 0;
  while (same < typing.expected.size() && same < typing.heard.size() && typing.expected[same] == typing.heard[same])
    ++same;
  auto const lost = typing.expected.size() - same;
  std::printf("promise 23: %d typed codes, %d keys through, human keys lost %zu of %zu, %d of %d good codes accepted\n",
              k_codes, typing.scanners_keys, lost, typing.expected.size(), typing.accepted, good);
  EXPECT_EQ(typing.scanners_keys, 0);
  EXPECT_EQ(lost, 0U) << "at " << same << ": " << (same < typing.heard.size() ? typing.heard[same] : "nothing");
  EXPECT_EQ(typing.heard.size(), typing.expected.size());
  EXPECT_EQ(typing.accepted, good);
}

}  // namespace
}  // namespace yizhan
