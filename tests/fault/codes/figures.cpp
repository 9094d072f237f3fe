#include "tests/fault/codes/figures.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace yizhan::test {

CodeFigures& code_figures() {
  static CodeFigures figures;
  return figures;
}

namespace {

class Print final : public testing::Environment {
 public:
  void TearDown() override {
    auto const& figures = code_figures();
    std::printf("promise 23: frames %d, wrong texts %d; altered codes %d, accepted %d%s\n", figures.frames,
                figures.wrong_texts, figures.altered_codes, figures.accepted,
                k_fraction == 1 ? "" : " (a tenth: not optimised, or under sanitizers)");
  }
};

[[maybe_unused]] auto* const g_print = testing::AddGlobalTestEnvironment(new Print);

}  // namespace

}  // namespace yizhan::test
