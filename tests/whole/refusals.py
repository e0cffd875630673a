#!/usr/bin/env python3
"""What cannot be understood is kept whole, with a code, a field and a sentence, and can be played again."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, main, test  # noqa: E402


def good(world, **changes):
    event = world.event("contact.registered", "family/F1", {"contact": "mum", "role": "parent", "name": "Ann"},
                        time_text="2026-11-24T09:00:00Z")
    event.update(changes)
    return {key: value for key, value in event.items() if value is not None}


def text(event):
    return json.dumps(event, ensure_ascii=False)


def bad_events(world):
    """code, field, bytes: one mistake each."""
    def case(name, data, **changes):
        return text(good(world, type=name, subject="case/C9", data=data, **changes))
    deep = text(good(world)).replace('"Ann"', "[" * 40 + "]" * 40)
    return [
        ("not_utf8", "", text(good(world)).encode().replace(b"Ann", b"\xff\xfe")),
        ("too_large", "", text(good(world, data={"contact": "mum", "role": "parent", "name": "A" * 70000}))),
        ("not_json", "", "{'specversion': 1}"),
        ("not_json", "", text(good(world))[:-5]),
        ("too_deep", "", deep),
        ("duplicate_key", "", text(good(world)).replace('"role"', '"contact": "dad", "role"')),
        ("control_character", "", text(good(world)).replace("Ann", "Ann\\u0007")),
        ("control_character", "", text(good(world)).replace("Ann", "Ann\\u0000")),
        ("missing_field", "id", text(good(world, id=None))),
        ("missing_field", "data", text(good(world, data=None))),
        ("missing_field", "data.role", text(good(world, data={"contact": "mum", "name": "Ann"}))),
        ("wrong_type", "id", text(good(world, id=7))),
        ("wrong_type", "data", text(good(world, data=["mum"]))),
        ("wrong_type", "data.contact", text(good(world, data={"contact": 7, "role": "parent", "name": "Ann"}))),
        ("bad_specversion", "specversion", text(good(world, specversion="0.3"))),
        ("bad_id", "id", text(good(world, id="-leading-hyphen"))),
        ("bad_time", "time", text(good(world, time="24/11/2026 09:00"))),
        ("bad_time", "time", text(good(world, time="2031-01-01T00:00:00Z"))),
        ("bad_subject", "subject", text(good(world, subject="family"))),
        ("bad_subject", "subject", text(good(world, subject="case/C1"))),
        ("unknown_type", "type", text(good(world, type="contact.regsitered"))),
        ("reserved_type", "type", text(good(world, type="clock.due", data={}))),
        ("reserved_type", "type", case("message.delivered", {"message": "m1"})),
        ("bad_data", "data.role", text(good(world, data={"contact": "mum", "role": "queen", "name": "Ann"}))),
        ("bad_data", "data.addresses.email", text(good(world, data={
            "contact": "mum", "role": "parent", "name": "Ann", "addresses": {"email": "not an address"}}))),
        ("bad_data", "data.on", text(good(world, data={"contact": "mum", "role": "parent", "name": "Ann",
                                                        "on": "2026-02-30"}))),
    ]


@test("each kind of bad event is in the dead letters with its own code, field and sentence")
def refusal_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()
    wanted = bad_events(world)
    world.publish(*[each[2] for each in wanted])
    world.redis.command("XADD", world.key("events"), "*", "evnt", "mistyped field")
    world.wait_idle()
    dead = world.ctl("dead", "list").json
    check_equal([(each["code"], each["field"]) for each in dead],
                [each[:2] for each in wanted] + [("no_event_field", "")], "codes and fields")
    for each in dead:
        check(len(each["message"]) > 10, "%s has a sentence" % each["code"])
    stored = [fields.get("event") for _, fields in world.redis.stream(world.key("dead"))]
    for (code, _, sent), kept in zip(wanted, stored):
        sent = sent if isinstance(sent, str) else sent.decode("utf-8", "surrogateescape")
        check_equal(kept, sent, "%s: the event is kept whole" % code)
    log = world.daemon().log_text()
    check("Ann" not in log, "no name is in the log")


@test("an event waits for its case in order, and goes to the dead letters after 72 hours")
def waiting_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()
    at = {"time_text": "2026-11-24T09:00:00Z"}
    agreed = {"action": "A1", "what": "Ring the school", "owner": {"service": "send", "person": "sam-okafor"},
              "due": "2026-12-18", "agreed_with": ["mum"]}
    world.publish(
        world.event("ehcna.requested", "case/C1", {}, **at),
        world.event("action.agreed", "case/C1", agreed, **at),
        world.event("ehcna.requested", "case/LOST", {}, id="lost", **at),
        world.event("case.opened", "case/C1", {"family": "F1", "pathway": "ehc-assessment", "service": "send",
                                               "owner": "sam-okafor"}, **at),
        world.event("action.completed", "case/C1", {"action": "A1"}, **at),
        world.event("contact.registered", "family/F1", {
            "contact": "mum", "role": "parent", "name": "Ann", "parental_responsibility": True,
            "channels": ["email"], "addresses": {"email": "ann@families.example"}, "hours": {"always": True}}, **at))
    world.wait_idle()
    case = world.ctl("case", "show", "C1").json
    check_equal([each["state"] for each in case["actions"]], ["met"], "the action was agreed before it was completed")
    kinds = [each["text"] for each in case["timeline"] if each["kind"] == "event"]
    check_equal(len(kinds), 4, "every event of the case was decided")
    check_equal(world.ctl("dead", "list").json, [], "nothing is refused yet")

    world.set_clock("2026-11-27 08:50:00")
    world.wait_idle()
    check_equal(world.ctl("dead", "list").json, [], "nothing is refused before 72 hours")
    world.set_clock("2026-11-27 09:30:00")
    from harness import wait_for
    wait_for(lambda: [each["code"] for each in world.ctl("dead", "list").json] == ["unknown_case"],
             "the event of the unknown case to be given up", 90)


@test("a dead letter is played again once its case is there, parked, or dropped")
def replay_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()
    at = {"time_text": "2026-11-24T09:00:00Z"}
    bad = world.event("contact.registered", "family/F1", {"contact": "mum", "role": "queen", "name": "Ann"}, **at)
    world.publish(bad, "nonsense")
    world.wait_idle()
    first, second = world.ctl("dead", "list").json
    tried = world.ctl("dead", "replay", first["id"], "--dry-run", code=None)
    check(tried.code == 1, "a dry run says that it would be refused again")
    check_equal(len(world.ctl("dead", "list").json), 2, "a dry run changes nothing")
    world.ctl("dead", "park", first["id"])
    world.ctl("dead", "drop", second["id"])
    left = world.ctl("dead", "list").json
    check_equal([(each["id"], each["parked"]) for each in left], [(first["id"], True)], "what is left")
    world.ctl("dead", "replay", first["id"])
    world.wait_idle()
    again = world.ctl("dead", "list").json
    check_equal([each["code"] for each in again], ["bad_data"], "played again, refused again, kept again")
    check(again[0]["id"] != first["id"], "it is a new letter")


main()
