"""How gunicorn serves the portal: `gunicorn -c python:iksz_portal.gunicorn`.

The environment changes what a machine needs changed; everything else is decided here.
"""

import logging
import os
from pathlib import Path

from gunicorn import glogging

from core.logs import masked

wsgi_app = "iksz_portal.wsgi:application"
proc_name = "portal"

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- heartbeats stay off the disk
control_socket_disable = True

# Behind a proxy the proxy keeps the client's connection; alone, a reader's think time must fit.
behind_proxy = os.environ.get("BEHIND_PROXY", "0").lower() in {"1", "true", "yes", "on"}
keepalive = 5 if behind_proxy else 75
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1" if behind_proxy else "")

timeout = 60
graceful_timeout = 30
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "2000"))
max_requests_jitter = max_requests // 10

limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190


class Masked(logging.Filter):
    """Tokens in addresses open doors: no line of the server's own logs holds one."""

    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        return True


class Logger(glogging.Logger):
    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.addFilter(Masked())


logger_class = Logger
accesslog = os.environ.get("ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info")
