#pragma once
/// What a command's result means to the platform: facts without personal data, one closed schema a type.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "shared/domain/queue/hall_command.h"

namespace yizhan::office {

struct EventDraft {
  std::string type;     // cn.yizhan.ticket.<verb>.v1
  std::string subject;  // ticket id
  nlohmann::json data;
};

/// `terminal`: 3 digits of this machine, `counter` in events (its name on the display is free text). `channel`: "kiosk"
/// or "counter". Nothing for a ticket offered again.
[[nodiscard]] std::vector<EventDraft> events_of(queue::HallCommand const& command, queue::HallReply const& reply,
                                                std::string const& terminal, std::string const& channel);

}  // namespace yizhan::office
