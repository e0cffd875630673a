"""What a test of the whole system needs: a private Redis, the daemon, the command, and patience.

    from harness import check, main, test

    @test("a message leaves when its event came")
    def _(world):
        world.redis.start()
        world.daemon().start()
        world.publish(world.event("case.opened", "case/c1", {...}))
        world.wait_for(lambda: world.mails(), "an email")

    main()

Each test gets a world of its own: a folder, a Redis on a Unix socket in it, a configuration with the
file transports. Whatever a world started is killed and its folder removed when the test ends, however
it ends; KEEP=1 keeps the folder. Results are TAP. Only the standard library is used.
"""

import atexit
import calendar
import collections
import ctypes
import email
import email.policy
import hashlib
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("CANDOUR_BUILD", os.path.join(ROOT, "build"))
FLAVOUR = os.environ.get("CANDOUR_FLAVOUR", "release")
# Time limits are for a release build; instrumented ones are slower.
SLOWNESS = {"asan": 3, "tsan": 6}.get(FLAVOUR, 1)

if FLAVOUR in ("asan", "tsan"):
    _name = FLAVOUR.upper() + "_OPTIONS"
    os.environ[_name] = ":".join(filter(None, [
        os.environ.get(_name), "suppressions=" + os.path.join(ROOT, "tests", "harness", FLAVOUR + ".supp")]))
if FLAVOUR == "tsan":
    # GLib's own allocator would hide from it which thread had a piece of memory before.
    os.environ.setdefault("G_SLICE", "always-malloc")

# What a sanitizer says when it found something.
SANITIZER_WORDS = ("ERROR: AddressSanitizer", "ERROR: LeakSanitizer", "runtime error:",
                   "WARNING: ThreadSanitizer", "promise broken")

Answer = collections.namedtuple("Answer", "code out err json")
Letter = collections.namedtuple("Letter", "message manifest text folder")


class Failure(Exception):
    """What was promised did not come true."""


class NotRun(Exception):
    """The test cannot run here; the text is the reason."""


def check(truth, what):
    if not truth:
        raise Failure(what)


def check_equal(found, wanted, what):
    if found != wanted:
        raise Failure("%s\n  wanted: %r\n  found:  %r" % (what, wanted, found))


def wait_for(condition, what, limit=30):
    """Waits until condition() is true and gives its value. A link that is down means: not yet."""
    end = time.monotonic() + limit * SLOWNESS
    pause = 0.01
    last = None
    while True:
        try:
            value = condition()
            if value:
                return value
            last = value
        except (OSError, RedisError) as error:
            last = error
        if time.monotonic() > end:
            raise Failure("waited %d s in vain for %s; at last: %r" % (limit * SLOWNESS, what, last))
        time.sleep(pause)
        pause = min(pause * 1.5, 0.2)


