#pragma once
/// What tools may ask of the owner of a data folder over control.sock, and what they do themselves where nobody owns it.
/// A request is {"ask":"<name>", …}; the answer is a JSON object, {"error":"<code>","detail":"…"} where it failed.
///
///   db.check                              {"findings":["…"]}
///   db.backup      "file"                 {"file":"…"}
///   sync.status                           {"epoch","sequence","accepted_through","backlog","parked","committed","last_contact",
///                                         "state"}
///   sync.parked                           {"parked":[{"id","type","problem","time"}]}
///   sync.resubmit  "id"                   {"id": new one}
///   sync.discard   "id","reason"          {}
///   sync.adopt                            {}   a technician resumes a cloned line
///   staff.add      "number","role","pin"  {}
///   hall.view                             {"day","waiting","active"}   counts
#include <nlohmann/json_fwd.hpp>

#include "shared/office/premises.h"

namespace yizhan::office {

/// Thread: the store thread. `now`: hall time's clock is the premises'.
[[nodiscard]] nlohmann::json answer_control(Premises& premises, nlohmann::json const& request);

/// The object of `yizhanctl sync status`. `committed`: events kept here, answered or not. `state`: idle, backlog, no_epoch, cloned, refused.
Result<nlohmann::json> line_status(Premises& premises);

[[nodiscard]] nlohmann::json error_object(Error const& error);

}  // namespace yizhan::office
