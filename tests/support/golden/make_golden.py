#!/usr/bin/env python3
"""Writes the golden messages beside it: events.json, platform_facts.json, canonical.json,
conversation.json, problems.json.

Third opinion between the device's code and the platform's: canonical JSON, fact hashes and chains are computed here with
Python's standard library alone. Run it after a change and read the difference; `--check` compares without writing.
"""
import base64
import hashlib
import json
import pathlib
import re
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
HALL = "420106001001"
DEVICE = f"urn:yizhan:device:{HALL}:001"
OTHER = f"urn:yizhan:device:{HALL}:002"
ZEROS = "0" * 64


def canonical(value):
    """RFC 8785 for ASCII keys and integers: Python escapes the same characters in the same way."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def uuid(number):
    return f"01993f00-0000-7000-8000-{number:012x}"


def fact(number, kind, data, subject, time="2026-11-24T09:30:00.000+08:00", clock="trusted", source=DEVICE, **more):
    return {"specversion": "1.0", "id": uuid(number), "source": source, "type": f"cn.yizhan.{kind}.v1", "subject": subject,
            "time": time, "datacontenttype": "application/json", "clockstate": clock, "data": data, **more}


class Line:
    """Places of one epoch, in order."""

    def __init__(self, epoch):
        self.epoch, self.sequence, self.chain = epoch, 0, ZEROS
        self.steps = []

    def place(self, the_fact):
        previous = self.chain
        self.sequence += 1
        placed = {**the_fact, "epoch": str(self.epoch), "sequence": f"{self.sequence:016}"}
        text = canonical(placed)
        self.chain = sha256(bytes.fromhex(previous) + text.encode())
        event = {**placed, "chain": self.chain}
        self.steps.append({"fact": the_fact, "canonical_fact": canonical(the_fact),
                           "fact_sha256": sha256(canonical(the_fact).encode()), "epoch": str(self.epoch),
                           "sequence": f"{self.sequence:016}", "previous_chain": previous,
                           "canonical_without_chain": text, "chain": self.chain, "event": event})
        return event


TICKET = "01993f00-0000-7000-8000-0000000000aa"
TICKET_DATA = {"ticket": TICKET, "day": "2026-11-24", "number": "A001", "queue": "A", "service": "resident_permit"}
HOLDER = "q2Rv0eE3yq0m1Jm7z6r3w8nXo5b4c9d0aKfLhTgUiVs"

opened = fact(1, "line.opened", {"previous": None, "reason": "created"}, DEVICE, clock="unset")
issued = fact(2, "ticket.issued", {**TICKET_DATA, "series": "", "priority": "normal", "holder": HOLDER, "channel": "kiosk"},
              TICKET)
called = fact(3, "ticket.called", {**TICKET_DATA, "counter": "002", "waited_s": 95}, TICKET,
              time="2026-11-24T09:31:35.000+08:00")
personal = fact(4, "ticket.recalled", {**TICKET_DATA, "counter": "002", "phone": "13800000000"}, TICKET)
conflicting = fact(2, "ticket.issued", {**TICKET_DATA, "number": "A002", "series": "", "priority": "normal",
                                        "holder": HOLDER, "channel": "kiosk"}, TICKET)
finished = fact(5, "ticket.finished", {**TICKET_DATA, "counter": "002", "served_s": 310}, TICKET, clock="estimated",
                time="2026-11-24T09:36:45.000+08:00")
unknown = fact(6, "kettle.boiled", {"litres": 2, "nested": {"b": [1, None, True], "a": -9007199254740991}}, "kettle/1",
               replaces=uuid(4), kettlecolour="red", clock="estimated")
reopened = fact(7, "line.opened", {"previous": {"epoch": "1", "sequence": "0000000000000007", "chain": ""},
                                   "reason": "restored"}, DEVICE)
foreign = fact(8, "line.opened", {"previous": None, "reason": "created"}, OTHER, source=OTHER)

CASE = "4201060010012026112400100010"
DOCUMENT = {"sha256": sha256(b"an envelope"), "size": 4211, "kind": "application", "material": None, "page": 1}
PAGE = {"sha256": sha256(b"another envelope"), "size": 180044, "kind": "material", "material": "household_register", "page": 1}
PLATFORM = "urn:yizhan:platform"
EVALUATION = uuid(14)
AT = {"case": CASE, "part": 1, "at": "2026-11-25T10:00:00.000+08:00"}

# What a machine tells of a case and of a rating …
matters = [
    fact(11, "case.submitted", {"case": CASE, "matter": "social_card_replace", "bundle": False, "catalog": 7, "channel": "kiosk",
                                "holder": HOLDER, "parts": [{"part": 1, "item": "social_card_replace", "after": []}],
                                "documents": [DOCUMENT, PAGE], "on_file": [{"material": "photo_1in", "sha256": [sha256(b"old")]}],
                                "promised": [{"material": "proof", "due": "2026-12-01", "provisional": False}]}, f"case/{CASE}"),
    fact(12, "case.supplemented", {"case": CASE, "part": 1, "supplement": uuid(0x200), "documents": [PAGE], "on_file": []},
         f"case/{CASE}"),
    fact(13, "case.withdrawn", {"case": CASE}, f"case/{CASE}"),
    fact(14, "evaluation.given", {"about": "visit", "ticket": TICKET, "case": None, "item": "social_card_replace", "grade": 2,
                                  "options": [209, 213], "channel": "kiosk", "nth": 1}, f"evaluation/{EVALUATION}"),
    fact(15, "evaluation.followed_up", {"evaluation": EVALUATION, "state": "opened", "due": "2026-11-25", "provisional": False},
         f"evaluation/{EVALUATION}"),
]
# … and what the platform tells of a case, as it stands among the changes: without a place.
platform_facts = [fact(number, kind, {**AT, **more}, f"case/{CASE}", source=PLATFORM) for number, kind, more in (
    (21, "case.received", {"part": 0, "province_number": None}),
    (22, "case.accepted", {}),
    (23, "case.supplement_requested", {"materials": ["household_register"], "reason": "materials_unclear", "days": 5}),
    (24, "case.suspended", {"reason": "hearing"}),
    (25, "case.resumed", {}),
    (26, "case.decided", {"outcome": "granted", "reason": ""}),
    (27, "case.refused", {"reason": "not_competent"}))]

first = Line(1)
E_OPENED, E_ISSUED, E_CALLED = (first.place(f) for f in (opened, issued, called))
E_PERSONAL, E_CONFLICT, E_FINISHED = (first.place(f) for f in (personal, conflicting, finished))
E_UNKNOWN = first.place(unknown)
reopened["data"]["previous"]["chain"] = first.chain
second = Line(2)
E_REOPENED, E_AGAIN = second.place(reopened), second.place(finished)
E_MATTERS = [second.place(f) for f in matters]

# What must be refused: a hole, another fact at a known place, a broken chain.
hole = Line(1)
hole.sequence, hole.chain = 8, first.steps[-1]["chain"]
E_HOLE = hole.place(fact(9, "ticket.expired", TICKET_DATA, TICKET))
branch = Line(1)
branch.sequence, branch.chain = 5, first.steps[4]["chain"]
E_BRANCH = branch.place(fact(10, "ticket.cancelled", TICKET_DATA, TICKET))
E_BROKEN = {**first.steps[6]["event"], "chain": sha256(b"something else")}
E_FRACTION = {**E_UNKNOWN, "data": {"litres": 1.5}}
E_FOREIGN = Line(1).place(foreign)


def problem(status, name, **more):
    return {"status": status, "content_type": "application/problem+json",
            "body": {"type": f"urn:yizhan:problem:{name}", "status": status, **more}}


def answer(body, status=200, content_type="application/json"):
    return {"status": status, "content_type": content_type, "body": body}


def get(path, **query):
    return {"method": "GET", "path": path, "query": query}


def post(path, body, content_type="application/json"):
    return {"method": "POST", "path": path, "query": {}, "content_type": content_type, "body": body}


def batch(*events):
    return post("/v1/events", list(events), "application/cloudevents-batch+json")


def verdicts(through, *pairs):
    results = []
    for event, status, *name in pairs:
        results.append({"id": event["id"], "status": status,
                        **({"problem": f"urn:yizhan:problem:{name[0]}"} if name else {})})
    return answer({"results": results, "accepted_through": f"{through:016}"})


def position(epoch, sequence, chain):
    return answer({"epoch": str(epoch), "sequence": f"{sequence:016}", "chain": chain})


CREATED = {"request_id": uuid(0x101), "reason": "created", "based_on": "0", "previous": None}
RESTORED = {"request_id": uuid(0x103), "reason": "restored", "based_on": "1",
            "previous": {"epoch": "1", "sequence": "0000000000000007", "chain": first.chain}}

conversation = []


def step(claim, request, expected, device=DEVICE):
    conversation.append({"claim": claim, "device": device, "request": request, "answer": expected})


step("an unknown device stands at zero", get("/v1/position"), position(0, 0, ZEROS))
step("the first epoch", post("/v1/epochs", CREATED), answer({"epoch": "1"}, 201))
step("the same request again gives the same epoch", post("/v1/epochs", CREATED), answer({"epoch": "1"}, 201))
step("another request on an old base", post("/v1/epochs", {**CREATED, "request_id": uuid(0x102)}),
     problem(409, "epoch_conflict", current="1"))
step("a batch is accepted", batch(E_OPENED, E_ISSUED, E_CALLED),
     verdicts(3, (E_OPENED, "accepted"), (E_ISSUED, "accepted"), (E_CALLED, "accepted")))
step("the same batch again is all duplicates", batch(E_OPENED, E_ISSUED, E_CALLED),
     verdicts(3, (E_OPENED, "duplicate"), (E_ISSUED, "duplicate"), (E_CALLED, "duplicate")))
step("rejected events keep their places and hold nothing up", batch(E_CALLED, E_PERSONAL, E_CONFLICT, E_FINISHED),
     verdicts(6, (E_CALLED, "duplicate"), (E_PERSONAL, "rejected", "personal_data"), (E_CONFLICT, "rejected", "conflict"),
              (E_FINISHED, "accepted")))
step("rejected again when sent again", batch(E_PERSONAL, E_CONFLICT, E_FINISHED),
     verdicts(6, (E_PERSONAL, "rejected", "personal_data"), (E_CONFLICT, "rejected", "conflict"),
              (E_FINISHED, "duplicate")))
step("a gap names what is expected", batch(E_HOLE),
     problem(409, "gap", expected={"epoch": "1", "sequence": "0000000000000007"}))
step("another fact at a known place is a fork", batch(E_BRANCH), problem(409, "fork"))
step("a chain that does not verify is a fork", batch(E_BROKEN), problem(409, "fork"))
step("an unknown type with unknown attributes is stored", batch(E_UNKNOWN), verdicts(7, (E_UNKNOWN, "accepted")))
step("the position is the last place answered", get("/v1/position"), position(1, 7, first.chain))
step("own facts back, without the rejected", get("/v1/events", epoch="1", after="0"),
     answer([E_OPENED, E_ISSUED, E_CALLED, E_FINISHED, E_UNKNOWN], content_type="application/cloudevents-batch+json"))
step("own facts behind a sequence", get("/v1/events", epoch="1", after="0000000000000006"),
     answer([E_UNKNOWN], content_type="application/cloudevents-batch+json"))
step("a new epoch after a restore", post("/v1/epochs", RESTORED), answer({"epoch": "2"}, 201))
step("the old epoch is over", batch(E_UNKNOWN), problem(409, "superseded", current="2"))
step("places are given anew, sameness is the fact's", batch(E_REOPENED, E_AGAIN),
     verdicts(2, (E_REOPENED, "accepted"), (E_AGAIN, "duplicate")))
step("another device in the body", batch(E_FOREIGN), problem(403, "other_device"))
step("fractions are no data", batch(E_FRACTION), problem(422, "event_invalid", index=0))
step("what the hall must know: the other machine's facts, in order, without places", get("/v1/changes", cursor="", wait="0"),
     answer({"events": [opened, issued, called, finished, unknown, reopened], "cursor": "*", "more": False}), OTHER)
step("a machine's own facts are no news to it", get("/v1/changes", cursor="", wait="0"),
     answer({"events": [], "cursor": "*", "more": False}))

BY_CODE = {"holder": None, "case": CASE, "how": "code"}
NOBODY = {"cases": [], "on_file": []}
step("a case is submitted", batch(E_MATTERS[0]), verdicts(3, (E_MATTERS[0], "accepted")))
step("whoever holds its receipt sees how far it is, and not whose it is", post("/v1/cases/lookup", BY_CODE),
     answer({"cases": [{"case": CASE, "matter": "social_card_replace", "bundle": False,
                        "submitted_at": "2026-11-24T01:30:00.000Z", "state": "submitted",
                        "parts": [{"part": 1, "item": "social_card_replace", "state": "submitted", "outcome": "none",
                                   "due": None, "provisional": False, "supplement": None,
                                   "steps": [{"act": "submit", "at": "2026-11-24T01:30:00.000Z", "reason": ""}]}]}],
             "on_file": []}), OTHER)
step("a number nobody has", post("/v1/cases/lookup", {**BY_CODE, "case": "4201060010012026112400100028"}), answer(NOBODY))
step("a person nobody knows is answered alike",
     post("/v1/cases/lookup", {"holder": {"kind": "id_card", "number": "420106199003070016"}, "how": "card"}), answer(NOBODY))
step("neither person nor number is no question", post("/v1/cases/lookup", {"how": "card"}), problem(400, "bad_request"))
step("what was not asked for is rejected; ratings are taken", batch(*E_MATTERS[1:]),
     verdicts(7, (E_MATTERS[1], "rejected", "case_state"), *((event, "accepted") for event in E_MATTERS[2:])))

# ---- uploads: bodies in base64, headers as they are -----------------------------------------------------------------------
BYTES = bytes(range(256)) * 4
NAME = sha256(BYTES)
WRONG = sha256(b"not these bytes")


def b64(data):
    return base64.b64encode(data).decode()


def checksum(data):
    return "sha256 " + b64(hashlib.sha256(data).digest())


uploads = []


def tus(claim, method, path, headers, expected, body=b"", device=DEVICE):
    request = {"method": method, "path": path, "headers": {"Tus-Resumable": "1.0.0", **headers}, "body": b64(body)}
    uploads.append({"claim": claim, "device": device, "request": request, "answer": expected})


def creation(name, length=len(BYTES)):
    return {"Upload-Length": str(length),
            "Upload-Metadata": f"sha256 {b64(name.encode())},kind {b64(b'material')}"}


def piece(offset, data, given=None):
    return {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset),
            "Upload-Checksum": checksum(data if given is None else given)}


def done(status, **headers):
    return {"status": status, "headers": {"Tus-Resumable": "1.0.0", **{k.replace("_", "-"): v for k, v in headers.items()}}}


AT_NAME = "/v1/uploads/" + NAME
tus("nothing is there", "HEAD", AT_NAME, {}, {"status": 404, "headers": {}})
tus("a document is announced", "POST", "/v1/uploads", creation(NAME), done(201, Location=AT_NAME, Upload_Offset="0"))
tus("a first piece", "PATCH", AT_NAME, piece(0, BYTES[:600]), done(204, Upload_Offset="600"), BYTES[:600])
tus("where it stands", "HEAD", AT_NAME, {}, done(200, Upload_Offset="600", Upload_Length="1024"))
tus("announced again, it goes on where it stands, at the hall's other machine, too", "POST", "/v1/uploads", creation(NAME),
    done(201, Location=AT_NAME, Upload_Offset="600"), device=OTHER)
tus("the first piece again", "PATCH", AT_NAME, piece(0, BYTES[:600]), problem(409, "offset_conflict", offset=600), BYTES[:600])
tus("a piece that was altered on its way", "PATCH", AT_NAME, piece(600, BYTES[600:], b"other"), problem(460, "checksum_mismatch"),
    BYTES[600:])
tus("a piece beyond the end", "PATCH", AT_NAME, piece(600, BYTES[600:] + b"!"), problem(413, "too_large"), BYTES[600:] + b"!")
tus("the last piece", "PATCH", AT_NAME, piece(600, BYTES[600:]), done(204, Upload_Offset="1024"), BYTES[600:])
tus("announced again when it is complete", "POST", "/v1/uploads", creation(NAME),
    done(201, Location=AT_NAME, Upload_Offset="1024"))
tus("announced with another length", "POST", "/v1/uploads", creation(NAME, 1025), problem(409, "upload_conflict"))
tus("more than a document may have", "POST", "/v1/uploads", creation(sha256(b"big"), (32 << 20) + 1), problem(413, "too_large"))
tus("less than nothing", "POST", "/v1/uploads", creation(sha256(b"big"), -1), problem(400, "bad_request"))
tus("a name for other bytes", "POST", "/v1/uploads", creation(WRONG), done(201, Location="/v1/uploads/" + WRONG, Upload_Offset="0"))
tus("is found out at the end", "PATCH", "/v1/uploads/" + WRONG, piece(0, BYTES), problem(422, "upload_hash"), BYTES)
tus("and begins anew", "HEAD", "/v1/uploads/" + WRONG, {}, done(200, Upload_Offset="0", Upload_Length="1024"))
tus("a piece of nothing announced", "PATCH", "/v1/uploads/" + ZEROS, piece(0, BYTES), problem(404, "upload_unknown"), BYTES)
tus("another version", "HEAD", AT_NAME, {"Tus-Resumable": "0.2.2"}, {"status": 412, "headers": {"Tus-Version": "1.0.0"}})
tus("what the platform can", "OPTIONS", "/v1/uploads", {},
    done(204, Tus_Version="1.0.0", Tus_Extension="creation,checksum", Tus_Max_Size="33554432", Tus_Checksum_Algorithm="sha256"))

problems = {
    "certificate_required": problem(401, "certificate_required"),
    "certificate_untrusted": problem(401, "certificate_untrusted"),
    "not_a_device": problem(403, "not_a_device"),
    "other_device": problem(403, "other_device"),
    "bad_request": problem(400, "bad_request"),
    "not_found": problem(404, "not_found"),
    "code_unknown": problem(404, "code_unknown"),
    "upload_unknown": problem(404, "upload_unknown"),
    "method_not_allowed": problem(405, "method_not_allowed"),
    "gap": problem(409, "gap", expected={"epoch": "1", "sequence": "0000000000000007"}),
    "superseded": problem(409, "superseded", current="2"),
    "fork": problem(409, "fork"),
    "epoch_conflict": problem(409, "epoch_conflict", current="1"),
    "request_reused": problem(409, "request_reused"),
    "appointment_used": problem(409, "appointment_used", claimed_at="2026-11-24T01:30:00.000Z", same_device=False),
    "offset_conflict": problem(409, "offset_conflict", offset=600),
    "upload_conflict": problem(409, "upload_conflict"),
    "cursor_expired": problem(410, "cursor_expired"),
    "code_expired": problem(410, "code_expired"),
    "tus_version": problem(412, "tus_version"),
    "too_large": problem(413, "too_large"),
    "unsupported_media_type": problem(415, "unsupported_media_type"),
    "event_invalid": problem(422, "event_invalid", index=0),
    "upload_hash": problem(422, "upload_hash"),
    "too_many_requests": {**problem(429, "too_many_requests"), "headers": {"Retry-After": "3"}},
    "checksum_mismatch": problem(460, "checksum_mismatch"),
    "internal_error": problem(500, "internal_error"),
    "unavailable": {**problem(503, "unavailable"), "headers": {"Retry-After": "1"}},
}


def canonical_vector(text):
    return {"json": text, "canonical": canonical(json.loads(text))}


vectors = [canonical_vector(text) for text in (
    '{"b":1,"a":2,"aa":3,"A":4,"_":5}', '{ "x" : [ 1 , -1 , 0 , -0 ] }', '[9007199254740991,-9007199254740991]',
    '{"t":true,"f":false,"n":null,"o":{},"l":[]}', r'"\u0000\u0001\b\t\n\u000b\f\r\u001f\u007f"',
    r'"\"\\\/\u2028\u00e9"', '"\u5f20\u4e09 \U0002000b"', r'"\ud840\udc0b"')]
vectors += [{"json": text, "canonical": None} for text in (
    "1.5", "1.0", "1e3", "9007199254740992", "-9007199254740992", "18446744073709551616", '{"\u59d3":1}',
    r'{"\u00e9":1}')]

GOLDEN = {"events.json": first.steps + second.steps, "platform_facts.json": platform_facts, "canonical.json": vectors,
          "conversation.json": conversation, "uploads.json": uploads, "problems.json": problems}


def fault(schema, value, where="data"):
    """What of JSON Schema the schemas beside this use; None where `value` fits."""
    if "anyOf" in schema:
        return None if any(fault(one, value) is None for one in schema["anyOf"]) else f"{where} fits none"
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    if not isinstance(value, kinds[schema["type"]]) or isinstance(value, bool) != (schema["type"] == "boolean"):
        return f"{where} is no {schema['type']}"
    if schema["type"] == "array":
        if len(value) > schema["maxItems"]:
            return f"{where} is too long"
        return next((f for i, one in enumerate(value) if (f := fault(schema["items"], one, f"{where}/{i}"))), None)
    if schema["type"] == "object":
        names = set(schema["properties"])
        if set(value) - names or set(schema["required"]) - set(value):
            return f"{where} has other members than its schema"
        return next((f for name in value if (f := fault(schema["properties"][name], value[name], f"{where}/{name}"))), None)
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return f"{where} does not match"
    if "enum" in schema and value not in schema["enum"]:
        return f"{where} is none of its values"
    if "minimum" in schema and not schema["minimum"] <= value <= schema["maximum"]:
        return f"{where} is out of range"
    return None


def check_schemas():
    for the_fact in [step_of_line["fact"] for step_of_line in first.steps + second.steps] + platform_facts:
        path = FOLDER / "schemas" / (the_fact["type"] + ".json")
        wrong = fault(json.loads(path.read_text(encoding="utf-8")), the_fact["data"]) if path.exists() else None
        if wrong and the_fact is not personal:
            sys.exit(f"make_golden.py: {the_fact['type']}: {wrong}")
    personal_schema = FOLDER / "schemas" / (personal["type"] + ".json")
    if fault(json.loads(personal_schema.read_text(encoding="utf-8")), personal["data"]) is None:
        sys.exit("make_golden.py: the schema lets a phone number through")


def main():
    check_schemas()
    stale = []
    for name, content in GOLDEN.items():
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        path = FOLDER / name
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        sys.exit("make_golden.py: differs from what the script computes: " + ", ".join(stale))


main()
