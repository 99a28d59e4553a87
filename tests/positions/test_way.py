import pytest

from core import audit
from positions.choices import State


@pytest.mark.parametrize("state", State.values)
def test_every_state_can_be_reached(position_in, state):
    position = position_in(State(state))

    position.refresh_from_db()
    assert position.status == state
    assert audit.faults() == []
