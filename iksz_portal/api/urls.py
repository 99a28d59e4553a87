"""The addresses of the API. Importing what it tells is what puts it there."""

from iksz_portal.api import directory, said
from iksz_portal.api.service import addresses

app_name = "api"
TOLD = (directory, said)
urlpatterns = addresses()
