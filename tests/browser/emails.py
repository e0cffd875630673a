#!/usr/bin/env python3
"""Emails as a reader sees them: in Chromium, at the width of a phone and of a desk, dark, and at 400 %. axe-core must
find nothing serious or critical, and nothing may be wider than its window. Pictures: build/browser/pictures/.

Needs chromium, node, and playwright-core and axe-core from npm, which scripts/deps puts into build/browser/.
"""

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import ROOT, NotRun, check, check_equal, main, test, wait_for  # noqa: E402

PLACE = os.path.join(ROOT, "build", "browser")
MODULES = os.environ.get("BROWSER_MODULES", os.path.join(PLACE, "node_modules"))
FORMATS = ["standard", "large_print_16", "large_print_28"]


def events(world, n, kind):
    contact = {"contact": "mum", "role": "parent", "name": "Amira Khan-Featherstonehaugh", "channels": ["email"],
               "parental_responsibility": True, "addresses": {"email": "%s%d@families.example" % (kind, n)},
               "hours": {"always": True}, "format": kind}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    action = {"action": "A%d" % n, "what": "Ask the school for its report", "agreed_with": ["mum"],
              "owner": {"service": "send", "person": "sam-okafor"}, "due": "2026-12-18"}
    at = {"time_text": "2026-11-24T09:00:00Z"}
    return [world.event("contact.registered", "family/F%d" % n, contact, **at),
            world.event("case.opened", "case/C%d" % n, case, **at),
            world.event("ehcna.requested", "case/C%d" % n, {}, **at),
            world.event("action.agreed", "case/C%d" % n, action, **at)]


@test("emails can be read by everybody: on a phone, at a desk, in the dark, at 400 %")
def read_test(world):
    if not os.path.exists("/usr/bin/chromium") or shutil.which("node") is None:
        raise NotRun("chromium or node is not installed")
    if not os.path.isdir(os.path.join(MODULES, "axe-core")):
        raise NotRun("axe-core is not in %s" % MODULES)
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()
    world.publish(*[event for n, kind in enumerate(FORMATS) for event in events(world, n, kind)])
    wait_for(lambda: len(world.mails()) >= 2 * len(FORMATS), "the emails")
    pictures = os.path.join(PLACE, "pictures")
    shutil.rmtree(pictures, ignore_errors=True)
    os.makedirs(pictures)
    files = []
    for number, mail in enumerate(world.mails()):
        path = os.path.join(pictures, "%d-%s.html" % (number, mail["To"].addresses[0].username))
        with open(path, "w", encoding="utf-8") as file:
            file.write(mail.get_body(("html",)).get_content())
        files.append(path)
    done = subprocess.run(["node", os.path.join(ROOT, "tests", "browser", "look.mjs"), pictures] + files,
                          env=dict(os.environ, BROWSER_MODULES=MODULES), capture_output=True, encoding="utf-8",
                          timeout=180, check=False)
    check_equal((done.returncode, done.stdout, done.stderr), (0, "", ""), "what axe-core found")
    check(len([name for name in os.listdir(pictures) if name.endswith(".png")]) == 4 * len(files), "the pictures")


main()
