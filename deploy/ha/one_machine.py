"""Several hosts on one machine, on loopback, in a folder: `start FOLDER PORT [PART…]`, `stop FOLDER [PART…]`.

It installs nothing. `start` starts what does not run yet and ends when all answer; processes go on until `stop`, which
ends them by the numbers in FOLDER/pids. Ports from PORT on, in the order of `PORTS`. The site's own variables
(STORAGE_URL, CLOCK_START, …) are handed on as they are.
"""

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
SITE = HERE.parent.parent
PACKAGES = {
    "etcd": "etcd-server",
    "patroni": "patroni",
    "haproxy": "haproxy",
    "redis-server": "redis-server",
    "psql": "postgresql-client",
    "setpriv": "util-linux",
}
PORTS = [
    "web",
    "database",
    "etcd",
    "etcd_peer",
    "node1",
    "node2",
    "node1_rest",
    "node2_rest",
    "host1",
    "host2",
    "redis",
]
NODES, HOSTS = ["node1", "node2"], ["host1", "host2"]
PARTS = ["etcd", *NODES, "redis", "haproxy", *HOSTS, "queue"]
WORKERS, THREADS = 1, 4
# Good enough for loopback only; real machines get their own (database.env.example).
PASSWORD = "one-machine-only"  # noqa: S105
START_SECONDS, STOP_SECONDS = 90, 20
# HAProxy believes every server to be up until it has looked for the first time.
CHECKED_SECONDS = 2


class Machine:
    def __init__(self, folder, first_port=None):
        self.folder = Path(folder).resolve()
        kept = self.folder / "first-port"
        if first_port is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            kept.write_text(str(first_port))
        first_port = int(kept.read_text())
        self.ports = {name: first_port + number for number, name in enumerate(PORTS)}
        for name in ("pids", "logs", "nodes", "etcd"):
            (self.folder / name).mkdir(exist_ok=True)

    def at(self, name):
        return f"127.0.0.1:{self.ports[name]}"

    # --- What each part is started as ----------------------------------------------------------------

    def command(self, part):
        """Return (command, its environment) of a part."""
        if part in NODES:
            return [*as_postgres(), "patroni", str(HERE / "patroni.yml")], os.environ | self.node(part)
        if part in HOSTS:
            where = ["--bind", self.at(part), "--workers", str(WORKERS), "--threads", str(THREADS)]
            return [python(), "-m", "gunicorn", "config.wsgi", *where, "--log-level", "warning"], self.site()
        return {
            "etcd": lambda: (["etcd"], os.environ | self.etcd()),
            "redis": lambda: (["redis-server", "--port", str(self.ports["redis"]), *REDIS], os.environ),
            "haproxy": lambda: (["haproxy", "-db", "-f", HAPROXY[0], "-f", HAPROXY[1]], os.environ | self.haproxy()),
            "queue": lambda: (["nice", python(), "manage.py", "qcluster"], self.site()),
        }[part]()

    def etcd(self):
        return {
            "ETCD_NAME": "etcd1",
            "ETCD_DATA_DIR": str(self.folder / "etcd"),
            "ETCD_LISTEN_CLIENT_URLS": f"http://{self.at('etcd')}",
            "ETCD_ADVERTISE_CLIENT_URLS": f"http://{self.at('etcd')}",
            "ETCD_LISTEN_PEER_URLS": f"http://{self.at('etcd_peer')}",
            "ETCD_INITIAL_ADVERTISE_PEER_URLS": f"http://{self.at('etcd_peer')}",
            "ETCD_INITIAL_CLUSTER": f"etcd1=http://{self.at('etcd_peer')}",
        }

    def node(self, name):
        """What Patroni of a node is told, by the names in database.env.example."""
        return {
            "PATRONI_NAME": name,
            "PATRONI_ETCD3_HOSTS": self.at("etcd"),
            "PATRONI_RESTAPI_LISTEN": self.at(f"{name}_rest"),
            "PATRONI_RESTAPI_CONNECT_ADDRESS": self.at(f"{name}_rest"),
            "PATRONI_POSTGRESQL_LISTEN": self.at(name),
            "PATRONI_POSTGRESQL_CONNECT_ADDRESS": self.at(name),
            "PATRONI_POSTGRESQL_DATA_DIR": str(self.folder / "nodes" / name),
            "PATRONI_POSTGRESQL_PGPASS": str(self.folder / "nodes" / f"{name}.pgpass"),
            "PATRONI_POSTGRESQL_BIN_DIR": str(postgresql()),
            "PATRONI_SUPERUSER_USERNAME": "postgres",
            "PATRONI_SUPERUSER_PASSWORD": PASSWORD,
            "PATRONI_REPLICATION_USERNAME": "replicator",
            "PATRONI_REPLICATION_PASSWORD": PASSWORD,
        }

    def haproxy(self):
        return {
            "DATABASE_BIND": self.at("database"),
            "NODE1": self.at("node1"),
            "NODE2": self.at("node2"),
            "NODE1_REST": str(self.ports["node1_rest"]),
            "NODE2_REST": str(self.ports["node2_rest"]),
            "WEB_BIND": self.at("web"),
            "HOST1": self.at("host1"),
            "HOST2": self.at("host2"),
            "MOST_CONNECTIONS": "2000",
            "HOST_THREADS": str(WORKERS * THREADS),
            "PAGES": str(HERE),
        }

    def site(self):
        return {"STORAGE_URL": f"file://{self.folder}/media", "EMAIL_URL": "dummymail://"} | os.environ | {
            "DATABASE_URL": self.database("sangkien", "sangkien"),
            "CACHE_URL": f"redis://{self.at('redis')}/0",
            "TRUST_REQUEST_START": "on",
        }  # fmt: skip

    def database(self, user, name):
        """Return the address of a database; libpq leaves a server that is no primary (any more, or yet)."""
        return f"postgres://{user}:{PASSWORD}@{self.at('database')}/{name}?target_session_attrs=read-write"

    # --- Starting ------------------------------------------------------------------------------------

    def start(self, parts):
        if os.geteuid() == 0:
            own_by_postgres(self.folder / "nodes")
        for part in [part for part in PARTS if part in parts]:
            if not self.pid(part):
                if part in [*HOSTS, "queue"]:
                    self.make_site()
                self.launch(part)
            self.wait_for(part)
            if part == "haproxy":
                time.sleep(CHECKED_SECONDS)

    def launch(self, part):
        command, environment = self.command(part)
        with (self.folder / "logs" / f"{part}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=SITE, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        (self.folder / "pids" / part).write_text(str(process.pid))

    def wait_for(self, part):
        until = time.monotonic() + START_SECONDS
        while not self.answers(part):
            if not self.pid(part) or time.monotonic() > until:
                log = (self.folder / "logs" / f"{part}.log").read_text(errors="replace")
                raise SystemExit(f"{part} did not start:\n{log[-2000:]}")
            time.sleep(0.3)

    def answers(self, part):
        """Whether a part does its work: a node is primary, or a standby that a commit waits for."""
        if part == "queue":
            return True
        if part in NODES:
            return self.role(part) in {"leader", "sync_standby"}
        return listens(self.ports["web" if part == "haproxy" else part])

    def role(self, node):
        """Return what the cluster says a node is, "" when it does not run: leader, replica, sync_standby."""
        for name in NODES:
            with contextlib.suppress(OSError, ValueError):
                address = f"http://{self.at(f'{name}_rest')}/cluster"
                with urllib.request.urlopen(address, timeout=2) as answer:
                    members = {member["name"]: member for member in json.load(answer)["members"]}
                member = members.get(node, {})
                return member.get("role", "") if member.get("state") in {"running", "streaming"} else ""
        return ""

    def make_site(self):
        """Make the site's role and database, once, and bring its tables up to date."""
        made, address = self.folder / "site-made", self.database("postgres", "postgres")
        if made.exists():
            return
        wait_for_primary(address)
        for statement in (
            f"CREATE ROLE sangkien LOGIN PASSWORD '{PASSWORD}'",
            "CREATE DATABASE sangkien OWNER sangkien",
        ):
            run(["psql", address, "-qc", statement])
        for command in (["migrate", "-v0"], ["load_reference"], ["collectstatic", "--no-input", "-v0"]):
            run([python(), "manage.py", *command], cwd=SITE, env=self.site())
        made.touch()

    # --- Stopping ------------------------------------------------------------------------------------

    def pid(self, part):
        """Return the number of a part's process, or None when it does not run."""
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.folder / "pids" / part).read_text())
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                return pid
        return None

    def stop(self, parts):
        """End parts in order, the last started first; what does not end by itself is killed with its children."""
        for part in [part for part in reversed(PARTS) if part in parts]:
            if pid := self.pid(part):
                os.kill(pid, signal.SIGTERM)
                until = time.monotonic() + STOP_SECONDS
                while self.pid(part) and time.monotonic() < until:
                    time.sleep(0.1)
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
            (self.folder / "pids" / part).unlink(missing_ok=True)


