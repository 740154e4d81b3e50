"""Uploads by tus 1.0, continued where the server has them when a connection breaks."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable

import httpx

PART_BYTES = 8 * 1024 * 1024
MAX_TRIES = 8
FIRST_PAUSE_SECONDS = 0.25
TUS = {"tus-resumable": "1.0.0"}


def upload(http: httpx.Client, content: bytes, *, purpose: str, refuse: Callable[[httpx.Response], None]) -> str:
    """The id of the finished upload. ``refuse`` is called with a reply that says no, and raises."""
    url = _begin(http, content, purpose, refuse)
    offset, tries = 0, 0
    while offset < len(content):
        try:
            headers = {**TUS, "upload-offset": str(offset), "content-type": "application/offset+octet-stream"}
            reply = http.patch(url, content=content[offset : offset + PART_BYTES], headers=headers)
            if reply.status_code == 204:
                offset, tries = int(reply.headers["upload-offset"]), 0
                continue
            if reply.status_code < 500 and reply.status_code != 409:
                refuse(reply)
        except httpx.TransportError:
            if tries >= MAX_TRIES:
                raise
        if tries >= MAX_TRIES:
            refuse(reply)
        time.sleep(FIRST_PAUSE_SECONDS * 2**tries)
        tries += 1
        offset = _offset(http, url, offset)
    return url.rstrip("/").rsplit("/", 1)[-1]


def _begin(http: httpx.Client, content: bytes, purpose: str, refuse: Callable[[httpx.Response], None]) -> str:
    metadata = {"purpose": purpose, "sha256": hashlib.sha256(content).hexdigest()}
    told = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in metadata.items())
    headers = {**TUS, "upload-length": str(len(content)), "upload-metadata": told}
    reply = http.post("/api/uploads", headers=headers)
    if reply.status_code != 201:
        refuse(reply)
    return str(reply.url.join(reply.headers["location"]))


def _offset(http: httpx.Client, url: str, known: int) -> int:
    """Where the server has it; the old place while it cannot be asked."""
    try:
        reply = http.head(url, headers=TUS)
    except httpx.TransportError:
        return known
    return int(reply.headers.get("upload-offset", known))
