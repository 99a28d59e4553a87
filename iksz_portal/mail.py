"""Who writes the letters: each kind of mail and the room that renders it."""

from members import account_notices

RENDERERS = {
    **account_notices.RENDERERS,
}
