"""A real systemd as PID 1, in namespaces of its own, over a throw-away overlay of this machine's files.

    box = Box(folder, layers=["/tmp/installed"])   # the folder's files lie over the machine's
    box.start()
    box.run("systemctl", "start", "candourd")
    box.stop()

Nothing is downloaded, nothing of the machine is changed, and nothing that the machine has enabled is started:
/etc/systemd/system is the box's own. It has a network of its own, with only the loopback. Root is needed, and
a cgroup2 that can be written to; where that is not so, NotRun says why.

Limits on memory and tasks may not be enforced in here: do not rely on them.
"""

import os
import shutil
import signal
import subprocess

from harness import Failure, NotRun, SLOWNESS, _die_with_parent, check, wait_for

# $1: the box's folder; $2: what lies under it; the others: folders whose files are copied over that. What systemd needs of a machine, and no more.
# The mounts have to be shared before it begins, or credentials are not seen by its services.
SETUP = r"""
set -eu
mount -t tmpfs -o size=1g,mode=755 tmpfs "$1/rw"
mkdir "$1/rw/up" "$1/rw/work"
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/rw/up,workdir=$1/rw/work" "$1/root"
cd "$1/root"
box=$1
shift 2
for layer; do
	cp -a "$layer/." .
done
mount -t tmpfs -o mode=755 tmpfs etc/systemd/system
cp -a "$box/units/." etc/systemd/system/
ln -s /lib/systemd/system/multi-user.target etc/systemd/system/default.target
rm -rf var/log/journal var/lib/systemd
mkdir -p var/lib/systemd
: > etc/fstab
: > etc/machine-id
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
for name in null zero full random urandom tty; do
	: > "dev/$name"
	mount --bind "/dev/$name" "dev/$name"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
mount -t tmpfs tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
ip link set lo up
mkdir -p .old
pivot_root . .old
exec env -i container=box PATH=/usr/sbin:/usr/bin:/sbin:/bin \
	sh -c 'umount -l /.old; mount --make-rshared /; exec /lib/systemd/systemd'
"""


class Box:
    def __init__(self, folder, layers=(), under="/"):
        """under: the files that the box begins with; this machine's, when nothing else is said."""
        self.folder, self.layers, self.under = folder, list(layers), under
        self.console = os.path.join(folder, "console.log")
        self.child = self.init = self.group = None
        for name in ("rw", "root", "units"):
            os.makedirs(os.path.join(folder, name))

    def unit(self, name, text):
        """A unit, or a drop-in, of the box's own: before start."""
        path = os.path.join(self.folder, "units", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def start(self):
        if os.geteuid() != 0:
            raise NotRun("a systemd of one's own needs root")
        if not os.path.exists("/lib/systemd/systemd") or shutil.which("ip") is None:
            raise NotRun("systemd or iproute2 is not installed")
        self._make_group()
        command = ("echo $$ > %s/cgroup.procs && exec unshare --mount --uts --ipc --net --cgroup --pid --fork "
                   "--propagation private --kill-child=SIGKILL sh -c \"$0\" box \"$@\"" % self.group)
        with open(self.console, "wb") as console:
            self.child = subprocess.Popen(["sh", "-c", command, SETUP, self.folder, self.under,
                                           *self.layers],
                                          stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
                                          preexec_fn=_die_with_parent)
        self.init = wait_for(self._find_init, "the box's first process")
        wait_for(self._is_up, "systemd to be up", 60)

    def _make_group(self):
        for place in ("/sys/fs/cgroup/unified", "/sys/fs/cgroup"):
            kind = subprocess.run(["stat", "-fc", "%T", place], capture_output=True, encoding="utf-8", check=False)
            if kind.stdout.strip() == "cgroup2fs":
                group = os.path.join(place, "candour-box.%d" % os.getpid())
                try:
                    os.mkdir(group)
                except OSError:
                    continue
                self.group = group
                return
        raise NotRun("there is no cgroup2 that can be written to")

    def _find_init(self):
        if self.child.poll() is not None:
            with open(self.console, encoding="utf-8", errors="replace") as file:
                raise NotRun("the box could not be made: " + (file.read().strip().splitlines() or ["?"])[-1])
        with open("/proc/%d/task/%d/children" % (self.child.pid, self.child.pid), encoding="ascii") as file:
            return int((file.read().split() or ["0"])[0])

    def _is_up(self):
        check(self.child.poll() is None, "the box ended")
        state = self.run("systemctl", "is-system-running", code=None).stdout.strip()
        return state in ("running", "degraded")

    def run(self, *words, code=0, input=None, limit=60):
        """Runs a program inside, as root."""
        done = subprocess.run(["nsenter", "-t", str(self.init), "-a", "--", *words], input=input, capture_output=True,
                              encoding="utf-8", errors="replace", timeout=limit * SLOWNESS, check=False)
        if code is not None and done.returncode != code:
            raise Failure("%s: exit code %d, wanted %d\n%s%s" % (" ".join(words), done.returncode, code,
                                                                 done.stdout[-2000:], done.stderr[-2000:]))
        return done

    def write(self, path, text, mode="644"):
        self.run("sh", "-c", 'mkdir -p "${0%/*}" && cat > "$0" && chmod "$1" "$0"', path, mode, input=text)

    def show(self, unit, what):
        """A property of a unit."""
        return self.run("systemctl", "show", "-P", what, unit).stdout.strip()

    def pid(self, unit):
        # Never 0: kill(0) would be ourselves.
        pid = int(self.show(unit, "MainPID"))
        check(pid > 0, "%s runs" % unit)
        return pid

    def kill(self, unit, number):
        self.run("kill", "-%d" % number, str(self.pid(unit)))

    def journal(self, unit):
        return self.run("journalctl", "-u", unit, "-o", "cat", "--no-pager").stdout

    def stop(self):
        if self.child is not None and self.child.poll() is None:
            if self.init:
                os.kill(self.init, signal.SIGRTMIN + 4)  # systemd: power off
            try:
                self.child.wait(20)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        if self.group is not None:
            for folder, _, _ in os.walk(self.group, topdown=False):
                try:
                    os.rmdir(folder)
                except OSError:
                    pass
