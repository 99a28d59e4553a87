"""The lists of this room, by noun."""

from members import admin_libraries, admin_people, admin_requests

__all__ = ["admin_libraries", "admin_people", "admin_requests"]
