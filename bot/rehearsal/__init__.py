"""The rehearsal plays written dialogues, and live ones in the terminal, against the real service and the real store."""
