"""gunicorn behind HAProxy: as many threads as HAProxy hands on requests (`maxconn` = workers × threads)."""

import os

from prometheus_client import multiprocess

bind = "127.0.0.1:8101"
# Workers: as many as there are cores, and one more while they wait for the database.
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = 4
worker_class = "gthread"
# A worker that does not answer for so long is killed; the longest query ends after 30 seconds.
timeout = 120
# Stopping or starting anew: what is being answered is answered.
graceful_timeout = 60
# HAProxy opens a connection for each request; there is none to be kept.
keepalive = 2
# Workers are renewed now and then, not all at once: what a library loses is given back.
max_requests = 20_000
max_requests_jitter = 4_000
worker_tmp_dir = "/dev/shm"  # noqa: S108 (gunicorn's heartbeat, which must not wait for a disk)
# Only nginx and HAProxy on this machine are believed about https.
forwarded_allow_ips = "127.0.0.1"
# Signals of systemd are all that governs it.
control_socket_disable = True
errorlog = "-"
accesslog = None


def child_exit(server, worker):
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)
