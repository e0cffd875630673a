#!/usr/bin/env python3
"""What families find in their letter boxes, inboxes and phones: both stories of the demo and what may cross
them, through the daemon, read from the files that it wrote."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, main, test, wait_for  # noqa: E402

DANA = {"contact": "dana", "role": "parent", "name": "Dana Hughes", "parental_responsibility": True,
        "format": "large_print_18", "channels": ["letter"],
        "addresses": {"letter": ["Dana Hughes", "14 Birch Lane", "Sheffield", "S10 9ZZ"]},
        "agreed": {"on": "2026-10-28", "with": "sam-okafor"}}
MAREK = {"contact": "marek", "role": "parent", "name": "Marek Nowak", "parental_responsibility": True,
         "channels": ["sms"], "addresses": {"sms": "07700 900123",
                                            "letter": ["Marek Nowak", "20 Mill Street", "Sheffield", "S3 9ZZ"]},
         "agreed": {"on": "2026-10-29", "with": "sam-okafor"}}
SCHOOL = {"party": "birch-primary", "role": "school", "name": "Birch Primary", "channels": ["email"],
          "addresses": {"email": "senco@birch.example"}}
AMINA = {"contact": "amina", "person": "P-amina", "role": "young_person", "name": "Amina Yusuf", "born": "2009-05-14",
         "channels": ["email"], "addresses": {"email": "amina@families.example"},
         "agreed": {"on": "2026-10-30", "with": "sam-okafor"}}
HODAN = {"contact": "hodan", "role": "parent", "name": "Hodan Yusuf", "parental_responsibility": True,
         "channels": ["email"], "addresses": {"email": "hodan@families.example"}}
CASE = {"family": "F1", "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}

# What nobody who looks at a phone, a list of emails or an envelope may learn.
REVEALING = re.compile(r"\b(EHC|SEND|plan|assess\w*|needs?|special|school|tribunal|appeal|refus\w*|agreed to assess|"
                       r"autis\w*|health|care|child)\b", re.IGNORECASE)


NOTHING_NEW = re.compile(r"There\s+is\s+nothing\s+new")


class Family:
    """A world in which time goes on, and who was told what in it."""

    def __init__(self, world, *people):
        self.world = world
        self.at("2026-11-02 09:15")
        world.redis.start()
        world.daemon().start()
        for person in people:
            kind = "party.registered" if "party" in person else "contact.registered"
            self.say(kind, "family/F1", person)
        self.say("case.opened", "case/C1", CASE)
        self.settle()

    def at(self, minute):
        """The clock goes on; what is due then happens."""
        self.now = minute
        self.world.set_clock(minute + ":00")
        if self.world.daemons:
            self.settle()

    def say(self, type, subject, data):
        event = self.world.event(type, subject, data, time_text=self.now.replace(" ", "T") + ":00Z")
        self.world.publish(event)

    def case(self, type, data=None):
        self.say(type, "case/C1", data or {})
        self.settle()

    def family(self, type, data):
        self.say(type, "family/F1", data)
        self.settle()

    def settle(self):
        """All is decided, and what may leave now has left. (Redis lends messages by its own clock.)"""
        self.world.wait_idle()

    # What only keeps in touch is not among these: see `silences`.

    def letters(self, name):
        """The texts of the letters to a person, in the order of the days on them."""
        return [letter.text for letter in sorted(self.world.letters(), key=lambda letter: letter.manifest["print_on"])
                if letter.manifest["address"][0] == name and not NOTHING_NEW.search(letter.text)]

    def mails(self, address):
        return [mail for mail in self.world.mails()
                if mail["To"].addresses[0].addr_spec == address and mail["Subject"] != "Your case is still open"]

    def texts(self, number):
        return [text["text"] for text in self.world.texts()
                if text["to"] == number and not NOTHING_NEW.search(text["text"])]

    def silences(self):
        """How often somebody got a letter or SMS that there is nothing new."""
        return len([True for letter in self.world.letters() if NOTHING_NEW.search(letter.text)] +
                   [True for text in self.world.texts() if NOTHING_NEW.search(text["text"])])

    def due(self, rule):
        duties = self.world.ctl("case", "show", "C1").json["duties"]
        return [duty["due"] for duty in duties if duty["rule"] == rule][-1]


def flat(text):
    """Without line ends and the feet of pages: a sentence may be wrapped anywhere."""
    return " ".join(re.sub(r"\n(?:C1\s+)?Page \d+ of \d+\s", " ", text).split())


def body(mail, subtype="plain"):
    return flat(re.sub(r"<[^>]*>", "", mail.get_body((subtype,)).get_content()))


def check_holds(text, what, *parts):
    for part in parts:
        check(part in flat(text), "%s says '%s', but only:\n%s" % (what, part, text))


def check_lacks(text, what, *parts):
    for part in parts:
        check(part.lower() not in flat(text).lower(), "%s does not say '%s':\n%s" % (what, part, text))


def check_hides(world):
    """What lies open to anybody's eyes reveals nothing."""
    for text in world.texts():
        check(not REVEALING.search(text["text"]), "an SMS reveals nothing: " + text["text"])
        check(not REVEALING.search(text["sender"]), "a sender reveals nothing: " + text["sender"])
    for mail in world.mails():
        if mail["To"].addresses[0].addr_spec.endswith("@families.example"):
            check(not REVEALING.search(mail["Subject"]), "a subject reveals nothing: " + mail["Subject"])


