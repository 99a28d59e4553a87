"""Where a request comes from: only the hop that our own proxy added is believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.exceptions import BadRequest


def address_of(request) -> str:
    """The client's IP address, without anything the client itself could have written."""
    claimed = request.META["REMOTE_ADDR"]
    if settings.BEHIND_PROXY and (hops := request.META.get("HTTP_X_FORWARDED_FOR")):
        claimed = hops.rsplit(",", 1)[-1].strip()
    try:
        address = ip_address(claimed)
    except ValueError as error:
        raise BadRequest("The proxy names no client address.") from error
    return str(getattr(address, "ipv4_mapped", None) or address)


def neighbourhood_of(request) -> str:
    """The address as limits count it: an IPv6 subscriber has a whole /64."""
    address = ip_address(address_of(request))
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False).network_address)
    return str(address)


def is_this_machine(request) -> bool:
    return ip_address(address_of(request)).is_loopback
