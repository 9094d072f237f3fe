#pragma once
/// What tools may ask of the owner of a data folder over control.sock, and what they do themselves where nobody owns it.
/// A request is {"ask":"<name>", …}; the answer is a JSON object, {"error":"<code>","detail":"…"} where it failed.
///
///   db.check                              {"findings":["…"]}
///   db.backup      "file"                 {"file":"…"}
///   sync.status                           {"epoch","sequence","accepted_through","backlog","parked","uploads_waiting",
///                                         "uploads_bytes","uploads_parked","committed","last_contact","state"}
///   sync.parked                           {"parked":[{"id","type","problem","time"}]}
///   sync.resubmit  "id"                   {"id": new one}
///   sync.discard   "id","reason"          {}
///   sync.adopt                            {}   a technician resumes a cloned line
///   staff.add      "number","role","pin"  {}
///   hall.view                             {"day","waiting","active"}   counts
///   matters.status                        {"drafts","open_cases","cases","undelivered","follow_ups": counts,
///                                         "parked_documents":[{"case","kind","problem"}]}
#include <nlohmann/json_fwd.hpp>

#include "shared/office/premises.h"

namespace yizhan::office {

/// Thread: the store thread. `now`: hall time's clock is the premises'.
[[nodiscard]] nlohmann::json answer_control(Premises& premises, nlohmann::json const& request);

/// The object of `yizhanctl sync status`. `committed`: events kept here, answered or not. `state`: idle, backlog, no_epoch, cloned, refused.
Result<nlohmann::json> line_status(Premises& premises);

[[nodiscard]] nlohmann::json error_object(Error const& error);

}  // namespace yizhan::office
