"""What others do with the same job: BullMQ with nodemailer, Celery with smtplib, each as its makers advise. Gives
emails per second from the moment at which the workers, up and connected, may begin."""

import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "harness"))
from harness import ROOT, World, wait_for  # noqa: E402

MODULES = os.environ.get("PEERS_MODULES", os.path.join(ROOT, "build", "peers", "node_modules"))
PROCESSES = 2


def has_bullmq():
    return os.path.isdir(os.path.join(MODULES, "bullmq")) and os.path.isdir(os.path.join(MODULES, "nodemailer"))


def has_celery():
    return subprocess.run(["/usr/bin/python3", "-c", "import celery, redis"], capture_output=True,
                          check=False).returncode == 0


def keep_quiet(redis):
    """No rewriting of the append-only file while we measure: everything in it is minutes old."""
    redis.command("CONFIG", "SET", "auto-aof-rewrite-percentage", "0")


def hold_ups(seconds):
    """How the machine holds up a process that only reads the clock: the share of the time in pauses of a millisecond or
    more, and the longest in ms. No latency measured on it has a calmer tail."""
    held, longest = 0.0, 0.0
    began = last = time.monotonic()
    while last - began < seconds:
        now = time.monotonic()
        if now - last >= 0.001:
            held, longest = held + now - last, max(longest, now - last)
        last = now
    return {"share": held / seconds, "longest": 1000 * longest}


def tell_hold_ups(found):
    print("a process that only reads the clock: held up for %.1f %% of the time, %.1f ms at the longest" % (
        100 * found["share"], found["longest"]))


def start(words, **options):
    return subprocess.Popen(words, stdout=subprocess.PIPE, stdin=subprocess.PIPE, encoding="utf-8", **options)


def end(child):
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()


def bullmq(port, n):
    """Two processes, each with 50 jobs and 50 connections at a time."""
    env = dict(os.environ, PEERS_MODULES=MODULES)
    program = ["node", os.path.join(HERE, "bullmq.mjs")]
    world, workers = World(appendfsync="everysec"), []
    try:
        world.redis.start()
        keep_quiet(world.redis)
        command = world.redis.command
        subprocess.run(program + ["fill", world.redis.socket, str(n)], env=env, check=True)
        workers = [start(program + ["work", world.redis.socket, str(port)], env=env) for _ in range(PROCESSES)]
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"
        began = time.monotonic()
        for worker in workers:
            worker.stdin.write("begin\n")
            worker.stdin.flush()
        wait_for(lambda: command("LLEN", "bull:mail:wait") == 0 and command("LLEN", "bull:mail:active") == 0,
                 "BullMQ to send all", 300)
        took = time.monotonic() - began
        assert command("ZCARD", "bull:mail:delayed") == 0 and command("ZCARD", "bull:mail:failed") == 0
        return n / took
    finally:
        for worker in workers:
            end(worker)
        world.remove()


def celery(port, n):
    """Four processes, which is its best on two cores."""
    world, worker = World(appendfsync="everysec"), None
    env = dict(os.environ, PEERS_REDIS=world.redis.socket, PEERS_SMTP=str(port), PEERS_QUEUE="later", PYTHONPATH=HERE)
    try:
        world.redis.start()
        keep_quiet(world.redis)
        command = world.redis.command
        subprocess.run(["/usr/bin/python3", os.path.join(HERE, "celery_mail.py"), str(n)], env=env, check=True)
        log = open(world.path("celery.log"), "w+", encoding="utf-8")
        worker = start(["/usr/bin/python3", "-m", "celery", "-A", "celery_mail", "worker", "-P", "prefork", "-c", "4",
                        "-l", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat", "-n", "bench@%h"],
                       env=env, cwd=world.folder, stderr=log)
        wait_for(lambda: "ready." in open(world.path("celery.log"), encoding="utf-8").read(), "Celery's workers", 60)
        began = time.monotonic()
        command("RENAME", "later", "celery")
        wait_for(lambda: command("LLEN", "celery") == 0 and command("HLEN", "unacked") == 0, "Celery to send all", 300)
        took = time.monotonic() - began
        log.close()
        return n / took
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait()
            end(worker)
        world.remove()
