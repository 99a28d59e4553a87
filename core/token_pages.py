"""Pages whose address holds a token: it is told to nobody the reader goes to next."""

from functools import wraps


def keeps_its_address(view):
    """What follows learns the portal's name, and no address. Without even that, browsers would
    send forms from here as coming from nowhere, which the protection against forgery refuses."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        return response

    return wrapper
