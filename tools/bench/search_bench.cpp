// Search over 5,000 items made of the demo hall's words: what one key press costs. Limit: 10 ms, for the longest of a query's
// key presses. "scan" is what finding one substring in the same texts costs; the ratio is printed with each query.
//
//   search_bench [assets/catalog/demo] [--benchmark_…]
#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <iostream>
#include <random>

#include "shared/base/assets.h"
#include "shared/base/text.h"
#include "shared/domain/catalog/search.h"

namespace {

using namespace yizhan;
using catalog::Catalog;

constexpr std::size_t k_items = 5'000;
constexpr unsigned k_seed = 20261124;

constexpr char const* k_queries[] = {"社保卡丢了",
                                     "孩子上学",
                                     "我的社保卡丢了怎么办",
                                     "社宝卡",
                                     "残急人证",
                                     "shebaoka",
                                     "shbk",
                                     "社保ka",
                                     "sebaoka",
                                     "shebaola",
                                     "haizishangxue",
                                     "shebaokadiule",
                                     "laolianzheng",
                                     "lost card",
                                     "vetreans",
                                     "s",
                                     "zzzzzzzz",
                                     "bu huan she bao ka",
                                     "4050"};

/// The words of all names, hints and keywords, cut into pairs and triples of hanzi, put together anew.
class Words {
 public:
  explicit Words(Catalog const& demo) {
    for (auto const& item : demo.items) {
      for (auto const* words : {&item.name.zh, &item.hint.zh, &item.official_name.zh}) take(*words);
      for (auto const* words : {&item.name.en, &item.hint.en}) m_english.push_back(*words);
      for (auto const& keyword : item.keywords) m_keywords.push_back(keyword);
    }
  }
  std::string hanzi(std::size_t pieces) { return several(m_pieces, pieces, ""); }
  std::string english() { return one(m_english); }
  std::string keyword() { return one(m_keywords); }

 private:
  void take(std::string const& words) {
    auto const symbols = text::to_code_points(words);
    for (std::size_t i = 0; i + 2 <= symbols.size(); i += 2) {
      m_pieces.push_back(text::from_code_points(std::u32string_view(symbols).substr(i, 2 + i % 2)));
    }
  }
  std::string const& one(std::vector<std::string> const& from) { return from[m_random() % from.size()]; }
  std::string several(std::vector<std::string> const& from, std::size_t count, char const* between) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += (i > 0 ? between : "") + one(from);
    return all;
  }

  std::mt19937 m_random{k_seed};  // its numbers are the same everywhere
  std::vector<std::string> m_pieces;
  std::vector<std::string> m_english;
  std::vector<std::string> m_keywords;
};

Catalog many_items(Catalog const& demo) {
  Catalog all = demo;
  Words words(demo);
  while (all.items.size() < k_items) {
    auto const& like = demo.items[all.items.size() % demo.items.size()];
    auto& item = all.items.emplace_back(like);
    item.code += "_" + std::to_string(all.items.size());
    item.name = {words.hanzi(4), words.english() + " " + words.english()};
    item.hint = {words.hanzi(6), words.english()};
    item.official_name = {words.hanzi(7), words.english()};
    item.keywords.clear();
    for (int i = 0; i < 6; ++i) item.keywords.push_back(i % 2 == 0 ? words.keyword() : words.hanzi(2));
  }
  all.index = std::make_shared<catalog::SearchIndex const>(all);
  return all;
}

/// The same texts one behind the other, and one substring in them.
std::size_t scan(std::string const& texts, std::string_view query) {
  std::size_t found = 0;
  for (auto at = texts.find(query); at != texts.npos; at = texts.find(query, at + 1)) ++found;
  return found;
}

std::string all_texts(Catalog const& all) {
  std::string texts;
  for (auto const& item : all.items) {
    for (auto const* both : {&item.name, &item.hint, &item.official_name}) texts += both->zh + '\n' + both->en + '\n';
    for (auto const& keyword : item.keywords) texts += keyword + '\n';
  }
  return texts;
}

std::vector<std::string> key_presses(std::string_view query) {
  std::vector<std::string> prefixes;
  for (std::size_t length = 1; length <= text::length(query); ++length) prefixes.push_back(text::prefix(query, length));
  return prefixes;
}

/// Processor time, so that what else the machine does is not counted.
double milliseconds_now() { return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC; }

/// The median of five runs, milliseconds.
template <class Run>
double milliseconds(Run&& run) {
  std::vector<double> times;
  for (int i = 0; i < 5; ++i) {
    auto const start = milliseconds_now();
    run();
    times.push_back(milliseconds_now() - start);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

void add_benchmarks(Catalog const& all, std::string const& texts) {
  for (auto const* query : k_queries) {
    benchmark::RegisterBenchmark(query, [&all, &texts, query](benchmark::State& state) {
      double slowest = 0;
      std::string worst;
      for (auto const& typed : key_presses(query)) {
        double const time = milliseconds([&] { benchmark::DoNotOptimize(all.search(typed)); });
        if (time > slowest) slowest = time, worst = typed;
      }
      double const plain = milliseconds([&] { benchmark::DoNotOptimize(scan(texts, query)); });
      std::size_t found = 0;
      double total = 0;
      for (auto _ : state) {
        auto const start = milliseconds_now();
        found = all.search(query).size();
        total += milliseconds_now() - start;
      }
      state.counters["found"] = static_cast<double>(found);
      state.counters["slowest_key_ms"] = slowest;
      state.counters["scan_ms"] = plain;
      state.counters["scans"] = total / static_cast<double>(state.iterations()) / plain;
      state.SetLabel("slowest: " + worst);
    })->Unit(benchmark::kMillisecond);
  }
  benchmark::RegisterBenchmark("index", [&all](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(catalog::SearchIndex(all));
    state.counters["KiB"] = static_cast<double>(all.index->bytes()) / 1024;
  })->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  auto const demo = catalog::load_catalog(find_asset(count > 1 ? arguments[1] : "assets/catalog/demo"));
  if (!demo) {
    std::cerr << demo.error().detail() << '\n';
    return 1;
  }
  auto const all = many_items(*demo);
  auto const texts = all_texts(all);
  std::cout << all.items.size() << " items, " << texts.size() / 1024 << " KiB of text, index "
            << all.index->bytes() / 1024 << " KiB\n";
  add_benchmarks(all, texts);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