def edit(path, old, new):
    """Puts new in the place of old in a file that holds it; gives the line where that begins."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    check(old in text, "%s holds %r" % (path, old))
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new, 1))
    return text[:text.index(old)].count("\n") + 1


# ---- processes -----------------------------------------------------------------------------------

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent():
    """In the child: should the test itself be killed, the kernel kills what it started. That counts
    the starting thread as the parent, so processes are started from a test's main thread only."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """A program that runs until it is told otherwise. Its output goes to a file."""

    def __init__(self, name, argv, log, env=None):
        self.name, self.argv, self.log, self.env = name, argv, log, env
        self.child = None

    def start(self):
        check(not self.is_running(), "%s runs already" % self.name)
        with open(self.log, "ab") as out:
            self.child = subprocess.Popen(self.argv, stdin=subprocess.DEVNULL, stdout=out,
                                          stderr=subprocess.STDOUT, env=self.env, preexec_fn=_die_with_parent)

    def is_running(self):
        return self.child is not None and self.child.poll() is None

    def signal(self, number):
        # Without this, a process that is gone would make it kill(0): the test itself.
        check(self.is_running(), "%s does not run" % self.name)
        self.child.send_signal(number)

    def freeze(self):
        self.signal(signal.SIGSTOP)

    def thaw(self):
        self.signal(signal.SIGCONT)

    def kill9(self):
        """Dies at once, in the middle of whatever it did."""
        self.signal(signal.SIGKILL)
        self.child.wait()

    def wait_end(self, limit=30):
        try:
            return self.child.wait(limit * SLOWNESS)
        except subprocess.TimeoutExpired:
            raise Failure("%s had not ended after %d s" % (self.name, limit * SLOWNESS)) from None

    def stop(self, limit=30):
        """Asks it to end and gives its exit code."""
        self.signal(signal.SIGTERM)
        return self.wait_end(limit)

    def remove(self):
        if self.is_running():
            self.child.kill()  # works on a frozen process, too
            self.child.wait()

    def log_text(self):
        try:
            with open(self.log, encoding="utf-8", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""


# ---- Redis ---------------------------------------------------------------------------------------

class RedisError(Exception):
    """An error that Redis answered."""


# The users that conf/redis-acl.conf ships, with passwords for tests. Tests themselves are the default user.
DAEMON_USER, DAEMON_PASSWORD = "candour", "the daemon's password"
PUBLISHER_USER, PUBLISHER_PASSWORD = "candour-publisher", "the publisher's password"


def acl_lines(prefix):
    with open(os.path.join(ROOT, "conf", "redis-acl.conf"), encoding="utf-8") as file:
        text = file.read().replace("{candour}", prefix)
    for place, password in (("SHA256-OF-CANDOURS-PASSWORD", DAEMON_PASSWORD),
                            ("SHA256-OF-THE-PUBLISHERS-PASSWORD", PUBLISHER_PASSWORD)):
        text = text.replace(place, hashlib.sha256(password.encode()).hexdigest())
    return text


class Client:
    """One connection, one command at a time, or many in a pipeline. Texts in, texts out."""

    def __init__(self, path, limit=30, user=None, password=None):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(limit * SLOWNESS)
        try:
            self.socket.connect(path)
        except OSError:
            self.socket.close()
            raise
        self.file = self.socket.makefile("rb")
        if user is not None:
            self.command("AUTH", user, password)

    def close(self):
        self.file.close()
        self.socket.close()

    @staticmethod
    def _bytes(word):
        return word if isinstance(word, bytes) else str(word).encode("utf-8", "surrogateescape")

    def _encode(self, words):
        parts = [b"*%d\r\n" % len(words)]
        for word in map(self._bytes, words):
            parts.append(b"$%d\r\n%s\r\n" % (len(word), word))
        return b"".join(parts)

    def _read_exactly(self, n):
        data = self.file.read(n)
        if len(data) != n:
            raise ConnectionError("Redis closed the connection")
        return data

    def _read(self):
        line = self.file.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("Redis closed the connection")
        mark, rest = line[:1], line[1:-2]
        if mark == b"+":
            return rest.decode()
        if mark == b"-":
            return RedisError(rest.decode("utf-8", "replace"))
        if mark == b":":
            return int(rest)
        if mark == b"$":
            n = int(rest)
            return None if n < 0 else self._read_exactly(n + 2)[:-2].decode("utf-8", "surrogateescape")
        if mark == b"*":
            n = int(rest)
            return None if n < 0 else [self._read() for _ in range(n)]
        raise ConnectionError("not RESP: %r" % line)

    def command(self, *words):
        self.socket.sendall(self._encode(words))
        reply = self._read()
        if isinstance(reply, RedisError):
            raise reply
        return reply

    def pipeline(self, commands):
        """Sends all, then reads all. An error is given in its place, not raised."""
        replies = []
        commands = list(commands)
        # In portions, so that neither side fills its buffers while the other waits.
        for at in range(0, len(commands), 500):
            portion = commands[at:at + 500]
            self.socket.sendall(b"".join(self._encode(words) for words in portion))
            replies += [self._read() for _ in portion]
        return replies


class Redis(Process):
    """A private redis-server: its own folder, a Unix socket and no port, append-only, no snapshots, and the users
    that are shipped."""

    def __init__(self, folder, appendfsync="always", prefix="{candour}"):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        self.socket = os.path.join(folder, "redis.sock")
        self.client = None
        config = os.path.join(folder, "redis.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write('port 0\nunixsocket "%s"\nunixsocketperm 700\ndir "%s"\nsave ""\n'
                       "appendonly yes\nappendfsync %s\nmaxmemory-policy noeviction\n"
                       "daemonize no\nenable-debug-command local\n%s" % (self.socket, folder, appendfsync, acl_lines(prefix)))
        super().__init__("redis-server", ["redis-server", config], os.path.join(folder, "redis.log"))

    def start(self):
        if shutil.which("redis-server") is None:
            raise NotRun("redis-server is not installed")
        self._forget_client()
        super().start()

        def answers():
            check(self.is_running(), "redis-server ended:\n" + self.log_text()[-2000:])
            return self.command("PING") == "PONG"

        wait_for(answers, "redis-server to answer")

    def _forget_client(self):
        if self.client is not None:
            self.client.close()
            self.client = None

    def command(self, *words):
        """On a connection that is kept, and made anew after an error of the connection."""
        try:
            if self.client is None:
                self.client = Client(self.socket)
            return self.client.command(*words)
        except OSError:
            self._forget_client()
            raise

    def pipeline(self, commands):
        try:
            if self.client is None:
                self.client = Client(self.socket)
            return self.client.pipeline(commands)
        except OSError:
            self._forget_client()
            raise

    def stream(self, key):
        """All entries: [(stream id, {field: text})]."""
        return [(sid, dict(zip(fields[::2], fields[1::2])))
                for sid, fields in self.command("XRANGE", key, "-", "+")]

    def remove(self):
        self._forget_client()
        super().remove()


# ---- the daemon ----------------------------------------------------------------------------------

class Daemon(Process):
    """candourd on the world's configuration."""

    def __init__(self, world, name):
        self.world = world
        super().__init__(name, [program("candourd"), "--config", world.config_file],
                         os.path.join(world.folder, "%s.log" % name))

    def start(self, wait=True):
        self.env = self.world.environment()
        super().start()
        if wait:
            self.wait_ready()

    def _catches(self, number):
        """Whether a signal comes to it by now; before, it would end by one as any program does."""
        with open("/proc/%d/status" % self.child.pid, encoding="ascii") as file:
            caught = next(line.split()[1] for line in file if line.startswith("SigCgt:"))
        return int(caught, 16) >> (number - 1) & 1

    def wait_ready(self, limit=30):
        """Until some daemon owns the prefix (this one, when it is alone; or one that was killed before it and
        is not missed yet), and this one can be told to end."""

        def is_owned():
            check(self.is_running(), "%s ended:\n%s" % (self.name, self.log_text()[-3000:]))
            answer = self.world.ctl("status", code=None)
            return answer.code == 0 and answer.json.get("owner") and self._catches(signal.SIGTERM)

        wait_for(is_owned, "%s to own its prefix" % self.name, limit)

    def reload(self):
        self.signal(signal.SIGHUP)


def program(name):
    path = os.path.join(BUILD, name)
    if not os.path.exists(path):
        raise Failure("%s is not built: run make" % path)
    return path


# ---- the world of one test -----------------------------------------------------------------------

def yaml_of(tree, indent=0):
    """Nested maps of texts, and lists of such maps, as YAML; every text is quoted."""
    lines = []
    for key, value in tree.items():
        if isinstance(value, dict):
            lines += ["%s%s:" % (" " * indent, key)] + yaml_of(value, indent + 2)
        elif isinstance(value, list):
            lines.append("%s%s:" % (" " * indent, key))
            for item in value:
                inner = yaml_of(item, indent + 4)
                lines += [" " * (indent + 2) + "- " + inner[0].lstrip()] + inner[1:]
        else:
            lines.append('%s%s: "%s"' % (" " * indent, key, str(value).replace("\\", "\\\\").replace('"', '\\"')))
    return lines


class World:
    """A folder with everything in it. The addresses of what was sent are read from its files."""

    def __init__(self, prefix="{candour}", appendfsync="always"):
        # A Unix socket's path has at most 107 bytes, so not below a long TMPDIR.
        self.folder = tempfile.mkdtemp(prefix="candour-", dir="/tmp")
        self.prefix = prefix
        self.redis = Redis(os.path.join(self.folder, "redis"), appendfsync, prefix)
        self.daemons = {}
        self.clock_file = None
        self.clock_offset = 0  # seconds that the set clock is ahead of the real one
        self.read_pages = {}  # texts of letters, by file
        self.ids = itertools.count(1)
        self.config_file = os.path.join(self.folder, "candour.conf")
        self.settings = {
            "redis": {"socket": self.redis.socket, "prefix": prefix, "username": DAEMON_USER,
                      "password_file": self.path("redis-password")},
            "email": {"transport": "file", "dir": self.path("mail")},
            "sms": {"transport": "file", "dir": self.folder},
            "letter": {"transport": "file", "dir": self.path("letters")},
            "policy": os.path.join(ROOT, "conf"),
            "templates": os.path.join(ROOT, "templates"),
            "log": {"level": "info", "format": "text"},
        }
        with open(self.path("redis-password"), "w", encoding="utf-8") as file:
            file.write(DAEMON_PASSWORD + "\n")
        self.configure({})

    def path(self, name):
        return os.path.join(self.folder, name)

    def configure(self, changes):
        """Changes settings ({"log.level": "debug"}; None takes one out) and writes candour.conf. A daemon
        that runs sees it after reload() or a new start."""
        for key, value in changes.items():
            *sections, last = key.split(".")
            place = self.settings
            for section in sections:
                place = place.setdefault(section, {})
            if value is None:
                place.pop(last, None)
            else:
                place[last] = value
        with open(self.config_file, "w", encoding="utf-8") as file:
            file.write("\n".join(yaml_of(self.settings)) + "\n")

    def copy_policy(self):
        """A policy folder of this world's own, to be changed; gives its path."""
        return self._copy("policy")

    def copy_templates(self):
        return self._copy("templates")

    def _copy(self, what):
        to = self.path(what)
        shutil.copytree(self.settings[what], to)
        self.configure({what: to})
        return to

    def daemon(self, name="candourd"):
        if name not in self.daemons:
            self.daemons[name] = Daemon(self, name)
        return self.daemons[name]

    # -- the clock --

    def set_clock(self, utc):
        """From now on daemons and commands see this time going on: "2026-12-01 09:00:00" (UTC). A running
        daemon jumps, when it was started with a set clock. Redis keeps the real time."""
        if self.clock_file is None:
            check(not any(daemon.is_running() for daemon in self.daemons.values()),
                  "a daemon that was started without a set clock cannot get one")
            self.clock_file = self.path("clock")
        seconds = calendar.timegm(time.strptime(utc, "%Y-%m-%d %H:%M:%S")) - int(time.time())
        with open(self.clock_file + ".new", "w", encoding="ascii") as file:
            file.write("%+d\n" % seconds)
        self.clock_offset = seconds
        os.replace(self.clock_file + ".new", self.clock_file)

    def environment(self):
        env = dict(os.environ, TZ="UTC")
        if self.clock_file is not None:
            # AddressSanitizer wants to be loaded first, but does its work behind libfaketime, too.
            options = [os.environ.get("ASAN_OPTIONS", ""), "verify_asan_link_order=0"]
            env.update(ASAN_OPTIONS=":".join(filter(None, options)))
            env.update(LD_PRELOAD=_faketime(), FAKETIME_TIMESTAMP_FILE=self.clock_file, FAKETIME_NO_CACHE="1",
                       FAKETIME_DONT_FAKE_MONOTONIC="1")
        return env

    # -- in --

    def ctl(self, *words, input=None, code=0, json_out=True, limit=60):
        """candourctl --json; its answer parsed. code: the exit code that is wanted, None for any."""
        argv = [program("candourctl"), "--config", self.config_file] + (["--json"] if json_out else [])
        try:
            done = subprocess.run(argv + list(words), input=input, capture_output=True, encoding="utf-8",
                                  errors="replace", timeout=limit * SLOWNESS, env=self.environment())
        except subprocess.TimeoutExpired:
            raise Failure("candourctl %s had not ended after %d s" % (" ".join(words), limit * SLOWNESS)) from None
        for word in SANITIZER_WORDS:
            check(word not in done.stderr, "candourctl %s:\n%s" % (" ".join(words), done.stderr[-3000:]))
        if code is not None and done.returncode != code:
            raise Failure("candourctl %s: exit code %d, wanted %d\n%s%s" %
                          (" ".join(words), done.returncode, code, done.stdout[-2000:], done.stderr[-2000:]))
        return Answer(done.returncode, done.stdout, done.stderr, _json(done.stdout) if json_out else None)

    def event(self, type, subject, data, id=None, source="/test", time_text=None, **more):
        """A CloudEvents envelope; id and time (now, by the set clock) are made up when not given."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + self.clock_offset))
        return dict({"specversion": "1.0", "id": id or "e%d" % next(self.ids), "source": source, "type": type,
                     "subject": subject, "time": time_text or now, "data": data}, **more)

    def publish(self, *events):
        """Puts events (or bytes and texts as they are) on the queue as a service would, with a service's rights;
        gives the stream ids."""
        words = []
        for each in events:
            text = each if isinstance(each, (str, bytes)) else json.dumps(each, ensure_ascii=False)
            words.append(("XADD", self.key("events"), "*", "event", text))
        client = Client(self.redis.socket, user=PUBLISHER_USER, password=PUBLISHER_PASSWORD)
        try:
            ids = client.pipeline(words)
        finally:
            client.close()
        for each in ids:
            if isinstance(each, RedisError):
                raise each
        return ids

    def key(self, name):
        return "%s:%s" % (self.prefix, name)

    def wait_idle(self, limit=30):
        """Until nothing is left to do."""
        self.ctl("wait", "--idle", "--timeout", str(limit * SLOWNESS), limit=limit + 10)

    # -- out --

    def mails(self):
        """The emails in the Maildir, in the order of their file names."""
        found = []
        for box in ("new", "cur"):
            folder = self.path(os.path.join("mail", box))
            for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
                with open(os.path.join(folder, name), "rb") as file:
                    found.append(email.message_from_binary_file(file, policy=email.policy.default))
        return found

    def texts(self):
        """The lines of sms.jsonl; a last line that is not whole yet is left out."""
        try:
            with open(self.path("sms.jsonl"), encoding="utf-8") as file:
                return [json.loads(line) for line in file.read().split("\n")[:-1]]
        except FileNotFoundError:
            return []

    def letter_text(self, pages):
        """What somebody reads on the pages; read once."""
        if pages not in self.read_pages:
            self.read_pages[pages] = subprocess.run(["pdftotext", pages, "-"], check=True, timeout=60,
                                                    stdout=subprocess.PIPE).stdout.decode()
        return self.read_pages[pages]

    def letters(self):
        """The letters that are whole, by message id."""
        folder = self.path("letters")
        found = []
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            place = os.path.join(folder, name)
            if name.startswith(".") or not os.path.exists(os.path.join(place, "manifest.json")):
                continue
            with open(os.path.join(place, "manifest.json"), encoding="utf-8") as file:
                manifest = json.load(file)
            found.append(Letter(name, manifest, self.letter_text(os.path.join(place, "letter.pdf")), place))
        return found

    # -- the end --

    def complaints(self):
        """What sanitizers and broken promises left in the daemons' logs."""
        return ["%s: %s" % (daemon.name, line) for daemon in self.daemons.values()
                for line in daemon.log_text().splitlines() if any(word in line for word in SANITIZER_WORDS)]

    def log_tails(self):
        parts = []
        for process in list(self.daemons.values()) + [self.redis]:
            text = process.log_text()
            if text:
                parts.append("the end of %s's log:\n%s" % (process.name, text[-3000:]))
        return "\n".join(parts)

    def remove(self):
        for process in list(self.daemons.values()) + [self.redis]:
            process.remove()
        if os.environ.get("KEEP") == "1":
            print("# kept: " + self.folder, flush=True)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)