# What the law wants in a notice that may be appealed against (SI 2014/1530 reg. 5(3), 10(3), 14(2), 32).
APPEAL = ("You can appeal to the First-tier Tribunal", "2 months from the date on which we sent you this notice",
          "1 month from the date of your mediation certificate", "You have the right to ask for it",
          "You need a mediation certificate before you can appeal", "Peak Mediation Advice", "0114 496 0300",
          "which health provision you want", "Sam Okafor acts for the council in this", "Peak Disagreement Resolution",
          "Sheffield SENDIASS gives information, advice and support")


@test("a child of nine: each parent has a way of their own, and neither ever sees the other")
def child_test(world):
    family = Family(world, DANA, MAREK, SCHOOL)
    family.case("ehcna.requested")
    check_holds(family.letters("Dana Hughes")[0], "the first letter", "Monday 14 December 2026", "your child",
                "Sam Okafor", "0114 496 0111", "large print", "Tuesday 3 November 2026", "Our reference: C1")
    check_holds(family.texts("+447700900123")[0], "the first SMS", "Marek Nowak", "Monday 14 December 2026")
    family.at("2026-12-09 11:00")
    family.case("ehcna.decision_to_assess")
    for name in ("Dana Hughes", "Marek Nowak"):
        check_holds(family.letters(name)[-1], "the decision", "We have decided to carry out", "Monday 22 February 2027",
                    "Monday 22 March 2027")
    check_equal(len(family.mails("senco@birch.example")), 2, "the school's emails")
    check_equal(family.silences(), 2, "once each in the five weeks before, that there is nothing new")
    family.at("2027-01-28 10:00")
    family.case("plan.draft_issued")
    check_holds(family.letters("Marek Nowak")[-1], "the draft", "at least 15 days", "by Friday 19 February 2027",
                "ask for a meeting", "https://localoffer.sheffield.example/schools", "does not name a school")
    family.at("2027-02-12 10:00")
    check_holds(family.texts("+447700900123")[-1], "the reminder", "by Friday 19 February 2027")
    family.case("plan.representations_received")
    family.at("2027-02-18 10:00")
    check_equal(len(family.letters("Dana Hughes")), 4, "who has answered is not reminded: Dana's letters")
    family.at("2027-03-10 11:30")
    family.case("plan.final_issued")
    for name in ("Dana Hughes", "Marek Nowak"):
        check_holds(family.letters(name)[-1], "the final plan", *APPEAL, "Tuesday 11 May 2027",
                    "you do not need a mediation certificate", "They are not binding")
    check_equal((len(family.letters("Dana Hughes")), len(family.letters("Marek Nowak"))), (5, 3), "the letters")
    check_equal(len(family.texts("+447700900123")), 5, "the messages on Marek's phone")
    for text in family.letters("Dana Hughes"):
        check_lacks(text, "Dana's letter", "Marek", "Nowak", "Mill Street", "S3 9ZZ", "900123")
    for text in family.letters("Marek Nowak") + family.texts("+447700900123"):
        check_lacks(text, "what Marek gets", "Dana", "Hughes", "Birch Lane", "S10 9ZZ")
    for mail in family.mails("senco@birch.example"):
        check_lacks(body(mail), "what the school gets", "Dana", "Marek", "Leo")
    sizes = {letter.manifest["address"][0]: letter.manifest.get("format") for letter in world.letters()}
    check_equal(sizes, {"Dana Hughes": "large_print_18", "Marek Nowak": "standard"}, "the print")
    check_hides(world)


