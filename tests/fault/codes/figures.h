#pragma once
/// Codes never lie: what was tried and what came of it, printed in one line when all tests are over.

namespace yizhan::test {

/// In full where the build is optimised; without, and so under sanitizers, a tenth.
#ifdef NDEBUG
inline constexpr int k_fraction = 1;
#else
inline constexpr int k_fraction = 10;
#endif

struct CodeFigures {
  int frames = 0;
  int wrong_texts = 0;
  int altered_codes = 0;
  int accepted = 0;
};
CodeFigures& code_figures();

}  // namespace yizhan::test