def _json(text):
    try:
        return json.loads(text)
    except ValueError:
        pass
    # A line each, as simulate answers.
    try:
        return [json.loads(line) for line in text.splitlines()]
    except ValueError:
        return None


def _faketime():
    for folder in ("/usr/lib/%s-linux-gnu" % os.uname().machine, "/usr/lib"):
        path = os.path.join(folder, "faketime/libfaketime.so.1")
        if os.path.exists(path):
            return path
    raise NotRun("libfaketime is not installed")


# ---- running -------------------------------------------------------------------------------------

_tests = []
_worlds = []


def test(sentence, **settings):
    """Marks a function of one parameter, a fresh World, as a test. settings: what World takes."""

    def keep(function):
        _tests.append((sentence, function, settings))
        return function

    return keep


def _remove_worlds():
    while _worlds:
        _worlds.pop().remove()


def _comment(text):
    print("".join("# %s\n" % line for line in text.splitlines()), end="", flush=True)


def _run_one(number, sentence, function, settings):
    began = time.monotonic()
    world = World(**settings)
    _worlds.append(world)
    try:
        function(world)
        for daemon in world.daemons.values():
            if daemon.is_running():
                # Only an end that was asked for lets a leak checker speak.
                check_equal(daemon.stop(), 0, "%s ends cleanly" % daemon.name)
        check(not world.complaints(), "\n".join(world.complaints()))
    except NotRun as reason:
        print("ok %d - %s # SKIP %s" % (number, sentence, reason), flush=True)
        return True
    except Exception:  # pylint: disable=broad-except
        print("not ok %d - %s" % (number, sentence), flush=True)
        _comment(traceback.format_exc())
        _comment(world.log_tails())
        return False
    finally:
        _remove_worlds()
    print("ok %d - %s" % (number, sentence), flush=True)
    _comment("%.1f s" % (time.monotonic() - began))
    return True


def main():
    """Runs the tests of the file, or those whose sentence holds the word given on the command line."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [each for each in _tests if word in each[0]]
    atexit.register(_remove_worlds)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    print("1..%d" % len(chosen), flush=True)
    results = [_run_one(number, *each) for number, each in enumerate(chosen, 1)]
    sys.exit(0 if results and all(results) else 1)
