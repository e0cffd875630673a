#!/usr/bin/env python3
"""docs/operate.md, walked: each block of commands is run as it stands, in its order, under a real systemd."""

import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from box import Box  # noqa: E402
from harness import BUILD, NotRun, ROOT, check, check_equal, main, test, wait_for  # noqa: E402

PAGE = os.path.join(ROOT, "docs/operate.md")


def blocks():
    with open(PAGE, encoding="utf-8") as file:
        return re.findall(r"^```sh\n(.*?)^```$", file.read(), re.DOTALL | re.MULTILINE)


def make_deb(world):
    if shutil.which("dpkg-shlibdeps") is None:
        raise NotRun("dpkg-dev is not installed")
    done = subprocess.run(["make", "-s", "deb", "BUILD=" + os.path.relpath(BUILD, ROOT)], cwd=ROOT, capture_output=True,
                          encoding="utf-8", check=False)
    check_equal(done.returncode, 0, "make deb\n" + done.stdout + done.stderr)
    layer = world.path("layer/root/package")
    os.makedirs(layer)
    shutil.copy(os.path.join(ROOT, done.stdout.strip().splitlines()[-1]), layer)
    return world.path("layer")


@test("docs/operate.md leads from nothing to a running service, to a back-up and back")
def walk_test(world):
    box = Box(world.path("box"), [make_deb(world)])
    try:
        box.start()
        # The machine under the box may have been used: Redis begins as Debian ships it.
        box.run("sh", "-c", "rm -rf /var/lib/redis/* /etc/candour /var/lib/candour")
        for number, block in enumerate(blocks(), 1):
            done = box.run("bash", "-euo", "pipefail", "-c", "cd /root/package\n" + block, code=None, limit=120)
            check(done.returncode == 0, "block %d:\n%s\nended with %d:\n%s%s\n%s" % (
                number, block, done.returncode, done.stdout[-1500:], done.stderr[-1500:],
                box.run("journalctl", "-u", "candourd", "-n", "30", "-o", "cat", "--no-pager").stdout))
            if "restore hold" in block:
                check("all is held" in done.stdout, "the status says that all is held:\n" + done.stdout)
            if "systemctl start candourd" in block or "enable --now" in block:
                wait_for(lambda: box.show("candourd.service", "ActiveState") == "active", "the service to be active")
        check_equal(box.run("sh", "-c", "test -e /usr/sbin/candourd", code=None).returncode, 1, "it is removed")
    finally:
        box.stop()


main()
