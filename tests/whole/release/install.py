#!/usr/bin/env python3
"""make install and make uninstall: what they put somewhere, what they keep, and what they leave."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "harness"))
from harness import BUILD, ROOT, check, check_equal, main, test  # noqa: E402


def make(world, target):
    said = subprocess.run(["make", "-s", target, "PREFIX=/opt/candour", "SYSCONFDIR=/etc", "DESTDIR=" + world.path("root"),
                           "BUILD=" + os.path.relpath(BUILD, ROOT)], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    check_equal(said.returncode, 0, "make %s\n%s%s" % (target, said.stdout, said.stderr))
    return said.stdout


def files(world):
    top = world.path("root")
    return {os.path.relpath(os.path.join(folder, name), top) for folder, _, names in os.walk(top) for name in names}


def edit(world, name, text):
    with open(os.path.join(world.path("root"), name), "a", encoding="utf-8") as file:
        file.write(text)


@test("what make install put there, make uninstall takes away, but for the configuration")
def uninstall_test(world):
    make(world, "install")
    found = files(world)
    for name in ("opt/candour/sbin/candourd", "opt/candour/bin/candourctl", "opt/candour/libexec/candour/candour-letter",
                 "opt/candour/lib/systemd/system/candourd@.service", "opt/candour/share/man/man8/candourd.8",
                 "opt/candour/lib/pkgconfig/candour.pc", "opt/candour/share/candour/monitoring/candour.rules.yml"):
        check(name in found, "it installs " + name)
    with open(os.path.join(world.path("root"), "opt/candour/lib/systemd/system/candourd.service"), encoding="utf-8") as file:
        check("ExecStart=/opt/candour/sbin/candourd\n" in file.read(), "the unit names the place of the program")
    configuration = {name for name in found if name.startswith("etc/candour/")}
    check("etc/candour/candour.conf" in configuration, "it installs a configuration")
    said = make(world, "uninstall")
    check("etc/candour" in said, "it says what stays: " + said)
    check_equal(files(world), configuration, "what stays")
    make(world, "uninstall")


@test("installing again keeps a configuration that was changed, and puts the new one beside it")
def again_test(world):
    make(world, "install")
    before = files(world)
    edit(world, "etc/candour/services.yaml", "# of the operator\n")
    check("services.yaml.new" in make(world, "install"), "it says so")
    check_equal(files(world) - before, {"etc/candour/services.yaml.new"}, "what came")
    with open(os.path.join(world.path("root"), "etc/candour/services.yaml"), encoding="utf-8") as file:
        check(file.read().endswith("# of the operator\n"), "the operator's line is there")


main()