REDIS = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/"]
HAPROXY = [str(HERE / "haproxy-web.cfg"), str(HERE / "haproxy-database.cfg")]


def postgresql():
    """Return the folder of the newest PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def python():
    return str(SITE / ".venv" / "bin" / "python")


def as_postgres():
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def own_by_postgres(folder):
    who = pwd.getpwnam("postgres")
    os.chown(folder, who.pw_uid, who.pw_gid)


def listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_for_primary(address):
    until = time.monotonic() + START_SECONDS
    while subprocess.run(["psql", address, "-qc", "SELECT 1"], capture_output=True, check=False).returncode:
        if time.monotonic() > until:
            raise SystemExit("No primary answers at the address of the database.")
        time.sleep(0.5)


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def refuse_missing():
    missing = {package for program, package in PACKAGES.items() if not shutil.which(program)}
    missing |= set() if postgresql() else {"postgresql"}
    if missing:
        raise SystemExit(f"Missing Debian packages: apt install {' '.join(sorted(missing))}")
    if not Path(python()).exists():
        raise SystemExit("Missing the site's virtual environment: make .venv/run")


def main(deed, folder, *more):
    if deed == "stop":
        Machine(folder).stop(more or PARTS)
        return
    refuse_missing()
    port, *parts = more
    machine = Machine(folder, int(port))
    try:
        machine.start(parts or PARTS)
    except BaseException:
        if not parts:
            machine.stop(PARTS)
        raise
    print(f"http://{machine.at('web')}/")


if __name__ == "__main__":
    main(*sys.argv[1:])
