import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iksz_portal.settings")


class Request(WSGIRequest):
    """Reads words in UTF-8 only. Some of the writings one could claim (hex, IDNA) would break it
    before any middleware could answer; `core.middleware` refuses whoever claims another one."""

    def _set_content_type_params(self, meta):
        claimed = meta.get("CONTENT_TYPE", "")
        self.content_type, self.content_params = parse_header_parameters(claimed)


class Handler(WSGIHandler):
    request_class = Request


django.setup(set_prefix=False)
application = Handler()
