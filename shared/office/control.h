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
///   ratings.figures    "from","to"        {"from","to","grades":{"1"…"5"},"total","bad","excluded","contacted","closed",
///                                         "satisfaction","bad_rate","follow_up_rate": per mille or null}. Without "to" until
///                                         today; without "from" since the first of the month of "to"
///   ratings.follow_ups "all"              {"follow_ups":[…]}   the open ones, with "all":true also closed ones
///   paper.changed                         {}   the ticket printer has a new roll; a running kiosk alone counts
///   devices.status                        {"devices":[{"name","state","identity","port","fault","detail","fault_at",
///                                         "success_at","remedy"}]}; only a running kiosk can tell
///   ratings.step       "id","act","staff" the follow-up: {"id","about","item","grade","state","opened","due","provisional",
///                                         "overdue","acts": possible now}. Who rated, and for what ticket or case, is
///                                         not told
#include <nlohmann/json_fwd.hpp>

#include "shared/office/premises.h"

namespace yizhan::office {

/// Thread: the store thread. `now`: hall time's clock is the premises'.
[[nodiscard]] nlohmann::json answer_control(Premises& premises, nlohmann::json const& request);

/// The object of `yizhanctl sync status`. `committed`: events kept here, answered or not. `state`: idle, backlog, no_epoch, cloned, refused.
Result<nlohmann::json> line_status(Premises& premises);

[[nodiscard]] nlohmann::json error_object(Error const& error);

}  // namespace yizhan::office
