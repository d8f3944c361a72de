"""How long a test waits for what must come; long, since a busy machine is no fault."""

PATIENCE = 30.0  # seconds
