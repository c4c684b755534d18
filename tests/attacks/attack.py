"""What the attack scripts share: arguments, running morgue under limits, an archive to attack, and the
count of faults."""
import argparse
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import news

MEMORY_MIB_MAX = 1024  # peak resident memory of one command, before it is a fault
CRASHES = {101, 134, 139, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL}


class Ran:
    """What one run of a program gave: status, output, processor seconds, peak memory in MiB."""

    def __init__(self, code, out, err, cpu, mib, hung):
        self.code, self.out, self.err, self.cpu, self.mib, self.hung = code, out, err, cpu, mib, hung

    @property
    def crashed(self):
        text = self.err
        return self.code in CRASHES or b"panicked at" in text or b"overflowed its stack" in text or b"of morgue itself" in text

    @property
    def said(self):
        """The last words on standard error, on one line."""
        return self.err.decode(errors="replace").strip()[-300:].replace("\n", " | ")


def start(command, cwd, stdin=subprocess.DEVNULL, **options):
    """Starts a program whose output nobody reads."""
    return subprocess.Popen(command, cwd=cwd, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            **options)


def run(*command, cwd=None, cpu=60, stdin=b"", **options):
    """Runs a program to its end. It has hung when it takes `cpu` seconds of processor time, or six
    times as long by the clock, which is generous on purpose: the machine may be busy with other
    things."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        child = subprocess.Popen(command, cwd=cwd, stdin=given, stdout=out, stderr=err, **options)
        try:
            resource.prlimit(child.pid, resource.RLIMIT_CPU, (int(cpu) + 1, int(cpu) + 5))
        except (ProcessLookupError, PermissionError):
            pass  # it has ended, or runs as another user: the clock alone limits it
        deadline, pause, late = time.monotonic() + 6 * cpu, 0.001, False
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline and not late:
                late = True
                child.kill()
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        child.returncode = code = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        hung = late or code == -signal.SIGXCPU
        return Ran("hung" if hung else code, out.read(), err.read(), usage.ru_utime + usage.ru_stime,
                   usage.ru_maxrss / 1024, hung)


def obeyed(data):
    """The characters in output that a terminal would obey, or that would turn its text around."""
    text = data.decode("utf-8", errors="surrogateescape")
    found = re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\udc80-\udcff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    return sorted({f"U+{ord(c):04X}" for c in found})


class Archive:
    """An archive that is attacked."""

    def __init__(self, binary, folder, settings='corpus = ["corpus"]\n'):
        self.binary, self.folder = binary, folder
        os.makedirs(self.path("corpus"), exist_ok=True)
        self.write("morgue.toml", settings)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as out:
            out.write(content if isinstance(content, bytes) else content.encode())

    def run(self, *args, **options):
        return run(self.binary, *args, cwd=self.folder, **options)

    def ingest(self, *more):
        """Ingests, and stops the script if that fails: without it there is nothing to attack."""
        ran = self.run("ingest", "-q", *more, cpu=600)
        if ran.code != 0:
            raise SystemExit(f"cannot prepare {self.folder}: exit {ran.code}: {ran.said}")
        return ran

    def articles(self):
        """The paths of the corpus's text files, sorted."""
        base = self.path("corpus")
        return sorted(
            os.path.join(at, name) for at, _, names in os.walk(base) for name in names if name.endswith(".txt"))

    def answers(self, fold=True):
        """A digest of the answers to each query; without `fold`, of the passages alone, without
        what is known of copies."""
        unfolded = [] if fold else ["--no-fold"]
        commands = {it: ["search", "-n", "50", "--", it]
                    for it in news.QUERIES} | {"quotes of lund": ["quotes", "--all", "lund"]}
        found = []
        for name, (command, *rest) in commands.items():
            ran = self.run(command, "-q", "--format", "jsonl", *unfolded, *rest)
            rows = ran.out if fold else b"\n".join(
                json.dumps({**json.loads(it), "copies": None}).encode() for it in ran.out.splitlines())
            found.append((name, ran.code, hashlib.sha256(rows).hexdigest()[:16]))
        return found

    def holds(self):
        """What `status` says of the index's content and of the corpus."""
        text = self.run("status").out.decode(errors="replace")
        return [line for line in text.splitlines() if line.startswith(("holds", "corpus"))]

    def unnamed_files(self):
        """Files of the index that no segment names, files of deletes of another commit among
        them."""
        with open(self.path("index", "meta.json"), encoding="utf-8") as file:
            segments = {it["segment_id"].replace("-", ""): it["deletes"] for it in json.load(file)["segments"]}
        lasting = {
            "meta.json", ".managed.json", "README.md", ".morgue.lock", ".tantivy-meta.lock", ".tantivy-writer.lock"
        }

        def named(name):
            deletes = segments.get(name[:32])
            return name in lasting or name[:32] in segments and (not name.endswith(".del")
                                                                 or deletes and f".{deletes['opstamp']}.del" in name)

        return [it for it in os.listdir(self.path("index")) if not named(it)]


