from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: accounts come from invitations by staff."""

    def is_open_for_signup(self, request):
        return False
