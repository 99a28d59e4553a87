import pytest

from positions.choices import State


@pytest.mark.parametrize("state", list(State))
def test_x(state, position_in, client_of, request, client, english):
    p = position_in(state)
    for who in [
        "representative",
        "coordinator",
        "board_secretary",
        "board_chair",
        "staff",
        "stranger",
        "drafter",
    ]:
        c = client_of(request.getfixturevalue(who))
        r = c.get("/en" + p.get_absolute_url().removeprefix("/en"))
        print(state, who, r.status_code)
        assert r.status_code in (200, 404)
    r = client.get(p.get_absolute_url())
    print(state, "visitor", r.status_code)
