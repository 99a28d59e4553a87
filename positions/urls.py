from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from positions import references  # noqa: F401 - registers the converter of the numbers
from positions.views import (
    board,
    comments,
    drafting,
    moves,
    outcomes,
    page,
    register,
    versions,
    votes,
)

app_name = "positions"

of_one = [
    path("", page.position, name="position"),
    path(_("edit/"), drafting.edit, name="edit"),
    path(_("authors/"), drafting.authors, name="authors"),
    path(_("comment/"), comments.comment, name="comment"),
    path(_("vote/<int:ballot>/"), votes.vote, name="vote"),
    path(_("outcomes/"), outcomes.outcomes, name="outcomes"),
    path(_("versions/compare/"), versions.compare, name="compare"),
    path(_("versions/<int:number>/"), versions.version, name="version"),
    path(_("versions/<int:number>/restore/"), versions.restore, name="restore"),
    path(_("steps/<slug:action>/"), moves.move, name="move"),
]

urlpatterns = [
    path("", register.register, name="register"),
    path("register.csv", register.register_csv, name="register_csv"),
    path(_("board/"), board.board_queue, name="board_queue"),
    path(_("resolutions/"), register.resolutions, name="resolutions"),
    path(_("new/"), drafting.start, name="start"),
    path("<reference:reference>/", include(of_one)),
]
