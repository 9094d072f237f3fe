#pragma once
/// The paper ticket (号票), in Chinese and English, as one picture: printers know neither rare hanzi nor our type.
#include <chrono>
#include <optional>
#include <string>

#include "shared/base/result.h"
#include "shared/domain/queue/rules.h"
#include "shared/paper/mono_image.h"

namespace yizhan::paper {

/// 384 or 576 dots at 203 dpi (8 dots a millimetre).
enum class PaperWidth { mm58, mm80 };
[[nodiscard]] constexpr int dots(PaperWidth width) { return width == PaperWidth::mm58 ? 384 : 576; }

/// All text is UTF-8; control characters are left out. Empty fields leave no gap.
struct TicketPaper {
  std::string hall_zh;
  std::string hall_en;
  std::string number;      // required
  std::string service_zh;  // one of the two is required; at most two lines, then …
  std::string service_en;
  std::optional<queue::WaitRange> wait;
  bool priority = false;
  /// With `priority`: the rule by which this ticket goes first, printed for everyone to read.
  std::chrono::minutes ageing{15};
  std::string issued_at;    // local time of the hall, "2026-11-24 09:12"
  std::string masked_name;  // 张*, or empty; REQUIRES: masked
  std::string qr;           // what the code holds, or empty
};

/// Thread: any one at a time. Errors: paper_number_empty, paper_service_empty, qr_too_long, paper_failed.
Result<MonoImage> render_ticket(TicketPaper const& ticket, PaperWidth width);

}  // namespace yizhan::paper