@test("a young person of 17 is told herself, in words for her, the truth when we are late, and for 15 whole days")
def young_test(world):
    family = Family(world, AMINA, HODAN)
    family.case("ehcna.requested")
    family.at("2026-12-09 11:00")
    family.case("ehcna.decision_to_assess")
    family.at("2027-02-09 08:00")

    def about(subject):
        return [mail for mail in family.mails("amina@families.example") if mail["Subject"] == subject]
    wait_for(lambda: about("We are late, and we are sorry"), "the email that says that we are late")
    late = about("We are late, and we are sorry")[0]
    for subtype in ("plain", "html"):
        check_holds(body(late, subtype), "the late notice", "What is late: Send the draft plan",
                    "It was due by: Monday 8 February 2027", "Sam Okafor is in charge of getting this done",
                    "A manager is told too", "We cannot give you the reason or a new date here",
                    "You can also complain to Customer Services", "complaints@sheffield.example", "What happens next")
    family.at("2027-02-09 09:00")
    for who in ("sam.okafor", "helen.marsh"):
        lists = [body(mail, "plain") for mail in family.mails(who + "@sheffield.example")
                 if mail["Subject"] == "Your list for Tuesday 9 February 2027"]
        check_equal(len(lists), 1, who + " has one list")
        check_holds(lists[0], "it", "Send the draft plan", "Late, was due by Monday 8 February 2027", "C1.plan-draft", "new")
    # Friday evening: the email leaves on Monday, and her 15 days begin then.
    family.at("2027-02-12 18:30")
    family.case("plan.draft_issued")
    check_equal(about("A draft for you to read"), [], "nothing leaves in the evening")
    family.at("2027-02-15 08:00")
    wait_for(lambda: about("A draft for you to read"), "the draft")
    check_equal(family.due("plan-draft-reply"), "2027-03-01", "the last of 15 days beginning with Monday")
    draft = about("A draft for you to read")[0]
    check_holds(body(draft), "the draft", "by Monday 1 March 2027",
                "You should have had this by Monday 8 February 2027", "It is late, and we are sorry")
    check("15 Feb 2027 08:0" in draft["Date"], "the day on it")
    family.at("2027-02-16 10:00")
    family.case("plan.representations_received")
    family.at("2027-03-10 11:30")
    family.case("plan.final_issued")
    mails = family.mails("amina@families.example")
    check_holds(body(mails[-1]), "the final plan", "Your Education, Health and Care (EHC) plan", *APPEAL)
    for mail in mails:
        for subtype in ("plain", "html"):
            check_lacks(body(mail, subtype), "an email to her", "your child", "you needs", "you has", "Hodan", "===")
        check("=3D=3D" not in mail.as_string().split("text/html")[0], "no lines of signs in the plain text")
    check_equal(family.mails("hodan@families.example"), [], "what her mother gets")
    check_equal((world.letters(), world.texts()), ([], []), "other ways")
    check_hides(world)


@test("a refusal never comes on a Friday afternoon, has all that the law wants, and its dates fit the day on it")
def refusal_test(world):
    family = Family(world, DANA, MAREK, SCHOOL)
    family.case("ehcna.requested")
    schools = len(family.mails("senco@birch.example"))
    family.at("2026-12-04 16:00")
    family.case("ehcna.refused", {"reasons": "The reports show good progress.\n\nThe help is given already."})
    check_equal((len(family.letters("Dana Hughes")), len(family.letters("Marek Nowak"))), (1, 0),
                "nothing new on Friday afternoon")
    check_equal(len(family.mails("senco@birch.example")), schools, "nor at school")
    # Somebody is to speak to them first: four working hours, but no longer.
    family.at("2026-12-07 12:00")
    wait_for(lambda: len(family.letters("Dana Hughes")) == 2 and family.letters("Marek Nowak") and
             len(family.texts("+447700900123")) == 2, "the notices")
    for name in ("Dana Hughes", "Marek Nowak"):
        check_holds(family.letters(name)[-1], "the refusal", "Tuesday 8 December 2026", "Our reference: C1",
                    "The reports show good progress.", "The help is given already.", "Monday 8 February 2027", *APPEAL)
    check_equal(family.due("appeal"), "2027-02-08", "two months from the day on the notice")
    check_holds(family.texts("+447700900123")[-1], "the prompt", "we are posting you a letter")
    wait_for(lambda: len(family.mails("senco@birch.example")) == schools + 1, "the school's")
    check_hides(world)


