from positions.choices import (
    Action,
    AmendmentAction,
    AmendmentState,
    ConsultationAction,
    ConsultationState,
    State,
)
from positions.workflow_page import FILE, page


def test_the_page_of_the_way_is_current():
    assert FILE.read_text() == page(), "run ./portal manage workflow_diagram"


def test_every_move_and_every_state_is_on_the_page():
    text = page()

    assert [action for action in Action if f"(`{action}`)" not in text] == []
    assert [action for action in AmendmentAction if f"(`{action}`)" not in text] == []
    assert [action for action in ConsultationAction if f"(`{action}`)" not in text] == []
    assert [state for state in ConsultationState if f"`{state}`" not in text] == []
    assert [state for state in AmendmentState if f"`{state}`" not in text] == []
    assert [state for state in State if f"| `{state}` |" not in text] == []
