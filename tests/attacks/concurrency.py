#!/usr/bin/env python3
"""Runs morgue beside itself, beside its user and beside signals.

  searches  searches beside ingests and rebuilds: each is answered, with whole lines
  ingests   several first ingests at once: one goes on, the others name it and exit 2
  editors   16 processes edit one list: no edit is lost
  signals   SIGINT, SIGTERM, SIGHUP during an ingest: `check` finds the index sound
  people    people.toml is exchanged again and again while it is asked for: each answer follows the
            old file or the new one
  modes     the mode of the index's folder and files changes, for a user who is not root: a message
            that names the permission, and no new index
  corpus    the corpus changes while `check` runs: it looks at the index alone and finds it sound
"""
import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from attack import Attack, Archive, run
import news

NOBODY = 65534
PARTS = ("searches", "ingests", "editors", "signals", "people", "modes", "corpus")
attack = Attack(__doc__, PARTS, seconds=180, files=250)
rng = attack.random


def archive_of(name, files=None):
    archive = attack.archive(name)
    news.corpus(archive.path("corpus"), files or attack.args.files, attack.args.seed)
    return archive


def append(archive, text, step):
    for path in archive.articles()[::step]:
        with open(path, "a", encoding="utf-8") as out:
            out.write(text)


def beside(functions, work):
    """Runs the functions again and again in threads while `work` runs in this one."""
    over, lock = threading.Event(), threading.Lock()

    def loop(function):
        while not over.is_set():
            function(lock)

    threads = [threading.Thread(target=loop, args=(it, )) for it in functions]
    for it in threads:
        it.start()
    try:
        work()
    finally:
        over.set()
        for it in threads:
            it.join()


def searches():
    archive = archive_of("searches")
    archive.ingest()

    def search(lock):
        ran = archive.run("search", "--format", "jsonl", "-q", "--no-fold", "harbor OR speaker:lund OR postpon*")
        broken = [it for it in ran.out.splitlines() if not it.endswith(b"}")]
        with lock:
            attack.count("searches: beside ingests")
            if ran.code != 0 or broken:
                attack.fault("searches: beside an ingest", f"exit {ran.code}, {len(broken)} broken lines: {ran.said}")

    def ingests():
        for turn in itertools.count():
            if not attack.time_left():
                return
            append(archive, f"\nRound {turn} of the harbor.\n", 5)
            ran = archive.run("ingest", "-q", *(["--rebuild"] if turn % 3 == 2 else []), cpu=120)
            attack.count("searches: ingests")
            if ran.code != 0:
                attack.fault("searches: ingest", f"exit {ran.code}: {ran.said}")

    beside([search] * 6, ingests)
    if archive.run("check").code != 0:
        attack.fault("searches: check at the end", archive.run("check").said)


def ingests():
    archive = archive_of("ingests", 60)
    while attack.time_left():
        shutil.rmtree(archive.path("index"), ignore_errors=True)
        children = [
            subprocess.Popen([attack.binary, "ingest", "-q"], cwd=archive.folder, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE) for _ in range(3)
        ]
        said = [it.communicate()[1] for it in children]
        codes = sorted(it.returncode for it in children)
        attack.count("ingests: three at once")
        if codes[0] != 0 or any(it not in (0, 2) for it in codes):
            attack.fault("ingests: three at once", f"{codes}: {said}")
        for child, text in zip(children, said):
            if child.returncode == 2 and b"process" not in text:
                attack.fault("ingests: the second does not name the first", text)
        if archive.run("check").code != 0:
            attack.fault("ingests: check", archive.run("check").said)


def editors():
    archive = archive_of("editors", 100)
    archive.ingest()
    archive.run("list", "new", "one", "harbor", "--max", "30", "-q")
    notes = [f"note-{editor}-{turn}-end" for editor in range(16) for turn in range(6)]

    def edit(editor):
        for note in notes[editor * 6:editor * 6 + 6]:
            for command in (["note", "one", "1", note], ["tag", "one", "2", note]):
                ran = archive.run("list", *command, "-q")
                if ran.code != 0:
                    attack.fault(f"editors: list {command[0]}", f"exit {ran.code}: {ran.said}")

    threads = [threading.Thread(target=edit, args=(it, )) for it in range(16)]
    for it in threads:
        it.start()
    for it in threads:
        it.join()
    with open(archive.path("lists", "one.md"), encoding="utf-8") as file:
        text = file.read()
    attack.count("editors: edits", 2 * len(notes))
    lost = [it for it in notes if text.count(it) != 2]
    if lost:
        attack.fault(f"editors: {len(lost)} edits are lost", lost[:4])


