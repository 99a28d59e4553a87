from django.urls import path
from django.utils.translation import gettext_lazy as _

from iksz_portal import search_views

app_name = "search"
urlpatterns = [
    path("", search_views.page, name="page"),
    path(_("saved/"), search_views.saved, name="saved"),
    path(_("saved/new/"), search_views.save, name="save"),
    path(_("saved/<int:pk>/"), search_views.change, name="change"),
    path(_("saved/<int:pk>/delete/"), search_views.delete, name="delete"),
    path(_("no-more-letters/<str:token>/"), search_views.end, name="end"),
]
