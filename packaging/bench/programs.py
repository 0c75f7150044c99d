"""The daemons that are measured, and how they are found."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from stage import sh

ROOT = pathlib.Path(__file__).resolve().parents[2]


def progress(text):
    print(f"  {time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)


def make_archive(checkout):
    """The class-data archive that a package carries, if the build is newer than the one there."""
    jar, archive = checkout / "target/jkeepalived.jar", checkout / "target/jkeepalived.jsa"
    if not jar.exists():
        raise SystemExit(f"{checkout} is not built yet: mvn -DskipTests package")
    if not archive.exists() or archive.stat().st_mtime < jar.stat().st_mtime:
        progress("jkeepalived: making its class-data archive, as a package has it")
        sh(str(checkout / "packaging/archive"))
        os.chown(archive, jar.stat().st_uid, jar.stat().st_gid)


def find_programs(daemons):
    """Name -> program, of "keepalived", "jkeepalived" (this checkout's) and NAME=CHECKOUT."""
    programs = {}
    for name in daemons.split(","):
        name, _, checkout = name.partition("=")
        if name == "keepalived" and not checkout:
            program = shutil.which(name)
        else:
            checkout = pathlib.Path(checkout).resolve() if checkout else ROOT
            program = checkout / "packaging/bin/jkeepalived"
            if name != "jkeepalived" and checkout == ROOT or not os.access(program, os.X_OK):
                raise SystemExit(f"no daemon {name}: there are keepalived, jkeepalived and NAME=CHECKOUT")
            make_archive(checkout)
        if not program:
            raise SystemExit(f"no program {name}")
        programs[name] = str(program)
    return programs


class BareJvm:
    """A Java VM that prints one line: what no daemon in Java can start sooner than."""

    SOURCE = 'class Line { public static void main(String[] none) { System.out.println("there"); } }'

    def __init__(self):
        home = os.environ.get("JAVA_HOME")
        self.java, javac = (str(pathlib.Path(home, "bin", name)) if home else name for name in ("java", "javac"))
        self.directory = tempfile.TemporaryDirectory()
        source = pathlib.Path(self.directory.name, "Line.java")
        source.write_text(self.SOURCE)
        sh(javac, str(source))

    def seconds(self):
        """From its execution to its end."""
        begin = time.monotonic()
        subprocess.run([self.java, "-cp", self.directory.name, "Line"], stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - begin
