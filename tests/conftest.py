pytest_plugins = ["tests.cast", "tests.way"]