@test("a number that changes between the decision and the sending: only the new one hears")
def number_test(world):
    family = Family(world, MAREK)
    family.at("2026-11-02 20:00")
    family.case("ehcna.requested")
    check_equal(world.texts(), [], "nothing leaves at night")
    family.family("contact.updated", {"contact": "marek", "addresses": {"sms": "07700 900456"}})
    family.at("2026-11-03 08:01")
    wait_for(lambda: family.texts("+447700900456"), "the SMS")
    # The old one hears that it was changed, in case that was not they, and nothing of the case.
    news = [text["to"] for text in world.texts() if "change how we reach you" not in text["text"]]
    check_equal(news, ["+447700900456"], "who heard of the case")
    changes = [text["to"] for text in world.texts() if "change how we reach you" in text["text"]]
    check_equal(sorted(changes), ["+447700900123", "+447700900456"], "who heard of the change")


@test("between the decision and the sending: safe contact, a court order and a death take effect on what waits")
def crossing_test(world):
    safe = dict(MAREK, contact="safe", name="Jo Hill", addresses={"sms": "07700 900201"})
    barred = dict(MAREK, contact="barred", name="Al Hill", addresses={"sms": "07700 900202"})
    dead = dict(MAREK, contact="dead", person="P-dead", name="Ed Hill", addresses={"sms": "07700 900203"})
    other = dict(MAREK, contact="other", name="Vi Hill", addresses={"sms": "07700 900204"})
    family = Family(world, safe, barred, dead, other)
    family.at("2026-11-02 20:00")
    family.case("ehcna.requested")
    family.family("safe_contact.flagged", {"contact": "safe", "channels": ["sms"], "sender": "Jo"})
    family.family("court_order.added", {"contact": "barred", "effect": "no_contact"})
    family.family("person.deceased", {"person": "P-dead"})
    family.at("2026-11-03 08:01")
    wait_for(lambda: len(world.texts()) >= 2, "the messages")
    family.settle()
    check_equal(family.texts("+447700900202") + family.texts("+447700900203"), [], "who may not be told")
    check_equal(family.texts("+447700900201"), ["Please call 0114 496 0111 when it is safe. Ref C1"], "the neutral words")
    check_equal([text["sender"] for text in world.texts() if text["to"] == "+447700900201"], ["Jo"], "and sender")
    check_holds(family.texts("+447700900204")[0], "the other's", "we have received a request")


@test("after a child's death nothing leaves, whatever was decided before")
def death_test(world):
    leo = {"contact": "leo", "person": "P-leo", "role": "young_person", "name": "Leo Hughes", "born": "2017-03-01"}
    family = Family(world, leo, DANA, MAREK)
    family.at("2026-11-02 20:00")
    family.case("ehcna.requested")
    letters = len(world.letters())
    family.family("person.deceased", {"person": "P-leo"})
    family.at("2026-11-03 09:00")
    family.at("2026-12-15 09:00")
    check_equal((len(world.letters()), world.texts()), (letters, []), "what left")
    check([task for task in world.ctl("case", "show", "C1").json["tasks"] if not task["done"]], "a person looks")


@test("new templates are in force from the reload on; with a mistake in them the old ones stay")
def reload_test(world):
    folder = world.copy_templates()
    family = Family(world, DANA)
    path = os.path.join(folder, "en", "ehcna-requested.md")
    with open(path, encoding="utf-8") as file:
        old = file.read()

    def write(text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        said = world.daemon().log_text().count("reload")
        world.daemon().reload()
        wait_for(lambda: world.daemon().log_text().count("reload") > said, "the daemon to say what came of it")

    write(old.replace("You have the right to tell us", "{{nonsense}} to tell us"))
    family.case("ehcna.requested")
    check_holds(family.letters("Dana Hughes")[0], "the letter in the old words", "You have the right to tell us")
    write(old.replace("You have the right to tell us", "We would like you to tell us"))
    family.say("case.opened", "case/C2", CASE)
    family.say("ehcna.requested", "case/C2", {})
    family.settle()
    news = [text for text in family.letters("Dana Hughes") if "Our reference: C2" in text]
    check_holds(news[0], "the letter in the new words", "We would like you to tell us")
    log = world.daemon().log_text()
    check("nonsense" in log, "the log names the mistake")


main()
