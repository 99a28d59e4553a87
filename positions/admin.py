"""The lists of this room, by noun."""

from positions import admin_positions, admin_records

__all__ = ["admin_positions", "admin_records"]
