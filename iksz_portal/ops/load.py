"""Ask one page of a server on this machine so many times: `load PORT PATH COUNT CLIENTS [COOKIE]`.

Each client keeps its connection, as a browser does. Prints one JSON object.
"""

import http.client
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

HEADERS = {"Accept": "text/html", "Accept-Encoding": "identity", "Accept-Language": "hu"}


def ask(port: int, path: str, count: int, cookie: str) -> tuple[Counter, list[float], int]:
    """One client's answers by status, how long each took in seconds, and the last one's size."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = HEADERS | ({"Cookie": cookie} if cookie else {})
    answers: Counter = Counter()
    times = []
    size = 0
    for _ in range(count):
        start = time.perf_counter()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        size = len(response.read())
        times.append(time.perf_counter() - start)
        answers[response.status] += 1
    connection.close()
    return answers, times, size


def load(port: int, path: str, count: int, clients: int, cookie: str = "") -> dict:
    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        share = [count // clients] * clients
        results = list(pool.map(lambda part: ask(port, path, part, cookie), share))
    seconds = time.perf_counter() - start
    times = sorted(took for _answers, part, _size in results for took in part)
    return {
        "answers": dict(sum((answers for answers, _part, _size in results), Counter())),
        "count": len(times),
        "seconds": seconds,
        "size": results[0][2],
    }


if __name__ == "__main__":
    _port, _path, _count, _clients, *_cookie = sys.argv[1:]
    print(json.dumps(load(int(_port), _path, int(_count), int(_clients), *_cookie)))
