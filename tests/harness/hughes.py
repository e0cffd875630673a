"""The Hughes family of the contract's tests: both parents with all that an event may say of them, and a case."""

AT = {"time_text": "2026-11-02T09:15:00Z"}
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def mother(world, **changes):
    data = {"contact": "mum", "person": "P-mum", "role": "parent", "name": "Zoë Hughes", "born": "1988-04-01",
            "parental_responsibility": True, "language": "en", "format": "standard", "channels": ["email", "letter"],
            "addresses": {"email": "zoe@families.example", "sms": "+447700900123",
                          "letter": ["Zoë Hughes", "14 Birch Lane", "S10 9ZZ"]},
            "agreed": {"on": "2026-10-28", "with": "sam-okafor"}, "hours": {"always": True},
            "optional": {"surveys": True}}
    return world.event("contact.registered", "family/F1", dict(data, **changes), **AT)


def father(world):
    return mother(world, contact="dad", person="P-dad", name="Marek Nowak", channels=["sms"],
                  addresses={"sms": "+447700900456"})


def opening(world, case="C1", **more):
    return world.event("case.opened", "case/" + case, {"family": "F1", "pathway": "ehc-assessment", "service": "send",
                                                       "owner": "sam-okafor", "on": "2026-11-02"}, **AT, **more)


def made(world, **more):
    """An event that anybody may say of the case at any time."""
    return world.event("contact.made", "case/C1", {"with": ["mum"], "how": "phone"}, **dict(AT, **more))


def begin(world):
    world.set_clock("2026-11-02 09:15:00")
    world.redis.start()
    world.daemon().start()
    world.publish(mother(world), father(world), opening(world),
                  world.event("ehcna.requested", "case/C1", {}, traceparent=TRACE, **AT))
    world.wait_idle()
