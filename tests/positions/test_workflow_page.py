from positions.choices import Action, State
from positions.workflow_page import FILE, page


def test_the_page_of_the_way_is_current():
    assert FILE.read_text() == page(), "run ./portal manage workflow_diagram"


def test_every_move_and_every_state_is_on_the_page():
    text = page()

    assert [action for action in Action if f"(`{action}`)" not in text] == []
    assert [state for state in State if f"| `{state}` |" not in text] == []
