"""Addresses: where a request comes from, also when a proxy of ours stands in front."""

from ipaddress import ip_address

from aiohttp import web


def address_of(request: web.Request) -> str:
    """The peer's address; of a peer in a private network the one it forwards for, as it says itself (the last)."""
    peer = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and _is_private(peer) and _is_address(forwarded) else peer


def _is_private(address: str) -> bool:
    return _is_address(address) and ip_address(address).is_private


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
