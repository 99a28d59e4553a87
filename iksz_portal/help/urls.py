from django.urls import path
from django.utils.translation import gettext_lazy as _

from iksz_portal.help import views

urlpatterns = [
    path("", views.front_page, name="help"),
    path(_("visitor/"), views.guide, {"role": "visitor"}, name="guide_visitor"),
    path(_("representative/"), views.guide, {"role": "library"}, name="guide_library"),
    path(_("coordinator/"), views.guide, {"role": "section"}, name="guide_section"),
    path(_("board/"), views.guide, {"role": "board"}, name="guide_board"),
    path(_("staff/"), views.guide, {"role": "staff"}, name="guide_staff"),
]
