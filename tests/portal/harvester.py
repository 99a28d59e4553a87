"""Sickle, a harvester as libraries use it, asking the portal through Django's client."""

import requests
from django.test import Client
from sickle import Sickle


class Harvester(Sickle):
    """Everything is sickle's own but the wire; `answers` are what came over it."""

    def __init__(self, method="GET"):
        super().__init__("https://portal.example/oai", http_method=method, max_retries=0)
        self.client, self.answers = Client(), []

    def _request(self, arguments):
        ask = self.client.get if self.http_method == "GET" else self.client.post
        found = ask("/oai", arguments)
        answer = requests.Response()
        answer.status_code, answer._content = found.status_code, found.content
        answer.headers.update(found.headers)
        answer.encoding = "utf-8"
        self.answers.append(found)
        return answer
