"""Who writes the letters: each kind of mail and the room that renders it."""

from members import account_notices
from members import notices as members
from positions import notices as positions

RENDERERS = {
    **account_notices.RENDERERS,
    **members.RENDERERS,
    **positions.RENDERERS,
}