class Attack:
    """One run of a script: its arguments, its random numbers, its work folder, its faults and
    counts."""

    def __init__(self, doc, parts=(), seconds=600, **numbers):
        parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("binary", help="the morgue binary to attack")
        parser.add_argument(
            "--work", help="a folder for what the attack needs; a temporary one, removed at the end, when not given")
        parser.add_argument("--seed", type=int, default=1, help="of every random choice (default %(default)s)")
        parser.add_argument("--seconds", type=float, default=seconds,
                            help="begin nothing new after so long (default %(default)s)")
        if parts:
            parser.add_argument("--only", choices=parts, help="only this part")
        for name, value in numbers.items():
            parser.add_argument(
                f"--{name}",
                **({"action": "store_true"} if value is False else {"type": type(value), "default": value}))
        self.args = parser.parse_args()
        self.binary = os.path.abspath(self.args.binary)
        self.random = random.Random(self.args.seed)
        self.began = time.monotonic()
        self.until = self.began + self.args.seconds
        self.faults, self.counts = 0, {}
        self.temporary = None if self.args.work else tempfile.TemporaryDirectory(prefix="morgue-attack-")
        self.work = os.path.abspath(self.args.work or self.temporary.name)
        os.makedirs(self.work, exist_ok=True)

    def wanted(self, part):
        return self.args.only in (None, part)

    def share(self, part):
        """Lets what follows run for `part` of the whole time; the whole rest where only one part is
        wanted."""
        whole = self.args.seconds if self.args.only else self.args.seconds * part
        self.until = min(time.monotonic() + whole, self.began + self.args.seconds)

    def time_left(self):
        return time.monotonic() < self.until

    def fresh(self, name):
        """An empty folder."""
        path = os.path.join(self.work, name)
        subprocess.run(["rm", "-rf", path], check=True)  # it also removes folders too deep for Python
        os.makedirs(path)
        return path

    def archive(self, name, **options):
        return Archive(self.binary, self.fresh(name), **options)

    def count(self, what, number=1):
        self.counts[what] = self.counts.get(what, 0) + number

    def fault(self, where, what):
        self.faults += 1
        print("FAULT", where, "·", str(what)[:500].replace("\n", " | "), flush=True)

    def watch(self, where, ran, codes=(0, 1, 2), cpu=None):
        """A run must not crash, hang, take too much, or print what a terminal obeys."""
        if ran.hung or ran.crashed or ran.code not in codes:
            self.fault(where, f"exit {ran.code}, {ran.cpu:.1f} s, {ran.mib:.0f} MiB: {ran.said}")
        elif cpu is not None and ran.cpu > cpu:
            self.fault(where, f"{ran.cpu:.1f} s of processor time, {ran.mib:.0f} MiB")
        elif ran.mib > MEMORY_MIB_MAX:
            self.fault(where, f"{ran.mib:.0f} MiB")
        elif ran.code == 2 and not ran.err.strip():
            self.fault(where, "exit 2 without a word")
        bad = obeyed(ran.out + ran.err)
        if bad:
            self.fault(where, f"prints {' '.join(bad[:8])}")

    def close(self):
        for what, number in sorted(self.counts.items()):
            print(f"{number:6} × {what}")
        print(
            f"{os.path.basename(sys.argv[0])}: {self.faults} faults, {sum(self.counts.values())} counted, seed {self.args.seed}, "
            f"{time.monotonic() - self.began:.0f} s", flush=True)
        if self.temporary:
            subprocess.run(["rm", "-rf", self.temporary.name], check=False)
        sys.exit(self.faults > 0)


def replace_folder(source, target):
    """Makes `target` a copy of `source`."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
