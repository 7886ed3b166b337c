"""All of deploy/ on this machine for as long as a block lasts: nginx, HAProxy, gunicorn, PgBouncer, PostgreSQL.

It takes the files of this folder as they are and changes only names, ports and paths, so that what is tried is what is
shipped. It needs the programs of docs/operations.md installed, root, and a PostgreSQL whose superuser `postgres` may
sign in from here.
"""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "sangkien.example.vn"
FIRST_PORT = int(os.environ.get("PORT", "8180"))
PORTS = {shipped: FIRST_PORT + n for n, shipped in enumerate(["80", "443", "8100", "8101", "8105", "6432"])}
# A machine for trials may not grant as many open files as a server does.
FEWER = ("maxconn 20000", "maxconn 8000")
FOLDERS = ("media", "figures", "nginx", "acme")


class Stack:
    """Where the parts of a running stack are: `folder`, `https` and `http` ports, `name` of the database."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.http, self.https, self.bouncer = PORTS["80"], PORTS["443"], PORTS["6432"]
        self.secret, self.token = secrets.token_urlsafe(64), secrets.token_urlsafe(32)
        self.running = []

    def shipped(self, path, *more):
        """Write a file of deploy/ with this machine's names, ports and paths; return where."""
        text = (ROOT / "deploy" / path).read_text()
        changes = [
            ("/srv/sangkien/current", str(ROOT)),
            ("/srv/sangkien/media", f"{self.folder}/media"),
            ("/var/www/acme", f"{self.folder}/acme"),
            ("/var/log/nginx/sangkien.log", f"{self.folder}/access.log"),
            ("/var/log/nginx/sangkien-error.log", f"{self.folder}/error.log"),
            ("/etc/nginx/sangkien-proxy.conf", f"{self.folder}/sangkien-proxy.conf"),
            (f"/etc/letsencrypt/live/{HOST}/fullchain.pem", f"{self.folder}/cert.pem"),
            (f"/etc/letsencrypt/live/{HOST}/privkey.pem", f"{self.folder}/key.pem"),
            *more,
        ]
        for old, new in changes:
            text = text.replace(old, new)
        for old, new in PORTS.items():
            text = re.sub(rf"((?:listen|127\.0\.0\.1:|\[::\]:|listen_port =)\s?){old}\b", rf"\g<1>{new}", text)
        target = self.folder / Path(path).name
        target.write_text(text.replace("    listen [::]:", "    # listen [::]:"))
        return target

    def environment(self, role, *, pooled):
        port = self.bouncer if pooled else 5432
        return os.environ | {
            "ALLOWED_HOSTS": HOST,
            "SECRET_KEY": self.secret,
            "DATABASE_URL": f"postgres://{self.name}_{role}:secret@127.0.0.1:{port}/{self.name}",
            "DATABASE_POOLED": "on" if pooled else "off",
            "CACHE_URL": os.environ.get("CACHE_URL", "locmemcache://"),
            "STORAGE_URL": f"file://{self.folder}/media",
            "PRIVATE_FILES": "/kho-rieng/",
            "EMAIL_URL": "dummymail://",
            "TRUST_REQUEST_START": "on",
            "LOG_FORMAT": "json",
            "METRICS_TOKEN": self.token,
        }

    def manage(self, *command, role="owner", given=""):
        command = [sys.executable, "manage.py", *command]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(role, pooled=False),
            input=given,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command} failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
        return done.stdout

    def start(self, name, command, **more):
        with (self.folder / f"{name}.log").open("wb") as out:
            process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, **more)
        self.running.append(process)
        return process

    def end(self):
        for process in reversed(self.running):
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            if process.poll() is None:
                process.kill()


def psql(*arguments, database="postgres"):
    command = ["psql", "-h", "127.0.0.1", "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-Atq", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def make_database(stack):
    drop_database(stack)
    roles = stack.shipped("postgresql/roles.sql", ("sangkien", stack.name))
    psql("-f", str(roles))
    for role in ("owner", "web", "queue"):
        psql("-c", f"ALTER ROLE {stack.name}_{role} PASSWORD 'secret'")
    stack.manage("migrate", "-v0")
    stack.manage("load_reference", role="queue")


def drop_database(stack):
    psql("-c", f"DROP DATABASE IF EXISTS {stack.name} WITH (FORCE)")
    for role in ("queue", "web", "owner"):
        psql("-c", f"DROP ROLE IF EXISTS {stack.name}_{role}")


def start_bouncer(stack):
    ini = stack.shipped(
        "pgbouncer/pgbouncer.ini", ("sangkien", stack.name), ("/etc/pgbouncer", str(stack.folder)), ("; psycopg2", ";")
    )
    (stack.folder / "userlist.txt").write_text(f'"{stack.name}_web" "secret"\n')
    stack.start("pgbouncer", ["pgbouncer", "-u", "nobody", str(ini)])


def start_site(stack):
    environment = stack.environment("web", pooled=True)
    environment["PROMETHEUS_MULTIPROC_DIR"] = str(stack.folder / "figures")
    settings = stack.shipped("gunicorn.conf.py")
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--config", str(settings), "--chdir", str(ROOT)]
    stack.gunicorn = stack.start("gunicorn", command, cwd=ROOT, env=environment)


def start_front(stack):
    haproxy = stack.shipped("haproxy/haproxy.cfg", ("/run/haproxy/admin.sock", f"{stack.folder}/haproxy.sock"), FEWER)
    stack.start("haproxy", ["haproxy", "-db", "-f", str(haproxy)])
    key = ["-keyout", str(stack.folder / "key.pem"), "-out", str(stack.folder / "cert.pem"), "-days", "2", "-nodes"]
    of = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", *key, *of], check=True, capture_output=True)
    stack.shipped("nginx/sangkien-proxy.conf")
    site = stack.shipped("nginx/sangkien.conf")
    main = stack.folder / "nginx.conf"
    main.write_text(
        f"user root;\npid {stack.folder}/nginx.pid;\nerror_log {stack.folder}/nginx-error.log;\nworker_processes 2;\n"
        "include /etc/nginx/modules-enabled/*.conf;\n"
        "events { worker_connections 8000; }\n"
        f"http {{ include /etc/nginx/mime.types; sendfile on; client_body_temp_path {stack.folder}/nginx;\n"
        f"include {site}; }}\n"
    )
    stack.start("nginx", ["nginx", "-c", str(main), "-g", "daemon off;"])


def wait_for(port, seconds=60):
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise TimeoutError(f"nothing answers on port {port}")


def wait_until_well(seconds=120):
    """Until a worker answers: on a busy machine they take a while to load."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", PORTS["8100"], timeout=30)
            connection.request("GET", "/suc-khoe/", headers={"Host": HOST})
            if connection.getresponse().status == 200:
                return
        time.sleep(0.5)
    raise TimeoutError("the site is not well")


@contextmanager
def running(name="sangkien_tried"):
    """Yield the Stack, its database made anew under this name; nothing of it is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="sangkien-") as folder:
        stack = Stack(Path(folder), name)
        Path(folder).chmod(0o755)
        for part in FOLDERS:
            (stack.folder / part).mkdir()
        try:
            make_database(stack)
            start_bouncer(stack)
            wait_for(stack.bouncer)
            start_site(stack)
            start_front(stack)
            for port in (PORTS["8101"], PORTS["8100"], stack.https):
                wait_for(port)
            wait_until_well()
            yield stack
        except Exception:
            for log in stack.folder.glob("*.log"):
                print(f"--- {log.name}\n{log.read_text()[-1500:]}", file=sys.stderr)
            raise
        finally:
            stack.end()
            drop_database(stack)