def signals():
    archive = archive_of("signals")
    archive.ingest()
    for turn in range(24):
        if not attack.time_left():
            break
        append(archive, f"\nSignal {turn} in the harbor.\n", 7)
        child = subprocess.Popen([attack.binary, "ingest", "-q"], cwd=archive.folder, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE)
        time.sleep(rng.uniform(0, 0.4))
        child.send_signal((signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[turn % 3])
        said = child.communicate()[1]
        attack.count("signals: sent")
        if child.returncode > 2:
            attack.fault("signals", f"exit {child.returncode}: {said[-200:]}")
        if archive.run("check").code != 0:
            attack.fault("signals: check", archive.run("check").said)
    archive.ingest()
    if archive.unnamed_files():
        attack.fault("signals: files that no segment names stay after the next run", archive.unnamed_files()[:3])


def people():
    """Two versions of people.toml, one of which joins two people, are exchanged by renaming."""
    archive = attack.archive("people")
    for number in range(60):
        archive.write(
            f"corpus/{number}.txt",
            f"The harbor\n\n“We go on with plan {number},” said Rosa Lund, the mayor.\n\n“Plan {number} is a mistake,” said Ada Brandt, the engineer.\n"
        )
    archive.ingest()
    joined = '[[person]]\nname = "Rosa Lund"\nnames = ["Ada Brandt"]\n'
    versions = ["", joined + "# " + "x" * 100_000 + "\n"]

    def exchange(lock):
        for text in versions:
            archive.write("people.new", text)
            os.replace(archive.path("people.new"), archive.path("people.toml"))

    def asked():
        while attack.time_left():
            for command, wanted in ((["speakers"], (1, 2)), (["quotes",
                                                              "rosa lund"], (60, 120)), (["quotes",
                                                                                          "ada brandt"], (60, 120))):
                ran = archive.run(*command, "--format", "jsonl", "-q")
                attack.count("people: answers beside the exchange")
                if ran.code != 0 or ran.out.count(b"\n") not in wanted:
                    attack.fault(f"people: {' '.join(command)}",
                                 f"exit {ran.code}, {ran.out.count(bytes([10]))} rows: {ran.said}")

    archive.write("people.toml", "")
    beside([exchange], asked)


def modes():
    if os.geteuid() != 0:
        print("modes: needs root, to run as another user: left out")
        return
    # A folder of its own below /tmp, since the other user must be able to reach it.
    with tempfile.TemporaryDirectory(prefix="morgue-modes-") as folder:
        os.chmod(folder, 0o755)
        binary = shutil.copy(attack.binary, folder)
        archive = Archive(binary, os.path.join(folder, "archive"))
        news.corpus(archive.path("corpus"), 60, attack.args.seed)
        archive.ingest()
        index, before = archive.path("index"), archive.answers()
        os.chown(archive.folder, NOBODY, NOBODY)
        for mode, on_files in itertools.product((0o000, 0o111, 0o311, 0o444, 0o644), (False, True)):
            names = os.listdir(index)
            for name in names:
                os.chmod(os.path.join(index, name), mode if on_files else 0o644)
            os.chmod(index, 0o755 if on_files else mode)
            for command in (["search",
                             "harbor"], ["status"], ["check"], ["ingest"], ["ingest",
                                                                             "--rebuild"], ["quotes", "--all", "lund"]):
                ran = run(binary, *command, cwd=archive.folder, user=NOBODY, group=NOBODY, extra_groups=[])
                where = f"modes: index {'files' if on_files else 'folder'} {mode:03o}: {' '.join(command)}"
                attack.watch(where, ran)
                attack.count("modes: commands as another user")
                if "no index" in ran.said:
                    attack.fault(where, f"an index that may not be read counts as none: {ran.said}")
                elif ran.code == 2 and "ermission" not in ran.said and "may not" not in ran.said:
                    attack.fault(f"{where}: does not name the permission", ran.said)
            os.chmod(index, 0o755)
            for name in os.listdir(index):
                os.chmod(os.path.join(index, name), 0o644)
            if archive.answers() != before or set(os.listdir(index)) - set(names):
                attack.fault(f"modes: index {'files' if on_files else 'folder'} {mode:03o}",
                             "another user changed the index")


def corpus():
    archive = archive_of("corpus")
    archive.ingest()

    def change(lock):
        for path in archive.articles()[::3]:
            with open(path, "a", encoding="utf-8") as out:
                out.write("\nOne more line of the harbor.\n")
            os.rename(path, f"{path}.away.txt")
            os.rename(f"{path}.away.txt", path)

    def check():
        while attack.time_left():
            for command, codes in ((["check"], (0, )), (["status"], (0, 1)), (["search", "-q", "harbor"], (0, ))):
                ran = archive.run(*command)
                attack.count("corpus: commands beside changes")
                if ran.code not in codes:
                    attack.fault(f"corpus: {command[0]} beside changes", f"exit {ran.code}: {ran.said}")

    beside([change], check)
    again = archive.run("ingest", "-q", cpu=120)
    if again.code != 0:
        attack.fault("corpus: ingest after the changes", again.said)


for name, part in (("searches", 0.2), ("ingests", 0.1), ("editors", 0.15), ("signals", 0.15), ("people", 0.1),
                   ("modes", 0.2), ("corpus", 0.1)):
    if attack.wanted(name):
        attack.share(part)
        globals()[name]()
attack.close()
