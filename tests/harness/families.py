"""Families of the whole tests: one parent each, with a case whose request Candour confirms at once."""

import collections

CASE = {"pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}


def _events(world, n, contact, **at):
    contact = dict({"contact": "mum%d" % n, "role": "parent", "name": "Parent %d" % n, "parental_responsibility": True,
                    "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}, **contact)
    return [world.event("contact.registered", "family/F%d" % n, contact, id="contact-%d" % n, **at),
            world.event("case.opened", "case/C%d" % n, dict(CASE, family="F%d" % n), id="case-%d" % n, **at),
            world.event("ehcna.requested", "case/C%d" % n, {}, id="request-%d" % n, **at)]


def by_email(world, n, **at):
    """Who hears by email, at any hour: p0@families.example, and so on."""
    return _events(world, n, {"channels": ["email"], "hours": {"always": True},
                              "addresses": {"email": "p%d@families.example" % n}}, **at)


def by_letter(world, n, **at):
    return _events(world, n, {"channels": ["letter"],
                              "addresses": {"letter": ["Parent %d" % n, "%d Birch Lane" % (n + 1), "Sheffield",
                                                       "S10 9ZZ"]}}, **at)


def told(world):
    """Address -> how many emails came to it."""
    return collections.Counter(mail["To"].addresses[0].addr_spec for mail in world.mails())
