"""Values to rows and back: pure functions, one pair for each kind of value."""
